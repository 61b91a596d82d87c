import type { CellWrite } from '../sheet/blocks'
import { toBlocks } from '../sheet/blocks'
import { moveCell } from '../sheet/moved-cell'
import type { Grid, Host } from './host'
import type { ListNow } from './merge-list'
import { countTexts, readList, typedText } from './merge-list'
import type { Restored } from './put-back'
import {
  areaBeside,
  areasOf,
  beforeStruck,
  linesOf,
  makeRestore,
  putBackStruck,
  restoreCells,
  takenPlaces,
} from './put-back'
import { untouched, writeText } from './write-text'

/**
 * Writes texts into columns of ours beside a list as it was just read. Rows and columns that somebody moved into the way in
 * the one call between get back what they held (safety S9).
 */
export function setTexts(
  host: Host,
  { sheet, grid, cells }: { readonly sheet: number; readonly grid: Grid; readonly cells: readonly CellWrite[] },
): void {
  const before = linesOf(grid)
  const restore = makeRestore(host, sheet, { before, cells })
  const due = untouched(host, sheet, { cells, textOf: ({ row, column }) => grid[row]?.[column]?.text ?? '' })
  writeText(host, sheet, due)
  const read = () => linesOf(host.sheets.readAll(sheet))
  const after = read()
  putBackStruck({ after, struck: takenPlaces(before, after, due), restore, read })
}

/**
 * Writes texts into cells of a list as it was just read, an empty text clears a cell and its note. Rows and columns that
 * somebody moved into the way in the one call between get back what they held (safety S9).
 */
export function setCells(
  host: Host,
  { sheet, list, cells }: { readonly sheet: number; readonly list: ListNow; readonly cells: readonly CellWrite[] },
): void {
  const area = areaBeside(cells, list)
  const { column: left } = area
  const notes = host.sheets.notes(sheet, area)
  const formats = host.sheets.formats(sheet, area)
  const emptied = cells.filter(({ text }) => text === '')
  // Notes first: killed in between, the row is found again by its cells.
  host.sheets.clearNotes(sheet, areasOf(emptied.filter(({ row, column }) => notes[row]?.[column - left])))
  writeText(host, sheet, cells)
  const before = linesOf(list.grid)
  const read = () => {
    const now = readList(host, { sheet, headerRow: 0 })
    return { ...linesOf(now.grid), list: now }
  }
  const after = read()
  const first = struckIn(list, after.list, cells)
  putBackStruck({
    after,
    struck: first,
    // What is struck as the first are given back is known by its row alone.
    restore(now, open) {
      const struck: readonly StruckCell[] =
        open === first ? first : beforeStruck(before, now, open).map(({ place, from }) => ({ ...place, from }))
      const restored = struck.map(({ row, column, from }): Restored => {
        const held = from && list.grid[from.row]?.[from.column]
        const cell = held ? moveCell(held, from.row, row) : EMPTY
        return { row, column, cell, format: from && formats[from.row]?.[from.column - left] }
      })
      restoreCells(host, sheet, restored)
      const lost = struck.map(({ row, column, from }) => {
        return { row, column, text: (from && notes[from.row]?.[from.column - left]) ?? '' }
      })
      host.sheets.writeNotes(
        sheet,
        toBlocks(
          lost.filter(({ text }) => text !== ''),
          { contiguous: 'areas' },
        ),
      )
      host.sheets.flush()
      return restored
    },
    read,
  })
}

const EMPTY = { text: '', kind: 'empty', formula: false } as const

/** A cell that was written although it was not meant, and where what it held stood before; a new column held nothing. */
interface StruckCell extends CellWrite {
  readonly from?: Pick<CellWrite, 'row' | 'column'> | undefined
}

/** The cells that were written in other rows or columns than was meant. */
function struckIn(before: ListNow, after: ListNow, cells: readonly CellWrite[]): readonly StruckCell[] {
  const [was, is] = [linesOf(before.grid), linesOf(after.grid)]
  if (was.headers.join('\n') !== is.headers.join('\n'))
    return beforeStruck(was, is, takenPlaces(was, is, cells)).map(({ place, from }) => ({ ...place, from }))
  const meant = new Map<number, CellWrite[]>()
  for (const cell of cells) meant.set(cell.row, [...(meant.get(cell.row) ?? []), cell])
  const typedOf = ({ grid, group }: ListNow) => grid.map((cells) => typedText(cells, group))
  const now = typedOf(after)
  const left = countTexts({ texts: now }, new Set())
  const lost = new Set(
    typedOf(before).flatMap((text, row) => {
      if (meant.has(row)) return []
      const count = left.get(text) ?? 0
      left.set(text, count - 1)
      return count > 0 ? [] : [row]
    }),
  )
  return [...meant].flatMap(([row, own]) => {
    const from = [...lost].find((one) => now[row] === written(before, one, own))
    if (from === undefined) return []
    lost.delete(from)
    return own.map((cell) => ({ ...cell, from: { row: from, column: cell.column } }))
  })
}

// What a row would say if it were written by mistake.
function written({ grid, group }: ListNow, row: number, cells: readonly CellWrite[]): string {
  const line = [...grid[row]!]
  for (const { column, text } of cells) line[column] = { text, kind: 'text', formula: false }
  return typedText(line, group)
}
