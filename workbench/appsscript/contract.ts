import type { SheetStore } from './sheet-store'

/** The three built files that Google would get, read from `dist`. */
export interface Bundle {
  readonly code: string
  /** HTML files by name without extension. */
  readonly html: { readonly [name: string]: string }
  readonly manifest: { readonly oauthScopes?: readonly string[]; readonly timeZone?: string }
}

/** A person with the file open. */
export interface User {
  readonly id: string
  readonly email: string
  readonly locale: string
  readonly account: 'consumer' | 'workspace'
}

/** How an execution was started; it decides AuthMode, time limit and what `e` or `this` can do. */
export type Via = 'open' | 'install' | 'menu' | 'rpc' | 'formula' | 'trigger' | 'web'

/** One run of a top-level function in a fresh context. */
export interface Execution {
  readonly function: string
  readonly args?: readonly unknown[]
  readonly user: User
  readonly via: Via
  /** Overrides the mode of `via: 'open'` (LIMITED): NONE is an add-on that is installed but not enabled in this file. */
  readonly auth?: 'NONE' | 'LIMITED' | 'FULL'
}

/** How it ended. `killed` ran into the time limit or a scripted kill: no `finally` ran, unflushed writes are lost. */
export interface Ended {
  readonly state: 'returned' | 'threw' | 'killed'
  /** As the caller sees it: rpc replies went through Google's serialiser. */
  readonly value?: unknown
  readonly error?: { readonly name: string; readonly message: string }
  /** Service calls made, in order: `Range.setValues`, `UrlFetchApp.fetchAll` ... */
  readonly calls: readonly string[]
  readonly logs: readonly string[]
  /** Milliseconds on the emulator's clock. */
  readonly tookMs: number
}

/** One upstream HTTP call, for the drawer of the workbench and for tests. Never holds a secret. */
export interface UpstreamCall {
  readonly at: number
  readonly host: string
  readonly path: string
  readonly method: string
  /** 0 when the network failed. */
  readonly status: number
  readonly tookMs: number
}

/** A menu item as `onOpen` created it. */
export interface MenuItem {
  readonly label: string
  readonly function: string
}

/** What the script asked the page to show. */
export type UiEvent =
  | {
      readonly kind: 'menu'
      readonly user: string
      readonly title: string
      readonly items: readonly (MenuItem | 'separator')[]
    }
  | { readonly kind: 'sidebar'; readonly user: string; readonly title: string; readonly html: string }
  | {
      readonly kind: 'dialog'
      readonly user: string
      readonly title: string
      readonly html: string
      readonly width: number
      readonly height: number
    }
  | { readonly kind: 'toast'; readonly user: string; readonly title: string; readonly message: string }
  | {
      readonly kind: 'alert'
      readonly user: string
      readonly title: string
      readonly message: string
      readonly buttons: string
    }
  | {
      readonly kind: 'prompt'
      readonly user: string
      readonly title: string
      readonly message: string
      readonly buttons: string
    }
  | { readonly kind: 'activate'; readonly user: string; readonly tab: number; readonly selection: readonly string[] }

/** A service call as it is made: `Range.setValues`, and the execution that makes it. */
export interface Made {
  readonly method: string
  readonly execution: number
}

/**
 * A scripted misfortune. `atCall` counts over each execution from 1, so every execution that gets so far is struck; with
 * `overall` it counts all executions since the last `script`, so it strikes once. `nth` and `times` count since `script`.
 */
export type Fault =
  /** `after`: the call took effect (a request was sent and billed), its answer was lost. */
  | { readonly kind: 'kill'; readonly atCall: number; readonly overall?: true; readonly when?: 'before' | 'after' }
  /** The n-th call of a method, whoever makes it. */
  | { readonly kind: 'kill_method'; readonly method: string; readonly nth: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'fail'; readonly atCall: number; readonly message: string; readonly overall?: true }
  /** Every call of a service method fails, for example `Range.setValues`. */
  | { readonly kind: 'fail_method'; readonly method: string; readonly message: string; readonly times: number }
  /**
   * Google takes at most so many requests in one `fetchAll`; a wider one is refused as too often in a short time before
   * anything is sent. It does not say how many it takes (platform.md section 5).
   */
  | { readonly kind: 'narrow'; readonly widest: number }
  /** The n-th call of `method` takes so much longer: its execution stands still, others go on. */
  | { readonly kind: 'hang'; readonly method: string; readonly nth: number; readonly ms: number }
  /** No misfortune: hears each call, in the order in which they are made, with the number of its execution. */
  | { readonly kind: 'watch'; readonly hear: (call: Made) => void }
  /** Runs between two calls, as another user's edit would; before the n-th call of `method`. */
  | {
      readonly kind: 'between'
      readonly method: string
      readonly nth: number
      readonly act: (store: SheetStore) => void
    }

