import type { Tick, VendorState } from '../domain/job'
import type { Limits, Provider, RemoteOperation } from '../domain/provider'

// A call made at the end of one second and another at the start of the next travel for different times, so a window is
// taken a little longer than the vendor's.
const JITTER_MS = 120

const SECOND = 1_000
const MINUTE = 60_000

/** How many calls of an operation may be sent now. */
export function allowance(
  provider: Provider,
  operation: RemoteOperation,
  state: VendorState | undefined,
  now: number,
): number {
  if (state && state.restUntil > now) return 0
  const { limits, ticks } = meter(provider, operation, state)
  return Math.max(
    0,
    Math.min(
      limits.perSecond === undefined ? Infinity : limits.perSecond - within(ticks, now - SECOND),
      limits.perMinute === undefined ? Infinity : limits.perMinute - within(ticks, now - MINUTE),
    ),
  )
}

/** When the next call of an operation may be sent at the earliest. */
export function allowedAt(
  provider: Provider,
  operation: RemoteOperation,
  state: VendorState | undefined,
  now: number,
): number {
  if (!state) return now
  if (state.restUntil > now) return state.restUntil
  const { limits, ticks } = meter(provider, operation, state)
  return Math.max(now, freeAt(ticks, limits.perSecond, SECOND), freeAt(ticks, limits.perMinute, MINUTE))
}

// Operations that hold the same limits (the same object: an endpoint that is asked in several ways) are counted together;
// those without limits of their own share the vendor's.
function meter(
  provider: Provider,
  operation: RemoteOperation,
  state: VendorState | undefined,
): { readonly limits: Limits; readonly ticks: readonly Tick[] } {
  const together = provider.operations.filter((one) => one.kind === 'remote' && one.limits === operation.limits)
  const ticks = together.flatMap(({ id }) => state?.calls[id] ?? [])
  return { limits: operation.limits ?? provider.limits, ticks: ticks.sort(([a], [b]) => a - b) }
}

/** The calls that still count for a limit. */
export function recent(ticks: readonly Tick[], now: number): readonly Tick[] {
  return ticks.filter(([at]) => at > now - MINUTE - JITTER_MS)
}

// Older calls matter to the limit of a minute alone, and for that five seconds are exact enough.
const COARSE_MS = 5_000

/** The same calls in few entries, to be kept between slices: older ones are counted as made at the last of them. */
export function condense(ticks: readonly Tick[], now: number): readonly Tick[] {
  const condensed: Tick[] = []
  for (const [at, count] of recent(ticks, now)) {
    const last = condensed[condensed.length - 1]
    const together =
      last && at < now - SECOND - JITTER_MS && Math.floor(at / COARSE_MS) === Math.floor(last[0] / COARSE_MS)
    if (together) condensed[condensed.length - 1] = [at, last[1] + count]
    else condensed.push([at, count])
  }
  return condensed
}

function within(ticks: readonly Tick[], since: number): number {
  return ticks.reduce((sum, [at, count]) => (at > since - JITTER_MS ? sum + count : sum), 0)
}

/** The moment at which fewer than `limit` calls lie within the window. */
function freeAt(ticks: readonly Tick[], limit: number | undefined, window: number): number {
  if (limit === undefined) return 0
  let newer = 0
  for (const [at, count] of [...ticks].reverse()) {
    newer += count
    if (newer >= limit) return at + window + JITTER_MS + 1
  }
  return 0
}
