import type { Area } from './sheet-store'

const CELL = /^\$?([A-Za-z]{1,3})\$?([1-9]\d*)$/
const COLUMN = /^\$?([A-Za-z]{1,3})$/
const ROW = /^\$?([1-9]\d*)$/

/** `A` is 0, `Z` 25, `AA` 26. */
export function columnIndex(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** 0 is `A`, 26 is `AA`. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

interface Corner {
  readonly row?: number
  readonly column?: number
}

function parseCorner(text: string): Corner | undefined {
  const cell = CELL.exec(text)
  if (cell) return { column: columnIndex(cell[1]!), row: Number(cell[2]) - 1 }
  const column = COLUMN.exec(text)
  if (column) return { column: columnIndex(column[1]!) }
  const row = ROW.exec(text)
  if (row) return { row: Number(row[1]) - 1 }
  return undefined
}

/** `B2`, `A2:F21`, `A:C`, `2:5`, `A2:A` in a tab of the given size; undefined if it is not A1 notation. */
export function parseA1(text: string, size: { readonly rows: number; readonly columns: number }): Area | undefined {
  const [first = '', second, ...more] = text.trim().split(':')
  const from = parseCorner(first)
  const to = second === undefined ? from : parseCorner(second)
  if (!from || !to || more.length > 0) return undefined
  if (second === undefined && (from.row === undefined || from.column === undefined)) return undefined
  const rows = [from.row ?? 0, to.row ?? size.rows - 1].sort((a, b) => a - b)
  const columns = [from.column ?? 0, to.column ?? size.columns - 1].sort((a, b) => a - b)
  return {
    row: rows[0]!,
    column: columns[0]!,
    rows: rows[1]! - rows[0]! + 1,
    columns: columns[1]! - columns[0]! + 1,
  }
}

/** `A2` or `A2:F21`, as `Range.getA1Notation` writes it. */
export function writeA1(area: Area): string {
  const first = columnLetters(area.column) + String(area.row + 1)
  if (area.rows === 1 && area.columns === 1) return first
  return `${first}:${columnLetters(area.column + area.columns - 1)}${String(area.row + area.rows)}`
}

/** Whether two areas share a cell. */
export function overlaps(a: Area, b: Area): boolean {
  return (
    a.row < b.row + b.rows &&
    b.row < a.row + a.rows &&
    a.column < b.column + b.columns &&
    b.column < a.column + a.columns
  )
}
