import type { Bundle, EmulatorOptions, Execution, UiEvent, User } from './contract'
import type { Clock, Pause } from './clock'
import type { FactName } from './facts'
import { localText, type MessageKey } from './messages'
import type { Quotas } from './quota'
import type { Area, SheetStore } from './sheet-store'

/** What an execution may do (platform.md section 7). */
export type AuthMode = 'NONE' | 'LIMITED' | 'FULL' | 'CUSTOM_FUNCTION'

/** A write that waits for the next flush; lost when the execution is killed. */
export interface PendingWrite {
  readonly tab: number
  readonly area: Area
  apply(): void
}

/** One execution under way. */
export interface Run {
  readonly id: number
  readonly execution: Execution
  readonly user: User
  readonly auth: AuthMode
  readonly startedAt: number
  readonly limitMs: number
  readonly calls: string[]
  readonly logs: string[]
  /** In the order of the calls. */
  pending: PendingWrite[]
  over: boolean
  kill: () => void
  /** Ends the pause that a call is in, so that a kill need not wait for it. */
  wake: (() => void) | undefined
}

/** One service call: `ref` is the object's own data, `args` are as the realm encoded them. */
export interface Call {
  readonly run: Run
  readonly method: string
  readonly ref: unknown
  readonly args: readonly unknown[]
}

/** What a service answers with; a promise when it waits for something real. */
export type Service = (call: Call) => unknown

/** Services by `Class.method`. */
export interface Services {
  readonly [method: string]: Service
}

/** The active tab and selection of a user. */
export interface Selection {
  readonly tab: number
  readonly ranges: readonly string[]
}

/** What all services share. */
export interface Google {
  readonly options: EmulatorOptions
  readonly bundle: Bundle
  readonly store: SheetStore
  readonly clock: Clock
  readonly quotas: Quotas
  readonly facts: { readonly [name in FactName]: 'yes' | 'no' }
  readonly timeZone: string
  /** The id of the spreadsheet that is open. */
  fileId(): string
  readonly selections: Map<string, Selection>
  emitUi(event: UiEvent): void
}

/** An error that the script sees with the name `Exception`. */
export class GoogleError extends Error {
  override readonly name = 'Exception'
}

/** An error in the language of the user. */
export function localError(run: Run, key: MessageKey, ...parts: readonly (string | number)[]): GoogleError {
  return new GoogleError(localText(run.user.locale, key, ...parts))
}

const OWNERS: { readonly [name: string]: string } = {
  Range: 'SpreadsheetApp.',
  Sheet: 'SpreadsheetApp.',
  Spreadsheet: 'SpreadsheetApp.',
  RangeList: 'SpreadsheetApp.',
  Properties: 'PropertiesService.',
  Cache: 'CacheService.',
  Lock: 'LockService.',
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `${typeName(value[0])}[]`
  if (typeof value === 'string') return 'String'
  if (typeof value === 'boolean') return 'Boolean'
  if (typeof value === 'number') return 'number'
  const kind = (value as { readonly $?: unknown }).$
  return typeof kind === 'string' ? `SpreadsheetApp.${kind}` : 'Object'
}

/** `The parameters (String) don't match the method signature ...` (platform.md section 4b). */
export function signatureError(call: Call): GoogleError {
  const owner = OWNERS[call.method.slice(0, call.method.indexOf('.'))] ?? ''
  const types = call.args.map(typeName).join(',')
  return new GoogleError(`The parameters (${types}) don't match the method signature for ${owner}${call.method}.`)
}

/** Any value as a script's `String(value)` would show it; null and undefined are empty. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '[object Object]'
}

/** The n-th argument as text; throws a signature error. */
export function textArg(call: Call, at: number): string {
  const value = call.args[at]
  if (typeof value === 'string') return value
  throw signatureError(call)
}

/** The n-th argument as a whole number; throws a signature error. */
export function intArg(call: Call, at: number): number {
  const value = call.args[at]
  if (typeof value === 'number') return Math.trunc(value)
  throw signatureError(call)
}

/** Whether a user counts among the editors named by id or e-mail; the owner always does. */
export function isEditor(google: Google, user: User, editors: readonly string[]): boolean {
  return user.id === google.options.owner.id || editors.includes(user.id) || editors.includes(user.email)
}

/** The price of a call in virtual time, at most until the time limit of the run is over. */
export async function spendTime(google: Google, run: Run, ms: number): Promise<void> {
  const left = run.startedAt + run.limitMs - google.clock.now() + 1
  await google.clock.spend(Math.min(ms, Math.max(0, left)))
}

/** Pauses a run inside a call, at most until its time limit is over. */
export function pauseRun(google: Google, run: Run, ms: number): Pause {
  const left = run.startedAt + run.limitMs - google.clock.now() + 1
  const pause = google.clock.pause(Math.min(ms, Math.max(0, left)))
  run.wake = () => pause.wake()
  return pause
}

/** Applies the pending writes in order; the first failing one throws and those after it are lost with it. */
export function flushWrites(run: Run): void {
  const writes = run.pending
  run.pending = []
  writes.forEach((write) => write.apply())
}
