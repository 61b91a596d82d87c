import type { Ended } from '../../workbench/appsscript/contract'
import type { Basis } from '../../src/domain/basis'
import { LAWFUL } from '../../workbench/lawful'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct } from './product'
import { begin, crowd, finderReply, finds, HUNTER, scriptFinder, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const PEOPLE = crowd(12)
const ROWS = PEOPLE.map(([first, last]) => [first, last, 'everyone.example', ''])
const addressOf = (at: number) => `${PEOPLE[at]![0].toLowerCase()}.nowak@everyone.example`
const PEOPLE_DATA = 'api.peopledatalabs.com'
const HOUR_MS = 3_600_000
const NOT_YET = /^Not looked up yet/

let product: Product
const email = (at: number, user = COLLEAGUE): Promise<Ended> =>
  product.emulator.formula({ name: 'ENRICH_EMAIL', args: [`${PEOPLE[at]![0]} Nowak`, 'everyone.example'], user })
const range = (from: number, to: number): Promise<Ended> =>
  product.emulator.formula({
    name: 'ENRICH_EMAIL',
    args: [PEOPLE.slice(from, to).map(([first]) => [`${first} Nowak`]), 'everyone.example'],
    user: COLLEAGUE,
  })
const charged = () => product.vendors.charged(HUNTER)
const claims = () => Object.keys(product.emulator.properties('document')).filter((key) => key.startsWith('claim:'))
const formulas = async () => (await product.call('settings')).formulas

async function start(
  place: 'personal' | 'shared',
  perDay: number,
  {
    maySet = 'yes',
    kept = {},
    startAt = Date.UTC(2026, 10, 22, 9),
  }: {
    readonly maySet?: 'yes' | 'no'
    readonly kept?: { readonly [key: string]: string }
    readonly startAt?: number
  } = {},
): Promise<void> {
  product = await startProduct({
    rows: [HEADERS, ...ROWS],
    options: { facts: { formula_may_set_properties: maySet }, documentProperties: { ...LAWFUL, ...kept }, startAt },
  })
  const key = product.vendors.keys[HUNTER]!
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place, key })
  await product.call('receipt', {
    scope: 'all',
    wanted: ['email'],
    mapping: {},
    purpose: 'Tests of formulas',
    cap: 100,
  })
  if (perDay > 0) await product.call('saveFormulaSpending', { isOn: true, perDay })
}
afterEach(() => product.stop())

test('formulas spend nothing until somebody says so, and never with a personal key', async () => {
  await start('shared', 0)
  expect((await email(0)).error!.message).toMatch(NOT_YET)
  await product.stop()
  await start('personal', 50)
  expect((await email(0)).error!.message).toMatch(NOT_YET)
  expect([charged(), claims()]).toEqual([0, []])
})

test('where Google lets no formula keep anything, nothing is asked', async () => {
  await start('shared', 50, { maySet: 'no' })
  expect((await email(0)).error!.message).toMatch(NOT_YET)
  expect([charged(), claims()]).toEqual([0, []])
})

test('when Google refuses to keep something once, claims are taken back, and an answer is kept all the same', async () => {
  await start('shared', 50)
  const method = 'Properties.setProperty'
  const refuse = () =>
    product.emulator.script([{ kind: 'fail_method', method, times: 1, message: 'Dienstfehler: Eigenschaften' }])
  let refused = 0
  for (let nth = 1; nth < 8; nth++) {
    product.emulator.script([{ kind: 'between', method, nth, act: refuse }])
    const { value } = await range(nth, nth + 4)
    product.emulator.script([])
    if (charged() > 0) {
      expect(String(value).split('@')).toHaveLength(5)
      break
    }
    refused = nth
    expect([nth, String(value), claims()]).toEqual([nth, expect.not.stringContaining('@'), []])
  }
  // Two counts are kept first: where the second was refused the first one stays, too much rather than too little. The
  // last refusal was of an answer: that is tried again, for it is paid.
  expect(refused).toBe(5)
  expect(await formulas()).toMatchObject({ today: 4 + charged(), waiting: charged() })
})

test.each([
  ['nothing gets out, as after the day’s last request', { dead: true }],
  ['a vendor is down', { outage: true }],
])('when %s, nothing is perhaps charged', async (_, weather) => {
  await start('shared', 50)
  product.vendors.weather(HUNTER, weather)
  expect((await email(0)).value).toMatch(/^pending: Hunter is busy or did not answer/)
  product.vendors.weather(HUNTER, { dead: false, outage: false })
  expect([finds(product), claims(), (await formulas()).today]).toEqual([[], [], 0])
  expect((await email(0)).value).toBe(addressOf(0))
})

test('switching them on needs a purpose and a cap', async () => {
  product = await startProduct({ rows: [HEADERS, ...ROWS], options: { documentProperties: {} } })
  await expect(product.call('saveFormulaSpending', { isOn: true, perDay: 5 })).rejects.toThrow(/what the data is for/)
  await product.call('saveBasis', JSON.parse(LAWFUL['basis']!) as Basis)
  await expect(product.call('saveFormulaSpending', { isOn: true, perDay: 0 })).rejects.toThrow(/between 1 and 100,000/)
  await product.call('saveFormulaSpending', { isOn: false, perDay: 0 })
  expect(await formulas()).toEqual({ isOn: false, perDay: 0, today: 0, waiting: 0 })
})

test('an answer is paid once: by whom ever, after caches are gone, after it went to the store, and by a run', async () => {
  await start('shared', 50)
  expect(await email(0)).toMatchObject({ state: 'returned', value: addressOf(0) })
  expect(await formulas()).toMatchObject({ today: 1, waiting: 1 })
  expect((await email(0, OWNER)).value).toBe(addressOf(0))
  await product.call('finishFormulas', 'finish')
  expect([charged(), claims()]).toEqual([1, []])
  expect((await email(0)).value).toBe(addressOf(0))
  await email(1)
  const run = await product.enrich({ scope: 'all', wanted: ['email'] })
  expect(run.state).toBe('done')
  expect(claims()).toEqual([])
  expect(finds(product)).toHaveLength(PEOPLE.length)
  expect(new Set(finds(product)).size).toBe(PEOPLE.length)
  expect(
    shown(product.store)
      .slice(1)
      .map((row) => row[3]),
  ).toEqual(PEOPLE.map((_, at) => addressOf(at)))
  product.emulator.evict()
  expect((await email(0)).value).toBe(addressOf(0))
  expect(charged()).toBe(PEOPLE.length)
})

