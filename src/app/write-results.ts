import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import { hashText } from '../domain/hash'
import type { FieldResult, OpenLead } from '../domain/job'
import type { Provider } from '../domain/provider'
import type { Decision } from '../rules/decide'
import { cellState, decide, judge } from '../rules/decide'
import { toBlocks } from '../sheet/blocks'
import { cellText } from '../sheet/cell-text'
import { mergeNote, provenanceNote } from '../sheet/note'
import { checkLease } from './lease'
import type { Guards, RunRow } from './prepare'
import type { LeftWhy } from './run-record'
import type { Store } from './store'
import type { Locating, Standing } from './window'
import { readStanding } from './window'
import { writeText } from './write-text'

// Safety S7: beyond that many notes a sheet becomes slow; values are written all the same.
const MAX_NOTES = 20_000

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/** What became of each wanted field of a row. */
export type RowResult = { readonly [F in Field]?: 'written' | LeftWhy }

/** What a run needs in order to write. */
export interface Writing extends Locating {
  readonly store: Store
  readonly providers: readonly Provider[]
  /** Read once a slice (safety S8). */
  readonly guards: Guards
}

interface CellPlan {
  readonly planned: number
  readonly field: Field
  readonly row: number
  readonly column: number
  readonly text: string
  readonly finding: Finding
}

/**
 * Writes the findings of finished leads into their rows, found again by key (safety S6), and reads them back. A value
 * that landed in another row because somebody sorted in between is put back and written again (safety S9).
 */
export function writeResults(writing: Writing, leads: readonly OpenLead[]): ReadonlyMap<number, RowResult> {
  const results = new Map<number, { [F in Field]?: 'written' | LeftWhy }>()
  const confirmed: CellPlan[] = []
  let open: readonly OpenLead[] = leads
  let last: Standing | undefined
  for (let round = 0; round < MAX_ROUNDS && open.length > 0; round++) {
    const before = readStanding(writing)
    const cells = planCells(writing, before, { leads: open, results })
    if (cells.length === 0) break
    writeCells(writing, cells)
    const after = readStanding(writing)
    last = after
    const misplaced = cells.filter((cell) => !stands(after, cell))
    confirmed.push(...cells.filter((cell) => stands(after, cell)))
    if (misplaced.length > 0) putBack(writing, { before, after, misplaced })
    const again = new Set(misplaced.map((cell) => cell.planned))
    open = open.filter((lead) => again.has(lead.row))
  }
  for (const lead of open) {
    for (const field of lead.missing) {
      if (
        results.get(lead.row)?.[field] === 'written' &&
        !confirmed.some((cell) => cell.planned === lead.row && cell.field === field)
      ) {
        results.get(lead.row)![field] = 'row_gone'
      }
    }
  }
  if (last) writeNotes(writing, confirmed, last)
  return results
}

function planCells(
  { run, store, planned, guards }: Writing,
  standing: Standing,
  given: { readonly leads: readonly OpenLead[]; readonly results: Map<number, { [F in Field]?: 'written' | LeftWhy }> },
): readonly CellPlan[] {
  const cells: CellPlan[] = []
  for (const lead of given.leads) {
    const result: { [F in Field]?: 'written' | LeftWhy } = given.results.get(lead.row) ?? {}
    given.results.set(lead.row, result)
    const row = standing.rowOf(lead.row)
    for (const field of run.wanted) {
      const column = standing.targets[field]
      if (!row || column === undefined) {
        result[field] = 'row_gone'
        continue
      }
      const cell = standing.grid[row.row]?.[column] ?? { text: '', kind: 'empty', formula: false }
      const last =
        cell.text === '' ? undefined : store.lastWrite({ sheet: run.sheet, row: rowKey(planned[lead.row]!), field })
      const state = cellState({ cell, ...guards(row.row, column), lastWrittenHash: last?.hash })
      if (state === 'ours' && last?.run === run.id) {
        result[field] = 'written'
        continue
      }
      const known = lead.results[field]
      const finding = known && known.kind !== 'none' ? known.finding : undefined
      const judged = known?.kind === 'accepted' ? 'good' : judge(finding, fieldInfo(field).threshold)
      const decision = decide(
        state,
        judged === 'good' && known?.kind !== 'accepted' ? 'below_threshold' : judged,
        'fill_empty',
      )
      result[field] = outcomeOf(decision, known)
      if (decision.action !== 'write' || !finding) continue
      cells.push({ planned: lead.row, field, row: row.row, column, text: cellText(finding.value), finding })
    }
  }
  return cells
}

