import type { Job } from '../domain/job'
import type { Lead } from '../domain/lead'
import { Problem } from '../domain/problem'
import type { Provider } from '../domain/provider'
import { openJob } from '../engine/job'
import { condense } from '../engine/limits'
import type { LookedUp } from '../engine/questions'
import type { World } from '../engine/world'
import { peekCaps, withRoom } from './caps'
import type { Guards } from './guards'
import { readGuards } from './guards'
import type { Host } from './host'
import { findKey } from './keys'
import { keepLease } from './lease'
import { loadPlannedRows } from './planned-rows'
import type { Account, Usage } from './quota'
import { isHalfUsed, loadAccount, loadUsage } from './quota'
import { recover } from './recover'
import type { RunRecord } from './run-record'
import type { Store } from './store'
import { openStore } from './store'
import type { StoredKey } from './stored'
import { suppressionMark, watchSuppression } from './suppressed'
import { coverTest } from './transfers'
import { askable, goneSentence, isAgreedTo, makeWorld, withoutPublicCalls } from './vendors'
import type { Locating, Standing } from './window'
import type { RowResult } from './write-results'
import type { WriteLog } from './written'
import { openWriteLog } from './written'

/** Safety S2: no paid wave starts later than this before the execution must end. */
export const PAID_MARGIN_MS = 60_000

// A lease is prolonged when less than this is left of it.
const LEASE_SPARE_MS = 30_000

/** A nap between looks at the stop button. */
export const NAP_MS = 1_000

/** Everything that one execution holds in its hands. */
export interface Slice extends Locating {
  readonly providers: readonly Provider[]
  readonly world: World
  readonly store: Store
  readonly writes: WriteLog
  readonly results: Map<number, RowResult>
  readonly looked: LookedUp
  readonly guards: Guards
  readonly isSuppressed: (lead: Lead) => boolean
  /** Tells whether somebody added to the list since the open leads were looked at. */
  suppressionMark: string
  /** Planned rows whose person is on the suppression list by now. */
  readonly held: Set<number>
  /** How many cells are written in rows that still wait for something. */
  readonly partial: Map<number, number>
  readonly keys: ReadonlyMap<string, StoredKey | undefined>
  run: RunRecord
  job: Job
  /** The next planned row to admit. */
  next: number
  lastWrite: number
  /** The list as it was read last. */
  standing: Standing | undefined
  /** How long the last reading or writing of the list took. */
  sheetMs: number
  readonly account: Account
  usage: Usage
  /** Requests of `usage` that are not on record yet. */
  uncounted: number
  /** Whether public sources are left out. */
  readonly halfUsed: boolean
  /** The caps of the file that it works under. */
  readonly caps: string | undefined
  /** How long it takes to put a wave on record before it is sent, as it took last. */
  prepareMs: number
}

/** Reads what an execution needs to work on a run that it holds. Throws a Problem while somebody has to decide about the store. */
export function openSlice(host: Host, held: RunRecord): Slice {
  const account = loadAccount(host)
  const usage = loadUsage(host)
  const isOfReceipt = (one: Provider) => !isAgreedTo(one) || held.vendorsAtStart.includes(one.id)
  const all = askable(host, held.environment).filter(coverTest(host)).filter(isOfReceipt)
  const halfUsed = isHalfUsed(account, usage)
  const providers = halfUsed ? withoutPublicCalls(all) : all
  const store = openStore(host)
  const run = held.lane ? held : atWork(host, recover(host, held, store))
  const { lane, lanes } = run
  if (lane) store.share()
  const world = makeWorld(host, { providers, wanted: run.wanted, learned: store.tallies(run.environment) })
  const isSuppressed = watchSuppression(host, 'ahead')
  return {
    host,
    providers,
    world: { ...world, isSuppressed },
    store,
    writes: openWriteLog(host),
    planned: loadPlannedRows(host, run),
    results: new Map(),
    looked: { questions: new Set(), leads: new WeakSet() },
    guards: guardsOnDemand(host, run.sheet),
    suppressionMark: suppressionMark(host),
    isSuppressed,
    held: new Set(),
    partial: new Map(),
    keys: new Map(providers.map((provider) => [provider.id, findKey(host, run.environment, provider)])),
    run,
    job: openJob({
      run: run.id,
      environment: run.environment,
      startedAt: run.triedAt,
      epoch: run.epoch,
      budget: run.budget,
      vendors: run.vendors,
      awake: [],
      ...(lane && lanes && { lane: { index: lane.index, of: lanes.of, since: lanes.since, deal: run.epoch } }),
    }),
    next: run.cursor,
    lastWrite: host.now(),
    standing: undefined,
    sheetMs: 0,
    account,
    usage,
    uncounted: 0,
    halfUsed,
    caps: peekCaps(host),
    prepareMs: PREPARE_MS,
  }
}

// The room under the caps of the file is counted once a slice: one that sees them changed is the last under the old ones.
function atWork(host: Host, run: RunRecord): RunRecord {
  return { ...run, budget: withRoom(host, run) }
}

/** Reads what stands around the cells of a tab when it is first asked for. */
function guardsOnDemand(host: Host, sheet: number): Guards {
  let guards: Guards | undefined
  return (row, column) => (guards ??= readGuards(host, sheet))(row, column)
}

/** Prolongs the lease of an execution that has waited long. */
export function stayHolder(slice: Slice): void {
  if (slice.run.leaseUntil - slice.host.now() < LEASE_SPARE_MS) slice.run = keepLease(slice.host, slice.run)
}

/** Throws a Problem when a vendor of the receipt cannot be asked any more: it would be passed over without a word. */
export function checkVendors({ host, run, providers }: Slice): void {
  const gone = run.vendorsAtStart.find((id) => !providers.some((provider) => provider.id === id))
  if (gone !== undefined) throw new Problem(goneSentence(host, gone), 'open_vendors')
}

/** What the calls before a wave take at least, by our estimate. */
export const PREPARE_MS = 300

/** How the vendors stand, small enough for the record of the run. */
export function condensed(job: Job, now: number): RunRecord['vendors'] {
  return Object.fromEntries(
    Object.entries(job.vendors).map(([id, state]) => {
      const calls = Object.entries(state.calls).map(([operation, ticks]) => [operation, condense(ticks, now)])
      return [id, { ...state, calls: Object.fromEntries(calls) as typeof state.calls }]
    }),
  )
}
