import type { HttpResponse } from '../domain/provider'
import type { Area, Block, Grid } from '../sheet/grid'
import type { FilterCriterion } from '../sheet/hidden'

/** A request that is complete: the secret is in its header. */
export interface SignedRequest {
  readonly url: string
  readonly method: 'get' | 'post'
  readonly headers: { readonly [name: string]: string }
  readonly body?: string
  readonly timeoutSeconds: number
  /** Set where no secret is attached: a redirect would carry it to another host (safety S5). */
  readonly followsRedirects?: true
}

/** What came of one wave. `lost`: the whole batch threw and no answer of it is known (safety S2). */
export type Sent =
  { readonly kind: 'answered'; readonly responses: readonly HttpResponse[] } | { readonly kind: 'lost' }

/** A property store: strings up to 9 KB a value (platform.md section 1). */
export interface Properties {
  get(key: string): string | undefined
  /** The value as this execution found it first or set it: all of them cost one call. */
  peek(key: string): string | undefined
  /** The keys as this execution found them first, and those it set: they cost that same call. */
  peekKeys(): readonly string[]
  /** From now on `peek` finds what others have set since, for one more call; what was read within so long stays. */
  refresh(withinMs?: number): void
  /** Undefined deletes. */
  set(key: string, value: string | undefined): void
}

/**
 * The hidden tabs: `journal` and `index` are the results store (safety S18), `rows` the planned rows of the last runs,
 * `writes` the cells that they wrote and how these were before, `suppressed` the hashes of who is never looked up,
 * `damaged` the texts of the store that could not be read, `ledger` what was asked and what it cost, `apart` the rows
 * that are known not to be the same, `seen` the rows that runs of saved runs had before them, `erasures` that somebody
 * was erased, never whom.
 */
export type TableName =
  'journal' | 'index' | 'rows' | 'writes' | 'suppressed' | 'damaged' | 'ledger' | 'apart' | 'seen' | 'erasures'

/** A hidden tab of ours, made on first write. */
export interface Table {
  /** Number of rows written. */
  length(): number
  /** Rows from a zero-based position to the end; each row is its cells. */
  rows(from: number): readonly (readonly string[])[]
  /** The first cell of each row, in one call: all that a tab with one column holds. */
  column(): readonly string[]
  /** One of the rows that the tab has, in one call whatever its length. */
  line(row: number): readonly string[]
  /** A block of rows, empty ones as empty lists. */
  block(from: number, count: number): readonly (readonly string[])[]
  /** Makes the tab if there is none, or ends what a killed execution began. */
  make(): void
  append(rows: readonly (readonly string[])[]): void
  /** Appends one row, also while other executions append. */
  add(row: readonly string[]): void
  /** Other executions may have appended: its size is asked for again. */
  refresh(): void
  replace(from: number, rows: readonly (readonly string[])[]): void
  /** Replaces everything by these rows, in one write. */
  reset(rows: readonly (readonly string[])[]): void
  /** Empties the first rows and moves the rest up. */
  dropFirst(count: number): void
}

/** A tab as people see it. */
export interface SheetInfo {
  readonly id: number
  readonly name: string
}

/** How a block is written: `plain` as values, `rich` as rich text because it could be taken for a formula, number or date. */
export interface TextBlock extends Block {
  readonly kind: 'plain' | 'rich'
}

/** A block in which some cells are written along as they are, and what each of its cells must hold until then. */
export interface HeldBlock extends Block {
  readonly kind: 'plain' | 'rich'
  readonly held: readonly (readonly string[])[]
}

/** What cells held, to be put back as it was: texts as text, dates as milliseconds since 1970. */
export type ExactBlock = { readonly row: number; readonly column: number } & (
  | { readonly kind: 'texts' | 'formulas'; readonly values: readonly (readonly string[])[] }
  | { readonly kind: 'dates'; readonly values: readonly (readonly number[])[] }
  | { readonly kind: 'values'; readonly values: readonly (readonly (number | boolean)[])[] }
)

