import { rowPrint } from '../../src/domain/row-print'
import { hashText } from '../../src/domain/hash'
import { defaultRule } from '../../src/domain/waterfall'
import type { RunView } from '../../src/app/api-types'
import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import {
  begin,
  betweenReadAndWrite,
  crowd,
  everyCell,
  finds,
  HUNTER,
  image,
  letDaysPass,
  REQUEST,
  scriptCrowd,
  tabOf,
} from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Job title', 'Remark']
const WIDTH = HEADERS.length

/** A column of formulas, and what they show. */
interface Column {
  readonly header: string
  readonly formula: (row: number) => string
  readonly shows: (cells: readonly string[], all: readonly (readonly string[])[]) => string | number
  /** The first formula fills the column. */
  readonly isOne?: true
}

let clock = 0
const domain = (before: string): Column => ({
  header: 'Domain',
  formula: (row) => `=IFNA(REGEXEXTRACT(D${row}, "@(.*)"), "${before}")`,
  shows: (cells) => cells[3]!.split('@')[1] ?? before,
})
// By way of the domain, which stands to its right.
const company: Column = {
  header: 'Company',
  formula: (row) => `=IFNA(VLOOKUP(H${row}, Firms!A:B, 2, FALSE))`,
  shows: (cells) => (cells[3] === '' ? '' : 'Everyone Ltd'),
}
const age: Column = { header: 'Age', formula: (row) => `=NOW()-K${row}`, shows: () => ++clock / 1000 }
const times: Column = {
  header: 'Times',
  formula: (row) => `=COUNTIF(D:D, D${row})`,
  shows: (cells, all) => all.filter((row) => row[3] === cells[3]).length,
}
const one = (column: Column): Column => ({
  ...column,
  isOne: true,
  formula: (row) => `=ARRAYFORMULA(${column.formula(row).slice(1)})`,
})
const COLUMNS: readonly (readonly [string, readonly Column[]])[] = [
  ['a domain that is empty before', [domain('')]],
  ['a domain that shows an error before', [domain('#N/A')]],
  ['a company by that domain', [company, domain('')]],
  ['days until now', [age]],
  ['a count of equal addresses', [times]],
  ['one formula for all domains', [one(domain('#N/A'))]],
  ['one formula for all days until now', [one(age)]],
]

let product: Product
let off = () => {}
afterEach(() => {
  off()
  return product.stop()
})

/** The store computes no formula of a sheet: this does it whenever anything changes. */
const compute = (store: SheetStore, columns: readonly Column[]): void => {
  const { id } = tabOf(store)
  const all = shown(store)
  image(store).forEach((cells, row) =>
    columns.forEach(({ shows, isOne }, at) => {
      const column = WIDTH + at
      const { formula, value: before } = cells[column] ?? { value: null }
      if (row === 0 || (formula === undefined && !isOne)) return
      const value = shows(all[row]!, all.slice(1))
      if ((before ?? '') === value) return
      const patch = formula === undefined ? { value: value === '' ? null : value } : { formula, value }
      store.write(id, { row, column, rows: 1, columns: 1 }, [[patch]])
    }),
  )
}

const start = async (columns: readonly Column[], people = crowd(4)) => {
  const rows = people.map(([first, last], at) => [first, last, 'everyone.example', '', '', at === 0 ? 'met' : ''])
  product = await startProduct({ rows: [[...HEADERS, ...columns.map(({ header }) => header)], ...rows] })
  const { store } = product
  columns.forEach(({ formula, isOne }, at) =>
    rows.slice(0, isOne ? 1 : rows.length).forEach((_, row) => {
      const area = { row: row + 1, column: WIDTH + at, rows: 1, columns: 1 }
      store.write(tabOf(store).id, area, [[{ formula: formula(row + 2), value: '' }]])
    }),
  )
  let isComputing = false
  const again = () => {
    if (isComputing) return
    isComputing = true
    compute(store, columns)
    isComputing = false
  }
  again()
  off = store.onChange(again)
  await useHunter(product)
  scriptCrowd(product)
}
const emails = () =>
  shown(product.store).flatMap(([name = '', , , email = ''], row) => (row > 0 ? [[name, email]] : []))
const notes = () => image(product.store).flatMap((cells) => cells[3]?.note ?? [])
const expectFilled = () =>
  expect(emails()).toEqual(emails().map(([name]) => [name, `${name!.toLowerCase()}.nowak@everyone.example`]))
