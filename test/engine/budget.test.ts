import fc from 'fast-check'
import type { Taken } from '../../src/domain/job'
import { affordable, asOf, counted, openBudget, roomOf, sumOf, takenTogether } from '../../src/engine/budget'

const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 28, 12)
const FIRST = openBudget(0).taken
const VENDORS = ['hunter', 'prospeo'] as const

const amount = fc.record({
  provider: fc.constantFrom(...VENDORS),
  worst: fc.integer({ min: 0, max: 20 }),
  real: fc.integer({ min: 0, max: 20 }),
  /** Hours until it is reserved, and from then until it is settled: over midnight and into December. */
  wait: fc.integer({ min: 0, max: 30 }),
  last: fc.integer({ min: 0, max: 30 }),
})

/** Reserves each amount, settles it later, and keeps what a plain list of it all says. */
function play(amounts: readonly (typeof amount extends fc.Arbitrary<infer T> ? T : never)[]) {
  let now = START
  let taken: Taken = FIRST
  const list: { provider: string; credits: number; at: number }[] = []
  const count = (one: { provider: string; credits: number; at: number }) => {
    taken = counted(taken, one, now)
    list.push(one)
  }
  for (const { provider, worst, real, wait, last } of amounts) {
    now += wait * HOUR
    const at = now
    count({ provider, credits: worst, at })
    now += last * HOUR
    count({ provider, credits: -worst, at })
    count({ provider, credits: Math.min(real, worst), at })
  }
  return { taken: asOf(taken, now), list, now }
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

describe('what is taken', () => {
  test('is what was reserved and paid on the present day and in the present month, by vendor', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 12 }), (amounts) => {
        const { taken, list, now } = play(amounts)
        const sum = (some: typeof list) => some.reduce((all, { credits }) => all + credits, 0)
        const isNow = (digits: number) => (one: { at: number }) =>
          dayOf(one.at).slice(0, digits) === dayOf(now).slice(0, digits)
        expect(taken.day).toBe(dayOf(now))
        expect(taken.today).toBe(sum(list.filter(isNow(10))))
        for (const vendor of VENDORS)
          expect(taken.month[vendor] ?? 0).toBe(
            sum(list.filter(isNow(7)).filter(({ provider }) => provider === vendor)),
          )
      }),
    )
  })

  test('counts, and is never given back, while a clock is behind the one that was looked at before', () => {
    const [eve, midnight] = [Date.UTC(2026, 10, 30, 23, 59, 59), Date.UTC(2026, 11, 1)]
    const count = (taken: Taken, credits: number, now: number) =>
      counted(taken, { provider: 'hunter', credits, at: eve }, now)
    const taken = count(counted(FIRST, { provider: 'hunter', credits: 2, at: midnight }, midnight), 3, eve)
    for (const one of [taken, count(taken, -3, eve), count(taken, -3, midnight)])
      expect(one).toEqual({ day: '2026-12-01', today: 5, month: { hunter: 5 } })
  })

  test('by two together is the same whichever comes first', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 6 }), fc.array(amount, { maxLength: 6 }), (some, others) => {
        const [one, other] = [play(some), play(others)]
        const now = Math.max(one.now, other.now)
        const both = asOf(takenTogether(one.taken, other.taken), now)
        expect(both).toEqual(asOf(takenTogether(other.taken, one.taken), now))
        const today = [one, other].map(({ taken }) => asOf(taken, now))
        expect(both.today).toBe(today[0]!.today + today[1]!.today)
        expect(sumOf(both.month)).toBe(sumOf(today[0]!.month) + sumOf(today[1]!.month))
      }),
    )
  })
})

describe('the room of a run', () => {
  const credits = fc.integer({ min: 0, max: 9_999 }).map((all) => all / 100)
  const room = fc.record(
    { day: credits, month: credits, vendors: fc.record({ hunter: credits }) },
    { requiredKeys: [] },
  )
  const taken = fc.record({ today: credits, hunter: credits, prospeo: credits })

  test('is never exceeded by what is affordable', () => {
    const price = { credits: 0.7, charge: 'call' } as const
    fc.assert(
      fc.property(credits, room, taken, (cap, most, { today, hunter, prospeo }) => {
        const budget = {
          ...openBudget(cap),
          taken: { day: '2026-11-28', today, month: { hunter, prospeo } },
          room: most,
        }
        for (const vendor of VENDORS) {
          const paid = affordable(budget, vendor, price) * price.credits
          if (paid === 0) continue
          expect(paid).toBeLessThanOrEqual(cap + 1e-6)
          expect(today + paid).toBeLessThanOrEqual((most.day ?? Infinity) + 1e-6)
          expect(hunter + prospeo + paid).toBeLessThanOrEqual((most.month ?? Infinity) + 1e-6)
          const ofVendor = vendor === 'hunter' ? hunter + paid : 0
          expect(ofVendor).toBeLessThanOrEqual((most.vendors?.hunter ?? Infinity) + 1e-6)
        }
        expect(affordable(budget, 'hunter', { credits: 0 })).toBe(Infinity)
      }),
    )
  })

  test('is shared out to lanes so that they never take more than is left', () => {
    fc.assert(
      fc.property(room, taken, fc.integer({ min: 1, max: 4 }), (most, { today, hunter, prospeo }, of) => {
        const budget = { ...openBudget(1), taken: { day: '2026-11-28', today, month: { hunter, prospeo } }, room: most }
        const share = roomOf(budget, of)!
        const left = (cap: number, used: number) => Math.max(0, cap - used) + 1e-6
        expect(Object.keys(share).sort()).toEqual(Object.keys(most).sort())
        if (share.day !== undefined) expect(share.day * of).toBeLessThanOrEqual(left(most.day!, today))
        if (share.month !== undefined) expect(share.month * of).toBeLessThanOrEqual(left(most.month!, hunter + prospeo))
        if (share.vendors)
          expect(share.vendors['hunter']! * of).toBeLessThanOrEqual(left(most.vendors?.hunter ?? 0, hunter))
      }),
    )
    expect(roomOf(openBudget(5), 2)).toBeUndefined()
  })
})
