import type { Finding } from '../domain/finding'
import { hashText } from '../domain/hash'
import type { OverwriteRule } from '../domain/overwrite'

/**
 * Whose a cell is (safety S7) and whether it can take a value:
 * `verified_by_person`: accepted in Review, or edited after we wrote it; `found_here`: there before us; `ours`: as we wrote
 * it last; `error`: shows #N/A or the like; `rejecting`: empty, and its validation would refuse a value.
 */
export type CellState =
  'empty' | 'verified_by_person' | 'found_here' | 'ours' | 'formula' | 'protected' | 'error' | 'rejecting' | 'merged'

/** What is known of the value that stands in a cell: nothing against it, older than its rule wants it, or proved invalid. */
export type Held = 'fine' | 'old' | 'invalid'

/**
 * What a finding is worth for one cell: nothing known, not sure enough, known not to work, good, good and surer by the
 * margin than what we wrote there, the very value that stands there; or a person has accepted or rejected it.
 */
export type Judgement = 'none' | 'below_threshold' | 'invalid' | 'good' | 'better' | 'same' | 'chosen' | 'rejected'

/** The kinds of rules that a column can have. */
export type RuleKind = OverwriteRule['kind']

/** Why a cell was written or left alone. */
export type Why =
  | 'filled'
  | 'put_beside'
  | 'replaced_less_sure'
  | 'replaced_old'
  | 'replaced_invalid'
  | 'chosen'
  | 'rejected'
  | 'not_found'
  | 'not_sure_enough'
  | 'better_known'
  | 'does_not_work'
  | 'nothing_surer'
  | 'nothing_newer'
  | 'nothing_valid'
  | 'same_value'
  | 'edited_by_person'
  | 'has_value'
  | 'filled_by_us'
  | 'has_formula'
  | 'is_protected'
  | 'has_error'
  | 'would_reject'
  | 'is_merged'
  | 'never_filled'

/** Write the finding, keep the cell as it is, keep it and show the candidate for review, or keep it and write beside. */
export type Decision = { readonly action: 'write' | 'keep' | 'review' | 'write_beside'; readonly why: Why }

type Row = { readonly [J in Judgement]: Decision }

const write = (why: Why): Decision => ({ action: 'write', why })
const keep = (why: Why): Decision => ({ action: 'keep', why })
const review = (why: Why): Decision => ({ action: 'review', why })
const beside: Decision = { action: 'write_beside', why: 'put_beside' }

/** Nobody may write there. */
const untouchable = (why: Why): Row => ({
  none: keep(why),
  below_threshold: keep(why),
  invalid: keep(why),
  good: keep(why),
  better: keep(why),
  same: keep(why),
  chosen: keep(why),
  rejected: keep(why),
})

/** Only a person who has seen both values replaces what stands there. */
const standing = (why: Why): Row => ({ ...untouchable(why), chosen: write('chosen'), rejected: keep('rejected') })

/** What we wrote stands there: only a surer value is better. */
const oursStanding: Row = { ...standing('filled_by_us'), better: beside, same: keep('same_value') }

/** What stands there gives way to a good value. */
const givesWay = (to: Why, otherwise: Why): Row => ({
  ...standing(otherwise),
  below_threshold: review('not_sure_enough'),
  good: write(to),
  better: write(to),
  same: keep('same_value'),
})

const EMPTY_CELL: Row = {
  none: keep('not_found'),
  below_threshold: review('not_sure_enough'),
  invalid: keep('does_not_work'),
  good: write('filled'),
  better: write('filled'),
  same: keep('same_value'),
  chosen: write('chosen'),
  rejected: keep('rejected'),
}

// Nobody knows how sure a value is that was there before us: a good one that differs is worth a look.
const THERE_BEFORE: Row = { ...standing('has_value'), good: beside, better: beside, same: keep('same_value') }
const IF_INVALID = givesWay('replaced_invalid', 'nothing_valid')
const SURER: Row = { ...standing('nothing_surer'), better: write('replaced_less_sure') }
// What a person accepts for such a column goes beside too: nothing in it is ever replaced.
const OTHER_BESIDE: Row = { ...THERE_BEFORE, below_threshold: review('not_sure_enough'), chosen: beside }
const SURER_BESIDE: Row = { ...standing('nothing_surer'), better: beside, same: keep('same_value'), chosen: beside }

/** A row that counts whatever is known of the value. */
const whatever = (row: Row) => ({ fine: row, old: row, invalid: row })

/** Rows for cells that hold a value which a rule may allow to replace. */
const FILLED: {
  readonly [S in 'found_here' | 'ours']: { readonly [R in RuleKind]: { readonly [H in Held]: Row } }
} = {
  found_here: {
    fill_empty: whatever(THERE_BEFORE),
    more_confident: whatever(THERE_BEFORE),
    refresh: whatever(THERE_BEFORE),
    replace_invalid: { fine: THERE_BEFORE, old: THERE_BEFORE, invalid: IF_INVALID },
    beside: whatever(OTHER_BESIDE),
    never: whatever(standing('has_value')),
  },
  ours: {
    fill_empty: whatever(oursStanding),
    more_confident: whatever(SURER),
    refresh: { fine: oursStanding, old: givesWay('replaced_old', 'nothing_newer'), invalid: oursStanding },
    replace_invalid: { fine: oursStanding, old: oursStanding, invalid: IF_INVALID },
    beside: whatever(SURER_BESIDE),
    never: whatever(standing('filled_by_us')),
  },
}

