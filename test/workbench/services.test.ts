import type { Ended, Execution, EmulatorOptions, UiEvent } from '../../workbench/appsscript/contract'
import type { Emulator } from '../../workbench/appsscript/contract'
import { ANY_SCRIPT, editor, NOON, outcomeOf, owner, startScript } from './people'

let google: Emulator

const start = async (options: Partial<EmulatorOptions> = {}): Promise<void> => {
  google = await startScript(ANY_SCRIPT, options)
}
const execute = (source: string, more: Partial<Execution> = {}): Promise<Ended> =>
  google.execute({ function: 'go', args: [source], user: owner, via: 'menu', ...more })
const run = async (source: string, more: Partial<Execution> = {}): Promise<unknown> =>
  outcomeOf(await execute(source, more))

beforeEach(() => start())
afterEach(() => google.stop())

describe('properties', () => {
  const DOC = 'const p = PropertiesService.getDocumentProperties();'

  test.each<readonly [string, string, unknown]>([
    [
      'come back',
      "p.setProperty('a', '1'); return [p.getProperty('a'), p.getProperty('b'), p.getKeys(), p.getProperties()]",
      ['1', null, ['a'], { a: '1' }],
    ],
    [
      'can replace all others',
      "p.setProperty('a', '1'); p.setProperties({ b: '2' }, true); return p.getProperties()",
      { b: '2' },
    ],
    ['can be deleted', "p.setProperties({ a: '1', b: '2' }); p.deleteProperty('a'); return p.getKeys()", ['b']],
    [
      'are texts',
      "p.setProperty('a', 1)",
      "Exception: The parameters (String,number) don't match the method signature for PropertiesService.Properties.setProperty.",
    ],
    ['hold 9 KB', "p.setProperty('a', 'x'.repeat(9 * 1024)); return 1", 1],
    ['hold no more, counted in bytes', "p.setProperty('a', 'é'.repeat(5000))", 'Exception: Argument too large: value'],
    [
      'fill up at 500 KB',
      "for (let n = 0; n < 60; n++) p.setProperty('k' + n, 'x'.repeat(9000))",
      'Exception: You have exceeded the property storage quota. Please remove some properties and try again.',
    ],
  ])('%s', async (_, source, expected) => {
    expect(await run(DOC + source)).toEqual(expected)
  })

  test('belong to a person, the file or the script', async () => {
    await run(
      "PropertiesService.getUserProperties().setProperty('k', 'olga'); PropertiesService.getDocumentProperties().setProperty('k', 'file'); PropertiesService.getScriptProperties().setProperty('k', 'all')",
    )
    const read = "return PropertiesService.getUserProperties().getProperty('k')"
    expect(await run(read)).toBe('olga')
    expect(await run(read, { user: editor })).toBeNull()
    expect(await run(read, { user: editor, via: 'formula' })).toBe('olga')
    expect(google.properties({ user: 'u1' })).toEqual({ k: 'olga' })
    expect(google.properties('document')).toEqual({ k: 'file' })
    expect(google.properties('script')).toEqual({ k: 'all' })
  })

  test('count against the day, each key of setProperties too unless the fact says otherwise', async () => {
    const used = (): number | undefined => google.quotas(owner).find((one) => one.name === 'properties')?.used
    await run(`${DOC}p.setProperties({ a: '1', b: '2', c: '3' }); p.getProperty('a')`)
    expect(used()).toBe(4)
    await google.stop()
    await start({ facts: { set_properties_counts_each: 'no' } })
    await run(`${DOC}p.setProperties({ a: '1', b: '2', c: '3' }); p.getProperty('a')`)
    expect(used()).toBe(2)
  })
})

