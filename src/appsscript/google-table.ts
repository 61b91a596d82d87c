import type { Table } from '../app/host'
import { hiddenTab, makeHiddenTab } from './google-sheets'

type Sheet = GoogleAppsScript.Spreadsheet.Sheet

// Rows added when a hidden tab is full: few calls, few unused cells.
const GROW_ROWS = 500

/** A hidden tab as a table of texts. Reading does not make the tab; writing does. */
export function googleTable(name: string): Table {
  let sheet = hiddenTab(name)
  const made = (): Sheet => (sheet ??= makeHiddenTab(name))

  const block = (from: number, count: number): string[][] => {
    if (!sheet || count <= 0) return []
    const rows = sheet.getRange(from + 1, 1, count, Math.max(1, sheet.getLastColumn())).getValues() as unknown[][]
    return rows.map((row) => row.map(String))
  }
  const put = (from: number, rows: readonly (readonly string[])[]): void => {
    const target = made()
    const width = Math.max(1, ...rows.map((row) => row.length))
    const missingRows = from + rows.length - target.getMaxRows()
    if (missingRows > 0) target.insertRowsAfter(target.getMaxRows(), Math.max(missingRows, GROW_ROWS))
    const missingColumns = width - target.getMaxColumns()
    if (missingColumns > 0) target.insertColumnsAfter(target.getMaxColumns(), missingColumns)
    const columns = Math.max(width, target.getLastColumn())
    const texts = rows.map((row) => Array.from({ length: columns }, (_, column) => row[column] ?? ''))
    target
      .getRange(from + 1, 1, rows.length, columns)
      .setNumberFormat('@')
      .setValues(texts)
  }

  return {
    length: () => sheet?.getLastRow() ?? 0,
    rows: (from) => block(from, (sheet?.getLastRow() ?? 0) - from),
    block,
    append: (rows) => {
      if (rows.length > 0) put(sheet?.getLastRow() ?? 0, rows)
    },
    replace: (from, rows) => {
      if (rows.length > 0) put(from, rows)
    },
    dropFirst(count) {
      if (!sheet || count <= 0) return
      // A tab cannot lose all its rows; the last ones are emptied instead.
      if (count >= sheet.getLastRow()) sheet.getRange(1, 1, count, sheet.getMaxColumns()).clearContent()
      else sheet.deleteRows(1, count)
    },
  }
}
