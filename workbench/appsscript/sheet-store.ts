/** What a cell holds. Dates are serial day numbers with a date format, as in Google Sheets and in XLSX. */
export interface Cell {
  /** Empty is null. Error results are the text, such as `#N/A`, with `error` set. */
  readonly value: string | number | boolean | null
  /** With its leading `=`. */
  readonly formula?: string
  /** Number format pattern; absent is General, `@` is plain text. */
  readonly format?: string
  readonly note?: string
  readonly error?: true
}

/** A change to one cell; an absent part stays as it is, null removes it. */
export interface CellPatch {
  readonly value?: string | number | boolean | null
  readonly formula?: string | null
  readonly format?: string | null
  readonly note?: string | null
  readonly background?: string | null
  readonly bold?: boolean
}

/** Zero-based, end-exclusive by count. */
export interface Area {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/** One tab of the workbook. */
export interface Tab {
  /** Stable across renames and moves; a number, as Google's sheet ids. */
  readonly id: number
  readonly name: string
  readonly hidden: boolean
  readonly rows: number
  readonly columns: number
}

/** A range that some users cannot edit. */
export interface Protection {
  readonly area: Area | 'sheet'
  readonly editors: readonly string[]
}

/** A validation rule that rejects what it does not list or accept. */
export interface Validation {
  readonly area: Area
  readonly accepts: { readonly list: readonly string[] } | { readonly kind: 'number' | 'date' | 'email' }
  /** `reject` fails a whole write; `warn` lets it pass. */
  readonly onInvalid: 'reject' | 'warn'
}

/** A basic filter: for some columns (absolute, zero-based) the texts that are hidden. */
export interface Filter {
  readonly area: Area
  readonly hiddenTexts: { readonly [column: number]: readonly string[] }
}

/** What changed, so that a page can mirror it. */
export type StoreChange =
  | { readonly kind: 'cells'; readonly tab: number; readonly area: Area }
  | { readonly kind: 'structure'; readonly tab: number }
  | { readonly kind: 'tabs' }

/**
 * A workbook without Apps Script semantics: cells, tabs and structure. Parsing of typed text, buffering, permissions,
 * quotas and error texts are the emulator's. Two implementations pass one contract suite: in memory, and Univer.
 * All methods are synchronous; `settled` waits for formulas.
 */
export interface SheetStore {
  readonly locale: string
  tabs(): readonly Tab[]
  /** The new tab goes to `index`, or last. */
  addTab(name: string, size?: { readonly rows: number; readonly columns: number; readonly index?: number }): Tab
  removeTab(tab: number): void
  renameTab(tab: number, name: string): void
  hideTab(tab: number): void
  showTab(tab: number): void
  read(tab: number, area: Area): readonly (readonly Cell[])[]
  /** The cells as a person sees them. */
  display(tab: number, area: Area): readonly (readonly string[])[]
  /** A patch for each cell; undefined leaves a cell alone. */
  write(tab: number, area: Area, patches: readonly (readonly (CellPatch | undefined)[])[]): void
  /** Size of the smallest area from A1 that holds all content. */
  used(tab: number): { readonly rows: number; readonly columns: number }
  insertRows(tab: number, before: number, count: number): void
  deleteRows(tab: number, from: number, count: number): void
  insertColumns(tab: number, before: number, count: number): void
  deleteColumns(tab: number, from: number, count: number): void
  /** Sorts whole rows of the area by one of its columns (relative, zero-based); formats and notes move along. */
  sort(tab: number, area: Area, by: { readonly column: number; readonly ascending: boolean }): void
  merges(tab: number): readonly Area[]
  merge(tab: number, area: Area): void
  protections(tab: number): readonly Protection[]
  protect(tab: number, protection: Protection): void
  validations(tab: number): readonly Validation[]
  validate(tab: number, validation: Validation): void
  filter(tab: number): Filter | undefined
  setFilter(tab: number, filter: Filter | undefined): void
  columnWidth(tab: number, column: number, pixels?: number): number
  frozenRows(tab: number, rows?: number): number
  /** Makes a custom function known to the formula engine of the store. Calls may overlap. */
  defineFunction(name: string, run: (args: readonly unknown[]) => Promise<unknown>): void
  /** Resolves when no formula is being computed. */
  settled(): Promise<void>
  onChange(listener: (change: StoreChange) => void): () => void
  /** Plain JSON that `restore` of the same implementation accepts: "reload keeps the state", copies, versions. */
  snapshot(): unknown
  restore(snapshot: unknown): void
}
