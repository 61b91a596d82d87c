import type * as Zod from 'zod/mini'
import type { Environment } from '../domain/environment'
import { ENVIRONMENTS } from '../domain/environment'
import type { Field } from '../domain/field'
import { FIELD_NAMES } from '../domain/field'
import type { Budget, VendorState } from '../domain/job'
import type { OverwriteRule } from '../domain/overwrite'
import type { Slot } from '../domain/slot'
import { besideOf } from '../domain/slot'
import { companionHeader } from '../sheet/companions'
import type { LeftWhy, ProblemView, RunState, Scope } from './api-types'
import { openBudget } from '../engine/budget'
import type { Host } from './host'
import { bytesOf } from './property-size'
import type { Quota } from './quota'
import type { Format, Read } from './versions'
import { parseJson, readVersioned, requireRead } from './versions'

const RUN = 'run'

// A property keeps 9 KB (platform.md section 1).
const MOST_BYTES = 9_000
const STOP = 'stop'
const ME = 'me'

/** How long a trigger works: its execution ends after 6 minutes (platform.md section 1), and what it found is to be written. */
export const TURN_MS = 270_000

/** Counts of one wanted field over the rows that are done. */
export interface Tally {
  readonly written: number
  readonly left: { readonly [why in LeftWhy]?: number }
}

/** What is done behind the cursor already: rows of the window that are finished, and cells of rows that are not. */
export interface Ahead {
  readonly rows: number
  readonly tally: { readonly [F in Field]?: Tally }
  /** Cells written in rows that still wait for something. */
  readonly cells: number
}

/** A mapped or wanted column as it was planned: found again by its header when columns move. */
export type PlannedColumn = RunTarget<Field>

/** A column that a run writes, for a field or for values beside it. */
export interface RunTarget<S extends Slot = Slot> {
  readonly field: S
  readonly header: string
  readonly column: number
  /** Of a column without a header, or whose header another one bears too: `headersHash` up to it, for only its place tells it. */
  readonly twin?: string
}

/** What finds the columns and rows of a run again. */
export interface RunPlan {
  readonly id: string
  readonly sheet: number
  readonly sheetName: string
  readonly wanted: readonly Field[]
  readonly columns: readonly PlannedColumn[]
  readonly targets: readonly PlannedColumn[]
  readonly headerRow: number
  /** Headers of the columns that the run added. */
  readonly added: readonly string[]
  /** Which cells of its fields it may write, where that is not the usual: only empty ones. */
  readonly overwrite?: { readonly [F in Field]?: OverwriteRule } | undefined
}

/** The columns that a run writes; those beside are known by their headers, as companion columns are. */
export function targetsOf({ targets, overwrite = {} }: RunPlan): readonly RunTarget[] {
  const fields = (Object.keys(overwrite) as Field[]).filter((field) => overwrite[field]?.kind === 'beside')
  return [
    ...targets,
    ...fields.map((field) => ({ field: besideOf(field), header: companionHeader(field, 'found'), column: -1 })),
  ]
}

/** Why a run rests, and until when. */
export interface Rest {
  readonly because: Exclude<Quota, 'triggers'> | 'network' | 'vendors'
  readonly until: number
}

/** A place in the journal: its generation grows with each fold. */
export interface JournalPlace {
  readonly generation: number
  readonly rows: number
}

/** Lanes that work on a run at the same time (safety S12): since when, and until when they begin waves. */
export interface Lanes {
  /** Of the slice that took them in: parts of another one are added up already. */
  readonly epoch: number
  readonly of: number
  readonly since: number
  readonly until: number
}

/** Which lane holds a copy of a run, and what it used of the day's quotas that is not counted yet. */
export interface LaneHeld {
  /** Among the lanes that work together. */
  readonly index: number
  /** Names its place in the properties. */
  readonly place: number
  readonly ticket: string
  readonly fetches: number
  readonly properties: number
}

