import { Problem } from '../domain/problem'
import { moveCell } from '../sheet/moved-cell'
import type { PastRun, UndoRecord } from './history'
import type { Host } from './host'
import type { MergedGroup, MovedRow } from './merge-log'
import { readBatches } from './merge-log'
import type { ListNow } from './merge-list'
import { areColumnsChanged, takeLinesBack, writeKeeps } from './merge-batch'
import {
  countTexts,
  findMergedHeaders,
  giveBackLost,
  locateKeeps,
  readList,
  readNotes,
  requireSheet,
  runsOf,
  savedText,
} from './merge-list'
import { dropCopies } from './merged-tab'
import { openNotes } from './note-lines'
import { restoreCells } from './put-back'
import { enteredIn, leaveAsBefore } from './reenter'

/** What one execution needs to undo something, step by step. */
export interface UndoWork {
  /** Cells and rows to look at. */
  readonly total: number
  step(undo: UndoRecord): UndoRecord
}

/** Opens the undoing of a merge, newest batch first; undefined when it is not on record any more. */
export function openMergeUndo(host: Host, past: PastRun, keep: (undo: UndoRecord) => UndoRecord): UndoWork | undefined {
  const read = readBatches(host, past.id)
  if (!read || !past.merged) return undefined
  if (past.merged.what === 'finish') return openFinishUndo(host, past, [...read.values()].flat())
  const merge = { ...past, ...past.merged }
  const batches = [...read].sort(([a], [b]) => b - a)
  return {
    total: batches.reduce((sum, [, groups]) => sum + sizeOf(groups), 0),
    step(undo) {
      let before = 0
      const next = batches.find(([, groups]) => (before += sizeOf(groups)) > undo.done)
      return next ? undoBatch({ host, merge, keep, batch: next[0], groups: next[1] }, undo) : undo
    },
  }
}

/** Formulas that ran again hold the text that they had; what a kill left with our spaces in it gets it back. */
function openFinishUndo(host: Host, { sheet }: PastRun, groups: readonly MergedGroup[]): UndoWork {
  const cells = enteredIn(groups)
  return {
    total: cells.length,
    step(undo) {
      requireSheet(host, sheet)
      const restored = leaveAsBefore(host, sheet, cells)
      return { ...undo, done: cells.length, restored, gone: cells.length - restored }
    },
  }
}

function sizeOf(groups: readonly MergedGroup[]): number {
  return groups.reduce((sum, { keep, gone }) => sum + keep.cells.length + gone.length, 0)
}

interface Batch {
  readonly host: Host
  readonly merge: PastRun & NonNullable<PastRun['merged']>
  readonly keep: (undo: UndoRecord) => UndoRecord
  readonly batch: number
  readonly groups: readonly MergedGroup[]
}

/** Undoes one batch: its rows come back first, and leave the tab of merged duplicates last. */
function undoBatch(given: Batch, undo: UndoRecord): UndoRecord {
  const { host, groups, batch } = given
  const headerRow = findHeaders(given)
  const merge = { ...given.merge, headerRow }
  const work = { ...given, merge, shift: headerRow - given.merge.headerRow }
  const placed = putRowsBack(work, undo)
  const held = work.keep(placed)
  const list = writeKeeps(host, merge, {
    groups,
    way: 'before',
    prepare: takeLinesBack(host, merge.sheet),
  })
  if (areColumnsChanged(groups, list)) return refuseColumns()
  const moved = groups.flatMap((group) => group.gone)
  dropCopies(host, merge, batch, moved)
  const rows = locateKeeps(groups, list)
  const cells = groups.flatMap(({ keep }, group) => keep.cells.map(() => rows[group]))
  const gone = cells.filter((row) => row === undefined).length
  return {
    ...held,
    placing: null,
    done: undo.done + sizeOf(groups),
    restored: undo.restored + cells.length - gone,
    rowsBack: undo.rowsBack + moved.length,
    gone: undo.gone + gone,
  }
}

/** Where the headers are now. Throws a Problem where columns were moved since: values would come back into others. */
function findHeaders({ host, merge, groups: [group] }: Batch): number {
  if (group!.keep.mark === undefined) return merge.headerRow
  const row = findMergedHeaders(readList(host, merge), group!.keep)
  return row < 0 ? refuseColumns() : row
}

function refuseColumns(): never {
  throw new Problem('The columns of this list were changed. Put them and their headers back, then undo.', 'try_again')
}

/**
 * Puts the moved rows back where they were. How many rows the tab had is on record before the first is put in, so that
 * whoever goes on after a kill knows which rows are in by then.
 */
