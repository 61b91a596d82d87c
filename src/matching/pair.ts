import { makeComparer } from './compare'
import { explain } from './explain'
import type { List } from './list'
import { normalise } from './normalise'
import { generalWeights, makeScorer, probabilityOf } from './score'

// All that a formula needs of the matcher: the script keeps it packed until then, as one piece (.build/matcher.mjs).
export { kindOfColumn } from './kinds'
export { listAbout } from './list'

/** How likely two rows are the same, and why. */
export interface PairVerdict {
  /** 0..1. */
  readonly probability: number
  /** As in `Explanation`. */
  readonly why: string
}

/** Of the pairs that somebody asks about, so many are the same before anything is compared. */
const ASKED = 0.01

/** Compares two rows on their own, with what is known of any list: nothing is learnt from two rows. */
export function comparePair(
  list: Omit<List, 'rows'>,
  first: readonly string[],
  second: readonly string[],
): PairVerdict {
  const reading = normalise({ ...list, rows: [first, second] })
  let step = reading.next()
  while (!step.done) step = reading.next()
  const records = step.value
  const comparer = makeComparer(records)
  const scorer = makeScorer(records, comparer, generalWeights(comparer, ASKED))
  const held = records.rows.flat().length
  if (held < 2) return { probability: ASKED, why: 'nothing to compare' }
  // Equal rows are one record.
  const pair = [0, records.count - 1] as const
  const bits = scorer.score(...pair)
  return { probability: probabilityOf(bits), why: explain(records, scorer, pair).why }
}
