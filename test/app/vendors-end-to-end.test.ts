import type { Field } from '../../src/domain/field'
import { fieldInfo } from '../../src/domain/field'
import type { Entry } from '../../src/app/stored'
import { peekLine } from '../../src/app/store-rows'
import { PROVIDERS } from '../../src/providers'
import type { VendorCall } from '../../workbench/vendors/contract'
import { ALL_HOME_PAGES } from '../../workbench/vendors/home_pages'
import { createWorld } from '../../workbench/vendors/people'
import type { Product } from './product'
import { image } from './story'
import { expectPage, openDataFlow, PLANTED, requestOf, sectionOf } from './data-flow'
import { shown, startProduct } from './product'

/** What one vendor is given, and what its first row, about which every vendor knows something, must come to hold. */
interface Case {
  readonly vendor: string
  readonly title: string
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly finds: { readonly [F in Field]?: RegExp }
  /** Paths, of which each is called at least once. */
  readonly calls: readonly RegExp[]
  /** Misses that are counted although the vendor takes nothing: the facts do not say for sure that they are free. */
  readonly unsure?: number
  /** It answers later: these are asked until the answer is there. */
  readonly polls?: RegExp
}

const world = createWorld('world')
const person = (first: string, last: string, domain = 'everyone.example') => world.person({ first, last, domain })!

/** People whom every vendor knows; the first has a profile, a phone and a mobile phone. */
const STAFF = ['Ines', 'Will', 'Lea', 'Pia', 'Rosa', 'Ada'].map((first) => person(first, 'Nowak'))
const page = (handle: string | null) => `https://www.linkedin.com/in/${handle}`

const NAMED = ['First name', 'Last name', 'Company domain']
const PEOPLE = [
  ...STAFF.slice(0, 5).map(({ firstName, lastName, domain }) => [firstName, lastName, domain.name]),
  ['Ada', 'Nowak', 'nobody.example'],
  ['Ada', 'Nowak', 'unsure.example'],
  // The first one again, in another spelling.
  [STAFF[0]!.firstName.toUpperCase(), 'nowak', 'https://www.everyone.example/team'],
]
const AT_COMPANY = ['First name', 'Last name', 'Company']
const COLLEAGUES = PEOPLE.map(([first = '', last = '', domain = '']) => [
  first,
  last,
  domain.includes('everyone') ? 'Everyone' : 'Nobody',
])
const MAILED = ['Email']
const ADDRESSES = [
  ...STAFF.slice(0, 4).map(({ mailbox }) => [mailbox!.email]),
  ['ada.nowak@nobody.example'],
  ['ada.nowak@catchall.example'],
  [STAFF[0]!.mailbox!.email.toUpperCase()],
]
const LINKED = ['LinkedIn profile']
const PROFILES = [
  ...STAFF.slice(0, 5).map(({ linkedinHandle }) => [page(linkedinHandle)]),
  [page('nobody-atall-ffffffff')],
  [`${page(STAFF[0]!.linkedinHandle)}/?locale=en`],
]
const COMPANIES = [
  ['everyone.example'],
  ['slow.example'],
  ['catchall.example'],
  ['odd.example'],
  ['pending.example'],
  ['nobody.example'],
  ['WWW.Everyone.example'],
]
const FIRMS = [['Everyone'], ['Catchall'], ['Odd'], ['Pending'], ['Unsure'], ['Nobody'], ['EVERYONE']]

const ADDRESS = /^[a-z.]+@everyone\.example$/
const WORDS = /\p{L}{2,}/u
const NUMBER = /^\d+$/
const STATUS = /^(valid|accept_all|risky|invalid|unknown)$/
const PHONE = /^\+/
const YEAR = /^(19|20)\d\d$/

const people = (vendor: string, finds: Case['finds'], ...calls: readonly RegExp[]) =>
  ({ vendor, title: 'people by name and domain', headers: NAMED, rows: PEOPLE, finds, calls }) as const
const colleagues = (vendor: string, finds: Case['finds'], ...calls: readonly RegExp[]) =>
  ({ vendor, title: 'people by name and company', headers: AT_COMPANY, rows: COLLEAGUES, finds, calls }) as const
const mailed = (vendor: string, finds: Case['finds'], ...calls: readonly RegExp[]) =>
  ({ vendor, title: 'people by address', headers: MAILED, rows: ADDRESSES, finds, calls }) as const
