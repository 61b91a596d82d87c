import { Problem } from '../domain/problem'
import { GROUP_HEADER, headersPrint, placesPrint, rowText } from '../domain/row-print'
import type { Block, CellRead, Grid } from '../sheet/grid'
import { markSpills } from '../sheet/spills'
import { moveCell } from '../sheet/moved-cell'
import type { Host, SheetInfo } from './host'
import type { MergedGroup, SavedCell } from './merge-log'
import { MOST_CELLS, restoreCells } from './put-back'
import { headerOf } from './survey'

/** A list as it was read at one moment, with its rows as texts that can be compared. */
export interface ListNow {
  readonly grid: Grid
  readonly headers: readonly string[]
  /** The column of marks; -1 without one. */
  readonly group: number
  /** One a row of the grid. */
  readonly texts: readonly string[]
}

/** Reads a list whole. Throws a Problem when its tab is gone. */
export function readList(
  host: Host,
  { sheet, headerRow }: { readonly sheet: number; readonly headerRow: number },
): ListNow {
  requireSheet(host, sheet)
  const grid = markSpills(host.sheets.readAll(sheet))
  const headers = (grid[headerRow] ?? []).map(({ text }) => headerOf(text))
  const group = headers.indexOf(GROUP_HEADER)
  const texts = grid.map((cells) =>
    rowText(
      cells.map(({ text }) => text),
      group,
    ),
  )
  return { grid, headers, group, texts }
}

/** The tab of a list. Throws a Problem when somebody deleted it. */
export function requireSheet(host: Host, id: number): SheetInfo {
  const sheet = host.sheets.find(id)
  if (!sheet) throw new Problem('The tab of this list was deleted. Restore it (Edit > Undo), then go on.', 'try_again')
  return sheet
}

/** Throws a Problem when the columns are not those of the search any more. */
export function requireColumns(headers: readonly string[], mark: string): void {
  if (headersPrint(headers) !== mark)
    throw new Problem('The columns of this list were changed. Look for duplicates again.', 'reload')
}

/** The row that holds the headers that a group was merged under; -1 where columns were changed since. */
export function findMergedHeaders({ grid }: ListNow, { mark, texts }: MergedGroup['keep']): number {
  const headersOf = (cells: Grid[number]) => cells.slice(0, texts.length).map(({ text }) => headerOf(text))
  return grid.findIndex((cells) => placesPrint(headersOf(cells)) === mark)
}

/** Where the rows that stay are now: as they were, or with some or all of their new cells. No row is given away twice. */
export function locateKeeps(groups: readonly MergedGroup[], list: ListNow): readonly (number | undefined)[] {
  const taken = new Set<number>()
  const find = ({ keep }: MergedGroup, loose: ReadonlySet<number>): number | undefined => {
    const changed = new Map(keep.cells.map((cell) => [cell.column, cell]))
    const width = Math.max(list.headers.length, keep.texts.length)
    const isOther = (column: number, text: string) => !loose.has(column) && text !== (keep.texts[column] ?? '')
    const isHere = (row: number): boolean => {
      if (taken.has(row)) return false
      const cells = list.grid[row]
      if (!cells) return false
      for (let column = 0; column < width; column++) {
        if (column === list.group) continue
        const text = cells[column]?.text ?? ''
        const change = changed.get(column)
        const at = (saved: SavedCell) => moveCell(saved, keep.row, row)
        if (change ? !isAs(cells[column], at(change.before), at(change.after)) : isOther(column, text)) return false
      }
      return true
    }
    const row = isHere(keep.row) ? keep.row : list.grid.findIndex((_, index) => isHere(index))
    if (row < 0) return undefined
    taken.add(row)
    return row
  }
  // Those that are as they were come first: what another row may show by now is the weaker sign.
  const asTheyWere = groups.map((group) => find(group, NONE))
  return groups.map((group, index) => asTheyWere[index] ?? find(group, new Set(group.keep.loose)))
}

const NONE: ReadonlySet<number> = new Set()

/**
 * Whether a cell is as one of some saved ones: a formula by its source and by what it showed, if that is known, anything
 * else by its text.
 */
export function isAs(cell: CellRead | undefined, ...saved: readonly SavedCell[]): boolean {
  return saved.some(({ text, formula, exact }) => {
    const isText = (cell?.text ?? '') === text
    if (!formula) return cell?.formula !== true && isText
    return cell?.formula === true && cell.exact === exact && (isText || text === exact)
  })
}

/**
 * Columns in which a row holds formulas: what these show changes by itself, so it tells the row from no other; none where
 * nothing else tells it. A total below a column is no reason to know nothing of the rows above it.
 */
export function formulaColumns({ grid }: ListNow, row: number): readonly number[] {
  const cells = grid[row]!
  if (cells.every(({ formula, text }) => formula || text === '')) return []
  return cells.flatMap(({ formula }, column) => (formula ? [column] : []))
}

/** How many rows hold each text, without those that stay for a group. */
export function countTexts(list: Pick<ListNow, 'texts'>, keeps: ReadonlySet<number | undefined>): Map<string, number> {
  const counts = new Map<string, number>()
  list.texts.forEach((text, row) => {
    if (!keeps.has(row)) counts.set(text, (counts.get(text) ?? 0) + 1)
  })
  return counts
}

