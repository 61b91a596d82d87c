import { dayText } from './day'

const DAY_MS = 86_400_000

// All of these are our choice: few enough lines to be read, each worth a look.
const USUAL_DAYS = 28
const LATELY_DAYS = 7
const LEAST_DAYS = 4
const TIMES_USUAL = 3
const LEAST_LATELY = 20
const LEAST_BEFORE = 50
const JUMP = 0.2

/** What a vendor took and answered on a day. */
export interface VendorDay {
  /** As 2026-11-29. */
  readonly day: string
  readonly vendor: string
  /** Credits that were charged, or may have been. */
  readonly credits: number
  readonly found: number
  readonly missed: number
}

/** What an account has left, and how many days it is to last: a week unless its plan says when it is renewed. */
export interface Left {
  readonly left: number
  readonly days?: number
}

/** Something unusual about the spending of a file. */
export type Unusual =
  | { readonly kind: 'dear_day'; readonly day: string; readonly credits: number; readonly usual: number }
  | { readonly kind: 'more_misses'; readonly vendor: string; readonly lately: number; readonly before: number }
  | { readonly kind: 'short_balance'; readonly vendor: string; readonly left: number; readonly week: number }

/**
 * What is unusual by now: a day of the last week that took over three times a usual day's credits, a vendor that misses
 * far more than before, a balance that would be used up before its time at the pace of the last week.
 */
export function unusual(
  days: readonly VendorDay[],
  balances: ReadonlyMap<string, Left>,
  now: number,
): readonly Unusual[] {
  const lately = dayText(now - (LATELY_DAYS - 1) * DAY_MS)
  const before = dayText(now - (LATELY_DAYS - 1 + USUAL_DAYS) * DAY_MS)
  const recent = days.filter(({ day }) => day >= lately)
  const earlier = days.filter(({ day }) => day >= before && day < lately)
  return [...dearDays(recent, earlier), ...moreMisses(recent, earlier), ...shortBalances(recent, balances)]
}

function dearDays(recent: readonly VendorDay[], earlier: readonly VendorDay[]): readonly Unusual[] {
  const spent = [...creditsBy(earlier, ({ day }) => day).values()]
    .filter((credits) => credits > 0)
    .sort((a, b) => a - b)
  if (spent.length < LEAST_DAYS) return []
  const usual = spent[Math.floor(spent.length / 2)]!
  return [...creditsBy(recent, ({ day }) => day)]
    .filter(([, credits]) => credits > TIMES_USUAL * usual)
    .map(([day, credits]) => ({ kind: 'dear_day', day, credits, usual }))
}

function moreMisses(recent: readonly VendorDay[], earlier: readonly VendorDay[]): readonly Unusual[] {
  return [...new Set(recent.map(({ vendor }) => vendor))].flatMap((vendor): readonly Unusual[] => {
    const now = missRate(recent, vendor)
    const then = missRate(earlier, vendor)
    if (now.answers < LEAST_LATELY || then.answers < LEAST_BEFORE || now.rate - then.rate < JUMP) return []
    return [{ kind: 'more_misses', vendor, lately: now.rate, before: then.rate }]
  })
}

function missRate(days: readonly VendorDay[], of: string): { readonly answers: number; readonly rate: number } {
  const own = days.filter(({ vendor }) => vendor === of)
  const missed = own.reduce((sum, day) => sum + day.missed, 0)
  const answers = own.reduce((sum, day) => sum + day.found, missed)
  return { answers, rate: answers === 0 ? 0 : missed / answers }
}

function shortBalances(recent: readonly VendorDay[], balances: ReadonlyMap<string, Left>): readonly Unusual[] {
  return [...creditsBy(recent, ({ vendor }) => vendor)].flatMap(([vendor, week]): readonly Unusual[] => {
    const { left, days = LATELY_DAYS } = balances.get(vendor) ?? { left: Infinity }
    const isShort = week > 0 && left < (week * days) / LATELY_DAYS
    return isShort ? [{ kind: 'short_balance', vendor, left, week }] : []
  })
}

function creditsBy(days: readonly VendorDay[], of: (day: VendorDay) => string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const day of days) sums.set(of(day), (sums.get(of(day)) ?? 0) + day.credits)
  return sums
}
