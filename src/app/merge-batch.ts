import { Problem } from '../domain/problem'
import type { CellRead } from '../sheet/grid'
import { moveCell } from '../sheet/moved-cell'
import { isUndoBegun, keptRuns, loadHistory, notePast, notOnRecord, rememberRun } from './history'
import type { Host } from './host'
import { checkIdle } from './idle'
import type { MergedGroup, MovedRow, SavedCell } from './merge-log'
import { logBatch, readBatches } from './merge-log'
import type { ListNow, NotesNow } from './merge-list'
import {
  countTexts,
  findMergedHeaders,
  isAs,
  locateKeeps,
  readList,
  readNotes,
  requireSheet,
  savedText,
  takeOut,
} from './merge-list'
import type { MergeRecord } from './merge-record'
import { isToBeEnded, loadMerge, saveMerge } from './merge-record'
import { copyRows, dropCopies, openMergedTab } from './merged-tab'
import { putLines } from './note-lines'
import { dropOlder } from './planned-rows'
import type { Restored } from './put-back'
import { areaAround, linesOf, makeRestore, MOST_CELLS, putBackStruck, restoreCells } from './put-back'
import { settleCells } from './recover'
import { enteredIn, reenter } from './reenter'
import { myId } from './run-record'
import { peekSettings } from './settings'
import { ownStore } from './store'
import { withLock } from './with-lock'

// Longer than a batch takes; an execution that died blocks no longer.
const LEASE_MS = 120_000

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/** Another execution took the merge over: this one stops at once. */
class MergeTaken extends Error {}

/** Does something under a lease that was claimed, and gives it back. Throws a Problem where somebody or Google stopped it. */
export function working(host: Host, held: MergeRecord, work: (held: MergeRecord) => MergeRecord): MergeRecord {
  try {
    // Before rows move that values of a killed run may lie in.
    if (held.batches === 0) settleCells(host, () => ownStore(host))
    return keep(host, work(held), 'release')
  } catch (error) {
    if (error instanceof MergeTaken) throw new Problem('Another window goes on with this merge.', 'reload')
    const last = loadMerge(host)
    if (last?.id === held.id && last.epoch === held.epoch) keep(host, last, 'release')
    // A service of Google that fails throws an `Exception` with a localised text (platform.md section 9).
    if (!(error instanceof Error && error.name === 'Exception')) throw error
    throw new Problem('Google Sheets refused the last step. Nothing is lost. Try again to go on.', 'try_again')
  }
}

/** What begins: the list, and what is changed in it. */
export interface Beginning {
  readonly sheet: number
  readonly headerRow: number
  readonly what: MergeRecord['what']
  /** Which batch it begins with: any but the first goes on with something. */
  readonly batch?: number
}

/** Takes the lease of a merge, which goes on where it was or, with a beginning, is new (safety S11). */
export function claim(host: Host, id: string, begin?: Beginning): MergeRecord {
  return withLock(host, (): MergeRecord => {
    checkIdle(host)
    if (begin && isUndoBegun(host, id)) throw new Problem('This was undone meanwhile. Begin it anew.', 'reload')
    const last = loadMerge(host)
    // Begun and cut short since this one looked: only its record tells how it is ended.
    if (last && last.id !== id && begin && isToBeEnded(host, last))
      throw new Problem('Another change of this file was cut short. Try again: it is ended first.', 'try_again')
    const known = last?.id === id ? last : begin && beginMerge(host, id, begin)
    if (!known) throw new Problem('This merge is not the last one any more. Look for duplicates again.', 'reload')
    const held = { ...known, epoch: (last?.epoch ?? 0) + 1, leaseUntil: host.now() + LEASE_MS }
    saveMerge(host, held)
    return held
  })
}

function beginMerge(host: Host, id: string, { sheet, headerRow, what, batch = 0 }: Beginning): MergeRecord | undefined {
  const { name: sheetName } = requireSheet(host, sheet)
  // What it moves from now on could not be undone.
  if (batch > 0 && !keptRuns(host).some((one) => one.id === id)) return undefined
  const past = loadHistory(host).find((one) => one.id === id)
  if (!past) {
    const { environment } = peekSettings(host)
    const run = { id, sheet, sheetName, startedAt: host.now(), by: myId(host), added: [], wanted: [], environment }
    const kept = rememberRun(host, run, { headerRow, tab: null, what })
    dropOlder(host, kept)
  }
  // Another change came between two calls of this one, or an execution died right here: what is on record stays, and rows
  // that it moved before keep their marks even where somebody deleted the record.
  const batches = Math.max(batch - 1, ...(readBatches(host, id)?.keys() ?? [])) + 1
  const sofar = { tab: past?.merged?.tab ?? null, batches, done: batches, rows: past?.cells ?? 0 }
  const nothing = { taking: false, groups: 0, changed: 0, blocked: 0, epoch: 0, leaseUntil: 0 }
  return { id, sheet, sheetName, headerRow, what, ...sofar, ...nothing }
}