const WAITS = 'pending: press Finish in the sidebar'

test('without the lock nothing is spent: who cannot have it within 5 seconds waits', async () => {
  await start('shared', 50)
  product.emulator.script([{ kind: 'hang', method: 'Properties.setProperty', nth: 1, ms: 10_000 }])
  const ended = await Promise.all([email(0), email(1)])
  product.emulator.script([])
  expect(ended.map(({ value }) => value)).toEqual(expect.arrayContaining([expect.stringContaining('@'), WAITS]))
  expect([charged(), claims().length, (await formulas()).today]).toEqual([1, 1, 1])
})

test('without room nothing is spent: 300 questions wait in the file at most', async () => {
  const claimed = Array.from({ length: 299 }, (_, nth) => [`claim:${nth}`, 'x'] as const)
  await start('shared', 50, { kept: Object.fromEntries(claimed) })
  expect([(await email(0)).value, (await email(1)).value]).toEqual([addressOf(0), WAITS])
  expect([charged(), claims().length]).toEqual([1, 300])
  await product.call('finishFormulas', 'finish')
  expect([claims(), (await email(1)).value, (await email(0)).value]).toEqual([[], addressOf(1), addressOf(0)])
})

test('a person is understood in any form, a company by its domain, an email or its name, and an address is checked', async () => {
  await start('shared', 50)
  const key = product.vendors.keys[PEOPLE_DATA]!
  await product.call('saveKey', { vendor: 'people_data_labs', environment: 'production', place: 'shared', key })
  const call = async (name: string, ...args: readonly unknown[]) => {
    const { value, error } = await product.emulator.formula({ name, args, user: COLLEAGUE })
    return [value].flat(2).join(' · ') || error!.message.replace(/ \(line \d+\)\.$/, '')
  }
  const ada = 'ada.nowak@everyone.example'
  const phone = await call('ENRICH_PHONE', ada)
  expect(phone).toMatch(/^\+1\d{10}$/)
  const firm = /^[A-Z].* · \d+-\d+ · US$/i
  const wanted = 'industry, company_size, hq_country'
  const forms: readonly (readonly [readonly [string, ...unknown[]], string | RegExp])[] = [
    [['ENRICH_EMAIL', 'Ada', 'Nowak', 'everyone.example'], ada],
    [['ENRICH_EMAIL', 'Ada Nowak', 'everyone.example', 'show=source'], `${ada} · Hunter`],
    [['ENRICH_EMAIL', 'Ada Nowak', 'Everyone Inc'], ada],
    [['ENRICH_EMAIL', 'Ada Nowak', 'Everyone Inc', 'everyone.example'], ada],
    [['ENRICH_EMAIL', [['Ada', 'Nowak', 'Everyone', 'https://www.everyone.example']]], ada],
    [['ENRICH_EMAIL', 'Ada', 'Everyone', 'everyone.example'], 'ada.everyone@everyone.example'],
    [['ENRICH_EMAIL', 'https://www.linkedin.com/in/known-nobody'], /@/],
    [['ENRICH_PHONE', 'Ada Nowak, everyone.example'], phone],
    [['ENRICH_PERSON', 'Ada Nowak, everyone.example', 'job_title, seniority, location'], /^\w.* · \w* · \w+/],
    [['ENRICH_COMPANY', 'everyone.example', wanted], firm],
    [['ENRICH_COMPANY', ada, wanted], firm],
    [['ENRICH_COMPANY', 'Everyone', 'industry'], /^\w/],
    [['ENRICH_VERIFY', ada], 'valid'],
    [['ENRICH_VERIFY', ada, 'show=reason'], 'valid · known to work'],
    [['ENRICH_EMAIL', 'Ada Nowak', 'everyone.example', 'show=reason'], `${ada} · known to work`],
    [['ENRICH_TECH', 'everyone.example'], 'Technologies not found. Try other vendors in the sidebar.'],
  ]
  for (const [args, said] of forms)
    expect([args, await call(...args)]).toEqual([args, typeof said === 'string' ? said : expect.stringMatching(said)])
})

test('vendors that take their time end no formula: it stops asking in time, and what it claimed and did not ask is free', async () => {
  await start('shared', 50)
  const slow = { 'x-workbench-latency-ms': '7500' }
  scriptFinder(product, (path) => {
    const first = /first_name=([^&]+)/.exec(path)?.[1] ?? ''
    return { ...finderReply({ email: `${first.toLowerCase()}.nowak@everyone.example` }), headers: slow }
  })
  const ended = await range(0, 12)
  // One that wakes the vendor, and five more.
  expect([ended.state, ended.tookMs < 25_000, finds(product).length, claims().length]).toEqual(['returned', true, 6, 6])
  expect((ended.value as string[][]).flat().filter((text) => text.startsWith('pending'))).toHaveLength(6)
  expect((await formulas()).today).toBe(6)
})

test('public sources are asked without spending, and the hourly trigger takes what formulas got into the store', async () => {
  await start('shared', 0)
  const mail = () =>
    product.emulator.formula({ name: 'ENRICH_COMPANY', args: ['everyone.example', 'accepts_mail'], user: COLLEAGUE })
  expect((await mail()).value).toBe('yes')
  const asked = product.emulator.upstream.length
  expect([asked > 0, charged(), claims().length > 0]).toEqual([true, 0, true])
  await product.call('saveFormulaSpending', { isOn: true, perDay: 5 })
  await email(0)
  await product.emulator.advance(HOUR_MS)
  expect(claims()).toEqual([])
  expect([(await mail()).value, (await email(0)).value]).toEqual(['yes', addressOf(0)])
  // A free call goes before the one that is paid.
  expect([product.emulator.upstream.length, charged()]).toEqual([asked + 2, 1])
  const { vendors } = await product.call('usage')
  expect(vendors).toContainEqual(expect.objectContaining({ name: 'Hunter', credits: 1 }))
})

