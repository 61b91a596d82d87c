import type * as Zod from 'zod/mini'
import type { Environment } from '../domain/environment'
import { ENVIRONMENTS } from '../domain/environment'
import type { Field } from '../domain/field'
import { isField } from '../domain/field'
import { Problem } from '../domain/problem'
import type { ChangeKind, PastView, RunView } from './api-types'
import type { Host } from './host'
import { bytesOf } from './property-size'
import type { MergeWhat } from './merge-record'
import { loadMerge, MERGED } from './merge-record'
import type { RunRecord } from './run-record'
import { figuresOf, isOpen, loadRun, myId } from './run-record'
import { formatOf } from './stored'
import type { Format } from './versions'
import { newerProblem, readVersioned } from './versions'

const HISTORY = 'history'
const UNDO = 'undo'

// So many runs can be undone: their plans and writes are kept, those of older ones are dropped.
const KEPT_RUNS = 3

// So many are listed, fewer where that would be too long for one property (9 KB, platform.md section 1).
const LISTED_RUNS = 8
const MOST_BYTES = 8_000

/** One of the last runs of this file, or a merge of duplicates. */
export interface PastRun {
  readonly id: string
  /** Of a merge or a change of formulas: the row of the headers, and the tab that took moved rows; null for a run. */
  readonly merged: {
    readonly headerRow: number
    readonly tab: number | null
    readonly what: MergeWhat
  } | null
  readonly sheet: number
  readonly sheetName: string
  readonly at: number
  readonly by: string
  /** Cells that it wrote, counted when the next run starts; rows that a merge moved. */
  readonly cells: number
  readonly undone: boolean
  /** Headers of the columns that it added; forgotten with its plan. */
  readonly added: readonly string[]
  /** What it looked for; nothing for a merge. */
  readonly wanted: readonly Field[]
  readonly environment: Environment
  /** Credits that it spent, with those that may have been charged. */
  readonly credits: number
}

/** How far the undoing of a run is: what its next slice goes on from. */
export interface UndoRecord {
  readonly run: string
  readonly state: 'running' | 'done'
  /** Cells that the run wrote, and how many of them were looked at. */
  readonly total: number
  readonly done: number
  readonly restored: number
  /** Cells that somebody changed since, and where the first of them are. */
  readonly changed: number
  readonly changedAt: readonly string[]
  /** Cells whose row or column was not found any more. */
  readonly gone: number
  /** Rows of a merge that are back. */
  readonly rowsBack: number
  /** Rows of a merge that are being put back: of which batch, and how many rows the tab had before. */
  readonly placing: { readonly batch: number; readonly rows: number } | null
  /** Raised by each execution that takes the lease: who holds an older one stops. */
  readonly epoch: number
  readonly leaseUntil: number
}

/** The last runs of this file, oldest first. */
export function loadHistory(host: Host): readonly PastRun[] {
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({
    runs: z.array(
      z.object({
        id: z.string(),
        merged: z._default(
          z.nullable(
            z.object({
              headerRow: z.number(),
              tab: z.nullable(z.number()),
              what: z._default(z.enum(MERGED), 'rows'),
            }),
          ),
          null,
        ),
        sheet: z.number(),
        sheetName: z.string(),
        at: z.number(),
        by: z.string(),
        cells: z.number(),
        undone: z.boolean(),
        added: z.array(z.string()),
        wanted: z._default(z.array(z.string()), []),
        environment: z._default(z.enum(ENVIRONMENTS), 'production'),
        credits: z._default(z.number(), 0),
      }),
    ),
  })
  const last = loadRun(host)
  const past =
    loadKept(
      host,
      HISTORY,
      formatOf(schema, ({ runs }) => runs.map((one) => ({ ...one, wanted: one.wanted.filter(isField) }))),
    ) ?? []
  return past.map((one) => (one.id === last?.id ? { ...one, ...sofar(last, one) } : one))
}

/** Those of the last runs whose plans and writes are kept: they can be undone and explained. */
export function keptRuns(host: Host): readonly PastRun[] {
  return keptOf(loadHistory(host))
}

