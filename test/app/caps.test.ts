import * as fc from 'fast-check'
import type { RunView } from '../../src/app/api-types'
import { countTrial } from '../../src/app/caps'
import type { Taken } from '../../src/domain/job'
import type { User } from '../../workbench/appsscript/contract'
import { fakeBook } from './fake-book'
import type { Product } from './product'
import { COLLEAGUE, OWNER, startProduct, useHunter } from './product'
import { changeProperty, crowd, journal, HUNTER, REQUEST } from './story'

const ROWS = 60

let product: Product
let most = 0
const start = async (rows: number) => {
  product = await startProduct({
    rows: [
      ['First name', 'Last name', 'Website', 'Email'],
      ...crowd(rows).map((person) => [...person, 'everyone.example', '']),
    ],
  })
  await useHunter(product)
  most = 0
  product.vendors.onCall(() => void (most = Math.max(most, charged())))
}
beforeEach(() => start(ROWS))
afterEach(() => product.stop())

const charged = () => product.vendors.charged(HUNTER)

/** Drives a run as the sidebar of a person does, with lanes beside. */
async function drive(user: User, run: RunView, lanes: number): Promise<RunView> {
  let view = run
  const lead = async (): Promise<void> => {
    while (view.state === 'running') view = await product.callAs(user, 'continueRun', run.id)
  }
  const join = async (lane: number): Promise<void> => {
    while (view.state === 'running') await product.callAs(user, 'joinRun', { run: run.id, lane })
  }
  await Promise.all([lead(), ...Array.from({ length: lanes }, (_, lane) => join(lane + 1))])
  return view
}

test('the caps of a day, a person, a vendor and a month hold for two people and several lanes, and a raised one lets the run go on', async () => {
  await product.call('saveCaps', { day: 25, person: 30, month: 50, vendors: { hunter: 40 } })
  const receipt = await product.call('receipt', REQUEST)
  expect(receipt.remarks).toContain(
    'The cap of 25 credits a day leaves 25 credits: the run pauses there if it comes to that.',
  )
  const run = await product.call('startRun', receipt.id)
  const atDay = await drive(OWNER, run, 3)
  expect(atDay).toMatchObject({ state: 'paused', credits: { spent: 25 }, problem: { action: 'open_settings' } })
  expect(atDay.problem?.message).toMatch(
    /^The cap of 25 credits a day is reached\. .* Raise it in Settings .* tomorrow/,
  )
  expect([charged(), most]).toEqual([25, 25])
  expect((await product.call('settings')).caps).toMatchObject({
    day: { cap: 25, used: 25 },
    person: { cap: 30, used: 25 },
    vendors: [{ id: 'hunter', name: 'Hunter', cap: 40, used: 25 }],
  })

  // Going on without raising it asks nobody.
  expect(await drive(OWNER, await product.call('resumeRun', run.id), 0)).toMatchObject({ state: 'paused' })
  await product.call('saveCaps', { day: 200, person: 30, month: 50, vendors: { hunter: 40 } })
  const atPerson = await drive(OWNER, await product.call('resumeRun', run.id), 2)
  expect(atPerson.problem?.message).toMatch(/^The cap of 30 credits a month for each person is reached/)
  expect([charged(), most]).toEqual([30, 30])
  await product.call('stopRun', run.id)

  // Somebody else has a cap of their own, but the vendor's is for all.
  const key = product.vendors.keys[HUNTER]!
  await product.callAs(COLLEAGUE, 'saveKey', { vendor: 'hunter', environment: 'production', place: 'personal', key })
  const theirs = await product.callAs(COLLEAGUE, 'receipt', REQUEST)
  const atVendor = await drive(COLLEAGUE, await product.callAs(COLLEAGUE, 'startRun', theirs.id), 2)
  expect(atVendor.problem?.message).toMatch(/^The cap of 40 credits a month for Hunter is reached/)
  expect([charged(), most]).toEqual([40, 40])
  await product.callAs(COLLEAGUE, 'saveCaps', { person: 30, month: 50, vendors: {} })
  const atMonth = await drive(COLLEAGUE, await product.callAs(COLLEAGUE, 'resumeRun', atVendor.id), 2)
  expect(atMonth.problem?.message).toMatch(/^The cap of 50 credits a month is reached/)
  expect([charged(), most]).toEqual([50, 50])
  await product.callAs(COLLEAGUE, 'stopRun', atVendor.id)

  // The day after the receipt nothing is left of the month; in December it begins anew.
  await product.emulator.advance(10 * 86_400_000)
  const last = await product.enrich({})
  expect(last).toMatchObject({ state: 'done', credits: { spent: 10 } })
  const { caps } = await product.call('settings')
  expect(caps).toMatchObject({ month: { used: 10 }, day: { cap: null, used: 10 }, damaged: false })
  const usage = await product.call('usage')
  expect(usage.vendors.find(({ id }) => id === 'hunter')).toMatchObject({
    credits: 60,
    maybe: 0,
    asked: 60,
    balance: { left: 49_950 },
  })
}, 240_000)