function outcomeOf(decision: Decision, known: FieldResult | undefined): 'written' | LeftWhy {
  if (decision.action === 'write') return 'written'
  // The cell would have taken a value; why there is none is the engine's knowledge.
  if (decision.why === 'not_found' && known?.kind === 'none') return known.why
  return decision.why
}

function writeCells({ host, run, store, planned }: Writing, cells: readonly CellPlan[]): void {
  checkLease(host, run)
  store.append(
    cells.map((cell) => ({
      k: 'write',
      run: run.id,
      sheet: run.sheet,
      row: rowKey(planned[cell.planned]!),
      field: cell.field,
      hash: hashText(cell.text),
      before: '',
      at: host.now(),
    })),
  )
  checkLease(host, run)
  writeText(host, run.sheet, cells)
}

function stands(standing: Standing, cell: CellPlan): boolean {
  const row = standing.rowOf(cell.planned)
  const column = standing.targets[cell.field]
  return row !== undefined && column !== undefined && standing.grid[row.row]?.[column]?.text === cell.text
}

// What stands at the place of a misplaced value belongs to whichever row and column is there now: its own text from
// before the write is restored. The row is recognised by all its cells but those of the wanted columns
// and those that were struck.
function putBack(
  { host, run }: Writing,
  given: { readonly before: Standing; readonly after: Standing; readonly misplaced: readonly CellPlan[] },
): void {
  const { before, after, misplaced } = given
  const origins = columnOrigins(before.headers, after.headers)
  const outputs = new Set(Object.values(before.targets))
  const struck = new Set(misplaced.map(({ column }) => column))
  const inputs = [...origins].filter(([column, origin]) => !outputs.has(origin) && !struck.has(column))
  const identity = (cells: Standing['grid'][number] | undefined, columns: readonly number[]) =>
    JSON.stringify(columns.map((column) => cells?.[column]?.text ?? ''))
  const columnsBefore = inputs.map(([, origin]) => origin)
  const columnsNow = inputs.map(([column]) => column)
  const places = new Map(before.grid.map((cells, row) => [identity(cells, columnsBefore), row]))
  const restored = misplaced.flatMap(({ row, column, text }) => {
    if (after.grid[row]?.[column]?.text !== text) return []
    const originRow = places.get(identity(after.grid[row], columnsNow))
    const originColumn = origins.get(column)
    const known = originRow !== undefined && originColumn !== undefined
    return [{ row, column, text: (known ? before.grid[originRow]?.[originColumn]?.text : undefined) ?? '' }]
  })
  writeText(host, run.sheet, restored)
}

/** For each column as it stands now the place that it had before; a new column had none. */
function columnOrigins(before: readonly string[], now: readonly string[]): ReadonlyMap<number, number> {
  const origins = new Map<number, number>()
  const shift = now.length - before.length
  for (const [column, header] of now.entries()) {
    if (before[column] === header) {
      origins.set(column, column)
      continue
    }
    // Columns without a name of their own moved as those around them did.
    const moved = before.indexOf(header) === before.lastIndexOf(header) ? before.indexOf(header) : column - shift
    if (moved >= 0 && before[moved] === header) origins.set(column, moved)
  }
  return origins
}

function writeNotes({ host, run, providers }: Writing, cells: readonly CellPlan[], standing: Standing): void {
  if (cells.length === 0 || run.notes + cells.length > MAX_NOTES) return
  const placed = cells.flatMap((cell) => {
    const row = standing.rowOf(cell.planned)
    const column = standing.targets[cell.field]
    const text = row && column !== undefined ? standing.grid[row.row]?.[column]?.text : undefined
    return row && column !== undefined && text === cell.text ? [{ ...cell, row: row.row, column }] : []
  })
  if (placed.length === 0) return
  const top = Math.min(...placed.map((cell) => cell.row))
  const left = Math.min(...placed.map((cell) => cell.column))
  const area = {
    row: top,
    column: left,
    rows: Math.max(...placed.map((cell) => cell.row)) - top + 1,
    columns: Math.max(...placed.map((cell) => cell.column)) - left + 1,
  }
  const existing = host.sheets.notes(run.sheet, area)
  const notes = placed.map((cell) => {
    const provider = providers.find((one) => one.id === cell.finding.provenance.provider)
    const line = provenanceNote(cell.finding, provider ?? { name: cell.finding.provenance.provider, kind: 'vendor' })
    return {
      row: cell.row,
      column: cell.column,
      text: mergeNote(existing[cell.row - top]?.[cell.column - left] ?? '', line),
    }
  })
  host.sheets.writeNotes(run.sheet, toBlocks(notes, { contiguous: 'areas' }))
}

/** The key under which a row's last written values are kept. */
function rowKey(row: RunRow): string {
  return row.base === '' ? hashText(JSON.stringify(row.planned)) : row.base
}
