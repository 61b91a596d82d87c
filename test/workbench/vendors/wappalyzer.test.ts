import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { WAPPALYZER_KEYS } from '../../../workbench/vendors/simulated/wappalyzer'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'api.wappalyzer.com'
const EVERYONE = 'https://everyone.example'

let vendors: Vendors
let now = 1_000_000
beforeAll(async () => {
  vendors = await startVendors({ clock: () => now, slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now += 60_000
  vendors.reset()
})

const call = (path: string, key: string = WAPPALYZER_KEYS.large, sent: Sent = {}): Promise<Reply> =>
  ask(vendors, HOST, `/v2/${path}`, { headers: { 'x-api-key': key }, ...sent })
const look = (...urls: string[]): Promise<Reply> => call(`lookup?urls=${urls.map(encodeURIComponent).join(',')}`)

/** A site that has to be crawled first. */
const findCrawled = async (): Promise<string> => {
  for (let i = 0; i < 50; i++) {
    now += 1000
    const url = `https://firma${i}.example`
    if ((await look(url)).json[0].crawl === true) return url
  }
  throw new Error('No site needs a crawl')
}

test('a site has the fields that are documented, costs one credit and is in the books', async () => {
  const { status, json, headers } = await look(EVERYONE)
  expect([status, json.length, json[0].url]).toEqual([200, 1, EVERYONE])
  expect(Object.keys(json[0])).toEqual(['url', 'technologies'])
  for (const technology of json[0].technologies)
    expect(technology).toEqual({
      slug: expect.any(String),
      name: expect.any(String),
      versions: [],
      categories: [{ id: expect.any(Number), slug: expect.any(String), name: expect.any(String) }],
      trafficRank: expect.any(Number),
      confirmedAt: expect.any(Number),
    })
  const spent = json[0].technologies.length > 0 ? 1 : 0
  expect(headers).toMatchObject({
    'wappalyzer-credits-spent': String(spent),
    'wappalyzer-credits-remaining': String(100_000 - spent),
  })
  expect(vendors.calls()).toMatchObject([{ operation: 'lookup', questions: ['everyone.example'], credits: spent }])
  expect((await call('credits/balance')).json).toEqual({ credits: 100_000 - spent })
})

test('a site that has to be crawled is pending for five seconds, and polls ask nothing new', async () => {
  const url = await findCrawled()
  vendors.reset()
  now += 10_000
  expect((await look(url)).json).toEqual([{ url, technologies: [], crawl: true }])
  now += 4999
  expect((await look(url)).json[0].crawl).toBe(true)
  now += 1
  expect((await look(url)).json[0]).not.toHaveProperty('crawl')
  expect(vendors.calls().map((each) => each.questions)).toEqual([[new URL(url).hostname], [], []])
})

test('three shapes in one answer', async () => {
  const url = await findCrawled()
  now += 1000
  const { json } = await look('https://www.everyone.example/', url, 'https://nowhere.example', 'https://hunter.io')
  expect(json.map((each: object) => Object.keys(each).join(' '))).toEqual([
    'url technologies',
    'url technologies crawl',
    'url errors',
    'url errors',
  ])
})

test('it sees what the home page shows', async () => {
  let seen = 0
  for (let i = 0; i < 60; i++) {
    const host = `firma${i}.example`
    if (vendors.resolve(host) === undefined) continue
    now += 1000
    const { technologies } = (await look(`https://${host}`)).json[0]
    const { text } = await ask(vendors, host, '/')
    if (!text.includes('content="WordPress') || technologies.length === 0) continue
    seen += 1
    expect(technologies.map((each: { slug: string }) => each.slug)).toContain('wordpress')
  }
  expect(seen).toBeGreaterThan(0)
})

test.each([
  ['ada.nowak@everyone.example', 'safe'],
  ['ada@catchall.example', 'risky'],
  ['ada@nobody.example', 'invalid'],
  ['ada@unsure.example', 'unknown'],
  ['ada@hunter.io', 'unknown'],
])('%s is %s', async (email, reachable) => {
  expect((await call(`verify?email=${email}`)).json).toEqual({ email, reachable })
})

test.each<[string, string, Sent, number]>([
  ['no key', `lookup?urls=${EVERYONE}`, { headers: {} }, 403],
  ['a wrong key', `lookup?urls=${EVERYONE}`, { headers: { 'x-api-key': 'wrong' } }, 403],
  ['no url', 'lookup', {}, 400],
  ['a bare domain', 'lookup?urls=everyone.example', {}, 400],
  ['11 urls', `lookup?urls=${Array.from({ length: 11 }, (_, i) => `https://a${i}.example`).join(',')}`, {}, 400],
  ['an unknown parameter', `lookup?urls=${EVERYONE}&fast=1`, {}, 400],
  ['a parameter twice', `lookup?urls=${EVERYONE}&urls=${EVERYONE}`, {}, 400],
  ['a flag that is none', `lookup?urls=${EVERYONE}&live=1`, {}, 400],
  ['a callback', `lookup?urls=${EVERYONE}&callback_url=https://example.com`, {}, 400],
  ['half an email', 'verify?email=ada', {}, 400],
  ['POST', `lookup?urls=${EVERYONE}`, { method: 'POST' }, 405],
  ['another path', 'lists', {}, 404],
])('refuses %s', async (_, path, sent, status) => {
  const reply = await call(path, undefined, sent)
  expect([reply.status, reply.json]).toEqual([status, { message: expect.any(String) }])
  expect([vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([0, []])
})

test('ten urls at once, and known flags', async () => {
  const ten = Array.from({ length: 10 }, (_, i) => `https://a${i}.example`).join(',')
  expect((await call(`lookup?urls=${ten}&live=false&recursive=false&sets=all`)).json).toHaveLength(10)
})

test('10 over any second', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 11; i++) statuses.push((await call('credits/balance')).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
  now += 1000
  expect((await call('credits/balance')).status).toBe(200)
})

test('credits run out with 403', async () => {
  const key = WAPPALYZER_KEYS.nearlyUsedUp
  const statuses: number[] = []
  for (let i = 0; i < 3; i++) statuses.push((await call(`verify?email=ada${i}@everyone.example`, key)).status)
  expect(statuses).toEqual([200, 200, 403])
  expect((await call(`lookup?urls=${EVERYONE}`, key)).status).toBe(403)
})

test('throttled in its own way; the slow domain takes its time', async () => {
  vendors.weather(HOST, { throttle: 1 })
  expect((await look(EVERYONE)).status).toBe(429)
  vendors.reset()
  const started = performance.now()
  await look('https://slow.example')
  expect(performance.now() - started).toBeGreaterThan(50)
})
