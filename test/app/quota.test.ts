import { allowedADay, countUsage, dayEnds, loadUsage, saveAccount, usedUp } from '../../src/app/quota'
import type { Host } from '../../src/app/host'
import type { Product } from './product'
import { COLLEAGUE, OWNER, startProduct, useHunter } from './product'
import { HUNTER, tabOf } from './story'

const HOUR = 3_600_000
const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => [`Ada${index}`, 'Nowak', 'everyone.example', ''])

let product: Product | undefined
afterEach(async () => {
  await product?.stop()
  product = undefined
})

function countingHost(): { readonly host: Host; readonly pass: (ms: number) => void } {
  const kept = new Map<string, string>()
  let now = 1_000_000
  const user = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string | undefined) =>
      void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    peek: (key: string) => kept.get(key),
    peekKeys: () => [...kept.keys()],
  }
  const host = { user, now: () => now, takePropertyOperations: () => 3 } as unknown as Host
  return { host, pass: (ms) => (now += ms) }
}

describe("a day of Google's", () => {
  it('begins with the first use, lasts 24 hours and counts everything', () => {
    const { host, pass } = countingHost()
    countUsage(host, { fetches: 30 })
    pass(23 * HOUR)
    expect(countUsage(host, { fetches: 12, triggers: 500 })).toEqual({
      since: 1_000_000,
      fetches: 42,
      properties: 8,
      triggers: 500,
    })
    pass(HOUR)
    expect(loadUsage(host)).toEqual({ since: host.now(), fetches: 0, properties: 0, triggers: 0 })
  })

  it.each(['', 'x', 'x,2', '99999999999,1,1,1', '1000000,NaN,1,1'])(
    'counts anew after an unreadable note: %j',
    (text) => {
      const { host } = countingHost()
      host.user.set('usage', text)
      expect(loadUsage(host)).toEqual({ since: host.now(), fetches: 0, properties: 0, triggers: 0 })
    },
  )

  it.each([
    ['personal', { fetches: 18_959 }, undefined],
    ['personal', { fetches: 18_961 }, 'fetches'],
    ['workspace', { fetches: 18_961 }, undefined],
    ['workspace', { fetches: 94_961 }, 'fetches'],
    ['personal', { properties: 47_400 }, 'properties'],
  ] as const)('%s account, %j used', (account, used, quota) => {
    const usage = { since: 5, fetches: 0, properties: 0, triggers: 0, ...used }
    const empty = usedUp(account, usage, { fetches: 40, properties: 200 })
    expect(empty).toEqual(quota && { quota, until: dayEnds(usage) })
  })

  it('is five times as long for a Workspace account', () => {
    const { host } = countingHost()
    saveAccount(host, 'workspace')
    expect(allowedADay('workspace', 'fetches')).toBe(5 * allowedADay('personal', 'fetches'))
  })
})

async function start(rows: number, options: Parameters<typeof startProduct>[0]['options'] = {}) {
  const started = await startProduct({ rows: [HEADERS, ...people(rows)], options })
  product = started
  await useHunter(started)
  const receipt = await started.call('receipt', {
    scope: 'all',
    wanted: ['email'],
    mapping: {},
    purpose: 'Invite them',
    cap: 100,
  })
  return { product: started, id: (await started.call('startRun', receipt.id)).id }
}

/** Writes what was used today as an earlier execution would have. */
function use(started: Product, usage: { readonly fetches: number }): void {
  const now = started.emulator.now()
  const snapshot = JSON.stringify(started.emulator.snapshot())
  const properties = started.emulator.properties({ user: OWNER.id })
  const before = JSON.stringify(properties['usage'])
  const after = JSON.stringify(`${now - HOUR},${usage.fetches},0,0`)
  started.emulator.restore(JSON.parse(snapshot.replace(before, after)))
}

test("a run that comes close to the day's requests rests, says until when, and goes on by itself", async () => {
  const { product, id } = await start(12)
  use(product, { fetches: 18_970 })

  const resting = await product.call('continueRun', id)

  expect(resting).toMatchObject({ state: 'running', problem: null })
  expect(resting.rest).toMatchObject({
    until: expect.any(Number),
    message: expect.stringContaining('requests you may send in a day'),
  })
  expect(resting.rest!.until).toBeGreaterThan(product.emulator.now() + 22 * HOUR)
  const calls = product.vendors.calls().length
  await product.emulator.advance(20 * HOUR)
  expect(product.vendors.calls()).toHaveLength(calls)

  await product.emulator.advance(5 * HOUR)

  expect(await product.call('runStatus', id)).toMatchObject({ state: 'done', cellsWritten: 12, rest: null })
})

test('a person with a Workspace account says so and goes on', async () => {
  const { product, id } = await start(5)
  use(product, { fetches: 18_970 })
  expect((await product.call('continueRun', id)).rest).not.toBeNull()

  const settings = await product.call('saveAccount', 'workspace')
  expect(settings.google).toMatchObject({ account: 'workspace', fetches: { perDay: 100_000 } })
  const resumed = await product.call('resumeRun', id)

  expect(resumed.rest).toBeNull()
  expect(await product.finish(resumed)).toMatchObject({ state: 'done', cellsWritten: 5 })
})

