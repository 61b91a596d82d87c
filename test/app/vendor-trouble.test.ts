import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import type { Reply } from './story'
import { begin, crowd, finderReply, finds, HUNTER, journal, REQUEST, rowsOfSummary, scriptFinder, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const names = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve']
const PEOPLE = names.map((name) => [name, 'Nowak', 'everyone.example', ''])

let product: Product
const start = async (rows: readonly (readonly string[])[] = PEOPLE) => {
  product = await startProduct({ rows: [HEADERS, ...rows] })
  await useHunter(product)
}
const emails = () =>
  shown(product.store)
    .slice(1)
    .map((row) => row[3] ?? '')
afterEach(() => product.stop())

const OUTAGES: readonly (readonly [string, Reply])[] = [
  ['an HTML page', { status: 200, body: '<!doctype html><title>Maintenance</title>' }],
  ['a redirect to another host', { status: 302, body: '', headers: { location: 'https://dns.google/steal' } }],
  ['a failure of its own', { status: 500, body: 'oops' }],
]

const UNREADABLE: readonly (readonly [string, Reply])[] = [
  ['nothing', { status: 200, body: '' }],
  ['truncated JSON', { status: 200, body: finderReply({}).body.slice(0, 80) }],
  ['JSON of the wrong shape', { status: 200, body: '{"data":[1,2,3]}' }],
  ['JSON that is null', { status: 200, body: 'null' }],
  ['an email that is a number', { status: 200, body: '{"data":{"email":5}}' }],
  ['six million characters', { status: 200, body: JSON.stringify({ data: { email: 'x'.repeat(6_000_000) } }) }],
  ['JSON nested 100,000 deep', { status: 200, body: '['.repeat(100_000) }],
]

describe.each([
  ...OUTAGES.map(([name, reply]) => ({ name, reply, asked: 4, spent: 0 })),
  // It answered, so it may have charged: counted, and not asked again in the same run.
  ...UNREADABLE.map(([name, reply]) => ({ name, reply, asked: 1, spent: 1 })),
])('a vendor that answers $name', ({ reply, asked, spent }) => {
  test(`is asked ${asked} times, counts ${spent} credits, and nothing is written or remembered as a miss`, async () => {
    await start(PEOPLE.slice(0, 1))
    scriptFinder(product, () => reply)
    const run = await product.enrich({})
    expect(run).toMatchObject({ state: 'done', credits: { spent, maybe: 0 }, cellsWritten: 0 })
    expect(run.fields[0]!.leftAlone).toEqual([{ status: 'vendor_trouble', why: 'A vendor did not answer', count: 1 }])
    expect(emails()).toEqual([''])
    expect(finds(product).length).toBe(asked)
    expect(product.vendors.calls().some((call) => call.host === 'dns.google')).toBe(false)

    product.vendors.script(HUNTER, undefined)
    await product.enrich({})
    expect(emails()).toEqual([expect.stringContaining('@everyone.example')])
  })
})

test('a single outage is asked again and the run gets everything', async () => {
  await start()
  let calls = 0
  scriptFinder(product, () => (++calls === 2 ? { status: 200, body: '<html>' } : undefined))
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', cellsWritten: 5, credits: { spent: 5, maybe: 0 } })
  expect(product.vendors.charged(HUNTER)).toBe(5)
})

test('a refused key pauses the run with the name of the vendor and the next step, and nothing is paid', async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  await product.call('saveKey', {
    vendor: 'hunter',
    environment: 'production',
    place: 'personal',
    key: 'wrong-key-of-somebody',
  })
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'paused', cellsWritten: 0, credits: { spent: 0, maybe: 0 } })
  expect(run.vendors.find((vendor) => vendor.name === 'Hunter')!.trouble).toBe(
    'Hunter refused the key. Open Vendors and paste it again.',
  )
  expect(finds(product)).toEqual([])
  expect(rowsOfSummary(run.fields[0]!)).toBe(5)
})

test('a key that is withdrawn in the middle of a run stops that vendor at once', async () => {
  await start()
  const refusal = { status: 401, body: '{"errors":[{"id":"authentication_failed","code":401}]}' }
  scriptFinder(product, () => refusal)
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'paused', cellsWritten: 0, credits: { spent: 0, maybe: 0 } })
  expect(run.vendors[0]!.trouble).toContain('Hunter refused the key')
  expect(finds(product).length).toBe(5)
  expect(rowsOfSummary(run.fields[0]!)).toBe(5)
})

