import type { Field } from '../domain/field'
import { Problem } from '../domain/problem'
import type { RunRequest } from './api-types'
import type { Host, SheetInfo } from './host'
import { loadPlannedRows } from './planned-rows'
import { loadRun } from './run-record'
import { readStanding } from './window'

/** The rows that the last run worked on, as they stand now. */
export interface LastRun {
  readonly sheet: SheetInfo
  /** The columns as that run took them. */
  readonly mapping: RunRequest['mapping']
  readonly rows: ReadonlySet<number>
}

/** Finds the rows of the last run again. Throws a Problem when there is none or its tab or columns are gone. */
export function findLastRun(host: Host): LastRun {
  const run = loadRun(host)
  const sheet = run && host.sheets.find(run.sheet)
  if (!run || !sheet)
    throw new Problem('The tab of the last run is not there any more. Select rows yourself.', 'reload')
  const planned = loadPlannedRows(host, run)
  const standing = readStanding({ host, run, planned, lostTargets: 'leave_out' })
  const fields = Object.entries(standing.fields) as readonly (readonly [Field, number])[]
  const rows = planned.flatMap(({ inRun }, index) => (inRun ? (standing.rowOf(index)?.row ?? []) : []))
  return { sheet, mapping: Object.fromEntries(fields.map(([field, column]) => [column, field])), rows: new Set(rows) }
}
