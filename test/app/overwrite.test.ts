import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import type { RunView, UndoView } from '../../src/app/api-types'
import type { OverwriteRule } from '../../src/domain/overwrite'
import { DAY_MS } from '../../src/domain/overwrite'
import { defaultRule } from '../../src/domain/waterfall'
import type { Product } from './product'
import { OWNER, shown, startProduct, useHunter } from './product'
import {
  begin,
  betweenReadAndWrite,
  crowd,
  finderReply,
  finds,
  HUNTER,
  image,
  REQUEST,
  scriptFinder,
  tabOf,
} from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Phone', 'Email status']
const PEOPLE = crowd(6)

let product: Product
const start = async (emails: readonly (string | number)[] = PEOPLE.map(() => '')) => {
  const rows = PEOPLE.map((person, index) => [...person, 'everyone.example', emails[index] ?? '', '', ''])
  product = await startProduct({ rows: [HEADERS, ...rows] })
  await useHunter(product)
}
afterEach(() => product.stop())

const put = (row: number, column: number, value: string) =>
  product.store.write(tabOf(product.store).id, { row, column, rows: 1, columns: 1 }, [[{ value }]])
const emails = () =>
  shown(product.store)
    .slice(1)
    .map((row) => row[3] ?? '')
const setRule = (overwrite: OverwriteRule) =>
  product.call('saveWaterfall', { field: 'email', rule: { ...defaultRule('email'), overwrite } })
const undo = async (run: string): Promise<UndoView> => {
  for (;;) {
    const view = await product.call('undoRun', run)
    if (view.state === 'done') return view
  }
}
/** The finder names each person at this mailbox, this sure. */
const findAt = (mailbox: string, score = 97) =>
  scriptFinder(product, (path) => {
    const first = new URL(path, 'https://x.example').searchParams.get('first_name') ?? ''
    return finderReply({ email: `${first.toLowerCase()}.${mailbox}@everyone.example`, score })
  })
const lefts = (run: Awaited<ReturnType<Product['enrich']>>) =>
  Object.fromEntries(run.fields[0]!.leftAlone.map(({ status, count }) => [status, count]))

describe("edit then rerun keeps the person's value", () => {
  it.each<[string, OverwriteRule]>([
    ['what is old', { kind: 'refresh', days: 1 }],
    ['what is less sure', { kind: 'more_confident', margin: 0 }],
    ['what was proved invalid', { kind: 'replace_invalid' }],
  ])('under a rule that replaces %s, also when other fields were wanted before', async (_, rule) => {
    await start()
    findAt('old', 80)
    await product.enrich({ wanted: ['email', 'phone'] })
    put(1, 3, 'hers@home.example')
    put(2, 4, 'a phone that somebody typed')
    await setRule(rule)
    await product.emulator.advance(1.1 * DAY_MS)
    if (rule.kind === 'replace_invalid') await verifyAll((path) => (/home|old/.test(path) ? 'invalid' : 'valid'))
    findAt('new', 97)
    await product.enrich({})
    expect(emails()[0]).toBe('hers@home.example')
    expect(
      emails()
        .slice(1)
        .every((email) => email.includes('.new@')),
    ).toBe(rule.kind === 'refresh')
    expect(shown(product.store)[2]![4]).toBe('a phone that somebody typed')
  })
})

it.each<[string, OverwriteRule]>([
  ['is filled', { kind: 'fill_empty' }],
  ['is edited', { kind: 'refresh', days: 1 }],
])('a cell that %s while the value for it is put on record keeps what was typed', async (_, rule) => {
  await start()
  findAt('old')
  if (rule.kind === 'refresh') await product.enrich({})
  await setRule(rule)
  await product.emulator.advance(2 * DAY_MS)
  findAt('new')
  const run = await product.call('startRun', (await product.call('receipt', REQUEST)).id)
  const act = () => put(2, 3, 'hers@home.example')
  product.emulator.script([{ kind: 'between', method: 'Range.getNumberFormats', nth: 1, act }])
  const done = await product.finish(run)
  expect(done).toMatchObject({ state: 'done', cellsWritten: 5 })
  expect(lefts(done)).toEqual({ edited_by_person: 1 })
  expect(emails().map((email) => /\.(old|new)@/.exec(email)?.[1] ?? email)).toEqual(
    PEOPLE.map((__, index) => (index === 1 ? 'hers@home.example' : 'new')),
  )
  expect(await undo(run.id)).toMatchObject({ restored: 5, changed: 1 })
})

