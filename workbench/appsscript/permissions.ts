import { GoogleError, localError, type Call, type Google } from './run'

const SCOPES = 'https://www.googleapis.com/auth/'
const DOCUMENT = new Set(['SpreadsheetApp', 'Spreadsheet', 'Sheet', 'Range', 'RangeList', 'Filter', 'Protection'])
const KEPT_DATA = new Set(['PropertiesService', 'Properties', 'CacheService', 'Cache', 'LockService', 'Lock'])
const DIALOGS = new Set(['Ui.showSidebar', 'Ui.showModalDialog', 'Ui.showModelessDialog', 'Ui.alert', 'Ui.prompt'])
const TRIGGERS =
  /^(?:ClockTriggerBuilder|SpreadsheetTriggerBuilder)\.create$|^ScriptApp\.(?:getProjectTriggers|getUserTriggers|deleteTrigger)$/
const WRITES =
  /^(?:Spreadsheet|Sheet|Range|RangeList|SpreadsheetApp)\.(?:set|insert|delete|clear|append|hide|show|activate|sort|merge|copy|autoResize|toast|move|flush)/
const PROPERTY_WRITES = /^Properties\.(?:set|delete)/

/** Google's own name of a call in permission texts, for example `ScriptApp.newTrigger`. */
function publicName(method: string): string {
  if (method === 'ClockTriggerBuilder.create' || method === 'SpreadsheetTriggerBuilder.create')
    return 'ScriptApp.newTrigger'
  return method.startsWith('Ui.') ? `Ui.${method.slice(3)}` : method
}

/** The scope that a call needs (platform.md sections 5 and 7); any of several is enough. */
function scopesOf(method: string): readonly string[] {
  const name = method.slice(0, method.indexOf('.'))
  if (name === 'UrlFetchApp') return ['script.external_request']
  if (/^Ui\.show/.test(method)) return ['script.container.ui']
  if (TRIGGERS.test(method)) return ['script.scriptapp']
  if (/^SpreadsheetApp\.openBy/.test(method)) return ['spreadsheets']
  if (method === 'SpreadsheetApp.getUi') return []
  if (DOCUMENT.has(name)) return ['spreadsheets.currentonly', 'spreadsheets']
  if (method === 'User.getEmail') return ['userinfo.email']
  return []
}

function requireScope(call: Call, google: Google): void {
  const granted = google.bundle.manifest.oauthScopes
  const needed = scopesOf(call.method)
  if (granted === undefined || needed.length === 0) return
  if (needed.some((scope) => granted.includes(SCOPES + scope))) return
  const name = publicName(call.method)
  const list = needed.map((scope) => SCOPES + scope).join(' || ')
  throw new GoogleError(
    name.startsWith('UrlFetchApp.')
      ? `You do not have permission to call ${name}. Required permissions: ${list}`
      : `Specified permissions are not sufficient to call ${name}. Required permissions: ${list}`,
  )
}

function requireMode(call: Call, google: Google): void {
  const { run, method } = call
  const name = method.slice(0, method.indexOf('.'))
  const refuse = (what: string): never => {
    throw localError(run, 'noPermission', what)
  }
  if (method === 'SpreadsheetApp.getUi') {
    const { via } = run.execution
    if (via === 'formula' || via === 'trigger' || via === 'web') {
      throw new GoogleError('Cannot call SpreadsheetApp.getUi() from this context.')
    }
    return
  }
  switch (run.auth) {
    case 'FULL':
      return
    case 'NONE':
      if (name === 'UrlFetchApp' || DOCUMENT.has(name) || KEPT_DATA.has(name)) refuse(publicName(method))
      if (DIALOGS.has(method) || TRIGGERS.test(method)) refuse(publicName(method))
      return
    case 'LIMITED':
      if (name === 'UrlFetchApp' || DIALOGS.has(method) || TRIGGERS.test(method)) refuse(publicName(method))
      return
    case 'CUSTOM_FUNCTION':
      if (WRITES.test(method)) refuse(method.slice(method.indexOf('.') + 1))
      if (/^SpreadsheetApp\.openBy/.test(method) || name === 'Ui' || name === 'Menu' || TRIGGERS.test(method)) {
        refuse(publicName(method))
      }
      if (PROPERTY_WRITES.test(method) && google.facts.formula_may_set_properties === 'no') {
        refuse(method.slice(method.indexOf('.') + 1))
      }
  }
}

/** Throws what Google throws when the mode (platform.md section 7) or the manifest's scopes do not allow a call. */
export function requirePermission(call: Call, google: Google): void {
  requireMode(call, google)
  requireScope(call, google)
}
