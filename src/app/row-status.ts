import type { Field } from '../domain/field'
import { VERDICT_FIELDS, verifiedBy } from '../domain/field'
import type { Finding } from '../domain/finding'
import { STATUSES } from '../domain/finding'
import { Problem } from '../domain/problem'
import type { Slot } from '../domain/slot'
import { besideOf } from '../domain/slot'
import type { Job } from '../domain/job'
import { admit, openJob, recall } from '../engine/job'
import { takeUnlooked } from '../engine/questions'
import { PHONE_TYPES } from '../normalize/phone'
import { cellState } from '../rules/decide'
import type { Area } from '../sheet/grid'
import type { RowLead } from '../sheet/leads'
import type { RowsShown, RowStatus, VerdictsView } from './api-types'
import { isFailure, judgeCell } from './cell-status'
import type { Host } from './host'
import { loadPlannedRows } from './planned-rows'
import { readGuards } from './guards'
import { askedAs } from './repeats'
import { asAsked, lastUnder, rejectedUnder, ruleIn, stillThere } from './replaced'
import type { RunRecord } from './run-record'
import { loadRun } from './run-record'
import type { LastWrite, Store } from './store'
import { openStore } from './store'
import { watchSuppression } from './suppressed'
import { makeNormalize, makeWorld, vendorsOf, withoutRefresh } from './vendors'
import type { Standing } from './window'
import { readStanding } from './window'
import { isWrittenBy, keysOf } from './write-results'

/** What was found for a cell and waits in Review. */
export interface Candidate {
  /** Position in the run's planned rows. */
  readonly index: number
  readonly row: RowLead
  /** What the cell holds. */
  readonly text: string
  /** The best first; none that a person rejected. */
  readonly findings: readonly Finding[]
}

/** The one status of each row of a run for one field, as it follows from the store and the sheet now. */
export interface StatusOfRows {
  readonly rows: readonly {
    readonly row: number | undefined
    readonly status: RowStatus
    /** What is on record about the value that stands there. */
    readonly last?: LastWrite
    /** What waits for a person to decide. */
    readonly candidate?: Candidate
  }[]
  /** The list as it was read for it. */
  readonly standing: Standing
}

/** Selects the rows of the current run in which a field has this status, and says how many they are. */
export function showRows(
  host: Host,
  ask: { readonly run: string; readonly field: Field; readonly status: RowStatus },
): RowsShown {
  const run = currentRun(host, ask.run)
  const { rows: all, standing } = statusOfRows(host, run, ask.field)
  const rows = all.flatMap(({ row, status }) => (row !== undefined && status === ask.status ? [row] : []))
  return select(host, run, { rows, columns: standing.headers.length })
}

/** Selects the rows of the current run in which something went wrong with any field, and says how many they are. */
export function showFailed(host: Host, runId: string): RowsShown {
  const run = currentRun(host, runId)
  const fields = run.wanted.map(statusesOf(host, run, () => true))
  const rows = fields.flatMap(({ rows: all }) =>
    all.flatMap(({ row, status }) => (row !== undefined && isFailure(status) ? [row] : [])),
  )
  return select(host, run, { rows: [...new Set(rows)], columns: fields[0]?.standing.headers.length ?? 0 })
}

function select(
  host: Host,
  run: RunRecord,
  { rows, columns }: { readonly rows: readonly number[]; readonly columns: number },
): RowsShown {
  const shown = wholeRows(rows, columns).slice(0, MOST_AREAS)
  if (shown.length > 0) host.sheets.select(run.sheet, shown)
  return { found: rows.length, selected: shown.reduce((sum, area) => sum + area.rows, 0) }
}