test('a range fills what the cap of the day allows and says how far it is; the switch stops it at once', async () => {
  await start('shared', 5)
  const ended = await range(0, 8)
  const cells = (ended.value as string[][]).flat()
  expect(cells.filter((cell) => cell.includes('@'))).toHaveLength(5)
  expect(cells.filter((cell) => cell.startsWith('pending'))).toEqual([
    'pending: 5 of 8 done, press Finish in the sidebar',
    'pending',
    'pending',
  ])
  expect([charged(), (await formulas()).today]).toEqual([5, 5])
  await product.call('saveFormulaSpending', { isOn: true, perDay: 6 })
  expect((await range(0, 8)).value).toContainEqual(['pending: 6 of 8 done, press Finish in the sidebar'])
  await product.call('saveFormulaSpending', { isOn: false, perDay: 6 })
  expect((await range(0, 12)).value).toContainEqual([''])
  expect(charged()).toBe(6)
})

test('the switch stops a formula that is asking: what it claimed and did not send is free', async () => {
  await start('shared', 50)
  product.vendors.weather(HUNTER, { latencyMs: 300 })
  let stopping: Promise<unknown> | undefined
  product.vendors.onCall(({ credits }) => {
    if (credits > 0) stopping ??= product.call('saveFormulaSpending', { isOn: false, perDay: 50 })
  })
  const { value } = await range(0, 12)
  await stopping
  expect((value as string[][]).flat().filter((cell) => cell.includes('@'))).toHaveLength(charged())
  expect([charged(), claims().length, (await formulas()).today]).toEqual([1, 1, 1])
})

test('the caps of the file hold for formulas too, and the lock is held for a moment only', async () => {
  await start('shared', 100)
  await product.call('saveCaps', { day: 30, vendors: { hunter: 26 } })
  const people = crowd(45).map(([first]) => [`${first} Nowak`])
  const ended = await product.emulator.formula({
    name: 'ENRICH_EMAIL',
    args: [people, 'everyone.example'],
    user: OWNER,
  })
  const cells = (ended.value as string[][]).flat()
  expect(cells.filter((cell) => cell.includes('@'))).toHaveLength(26)
  expect(cells).toContain('pending: 26 of 45 done, press Finish in the sidebar')
  expect(charged()).toBe(26)
  const locks = ended.calls.flatMap((name, at) => (name === 'Lock.tryLock' ? [at] : []))
  const held = locks.map((from) => ended.calls.indexOf('Lock.releaseLock', from) - from)
  // Twenty claims, and what is read and counted around them.
  expect(Math.max(...held)).toBeLessThan(50)
})

test('a vendor that takes more than its price has the limit of the day reached sooner', async () => {
  await start('shared', 4)
  const host = 'api.thecompaniesapi.com'
  const key = product.vendors.keys[host]!
  await product.call('saveKey', { vendor: 'the_companies_api', environment: 'production', place: 'shared', key })
  product.vendors.script(host, (path) => {
    const domain = /companies\/([a-z.]+)/.exec(path)?.[1]
    const body = { about: { name: 'Everyone' }, technologies: { active: ['wordpress'] }, meta: { cost: 3 } }
    return domain ? { status: 200, body: JSON.stringify(body) } : undefined
  })
  const { value } = await product.emulator.formula({
    name: 'ENRICH_TECH',
    args: ['everyone.example'],
    user: COLLEAGUE,
  })
  // Hunter knows of none, for one credit.
  expect([value, (await formulas()).today]).toEqual(['wordpress', 4])
  expect([(await email(0)).value, (await formulas()).today]).toEqual([WAITS, 4])
})

test('many cells at once ask each person once', async () => {
  await start('shared', 50)
  const ended = await Promise.all(Array.from({ length: 24 }, (_, cell) => email(cell % 3)))
  for (const [cell, { value }] of ended.entries())
    expect([addressOf(cell % 3), 'pending: press Finish in the sidebar']).toContain(value)
  expect(charged()).toBe(3)
  expect((await Promise.all([email(0), email(1), email(2)])).map(({ value }) => value)).toEqual(
    [0, 1, 2].map(addressOf),
  )
})

test('what the store takes in while a formula asks is not asked again by it, whatever it read before', async () => {
  await start('shared', 100)
  await email(5)
  await product.call('finishFormulas', 'finish')
  const people = crowd(45).map(([first]) => [`${first} Nowak`])
  product.vendors.weather(HUNTER, { latencyMs: 800 })
  const asking = product.emulator.formula({ name: 'ENRICH_EMAIL', args: [people, 'everyone.example'], user: COLLEAGUE })
  const [late] = people[21]!
  const other = await product.emulator.formula({ name: 'ENRICH_EMAIL', args: [late, 'everyone.example'], user: OWNER })
  expect(other.value).toMatch(/@/)
  product.vendors.weather(HUNTER, { latencyMs: 2_000 })
  // Right after it has taken in what there was.
  const method = 'Spreadsheet.getActiveSheet'
  product.emulator.script([{ kind: 'fail_method', method, times: 1, message: 'Dienstfehler' }])
  await product.execute('finishFormulas', 'finish')
  const { value } = await asking
  product.emulator.script([])
  expect(finds(product)).toHaveLength(new Set(finds(product)).size)
  // Twenty were claimed before the store moved; one was known, one is what the other formula was told.
  expect((value as string[][]).flat().filter((text) => text.includes('@'))).toHaveLength(22)
  product.vendors.weather(HUNTER, { latencyMs: 0 })
  const again = await product.emulator.formula({
    name: 'ENRICH_EMAIL',
    args: [people, 'everyone.example'],
    user: OWNER,
  })
  expect((again.value as string[][]).flat().filter((text) => text.includes('@'))).toHaveLength(45)
  expect(finds(product)).toHaveLength(45)
})

test('who asks what somebody else is asking waits a moment and has the answer too', async () => {
  await start('shared', 50)
  const ended = await Promise.all([email(2), email(2, OWNER)])
  expect(ended.map(({ value }) => value)).toEqual([addressOf(2), addressOf(2)])
  expect(charged()).toBe(1)
})

test('a formula that is killed while it asks has perhaps been charged, and nobody asks again', async () => {
  await start('shared', 50)
  const { calls } = await email(1)
  product.emulator.script([{ kind: 'kill', atCall: calls.lastIndexOf('UrlFetchApp.fetchAll') + 1, when: 'after' }])
  expect((await email(0)).state).toBe('killed')
  product.emulator.script([])
  expect([charged(), claims().length]).toEqual([2, 2])
  expect((await email(0)).value).toBe('pending: press Finish in the sidebar')
  await product.emulator.advance(61_000)
  await product.call('finishFormulas', 'finish')
  expect(claims()).toEqual([])
  expect((await email(0)).state).toBe('threw')
  expect([charged(), (await formulas()).today]).toEqual([2, 2])
})

