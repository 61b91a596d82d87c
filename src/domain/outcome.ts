import type { Values } from './finding'

/**
 * What one answer means. This is the error guide of the engine:
 * - `found`: keep the values; stop for a field if its value is good enough.
 * - `not_found`: the vendor does not know; the next step of the waterfall is asked, this one is remembered as a miss.
 * - `pending`: the vendor works on it; ask again, with the ticket where there is one.
 * - `objected`: the person asked the vendor not to be processed; nobody else is asked, the person is suppressed.
 * - `throttled`: too many calls; wait, the same question again, not counted as an attempt.
 * - `unavailable`: the vendor failed; back off, and after the last attempt go to the next step. A failure that may have
 *   been charged (`credits`) is not repeated in the run.
 * - `refused`: the vendor declines until someone acts: `credentials` and `credits` drop the vendor for the run, `input`
 *   drops this question only.
 * In the answer to a poll `ended` says that the ticket is over and took nothing: it is forgotten, and later runs ask anew.
 */
export type Outcome =
  | { readonly kind: 'found'; readonly values: Values; readonly credits?: number }
  | { readonly kind: 'not_found'; readonly credits?: number }
  | { readonly kind: 'pending'; readonly ticket?: string; readonly retryAfterMs?: number }
  | { readonly kind: 'objected' }
  | { readonly kind: 'throttled'; readonly retryAfterMs?: number; readonly ended?: true }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly credits?: number; readonly ended?: true }
  | {
      readonly kind: 'refused'
      readonly because: 'credentials' | 'credits' | 'input'
      readonly reason: string
      readonly ended?: true
    }

/** What a status code alone can say; `read` means that the body says it. */
export type Verdict =
  | 'read'
  | 'not_found'
  | 'pending'
  | 'objected'
  | 'throttled'
  | 'unavailable'
  | 'refused_credentials'
  | 'refused_credits'
  | 'refused_input'

/** The vendor does not know, and took nothing for saying so. */
export const NOT_FOUND: Outcome = { kind: 'not_found' }

/** The values of an answer; without a single value it is a miss. */
export function found(values: Values): Outcome {
  return Object.keys(values).length === 0 ? NOT_FOUND : { kind: 'found', values }
}

/** A refusal in words that name the vendor and the next step. */
export function refusal(
  vendor: string,
  because: 'credentials' | 'credits' | 'input',
): Extract<Outcome, { kind: 'refused' }> {
  switch (because) {
    case 'credentials':
      return { kind: 'refused', because, reason: `${vendor} refused the key. Open Vendors and paste it again.` }
    case 'credits':
      return {
        kind: 'refused',
        because,
        reason: `${vendor} says its credits are used up. Top up there, or go on with other vendors.`,
      }
    case 'input':
      return { kind: 'refused', because, reason: `${vendor} could not read the question.` }
  }
}
