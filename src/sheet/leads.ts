import type { Field } from '../domain/field'
import type { Lead } from '../domain/lead'
import type { CellRead, Grid } from './grid'
import type { Mapping } from './mapping'

/** The mapped cells of a row as they were read. */
export type MappedCells = { readonly [F in Field]?: CellRead }

/** A value that could not be understood, and why, in words. */
export type Unreadable = { readonly field: Field; readonly text: string; readonly reason: string }

/** One row of the sheet: the lead in it, and the cells that it was read from. `row` is zero-based. */
export type RowLead = {
  readonly row: number
  readonly lead: Lead
  readonly cells: MappedCells
  readonly unreadable: readonly Unreadable[]
}

/** Where to read leads from. `firstRow` is the sheet row of the grid's first row; the grid starts at column A. */
export type LeadSource = {
  readonly grid: Grid
  readonly firstRow: number
  readonly mapping: Mapping
  /** Two-letter code of the country that phone numbers without a prefix belong to, unless the row names one. */
  readonly country: string | undefined
}

/** One row lead for each row of the grid, in order. Never throws, whatever the cells hold. */
export function readLeads(source: LeadSource): readonly RowLead[] {
  throw new Error(`not yet ${source.firstRow}`)
}
