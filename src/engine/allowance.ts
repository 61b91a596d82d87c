import type { Allowance } from '../domain/provider'
import { dayText } from './day'

const DAY_MS = 86_400_000

/** What is left of the credits of a plan, by what this file took since its last renewal. */
export interface LeftOfPlan {
  readonly left: number
  /** The day of the next renewal, as 2026-11-29. */
  readonly until: string
  /** Days until then, at least one. */
  readonly days: number
}

/** What is left of a plan for the present month; `takenSince` tells the credits that were taken from a day on. */
export function leftOfPlan(
  { credits, renewsOn }: Allowance,
  now: number,
  takenSince: (day: string) => number,
): LeftOfPlan {
  const [last, next] = renewals(renewsOn, new Date(now))
  const left = Math.max(0, credits - takenSince(dayText(last)))
  return { left, until: dayText(next), days: Math.max(1, Math.ceil((next - now) / DAY_MS)) }
}

// A month that is too short renews on its last day.
function renewals(renewsOn: number, now: Date): readonly [last: number, next: number] {
  const inMonth = (ahead: number) => {
    const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + ahead]
    return Date.UTC(year, month, Math.min(renewsOn, new Date(Date.UTC(year, month + 1, 0)).getUTCDate()))
  }
  const isPast = inMonth(0) <= now.getTime()
  return isPast ? [inMonth(0), inMonth(1)] : [inMonth(-1), inMonth(0)]
}
