import { rowPrint } from '../domain/row-print'
import { toBlocks } from '../sheet/blocks'
import type { ErasedPlace } from './erasure-record'
import { markOf } from './find-person'
import type { Guards } from './guards'
import { readGuards } from './guards'
import type { Host } from './host'
import type { ListNow } from './merge-list'
import { giveBackLost, readList, takeRows } from './merge-list'
import { areaAround, areasOf, beforeStruck, restoreCells, takenPlaces } from './put-back'

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/**
 * Erases places of one tab, found again by what they hold (safety S6); what slips into the moment between reading and
 * clearing is put back (safety S9). Returns how many are left: protected, or moved again and again. What was changed since
 * it was shown is left alone, and so is what an execution that died has erased already.
 */
export function erasePlaces(host: Host, sheet: number, places: readonly ErasedPlace[]): number {
  if (!host.sheets.find(sheet)) return 0
  const guards = readGuards(host, sheet)
  const whole = new Set(places.flatMap(({ print, columns }) => (columns ? [] : [print])))
  const columnsOf = new Map(places.flatMap(({ print, columns }) => (columns ? [[print, columns] as const] : [])))
  for (let round = 0; ; round++) {
    const list = readList(host, { sheet, headerRow: 0 })
    const rows = list.grid.map((cells) =>
      markOf(
        rowPrint(
          cells.map(({ text }) => text),
          -1,
        ),
      ),
    )
    const left = rows.flatMap((print, row) => (whole.has(print) || columnsOf.has(print) ? [row] : []))
    const open = left.filter((row) => !isProtected(guards, row, columnsOf.get(rows[row]!) ?? list.headers.keys()))
    if (open.length === 0 || round === MAX_ROUNDS) return left.length
    const cells = open.flatMap((row) => (columnsOf.get(rows[row]!) ?? []).map((column): Cell => ({ row, column, text: '' })))
    const taken = open.filter((row) => whole.has(rows[row]!))
    if (cells.length > 0) clearCells(host, { sheet, list, cells })
    else removeRows(host, { sheet, list, rows: taken })
  }
}

function isProtected(guards: Guards, row: number, columns: Iterable<number>): boolean {
  return [...columns].some((column) => guards(row, column).protected)
}

interface InTab {
  readonly sheet: number
  readonly list: ListNow
}

function removeRows(host: Host, { sheet, list, rows }: InTab & { readonly rows: readonly number[] }): void {
  // A tab cannot lose all its rows.
  host.sheets.growTo(sheet, { rows: list.grid.length + 1, columns: 0 })
  const taken = takeRows(host, sheet, rows, list.grid)
  giveBackLost(host, sheet, { before: list, after: readList(host, { sheet, headerRow: 0 }), taken, added: [] })
}

type Cell = { readonly row: number; readonly column: number; readonly text: '' }

function clearCells(host: Host, { sheet, list, cells }: InTab & { readonly cells: readonly Cell[] }): void {
  const area = areaAround(cells)
  const notes = host.sheets.notes(sheet, area)
  const noteAt = (row: number, column: number) => notes[row - area.row]?.[column - area.column] ?? ''
  // Notes first: killed in between, the row is found again by its cells.
  host.sheets.clearNotes(sheet, areasOf(cells.filter(({ row, column }) => noteAt(row, column) !== '')))
  host.sheets.clear(sheet, areasOf(cells))
  host.sheets.flush()
  const after = readList(host, { sheet, headerRow: 0 })
  const cleared = new Set(cells.map(({ column }) => column))
  // Without another column nothing tells a row from others: what is nowhere any more comes back below.
  if (list.headers.every((_, column) => cleared.has(column))) {
    giveBackLost(host, sheet, { before: list, after, taken: [...new Set(cells.map(({ row }) => row))], added: [] })
    return
  }
  const before = { ...list, targets: {} }
  const now = { ...after, targets: {} }
  const held = beforeStruck(before, now, takenPlaces(before, now, cells))
  if (held.length === 0) return
  restoreCells(
    host,
    sheet,
    held.map(({ place, cell }) => ({ row: place.row, column: place.column, cell, format: undefined })),
  )
  const lost = held.flatMap(({ place, from }) => {
    const text = from ? noteAt(from.row, from.column) : ''
    return text === '' ? [] : [{ row: place.row, column: place.column, text }]
  })
  host.sheets.writeNotes(sheet, toBlocks(lost, { contiguous: 'areas' }))
  host.sheets.flush()
}
