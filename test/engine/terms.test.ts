import { openBudget } from '../../src/engine/budget'
import fc from 'fast-check'
import type { VendorState } from '../../src/domain/job'
import type { Limits } from '../../src/domain/provider'
import { withinDay } from '../../src/engine/day'
import { together } from '../../src/engine/lane'
import { allowance, allowedAt, endpointOf } from '../../src/engine/limits'
import { limitGroups, withTerms } from '../../src/engine/terms'
import { PROVIDERS } from '../../src/providers'
import { admit, openJob } from '../../src/engine/job'
import { nextBatches } from '../../src/engine/next-batches'
import { asks, T0, vendor, worldOf } from './one-vendor'

const SHARED: Limits = { perSecond: 10, perMinute: 300 }
const PLAIN = { prices: {}, limits: {} } as const
const POLL = {
  request: () => ({ url: 'https://api.vendor.example/ticket' }),
  read: () => [
    { kind: 'found' as const, values: {}, credits: 2 },
    { kind: 'not_found' as const, credits: 0.5 },
  ],
  everyMs: 1_000,
  limits: SHARED,
}
const VENDOR = vendor(
  'v',
  [
    asks('one', 'name_at_domain', {
      finds: ['email'],
      limits: SHARED,
      price: { credits: 2, charge: 'hit' },
      poll: POLL,
    }),
    asks('two', 'name_at_company', { finds: ['email'], limits: SHARED }),
    asks('three', 'email', { finds: ['email_status'] }),
  ],
  { limits: { perSecond: 5 } },
)
const remote = (provider: typeof VENDOR, id: string) => {
  const operation = provider.operations.find((one) => one.id === id)!
  if (operation.kind !== 'remote') throw new Error('It takes no call')
  return operation
}

describe('the limits of a vendor', () => {
  it('are told once for all that share them', () =>
    expect(
      limitGroups(VENDOR).map(({ id, limits, operations }) => [id, limits, operations.map((one) => one.id)]),
    ).toEqual([
      ['one', SHARED, ['one', 'two']],
      ['vendor', { perSecond: 5 }, ['three']],
    ]))

  it.each(PROVIDERS)('of $id have names of their own, which stay when they are changed', (provider) => {
    const groups = limitGroups(provider)
    const ids = groups.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const limits = Object.fromEntries(ids.map((id, index) => [id, { perMinute: index + 1 }]))
    const changed = limitGroups(withTerms(provider, { prices: {}, limits }))
    expect(changed.map(({ id, limits: { perMinute } }) => [id, perMinute])).toEqual(
      ids.map((id, index) => [id, index + 1]),
    )
    const shares = (all: typeof groups) => all.map(({ operations }) => operations.map(({ id }) => id))
    expect(shares(changed)).toEqual(shares(groups))
  })

  it('still hold together for what shares them after a change', () => {
    const changed = withTerms(VENDOR, { prices: {}, limits: { one: { perSecond: 3 } } })
    const state: VendorState = {
      calls: { one: [[T0, 2]], 'one.poll': [[T0, 1]] },
      restUntil: 0,
      setbacks: 0,
      called: 3,
      found: 0,
      credits: 0,
    }
    const left = (id: string) => allowance(changed, endpointOf(remote(changed, id)), { state, now: T0 + 10 })
    expect([left('one'), left('two'), left('three')]).toEqual([0, 0, 5])
    expect(remote(changed, 'two').limits).toEqual({ perSecond: 3, perMinute: 300 })
  })
})

describe('a price', () => {
  const priced = withTerms(VENDOR, { prices: { one: 3 }, limits: {} })
  it('is that of its operation alone', () =>
    expect(priced.operations.map(({ price }) => price.credits)).toEqual([3, 1, 1]))
  it('is what an answer takes that says it took the usual one', () => {
    const outcomes = [
      { kind: 'found', values: {}, credits: 2 },
      { kind: 'not_found', credits: 5 },
      { kind: 'not_found' },
    ]
    const credits = (read: unknown) => (read as { credits?: number }[]).map((outcome) => outcome.credits)
    const keys = [{ email: 'jo@example.com' }] as never
    expect(credits(remote(priced, 'one').read(outcomes, keys))).toEqual([3, 5, undefined])
    expect(credits(remote(priced, 'one').poll!.read({}, keys))).toEqual([3, 0.5])
  })
  it('left as it is changes nothing', () => expect(withTerms(VENDOR, PLAIN)).toEqual(VENDOR))
})

describe('a limit of a day', () => {
  const DAY = 86_400_000
  const daily = withTerms(VENDOR, { ...PLAIN, perDay: 3 })

  it('never lets more calls through in any 24 hours, whatever their times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 * 3_600_000 }), { maxLength: 60 }), (pauses) => {
        const endpoint = endpointOf(remote(daily, 'three'))
        const sent: number[] = []
        let state: VendorState | undefined
        let now = T0
        for (const pause of pauses) {
          now += pause
          if (allowance(daily, endpoint, { state, now }) === 0) {
            // What is promised for later holds.
            const at = allowedAt(daily, endpoint, { state, now })
            expect(at).toBeGreaterThan(now)
            expect(allowance(daily, endpoint, { state, now: at })).toBeGreaterThan(0)
            continue
          }
          sent.push(now)
          const day = withinDay(state?.day ?? [], now)
          expect(day.length).toBeLessThanOrEqual(8)
          state = { calls: {}, restUntil: 0, setbacks: 0, called: 0, found: 0, credits: 0, day }
        }
        for (const at of sent) expect(sent.filter((one) => one > at - DAY && one <= at).length).toBeLessThanOrEqual(3)
      }),
    )
  })

  it('counts what lanes sent, each call once, in few entries', () => {
    const plain: VendorState = { calls: {}, restUntil: 0, setbacks: 0, called: 0, found: 0, credits: 0 }
    const pauses = fc.array(fc.array(fc.integer({ min: 1, max: 3_600_000 }), { maxLength: 9 }), { maxLength: 4 })
    fc.assert(
      fc.property(pauses, (lanes) => {
        const began = { v: { ...plain, day: [[T0, 5]] as const } }
        const ended = lanes.map((sent) => {
          let now = T0
          return sent.reduce(
            (day, pause) => withinDay(day, (now += pause), T0),
            began.v.day as VendorState['day'] & object,
          )
        })
        const { v } = together(
          { vendors: began, since: T0 },
          ended.map((day) => ({ v: { ...plain, day } })),
        )
        const sum = (v?.day ?? []).reduce((total, [, count]) => total + count, 0)
        expect(sum).toBe(5 + lanes.flat().length)
        expect(v?.day?.length).toBeLessThanOrEqual(4)
      }),
    )
  })

  it('is counted as calls are sent, and only where a person set it', () => {
    const send = (provider: typeof VENDOR) => {
      const world = worldOf(['email_status'], [provider])
      const job = openJob({
        run: 'r',
        environment: 'production',
        startedAt: T0,
        epoch: 1,
        budget: openBudget(9),
        vendors: {},
      })
      const leads = [1, 2, 3, 4, 5].map((row) => ({
        row,
        lead: { email: `jo${row}@example.com` },
        missing: ['email_status' as const],
      }))
      const next = nextBatches(admit(job, leads, { world, now: T0 }), world, T0)
      return { sent: next.kind === 'wave' ? next.wave.batches.length : 0, day: next.job.vendors['v']?.day }
    }
    expect(send(daily)).toEqual({ sent: 3, day: [[T0, 3]] })
    expect(send(VENDOR)).toEqual({ sent: 5, day: undefined })
  })
})