const UNTOUCHABLE: { readonly [S in Exclude<CellState, 'empty' | 'found_here' | 'ours'>]: Row } = {
  verified_by_person: untouchable('edited_by_person'),
  formula: untouchable('has_formula'),
  protected: untouchable('is_protected'),
  error: untouchable('has_error'),
  rejecting: untouchable('would_reject'),
  merged: untouchable('is_merged'),
}

const NEVER_FILLED: Row = standing('never_filled')

const left = (why: string): string => `Left alone: ${why}`

// Here because the build packs what stands in functions, and every look at a run that left cells alone says these.
const SENTENCES: { readonly [W in Why]: string } = {
  filled: 'Filled in.',
  put_beside: 'Put into the column beside: the cell was filled already, and this value may be better.',
  replaced_less_sure: 'Replaced what we filled in earlier: this value is surer.',
  replaced_old: 'Replaced what we filled in earlier: it was older than you want.',
  replaced_invalid: 'Replaced: the value that stood there was proved invalid.',
  chosen: 'Written because you accepted it in Review.',
  rejected: left('you rejected what was found.'),
  not_found: 'Nobody we asked knows it.',
  not_sure_enough: 'Found, but not sure enough to write it.',
  better_known: left('it was filled already. What was found can go beside it.'),
  does_not_work: 'Found, but it is known not to work.',
  nothing_surer: left('we filled it earlier, and nobody gave a surer value.'),
  nothing_newer: left('it is older than you want, but nobody gave a newer value.'),
  nothing_valid: left('it was proved invalid, but nobody gave a value that is good.'),
  same_value: left('what was found is what stands there.'),
  edited_by_person: left('somebody accepted it, or changed it after we filled it.'),
  has_value: left('it was filled already.'),
  filled_by_us: left('we filled it earlier.'),
  has_formula: left('a formula fills the cell.'),
  is_protected: left('the cell is protected, and you cannot edit it.'),
  has_error: left('the cell shows an error; clear it to have it filled.'),
  would_reject: left('the data validation of the cell would refuse it.'),
  is_merged: left('the cell is merged with others.'),
  never_filled: left('the rule of this field is to leave its column alone.'),
}

/** A cell as the decision sees it. */
export type JudgedCell = { readonly state: CellState; readonly held: Held }

/** Whether a finding may go into a cell, and why: the one table of the overwrite decision. */
export function decide({ state, held }: JudgedCell, finding: Judgement, rule: RuleKind): Decision {
  switch (state) {
    case 'empty':
      return (rule === 'never' ? NEVER_FILLED : EMPTY_CELL)[finding]
    case 'found_here':
    case 'ours':
      return FILLED[state][rule][held][finding]
    default:
      return UNTOUCHABLE[state][finding]
  }
}

/**
 * Whether some finding would be written into a cell without a person, or beside it where the rule asks for that: only then
 * is it worth asking.
 */
export function isWorthAsking(cell: JudgedCell, rule: RuleKind): boolean {
  const { action } = decide(cell, 'better', rule)
  return action === 'write' || (action === 'write_beside' && rule === 'beside')
}

/** A reason in the words of a sales person. */
export function whySentence(why: Why): string {
  return SENTENCES[why]
}

/** What was written to a cell last. */
export type WrittenLast = {
  /** `hashText` of the text. */
  readonly hash: string
  /** Set when a person accepted it in Review. */
  readonly chosen?: true | undefined
  /** Set when Undo put it back: it was there before us. */
  readonly found?: true | undefined
}

/** What is known about a cell before deciding. */
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
  readonly last?: WrittenLast | undefined
}

/** The state of a cell; what makes writing impossible comes before what is in it. */
export function cellState(facts: CellFacts): CellState {
  const { cell, last } = facts
  if (facts.protected) return 'protected'
  if (facts.merged) return 'merged'
  if (cell.formula || cell.spill) return 'formula'
  if (cell.kind === 'error') return 'error'
  if (cell.text === '') return facts.rejecting ? 'rejecting' : 'empty'
  if (!last) return 'found_here'
  if (hashText(cell.text) !== last.hash || last.chosen) return 'verified_by_person'
  return last.found ? 'found_here' : 'ours'
}

/** What a finding is worth: `invalid` counts whatever the confidence, and so does a missing confidence as none. */
export function judge(
  finding: Pick<Finding, 'confidence' | 'status'> | undefined,
  threshold: number,
): Extract<Judgement, 'none' | 'below_threshold' | 'invalid' | 'good'> {
  if (!finding) return 'none'
  if (finding.status === 'invalid') return 'invalid'
  return finding.confidence >= threshold ? 'good' : 'below_threshold'
}
