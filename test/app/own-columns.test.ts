import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { begin, betweenReadAndWrite, crowd, image, tabOf } from './story'

// Every second person is one that Hunter does not know, and so are the last two: the results of a run into a column of
// its own are scattered, and two rows lie outside of its block.
const UNKNOWN = ['Zzyzx', 'nobody.example'] as const
const PEOPLE = crowd(11).map(([first, last], index) => [
  `r${String(index).padStart(2, '0')}`,
  first,
  ...(index % 2 === 1 || index > 8 ? UNKNOWN : [last, 'everyone.example']),
])
const LEAD = ['Ref', 'First name', 'Last name', 'Website']

let product: Product
afterEach(() => product.stop())

/** The addresses by reference, wherever rows and columns are by now. */
function emails(store: SheetStore): { readonly [ref: string]: string } {
  const [headers = [], ...rows] = shown(store)
  const [ref, email] = [headers.indexOf('Ref'), headers.indexOf('Email')]
  return Object.fromEntries(rows.map((row) => [row[ref], row[email] ?? '']))
}

const EXPECTED = Object.fromEntries(
  PEOPLE.map(([ref, first, , site]) => [
    ref,
    site === 'everyone.example' ? expect.stringMatching(`^${first!.toLowerCase()}.*@everyone.example$`) : '',
  ]),
) as { readonly [ref: string]: string }

const typeAt = (store: SheetStore, row: number, text: string) => {
  const { id } = tabOf(store)
  store.write(id, { row, column: 4, rows: 1, columns: 1 }, [[{ value: text }]])
}
const all = (store: SheetStore) => ({
  row: 1,
  column: 0,
  rows: PEOPLE.length,
  columns: store.used(tabOf(store).id).columns,
})

describe('a column of ours', () => {
  beforeEach(async () => {
    product = await startProduct({ rows: [LEAD, ...PEOPLE] })
    await useHunter(product)
  })

  it('is written in one piece, and the empty cells between stay as they were', async () => {
    const run = await begin(product)
    const ended = await product.execute('continueRun', run.id)
    const written = ended.calls.indexOf('RangeList.setNumberFormat')
    expect(ended.calls.slice(written).filter((call) => /^Range\.set(Values|RichText)/.test(call))).toHaveLength(1)
    // So are its notes.
    expect(ended.calls.filter((call) => /^Range(List)?\.(setNotes|clearNote)/.test(call))).toEqual(['Range.setNotes'])
    expect(emails(product.store)).toEqual(EXPECTED)
    const cells = image(product.store).map((row) => row[4])
    for (const row of [2, 4, 6, 8]) expect(cells[row]).toEqual({ value: null })
  })

  const websites = (store: SheetStore) =>
    shown(store)
      .flat()
      .filter((text) => text.endsWith('.example') && !text.includes('@'))

  it.each<[string, (store: SheetStore) => void]>([
    ['sorts the list', (store) => store.sort(tabOf(store).id, all(store), { column: 0, ascending: false })],
    ['inserts rows', (store) => store.insertRows(tabOf(store).id, 3, 2)],
    ['deletes rows', (store) => store.deleteRows(tabOf(store).id, 2, 2)],
    ['inserts a column', (store) => store.insertColumns(tabOf(store).id, 0, 1)],
  ])('keeps what a person typed into it when somebody %s in the moment of writing', async (_, act) => {
    const run = await begin(product)
    typeAt(product.store, 10, 'mine')
    const struck = betweenReadAndWrite(product, act)
    expect(await product.finish(run)).toMatchObject({ state: 'done' })
    expect(struck()).toBe(true)
    const found = Object.entries(emails(product.store))
    expect(websites(product.store)).toHaveLength(found.filter(([ref]) => ref !== '').length)
    expect(found.length).toBeGreaterThanOrEqual(PEOPLE.length - 2)
    for (const [ref, email] of found)
      expect([ref, email]).toEqual([ref, ref === 'r09' ? 'mine' : (EXPECTED[ref] ?? '')])
  })

  it('gives a row that somebody makes equal to another one in that moment nothing of the other', async () => {
    await product.stop()
    product = await startProduct({ rows: [LEAD.slice(1), ...PEOPLE.map((row) => row.slice(1))] })
    await useHunter(product)
    const run = await begin(product)
    const { id } = tabOf(product.store)
    const put = (row: number, column: number, texts: readonly string[]) =>
      product.store.write(id, { row, column, rows: 1, columns: texts.length }, [texts.map((value) => ({ value }))])
    put(10, 3, ['mine'])
    const struck = betweenReadAndWrite(product, () => put(4, 0, PEOPLE[9]!.slice(1)))
    expect(await product.finish(run)).toMatchObject({ state: 'done' })
    expect(struck()).toBe(true)
    expect([4, 10].map((row) => shown(product.store)[row]![3])).toEqual(['', 'mine'])
  })

  it.each(['mine', 'mine too'])(
    'leaves a cell alone that is filled (%s) just before its block is looked at',
    async (text) => {
      const run = await begin(product)
      product.emulator.script([
        {
          kind: 'between',
          method: 'Range.getNumberFormats',
          nth: 1,
          act: (store) => typeAt(store, text === 'mine' ? 2 : 3, text),
        },
      ])
      expect(await product.finish(run)).toMatchObject({ state: 'done' })
      expect(emails(product.store)).toEqual({ ...EXPECTED, [text === 'mine' ? 'r01' : 'r02']: text })
    },
  )
})
