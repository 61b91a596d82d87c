import { Problem } from '../domain/problem'
import { backoffMs } from '../engine/retry'
import type { Host } from './host'

// A service that fails once usually works a moment later (platform.md section 9).
const TRIES = 4

/**
 * Does what must not fail because a service of Google fails once, an exception as a rule: only this execution still knows
 * what was answered or what stood in a place. Throws what the last try threw.
 */
export function insist<T>(host: Host, work: () => T, isPassing: (error: unknown) => boolean = isException): T {
  for (let tries = 1; ; tries++) {
    try {
      return work()
    } catch (error) {
      if (!isPassing(error) || tries === TRIES) throw error
      host.sleep(backoffMs(tries))
    }
  }
}

/**
 * Does what may fail, because it only tidies up or somebody else does it later: a service of Google that fails, or a problem
 * for the person, costs nothing. Returns whether it worked.
 */
export function quietly(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (isRefused(error)) return false
    throw error
  }
}

/** Whether Google refused something, as it is or in words for people where a store may be full. */
export function isRefused(error: unknown): boolean {
  return error instanceof Problem || isException(error)
}

/** Whether a service of Google threw this: its text is localised, its name is not (platform.md section 9). */
export function isException(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Exception'
}
