import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { ZERO_BOUNCE_KEYS } from '../../../workbench/vendors/simulated/zero_bounce'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'api.zerobounce.net'
const BULK = 'bulkapi.zerobounce.net'
const KEY = ZERO_BOUNCE_KEYS.large
const NO_KEY = 'Invalid API key or your account ran out of credits'

let vendors: Vendors
let now = Date.UTC(2026, 4, 1, 10)

beforeAll(async () => {
  vendors = await startVendors({ clock: () => now, slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now = Date.UTC(2026, 4, 1, 10)
  vendors.reset()
})

const get = (path: string): Promise<Reply> => ask(vendors, HOST, `/v2/${path}`)
const validate = (email: string, more = '', key: string = KEY): Promise<Reply> =>
  get(`validate?api_key=${key}&email=${email}${more}`)
const batch = (body: unknown, sent: Sent = {}, host = BULK): Promise<Reply> =>
  ask(vendors, host, '/v2/validatebatch', { body, ...sent })
const items = (count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({ email_address: `ada${i}@everyone.example`, ip_address: '' }))

test('a verdict has the fields and types that are documented, costs one credit and is in the books', async () => {
  const { status, json } = await validate('ada.nowak@everyone.example', '&ip_address=')
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual(
    'address status sub_status free_email did_you_mean account domain domain_age_days smtp_provider mx_found mx_record firstname lastname gender country region city zipcode processed_at'.split(
      ' ',
    ),
  )
  expect(json).toMatchObject({
    address: 'ada.nowak@everyone.example',
    status: 'valid',
    sub_status: '',
    free_email: false,
    account: 'ada.nowak',
    domain: 'everyone.example',
    domain_age_days: expect.stringMatching(/^\d+$/),
    mx_found: 'true',
    firstname: 'Ada',
    lastname: 'Nowak',
    processed_at: '2026-05-01 10:00:00.000',
  })
  expect(vendors.calls()).toMatchObject([
    { operation: 'validate', questions: ['ada.nowak@everyone.example'], credits: 1, status: 200 },
  ])
  expect(JSON.stringify(vendors.calls())).not.toContain(KEY)
})

test.each<[string, string, string | RegExp, number]>([
  ['ada@nobody.example', 'invalid', /^mailbox_/, 1],
  ['ada@catchall.example', 'catch-all', '', 1],
  ['ada@unsure.example', 'unknown', /./, 0],
  ['ada@nullmail.example', 'invalid', 'does_not_accept_mail', 1],
  ['ada@nomail.example', 'invalid', 'no_dns_entries', 1],
  ['ada@nowhere.example', 'invalid', 'no_dns_entries', 1],
  ['ada@throwaway.example', 'do_not_mail', 'disposable', 1],
  ['ada@freemail.example', 'valid', '', 1],
  ['info@everyone.example', 'do_not_mail', 'role_based', 1],
  ['info@catchall.example', 'do_not_mail', 'role_based_catch_all', 1],
  ['ada', 'invalid', 'failed_syntax_check', 1],
  ['ada@hunter.io', 'unknown', 'exception_occurred', 0],
  ['valid@example.com', 'valid', '', 0],
  ['invalid@example.com', 'invalid', 'mailbox_not_found', 0],
  ['disposable@example.com', 'do_not_mail', 'disposable', 0],
  ['toxic@example.com', 'do_not_mail', 'toxic', 0],
  ['donotmail@example.com', 'do_not_mail', 'role_based', 0],
  ['spamtrap@example.com', 'spamtrap', '', 0],
])('%s is %s %s and costs %i', async (email, status, sub, credits) => {
  const { json } = await validate(email)
  expect(json.status).toBe(status)
  expect(json.sub_status).toMatch(typeof sub === 'string' ? new RegExp(`^${sub}$`) : sub)
  expect(json.free_email).toBe(email.endsWith('freemail.example'))
  expect(vendors.charged(HOST)).toBe(credits)
})

test('every region answers', async () => {
  for (const host of ['api-us.zerobounce.net', 'api-eu.zerobounce.net'])
    expect((await ask(vendors, host, `/v2/getcredits?api_key=${KEY}`)).json).toEqual({ Credits: '100000' })
})

test.each<[string, string, number, object]>([
  ['no key', 'validate?email=ada@everyone.example', 200, { error: NO_KEY }],
  ['a wrong key', 'validate?api_key=wrong&email=ada@everyone.example', 200, { error: NO_KEY }],
  ['a wrong key for the balance', 'getcredits?api_key=wrong', 200, { Credits: '-1' }],
  ['no email', `validate?api_key=${KEY}`, 400, { error: expect.any(String) }],
  ['an unknown parameter', `validate?api_key=${KEY}&email=a@b.example&ip=1`, 400, { error: expect.any(String) }],
  ['a parameter twice', `validate?api_key=${KEY}&email=a@b.example&email=c@d.example`, 400, {}],
  ['too short a timeout', `validate?api_key=${KEY}&email=a@b.example&timeout=2`, 400, {}],
  ['too long a timeout', `validate?api_key=${KEY}&email=a@b.example&timeout=61`, 400, {}],
  ['a flag that is none', `validate?api_key=${KEY}&email=a@b.example&verify_plus=1`, 400, {}],
  ['another path', 'sendfile', 404, {}],
])('refuses %s', async (_, path, status, body) => {
  const reply = await get(path)
  expect([reply.status, vendors.charged(HOST)]).toEqual([status, 0])
  expect(reply.json).toMatchObject(body)
  expect(vendors.calls()[0]?.questions).toEqual([])
})

test('refuses another method, and a single check on the batch host', async () => {
  expect((await ask(vendors, HOST, `/v2/getcredits?api_key=${KEY}`, { method: 'POST' })).status).toBe(405)
  expect((await ask(vendors, HOST, '/v2/validatebatch')).status).toBe(405)
  expect((await ask(vendors, BULK, `/v2/getcredits?api_key=${KEY}`)).status).toBe(404)
})

test('a batch answers each address, on either host, and charges each', async () => {
  const body = {
    api_key: KEY,
    email_batch: [
      { email_address: 'ada.nowak@everyone.example', ip_address: '' },
      { email_address: 'ada@unsure.example' },
      { email_address: '' },
    ],
  }
  for (const host of [BULK, HOST]) {
    const { status, json } = await batch(body, {}, host)
    expect(status).toBe(200)
    expect(json.email_batch.map((each: { status: string }) => each.status)).toEqual(['valid', 'unknown'])
    expect(json.errors).toEqual([{ error: expect.any(String), email_address: '' }])
    expect(vendors.charged(host)).toBe(1)
  }
  expect(vendors.calls()[0]).toMatchObject({
    operation: 'validatebatch',
    questions: ['ada.nowak@everyone.example', 'ada@unsure.example'],
  })
})

test.each<[string, unknown, number]>([
  ['101 addresses', { api_key: KEY, email_batch: items(101) }, 400],
  ['no address', { api_key: KEY, email_batch: [] }, 400],
  ['texts', { api_key: KEY, email_batch: ['ada@everyone.example'] }, 400],
  ['an unknown field', { api_key: KEY, email_batch: items(1), activity_data: true }, 400],
  ['too short a timeout', { api_key: KEY, email_batch: items(1), timeout: 3 }, 400],
  ['too long a timeout', { api_key: KEY, email_batch: items(1), timeout: 121 }, 400],
  ['an unknown field of an item', { api_key: KEY, email_batch: [{ email_address: 'a@b.example', id: 1 }] }, 400],
  ['no key', { email_batch: items(1) }, 400],
  ['no JSON', '{', 415],
])('refuses a batch of %s', async (_, body, status) => {
  expect((await batch(body)).status).toBe(status)
})

test('a batch of 100 is taken, one with a wrong key is refused inside 200', async () => {
  expect((await batch({ api_key: KEY, email_batch: items(100) })).json.email_batch).toHaveLength(100)
  const { status, json } = await batch({ api_key: 'wrong', email_batch: items(1) })
  expect([status, json]).toEqual([200, { email_batch: [], errors: [{ error: NO_KEY, email_address: 'all' }] }])
})

test('30 batches over any minute', async () => {
  const body = { api_key: KEY, email_batch: items(1) }
  const statuses: number[] = []
  for (let i = 0; i < 31; i++) statuses.push((await batch(body)).status)
  expect(statuses).toEqual([...Array.from({ length: 30 }, () => 200), 429])
  now += 59_999
  expect((await batch(body)).status).toBe(429)
  now += 60_000
  expect((await batch(body)).status).toBe(200)
})

test('more than 100 bad requests a minute block for an hour', async () => {
  for (let i = 0; i < 101; i++) await get(`validate?api_key=${KEY}`)
  expect((await validate('ada@everyone.example')).status).toBe(403)
  now += 3_599_999
  expect((await validate('ada@everyone.example')).status).toBe(403)
  now += 1
  expect((await validate('ada@everyone.example')).status).toBe(200)
})

test('credits run out, and unknown takes none of them', async () => {
  const key = ZERO_BOUNCE_KEYS.nearlyUsedUp
  const seen: unknown[] = []
  for (const email of ['ada@unsure.example', 'ada@everyone.example', 'bo@everyone.example', 'cy@everyone.example'])
    seen.push((await validate(email, '', key)).json.error)
  expect(seen).toEqual([undefined, undefined, undefined, NO_KEY])
  expect((await get(`getcredits?api_key=${key}`)).json).toEqual({ Credits: '0' })
  expect((await batch({ api_key: key, email_batch: items(1) })).json.errors[0].error).toBe(NO_KEY)
})

test('throttled in its own way; the slow domain takes its time', async () => {
  vendors.weather(HOST, { throttle: 1 })
  expect(await validate('ada@everyone.example')).toMatchObject({ status: 429, json: { error: expect.any(String) } })
  vendors.reset()
  const started = performance.now()
  await validate('ada@slow.example', '&timeout=3')
  expect(performance.now() - started).toBeGreaterThan(50)
})
