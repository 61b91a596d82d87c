import type { Field } from '../../src/domain/field'
import { FIELD_NAMES } from '../../src/domain/field'
import type { Cell, SheetStore } from '../../workbench/appsscript/sheet-store'
import { createMemoryStore } from '../../workbench/appsscript/memory-store'
import type { Product } from './product'
import { COLLEAGUE, OWNER, sampleRows, shown, startProduct, useHunter } from './product'
import { begin, betweenReadAndWrite, changeProperty, crowd, finds, image, REQUEST, rowsOfSummary, tabOf } from './story'

type Row = readonly (string | number | boolean | null)[]

const HEADERS = ['First name', 'Last name', 'Website', 'Notes', 'Email', 'Remarks']
const ALL_ASK = { scope: 'all', mapping: {}, wanted: null } as const

let product: Product
const start = async (rows: readonly Row[], store?: SheetStore, owner = OWNER) => {
  product = await startProduct({ rows, ...(store && { store }), options: { owner } })
  await useHunter(product)
}
const people = (count: number): readonly Row[] =>
  crowd(count).map(([first, last], index) => [first, last, 'everyone.example', `note ${index}`, '', `remark ${index}`])
const addressOf = (first: string) => `${first.toLowerCase()}.nowak@everyone.example`
const one = (row: number, column: number) => ({ row, column, rows: 1, columns: 1 })
afterEach(() => product.stop())

/** All cells but those of one column, by the person of the row: what no run may change. */
function others(store: SheetStore, except = 'Email'): readonly string[] {
  const [headers = [], ...rows] = image(store)
  const column = headers.findIndex((cell) => cell.value === except)
  const rest = (row: readonly Cell[]) => JSON.stringify(row.filter((_, index) => index !== column))
  return [rest(headers), ...rows.map(rest).sort()]
}

/** Every filled email stands beside the person whom it belongs to. */
function expectRightRows(store: SheetStore, tab = 'Leads'): number {
  const [headers = [], ...rows] = shown(store, tab)
  const [name, email] = [headers.indexOf('First name'), headers.indexOf('Email')]
  const filled = rows.filter((row) => row[email] !== '')
  for (const row of filled) expect(row[email]).toBe(addressOf(row[name]!))
  return filled.length
}

describe('a sheet on which nothing can be done says what is missing and what to do', () => {
  test.each<readonly [string, readonly Row[], RegExp]>([
    ['an empty tab', [], /^The tab "Leads" is empty\. Paste your list into it/],
    [
      'blanks only',
      [
        ['', ''],
        ['', ''],
      ],
      /^The tab "Leads" is empty\./,
    ],
    [
      'no headers',
      [
        ['Ada', 'Nowak', 'everyone.example'],
        ['Bob', 'Nowak', 'everyone.example'],
      ],
      /^The tab "Leads" has no row of column names\./,
    ],
    [
      'numbers only',
      [
        [1, 2],
        [3, 4],
      ],
      /^The tab "Leads" has no row of column names\./,
    ],
    ['headers only', [HEADERS], /^The tab "Leads" has column names but no rows\. Add your leads under them\./],
    ['one cell', [['x']], /^The tab "Leads" has no row of column names\./],
  ])('%s', async (_, rows, message) => {
    await start(rows)
    const view = await product.call('overview', ALL_ASK)
    expect(view.problem!.message).toMatch(message)
    await expect(product.call('receipt', REQUEST)).rejects.toThrow(message)
    expect(product.vendors.calls()).toEqual([])
    expect(shown(product.store)).toEqual(
      rows.some((row) => row.some((cell) => cell !== '')) ? rows.map((row) => row.map(String)) : [],
    )
  })

  test.each([
    ['only the header', ['A1:F1']],
    ['only empty rows below', ['A40:F50']],
    ['the first cell, as when nothing was ever selected', ['A1']],
  ])('a selection of %s', async (_, ranges) => {
    await start([HEADERS, ...people(2)])
    product.emulator.select(OWNER, tabOf(product.store).id, ranges)
    await expect(product.call('receipt', { ...REQUEST, scope: 'selected' })).rejects.toThrow(
      'No rows with leads are selected. Select some rows under the column names and try again.',
    )
    expect((await product.call('overview', { ...ALL_ASK, scope: 'selected' })).rowsInScope).toBe(0)
  })

  test.each([
    ['no field', { wanted: [] }, 'Choose at least one field that you want filled.'],
    ['no purpose', { purpose: '  ' }, 'Say in a few words what you need the data for'],
    ['a negative cap', { cap: -1 }, 'The cap must be a number of credits, 0 or more.'],
  ])('a request with %s', async (_, change, message) => {
    await start([HEADERS, ...people(1)])
    await expect(product.call('receipt', { ...REQUEST, ...change })).rejects.toThrow(message)
  })

  test('a list that misses nothing', async () => {
    await start([HEADERS, ['Ada', 'Nowak', 'everyone.example', '', 'ada@typed.example', '']])
    await expect(product.call('receipt', { ...REQUEST, scope: 'missing' })).rejects.toThrow(
      'No row misses any of the wanted fields. Choose other fields, or select rows yourself.',
    )
  })
})

