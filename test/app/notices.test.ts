import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { crowd, letDaysPass, scriptCrowd, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const DAY = 24 * 3_600_000

let product: Product
afterEach(() => product.stop())

const start = async () => {
  const people = crowd(3).map((name) => [...name, 'everyone.example', ''])
  product = await startProduct({
    rows: [HEADERS, ...people, ['Typed', 'Nowak', 'everyone.example', 'typed@x.example']],
  })
  await useHunter(product)
  scriptCrowd(product)
  await product.enrich({})
}

test('who got data from a vendor is listed with source and day until marked as informed', async () => {
  await start()
  const at = product.emulator.now()
  await letDaysPass(product, 3)
  const view = await product.call('notices')
  expect(view).toMatchObject({ sheetName: 'Leads', more: 0, informed: 0, basis: { ground: 'legitimate_interest' } })
  expect(view.rows.map(({ row, vendors }) => [row, vendors])).toEqual([2, 3, 4].map((row) => [row, ['Hunter']]))
  expect(view.rows.every((row) => Math.abs(row.at - at) < DAY)).toBe(true)

  let selected: unknown
  product.emulator.onUi((event) => {
    if (event.kind === 'activate') selected = event.selection
  })
  await product.call('selectRows', { sheet: view.sheet, rows: [2, 4] })
  expect(selected).toEqual(['A2:D2', 'A4:D4'])
  const before = shown(product.store).map((row) => row.slice(0, 4))
  const told = await product.call('markInformed', {
    sheet: view.sheet,
    prints: [view.rows[0]!.print, view.rows[2]!.print],
  })
  expect(told.rows.map(({ row }) => row)).toEqual([3])
  expect(told.informed).toBe(2)
  expect(shown(product.store).map((row) => row[4] ?? '')).toEqual(['Informed on', '2026-11-25', '', '2026-11-25', ''])
  expect(shown(product.store).map((row) => row.slice(0, 4))).toEqual(before)
})

test('a date of a person stays, a row that was changed since is not marked, and twice is once', async () => {
  await start()
  const { sheet, rows } = await product.call('notices')
  const prints = rows.map(({ print }) => print)
  await product.call('markInformed', { sheet, prints: prints.slice(0, 1) })
  const put = (row: number, column: number, value: string) =>
    product.store.write(tabOf(product.store).id, { row, column, rows: 1, columns: 1 }, [[{ value, format: '@' }]])
  put(1, 4, 'told by phone')
  put(2, 2, 'changed.example')
  await product.call('markInformed', { sheet, prints })
  const view = await product.call('markInformed', { sheet, prints })
  expect(shown(product.store).map((row) => row[4])).toEqual(['Informed on', 'told by phone', '', '2026-11-22', ''])
  expect(view.informed).toBe(2)
})