describe('cache', () => {
  const CACHE = 'const c = CacheService.getDocumentCache();'

  test.each<readonly [string, string, unknown]>([
    [
      'everything becomes text',
      "c.put('a', { x: 1 }); c.put('b', null); c.put('c', 5); return [c.get('a'), c.get('b'), c.get('c'), c.get('d')]",
      ['[object Object]', 'null', '5', null],
    ],
    ['several at once', "c.putAll({ a: '1', b: '2' }); c.remove('b'); return c.getAll(['a', 'b'])", { a: '1' }],
    [
      '600 s by default',
      "c.put('a', '1'); Utilities.sleep(300000); const then = c.get('a'); Utilities.sleep(59000 * 1); return then",
      '1',
    ],
    ['until its time', "c.put('a', '1', 10); Utilities.sleep(11000); return c.get('a')", null],
    [
      '102,400 bytes',
      "c.put('a', 'x'.repeat(102400)); c.put('b', 'x'.repeat(102401))",
      'Exception: Argument too large: value',
    ],
    [
      '250 characters of key',
      "c.put('k'.repeat(250), ''); c.put('k'.repeat(251), '')",
      'Exception: Argument too large: key',
    ],
    ['no empty key', "c.put('', 'x')", 'Exception: Invalid argument: key'],
    ['no longer than 6 h', "c.put('a', 'x', 21601)", 'Exception: Invalid argument: expirationInSeconds'],
    [
      'over 1,000 items the first put go, however often they were read',
      "for (let n = 0; n < 1000; n++) { c.put('k' + n, 'v'); c.get('k0') } const before = c.get('k0'); c.put('one more', 'v'); return [before, c.get('k0'), c.get('k100'), c.get('k101'), c.get('one more')]",
      ['v', null, null, 'v', 'v'],
    ],
  ])('%s', async (_, source, expected) => {
    expect(await run(CACHE + source)).toEqual(expected)
  })
})

describe('locks', () => {
  const HOLD =
    "const l = LockService.getDocumentLock(); l.waitLock(1000); Utilities.sleep(5000); l.releaseLock(); Utilities.sleep(5000); return 'held'"

  test.each<readonly [string, unknown]>([
    ['return LockService.getDocumentLock().tryLock(0)', false],
    ['return LockService.getDocumentLock().tryLock(1000)', false],
    ['return LockService.getDocumentLock().tryLock(20000)', true],
    ['return LockService.getScriptLock().tryLock(0)', true],
    [
      'LockService.getDocumentLock().waitLock(1000)',
      'Exception: Lock timeout: another process was holding the lock for too long.',
    ],
  ])('beside a holder: %s', async (source, expected) => {
    const [held, other] = await Promise.all([run(HOLD), run(`Utilities.sleep(1000); ${source}`, { user: editor })])
    expect(held).toBe('held')
    expect(other).toBe(expected)
  })

  test('taking it twice counts once', async () => {
    expect(
      await run(
        'const l = LockService.getUserLock(); l.waitLock(1); l.waitLock(1); l.releaseLock(); return l.hasLock()',
      ),
    ).toBe(false)
  })

  test('are lost on an alert, kept on a toast, and freed at the end', async () => {
    const lock = 'const l = LockService.getUserLock(); l.waitLock(1);'
    expect(await run(`${lock} SpreadsheetApp.getActive().toast('x'); return l.hasLock()`)).toBe(true)
    expect(await run(`${lock} SpreadsheetApp.getUi().alert('x'); return l.hasLock()`)).toBe(false)
    expect(await run(lock)).toBeNull()
    expect(await run(lock)).toBeNull()
  })

  test('are freed by a kill', async () => {
    expect((await execute('LockService.getDocumentLock().waitLock(1); Utilities.sleep(400000)')).state).toBe('killed')
    expect(await run('return LockService.getDocumentLock().tryLock(0)')).toBe(true)
  })
})

describe('time', () => {
  test('sleep and services move the script’s own clock', async () => {
    expect(
      await run(
        'const a = Date.now(), b = new Date().getTime(); Utilities.sleep(1500); return [a, b, new Date() - a, typeof Date()]',
      ),
    ).toEqual([NOON, NOON, 1500, 'string'])
    expect(google.now()).toBe(NOON + 1500)
  })

  test('executions sleep side by side', async () => {
    await Promise.all([1, 2, 3, 4].map(() => run('Utilities.sleep(10000)')))
    expect(google.now()).toBe(NOON + 10_000)
  })

  test.each<readonly [string, Partial<Execution>, number, Ended['state']]>([
    ['a menu has 6 minutes', {}, 359_000, 'returned'],
    ['and no more', {}, 361_000, 'killed'],
    ['a formula has 30 seconds', { via: 'formula' }, 29_000, 'returned'],
    ['and no more', { via: 'formula' }, 31_000, 'killed'],
    ['onOpen likewise', { via: 'open' }, 31_000, 'killed'],
  ])('%s', async (_, more, ms, state) => {
    const ended = await execute(
      `try { Utilities.sleep(${String(ms)}); return 1 } catch (e) { console.log('caught') } finally { console.log('finally') }`,
      more,
    )
    expect(ended.state).toBe(state)
    expect(ended.logs).toEqual(state === 'killed' ? [] : ['finally'])
  })

  test('the text of the limit is the user’s', async () => {
    const ended = await execute('Utilities.sleep(400000)', { user: { ...owner, locale: 'es' } })
    expect(ended.error?.message).toBe('Se ha superado el tiempo máximo de ejecución.')
  })
})

