import type { CellRead, Grid } from './grid'

/** What hides rows of one column: values unticked by hand, or a condition that visible rows meet. Zero-based column. */
export type FilterCriterion = {
  readonly column: number
  readonly hiddenValues?: readonly string[]
  /** `type` is a name of Apps Script's `BooleanCriteria`, `values` its arguments as text. */
  readonly condition?: { readonly type: string; readonly values: readonly string[] }
  /** Rows are also filtered by colour, which cells do not tell. */
  readonly byColor?: true
}

/**
 * The zero-based rows of the grid (the rows below the filter's header) that a filter hides; undefined when it cannot be
 * told from the cells, and each row has to be asked about (safety S22).
 */
export function hiddenRows(criteria: readonly FilterCriterion[], grid: Grid): readonly number[] | undefined {
  const hidden: number[] = []
  for (const [row, cells] of grid.entries()) {
    const verdicts = criteria.map((criterion) => isShown(criterion, cells[criterion.column] ?? EMPTY))
    if (verdicts.includes(false)) hidden.push(row)
    else if (verdicts.includes(undefined)) return undefined
  }
  return hidden
}

const EMPTY: CellRead = { text: '', kind: 'empty', formula: false }

/** True or false when it is certain, undefined when it is not. */
type Verdict = boolean | undefined

function isShown({ hiddenValues, condition, byColor }: FilterCriterion, cell: CellRead): Verdict {
  const verdicts: Verdict[] = []
  if (hiddenValues) verdicts.push(not(isListed(hiddenValues, cell)))
  if (condition) verdicts.push(meets(condition.type, condition.values, cell))
  if (byColor) verdicts.push(undefined)
  if (verdicts.includes(false)) return false
  return verdicts.includes(undefined) ? undefined : true
}

/** Unticked values are what the cell displays, which for numbers and dates may differ from what it holds. */
function isListed(values: readonly string[], cell: CellRead): Verdict {
  if (isWritten(cell)) return sameEitherCase(cell.text, values, (text, list) => list.includes(text))
  return values.some((value) => value !== '') ? undefined : false
}

function meets(type: string, values: readonly string[], cell: CellRead): Verdict {
  switch (type) {
    case 'CELL_EMPTY':
      return cell.text === ''
    case 'CELL_NOT_EMPTY':
      return cell.text !== ''
    case 'TEXT_CONTAINS':
      return compareText(cell, values, (text, [part]) => text.includes(part!))
    case 'TEXT_DOES_NOT_CONTAIN':
      return compareText(cell, values, (text, [part]) => !text.includes(part!))
    case 'TEXT_EQUAL_TO':
      return compareText(cell, values, (text, [whole]) => text === whole)
    case 'TEXT_NOT_EQUAL_TO':
      return compareText(cell, values, (text, [whole]) => text !== whole)
    case 'TEXT_STARTS_WITH':
      return compareText(cell, values, (text, [start]) => text.startsWith(start!))
    case 'TEXT_ENDS_WITH':
      return compareText(cell, values, (text, [end]) => text.endsWith(end!))
    case 'NUMBER_EQUAL_TO':
      return compareNumber(cell, values, (number, [other]) => number === other)
    case 'NUMBER_NOT_EQUAL_TO':
      return compareNumber(cell, values, (number, [other]) => number !== other)
    case 'NUMBER_GREATER_THAN':
      return compareNumber(cell, values, (number, [least]) => number > least!)
    case 'NUMBER_GREATER_THAN_OR_EQUAL_TO':
      return compareNumber(cell, values, (number, [least]) => number >= least!)
    case 'NUMBER_LESS_THAN':
      return compareNumber(cell, values, (number, [most]) => number < most!)
    case 'NUMBER_LESS_THAN_OR_EQUAL_TO':
      return compareNumber(cell, values, (number, [most]) => number <= most!)
    case 'NUMBER_BETWEEN':
      return compareNumber(cell, values, (number, [least, most]) => isWithin(number, least, most))
    case 'NUMBER_NOT_BETWEEN':
      return compareNumber(cell, values, (number, [least, most]) => not(isWithin(number, least, most)))
    default:
      return undefined
  }
}

/** Whether a cell displays exactly what it holds. */
function isWritten(cell: CellRead): boolean {
  return cell.kind === 'text' || cell.kind === 'empty' || cell.kind === 'boolean'
}

function compareText(
  cell: CellRead,
  values: readonly string[],
  test: (text: string, values: readonly string[]) => boolean,
): Verdict {
  if (!isWritten(cell) || values[0] === undefined || values[0].startsWith('=')) return undefined
  return sameEitherCase(cell.text, values, test)
}

// Google does not document whether filters tell case apart, so an answer counts only if it is the same both ways.
function sameEitherCase(
  text: string,
  values: readonly string[],
  test: (text: string, values: readonly string[]) => boolean,
): Verdict {
  const exact = test(text, values)
  const folded = test(
    text.toLowerCase(),
    values.map((value) => value.toLowerCase()),
  )
  return exact === folded ? exact : undefined
}

// A condition on numbers is certain for numbers only; a date is a number to Google, and text may be read as one.
function compareNumber(
  cell: CellRead,
  values: readonly string[],
  test: (number: number, values: readonly number[]) => Verdict,
): Verdict {
  const numbers = values.map((value) => (value.trim() === '' ? NaN : Number(value)))
  if (cell.kind !== 'number' || numbers.length === 0 || numbers.some(Number.isNaN)) return undefined
  return test(Number(cell.text), numbers)
}

function not(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict
}

function isWithin(number: number, least?: number, most?: number): Verdict {
  return least === undefined || most === undefined ? undefined : number >= least && number <= most
}