test.each([
  ['a run whose answers are all known', { environment: 'production' as const }],
  ['training', { environment: 'training' as const }],
])('%s needs nothing of the quota and does not rest', async (_, { environment }) => {
  const { product, id } = await start(2)
  const before = await product.finish(await product.call('runStatus', id))
  expect(before.state).toBe('done')
  await product.call('setEnvironment', environment)
  use(product, { fetches: 18_970 })
  const tab = tabOf(product.store)
  product.store.write(tab.id, { row: 1, column: 3, rows: 2, columns: 1 }, [[{ value: null }], [{ value: null }]])
  expect(await product.enrich({})).toMatchObject({ state: 'done', rest: null })
})

test('a vendor that asks for an hour is waited for without a slice, at a small cost', async () => {
  const { product, id } = await start(5)
  product.vendors.script(HUNTER, (path) =>
    path.includes('finder') ? { status: 403, body: '{}', headers: { 'Retry-After': '3600' } } : undefined,
  )
  const spent = () => product.emulator.quotas(OWNER).find(({ name }) => name === 'properties')!.used
  const before = spent()
  const view = await product.call('continueRun', id)
  expect(view.rest?.message).toBe('The vendors that are left asked us to wait.')
  expect(view.rest!.until).toBeGreaterThan(product.emulator.now() + 0.9 * HOUR)
  expect(spent() - before).toBeLessThan(300)
  product.vendors.script(HUNTER, () => undefined)
  await product.emulator.advance(2 * HOUR)
  expect(await product.call('runStatus', id)).toMatchObject({ state: 'done', cellsWritten: 5 })
})

test('Google is out of reach only when neither of two services answers', async () => {
  const { product, id } = await start(5)
  product.vendors.weather('dns.google', { dead: true })
  product.vendors.weather(HUNTER, { dead: true })
  for (let slices = 0; slices < 8; slices++) {
    const view = await product.call('continueRun', id)
    expect(view.rest?.message ?? '').not.toMatch(/internet/)
    if (view.rest) await product.emulator.advance(view.rest.until - product.emulator.now() + 1)
  }
})

test('the receipt says when the requests that are left today may not be enough', async () => {
  const { product, id } = await start(60)
  await product.call('stopRun', id)
  const receipt = () =>
    product.call('receipt', { scope: 'all', wanted: ['email'], mapping: {}, purpose: 'A demo', cap: 100 })
  const few = /^Google lets you send [0-9,]+ more requests today/
  expect((await receipt()).remarks).not.toContainEqual(expect.stringMatching(few))
  use(product, { fetches: 18_930 })
  const made = await receipt()
  expect(made.fetches.left).toBeLessThanOrEqual(30)
  expect(made.remarks).toContainEqual(expect.stringMatching(few))
})

test('testing a key is counted', async () => {
  const { product } = await start(1)
  const used = async () => (await product.call('settings')).google.fetches.used
  const before = await used()
  await product.call('testKey', { vendor: 'hunter', environment: 'production' })
  expect(await used()).toBe(before + 1)
})

test('a resting run can be stopped at once, and its file is free for another', async () => {
  const { product, id } = await start(5)
  use(product, { fetches: 18_970 })
  await product.call('continueRun', id)
  expect(await product.callAs(COLLEAGUE, 'stopRun', id)).toMatchObject({ state: 'stopped', rest: null })
})

test("when Google refuses every request, nobody's key or vendor is blamed: the run rests for an hour and goes on", async () => {
  const { product, id } = await start(100, { allowances: { urlfetch: 45 } })

  let view = await product.call('continueRun', id)
  for (let slices = 0; !view.rest && slices < 20; slices++) view = await product.call('continueRun', id)

  expect(view).toMatchObject({ state: 'running', problem: null })
  expect(view.rest!.message).toMatch(/^Nothing gets out to the internet/)
  expect(view.rest!.until).toBeLessThanOrEqual(product.emulator.now() + HOUR)
  // One wave of Hunter's 15 a second was lost, and no second one.
  expect(view.credits).toMatchObject({ spent: 30, maybe: 15 })

  await product.emulator.advance(80 * HOUR)

  const last = await product.call('runStatus', id)
  expect(last).toMatchObject({ state: 'done', rows: { done: 100 }, retryable: 0 })
  expect(last.credits.maybe).toBeLessThanOrEqual(60)
  expect(last.credits.spent + last.credits.maybe).toBeLessThanOrEqual(100)
})

test("a trigger does not begin a turn that Google would end for the day's quota", async () => {
  const { product, id } = await start(5)
  const now = product.emulator.now()
  const snapshot = JSON.stringify(product.emulator.snapshot())
  const before = JSON.stringify(product.emulator.properties({ user: OWNER.id })['usage'])
  const spent = JSON.stringify(`${now},0,0,${82 * 60_000}`)
  product.emulator.restore(JSON.parse(snapshot.replace(before, spent)))

  await product.emulator.advance(3 * HOUR)
  expect(await product.call('runStatus', id)).toMatchObject({ state: 'running', cellsWritten: 0 })

  await product.emulator.advance(24 * HOUR)
  expect(await product.call('runStatus', id)).toMatchObject({ state: 'done', cellsWritten: 5 })
})