test.each([
  ['', 204],
  ['null', 200],
])('an answer that nobody can read (%j) has perhaps been charged, and is not asked for again', async (body, status) => {
  await start('shared', 50)
  scriptFinder(product, () => ({ status, body }))
  for (let nth = 0; nth < 3; nth++) {
    expect((await email(0)).error!.message).toMatch(/^Email not found/)
    await product.emulator.advance(61_000)
    await product.call('finishFormulas', 'finish')
  }
  expect([finds(product).length, claims(), (await formulas()).today]).toEqual([1, [], 1])
})

const BUSY = 'Hunter is busy or did not answer. Wait a minute.'
test.each<readonly [string, number, string]>([
  ['throttles', 403, BUSY],
  ['is down', 503, BUSY],
  ['refuses the key', 401, 'Hunter refused the key. Open Vendors and paste it again.'],
  ['has no credits left', 429, 'Hunter says its credits are used up. Top up there, or go on with other vendors.'],
])(
  'a vendor that %s: the cells wait and say what to do, nothing is spent, and each is asked once it answers',
  async (_, status, why) => {
    await start('shared', 50)
    scriptFinder(product, () => ({ status, body: '{"error":"Exception: s3cret"}' }))
    expect((await email(0)).value).toBe(`pending: ${why} Then press Finish in the sidebar`)
    const said = [[`pending: 0 of 3 done. ${why} Then press Finish in the sidebar`], ['pending'], ['pending']]
    expect((await range(0, 3)).value).toEqual(said)
    const { id } = tabOf(product.store)
    product.emulator.type(OWNER, id, 'F2', '=ENRICH_EMAIL(A2:C2)')
    await product.store.settled()
    expect([shown(product.store)[1]![5], charged(), claims(), (await formulas()).today]).toEqual([
      `pending: 0 of 1 done. ${why} Then press Finish in the sidebar`,
      0,
      [],
      0,
    ])
    scriptFinder(product, () => undefined)
    expect(await product.call('finishFormulas', 'finish')).toMatchObject({ begun: 1, left: 0 })
    await product.store.settled()
    expect([shown(product.store)[1]![5], charged(), (await formulas()).today]).toEqual([addressOf(0), 1, 1])
  },
)

test('a vendor that refuses its key is not asked once for each twenty rows, and hides no value that is known', async () => {
  await start('shared', 50)
  const people = crowd(60).map(([first]) => [`${first} Nowak`])
  scriptFinder(product, () => ({ status: 401, body: '{}' }))
  const { value } = await product.emulator.formula({
    name: 'ENRICH_EMAIL',
    args: [people, 'everyone.example'],
    user: COLLEAGUE,
  })
  expect([(value as string[][]).filter(([text]) => text!.startsWith('pending')).length, finds(product).length]).toEqual(
    [60, 1],
  )
  const args = ['Ada Nowak, everyone.example', 'domain, email']
  const asked = await product.emulator.formula({ name: 'ENRICH_PERSON', args, user: COLLEAGUE })
  expect(asked.value).toEqual([['everyone.example', '']])
})

test('a long answer is cut where it is longest, in any script, and nothing of it is paid twice', async () => {
  await start('shared', 50)
  scriptFinder(product, () => finderReply({ position: '\u4f01\u696d'.repeat(2_500) }))
  const name = 'ENRICH_PERSON'
  const args = ['Ada Nowak, everyone.example', 'email, job_title']
  for (let nth = 0; nth < 2; nth++) {
    const { value } = await product.emulator.formula({ name, args, user: COLLEAGUE })
    expect(value).toEqual([['ada.nowak@everyone.example', expect.stringMatching(/^(\u4f01\u696d){500}/)]])
    await product.call('finishFormulas', 'finish')
  }
  expect([finds(product).length, claims()]).toEqual([1, []])
})

test('where the properties of the file are full, long answers are cut to the room of their claims, and none is lost', async () => {
  const full = Object.fromEntries(Array.from({ length: 45 }, (_, at) => [`kept ${at}`, 'x'.repeat(8_190)]))
  await start('shared', 50, { kept: full })
  scriptFinder(product, () => finderReply({ position: '\u4f01\u696d'.repeat(2_500) }))
  const people = crowd(20).map(([first]) => [`${first} Nowak`])
  await product.emulator.formula({ name: 'ENRICH_EMAIL', args: [people, 'everyone.example'], user: COLLEAGUE })
  const kept = product.emulator.properties('document')
  const answered = claims().map((name) => (JSON.parse(kept[name]!) as { answer?: { outcome: string } }).answer?.outcome)
  expect(finds(product).length).toBeGreaterThan(15)
  expect(answered.filter(Boolean)).toEqual(finds(product).map(() => 'found'))
})

test('what was counted yesterday is not taken back from what was spent today', async () => {
  await start('shared', 50, { startAt: Date.UTC(2026, 10, 22, 23, 59) })
  await product.emulator.advance(Date.UTC(2026, 10, 22, 23, 59, 50) - product.emulator.now())
  scriptFinder(product, () => ({ ...finderReply({}), headers: { 'x-workbench-latency-ms': '7500' } }))
  let today: Promise<unknown> | undefined
  product.vendors.onCall(() => {
    if (finds(product).length === 2) today ??= product.call('settings').then(() => email(11))
  })
  await range(0, 11)
  await today
  expect((await formulas()).today).toBe(1)
})

test('the headers of whole columns are nobody, and no row of the count', async () => {
  await start('shared', 2)
  const rows = [HEADERS, ...ROWS.slice(0, 4)].map((cells) => cells.slice(0, 3))
  const ask = async (name: string, ...more: readonly string[]) =>
    (await product.emulator.formula({ name, args: [rows, ...more], user: COLLEAGUE })).value
  const answers = [[addressOf(0)], [addressOf(1)], ['pending: 2 of 4 done, press Finish in the sidebar'], ['pending']]
  expect(await ask('ENRICH_EMAIL')).toEqual([[''], ...answers])
  expect(await ask('ENRICH', 'email')).toEqual([['Email'], ...answers])
  expect(finds(product)).toHaveLength(2)
})

