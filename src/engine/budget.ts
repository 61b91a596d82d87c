import type { Budget, Room, Taken } from '../domain/job'
import type { Price } from '../domain/provider'
import { dayText } from './day'
import { roundCredits } from './price'

const NOTHING_TAKEN: Taken = { day: '', today: 0, month: {} }

/** The budget of a run that has asked nothing. */
export function openBudget(cap: number): Budget {
  return { cap, spent: 0, reserved: 0, held: 0, maybe: 0, taken: NOTHING_TAKEN }
}

/** How many questions at this price fit under every cap besides all that is spent, reserved or perhaps charged. */
export function affordable(budget: Budget, provider: string, price: Pick<Price, 'credits'>): number {
  if (price.credits === 0) return Infinity
  const { cap, spent, reserved, held, maybe, taken, room = {} } = budget
  const left = Math.min(
    cap - spent - reserved - held - maybe,
    (room.day ?? Infinity) - taken.today,
    (room.month ?? Infinity) - sumOf(taken.month),
    (room.vendors?.[provider] ?? Infinity) - (taken.month[provider] ?? 0),
  )
  return Math.max(0, Math.floor(roundCredits(roundCredits(left) / price.credits)))
}

/**
 * What is taken from the caps of a day and a month after credits that were first counted at a moment are counted, or given
 * back. What belongs to a day or month that is over changes nothing in the present one.
 */
export function counted(
  taken: Taken,
  amount: { readonly provider: string; readonly credits: number; readonly at: number },
  now: number,
): Taken {
  const present = asOf(taken, now)
  const { provider, credits } = amount
  // The clock of another execution was ahead of this one over midnight: too much is better than nothing.
  const isBehind = credits > 0 && dayText(now) < present.day
  const day = isBehind ? present.day : dayText(amount.at)
  return {
    day: present.day,
    today: day === present.day ? roundCredits(present.today + credits) : present.today,
    month: isSameMonth(day, present.day)
      ? { ...present.month, [provider]: roundCredits((present.month[provider] ?? 0) + credits) }
      : present.month,
  }
}

/** What is taken of the present day and month: a new one begins with nothing. */
export function asOf(taken: Taken, now: number): Taken {
  const day = dayText(now)
  // Lanes plan ahead of the clock by a moment.
  if (taken.day >= day) return taken
  return { day, today: 0, month: isSameMonth(taken.day, day) ? taken.month : {} }
}

/** What two have taken together, as of the later day. */
export function takenTogether(one: Taken, other: Taken): Taken {
  const [earlier, later] = one.day < other.day ? [one, other] : [other, one]
  const month = { ...later.month }
  if (isSameMonth(earlier.day, later.day))
    for (const [provider, credits] of Object.entries(earlier.month))
      month[provider] = roundCredits((month[provider] ?? 0) + credits)
  return {
    day: later.day,
    today: roundCredits(later.today + (earlier.day === later.day ? earlier.today : 0)),
    month,
  }
}

/** The room of each of so many lanes: what is left of each cap, in equal parts. */
export function roomOf({ room, taken }: Budget, of: number): Room | undefined {
  if (!room) return undefined
  const share = (most: number, used: number): number => shareOfCredits(most - used, of)
  const vendors = Object.entries(room.vendors ?? {}).map(([provider, most]) => [
    provider,
    share(most, taken.month[provider] ?? 0),
  ])
  return {
    ...(room.day !== undefined && { day: share(room.day, taken.today) }),
    ...(room.month !== undefined && { month: share(room.month, sumOf(taken.month)) }),
    ...(room.vendors && { vendors: Object.fromEntries(vendors) as Room['vendors'] & {} }),
  }
}

/** An equal part of credits, rounded down, so that the parts are never more than the whole. */
export function shareOfCredits(credits: number, of: number): number {
  return Math.floor((Math.max(0, roundCredits(credits)) / of) * 1e6) / 1e6
}

/** The credits of all vendors together. */
export function sumOf(credits: { readonly [provider: string]: number }): number {
  return roundCredits(Object.values(credits).reduce((sum, one) => sum + one, 0))
}

function isSameMonth(one: string, other: string): boolean {
  return one.slice(0, 7) === other.slice(0, 7)
}
