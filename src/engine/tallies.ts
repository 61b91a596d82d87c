import type { Answer } from '../domain/answer'
import type { Field } from '../domain/field'
import type { Value } from '../domain/finding'
import type { Step } from '../domain/waterfall'
import type { Tallies } from './order'
import { HIT_PRIOR, placeOf, PRIOR_WEIGHT } from './order'
import { roundCredits } from './price'

/** What became of the questions to one operation. */
export interface OperationTally {
  readonly asked: number
  /** Answers that held any value. */
  readonly found: number
  readonly credits: number
  /** Values that were good enough to be taken, by field. */
  readonly accepted: { readonly [F in Field]?: number }
}

/** Whether a value is good enough to be taken for a field as its finder gives it. */
export type IsTaken = (field: Field, value: Value) => boolean

const NOTHING: OperationTally = { asked: 0, found: 0, credits: 0, accepted: {} }

/** A tally with one more answer. What nobody answered, or is still worked on, is not counted. */
export function countAnswer(tally: OperationTally = NOTHING, answer: Answer, isTaken: IsTaken): OperationTally {
  if (answer.outcome !== 'found' && answer.outcome !== 'not_found') return tally
  const accepted = { ...tally.accepted }
  for (const [field, value] of Object.entries(answer.values ?? {}) as [Field, Value][])
    if (isTaken(field, value)) accepted[field] = (accepted[field] ?? 0) + 1
  return {
    asked: tally.asked + 1,
    found: tally.found + (answer.outcome === 'found' ? 1 : 0),
    credits: roundCredits(tally.credits + answer.credits),
    accepted,
  }
}

/** Which share of its questions a place answers with a value, or with one that is good enough for a field. */
export interface Rates {
  found(step: Step): number
  accepted(step: Step, field: Field): number
}

/** The rates by what became of earlier questions; the fewer they were, the nearer to one in two. */
export function ratesOf(learned: { readonly [place: string]: OperationTally }): Rates {
  const rate = (step: Step, hits: (tally: OperationTally) => number): number => {
    const tally = learned[placeOf(step)] ?? NOTHING
    return (hits(tally) + HIT_PRIOR * PRIOR_WEIGHT) / (tally.asked + PRIOR_WEIGHT)
  }
  return {
    found: (step) => rate(step, ({ found }) => found),
    accepted: (step, field) => rate(step, ({ accepted }) => accepted[field] ?? 0),
  }
}

/** What is known about one field, by `provider/operation`. */
export function talliesOf(field: Field, learned: { readonly [place: string]: OperationTally }): Tallies {
  return Object.fromEntries(
    Object.entries(learned).map(([place, { asked, found, accepted }]) => [
      place,
      { asked, found, accepted: accepted[field] ?? 0 },
    ]),
  )
}