test('credits that run out keep what was found and say what to do', async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  const key = 'simulated-hunter-key-nearly-used-up'
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'personal', key })
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'paused', cellsWritten: 2, credits: { spent: 2, maybe: 0 } })
  expect(run.vendors[0]!.trouble).toBe(
    'Hunter says its credits are used up. Top up there, or go on with other vendors.',
  )
  expect(emails().filter((email) => email !== '').length).toBe(2)
  expect(product.vendors.charged(HUNTER)).toBe(2)
  expect(rowsOfSummary(run.fields[0]!)).toBe(5)
})

test('throttling slows a run down and loses nothing', async () => {
  await start()
  product.vendors.weather(HUNTER, { throttle: 0.5 })
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', cellsWritten: 5, credits: { spent: 5, maybe: 0 } })
  expect(product.vendors.charged(HUNTER)).toBe(5)
})

test('an outage is waited for, and the run goes on when the vendor is back', async () => {
  await start()
  product.vendors.weather(HUNTER, { outage: true })
  const receipt = await product.call('receipt', {
    scope: 'all',
    wanted: ['email'],
    mapping: {},
    purpose: 'Invite them to a product demo',
    cap: 100,
  })
  let run = await product.call('startRun', receipt.id)
  run = await product.call('continueRun', run.id)
  expect(run).toMatchObject({ state: 'running', cellsWritten: 0, credits: { spent: 0, maybe: 0 } })
  expect(run.vendors[0]!.trouble).toMatch(/^resting for \d+ s$/)
  expect(finds(product)).toEqual([])
  product.vendors.weather(HUNTER, { outage: false })
  run = await product.finish(run)
  expect(run).toMatchObject({ state: 'done', cellsWritten: 5, credits: { spent: 5, maybe: 0 } })
})

test('a vendor that stays away is given up with words, and nothing paid was ever sent', async () => {
  await start()
  product.vendors.weather(HUNTER, { outage: true })
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', cellsWritten: 0, credits: { spent: 0, maybe: 0 } })
  expect(run.vendors[0]!.trouble).toBe('Hunter did not answer for several minutes. Try again later.')
  expect(finds(product)).toEqual([])
  expect(rowsOfSummary(run.fields[0]!)).toBe(5)
})

test('a connection that is dead from the start costs nothing, because only the free call is tried', async () => {
  await start()
  product.vendors.weather(HUNTER, { dead: true })
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', credits: { spent: 0, maybe: 0 } })
  expect(finds(product)).toEqual([])
  product.vendors.weather(HUNTER, { dead: false })
  expect(await product.enrich({})).toMatchObject({ cellsWritten: 5 })
})

test('a paid wave that is lost is counted as perhaps charged, said so, and never sent again', async () => {
  await start()
  const off = product.vendors.onCall((call) => {
    if (call.path.includes('account')) product.vendors.weather(HUNTER, { dead: true })
  })
  const run = await product.enrich({})
  off()
  expect(run).toMatchObject({ state: 'done', cellsWritten: 0, credits: { spent: 0, maybe: 5 } })
  expect(run.fields[0]!.leftAlone).toEqual([
    { status: 'maybe_charged', why: 'An answer was lost on the way and may have been charged', count: 5 },
  ])
  const asked = finds(product)
  expect(new Set(asked).size).toBe(asked.length)

  product.vendors.weather(HUNTER, { dead: false })
  const again = await product.enrich({})
  expect(again).toMatchObject({ state: 'done', cellsWritten: 0, credits: { spent: 0, maybe: 0 } })
  expect(finds(product)).toEqual(asked)
})

test('after a lost wave nobody is paid before a free call went through: one wave is lost, not all', async () => {
  const many = Array.from({ length: 60 }, (_, row) => [`Ada${row}`, 'Nowak', 'everyone.example', ''])
  product = await startProduct({ rows: [HEADERS, ...many] })
  await useHunter(product)
  const off = product.vendors.onCall((call) => {
    if (call.path.includes('account')) product.vendors.weather(HUNTER, { dead: true })
  })
  const receipt = await product.call('receipt', {
    scope: 'all',
    wanted: ['email'],
    mapping: {},
    purpose: 'Invite them',
    cap: 100,
  })
  const run = await product.call('continueRun', (await product.call('startRun', receipt.id)).id)
  off()
  expect(run.credits.maybe).toBeGreaterThan(0)
  // Hunter's finder takes 15 calls a second: that is the first wave.
  expect(run.credits.maybe).toBeLessThanOrEqual(15)
})