/** What is kept of the current run of a file: small enough for one property (9 KB, platform.md section 1). */
export interface RunRecord extends RunPlan {
  readonly version: 4
  readonly state: RunState
  /** Random id of the user who started it; only their executions continue it (safety S11). */
  readonly by: string
  readonly startedAt: number
  /** Failures of vendors since then count; those before are tried again. */
  readonly triedAt: number
  readonly endedAt: number | null
  readonly environment: Environment
  readonly purpose: string
  /** Where its plan begins in the hidden tab `rows`. */
  readonly planFrom: number
  /** Rows of the hidden tab `writes` whose cells were read back after they were written. */
  readonly confirmed: number
  /** What the person should look at: said in the summary. */
  readonly remarks: readonly string[]
  /** Rows that the run works on, and how many of them are done. */
  readonly total: number
  readonly done: number
  /** Planned rows before this one are done and counted. */
  readonly cursor: number
  readonly worst: number
  readonly budget: Budget
  /** Reserved batches that are not settled yet, with their worst price. */
  readonly inFlight: readonly { readonly batch: string; readonly worst: number }[]
  /** How much of the journal stood when they were reserved: less of it shows that somebody took rows away. */
  readonly journal: JournalPlace
  readonly vendors: { readonly [provider: string]: VendorState }
  /** Names the prices and searches that the receipt spoke of; runs from before they could be set have none. */
  readonly rules?: string
  /** Vendors with a key, and the file's own vendors, when the receipt was made. */
  readonly vendorsAtStart: readonly string[]
  readonly tally: { readonly [F in Field]?: Tally }
  readonly cellsWritten: number
  readonly ahead: Ahead
  /** Rows before the cursor in which a vendor failed. */
  readonly troubled: number
  readonly calls: number
  readonly notes: number
  /** Whether an hourly trigger goes on with it when the sidebar is closed. */
  readonly watched: boolean
  /** Time spent in slices, milliseconds. */
  readonly workedMs: number
  /** Raised by each execution that takes the lease: who holds an older one stops. */
  readonly epoch: number
  readonly leaseUntil: number
  /** Set while a quota of Google is used up: until then nobody works on it, and then it goes on by itself. */
  readonly rest: Rest | null
  /** Waves in a row of which nothing came back. */
  readonly silent: number
  readonly problem: ProblemView | null
  /** Set while it is paused at the cap of a day and may go on by itself from then on. */
  readonly goesOnAt?: number | undefined
  /** Of a trial: the rows that are left, and how all of them were chosen. */
  readonly sample?: { readonly scope: Scope; readonly rest: number; readonly saved?: string | undefined }
  /** While lanes work on it, and until what they did is added up. */
  readonly lanes?: Lanes
  /** In the copy that a lane holds, whose budget, calls and reservations are the lane's own; never in the record itself. */
  readonly lane?: LaneHeld
}

// Here because the build packs what stands in functions, and every call about a run reads it.
const RECORD = 'The record of the last run'

/** The current or last run of this file. Throws a Problem for one that is damaged or of a newer version. */
export function loadRun(host: Host): RunRecord | undefined {
  const read = readRun(host)
  return read && requireRead(read, RECORD)
}

/** What can be read of the current or last run; undefined when there is none. */
export function readRun(host: Host): Read<RunRecord> | undefined {
  const text = host.document.get(RUN)
  return text === undefined ? undefined : readVersioned(runFormat(), text)
}

/** By what an execution knows whether a run is still its own. */
export type Turn = Partial<Pick<RunRecord, 'id' | 'epoch'>>

/** Whose turn it is by what this execution knows of the properties. */
export function peekTurn(host: Host): Turn | undefined {
  return parseJson(host.document.peek(RUN) ?? '') as Turn | undefined
}

/** Forgets a run whose record cannot be read. */
export function forgetRun(host: Host): void {
  host.document.set(RUN, undefined)
}

/** The place of a run that has reserved nothing yet. */
export const NOWHERE: JournalPlace = { generation: 0, rows: 0 }

