import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Budget, VendorState } from '../domain/job'
import { PROVIDERS } from '../providers/index'
import type { Why } from '../rules/decide'
import { whySentence } from '../rules/decide'
import type { FieldSummary, ProblemView, RunState, RunView } from './api-types'
import type { Host } from './host'

const RUN = 'run'
const STOP = 'stop'
const ME = 'me'

/** How long a trigger works: its execution ends after 6 minutes (platform.md section 1), and what it found is to be written. */
export const TURN_MS = 270_000

/** Why a wanted field of a row was not written although nobody failed. */
export type LeftWhy =
  Why | 'row_gone' | 'vendor_trouble' | 'objected' | 'maybe_charged' | 'no_key' | 'other_company' | 'not_found'

/** Counts of one wanted field over the rows that are done. */
export interface Tally {
  readonly written: number
  readonly left: { readonly [why in LeftWhy]?: number }
}

/** A mapped or wanted column as it was planned: found again by its header when columns move. */
export interface PlannedColumn {
  readonly field: Field
  readonly header: string
  readonly column: number
}

/** What is kept of the current run of a file: small enough for one property (9 KB, platform.md section 1). */
export interface RunRecord {
  readonly version: 1
  readonly id: string
  readonly state: RunState
  /** Random id of the user who started it; only their executions continue it (safety S11). */
  readonly by: string
  readonly sheet: number
  readonly sheetName: string
  readonly startedAt: number
  /** Failures of vendors since then count; those before are tried again. */
  readonly triedAt: number
  readonly endedAt: number | null
  readonly environment: Environment
  readonly purpose: string
  readonly wanted: readonly Field[]
  readonly columns: readonly PlannedColumn[]
  readonly targets: readonly PlannedColumn[]
  readonly headerRow: number
  /** Rows that the run works on, and how many of them are done. */
  readonly total: number
  readonly done: number
  /** Planned rows before this one are done and counted. */
  readonly cursor: number
  readonly worst: number
  readonly budget: Budget
  /** Reserved batches that are not settled yet, with their worst price. */
  readonly inFlight: readonly { readonly batch: string; readonly worst: number }[]
  readonly vendors: { readonly [provider: string]: VendorState }
  readonly tally: { readonly [F in Field]?: Tally }
  readonly cellsWritten: number
  readonly calls: number
  readonly notes: number
  /** Raised by each execution that takes the lease: who holds an older one stops. */
  /** Whether an hourly trigger goes on with it when the sidebar is closed. */
  readonly watched: boolean
  /** Time spent in slices, milliseconds. */
  readonly workedMs: number
  readonly epoch: number
  readonly leaseUntil: number
  readonly problem: ProblemView | null
}

/** The current or last run of this file. */
export function loadRun(host: Host): RunRecord | undefined {
  const text = host.document.get(RUN)
  return text === undefined ? undefined : (JSON.parse(text) as RunRecord)
}

/** Saves the run; the caller holds the lease or the lock. */
export function saveRun(host: Host, run: RunRecord): void {
  host.document.set(RUN, JSON.stringify(run))
}

/** Whether somebody asked this run to stop. */
export function isStopAsked(host: Host, run: string): boolean {
  return host.document.get(STOP) === run
}

/** Asks a run to stop, or takes the request back. Kept apart from the record, which the working slice overwrites. */
export function askToStop(host: Host, run: string | undefined): void {
  host.document.set(STOP, run)
}

/** A random id for this person: their address is never asked for (safety S14). */
export function myId(host: Host): string {
  const known = host.user.get(ME)
  if (known !== undefined) return known
  const id = host.randomId()
  host.user.set(ME, id)
  return id
}

/** Cells that stayed empty because a vendor failed: asking again may fill them. */
export function countTroubled({ tally }: RunRecord): number {
  return Object.values(tally).reduce((sum, { left }) => sum + (left.vendor_trouble ?? 0), 0)
}

