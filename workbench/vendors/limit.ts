/** How often a key may ask; what is absent is not limited. */
export interface Rate {
  readonly perSecond?: number
  readonly perMinute?: number
}

/** Counts the calls of each key against a rate. */
export interface Limit {
  /** Counts one call and says whether it is one too many. */
  isTooOften(key: string, at: number): boolean
  reset(): void
}

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Counts over any second and any minute, not by the clock's own; refused calls count too. */
export function createLimit({ perSecond = Infinity, perMinute = Infinity }: Rate): Limit {
  const arrivals = new Map<string, readonly number[]>()
  return {
    isTooOften(key, at) {
      const seen = [...(arrivals.get(key) ?? []).filter((time) => time > at - MINUTE), at]
      arrivals.set(key, seen)
      return seen.length > perMinute || seen.filter((time) => time > at - SECOND).length > perSecond
    },
    reset: () => arrivals.clear(),
  }
}