test('a vendor that cannot be asked anything for free and is dead takes no answer of another with it', async () => {
  await start()
  const [vendor, host] = ['the_companies_api', 'api.thecompaniesapi.com'] as const
  const key = product.vendors.keys[host]!
  await product.call('saveKey', { vendor, environment: 'production', place: 'personal', key })
  product.vendors.weather(host, { dead: true })
  const run = await product.enrich({ wanted: ['email', 'stock_ticker'] })
  expect(run).toMatchObject({ state: 'done', cellsWritten: 5, credits: { spent: 5 } })
  expect(new Set(finds(product)).size).toBe(5)
})

test('somebody who objected at a vendor is put on the suppression list and not asked about again', async () => {
  const headers = ['First name', 'Last name', 'Website', 'LinkedIn', 'Email']
  const olga = ['Olga', 'Silent', 'example.org', 'https://www.linkedin.com/in/olga-silent', '']
  product = await startProduct({ rows: [headers, olga, ['Ada', 'Nowak', 'everyone.example', '', '']] })
  await useHunter(product)
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', cellsWritten: 1 })
  expect(run.fields[0]!.leftAlone).toEqual([
    { status: 'objected', why: 'The person asked not to be looked up', count: 1 },
  ])
  expect((await product.call('settings')).suppressed).toBe(2)

  product.vendors.reset()
  const tab = tabOf(product.store)
  product.store.write(tab.id, { row: 1, column: 2, rows: 1, columns: 1 }, [[{ value: 'example.com' }]])
  const receipt = await product.call('receipt', {
    scope: 'all',
    wanted: ['email'],
    mapping: {},
    purpose: 'Invite them to a product demo',
    cap: 100,
  })
  expect(receipt.rows).toMatchObject({ suppressed: 1, filled: 1 })
  expect(product.vendors.calls()).toEqual([])
})

test('somebody who is known again by the answer alone is left out, with all that was found about them', async () => {
  await start(PEOPLE.slice(0, 2))
  scriptFinder(product, (path) =>
    finderReply({ email: path.includes('Ada') ? 'ada@elsewhere.example' : 'bob@elsewhere.example', position: 'CTO' }),
  )
  await product.call('addSuppressed', 'ada@elsewhere.example')
  const run = await product.enrich({ wanted: ['email', 'job_title'] })
  expect(run).toMatchObject({ state: 'done', cellsWritten: 2 })
  expect(emails()).toEqual(['', 'bob@elsewhere.example'])
  expect(run.fields.map(({ leftAlone }) => leftAlone[0])).toEqual(
    ['email', 'job_title'].map(() => ({ status: 'objected', why: 'The person asked not to be looked up', count: 1 })),
  )
})

test('somebody whose objection was on record when the run was killed is put on the list by the run that goes on', async () => {
  const olga = ['Olga', 'Silent', 'example.org', '']
  await start([olga])
  const { calls } = await product.execute('continueRun', (await begin(product)).id)
  const asked = calls.lastIndexOf('UrlFetchApp.fetchAll') + 1
  const seen: number[] = []
  for (const atCall of [1, 6, 20].map((later) => asked + later)) {
    await product.stop()
    await start([olga])
    const run = await begin(product)
    product.emulator.script([{ kind: 'kill', atCall, overall: true }])
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    product.emulator.script([])
    const before = (await product.call('settings')).suppressed
    await product.emulator.advance(61_000)
    const { credits } = await product.finish(await product.call('runStatus', run.id))
    const onList = (await product.call('settings')).suppressed
    // An answer that was lost before it was on record tells nobody anything.
    expect([atCall, onList]).toEqual([atCall, credits.maybe > 0 ? 0 : 1])
    seen.push(before)
  }
  // The list was not written yet each time.
  expect(seen).toEqual([0, 0, 0])
})

test('somebody who objected is remembered by name and company alone', async () => {
  await start([['Olga', 'Silent', 'example.org', '']])
  await product.enrich({})
  expect((await product.call('settings')).suppressed).toBe(1)
  product.vendors.reset()
  await expect(product.enrich({ wanted: ['email', 'job_title'] })).rejects.toThrow(
    'No row of the tab "Leads" can be enriched: 1 on the never-look-up list.',
  )
  expect(product.vendors.calls()).toEqual([])
})