describe('who may do what (platform.md section 7)', () => {
  const calls = {
    document: 'SpreadsheetApp.getActiveSpreadsheet().getName()',
    write: "SpreadsheetApp.getActiveSheet().getRange('A1').setValue(1)",
    menu: "SpreadsheetApp.getUi().createAddonMenu().addItem('a', 'b').addToUi()",
    sidebar: "SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput('x'))",
    properties: "PropertiesService.getUserProperties().getProperty('a')",
    setProperty: "PropertiesService.getDocumentProperties().setProperty('a', 'b')",
    cache: "CacheService.getUserCache().get('a')",
    fetch: "UrlFetchApp.getRequest('https://x.example')",
    trigger: "ScriptApp.newTrigger('go').timeBased().everyHours(1).create()",
    locale: 'Session.getActiveUserLocale()',
    digest: "Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, 'x')",
    openById: "SpreadsheetApp.openById('x')",
  } as const
  type Call = keyof typeof calls
  const every = Object.keys(calls) as Call[]

  test.each<readonly [string, Partial<Execution>, readonly Call[]]>([
    ['NONE', { via: 'open', auth: 'NONE' }, ['menu', 'locale', 'digest']],
    [
      'LIMITED',
      { via: 'open' },
      ['document', 'write', 'menu', 'properties', 'setProperty', 'cache', 'locale', 'digest'],
    ],
    ['CUSTOM_FUNCTION', { via: 'formula' }, ['document', 'properties', 'cache', 'fetch', 'locale', 'digest']],
    ['FULL', { via: 'menu' }, every.filter((call) => call !== 'openById')],
    ['a trigger', { via: 'trigger' }, every.filter((call) => !['openById', 'menu', 'sidebar'].includes(call))],
  ])('%s', async (_, more, allowed) => {
    const results = await Promise.all(
      every.map(async (call) => ({ call, ended: await execute(`${calls[call]}; return 1`, more) })),
    )
    expect(results.filter(({ ended }) => ended.state === 'returned').map(({ call }) => call)).toEqual(
      every.filter((call) => allowed.includes(call)),
    )
  })

  test.each<readonly [Partial<Execution>, Call, string]>([
    [{ via: 'formula' }, 'write', 'You do not have permission to call setValue (line 0).'],
    [{ via: 'trigger' }, 'menu', 'Cannot call SpreadsheetApp.getUi() from this context.'],
    [{ via: 'open' }, 'fetch', 'You do not have permission to call UrlFetchApp.getRequest'],
  ])('%j %s: %s', async (more, call, message) => {
    const { error } = await execute(calls[call], more)
    expect(error?.message.replace(/\(line \d+\)/, '(line 0)')).toBe(message)
  })

  test.each<readonly [Call, string, string]>([
    [
      'fetch',
      'spreadsheets.currentonly',
      'You do not have permission to call UrlFetchApp.getRequest. Required permissions: https://www.googleapis.com/auth/script.external_request',
    ],
    [
      'sidebar',
      'spreadsheets.currentonly',
      'Specified permissions are not sufficient to call Ui.showSidebar. Required permissions: https://www.googleapis.com/auth/script.container.ui',
    ],
    [
      'trigger',
      'spreadsheets.currentonly',
      'Specified permissions are not sufficient to call ScriptApp.newTrigger. Required permissions: https://www.googleapis.com/auth/script.scriptapp',
    ],
  ])('%s needs its scope in the manifest', async (call, scope, message) => {
    await google.stop()
    const manifest = { oauthScopes: [`https://www.googleapis.com/auth/${scope}`] }
    await start({ bundle: { code: ANY_SCRIPT, html: {}, manifest } })
    expect((await execute(calls[call])).error?.message).toBe(message)
    expect(await run(`${calls.document}; return 1`)).toBe(1)
  })

  test('formulas may set document properties where the fact says so', async () => {
    await google.stop()
    await start({ facts: { formula_may_set_properties: 'yes' } })
    expect(await run(`${calls.setProperty}; return 1`, { via: 'formula' })).toBe(1)
  })

  test('a web app of an add-on has no document; a bound one has', async () => {
    const source =
      'return [SpreadsheetApp.getActiveSpreadsheet(), LockService.getDocumentLock(), CacheService.getDocumentCache(), PropertiesService.getDocumentProperties()].map(x => x === null)'
    expect(await run(source, { via: 'web' })).toEqual([true, true, true, true])
    await google.stop()
    await start({ edition: 'bound' })
    expect(await run(source, { via: 'web' })).toEqual([false, false, false, false])
  })
})

