import type { Field } from '../domain/field'
import type { FieldResult, OpenLead } from '../domain/job'
import { isFinished, retire } from '../engine/job'
import { isWritten } from './cell-status'
import { MOST_READY } from './fill-window'
import { keepLease } from './lease'
import type { Ahead, Tally } from './run-record'
import { countCell } from './run-record'
import type { Slice } from './slice'
import { PAID_MARGIN_MS, condensed } from './slice'
import type { RowResult } from './write-results'
import { writeResults } from './write-results'

// Cells fill this often while a slice runs, the first ones of a run sooner. In a large list, where reading or writing
// takes seconds, less often: it is to take a third of the time at most.
const WRITE_EVERY_MS = 20_000
const FIRST_WRITE_MS = 4_000
const WRITE_PAUSES = 2

/** Whether what is ready should be written now rather than with what comes next. */
export function isWriteDue(slice: Slice): boolean {
  const ready = readyLeads(slice)
  if (ready.length === 0) return false
  if (firstPortion(slice, ready).length < ready.length) return true
  const pause = slice.run.done + slice.run.ahead.rows === 0 ? FIRST_WRITE_MS : WRITE_EVERY_MS
  return slice.host.now() - slice.lastWrite >= Math.max(pause, slice.sheetMs * WRITE_PAUSES)
}

// Outside of our own columns each run of adjacent cells takes two calls of 0.2 s (platform.md section 4b): so many are
// written well within what is left of an execution when it starts no wave any more.
const MAX_PIECES = 100

/** Rows whose search has ended and that are not written yet. */
export function readyLeads({ job, results }: Slice): readonly OpenLead[] {
  return job.leads.filter((lead) => isFinished(lead) && !results.has(lead.row))
}

/** The first leads, at least one, that are written in one go: so many, and in so many pieces, at most. */
function firstPortion({ run }: Slice, leads: readonly OpenLead[]): readonly OpenLead[] {
  const inBlocks = new Set(run.targets.filter(({ header }) => run.added.includes(header)).map(({ field }) => field))
  const last = new Map<Field, number>()
  let pieces = 0
  const end = leads.findIndex(({ row, results }, index) => {
    for (const [field, result] of Object.entries(results) as [Field, FieldResult][]) {
      if (result.kind !== 'accepted' || inBlocks.has(field)) continue
      if (last.get(field) !== row - 1) pieces++
      last.set(field, row)
    }
    return pieces > MAX_PIECES || index >= MOST_READY
  })
  return end < 0 ? leads : leads.slice(0, Math.max(1, end))
}

/** Writes everything that is ready, as long as the execution may last. */
export function writeAll(slice: Slice): void {
  const { host } = slice
  do write(slice)
  while (readyLeads(slice).length > 0 && host.now() < host.deadline - PAID_MARGIN_MS)
}

/** Writes a portion of what is ready and moves the cursor over the rows that are done. */
export function write(slice: Slice): void {
  const { host, run } = slice
  const begun = host.now()
  const portion = firstPortion(slice, readyLeads(slice))
  if (portion.length > 0) {
    const waiting = filledBefore(slice)
    const rows = new Set(portion.map(({ row }) => row))
    const { results, standing } = writeResults(slice, [...portion, ...waiting])
    slice.standing = standing ?? slice.standing
    for (const [row, result] of results) {
      if (rows.has(row)) slice.results.set(row, result)
      else slice.partial.set(row, countWritten(result))
    }
    slice.sheetMs = host.now() - begun
  }
  const unwritten = slice.job.leads.findIndex((lead) => !slice.results.has(lead.row))
  const retired = retire(slice.job, unwritten < 0 ? Infinity : unwritten)
  slice.job = retired.job
  const tally = { ...run.tally }
  let cells = 0
  let troubled = 0
  for (const lead of retired.finished) {
    const result = slice.results.get(lead.row) ?? {}
    addRow(tally, run.wanted, result)
    cells += countWritten(result)
    if (Object.values(result).includes('vendor_trouble')) troubled++
  }
  const last = retired.finished[retired.finished.length - 1]
  slice.run = keepLease(host, {
    ...slice.run,
    tally,
    cellsWritten: run.cellsWritten + cells,
    ahead: aheadOf(slice),
    troubled: run.troubled + troubled,
    confirmed: slice.writes.length(),
    notes: run.notes + cells,
    done: run.done + retired.finished.length,
    cursor: last === undefined ? run.cursor : last.row + 1,
    vendors: condensed(slice.job, host.now()),
    budget: slice.job.budget,
  })
  slice.lastWrite = host.now()
}

function countWritten(result: RowResult): number {
  return Object.values(result).filter(isWritten).length
}

/** Rows that wait for something and have wanted cells that are filled, perhaps by an earlier slice: nothing is written there. */
function filledBefore({ job, results, run }: Slice): readonly OpenLead[] {
  return job.leads
    .filter((lead) => !results.has(lead.row) && !isFinished(lead) && lead.missing.length < run.wanted.length)
    .map((lead) => ({ ...lead, results: {} }))
}

function addRow(tally: { [F in Field]?: Tally }, wanted: readonly Field[], result: RowResult): void {
  for (const field of wanted) tally[field] = countCell(tally[field], result[field] ?? 'row_gone')
}

/** What is done of the rows that the cursor has not passed: one that waits holds it back. */
function aheadOf({ job, results, partial, run }: Slice): Ahead {
  const tally: { [F in Field]?: Tally } = {}
  let rows = 0
  let cells = 0
  for (const { row } of job.leads) {
    const result = results.get(row)
    if (!result) cells += partial.get(row) ?? 0
    else {
      rows++
      addRow(tally, run.wanted, result)
    }
  }
  return { rows, tally, cells }
}

/** Writes what is found of rows that still wait for something: they stay open, but nobody has to wait for their cells. */
export function writeUnfinished(slice: Slice): void {
  const unfinished = slice.job.leads.filter(({ row }) => !slice.results.has(row))
  if (unfinished.length === 0) return
  for (const [row, result] of writeResults(slice, unfinished).results) {
    slice.partial.set(row, countWritten(result))
  }
  slice.run = { ...slice.run, ahead: aheadOf(slice), confirmed: slice.writes.length() }
}
