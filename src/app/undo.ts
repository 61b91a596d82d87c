import { Problem } from '../domain/problem'
import { hashText } from '../domain/hash'
import type { Slot } from '../domain/slot'
import { fieldOf } from '../domain/slot'
import { a1 } from '../sheet/a1'
import { withoutOurLine } from '../sheet/note'
import type { UndoView } from './api-types'
import type { UndoRecord } from './history'
import { isBuiltOn, keptRuns, kindOf, loadHistory, loadUndo, markUndone, notOnRecord, saveUndo } from './history'
import type { Host } from './host'
import { checkIdle } from './idle'
import { quietly } from './insist'
import { finishMerge } from './merge'
import { isCutShort, loadMerge } from './merge-record'
import { openNotes } from './note-lines'
import { loadPlan } from './planned-rows'
import type { Guards } from './guards'
import { readGuards } from './guards'
import { areaAround, areasOf, beforeStruck, putBackStruck, restoreCells } from './put-back'
import type { RunPlan } from './run-record'
import { myId } from './run-record'
import { settleCells } from './recover'
import { ownStore } from './store'
import type { Entry } from './stored'
import type { UndoWork } from './undo-merge'
import { openMergeUndo } from './undo-merge'
import type { Locating, Standing } from './window'
import { readStanding } from './window'
import { keysOf } from './write-results'
import { untouched } from './write-text'
import type { Written, WrittenCell } from './written'
import { openWriteLog, shortHash } from './written'
import { withLock } from './with-lock'

/** How long one execution undoes before it reports. */
const SLICE_MS = 20_000

// Longer than a batch takes; an execution that died blocks no longer.
const LEASE_MS = 120_000

// Cells between two savings of the progress, or as many as the list has rows: few readings of the list, and each batch
// well within an execution.
const BATCH = 10_000

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

// Addresses of changed cells that are listed.
const ADDRESSES = 20

/** Another execution took the undoing over: this one stops at once. */
class UndoTaken extends Error {}

/**
 * Puts back the cells that one of the last runs wrote, as far as one slice goes, and says how far it is: called again
 * until it is done. Cells that somebody changed since are left alone. Answers stay in the store, so that running again
 * costs nothing. Throws a Problem while a run is going on, when a newer run on
 * the same tab stands, or when the run is not on record any more.
 */
export function undoRun(host: Host, runId: string): UndoView {
  // A merge that was interrupted is ended first: then it is known where each row is, and what was built on what.
  const merge = loadMerge(host)
  const sheet = loadHistory(host).find(({ id }) => id === runId)?.sheet
  if (merge && merge.sheet === sheet && isCutShort(host, merge)) finishMerge(host, merge.id)
  const held = claimUndo(host, runId)
  if (held.state === 'done') return viewUndo(host, held)
  const end = Math.min(host.now() + SLICE_MS, host.deadline - LEASE_MS)
  let undo = held
  try {
    settleCells(host, () => ownStore(host))
    const work = openWork(host, runId)
    // An erasure took some of it out of the record since: what was done is no longer where it was. Done again it is the same.
    if (undo.total !== work.total)
      undo = { ...undo, ...nothingDone(runId), total: work.total, placing: undo.placing, epoch: undo.epoch }
    do {
      undo = keepUndo(host, work.step(undo))
    } while (undo.done < undo.total && host.now() < end)
    if (undo.done >= undo.total) {
      undo = { ...undo, state: 'done' }
      markUndone(host, runId)
    }
    return viewUndo(host, releaseUndo(host, undo))
  } catch (error) {
    const last = loadUndo(host) ?? undo
    if (error instanceof UndoTaken) return viewUndo(host, last)
    // A step may have put on record how far it is itself.
    releaseUndo(host, last.run === runId && last.epoch === undo.epoch ? last : undo)
    // A service of Google that fails throws an `Exception` with a localised text (platform.md section 9).
    if (!(error instanceof Error && error.name === 'Exception')) throw error
    throw new Problem('Google Sheets refused the last step. Nothing is lost. Try again to go on.', 'try_again')
  }
}