const found = async (run: RunView, status: 'written' | 'row_gone') =>
  (await product.call('showRows', { run: run.id, field: 'email', status })).found
const undo = async (run: RunView) => {
  for (;;) {
    const view = await product.call('undoRun', run.id)
    if (view.state === 'done') return view
  }
}
/** Somebody sorts; a formula that fills its column stays at the top of it. */
const sort = (columns: readonly Column[], ascending: boolean) => {
  const { rows } = product.store.used(tabOf(product.store).id)
  const width = WIDTH + (columns.some(({ isOne }) => isOne) ? 0 : columns.length)
  product.store.sort(
    tabOf(product.store).id,
    { row: 1, column: 0, rows: rows - 1, columns: width },
    { column: 0, ascending },
  )
}
const search = async (first: string) => {
  const who = { email: '', linkedin: '', phone: '', name: `${first} Nowak`, company: 'everyone.example' }
  let seen = await product.call('person', { who, picked: null })
  while (!seen.view) seen = await product.call('person', seen.trail)
  return seen.trail
}

describe.each(COLUMNS)('beside formulas that show %s', (_, columns) => {
  test('a run fills each row, says so, is undone, and fills it again at no cost', async () => {
    await start(columns)
    const run = await product.enrich({})
    expect(run).toMatchObject({ state: 'done', cellsWritten: 4 })
    expectFilled()
    sort(columns, false)
    expect(await found(run, 'written')).toBe(4)
    expect(await product.call('addCompanions', { run: run.id, what: 'status' })).toMatchObject({ rows: 4, kept: 0 })
    expect(notes()).toHaveLength(4)
    expect(await undo(run)).toMatchObject({ restored: 4, changed: 0, gone: 0 })
    expect(emails().map(([, email]) => email)).toEqual(['', '', '', ''])
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 4 })
    expectFilled()
    expect(finds(product)).toHaveLength(4)
  })

  test('what a sort in the moment of writing misplaced is put right', async () => {
    await start(columns)
    const isHit = betweenReadAndWrite(product, () => sort(columns, false))
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 4 })
    expect(isHit()).toBe(true)
    expectFilled()
  })

  test('what failed is tried again, and nothing else is asked', async () => {
    await start(columns)
    const [[name = ''] = []] = emails()
    product.vendors.script(HUNTER, (path) => (path.includes(name) ? { status: 503, body: '' } : undefined))
    const run = await product.enrich({})
    expect(run).toMatchObject({ cellsWritten: 3, retryable: 1 })
    scriptCrowd(product)
    const asked = finds(product).length
    sort(columns, false)
    const again = await product.finish(await product.call('resumeRun', run.id))
    expect(again).toMatchObject({ cellsWritten: 4, retryable: 0 })
    expect(finds(product)).toHaveLength(asked + 1)
  })

  test('a value of ours is known as ours: it is refreshed, and comes back', async () => {
    await start(columns)
    await product.enrich({})
    const rule = { ...defaultRule('email'), overwrite: { kind: 'refresh', days: 1 } } as const
    await product.call('saveWaterfall', { field: 'email', rule })
    await letDaysPass(product, 2)
    expect((await product.call('receipt', REQUEST)).replaces).toMatchObject({ old: 4 })
    scriptCrowd(product, { email: 'new@everyone.org' })
    const run = await product.enrich({})
    expect(run).toMatchObject({ cellsWritten: 4 })
    expect(await undo(run)).toMatchObject({ restored: 4, gone: 0 })
    expectFilled()
  })

  test('a saved run had its rows, and a repeat gets what is found for its like', async () => {
    await start(columns, [
      ['Ada', 'Nowak'],
      ['Bob', 'Nowak'],
      ['Adah', 'Nowak'],
    ])
    const print = hashText([1, 3].map((row) => rowPrint(shown(product.store)[row]!, -1)).join(' '))
    const { id: saved } = await product.call('saveRun', { name: 'Weekly', request: REQUEST })
    const asked = { ...REQUEST, scope: 'added', saved } as const
    const run = await product.finish(await begin(product, { ...asked, repeats: { groups: '1,3', print } }))
    expect(run).toMatchObject({ cellsWritten: 3 })
    expect(finds(product)).toHaveLength(2)
    expect(await found(run, 'written')).toBe(3)
    await expect(product.call('receipt', asked)).rejects.toThrow('No row was added since')
  })

  test('what waits in Review is accepted, some first', async () => {
    await start(columns)
    scriptCrowd(product, { score: 60 })
    const run = await product.enrich({})
    const { items } = await product.call('review', run.id)
    const decisions = items.map(({ planned, field, candidates }) => {
      return { planned, field, value: candidates[0]!.value, verdict: 'accept' as const }
    })
    await product.call('settleReview', { run: run.id, decisions: decisions.slice(0, 2) })
    expect(await product.call('settleReview', { run: run.id, decisions })).toMatchObject({ written: 2 })
    expectFilled()
    expect(await undo(run)).toMatchObject({ restored: 4, changed: 0, gone: 0 })
  })

  test('somebody is corrected, marked as informed, and erased', async () => {
    await start(columns)
    await product.enrich({})
    const [first = '', second = '', ...others] = emails().map(([name]) => name!)
    const correction = { trail: await search(first), field: 'email', value: 'right@everyone.example' } as const
    expect(await product.call('correctPerson', correction)).toEqual({ changed: 1, missed: [] })
    expect(emails().map(([, email]) => email === correction.value)).toEqual([true, false, false, false])
    const { sheet, rows } = await product.call('notices')
    expect(await product.call('markInformed', { sheet, prints: [rows[1]!.print] })).toMatchObject({ informed: 1 })
    for (const [name, what] of [[first, 'cells'] as const, [second, 'rows'] as const]) {
      let view = await product.call('erasePerson', { trail: await search(name), what, by: 'JD' })
      while (view.left !== null) view = await product.call('erasePerson', null)
      expect(view.missed).toBe(0)
      expect(everyCell(product.store).filter(({ value }) => String(value).includes(name))).toEqual([])
    }
    expect(emails().map(([name]) => name)).toEqual(['', ...others])
  })
})