test.each<[string, Row, Field, string]>([
  [
    'full',
    ['Ada', 'Nowak', 'everyone.example', '', 'ada@typed.example', ''],
    'email',
    '2 with nothing that can be filled',
  ],
  ['without keys', ['', '', '', '', 'no address', ''], 'job_title', '2 without enough to look them up'],
])('a run of rows that are %s is not begun, and no column is added', async (_, row, field, reason) => {
  await start([HEADERS, row, row])
  const receipt = await product.call('receipt', { ...REQUEST, wanted: [field] })
  const before = image(product.store)
  await expect(product.call('startRun', receipt.id)).rejects.toThrow(
    `No row of the tab "Leads" can be enriched: ${reason}. Choose other rows or other fields.`,
  )
  expect(image(product.store)).toEqual(before)
  expect(product.vendors.calls()).toEqual([])
})

test('the receipt names what a row lacks by its words on screen', async () => {
  await start([
    ['First name', 'LinkedIn', 'Email'],
    ['Ada', '', ''],
  ])
  const { invalidReasons } = await product.call('receipt', { ...REQUEST, wanted: ['job_title'] })
  expect(invalidReasons).toEqual([{ reason: 'Missing at least: LinkedIn profile', rows: 1 }])
})

test('placeholders and errors leave a header what it is: its empty cells fill, no column is added', async () => {
  const headers = ['First name', 'Last name', 'Website', 'E-Mail', 'Phone']
  const rows = crowd(4).map((person) => [...person, 'everyone.example', '', ''])
  await start([headers, ...rows])
  const { id } = tabOf(product.store)
  product.store.write(id, { row: 1, column: 3, rows: 2, columns: 2 }, [
    [{ value: 'n/a' }, { value: 'k.A.' }],
    [{ value: '#N/A', formula: '=VLOOKUP(1,A:A,1)' }, { value: '-' }],
  ])
  expect(await product.enrich({ wanted: ['email'] })).toMatchObject({ state: 'done', cellsWritten: 2 })
  const [first, ada, , ...others] = shown(product.store)
  expect(first).toEqual(headers)
  expect(ada!.slice(3)).toEqual(['n/a', 'k.A.'])
  for (const row of others) expect(row[3]).toBe(addressOf(row[0]!))
})

test('a column that has the name of a field counts as used, for it is written into', async () => {
  const [ada, bob] = people(2)
  await start([HEADERS, [...ada!.slice(0, 4), 'Ada Nowak', ''], bob!])
  const { columns } = await product.call('overview', ALL_ASK)
  expect(columns.find(({ header }) => header === 'Email')).toMatchObject({ field: 'email', how: 'header' })
  expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 1 })
  expect(shown(product.store)[0]).toEqual(HEADERS)
})

