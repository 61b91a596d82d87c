import type { Values } from '../domain/finding'
import type { Outcome } from '../domain/outcome'
import { found } from '../domain/outcome'

/** An answer with what it took; one that holds no value for us is a miss that was paid for. */
export function charged(values: Values, credits: number): Outcome {
  const outcome = found(values)
  return outcome.kind === 'found' || outcome.kind === 'not_found' ? { ...outcome, credits } : outcome
}

/**
 * The answers of a batch with the credits that the vendor says it took for all of them: each answer takes its own price
 * as long as something is left, and what is left then falls on the last, so that the sum is the vendor's.
 */
export function shareCredits(outcomes: readonly Outcome[], total: number | undefined, price: number): Outcome[] {
  if (total === undefined) return [...outcomes]
  let left = total
  const shared = outcomes.map((outcome): Outcome => {
    const own = priceOf(outcome, price)
    if (own === undefined) return outcome
    const credits = Math.min(own, left)
    left -= credits
    return { ...outcome, credits } as Outcome
  })
  if (left <= 0) return shared
  const last = shared.map((outcome) => priceOf(outcome, price) !== undefined).lastIndexOf(true)
  const payer = last < 0 ? shared.findIndex(({ kind }) => kind === 'not_found') : last
  return shared.map((outcome, index) => {
    if (index !== payer || (outcome.kind !== 'found' && outcome.kind !== 'not_found')) return outcome
    return { ...outcome, credits: (outcome.credits ?? 0) + left }
  })
}

// What an answer costs by itself; nothing is said of one that is free.
function priceOf(outcome: Outcome, price: number): number | undefined {
  if (outcome.kind === 'found') return outcome.credits ?? price
  return outcome.kind === 'not_found' ? outcome.credits : undefined
}
