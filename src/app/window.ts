import { Problem } from '../domain/problem'
import type { Slot } from '../domain/slot'
import { columnOrigins } from '../sheet/column-origins'
import type { Grid } from '../sheet/grid'
import type { RowLead } from '../sheet/leads'
import { readLeads } from '../sheet/leads'
import type { Mapping } from '../sheet/mapping'
import { locate } from '../sheet/row-key'
import { markSpills } from '../sheet/spills'
import type { Host } from './host'
import type { KeptPlan, RunRow } from './planned-rows'
import type { RunPlan, RunTarget } from './run-record'
import { targetsOf } from './run-record'
import { headerOf, headersHash } from './survey'
import { countryOf } from './vendors'

/** The sheet of a run as it stands now, with the planned rows found again in it (safety S6). */
export interface Standing {
  readonly grid: Grid
  readonly headerRow: number
  readonly headers: readonly string[]
  /** Where the columns that tell who a row is about are now. */
  readonly mapping: Mapping
  /** Where each wanted field is written now, and where its better values are. */
  readonly targets: { readonly [S in Slot]?: number }
  /** Where the fields of a row are now, those that tell who it is about and those that are written. */
  readonly fields: Mapping
  /** The row lead of a planned row, or undefined when it is not there any more. */
  rowOf(planned: number): RowLead | undefined
}

/** What reading a run's sheet needs: its rows as they were planned. */
export interface Locating {
  readonly host: Host
  readonly run: RunPlan
  readonly planned: readonly RunRow[]
  /** What to do about a wanted column that is not there any more: a problem unless it says otherwise. */
  readonly lostTargets?: 'leave_out'
  /**
   * The list as it was right before something was written, to be looked at whatever became of its headers: a column that tells
   * who a row is about and lost its header is known by its place, or left out.
   */
  readonly seen?: Standing
}

/** Reads the sheet once and finds the planned columns and rows in it. Throws a Problem when the tab or a column is gone. */
export function readStanding({ host, run, planned, lostTargets, seen }: Locating): Standing {
  const sheet = host.sheets.find(run.sheet)
  if (!sheet)
    throw new Problem(`The tab "${run.sheetName}" was deleted. Restore it (Edit > Undo), then go on.`, 'try_again')
  const grid = markSpills(host.sheets.readAll(sheet.id))
  const headerRow = findHeaders(grid, run, lostTargets)
  const headers = (grid[headerRow] ?? []).map((cell) => headerOf(cell.text))
  const isThere = (planned: RunTarget) => placesOf(planned, headers).length === 1
  const find = (columns: readonly RunTarget[]) => findColumns(lostTargets ? columns.filter(isThere) : columns, headers)
  const inputs = inputsOf(run)
  const told = seen ? tellColumns(inputs, { seen, headers }) : findColumns(inputs, headers)
  const mapping = { ...told, ...find(run.columns.filter((one) => !inputs.includes(one))) }
  const fields = { ...mapping, ...find(run.targets) }
  const rows = readLeads({
    grid: grid.slice(headerRow + 1),
    firstRow: headerRow + 1,
    mapping: fields,
    country: countryOf(host),
  })
  const places = locate(planned, rows, run.wanted)
  return {
    grid,
    headerRow,
    headers,
    mapping,
    targets: find(targetsOf(run)),
    fields,
    rowOf: (index) => {
      const place = places[index]
      return place === undefined ? undefined : rows[place]
    },
  }
}

/** The columns that still have their headers, and those that lost it, where they were among the others. */
function tellColumns(
  inputs: readonly RunTarget[],
  { seen, headers }: { readonly seen: Standing; readonly headers: readonly string[] },
): { readonly [S in Slot]?: number } {
  const isThere = (planned: RunTarget) => placesOf(planned, headers).length === 1
  const before: { readonly [S in Slot]?: number } = seen.mapping
  const origins = [...columnOrigins(seen.headers, headers)]
  const lost = inputs.flatMap((planned) => {
    const place = isThere(planned) ? undefined : origins.find(([, was]) => was === before[planned.field])
    return place ? [[planned.field, place[0]] as const] : []
  })
  return { ...Object.fromEntries(lost), ...findColumns(inputs.filter(isThere), headers) }
}

/** The sheet of one of the last runs as it stands now; undefined when a column is not there any more. */
export function tryToStand(host: Host, { plan, rows }: KeptPlan): Standing | undefined {
  try {
    return readStanding({ host, run: plan, planned: rows, lostTargets: 'leave_out' })
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

// Titles that somebody puts above the headers take no more rows than this.
const ROWS_ABOVE = 20

/** The row that holds the planned headers now: where it was, unless rows were put above it or taken away. */
function findHeaders(grid: Grid, run: RunPlan, lostTargets: Locating['lostTargets']): number {
  const rowWith = (planned: readonly RunTarget[]): number => {
    const holds = (row: number) => {
      const texts = new Set(grid[row]?.map((cell) => headerOf(cell.text)))
      return planned.every(({ header }) => texts.has(header))
    }
    if (holds(run.headerRow)) return run.headerRow
    return grid.slice(0, run.headerRow + ROWS_ABOVE).findIndex((_, row) => holds(row))
  }
  const whole = rowWith([...run.columns, ...run.targets])
  const row = whole < 0 && lostTargets ? rowWith(inputsOf(run)) : whole
  return row < 0 ? run.headerRow : row
}

/** The columns that tell who a row is about and are not written. */
function inputsOf({ columns, targets }: RunPlan): readonly RunTarget[] {
  return columns.filter(({ field }) => !targets.some((target) => target.field === field))
}

/** Where a column may be now. One of several with one header is told by its place alone, while nothing before it moved. */
function placesOf({ header, column, twin }: RunTarget, headers: readonly string[]): readonly number[] {
  if (twin !== undefined && headersHash(headers, column) === twin) return [column]
  return headers.flatMap((text, index) => (text === header ? [index] : []))
}

/** The columns where they are now: where their header went. */
function findColumns<S extends Slot>(
  columns: readonly RunTarget<S>[],
  headers: readonly string[],
): { readonly [T in S]?: number } {
  const mapping: { [T in S]?: number } = {}
  for (const planned of columns) {
    const { field, header } = planned
    const places = placesOf(planned, headers)
    if (places.length !== 1) {
      throw new Problem(
        places.length === 0
          ? `The column "${header}" is not there any more. Put it back or rename it again, then go on.`
          : `There are several columns "${header}" now. Give them different names, then go on.`,
        'try_again',
      )
    }
    mapping[field] = places[0]!
  }
  return mapping
}