test('cells of every kind stay as they are, and the good rows fill', async () => {
  const long = 'x'.repeat(50_000)
  const [good] = crowd(1)
  const store = createMemoryStore({
    locale: 'en_US',
    tabs: [
      {
        name: 'Leads',
        values: [
          HEADERS,
          [...good!, 'everyone.example', '', '', long],
          [long, long, long, long, '', ''],
          ['\u{1f469}\u200d\u{1f4bb}', '\u{1f600}', '\u{1f4a9}.example', '', '', ''],
          ['\u202e\u05d3\u05d5\u05d3', '\u05db\u05d4\u05df', 'everyone.example', '', '', '\u05e9\u05dc\u05d5\u05dd'],
          ['#N/A', 'Nowak', 'everyone.example', '', '', ''],
          [45_000, 45_001, 'everyone.example', '', '', ''],
          [true, false, true, '', '', ''],
          ['Nul\u0000l', 'No\ud83dwak', 'everyone.example', '', '', ''],
          ['Ada', 'Nowak', '=HYPERLINK("x")', '', '', ''],
          ['Ada', 'Nowak', 4155552671, '', '', ''],
        ],
      },
    ],
  })
  const { id } = store.tabs()[0]!
  store.write(id, one(5, 0), [[{ value: '#N/A', formula: '=VLOOKUP(1,A:A,1)' }]])
  store.write(id, { row: 6, column: 0, rows: 1, columns: 2 }, [[{ format: 'yyyy-mm-dd' }, { format: 'd mmm' }]])
  store.write(id, one(10, 4), [[{ formula: '=A11&"@x.example"', value: '' }]])
  await start([], store)
  const before = others(store)

  const run = await product.enrich({})

  expect(run).toMatchObject({ state: 'done', problem: null })
  expect(rowsOfSummary(run.fields[0]!)).toBe(run.rows.total)
  expect(others(store)).toEqual(before)
  const emails = image(store).map((row) => row[4]!)
  expect(emails[1]!.value).toBe(addressOf(good![0]))
  expect(emails[6]!.value).toBeNull()
  expect(emails[7]!.value).toBeNull()
  expect(emails[10]!.formula).toBe('=A11&"@x.example"')
  for (const call of finds(product)) expect(call.length).toBeLessThan(500)
})

test('numbers as phones are read, and only the gaps are filled, as text with their plus', async () => {
  const headers = ['First name', 'Last name', 'Website', 'Phone']
  const rows = crowd(30).map(([first, last], index) => [first, last, 'everyone.example', index === 0 ? 4155552671 : ''])
  await start([headers, ...rows])
  const run = await product.enrich({ wanted: ['phone'] })
  expect(run.state).toBe('done')
  const phones = image(product.store)
    .slice(1)
    .map((row) => row[3]!.value)
  expect(phones[0]).toBe(4155552671)
  for (const phone of phones.slice(1)) if (phone !== null) expect(phone).toMatch(/^\+\d+$/)
  expect(run.fields[0]!.written).toBeGreaterThan(0)
})