describe('triggers', () => {
  const hourly = "ScriptApp.newTrigger('go').timeBased().everyHours(1).create()"

  test.each<readonly [EmulatorOptions['edition'], string, string]>([
    [
      'addon',
      "ScriptApp.newTrigger('go').timeBased().everyMinutes(30).create()",
      'Exception: The recurrence interval for an Add-on trigger must be at least one hour.',
    ],
    [
      'addon',
      `${hourly}; ${hourly}`,
      'Exception: This add-on has created too many time-based triggers in this document for this Google user account.',
    ],
    [
      'bound',
      `for (let n = 0; n < 21; n++) ${hourly}`,
      'Exception: This script has too many triggers. Triggers must be deleted from the script before more can be added.',
    ],
  ])('%s: %s', async (edition, source, expected) => {
    await google.stop()
    await start({ edition })
    expect(await run(source)).toBe(expected)
  })

  test('a fired one-shot keeps its slot until it is deleted', async () => {
    const once = "ScriptApp.newTrigger('go').timeBased().after(1000).create()"
    expect(await run(`${once}; return 1`)).toBe(1)
    await google.advance(5000)
    expect(await run(once)).toMatch(/too many time-based triggers/)
    expect(
      await run(`ScriptApp.getProjectTriggers().forEach(t => ScriptApp.deleteTrigger(t)); ${once}; return 1`),
    ).toBe(1)
  })

  test('fire as time goes on, as their creator, with an event', async () => {
    await google.stop()
    google = await startScript(`
      function install() { ScriptApp.newTrigger('onTick').timeBased().everyHours(1).create() }
      function onTick(e) { Logger.log(e); SpreadsheetApp.getActiveSheet().appendRow([typeof e.triggerUid, Session.getActiveUser().getEmail()]) }`)
    await google.execute({ function: 'install', user: editor, via: 'menu' })
    expect(google.triggers()).toMatchObject([{ function: 'onTick', user: 'u2', everyMs: 3_600_000 }])
    await google.advance(3 * 3_600_000 + 60_000)
    const rows = google.store
      .read(0, { row: 0, column: 0, rows: 4, columns: 2 })
      .map((row) => row.map((cell) => cell.value))
    expect(rows).toEqual([
      ['string', editor.email],
      ['string', editor.email],
      ['string', editor.email],
      [null, null],
    ])
  })

  test('only one’s own are seen, and snapshots keep them', async () => {
    await run(hourly)
    expect(
      await run('return ScriptApp.getProjectTriggers().map(t => [t.getHandlerFunction(), String(t.getEventType())])'),
    ).toEqual([['go', 'CLOCK']])
    expect(await run('return ScriptApp.getProjectTriggers().length', { user: editor })).toBe(0)
    const saved: unknown = JSON.parse(JSON.stringify(google.snapshot()))
    await run('ScriptApp.getProjectTriggers().forEach(t => ScriptApp.deleteTrigger(t))')
    google.restore(saved)
    expect(google.triggers()).toHaveLength(1)
  })

  test('a restored trigger fires as its creator in a new emulator', async () => {
    await google.stop()
    const code =
      "function install() { ScriptApp.newTrigger('tick').timeBased().after(1000).create() } function tick() { PropertiesService.getScriptProperties().setProperty('who', Session.getActiveUser().getEmail()) }"
    google = await startScript(code)
    await google.execute({ function: 'install', user: editor, via: 'menu' })
    const saved: unknown = JSON.parse(JSON.stringify(google.snapshot()))
    await google.stop()
    google = await startScript(code)
    google.restore(saved)
    await google.advance(2000)
    expect(google.properties('script')).toEqual({ who: editor.email })
  })

  test('the day’s trigger runtime ends', async () => {
    for (let n = 0; n < 16; n++) await execute('Utilities.sleep(350000)', { via: 'trigger' })
    expect(await run('return 1', { via: 'trigger' })).toBe(
      'Exception: Service using too much computer time for one day.',
    )
    expect(await run('return 1')).toBe(1)
  })
})

