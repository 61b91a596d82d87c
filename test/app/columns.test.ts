import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import { begin, crowd, finds, image, REQUEST, tabOf } from './story'

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

  it('gives back the header that it struck when columns moved in the moment of writing', async () => {
    await start([[...LEAD, 'Phone no'], ...people(3).map((row) => [...row, '1'])])
    const receipt = await product.call('receipt', REQUEST)
    const headersAt = (nth: number) => between('Range.setValues', nth, (store, tab) => store.insertColumns(tab, 0, 1))
    for (let nth = 1; nth <= 6; nth++) {
      headersAt(nth)
      const said = await product.call('startRun', receipt.id).then(
        () => '',
        (error: Error) => error.message,
      )
      product.emulator.script([])
      expect(shown(product.store)[0]).toEqual(expect.arrayContaining([...LEAD, 'Phone no']))
      if (said !== '') break
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

  it('that mean the same: what the person chose counts', async () => {
    await start([[...LEAD, 'Email', 'Work mail'], ...people(3).map((row) => [...row, '', ''])])
    await product.enrich({ mapping: { '4': 'email' } })
    const rows = shown(product.store).slice(1)
    expect(rows.map((row) => row[3])).toEqual(['', '', ''])
    expect(rows.every((row) => row[4]?.includes('@'))).toBe(true)
  })
})

describe('marks of duplicates', () => {
  const find = (user = OWNER) => product.emulator.execute({ function: 'findDuplicates', user, via: 'menu' })
  const ROWS = [
    ['Name', 'Email', 'Duplicate group'],
    ['Zoe', 'z@a.example', ''],
    ['Bob', 'b@a.example', ''],
    ['Zoe', 'z@a.example', ''],
    ['Al', 'al@a.example', ''],
  ]
  const said = () => {
    let words = ''
    product.emulator.onUi((event) => {
      if (event.kind === 'toast' || event.kind === 'alert') words += event.message
    })
    return () => words
  }

  it.each(['RangeList.setNumberFormat', 'Range.setRichTextValues'])(
    'follow their rows when somebody sorts before %s',
    async (at) => {
      await start(ROWS)
      between(at, 1, (store, tab) =>
        store.sort(tab, { row: 1, column: 0, rows: 4, columns: 3 }, { column: 0, ascending: true }),
      )
      expect((await find()).state).toBe('returned')
      const marked = shown(product.store)
        .slice(1)
        .map(([name, , mark = '']) => [name, mark !== ''])
      expect(marked).toEqual([
        ['Al', false],
        ['Bob', false],
        ['Zoe', true],
        ['Zoe', true],
      ])
    },
  )

  it('leave formulas, typed texts and protected cells alone, in words', async () => {
    await start([...ROWS, ['Zoe', 'z@a.example', 'keep me'], ['Zoe', 'z@a.example', '']])
    const { id } = tabOf(product.store)
    product.store.write(id, one(1, 2), [[{ formula: '=IF(A2="x","dup","")', value: '' }]])
    await find()
    expect(image(product.store).map((row) => row[2]?.formula ?? row[2]?.value ?? '')).toEqual([
      'Duplicate group',
      '=IF(A2="x","dup","")',
      '',
      expect.stringMatching(/^Group 1/),
      '',
      'keep me',
      expect.stringMatching(/^Group 1/),
    ])
  })

  it.each<[string, string[][], (store: SheetStore, tab: number) => void]>([
    [
      'column',
      ROWS,
      (store, tab) =>
        store.protect(tab, { area: { row: 0, column: 2, rows: 9, columns: 1 }, editors: ['someone@else.example'] }),
    ],
    [
      'tab',
      ROWS.map((row) => row.slice(0, 2)),
      (store, tab) => store.protect(tab, { area: 'sheet', editors: ['someone@else.example'] }),
    ],
  ])('are refused in words on a protected %s', async (_, rows, protect) => {
    await start(rows)
    protect(product.store, tabOf(product.store).id)
    const before = image(product.store)
    const words = said()
    expect((await find(COLLEAGUE)).state).toBe('returned')
    expect(words()).toMatch(/protected/)
    expect(image(product.store)).toEqual(before)
  })

  it('do not go over what somebody types beside the list meanwhile', async () => {
    await start(ROWS.map((row) => row.slice(0, 2)))
    between('Sheet.getMaxColumns', 1, (store, tab) =>
      store.write(tab, { row: 0, column: 2, rows: 2, columns: 1 }, [[{ value: 'Notes' }], [{ value: 'vip' }]]),
    )
    const words = said()
    await find()
    expect(words()).toMatch(/Somebody changed the columns/)
    expect(shown(product.store).map((row) => row[2] ?? '')).toEqual(['Notes', 'vip', '', '', ''])
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