function putRowsBack(
  { host, merge, keep, batch, groups, shift }: Batch & { readonly shift: number },
  undo: UndoRecord,
): UndoRecord {
  const before = readList(host, merge)
  const moved = groups.flatMap(({ gone }) => gone).sort((a, b) => a.row - b.row)
  const isBegun = undo.placing?.batch === batch
  if (areBack({ groups, moved, list: before })) {
    // One that was cut short may have left them without their notes; what a person wrote there since stays.
    const notes = readNotes(host, merge.sheet, before)
    const isBare = (row: number) => notes[row]?.every((note) => note === '')
    const bare = moved.filter(({ cells }) =>
      [...before.grid.keys()].every((row) => !isRow(cells, before.grid[row]) || isBare(row)),
    )
    putNotes(host, merge, { moved: bare, target: bare.map(({ row }) => row + shift) })
    return undo
  }
  const notes = readNotes(host, merge.sheet, before)
  const rows = isBegun ? undo.placing.rows : host.sheets.size(merge.sheet).rows
  const held = isBegun ? undo : keep({ ...undo, placing: { batch, rows } })
  let put = host.sheets.size(merge.sheet).rows - rows
  const already = put
  let from = 0
  const places: number[] = []
  for (const { row, count } of runsOf(moved.map((one) => one.row + shift))) {
    const at = Math.min(row, rows + from)
    if (put >= count) put -= count
    else host.sheets.insertRows(merge.sheet, at, count)
    for (let index = 0; index < count; index++) places.push(at + index)
    from += count
  }
  host.sheets.flush()
  const room = readList(host, merge)
  const isFree = moved.every((one, index) => isOpenFor(one, room, places[index]!))
  // Somebody moved rows in between: below the list nobody's cells are in the way.
  const target = isFree ? places : moved.map((_, index) => room.grid.length + index)
  host.sheets.growTo(merge.sheet, { rows: Math.max(...target) + 1, columns: 0 })
  keep(held)
  restoreCells(
    host,
    merge.sheet,
    moved.flatMap(({ cells, row }, index) =>
      cells.map((cell, column) => ({
        row: target[index]!,
        column,
        cell: moveCell(cell, row, target[index]!),
        format: cell.format,
      })),
    ),
  )
  // Who goes on after a kill finds its rows among those that were there before.
  const added = already > 0 ? [] : moved.map(({ cells }) => cells)
  const after = readList(host, merge)
  if (areColumnsChanged(groups, after)) {
    // Whoever goes on once the columns are back fills them again.
    const isOurs = (row: number, { cells }: MovedRow) =>
      after.grid[row]?.every(({ text }) => text === '' || cells.some((cell) => cell.text === text))
    const rows = target.filter((row, index) => isOurs(row, moved[index]!))
    const columns = after.headers.length
    host.sheets.clear(
      merge.sheet,
      rows.map((row) => ({ row, column: 0, rows: 1, columns })),
    )
    return refuseColumns()
  }
  giveBackLost(host, merge.sheet, { before, after, taken: [], added, notes })
  putNotes(host, merge, { moved, target })
  return held
}

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/** Gives rows that are back their notes, wherever somebody sorted them to meanwhile. */
function putNotes(
  host: Host,
  merge: Batch['merge'],
  { moved, target }: { readonly moved: readonly MovedRow[]; readonly target: readonly number[] },
): void {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const list = readList(host, merge)
    const noted = moved.flatMap(({ cells, notes }, index) => {
      const isIt = (row: number) => isRow(cells, list.grid[row])
      const rows = isIt(target[index]!) ? [target[index]!] : [...list.grid.keys()].filter(isIt)
      // Of equal rows elsewhere nobody knows which one it is.
      const row = rows.length === 1 ? rows[0]! : -1
      return notes.flatMap((note, column) => (note === '' || row < 0 ? [] : [{ row, column, text: note }]))
    })
    if (noted.length === 0) return
    const { noteAt, write } = openNotes(host, merge.sheet, { grid: list.grid, cells: noted })
    const open = noted.filter((cell) => noteAt(cell) !== cell.text)
    if (open.length === 0) return
    write(open)
  }
}

// What formulas show may be something else by now.
function isRow(saved: MovedRow['cells'], cells: ListNow['grid'][number] | undefined): boolean {
  return saved.every(({ text, formula }, column) => formula || text === (cells?.[column]?.text ?? ''))
}

function areBack(given: {
  readonly groups: readonly MergedGroup[]
  readonly moved: readonly MovedRow[]
  readonly list: ListNow
}): boolean {
  const { groups, moved, list } = given
  const counts = countTexts(list, new Set(locateKeeps(groups, list)))
  const wanted = new Map<string, number>()
  for (const { cells, left } of moved) {
    const text = savedText(cells, list.group)
    wanted.set(text, (wanted.get(text) ?? left) + 1)
  }
  return [...wanted].every(([text, count]) => (counts.get(text) ?? 0) >= count)
}

// Empty, or written in part by an execution that died.
function isOpenFor({ cells }: MovedRow, list: ListNow, row: number): boolean {
  return (list.grid[row] ?? []).every(
    // A formula shows something else until the cells beside it are back.
    ({ text, formula }, column) => text === '' || text === cells[column]?.text || (formula && cells[column]?.formula),
  )
}