/** Takes the lease of an undoing, which goes on where it was or begins (safety S11). */
function claimUndo(host: Host, runId: string): UndoRecord {
  return withLock(host, (): UndoRecord => {
    const past = keptRuns(host).find((one) => one.id === runId)
    if (!past) throw new Problem('This run cannot be undone any more: only the last three can.', 'reload')
    const last = loadUndo(host)
    if (past.undone) return last?.run === runId ? last : { ...nothingDone(runId), state: 'done' }
    if (isBuiltOn(loadHistory(host), past)) {
      const message = `A newer run filled cells on "${past.sheetName}" too. Undo the newer one first.`
      throw new Problem(message, 'reload')
    }
    checkIdle(host)
    const begun =
      last?.run === runId && last.state === 'running' ? last : { ...nothingDone(runId), epoch: last?.epoch ?? 0 }
    const held = { ...begun, epoch: begun.epoch + 1, leaseUntil: host.now() + LEASE_MS }
    saveUndo(host, held)
    return held
  })
}

function nothingDone(run: string): UndoRecord {
  const counts = { total: 0, done: 0, restored: 0, changed: 0, changedAt: [], gone: 0, rowsBack: 0 }
  return { run, state: 'running', ...counts, placing: null, epoch: 0, leaseUntil: 0 }
}

function checkUndo(host: Host, undo: UndoRecord): void {
  const current = loadUndo(host)
  if (current?.run !== undo.run || current.epoch !== undo.epoch) throw new UndoTaken()
}

function keepUndo(host: Host, undo: UndoRecord): UndoRecord {
  const saved = host.locked(() => {
    checkUndo(host, undo)
    const held = { ...undo, leaseUntil: host.now() + LEASE_MS }
    saveUndo(host, held)
    return held
  })
  if (!saved) throw new UndoTaken()
  return saved
}

function releaseUndo(host: Host, undo: UndoRecord): UndoRecord {
  const free = { ...undo, leaseUntil: 0 }
  return (
    host.locked(() => {
      checkUndo(host, undo)
      saveUndo(host, free)
      return free
    }) ?? free
  )
}

function openWork(host: Host, runId: string): UndoWork {
  const past = loadHistory(host).find(({ id }) => id === runId)
  if (past?.merged) return openMergeUndo(host, past, (undo) => keepUndo(host, undo)) ?? notOnRecord()
  const undoing = openUndoing(host, runId)
  return { total: undoing.cells.length, step: (undo) => undoBatch(undoing, undo) }
}

/** What one execution needs to undo a run. */
interface Undoing extends Locating {
  readonly cells: readonly WrittenCell[]
  readonly notes: ReadonlyMap<string, string>
  readonly guards: Guards
}

function openUndoing(host: Host, runId: string): Undoing {
  const kept = loadPlan(host, runId)
  const own = openWriteLog(host).read(0).get(runId)
  if (!kept || !own || own.damaged > 0) return notOnRecord()
  const { plan, rows: planned } = kept
  const run = withoutTwins(host, { plan, planned, cells: own.cells })
  // A cell that somebody emptied may have got another value: the last one is ours, and what the first one replaced comes back.
  const last = new Map<string, WrittenCell>()
  for (const cell of own.cells) {
    const { format, before } = last.get(cellId(cell)) ?? cell
    last.set(cellId(cell), { ...cell, format, before })
  }
  const notes = new Map<string, string>()
  for (const note of own.notes) if (!notes.has(cellId(note))) notes.set(cellId(note), note.note)
  return {
    host,
    run,
    planned,
    cells: [...last.values()],
    notes,
    guards: readGuards(host, plan.sheet),
    lostTargets: 'leave_out',
  }
}

/**
 * The plan of a run without columns that somebody renamed since, once a later run made others of their names: what it wrote does
 * not stand there.
 */
function withoutTwins(
  host: Host,
  {
    plan,
    planned,
    cells,
  }: { readonly plan: RunPlan; readonly planned: Undoing['planned']; readonly cells: Written['cells'] },
): RunPlan {
  const history = loadHistory(host)
  const at = history.findIndex(({ id }) => id === plan.id)
  const later = new Set(history.slice(at + 1).flatMap(({ sheet, added }) => (sheet === plan.sheet ? added : [])))
  if (!plan.targets.some(({ header }) => later.has(header))) return plan
  const standing = readStanding({ host, run: plan, planned, lostTargets: 'leave_out' })
  const isTwin = ({ field, header }: RunPlan['targets'][number]) =>
    later.has(header) &&
    !cells.some((cell) => {
      const place = cell.field === field ? placeOf(cell, standing) : undefined
      return place && shortHash(textAt(standing, place)) === cell.hash
    })
  return { ...plan, targets: plan.targets.filter((target) => !isTwin(target)) }
}