describe('cells that cannot or must not be written are left alone, said so, and not paid for', () => {
  test.each<readonly [string, (store: SheetStore, tab: number) => void, 'the other row runs' | 'nothing runs']>([
    ['a formula', (store, tab) => store.write(tab, one(1, 4), [[{ formula: '=""', value: '' }]]), 'the other row runs'],
    [
      'protected',
      (store, tab) =>
        store.protect(tab, {
          area: { row: 0, column: 4, rows: 9, columns: 1 },
          editors: [COLLEAGUE.id, COLLEAGUE.email],
        }),
      'nothing runs',
    ],
    [
      'rejecting',
      (store, tab) =>
        store.validate(tab, {
          area: { row: 1, column: 4, rows: 8, columns: 1 },
          accepts: { list: ['a', 'b'] },
          onInvalid: 'reject',
        }),
      'nothing runs',
    ],
    ['merged', (store, tab) => store.merge(tab, { row: 1, column: 4, rows: 2, columns: 1 }), 'nothing runs'],
    [
      'an error',
      (store, tab) =>
        store.write(tab, { row: 1, column: 4, rows: 2, columns: 1 }, [
          [{ value: '#N/A', error: true } as never],
          [{ value: '#REF!' }],
        ]),
      'nothing runs',
    ],
  ])('%s', async (_, change, outcome) => {
    const store = createMemoryStore({ locale: 'en_US', tabs: [{ name: 'Leads', values: [HEADERS, ...people(2)] }] })
    const { id } = tabOf(store)
    change(store, id)
    await start([], store, COLLEAGUE)
    const before = JSON.stringify(image(store)[1])
    const receipt = await product.call('receipt', REQUEST)
    expect(receipt.rows.filled).toBeGreaterThan(0)
    const started = product.call('startRun', receipt.id)
    if (outcome === 'nothing runs') await expect(started).rejects.toThrow('2 with nothing that can be filled')
    else expect(await product.finish(await started)).toMatchObject({ state: 'done', problem: null })
    expect(JSON.stringify(image(store)[1])).toBe(before)
    expect(finds(product).length).toBe(receipt.rows.chargeable)
  })

  test('in one column, while another column of the same row is wanted and free', async () => {
    const headers = ['First name', 'Last name', 'Website', 'Email', 'Email status']
    const [[first, last]] = crowd(1) as [readonly [string, string]]
    const store = createMemoryStore({
      locale: 'en_US',
      tabs: [
        {
          name: 'Leads',
          values: [
            headers,
            [first, last, 'nobody.example', 'ada.nowak@nobody.example', ''],
            [first, last, 'everyone.example', '', ''],
          ],
        },
      ],
    })
    store.validate(tabOf(store).id, {
      area: { row: 1, column: 4, rows: 2, columns: 1 },
      accepts: { kind: 'number' },
      onInvalid: 'reject',
    })
    await start([], store)
    const run = await product.enrich({ wanted: ['email', 'email_status'] })
    expect(run).toMatchObject({ state: 'done', problem: null, cellsWritten: 1, credits: { spent: 1 } })
    expect(product.vendors.calls().filter((call) => call.path.includes('verifier'))).toEqual([])
  })

  test('a validation that only warns takes the value', async () => {
    const store = createMemoryStore({ locale: 'en_US', tabs: [{ name: 'Leads', values: [HEADERS, ...people(1)] }] })
    store.validate(tabOf(store).id, {
      area: { row: 1, column: 4, rows: 1, columns: 1 },
      accepts: { list: ['a'] },
      onInvalid: 'warn',
    })
    await start([], store)
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 1 })
  })

  test('a whole tab that is protected: no column can be added, and nothing is asked', async () => {
    const store = createMemoryStore({ locale: 'en_US', tabs: [{ name: 'Leads', values: [HEADERS, ...people(1)] }] })
    store.protect(tabOf(store).id, { area: 'sheet', editors: [COLLEAGUE.email] })
    await start([], store, COLLEAGUE)
    await expect(product.enrich({ wanted: ['job_title'] })).rejects.toThrow(
      'The tab "Leads" is protected, and you cannot add columns to it. Ask its owner for access, or copy the list to a tab of your own.',
    )
    expect(finds(product)).toEqual([])
  })
})

test('a person is brought back to their list though a page says that a hidden tab is in front', async () => {
  await start([['First name', 'Last name', 'Website'], ...crowd(3).map((one) => [...one, 'everyone.example'])])
  const run = await begin(product)
  const list = tabOf(product.store).id
  // A page that is slow says where it is while the tab is made; the next one is made then.
  const act = (store: SheetStore) => {
    const hidden = store.tabs().find(({ name }) => name.startsWith('_enrich_'))
    if (hidden) product.emulator.select(OWNER, hidden.id, ['A1'])
  }
  product.emulator.script([1, 2, 3].map((nth) => ({ kind: 'between', method: 'Spreadsheet.getActiveSheet', nth, act })))
  await product.finish(run)
  product.emulator.script([])
  expect(product.emulator.active(OWNER).tab).toBe(list)
})

test('merged names and titles above the headers do not confuse rows', async () => {
  const [[a], [b]] = crowd(2) as unknown as [readonly [string], readonly [string]]
  const store = createMemoryStore({
    locale: 'en_US',
    tabs: [
      {
        name: 'Leads',
        values: [
          ['Leads of the spring fair', '', '', '', '', ''],
          ['', '', '', '', '', ''],
          HEADERS,
          [a, 'Nowak', 'everyone.example', '', '', ''],
          ['', 'Nowak', 'everyone.example', '', '', ''],
          [b, 'Nowak', 'everyone.example', '', '', ''],
        ],
      },
    ],
  })
  store.merge(tabOf(store).id, { row: 0, column: 0, rows: 1, columns: 6 })
  store.merge(tabOf(store).id, { row: 3, column: 0, rows: 2, columns: 1 })
  await start([], store)
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', cellsWritten: 2 })
  expect(
    shown(store)
      .slice(3)
      .map((row) => row[4]),
  ).toEqual([addressOf(a), '', addressOf(b)])
})