test('an answer that was lost counts against the caps, and caps that cannot be read let nothing be spent', async () => {
  await product.call('saveCaps', { day: 35, vendors: {} })
  const receipt = await product.call('receipt', REQUEST)
  const run = await product.call('startRun', receipt.id)
  // Of one wave the money is taken and no answer comes.
  let asked = 0
  product.vendors.onCall(({ path }) => {
    if (path.includes('finder')) asked++
    product.vendors.weather(HUNTER, { mute: asked >= 12 && asked < 15 })
  })
  const paused = await product.finish(run)
  const { spent, maybe } = paused.credits
  expect([paused.state, spent + maybe]).toEqual(['paused', 35])
  expect(maybe).toBeGreaterThan(0)
  expect(charged()).toBe(35)
  const { vendors, days } = await product.call('usage')
  expect(vendors.find(({ id }) => id === 'hunter')).toMatchObject({ credits: spent, maybe })
  expect(days.at(-1)).toEqual({ day: '2026-11-22', vendors: [{ id: 'hunter', credits: spent, maybe }] })

  changeProperty(product, { scope: 'document', key: 'caps', value: '{"day":' })
  expect((await product.call('settings')).caps.damaged).toBe(true)
  await expect(product.call('receipt', REQUEST)).rejects.toThrow(
    'The record of the caps of this file could not be read',
  )
  await product.call('resumeRun', run.id)
  expect(await product.call('continueRun', run.id)).toMatchObject({ state: 'paused', credits: { spent } })
  await product.call('saveCaps', { vendors: {} })
  expect(await product.finish(await product.call('resumeRun', run.id))).toMatchObject({ state: 'done' })
}, 120_000)

const DAY = 86_400_000

test('a run paused at the cap of a day goes on by itself on each next day, within the cap, until it is done', async () => {
  await product.call('saveCaps', { day: 25, vendors: {} })
  const run = await drive(OWNER, await product.call('startRun', (await product.call('receipt', REQUEST)).id), 0)
  expect(run.problem?.message).toBe(
    'The cap of 25 credits a day is reached. What was found is written. Raise it in Settings and go on here, or it goes on by itself tomorrow, in the hour after midnight UTC.',
  )
  // It is 9 o'clock in UTC.
  await product.emulator.advance(14 * 3_600_000)
  expect(await product.call('runStatus', run.id)).toMatchObject({ state: 'paused', credits: { spent: 25 } })
  await product.emulator.advance(3 * 3_600_000)
  expect(await product.call('runStatus', run.id)).toMatchObject({ state: 'paused', credits: { spent: 50 } })
  await product.emulator.advance(DAY)
  expect(await product.call('runStatus', run.id)).toMatchObject({
    state: 'done',
    cellsWritten: 60,
    credits: { spent: 60 },
  })
  expect(charged()).toBe(60)
}, 120_000)

