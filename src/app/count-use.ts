import { countUsage } from './quota'
import type { Slice } from './slice'

// Saving the count is two calls; what a killed execution did not save is far below what is kept in reserve of a day.
const MOST_UNCOUNTED = 10

/** Counts requests against the day: lanes keep their own count, which is added when they have ended. */
export function useQuota(slice: Slice, fetches: number): void {
  const { host, run, usage } = slice
  const { lane } = run
  if (lane) {
    const properties = lane.properties + host.takePropertyOperations()
    slice.run = { ...run, lane: { ...lane, fetches: lane.fetches + fetches, properties } }
    return
  }
  slice.usage = { ...usage, fetches: usage.fetches + fetches }
  slice.uncounted += fetches
  if (slice.uncounted >= MOST_UNCOUNTED) saveUsage(slice)
}

/** Puts what was not counted yet on record. */
export function saveUsage(slice: Slice): void {
  if (slice.uncounted === 0) return
  slice.usage = countUsage(slice.host, { fetches: slice.uncounted })
  slice.uncounted = 0
}
