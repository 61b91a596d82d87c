import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { NEVERBOUNCE_KEYS } from '../../../workbench/vendors/simulated/neverbounce'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'api.neverbounce.com'
const KEY = NEVERBOUNCE_KEYS.large
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

let vendors: Vendors
beforeAll(async () => {
  vendors = await startVendors({ slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => vendors.reset())

const call = (path: string, sent: Sent = {}): Promise<Reply> => ask(vendors, HOST, `/v4/${path}`, sent)
const check = (email: string, more = '', key: string = KEY): Promise<Reply> =>
  call(`single/check?key=${key}&email=${email}${more}`)

test('a verdict has the fields that are documented, costs one and is in the books', async () => {
  const { status, json } = await check('Ada.Nowak%2Blist@mail.everyone.example', '&address_info=1&credits_info=1')
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual(
    'status result flags suggested_correction address_info credits_info execution_time'.split(' '),
  )
  expect(json).toMatchObject({
    status: 'success',
    address_info: {
      original_email: 'Ada.Nowak+list@mail.everyone.example',
      normalized_email: 'ada.nowak@mail.everyone.example',
      addr: 'ada.nowak',
      alias: 'list',
      fqdn: 'mail.everyone.example',
      domain: 'everyone',
      subdomain: 'mail',
      tld: 'example',
    },
    credits_info: { paid_credits_used: 1, paid_credits_remaining: 99_999, free_credits_remaining: 0 },
  })
  expect(vendors.calls()).toMatchObject([
    { operation: 'single/check', questions: ['ada.nowak+list@mail.everyone.example'], credits: 1 },
  ])
  expect(JSON.stringify(vendors.calls())).not.toContain(KEY)
})

test('infos stand there only when asked for', async () => {
  const { json } = await check('ada.nowak@everyone.example')
  expect([json.result, json.flags, json.address_info, json.credits_info]).toEqual([
    'valid',
    ['has_dns', 'has_dns_mx', 'smtp_connectable'],
    undefined,
    undefined,
  ])
})

test.each([
  ['ada@nobody.example', 'invalid'],
  ['ada@catchall.example', 'catchall'],
  ['ada@unsure.example', 'unknown'],
  ['ada@throwaway.example', 'disposable'],
  ['ada@freemail.example', 'valid'],
  ['ada@nowhere.example', 'invalid'],
  ['ada', 'invalid'],
  ['ada@hunter.io', 'unknown'],
])('%s is %s', async (email, result) => {
  expect((await check(email)).json.result).toBe(result)
  expect(vendors.charged(HOST)).toBe(1)
})

test.each<[string, Sent]>([
  ['a form', { headers: FORM, body: `key=${KEY}&email=ada.nowak%40everyone.example` }],
  ['JSON', { body: { key: KEY, email: 'ada.nowak@everyone.example', address_info: 0 } }],
])('takes %s', async (_, sent) => {
  expect((await call('single/check', sent)).json).toMatchObject({ status: 'success', result: 'valid' })
})

test.each<[string, string, Sent, string]>([
  ['no key', 'single/check?email=ada@everyone.example', {}, 'auth_failure'],
  ['a wrong key', 'single/check?key=wrong&email=ada@everyone.example', {}, 'auth_failure'],
  ['no email', `single/check?key=${KEY}`, {}, 'general_failure'],
  ['a plus that was not encoded', `single/check?key=${KEY}&email=ada+list@everyone.example`, {}, 'general_failure'],
  ['an unknown parameter', `single/check?key=${KEY}&email=a@b.example&ip=1`, {}, 'general_failure'],
  ['a parameter twice', `single/check?key=${KEY}&email=a@b.example&email=c@d.example`, {}, 'general_failure'],
  ['a flag that is none', `single/check?key=${KEY}&email=a@b.example&address_info=true`, {}, 'general_failure'],
  ['a timeout that is none', `single/check?key=${KEY}&email=a@b.example&timeout=long`, {}, 'general_failure'],
  ['text as body', 'single/check', { body: `key=${KEY}` }, 'general_failure'],
  ['a list in the body', 'single/check', { body: { key: KEY, email: ['a@b.example'] } }, 'general_failure'],
  ['PUT', `account/info?key=${KEY}`, { method: 'PUT' }, 'general_failure'],
  ['another path', `jobs/create?key=${KEY}`, {}, 'general_failure'],
])('refuses %s inside 200', async (_, path, sent, status) => {
  const reply = await call(path, sent)
  expect([reply.status, reply.json.status, typeof reply.json.message]).toEqual([200, status, 'string'])
  expect([vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([0, []])
})

test('credits run out', async () => {
  const key = NEVERBOUNCE_KEYS.nearlyUsedUp
  const seen: unknown[] = []
  for (const name of ['ada', 'bo', 'cy']) seen.push((await check(`${name}@everyone.example`, '', key)).json.status)
  expect(seen).toEqual(['success', 'success', 'general_failure'])
  expect((await call(`account/info?key=${key}`)).json).toMatchObject({
    status: 'success',
    credits_info: { free_credits_used: 2, free_credits_remaining: 0, paid_credits_used: 0, paid_credits_remaining: 0 },
  })
})

test('throttled in its own way; the slow domain takes its time', async () => {
  vendors.weather(HOST, { throttle: 1 })
  expect(await check('ada@everyone.example')).toMatchObject({ status: 200, json: { status: 'throttle_triggered' } })
  vendors.reset()
  const started = performance.now()
  await check('ada@slow.example', '&timeout=3')
  expect(performance.now() - started).toBeGreaterThan(50)
})