/** Nothing behind the cursor is done. */
export const NOTHING_AHEAD: Ahead = { rows: 0, tally: {}, cells: 0 }

// Since version 2 a run knows where its plan and its writes are kept, and since when it tries; since version 3 what is
// done behind its cursor, and what its tickets hold; since version 4 what it takes of the caps of a day and a month.
function runFormat(): Format<RunRecord> {
  const toFour = (old: unknown) => {
    const run = old as RunRecord
    return { ...run, budget: { ...run.budget, taken: openBudget(0).taken }, version: 4 }
  }
  const toThree = (old: unknown) => {
    const run = old as RunRecord
    return { ...run, ahead: NOTHING_AHEAD, troubled: 0, budget: { ...run.budget, held: 0 }, version: 3 }
  }
  const toTwo = (old: unknown) => {
    const run = old as Partial<RunRecord>
    const unknown = { triedAt: run.startedAt, planFrom: 0, confirmed: 0, remarks: [], added: [], rest: null }
    return { ...unknown, journal: NOWHERE, silent: 0, vendorsAtStart: [], ...run, version: 2 }
  }
  const check = (value: unknown) => (isRun(value) ? (value as RunRecord) : undefined)
  return { version: 4, migrations: [toTwo, toThree, toFour], check }
}

let schema: ReturnType<typeof runSchema> | undefined

// Each wave reads the record again, and making the schema takes longer than checking by it.
function isRun(value: unknown): boolean {
  const z = require('zod/mini') as typeof Zod
  return z.safeParse((schema ??= runSchema()), value).success
}

function runSchema() {
  const z = require('zod/mini') as typeof Zod
  const column = z.object({
    field: z.string(),
    header: z.string(),
    column: z.number(),
    twin: z.optional(z.string()),
  })
  const tally = z.record(z.string(), z.object({ written: z.number(), left: z.record(z.string(), z.number()) }))
  return z.object({
    version: z.literal(4),
    id: z.string(),
    state: z.enum(['running', 'paused', 'stopped', 'done', 'failed']),
    by: z.string(),
    sheet: z.number(),
    sheetName: z.string(),
    startedAt: z.number(),
    triedAt: z.number(),
    endedAt: z.nullable(z.number()),
    environment: z.enum(ENVIRONMENTS),
    purpose: z.string(),
    wanted: z.array(z.enum(FIELD_NAMES as unknown as readonly [string, ...string[]])),
    columns: z.array(column),
    targets: z.array(column),
    headerRow: z.number(),
    planFrom: z.number(),
    total: z.number(),
    done: z.number(),
    cursor: z.number(),
    worst: z.number(),
    budget: budgetSchema(),
    inFlight: z.array(z.object({ batch: z.string(), worst: z.number() })),
    journal: z.object({ generation: z.number(), rows: z.number() }),
    vendors: z.record(z.string(), z.object({ calls: z.unknown(), restUntil: z.number() })),
    rules: z.optional(z.string()),
    sample: z.optional(z.object({ scope: z.string(), rest: z.number(), saved: z.optional(z.string()) })),
    vendorsAtStart: z.array(z.string()),
    tally,
    ahead: z.object({ rows: z.number(), tally, cells: z.number() }),
    troubled: z.number(),
    cellsWritten: z.number(),
    calls: z.number(),
    notes: z.number(),
    epoch: z.number(),
    leaseUntil: z.number(),
    rest: z.nullable(z.object({ because: z.enum(['fetches', 'properties', 'network', 'vendors']), until: z.number() })),
    silent: z.number(),
    goesOnAt: z.optional(z.number()),
    problem: z.nullable(z.object({ message: z.string(), action: z.nullable(z.string()) })),
    lanes: z.optional(z.object({ epoch: z.number(), of: z.number(), since: z.number(), until: z.number() })),
  })
}