// Formulas that run again change no text: the last time that they did takes the place of nothing that did. Records are
// dropped oldest first, so one that was kept longer would keep those after it.
function keptOf(runs: readonly PastRun[]): readonly PastRun[] {
  const changes = runs.filter((one) => !isFinish(one))
  return changes.length < KEPT_RUNS ? runs : runs.slice(runs.indexOf(changes[changes.length - KEPT_RUNS]!))
}

function isFinish({ merged }: Pick<PastRun, 'merged'>): boolean {
  return merged?.what === 'finish'
}

// A run that is tried again counts its cells anew, and those that it wrote before are to be undone all the same.
function sofar(run: RunRecord, { cells }: PastRun): Pick<PastRun, 'cells' | 'credits'> {
  const { spent, maybe } = run.budget
  return { cells: Math.max(cells, figuresOf(run).cellsWritten), credits: spent + maybe }
}

/** Adds a run that is about to start; returns the ids of the runs that can be undone from now on. */
export function rememberRun(
  host: Host,
  run: Pick<RunRecord, 'id' | 'sheet' | 'sheetName' | 'startedAt' | 'by' | 'added' | 'wanted' | 'environment'>,
  merged: PastRun['merged'] = null,
): ReadonlySet<string> {
  const { id, sheet, sheetName, startedAt: at, by, added, wanted, environment } = run
  const facts = { id, merged, sheet, sheetName, at, by, added, wanted, environment }
  const news: PastRun = { ...facts, cells: 0, undone: false, credits: 0 }
  const before = loadHistory(host).filter((one) => !(isFinish(one) && isFinish(news)))
  const last = before.findIndex((one) => one.id === loadRun(host)?.id)
  // What came after the last run and is no merge was never begun: it takes the place of none that can be undone.
  const runs = [...before.filter((one, index) => last < 0 || index <= last || one.merged), news]
  const kept = new Set(keptOf(runs))
  let listed = runs.slice(-LISTED_RUNS).map((one) => (kept.has(one) ? one : { ...one, added: [] }))
  while (bytesOf(JSON.stringify(listed)) > MOST_BYTES) {
    const oldest = listed.find((one) => !kept.has(one))
    if (!oldest) break
    listed = listed.filter((one) => one !== oldest)
  }
  saveHistory(host, listed)
  return new Set([...kept].map((one) => one.id))
}

/** Throws a Problem for a run or a merge whose record in the hidden tabs was damaged. */
export function notOnRecord(): never {
  throw new Problem(
    'What was written stood in a hidden tab, and somebody changed or deleted it: it cannot be undone here. File > Version history has the sheet as it was before.',
  )
}

/** Notes that a run was undone. */
export function markUndone(host: Host, run: string): void {
  changePast(host, run, { undone: true })
}

/** Notes how far a run or a merge came, so that it can be undone. */
export function notePast(host: Host, id: string, news: Partial<Pick<PastRun, 'cells' | 'added' | 'merged'>>): void {
  changePast(host, id, news)
}

function changePast(host: Host, id: string, news: Partial<PastRun>): void {
  saveHistory(
    host,
    loadHistory(host).map((one) => (one.id === id ? { ...one, ...news } : one)),
  )
}

/** Forgets runs and merges: they cannot be undone any more. */
export function forgetPast(host: Host, ids: ReadonlySet<string>): void {
  saveHistory(
    host,
    loadHistory(host).filter(({ id }) => !ids.has(id)),
  )
}

/** Whether it filled cells, merged rows or changed formulas. */
export function kindOf({ merged }: PastRun): ChangeKind {
  switch (merged?.what) {
    case undefined:
      return 'run'
    case 'rows':
      return 'merge'
    case 'formulas':
    case 'finish':
      return merged.what
  }
}

function saveHistory(host: Host, runs: readonly PastRun[]): void {
  host.document.set(HISTORY, JSON.stringify({ version: 1, runs }))
}

