import type { Tick } from '../domain/job'

const DAY = 86_400_000

// A call may travel for a while: a day is taken a little longer than the vendor's.
const MARGIN_MS = 120

// A day is kept in the record of the run: so many hours together, counted as made at the last call of them.
const HOURS_TOGETHER = 4 * 3_600_000

/** The day of a moment as 2026-11-29; days begin at midnight in UTC, for no script knows where all users of a file are. */
export function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The calls of the last day after one more. What was called up to `since`, before there were lanes, stays apart. */
export function withinDay(ticks: readonly Tick[], now: number, since = -Infinity): readonly Tick[] {
  const counting = ticks.filter(([at]) => at > now - DAY - MARGIN_MS)
  const last = counting[counting.length - 1]
  if (last && last[0] > since && isTogether(last[0], now)) return [...counting.slice(0, -1), [now, last[1] + 1]]
  return [...counting, [now, 1]]
}

/** The calls of a day of several lanes in few entries, oldest first. */
export function joinDays(days: readonly Tick[]): readonly Tick[] {
  const joined: Tick[] = []
  for (const [at, count] of [...days].sort(([a], [b]) => a - b)) {
    const last = joined[joined.length - 1]
    if (last && isTogether(last[0], at)) joined[joined.length - 1] = [at, last[1] + count]
    else joined.push([at, count])
  }
  return joined
}

function isTogether(one: number, other: number): boolean {
  return Math.floor(one / HOURS_TOGETHER) === Math.floor(other / HOURS_TOGETHER)
}
