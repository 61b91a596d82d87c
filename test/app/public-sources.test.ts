import type { Product } from './product'
import { OWNER, shown, startProduct, useHunter } from './product'

const REGISTER = 'recherche-entreprises.api.gouv.fr'
const GLEIF = 'api.gleif.org'
const HEADERS = ['Company', 'Company domain', 'Legal name', 'Registration number', 'Company description']
const COMPANIES = [
  ['Everyone', 'everyone.example', '', '', ''],
  ['Everyone', 'everyone.example', '', '', ''],
  ['Nowhere', 'nowhere.example', '', '', ''],
]

let product: Product
const start = async (rows: readonly (readonly string[])[] = COMPANIES) => {
  product = await startProduct({ rows: [HEADERS, ...rows] })
  await product.call('setEnvironment', 'production')
}
const asked = (host: string) => product.vendors.calls().filter((call) => call.host === host).length
const ticked = async () => (await product.call('settings')).publicSources.filter((source) => source.ticked)
afterEach(() => product.stop())

test('by default only DNS and home pages are asked, each domain once', async () => {
  await start()
  const { publicSources, vendors } = await product.call('settings')
  expect(publicSources).toEqual([
    { id: 'recherche_entreprises', name: expect.any(String), about: expect.stringMatching(/\.$/), ticked: false },
    { id: 'gleif', name: expect.any(String), about: expect.stringMatching(/\.$/), ticked: false },
  ])
  expect(vendors.map(({ id }) => id)).not.toContain('gleif')
  const overview = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
  expect(overview.choices.map(({ field }) => field)).not.toContain('registration_number')

  const run = await product.enrich({ wanted: ['legal_name', 'company_description'] })
  expect(run).toMatchObject({ state: 'done', problem: null })
  expect([asked(REGISTER), asked(GLEIF)]).toEqual([0, 0])
  expect(asked('everyone.example') + asked('www.everyone.example')).toBeLessThanOrEqual(2)
  expect(shown(product.store)[1]![4]).not.toBe('')
})

test('a ticked source is asked, until it is unticked', async () => {
  await start([
    ['Everyone', '', '', '', ''],
    ['Catchall', '', '', '', ''],
  ])
  await product.call('saveSources', ['gleif'])
  expect(await ticked()).toMatchObject([{ id: 'gleif' }])
  await product.enrich({ wanted: ['legal_name'] })
  expect([asked(REGISTER), asked(GLEIF) > 0]).toEqual([0, true])
  expect(shown(product.store)[1]![2]).toMatch(/^EVERYONE/)

  await product.call('saveSources', [])
  expect(await ticked()).toEqual([])
  product.vendors.reset()
  await expect(product.enrich({ wanted: ['legal_name', 'hq_city'] })).rejects.toThrow('can be enriched')
  expect(asked(GLEIF)).toBe(0)
})

test('what has no box cannot be ticked, and what is no source is refused', async () => {
  await start()
  await product.call('saveSources', ['dns', 'hunter', 'recherche_entreprises'])
  expect(await ticked()).toMatchObject([{ id: 'recherche_entreprises' }])
  await expect(product.call('saveSources', ['nobody'])).rejects.toThrow('There is no vendor "nobody"')
})

test('settings that were saved before there were sources have none ticked', async () => {
  await start()
  const before = product.emulator.properties('document')['settings']!
  const { publicSources: _none, ...old } = JSON.parse(before) as { readonly [name: string]: unknown }
  const snapshot = JSON.stringify(product.emulator.snapshot())
  const text = (value: unknown) => JSON.stringify(JSON.stringify(value)).slice(1, -1)
  expect(snapshot).toContain(text(JSON.parse(before)))
  product.emulator.restore(JSON.parse(snapshot.replace(text(JSON.parse(before)), text(old))))
  expect(product.emulator.properties('document')['settings']).toBe(JSON.stringify(old))
  expect((await product.call('settings')).environment).toBe('production')
  expect(await ticked()).toEqual([])
})

test('dead sites hold up nobody, and are asked twice at most', async () => {
  const dead = Array.from({ length: 15 }, (_, index) => [`Dead${index}`, `dead${index}.nowhere.example`, '', '', ''])
  await start([...dead, COMPANIES[0]!])
  for (let index = 0; index < 15; index++) product.vendors.weather(`dead${index}.nowhere.example`, { dead: true })
  const run = await product.enrich({ wanted: ['company_description'] })
  expect(run).toMatchObject({ state: 'done', problem: null, cellsWritten: 1 })
  expect(run.vendors.map(({ trouble }) => trouble)).toEqual([null])
  expect(run.endedAt! - run.startedAt).toBeLessThan(60_000)
})

test('when half of the requests of a day are used, public sources are left out and the receipt says so', async () => {
  await start()
  await useHunter(product)
  const request = {
    scope: 'all',
    wanted: ['company_description', 'legal_name'],
    mapping: {},
    purpose: 'Learn about them',
    cap: 100,
  } as const
  const hosts = async () => (await product.call('receipt', request)).lines.map(({ provider }) => provider)
  expect(await hosts()).toContain('home_page')
  const usage = product.emulator.properties({ user: OWNER.id })['usage']!
  const [since, , ...rest] = usage.split(',')
  const snapshot = JSON.stringify(product.emulator.snapshot()).replace(usage, [since, 10_000, ...rest].join(','))
  product.emulator.restore(JSON.parse(snapshot))
  expect(await hosts()).not.toContain('home_page')
  const receipt = await product.call('receipt', request)
  expect(receipt.remarks.join(' ')).toContain('public sources such as home pages are left out')
  product.vendors.reset()
  await product.finish(await product.call('startRun', receipt.id))
  expect(asked('everyone.example') + asked('www.everyone.example')).toBe(0)
  expect(asked('api.hunter.io')).toBeGreaterThan(0)
})