test('a cell that somebody edits while Undo puts on record whose the values are keeps what was typed', async () => {
  await start()
  findAt('old')
  await product.enrich({})
  await setRule({ kind: 'refresh', days: 1 })
  await product.emulator.advance(2 * DAY_MS)
  findAt('new')
  const { id } = await product.enrich({})
  const act = () => put(2, 3, 'hers@home.example')
  product.emulator.script([{ kind: 'between', method: 'SpreadsheetApp.flush', nth: 1, act }])
  expect(await undo(id)).toMatchObject({ restored: 5, changed: 1, changedAt: ['D3'] })
  expect(emails().map((email) => /\.(old|new)@/.exec(email)?.[1] ?? email)).toEqual(
    PEOPLE.map((_, index) => (index === 1 ? 'hers@home.example' : 'old')),
  )
})

const verifyAll = async (status: (path: string) => string) => {
  product.vendors.script(HUNTER, (path) =>
    path.includes('email-verifier')
      ? { status: 200, body: JSON.stringify({ data: { status: status(path), score: 95 }, meta: {} }) }
      : undefined,
  )
  return product.enrich({ wanted: ['email_status'] })
}

test('what is older than its rule wants is asked for again, replaced, and put back by Undo', async () => {
  await start()
  findAt('old')
  await product.enrich({})
  await setRule({ kind: 'refresh', days: 1 })
  await product.emulator.advance(0.5 * DAY_MS)
  expect(await product.call('receipt', REQUEST)).toMatchObject({ rows: { filled: 6 }, replaces: { old: 0 } })
  await product.emulator.advance(0.6 * DAY_MS)
  expect(await product.call('receipt', REQUEST)).toMatchObject({ rows: { chargeable: 6 }, replaces: { old: 6 } })

  const before = image(product.store)
  // One has no newer address, one has the same: both stay as they are.
  scriptFinder(product, (path) => {
    const first = new URL(path, 'https://x.example').searchParams.get('first_name') ?? ''
    if (first === PEOPLE[0]![0]) return finderReply({ email: null, score: null, verification: null })
    return finderReply({ email: `${first.toLowerCase()}.${first === PEOPLE[1]![0] ? 'old' : 'new'}@everyone.example` })
  })
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', cellsWritten: 4 })
  expect(lefts(run)).toEqual({ nothing_newer: 1, same_value: 1 })
  expect(emails().map((email) => /\.(old|new)@/.exec(email)?.[1])).toEqual(['old', 'old', 'new', 'new', 'new', 'new'])
  expect((await product.call('showRows', { run: run.id, field: 'email', status: 'same_value' })).found).toBe(1)
  expect((await product.call('showRows', { run: run.id, field: 'email', status: 'written' })).found).toBe(4)

  expect(await undo(run.id)).toMatchObject({ restored: 4, changed: 0 })
  expect(image(product.store)).toEqual(before)
})

test('an older answer still counts for formulas when the request for a newer one is lost', async () => {
  await start()
  findAt('old')
  await product.enrich({})
  await setRule({ kind: 'refresh', days: 1 })
  await product.emulator.advance(2 * DAY_MS)
  const args = [PEOPLE[0]!.join(' '), 'everyone.example']
  const formula = async () => (await product.emulator.formula({ name: 'ENRICH_EMAIL', args, user: OWNER })).value
  const known = await formula()
  expect(known).toContain('.old@')
  const begun = await begin(product)
  const off = product.vendors.onCall(({ path }) => path.includes('finder') && product.emulator.killAll())
  expect((await product.execute('continueRun', begun.id)).state).toBe('killed')
  off()
  await product.emulator.advance(61_000)
  const run = await product.finish(begun)
  expect(lefts(run)).toEqual({ maybe_charged: 6 })
  expect((await product.call('showRows', { run: run.id, field: 'email', status: 'maybe_charged' })).found).toBe(6)
  expect(emails().every((email) => email.includes('.old@'))).toBe(true)
  expect(await formula()).toBe(known)
  const asked = finds(product).length
  await product.enrich({})
  expect(finds(product)).toHaveLength(asked)
})

