import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import type { FieldResult } from '../domain/job'
import type { CellState, Decision } from '../rules/decide'
import { decide, judge } from '../rules/decide'
import type { LeftWhy } from './api-types'

/** What is to be written into a cell, or why it is left as it is. */
export type CellVerdict =
  { readonly status: 'write'; readonly finding: Finding } | { readonly status: 'leave'; readonly why: LeftWhy }

/** Weighs what is known of a field against the cell that it would go into. */
export function judgeCell(field: Field, state: CellState, known: FieldResult | undefined): CellVerdict {
  const finding = known && known.kind !== 'none' ? known.finding : undefined
  const judged = known?.kind === 'accepted' ? 'good' : judge(finding, fieldInfo(field).threshold)
  const worth = judged === 'good' && known?.kind !== 'accepted' ? 'below_threshold' : judged
  const decision = decide(state, worth, 'fill_empty')
  if (decision.action === 'write' && finding) return { status: 'write', finding }
  return { status: 'leave', why: whyLeft(decision, known) }
}

function whyLeft(decision: Decision, known: FieldResult | undefined): LeftWhy {
  // The cell would have taken a value; why there is none is the engine's knowledge.
  if (decision.why === 'not_found' && known?.kind === 'none') return known.why
  return decision.why
}
