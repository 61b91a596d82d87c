/** How often one caller may ask; an absent number is no limit. */
interface Limit {
  readonly perSecond?: number
  readonly perMinute?: number
}

/** Arrivals by caller over any 1 s and any 60 s, not by calendar second; refused calls count too. */
export interface RequestWindow {
  /** Counts an arrival and says whether it is one too many. */
  isTooMany(caller: string, at: number): boolean
  reset(): void
}

/** Starts counting against a limit. */
export function createRequestWindow({ perSecond = Infinity, perMinute = Infinity }: Limit): RequestWindow {
  const arrivals = new Map<string, number[]>()
  return {
    isTooMany(caller, at) {
      const seen = (arrivals.get(caller) ?? []).filter((time) => time > at - 60_000)
      seen.push(at)
      arrivals.set(caller, seen)
      return seen.length > perMinute || seen.filter((time) => time > at - 1000).length > perSecond
    },
    reset: () => arrivals.clear(),
  }
}