test('by the rule of its column an invalid address is replaced, and the status beside it follows where it is wanted', async () => {
  await start(PEOPLE.map(([first]) => `${first.toLowerCase()}.old@everyone.example`))
  await verifyAll(() => 'invalid')
  await setRule({ kind: 'replace_invalid' })
  findAt('new')
  const statuses = () =>
    shown(product.store)
      .slice(1)
      .map((row) => row[5])
  expect(statuses()).toEqual(PEOPLE.map(() => 'invalid'))
  const stays = 'The status beside an invalid address that is replaced stays. Tick Email status too, and it follows.'
  expect((await product.call('receipt', { ...REQUEST, wanted: ['email'] })).remarks).toContain(stays)
  const wanted = ['email', 'email_status'] as const
  expect((await product.call('receipt', { ...REQUEST, wanted })).remarks).not.toContain(stays)
  await product.enrich({ wanted })
  expect(emails().every((email) => email.includes('.new@'))).toBe(true)
  expect(statuses()).toEqual(PEOPLE.map(() => 'valid'))
})

test('a value whose cell would refuse another one stays, and is not asked about', async () => {
  await start()
  findAt('old')
  await product.enrich({})
  const area = { row: 1, column: 3, rows: 2, columns: 1 }
  product.store.validate(tabOf(product.store).id, { area, accepts: { list: emails() }, onInvalid: 'reject' })
  await setRule({ kind: 'refresh', days: 1 })
  await product.emulator.advance(2 * DAY_MS)
  findAt('new')
  const receipt = await product.call('receipt', REQUEST)
  expect(receipt).toMatchObject({ rows: { chargeable: 4, filled: 2 }, replaces: { old: 4 } })
  const started = await product.call('startRun', receipt.id)
  const another = { ...area, row: 3, rows: 1 }
  product.store.validate(tabOf(product.store).id, { area: another, accepts: { list: emails() }, onInvalid: 'reject' })
  const run = await product.finish(started)
  expect(run).toMatchObject({ state: 'done', problem: null, cellsWritten: 3 })
  expect(lefts(run)).toEqual({ filled_by_us: 1 })
  expect(emails().map((email) => /\.(old|new)@/.exec(email)?.[1])).toEqual(['old', 'old', 'old', 'new', 'new', 'new'])
})

test('a field that is to be newer makes no answer about other fields old', async () => {
  await start()
  scriptFinder(product, (path) => {
    const first = new URL(path, 'https://x.example').searchParams.get('first_name') ?? ''
    return finderReply({ email: `${first.toLowerCase()}.old@everyone.example`, position: null })
  })
  await product.enrich({})
  const rule = { ...defaultRule('job_title'), overwrite: { kind: 'refresh', days: 1 } } as const
  await product.call('saveWaterfall', { field: 'job_title', rule })
  await product.emulator.advance(2 * DAY_MS)
  const { id } = tabOf(product.store)
  product.store.write(id, { row: 1, column: 3, rows: 1, columns: 1 }, [[{ value: null }]])
  const asked = finds(product).length
  await product.enrich({ wanted: ['email', 'job_title'] })
  expect(emails()[0]).toContain('.old@')
  expect(finds(product)).toHaveLength(asked)
})

