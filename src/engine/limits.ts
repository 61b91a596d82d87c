import type { VendorState } from '../domain/job'
import type { Limits, Provider, RemoteOperation } from '../domain/provider'

// A call made at the end of one second and another at the start of the next travel for different times, so a window is
// taken a little longer than the vendor's.
const JITTER_MS = 120

/** How many calls of an operation may be sent now. */
export function allowance(
  provider: Provider,
  operation: RemoteOperation,
  state: VendorState | undefined,
  now: number,
): number {
  if (state && state.restUntil > now) return 0
  const limits: Limits = operation.limits ?? provider.limits
  const times = state?.calls[operation.id] ?? []
  const within = (ms: number) => times.reduce((count, at) => (at > now - ms - JITTER_MS ? count + 1 : count), 0)
  return Math.max(
    0,
    Math.min(
      limits.perSecond === undefined ? Infinity : limits.perSecond - within(1_000),
      limits.perMinute === undefined ? Infinity : limits.perMinute - within(60_000),
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
  if (allowance(provider, operation, state, now) > 0) return now
  const limits: Limits = operation.limits ?? provider.limits
  const times = state.calls[operation.id] ?? []
  const freeAt = (count: number | undefined, ms: number) =>
    count === undefined || times.length < count ? now : (times[times.length - count] ?? now) + ms + JITTER_MS + 1
  return Math.max(now, freeAt(limits.perSecond, 1_000), freeAt(limits.perMinute, 60_000))
}

/** The call times that still count for a limit. */
export function recent(times: readonly number[], now: number): readonly number[] {
  return times.filter((at) => at > now - 60_000 - JITTER_MS)
}
