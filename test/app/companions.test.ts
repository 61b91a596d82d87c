import type { RunView } from '../../src/app/api-types'
import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { begin, betweenReadAndWrite, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const ROWS = [
  ['Ada', 'Nowak', 'everyone.example', ''],
  ['Bob', 'Nowak', 'everyone.example', 'bob@typed.example'],
  ['Cleo', 'Nowak', 'nobody.example', ''],
  ['Eve', '', 'everyone.example', ''],
  ['Finn', 'Nowak', 'unsure.example', ''],
]

let product: Product
afterEach(() => product.stop())
const start = async (rows: readonly (readonly string[])[] = ROWS, headers = HEADERS) => {
  product = await startProduct({ rows: [headers, ...rows] })
  await useHunter(product)
}
const add = (run: RunView, what: 'status' | 'sources' | 'nothing') =>
  product.call('addCompanions', { run: run.id, what })
const beside = () => shown(product.store).map((row) => row.slice(HEADERS.length))
const put = (row: number, column: number, value: string) =>
  product.store.write(tabOf(product.store).id, { row, column, rows: 1, columns: 1 }, [[{ value }]])

describe('the status column', () => {
  it('says in a word what became of each row of the run, and is put right when it is pressed again', async () => {
    await start()
    const run = await product.enrich({})
    expect(await add(run, 'status')).toEqual({ columns: ['E'], rows: 3, kept: 0 })
    expect(beside().map(([word]) => word)).toEqual(['Enrich status', 'Filled', '', 'Not found', '', 'To review'])
    const before = shown(product.store)
    expect(await add(run, 'status')).toMatchObject({ rows: 3 })
    expect(shown(product.store)).toEqual(before)
  })

  it('follows rows that somebody sorts in the moment of writing', async () => {
    await start()
    const run = await product.enrich({})
    const struck = betweenReadAndWrite(product, (store) =>
      store.sort(
        tabOf(store).id,
        { row: 1, column: 0, rows: ROWS.length, columns: 5 },
        { column: 0, ascending: false },
      ),
    )
    await add(run, 'status')
    expect(struck()).toBe(true)
    expect(shown(product.store).map((row) => [row[0], row[4]])).toEqual([
      ['First name', 'Enrich status'],
      ['Finn', 'To review'],
      ['Eve', ''],
      ['Cleo', 'Not found'],
      ['Bob', ''],
      ['Ada', 'Filled'],
    ])
  })

  it('leaves what a person wrote there', async () => {
    await start()
    const run = await product.enrich({})
    await add(run, 'status')
    put(1, 4, 'called her')
    expect(await add(run, 'status')).toMatchObject({ rows: 2, kept: 1 })
    expect(await add(run, 'nothing')).toMatchObject({ rows: 0, kept: 1 })
    expect(beside().map(([word]) => word)).toEqual(['Enrich status', 'called her', '', '', '', ''])
  })

  it('leaves what a person writes there right after it was looked at', async () => {
    await start()
    const run = await product.enrich({})
    await add(run, 'status')
    put(1, 4, '')
    const act = () => put(1, 4, 'called her')
    product.emulator.script([{ kind: 'between', method: 'Range.getNumberFormats', nth: 1, act }])
    expect(await add(run, 'status')).toMatchObject({ rows: 2, kept: 1 })
    expect(beside()[1]).toEqual(['called her'])
  })

  it.each<[string, (store: Product['store'], tab: number) => void]>([
    [
      'sorts',
      (store, tab) => store.sort(tab, { row: 1, column: 0, rows: 5, columns: 5 }, { column: 1, ascending: true }),
    ],
    ['inserts a row', (store, tab) => store.insertRows(tab, 1, 1)],
    ['inserts a column', (store, tab) => store.insertColumns(tab, 0, 1)],
  ])('gives back what a person has when somebody %s in the moment of writing', async (_, act) => {
    await start()
    const run = await product.enrich({})
    await add(run, 'status')
    // Of no row of the run.
    put(2, 4, 'called him')
    put(1, 4, '')
    const rows = () =>
      shown(product.store)
        .map((row) => row.filter((text) => text !== ''))
        .filter((row) => row.length > 0)
        .sort((a, b) => a.join().localeCompare(b.join()))
    product.emulator.script([])
    const before = rows()
    product.emulator.script([
      { kind: 'between', method: 'RangeList.setNumberFormat', nth: 1, act: (store) => act(store, tabOf(store).id) },
    ])
    await add(run, 'status')
    expect(rows()).toEqual(before.map((row) => (row[0] === 'Ada' ? [...row, 'Filled'] : row)))
  })

  it('waits for a run that has not ended', async () => {
    await start()
    const run = await begin(product)
    await expect(add(run, 'status')).rejects.toThrow('Wait for it or stop it first')
    expect(shown(product.store)[0]).toEqual(HEADERS)
  })
})

describe('the columns of sources', () => {
  it('say who found a value, how sure, what a check said, and when', async () => {
    await start()
    const run = await product.enrich({})
    expect(await add(run, 'sources')).toEqual({ columns: ['E', 'F', 'G', 'H'], rows: 1, kept: 0 })
    const [headers, ada, ...others] = beside()
    expect(headers).toEqual(['Email (source)', 'Email (confidence)', 'Email (check)', 'Email (date)'])
    expect(ada).toEqual([
      'Hunter',
      expect.stringMatching(/^\d+ %$/),
      'valid',
      expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
    ])
    expect(others.flat().filter((text) => text !== '')).toEqual([])
  })

  it('are no columns of addresses to the next run, and are emptied with one press', async () => {
    await start()
    const run = await product.enrich({})
    await add(run, 'sources')
    await add(run, 'status')
    const { columns } = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
    expect(columns.slice(4).map(({ field }) => field)).toEqual([null, null, null, null, null])
    await add(run, 'nothing')
    expect(
      beside()
        .slice(1)
        .flat()
        .filter((text) => text !== ''),
    ).toEqual([])
  })
})

it('where a person wants columns, no notes are written', async () => {
  await start()
  await product.call('saveProvenance', 'columns')
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', provenance: 'columns' })
  const tab = tabOf(product.store)
  const cells = product.store.read(tab.id, { row: 0, column: 0, rows: 6, columns: 4 }).flat()
  expect(cells.filter(({ note }) => note)).toEqual([])
})
