import type { Field } from '../domain/field'
import type { Grid } from './grid'

/** What one column is taken for, and what told so. `column` is zero-based. */
export type ColumnGuess = {
  readonly column: number
  readonly header: string
  readonly field: Field | null
  readonly how: 'header' | 'values' | 'none'
}

/** The zero-based column of each mapped field. */
export type Mapping = { readonly [F in Field]?: number }

/** The mapping that columns stand for; of two columns with one field the first counts. */
export function mappingOf(columns: readonly { readonly column: number; readonly field: Field | null }[]): Mapping {
  const mapping: { [F in Field]?: number } = {}
  for (const { column, field } of columns) if (field && mapping[field] === undefined) mapping[field] = column
  return mapping
}

/** What each column is, by its header and by its values (rows of texts, up to 100). A field goes to one column only. */
export function guessMapping(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): readonly ColumnGuess[] {
  throw new Error(`not yet ${headers.length} ${samples.length}`)
}

/** The zero-based row of the grid that holds headers; undefined when there is none. */
export function findHeaderRow(grid: Grid): number | undefined {
  throw new Error(`not yet ${grid.length}`)
}