test.each([
  ['left out and counted', { rows: 5, hidden: ['note 1', 'note 2'] }],
  ['told from rows that were added under it', { rows: 4, hidden: ['note 1', 'note 2', 'note 3'] }],
])('rows hidden by a filter are %s', async (_, { rows, hidden }) => {
  const store = createMemoryStore({ locale: 'en_US', tabs: [{ name: 'Leads', values: [HEADERS, ...people(4)] }] })
  store.setFilter(tabOf(store).id, { area: { row: 0, column: 0, rows, columns: 6 }, hiddenTexts: { 3: hidden } })
  await start([], store)
  const receipt = await product.call('receipt', REQUEST)
  expect(receipt.rows).toMatchObject({ selected: 4, hidden: 2, chargeable: 2 })
  await product.finish(await product.call('startRun', receipt.id))
  expect(
    shown(store)
      .slice(1)
      .map((row) => row[4] !== ''),
  ).toEqual([true, false, false, true])
})

test('several selected areas are all taken, each row once', async () => {
  await start([HEADERS, ...people(6)])
  product.emulator.select(OWNER, tabOf(product.store).id, ['A2:B3', 'C3', 'E6:E7'])
  const run = await product.enrich({ scope: 'selected' })
  expect(run.rows.total).toBe(4)
  expect(
    shown(product.store)
      .slice(1)
      .map((row) => row[4] !== ''),
  ).toEqual([true, true, false, false, true, true])
})

test('the tab that is open is worked on, and the other one is not touched', async () => {
  const store = createMemoryStore({
    locale: 'en_US',
    tabs: [
      { name: 'Leads', values: [HEADERS, ...people(2)] },
      { name: 'Second', values: [HEADERS, ...people(3)] },
    ],
  })
  await start([], store)
  const before = image(store)
  product.emulator.select(OWNER, tabOf(store, 'Second').id, ['A2'])
  const run = await begin(product)
  product.emulator.select(OWNER, tabOf(store).id, ['A2'])
  const done = await product.finish(run)
  expect(done).toMatchObject({ state: 'done', sheetName: 'Second', cellsWritten: 3 })
  expect(image(store)).toEqual(before)
  expect(expectRightRows(store, 'Second')).toBe(3)
})

test('a wanted column that exists under its name and is partly filled is filled up, not doubled', async () => {
  const headers = ['First name', 'Last name', 'Website', 'E-Mail', 'Job title']
  const rows = crowd(3).map(([first, last], index) => [
    first,
    last,
    'everyone.example',
    index === 1 ? 'typed@mine.example' : '',
    index === 0 ? 'Boss' : '',
  ])
  await start([headers, ...rows])
  await product.enrich({ wanted: ['email', 'job_title'] })
  const after = shown(product.store)
  expect(after[0]).toEqual(headers)
  expect(after[2]![3]).toBe('typed@mine.example')
  expect(after[1]![4]).toBe('Boss')
})

test('headers that are long, doubled or missing do not stop a run', async () => {
  const rows = crowd(3).map(([first, last]) => [first, last, 'everyone.example', 'a', 'b', '', 'c'])
  await start([['First name', 'Last name', 'x'.repeat(50_000), 'Same', 'Same', 'Email', ''], ...rows])
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', problem: null, cellsWritten: 3 })
  expect(shown(product.store)[1]![6]).toBe('c')
})

test('every field at once on a real list starts and ends', async () => {
  product = await startProduct({ rows: sampleRows('leads-250.csv') })
  const { choices } = await product.call('overview', ALL_ASK)
  const wanted = choices.map(({ field }) => field)
  expect(wanted.length).toBeGreaterThan(25)
  const run = await product.enrich({ wanted })
  expect(run).toMatchObject({ state: 'done', problem: null })
  for (const field of run.fields) expect(rowsOfSummary(field)).toBe(run.rows.total)
  expect(product.emulator.properties('document')['run']!.length).toBeLessThan(9 * 1024)
})

test('5,000 rows run to the end, each question asked once', async () => {
  const known = crowd(60)
  const rows = Array.from({ length: 5000 }, (_, index) => [
    ...known[index % 60]!,
    'everyone.example',
    `${index}`,
    index < 300 ? '' : 'kept@mine.example',
    '',
  ])
  await start([HEADERS, ...rows])
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', problem: null, cellsWritten: 300 })
  expect(finds(product).length).toBe(60)
  const after = shown(product.store)
  expect(after.slice(301).every((row) => row[4] === 'kept@mine.example')).toBe(true)
  expect(after.slice(1, 301).every((row) => row[4] === addressOf(row[0]!))).toBe(true)
})