test('the cap pauses the run in words, with not one credit more, and a higher cap goes on', async () => {
  await start()
  const run = await product.enrich({ cap: 2 })
  expect(run).toMatchObject({ state: 'paused', cellsWritten: 2, credits: { spent: 2, maybe: 0, cap: 2 } })
  expect(run.problem).toEqual({
    message:
      'The cap of 2 credits is reached. What was found is written. Raise the cap and make a new receipt to go on.',
    action: 'new_receipt',
  })
  expect(product.vendors.charged(HUNTER)).toBe(2)
  expect(emails().filter((email) => email !== '').length).toBe(2)

  const resumed = await product.finish(await product.call('resumeRun', run.id))
  expect(resumed.state).toBe('paused')
  expect(product.vendors.charged(HUNTER)).toBe(2)

  expect(await product.enrich({ cap: 100 })).toMatchObject({ state: 'done', cellsWritten: 3 })
  expect(product.vendors.charged(HUNTER)).toBe(5)
})

test.each(['paused', 'stopped'] as const)(
  'a run that is %s at its cap leads to a receipt for the rest',
  async (state) => {
    await start()
    const capped = await product.enrich({ cap: 2 })
    const shown = state === 'stopped' ? await product.call('stopRun', capped.id) : capped
    expect(shown).toMatchObject({ state, problem: { action: 'new_receipt' } })
    expect(await product.enrich({ scope: 'last_run', cap: 100 })).toMatchObject({ state: 'done', cellsWritten: 3 })
  },
)

test('a cap of nothing asks nothing that costs', async () => {
  await start()
  const run = await product.enrich({ cap: 0 })
  expect(run).toMatchObject({ state: 'paused', cellsWritten: 0 })
  expect(run.problem!.message).toContain('The cap of 0 credits is reached.')
  expect(finds(product)).toEqual([])
})

test('what is stored is not asked again: emptied cells fill for free, and misses stay misses', async () => {
  await start([...PEOPLE, ['Finn', 'Nowak', 'nobody.example', '']])
  await product.enrich({})
  const filled = emails()
  expect(filled.filter((email) => email !== '').length).toBe(5)
  const tab = tabOf(product.store)
  product.store.write(
    tab.id,
    { row: 1, column: 3, rows: 6, columns: 1 },
    filled.map(() => [{ value: null }]),
  )
  product.vendors.reset()

  const again = await product.enrich({})

  expect(again).toMatchObject({ state: 'done', cellsWritten: 5, credits: { spent: 0 } })
  expect(again.fields[0]!.notFound).toBe(1)
  expect(emails()).toEqual(filled)
  expect(product.vendors.calls()).toEqual([])
})

test.each([OWNER, COLLEAGUE])(
  'too often in a short time, said in $locale: the next wave is half as wide',
  async (user) => {
    const rows = crowd(40).map((names) => [...names, 'everyone.example', ''])
    product = await startProduct({ rows: [HEADERS, ...rows] })
    const key = product.vendors.keys[HUNTER]!
    await product.callAs(user, 'saveKey', { vendor: 'hunter', environment: 'production', place: 'personal', key })
    const receipt = await product.callAs(user, 'receipt', REQUEST)
    product.emulator.script([{ kind: 'narrow', widest: 8 }])
    let run = await product.callAs(user, 'startRun', receipt.id)
    while (run.state === 'running') run = await product.callAs(user, 'continueRun', run.id)

    const waves = new Map<number, number>()
    for (const entry of journal(product.store))
      if (entry.k === 'reserve' && entry.worst > 0) waves.set(entry.at, (waves.get(entry.at) ?? 0) + 1)
    const widths = [...waves.values()]
    expect(widths[0]).toBeGreaterThan(8)
    for (const [index, width] of widths.entries())
      if (index > 0 && widths[index - 1]! > 8) expect(width).toBeLessThanOrEqual(widths[index - 1]! / 2)
    // Nothing was sent of a wave that Google refused, but its text does not tell that for sure: it is not asked again.
    const lost = widths.filter((width) => width > 8).reduce((sum, width) => sum + width, 0)
    expect(run).toMatchObject({ state: 'done', cellsWritten: 40 - lost, credits: { spent: 40 - lost, maybe: lost } })
    expect(product.vendors.charged(HUNTER)).toBe(40 - lost)
  },
)
