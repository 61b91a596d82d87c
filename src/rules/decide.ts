import type { Finding } from '../domain/finding'
import { hashText } from '../domain/hash'

/**
 * Whose a cell is (safety S7) and whether it can take a value:
 * `verified_by_person`: edited after we wrote it; `found_here`: there before us; `ours`: as we wrote it last;
 * `error`: shows #N/A or the like; `rejecting`: empty, and its validation would refuse a value.
 */
export type CellState =
  'empty' | 'verified_by_person' | 'found_here' | 'ours' | 'formula' | 'protected' | 'error' | 'rejecting' | 'merged'

/** What a finding is worth for one field: nothing known, not sure enough, known not to work, or good. */
export type Judgement = 'none' | 'below_threshold' | 'invalid' | 'good'

/** What a person allows: only empty cells are filled. */
export type OverwriteRule = 'fill_empty'

/** Why a cell was written or left alone. */
export type Why =
  | 'filled'
  | 'not_found'
  | 'not_sure_enough'
  | 'does_not_work'
  | 'edited_by_person'
  | 'has_value'
  | 'filled_by_us'
  | 'has_formula'
  | 'is_protected'
  | 'has_error'
  | 'would_reject'
  | 'is_merged'

/** Write the finding, keep the cell as it is, or keep it and show the candidate for review. */
export type Decision = { readonly action: 'write' | 'keep' | 'review'; readonly why: Why }

const EMPTY_CELL: { readonly [J in Judgement]: Decision } = {
  none: { action: 'keep', why: 'not_found' },
  below_threshold: { action: 'review', why: 'not_sure_enough' },
  invalid: { action: 'keep', why: 'does_not_work' },
  good: { action: 'write', why: 'filled' },
}

const LEFT_ALONE: { readonly [S in Exclude<CellState, 'empty'>]: Why } = {
  verified_by_person: 'edited_by_person',
  found_here: 'has_value',
  ours: 'filled_by_us',
  formula: 'has_formula',
  protected: 'is_protected',
  error: 'has_error',
  rejecting: 'would_reject',
  merged: 'is_merged',
}

const SENTENCES: { readonly [W in Why]: string } = {
  filled: 'Filled in.',
  not_found: 'Nobody we asked knows it.',
  not_sure_enough: 'Found, but not sure enough to write it.',
  does_not_work: 'Found, but it is known not to work.',
  edited_by_person: 'Left alone: somebody changed it after we filled it.',
  has_value: 'Left alone: it was filled already.',
  filled_by_us: 'Left alone: we filled it earlier.',
  has_formula: 'Left alone: a formula fills the cell.',
  is_protected: 'Left alone: the cell is protected, and you cannot edit it.',
  has_error: 'Left alone: the cell shows an error; clear it to have it filled.',
  would_reject: 'Left alone: the data validation of the cell would refuse it.',
  is_merged: 'Left alone: the cell is merged with others.',
}

const TABLES: { readonly [R in OverwriteRule]: (cell: CellState, finding: Judgement) => Decision } = {
  fill_empty: (cell, finding) => (cell === 'empty' ? EMPTY_CELL[finding] : { action: 'keep', why: LEFT_ALONE[cell] }),
}

/** Whether a finding may go into a cell, and why: the one table of the overwrite decision. */
export function decide(cell: CellState, finding: Judgement, rule: OverwriteRule): Decision {
  return TABLES[rule](cell, finding)
}

/** A reason in the words of a sales person. */
export function whySentence(why: Why): string {
  return SENTENCES[why]
}

/** What is known about a cell before deciding. `lastWrittenHash` is `hashText` of the last text we wrote there. */
export type CellFacts = {
  readonly cell: {
    readonly text: string
    readonly kind: 'empty' | 'text' | 'number' | 'boolean' | 'date' | 'error'
    readonly formula: boolean
    readonly spill?: true
  }
  readonly protected: boolean
  readonly rejecting: boolean
  readonly merged: boolean
  readonly lastWrittenHash?: string | undefined
}

/** The state of a cell; what makes writing impossible comes before what is in it. */
export function cellState(facts: CellFacts): CellState {
  const { cell, lastWrittenHash } = facts
  if (facts.protected) return 'protected'
  if (facts.merged) return 'merged'
  if (cell.formula || cell.spill) return 'formula'
  if (cell.kind === 'error') return 'error'
  if (cell.text === '') return facts.rejecting ? 'rejecting' : 'empty'
  if (lastWrittenHash === undefined) return 'found_here'
  return hashText(cell.text) === lastWrittenHash ? 'ours' : 'verified_by_person'
}

/** What a finding is worth: `invalid` counts whatever the confidence, and so does a missing confidence as none. */
export function judge(finding: Pick<Finding, 'confidence' | 'status'> | undefined, threshold: number): Judgement {
  if (!finding) return 'none'
  if (finding.status === 'invalid') return 'invalid'
  return finding.confidence >= threshold ? 'good' : 'below_threshold'
}
