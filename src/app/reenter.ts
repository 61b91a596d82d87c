import { toBlocks } from '../sheet/blocks'
import type { Block } from '../sheet/grid'
import { callsOurs } from './formula-source'
import { readGuards } from './guards'
import type { Host } from './host'
import type { MergedGroup } from './merge-log'
import { formulaCell } from './merge-log'
import type { Lines } from './put-back'
import { beforeStruck, linesOf, putBackStruck, restoreCells, takenPlaces } from './put-back'

/** A formula and the cell that holds it. */
export interface Entered {
  readonly row: number
  readonly column: number
  readonly source: string
}

/** Formulas that are to be entered again, as they are put on record before. */
export function enteredGroups(cells: readonly Entered[]): readonly MergedGroup[] {
  return cells.map((one) => ({
    keep: {
      row: one.row,
      texts: [],
      cells: [{ column: one.column, before: formulaCell(one.source), after: formulaCell(marked(one.source)) }],
    },
    gone: [],
  }))
}

/** The formulas that a record of `enteredGroups` is about. */
export function enteredIn(groups: readonly MergedGroup[]): readonly Entered[] {
  return groups.flatMap(({ keep: { row, cells } }) =>
    cells.map(({ column, before }) => ({ row, column, source: String(before.exact) })),
  )
}

// More than a person types there: what begins so was left by us, wherever its row and column are by now and whatever they
// made of what it refers to.
const MARK = ' '.repeat(7)

// Google runs a formula again whose text has changed (platform.md section 2).
function marked(source: string): string {
  return `=${MARK}${source.slice(1)}`
}

function isMarked(source: string): boolean {
  return source.startsWith(`=${MARK}`) && callsOurs(source)
}

/** A formula without our spaces. */
export function unmarked(source: string): string {
  return isMarked(source) ? `=${source.slice(1 + MARK.length)}` : source
}

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/** Tells which cells this person can enter a formula in. */
export function openIn(host: Host, sheet: number): (cell: Pick<Entered, 'row' | 'column'>) => boolean {
  const guards = readGuards(host, sheet)
  return ({ row, column }) => !guards(row, column).protected && !guards(row, column).rejecting
}

/**
 * Makes formulas run again: each is written with spaces in it and then as it was. Done again after a kill it comes to the
 * same. A formula is never taken away, and a cell that holds anything else by now is left alone.
 */
export function reenter(host: Host, sheet: number, cells: readonly Entered[]): void {
  const before = linesOf(host.sheets.readAll(sheet))
  const open = cells.filter(openIn(host, sheet))
  rewrite(host, sheet, { before, cells: open.map((one) => ({ ...one, source: marked(one.source) })) })
  leaveAsBefore(host, sheet, cells)
}

/**
 * Takes our spaces out of formulas that were entered again, wherever their rows are by now; returns how many of them stand
 * where they stood. What stands in cells that are protected from this person waits for somebody else.
 */
export function leaveAsBefore(host: Host, sheet: number, cells: readonly Entered[]): number {
  let lines = linesOf(host.sheets.readAll(sheet))
  const isOpen = openIn(host, sheet)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const open = markedIn(lines).filter(isOpen)
    if (open.length === 0) break
    lines = rewrite(host, sheet, { before: lines, cells: open })
  }
  const held = new Set(formulasOf(lines).map(placeOf))
  return cells.filter((one) => held.has(placeOf(one))).length
}

function placeOf({ row, column, source }: Entered): string {
  return `${row} ${column} ${source}`
}

function formulasOf({ grid }: Lines): readonly Entered[] {
  return grid.flatMap((cells, row) =>
    cells.flatMap(({ formula, text }, column) => (formula ? [{ row, column, source: text }] : [])),
  )
}

function markedIn(lines: Lines): readonly Entered[] {
  return formulasOf(lines).flatMap((one) => (isMarked(one.source) ? [{ ...one, source: unmarked(one.source) }] : []))
}

/**
 * Writes formulas into the cells that hold them, our spaces aside, as they are looked at right before. Rows that somebody
 * moved into the way in the one call between get back what they held (safety S9). Gives the tab as it was read last.
 */
function rewrite(
  host: Host,
  sheet: number,
  { before, cells }: { readonly before: Lines; readonly cells: readonly Entered[] },
): Lines {
  const read = () => linesOf(host.sheets.readAll(sheet))
  const writes = blocksOf(cells).flatMap(({ row, column, texts }) => {
    const rows = texts.length
    const held = host.sheets.read(sheet, { row, column, rows, columns: 1 })
    const same = texts.flatMap(([text = ''], y) => {
      const cell = held[y]?.[0]
      const isHere = cell?.formula && unmarked(String(cell.exact)) === unmarked(text)
      return isHere ? [{ row: row + y, column, source: text }] : []
    })
    host.sheets.writeExact(
      sheet,
      blocksOf(same).map((block) => ({ row: block.row, column, kind: 'formulas', values: block.texts })),
    )
    return same.map((one) => ({ ...one, text: one.source }))
  })
  if (writes.length === 0) return before
  host.sheets.flush()
  const after = read()
  return putBackStruck({
    after,
    struck: takenPlaces(before, after, writes),
    restore(list, struck) {
      const held = beforeStruck(before, list, struck)
      const restored = held.map(({ place, cell }) => ({ ...place, cell, format: undefined }))
      restoreCells(host, sheet, restored)
      return restored
    },
    read,
  })
}

function blocksOf(cells: readonly Entered[]): readonly Block[] {
  return toBlocks(
    cells.map(({ row, column, source }) => ({ row, column, text: source })),
    { contiguous: 'runs' },
  )
}
