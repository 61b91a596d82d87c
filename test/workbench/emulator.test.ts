import type { EmulatorOptions, Fault } from '../../workbench/appsscript/contract'
import { createMemoryStore } from '../../workbench/appsscript/memory-store'
import { ANY_SCRIPT, editor, NOON, outcomeOf, owner, startScript } from './people'

type Script = Awaited<ReturnType<typeof startScript>>

let google: Script
const begin = async (code: string, options: Partial<EmulatorOptions> = {}): Promise<void> => {
  google = await startScript(code, options)
}
afterEach(() => google.stop())

describe('the realm (platform.md section 3)', () => {
  test.each([
    'URL',
    'URLSearchParams',
    'TextEncoder',
    'TextDecoder',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'queueMicrotask',
    'structuredClone',
    'fetch',
    'Headers',
    'Request',
    'Response',
    'Blob',
    'File',
    'FormData',
    'AbortController',
    'Event',
    'DOMException',
    'atob',
    'btoa',
    'crypto',
    'performance',
    'navigator',
    'window',
    'process',
    'Buffer',
    'require',
    'module',
    'global',
    '__enter',
  ])('%s is missing', async (name) => {
    await begin(`const atLoad = typeof ${name}; function go() { return [atLoad, typeof ${name}] }`)
    expect((await google.run('go')).value).toEqual(['undefined', 'undefined'])
  })

  test('every execution starts afresh and runs the top level again', async () => {
    await begin('var n = 0; console.log("load"); function go() { return ++n }')
    expect(await google.run('go')).toMatchObject({ value: 1, logs: ['load'] })
    expect(await google.run('go')).toMatchObject({ value: 1, logs: ['load'] })
  })

  test.each([
    ['a global', 'globalThis.left = 1', 'typeof left'],
    ['a global by carelessness', 'left = 1', 'typeof left'],
    ['a member of a prototype', 'Array.prototype.left = 1', 'typeof [].left'],
    ['another function of the language', 'Math.max = () => "left"', 'typeof Math.max(1)'],
    [
      'a getter',
      'Object.defineProperty(Object.prototype, "left", { get: () => 1, configurable: true })',
      'typeof {}.left',
    ],
    [
      'a hidden prototype',
      'Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())).left = 1',
      'typeof [].values().left',
    ],
    ['a member of a service', 'SpreadsheetApp.left = 1', 'Object.keys(SpreadsheetApp).includes("left")'],
    ['a global that is gone', 'delete globalThis.Map', 'typeof Map'],
    ['a frozen prototype', 'Object.freeze(Array.prototype)', 'Object.isFrozen(Array.prototype)'],
    ['a promise that waits', 'Promise.resolve().then(() => { globalThis.left = 1 })', 'typeof left'],
  ])('what an execution leaves behind is not there in the next: %s', async (_what, leave, look) => {
    await begin(`function leave() { ${leave} } function look() { return ${look} }`)
    const before = (await google.run('look')).value
    expect((await google.run('leave')).state).toBe('returned')
    expect((await google.run('look')).value).toBe(before)
  })

  test('what services give is of the realm, and so are their errors', async () => {
    await begin(`function go() {
      const a = SpreadsheetApp.getActiveSheet().getRange('A1:B1').getValues()
      try { SpreadsheetApp.getActiveSheet().getRange('??') } catch (e) { return [a instanceof Array, e instanceof Error, e.name, String(e), new Date() instanceof Date] }
    }`)
    expect((await google.run('go')).value).toEqual([true, true, 'Exception', 'Exception: Range not found', true])
  })

  test('promises are settled before the end', async () => {
    await begin(
      'async function go() { await null; return await Promise.all([1, Promise.resolve(2)]) } async function bad() { await 0; throw new TypeError("t") }',
    )
    expect((await google.run('go')).value).toEqual([1, 2])
    expect((await google.run('bad')).error).toEqual({ name: 'TypeError', message: 't' })
  })

  test.each([
    'class A { #x = 1 }',
    'class A { x = 1 }',
    'class A { static x = 1 }',
    'import "x"',
    'await 1',
    'export const a = 1',
  ])('a bundle with %s is refused', async (code) => {
    await begin('function go() {}')
    await expect(startScript(code)).rejects.toThrow(SyntaxError)
  })

  test('only top-level function declarations can be called', async () => {
    await begin(
      'var viaVar = function () {}; const App = { inner() {} }; function go() {} function hidden_() { return 1 }',
    )
    for (const name of ['viaVar', 'inner', 'App.inner', 'toString', 'nothing']) {
      expect(outcomeOf(await google.run(name))).toBe(`Exception: Script function not found: ${name}`)
    }
    expect(outcomeOf(await google.run('hidden_', { via: 'rpc' }))).toBe('Exception: Script function not found: hidden_')
    expect(outcomeOf(await google.run('hidden_'))).toBe(1)
  })

  test('an error of the script keeps its name and message', async () => {
    await begin('function go() { throw new RangeError("too far") } function odd() { throw "text" }')
    expect((await google.run('go')).error).toEqual({ name: 'RangeError', message: 'too far' })
    expect((await google.run('odd')).error).toEqual({ name: 'Error', message: 'text' })
  })
})

