import type { Vendors } from '../../../workbench/vendors/contract'
import { FINDYMAIL_KEYS } from '../../../workbench/vendors/simulated/findymail'
import { startVendors } from '../../../workbench/vendors/index'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'app.findymail.com'
const ADA = { name: 'Ada Nowak', domain: 'everyone.example', webhook_url: null }

let vendors: Vendors
beforeAll(async () => {
  vendors = await startVendors({ slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => vendors.reset())

const bearer = (key: string): { authorization: string } => ({ authorization: `Bearer ${key}` })
const call = (path: string, body?: unknown, key: string = FINDYMAIL_KEYS.large, sent: Sent = {}): Promise<Reply> =>
  ask(vendors, HOST, `/api/${path}`, { body, headers: bearer(key), ...sent })

test('a find has the fields that are documented, costs one credit and is in the books', async () => {
  const { status, json } = await call('search/name', ADA)
  expect([status, json]).toEqual([
    200,
    { contact: { name: 'Ada Nowak', email: 'ada.nowak@everyone.example', domain: 'everyone.example' } },
  ])
  expect(vendors.calls()).toMatchObject([
    { operation: 'search/name', questions: ['ada nowak | everyone.example'], credits: 1 },
  ])
  expect((await call('credits')).json).toEqual({ credits: 99_999, verifier_credits: 50_000 })
})

test.each([
  ['nobody.example', 'Ada Nowak'],
  ['catchall.example', 'Ada Nowak'],
  ['unsure.example', 'Ada Nowak'],
  ['hunter.io', 'Ada Nowak'],
  ['example.org', 'Olga Silent'],
])('a miss at %s is 200 with null, and free', async (domain, name) => {
  const { status, json } = await call('search/name', { name, domain })
  expect([status, json, vendors.charged(HOST)]).toEqual([200, { contact: null }, 0])
})

test('it knows about half of the people, always the same', async () => {
  const found = async (): Promise<string[]> => {
    const emails: string[] = []
    for (let i = 0; i < 100; i++) {
      const { json } = await call('search/name', {
        name: `Ada Nowak${'abcdefghij'[i % 10]}`,
        domain: `firma${i}.example`,
      })
      if (json.contact !== null) emails.push(json.contact.email as string)
    }
    return emails
  }
  const first = await found()
  expect(first.length).toBeGreaterThan(15)
  expect(first.length).toBeLessThan(50)
  expect(await found()).toEqual(first)
})

test.each(['search/linkedin', 'search/business-profile'])('%s finds by profile', async (path) => {
  const domains = new Set<string>()
  for (let i = 0; i < 20; i++) {
    const { status, json } = await call(path, { linkedin_url: `https://www.linkedin.com/in/ada-nowak-${i}/` })
    expect(status).toBe(200)
    if (json.contact !== null) domains.add(json.contact.domain as string)
  }
  expect(domains.size).toBeGreaterThan(2)
  expect(vendors.calls()[0]).toMatchObject({ operation: 'search/linkedin', questions: ['linkedin ada-nowak-0'] })
})

test.each([
  { domain: 'everyone.example' },
  { name: 'Everyone Inc.' },
  { linkedin_url: 'https://www.linkedin.com/company/everyone' },
])('a company by %j', async (body) => {
  expect((await call('search/company', body)).json).toEqual({
    name: 'Everyone',
    domain: 'everyone.example',
    company_size: expect.stringMatching(/^\d+ - \d+$/),
    industry: expect.any(String),
    linkedin_url: 'https://www.linkedin.com/company/everyone',
    description: expect.any(String),
  })
  expect(vendors.charged(HOST)).toBe(1)
})

test('an unknown company is 404 and free', async () => {
  expect((await call('search/company', { domain: 'nobody.example' })).status).toBe(404)
  expect([vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([0, ['nobody.example']])
})

test('a phone costs ten, and nobody in the EU has one', async () => {
  const phones: string[] = []
  for (let i = 0; i < 120; i++) {
    const { json } = await call('search/phone', { linkedin_url: `linkedin.com/in/bo-lind-${i}` })
    expect(json.line_type).toBe(json.phone === null ? null : 'mobile')
    if (json.phone !== null) phones.push(json.phone as string)
  }
  expect(phones.length).toBeGreaterThan(1)
  expect(phones.every((phone) => /^\+(1|44)/.test(phone))).toBe(true)
  expect(vendors.charged(HOST)).toBe(10 * phones.length)
})

test.each([
  ['ada.nowak@everyone.example', true],
  ['ada@nobody.example', false],
  ['ada@catchall.example', false],
  ['ada@hunter.io', false],
])('verifies %s: %s, one verifier credit', async (email, verified) => {
  const { json } = await call('verify', { email })
  expect(json).toMatchObject({ email, verified })
  expect(Object.keys(json)).toEqual(['email', 'verified', 'provider'])
  expect((await call('credits')).json).toEqual({ credits: 100_000, verifier_credits: 49_999 })
})

test.each<[string, string, unknown, Sent, number]>([
  ['no key', 'search/name', ADA, { headers: {} }, 401],
  ['a wrong key', 'search/name', ADA, { headers: bearer('wrong') }, 401],
  ['a bare key', 'search/name', ADA, { headers: { authorization: FINDYMAIL_KEYS.large } }, 401],
  ['a paused subscription', 'search/name', ADA, { headers: bearer(FINDYMAIL_KEYS.paused) }, 423],
  ['GET', 'search/name', undefined, { method: 'GET' }, 405],
  ['POST of the balance', 'credits', {}, {}, 405],
  ['another path', 'search/employees', {}, {}, 404],
  ['a query', 'credits?verbose=1', undefined, {}, 422],
  ['no name', 'search/name', { domain: 'everyone.example' }, {}, 422],
  ['no domain', 'search/name', { name: 'Ada Nowak' }, {}, 422],
  ['an address as domain', 'search/name', { ...ADA, domain: 'https://everyone.example/' }, {}, 422],
  ['an unknown field', 'search/name', { ...ADA, company: 'Everyone' }, {}, 422],
  ['a webhook', 'search/name', { ...ADA, webhook_url: 'https://example.com' }, {}, 422],
  ['a number as name', 'search/name', { ...ADA, name: 1 }, {}, 422],
  ['a list', 'search/name', [ADA], {}, 422],
  ['text', 'search/name', JSON.stringify(ADA), {}, 422],
  ['a company as profile', 'search/linkedin', { linkedin_url: 'https://linkedin.com/company/everyone' }, {}, 422],
  ['two ways to a company', 'search/company', { name: 'Everyone', domain: 'everyone.example' }, {}, 422],
  ['half an email', 'verify', { email: 'ada' }, {}, 422],
])('refuses %s', async (_, path, body, sent, status) => {
  const reply = await call(path, body, undefined, sent)
  expect([reply.status, vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([status, 0, []])
  expect(typeof (reply.json.error ?? reply.json.message)).toBe('string')
})

test('credits run out, each kind by itself', async () => {
  const key = FINDYMAIL_KEYS.nearlyUsedUp
  const statuses: number[] = []
  for (const name of ['Ada Nowak', 'Bo Nowak', 'Cy Nowak'])
    statuses.push((await call('search/name', { ...ADA, name }, key)).status)
  expect(statuses).toEqual([200, 200, 402])
  expect((await call('verify', { email: 'ada@everyone.example' }, key)).status).toBe(200)
  const phone = await call('search/phone', { linkedin_url: 'linkedin.com/in/bo-lind' }, key)
  expect([phone.status, phone.json]).toEqual([402, { error: 'Not enough credits' }])
})

test('throttled in its own way; the slow domain takes its time', async () => {
  vendors.weather(HOST, { throttle: 1 })
  expect(await call('search/name', ADA)).toMatchObject({ status: 429, json: { message: expect.any(String) } })
  vendors.reset()
  const started = performance.now()
  await call('search/name', { name: 'Ada Nowak', domain: 'slow.example' })
  expect(performance.now() - started).toBeGreaterThan(50)
})