function cellId({ planned, field }: { readonly planned: number; readonly field: Slot }): string {
  return `${planned} ${field}`
}

/** A cell to be put back, where it is now. */
interface Target extends WrittenCell {
  readonly text: string
}

/** Undoes the next cells; run again after a kill it comes to the same. */
function undoBatch(undoing: Undoing, undo: UndoRecord): UndoRecord {
  const { host } = undoing
  const changed: string[] = []
  const restored: WrittenCell[] = []
  let gone = 0
  let standing = readStanding(undoing)
  const batch = undoing.cells.slice(undo.done, undo.done + Math.max(BATCH, standing.grid.length))
  let open: readonly WrittenCell[] = batch
  for (let round = 0; round < MAX_ROUNDS && open.length > 0; round++) {
    const targets: Target[] = []
    for (const cell of open) {
      const place = placeOf(cell, standing)
      if (!place) {
        gone++
        continue
      }
      switch (fateOf(cell, place, { undoing, standing })) {
        case 'ours':
          targets.push({ ...cell, ...place, text: textAt(standing, place) })
          break
        case 'as_before':
          restored.push(cell)
          break
        case 'changed':
          changed.push(addressOf(place))
      }
    }
    if (targets.length === 0) {
      open = []
      break
    }
    checkUndo(host, undo)
    // Killed right after it, Undo comes to the same; what a person typed back is none of them, and theirs.
    noteOwners(undoing, targets)
    const due = untouched(host, undoing.run.sheet, { cells: targets, textOf: ({ text }) => text })
    host.sheets.clear(undoing.run.sheet, areasOf(due.filter(({ before }) => !before)))
    restoreCells(
      host,
      undoing.run.sheet,
      due.flatMap(({ row, column, before, format }) =>
        before ? [{ row, column, cell: { ...before, formula: false }, format }] : [],
      ),
    )
    host.sheets.flush()
    const after = readStanding(undoing)
    // Those whose row was moved in the moment between reading and clearing hold our text still, or again.
    open = targets
    standing = giveBackStruck(undoing, { before: standing, after, targets })
  }
  for (const cell of open) {
    const place = placeOf(cell, standing)
    if (!place) gone++
    else if (textAt(standing, place) === textBefore(cell)) restored.push(cell)
    else changed.push(addressOf(place))
  }
  checkUndo(host, undo)
  dress(undoing, restored, standing)
  return {
    ...undo,
    done: undo.done + batch.length,
    restored: undo.restored + restored.length,
    changed: undo.changed + changed.length,
    changedAt: [...undo.changedAt, ...changed].slice(0, ADDRESSES),
    gone: undo.gone + gone,
  }
}

interface Place {
  readonly row: number
  readonly column: number
}

/** What became of a cell that the run wrote: ours as it was, as it was before the run, or a person's. */
function fateOf(
  cell: WrittenCell,
  place: Place,
  { undoing, standing }: { readonly undoing: Undoing; readonly standing: Standing },
): 'ours' | 'as_before' | 'changed' {
  const text = textAt(standing, place)
  if (standing.grid[place.row]?.[place.column]?.formula) return 'changed'
  if (undoing.guards(place.row, place.column).protected) return 'changed'
  if (text === textBefore(cell)) return 'as_before'
  // protects: 12
  if (shortHash(text) !== cell.hash) return 'changed'
  return 'ours'
}

function textBefore({ before }: WrittenCell): string {
  return before?.text ?? ''
}

function textAt(standing: Standing, { row, column }: Place): string {
  return standing.grid[row]?.[column]?.text ?? ''
}

function placeOf(cell: WrittenCell, standing: Standing): Place | undefined {
  const row = standing.rowOf(cell.planned)?.row
  const column = standing.targets[cell.field]
  return row === undefined || column === undefined ? undefined : { row, column }
}

