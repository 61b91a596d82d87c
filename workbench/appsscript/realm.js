// Runs inside the realm of one execution and makes Google's globals (platform.md section 3). Everything that the
// script can touch is built here, so that `instanceof` holds. What only looks at its own data (a range's row, the
// text of a response) is answered on the spot; everything else is one call of the host, `Class.method`.
;(function install(host) {
  'use strict'
  const REF = Symbol('ref')
  const { stringify, parse } = JSON
  const RealDate = Date

  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false })

  const exception = (message) => {
    const error = new Error(message)
    error.name = 'Exception'
    return error
  }

  // ---- the clock -------------------------------------------------------------------------------------------------
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [host.now()] : args, self),
    apply: () => new RealDate(host.now()).toString(),
    get: (target, key) => (key === 'now' ? host.now : target[key]),
  })
  RealDate.prototype.constructor = VirtualDate
  define('Date', VirtualDate)

  // ---- objects of Google -----------------------------------------------------------------------------------------
  const SILENT = new Set(['toJSON', 'then', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof'])

  class Base {
    constructor(ref) {
      this[REF] = ref
    }
    toString() {
      return this.constructor.name
    }
  }
  Object.setPrototypeOf(
    Base.prototype,
    new Proxy(Object.prototype, {
      get(target, key, self) {
        if (typeof key === 'symbol' || key in target || SILENT.has(key)) return Reflect.get(target, key, self)
        const label = `${self.constructor.name}.${key}`
        const missing = () => {
          throw new Error(`${label} is not emulated`)
        }
        return missing
      },
      has: () => false,
    }),
  )

  class EnumValue {
    constructor(group, name, ordinal) {
      this[REF] = { group, name, ordinal }
    }
    toString() {
      return this[REF].name
    }
    name() {
      return this[REF].name
    }
    ordinal() {
      return this[REF].ordinal
    }
    compareTo(other) {
      return this[REF].ordinal - other.ordinal()
    }
    toJSON() {
      return this[REF].name
    }
  }
  const enums = {}
  const enumeration = (group, names) =>
    (enums[group] = Object.fromEntries(names.split(' ').map((name, at) => [name, new EnumValue(group, name, at)])))

  // ---- values across the border ----------------------------------------------------------------------------------
  const encode = (value) => {
    if (value === undefined || value === null) return null
    if (typeof value === 'function') return { $: 'Function' }
    if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'NaN' }
    if (typeof value !== 'object') return typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : value
    if (value instanceof RealDate) return { $: 'Date', t: value.getTime() }
    if (Array.isArray(value)) return value.map(encode)
    if (value instanceof EnumValue) return value.name()
    if (value instanceof Base) return { ...value[REF], $: value.constructor.name }
    const plain = {}
    for (const key of Object.keys(value)) plain[key] = encode(value[key])
    return plain
  }

  // A cell takes a scalar, a date or a rich text; any other object becomes its text (platform.md section 4a).
  const encodeCell = (value) => {
    if (value === undefined || value === null) return null
    if (typeof value === 'number') return Number.isFinite(value) ? value : '#NUM!'
    if (typeof value !== 'object') return typeof value === 'boolean' ? value : String(value)
    if (value instanceof RealDate) return { $: 'Date', t: value.getTime() }
    if (value instanceof Base) return { ...value[REF], $: value.constructor.name }
    return String(value)
  }
  const encodeGrid = (grid) =>
    Array.isArray(grid) ? grid.map((row) => (Array.isArray(row) ? row.map(encodeCell) : encode(row))) : encode(grid)

  const classes = {}
  const revive = (value) => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      if (typeof value[0] === 'object' || value.some((one) => typeof one === 'object')) return value.map(revive)
      return value
    }
    switch (value.$) {
      case undefined: {
        for (const key of Object.keys(value)) value[key] = revive(value[key])
        return value
      }
      case 'Date':
        return new RealDate(value.t)
      case 'grid': {
        const { values, dates } = value
        for (let at = 0; at < dates.length; at += 2) {
          const row = values[dates[at]]
          row[dates[at + 1]] = new RealDate(row[dates[at + 1]])
        }
        return values
      }
      case 'enum':
        return enums[value.group][value.name]
      default:
        return new classes[value.$](value)
    }
  }

  const callRaw = (method, payload) => {
    const reply = host.call(method, stringify(payload))
    const body = parse(reply.slice(1))
    if (reply[0] === 'E') throw exception(body)
    return revive(body)
  }

  const invoke = (self, name, args) =>
    callRaw(`${self.constructor.name}.${name}`, [self[REF] ?? null, args.map(encode)])

  const addRemote = (made, names) => {
    for (const name of names.split(/\s+/)) {
      made.prototype[name] = function (...args) {
        return invoke(this, name, args)
      }
      Object.defineProperty(made.prototype[name], 'name', { value: name })
    }
  }
  const make = (name, made) => {
    Object.defineProperty(made, 'name', { value: name })
    return (classes[name] = made)
  }

  // ---- small data objects ----------------------------------------------------------------------------------------
  const Blob = make(
    'Blob',
    class extends Base {
      getBytes() {
        return this[REF].bytes ?? parse(host.utf8Bytes(this[REF].text))
      }
      getDataAsString(charset) {
        return this[REF].text ?? host.utf8Text(stringify(this[REF].bytes), charset ?? 'utf8')
      }
      getContentType() {
        return this[REF].contentType
      }
      getName() {
        return this[REF].name
      }
      setName(name) {
        this[REF].name = name
        return this
      }
    },
  )

  make(
    'HTTPResponse',
    class extends Base {
      getResponseCode() {
        return this[REF].status
      }
      getContentText(charset) {
        return this[REF].text ?? host.utf8Text(stringify(this[REF].bytes), charset ?? 'utf8')
      }
      getContent() {
        return this[REF].bytes ?? parse(host.utf8Bytes(this[REF].text))
      }
      getBlob() {
        const { text, bytes } = this[REF]
        return new Blob({ text, bytes, contentType: this.getHeaders()['Content-Type'] ?? null, name: null })
      }
      getHeaders() {
        return Object.fromEntries(this[REF].headers.map(([name, values]) => [name, values[values.length - 1]]))
      }
      getAllHeaders() {
        return Object.fromEntries(
          this[REF].headers.map(([name, values]) => [name, values.length > 1 ? [...values] : values[0]]),
        )
      }
    },
  )

  const HtmlOutput = make(
    'HtmlOutput',
    class extends Base {
      getContent() {
        return this[REF].html
      }
      append(text) {
        this[REF].html += String(text)
        return this
      }
      setContent(text) {
        this[REF].html = String(text)
        return this
      }
      clear() {
        return this.setContent('')
      }
      getTitle() {
        return this[REF].title
      }
      setTitle(title) {
        this[REF].title = String(title)
        return this
      }
      getWidth() {
        return this[REF].width
      }
      setWidth(width) {
        this[REF].width = width
        return this
      }
      getHeight() {
        return this[REF].height
      }
      setHeight(height) {
        this[REF].height = height
        return this
      }
      setSandboxMode() {
        return this
      }
      setXFrameOptionsMode() {
        return this
      }
      addMetaTag() {
        return this
      }
      setFaviconUrl() {
        return this
      }
    },
  )
  const newHtml = (html) => new HtmlOutput({ html, title: '', width: null, height: null })

  const escapeHtml = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

  // Google's own fields and methods of a template cannot collide with the script's, so it is a plain object.
  const newTemplate = (source) => {
    const template = {}
    const hidden = (name, value) => Object.defineProperty(template, name, { value, enumerable: false })
    hidden('getRawContent', () => source)
    hidden('evaluate', () => {
      const parts = source.split(/<\?(!?=?)([\s\S]*?)\?>/)
      let body = ''
      for (let at = 0; at < parts.length; at += 3) {
        body += `__out(${stringify(parts[at])});`
        if (at + 1 === parts.length) break
        const [kind, script] = [parts[at + 1], parts[at + 2].replace(/;\s*$/, '')]
        if (kind === '=') body += `__out(__escape(${script}));`
        else if (kind === '!=') body += `__out(${script});`
        else body += `${script}\n`
      }
      let html = ''
      const names = Object.keys(template)
      // oxlint-disable-next-line no-implied-eval -- a template is code (platform.md section 3, G-TPL)
      new Function('__out', '__escape', ...names, body)(
        (text) => (html += String(text)),
        escapeHtml,
        ...names.map((name) => template[name]),
      )
      return newHtml(html)
    })
    return template
  }

  const TextOutput = make(
    'TextOutput',
    class extends Base {
      getContent() {
        return this[REF].text
      }
      append(text) {
        this[REF].text += String(text)
        return this
      }
      setContent(text) {
        this[REF].text = String(text)
        return this
      }
      getMimeType() {
        return enums.MimeType[this[REF].mimeType]
      }
      setMimeType(type) {
        this[REF].mimeType = String(type)
        return this
      }
    },
  )

  const RichTextValue = make(
    'RichTextValue',
    class extends Base {
      getText() {
        return this[REF].text
      }
      getLinkUrl() {
        return this[REF].link ?? null
      }
      copy() {
        return new RichTextValueBuilder({ ...this[REF] })
      }
    },
  )
  const RichTextValueBuilder = make(
    'RichTextValueBuilder',
    class extends Base {
      setText(text) {
        // Refused (platform.md section 4a): an empty cell has to be cleared instead.
        if (text === '' || text === null || text === undefined) throw exception('Argument cannot be null: text')
        this[REF].text = String(text)
        return this
      }
      setLinkUrl(link) {
        this[REF].link = link
        return this
      }
      setTextStyle() {
        return this
      }
      build() {
        if (this[REF].text === undefined) throw exception('Argument cannot be null: text')
        return new RichTextValue({ ...this[REF] })
      }
    },
  )

  // ---- spreadsheet -----------------------------------------------------------------------------------------------
  const letters = (column) =>
    (column > 25 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

  const Range = make(
    'Range',
    class extends Base {
      getRow() {
        return this[REF].row + 1
      }
      getColumn() {
        return this[REF].column + 1
      }
      getRowIndex() {
        return this.getRow()
      }
      getNumRows() {
        return this[REF].rows
      }
      getNumColumns() {
        return this[REF].columns
      }
      getHeight() {
        return this[REF].rows
      }
      getWidth() {
        return this[REF].columns
      }
      getLastRow() {
        return this[REF].row + this[REF].rows
      }
      getLastColumn() {
        return this[REF].column + this[REF].columns
      }
      getGridId() {
        return this[REF].tab
      }
      getSheet() {
        return new classes.Sheet({ tab: this[REF].tab })
      }
      getA1Notation() {
        const { row, column, rows, columns } = this[REF]
        const first = letters(column) + String(row + 1)
        return rows === 1 && columns === 1 ? first : `${first}:${letters(column + columns - 1)}${String(row + rows)}`
      }
      setValue(value) {
        callRaw('Range.setValue', [this[REF], [encodeCell(value)]])
        return this
      }
      setValues(values) {
        callRaw('Range.setValues', [this[REF], [encodeGrid(values)]])
        return this
      }
    },
  )
  const returnSelf = (made, names) => {
    for (const name of names.split(/\s+/)) {
      made.prototype[name] = function (...args) {
        invoke(this, name, args)
        return this
      }
    }
  }
  addRemote(
    Range,
    `getValue getValues getDisplayValue getDisplayValues getFormula getFormulas getNumberFormat getNumberFormats getNote
     getNotes getRichTextValue getRichTextValues offset getCell getMergedRanges isPartOfMerge getDataValidation
     getDataValidations canEdit getBackground getBackgrounds isBlank`,
  )
  returnSelf(
    Range,
    `setFormula setFormulas setNumberFormat setNumberFormats setNote setNotes setRichTextValue setRichTextValues clear
     clearContent clearFormat clearNote setBackground setBackgrounds setFontWeight setFontWeights setFontColor setFontColors setFontStyle
     setFontSize setWrap setWrapStrategy setHorizontalAlignment setVerticalAlignment sort activate merge`,
  )

  make(
    'RangeList',
    class extends Base {
      getRanges() {
        return this[REF].ranges.map((range) => new Range(range))
      }
    },
  )
  returnSelf(classes.RangeList, 'activate clearContent clearNote setNumberFormat')

  make(
    'Sheet',
    class extends Base {
      getSheetId() {
        return this[REF].tab
      }
      getParent() {
        return new classes.Spreadsheet({})
      }
      appendRow(values) {
        callRaw('Sheet.appendRow', [this[REF], [Array.isArray(values) ? values.map(encodeCell) : encode(values)]])
        return this
      }
    },
  )
  addRemote(
    classes.Sheet,
    `getName getRange getDataRange getLastRow getLastColumn getMaxRows getMaxColumns isSheetHidden getFilter getIndex
     isRowHiddenByFilter isRowHiddenByUser isColumnHiddenByUser getProtections getFrozenRows getColumnWidth copyTo getRangeList
     getActiveRange getActiveRangeList getActiveCell deleteRows deleteRow deleteColumns deleteColumn insertRows insertColumns
     setColumnWidth setFrozenRows setTabColor`,
  )
  returnSelf(
    classes.Sheet,
    `setName insertRowsAfter insertRowsBefore insertRowAfter insertRowBefore insertColumnsAfter insertColumnsBefore
     insertColumnAfter insertColumnBefore hideSheet showSheet activate autoResizeColumns autoResizeColumn setColumnWidths clear clearContents`,
  )
  addRemote(classes.Sheet, 'setActiveRange setActiveRangeList setActiveSelection')

  make('Spreadsheet', class extends Base {})
  addRemote(
    classes.Spreadsheet,
    `getId getName getUrl getSheets getSheetByName getSheetById insertSheet deleteSheet setActiveSheet getActiveSheet getActiveRange
     getActiveRangeList getActiveCell getSpreadsheetLocale getSpreadsheetTimeZone toast getOwner getRange getRangeByName
     getProtections getNumSheets setActiveRange setActiveRangeList getRangeList`,
  )

  make(
    'Filter',
    class extends Base {
      getRange() {
        return new Range(this[REF].range)
      }
    },
  )
  addRemote(classes.Filter, 'getColumnFilterCriteria')
  make(
    'FilterCriteria',
    class extends Base {
      getHiddenValues() {
        return [...this[REF].hidden]
      }
      getVisibleValues() {
        return []
      }
      getCriteriaType() {
        return null
      }
      getCriteriaValues() {
        return []
      }
    },
  )
  make(
    'DataValidation',
    class extends Base {
      getAllowInvalid() {
        return this[REF].allowInvalid
      }
      getCriteriaType() {
        return enums.DataValidationCriteria[this[REF].criteria]
      }
      getCriteriaValues() {
        return [...this[REF].values]
      }
      getHelpText() {
        return null
      }
    },
  )
  make(
    'Protection',
    class extends Base {
      getRange() {
        return new Range(this[REF].range)
      }
      getProtectionType() {
        return enums.ProtectionType[this[REF].type]
      }
      getDescription() {
        return ''
      }
      isWarningOnly() {
        return false
      }
      getUnprotectedRanges() {
        return []
      }
      getRangeName() {
        return null
      }
    },
  )
  addRemote(classes.Protection, 'canEdit')

  class SpreadsheetApp extends Base {
    newRichTextValue() {
      return new RichTextValueBuilder({})
    }
  }
  addRemote(
    SpreadsheetApp,
    `getActiveSpreadsheet getActive getActiveSheet getActiveRange getActiveRangeList getCurrentCell setActiveSheet
     setActiveRange setActiveRangeList flush getUi openById openByUrl`,
  )

  // ---- UI --------------------------------------------------------------------------------------------------------
  class Menu extends Base {
    addItem(label, name) {
      this[REF].items.push({ label: String(label), function: String(name) })
      return this
    }
    addSeparator() {
      this[REF].items.push('separator')
      return this
    }
    addSubMenu(menu) {
      for (const item of menu[REF].items) {
        this[REF].items.push(item === 'separator' ? item : { ...item, label: `${menu[REF].title} / ${item.label}` })
      }
      return this
    }
  }
  make('Menu', Menu)
  addRemote(Menu, 'addToUi')
  make(
    'PromptResponse',
    class extends Base {
      getResponseText() {
        return this[REF].text
      }
      getSelectedButton() {
        return enums.Button[this[REF].button]
      }
    },
  )
  make(
    'Ui',
    class extends Base {
      createMenu(title) {
        return new Menu({ title: String(title), items: [] })
      }
      createAddonMenu() {
        return new Menu({ title: '', items: [] })
      }
    },
  )
  addRemote(classes.Ui, 'showSidebar showModalDialog showModelessDialog alert prompt')

  // ---- other services --------------------------------------------------------------------------------------------
  make('Properties', class extends Base {})
  addRemote(classes.Properties, 'getProperty getProperties getKeys')
  returnSelf(classes.Properties, 'setProperty setProperties deleteProperty deleteAllProperties')
  class PropertiesService extends Base {}
  addRemote(PropertiesService, 'getDocumentProperties getScriptProperties getUserProperties')

  make(
    'Cache',
    class extends Base {
      put(key, value, seconds) {
        callRaw('Cache.put', [this[REF], [encode(key), value === null ? 'null' : encodeCell(value), encode(seconds)]])
      }
      putAll(values, seconds) {
        const texts = Object.fromEntries(
          Object.entries(values).map(([key, value]) => [key, value === null ? 'null' : encodeCell(value)]),
        )
        callRaw('Cache.putAll', [this[REF], [texts, encode(seconds)]])
      }
    },
  )
  addRemote(classes.Cache, 'get getAll remove removeAll')
  class CacheService extends Base {}
  addRemote(CacheService, 'getDocumentCache getScriptCache getUserCache')

  make('Lock', class extends Base {})
  addRemote(classes.Lock, 'tryLock waitLock releaseLock hasLock')
  class LockService extends Base {}
  addRemote(LockService, 'getDocumentLock getScriptLock getUserLock')

  class UrlFetchApp extends Base {}
  addRemote(UrlFetchApp, 'fetch fetchAll getRequest')

  make(
    'Trigger',
    class extends Base {
      getUniqueId() {
        return this[REF].id
      }
      getHandlerFunction() {
        return this[REF].function
      }
      getEventType() {
        return enums.EventType[this[REF].event]
      }
      getTriggerSource() {
        return enums.TriggerSource[this[REF].event === 'CLOCK' ? 'CLOCK' : 'SPREADSHEETS']
      }
      getTriggerSourceId() {
        return null
      }
    },
  )
  make(
    'AuthorizationInfo',
    class extends Base {
      getAuthorizationStatus() {
        return enums.AuthorizationStatus.NOT_REQUIRED
      }
      getAuthorizationUrl() {
        return null
      }
    },
  )
  class TriggerBuilder extends Base {
    timeBased() {
      return new ClockTriggerBuilder({ function: this[REF].function })
    }
    forSpreadsheet() {
      return new SpreadsheetTriggerBuilder({ function: this[REF].function })
    }
  }
  make('TriggerBuilder', TriggerBuilder)
  const ClockTriggerBuilder = make('ClockTriggerBuilder', class extends Base {})
  for (const name of [
    'after',
    'everyMinutes',
    'everyHours',
    'everyDays',
    'everyWeeks',
    'atHour',
    'nearMinute',
    'inTimezone',
  ]) {
    ClockTriggerBuilder.prototype[name] = function (value) {
      this[REF][name] = value
      return this
    }
  }
  ClockTriggerBuilder.prototype.at = function (date) {
    this[REF].at = date.getTime()
    return this
  }
  addRemote(ClockTriggerBuilder, 'create')
  const SpreadsheetTriggerBuilder = make('SpreadsheetTriggerBuilder', class extends Base {})
  for (const [name, event] of [
    ['onOpen', 'ON_OPEN'],
    ['onEdit', 'ON_EDIT'],
    ['onChange', 'ON_CHANGE'],
    ['onFormSubmit', 'ON_FORM_SUBMIT'],
  ]) {
    SpreadsheetTriggerBuilder.prototype[name] = function () {
      this[REF].event = event
      return this
    }
  }
  addRemote(SpreadsheetTriggerBuilder, 'create')
  class ScriptApp extends Base {
    newTrigger(name) {
      return new TriggerBuilder({ function: String(name) })
    }
  }
  addRemote(
    ScriptApp,
    'getProjectTriggers deleteTrigger getAuthorizationInfo getScriptId requireScopes requireAllScopes getUserTriggers',
  )

  class HtmlService extends Base {
    createHtmlOutput(html) {
      return newHtml(html === undefined ? '' : html instanceof Base ? html.getDataAsString() : String(html))
    }
    createHtmlOutputFromFile(name) {
      return newHtml(fileOf(name))
    }
    createTemplate(html) {
      return newTemplate(String(html))
    }
    createTemplateFromFile(name) {
      return newTemplate(fileOf(name))
    }
  }
  const fileOf = (name) => {
    const html = host.html(String(name).replace(/\.html$/, ''))
    if (html === undefined) throw exception(`No HTML file named ${name} was found.`)
    return html
  }

  class ContentService extends Base {
    createTextOutput(text) {
      return new TextOutput({ text: text === undefined ? '' : String(text), mimeType: 'TEXT' })
    }
  }

  make('User', class extends Base {})
  addRemote(classes.User, 'getEmail')
  class Session extends Base {}
  addRemote(Session, 'getActiveUser getEffectiveUser getTemporaryActiveUserKey getActiveUserLocale getScriptTimeZone')

  const inputOf = (value) =>
    typeof value === 'string' ? value : { bytes: stringify(Array.from(value, (byte) => byte & 255)) }
  const two = (part) => String(part).padStart(2, '0')
  class Utilities extends Base {
    getUuid() {
      return host.uuid()
    }
    computeDigest(algorithm, value) {
      return parse(host.digest(String(algorithm), inputOf(value)))
    }
    computeHmacSha256Signature(value, key) {
      return parse(host.hmac('SHA_256', inputOf(value), inputOf(key)))
    }
    computeHmacSignature(algorithm, value, key) {
      return parse(host.hmac(String(algorithm).replace('HMAC_', ''), inputOf(value), inputOf(key)))
    }
    base64Encode(value) {
      return host.encode64(inputOf(value), 'plain')
    }
    base64EncodeWebSafe(value) {
      return host.encode64(inputOf(value), 'web')
    }
    base64Decode(text) {
      return parse(host.decode64(String(text)))
    }
    base64DecodeWebSafe(text) {
      return parse(host.decode64(String(text)))
    }
    newBlob(data, contentType, name) {
      const content = typeof data === 'string' ? { text: data } : { bytes: Array.from(data) }
      return new Blob({ ...content, contentType: contentType ?? null, name: name ?? null })
    }
    formatDate(date, zone, format) {
      const options = {
        timeZone: zone === 'GMT' ? 'UTC' : zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      }
      const part = Object.fromEntries(
        new Intl.DateTimeFormat('en-US', options).formatToParts(date).map((one) => [one.type, one.value]),
      )
      const month = new Intl.DateTimeFormat('en-US', { timeZone: options.timeZone, month: 'long' }).format(date)
      const weekday = new Intl.DateTimeFormat('en-US', { timeZone: options.timeZone, weekday: 'long' }).format(date)
      const hour = Number(part.hour)
      return String(format).replace(/'([^']*)'|y+|M+|d+|H+|h+|m+|s+|S+|E+|a|Z|X+/g, (token, quoted) => {
        if (quoted !== undefined) return quoted
        const short = (text) => (token.length > 1 ? text : String(Number(text)))
        switch (token[0]) {
          case 'y':
            return token.length === 2 ? part.year.slice(2) : part.year
          case 'M':
            return token.length > 3 ? month : token.length === 3 ? month.slice(0, 3) : short(part.month)
          case 'd':
            return short(part.day)
          case 'H':
            return short(part.hour)
          case 'h':
            return short(two(hour % 12 || 12))
          case 'm':
            return short(part.minute)
          case 's':
            return short(part.second)
          case 'S':
            return String(date.getUTCMilliseconds()).padStart(token.length, '0')
          case 'E':
            return token.length > 3 ? weekday : weekday.slice(0, 3)
          case 'a':
            return hour < 12 ? 'AM' : 'PM'
          default: {
            const shown = RealDate.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second)
            const minutes = Math.round((shown - Math.floor(date.getTime() / 1000) * 1000) / 60000)
            if (minutes === 0 && token[0] === 'X') return 'Z'
            const size = Math.abs(minutes)
            const colon = token.length === 3 ? ':' : ''
            return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`
          }
        }
      })
    }
    parseCsv(text, delimiter = ',') {
      const rows = [['']]
      let quoted = false
      const source = String(text).replace(/\r\n?/g, '\n').replace(/\n$/, '')
      for (let at = 0; at < source.length; at++) {
        const row = rows[rows.length - 1]
        const sign = source[at]
        if (quoted && sign === '"' && source[at + 1] === '"') {
          row[row.length - 1] += '"'
          at++
        } else if (sign === '"') quoted = !quoted
        else if (!quoted && sign === delimiter) row.push('')
        else if (!quoted && sign === '\n') rows.push([''])
        else row[row.length - 1] += sign
      }
      if (quoted) throw exception('Could not parse text.')
      return rows
    }
    formatString(template, ...args) {
      let at = 0
      return String(template).replace(/%(?:%|[sd]|\.(\d+)f|f)/g, (token, places) => {
        if (token === '%%') return '%'
        const value = args[at++]
        return token === '%s'
          ? String(value)
          : token === '%d'
            ? String(Math.trunc(value))
            : Number(value).toFixed(places ?? 6)
      })
    }
  }
  addRemote(Utilities, 'sleep')

  // ---- logs ------------------------------------------------------------------------------------------------------
  const show = (value) => {
    if (typeof value === 'string') return value
    if (value instanceof Error) return `${value.name}: ${value.message}`
    try {
      return typeof value === 'object' && value !== null && !(value instanceof Base) ? stringify(value) : String(value)
    } catch {
      return Object.prototype.toString.call(value)
    }
  }
  const log = (...values) => host.log(values.map(show).join(' '))
  const logger = {
    log: (...values) => {
      log(...values)
      return logger
    },
    clear: () => undefined,
    getLog: () => '',
  }

  // ---- globals (platform.md section 3): what Apps Script lacks is not here either --------------------------------
  const service = (made, extra = {}) => {
    const one = new made(null)
    for (const [name, value] of Object.entries(extra)) Object.defineProperty(one, name, { value, enumerable: true })
    define(made.name, one)
  }
  service(SpreadsheetApp, {
    ProtectionType: enumeration('ProtectionType', 'RANGE SHEET'),
    WrapStrategy: enumeration('WrapStrategy', 'WRAP OVERFLOW CLIP'),
    SheetType: enumeration('SheetType', 'GRID OBJECT DATASOURCE'),
    BooleanCriteria: enumeration('BooleanCriteria', 'CELL_EMPTY CELL_NOT_EMPTY TEXT_CONTAINS CUSTOM_FORMULA'),
    DataValidationCriteria: enumeration(
      'DataValidationCriteria',
      'VALUE_IN_LIST VALUE_IN_RANGE NUMBER_BETWEEN DATE_IS_VALID_DATE TEXT_IS_VALID_EMAIL CHECKBOX CUSTOM_FORMULA',
    ),
    CopyPasteType: enumeration('CopyPasteType', 'PASTE_NORMAL PASTE_VALUES PASTE_FORMAT'),
  })
  const Button = enumeration('Button', 'CLOSE OK CANCEL YES NO')
  const ButtonSet = enumeration('ButtonSet', 'OK OK_CANCEL YES_NO YES_NO_CANCEL')
  for (const [name, value] of [
    ['Button', Button],
    ['ButtonSet', ButtonSet],
  ]) {
    Object.defineProperty(classes.Ui.prototype, name, { value })
  }
  service(UrlFetchApp)
  service(PropertiesService)
  service(CacheService)
  service(LockService)
  service(ScriptApp, {
    AuthMode: enumeration('AuthMode', 'NONE CUSTOM_FUNCTION LIMITED FULL'),
    AuthorizationStatus: enumeration('AuthorizationStatus', 'REQUIRED NOT_REQUIRED'),
    EventType: enumeration('EventType', 'CLOCK ON_OPEN ON_EDIT ON_FORM_SUBMIT ON_CHANGE ON_EVENT_UPDATED'),
    TriggerSource: enumeration('TriggerSource', 'SPREADSHEETS CLOCK FORMS DOCUMENTS CALENDAR'),
    WeekDay: enumeration('WeekDay', 'SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY'),
  })
  service(HtmlService, {
    SandboxMode: enumeration('SandboxMode', 'EMULATED IFRAME NATIVE'),
    XFrameOptionsMode: enumeration('XFrameOptionsMode', 'ALLOWALL DEFAULT'),
  })
  service(ContentService, { MimeType: enumeration('MimeType', 'ATOM CSV ICAL JAVASCRIPT JSON RSS TEXT VCARD XML') })
  service(Session)
  service(Utilities, {
    DigestAlgorithm: enumeration('DigestAlgorithm', 'MD2 MD5 SHA_1 SHA_256 SHA_384 SHA_512'),
    MacAlgorithm: enumeration('MacAlgorithm', 'HMAC_MD5 HMAC_SHA_1 HMAC_SHA_256 HMAC_SHA_384 HMAC_SHA_512'),
    Charset: enumeration('Charset', 'US_ASCII UTF_8'),
  })
  define('Logger', logger)
  define('console', { log, info: log, warn: log, error: log, time: () => undefined, timeEnd: () => undefined })

  // ---- entry -----------------------------------------------------------------------------------------------------
  const reviveArgument = (value) => {
    if (typeof value !== 'object' || value === null) return value
    if (value.$ === 'undefined') return undefined
    if (value.$ === 'NaN') return NaN
    if (Array.isArray(value)) return value.map(reviveArgument)
    if (value.$ !== undefined) return revive(value)
    for (const key of Object.keys(value)) value[key] = reviveArgument(value[key])
    return value
  }

  // google.script.run (platform.md section 6): one Date or function anywhere and the client gets null for everything.
  const NOT_SENT = {}
  const serialise = (value, seen) => {
    if (value === null || value === undefined) return null
    if (typeof value === 'number') return Number.isFinite(value) ? value : null
    if (typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value !== 'object' || value instanceof RealDate || value instanceof Base || seen.has(value))
      throw NOT_SENT
    const inner = new Set(seen).add(value)
    if (Array.isArray(value)) return value.map((one) => serialise(one, inner))
    if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) throw NOT_SENT
    const plain = {}
    for (const key of Object.keys(value)) if (value[key] !== undefined) plain[key] = serialise(value[key], inner)
    return plain
  }
  const reply = (value, via) => {
    if (via === 'formula') return encode(value)
    if (via !== 'rpc') {
      if (value instanceof TextOutput) return { content: value.getContent(), mimeType: String(value.getMimeType()) }
      if (value instanceof HtmlOutput) return { content: value.getContent(), mimeType: 'HTML' }
      return encode(value)
    }
    try {
      return serialise(value, new Set())
    } catch (problem) {
      if (problem === NOT_SENT) return NOT_SENT
      throw problem
    }
  }

  return (load, name, argsText, via) => {
    let state = 'pending'
    let result
    define('__enter', () => {
      delete globalThis.__enter
      const made = load.call(globalThis)
      const value = (made[name] ?? globalThis[name]).apply(globalThis, reviveArgument(parse(argsText)))
      if (value === null || typeof value !== 'object' || typeof value.then !== 'function') {
        state = 'returned'
        result = value
        return
      }
      value.then(
        (settled) => {
          state = 'returned'
          result = settled
        },
        (error) => {
          state = 'threw'
          result = error
        },
      )
    })
    return () => {
      if (state === 'threw') throw result
      const value = state === 'pending' ? null : reply(result, via)
      return stringify({ state: 'returned', ...(value === NOT_SENT ? { value: null, unsent: true } : { value }) })
    }
  }
})