describe('google.script.run (platform.md section 6)', () => {
  beforeEach(() => begin(ANY_SCRIPT))
  const reply = async (source: string): Promise<unknown> =>
    outcomeOf(await google.run('go', { args: [`return ${source}`], via: 'rpc' }))

  test.each<readonly [string, unknown]>([
    ['{ a: [1, "x", true, null], b: { c: 2 } }', { a: [1, 'x', true, null], b: { c: 2 } }],
    ['[undefined, 1]', [null, 1]],
    ['undefined', null],
    ['new Date()', null],
    ['{ rows: [{ at: new Date() }], total: 3 }', null],
    ['{ total: 3, f: () => 1 }', null],
    ['{ total: 3, m: new Map() }', null],
    ['SpreadsheetApp.getActiveSheet()', null],
    ['(() => { const a = {}; a.self = a; return a })()', null],
    ['JSON.stringify({ at: new Date(0) })', '{"at":"1970-01-01T00:00:00.000Z"}'],
  ])('%s', async (source, expected) => {
    expect(await reply(source)).toEqual(expected)
  })

  const circle: unknown[] = []
  circle.push(circle)
  test.each<readonly [string, readonly unknown[], unknown]>([
    ['a date', ['return args', new Date()], 'Error: Failed due to illegal value in property: 1'],
    ['a function inside', ['return args', { call: () => 1 }], 'Error: Failed due to illegal value in property: call'],
    ['a circle', ['return args', circle], 'Error: Failed due to circular reference.'],
    ['undefined', ['return args', undefined, 2], [null, 2]],
  ])('%s as an argument', async (_, args, expected) => {
    expect(outcomeOf(await google.run('go', { args, via: 'rpc' }))).toEqual(expected)
  })
})

describe('formulas (platform.md section 2)', () => {
  beforeEach(() =>
    begin(`
      function ENRICH_ECHO(x) { return [[typeof x, Array.isArray(x), x instanceof Date, x === undefined]] }
      function ANY(source) { return new Function(source)() }
      function SECRET_() { return 1 }
      function wipe() { SpreadsheetApp.getActiveSheet().clear() }`),
  )
  const formula = async (name: string, ...args: readonly unknown[]): Promise<unknown> =>
    outcomeOf(await google.formula({ name, args, user: owner }))

  test.each<readonly [string, unknown]>([
    ['return 1', 1],
    ['return undefined', ''],
    ['return null', ''],
    ['return NaN', '#NUM!'],
    [
      'return [[1, null], ["a", true]]',
      [
        [1, ''],
        ['a', true],
      ],
    ],
    ['return new Date(5)', new Date(5)],
    ['return [1, 2]', 'Error: The result of a custom function must be a value or a two-dimensional array of values.'],
    ['return []', 'Error: The result of a custom function must be a value or a two-dimensional array of values.'],
    ['return [[1, 2], [3]]', 'Error: The rows of the result have different lengths.'],
    ['return { a: 1 }', 'Error: The result of a custom function must be a value or a two-dimensional array of values.'],
    ['return "x".repeat(50001)', 'Error: Text result is longer than the limit of 50000 characters.'],
  ])('%s', async (source, expected) => {
    expect(await formula('ANY', source)).toEqual(expected)
  })

  test('the name is found in any case, but not one that ends in _', async () => {
    expect(await formula('enrich_echo', 'x')).toEqual([['string', false, false, false]])
    expect(await formula('SECRET_')).toBe("Exception: Unknown function: 'SECRET_'.")
  })

  test.each<readonly [unknown, unknown]>([
    ['', [['string', false, false, false]]],
    [[['a', 'b']], [['object', true, false, false]]],
    [new Date(0), [['object', false, true, false]]],
    [undefined, [['undefined', false, false, true]]],
    [7, [['number', false, false, false]]],
  ])('%p arrives as what it is', async (arg, expected) => {
    expect(await formula('ENRICH_ECHO', arg)).toEqual(expected)
  })

  test('any top-level function can be called from a cell, but cannot write', async () => {
    expect(await formula('wipe')).toMatch(/^Exception: You do not have permission to call clear \(line \d+\)\.$/)
  })

  test('an error names its line', async () => {
    expect(await formula('ANY', 'throw new Error("no key")')).toMatch(/^Error: no key \(line \d+\)\.$/)
  })

  test('a cell computes through the store, for the user who typed it', async () => {
    google.type(editor, 0, 'A1', 'ana@example.com')
    google.type(editor, 0, 'B1', '=ENRICH_ECHO(A1)')
    google.type(editor, 0, 'A5', '=ANY("throw 1")')
    await google.store.settled()
    expect(google.store.display(0, { row: 0, column: 1, rows: 1, columns: 4 })).toEqual([
      ['string', 'FALSE', 'FALSE', 'FALSE'],
    ])
    expect(google.store.read(0, { row: 4, column: 0, rows: 1, columns: 1 })[0]![0]).toMatchObject({
      value: '#ERROR!',
      error: true,
    })
  })

  test('flush waits for the formulas that a script wrote', async () => {
    await google.stop()
    await begin(`function SLOW(x) { Utilities.sleep(2000); return x + '!' }
      function go() { const s = SpreadsheetApp.getActiveSheet(); s.getRange('A1').setFormula('=SLOW("a")'); SpreadsheetApp.flush(); return s.getRange('A1').getValue() }`)
    expect(outcomeOf(await google.run('go'))).toBe('a!')
  })
})