test('a surer value replaces ours by the margin, and the rule "never" leaves the column alone', async () => {
  await start()
  const key = product.vendors.keys['api.prospeo.io']!
  await product.call('saveKey', { vendor: 'prospeo', environment: 'production', place: 'personal', key })
  // It gives no number: what it says is 70 % sure at most.
  await product.call('saveWaterfall', { field: 'email', rule: { ...defaultRule('email'), off: ['hunter'] } })
  expect((await product.enrich({})).cellsWritten).toBe(6)
  const before = emails()
  await setRule({ kind: 'never' })
  await expect(product.call('receipt', REQUEST)).rejects.toThrow('to leave the column alone')
  expect((await product.call('receipt', { ...REQUEST, wanted: ['email', 'job_title'] })).remarks.join()).toContain(
    'leave the column alone: Email',
  )
  await setRule({ kind: 'more_confident', margin: 0.9 })
  expect((await product.call('receipt', REQUEST)).rows.filled).toBe(6)
  await setRule({ kind: 'more_confident', margin: 0.1 })
  expect((await product.call('receipt', REQUEST)).replaces.fine).toBe(6)
  scriptFinder(product, (path) => {
    const first = new URL(path, 'https://x.example').searchParams.get('first_name')
    const index = PEOPLE.findIndex(([name]) => name === first)
    return finderReply({ email: `surer.${index}@everyone.example`, score: index < 2 ? 75 : 97 })
  })
  const run = await product.enrich({})
  expect(emails()).toEqual(before.map((email, index) => (index < 2 ? email : `surer.${index}@everyone.example`)))
  expect(run.cellsWritten).toBe(4)
  expect(lefts(run)).toEqual({ nothing_surer: 2 })
})

test('an imported list with invalid emails is checked, repaired and undone', async () => {
  const old = PEOPLE.map(([first], index) => (index === 5 ? 4_711 : `${first.toLowerCase()}.gone@everyone.example`))
  await start(old)
  const imported = image(product.store)
  const check = await verifyAll((path) =>
    /gone/.test(path) && !path.includes(PEOPLE[4]![0].toLowerCase()) ? 'invalid' : 'valid',
  )
  expect(await product.call('verdicts', check.id)).toEqual([
    { status: 'invalid', count: 4 },
    { status: 'valid', count: 1 },
  ])
  const checked = image(product.store)
  // The usual rule never replaces what stands there.
  expect((await product.call('receipt', REQUEST)).rows.filled).toBe(6)

  const repair = { scope: 'last_run', wanted: ['email', 'email_status'], replace: 'invalid' } as const
  const receipt = await product.call('receipt', { ...REQUEST, ...repair })
  expect(receipt.replaces).toEqual({ fine: 0, old: 0, invalid: 4, beside: 0 })
  expect(receipt.rows).toMatchObject({ selected: 4, chargeable: 4 })
  // One address is edited while the run is on its way, in the moment between reading and writing another row is moved.
  findAt('here')
  const started = await product.call('startRun', receipt.id)
  put(1, 3, 'edited@home.example')
  const swapped = betweenReadAndWrite(product, (store) => {
    const { id } = tabOf(store)
    const area = { row: 2, column: 0, rows: 2, columns: 6 }
    const [a, b] = store.read(id, area)
    store.write(id, area, [b!, a!])
  })
  const run = await product.finish(started)
  expect(swapped()).toBe(true)
  expect(run).toMatchObject({ state: 'done', cellsWritten: 7 })
  expect(lefts(run)).toEqual({ has_value: 1 })
  const rows = new Map(shown(product.store).map((row) => [row[0], row.slice(3)]))
  const at = (index: number) => rows.get(PEOPLE[index]![0])!
  // Its status is by now about what stands there.
  expect(at(0)).toEqual(['edited@home.example', '', 'valid'])
  for (const index of [1, 2, 3])
    expect(at(index)).toEqual([`${PEOPLE[index]![0].toLowerCase()}.here@everyone.example`, '', 'valid'])
  expect(at(4)).toEqual([old[4], '', 'valid'])
  expect(at(5)[0]).toBe('4711')

  expect(await undo(run.id)).toMatchObject({ restored: 7, changed: 0 })
  const sorted = (cells: typeof imported) => [...cells].map((row) => JSON.stringify(row)).sort()
  put(1, 3, String(old[0]))
  expect(sorted(image(product.store))).toEqual(sorted(checked))
  expect(await undo(check.id)).toMatchObject({ restored: 5 })
  expect(sorted(image(product.store))).toEqual(sorted(imported))
})

