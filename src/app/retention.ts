import { DAY_MS } from '../domain/overwrite'
import { dayText } from '../engine/day'
import type { Periods, RetentionView } from './api-types'
import { fileSpending } from './caps'
import { forgetPast, loadHistory } from './history'
import type { Host } from './host'
import { readLedger, reviseCalls } from './ledger'
import { viewPending } from './merge-record'
import { keepPeriods, loadPeriods, loadRetention } from './periods'
import { settleLast } from './recover'
import { rewriteRows } from './rewrite-rows'
import { forgetRun, isOpen, loadRun } from './run-record'
import { alone } from './turn'
import { openStore, peekStore } from './store'
import type { Call, Kept } from './stored'
import { withLock } from './with-lock'

/** How long things are kept in this file, and what is older by now. */
export function viewRetention(host: Host): RetentionView {
  const periods = loadPeriods(host)
  const old = ages(host, periods)
  const store = peekStore(host)
  const changed = store.find((record) => old.revise(record) !== record)
  const gone = changed.filter((record) => old.revise(record) === undefined)
  return {
    periods,
    isSet: loadRetention(host) !== undefined,
    due: {
      answers: gone.length,
      values: changed.length - gone.length,
      runs: old.runs().length,
      requests: readLedger(host, store.calls()).calls.filter((call) => old.call(call) !== call).length,
    },
  }
}

/** Sets how long things are kept. */
export function saveRetention(host: Host, periods: Periods): RetentionView {
  keepPeriods(host, { periods, cleaned: '' })
  return viewRetention(host)
}

/** Removes what is older than it is kept. Each part done again comes to the same. Throws a Problem while a run works. */
export function clean(host: Host): RetentionView {
  const periods = loadPeriods(host)
  const work = () => {
    const old = ages(host, periods)
    const store = openStore(host)
    settleLast(host, store)
    const isDue = store.find((record) => old.revise(record) !== record).length > 0
    // Requests that stand in the journal still go into the ledger first.
    if (isDue || store.calls().some((call) => old.call(call) !== call)) store.revise(old.revise)
    reviseCalls(host, old.call)
    dropRuns(host, new Set(old.runs()))
    // Kept aside until somebody could have looked at it.
    host.table('damaged').reset([])
    host.sheets.flush()
    return viewRetention(host)
  }
  return alone(host, work, host.deadline)
}

/** Cleans once a day where a person has set the periods. */
export function cleanDaily(host: Host): void {
  const kept = loadRetention(host)
  const today = dayText(host.now())
  if (!kept || kept.cleaned === today) return
  clean(host)
  keepPeriods(host, { ...kept, cleaned: today })
}

interface Ages {
  readonly revise: (record: Kept) => Kept | undefined
  readonly call: (call: Call) => Call
  /** Ids of runs and merges. */
  readonly runs: () => readonly string[]
}

function ages(host: Host, { answers, runs, requests, fields }: Periods): Ages {
  const isOlder = (at: number, days: number) => host.now() - at >= days * DAY_MS
  return {
    revise(record) {
      // What was written tells whose a cell is; what may have been charged, or is on its way, is not paid again.
      if ('k' in record || record.outcome === 'pending') return record
      const { values = {}, foundAt = record.at, ...bare } = record
      const gone = record.outcome === 'maybe_charged' ? bare : undefined
      if (gone && !record.values) return record
      if (isOlder(foundAt, answers)) return gone
      const kept = Object.entries(values).filter(
        ([field]) => !isOlder(foundAt, fields[field as keyof typeof fields] ?? answers),
      )
      if (kept.length === Object.keys(values).length) return record
      return kept.length === 0 ? gone : { ...record, values: Object.fromEntries(kept) }
    },
    call: (call) => (call.keys !== '' && isOlder(call.at, requests) ? { ...call, keys: '' } : call),
    runs() {
      const last = loadRun(host)
      // What is to go on, or to be ended, needs its plan.
      const open = [last && isOpen(last) ? last.id : '', viewPending(host)?.id]
      return loadHistory(host).flatMap(({ id, at }) => (isOlder(at, runs) && !open.includes(id) ? [id] : []))
    },
  }
}

function dropRuns(host: Host, ids: ReadonlySet<string>): void {
  if (ids.size === 0) return
  // The rows keep their places: a later run knows its own by them.
  for (const name of ['rows', 'writes'] as const)
    rewriteRows(host.table(name), (cells) => (ids.has(cells[0] ?? '') ? ['', ''] : cells))
  host.sheets.flush()
  withLock(host, () => {
    const last = loadRun(host)
    forgetPast(host, ids)
    if (!last || !ids.has(last.id)) return
    fileSpending(host, last)
    forgetRun(host)
  })
}