test('a run paused at the cap of a day waits where its person switched that off, before or after', async () => {
  await product.call('saveCaps', { day: 25, vendors: {}, goesOn: false })
  expect((await product.call('settings')).caps.goesOn).toBe(false)
  const run = await drive(OWNER, await product.call('startRun', (await product.call('receipt', REQUEST)).id), 0)
  expect(run.problem?.message).toMatch(/or go on tomorrow\.$/)
  await product.emulator.advance(DAY)
  expect(await product.call('runStatus', run.id)).toMatchObject({ state: 'paused', credits: { spent: 25 } })
  await product.call('saveCaps', { day: 25, vendors: {} })
  const second = await drive(OWNER, await product.call('resumeRun', run.id), 0)
  expect(second).toMatchObject({ state: 'paused', credits: { spent: 50 } })
  await product.call('saveCaps', { day: 25, vendors: {}, goesOn: false })
  await product.emulator.advance(DAY)
  expect(await product.call('runStatus', run.id)).toMatchObject({ state: 'paused', credits: { spent: 50 } })
}, 120_000)

test.each([
  ['given back in the same month', 29, 0],
  ['given back after the month in which it was counted', 30, 3],
])('what is %s is never less than nothing of a cap', (_, day, used) => {
  const { host } = fakeBook()
  const count = (credits: number, at: number, now: number) =>
    countTrial({ ...host, now: () => now }, { by: 'somebody', provider: 'hunter', credits, at })
  const [reserved, answered] = [Date.UTC(2026, 10, day, 23, 59, 59), Date.UTC(2026, 10, day + 1, 0, 0, 1)]
  count(2, reserved, reserved)
  count(used, answered, answered)
  count(-2, reserved, answered)
  const { all, people } = JSON.parse(host.document.get('spending')!) as { all: Taken; people: unknown }
  expect([all.month, people]).toEqual([{ hunter: used }, { somebody: used }])
})

test.each([-1, NaN, 1_000_001])('a cap of %p is refused in words', async (day) => {
  await expect(product.call('saveCaps', { day, vendors: {} })).rejects.toThrow(/A cap must be|do not fit together/)
})

test('a trial asks about some rows alone, and the receipt for the others is worked out from what it taught', async () => {
  const request = { ...REQUEST, sample: 10 }
  const trial = await product.call('receipt', request)
  expect(trial).toMatchObject({
    rows: { selected: 10, chargeable: 10 },
    rest: ROWS - 10,
    credits: { typical: 5, worst: 10 },
  })
  expect(trial.lines.filter(({ credits }) => credits.worst > 0).map(({ learned }) => learned)).toEqual([0])
  const tried = await product.finish(await product.call('startRun', trial.id))
  expect(tried).toMatchObject({
    state: 'done',
    rows: { total: 10, done: 10 },
    sample: { scope: 'all', rest: ROWS - 10 },
  })
  expect(charged()).toBe(10)

  const others = await product.call('receipt', REQUEST)
  expect(others).toMatchObject({ rest: 0, rows: { filled: 10, chargeable: 50 }, credits: { best: 0, worst: 50 } })
  // All ten were found: 12 of 14 with the prior.
  expect(others.credits.typical).toBe(Math.ceil((50 * 12) / 14))
  expect(others.lines.find(({ provider }) => provider === 'hunter')).toMatchObject({ learned: 10 })
  expect(others.balances).toMatchObject([{ name: 'Hunter' }])
  const done = await product.finish(await product.call('startRun', others.id))
  expect(done).toMatchObject({ state: 'done', sample: null, credits: { spent: 50 } })
  expect(charged()).toBe(ROWS)

  const { name, text } = await product.call('exportUsage')
  expect(name).toBe('enrich-usage-2026-11-22.csv')
  const lines = text.trim().split('\r\n')
  expect(lines[0]).toMatch(/^Time \(UTC\),Run,User,Environment,Vendor,Operation,/)
  const paid = lines.filter((line) => line.includes(',hunter,'))
  expect(paid).toHaveLength(ROWS)
  expect(paid[0]).toMatch(
    /^2026-11-22T09:\d\d:\d\d\.\d{3}Z,[^,]+,you,production,hunter,[^,]+,1,1 found,200,1,0,\d+,[0-9a-f]{12}$/,
  )
  expect(text).not.toContain('Nowak')
  expect(text).not.toContain(product.vendors.keys[HUNTER])
}, 120_000)