/** Throws when another execution went on with it. */
export function check(host: Host, { id, epoch }: MergeRecord): void {
  const current = loadMerge(host)
  if (current?.id !== id || current.epoch !== epoch) throw new MergeTaken()
}

/** Saves a merge under the lock, and keeps its lease or gives it back. */
export function keep(host: Host, merge: MergeRecord, then: 'go_on' | 'release' = 'go_on'): MergeRecord {
  const saved = host.locked(() => {
    check(host, merge)
    const held = { ...merge, leaseUntil: then === 'go_on' ? host.now() + LEASE_MS : 0 }
    notePast(host, merge.id, {
      cells: merge.rows,
      merged: { headerRow: merge.headerRow, tab: merge.tab, what: merge.what },
    })
    saveMerge(host, held)
    return held
  })
  if (!saved) throw new MergeTaken()
  return saved
}

/** The cells of rows with their formats and notes. */
export function readLooks(
  host: Host,
  sheet: number,
  { list, rows }: { readonly list: ListNow; readonly rows: readonly number[] },
): (row: number) => { readonly cells: readonly SavedCell[]; readonly notes: readonly string[] } {
  const columns = list.headers.length
  const read = (row: number, count: number) => {
    const area = { row, column: 0, rows: count, columns }
    return { from: row, formats: host.sheets.formats(sheet, area), notes: host.sheets.notes(sheet, area) }
  }
  const around = rows.length === 0 ? undefined : areaAround(rows.map((row) => ({ row, column: 0 })))
  // In a large list rows are read alone.
  const whole = around && around.rows * columns <= MOST_CELLS ? read(around.row, around.rows) : undefined
  return (row) => {
    const { from, formats, notes } = whole ?? read(row, 1)
    return {
      cells: list.grid[row]!.map(({ under: _under, ...cell }, column) => ({
        ...cell,
        format: formats[row - from]?.[column] ?? 'General',
      })),
      notes: notes[row - from] ?? [],
    }
  }
}

/** Ends the batches whose plan is on record. */
export function finishBatches(host: Host, held: MergeRecord): MergeRecord {
  let now = held
  while (now.done < now.batches) now = finishBatch(host, now)
  return now
}

// Done again after a kill it comes to the same.
function finishBatch(host: Host, held: MergeRecord): MergeRecord {
  const groups = readBatches(host, held.id)?.get(held.done)
  if (held.what === 'finish') {
    // What a kill left with our spaces in it is known without the record too.
    const cells = enteredIn(groups ?? [])
    check(host, held)
    reenter(host, held.sheet, cells)
    return keep(host, { ...held, done: held.done + 1, groups: held.groups + 1, rows: held.rows + cells.length })
  }
  if (!groups) {
    keep(host, { ...held, done: held.batches })
    return notOnRecord()
  }
  const first = readList(host, held)
  if (areColumnsChanged(groups, first)) return giveUp(host, held, groups)
  const merge = groups.some(({ gone }) => gone.length > 0) ? copyAway(host, held, groups) : held
  const list = writeKeeps(host, merge, { groups, way: 'after', prepare: () => check(host, merge) })
  if (areColumnsChanged(groups, list)) return giveUp(host, merge, groups)
  // While the rows stand where the list has them.
  putLines(host, merge.sheet, { grid: list.grid, places: notedIn(groups, list) })
  const long = keep(host, { ...merge, taking: true })
  const { left, taken } = takeAway(host, long, groups, list)
  if (areColumnsChanged(groups, left) && locateKeeps(groups, left).includes(undefined))
    return giveUp(host, long, groups)
  const { staying, groups: moved } = whatMoved(groups, { first: held.taking ? first : undefined, left, taken })
  if (staying.length > 0) {
    const alone = groups.filter((group, index) => group.gone.length > 0 && moved[index]!.gone.length === 0)
    writeKeeps(host, merge, { groups: alone, way: 'before', prepare: takeLinesBack(host, merge.sheet) })
    // On record is what was moved: Undo would bring these back a second time.
    dropCopies(host, long, merge.done, staying)
    logBatch(host, { ...long, batches: merge.done, epoch: long.epoch + LATER }, moved)
  }
  const spilled = spilledIn(groups, list)
  // Done after this batch, and undone before it: what formulas spill needs free cells.
  if (spilled.length > 0) logBatch(host, long, spilled)
  const batches = long.batches + (spilled.length > 0 ? 1 : 0)
  const sizeOf = ({ keep: { cells }, gone }: MergedGroup) => (merge.what === 'rows' ? gone.length : cells.length)
  const rows = moved.reduce((sum, group) => sum + sizeOf(group), merge.rows)
  const changed = moved.filter((group, index) => group !== groups[index]).length
  const counts = { groups: merge.groups + groups.length - changed, changed: merge.changed + changed, rows }
  return keep(host, { ...long, batches, done: merge.done + 1, taking: false, ...counts })
}