describe('faults', () => {
  const code = `
    function go() {
      const p = PropertiesService.getScriptProperties()
      try { for (const k of ['a', 'b', 'c']) p.setProperty(k, '1') } catch (e) { p.setProperty('caught', e.message) } finally { p.setProperty('finally', '1') }
    }`
  beforeEach(() => begin(code))
  const keysAfter = async (faults: readonly Fault[]): Promise<readonly string[]> => {
    google.script(faults)
    await google.run('go')
    return Object.keys(google.properties('script'))
  }

  // Calls: getScriptProperties, then one setProperty each.
  test.each<readonly [string, Fault, readonly string[]]>([
    ['a kill before a call', { kind: 'kill', atCall: 3 }, ['a']],
    ['a kill after a call took effect', { kind: 'kill', atCall: 3, when: 'after' }, ['a', 'b']],
    [
      'a kill at a call of a method',
      { kind: 'kill_method', method: 'Properties.setProperty', nth: 2, when: 'before' },
      ['a'],
    ],
    ['a failing call', { kind: 'fail', atCall: 3, message: 'Empty response' }, ['a', 'caught', 'finally']],
    [
      'a failing method',
      { kind: 'fail_method', method: 'Properties.setProperty', message: 'x', times: 1 },
      ['caught', 'finally'],
    ],
  ])('%s', async (_, fault, keys) => {
    expect(await keysAfter([fault])).toEqual(keys)
  })

  test('a fault of one execution strikes each, an overall one once', async () => {
    google.script([{ kind: 'kill', atCall: 2 }])
    expect([(await google.run('go')).state, (await google.run('go')).state]).toEqual(['killed', 'killed'])
    google.script([{ kind: 'kill', atCall: 2, overall: true }])
    expect([(await google.run('go')).state, (await google.run('go')).state]).toEqual(['killed', 'returned'])
  })

  test('a kill at every call leaves exactly the calls before it', async () => {
    const whole = (await google.run('go')).calls
    for (let n = 1; n <= whole.length; n++) {
      google.script([{ kind: 'kill', atCall: n }])
      expect((await google.run('go')).calls).toEqual(whole.slice(0, n))
    }
  })
})

test('a hung script is ended, and killAll ends all', async () => {
  await begin(
    'function hang() { for (;;); } function stubborn() { for (;;) { try { Utilities.sleep(400000) } catch (e) {} } } function ok() { return 1 }',
    { hangMs: 500 },
  )
  expect((await google.run('hang')).state).toBe('killed')
  expect((await google.run('stubborn')).state).toBe('killed')
  const hanging = google.run('hang')
  await new Promise((resolve) => setTimeout(resolve, 50))
  google.killAll()
  expect((await hanging).state).toBe('killed')
  expect((await google.run('ok')).value).toBe(1)
})

test('thirty executions of a user at once, not more', async () => {
  await begin('function go() { Utilities.sleep(1000); return 1 }')
  const ended = await Promise.all(Array.from({ length: 31 }, () => google.run('go')))
  expect(ended.filter((one) => one.state === 'returned')).toHaveLength(30)
  expect(outcomeOf(ended[30]!)).toBe(
    'Exception: There are too many scripts running simultaneously for this Google user account.',
  )
})