/** Open questions about Google (safety S20): unknown is simulated both ways by running a test with each answer. */
export type Facts = { readonly [fact: string]: 'yes' | 'no' }

/** The button that closed an alert or a prompt, and the text that was typed into a prompt. */
export interface Answer {
  readonly button: string
  readonly text: string
}

/** What Google counts per user and day (platform.md section 1). */
export type QuotaName = 'urlfetch' | 'properties' | 'trigger runtime'

/** How the emulator is set up. */
export interface EmulatorOptions {
  readonly bundle: Bundle
  readonly store: SheetStore
  /** On a virtual clock `Utilities.sleep` and service costs advance time without waiting. */
  readonly clock: 'real' | 'virtual'
  /** Virtual time at the start, milliseconds since 1970. */
  readonly startAt?: number
  readonly edition: 'addon' | 'bound'
  /** The id of the spreadsheet; a copy of the file has another one. */
  readonly fileId?: string
  /** What the publisher entered under Project Settings > Script Properties. */
  readonly scriptProperties?: { readonly [key: string]: string }
  /** What the file's document properties hold at the start, set in an earlier use. */
  readonly documentProperties?: { readonly [key: string]: string }
  readonly owner: User
  /** Name resolution: where a host is really served; undefined is `DNS error`. Plain HTTP to 127.0.0.1. */
  readonly resolve: (host: string) => number | undefined
  readonly facts?: Facts
  /** What is left of a day's allowances when other add-ons have drawn on them: smaller figures than Google's. */
  readonly allowances?: { readonly [name in QuotaName]?: number }
  /** Answers alerts and prompts, at once or when a person has; default: OK and an empty text. */
  readonly answer?: (event: UiEvent) => Answer | Promise<Answer>
  /** Real milliseconds without a service call after which a script on the virtual clock is killed; default 30,000. */
  readonly hangMs?: number
}

/** Google, played for one spreadsheet file. */
export interface Emulator {
  readonly store: SheetStore
  execute(execution: Execution): Promise<Ended>
  /** What a cell shows for a call of a custom function: the value or 2-D array, or an error with its hover note. */
  formula(call: { readonly name: string; readonly args: readonly unknown[]; readonly user: User }): Promise<Ended>
  now(): number
  /** Moves a virtual clock and fires the triggers that come due. */
  advance(ms: number): Promise<void>
  /** Selects ranges such as `A2:F21` for a user; the first tab is active until then. */
  select(user: User, tab: number, ranges: readonly string[]): void
  active(user: User): { readonly tab: number; readonly ranges: readonly string[] }
  /** Parses text as if the user typed it into a cell. */
  type(user: User, tab: number, cell: string, text: string): void
  script(faults: readonly Fault[]): void
  onUi(listener: (event: UiEvent) => void): () => void
  readonly upstream: readonly UpstreamCall[]
  onUpstream(listener: (call: UpstreamCall) => void): () => void
  /** Used and allowed per user and day, as in platform.md section 1. */
  quotas(user: User): readonly { readonly name: string; readonly used: number; readonly limit: number }[]
  triggers(): readonly {
    readonly function: string
    readonly user: string
    readonly dueAt: number
    readonly everyMs?: number
  }[]
  properties(scope: 'document' | 'script' | { readonly user: string }): { readonly [key: string]: string }
  /** Stops running executions at once, as Google's kill does. */
  killAll(): void
  /** Forgets everything in the caches, as Google may at any time. */
  evict(): void
  /**
   * Another file takes the place of this one, under an id of its own: executions end, document properties, triggers and
   * caches are gone, what belongs to a user stays. The caller fills the store.
   */
  openFile(): void
  /** Document, user and script properties, triggers and clock as plain JSON; the store has a snapshot of its own. */
  snapshot(): unknown
  restore(snapshot: unknown): void
  stop(): Promise<void>
}