test('while a run works no formula pays', async () => {
  await start('shared', 50)
  const run = await begin(product, { scope: 'all', wanted: ['email'] })
  expect((await email(0)).value).toBe('pending: press Finish in the sidebar')
  product.emulator.type(OWNER, tabOf(product.store).id, 'F2', '=ENRICH_EMAIL(A2:C2)')
  await product.store.settled()
  await expect(product.call('finishFormulas', 'finish')).rejects.toThrow('A run is not finished yet')
  expect([charged(), product.vendors.calls()]).toEqual([0, []])
  await product.finish(run)
  expect((await email(0)).value).toBe(addressOf(0))
})

test('what a formula asks in the moment in which the trigger resumes a run is not asked by the run', async () => {
  await start('shared', 50)
  await product.call('saveCaps', { day: 5, vendors: {} })
  expect(await product.finish(await begin(product))).toMatchObject({ state: 'paused', credits: { spent: 5 } })
  await product.emulator.advance(Date.UTC(2026, 10, 23) - product.emulator.now())
  product.vendors.weather(HUNTER, { latencyMs: 7_000 })
  let asking: Promise<Ended> | undefined
  const hear = ({ method }: { readonly method: string }) => {
    if (method === 'Lock.tryLock') asking ??= email(5)
  }
  product.emulator.script([
    { kind: 'hang', method: 'Lock.tryLock', nth: 1, ms: 4_000 },
    { kind: 'watch', hear },
  ])
  await product.emulator.advance(HOUR_MS)
  expect((await asking)?.value).toBe(addressOf(5))
  product.emulator.script([])
  expect(finds(product)).toHaveLength(new Set(finds(product)).size)
})

test('Finish makes the cells that wait run again, and takes what they asked into the store', async () => {
  await start('shared', 2)
  const { id } = tabOf(product.store)
  for (const row of ['2', '3', '4']) product.emulator.type(OWNER, id, `F${row}`, `=ENRICH_EMAIL(A${row}:C${row})`)
  await product.store.settled()
  const cells = () =>
    shown(product.store)
      .slice(1, 4)
      .map((row) => row[5]!)
  const waits = 'pending: 0 of 1 done, press Finish in the sidebar'
  expect(cells().filter((text) => text === waits)).toHaveLength(1)
  const row = cells().indexOf(waits) + 2
  await product.call('saveFormulaSpending', { isOn: true, perDay: 10 })
  expect(await product.call('finishFormulas', 'finish')).toEqual({ begun: 1, cells: [`F${row}`], left: 0 })
  await product.store.settled()
  expect(cells()).toEqual([0, 1, 2].map(addressOf))
  expect(await product.call('finishFormulas', 'finish')).toEqual({ begun: 0, cells: [], left: 0 })
  expect([charged(), claims()]).toEqual([3, []])
})

test('Finish leaves cells that it may not write, and any formula that somebody has changed', async () => {
  await start('shared', 1)
  const { id } = tabOf(product.store)
  const rows = [2, 3, 4, 5]
  const put = (row: number, formula: string) => product.emulator.type(OWNER, id, `F${row}`, formula)
  for (const row of rows) {
    put(row, `=ENRICH_EMAIL(A${row}:C${row})`)
    await product.store.settled()
  }
  product.store.protect(id, { area: { row: 3, column: 5, rows: 1, columns: 1 }, editors: [OWNER.email] })
  await product.call('saveFormulaSpending', { isOn: true, perDay: 10 })
  const act = () => void put(5, '=ENRICH_EMAIL(A6:C6)')
  product.emulator.script([{ kind: 'between', method: 'Range.setFormulas', nth: 3, act }])
  expect(await product.callAs(COLLEAGUE, 'finishFormulas', 'finish')).toEqual({
    begun: 2,
    cells: ['F3', 'F5'],
    left: 1,
  })
  product.emulator.script([])
  await product.store.settled()
  const now = product.store.read(id, { row: 1, column: 5, rows: 4, columns: 1 })
  expect(now.map(([cell]) => cell!.formula)).toEqual([2, 3, 4, 6].map((row) => `=ENRICH_EMAIL(A${row}:C${row})`))
})

test.each([
  ['renames their column before', 'Range.setFormulas', 'rename'],
  ['sorts between the two calls of a reading before', 'Range.getValues', 'sort'],
] as const)('Finish keeps each formula and each value where somebody %s %s', async (_, method, what) => {
  await start('shared', 0)
  const { id } = tabOf(product.store)
  const put = (row: number, cell: { value?: string; formula?: string }) =>
    product.store.write(id, { row, column: 5, rows: 1, columns: 1 }, [[cell]])
  put(0, { value: 'By formula' })
  for (const row of [1, 3]) put(row, { formula: `=ENRICH_EMAIL(A${row + 1}:C${row + 1})`, value: WAITS })
  put(2, { value: 'typed' })
  const rows = () =>
    product.store
      .read(id, { row: 1, column: 0, rows: 3, columns: 6 })
      .map((row) => [row[0]!.value, row[5]!.formula?.replace(/\d/g, '') ?? row[5]!.value])
      .sort((a, b) => String(a[0]).localeCompare(String(b[0])))
  const before = rows()
  const act = (store: typeof product.store) => {
    if (what === 'rename') put(0, { value: 'Theirs' })
    else store.sort(id, { row: 1, column: 0, rows: 3, columns: 6 }, { column: 5, ascending: false })
  }
  for (let nth = 1; nth < 6; nth++) {
    const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
    product.emulator.script([{ kind: 'between', method, nth, act }])
    await product.call('finishFormulas', 'finish')
    product.emulator.script([])
    expect([nth, rows()]).toEqual([nth, before])
    product.store.restore(saved[0])
    product.emulator.restore(saved[1])
  }
})

test('Finish finds a range whose first row is answered and a later one waits', async () => {
  await start('shared', 2)
  const { id } = tabOf(product.store)
  product.emulator.type(OWNER, id, 'F2', '=ENRICH_EMAIL(A2:C5)')
  await product.store.settled()
  const cells = () =>
    shown(product.store)
      .slice(1, 5)
      .map((row) => row[5] ?? '')
  expect(cells()[0]).toBe(addressOf(0))
  expect(cells().filter((text) => text.startsWith('pending'))).toHaveLength(2)
  await product.call('saveFormulaSpending', { isOn: true, perDay: 10 })
  expect(await product.call('finishFormulas', 'finish')).toMatchObject({ begun: 1, left: 0 })
  await product.store.settled()
  expect(cells()).toEqual([0, 1, 2, 3].map(addressOf))
})

