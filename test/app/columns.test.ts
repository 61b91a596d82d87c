import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { begin, crowd, finds, REQUEST, tabOf } from './story'

const LEAD = ['First name', 'Last name', 'Website']
const people = (count: number) => crowd(count).map((person) => [...person, 'everyone.example'])
const one = (row: number, column: number) => ({ row, column, rows: 1, columns: 1 })

let product: Product
afterEach(() => product.stop())
const start = async (rows: readonly (readonly string[])[]) => {
  product = await startProduct({ rows })
  await useHunter(product)
}
const between = (method: string, nth: number, act: (store: SheetStore, tab: number) => void) => {
  product.emulator.script([{ kind: 'between', method, nth, act: (store) => act(store, tabOf(store).id) }])
}

describe('a new column', () => {
  const typed = (store: SheetStore, tab: number) =>
    store.write(tab, { row: 0, column: 3, rows: 2, columns: 1 }, [[{ value: 'Notes' }], [{ value: 'call her' }]])

  it.each<[string, (store: SheetStore, tab: number) => void]>([
    ['typed beside the list', typed],
    ['inserted a column in front', (store, tab) => store.insertColumns(tab, 0, 1)],
    ['renamed a column', (store, tab) => store.write(tab, one(0, 2), [[{ value: 'Web' }]])],
  ])('is not made where a colleague %s while the run starts', async (_, act) => {
    await start([LEAD, ...people(3)])
    const receipt = await product.call('receipt', REQUEST)
    between('Lock.tryLock', 1, act)
    await expect(product.call('startRun', receipt.id)).rejects.toThrow('Somebody changed the columns of this tab')
    product.emulator.script([])
    expect(shown(product.store).flat()).not.toContain('Email')
    expect(finds(product)).toEqual([])
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 3 })
  })

  it.each<[string, (store: SheetStore, tab: number) => void, readonly string[]]>([
    ['inserted a column in front', (store, tab) => store.insertColumns(tab, 0, 1), [...LEAD, 'Phone no']],
    [
      'renamed a column',
      (store, tab) => store.write(tab, one(0, 2), [[{ value: 'Web' }]]),
      ['First name', 'Last name', 'Web', 'Phone no'],
    ],
  ])('leaves the headers of others where a colleague %s in the moment of writing', async (_, act, headers) => {
    await start([[...LEAD, 'Phone no'], ...people(3).map((row) => [...row, '1'])])
    const receipt = await product.call('receipt', REQUEST)
    for (let nth = 1; nth <= 6; nth++) {
      between('Range.setValues', nth, act)
      const said = await product.call('startRun', receipt.id).then(
        () => 'begun',
        (error: Error) => error.message,
      )
      product.emulator.script([])
      const now = shown(product.store)[0]!.filter((text) => text !== '' && text !== 'Email')
      if (!now.includes('Web') && headers.includes('Web')) continue
      expect(now).toEqual(headers)
      if (said !== 'begun') break
    }
  })
})

describe('two columns with one header', () => {
  it.each([
    ['a header', [['Ref', ...LEAD, 'Email', 'Email'], ...people(3).map((row) => ['r', ...row, '', ''])], 'Email'],
    [
      'no header',
      [
        ['Ref', ...LEAD, '', ''],
        ['r', 'Zed', 'Nowak', 'everyone.example', 'zed@everyone.example', 'call her'],
        ...people(3).map((row) => ['r', ...row, '', '']),
      ],
      '',
    ],
  ] as const)('with %s: once columns move the run asks which is meant', async (_, rows, header) => {
    await start(rows)
    const run = await begin(product)
    const before = product.store.snapshot()
    product.store.deleteColumns(tabOf(product.store).id, 0, 1)
    expect(await product.call('continueRun', run.id)).toMatchObject({
      state: 'paused',
      problem: { message: expect.stringContaining(`There are several columns "${header}" now.`) as string },
    })
    expect(finds(product)).toEqual([])
    product.store.restore(before)
    const done = await product.finish(await product.call('resumeRun', run.id))
    expect(done).toMatchObject({ state: 'done', cellsWritten: 3 })
    expect(shown(product.store).map((row) => row[5] ?? '')).toEqual(rows.map((row) => row[5]))
  })

  it('with no header: one that somebody types into beside the list is not taken for the other', async () => {
    await start([['', 'Website', 'Email'], ...crowd(3).map((person) => [person.join(' '), 'everyone.example', ''])])
    const run = await begin(product)
    product.store.write(tabOf(product.store).id, one(2, 4), [[{ value: 'call her' }]])
    expect(await product.finish(run)).toMatchObject({ state: 'done', cellsWritten: 3 })
    expect(await product.call('undoRun', run.id)).toMatchObject({ state: 'done', restored: 3 })
  })

  it('that mean the same: what the person chose counts', async () => {
    await start([[...LEAD, 'Email', 'Work mail'], ...people(3).map((row) => [...row, '', ''])])
    await product.enrich({ mapping: { '4': 'email' } })
    const rows = shown(product.store).slice(1)
    expect(rows.map((row) => row[3])).toEqual(['', '', ''])
    expect(rows.every((row) => row[4]?.includes('@'))).toBe(true)
  })
})

test('cells that a formula above fills with nothing are left alone, and the formula stays whole', async () => {
  await start([[...LEAD, 'Email'], ...people(3).map((row) => [...row, ''])])
  const { id } = tabOf(product.store)
  product.store.write(id, one(1, 3), [[{ formula: '=ENRICH_EMAIL(A2:B4, C2:C4)', value: '' }]])
  await expect(product.enrich({})).rejects.toThrow(
    'No row of the tab "Leads" can be enriched: 3 with nothing that can be filled. Choose other rows or other fields.',
  )
  expect(shown(product.store).map((row) => row[3])).toEqual(['Email', '', '', ''])
  expect(finds(product)).toEqual([])
})
