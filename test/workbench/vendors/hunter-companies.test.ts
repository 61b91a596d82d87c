import type { Vendors } from '../../../workbench/vendors/contract'
import { HUNTER_KEYS } from '../../../workbench/vendors/simulated/hunter'
import { startVendors } from '../../../workbench/vendors/index'
import { ask, type Reply } from './ask'

const HOST = 'api.hunter.io'
const KNOWN = 'domain=everyone.example'

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

const find = (query: string, key: string = HUNTER_KEYS.large): Promise<Reply> =>
  ask(vendors, HOST, `/v2/companies/find?${query}`, { headers: { 'x-api-key': key } })

test('a company has the fields that are documented and costs one credit', async () => {
  const { status, json } = await find(KNOWN)
  expect(status).toBe(200)
  expect(Object.keys(json.data)).toEqual(
    'id name legalName domain category tags description foundedYear location logo linkedin type company_type metrics tech fundingRounds'.split(
      ' ',
    ),
  )
  expect(json).toMatchObject({
    data: {
      name: 'Everyone',
      domain: 'everyone.example',
      logo: 'https://logos.hunter.io/everyone.example',
      linkedin: { handle: 'company/everyone' },
      metrics: { employees: expect.stringMatching(/^\d+K?-\d+K?$/), trafficRank: null },
    },
    meta: { params: { domain: 'everyone.example' } },
  })
  expect(vendors.calls()).toMatchObject([
    { operation: 'companies/find', questions: ['everyone.example'], credits: 1, status: 200 },
  ])
})

test.each<[string, number, string]>([
  ['domain=nobody.example', 404, 'not_found'],
  ['domain=acme.com', 404, 'not_found'],
  ['domain=nowhere.example', 404, 'not_found'],
  ['', 400, 'wrong_params'],
  ['domain=https://everyone.example', 400, 'invalid_domain'],
  ['domain=everyone', 400, 'invalid_domain'],
  [`${KNOWN}&company=Everyone`, 400, 'wrong_params'],
  [`${KNOWN}&domain=example.com`, 400, 'wrong_params'],
])('%s is %i %s and free', async (query, status, id) => {
  const reply = await find(query)
  expect([reply.status, reply.json.errors[0].id, vendors.charged(HOST)]).toEqual([status, id, 0])
})

test('15 a second, then 403', async () => {
  const replies = await Promise.all(Array.from({ length: 16 }, () => find(KNOWN)))
  expect(replies.filter(({ status }) => status === 403)).toHaveLength(1)
})

test('shares the credits of the finder; the test key has no company', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 3; i++) statuses.push((await find(KNOWN, HUNTER_KEYS.nearlyUsedUp)).status)
  expect(statuses).toEqual([200, 200, 429])
  expect((await find(KNOWN, HUNTER_KEYS.test)).status).toBe(401)
})

test('the slow domain takes its time', async () => {
  const started = performance.now()
  await find('domain=slow.example')
  expect(performance.now() - started).toBeGreaterThan(50)
})
