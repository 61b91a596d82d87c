import type { Area, CellRead } from '../sheet/grid'
import { findHeaderRow } from '../sheet/mapping'
import { isPending, PENDING } from '../sheet/pending'
import type { Api, FormulaCellsView, ValuesView } from './api-types'
import { waitingIn } from './finish-formulas'
import { originsOf, rememberOrigins } from './formula-origins'
import { callsOurs, reachOf } from './formula-source'
import { readGuards } from './guards'
import type { Host } from './host'
import { check, claim, finishBatches, keep, readLooks, working } from './merge-batch'
import type { ChangedCell, MergedGroup, SavedCell } from './merge-log'
import { fitsLog, logBatch } from './merge-log'
import type { ListNow } from './merge-list'
import { formulaColumns, readList, requireSheet } from './merge-list'
import type { MergeRecord } from './merge-record'
import { endOpenMerge } from './merge'
import { findingNote } from './vendors'

type Ask = Parameters<Api['turnIntoValues']>[0]

// Rows of a batch: what is on record, written and read back in some seconds.
const BATCH_ROWS = 500

// A batch takes some seconds; the rest of an execution is for the next call.
const SLICE_MS = 20_000

// Notes make a sheet slow: as many as a run writes (safety S7).
const MOST_NOTES = 20_000

/** How many formulas of ours the active tab has, and how many of them are selected. */
export function viewFormulaCells(host: Host): FormulaCellsView {
  const { id, name } = host.sheets.active()
  const grid = host.sheets.readAll(id)
  const areas = host.sheets.selection()
  const list = sortCells(grid, undefined)
  const selected = sortCells(grid, areas)
  return { sheet: { id, name }, areas, tab: countOf(list), selection: countOf(selected) }
}

/**
 * Puts values in the place of formulas of ours, in areas or in the whole tab, as far as one slice goes: called again until
 * there is nothing left to do. What waits or shows an error stays a formula. Undone like a run.
 */
export function turnIntoValues(host: Host, { change, sheet, areas }: Ask): ValuesView {
  endOpenMerge(host, change)
  requireSheet(host, sheet)
  const grid = host.sheets.readAll(sheet)
  const { ready } = sortCells(grid, areas ?? undefined)
  const headerRow = findHeaderRow(grid) ?? 0
  const end = Math.min(host.now() + SLICE_MS, host.deadline - SLICE_MS)
  const places = ready.map(({ row, column }) => `${row} ${column}`)
  const merge = working(host, claim(host, change, { sheet, headerRow, what: 'formulas' }), (held) => {
    let now = finishBatches(host, held)
    while (places.length > 0 && host.now() < end) {
      const planned = planValues(host, now, new Set(places.splice(0, BATCH_ROWS)))
      now = finishBatches(host, planned)
    }
    return now
  })
  const after = sortCells(host.sheets.readAll(sheet), areas ?? undefined)
  return { change, changed: merge.rows, isWhole: places.length === 0, ...countOf(after) }
}

interface Head {
  readonly row: number
  readonly column: number
  readonly cell: CellRead
}

/** Formulas of ours: those with a result, those that wait, and those that show an error. */
interface Sorted {
  readonly ready: readonly Head[]
  readonly pending: readonly Head[]
  readonly failed: readonly Head[]
}

function sortCells(grid: ReturnType<Host['sheets']['readAll']>, areas: readonly Area[] | undefined): Sorted {
  const heads = grid.flatMap((cells, row) =>
    cells.flatMap((cell, column): readonly Head[] =>
      cell.formula && callsOurs(String(cell.exact)) && isIn(areas, row, column) ? [{ row, column, cell }] : [],
    ),
  )
  const waiting = new Set(waitingIn(grid).map(({ row, column }) => `${row} ${column}`))
  const pending = heads.filter(({ row, column, cell }) => {
    return waiting.has(`${row} ${column}`) || cell.text.startsWith(PENDING) || isPending(cell.text)
  })
  const failed = heads.filter((head) => !pending.includes(head) && head.cell.kind === 'error')
  return { ready: heads.filter((head) => !pending.includes(head) && !failed.includes(head)), pending, failed }
}

function countOf({ ready, pending, failed }: Sorted): Pick<ValuesView, 'ready' | 'pending' | 'failed'> {
  return { ready: ready.length, pending: pending.length, failed: failed.length }
}

