import type { Grid } from './grid'

/** What hides rows of one column: values unticked by hand, or a condition that visible rows meet. Zero-based column. */
export type FilterCriterion = {
  readonly column: number
  readonly hiddenValues?: readonly string[]
  /** `type` is a name of Apps Script's `BooleanCriteria`, `values` its arguments as text. */
  readonly condition?: { readonly type: string; readonly values: readonly string[] }
  /** Rows are also filtered by colour, which cells do not tell. */
  readonly byColor?: true
}

/** The zero-based rows of the grid that a filter hides; undefined when it cannot be told (safety S22). */
export function hiddenRows(criteria: readonly FilterCriterion[], grid: Grid): readonly number[] | undefined {
  throw new Error(`not yet ${criteria.length} ${grid.length}`)
}