/** The text of a saved row, as `ListNow` has it. */
export function savedText(cells: readonly CellRead[], group: number): string {
  return rowText(
    cells.map(({ text }) => text),
    group,
  )
}

/** What a row says without its formulas, which show something else at each look; the same as `savedText` where nothing else tells it. */
export function typedText(cells: readonly CellRead[], group: number): string {
  const isTold = cells.some(({ formula, text }, column) => !formula && text !== '' && column !== group)
  return rowText(
    cells.map(({ formula, text }) => (isTold && formula ? '' : text)),
    group,
  )
}

/** Runs of rows that follow each other, first to last. */
export function runsOf(rows: readonly number[]): readonly { readonly row: number; readonly count: number }[] {
  const runs: { row: number; count: number }[] = []
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = runs[runs.length - 1]
    if (last && last.row + last.count === row) last.count++
    else runs.push({ row, count: 1 })
  }
  return runs
}

// Rows are looked at once more every so many runs: a sort in between strikes few of them.
const RUNS_A_LOOK = 10

/** The notes of a list, row by row; none where it is too large to read them all. */
export type NotesNow = readonly (readonly string[])[]

/** Reads the notes of a list as it was just read. */
export function readNotes(host: Host, sheet: number, { grid, headers }: ListNow): NotesNow {
  const area = { row: 0, column: 0, rows: grid.length, columns: headers.length }
  return area.rows * area.columns > MOST_CELLS ? [] : host.sheets.notes(sheet, area)
}

/**
 * Takes rows out of a list. Others that somebody sorted into the way come back below it, with their notes. Gives the list as
 * it stands then.
 */
export function takeOut(
  host: Host,
  place: { readonly sheet: number; readonly headerRow: number },
  { before, notes, rows }: { readonly before: ListNow; readonly notes: NotesNow; readonly rows: readonly number[] },
): ListNow {
  const taken = takeRows(host, place.sheet, rows, before.grid)
  const after = readList(host, place)
  return giveBackLost(host, place.sheet, { before, after, taken, added: [], notes }) ? readList(host, place) : after
}

/** Takes rows out of a tab, from the bottom up; returns those that it took. Runs in which somebody changed a row stay. */
export function takeRows(host: Host, sheet: number, rows: readonly number[], grid: Grid): readonly number[] {
  const runs = runsOf(rows).map(({ row, count }): Block => ({
    row,
    column: 0,
    texts: grid.slice(row, row + count).map((cells) => cells.map(({ text }) => text)),
  }))
  const taken: number[] = []
  for (let end = runs.length; end > 0; end -= RUNS_A_LOOK) {
    const part = runs.slice(Math.max(0, end - RUNS_A_LOOK), end)
    if (!host.sheets.deleteRows(sheet, part)) continue
    taken.push(...part.flatMap(({ row, texts }) => texts.map((_, index) => row + index)))
  }
  host.sheets.flush()
  return taken
}

/**
 * Rows that were there before and are nowhere now, although nobody took them away, come back below the list: somebody
 * sorted in the one moment between looking and changing (safety S9). `taken`: rows that were taken out, by their place
 * before; `added`: the cells of rows that were put in; `notes`: those of the list before. Returns whether there were any.
 */
export function giveBackLost(
  host: Host,
  sheet: number,
  given: {
    readonly before: ListNow
    readonly after: ListNow
    readonly taken: readonly number[]
    readonly added: readonly (readonly CellRead[])[]
    readonly notes?: NotesNow
  },
): boolean {
  const { before, after, taken, added, notes = [] } = given
  const typedOf = ({ grid, group }: ListNow) => grid.map((cells) => typedText(cells, group))
  const [was, is] = [typedOf(before), typedOf(after)]
  const left = countTexts({ texts: is }, new Set())
  const takeOne = (text: string): boolean => {
    const count = left.get(text) ?? 0
    left.set(text, Math.max(0, count - 1))
    return count > 0
  }
  const isTaken = new Set(taken)
  const lost = [...before.grid.keys()].filter((row) => {
    const text = was[row]!
    return !isTaken.has(row) && !isBlank(text) && !takeOne(text)
  })
  if (lost.length === 0) return false
  // What is there in their stead: a row that somebody edited was not lost, one that stays though it was to go was spared.
  const others = added.map((cells) => typedText(cells, before.group))
  for (const text of [...others, ...taken.map((row) => was[row]!), ...is.filter(isBlank)]) takeOne(text)
  const edited = [...left.values()].reduce((sum, count) => sum + count, 0)
  const rows = lost.slice(edited)
  const from = after.grid.length
  if (rows.length === 0) return false
  host.sheets.growTo(sheet, { rows: from + rows.length, columns: 0 })
  restoreCells(
    host,
    sheet,
    rows.flatMap((row, y) =>
      before.grid[row]!.map((cell, column) => ({
        row: from + y,
        column,
        cell: moveCell(cell, row, from + y),
        format: undefined,
      })),
    ),
  )
  host.sheets.writeNotes(
    sheet,
    rows.flatMap((row, y) =>
      (notes[row] ?? []).flatMap((note, column) => (note === '' ? [] : [{ row: from + y, column, texts: [[note]] }])),
    ),
  )
  return true
}

function isBlank(text: string): boolean {
  return text === '[]'
}
