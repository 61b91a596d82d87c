/** A rectangle of cells; zero-based. */
export interface Area {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/** What a script reads from a cell. Dates come as ISO text; `formula` cells also have their result as `text`. */
export interface CellRead {
  /** The value as text: numbers in full digits, dates as `2026-03-25`, booleans as TRUE and FALSE, empty as ''. */
  readonly text: string
  readonly kind: 'empty' | 'text' | 'number' | 'boolean' | 'date' | 'error'
  readonly formula: boolean
  /** What `text` does not tell: the formula of the cell, or the milliseconds since 1970 of a date. */
  readonly exact?: string | number
  /** It looks empty, but belongs to the result of a formula above it. */
  readonly spill?: true
  /** The formula above it that may have filled it. */
  readonly under?: string
}

/** Cells row by row. */
export type Grid = readonly (readonly CellRead[])[]

/** A rectangle of texts to write. It contains no cell that is not being written (safety S8). */
export interface Block {
  readonly row: number
  readonly column: number
  readonly texts: readonly (readonly string[])[]
}
