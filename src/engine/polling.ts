import type { Answer } from '../domain/answer'
import type { Operation, Poll } from '../domain/provider'

// A run waits so long for an answer; then its row is reported, and the ticket stays for a later run. Our choice: vendors
// speak of seconds to a few minutes (providers.md B4, B13, C2).
const PATIENCE_MS = 15 * 60_000

// Vendors keep results for 30 days (providers.md B4); after that nobody can tell what became of a question.
const KEPT_MS = 30 * 24 * 3_600_000

// The longer a vendor works, the less a few seconds matter.
const SHARE_OF_AGE = 4
const LONGEST_MS = 60_000

/** How an operation that gave a ticket is asked about it. Throws for one that cannot have given any. */
export function pollOf(operation: Operation): Poll {
  const poll = operation.kind === 'remote' ? operation.poll : undefined
  if (!poll) throw new Error(`${operation.id} has tickets but no poll`)
  return poll
}

/** How long to wait until the next poll of a ticket that is so old. */
export function pollWaitMs({ everyMs }: Poll, ageMs: number): number {
  return Math.max(everyMs, Math.min(LONGEST_MS, ageMs / SHARE_OF_AGE))
}

/** How long this run has waited for a ticket: one of an earlier run is waited for anew. */
export function waitedMs(pending: Answer, given: { readonly startedAt: number; readonly now: number }): number {
  return Math.max(0, given.now - Math.max(pending.at, given.startedAt))
}

/** What is done about a ticket that is still not ready. */
export function patienceWith(
  pending: Answer,
  given: { readonly startedAt: number; readonly now: number },
): 'wait' | 'leave_to_later_runs' | 'give_up' {
  if (given.now - pending.at > KEPT_MS) return 'give_up'
  return waitedMs(pending, given) > PATIENCE_MS ? 'leave_to_later_runs' : 'wait'
}
