import { paceOf } from '../../src/engine/pace'
import { asks, jobOf, MISS, play, T0, vendor, worldOf } from './one-vendor'

const MINUTE = 60_000

describe('paceOf', () => {
  it.each<[Record<string, string>, { left: number; until: number } | undefined]>([
    [{}, undefined],
    [{ 'x-ratelimit-remaining': '7' }, { left: 7, until: MINUTE }],
    [
      { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': '5' },
      { left: 7, until: 5_000 },
    ],
    [
      { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': String(T0 / 1000 + 30) },
      { left: 7, until: 30_000 },
    ],
    [
      { 'ratelimit-remaining': '0', 'ratelimit-reset': '12' },
      { left: 0, until: 12_000 },
    ],
    [{ ratelimit: 'limit=10, remaining=4, reset=30' }, { left: 4, until: 30_000 }],
    [{ ratelimit: '"default";r=3;t=20' }, { left: 3, until: 20_000 }],
    [{ 'x-ratelimit-remaining': "{'minute': 99, 'day': 90}" }, { left: 90, until: 24 * 60 * MINUTE }],
    [
      { 'x-minute-requests-left': '2', 'x-hourly-requests-left': '150' },
      { left: 2, until: MINUTE },
    ],
    [
      { 'x-minute-requests-left': '20', 'x-24-hour-requests-left': '5' },
      { left: 5, until: 24 * 60 * MINUTE },
    ],
    [{ 'x-ratelimit-remaining': 'many', 'x-ratelimit-reset': 'soon' }, undefined],
    [{ 'x-ratelimit-remaining': '-1' }, undefined],
  ])('of %j', (headers, said) =>
    expect(paceOf({ status: 200, headers, text: '' }, T0)).toEqual(
      said && { left: said.left, at: T0, until: T0 + said.until },
    ),
  )
})

describe('a vendor that says how many calls are left', () => {
  const finds = ['phone'] as const
  const people = Array.from({ length: 10 }, (_, index) => ({ email: `p${index}@acme.example` }))
  const world = worldOf(finds, [vendor('one', [asks('find', 'email', { finds })], { limits: { perSecond: 4 } })])

  it('is asked so often and no more until then', () => {
    const run = play(world, jobOf(world, people))
    expect(run.send()).toHaveLength(4)
    run.answer({ 'one/find': { ...MISS, headers: { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '40' } } })
    expect(run.send(T0 + 2_000)).toHaveLength(3)
    run.answer({ 'one/find': MISS }, T0 + 2_100)
    expect(run.wait(T0 + 5_000)).toBe(T0 + 40_000)
    expect(run.send(T0 + 40_000)).toHaveLength(3)
  })
})