test('what Undo puts back is whose it was, so a repair can be made again, and what somebody typed since stays theirs', async () => {
  const gone = (index: number) => `${PEOPLE[index]![0].toLowerCase()}.old@everyone.example`
  await start(PEOPLE.map((_, index) => gone(index)))
  await verifyAll(() => 'invalid')
  const repair = { ...REQUEST, wanted: ['email', 'email_status'], replace: 'invalid' } as const
  findAt('new')
  const run = await product.enrich(repair)
  expect(run.cellsWritten).toBe(12)
  put(2, 3, gone(3))
  expect(await undo(run.id)).toMatchObject({ restored: 11, changed: 1 })
  put(3, 3, gone(4))
  const again = await product.enrich(repair)
  // Typed back by a person: theirs as well.
  put(4, 3, gone(3))
  expect(again).toMatchObject({ cellsWritten: 8, credits: { spent: 0 } })
  expect(emails().map((email) => /\.(old|new)@/.exec(email)?.[1])).toEqual(['new', 'old', 'old', 'old', 'new', 'new'])
  expect(await undo(again.id)).toMatchObject({ restored: 8, changed: 0 })
  expect(emails()).toEqual([0, 3, 4, 3, 4, 5].map(gone))
  expect(await product.call('receipt', repair)).toMatchObject({ replaces: { invalid: 3 }, credits: { worst: 0 } })
})

test('Undo puts values back also where a row of the hidden tab was emptied', async () => {
  await start([`${PEOPLE[0]![0].toLowerCase()}.old@everyone.example`])
  await verifyAll(() => 'invalid')
  findAt('new')
  const run = await product.enrich({ ...REQUEST, wanted: ['email', 'email_status'], replace: 'invalid' })
  const journal = tabOf(product.store, '_enrich_journal')
  product.store.write(journal.id, { row: 2, column: 0, rows: 1, columns: 1 }, [[{ value: null }]])
  expect(await undo(run.id)).toMatchObject({ state: 'done', restored: 12 })
  expect(emails()[0]).toMatch(/\.old@/)
})

test('an invalid address that a person typed stays with its status, and nobody is asked for another word about it', async () => {
  await start(['', 'imported.gone@everyone.example'])
  const key = product.vendors.keys['api.zerobounce.net']!
  await product.call('saveKey', { vendor: 'zero_bounce', environment: 'production', place: 'personal', key })
  findAt('old')
  await product.enrich({})
  put(1, 3, 'hers.gone@home.example')
  await verifyAll((path) => (/gone/.test(path) ? 'invalid' : 'valid'))
  const repair = { ...REQUEST, wanted: ['email_status', 'email'], replace: 'invalid' } as const
  findAt('new')
  expect(await product.call('receipt', repair)).toMatchObject({
    replaces: { invalid: 1 },
    rows: { filled: 5, chargeable: 1 },
  })
  await product.enrich(repair)
  expect(shown(product.store)[1]!.slice(3)).toEqual(['hers.gone@home.example', '', 'invalid'])
  expect(emails()[1]).toBe('adaab.new@everyone.example')
})

/** A run that is about to replace what an older one found. */
const beginRefresh = async (): Promise<RunView> => {
  await start()
  findAt('old')
  await product.enrich({})
  await setRule({ kind: 'refresh', days: 1 })
  await product.emulator.advance(1.1 * DAY_MS)
  findAt('new')
  const receipt = await product.call('receipt', REQUEST)
  return product.call('startRun', receipt.id)
}

const reverse = (store: SheetStore, rows: number) => {
  const area = { row: 1, column: 0, rows, columns: 6 }
  store.write(tabOf(store).id, area, [...store.read(tabOf(store).id, area)].reverse())
}

