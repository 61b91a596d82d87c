import type { CellWrite } from '../sheet/blocks'
import { toBlocks } from '../sheet/blocks'
import type { Host } from './host'
import type { ListNow } from './merge-list'
import { giveBackLost, readList } from './merge-list'
import { areaAround, areasOf, beforeStruck, restoreCells, takenPlaces } from './put-back'
import { writeText } from './write-text'

/**
 * Writes texts into cells of a list as it was just read, an empty text clears a cell and its note. Rows that somebody moved
 * into the way in the one call between get back what they held (safety S9).
 */
export function setCells(
  host: Host,
  given: {
    readonly sheet: number
    readonly headerRow: number
    readonly list: ListNow
    readonly cells: readonly CellWrite[]
  },
): void {
  const { sheet, headerRow, list, cells } = given
  const area = areaAround(cells)
  const notes = host.sheets.notes(sheet, area)
  const formats = host.sheets.formats(sheet, area)
  const noteAt = (row: number, column: number) => notes[row - area.row]?.[column - area.column] ?? ''
  const emptied = cells.filter(({ text }) => text === '')
  // Notes first: killed in between, the row is found again by its cells.
  host.sheets.clearNotes(sheet, areasOf(emptied.filter(({ row, column }) => noteAt(row, column) !== '')))
  writeText(host, sheet, cells)
  const after = readList(host, { sheet, headerRow })
  const written = new Set(cells.map(({ column }) => column))
  // Without another column nothing tells a row from others: what is nowhere any more comes back below.
  if (list.headers.every((_, column) => written.has(column))) {
    giveBackLost(host, sheet, { before: list, after, taken: [...new Set(cells.map(({ row }) => row))], added: [] })
    return
  }
  const before = { ...list, targets: {} }
  const now = { ...after, targets: {} }
  const struck = beforeStruck(before, now, takenPlaces(before, now, cells))
  if (struck.length === 0) return
  restoreCells(
    host,
    sheet,
    struck.map(({ place: { row, column }, cell }) => {
      const format = formats[row - area.row]?.[column - area.column]
      return { row, column, cell, format }
    }),
  )
  const lost = struck.flatMap(({ place: { row, column }, from }) => {
    const text = from ? noteAt(from.row, from.column) : ''
    return text === '' ? [] : [{ row, column, text }]
  })
  host.sheets.writeNotes(sheet, toBlocks(lost, { contiguous: 'areas' }))
  host.sheets.flush()
}