test.each([0, 2])(
  'a cap that is lowered while a run works lets only what is on its way be asked, with %d lanes',
  async (lanes) => {
    const run = await product.call('startRun', (await product.call('receipt', REQUEST)).id)
    let lowered: Promise<unknown> | undefined
    product.vendors.onCall(() => {
      if (charged() >= 5) lowered ??= product.call('saveCaps', { day: 10, vendors: {} })
    })
    const paused = await drive(OWNER, run, lanes)
    await lowered
    expect(paused.problem?.message).toMatch(/^The cap of 10 credits a day is reached/)
    expect(charged()).toBeLessThan(ROWS)
    expect(paused.credits.spent).toBe(charged())
  },
  60_000,
)

test.each([24, 30, 32])(
  'a run that begins %d seconds into the last minute of a month keeps to the cap of each',
  async (seconds) => {
    await product.emulator.advance(Date.UTC(2026, 10, 30, 23, 59, seconds) - product.emulator.now())
    await product.call('saveCaps', { month: 22, vendors: {} })
    const byMonth = new Map<number, number>()
    // What is asked counts in the month in which it was reserved (docs/reliability.md), a moment before.
    product.vendors.onCall(({ path }) => {
      if (!path.includes('finder')) return
      const at = journal(product.store).flatMap((entry) => ('k' in entry && entry.k === 'reserve' ? [entry.at] : []))
      const month = new Date(at.at(-1)!).getUTCMonth()
      byMonth.set(month, (byMonth.get(month) ?? 0) + 1)
    })
    const paused = await drive(OWNER, await product.call('startRun', (await product.call('receipt', REQUEST)).id), 0)
    expect(paused.problem?.message).toMatch(/^The cap of 22 credits a month is reached/)
    expect(Math.max(...byMonth.values())).toBeLessThanOrEqual(22)
  },
  60_000,
)

