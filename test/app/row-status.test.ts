import type { RowStatus, RunView } from '../../src/app/api-types'
import type { Product } from './product'
import { OWNER, shown, startProduct, useHunter } from './product'
import { begin, finderReply, HUNTER, REQUEST, scriptFinder, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']

let product: Product
afterEach(() => product.stop())
const start = async (rows: readonly (readonly string[])[]) => {
  product = await startProduct({ rows: [HEADERS, ...rows] })
  await useHunter(product)
}
/** Selects the rows of a status and says which these are, by the number beside the grid. */
const select = async (run: RunView, status: RowStatus) => {
  let ranges: readonly string[] = []
  const off = product.emulator.onUi((event) => {
    if (event.kind === 'activate') ranges = event.selection
  })
  const { found, selected } = await product.call('showRows', { run: run.id, field: 'email', status })
  off()
  expect(selected).toBe(found)
  return ranges
}
const every: readonly RowStatus[] = [
  'written',
  'not_found',
  'not_sure_enough',
  'has_value',
  'has_formula',
  'no_key',
  'objected',
  'maybe_charged',
  'vendor_trouble',
  'row_gone',
  'emptied',
  'not_asked',
  'edited_by_person',
]
const counts = async (run: RunView) => {
  const found = await Promise.all(
    every.map(async (status) => [
      status,
      (await product.call('showRows', { run: run.id, field: 'email', status })).found,
    ]),
  )
  return Object.fromEntries(found.filter(([, count]) => count !== 0)) as { readonly [status in RowStatus]?: number }
}

const MIXED = [
  ['Ada', 'Nowak', 'everyone.example', ''],
  ['Bob', 'Nowak', 'everyone.example', 'bob@typed.example'],
  ['Cleo', 'Nowak', 'nobody.example', ''],
  ['Dan', 'Nowak', 'nobody.example', ''],
  ['Eve', '', 'everyone.example', ''],
  ['Finn', 'Nowak', 'unsure.example', ''],
  ['Gus', 'Nowak', 'everyone.example', ''],
]

describe('the rows of a status', () => {
  it('are selected in the sheet, and are as many as the summary says', async () => {
    await start(MIXED)
    const run = await product.enrich({})
    expect(await select(run, 'written')).toEqual(['A2:D2', 'A8:D8'])
    expect(await select(run, 'not_found')).toEqual(['A4:D5'])
    const summary = run.fields[0]!
    const said = Object.fromEntries([
      ['written', summary.written],
      ['not_found', summary.notFound],
      ...summary.leftAlone.map(({ status, count }) => [status, count] as const),
    ]) as object
    expect(await counts(run)).toEqual(said)
  })

  it('follow the sheet: sorted, emptied, changed and deleted rows are told as they are now', async () => {
    await start(MIXED)
    const run = await product.enrich({})
    const tab = tabOf(product.store)
    const rows = () => shown(product.store).slice(1)
    product.store.sort(tab.id, { row: 1, column: 0, rows: rows().length, columns: 4 }, { column: 0, ascending: false })
    expect(await select(run, 'written')).toEqual(['A2:D2', 'A8:D8'])
    const gus = rows().findIndex(([first]) => first === 'Gus') + 1
    product.store.write(tab.id, { row: gus, column: 3, rows: 1, columns: 1 }, [[{ value: null }]])
    expect(await select(run, 'emptied')).toEqual([`A${gus + 1}:D${gus + 1}`])
    const ada = rows().findIndex(([first]) => first === 'Ada') + 1
    product.store.write(tab.id, { row: ada, column: 3, rows: 1, columns: 1 }, [[{ value: 'ada@typed.example' }]])
    expect(await counts(run)).toMatchObject({ edited_by_person: 1, emptied: 1 })
    const cleo = rows().findIndex(([first]) => first === 'Cleo') + 1
    product.store.deleteRows(tab.id, cleo, 1)
    expect(await select(run, 'not_found')).toHaveLength(1)
    expect(await select(run, 'written')).toEqual([])
  })

  it('cost no request', async () => {
    await start(MIXED)
    const run = await product.enrich({})
    const calls = product.vendors.calls().length
    await counts(run)
    expect(product.vendors.calls().length).toBe(calls)
  })

  it('that nobody asked for yet are told apart from those that a vendor failed', async () => {
    await start(MIXED)
    const stopped = await product.call('stopRun', (await begin(product)).id)
    expect(await counts(stopped)).toEqual({ not_asked: 5 })
    scriptFinder(product, () => ({ status: 503, body: '' }))
    const failed = await product.finish(await product.call('resumeRun', stopped.id))
    expect(failed.state).toBe('done')
    expect(await counts(failed)).toMatchObject({ vendor_trouble: 5 })
    expect(product.vendors.charged(HUNTER)).toBe(0)
  })

  it('are selected together where something went wrong with any field; what a vendor said before it was given up counts', async () => {
    await start(MIXED)
    scriptFinder(product, (path) => (/Ada|Bob/.test(path) ? { status: 503, body: '' } : undefined))
    const run = await product.enrich({ wanted: ['email', 'job_title'] })
    let ranges: readonly string[] = []
    product.emulator.onUi((event) => {
      if (event.kind === 'activate') ranges = event.selection
    })
    // Ada's row failed for both fields, Bob's for one.
    expect(await product.call('showFailed', run.id)).toEqual({ found: 2, selected: 2 })
    expect(ranges).toEqual(['A2:E3'])
    expect(run.failed).toBe(3)
    expect(await counts(run)).toEqual({ written: 1, not_found: 2, not_sure_enough: 1, has_value: 1, vendor_trouble: 1 })
    expect((await product.call('review', run.id)).items).toHaveLength(run.review)
    expect(run.review).toBe(1)
  })

  it('of a run that is not the current one any more are not shown', async () => {
    await start(MIXED)
    const run = await product.enrich({})
    await product.enrich({ wanted: ['job_title'] })
    await expect(product.callAs(OWNER, 'showRows', { run: run.id, field: 'email', status: 'written' })).rejects.toThrow(
      'not the current one any more',
    )
  })
})

describe('asking others for what was not found', () => {
  const receipt = () =>
    product.call('receipt', { scope: 'last_run', wanted: ['email'], mapping: {}, purpose: 'A demo', cap: 100 })

  it('is about the rows of that run alone, wherever they are by now', async () => {
    await start(MIXED)
    const { id } = tabOf(product.store)
    product.emulator.select(OWNER, id, ['A4:D4'])
    await product.enrich({ scope: 'selected' })
    product.store.sort(id, { row: 1, column: 0, rows: MIXED.length, columns: 4 }, { column: 0, ascending: false })
    const { rows, sheetName } = await receipt()
    expect(rows.selected).toBe(1)
    expect(sheetName).toBe('Leads')
  })

  it('stays with the tab of that run when another one is open', async () => {
    await start(MIXED)
    await product.enrich({})
    const other = product.store.addTab('Others', { rows: 20, columns: 5 })
    product.emulator.select(OWNER, other.id, ['A1'])
    const made = await receipt()
    expect(made.sheetName).toBe('Leads')
    expect(made.credits.worst).toBe(0)
    const run = await product.finish(await product.call('startRun', made.id))
    expect(run).toMatchObject({ state: 'done', sheetName: 'Leads' })
  })

  it('takes the columns as the person corrected them', async () => {
    product = await startProduct({
      rows: [[...HEADERS, 'Work mail'], ...MIXED.slice(2, 4).map((row) => [...row, ''])],
    })
    await useHunter(product)
    await product.enrich({ mapping: { '4': 'email' } })
    const made = await receipt()
    expect(made.newColumns).toEqual([])
    const before = shown(product.store)
    await product.finish(await product.call('startRun', made.id))
    expect(shown(product.store)).toEqual(before)
  })

  it('asks nothing by a column that the person set to not used', async () => {
    product = await startProduct({
      rows: [
        ['First name', 'Last name', 'Company', 'Website', 'Email'],
        ['Ada', 'Nowak', 'Everyone Ltd', 'nobody.example', ''],
      ],
    })
    await useHunter(product)
    scriptFinder(product, () => finderReply({ email: null, score: null, verification: null }))
    const mapping = { '3': null } as const
    await product.enrich({ mapping })
    const rest = { ...REQUEST, scope: 'last_run', mapping } as const
    expect((await product.call('receipt', rest)).credits.worst).toBe(0)
  })

  it('is refused in words when nothing is missing any more or there was no run', async () => {
    await start(MIXED)
    await expect(receipt()).rejects.toThrow('The tab of the last run is not there any more')
    await product.enrich({})
    const { id } = tabOf(product.store)
    const typed = MIXED.map((_, index) => [{ value: `typed${index}@mine.example` }])
    product.store.write(id, { row: 1, column: 3, rows: MIXED.length, columns: 1 }, typed)
    await expect(receipt()).rejects.toThrow('No row of the last run misses any of these fields any more')
  })
})
