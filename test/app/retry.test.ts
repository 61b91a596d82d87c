import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'

const HUNTER = 'api.hunter.io'
const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const PEOPLE = Array.from({ length: 6 }, (_, index) => [`Ada${index}`, 'Nowak', 'everyone.example', ''])

let product: Product
beforeEach(async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  await useHunter(product)
})
afterEach(() => product.stop())

const emails = () =>
  shown(product.store)
    .slice(1)
    .map((row) => row[3])

test('a key that is refused pauses the run with the next step; with a good key it goes on', async () => {
  const key = (text: string) =>
    product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'personal', key: text })
  await key('a-key-that-nobody-knows')

  const paused = await product.enrich({})

  expect(paused.state).toBe('paused')
  expect(paused.problem).toEqual({
    message: 'Hunter refused the key. Open Vendors and paste it again.',
    action: 'open_vendors',
  })
  expect(product.vendors.charged(HUNTER)).toBe(0)
  await key(product.vendors.keys[HUNTER]!)
  const done = await product.finish(await product.call('resumeRun', paused.id))
  expect(done).toMatchObject({ state: 'done', cellsWritten: 6, rows: { total: 6, done: 6 } })
})

test('what failed can be tried again with one click, and what was found is not asked again', async () => {
  product.vendors.script(HUNTER, (path) =>
    path.includes('email-finder') && path.includes('Ada3') ? { status: 503, body: '' } : undefined,
  )

  const run = await product.enrich({})

  expect(run).toMatchObject({ state: 'done', cellsWritten: 5, retryable: 1 })
  product.vendors.script(HUNTER, undefined)
  const asked = product.vendors.calls().filter((call) => call.operation.includes('finder')).length
  const again = await product.finish(await product.call('resumeRun', run.id))
  expect(again).toMatchObject({ state: 'done', cellsWritten: 6, retryable: 0 })
  expect(product.vendors.calls().filter((call) => call.operation.includes('finder'))).toHaveLength(asked + 1)
  expect(emails().every((email) => email!.endsWith('@everyone.example'))).toBe(true)
})

test('at the cap what was found is in the cells', async () => {
  const run = await product.enrich({ cap: 2 })

  expect(run.state).toBe('paused')
  expect(run.problem?.message).toContain('The cap of 2 credits is reached')
  expect(product.vendors.charged(HUNTER)).toBe(2)
  expect(emails().filter((email) => email !== '')).toHaveLength(2)
})
