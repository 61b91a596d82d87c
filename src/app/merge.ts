import { Problem } from '../domain/problem'
import { OTHER_HEADERS, rowPrint } from '../domain/row-print'
import type { CellRead } from '../sheet/grid'
import type { Api, MergeGroup, MergeView } from './api-types'
import { loadHistory, notePast, notOnRecord, rememberRun } from './history'
import type { Guards } from './guards'
import { readGuards } from './guards'
import type { Host } from './host'
import { checkIdle } from './idle'
import type { ChangedCell, MergedGroup, MovedRow, SavedCell } from './merge-log'
import { fitsLog, logBatch, readBatches } from './merge-log'
import type { ListNow } from './merge-list'
import {
  countTexts,
  giveBackLost,
  locateKeeps,
  readList,
  requireColumns,
  requireSheet,
  savedText,
  takeRows,
} from './merge-list'
import type { MergeRecord } from './merge-record'
import { loadMerge, saveMerge, viewMerge } from './merge-record'
import { copyRows, openMergedTab } from './merged-tab'
import { addColumns, requireRoom } from './new-columns'
import { dropOlder } from './planned-rows'
import { areaAround, beforeStruck, restoreCells } from './put-back'
import { myId } from './run-record'
import { peekSettings } from './settings'
import { surveySheet } from './survey'
import { withLock } from './with-lock'

type Ask = Parameters<Api['mergeGroups']>[0]

// Longer than a batch takes; an execution that died blocks no longer.
const LEASE_MS = 120_000

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/** Another execution took the merge over: this one stops at once. */
class MergeTaken extends Error {}

/**
 * Merges the groups of one batch: copies the rows that go to the tab of merged duplicates, gives the rows that stay their
 * new cells, and only then takes the others out of the list. What is to be done is on record first, so that another
 * execution can end it. Throws a Problem while something else works on this file.
 */
export function mergeGroups(host: Host, ask: Ask): MergeView {
  const open = loadMerge(host)
  // Somebody closed the sidebar within a batch that was agreed to: it is ended before another begins.
  if (open && open.id !== ask.merge && open.done < open.batches) finishMerge(host, open.id)
  return working(host, claim(host, ask.merge, ask), (held) => {
    if (ask.batch < held.done) return held
    const planned = ask.batch < held.batches ? held : planBatch(host, held, ask)
    return planned.done < planned.batches ? finishBatch(host, planned) : planned
  })
}

/** Ends the batch of a merge that was interrupted. */
export function finishMerge(host: Host, merge: string): MergeView {
  return working(host, claim(host, merge), (held) => (held.done < held.batches ? finishBatch(host, held) : held))
}

function working(host: Host, held: MergeRecord, work: (held: MergeRecord) => MergeRecord): MergeView {
  try {
    const done = work(held)
    return viewMerge(host, keep(host, done, 'release'))
  } catch (error) {
    if (error instanceof MergeTaken) throw new Problem('Another window goes on with this merge.', 'reload')
    const last = loadMerge(host)
    if (last?.id === held.id && last.epoch === held.epoch) keep(host, last, 'release')
    // A service of Google that fails throws an `Exception` with a localised text (platform.md section 9).
    if (!(error instanceof Error && error.name === 'Exception')) throw error
    throw new Problem('Google Sheets refused the last step. Nothing is lost. Try again to go on.', 'try_again')
  }
}

/** Takes the lease of a merge, which goes on where it was or, with `begin`, is new (safety S11). */
function claim(host: Host, id: string, begin?: Ask): MergeRecord {
  return withLock(host, (): MergeRecord => {
    checkIdle(host)
    const last = loadMerge(host)
    const known = last?.id === id ? last : begin && beginMerge(host, begin)
    if (!known) throw new Problem('This merge is not the last one any more. Look for duplicates again.', 'reload')
    const held = { ...known, epoch: (last?.epoch ?? 0) + 1, leaseUntil: host.now() + LEASE_MS }
    saveMerge(host, held)
    return held
  })
}

function beginMerge(host: Host, { merge: id, sheet, firstRow }: Ask): MergeRecord {
  const { name: sheetName } = requireSheet(host, sheet)
  // An execution that died right here began it already.
  if (!loadHistory(host).some((past) => past.id === id)) {
    const { environment } = peekSettings(host)
    const run = { id, sheet, sheetName, startedAt: host.now(), by: myId(host), added: [], wanted: [], environment }
    const kept = rememberRun(host, run, { headerRow: firstRow - 1, tab: null })
    for (const name of ['rows', 'writes'] as const) dropOlder(host.table(name), kept)
  }
  const nothing = { batches: 0, done: 0, groups: 0, rows: 0, changed: 0, blocked: 0, epoch: 0, leaseUntil: 0 }
  return { id, sheet, sheetName, headerRow: firstRow - 1, tab: null, ...nothing }
}

function check(host: Host, { id, epoch }: MergeRecord): void {
  const current = loadMerge(host)
  if (current?.id !== id || current.epoch !== epoch) throw new MergeTaken()
}

