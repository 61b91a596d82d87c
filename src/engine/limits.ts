import type { Lane, Tick, VendorState } from '../domain/job'
import type { Limits, Provider, RemoteOperation } from '../domain/provider'
import { shareOf } from './lane'

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

/** Who wants to call: a vendor as it stands in a run, at a moment, perhaps in one of several lanes. */
export interface Caller {
  readonly state: VendorState | undefined
  readonly now: number
  readonly lane?: Lane | undefined
}

/** How many calls of an endpoint may be sent now. A lane has its second for itself and its share of the minute. */
export function allowance(provider: Provider, endpoint: Endpoint, caller: Caller): number {
  const { state, now } = caller
  if (state && state.restUntil > now) return 0
  const { limits, ticks } = meter(provider, endpoint, state)
  return Math.max(
    0,
    Math.min(
      limits.perSecond === undefined ? Infinity : limits.perSecond - within(ticks, now - SECOND),
      limits.perMinute === undefined ? Infinity : leftOf(ticks, { limit: limits.perMinute, span: MINUTE }, caller),
      provider.perDay === undefined
        ? Infinity
        : leftOf(state?.day ?? [], { limit: provider.perDay, span: DAY }, caller),
      leftByVendor(endpoint, caller),
    ),
  )
}

/** When the next call of an endpoint may be sent at the earliest. */
export function allowedAt(provider: Provider, endpoint: Endpoint, caller: Caller): number {
  const { state, now } = caller
  if (!state) return now
  if (state.restUntil > now) return state.restUntil
  const { limits, ticks } = meter(provider, endpoint, state)
  const pace = leftByVendor(endpoint, caller) > 0 ? 0 : (state.paces?.[endpoint.id]?.until ?? 0)
  return Math.max(
    now,
    pace,
    freeAt(ticks, limits.perSecond, SECOND),
    sharedFreeAt(ticks, { limit: limits.perMinute, span: MINUTE }, caller),
    sharedFreeAt(state.day ?? [], { limit: provider.perDay, span: DAY }, caller),
  )
}

/** Most calls in a span of milliseconds. */
interface Most {
  readonly limit: number
  readonly span: number
}

// What was called before there were lanes counts for all of them: they share what it leaves.
function leftOf(ticks: readonly Tick[], { limit, span }: Most, { now, lane }: Caller): number {
  const since = lane?.since ?? -Infinity
  const own = ticks.filter(([at]) => at > since)
  const before = lane ? ticks.filter(([at]) => at <= since) : []
  return shareOf(limit - within(before, now - span), lane) - within(own, now - span)
}

function sharedFreeAt(
  ticks: readonly Tick[],
  { limit, span }: { readonly limit: number | undefined; readonly span: number },
  caller: Caller,
): number {
  if (limit === undefined) return 0
  if (!caller.lane) return freeAt(ticks, limit, span)
  const isFree = (now: number) => leftOf(ticks, { limit, span }, { ...caller, now }) > 0
  if (isFree(caller.now)) return 0
  // A share that is less than one call is none at all.
  return ticks.map(([at]) => at + span + JITTER_MS + 1).find(isFree) ?? Infinity
}

// What is left of what the vendor itself said that it takes; lanes hear it each for itself and take their share of it.
function leftByVendor({ id }: Endpoint, { state, now, lane }: Caller): number {
  const pace = state?.paces?.[id]
  if (!pace || pace.until <= now) return Infinity
  const since = (state.calls[id] ?? []).reduce((sum, [at, count]) => (at > pace.at ? sum + count : sum), 0)
  return shareOf(pace.left, lane) - since
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