const linked = (vendor: string, finds: Case['finds'], ...calls: readonly RegExp[]) =>
  ({ vendor, title: 'people by profile', headers: LINKED, rows: PROFILES, finds, calls }) as const
const companies = (vendor: string, finds: Case['finds'], ...calls: readonly RegExp[]) =>
  ({ vendor, title: 'companies by domain', headers: ['Company domain'], rows: COMPANIES, finds, calls }) as const
const firms = (vendor: string, finds: Case['finds'], ...calls: readonly RegExp[]) =>
  ({ vendor, title: 'companies by name', headers: ['Company'], rows: FIRMS, finds, calls }) as const

const BULK = /^\/api\/v2\/contact\/enrich\/bulk$/
const REVERSE = /^\/api\/v2\/contact\/reverse\/email\/bulk$/
const PROSPEO_PEOPLE = /^\/bulk-enrich-person$/
const PDL_PEOPLE = /^\/v5\/person\/bulk$/
const MATCH = /^\/api\/v1\/people\/bulk_match/
const ALL = /^\/v1\/enrich\/all$/

const CASES: readonly Case[] = [
  people('hunter', { email: ADDRESS, email_status: STATUS }, /email-finder\?domain=/),
  colleagues('hunter', { email: ADDRESS }, /email-finder\?company=/),
  mailed(
    'hunter',
    { first_name: WORDS, job_title: WORDS, email_status: STATUS },
    /people\/find\?email=/,
    /email-verifier/,
  ),
  linked('hunter', { email: ADDRESS }, /people\/find\?linkedin_handle=/),
  companies('hunter', { industry: WORDS, company_type: WORDS }, /companies\/find/),

  people('people_data_labs', { linkedin_url: /linkedin\.com\/in\//, job_title: WORDS, city: WORDS }, PDL_PEOPLE),
  colleagues('people_data_labs', { job_title: WORDS, department: WORDS }, PDL_PEOPLE),
  mailed('people_data_labs', { first_name: WORDS, company_name: WORDS, country: WORDS }, PDL_PEOPLE),
  linked('people_data_labs', { full_name: WORDS, employees: NUMBER }, PDL_PEOPLE),
  companies('people_data_labs', { industry: WORDS, revenue_range: /\d/ }, /^\/v5\/company\/enrich\/bulk$/),
  firms('people_data_labs', { company_founded: YEAR }, /^\/v5\/company\/enrich\/bulk$/),

  people('apollo', { email: ADDRESS, job_title: WORDS, city: WORDS }, MATCH),
  colleagues('apollo', { email: ADDRESS }, MATCH),
  mailed('apollo', { last_name: WORDS, job_title: WORDS }, MATCH),
  linked('apollo', { email: ADDRESS, full_name: WORDS }, MATCH),
  companies('apollo', { industry: WORDS, revenue: NUMBER }, /organizations\/enrich\?domain=/),
  firms('apollo', { industry: WORDS, employees: NUMBER }, /organizations\/enrich\?name=/),

  people('prospeo', { email: ADDRESS, job_title: WORDS, mobile_phone: /^\+/ }, PROSPEO_PEOPLE),
  colleagues('prospeo', { email: ADDRESS, city: WORDS, mobile_phone: PHONE }, PROSPEO_PEOPLE),
  mailed('prospeo', { full_name: WORDS, headline: WORDS, mobile_phone: PHONE }, PROSPEO_PEOPLE),
  linked('prospeo', { email: ADDRESS, first_name: WORDS, mobile_phone: PHONE }, PROSPEO_PEOPLE),
  companies('prospeo', { industry: WORDS, revenue_range: /\d/ }, /^\/bulk-enrich-company$/),
  firms('prospeo', { domain: /^everyone\.example$/, employees: NUMBER }, /^\/bulk-enrich-company$/),

  {
    ...companies('the_companies_api', { industry: WORDS, revenue_range: /\d/ }, /companies\/everyone\.example$/),
    unsure: 1,
  },
  {
    ...firms('the_companies_api', { domain: /^everyone\.example$/, employees: NUMBER }, /by-name\?name=Everyone/),
    unsure: 1,
  },

  { ...people('dropcontact', { email: ADDRESS, job_title: WORDS, linkedin_url: WORDS }, ALL), polls: /enrich\/all\/./ },
  { ...colleagues('dropcontact', { email: ADDRESS, domain: /^everyone/ }, ALL), polls: /enrich\/all\/./ },
  { ...mailed('dropcontact', { email_status: STATUS, first_name: WORDS }, ALL), polls: /enrich\/all\/./ },
  { ...linked('dropcontact', { email: ADDRESS, company_name: WORDS }, ALL), polls: /enrich\/all\/./ },

  { ...people('icypeas', { email: ADDRESS, email_status: STATUS }, /bulk-search$/), polls: /single-searchs\/read/ },
  { ...colleagues('icypeas', { email: ADDRESS }, /bulk-search$/), polls: /single-searchs\/read/ },
  { ...mailed('icypeas', { email_status: STATUS }, /email-verification/), polls: /single-searchs\/read/ },

  {
    ...people('full_enrich', { email: ADDRESS, job_title: WORDS, personal_email: /@/, mobile_phone: PHONE }, BULK),
    polls: /bulk\/./,
  },
  {
    ...colleagues('full_enrich', { email: ADDRESS, personal_email: /@/, mobile_phone: PHONE, job_title: WORDS }, BULK),
    polls: /bulk\/./,
  },
  { ...linked('full_enrich', { email: ADDRESS, personal_email: /@/, mobile_phone: PHONE }, BULK), polls: /bulk\/./ },
  { ...mailed('full_enrich', { full_name: WORDS, city: WORDS }, REVERSE), polls: /reverse\/email\/bulk\/./ },

  colleagues(
    'derrick',
    { email: ADDRESS, linkedin_url: /linkedin\.com\/in\// },
    /find_email/,
    /search_linkedin_profile/,
  ),
  mailed('derrick', { email_status: STATUS }, /verify_email/),
  linked('derrick', { phone: /^\+/ }, /find_phone/),
  companies('derrick', { company_email: /@/, company_phone: /^\+/ }, /website_contact_social/),
  {
    ...companies('derrick', { cms: WORDS, technologies: WORDS }, /find_tech/),
    title: 'technologies by domain',
    rows: [['catchall.example'], ['everyone.example'], ['nobody.example'], ['www.catchall.example']],
  },
  {
    vendor: 'derrick',
    title: 'companies by LinkedIn page',
    headers: ['Company LinkedIn'],
    rows: ['everyone', 'slow', 'catchall'].map((name) => [`https://www.linkedin.com/company/${name}`]),
    finds: { is_hiring: /^(yes|no)$/ },
    calls: [/is_hiring/],
  },

  mailed('zero_bounce', { email_status: STATUS, first_name: WORDS }, /validatebatch/),

  {
    vendor: 'twilio',
    title: 'phone numbers',
    headers: ['Phone'],
    // Of these it cannot be told from the digits what they are.
    rows: ['+12125550123', '+1 312 555 0124', '+14155550125', '+1 415 555 0126', '+1 212 555 0123'].map((number) => [
      number,
    ]),
    finds: { phone_type: WORDS },
    calls: [/PhoneNumbers/],
  },
]

/** Operations that were paid for so far, as `vendor/operation`. */
const tried = new Set<string>()

const PAID = PROVIDERS.filter(({ kind }) => kind === 'vendor')

const flow = openDataFlow()

let product: Product | undefined
afterEach(async () => {
  await product?.stop()
  product = undefined
})

test.each(CASES)('$vendor: $title', async ({ vendor, headers, rows, finds, calls, polls, unsure = 0 }) => {
  const provider = PAID.find(({ id }) => id === vendor)!
  const host = provider.hosts[0]!
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
  return journal().flatMap((entry) => (entry.k === 'reserve' && entry.worst > 0 ? entry.questions : []))
}

/** The fields that a vendor told something about. */
function told(vendor: string): ReadonlySet<string> {
  const answers = journal().flatMap((entry) => (entry.k === 'answer' ? [entry.answer] : []))
  const own = answers.filter(({ question }) => operationOf(question).startsWith(`${vendor}/`))
  return new Set(own.flatMap(({ values }) => Object.keys(values ?? {})))
}

/** `vendor/operation` */
function operationOf(question: string): string {
  return question.split('/').slice(1, 3).join('/')
}

/** What the product noted down; it is not yet folded after so few rows. */
function journal(): readonly Entry[] {
  const lines = image(product!.store, '_enrich_journal').flatMap((cells) =>
    cells.flatMap(({ value }) => (typeof value === 'string' ? value.split('\n') : [])),
  )
  return lines.flatMap((line) => (peekLine(line) as Entry | undefined) ?? [])
}

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index)
}