/** Saves a merge under the lock, and keeps its lease or gives it back. */
function keep(host: Host, merge: MergeRecord, then: 'go_on' | 'release' = 'go_on'): MergeRecord {
  const saved = host.locked(() => {
    check(host, merge)
    const held = { ...merge, leaseUntil: then === 'go_on' ? host.now() + LEASE_MS : 0 }
    notePast(host, merge.id, { cells: merge.rows, merged: { headerRow: merge.headerRow, tab: merge.tab } })
    saveMerge(host, held)
    return held
  })
  if (!saved) throw new MergeTaken()
  return saved
}

/** Finds the rows of a batch, leaves out what must not be touched, and puts the rest on record. */
function planBatch(host: Host, held: MergeRecord, ask: Ask): MergeRecord {
  makeColumns(host, held, ask.groups)
  const list = readList(host, held)
  requireColumns(list.headers, ask.mark)
  const guards = readGuards(host, held.sheet)
  const find = makeFinder(list)
  const found = ask.groups.map((group) => ({ group, rows: [group.keep, ...group.gone].map(find) }))
  const placed = found.flatMap(({ group, rows }) =>
    rows.includes(undefined) ? [] : [{ group, rows: rows as readonly number[] }],
  )
  const look = readLooks(host, held.sheet, { list, rows: placed.flatMap(({ rows }) => rows) })
  const keeps = new Set<number | undefined>(placed.map(({ rows }) => rows[0]))
  const counts = countTexts(list, keeps)
  const goneOf = new Map<string, number>()
  for (const { rows } of placed)
    for (const row of rows.slice(1)) goneOf.set(list.texts[row]!, (goneOf.get(list.texts[row]!) ?? 0) + 1)
  const groups = placed.flatMap(({ group, rows }): readonly MergedGroup[] => {
    const [first = 0, ...others] = rows
    const cells = changedCells({ list, look, group, rows })
    if (cells.some(({ column, before }) => before.formula || guards(first, column).rejecting)) return []
    if (rows.some((row) => isGuarded(list, guards, row))) return []
    const gone = others.map((row): MovedRow => {
      const text = list.texts[row]!
      return { row, ...look(row), left: counts.get(text)! - goneOf.get(text)! }
    })
    const texts = list.grid[first]!.map(({ text }, column) => (column === list.group ? '' : text))
    const merged = { keep: { row: first, texts, cells }, gone }
    return fitsLog(merged) ? [merged] : []
  })
  const changed = held.changed + found.length - placed.length
  const blocked = held.blocked + placed.length - groups.length
  check(host, held)
  if (groups.length > 0) logBatch(host, held, groups)
  const done = groups.length > 0 ? held.done : held.done + 1
  return keep(host, { ...held, batches: held.batches + 1, done, changed, blocked })
}

// Our own columns for what the row that stays has no place for.
function makeColumns(host: Host, held: MergeRecord, groups: readonly MergeGroup[]): void {
  const survey = surveySheet(
    host,
    { id: held.sheet, name: held.sheetName },
    { mapping: {}, mostRows: held.headerRow + 2 },
  )
  const isWanted = (header: string) =>
    groups.some(({ cells }) => cells.some((cell) => cell.column === null && cell.header === header))
  const missing = OTHER_HEADERS.filter((header) => isWanted(header) && !survey.headers.includes(header))
  if (missing.length === 0) return
  requireRoom(host, survey, survey.usedColumns)
  check(host, held)
  addColumns(host, survey, { after: survey.usedColumns - 1, headers: missing })
  const added = loadHistory(host).find(({ id }) => id === held.id)?.added ?? []
  notePast(host, held.id, { added: [...added, ...missing] })
  host.sheets.flush()
}

/** Finds rows by what they held: where they were, or else wherever they are; none is found twice. */
function makeFinder(list: ListNow): (ref: MergeGroup['keep']) => number | undefined {
  const taken = new Set<number>()
  const printAt = (row: number) =>
    rowPrint(
      list.grid[row]!.map(({ text }) => text),
      list.group,
    )
  let places: Map<string, number[]> | undefined
  const search = (): Map<string, number[]> => {
    const found = new Map<string, number[]>()
    list.grid.forEach((_, row) => {
      const print = printAt(row)
      found.set(print, [...(found.get(print) ?? []), row])
    })
    return found
  }
  return ({ row, print }) => {
    const isHere = list.grid[row] !== undefined && !taken.has(row) && printAt(row) === print
    const place = isHere ? row : (places ??= search()).get(print)?.find((one) => !taken.has(one))
    if (place !== undefined) taken.add(place)
    return place
  }
}

// Reading so many cells takes under two seconds (platform.md section 1, 0.0085 ms a cell); beyond it rows are read alone.
const MOST_CELLS = 200_000

/** The cells of rows with their formats and notes. */
function readLooks(
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
  const whole = around && around.rows * columns <= MOST_CELLS ? read(around.row, around.rows) : undefined
  return (row) => {
    const { from, formats, notes } = whole ?? read(row, 1)
    return {
      cells: list.grid[row]!.map((cell, column) => ({ ...cell, format: formats[row - from]?.[column] ?? 'General' })),
      notes: notes[row - from] ?? [],
    }
  }
}

