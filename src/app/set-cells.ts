import { rowText } from '../domain/row-print'
import type { CellWrite } from '../sheet/blocks'
import { toBlocks } from '../sheet/blocks'
import type { Host } from './host'
import type { ListNow } from './merge-list'
import { countTexts, readList } from './merge-list'
import { areaAround, areasOf, restoreCells } from './put-back'
import { writeText } from './write-text'

/**
 * Writes texts into cells of a list as it was just read, an empty text clears a cell and its note. Rows that somebody moved
 * into the way in the one call between get back what they held (safety S9).
 */
export function setCells(
  host: Host,
  { sheet, list, cells }: { readonly sheet: number; readonly list: ListNow; readonly cells: readonly CellWrite[] },
): void {
  const { column: left, columns } = areaAround(cells)
  const area = { row: 0, column: left, rows: list.grid.length, columns }
  const notes = host.sheets.notes(sheet, area)
  const formats = host.sheets.formats(sheet, area)
  const emptied = cells.filter(({ text }) => text === '')
  // Notes first: killed in between, the row is found again by its cells.
  host.sheets.clearNotes(sheet, areasOf(emptied.filter(({ row, column }) => notes[row]?.[column - left])))
  writeText(host, sheet, cells)
  const struck = struckIn(list, readList(host, { sheet, headerRow: 0 }), cells)
  if (struck.length === 0) return
  restoreCells(
    host,
    sheet,
    struck.map(({ row, column, from }) => {
      return { row, column, cell: list.grid[from]![column] ?? EMPTY, format: formats[from]?.[column - left] }
    }),
  )
  const lost = struck.map(({ row, column, from }) => ({ row, column, text: notes[from]?.[column - left] ?? '' }))
  host.sheets.writeNotes(
    sheet,
    toBlocks(
      lost.filter(({ text }) => text !== ''),
      { contiguous: 'areas' },
    ),
  )
  host.sheets.flush()
}

const EMPTY = { text: '', kind: 'empty', formula: false } as const

/** The cells that were written in other rows than was meant, and where these rows stood before. */
function struckIn(
  before: ListNow,
  after: ListNow,
  cells: readonly CellWrite[],
): readonly { readonly row: number; readonly column: number; readonly from: number }[] {
  const meant = new Map<number, CellWrite[]>()
  for (const cell of cells) meant.set(cell.row, [...(meant.get(cell.row) ?? []), cell])
  const left = countTexts(after, new Set())
  const lost = new Set(
    before.texts.flatMap((text, row) => {
      if (meant.has(row)) return []
      const count = left.get(text) ?? 0
      left.set(text, count - 1)
      return count > 0 ? [] : [row]
    }),
  )
  return [...meant].flatMap(([row, own]) => {
    const from = [...lost].find((one) => after.texts[row] === written(before, one, own))
    if (from === undefined) return []
    lost.delete(from)
    return own.map(({ column }) => ({ row, column, from }))
  })
}

// What a row would read if it were written by mistake.
function written({ grid, group }: ListNow, row: number, cells: readonly CellWrite[]): string {
  const texts = grid[row]!.map(({ text }) => text)
  for (const { column, text } of cells) texts[column] = text
  return rowText(texts, group)
}
