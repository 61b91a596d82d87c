import type { Host } from './host'

/** What a custom function gets from Sheets: one cell, or rows of cells. */
export type FormulaInput = unknown

/** What stands in one cell. */
export type FormulaCell = string | boolean

/** What a custom function gives to Sheets: one cell, or rows of cells that spill. */
export type FormulaOutput = FormulaCell | readonly (readonly FormulaCell[])[]

/** How a custom function is carried out. */
export type RunFormula = (host: Host, args: readonly FormulaInput[]) => FormulaOutput

/** What became of one key: its values from left to right, nothing for a blank one, or why there are none. */
export type Reply =
  | { readonly kind: 'values'; readonly values: readonly FormulaCell[] }
  | { readonly kind: 'blank' }
  /** Its question waits to be asked, or for its answer; `because` is a sentence about a vendor that is to blame. */
  | { readonly kind: 'pending'; readonly because: string | undefined }
  /** `word` stands in a range that shows the status, `problem` is what a single cell says, with the next step. */
  | { readonly kind: 'missing'; readonly word: string; readonly problem: string }
