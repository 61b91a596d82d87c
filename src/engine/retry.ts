/** Attempts at one question before the next step of the waterfall is asked. */
export const MAX_ATTEMPTS = 4

/** Attempts at a server of its own, such as a home page: many are dead, and each attempt may cost a timeout. */
export const MAX_SITE_ATTEMPTS = 2

/** How long to wait after the n-th failure in a row (1 s, 2 s, 4 s ... at most 60 s). `Retry-After` goes before it. */
export function backoffMs(failures: number): number {
  return Math.min(1_000 * 2 ** Math.max(0, failures - 1), 60_000)
}

/** Failed waves in a row after which a vendor is not asked any more in a run: about ten minutes of waiting. */
export const MAX_SETBACKS = 12

/** Failed waves in a row that may be chance; from the next one on everybody who asks this vendor waits. */
export const PATIENCE = 2

/** How long to rest after being throttled: exactly `Retry-After`, but longer when that has not helped several times. */
export function throttleMs(retryAfterMs: number | undefined, setbacks: number): number {
  const patient = backoffMs(setbacks)
  if (!retryAfterMs) return patient
  return setbacks > PATIENCE ? Math.max(retryAfterMs, patient) : retryAfterMs
}
