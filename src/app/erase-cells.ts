import type { ErasedPlace } from './erasure-record'
import { markOf, printOf } from './find-person'
import type { Guards } from './guards'
import { readGuards } from './guards'
import type { Host } from './host'
import type { ListNow } from './merge-list'
import { readList, readNotes, takeOut } from './merge-list'
import { setCells } from './set-cells'

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
    const rows = list.grid.map((cells) => markOf(printOf(cells)))
    const left = rows.flatMap((print, row) => (whole.has(print) || columnsOf.has(print) ? [row] : []))
    const open = left.filter((row) => !isProtected(guards, row, columnsOf.get(rows[row]!) ?? list.headers.keys()))
    if (open.length === 0 || round === MAX_ROUNDS) return left.length
    const cells = open.flatMap((row) => (columnsOf.get(rows[row]!) ?? []).map((column) => ({ row, column, text: '' })))
    const taken = open.filter((row) => whole.has(rows[row]!))
    if (cells.length > 0) setCells(host, { sheet, list, cells })
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
  takeOut(host, { sheet, headerRow: 0 }, { before: list, notes: readNotes(host, sheet, list), rows })
}