describe('the worst of a receipt', () => {
  const PROSPEO = 'api.prospeo.io'
  const SKIES = {
    throttle: { throttle: 0.5 },
    outage: { outage: true },
    dead: { dead: true },
    mute: { mute: true },
  } as const
  const FAIR = { throttle: 0, outage: false, dead: false, mute: false }
  interface Misfortune {
    readonly host: string
    /** The call with which it begins, and how many there are until it is over. */
    readonly from: number
    readonly calls: number
    readonly sky: keyof typeof SKIES
  }
  const misfortune: fc.Arbitrary<Misfortune> = fc.record({
    host: fc.constantFrom(HUNTER, PROSPEO),
    from: fc.integer({ min: 1, max: 20 }),
    calls: fc.integer({ min: 1, max: 6 }),
    sky: fc.constantFrom(...(Object.keys(SKIES) as (keyof typeof SKIES)[])),
  })
  const play = fc.record({
    rows: fc.integer({ min: 2, max: 10 }),
    lanes: fc.integer({ min: 0, max: 2 }),
    misfortunes: fc.array(misfortune, { maxLength: 4 }),
    /** The call with which somebody else stops the run. */
    stopAt: fc.option(fc.integer({ min: 1, max: 12 })),
  })

  const taken = () => [HUNTER, PROSPEO].reduce((sum, host) => sum + product.vendors.charged(host), 0)

  const weatherBy = (misfortunes: readonly Misfortune[]) => {
    let calls = 0
    product.vendors.onCall(() => {
      calls++
      for (const { host, from, calls: lasts, sky } of misfortunes) {
        if (calls === from) product.vendors.weather(host, SKIES[sky])
        if (calls === from + lasts) product.vendors.weather(host, FAIR)
      }
    })
  }

  /** Goes on with a run until it is over, whatever pauses it; what stops for good is mended after a while. */
  const toEnd = async (user: User, run: RunView, lanes: number): Promise<RunView> => {
    let view = run
    for (let turn = 0; view.state === 'running' || view.state === 'paused'; turn++) {
      expect(turn).toBeLessThan(60)
      expect(view.problem?.message ?? '').not.toMatch(/cap of/)
      if (turn > 5) for (const host of [HUNTER, PROSPEO]) product.vendors.weather(host, FAIR)
      if (view.state === 'paused') view = await product.callAs(user, 'resumeRun', run.id)
      if (view.state !== 'running') continue
      const beside = Array.from({ length: lanes }, (_, lane) =>
        product.callAs(user, 'joinRun', { run: run.id, lane: lane + 1 }),
      )
      ;[view] = await Promise.all([product.callAs(user, 'continueRun', run.id), ...beside])
      await product.emulator.advance(20_000)
    }
    return view
  }

  test('is never passed, and enough, with retries and outages and two people at once, each by their own receipt', async () => {
    await fc.assert(
      fc.asyncProperty(play, async ({ rows, lanes, misfortunes, stopAt }) => {
        await product.stop()
        await start(rows)
        const people = [OWNER, COLLEAGUE]
        for (const user of people)
          for (const [vendor, host] of [
            ['hunter', HUNTER],
            ['prospeo', PROSPEO],
          ] as const) {
            const key = product.vendors.keys[host]!
            await product.callAs(user, 'saveKey', { vendor, environment: 'production', place: 'personal', key })
          }
        weatherBy(misfortunes)
        const receipts = await Promise.all(people.map((user) => product.callAs(user, 'receipt', REQUEST)))
        const starts = await Promise.allSettled(
          receipts.map(({ id }, index) => product.callAs(people[index]!, 'startRun', id)),
        )
        const first = starts.findIndex(({ status }) => status === 'fulfilled')
        expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        let calls = 0
        let stopping: Promise<unknown> | undefined
        const other = people[1 - first]!
        const run = (starts[first] as PromiseFulfilledResult<RunView>).value
        product.vendors.onCall(() => {
          if (++calls === stopAt) stopping = product.callAs(other, 'stopRun', run.id)
        })
        const within = async (user: User, { worst }: { readonly worst: number }, begun: RunView) => {
          const before = taken()
          const { state, credits } = await toEnd(user, begun, lanes)
          await stopping
          const cost = taken() - before
          expect(['done', 'stopped']).toContain(state)
          expect(credits.spent).toBeLessThanOrEqual(cost)
          expect(cost).toBeLessThanOrEqual(credits.spent + credits.held + credits.maybe)
          expect(credits.spent + credits.held + credits.maybe).toBeLessThanOrEqual(worst)
        }
        await within(people[first]!, receipts[first]!.credits, run)
        const theirs = await product.callAs(other, 'receipt', REQUEST).catch(() => undefined)
        const begun = theirs && (await product.callAs(other, 'startRun', theirs.id).catch(() => undefined))
        if (begun) await within(other, theirs.credits, begun)
      }),
      {
        numRuns: 6,
        // Answers that are lost after they were paid for: the next vendor is paid for the same rows.
        examples: [6, null].map((stopAt) => [
          {
            rows: 8,
            lanes: 1,
            stopAt,
            misfortunes: [
              { host: HUNTER, from: 2, calls: 3, sky: 'mute' },
              { host: PROSPEO, from: 9, calls: 4, sky: 'throttle' },
            ],
          },
        ]),
      },
    )
  }, 240_000)
})
