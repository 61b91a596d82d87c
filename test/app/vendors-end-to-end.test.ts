import type { Field } from '../../src/domain/field'
import { fieldInfo } from '../../src/domain/field'
import { PROVIDERS } from '../../src/providers'
import type { VendorCall } from '../../workbench/vendors/contract'
import { ALL_HOME_PAGES } from '../../workbench/vendors/simulated/home_pages'
import { recordedOf } from '../providers/recorded'
import type { Product } from './product'
import { expectPage, openDataFlow, PLANTED, requestOf, sectionOf } from './data-flow'
import { shown, startProduct } from './product'
import { journal } from './story'

/** Operations that were paid for so far, as `vendor/operation`. */
const tried = new Set<string>()

const PAID = PROVIDERS.filter(({ kind }) => kind === 'vendor')
const SHEETS = PAID.flatMap((provider) =>
  (recordedOf(provider).sheets ?? []).map((sheet) => ({ ...sheet, vendor: provider.id, host: provider.hosts[0]! })),
)

const flow = openDataFlow()

let product: Product | undefined
afterEach(async () => {
  await product?.stop()
  product = undefined
})

test.each(SHEETS)('$vendor: $title', async ({ vendor, host, headers, rows, finds, calls, polls, unsure = 0 }) => {
  const remark = (text: string) => (row: readonly string[]) => [...row, text]
  product = await startProduct({ rows: [remark('Remark')(headers), ...rows.map(remark(PLANTED))] })
  const { vendors, store } = product
  vendors.onCall((_, request) => flow.note(request))
  const key = vendors.keys[host]!
  await product.call('saveKey', { vendor, environment: 'production', place: 'personal', key })
  // Nothing is found there, so that what arrives comes from the vendor.
  vendors.script(ALL_HOME_PAGES, () => ({ status: 404, body: '' }))
  const wanted = Object.keys(finds) as Field[]
  const before = await product.call('testKey', { vendor, environment: 'production' })
  expect(before).toMatchObject({ ok: true })

  const run = await product.enrich({ wanted, cap: 20_000 })

  expect(run).toMatchObject({ state: 'done', problem: null, retryable: 0 })
  expect(run.vendors.map(({ trouble }) => trouble).filter(Boolean)).toEqual([])

  const books = vendors.calls().filter((call) => call.host === host)
  // A miss is a 404 or, at Prospeo, a batch without a match; a poll that is too early is a 400 at FullEnrich.
  expect(books.filter(({ status, operation }) => status >= 400 && status !== 404 && operation !== 'result')).toEqual([])
  for (const path of calls) expect(books.map((call) => call.path)).toContainEqual(expect.stringMatching(path))
  if (polls) expect(books.map((call) => call.path)).toContainEqual(expect.stringMatching(polls))

  const [names = [], first = []] = shown(store)
  const values = Object.fromEntries(wanted.map((field) => [field, first[names.indexOf(fieldInfo(field).label)]]))
  expect(values).toEqual(Object.fromEntries(wanted.map((field) => [field, expect.stringMatching(finds[field]!)])))
  expect(wanted.filter((field) => !told(vendor).has(field))).toEqual([])
  // The last row asks what the first one asks.
  const last = shown(store).at(-1)!
  expect(last.slice(headers.length)).toEqual(first.slice(headers.length))

  expect(vendors.charged(host) + unsure).toBeCloseTo(run.credits.spent, 6)
  expect(vendors.charged(host)).toBeGreaterThan(0)
  expect([run.credits.held, run.credits.maybe]).toEqual([0, 0])
  expect(repeated(asked(books))).toEqual([])
  const paid = reserved()
  expect(paid.length).toBeGreaterThan(2)
  expect(repeated(paid)).toEqual([])
  for (const question of paid) tried.add(operationOf(question))
})

test('People Data Labs, asked by phone: nobody is known by a number here, and it costs nothing', async () => {
  product = await startProduct({ rows: [['Phone'], ['+12125550123'], ['+1 312 555 0124']] })
  const { vendors } = product
  vendors.onCall((_, request) => flow.note(request))
  const [vendor, host] = ['people_data_labs', 'api.peopledatalabs.com'] as const
  await product.call('saveKey', { vendor, environment: 'production', place: 'personal', key: vendors.keys[host]! })
  const run = await product.enrich({ wanted: ['full_name'] })
  expect(run).toMatchObject({ state: 'done', problem: null, retryable: 0, credits: { spent: 0, held: 0, maybe: 0 } })
  expect(vendors.calls()).toMatchObject([{ host, path: '/v5/person/bulk', status: 200, credits: 0 }])
  expect(vendors.calls()[0]!.questions).toHaveLength(2)
  for (const question of reserved()) tried.add(operationOf(question))
})

test('together they try every operation of every vendor', () => {
  const every = PAID.flatMap(({ id, operations }) => operations.map((operation) => `${id}/${operation.id}`))
  expect(every.filter((operation) => !tried.has(operation))).toEqual([])
})

test('docs/data-flow.md says all that left for each of them, and nothing else did (UPDATE_DOCS=1 writes it)', () => {
  const whole = { domain: 'everyone.example', company_name: 'Everyone' }
  const open = PROVIDERS.filter(
    ({ kind, operations }) => kind === 'public' && operations.some((one) => one.kind === 'remote'),
  )
  for (const { operations } of open)
    for (const operation of operations)
      if (operation.kind === 'remote') flow.note(requestOf(operation.request([whole] as never)))
  expect(flow.leaks).toEqual([])
  expectPage([...open, ...PAID].map((provider) => sectionOf(provider, flow)))
})

function asked(books: readonly VendorCall[]): readonly string[] {
  return books.flatMap(({ operation, questions }) => questions.map((question) => `${operation}: ${question}`))
}

/** The paid questions that the product wrote down before it sent them. */
function reserved(): readonly string[] {
  return journal(product!.store).flatMap((entry) => (entry.k === 'reserve' && entry.worst > 0 ? entry.questions : []))
}

/** The fields that a vendor told something about. */
function told(vendor: string): ReadonlySet<string> {
  const answers = journal(product!.store).flatMap((entry) => (entry.k === 'answer' ? [entry.answer] : []))
  const own = answers.filter(({ question }) => operationOf(question).startsWith(`${vendor}/`))
  return new Set(own.flatMap(({ values }) => Object.keys(values ?? {})))
}

/** `vendor/operation` */
function operationOf(question: string): string {
  return question.split('/').slice(1, 3).join('/')
}

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index)
}