/**
 * The run as it goes on: where it stopped or, when vendors failed, from its first row on. What is answered is known and
 * free then, and what is filled is found filled.
 */
export function reopen(run: RunRecord, now: number): RunRecord {
  const vendors = Object.fromEntries(
    Object.entries(run.vendors).map(([id, { dropped: _dropped, ...state }]) => [
      id,
      { ...state, setbacks: 0, restUntil: 0 },
    ]),
  )
  const open: RunRecord = { ...run, state: 'running', endedAt: null, problem: null, vendors }
  if (countTroubled(run) === 0) return open
  return { ...open, triedAt: now, cursor: 0, done: 0, tally: {}, cellsWritten: 0 }
}

/** Whether a run may go on. */
export function isOpen(run: RunRecord): boolean {
  return run.state === 'running' || run.state === 'paused'
}

/** The run as the screen shows it. */
export function viewRun(host: Host, run: RunRecord): RunView {
  const mine = run.by === myId(host)
  const { budget } = run
  // What a working slice has reserved is on its way; without a slice nobody will hear the answer any more.
  const lost = run.leaseUntil > host.now() ? 0 : budget.reserved
  return {
    id: run.id,
    state: run.state,
    mine,
    by: mine ? 'you' : 'another person',
    sheetName: run.sheetName,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    rows: { total: run.total, done: run.done },
    cellsWritten: run.cellsWritten,
    calls: run.calls,
    credits: {
      spent: budget.spent,
      maybe: budget.maybe + lost,
      cap: budget.cap,
      worst: run.worst,
    },
    fields: run.wanted.map((field) => summarise(field, run.tally[field])),
    vendors: Object.entries(run.vendors).map(([id, state]) => ({
      name: PROVIDERS.find((provider) => provider.id === id)?.name ?? id,
      calls: state.called,
      found: state.found,
      credits: state.credits,
      trouble: troubleOf(state, host.now()),
    })),
    retryable: countTroubled(run),
    whenClosed: whenClosed(run),
    problem: run.problem,
    training: run.environment === 'training',
  }
}

// What a trigger does in its turn (safety S13), by the speed of the run so far.
function whenClosed(run: RunRecord): string {
  if (!run.watched)
    return 'Keep this sidebar open: Google refused the hourly trigger, so the run waits while it is closed.'
  const left = run.total - run.done
  const turn = run.workedMs > 0 ? Math.round((run.done / run.workedMs) * TURN_MS) : 0
  const speed = turn > 0 && turn < left ? `, about ${turn.toLocaleString('en')} rows each time` : ''
  return `With this sidebar closed the run goes on about every hour${speed}. Open, it goes on at full speed.`
}

function troubleOf(state: VendorState, now: number): string | null {
  if (state.dropped) return state.dropped.reason
  if (state.restUntil <= now) return null
  return `resting for ${Math.ceil((state.restUntil - now) / 1000)} s`
}

function summarise(field: Field, tally: Tally | undefined): FieldSummary {
  const left = Object.entries(tally?.left ?? {}) as readonly (readonly [LeftWhy, number])[]
  return {
    field,
    label: fieldInfo(field).label,
    written: tally?.written ?? 0,
    notFound: tally?.left.not_found ?? 0,
    leftAlone: left.filter(([why]) => why !== 'not_found').map(([why, count]) => ({ why: leftSentence(why), count })),
  }
}

function leftSentence(why: LeftWhy): string {
  switch (why) {
    case 'row_gone':
      return 'The row was changed or deleted meanwhile'
    case 'vendor_trouble':
      return 'A vendor did not answer'
    case 'objected':
      return 'The person asked not to be looked up'
    case 'maybe_charged':
      return 'An answer was lost on the way and may have been charged'
    case 'no_key':
      return 'Not enough is known to ask'
    case 'other_company':
      return 'The answer was about another company'
    case 'not_found':
      return 'Not found'
    default:
      return whySentence(why)
  }
}