describe('the page', () => {
  test('menus, sidebars, dialogs, toasts and prompts reach it', async () => {
    await google.stop()
    await start({
      bundle: {
        code: ANY_SCRIPT,
        html: { Sidebar: '<b>bar</b>', T: '<? for (const n of list) { ?><i><?= n ?></i><? } ?><?!= raw ?>' },
        manifest: {},
      },
      answer: () => ({ button: 'YES', text: 'typed' }),
    })
    const events: UiEvent[] = []
    google.onUi((event) => events.push(event))
    expect(
      await run(`const ui = SpreadsheetApp.getUi();
        ui.createAddonMenu().addItem('Open', 'open').addSeparator().addSubMenu(ui.createMenu('More').addItem('x', 'y')).addToUi();
        ui.showSidebar(HtmlService.createHtmlOutputFromFile('Sidebar').setTitle('Enrich'));
        const t = HtmlService.createTemplateFromFile('T'); t.list = ['<1>', 2]; t.raw = '<hr>';
        ui.showModalDialog(t.evaluate().setWidth(300).setHeight(200), 'Dialog');
        SpreadsheetApp.getActive().toast('done', 'Title');
        const p = ui.prompt('Name?', 'Your name', ui.ButtonSet.OK_CANCEL);
        return [ui.alert('Sure?', 'Really', ui.ButtonSet.YES_NO) === ui.Button.YES, p.getResponseText(), p.getSelectedButton() === ui.Button.YES]`),
    ).toEqual([true, 'typed', true])
    expect(events).toEqual([
      {
        kind: 'menu',
        user: 'u1',
        title: '',
        items: [{ label: 'Open', function: 'open' }, 'separator', { label: 'More / x', function: 'y' }],
      },
      { kind: 'sidebar', user: 'u1', title: 'Enrich', html: '<b>bar</b>' },
      { kind: 'dialog', user: 'u1', title: 'Dialog', html: '<i>&#60;1&#62;</i><i>2</i><hr>', width: 300, height: 200 },
      { kind: 'toast', user: 'u1', title: 'Title', message: 'done' },
      { kind: 'prompt', user: 'u1', title: 'Name?', message: 'Your name', buttons: 'OK_CANCEL' },
      { kind: 'alert', user: 'u1', title: 'Sure?', message: 'Really', buttons: 'YES_NO' },
    ])
  })

  test('activating a range selects it', async () => {
    await run("SpreadsheetApp.getActiveSheet().getRange('B2:C3').activate()")
    expect(google.active(owner)).toEqual({ tab: 0, ranges: ['B2:C3'] })
    expect(google.active(editor)).toEqual({ tab: 0, ranges: ['A1'] })
  })
})

test.each<readonly [string, unknown]>([
  ["Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, 'a').length", 16],
  ["Utilities.computeHmacSha256Signature('a', 'key')[0]", 120],
  ["Utilities.base64Encode('žluť')", 'xb5sdcWl'],
  ["Utilities.newBlob(Utilities.base64Decode('xb5sdcWl')).getDataAsString()", 'žluť'],
  [
    "Utilities.formatDate(new Date(Date.UTC(2026, 2, 5, 14, 7)), 'Europe/Prague', \"yyyy-MM-dd'T'HH:mm EEE MMM a Z\")",
    '2026-03-05T15:07 Thu Mar PM +0100',
  ],
  [
    'Utilities.parseCsv(\'a,"b, ""c"""\\n1,2\')',
    [
      ['a', 'b, "c"'],
      ['1', '2'],
    ],
  ],
  ['/^[0-9a-f-]{36}$/.test(Utilities.getUuid())', true],
  ['Session.getActiveUser().getEmail()', 'olga@example.com'],
  ['Session.getScriptTimeZone()', 'Etc/UTC'],
])('%s', async (source, expected) => {
  expect(await run(`return ${source}`)).toEqual(expected)
})
