/** What the simulation reads of the product's own account of a run. */
export interface RunSeen {
  readonly id: string
  /** Whether whoever asked started it. */
  readonly mine: boolean
  readonly state: 'running' | 'paused' | 'stopped' | 'done' | 'failed'
  readonly rows: { readonly total: number; readonly done: number }
  readonly cellsWritten: number
  readonly credits: { readonly spent: number; readonly held: number; readonly maybe: number; readonly cap: number }
  readonly fields: readonly {
    readonly field: string
    readonly written: number
    readonly notFound: number
    readonly leftAlone: readonly { readonly why: string; readonly count: number }[]
  }[]
  readonly retryable: number
  readonly undo: 'possible' | 'undone' | null
  /** Until when it rests, milliseconds since 1970. */
  readonly rest: { readonly until: number } | null
  readonly problem: { readonly message: string; readonly action?: string | null } | null
  /** What a person should look at, in words. */
  readonly remarks: readonly string[]
}

/** What the simulation reads of the product's account of an undoing. */
export interface UndoSeen {
  readonly state: 'running' | 'done'
  readonly changed: number
  readonly gone: number
  readonly rowsBack: number
}

/** What the simulation reads of what was spent. */
export interface UsageSeen {
  readonly vendors: readonly { readonly credits: number; readonly maybe: number }[]
  readonly damaged: number
}

/** What the simulation reads of what formulas spent today and what of it waits for the store. */
export interface FormulasSeen {
  readonly today: number
  readonly waiting: number
}

/** Rows of a field that are accounted for in one way or another. */
export function countRows(field: RunSeen['fields'][number]): number {
  return field.written + field.notFound + field.leftAlone.reduce((sum, { count }) => sum + count, 0)
}