test.each<[string, (store: SheetStore) => void, number]>([
  ['', () => undefined, 0],
  [', also where a column is inserted then', (store) => store.insertColumns(tabOf(store).id, 3, 1), 1],
  [', also where rows are moved once more', (store) => reverse(store, 3), 0],
])(
  'killed right after a sort slipped in between: what stood in the wrong row is back, and then replaced by its own%s',
  async (_, act, more) => {
    const run = await beginRefresh()
    const isHit = betweenReadAndWrite(product, (store) => reverse(store, PEOPLE.length))
    let killed = false
    const off = product.store.onChange(() => {
      if (killed || !isHit() || !emails().some((email) => email.includes('.new@'))) return
      killed = true
      product.emulator.killAll()
    })
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    off()
    product.emulator.script([])
    const misplaced = shown(product.store).filter(
      ([first, , , email]) => email?.includes('.new@') && !email.startsWith(first!.toLowerCase()),
    )
    expect(misplaced.length).toBeGreaterThan(0)
    act(product.store)
    const rows = () =>
      shown(product.store)
        .slice(1)
        .map((row) => row.toSpliced(3, more))
    await product.emulator.advance(61_000)
    const done = await product.finish(run)
    expect(done).toMatchObject({ state: 'done', cellsWritten: 6 })
    for (const [first, , , email] of rows()) expect(email).toBe(`${first!.toLowerCase()}.new@everyone.example`)
    expect(await undo(run.id)).toMatchObject({ restored: 6 })
    for (const [first, , , email] of rows()) expect(email).toBe(`${first!.toLowerCase()}.old@everyone.example`)
  },
)

test.each<[string, (store: SheetStore) => void]>([
  ['', () => undefined],
  [', also where a row above was deleted then', (store) => store.deleteRows(tabOf(store).id, 1, 1)],
  [', also where rows are moved then', (store) => reverse(store, 3)],
  [', also where another column is inserted then', (store) => store.insertColumns(tabOf(store).id, 1, 1)],
])('killed before it gave back what stood in columns that moved: it is back%s', async (_, more) => {
  await start()
  const run = await begin(product)
  const columns = (store: SheetStore) => store.insertColumns(tabOf(store).id, 2, 1)
  betweenReadAndWrite(product, columns)
  const isOnRecord = () =>
    product.store.tabs().some(({ name, id }) => name === '_enrich_writes' && product.store.used(id).rows > 1)
  const off = product.store.onChange(() => void (isOnRecord() && product.emulator.killAll()))
  expect((await product.execute('continueRun', run.id)).state).toBe('killed')
  off()
  product.emulator.script([])
  const sites = () => {
    const [headers, ...rows] = shown(product.store)
    return rows.map((row) => row[headers!.indexOf('Website')])
  }
  expect(sites().some((site) => site?.includes('@'))).toBe(true)
  more(product.store)
  await product.emulator.advance(61_000)
  expect(await product.finish(run)).toMatchObject({ state: 'done' })
  expect(new Set(sites())).toEqual(new Set(['everyone.example']))
})

test('a text as long as a cell can hold is given back to its row where somebody sorts in the moment of writing', async () => {
  const long = 'x'.repeat(49_900)
  await start([...PEOPLE.slice(1).map(() => ''), long])
  const isHit = betweenReadAndWrite(product, (store) => reverse(store, PEOPLE.length))
  expect(await product.enrich({})).toMatchObject({ state: 'done', problem: null, cellsWritten: 5 })
  expect(isHit()).toBe(true)
  expect(emails()[0]).toBe(long)
  expect(emails().filter((email) => email.includes('@')).length).toBe(5)
})

test('a value that is about to be replaced is back where somebody edits its row in the moment of writing', async () => {
  const run = await beginRefresh()
  const isHit = betweenReadAndWrite(product, () => put(2, 1, 'Married'))
  await product.finish(run)
  expect(isHit()).toBe(true)
  expect(emails().map((email) => /\.(old|new)@/.exec(email)?.[1])).toEqual(['new', 'old', 'new', 'new', 'new', 'new'])
})

describe('what stood there before and is what was found for another row', () => {
  it.each<[string, readonly (readonly string[])[]]>([
    [
      'an equal one',
      [
        ['', ''],
        ['old', ''],
      ],
    ],
    [
      'one of the same person',
      [
        ['', '+49 30 901820'],
        ['old', '+49 30 901821'],
      ],
    ],
  ])('%s: that row is filled, and what stood there is neither replaced nor undone', async (_, cells) => {
    const [first, last] = PEOPLE[0]!
    const old = `${first.toLowerCase()}.old@everyone.example`
    const rows = cells.map(([email, phone], index) => {
      return [first, last, 'everyone.example', email === '' ? '' : old, phone!, `row ${index}`]
    })
    product = await startProduct({ rows: [[...HEADERS.slice(0, 5), 'Remark'], ...rows] })
    await useHunter(product)
    findAt('old')
    const before = image(product.store)
    const run = await product.enrich({})
    expect(run).toMatchObject({ state: 'done', cellsWritten: 1 })
    expect(emails()).toEqual([old, old])
    await setRule({ kind: 'refresh', days: 1 })
    await product.emulator.advance(1.1 * DAY_MS)
    expect(await product.call('receipt', REQUEST)).toMatchObject({ rows: { filled: 2 }, replaces: { old: 0 } })
    expect(await undo(run.id)).toMatchObject({ restored: 1, changed: 0 })
    expect(image(product.store)).toEqual(before)
  })
})