test.each([
  ['above it', 0],
  ['below it', 8],
])(
  'a sort in the moment of writing takes no typed address, though a formula %s counts the addresses',
  async (_, at) => {
    const people = crowd(6).map(([first, last], index) => [
      first,
      last,
      'everyone.example',
      index === 2 ? 'typed@home.example' : '',
    ])
    product = await startProduct({ rows: [['Our list', '', '', ''], HEADERS.slice(0, 4), ...people] })
    const { store } = product
    const { id } = tabOf(store)
    // The name of the first or last person stands in the same column.
    const formula = '=COUNTA(D3:D8)&" so far"'
    const put = () => {
      const value = `${shown(store).filter((row) => row[3]?.includes('@')).length} so far`
      if (shown(store)[at]?.[0] !== value)
        store.write(id, { row: at, column: 0, rows: 1, columns: 1 }, [[{ formula, value }]])
    }
    put()
    off = store.onChange(put)
    await useHunter(product)
    scriptCrowd(product)
    const area = { row: 2, column: 0, rows: 6, columns: 4 }
    const isHit = betweenReadAndWrite(product, () => store.sort(id, area, { column: 0, ascending: false }))
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 5 })
    expect(isHit()).toBe(true)
    const right = people.map(([name = '', , , typed]) => [
      name,
      typed || `${name.toLowerCase()}.nowak@everyone.example`,
    ])
    expect(emails().slice(1, 7)).toEqual(right.reverse())
  },
)

describe.each([
  ['days until now', age],
  ['a domain', domain('')],
])('a sort in the moment of writing, beside formulas that show %s', (_, column) => {
  const strike = (method: string) => {
    product.emulator.script([{ kind: 'between', method, nth: 1, act: () => sort([column], false) }])
  }

  test('brings a correction to nobody else', async () => {
    await start([column])
    await product.enrich({})
    const before = emails()
    const correction = { trail: await search(before[0]![0]!), field: 'email', value: 'right@everyone.example' } as const
    strike('RangeList.setNumberFormat')
    expect(await product.call('correctPerson', correction)).toEqual({ changed: 1, missed: [] })
    expect(emails()).toEqual([...before.slice(1).reverse(), [before[0]![0], correction.value]])
  })

  test.each([
    ['cells', 'RangeList.clearContent'],
    ['rows', 'Sheet.deleteRows'],
  ] as const)('erases %s of nobody else', async (what, method) => {
    await start([column])
    await product.enrich({})
    const [first, ...others] = emails()
    const trail = await search(first![0]!)
    strike(method)
    let view = await product.call('erasePerson', { trail, what, by: 'JD' })
    while (view.left !== null) view = await product.call('erasePerson', null)
    const left = emails().filter(([name]) => name !== '')
    expect(new Set(left)).toEqual(new Set(others))
  })
})