test('Finish asks for all that waits in packs, as a run does, and within what formulas may spend', async () => {
  await start('shared', 1)
  const key = product.vendors.keys[PEOPLE_DATA]!
  await product.call('saveKey', { vendor: 'people_data_labs', environment: 'production', place: 'shared', key })
  const { id } = tabOf(product.store)
  const rows = ROWS.map((_, row) => String(row + 2))
  for (const row of rows) {
    product.emulator.type(OWNER, id, `F${row}`, `=ENRICH_PERSON(A${row}:C${row}, "skills")`)
    await product.store.settled()
  }
  const cells = () =>
    shown(product.store)
      .slice(1, rows.length + 1)
      .map((row) => row[5]!)
  const waiting = () => cells().filter((text) => text.startsWith('pending')).length
  const asked = () => product.vendors.calls().filter(({ host, credits }) => host === PEOPLE_DATA && credits > 0)
  expect(waiting()).toBe(rows.length - 1)
  const before = asked().length
  await product.call('saveFormulaSpending', { isOn: true, perDay: 7 })
  await product.call('finishFormulas', 'finish')
  await product.store.settled()
  expect([waiting(), product.vendors.charged(PEOPLE_DATA), asked().length - before]).toEqual([rows.length - 7, 7, 1])
  await product.call('saveFormulaSpending', { isOn: true, perDay: 100 })
  expect(await product.call('finishFormulas', 'finish')).toEqual({
    begun: rows.length - 7,
    cells: [`F9:F${rows.at(-1)}`],
    left: 0,
  })
  await product.store.settled()
  expect([waiting(), product.vendors.charged(PEOPLE_DATA), asked().length - before]).toEqual([0, rows.length, 2])
  expect(claims()).toEqual([])
})

const LATER = 'api.dropcontact.com'

/** Formulas in F may spend on a vendor that answers later alone. */
async function startLater(rows: readonly number[]): Promise<void> {
  await start('shared', 50)
  await product.call('removeKey', { vendor: 'hunter', environment: 'production', place: 'shared' })
  const key = product.vendors.keys[LATER]!
  await product.call('saveKey', { vendor: 'dropcontact', environment: 'production', place: 'shared', key })
  const { id } = tabOf(product.store)
  for (const row of rows) product.emulator.type(OWNER, id, `F${row}`, `=ENRICH_EMAIL(A${row}:C${row})`)
  await product.store.settled()
}
const cellsOf = (rows: readonly number[]) => rows.map((row) => shown(product.store)[row - 1]![5] ?? '')
const submitted = () => product.vendors.calls().filter(({ host, path }) => host === LATER && path.endsWith('/all'))

test('Finish asks a vendor that answers later, and again for its answer: each is paid once, and the cells wait meanwhile', async () => {
  await startLater([2, 3])
  const waits = 'pending: 0 of 1 done, press Finish in the sidebar'
  const works = 'pending: 0 of 1 done. Dropcontact works on it. Wait a minute. Then press Finish in the sidebar'
  expect([cellsOf([2, 3]), submitted(), claims()]).toEqual([[waits, waits], [], []])
  expect(await product.call('finishFormulas', 'finish')).toMatchObject({
    begun: 2,
    why: 'Dropcontact works on it. Wait a minute.',
  })
  await product.store.settled()
  expect([cellsOf([2, 3]), submitted().length, claims(), (await formulas()).today]).toEqual([[works, works], 1, [], 2])
  await product.call('finishFormulas', 'finish')
  await product.store.settled()
  expect([cellsOf([2, 3]), submitted().length]).toEqual([[works, works], 1])
  await product.emulator.advance(60_000)
  await product.call('finishFormulas', 'finish')
  await product.store.settled()
  expect([cellsOf([2, 3]), submitted().length, claims()]).toEqual([[addressOf(0), addressOf(1)], 1, []])
  expect([product.vendors.charged(LATER), (await formulas()).today]).toEqual([2, 2])
  const { calls } = await email(0)
  expect([calls.includes('UrlFetchApp.fetchAll'), await product.call('finishFormulas', 'finish')]).toEqual([
    false,
    { begun: 0, cells: [], left: 0 },
  ])
})

test('nobody else is paid for what a vendor works on, and a run collects what Finish asked for', async () => {
  await startLater([2])
  await product.call('finishFormulas', 'finish')
  const key = product.vendors.keys[HUNTER]!
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
  expect((await email(0)).value).toBe(
    'pending: Dropcontact works on it. Wait a minute. Then press Finish in the sidebar',
  )
  expect(charged()).toBe(0)
  await product.call('removeKey', { vendor: 'hunter', environment: 'production', place: 'shared' })
  await product.enrich({ scope: 'all', wanted: ['email'] })
  expect(
    shown(product.store)
      .slice(1)
      .map((row) => row[3]),
  ).toEqual(PEOPLE.map((_, at) => addressOf(at)))
  expect([charged(), product.vendors.charged(LATER)]).toEqual([0, PEOPLE.length])
})

test('what a vendor works on whose key is gone is asked of others, and no cell is stuck', async () => {
  await startLater([2])
  await product.call('finishFormulas', 'finish')
  await product.call('removeKey', { vendor: 'dropcontact', environment: 'production', place: 'shared' })
  expect((await email(0)).error!.message).toMatch(NOT_YET)
  const key = product.vendors.keys[HUNTER]!
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
  expect((await email(0)).value).toBe(addressOf(0))
  expect([charged(), product.vendors.charged(LATER), (await formulas()).today]).toEqual([1, 1, 2])
})

test('Finish says which vendor is in trouble that answers later, and asks it once it is not', async () => {
  await startLater([2])
  product.vendors.script(LATER, () => ({ status: 401, body: '{}' }))
  expect(await product.call('finishFormulas', 'finish')).toMatchObject({
    why: 'Dropcontact refused the key. Open Vendors and paste it again.',
  })
  await product.store.settled()
  expect([cellsOf([2]), claims(), (await formulas()).today]).toEqual([
    ['pending: 0 of 1 done, press Finish in the sidebar'],
    [],
    0,
  ])
  product.vendors.script(LATER, () => undefined)
  expect(await product.call('finishFormulas', 'finish')).toMatchObject({ why: expect.stringMatching(/works on it/) })
  expect((await formulas()).today).toBe(1)
})