/** What a kept budget looks like; those from before there were caps of a day have taken nothing that is known. */
export function budgetSchema() {
  const z = require('zod/mini') as typeof Zod
  const number = z.number()
  const byVendor = z.record(z.string(), number)
  return z.object({
    cap: number,
    spent: number,
    reserved: number,
    held: number,
    maybe: number,
    taken: z._default(z.object({ day: z.string(), today: number, month: byVendor }), openBudget(0).taken),
    room: z.exactOptional(
      z.object({
        day: z.exactOptional(number),
        month: z.exactOptional(number),
        vendors: z.exactOptional(byVendor),
      }),
    ),
  })
}

/** Saves the run; the caller holds the lease or the lock. */
export function saveRun(host: Host, run: RunRecord): void {
  const text = JSON.stringify(run)
  // Without room for it what is done behind the cursor counts once the cursor has passed it.
  host.document.set(RUN, bytesOf(text) <= MOST_BYTES ? text : JSON.stringify({ ...run, ahead: NOTHING_AHEAD }))
}

/** Whether somebody had asked this run to stop when the properties were looked at last. */
export function isStopAsked(host: Host, run: string): boolean {
  return host.document.peek(STOP) === run
}

/** Asks a run to stop, or takes the request back. Kept apart from the record, which the working slice overwrites. */
export function askToStop(host: Host, run: string | undefined): void {
  host.document.set(STOP, run)
}

/** A random id for this person: their address is never asked for (safety S14). */
export function myId(host: Host): string {
  const known = host.user.peek(ME)
  if (known !== undefined) return known
  const id = host.randomId()
  host.user.set(ME, id)
  return id
}

/** What a run has done by now, before its cursor and behind it. */
export function figuresOf({ wanted, done, tally, cellsWritten, ahead }: RunRecord): {
  readonly done: number
  readonly tally: { readonly [F in Field]?: Tally }
  readonly cellsWritten: number
} {
  const fields = wanted.map((field) => [field, addTallies(tally[field], ahead.tally[field])] as const)
  const written = Object.values(ahead.tally).reduce((sum, one) => sum + one.written, 0)
  return {
    done: done + ahead.rows,
    tally: Object.fromEntries(fields),
    cellsWritten: cellsWritten + written + ahead.cells,
  }
}

const EMPTY_TALLY: Tally = { written: 0, left: {} }

function addTallies(one: Tally = EMPTY_TALLY, other: Tally = EMPTY_TALLY): Tally {
  const left: { [why in LeftWhy]?: number } = { ...one.left }
  for (const [why, count] of Object.entries(other.left) as [LeftWhy, number][]) left[why] = (left[why] ?? 0) + count
  return { written: one.written + other.written, left }
}

/** Adds what became of one cell to the counts of its field. */
export function countCell(tally: Tally = EMPTY_TALLY, outcome: 'written' | LeftWhy): Tally {
  return addTallies(tally, outcome === 'written' ? { written: 1, left: {} } : { written: 0, left: { [outcome]: 1 } })
}

/** Cells that stayed empty because a vendor failed: asking again may fill them. */
export function countTroubled(run: RunRecord): number {
  return Object.values(figuresOf(run).tally).reduce((sum, { left }) => sum + (left.vendor_trouble ?? 0), 0)
}

/** Values that wait for a person to decide in Review. */
export function countWaiting(run: RunRecord): number {
  return Object.values(figuresOf(run).tally).reduce((sum, { left }) => sum + (left.not_sure_enough ?? 0), 0)
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
  const open: RunRecord = {
    ...run,
    state: 'running',
    endedAt: null,
    rest: null,
    problem: null,
    goesOnAt: undefined,
    vendors,
    ahead: NOTHING_AHEAD,
  }
  if (countTroubled(run) === 0) return open
  return { ...open, triedAt: now, cursor: 0, done: 0, tally: {}, cellsWritten: 0, troubled: 0 }
}

/** Whether a run may go on. */
export function isOpen(run: RunRecord): boolean {
  return run.state === 'running' || run.state === 'paused'
}
