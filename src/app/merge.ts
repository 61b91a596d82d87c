import { Problem } from '../domain/problem'
import { OTHER_HEADERS, placesPrint, rowPrint } from '../domain/row-print'
import type { CellRead } from '../sheet/grid'
import { ourLine } from '../sheet/note'
import type { Api, MergeGroup, MergeView } from './api-types'
import { loadHistory, notePast } from './history'
import type { Guards } from './guards'
import { readGuards } from './guards'
import type { Host } from './host'
import { check, claim, finishBatches, keep, readLooks, working } from './merge-batch'
import type { ChangedCell, MergedGroup, MovedRow, SavedCell } from './merge-log'
import { fitsLog, logBatch } from './merge-log'
import type { ListNow } from './merge-list'
import { countTexts, formulaColumns, readList, requireColumns, typedText } from './merge-list'
import type { MergeRecord } from './merge-record'
import { isToBeEnded, loadMerge, viewMerge } from './merge-record'
import { addColumns, requireRoom } from './new-columns'
import { surveySheet } from './survey'

type Ask = Parameters<Api['mergeGroups']>[0]

/**
 * Merges the groups of one batch: copies the rows that go to the tab of merged duplicates, gives the rows that stay their
 * new cells, and only then takes the others out of the list. What is to be done is on record first, so that another
 * execution can end it. Throws a Problem while something else works on this file.
 */
export function mergeGroups(host: Host, ask: Ask): MergeView {
  endOpenMerge(host, ask.merge)
  const begin = { sheet: ask.sheet, headerRow: ask.firstRow - 1, what: 'rows' as const, batch: ask.batch }
  const merge = working(host, claim(host, ask.merge, begin), (held) => {
    if (ask.batch < held.done) return held
    const planned = ask.batch < held.batches ? held : planBatch(host, held, { ask, tries: MAX_TRIES })
    return finishBatches(host, planned)
  })
  return viewMerge(host, merge)
}

/**
 * Ends what a merge, or a change of formulas, left undone, but for one that goes on itself: somebody closed the sidebar within
 * what they agreed to.
 */
export function endOpenMerge(host: Host, except?: string): void {
  const open = loadMerge(host)
  if (open && open.id !== except && isToBeEnded(host, open)) finishMerge(host, open.id)
}

/** Ends the batches of a merge that was interrupted. */
export function finishMerge(host: Host, merge: string): MergeView {
  return viewMerge(
    host,
    working(host, claim(host, merge), (held) => finishBatches(host, held)),
  )
}

// A sort can hit the same window twice, hardly three times.
const MAX_TRIES = 3

/** Finds the rows of a batch, leaves out what must not be touched, and puts the rest on record. */
function planBatch(
  host: Host,
  held: MergeRecord,
  { ask, tries }: { readonly ask: Ask; readonly tries: number },
): MergeRecord {
  makeColumns(host, held, ask.groups)
  const list = readList(host, held)
  requireColumns(list.headers, ask.mark)
  const mark = placesPrint(list.headers)
  const guards = readGuards(host, held.sheet)
  const find = makeFinder(list)
  const found = ask.groups.map((group) => ({ group, rows: [group.keep, ...group.gone].map(find) }))
  const placed = found.flatMap(({ group, rows }) =>
    rows.includes(undefined) ? [] : [{ group, rows: rows as readonly number[] }],
  )
  const look = readLooks(host, held.sheet, { list, rows: placed.flatMap(({ rows }) => rows) })
  const fitting = placed.flatMap(({ group, rows }): readonly MergedGroup[] => {
    const [first = 0, ...others] = rows
    const cells = changedCells({ list, look, group, rows })
    if (cells.some(({ column, before }) => before.formula || guards(first, column).rejecting)) return []
    if (rows.some((row) => isGuarded(list, guards, row))) return []
    const gone = others.map((row): MovedRow => ({ row, ...look(row), left: 0 }))
    const texts = list.grid[first]!.map(({ text }, column) => (column === list.group ? '' : text))
    // What a formula shows may change with the very cells that are written, or with the rows that go.
    const loose = formulaColumns(list, first)
    const merged = { keep: { row: first, texts, cells, loose, mark }, gone }
    return fitsLog(merged) ? [merged] : []
  })
  // Somebody sorted before notes and formats were read: they are those of other rows.
  const { grid: now } = readList(host, held)
  const isMoved = (row: number) => typedText(now[row] ?? [], list.group) !== typedText(list.grid[row]!, list.group)
  if (placed.some(({ rows }) => rows.some(isMoved))) {
    if (tries > 0) return planBatch(host, held, { ask, tries: tries - 1 })
    throw new Problem('Somebody changes this list at the same moment. Nothing was merged. Try again.', 'try_again')
  }
  // Rows of groups that are left alone stay, whatever others they are equal to.
  const counts = countTexts(list, new Set(fitting.map(({ keep: { row } }) => row)))
  const leftOf = ({ row }: MovedRow) => counts.get(list.texts[row]!)!
  for (const moved of fitting.flatMap(({ gone }) => gone)) counts.set(list.texts[moved.row]!, leftOf(moved) - 1)
  const groups = fitting.map(({ keep, gone }): MergedGroup => {
    return { keep, gone: gone.map((moved) => ({ ...moved, left: leftOf(moved) })) }
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
    const { cells, notes } = look(from === null ? first : (rows[from] ?? first))
    const source = from === null ? undefined : cells[column]
    const isWhole = source !== undefined && source.text === text && !source.formula
    const kind = text === '' ? ('empty' as const) : ('text' as const)
    const after: SavedCell = isWhole ? source : { text, kind, formula: false, format: '@' }
    // Who said a value goes with it.
    const [was, line] = [ourLine(look(first).notes[column] ?? ''), isWhole ? ourLine(notes[column] ?? '') : '']
    return [{ column, before, after, ...(line !== was && { line, was }) }]
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