describe('what people do to the sheet meanwhile', () => {
  const EDITS: readonly (readonly [name: string, edit: (store: SheetStore, tab: number) => void, filled: number])[] = [
    [
      'sort',
      (store, tab) => store.sort(tab, { row: 1, column: 0, rows: 12, columns: 6 }, { column: 0, ascending: false }),
      12,
    ],
    ['insert a row on top', (store, tab) => store.insertRows(tab, 1, 1), 12],
    ['insert a row in the middle', (store, tab) => store.insertRows(tab, 6, 2), 12],
    ['delete the first row', (store, tab) => store.deleteRows(tab, 1, 1), 11],
    ['delete the last rows', (store, tab) => store.deleteRows(tab, 10, 3), 9],
    ['insert a column in front', (store, tab) => store.insertColumns(tab, 0, 1), 12],
    ['insert a column before the emails', (store, tab) => store.insertColumns(tab, 4, 1), 12],
    ['delete a column that does not matter', (store, tab) => store.deleteColumns(tab, 3, 1), 12],
    ['type an address', (store, tab) => store.write(tab, one(2, 4), [[{ value: 'typed@mine.example' }]]), 12],
    ['change a name', (store, tab) => store.write(tab, one(2, 0), [[{ value: 'Somebody' }]]), 11],
    ['rename the tab', (store, tab) => store.renameTab(tab, 'Renamed'), 12],
    [
      'add a line at the end',
      (store, tab) =>
        store.write(tab, { row: 13, column: 0, rows: 1, columns: 3 }, [
          [{ value: 'Zoe' }, { value: 'Late' }, { value: 'everyone.example' }],
        ]),
      12,
    ],
  ]

  describe.each(EDITS)('%s', (name, edit, filled) => {
    test.each(['after the receipt was accepted', 'between two slices', 'in the one call between reading and writing'])(
      '%s',
      async (when) => {
        await start([HEADERS, ...people(12)])
        const { store } = product
        const { id } = tabOf(store)
        const run = await begin(product)
        let untouched: readonly string[] = []
        const strike = (target: SheetStore) => {
          edit(target, id)
          untouched = othersOf(target, id)
        }
        let struck = () => true
        if (when === 'after the receipt was accepted') strike(store)
        if (when === 'between two slices') {
          product.emulator.script([{ kind: 'kill', atCall: 60, overall: true }])
          await product.execute('continueRun', run.id)
          product.emulator.script([])
          await product.emulator.advance(61_000)
          strike(store)
        }
        if (when === 'in the one call between reading and writing') struck = betweenReadAndWrite(product, strike)

        const done = await product.finish(run)

        expect(struck()).toBe(true)
        expect(done).toMatchObject({ state: 'done', problem: null })
        expect(othersOf(store, id)).toEqual(untouched)
        const lost = done.credits.maybe
        const rows = shown(store, store.tabs().find((tab) => tab.id === id)!.name)
        const [first, email] = [rows[0]!.indexOf('First name'), rows[0]!.indexOf('Email')]
        const right = rows.slice(1).filter((row) => row[email] === addressOf(row[first]!))
        const typed = rows.slice(1).filter((row) => row[email] === 'typed@mine.example')
        const wrong = rows.slice(1).filter((row) => row[email] !== '' && !right.includes(row) && !typed.includes(row))
        expect(wrong).toEqual([])
        if (name === 'type an address' && when !== 'in the one call between reading and writing')
          expect(typed.length).toBe(1)
        expect(right.length + typed.length + lost).toBeGreaterThanOrEqual(filled - 1)
        expect(rowsOfSummary(done.fields[0]!)).toBe(12)
      },
    )
  })

  /** All cells but the emails: what no run may change, whatever people do. */
  function othersOf(store: SheetStore, id: number): readonly string[] {
    const { rows, columns } = store.used(id)
    const grid = store.read(id, { row: 0, column: 0, rows, columns })
    const email = grid[0]!.findIndex((cell) => cell.value === 'Email')
    return grid.map((row) =>
      row.flatMap((cell, column) => (column === email ? [] : String(cell.value ?? ''))).join('|'),
    )
  }

  test.each<readonly [string, (store: SheetStore, tab: number) => void, RegExp]>([
    [
      'the tab is deleted',
      (store, tab) => (store.addTab('Other'), store.removeTab(tab)),
      /^The tab "Leads" was deleted\. Restore it/,
    ],
    [
      'the tab is emptied',
      (store, tab) => store.deleteRows(tab, 0, store.used(tab).rows),
      /^The column "First name" is not there any more\./,
    ],
    [
      'a column is renamed',
      (store, tab) => store.write(tab, one(0, 1), [[{ value: 'Surname of them' }]]),
      /^The column "Last name" is not there any more\. Put it back or rename it again, then go on\./,
    ],
    [
      'the target column is deleted',
      (store, tab) => store.deleteColumns(tab, 4, 1),
      /^The column "Email" is not there any more\./,
    ],
    [
      'a second column gets the name of one that moved',
      (store, tab) => (store.insertColumns(tab, 0, 1), store.write(tab, one(0, 0), [[{ value: 'Email' }]])),
      /^There are several columns "Email" now\./,
    ],
  ])(
    'when %s the run pauses with words, pays nothing more, and goes on once it is undone',
    async (_, change, message) => {
      await start([HEADERS, ...people(3)])
      const { store } = product
      const saved = store.snapshot()
      const { id } = tabOf(store)
      const run = await begin(product)
      const during = store.snapshot()
      expect(saved).toBeDefined()
      change(store, id)
      const paused = await product.call('continueRun', run.id)
      expect(paused.state).toBe('paused')
      expect(paused.problem!.message).toMatch(message)
      expect(paused.problem!.action).toBe('try_again')
      expect(finds(product)).toEqual([])
      store.restore(during)
      const done = await product.finish(await product.call('resumeRun', run.id))
      expect(done).toMatchObject({ state: 'done', cellsWritten: 3 })
    },
  )

  test('a title row put above the headers does not stop a run', async () => {
    await start([HEADERS, ...people(3)])
    const run = await begin(product)
    const { id } = tabOf(product.store)
    product.store.insertRows(id, 0, 1)
    product.store.write(id, one(0, 0), [[{ value: 'Leads of the spring fair' }]])
    expect(await product.finish(run)).toMatchObject({ state: 'done', cellsWritten: 3 })
    expect(
      shown(product.store)
        .slice(2)
        .map((row) => row[4] !== ''),
    ).toEqual([true, true, true])
  })

  test('a person who changes what we wrote keeps it, in this run and the next', async () => {
    await start([HEADERS, ...people(3)])
    await product.enrich({})
    product.emulator.type(OWNER, tabOf(product.store).id, 'E2', 'better@mine.example')
    product.emulator.type(OWNER, tabOf(product.store).id, 'E3', '')
    const run = await product.enrich({})
    expect(run.cellsWritten).toBe(1)
    const emails = shown(product.store)
      .slice(1)
      .map((row) => row[4])
    expect(emails[0]).toBe('better@mine.example')
    expect(emails[1]).toMatch(/@everyone\.example$/)
  })
})

