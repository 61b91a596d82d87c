import type { Lead } from '../domain/lead'
import { Problem } from '../domain/problem'
import { headersPrint } from '../domain/row-print'
import { columnLetter } from '../sheet/a1'
import type { Grid } from '../sheet/grid'
import { readLeads } from '../sheet/leads'
import type { Mapping } from '../sheet/mapping'
import { moveFormula } from '../sheet/moved-cell'
import type { Api, BuilderView, FormulaPriceView, InsertedView } from './api-types'
import { FIND_READERS } from './find-formulas'
import { formulaCreditsToday, loadFormulaSpending } from './formula-spending'
import { isOneCall } from './formula-source'
import { readGuards } from './guards'
import { loadHistory, notePast } from './history'
import type { Host, SheetInfo } from './host'
import { priceLookUp } from './look-up'
import { endOpenMerge } from './merge'
import { check, claim, finishBatches, keep, readLooks, working } from './merge-batch'
import type { MergedGroup } from './merge-log'
import { formulaCell, logBatch } from './merge-log'
import type { ListNow } from './merge-list'
import { formulaColumns, readList, requireColumns, requireSheet } from './merge-list'
import type { MergeRecord } from './merge-record'
import { addColumns, requireRoom } from './new-columns'
import type { Survey } from './survey'
import { surveySheet } from './survey'
import { textOf } from './formula-cells'
import { countryOf } from './vendors'

// As many rows as a formula takes.
const MOST_ROWS = 10_000

// Rows of a batch: what is on record, written and read back in some seconds.
const BATCH_ROWS = 500

// A batch takes some seconds; the rest of an execution is for the next call.
const SLICE_MS = 20_000

/** What the builder of formulas shows: the columns of the active tab and what formulas may spend. */
export function viewBuilder(host: Host): BuilderView {
  const sheet = host.sheets.active()
  const survey = surveySheet(host, sheet, { mapping: {} })
  const { isOn, perDay } = loadFormulaSpending(host)
  return {
    sheet: { id: sheet.id, name: sheet.name },
    mark: headersPrint(survey.headers),
    headerRow: survey.headerRow,
    rows: rowsOf(survey, -1).length,
    lastRow: survey.grid.length - 1,
    columns: survey.columns,
    spending: { isOn, left: Math.max(0, perDay - formulaCreditsToday(host)) },
  }
}

/** What a function may cost at most down the rows of a tab whose keys stand in these columns. */
export function priceFormula(host: Host, ask: Parameters<Api['priceFormula']>[0]): FormulaPriceView {
  const survey = surveySheet(host, requireSheet(host, ask.sheet), { mapping: {} })
  requireColumns(survey.headers, ask.mark)
  const { about, columns } = ask
  const rowsRead = rowsOf(survey, -1).map((row) => survey.grid[row]!)
  const leads =
    about === 'row'
      ? leadsIn(host, rowsRead, mappingIn(survey.mapping, columns))
      : rowsRead.flatMap((row) => FIND_READERS[about](columns.map((column) => textOf(row[column]?.text))) ?? [])
  const { leads: rows, free, worst } = priceLookUp(host, leads.slice(0, MOST_ROWS), ask.fields)
  return { rows, free, worst }
}

function mappingIn(mapping: Mapping, columns: readonly number[]): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, column]) => columns.includes(column)))
}

function leadsIn(host: Host, grid: Grid, mapping: Mapping): readonly Lead[] {
  const rows = readLeads({ grid, firstRow: 0, mapping, country: countryOf(host) })
  return rows.flatMap(({ lead }) => (Object.keys(lead).length > 0 ? [lead] : []))
}

/**
 * Writes a formula down new columns at the right of a tab, one a row or one for all, as far as one slice goes: called again
 * until it is whole. Undone like a run.
 */