describe('numbers', () => {
  const TWILIO = 'lookups.twilio.com'
  const LIST = ['First name', 'Last name', 'Website', 'Phone', 'Phone type']
  const NUMBERS = [
    '+1 212 555 0142',
    // Too short for its country.
    '+33 1 99 00',
    '+1 312 555 0199',
    '+49 171 3920012',
    // Of which country nobody knows.
    '030 1234567',
    '+1 415 555 2671',
  ]
  const GONE = /2125550142|3125550199|2135550100/

  const startNumbers = async (numbers: readonly string[] = NUMBERS) => {
    const rows = PEOPLE.map((person, index) => [...person, 'everyone.example', numbers[index] ?? '', ''])
    product = await startProduct({ rows: [LIST, ...rows] })
    await useHunter(product)
    const key = product.vendors.keys[TWILIO]!
    await product.call('saveKey', { vendor: 'twilio', environment: 'production', place: 'personal', key })
    product.vendors.script(TWILIO, (path) => ({
      status: 200,
      body: JSON.stringify({ valid: !GONE.test(path), line_type_intelligence: { type: 'mobile', error_code: null } }),
    }))
  }
  const asked = () =>
    product.vendors
      .calls()
      .filter(({ host }) => host === TWILIO)
      .map(({ path }) => /\d{8,}/.exec(path)?.[0])
  const findNumbers = (numbers: readonly string[]) =>
    scriptFinder(product, (path) => {
      const first = new URL(path, 'https://x.example').searchParams.get('first_name')
      return finderReply({ phone_number: numbers[PEOPLE.findIndex(([name]) => name === first)] })
    })
  const setPhone = (overwrite: OverwriteRule) =>
    product.call('saveWaterfall', { field: 'phone', rule: { ...defaultRule('phone'), overwrite } })
  const phones = () =>
    shown(product.store)
      .slice(1)
      .map((row) => row.slice(3))
  const check = () => product.enrich({ wanted: ['phone_type'] })
  const REPAIR = { ...REQUEST, scope: 'last_run', wanted: ['phone', 'phone_type'], replace: 'invalid' } as const

  test('of an imported list that are invalid are told, replaced and put back', async () => {
    await startNumbers()
    const imported = image(product.store)
    const run = await check()
    expect(phones().map(([, type]) => type)).toEqual(['invalid', 'invalid', 'invalid', 'mobile', '', 'mobile'])
    // Nobody is asked about what breaks the numbering plan.
    expect(new Set(asked())).toEqual(new Set(['12125550142', '13125550199', '14155552671']))
    expect(await product.call('verdicts', run.id)).toContainEqual({ status: 'invalid', count: 3 })
    const checked = image(product.store)
    const receipt = await product.call('receipt', REPAIR)
    expect(receipt.replaces).toEqual({ fine: 0, old: 0, invalid: 0, phones: 3, beside: 0 })
    expect(receipt.rows).toMatchObject({ selected: 3, chargeable: 3 })
    // One is found again as it stood there, one is edited while the run is on its way.
    findNumbers(['+1 212 555 0142', '+33 1 99 00 12 34', '+33 6 99 00 12 34'])
    const started = await product.call('startRun', receipt.id)
    put(3, 3, '+49 30 901820')
    const repair = await product.finish(started)
    expect(phones()).toEqual([
      ['+1 212 555 0142', 'invalid'],
      ['+33199001234', 'fixed'],
      ['+49 30 901820', 'fixed'],
      ...NUMBERS.slice(3).map((number, index) => [number, ['mobile', '', 'mobile'][index]]),
    ])
    await undo(repair.id)
    put(3, 3, NUMBERS[2]!)
    expect(image(product.store)).toEqual(checked)
    await undo(run.id)
    expect(image(product.store)).toEqual(imported)
  })

  test('by the rule of their column are replaced where the check proved them invalid, never what a person typed', async () => {
    await startNumbers(['', ...NUMBERS.slice(1)])
    findNumbers(['+1 202 555 0100'])
    await product.enrich({ wanted: ['phone'] })
    put(1, 3, '+1 213 555 0100')
    await check()
    expect(phones()[0]).toEqual(['+1 213 555 0100', 'invalid'])
    findNumbers(PEOPLE.map((_, index) => `+49 30 90182${index}`))
    expect((await product.call('receipt', { ...REQUEST, wanted: ['phone'] })).replaces.phones).toBeUndefined()
    await setPhone({ kind: 'replace_invalid' })
    const stays = 'The type beside an invalid number that is replaced stays. Tick Phone type too, and it follows.'
    const receipt = await product.call('receipt', { ...REQUEST, wanted: ['phone'] })
    expect(receipt).toMatchObject({ replaces: { phones: 2 } })
    expect(receipt.remarks).toContain(stays)
    await product.enrich({ wanted: ['phone', 'phone_type'] })
    expect(phones()).toEqual([
      ['+1 213 555 0100', 'invalid'],
      ['+4930901821', 'fixed'],
      ['+4930901822', 'fixed'],
      ...NUMBERS.slice(3).map((number, index) => [number, ['mobile', '', 'mobile'][index]]),
    ])
  })

  test('that Undo put back are whose they were wherever it is cut short, and a number that was no text is one again', async () => {
    await startNumbers(['', '+33 1 99 00'])
    product.store.write(tabOf(product.store).id, { row: 1, column: 3, rows: 1, columns: 1 }, [[{ value: 12125550142 }]])
    await check()
    findNumbers(['+33 1 42 68 53 00', '+33 1 42 68 53 01'])
    const before = image(product.store)
    const first = await product.enrich(REPAIR)
    expect(first).toMatchObject({ cellsWritten: 4 })
    const { calls } = await product.execute('undoRun', first.id)
    for (let at = calls.indexOf('Lock.releaseLock'); at < calls.length; at += 3) {
      const run = await product.enrich(REPAIR)
      expect([at, run.cellsWritten, run.credits.spent]).toEqual([at, 4, 0])
      product.emulator.script([{ kind: 'kill', atCall: at, when: 'after' }])
      await product.execute('undoRun', run.id)
      product.emulator.script([])
      await product.emulator.advance(121_000)
      await undo(run.id)
      expect(image(product.store)).toEqual(before)
    }
  })

  test('that break the numbering plan are told without asking also where a vendor is first', async () => {
    await startNumbers(['+33 1 99 00', '+0171 3920012', '+1 800 FLOWERS', '0171 3920012', '+49 12', '1234567'])
    const rule = { ...defaultRule('phone_type'), order: ['twilio', 'from_row'] }
    await product.call('saveWaterfall', { field: 'phone_type', rule })
    expect((await product.call('receipt', { ...REQUEST, wanted: ['phone_type'] })).credits.worst).toBe(0)
    await check()
    expect(phones().map(([, type]) => type)).toEqual(['invalid', '', '', '', 'invalid', ''])
    expect(asked()).toEqual([])
  })

  test('that break the numbering plan are told without asking however sure a type must be, but never those with more digits behind', async () => {
    await startNumbers(['+33 1 99 00', '+1 212 555 0142 12', '+1 212.555.0142-1234', '+33 1 42 68 53 001', '+44 999'])
    await product.call('saveWaterfall', { field: 'phone_type', rule: { ...defaultRule('phone_type'), threshold: 1 } })
    expect((await product.call('receipt', { ...REQUEST, wanted: ['phone_type'] })).credits.worst).toBe(0)
    await check()
    expect(phones().map(([, type]) => type)).toEqual(['invalid', '', '', '', 'invalid', ''])
    expect(asked()).toEqual([])
    expect(await product.call('receipt', REPAIR)).toMatchObject({ replaces: { phones: 2 } })
  })
})
