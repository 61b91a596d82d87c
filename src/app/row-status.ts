import type { Field } from '../domain/field'
import { rememberHashes } from '../domain/hash'
import { STATUSES } from '../domain/finding'
import { Problem } from '../domain/problem'
import { admit, openJob, recall } from '../engine/job'
import { takeUnlooked } from '../engine/questions'
import { isSuppressed } from '../privacy/suppression'
import type { CellState } from '../rules/decide'
import { cellState } from '../rules/decide'
import type { Area } from '../sheet/grid'
import type { RowsShown, RowStatus, VerdictsView } from './api-types'
import { judgeCell } from './cell-status'
import type { Host } from './host'
import { loadPlannedRows } from './planned-rows'
import { readGuards } from './prepare'
import type { RunRecord } from './run-record'
import { loadRun } from './run-record'
import type { Store } from './store'
import { openStore } from './store'
import { loadSuppression } from './suppressed'
import { askable, makeWorld } from './vendors'
import type { Standing } from './window'
import { readStanding } from './window'
import { rowKey } from './write-results'

/** The one status of each row of a run for one field, as it follows from the store and the sheet now. */
export interface StatusOfRows {
  readonly rows: readonly { readonly row: number | undefined; readonly status: RowStatus }[]
  /** How wide the list is. */
  readonly columns: number
}

/** Selects the rows of the current run in which a field has this status, and says how many they are. */
export function showRows(
  host: Host,
  ask: { readonly run: string; readonly field: Field; readonly status: RowStatus },
): RowsShown {
  const run = currentRun(host, ask.run)
  const { rows: all, columns } = statusOfRows(host, run, ask.field)
  const rows = all.flatMap(({ row, status }) => (row !== undefined && status === ask.status ? [row] : []))
  const shown = wholeRows(rows, columns).slice(0, MOST_AREAS)
  if (shown.length > 0) host.sheets.select(run.sheet, shown)
  return { found: rows.length, selected: shown.reduce((sum, area) => sum + area.rows, 0) }
}

/** Counts the statuses of addresses that stand in the rows of the current run. */
export function countVerdicts(host: Host, runId: string): VerdictsView {
  const run = currentRun(host, runId)
  const planned = loadPlannedRows(host, run)
  const standing = readStanding({ host, run, planned, hash: rememberHashes(), lostTargets: 'leave_out' })
  const column = standing.targets.email_status ?? -1
  const texts = planned.flatMap(({ inRun }, index) => {
    const row = inRun ? standing.rowOf(index)?.row : undefined
    return row === undefined ? [] : (standing.grid[row]?.[column]?.text ?? [])
  })
  return STATUSES.map((status) => ({ status, count: texts.filter((text) => text === status).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

function currentRun(host: Host, id: string): RunRecord {
  const run = loadRun(host)
  if (run?.id === id) return run
  throw new Problem('This run is not the current one any more. Look at the rows again.', 'reload')
}

// A selection of more pieces nobody can look through: our choice.
const MOST_AREAS = 1_000

/**
 * Works out the status of every row of a run for one of its fields. Nothing of it is kept: the store says what was
 * answered, the sheet what stands there.
 */
export function statusOfRows(host: Host, run: RunRecord, field: Field): StatusOfRows {
  const planned = loadPlannedRows(host, run)
  const standing = readStanding({ host, run, planned, hash: rememberHashes(), lostTargets: 'leave_out' })
  const store = openStore(host)
  const guards = readGuards(host, run.sheet)
  const stateOf = (index: number, one: Field): CellState | undefined => {
    const row = standing.rowOf(index)?.row
    const column = standing.targets[one]
    if (row === undefined || column === undefined) return undefined
    const cell = standing.grid[row]?.[column] ?? { text: '', kind: 'empty', formula: false }
    const last =
      cell.text === '' ? undefined : store.lastWrite({ sheet: run.sheet, row: rowKey(planned[index]!), field: one })
    return cellState({ cell, ...guards(row, column), lastWrittenHash: last?.hash })
  }
  const indexes = planned.flatMap(({ inRun }, index) => (inRun ? [index] : []))
  const known = recallRows(host, run, {
    store,
    standing,
    leads: indexes.map((row) => ({
      row,
      lead: standing.rowOf(row)?.lead ?? {},
      missing: run.wanted.filter((one) => stateOf(row, one) === 'empty'),
    })),
  })
  const suppression = loadSuppression(host)
  const pending: RowStatus = run.state === 'done' ? 'vendor_trouble' : 'not_asked'
  const rows = indexes.map((index): StatusOfRows['rows'][number] => {
    const row = standing.rowOf(index)
    const state = stateOf(index, field)
    if (!row || !state) return { row: undefined, status: 'row_gone' }
    if (state === 'ours') return { row: row.row, status: 'written' }
    if (state === 'empty' && isSuppressed(row.lead, suppression)) return { row: row.row, status: 'objected' }
    const open = known.get(index)
    const result = open?.results[field]
    if (state === 'empty' && !result) return { row: row.row, status: pending }
    const verdict = judgeCell(field, state, result)
    return { row: row.row, status: verdict.status === 'write' ? 'emptied' : verdict.why }
  })
  return { rows, columns: standing.headers.length }
}

function recallRows(
  host: Host,
  run: RunRecord,
  given: {
    readonly store: Store
    readonly standing: Standing
    readonly leads: Parameters<typeof admit>[1]
  },
): ReadonlyMap<number, ReturnType<typeof admit>['leads'][number]> {
  const setting = {
    world: makeWorld(host, {
      providers: askable(host, run.environment),
      wanted: run.wanted,
      learned: given.store.tallies(run.environment),
    }),
    now: host.now(),
  }
  const { id, environment, triedAt: startedAt, epoch, budget, vendors } = run
  const empty = openJob({ run: id, environment, startedAt, epoch, budget, vendors })
  const looked = { questions: new Set<string>(), leads: new WeakSet() }
  let job = admit(empty, given.leads, setting)
  for (;;) {
    const questions = takeUnlooked(job, setting.world, looked)
    if (questions.length === 0) return new Map(job.leads.map((lead) => [lead.row, lead]))
    job = recall(job, given.store.answers(questions), setting)
  }
}

function wholeRows(rows: readonly number[], columns: number): readonly Area[] {
  const areas: { row: number; column: number; rows: number; columns: number }[] = []
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = areas[areas.length - 1]
    if (last && last.row + last.rows === row) last.rows++
    else areas.push({ row, column: 0, rows: 1, columns })
  }
  return areas
}