function isIn(areas: readonly Area[] | undefined, row: number, column: number): boolean {
  if (!areas) return true
  return areas.some(
    (area) =>
      row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns,
  )
}

/** Puts the next formulas on record, with what they may have spilled. */
function planValues(host: Host, held: MergeRecord, places: ReadonlySet<string>): MergeRecord {
  const list = readList(host, held)
  const guards = readGuards(host, held.sheet)
  // What it has spilled goes with it, and must be written again.
  const isWritable = ({ row, column }: Cell) => !guards(row, column).protected && !guards(row, column).rejecting
  const heads = sortCells(list.grid, undefined).ready.filter(
    (head) =>
      places.has(`${head.row} ${head.column}`) &&
      !guards(head.row, head.column).merged &&
      [head, ...reachedBy(list, head)].every(isWritable),
  )
  const spilled = heads.flatMap((head) => reachedBy(list, head))
  const rows = [...new Set([...heads, ...spilled].map(({ row }) => row))].sort((a, b) => a - b)
  const look = readLooks(host, held.sheet, { list, rows })
  const reached = spilled.map(({ column }) => column)
  const origins = originsOf(
    host,
    list.grid,
    heads.map(({ row, column, cell }) => ({ row, column, source: String(cell.exact) })),
  )
  rememberOrigins(host, held, origins)
  const isNoted = held.rows + origins.size < MOST_NOTES
  const noteOn = (row: number, column: number, formula?: string) => {
    const origin = origins.get(`${row} ${column}`)
    const source = origin?.source ?? formula
    if (!isNoted || source === undefined) return {}
    const said = origin ? `${findingNote(host, origin.finding)}, ` : ''
    return { line: `${said}by the formula ${source}`.slice(0, LONGEST_LINE) }
  }
  const groups = rows.map((row): MergedGroup => {
    const saved = look(row).cells
    const cells = heads
      .filter((head) => head.row === row)
      .map(({ column, cell }): ChangedCell => {
        const before = saved[column] ?? { ...cell, format: 'General' }
        return { column, before, after: valueOf(before), ...noteOn(row, column, String(cell.exact)) }
      })
    const filled = spilled.filter((one) => one.row === row)
    const texts = list.grid[row]!.map(({ text }, column) => (column === list.group ? '' : text))
    return {
      keep: {
        row,
        texts,
        cells,
        loose: [...new Set([...formulaColumns(list, row), ...reached])],
        ...(filled.length > 0 && {
          spilled: filled.map(({ column }) => ({ ...valueOf(saved[column]!), column, ...noteOn(row, column) })),
        }),
      },
      gone: [],
    }
  })
  const fitting = groups.filter(fitsLog)
  check(host, held)
  if (fitting.length === 0) return held
  logBatch(host, held, fitting)
  return keep(host, { ...held, batches: held.batches + 1 })
}

// As long as our line in a note of a run (sheet/note.ts).
const LONGEST_LINE = 400

/** What stands there when the formula is gone: its result, as the kind that it is. */
function valueOf({ exact, text, kind, format }: SavedCell): SavedCell {
  const isText = kind === 'text' || kind === 'error'
  return {
    text,
    kind: kind === 'error' ? 'text' : kind,
    formula: false,
    format: isText ? TEXT_FORMAT : format,
    ...(kind === 'date' && typeof exact === 'number' && { exact }),
  }
}

// What we give every text that we write (safety S10).
const TEXT_FORMAT = '@'

interface Cell {
  readonly row: number
  readonly column: number
}

// Cells beside and below a formula that are filled but have no formula of their own: its result, or a person's.
function reachedBy({ grid }: ListNow, { row, column, cell }: Head): readonly Cell[] {
  const { rows, columns } = reachOf(String(cell.exact))
  const right = (grid[row] ?? []).findIndex((one, at) => at > column && one.formula)
  const endColumn = Math.min(column + columns, right < 0 ? (grid[row]?.length ?? 0) : right)
  const below = rows === 1 ? row + 1 : grid.findIndex((cells, at) => at > row && cells[column]?.formula === true)
  const endRow = below < 0 ? grid.length : below
  return grid.slice(row, endRow).flatMap((cells, y) =>
    cells.slice(column, endColumn).flatMap((one, x) => {
      const isHead = y === 0 && x === 0
      return isHead || one.formula || one.text === '' ? [] : [{ row: row + y, column: column + x }]
    }),
  )
}
