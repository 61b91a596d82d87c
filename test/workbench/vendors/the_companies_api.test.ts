import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { THE_COMPANIES_API_KEYS as KEYS } from '../../../workbench/vendors/simulated/the_companies_api'
import { ask, type Reply } from './ask'

const HOST = 'api.thecompaniesapi.com'
const EVERYONE = 'companies/everyone.example'

let vendors: Vendors
let now = 1_000_000

beforeAll(async () => {
  vendors = await startVendors({ clock: () => now, slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now += 3_600_000
  vendors.reset()
})

const basic = (key: string): Record<string, string> => ({ authorization: `Basic ${key}` })
const get = (path: string, headers = basic(KEYS.large)): Promise<Reply> =>
  ask(vendors, HOST, `/v2/${path}`, { headers })

test('a company has the documented fields, costs one and is in the books', async () => {
  const { status, json } = await get(EVERYONE)
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual(
    'id about analytics locations socials technologies domain contacts finances descriptions urls assets codes meta'.split(
      ' ',
    ),
  )
  expect(Object.keys(json.about)).toEqual(
    'name nameLegal nameAlts businessType industry industries totalEmployees totalEmployeesExact yearFounded languages'.split(
      ' ',
    ),
  )
  expect(json).toMatchObject({
    id: expect.stringMatching(/^\d+$/),
    about: { name: 'Everyone', totalEmployees: expect.stringMatching(/^(\d+k?-\d+k?|over-10k)$/) },
    domain: { domain: 'everyone.example' },
    locations: { headquarters: { country: { code: expect.stringMatching(/^[a-z]{2}$/) } } },
    socials: { linkedin: { url: 'https://www.linkedin.com/company/everyone' } },
    meta: { cost: 1, credits: 49_999, freeRequest: false },
  })
  expect(vendors.calls()).toMatchObject([{ operation: 'companies', questions: ['everyone.example'], credits: 1 }])
})

test.each([
  ['companies/by-email?email=somebody@everyone.example'],
  ['companies/by-name?name=Everyone%20Inc'],
  ['companies/by-social?linkedin=https%3A%2F%2Fwww.linkedin.com%2Fcompany%2Feveryone'],
])('the same company at %s', async (path) => {
  expect((await get(path)).json.domain.domain).toBe('everyone.example')
  expect(vendors.calls()).toMatchObject([{ questions: ['everyone.example'], credits: 1 }])
})

test('a search of one company answers with the company or with a list of it', async () => {
  const answers = await Promise.all(
    ['Everyone', 'Catchall', 'Slow', 'Odd', 'Pending'].map((name) => get(`companies/by-name?name=${name}&size=1`)),
  )
  const kinds = answers.map(({ json }) => (json.companies ? 'list' : 'company'))
  expect([...new Set(kinds)].sort()).toEqual(['company', 'list'])
  expect(answers.flatMap(({ json }) => json.companies ?? [json])).toHaveLength(5)
  for (const { json } of answers) expect(json.meta).toMatchObject({ cost: 1 })
  expect(vendors.charged(HOST)).toBe(5)
})

test('the simplified record is reduced and free, also when the credits are used up', async () => {
  const headers = basic(KEYS.nearlyUsedUp)
  const statuses: number[] = []
  for (let i = 0; i < 3; i++) statuses.push((await get(EVERYONE, headers)).status)
  expect(statuses).toEqual([200, 200, 403])
  expect((await get(EVERYONE, headers)).json.messages).toBe('noCreditsRemaining')
  const { status, json } = await get(`${EVERYONE}?simplified=true`, headers)
  expect([status, json.meta]).toMatchObject([200, { cost: 0, credits: 0, freeRequest: true }])
  expect([json.technologies, vendors.charged(HOST)]).toEqual([undefined, 2])
})

test.each([
  ['companies/nobody.example'],
  ['companies/acme.com'],
  ['companies/nowhere.example'],
  ['companies/by-email?email=ada@freemail.example'],
  ['companies/by-name?name=Inc'],
  ['companies/nobody.example?simplified=true'],
])('%s is a miss and free', async (path) => {
  const reply = await get(path)
  expect([reply.status, reply.json, vendors.charged(HOST)]).toEqual([
    404,
    { messages: 'companyNotFound', status: 404, details: null },
    0,
  ])
  expect(vendors.calls()[0]?.questions).toHaveLength(1)
})

test.each([
  ['companies/everyone'],
  ['companies/by-email'],
  ['companies/by-email?email=ada'],
  ['companies/by-name?name='],
  ['companies/by-name?domain=everyone.example'],
  ['companies/by-name?name=Everyone&size=0'],
  ['companies/everyone.example?size=1'],
  ['companies/by-social?linkedin=everyone'],
  ['companies/by-email?email=a@everyone.example&simplified=true'],
  [`${EVERYONE}?simplified=yes`],
  [`${EVERYONE}?simplified=true&simplified=true`],
])('refuses %s', async (path) => {
  const reply = await get(path)
  expect([reply.status, reply.json.messages, reply.json.status]).toEqual([400, 'invalidParameters', 400])
  expect(vendors.charged(HOST)).toBe(0)
})

test.each<[string, Record<string, string>, string, number, string | undefined]>([
  ['as Basic', basic(KEYS.large), '', 200, undefined],
  ['in the query', {}, `?token=${KEYS.large}`, 200, undefined],
  ['nowhere', {}, '', 401, 'missingApiSecret'],
  ['in both places', basic(KEYS.large), `?token=${KEYS.large}`, 401, 'userNotAuthenticated'],
  ['as Bearer', { authorization: `Bearer ${KEYS.large}` }, '', 401, 'invalidApiSecret'],
  ['as base64', basic(Buffer.from(`${KEYS.large}:`).toString('base64')), '', 401, 'tokenNotFound'],
  ['that is unknown', basic('wrong'), '', 401, 'tokenNotFound'],
])('a token %s', async (_, headers, query, status, messages) => {
  const reply = await get(`${EVERYONE}${query}`, headers)
  expect([reply.status, reply.json.messages]).toEqual([status, messages])
  expect(JSON.stringify(vendors.calls())).not.toContain(KEYS.large)
})

test('other paths and methods do not exist, which is no miss', async () => {
  const headers = basic(KEYS.large)
  for (const reply of [
    await get('companies/everyone.example/email-patterns'),
    await get('companies'),
    await ask(vendors, HOST, '/companies/everyone.example', { headers }),
    await ask(vendors, HOST, `/v2/${EVERYONE}`, { headers, method: 'POST' }),
  ])
    expect([reply.status, reply.json.messages]).toEqual([404, 'routeNotFound'])
})

test('50 a second, over any second', async () => {
  const many = async (count: number): Promise<number> => {
    const replies = await Promise.all(Array.from({ length: count }, () => get('companies/nobody.example')))
    return replies.filter(({ status }) => status === 429).length
  }
  expect(await many(50)).toBe(0)
  now += 999
  expect(await many(1)).toBe(1)
  now += 1
  expect(await many(49)).toBe(0)
  vendors.weather(HOST, { throttle: 1 })
  const reply = await get(EVERYONE)
  expect([reply.status, reply.json.messages, reply.headers['retry-after']]).toEqual([429, 'tooManyRequests', undefined])
})

test('the slow domain takes its time', async () => {
  const started = performance.now()
  await get('companies/slow.example')
  expect(performance.now() - started).toBeGreaterThan(50)
})