/** The person's sheet. Coordinates are zero-based; ranges are fixed while others edit (platform.md section 4b). */
export interface Sheets {
  active(): SheetInfo
  /** The tabs that people see, without ours. */
  visible(): readonly SheetInfo[]
  /** All tabs of the person, hidden ones too, without ours. */
  all(): readonly SheetInfo[]
  find(id: number): SheetInfo | undefined
  named(name: string): SheetInfo | undefined
  /** Every selected area, not only the last (platform.md section 4b). */
  selection(): readonly Area[]
  /** Shows a tab with these areas selected. */
  select(id: number, areas: readonly Area[]): void
  /** Rows and columns that hold content. */
  used(id: number): { readonly rows: number; readonly columns: number }
  read(id: number, area: Area): Grid
  /** Everything from A1 to the last used cell. */
  readAll(id: number): Grid
  /** Writes texts under the formats that the cells have by then. Throws when the sheet refuses. */
  write(id: number, blocks: readonly TextBlock[]): void
  /**
   * Looks at a block once more and writes it, its cells with a text in the text format; writes nothing when a cell holds
   * something else by then.
   */
  writeHeld(id: number, block: HeldBlock, texts: readonly Area[]): void
  /** Number formats of an area, row by row. */
  formats(id: number, area: Area): readonly (readonly string[])[]
  setFormat(id: number, areas: readonly Area[], format: string): void
  /** Empties cells; their formats and notes stay. */
  clear(id: number, areas: readonly Area[]): void
  /** Puts back what cells held, in the formats that they have by then. */
  writeExact(id: number, blocks: readonly ExactBlock[]): void
  /** Notes of an area, row by row; empty is ''. */
  notes(id: number, area: Area): readonly (readonly string[])[]
  writeNotes(id: number, blocks: readonly Block[]): void
  clearNotes(id: number, areas: readonly Area[]): void
  /** Rows and columns that the tab has, empty ones included. */
  size(id: number): { readonly rows: number; readonly columns: number }
  /** Makes room for so many rows and columns; nothing moves. */
  growTo(id: number, size: { readonly rows: number; readonly columns: number }): void
  insertRows(id: number, row: number, count: number): void
  /** Makes room for a column; those from there on move. */
  insertColumn(id: number, column: number): void
  /** Looks at runs of rows once more, first to last, and takes them out; does nothing when one holds other texts by then. */
  deleteRows(id: number, runs: readonly Block[]): boolean
  /** Writes headers of ours into cells of one row, from a column on. */
  writeHeaders(
    id: number,
    place: { readonly row: number; readonly column: number; readonly headers: readonly string[] },
  ): void
  /** Areas that this person cannot edit. */
  protectedAreas(id: number): readonly Area[]
  /** Areas whose validation rejects what does not fit. */
  validatedAreas(id: number): readonly Area[]
  mergedAreas(id: number): readonly Area[]
  /** What the filter of the tab hides in its area, column by column. Filter views cannot be seen. */
  filter(id: number): { readonly area: Area; readonly criteria: readonly FilterCriterion[] } | undefined
  /** Costs a call a row (platform.md section 4b). */
  isHiddenByFilter(id: number, row: number): boolean
  /** A new, empty tab with room for so many cells, made active. */
  create(name: string, size: { readonly rows: number; readonly columns: number }): SheetInfo
  /** Bold headers, and the first columns as wide as those of another tab, on a tab of ours. */
  tidy(id: number, like: number, columns: number): void
  remove(id: number): void
  locale(): string
  flush(): void
}

/** All that the product asks of the world outside it. One implementation talks to Google. */
export interface Host {
  readonly edition: 'addon' | 'bound'
  /** The id of the spreadsheet; a copy has another one. */
  fileId(): string
  /** When this execution must have ended, milliseconds since 1970. */
  readonly deadline: number
  now(): number
  sleep(ms: number): void
  randomId(): string
  /** Never throws for a vendor's status; one wave of one class. */
  send(requests: readonly SignedRequest[]): Sent
  readonly document: Properties
  readonly user: Properties
  /** Operations on properties in this execution since it was asked last: Google counts them by the day. */
  takePropertyOperations(): number
  /** Runs under the document lock, held for at most a second; undefined when it could not be had. */
  locked<T>(work: () => T): T | undefined
  readonly sheets: Sheets
  table(name: TableName): Table
  toast(message: string): void
  /** Makes sure that an hourly trigger goes on with runs of this person (safety S13). False when Google refused it. */
  watch(): boolean
}

export { a1 } from '../sheet/a1'
export { Problem } from '../domain/problem'
export type { HttpResponse } from '../domain/provider'
export type { Area, Block, CellRead, Grid } from '../sheet/grid'
export type { FilterCriterion } from '../sheet/hidden'
