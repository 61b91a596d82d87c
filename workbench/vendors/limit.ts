/** How often a caller may ask; what is absent is not limited. */
export interface Rate {
  readonly perSecond?: number
  readonly perMinute?: number
}

/** Counts the calls of each caller against a rate. */
export interface Limit {
  /** Counts one call and says whether it is one too many. */
  isTooOften(caller: string, at: number): boolean
  reset(): void
}

/** Remembers when each caller asked. */
export interface Arrivals {
  /** Notes a call, also one that will be refused, and gives the times of the caller's calls in the window that ends with it. */
  note(caller: string, at: number, windowMs: number): readonly number[]
  reset(): void
}

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Starts without any call. */
export function createArrivals(): Arrivals {
  const seen = new Map<string, readonly number[]>()
  return {
    note(caller, at, windowMs) {
      const times = [...(seen.get(caller) ?? []).filter((time) => time > at - windowMs), at]
      seen.set(caller, times)
      return times
    },
    reset: () => seen.clear(),
  }
}

/** Counts over any second and any minute, not by the clock's own; refused calls count too. */
export function createLimit({ perSecond = Infinity, perMinute = Infinity }: Rate): Limit {
  const arrivals = createArrivals()
  return {
    isTooOften(caller, at) {
      const seen = arrivals.note(caller, at, MINUTE)
      return seen.length > perMinute || seen.filter((time) => time > at - SECOND).length > perSecond
    },
    reset: () => arrivals.reset(),
  }
}