test('a ticket that ended without an answer is forgotten: the next Finish asks anew', async () => {
  await startLater([2])
  await product.call('removeKey', { vendor: 'dropcontact', environment: 'production', place: 'shared' })
  const host = 'app.fullenrich.com'
  const key = product.vendors.keys[host]!
  await product.call('saveKey', { vendor: 'full_enrich', environment: 'production', place: 'shared', key })
  const asked = () => product.vendors.calls().filter((call) => call.host === host && call.path.endsWith('/bulk')).length
  await product.call('finishFormulas', 'finish')
  const body = '{"id":"1","status":"CANCELED"}'
  product.vendors.script(host, (path) => (path.endsWith('/bulk') ? undefined : { status: 200, body }))
  const seen: number[] = []
  for (let nth = 0; nth < 4; nth++) {
    await product.emulator.advance(120_000)
    await product.call('finishFormulas', 'finish')
    seen.push(asked())
    if (nth === 0) product.vendors.script(host, () => undefined)
  }
  await product.store.settled()
  expect([seen, claims(), cellsOf([2])]).toEqual([[1, 2, 2, 2], [], [expect.not.stringContaining('pending')]])
})

test('cells that wait on are no reason to leave those alone that have their answer', async () => {
  await startLater([])
  const { id } = tabOf(product.store)
  const people = crowd(22)
  for (const [at, [first]] of people.entries())
    product.emulator.type(OWNER, id, `F${at + 2}`, `=ENRICH_EMAIL("${first} Nowak", "everyone.example")`)
  await product.store.settled()
  await product.call('finishFormulas', 'finish')
  let never: string | undefined
  product.vendors.script(LATER, (path) => {
    if (!path.includes('/all/')) return undefined
    never ??= path
    return path === never ? { status: 200, body: '{"success":false,"reason":"not ready"}' } : undefined
  })
  await product.emulator.advance(60_000)
  await product.call('finishFormulas', 'finish')
  await product.store.settled()
  const rows = people.map((_, at) => at + 2)
  expect(cellsOf(rows).flatMap((text, at) => (text.includes('@') ? [at] : []))).toEqual([20, 21])
})

test('killed anywhere, Finish and the next ones ask a vendor that answers later once for each cell', async () => {
  await startLater([2, 3])
  const { calls } = await product.execute('finishFormulas', 'finish')
  // After the free call that goes before.
  const from = calls.indexOf('UrlFetchApp.fetchAll', calls.indexOf('UrlFetchApp.fetchAll') + 1) + 1
  const ends = new Set<string>()
  for (let at = from; at < calls.length; at += at < from + 6 ? 1 : 13) {
    await product.stop()
    await startLater([2, 3])
    product.emulator.script([{ kind: 'kill', atCall: at, when: 'after' }])
    await product.execute('finishFormulas', 'finish')
    product.emulator.script([])
    for (let nth = 0; nth < 3; nth++) {
      await product.emulator.advance(121_000)
      await product.call('finishFormulas', 'finish')
      await product.store.settled()
    }
    const filled = cellsOf([2, 3]).filter((text) => text.includes('@')).length
    ends.add(`${filled} of 2`)
    expect([at, submitted().length, claims(), (await formulas()).today]).toEqual([at, 1, [], 2])
    expect(cellsOf([2, 3]).filter((text) => text.startsWith('pending'))).toEqual([])
  }
  // A ticket that died with its call may have been charged; all that were put on record are collected.
  expect([...ends]).toEqual(['0 of 2', '1 of 2', '2 of 2'])
})

test('what a person does in the cells while Finish asks vendors stays', async () => {
  await start('shared', 2)
  const { id } = tabOf(product.store)
  const put = (row: number, formula: string) =>
    product.store.write(id, { row, column: 5, rows: 1, columns: 1 }, [[{ formula, value: WAITS }]])
  const theirs = '=ENRICH_EMAIL(A9&" "&B9, C9)'
  put(1, '=ENRICH_EMAIL(A2, C2)')
  put(2, '=ENRICH_EMAIL(A3&" "&B3, C3)')
  const act = () => put(2, theirs)
  product.emulator.script([{ kind: 'between', method: 'UrlFetchApp.fetchAll', nth: 1, act }])
  await product.call('finishFormulas', 'finish')
  product.emulator.script([])
  const [[cell] = []] = product.store.read(id, { row: 2, column: 5, rows: 1, columns: 1 })
  expect(cell!.formula).toBe(theirs)
})

test.each([
  ['its cells run again', 1],
  ['the next cells run again', 2],
  ['their text is as it was', 3],
  ['the text of the next is as it was', 4],
])('rows that somebody sorts right before %s get back what they held', async (_, nth) => {
  await start('shared', 50)
  const { id } = tabOf(product.store)
  const put = (row: number, cell: object) => product.store.write(id, { row, column: 5, rows: 1, columns: 1 }, [[cell]])
  const formulaOf = (row: number) => `=ENRICH_EMAIL(A${row + 1}&" "&B${row + 1}, C${row + 1})`
  for (const row of [1, 2, 7]) put(row, { formula: formulaOf(row), value: WAITS })
  put(PEOPLE.length, { value: 'typed' })
  put(PEOPLE.length - 1, { formula: `=LOWER(A${PEOPLE.length})`, value: 'hers' })
  const held = () => {
    const area = { row: 1, column: 0, rows: PEOPLE.length, columns: 6 }
    return product.store.read(id, area).map((cells, at) => {
      const { formula, value } = cells[5]!
      return [cells[0]!.value, formula ? formula.replaceAll(String(at + 2), 'N') : value]
    })
  }
  const before = held()
  const all = { row: 1, column: 0, rows: PEOPLE.length, columns: 6 }
  const act = () => product.store.sort(id, all, { column: 0, ascending: false })
  product.emulator.script([{ kind: 'between', method: 'Range.setFormulas', nth, act }])
  await product.call('finishFormulas', 'finish')
  product.emulator.script([])
  expect(held()).toEqual(before.toReversed())
})