/** Whether columns were changed since groups were put on record: what is written by its column could land in another. */
export function areColumnsChanged([group]: readonly MergedGroup[], list: ListNow): boolean {
  return group?.keep.mark !== undefined && findMergedHeaders(list, group.keep) < 0
}

// Nobody can say what an execution that died had taken out before. It is counted as merged, so that Undo is offered: once the
// columns are back it puts everything right.
function giveUp(host: Host, merge: MergeRecord, groups: readonly MergedGroup[]): never {
  const rows = groups.reduce((sum, { gone }) => sum + gone.length, merge.rows)
  keep(host, { ...merge, done: merge.done + 1, taking: false, rows, changed: merge.changed + groups.length })
  throw new Problem(
    `The columns of "${merge.sheetName}" were changed while duplicates were merged. The last rows may stand there and among the merged ones: put the columns back, then undo the merge.`,
  )
}

// What became of a batch counts from then on, until another execution begins it anew.
const LATER = 0.5

/**
 * The groups of a batch without the rows that were not moved: they are in the list still, or somebody edited them meanwhile.
 * `first`: the list as it was when this execution began, where one before it may have taken rows out.
 */
function whatMoved(
  groups: readonly MergedGroup[],
  given: { readonly first: ListNow | undefined; readonly left: ListNow; readonly taken: ReadonlySet<string> },
): { readonly groups: readonly MergedGroup[]; readonly staying: readonly MovedRow[] } {
  const { first, left, taken } = given
  const countIn = (list: ListNow) => countTexts(list, new Set(locateKeeps(groups, list)))
  const [before, now] = [first && countIn(first), countIn(left)]
  const staying = new Set<MovedRow>()
  for (const moved of groups.flatMap(({ gone }) => gone)) {
    const text = savedText(moved.cells, left.group)
    const counts = taken.has(text) ? now : before
    const count = counts ? (counts.get(text) ?? 0) : Infinity
    if (count <= moved.left) continue
    counts?.set(text, count - 1)
    staying.add(moved)
  }
  const withoutStaying = (group: MergedGroup): MergedGroup => {
    const gone = group.gone.filter((moved) => !staying.has(moved))
    if (gone.length === group.gone.length) return group
    return { keep: gone.length === 0 ? { ...group.keep, cells: [] } : group.keep, gone }
  }
  return { groups: groups.map(withoutStaying), staying: [...staying] }
}

// What is written stands in the list by now; what was not found again has no line.
function notedIn(groups: readonly MergedGroup[], list: ListNow): Parameters<typeof putLines>[2]['places'] {
  const rows = locateKeeps(groups, list)
  return groups.flatMap(({ keep: { row: from, cells } }, group) =>
    cells.flatMap(({ column, after, line }) => {
      const row = rows[group]
      if (line === undefined || row === undefined) return []
      return isAs(list.grid[row]?.[column], moveCell(after, from, row)) ? [{ row, column, line }] : []
    }),
  )
}

/** What formulas had spilled that are values by now: cells that were filled and are empty. */
function spilledIn(groups: readonly MergedGroup[], list: ListNow): readonly MergedGroup[] {
  const rows = locateKeeps(groups, list)
  return groups.flatMap(({ keep }, group): readonly MergedGroup[] => {
    const row = rows[group]
    const cells = (keep.spilled ?? []).flatMap(({ column, line, ...after }) => {
      const cell = row === undefined ? undefined : list.grid[row]?.[column]
      const isEmpty = row !== undefined && (cell?.text ?? '') === '' && cell?.formula !== true
      return isEmpty ? [{ column, line, before: { ...NOTHING, format: after.format }, after }] : []
    })
    if (row === undefined || cells.length === 0) return []
    const texts = list.grid[row]!.map(({ text }) => text)
    return [{ keep: { row, texts, cells, loose: keep.loose ?? [] }, gone: [] }]
  })
}

const NOTHING: CellRead = { text: '', kind: 'empty', formula: false }

function copyAway(host: Host, held: MergeRecord, groups: readonly MergedGroup[]): MergeRecord {
  const tab = openMergedTab(host, held).id
  const merge = { ...keep(host, { ...held, tab }), tab }
  copyRows(host, merge, groups)
  return merge
}

/** A cell of a row that stays, where it is now: what it is given, and what becomes of our line in its note. */
export interface KeepWrite extends Restored {
  readonly line?: string | undefined
  readonly was?: string | undefined
}