test('on the real clock services take no time of their own and sleep is real', async () => {
  await begin(
    'function go() { const t = Date.now(); Utilities.sleep(60); SpreadsheetApp.flush(); return Date.now() - t }',
    { clock: 'real' },
  )
  const ended = await google.run('go')
  expect(ended.value).toBeGreaterThanOrEqual(55)
  expect(Math.abs(google.now() - Date.now())).toBeLessThan(1000)
})

test('onOpen gets an event, and a snapshot brings properties and time back', async () => {
  await begin(
    `function onOpen(e) { PropertiesService.getDocumentProperties().setProperty('mode', String(e.authMode) + (e.authMode === ScriptApp.AuthMode.LIMITED)); return e.source.getName() }`,
  )
  expect((await google.run('onOpen', { via: 'open' })).value).toBe('Workbench')
  const saved: unknown = JSON.parse(JSON.stringify(google.snapshot()))
  const other = await startScript('function x() {}')
  other.restore(saved)
  expect(other.properties('document')).toEqual({ mode: 'LIMITEDtrue' })
  expect(other.now()).toBe(google.now())
  await other.stop()
})

test('ten thousand rows of twenty columns are written and read in a few seconds', async () => {
  const store = createMemoryStore({ tabs: [{ name: 'Big', rows: 10_001, columns: 20 }] })
  await begin(
    `function go() {
      const rows = Array.from({ length: 10000 }, (_, r) => Array.from({ length: 20 }, (_, c) => 'cell ' + r + ' ' + c))
      const range = SpreadsheetApp.getActiveSheet().getRange(1, 1, 10000, 20).setValues(rows)
      SpreadsheetApp.flush()
      const back = range.getValues()
      return [back.length, back[9999][19]]
    }`,
    { store },
  )
  const from = performance.now()
  expect((await google.run('go')).value).toEqual([10_000, 'cell 9999 19'])
  expect(performance.now() - from).toBeLessThan(8000)
})

test('an execution that is killed while it sleeps or waits for a lock leaves the clock to the others', async () => {
  await begin(`function sleep(ms) { Utilities.sleep(ms); return Date.now() }
    function hold() { LockService.getScriptLock().waitLock(1); Utilities.sleep(20000); return 1 }
    function busy() { for (;;); }
    function wait() { LockService.getScriptLock().waitLock(300000); return 1 }`)
  const sleeping = [
    google.run('hold'),
    google.run('wait'),
    google.run('sleep', { args: [300_000] }),
    google.run('busy'),
  ]
  await new Promise((resolve) => setTimeout(resolve, 300))
  google.killAll()
  expect((await Promise.all(sleeping)).map((ended) => ended.state)).toEqual(['killed', 'killed', 'killed', 'killed'])
  const from = google.now()
  // A call that was answered before the kill costs its time; none of the sleeps (20 s and more) has passed.
  expect(from - NOON).toBeLessThan(1000)
  const [a, b] = await Promise.all([google.run('sleep', { args: [1000] }), google.run('sleep', { args: [3000] })])
  expect([a.value, b.value]).toEqual([from + 1000, from + 3000])
  expect(outcomeOf(await google.run('wait'))).toBe(1)
})

test('a sleep beyond the limit is killed at the limit', async () => {
  await begin('function go() { Utilities.sleep(100000000) }')
  const ended = await google.run('go')
  expect([ended.state, ended.tookMs]).toEqual(['killed', 360_001])
})

test('another file has an id and properties of its own; what belongs to a user stays', async () => {
  await begin(`function keep() {
      PropertiesService.getDocumentProperties().setProperty('run', '1')
      PropertiesService.getUserProperties().setProperty('key', 'k')
      CacheService.getDocumentCache().put('answer', '1')
      ScriptApp.newTrigger('wait').timeBased().everyHours(1).create()
    }
    function wait() { Utilities.sleep(100000) }
    function seen() {
      return JSON.stringify([
        SpreadsheetApp.getActiveSpreadsheet().getId(),
        PropertiesService.getDocumentProperties().getProperty('run'),
        PropertiesService.getUserProperties().getProperty('key'),
        CacheService.getDocumentCache().get('answer'),
        ScriptApp.getProjectTriggers().length,
      ])
    }`)
  await google.run('keep')
  const [first, ...kept] = JSON.parse(String(outcomeOf(await google.run('seen')))) as unknown[]
  expect(kept).toEqual(['1', 'k', '1', 1])
  google.openFile()
  const [second, ...left] = JSON.parse(String(outcomeOf(await google.run('seen')))) as unknown[]
  expect(left).toEqual([null, 'k', null, 0])
  expect(second).not.toBe(first)
})
