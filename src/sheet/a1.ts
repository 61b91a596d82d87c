import type { Area } from './grid'

/** The letters of a zero-based column: 0 is A, 26 is AA. */
export function columnLetter(column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** An area in A1 notation: `B2:C5`, or `B2` for a single cell. */
export function a1(area: Area): string {
  const first = columnLetter(area.column) + (area.row + 1)
  if (area.rows === 1 && area.columns === 1) return first
  return `${first}:${columnLetter(area.column + area.columns - 1)}${area.row + area.rows}`
}

/** The area of a text in A1 notation (`B2`, `$B$2:C5`, corners in any order); undefined when it is none. */
export function parseA1(text: string): Area | undefined {
  const match = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,7})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,7}))?$/.exec(
    text.trim().toUpperCase(),
  )
  if (!match) return undefined
  const [, letters, digits, otherLetters = letters, otherDigits = digits] = match
  const columns = [columnIndex(letters!), columnIndex(otherLetters!)]
  const rows = [Number(digits) - 1, Number(otherDigits) - 1]
  const row = Math.min(...rows)
  const column = Math.min(...columns)
  return { row, column, rows: Math.max(...rows) - row + 1, columns: Math.max(...columns) - column + 1 }
}

/** The rows of some areas as people count them: `Rows 2-5, 9, 14-20`; areas that touch or overlap are one. */
export function rowsLabel(areas: readonly Area[]): string {
  const spans: { from: number; to: number }[] = []
  for (const { row, rows } of [...areas].sort((a, b) => a.row - b.row)) {
    if (rows < 1) continue
    const last = spans[spans.length - 1]
    if (last && row <= last.to) last.to = Math.max(last.to, row + rows)
    else spans.push({ from: row + 1, to: row + rows })
  }
  if (spans.length === 0) return 'No rows'
  const words = spans.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
  return `${/^\d+$/.test(words.join()) ? 'Row' : 'Rows'} ${words.join(', ')}`
}

/** The zero-based column of some letters. */
export function columnIndex(letters: string): number {
  let index = 0
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64
  return index - 1
}
