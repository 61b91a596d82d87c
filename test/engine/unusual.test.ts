import type { Left, VendorDay } from '../../src/engine/unusual'
import { unusual } from '../../src/engine/unusual'

const NOW = Date.UTC(2026, 10, 29, 12)
const dayBefore = (days: number) => new Date(NOW - days * 86_400_000).toISOString().slice(0, 10)
const day = (daysAgo: number, credits: number, part: Partial<VendorDay> = {}): VendorDay => ({
  day: dayBefore(daysAgo),
  vendor: 'hunter',
  credits,
  found: 0,
  missed: 0,
  ...part,
})
const NONE = new Map<string, Left>()
const kindsOf = (days: readonly VendorDay[], balances = NONE) => unusual(days, balances, NOW).map(({ kind }) => kind)
const usualDays = [8, 9, 10, 11, 12].map((ago) => day(ago, 10))

describe('a day that took far more than a usual one', () => {
  test('is told with both figures, all vendors together', () => {
    const days = [...usualDays, day(2, 16), day(2, 15, { vendor: 'prospeo' })]
    expect(unusual(days, NONE, NOW)).toEqual([{ kind: 'dear_day', day: dayBefore(2), credits: 31, usual: 10 }])
  })

  test.each([
    ['three times as much', [...usualDays, day(2, 30)]],
    ['too few days before', [...usualDays.slice(2), day(2, 500)]],
    ['a week ago or more', [...usualDays, day(7, 500)]],
    ['one dear day before, which is no usual one', [...usualDays, day(20, 5_000), day(2, 30)]],
    [
      'days before that are long over',
      [...usualDays.map((one, at) => ({ ...one, day: dayBefore(40 + at) })), day(1, 500)],
    ],
  ])('is not told of %s', (_, days) => {
    expect(kindsOf(days)).toEqual([])
  })
})

describe('a vendor that misses more', () => {
  const answers = (ago: number, found: number, missed: number) => day(ago, 0, { found, missed })

  test('is told with both rates', () => {
    expect(unusual([answers(1, 5, 15), answers(9, 30, 10), answers(20, 30, 10)], NONE, NOW)).toEqual([
      { kind: 'more_misses', vendor: 'hunter', lately: 0.75, before: 0.25 },
    ])
  })

  test.each([
    ['a little more', [answers(1, 60, 40), answers(9, 75, 25)]],
    ['too few answers lately', [answers(1, 0, 19), answers(9, 75, 25)]],
    ['too few answers before', [answers(1, 0, 40), answers(9, 49, 0)]],
    ['fewer misses', [answers(1, 40, 0), answers(9, 25, 75)]],
  ])('is not told of %s', (_, days) => {
    expect(kindsOf(days)).toEqual([])
  })
})

test.each([
  [99, ['short_balance']],
  [100, []],
])('a balance of %p after a week of 100 credits: %p', (left, told) => {
  const days = [day(1, 60), day(6, 40), day(7, 500)]
  expect(kindsOf(days, new Map([['hunter', { left }]]))).toEqual(told)
  expect(kindsOf(days, new Map([['prospeo', { left }]]))).toEqual([])
})

test.each([
  [14, 199, ['short_balance']],
  [14, 200, []],
  [1, 15, []],
])('with %p days to the renewal of its plan and %p credits left after a week of 100: %p', (days, left, told) => {
  expect(kindsOf([day(1, 60), day(6, 40)], new Map([['hunter', { left, days }]]))).toEqual(told)
})