test('in a file of very many enriched tabs another run begins all the same', async () => {
  await start([HEADERS, ...people(2)])
  const tabs = Array.from({ length: 60 }, (_, index) => product.store.addTab(`Client ${index}`).id)
  const filled = Object.fromEntries(tabs.map((id) => [id, FIELD_NAMES.slice(0, 12)]))
  changeProperty(product, { scope: 'document', key: 'outputs', value: JSON.stringify(filled) })
  expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 2 })
})

test('more fields than the record of a run has room for are refused before anybody is asked', async () => {
  await start([HEADERS, ...people(6)])
  for (const [vendor, host] of [
    ['people_data_labs', 'api.peopledatalabs.com'],
    ['prospeo', 'api.prospeo.io'],
    ['apollo', 'api.apollo.io'],
  ] as const) {
    const key = product.vendors.keys[host]!
    await product.call('saveKey', { vendor, environment: 'production', place: 'personal', key })
  }
  const all = FIELD_NAMES.filter((field) => !['first_name', 'last_name', 'website'].includes(field))
  const said = await product.enrich({ wanted: all }).then(
    () => '',
    (error: Error) => error.message,
  )
  const [, over] = /^These are too many fields for one run\. Leave out about (\d+) of them/.exec(said) ?? []
  expect(Number(over)).toBeGreaterThan(20)
  expect(product.vendors.calls()).toEqual([])
  const run = await product.enrich({ wanted: all.slice(0, -Number(over)) })
  expect(run).toMatchObject({ state: 'done', problem: null })
  expect(run.cellsWritten).toBeGreaterThan(50)
})