export function insertFormulas(host: Host, ask: Parameters<Api['insertFormulas']>[0]): InsertedView {
  if (!isOneCall(ask.formula)) throw new Problem('Only a formula of Enrich can be inserted here.')
  endOpenMerge(host, ask.change)
  const sheet = requireSheet(host, ask.sheet)
  const end = Math.min(host.now() + SLICE_MS, host.deadline - SLICE_MS)
  const begin = { sheet: ask.sheet, headerRow: ask.headerRow, what: 'formulas' as const }
  let isWhole = false
  let column = -1
  const merge = working(host, claim(host, ask.change, begin), (held) => {
    let now = finishBatches(host, held)
    const header = openColumns(host, now, { ask, sheet })
    do {
      // Looked for each time: somebody may insert or move columns meanwhile.
      const list = readList(host, now)
      column = list.headers.indexOf(header)
      if (column < 0) requireColumns(list.headers, ask.mark)
      const planned = planFormulas(host, now, { ask, list, column })
      isWhole = planned === now
      now = finishBatches(host, planned)
    } while (!isWhole && host.now() < end)
    return now
  })
  return { change: ask.change, inserted: merge.rows, isWhole, column: columnLetter(column) }
}

type Ask = Parameters<Api['insertFormulas']>[0]

/** The header of the first new column; they are made, and on record, where this change has none yet. */
function openColumns(
  host: Host,
  held: MergeRecord,
  { ask, sheet }: { readonly ask: Ask; readonly sheet: SheetInfo },
): string {
  const survey = surveySheet(host, sheet, { mapping: {} })
  const made = loadHistory(host).find(({ id }) => id === held.id)?.added ?? []
  if (made.length > 0 && survey.headers.includes(made[0]!)) return made[0]!
  requireColumns(survey.headers, ask.mark)
  requireRoom(host, survey, survey.usedColumns)
  const headers = ask.headers.map((header) => freeHeader(survey, header))
  check(host, held)
  notePast(host, held.id, { added: headers })
  addColumns(host, survey, { after: survey.usedColumns - 1, headers })
  return headers[0]!
}

function freeHeader({ headers }: Survey, header: string): string {
  let name = header
  for (let number = 2; headers.includes(name); number++) name = `${header} ${number}`
  return name
}

/** Puts the next formulas on record; the same record where none is left to be written. */
function planFormulas(
  host: Host,
  held: MergeRecord,
  { ask, list, column }: { readonly ask: Ask; readonly list: ListNow; readonly column: number },
): MergeRecord {
  const guards = readGuards(host, held.sheet)
  const first = held.headerRow + 1
  const all = rowsOf({ grid: list.grid, headerRow: held.headerRow }, column)
  const wanted = ask.way === 'whole' ? all.filter((row) => row === first) : all
  const isFree = (row: number) => {
    const cell = list.grid[row]?.[column]
    const around = guards(row, column)
    return (cell?.text ?? '') === '' && cell?.formula !== true && !around.protected && !around.merged
  }
  const rows = wanted.filter(isFree).slice(0, BATCH_ROWS)
  if (rows.length === 0) return held
  const look = readLooks(host, held.sheet, { list, rows })
  // The new columns fill as soon as the formula stands there.
  const own = ask.headers.map((_, at) => column + at)
  const groups = rows.map((row): MergedGroup => {
    const before = look(row).cells[column] ?? { text: '', kind: 'empty' as const, formula: false, format: 'General' }
    const after = formulaCell(moveFormula(ask.formula, first, row))
    const loose = [...formulaColumns(list, row), ...own]
    return { keep: { row, texts: textsOf(list, row), cells: [{ column, before, after }], loose }, gone: [] }
  })
  check(host, held)
  logBatch(host, held, groups)
  return keep(host, { ...held, batches: held.batches + 1 })
}

function textsOf({ grid, group }: ListNow, row: number): readonly string[] {
  return grid[row]!.map(({ text }, column) => (column === group ? '' : text))
}

/** Rows under the headers that hold anything beside a column. */
function rowsOf({ grid, headerRow }: Pick<Survey, 'grid' | 'headerRow'>, beside: number): readonly number[] {
  return grid.flatMap((cells, row) =>
    row > headerRow && cells.some(({ text, formula }, at) => at !== beside && (text !== '' || formula)) ? [row] : [],
  )
}
