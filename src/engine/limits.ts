import type { Tick, VendorState } from '../domain/job'
import type { Limits, Provider, RemoteOperation } from '../domain/provider'

// A call made at the end of one second and another at the start of the next travel for different times, so a window is
// taken a little longer than the vendor's.
const JITTER_MS = 120

const SECOND = 1_000
const MINUTE = 60_000
const DAY = 86_400_000

/** What is called, for limits: an operation, or its poll. `id` is unique within the provider. */
export interface Endpoint {
  readonly id: string
  readonly limits?: Limits
}

/** Where an operation is asked. */
export function endpointOf({ id, limits }: RemoteOperation): Endpoint {
  return { id, ...(limits && { limits }) }
}

/** Where a ticket of an operation is asked about. */
export function pollEndpointOf({ id, poll }: RemoteOperation): Endpoint {
  return { id: `${id}.poll`, ...(poll?.limits && { limits: poll.limits }) }
}

/** How many calls of an endpoint may be sent now. */
export function allowance(provider: Provider, endpoint: Endpoint, state: VendorState | undefined, now: number): number {
  if (state && state.restUntil > now) return 0
  const { limits, ticks } = meter(provider, endpoint, state)
  return Math.max(
    0,
    Math.min(
      limits.perSecond === undefined ? Infinity : limits.perSecond - within(ticks, now - SECOND),
      limits.perMinute === undefined ? Infinity : limits.perMinute - within(ticks, now - MINUTE),
      provider.perDay === undefined ? Infinity : provider.perDay - within(state?.day ?? [], now - DAY),
      leftOf(endpoint, state, now),
    ),
  )
}

/** When the next call of an endpoint may be sent at the earliest. */
export function allowedAt(provider: Provider, endpoint: Endpoint, state: VendorState | undefined, now: number): number {
  if (!state) return now
  if (state.restUntil > now) return state.restUntil
  const { limits, ticks } = meter(provider, endpoint, state)
  const pace = leftOf(endpoint, state, now) > 0 ? 0 : (state.paces?.[endpoint.id]?.until ?? 0)
  return Math.max(
    now,
    pace,
    freeAt(ticks, limits.perSecond, SECOND),
    freeAt(ticks, limits.perMinute, MINUTE),
    freeAt(state.day ?? [], provider.perDay, DAY),
  )
}

/** What is left of what the vendor itself said that it takes. */
function leftOf({ id }: Endpoint, state: VendorState | undefined, now: number): number {
  const pace = state?.paces?.[id]
  if (!pace || pace.until <= now) return Infinity
  const since = (state.calls[id] ?? []).reduce((sum, [at, count]) => (at > pace.at ? sum + count : sum), 0)
  return pace.left - since
}

// Endpoints that hold the same limits (the same object: one that is asked in several ways) are counted together; those
// without limits of their own share the vendor's.
function meter(
  provider: Provider,
  endpoint: Endpoint,
  state: VendorState | undefined,
): { readonly limits: Limits; readonly ticks: readonly Tick[] } {
  const remote = provider.operations.flatMap((one) => (one.kind === 'remote' ? [one] : []))
  const together = remote
    .flatMap((one) => [endpointOf(one), ...(one.poll ? [pollEndpointOf(one)] : [])])
    .filter(({ limits }) => limits === endpoint.limits)
  const ticks = together.flatMap(({ id }) => state?.calls[id] ?? [])
  return { limits: endpoint.limits ?? provider.limits, ticks: ticks.sort(([a], [b]) => a - b) }
}

// A day is kept in the record of the run: so many hours together, counted as made at the last call of them.
const HOURS_TOGETHER = 4 * 3_600_000

/** The calls of the last day after one more, in seven entries at most. */
export function withinDay(ticks: readonly Tick[], now: number): readonly Tick[] {
  const counting = ticks.filter(([at]) => at > now - DAY - JITTER_MS)
  const last = counting[counting.length - 1]
  if (last && Math.floor(last[0] / HOURS_TOGETHER) === Math.floor(now / HOURS_TOGETHER))
    return [...counting.slice(0, -1), [now, last[1] + 1]]
  return [...counting, [now, 1]]
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
