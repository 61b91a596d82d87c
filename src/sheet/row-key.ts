import type { Field } from '../domain/field'
import type { RowLead } from './leads'

/** How a row is known again after others sorted, inserted or deleted rows (safety S6). Plain JSON. */
export type PlannedRow = {
  /** Hash of the input cells; '' when no input cell holds anything. */
  readonly base: string
  /** Short hashes of the wanted cells that were filled at planning. */
  readonly planned: { readonly [F in Field]?: string }
}

/** What is kept of a row at planning to find it again. */
export function planRow(row: RowLead, wanted: readonly Field[]): PlannedRow {
  throw new Error(`not yet ${row.row} ${wanted.length}`)
}

/** For each planned row its index in `current`, or undefined when it is not there any more. */
export function locate(
  planned: readonly PlannedRow[],
  current: readonly RowLead[],
  wanted: readonly Field[],
): readonly (number | undefined)[] {
  throw new Error(`not yet ${planned.length} ${current.length} ${wanted.length}`)
}