function changedCells(given: {
  readonly list: ListNow
  readonly look: ReturnType<typeof readLooks>
  readonly group: MergeGroup
  readonly rows: readonly number[]
}): readonly ChangedCell[] {
  const { list, look, group, rows } = given
  const [first = 0] = rows
  return group.cells.flatMap(({ column: at, header, text, from }): readonly ChangedCell[] => {
    const column = at ?? list.headers.indexOf(header)
    const before: SavedCell = look(first).cells[column] ?? { ...NOTHING, format: 'General' }
    if (column < 0 || before.text === text) return []
    const source = from === null ? undefined : look(rows[from] ?? first).cells[column]
    const isWhole = source !== undefined && source.text === text && !source.formula
    const kind = text === '' ? ('empty' as const) : ('text' as const)
    return [{ column, before, after: isWhole ? source : { text, kind, formula: false, format: '@' } }]
  })
}

const NOTHING: CellRead = { text: '', kind: 'empty', formula: false }

// A row with a cell that this person cannot edit, or that belongs to others, stays as it is.
function isGuarded(list: ListNow, guards: Guards, row: number): boolean {
  return list.headers.some((_, column) => {
    const around = guards(row, column)
    return around.protected || around.merged || list.grid[row]?.[column]?.spill === true
  })
}

/** Ends the batch whose plan is on record; done again after a kill it comes to the same. */
function finishBatch(host: Host, held: MergeRecord): MergeRecord {
  const groups = readBatches(host, held.id)?.get(held.done)
  if (!groups) {
    keep(host, { ...held, done: held.batches })
    return notOnRecord()
  }
  const tab = openMergedTab(host, held).id
  const merge = { ...keep(host, { ...held, tab }), tab }
  copyRows(host, merge, groups)
  check(host, merge)
  const list = writeKeeps(host, merge, groups)
  const long = keep(host, merge)
  takeAway(host, long, groups, list)
  const rows = groups.reduce((sum, { gone }) => sum + gone.length, 0)
  return keep(host, { ...long, done: merge.done + 1, groups: merge.groups + groups.length, rows: merge.rows + rows })
}

/** Gives the rows that stay their new cells, and reads them back (safety S9). */
function writeKeeps(host: Host, merge: MergeRecord, groups: readonly MergedGroup[]): ListNow {
  let before = readList(host, merge)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const rows = locateKeeps(groups, before)
    const writes = groups.flatMap(({ keep: { cells } }, group) =>
      cells.flatMap(({ column, after }) => {
        const row = rows[group]
        if (row === undefined || before.grid[row]?.[column]?.text === after.text) return []
        return [{ group, row, column, cell: after, format: after.format, text: after.text }]
      }),
    )
    if (writes.length === 0) break
    check(host, merge)
    restoreCells(host, merge.sheet, writes)
    const after = readList(host, merge)
    const now = locateKeeps(groups, after)
    const misplaced = writes.filter(({ group, row }) => now[group] !== row)
    const struck = beforeStruck({ ...before, targets: {} }, { ...after, targets: {} }, misplaced)
    restoreCells(
      host,
      merge.sheet,
      struck.map(({ place, cell }) => ({ ...place, cell, format: undefined })),
    )
    before = struck.length > 0 ? readList(host, merge) : after
  }
  return before
}

/** Takes the rows out of the list that stand in the tab of merged duplicates by now. */
function takeAway(host: Host, merge: MergeRecord, groups: readonly MergedGroup[], list: ListNow): void {
  let before = list
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const rows = rowsToTake(groups, before)
    if (rows.length === 0) return
    check(host, merge)
    const taken = takeRows(host, merge.sheet, rows, before.grid)
    const after = readList(host, merge)
    before = giveBackLost(host, merge.sheet, { before, after, taken, added: [] }) ? readList(host, merge) : after
  }
}

// Of rows with one text as many stay as belong to nobody's group: equal rows cannot be told apart.
function rowsToTake(groups: readonly MergedGroup[], list: ListNow): readonly number[] {
  const keeps = new Set(locateKeeps(groups, list))
  const wanted = new Map<string, MovedRow[]>()
  for (const moved of groups.flatMap(({ gone }) => gone)) {
    const text = savedText(moved.cells, list.group)
    wanted.set(text, [...(wanted.get(text) ?? []), moved])
  }
  const places = new Map<string, number[]>([...wanted.keys()].map((text) => [text, []]))
  list.texts.forEach((text, row) => {
    if (!keeps.has(row)) places.get(text)?.push(row)
  })
  return [...wanted].flatMap(([text, moved]) => {
    const rows = places.get(text)!
    const usual = new Set(moved.map(({ row }) => row))
    const first = [...rows.filter((row) => usual.has(row)), ...rows.filter((row) => !usual.has(row)).reverse()]
    return first.slice(0, Math.max(0, rows.length - moved[0]!.left))
  })
}
