import type { Table } from '../app/host'
import { Problem } from '../app/host'
import type { Book, Size } from './google-sheets'
import { finishHiddenTab, hiddenTab, makeHiddenTab } from './google-sheets'

type Sheet = GoogleAppsScript.Spreadsheet.Sheet

// Rows added when a hidden tab is full: few calls, few unused cells.
const GROW_ROWS = 500

// Rows that are free after an append: what was asked has room for its answers, so that a full file is noticed before
// anything is paid.
const SPARE_ROWS = 10

/**
 * A hidden tab as a table of texts. Reading does not make the tab; writing does. Its size is asked for once, because only
 * the holder of the lease writes to it; lanes, which append at the same time, ask again.
 */
export function googleTable(book: Book, name: string): Table {
  let sheet: Sheet | undefined
  let looked = false
  let usedRows: number | undefined
  let usedColumns: number | undefined
  let room: Size | undefined

  const find = (): Sheet | undefined => {
    if (!looked) sheet = hiddenTab(book, name)
    looked = true
    return sheet
  }
  const rowCount = (): number => (usedRows ??= find()?.getLastRow() ?? 0)
  const columnCount = (): number => (usedColumns ??= find()?.getLastColumn() ?? 0)

  const make = (): Sheet => {
    const found = find()
    // Whoever began to make it was killed.
    if (found && rowCount() === 0 && !found.isSheetHidden()) finishHiddenTab(found)
    if (found) return (sheet = found)
    const made = orFull(() => makeHiddenTab(book, name))
    usedRows = usedColumns = 0
    room = made.size
    return (sheet = made.sheet)
  }
  const block = (from: number, count: number): string[][] => {
    const rows = Math.min(count, rowCount() - from)
    if (rows <= 0) return []
    const values = find()!
      .getRange(from + 1, 1, rows, Math.max(1, columnCount()))
      .getValues() as unknown[][]
    return values.map((row) => row.map(String))
  }
  const put = (from: number, rows: readonly (readonly string[])[], spare: number): void => {
    if (rows.length === 0) return
    const target = make()
    const columns = Math.max(1, columnCount(), ...rows.map((row) => row.length))
    room = makeRoom(target, { rows: from + rows.length + spare, columns }, room)
    const texts = rows.map((row) => Array.from({ length: columns }, (_, column) => row[column] ?? ''))
    target.getRange(from + 1, 1, rows.length, columns).setValues(texts)
    usedRows = Math.max(rowCount(), from + rows.length)
    usedColumns = columns
  }
  const clear = (): void => {
    if (rowCount() > 0) find()!.getRange(1, 1, rowCount(), columnCount()).clearContent()
    usedRows = usedColumns = 0
  }

  return {
    length: () => rowCount(),
    rows: (from) => block(from, rowCount() - from),
    column() {
      const values = ((find()?.getRange('A:A').getValues() ?? []) as unknown[][]).map(([value]) => String(value))
      usedRows = values.length
      while (usedRows > 0 && values[usedRows - 1] === '') usedRows--
      return values.slice(0, usedRows)
    },
    line(row) {
      const [values = []] = (find()
        ?.getRange(`${row + 1}:${row + 1}`)
        .getValues() ?? []) as unknown[][]
      return values.map(String)
    },
    block,
    make: () => void make(),
    append: (rows) => put(rowCount(), rows, SPARE_ROWS),
    add(row) {
      const target = make()
      room = makeRoom(target, { rows: rowCount() + SPARE_ROWS, columns: row.length }, room)
      // One call that others cannot come between (Sheet.appendRow: "This operation is atomic").
      target.appendRow([...row])
    },
    refresh() {
      usedRows = undefined
    },
    replace(from, rows) {
      put(from, rows, 0)
      // Empty rows at the end are not counted.
      usedRows = undefined
    },
    reset(rows) {
      if (rows.length === 0) return clear()
      const empty = Array.from({ length: Math.max(0, rowCount() - rows.length) }, () => [])
      put(0, [...rows, ...empty], 0)
      usedRows = rows.length
      usedColumns = Math.max(...rows.map((row) => row.length))
    },
    dropFirst(count) {
      if (count <= 0 || !find()) return
      // A tab cannot lose all its rows; the last ones are emptied instead.
      if (count >= rowCount()) clear()
      else find()!.deleteRows(1, count)
      usedRows = usedColumns = room = undefined
    },
  }
}

/** Grows a tab to a size; what is added is text, as the rest. */
function makeRoom(sheet: Sheet, wanted: Size, known: Size | undefined): Size {
  const room = known ?? { rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() }
  if (wanted.rows <= room.rows && wanted.columns <= room.columns) return room
  const rows = wanted.rows > room.rows ? Math.max(wanted.rows, room.rows + GROW_ROWS) : room.rows
  const columns = Math.max(wanted.columns, room.columns)
  orFull(() => {
    if (rows > room.rows) sheet.insertRowsAfter(room.rows, rows - room.rows)
    if (columns > room.columns) sheet.insertColumnsAfter(room.columns, columns - room.columns)
  })
  sheet.getRange(1, 1, rows, columns).setNumberFormat('@')
  return { rows, columns }
}

// A spreadsheet holds 10 million cells and 200 tabs (platform.md section 1); the texts of errors are localised, and what
// fails at random is tried again with the same words.
function orFull<T>(grow: () => T): T {
  try {
    return grow()
  } catch {
    throw new Problem(
      'Google refused to make room in this spreadsheet. It may be full: delete rows, columns or tabs that nobody needs, then go on. Nothing is lost.',
      'try_again',
    )
  }
}
