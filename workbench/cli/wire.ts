/** A problem in words, as the add-on's screen shows it. */
export interface WireProblem {
  readonly message: string
}

/** What the command line reads of the add-on's overview of a sheet. */
export interface WireOverview {
  /** Rows under the column names. */
  readonly sheet: { readonly rows: number }
  readonly columns: readonly { readonly column: number; readonly header: string; readonly field: string | null }[]
  /** Fields that can be asked for, with their words on screen. */
  readonly choices: readonly { readonly field: string; readonly label: string }[]
  readonly canAsk: boolean
  readonly problem: WireProblem | null
}

/** What it asks for. */
export interface WireRequest {
  readonly scope: 'all'
  readonly wanted: readonly string[]
  /** Corrections to what a column is taken for, by zero-based column. */
  readonly mapping: { readonly [column: string]: string | null }
  readonly purpose: string
  readonly cap: number
}

/** What it reads of a receipt. */
export interface WireReceipt {
  readonly id: string
  readonly credits: { readonly worst: number }
  readonly rows: { readonly selected: number } & {
    readonly [left in 'filled' | 'invalid' | 'suppressed' | 'hidden' | 'empty']: number
  }
  /** Why rows are invalid. */
  readonly invalidReasons: readonly { readonly reason: string; readonly rows: number }[]
}

/** What it reads of a run. */
export interface WireRun {
  readonly id: string
  readonly state: 'running' | 'paused' | 'stopped' | 'done' | 'failed'
  readonly sheetName: string
  readonly rows: { readonly total: number; readonly done: number }
  readonly cellsWritten: number
  readonly calls: number
  readonly credits: { readonly spent: number; readonly maybe: number; readonly cap: number }
  readonly fields: readonly {
    readonly field: string
    readonly label: string
    readonly written: number
    readonly notFound: number
    readonly leftAlone: readonly { readonly why: string; readonly count: number }[]
  }[]
  readonly problem: WireProblem | null
}

/** What it reads of the settings: which vendor is asked at which host. */
export interface WireSettings {
  readonly vendors: readonly { readonly id: string; readonly host: string }[]
}

/** The calls of the add-on's server that the command line makes, with arguments and reply. */
export interface WireCalls {
  overview(ask: {
    readonly scope: 'all'
    readonly mapping: WireRequest['mapping']
    readonly wanted: null
  }): WireOverview
  receipt(request: WireRequest): WireReceipt
  startRun(receipt: string): WireRun
  continueRun(run: string): WireRun
  runStatus(run: string): WireRun
  resumeRun(run: string): WireRun
  settings(): WireSettings
  saveKey(entry: {
    readonly vendor: string
    readonly environment: 'production'
    readonly place: 'personal'
    readonly key: string
  }): WireSettings
}