// What somebody damaged cannot be undone any more, which harms nothing else. Throws a Problem for a newer version.
function loadKept<T>(host: Host, name: string, format: Format<T>): T | undefined {
  const text = host.document.get(name)
  const read = text === undefined ? undefined : readVersioned(format, text)
  if (read?.kind === 'newer') throw newerProblem()
  return read?.kind === 'read' ? read.value : undefined
}

/** Whether what the current run wrote can be put back, or was. */
export function undoOf(host: Host, run: RunRecord): RunView['undo'] {
  if (isOpen(run)) return null
  const past = loadHistory(host).find((one) => one.id === run.id)
  if (past?.undone) return 'undone'
  return past && past.cells > 0 ? 'possible' : null
}

/** The last runs and merges, newest first, each with its way back. */
export function viewHistory(host: Host): readonly PastView[] {
  const me = myId(host)
  const current = loadRun(host)
  const history = loadHistory(host)
  const kept = keptOf(history)
  const undoStateOf = (one: PastRun): PastView['undo'] => {
    if (one.undone) return 'undone'
    if (one.cells === 0 || (current?.id === one.id && isOpen(current))) return 'nothing'
    if (!kept.includes(one)) return 'too_old'
    if (host.sheets.find(one.sheet) === undefined) return 'tab_gone'
    return isBuiltOn(history, one) ? 'waits' : 'possible'
  }
  return [...history].reverse().map((one) => ({
    id: one.id,
    kind: kindOf(one),
    sheetName: one.sheetName,
    at: one.at,
    cells: one.cells,
    by: one.by === me ? 'you' : 'another person',
    wanted: one.wanted,
    environment: one.environment,
    credits: one.credits,
    undo: undoStateOf(one),
  }))
}

/** Whether a newer run stands on the same tab: it may know its rows by what this one found, so it is undone first. */
export function isBuiltOn(history: readonly PastRun[], run: PastRun): boolean {
  if (isFinish(run)) return false
  const newer = history.slice(history.findIndex(({ id }) => id === run.id) + 1)
  return newer.some((one) => one.sheet === run.sheet && one.cells > 0 && !one.undone && !isFinish(one))
}

/** The undoing that was started last. */
export function loadUndo(host: Host): UndoRecord | undefined {
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({
    run: z.string(),
    state: z.enum(['running', 'done']),
    total: z.number(),
    done: z.number(),
    restored: z.number(),
    changed: z.number(),
    changedAt: z.array(z.string()),
    gone: z.number(),
    rowsBack: z._default(z.number(), 0),
    placing: z._default(z.nullable(z.object({ batch: z.number(), rows: z.number() })), null),
    epoch: z.number(),
    leaseUntil: z.number(),
  })
  return loadKept(
    host,
    UNDO,
    formatOf(schema, (undo): UndoRecord => undo),
  )
}

/** Whether somebody undid something, or began to: what goes on with it then could not be undone any more. */
export function isUndoBegun(host: Host, id: string): boolean {
  return loadUndo(host)?.run === id || loadHistory(host).some((one) => one.id === id && one.undone)
}

/** Forgets how far the undoing of a run came, so that it begins anew; the caller holds the lock, and nobody its lease. */
export function forgetUndo(host: Host, run: string): void {
  if (loadUndo(host)?.run === run) host.document.set(UNDO, undefined)
}

/** Saves how far an undoing is; the caller holds its lease or the lock. */
export function saveUndo(host: Host, undo: UndoRecord): void {
  host.document.set(UNDO, JSON.stringify({ version: 1, ...undo }))
}

/** Throws a Problem while cells are being put back or rows merged: a run would write into the same ones. Asked under the lock. */
export function checkNoUndo(host: Host): void {
  const merge = loadMerge(host)
  if (merge && merge.leaseUntil > host.now())
    throw new Problem(
      `${merge.what === 'rows' ? 'Duplicates are being merged' : 'Formulas are being changed'} in this file. Wait a moment and try again.`,
      'try_again',
    )
  const undo = loadUndo(host)
  if (undo && undo.leaseUntil > host.now())
    throw new Problem('A run is being undone in this file. Wait a moment and try again.', 'try_again')
}