/**
 * Gives the rows that stay their new cells, or those that they had before, and reads them back (safety S9). Gives the list
 * as it was read last.
 */
export function writeKeeps(
  host: Host,
  merge: Pick<MergeRecord, 'sheet' | 'headerRow'>,
  given: {
    readonly groups: readonly MergedGroup[]
    readonly way: 'before' | 'after'
    /** Done before cells are written. */
    readonly prepare: (writes: readonly KeepWrite[], list: ListNow) => void
  },
): ListNow {
  const { groups, way, prepare } = given
  let before = readList(host, merge)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (areColumnsChanged(groups, before)) break
    const rows = locateKeeps(groups, before)
    const writes = groups.flatMap(({ keep: { row: from, cells } }, group) =>
      cells.flatMap(({ column, line, was, ...cell }) => {
        const row = rows[group]
        if (row === undefined) return []
        const isDone = isAs(before.grid[row]?.[column], moveCell(cell.after, from, row))
        if (isDone === (way === 'after')) return []
        const to = moveCell(cell[way], from, row)
        const text = to.formula ? String(to.exact) : to.text
        return [{ group, row, column, cell: to, format: to.format, text, line, was }]
      }),
    )
    if (writes.length === 0) break
    prepare(writes, before)
    const restore = makeRestore(host, merge.sheet, { before: linesOf(before.grid), cells: writes })
    restoreCells(host, merge.sheet, writes)
    const read = () => {
      const list = readList(host, merge)
      return { ...linesOf(list.grid), list }
    }
    const after = read()
    const now = locateKeeps(groups, after.list)
    const isAstray = areColumnsChanged(groups, after.list)
    const struck = writes.filter(({ group, row }) => isAstray || now[group] !== row)
    before = putBackStruck({ after, struck, restore, read }).list
  }
  return before
}

/** Gives the notes of cells the line of ours that they had, before the cells get back what they held. */
export function takeLinesBack(host: Host, sheet: number): (writes: readonly KeepWrite[], list: ListNow) => void {
  // Whoever comes after a kill knows by the cells what is still to be done.
  return (writes, { grid }) =>
    putLines(host, sheet, {
      grid,
      places: writes.flatMap(({ line, was = '', ...place }) => (line === undefined ? [] : [{ ...place, line: was }])),
    })
}

/** Takes the rows out of the list that stand in the tab of merged duplicates by now: the list then, and what it took. */
function takeAway(
  host: Host,
  merge: MergeRecord,
  groups: readonly MergedGroup[],
  list: ListNow,
): { readonly left: ListNow; readonly taken: ReadonlySet<string> } {
  const taken = new Set<string>()
  let before = list
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const notes = readNotes(host, merge.sheet, before)
    const rows = rowsToTake(groups, before, notes)
    if (rows.length === 0) break
    check(host, merge)
    for (const row of rows) taken.add(before.texts[row]!)
    before = takeOut(host, merge, { before, notes, rows })
  }
  return { left: before, taken }
}

// Of rows with one text as many stay as belong to nobody's group: equal rows can be told apart by their notes alone.
function rowsToTake(groups: readonly MergedGroup[], list: ListNow, notes: NotesNow): readonly number[] {
  const found = locateKeeps(groups, list)
  const keeps = new Set(found)
  const wanted = new Map<string, MovedRow[]>()
  const staying = new Map<string, number>()
  for (const [group, { gone }] of groups.entries())
    for (const moved of gone) {
      const text = savedText(moved.cells, list.group)
      wanted.set(text, [...(wanted.get(text) ?? []), moved])
      // Somebody changed or deleted the row that was to take its values.
      if (found[group] === undefined) staying.set(text, (staying.get(text) ?? 0) + 1)
    }
  const places = new Map<string, number[]>([...wanted.keys()].map((text) => [text, []]))
  list.texts.forEach((text, row) => places.get(text)?.push(row))
  return [...wanted].flatMap(([text, moved]) => {
    const rows = places.get(text)!
    const others = rows.filter((row) => !keeps.has(row))
    const usual = new Set(moved.map(({ row }) => row))
    const near = [...others.filter((row) => usual.has(row)), ...others.filter((row) => !usual.has(row)).reverse()]
    const all = [...near, ...rows.filter((row) => keeps.has(row))]
    const noted = new Set(moved.map((one) => JSON.stringify(one.notes)))
    const isNoted = (row: number) => noted.has(JSON.stringify(notes[row]))
    const first = [...all.filter(isNoted), ...all.filter((row) => !isNoted(row))]
    return first.slice(0, Math.max(0, others.length - moved[0]!.left - (staying.get(text) ?? 0)))
  })
}
