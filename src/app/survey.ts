import type { Field } from '../domain/field'
import { hashText } from '../domain/hash'
import { Problem } from '../domain/problem'
import { columnLetter } from '../sheet/a1'
import type { Grid } from '../sheet/grid'
import type { RowLead } from '../sheet/leads'
import { readLeads } from '../sheet/leads'
import type { Mapping } from '../sheet/mapping'
import { markSpills } from '../sheet/spills'
import { findHeaderRow, guessMapping, mappingOf } from '../sheet/mapping'
import type { ColumnView, RunRequest, Scope } from './api-types'
import type { Host, SheetInfo } from './host'
import type { PlannedColumn } from './run-record'
import { countryOf } from './vendors'

// Enough to tell a column of emails from one of names.
const SAMPLE_ROWS = 100

/** A tab as it was read at one moment. */
export interface Survey {
  readonly sheet: SheetInfo
  /** Everything from A1 to the last used cell. */
  readonly grid: Grid
  readonly usedColumns: number
  /** Zero-based sheet row of the headers. */
  readonly headerRow: number
  readonly headers: readonly string[]
  readonly columns: readonly ColumnView[]
  readonly mapping: Mapping
  /** One for each row under the headers. */
  readonly rows: readonly RowLead[]
}

/** How a tab is read: what a person corrected in its mapping, and of how many rows at most. */
export interface Surveying {
  readonly mapping: RunRequest['mapping']
  readonly mostRows?: number
}

/** Reads a tab and understands its columns. Throws a Problem when there is nothing to understand. */
export function surveySheet(
  host: Host,
  sheet: SheetInfo,
  { mapping: corrections, mostRows = Infinity }: Surveying,
): Survey {
  const used = host.sheets.used(sheet.id)
  if (used.rows === 0) {
    throw new Problem(
      `The tab "${sheet.name}" is empty. Paste your list into it, with names for the columns in the first row.`,
    )
  }
  const grid = markSpills(
    host.sheets.read(sheet.id, { row: 0, column: 0, rows: Math.min(used.rows, mostRows), columns: used.columns }),
  )
  const headerRow = findHeaderRow(grid)
  if (headerRow === undefined) {
    throw new Problem(
      `The tab "${sheet.name}" has no row of column names. Put names such as First name, Last name, Company and Website in its first row.`,
    )
  }
  const headers = grid[headerRow]!.map((cell) => headerOf(cell.text))
  const body = grid.slice(headerRow + 1)
  if (body.every((row) => row.every((cell) => cell.text === ''))) {
    throw new Problem(`The tab "${sheet.name}" has column names but no rows. Add your leads under them.`)
  }
  const guesses = guessMapping(
    headers,
    body.slice(0, SAMPLE_ROWS).map((row) => row.map((cell) => (cell.kind === 'error' ? '' : cell.text))),
  )
  const columns = headers.map((header, column): ColumnView => {
    const guess = guesses.find((one) => one.column === column)
    const corrected = corrections[String(column)]
    return {
      column,
      letter: columnLetter(column),
      header,
      field: corrected === undefined ? (guess?.field ?? null) : corrected,
      how: corrected === undefined ? (guess?.how ?? 'none') : 'you',
      examples: examplesOf(body, column),
    }
  })
  const mapping = mappingOf(columns)
  const rows = readLeads({ grid: body, firstRow: headerRow + 1, mapping, country: countryOf(host) })
  return { sheet, grid, usedColumns: used.columns, headerRow, headers, columns, mapping, rows }
}

/** A tab, or why there is nothing to understand in it. */
export function tryToSurvey(host: Host, sheet: SheetInfo, surveying: Surveying): Survey | Problem {
  try {
    return surveySheet(host, sheet, surveying)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

// Headers are kept in the record of a run, of which 9 KB can be kept (platform.md section 1).
const LONGEST_HEADER = 80

/** A column's name: the text of its header, of which a long one is cut. */
export function headerOf(text: string): string {
  return text.slice(0, LONGEST_HEADER)
}

/** The sheet rows selected or all; what else a scope leaves out is decided by the caller, who knows what is wanted. */
export function rowsInScope(host: Host, survey: Survey, scope: Scope): readonly RowLead[] {
  if (scope !== 'selected') return survey.rows
  const areas = host.sheets.selection()
  return survey.rows.filter(({ row }) => areas.some((area) => row >= area.row && row < area.row + area.rows))
}

/** Whether a row has nothing at all in the mapped columns. */
export function isBlank(row: RowLead): boolean {
  return Object.values(row.cells).every((cell) => cell.text.trim() === '')
}

function examplesOf(body: Grid, column: number): readonly string[] {
  const examples: string[] = []
  for (const row of body) {
    const text = row[column]?.text.trim() ?? ''
    if (text !== '' && !examples.includes(text)) examples.push(text.slice(0, 60))
    if (examples.length === 2) break
  }
  return examples
}

/** The columns of fields by header, so that they are found again after columns moved. */
export function plannedColumns(headers: readonly string[], places: Mapping): readonly PlannedColumn[] {
  return (Object.entries(places) as [Field, number][]).map(([field, column]) => {
    const header = headers[column] ?? ''
    // Whoever types beside the list makes another column without a name.
    const isTwin = header === '' || headers.filter((text) => text === header).length > 1
    return { field, header, column, ...(isTwin && { twin: headersHash(headers, column) }) }
  })
}

/** Equal while the headers up to a column are the same. */
export function headersHash(headers: readonly string[], column: number): string {
  return hashText(JSON.stringify(headers.slice(0, column + 1))).slice(0, 16)
}