function addressOf({ row, column }: Place): string {
  return a1({ row, column, rows: 1, columns: 1 })
}

// Somebody sorted between the reading and the clearing: other rows stood at some places, and get back what they held.
// Returns the list as it stands then.
function giveBackStruck(
  undoing: Undoing,
  given: { readonly before: Standing; readonly after: Standing; readonly targets: readonly Target[] },
): Standing {
  const { before, after, targets } = given
  const struck = targets.flatMap((cell) => {
    const { row, column } = cell
    const place = placeOf(cell, after)
    return place?.row === row && place.column === column ? [] : [{ row, column, text: textBefore(cell) }]
  })
  return putBackStruck({
    after,
    struck,
    restore(now, open) {
      const restored = beforeStruck(before, now, open)
        .filter(({ cell, place }) => cell.formula || cell.text !== place.text)
        .map(({ cell, place }) => ({ ...place, cell, format: undefined }))
      restoreCells(undoing.host, undoing.run.sheet, restored)
      return restored
    },
    read: () => readStanding(undoing),
  })
}

/** How an entry of the store names who wrote: no run did. */
const BY_UNDO = 'undo'

/** Keeps on record that values that are put back are whose they were when the run was planned. */
function noteOwners({ host, run, planned }: Undoing, cells: readonly WrittenCell[]): void {
  const entries = cells.flatMap(({ planned: index, field, before }): readonly Entry[] => {
    const replaced = planned[index]!.replaces?.[fieldOf(field)]
    if (!before || !replaced) return []
    const found = replaced.state === 'found_here' && ({ found: true } as const)
    const write = { k: 'write', run: BY_UNDO, sheet: run.sheet, field, hash: hashText(before.text) } as const
    return keysOf(planned[index]!).map((row) => ({ ...write, row, at: host.now(), ...found }))
  })
  // Of a copied or damaged store nothing is kept: there values that are put back count as a person's.
  const store = entries.length > 0 ? ownStore(host) : undefined
  // A full file is no reason to keep what a run wrote.
  if (store) quietly(() => store.append(entries))
}

/** Gives cells that are as before their formats back and takes our lines out of their notes. */
function dress(undoing: Undoing, cells: readonly WrittenCell[], standing: Standing): void {
  const { host, run, notes } = undoing
  const placed = cells.flatMap((cell) => {
    const place = placeOf(cell, standing)
    return place ? [{ ...cell, ...place }] : []
  })
  if (placed.length === 0) return
  const area = areaAround(placed)
  const formats = host.sheets.formats(run.sheet, area)
  const { noteAt, write } = openNotes(host, run.sheet, { grid: standing.grid, cells: placed })
  const ours = placed.filter(({ row, column }) => formats[row - area.row]?.[column - area.column] === TEXT_FORMAT)
  for (const format of new Set(ours.map((cell) => cell.format))) {
    if (format === TEXT_FORMAT) continue
    host.sheets.setFormat(run.sheet, areasOf(ours.filter((cell) => cell.format === format)), format)
  }
  const changed = placed.flatMap((cell) => {
    const now = noteAt(cell)
    const rest = withoutOurLine(now)
    const before = notes.get(cellId(cell)) ?? ''
    // An older line of ours that this run replaced comes back, unless a person changed the rest since.
    const text = rest === withoutOurLine(before) ? before : rest
    return now !== text ? [{ row: cell.row, column: cell.column, text }] : []
  })
  host.sheets.flush()
  write(changed)
}

// What we give every cell that we write (safety S10).
const TEXT_FORMAT = '@'

function viewUndo(host: Host, undo: UndoRecord): UndoView {
  const past = loadHistory(host).find((one) => one.id === undo.run)
  return {
    runId: undo.run,
    kind: past ? kindOf(past) : 'run',
    sheetName: past?.sheetName ?? '',
    state: undo.state,
    by: past?.by === myId(host) ? 'you' : 'another person',
    cells: { total: undo.total, done: undo.done },
    restored: undo.restored,
    rowsBack: undo.rowsBack,
    changed: undo.changed,
    changedAt: undo.changedAt,
    gone: undo.gone,
    added: past?.added ?? [],
  }
}
