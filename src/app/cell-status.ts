import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import { hashText } from '../domain/hash'
import type { FieldResult } from '../domain/job'
import type { OverwriteRule } from '../domain/overwrite'
import type { World } from '../engine/world'
import type { CellState, Decision, Judgement } from '../rules/decide'
import { decide, judge } from '../rules/decide'
import { cellText } from '../sheet/cell-text'
import type { LeftWhy, RowStatus } from './api-types'
import type { Replaced } from './planned-rows'

/** What is to be written into a cell, or beside it, or why it is left as it is, perhaps with a candidate for a person to look at. */
export type CellVerdict =
  | { readonly status: 'write'; readonly finding: Finding }
  | { readonly status: 'write_beside'; readonly finding: Finding }
  | { readonly status: 'review'; readonly why: LeftWhy; readonly findings: readonly Finding[] }
  | { readonly status: 'leave'; readonly why: LeftWhy }

/** A cell that a value may go into. */
export interface TargetCell {
  readonly field: Field
  readonly state: CellState
  readonly text: string
  readonly rule: OverwriteRule
  /** What is known of its value, where that may be replaced. */
  readonly replaced: Replaced | undefined
  /** Values that a person rejected for it, as `hashText` of their texts. */
  readonly rejected: readonly string[]
  /** Set when a person has accepted the value. */
  readonly chosen?: true | undefined
  readonly normalize: World['normalize']
}

/**
 * Whether something went wrong that a person can mend: in the row, in its cell or at a vendor. Values that were left alone on
 * purpose, not found or not sure enough are no failures.
 */
export function isFailure(status: RowStatus): boolean {
  return FAILURES.has(status)
}

/** Whether a value was written, into the cell or beside it. */
export function isWritten(status: RowStatus): status is 'written' | 'put_beside' {
  return status === 'written' || status === 'put_beside'
}

const FAILURES: ReadonlySet<RowStatus> = new Set<RowStatus>([
  'vendor_trouble',
  'maybe_charged',
  'no_key',
  'other_company',
  'has_error',
  'is_protected',
  'would_reject',
  'is_merged',
])

/** Weighs what is known of a field against the cell that it would go into. */
export function judgeCell(cell: TargetCell, known: FieldResult | undefined): CellVerdict {
  const all = findingsOf(known)
  const findings = cell.chosen ? all : all.filter(({ value }) => !cell.rejected.includes(hashText(cellText(value))))
  const finding = findings[0]
  // What a run replaces is as it was when it was planned, whatever an equal row has got since.
  const { replaced, state } = cell
  const judged = { state: replaced && isFilled(state) ? replaced.state : state, held: replaced?.held ?? 'fine' }
  const judgement = !finding && all.length > 0 ? 'rejected' : judgementOf(cell, known, finding)
  const decision = decide(judged, judgement, cell.rule.kind)
  // Only a run by the rule `beside` has a column there.
  if (decision.action === 'write_beside' && cell.rule.kind !== 'beside') return { status: 'leave', why: 'better_known' }
  if (finding && decision.action !== 'keep')
    return decision.action !== 'review'
      ? { status: decision.action, finding }
      : { status: 'review', why: decision.why, findings: findings.filter(({ status }) => status !== 'invalid') }
  return { status: 'leave', why: whyLeft(decision, cell, known) }
}

function findingsOf(known: FieldResult | undefined): readonly Finding[] {
  switch (known?.kind) {
    case 'accepted':
      return [known.finding]
    case 'weak':
      return [known.finding, ...known.others]
    default:
      return []
  }
}

function isFilled(state: CellState): boolean {
  return state === 'found_here' || state === 'ours' || state === 'verified_by_person'
}

function judgementOf(cell: TargetCell, known: FieldResult | undefined, finding: Finding | undefined): Judgement {
  if (!finding) return 'none'
  // What they saw was an empty cell, or the value that stands there still.
  if (cell.chosen && (cell.state === 'empty' || cell.replaced)) return 'chosen'
  const text = cellText(finding.value)
  const worth = judge(finding, fieldInfo(cell.field).threshold)
  if (worth === 'invalid') return 'invalid'
  if (isSame(cell, text)) return 'same'
  if (known?.kind !== 'accepted') return 'below_threshold'
  return isSurer(cell, finding) ? 'better' : 'good'
}

// What goes beside is to be another value, not another way of writing it: +1 415 555 2671 and (415) 555-2671 are one.
function isSame({ field, text, rule, replaced, normalize }: TargetCell, found: string): boolean {
  if (text === found || (replaced && rule.kind !== 'beside')) return text === found
  const plain = (value: string) => (normalize(field, value) ?? value).toLowerCase()
  return plain(text) === plain(found)
}

function isSurer({ rule, replaced }: TargetCell, finding: Finding): boolean {
  if (!('margin' in rule) || replaced?.confidence === undefined) return false
  return finding.confidence >= replaced.confidence + rule.margin
}

function whyLeft(decision: Decision, { replaced, rule }: TargetCell, known: FieldResult | undefined): LeftWhy {
  if (decision.why === 'not_found' && 'known' in rule) return 'unasked'
  // The cell would have taken a value; why there is none is the engine's knowledge.
  if (known?.kind === 'none' && (decision.why === 'not_found' || (replaced && known.why !== 'not_found')))
    return known.why
  return decision.why
}
