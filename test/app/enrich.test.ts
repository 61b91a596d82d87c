import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Company', 'Website', 'Email']
const PEOPLE = [
  ['Ada', 'Nowak', 'Everyone Ltd', 'https://www.everyone.example/team', ''],
  ['Bob', 'Miller', 'Everyone Ltd', 'everyone.example', 'bob@typed.example'],
  ['ADA ', 'nowak', 'Everyone', 'everyone.example', ''],
  ['Cleo', 'Stone', 'Nobody Inc', 'nobody.example', ''],
  ['Dan', '', 'Everyone Ltd', '', ''],
  ['', '', '', '', ''],
]

let product: Product
afterEach(() => product.stop())

test('fills the missing emails with Hunter, asks each question once and leaves the rest alone', async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  await useHunter(product)

  const run = await product.enrich({ wanted: ['email'] })

  expect(run.problem).toBeNull()
  expect(run.state).toBe('done')
  const rows = shown(product.store)
  expect(rows[1]![4]).toMatch(/@everyone\.example$/)
  expect(rows[2]![4]).toBe('bob@typed.example')
  expect(rows[3]![4]).toBe(rows[1]![4])
  expect(rows[4]![4]).toBe('')
  const finds = product.vendors.calls().filter((call) => call.operation.includes('finder'))
  expect(finds.length).toBe(2)
  expect(new Set(finds.flatMap((call) => call.questions)).size).toBe(2)
  expect(run.credits.spent).toBe(product.vendors.charged('api.hunter.io'))
})

test('training fills a practice tab and leaves the list as it is', async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  const before = shown(product.store)

  const run = await product.enrich({ wanted: ['email', 'phone', 'job_title'] })

  expect(run).toMatchObject({ state: 'done', training: true, problem: null })
  expect(shown(product.store)).toEqual(before)
  expect(run.cellsWritten).toBeGreaterThan(0)
})

test('training copies at most 200 rows, and says so', async () => {
  const many = Array.from({ length: 1_200 }, (_, row) => [`Ada${row}`, 'Nowak', 'Everyone Ltd', 'everyone.example', ''])
  product = await startProduct({ rows: [HEADERS, ...many] })
  product.store.columnWidth(tabOf(product.store).id, 1, 333)
  const request = { scope: 'all', wanted: ['email'], mapping: {}, purpose: 'Practice', cap: 0 } as const

  const receipt = await product.call('receipt', request)

  expect(receipt.rows.selected).toBe(200)
  expect(receipt.remarks).toContain('Training works on the first 200 rows.')
  const run = await product.finish(await product.call('startRun', receipt.id))
  expect(run).toMatchObject({ state: 'done', rows: { total: 200, done: 200 } })
  expect(shown(product.store, 'Practice: Leads')).toHaveLength(201)
  const [own, practice] = ['Leads', 'Practice: Leads'].map((name) => tabOf(product.store, name).id)
  expect(product.store.columnWidth(practice!, 1)).toBe(333)
  expect(product.store.columnWidth(practice!, 0)).toBe(product.store.columnWidth(own!, 0))
})

test('of two equal rows the one that was filled already is said to be so', async () => {
  const typed = ['Ada', 'Nowak', 'Everyone Ltd', 'everyone.example', 'ada@typed.example']
  const open = ['Ada', 'Nowak', 'Everyone Ltd', 'everyone.example', '']
  const headers = [...HEADERS, 'Job title']
  product = await startProduct({ rows: [headers, [...typed, ''], [...open, '']] })
  await useHunter(product)

  const run = await product.enrich({ wanted: ['email', 'job_title'] })

  expect(run.fields[0]).toMatchObject({
    written: 1,
    leftAlone: [{ status: 'has_value', why: 'Left alone: it was filled already.', count: 1 }],
  })
  expect(shown(product.store)[1]![4]).toBe('ada@typed.example')
})