/** Counts the statuses of addresses, or the types of numbers, that stand in the rows of the current run. */
export function countVerdicts(host: Host, runId: string): VerdictsView {
  const run = currentRun(host, runId)
  const planned = loadPlannedRows(host, run)
  const standing = readStanding({ host, run, planned, lostTargets: 'leave_out' })
  const what = verifiedBy(run.wanted) ?? 'email'
  const column = standing.targets[VERDICT_FIELDS[what]] ?? -1
  const words = what === 'email' ? STATUSES : (['invalid', ...PHONE_TYPES] as const)
  const texts = planned.flatMap(({ inRun }, index) => {
    const row = inRun ? standing.rowOf(index)?.row : undefined
    return row === undefined ? [] : (standing.grid[row]?.[column]?.text ?? [])
  })
  return words
    .map((status) => ({ status, count: texts.filter((text) => text === status).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

/** The current run. Throws a Problem when it is another one. */
export function currentRun(host: Host, id: string): RunRecord {
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
  return statusesOf(host, run, () => true)(field)
}

/** The same for any field of a run, read once, for those of its planned rows that `isMeant`. */
export function statusesOf(
  host: Host,
  run: RunRecord,
  isMeant: (planned: number) => boolean,
): (field: Field) => StatusOfRows {
  const planned = loadPlannedRows(host, run)
  const standing = readStanding({ host, run, planned, lostTargets: 'leave_out' })
  const store = openStore(host)
  const guards = readGuards(host, run.sheet)
  const lookAt = (index: number, one: Slot) => {
    const row = standing.rowOf(index)?.row
    const column = standing.targets[one]
    if (row === undefined || column === undefined) return undefined
    const cell = standing.grid[row]?.[column] ?? { text: '', kind: 'empty', formula: false }
    const last =
      cell.text === '' ? undefined : lastUnder(store, keysOf(planned[index]!), { sheet: run.sheet, field: one })
    return { cell, last, state: cellState({ cell, ...guards(row, column), last }) }
  }
  const indexes = planned.flatMap(({ inRun }, index) => (inRun && isMeant(index) ? [index] : []))
  const places = indexes.flatMap((index) =>
    keysOf(planned[index]!).flatMap((row) =>
      (Object.keys(standing.targets) as Slot[]).map((field) => ({ sheet: run.sheet, row, field })),
    ),
  )
  store.readWrites(places)
  store.readRejected(places)
  const normalize = makeNormalize(host)
  const known = recallRows(host, run, {
    store,
    standing,
    leads: indexes.map((index) => {
      const row = standing.rowOf(index)
      if (!row) return { row: index, lead: {}, missing: [] }
      const isOpen = (one: Slot) => lookAt(index, one)?.state === 'empty'
      const { like, replaces = {} } = planned[index]!
      if (like) return { row: index, ...askedAs({ host, run, planned }, standing, { like, isOpen }) }
      return { row: index, ...asAsked({ run, normalize }, row, { isOpen, replaces }) }
    }),
  })
  const isSuppressed = watchSuppression(host)
  const pending: RowStatus = run.state === 'done' ? 'vendor_trouble' : 'not_asked'
  const statusOf = (index: number, field: Field): StatusOfRows['rows'][number] => {
    const row = standing.rowOf(index)
    const at = lookAt(index, field)
    if (!row || !at) return { row: undefined, status: 'row_gone' }
    const { state, cell, last } = at
    const replaced = stillThere(planned[index]!.replaces?.[field], cell.text)
    if (isWrittenBy(run, state, { cell, last }) || (state === 'ours' && !replaced))
      return { row: row.row, status: 'written', ...(last && { last }) }
    const rule = ruleIn(run, field)
    const beside = rule.kind === 'beside' ? lookAt(index, besideOf(field)) : undefined
    if (beside && isWrittenBy(run, beside.state, beside)) return { row: row.row, status: 'put_beside' }
    const isOpen =
      (state === 'empty' && !('known' in rule)) || (replaced !== undefined && (!beside || beside.state === 'empty'))
    const asked = known.get(index)
    const isHeld = isSuppressed(row.lead) || (planned[index]!.like && asked && isSuppressed(asked.lead))
    if (isOpen && isHeld) return { row: row.row, status: 'objected' }
    const result = asked?.results[field]
    if (isOpen && !result) return { row: row.row, status: pending }
    const rejected = rejectedUnder(store, keysOf(planned[index]!), { sheet: run.sheet, field })
    const target = { field, state, text: cell.text, rule, replaced, rejected, normalize }
    const verdict = judgeCell(target, result)
    switch (verdict.status) {
      case 'write':
      case 'write_beside':
        return { row: row.row, status: 'emptied' }
      case 'leave':
        return { row: row.row, status: verdict.why }
      case 'review':
        return {
          row: row.row,
          status: verdict.why,
          candidate: { index, row, text: cell.text, findings: verdict.findings },
        }
    }
  }
  return (field) => ({
    rows: indexes.map((index) => statusOf(index, field)),
    standing,
  })
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
    world: withoutRefresh(
      makeWorld(host, {
        providers: vendorsOf(host, run),
        wanted: run.wanted,
        learned: given.store.tallies(run.environment),
      }),
    ),
    now: host.now(),
  }
  const { id, environment, triedAt: startedAt, epoch, budget, vendors } = run
  const questions = new Set<string>()
  const known = (knownVendors: RunRecord['vendors']): Job => {
    const empty = openJob({ run: id, environment, startedAt, epoch, budget, vendors: knownVendors })
    const looked = { questions, leads: new WeakSet() }
    let job = admit(recall(empty, given.store.answers(questions), setting), given.leads, setting)
    for (;;) {
      const unlooked = takeUnlooked(job, setting.world, looked)
      if (unlooked.length === 0) return job
      job = recall(job, given.store.answers(unlooked), setting)
    }
  }
  // Nothing is looked for at a vendor that was given up, and yet it may have answered before: that is learned first.
  const isGivenUp = Object.values(vendors).some(({ dropped }) => dropped)
  if (isGivenUp) known({})
  return new Map(known(vendors).leads.map((lead) => [lead.row, lead]))
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
