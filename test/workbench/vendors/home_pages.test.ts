import type { Vendors } from '../../../workbench/vendors/contract'
import { ALL_HOME_PAGES, NOTABLE_PAGES } from '../../../workbench/vendors/simulated/home_pages'
import { startVendors } from '../../../workbench/vendors/index'
import { ANY_SCRIPT, outcomeOf, owner, startScript } from '../people'
import { ask, type Reply } from './ask'

let vendors: Vendors
beforeAll(async () => {
  vendors = await startVendors({ slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => vendors.reset())

/** The page after its redirects, as a browser would show it. */
const browse = async (host: string, hops = 3): Promise<Reply> => {
  const reply = await ask(vendors, host, '/')
  const { location } = reply.headers
  return typeof location === 'string' && hops > 0 ? browse(new URL(location).host, hops - 1) : reply
}
const blocksOf = ({ text }: Reply): unknown[] =>
  [...text.matchAll(/<script[^>]*ld\+json['"]>([^<]*)<\/script>/g)].map(
    (match) => JSON.parse(match[1] ?? '') as unknown,
  )

test('an organisation says everything that can be read', async () => {
  const reply = await browse(NOTABLE_PAGES.organization)
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(blocksOf(reply)).toEqual([
    expect.objectContaining({
      '@context': 'https://schema.org',
      name: 'Everyone',
      legalName: 'Everyone Inc.',
      url: 'https://everyone.example/',
      email: 'hello@everyone.example',
      sameAs: expect.arrayContaining(['https://www.linkedin.com/company/everyone']),
      foundingDate: expect.stringMatching(/^\d{4}(-\d\d-\d\d)?$/),
      numberOfEmployees: expect.objectContaining({ '@type': 'QuantitativeValue' }),
      address: expect.objectContaining({ addressLocality: expect.any(String) }),
      contactPoint: [expect.objectContaining({ contactType: 'sales' })],
    }),
  ])
  const read = vendors.calls().filter((call) => call.operation === 'home-page')
  expect(read).toMatchObject([{ questions: ['everyone.example'], credits: 0 }])
})

test('a graph, a list after another block, and one that is not JSON', async () => {
  expect(blocksOf(await browse(NOTABLE_PAGES.graph))).toMatchObject([
    { '@graph': [{ '@type': 'WebSite' }, { '@type': 'WebPage' }, { name: 'Graph' }] },
  ])
  expect(blocksOf(await browse(NOTABLE_PAGES.list))).toMatchObject([{ '@type': 'BreadcrumbList' }, [{ name: 'List' }]])
  const illFormed = await browse(NOTABLE_PAGES.ill_formed)
  expect(() => blocksOf(illFormed)).toThrow(SyntaxError)
})

test('social links stand among buttons for sharing', async () => {
  const { text } = await browse(NOTABLE_PAGES.social)
  expect(text).toContain('linkedin.com/company/social')
  expect(text).toContain('linkedin.com/shareArticle')
  expect(text).toContain('twitter.com/intent/tweet')
})

test.each<[keyof typeof NOTABLE_PAGES, number, RegExp]>([
  ['plain', 200, /<h1>Nobody<\/h1>/],
  ['shell', 200, /<div id="root"><\/div>/],
  ['parked', 200, /for sale/],
  ['not_found', 404, /not found/],
  ['guarded', 403, /Just a moment/],
  ['failing', 500, /Internal Server Error/],
  ['garbage', 200, /<script <script /],
])('%s is %i', async (kind, status, text) => {
  const reply = await browse(NOTABLE_PAGES[kind])
  expect(reply.status).toBe(status)
  expect(reply.text).toMatch(text)
})

test('a huge page is huge', async () => {
  expect((await browse(NOTABLE_PAGES.huge)).text.length).toBeGreaterThan(3_000_000)
})

test('one moved to another domain, one leads to itself for ever', async () => {
  await browse(NOTABLE_PAGES.moved)
  expect(vendors.calls().at(-1)?.host).toMatch(/^(www\.)?moved-group\.example$/)
  expect((await browse(NOTABLE_PAGES.loop, 10)).status).toBe(301)
  expect(vendors.calls().flatMap((call) => call.questions)).toEqual(['moved-group.example'])
})

test('every kind and every technology is somebody’s, under either name', async () => {
  const seen = { www: 0, apex: 0, both: 0, generator: 0, social: 0, organization: 0 }
  const generators = new Set<string>()
  for (let i = 0; i < 150; i++) {
    const name = `firma${i}.example`
    if (vendors.resolve(name) === undefined) continue
    const apex = await ask(vendors, name, '/')
    const www = await ask(vendors, `www.${name}`, '/')
    if (apex.headers['location'] === `https://www.${name}/`) seen.www += 1
    else if (www.headers['location'] === `https://${name}/`) seen.apex += 1
    else seen.both += 1
    const { text } = apex.text ? apex : www
    const generator = /<meta name="generator" content="(\w+)/.exec(text)?.[1]
    if (generator !== undefined) generators.add(generator)
    if (text.includes('shareArticle')) seen.social += 1
    if (text.includes('ld+json')) seen.organization += 1
    if (text.includes('cdn.shopify.com')) generators.add('Shopify')
  }
  expect(Math.min(seen.www, seen.apex, seen.both, seen.social, seen.organization)).toBeGreaterThan(10)
  expect(generators).toEqual(new Set(['WordPress', 'Shopify', 'Wix', 'Webflow', 'Drupal', 'Joomla', 'TYPO3']))
})

test.each([
  ['everyone.example', true],
  ['www.everyone.example', true],
  ['EXAMPLE.com', true],
  ['shop.acme.test', true],
  ['nomail.example', false],
  ['nowhere.example', false],
  ['www.nowhere.example', false],
  ['acme.example.co', false],
  ['hunter.io', false],
])('%s has a website: %s', (host, has) => {
  expect(vendors.resolve(host) !== undefined).toBe(has)
})

test.each(Object.values(NOTABLE_PAGES))('%s resolves, so that tests can ask it', (host) => {
  expect(vendors.resolve(host)).toBeDefined()
})

test.each([
  ['another path', '/about', 'GET', 404],
  ['a query', '/?email=ada@everyone.example', 'GET', 400],
  ['POST', '/', 'POST', 405],
])('refuses %s', async (_, path, method, status) => {
  const reply = await ask(vendors, 'everyone.example', path, { method })
  expect([reply.status, vendors.calls()[0]?.questions]).toEqual([status, []])
})

test('weather and scripts for all of them, or for one', async () => {
  vendors.weather(ALL_HOME_PAGES, { throttle: 1 })
  vendors.weather('social.example', { outage: true })
  expect((await ask(vendors, 'everyone.example', '/')).status).toBe(429)
  expect((await ask(vendors, 'social.example', '/')).status).toBe(503)
  vendors.reset()
  vendors.script(ALL_HOME_PAGES, () => ({ status: 418, body: 'tea' }))
  expect((await ask(vendors, 'www.graph.example', '/')).status).toBe(418)
  expect((await ask(vendors, 'api.hunter.io', '/v2/account')).status).toBe(401)
})

test('the slow domain takes its time', async () => {
  const started = performance.now()
  await browse('slow.example')
  expect(performance.now() - started).toBeGreaterThan(50)
})

test('a script reaches them by any name, with redirects followed or shown', async () => {
  const google = await startScript(ANY_SCRIPT, { resolve: (host) => vendors.resolve(host) })
  const run = async (source: string): Promise<unknown> =>
    outcomeOf(await google.execute({ function: 'go', args: [source], user: owner, via: 'menu' }))
  try {
    for (const host of ['everyone.example', 'www.everyone.example'])
      expect(await run(`return /<h1>(.*)<.h1>/.exec(UrlFetchApp.fetch('https://${host}').getContentText())[1]`)).toBe(
        'Everyone',
      )
    expect(
      await run(
        "return UrlFetchApp.fetchAll(['http://graph.example/', 'https://www.list.example']).map((r) => r.getResponseCode())",
      ),
    ).toEqual([200, 200])
    expect(
      await run(
        "return UrlFetchApp.fetch('https://moved.example', { followRedirects: false }).getAllHeaders()['Location'] !== ''",
      ),
    ).toBe(true)
    expect(await run("UrlFetchApp.fetch('https://nowhere.example')")).toMatch(/^Exception: DNS error/)
  } finally {
    await google.stop()
  }
})