test.each([
  ['whatever its cells hold', '=ENRICH_EMAIL(A2:C2)&""', 1],
  ['within IFERROR', '=IFERROR(ENRICH_EMAIL(A2:C2), "none")', 1],
  ['never where a condition may not want it', '=IF(F9="", F8, ENRICH_EMAIL(A2:C2))', 0],
  ['as the formula is given it: TRUE is no name', '=ENRICH_EMAIL(A2:E2)', 1],
  ['never with a key of which only Sheets can tell', '=ENRICH_EMAIL(A2&" "&B2&E2, C2)', 0],
])('Finish asks for a formula %s', async (_, formula, paid) => {
  await start('shared', 50)
  const { id } = tabOf(product.store)
  product.store.write(id, { row: 1, column: 4, rows: 1, columns: 2 }, [[{ value: true }, { formula, value: WAITS }]])
  // The cell itself may ask once it runs again: here it is taken away.
  const act = () => product.store.write(id, { row: 1, column: 5, rows: 1, columns: 1 }, [[{ value: '' }]])
  product.emulator.script([{ kind: 'between', method: 'Sheet.getDataRange', nth: 2, act }])
  await product.call('finishFormulas', 'finish')
  product.emulator.script([])
  await product.store.settled()
  expect(finds(product)).toEqual(paid === 0 ? [] : [expect.stringContaining('last_name=Nowak')])
})

test('nobody is asked about what a formula shows that waits itself, or about a word for nothing', async () => {
  await start('shared', 50)
  const keys = [WAITS, 'pending: 1 of 2 done, press Finish in the sidebar', 'pending', 'Loading...', `Ltd ${WAITS}`]
  for (const key of keys) {
    const asked = { name: 'ENRICH_EMAIL', args: ['Ada Nowak', key], user: COLLEAGUE }
    expect([key, (await product.emulator.formula(asked)).value]).toEqual([key, ''])
    const split = { name: 'ENRICH_SPLIT_NAME', args: [key], user: COLLEAGUE }
    if (key !== keys.at(-1)) expect((await product.emulator.formula(split)).value).toBe('')
  }
  for (const args of [['Ada Nowak', 'n/a'], ['Ada Nowak, unknown'], ['Ada Nowak', '-', '#N/A']]) {
    const { error } = await product.emulator.formula({ name: 'ENRICH_EMAIL', args, user: COLLEAGUE })
    expect([args, error?.message]).toEqual([args, expect.stringMatching(/^Not enough to ask/)])
  }
  const company = { name: 'ENRICH_COMPANY', args: ['not found', 'industry'], user: COLLEAGUE }
  expect((await product.emulator.formula(company)).value).toBe('')
  expect([product.vendors.calls().filter(({ credits }) => credits > 0), claims()]).toEqual([[], []])
})

test('who is put on the list while a formula asks is not asked about', async () => {
  await start('shared', 50)
  const people = crowd(45)
  const [last] = people[44]!
  let added: Promise<unknown> | undefined
  const act = () => void (added = product.call('addSuppressed', `${last} Nowak, everyone.example`))
  product.emulator.script([{ kind: 'between', method: 'UrlFetchApp.fetchAll', nth: 1, act }])
  const ended = await product.emulator.formula({
    name: 'ENRICH_EMAIL',
    args: [people.map(([first]) => [`${first} Nowak`]), 'everyone.example'],
    user: COLLEAGUE,
  })
  product.emulator.script([])
  await added
  expect((ended.value as string[][]).flat().filter((cell) => cell.includes('@')).length).toBeGreaterThan(20)
  expect(finds(product).filter((path) => path.includes(`=${last}&`))).toEqual([])
})

describe('storms', () => {
  const KEYS = 400
  const CELLS = 1_000
  const keys = crowd(KEYS).map(([first], nth) => [
    `${first} Nowak`,
    nth % 10 === 0 ? 'nobody.example' : 'everyone.example',
  ])
  const cells = Array.from({ length: CELLS }, (_, cell) => keys[cell % KEYS]!)
  const asked = () => finds(product).length
  const fill = (user = COLLEAGUE) =>
    product.emulator.formula({
      name: 'ENRICH_EMAIL',
      args: [cells.map(([name]) => [name]), cells.map(([, domain]) => [domain]), 'show=status'],
      user,
    })
  const states = ({ value }: Ended) =>
    (value as string[][]).map(([text = '', status = '']) =>
      text.startsWith('pending') ? 'pending' : status === 'found' ? 'found' : text === 'not found' ? 'not found' : text,
    )

  test('1,000 cells with 400 keys: each is filled or pending, each key is asked once, and then never again', async () => {
    await start('shared', 1_000)
    let ended = await fill()
    expect(states(ended).filter((state) => !['found', 'not found', 'pending'].includes(state))).toEqual([])
    expect(states(ended)).toContain('found')
    expect(asked()).toBeLessThanOrEqual(KEYS)
    for (let rounds = 0; rounds < 12 && states(ended).includes('pending'); rounds++) {
      await product.call('finishFormulas', 'finish')
      await product.emulator.advance(1_000)
      ended = await fill()
    }
    expect(states(ended).filter((state) => state === 'pending')).toEqual([])
    expect(asked()).toBe(KEYS)
    // Reopened by a second person, with the caches gone.
    await product.call('finishFormulas', 'finish')
    product.emulator.evict()
    expect(states(await fill(OWNER))).toEqual(states(ended))
    const storm = await Promise.all(
      keys.slice(0, 24).map((args) => product.emulator.formula({ name: 'ENRICH_EMAIL', args, user: COLLEAGUE })),
    )
    expect(storm.map(({ state }) => state).filter((state) => state === 'killed')).toEqual([])
    expect(asked()).toBe(KEYS)
  })

  test('formulas in cells: sorting, inserting rows and copying the column ask nobody who answered', async () => {
    await start('shared', 50)
    const { id } = tabOf(product.store)
    for (let row = 2; row <= 7; row++) {
      product.emulator.type(OWNER, id, `F${row}`, `=ENRICH_EMAIL(A${row}:C${row})`)
      await product.store.settled()
    }
    const before = asked()
    const emails = () =>
      shown(product.store)
        .slice(1)
        .flatMap((row) => row.slice(5).filter((text) => text.includes('@')))
    product.store.sort(id, { row: 1, column: 0, rows: 6, columns: 6 }, { column: 0, ascending: false })
    await product.store.settled()
    product.store.insertRows(id, 3, 2)
    await product.store.settled()
    for (let row = 2; row <= 9; row++) {
      product.emulator.type(COLLEAGUE, id, `G${row}`, `=ENRICH_EMAIL(A${row}:C${row})`)
      await product.store.settled()
    }
    expect(new Set(emails()).size).toBe(6)
    expect(emails().length).toBeGreaterThanOrEqual(12)
    expect(asked()).toBe(before)
    expect(charged()).toBe(6)
  })
})
