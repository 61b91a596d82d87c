import type { Answer } from '../domain/answer'
import type { Field } from '../domain/field'
import type { Batch, DropReason, FieldResult, Job, OpenLead } from '../domain/job'
import type { Verdict } from '../domain/outcome'
import { rememberHashes } from '../domain/hash'
import { Problem } from '../domain/problem'
import type { HttpResponse, Provider } from '../domain/provider'
import type { NewLead } from '../engine/job'
import {
  admit,
  dropVendor,
  holdBack,
  isFinished,
  learn,
  openJob,
  recall,
  restVendor,
  retire,
  sentAt,
  windowOf,
} from '../engine/job'
import { LATE_MS, slotAt } from '../engine/lane'
import { condense } from '../engine/limits'
import type { Wave } from '../engine/next-batches'
import { afterWave, nextBatches } from '../engine/next-batches'
import type { LookedUp } from '../engine/questions'
import { questionsAbout, takeUnlooked } from '../engine/questions'
import { backoffMs, MAX_SETBACKS } from '../engine/retry'
import { settle } from '../engine/settle'
import { verdictOf } from '../engine/status'
import type { World } from '../engine/world'
import { findStep } from '../engine/world'
import { cloudflareDns } from '../providers/cloudflare_dns'
import { dns } from '../providers/dns'
import { cellState } from '../rules/decide'
import type { RowLead } from '../sheet/leads'
import { markOf } from './agreed'
import type { ProblemView, RunView } from './api-types'
import { noteBalances } from './balances'
import { reachedCap, withRoom } from './caps'
import { absorbClaims, countClaims, isAnyAsking } from './claims'
import type { Host, Sent, SignedRequest } from './host'
import { insist, isException } from './insist'
import { findKey, sign } from './keys'
import type { Entry, StoredKey } from './stored'
import { areLanesAtWork, askToJoin, isAnyJoining, joined } from './lanes'
import {
  checkLease,
  endLane,
  keepLease,
  LeaseLost,
  releaseLease,
  requireMine,
  shutOutLanes,
  takeInLanes,
  takeLease,
} from './lease'
import { loadPlannedRows } from './planned-rows'
import type { Guards } from './guards'
import { readGuards } from './guards'
import type { Account, Usage } from './quota'
import { countUsage, isHalfUsed, loadAccount, loadUsage, NEXT_STEP, usedUp } from './quota'
import type { Ahead, Rest, RunRecord, Tally } from './run-record'
import { recover } from './recover'
import { asAsked } from './replaced'
import { askToStop, countCell, countTroubled, isStopAsked, loadRun } from './run-record'
import { viewRun } from './view-run'
import { callOf } from './ledger'
import type { Store } from './store'
import { openStore } from './store'
import { suppressionMark, suppressLeads, watchSuppression } from './suppressed'
import { askable, goneSentence, makeWorld, withoutPublicCalls } from './vendors'
import type { Locating, Standing } from './window'
import { readStanding } from './window'
import type { RowResult } from './write-results'
import { settleWrites, writeResults } from './write-results'
import type { WriteLog } from './written'
import { openWriteLog } from './written'

/**
 * How long one execution works before it reports, at least: short enough to see progress, long enough to use rate
 * limits. In a large list, where reading it takes seconds, it works longer.
 */
export const SLICE_MS = 20_000

// Cells fill this often while a slice runs, the first ones of a run sooner. In a large list, where reading or writing
// takes seconds, less often: it is to take a third of the time at most.
const WRITE_EVERY_MS = 20_000
const FIRST_WRITE_MS = 4_000
const WRITE_PAUSES = 2

// More finished leads are written without waiting: what a slice holds in hand stays small.
const MOST_READY = 500

// A slice is at least this many readings of the list long, but leaves time to write what it found before it is killed.
const READS_A_SLICE = 20
const LONGEST_SLICE_MS = 120_000

// Long enough to see that all is done, or why not.
const LEFT_OVER_MS = 5_000

// Safety S2: no paid wave starts later than this before the execution must end.
const PAID_MARGIN_MS = 60_000

// A lease is prolonged when less than this is left of it.
const LEASE_SPARE_MS = 30_000

// Remarks kept with a run.
const MOST_REMARKS = 3

// A nap between looks at the stop button.
const NAP_MS = 1_000

// Vendors that want more time than this are waited for without a slice: looking at the stop button is counted by Google.
const LONGEST_WAIT_MS = 60_000

/** Works on a run for one slice and returns how it stands. Whoever calls it again goes on where this one ended. */
export function continueRun(host: Host, runId: string, workMs: number = SLICE_MS): RunView {
  const taken = takeLease(host, runId)
  if (!taken) return viewCurrent(host, runId)
  const begun = host.now()
  const slice = openOrPause(host, taken)
  if (!slice) return viewCurrent(host, runId)
  const held =
    attempt(slice, () => work(slice, workMs)) &&
    attempt(slice, () => addUpLanes(slice)) &&
    attempt(slice, () => foldStore(slice))
  if (!held) return viewCurrent(host, runId)
  slice.run = releaseLease(host, { ...slice.run, workedMs: slice.run.workedMs + host.now() - begun })
  return viewRun(host, slice.run)
}

// A lane that was not taken in asks again in another call.
const JOIN_MS = 25_000

/**
 * Works on a run as one of its lanes (safety S12): waits until the leading slice takes it in, asks its share of the
 * questions until that slice is over, and writes their answers into the journal; the leading slice writes the cells.
 * `place` (1 to 4) tells the lanes of one sidebar apart.
 */
export function joinRun(host: Host, runId: string, place: number): RunView {
  requireMine(host, runId)
  const ticket = askToJoin(host, runId, place)
  const end = host.now() + JOIN_MS
  let run = joined(host, { run: runId, place, ticket })
  while (!run && host.now() < end && isRunning(host, runId)) {
    host.sleep(NAP_MS)
    run = joined(host, { run: runId, place, ticket })
  }
  if (run) askShare(host, run)
  return viewCurrent(host, runId)
}

function isRunning(host: Host, runId: string): boolean {
  const run = loadRun(host)
  return run?.id === runId && run.state === 'running' && (run.rest?.until ?? 0) <= host.now()
}

function askShare(host: Host, run: RunRecord): void {
  const slice = openSlice(host, run)
  if (!attempt(slice, () => assist(slice))) return
  const { lane } = slice.run
  if (lane) attempt(slice, () => endLane(host, { ...slice.run, lane }))
}

/** Does a part of a slice; what fails pauses the run. Returns whether the lease is still held. */
function attempt(slice: Slice, part: () => void): boolean {
  try {
    part()
  } catch (error) {
    if (error instanceof LeaseLost) return false
    slice.run = { ...slice.run, state: 'paused', problem: problemOf(error, slice.run) }
  }
  return true
}

// What is in flight is settled by its reservation, which folding forgets (safety S1): nothing may be, here and on record.
function foldStore(slice: Slice): void {
  if (slice.run.inFlight.length > 0 || slice.run.lanes) return
  if (slice.store.isFoldDue()) slice.run = keepLease(slice.host, slice.run)
  else checkLease(slice.host, slice.run)
  slice.store.fold()
}

/** The run as it stands now. Throws a Problem when it is not the current one any more. */
export function viewCurrent(host: Host, runId: string): RunView {
  const run = loadRun(host)
  if (!run || run.id !== runId)
    throw new Problem('This run is not the current one any more. Look at the rows again.', 'reload')
  return viewRun(host, run)
}

const UNHEARD =
  'Google Sheets refused to keep the last answers. They count as maybe charged and are not asked again. Go on with the other rows.'

// A service of Google that fails throws an `Exception` with a localised text (platform.md section 9): nothing is lost,
// the next slice reads everything again. Anything else is a bug and is not hidden.
function problemOf(error: unknown, run: RunRecord): ProblemView {
  if (error instanceof Problem) return { message: error.message, action: error.action ?? null }
  if (isException(error)) {
    return {
      message:
        run.inFlight.length > 0
          ? UNHEARD
          : 'Google Sheets refused the last step. No answer is lost. Go on to try again.',
      action: 'try_again',
    }
  }
  throw error
}

/** Everything that one execution holds in its hands. */
interface Slice extends Locating {
  readonly providers: readonly Provider[]
  readonly world: World
  readonly store: Store
  readonly writes: WriteLog
  readonly results: Map<number, RowResult>
  readonly looked: LookedUp
  readonly guards: Guards
  /** Vendors that answered a free call in this execution. */
  readonly awake: Set<string>
  readonly isSuppressed: (lead: RowLead['lead']) => boolean
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
  /** Whether public sources are left out. */
  readonly halfUsed: boolean
  /** How long it takes to put a wave on record before it is sent, as it took last. */
  prepareMs: number
}

// A store that somebody has to decide about is no reason to hold the lease (safety S19).
function openOrPause(host: Host, held: RunRecord): Slice | undefined {
  try {
    return openSlice(host, held)
  } catch (error) {
    releaseLease(host, { ...held, state: 'paused', problem: problemOf(error, held) })
    return undefined
  }
}

function openSlice(host: Host, held: RunRecord): Slice {
  const account = loadAccount(host)
  const usage = loadUsage(host)
  const all = askable(host, held.environment)
  const halfUsed = isHalfUsed(account, usage)
  const providers = halfUsed ? withoutPublicCalls(all) : all
  const store = openStore(host)
  const run = held.lane ? held : atWork(host, recover(host, held, store))
  const { lane, lanes } = run
  if (lane) store.share()
  return {
    host,
    providers,
    world: makeWorld(host, { providers, wanted: run.wanted, learned: store.tallies(run.environment) }),
    store,
    writes: openWriteLog(host),
    planned: loadPlannedRows(host, run),
    hash: rememberHashes(),
    results: new Map(),
    looked: { questions: new Set(), leads: new WeakSet() },
    guards: guardsOnDemand(host, run.sheet),
    awake: new Set(),
    suppressionMark: suppressionMark(host),
    isSuppressed: watchSuppression(host),
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
      ...(lane && lanes && { lane: { index: lane.index, of: lanes.of, since: lanes.since, deal: run.epoch } }),
    }),
    next: run.cursor,
    lastWrite: host.now(),
    standing: undefined,
    sheetMs: 0,
    account,
    usage,
    halfUsed,
    prepareMs: PREPARE_MS,
  }
}

// The caps of the file are looked at once a slice: what is changed meanwhile holds from the next one on.
function atWork(host: Host, run: RunRecord): RunRecord {
  return { ...run, budget: withRoom(host, run) }
}

// The journal stands before anybody else appends to it: two executions cannot make one tab.
function takeIn(slice: Slice): void {
  slice.store.share()
  slice.run = takeInLanes(slice.host, slice.run)
  if (!slice.run.lanes) slice.store.unshare()
}

// What a formula asks at this moment is not asked a second time; while a run works none of them begins.
function takeInFormulas(slice: Slice): void {
  const { host } = slice
  if (slice.run.lanes || countClaims(host) === 0) return
  while (isAnyAsking(host)) {
    host.sleep(NAP_MS)
    if (slice.run.leaseUntil - host.now() < LEASE_SPARE_MS) slice.run = keepLease(host, slice.run)
  }
  checkLease(host, slice.run)
  absorbClaims(host, slice.store)
}

function work(slice: Slice, workMs: number): void {
  const { host } = slice
  takeInFormulas(slice)
  if (isAnyJoining(host, slice.run.id)) takeIn(slice)
  const begun = host.now()
  checkPlan(slice)
  checkVendors(slice)
  checkRules(slice)
  slice.standing = readStanding(slice)
  slice.sheetMs = host.now() - begun
  const remarks = settleWrites(slice, slice.standing)
  if (remarks.length > 0) {
    slice.run = { ...slice.run, remarks: [...slice.run.remarks, ...remarks].slice(-MOST_REMARKS) }
    slice.standing = readStanding(slice)
  }
  if (slice.run.lanes) lead(slice, slice.run.lanes.until)
  const long = Math.max(workMs, Math.min(slice.sheetMs * READS_A_SLICE, LONGEST_SLICE_MS))
  // After lanes it looks only at what they left to it.
  const end = Math.min(Math.max(begun + long, host.now() + LEFT_OVER_MS), host.deadline - PAID_MARGIN_MS)
  for (;;) {
    fillWindow(slice)
    host.document.refresh()
    if (isStopAsked(host, slice.run.id)) return stop(slice)
    // The next slice goes on without public sources.
    if (host.now() >= end || slice.halfUsed !== isHalfUsed(slice.account, slice.usage)) return write(slice)
    refreshSuppression(slice)
    const rest = Object.keys(slice.job.asks).length > 0 ? restFor(slice) : undefined
    // protects: 9
    if (rest) return goToRest(slice, rest)
    const now = host.now()
    if (wake(slice, now)) continue
    const next = nextBatches(slice.job, slice.world, now)
    slice.job = next.job
    switch (next.kind) {
      case 'wave':
        sendWave(slice, next.wave, now)
        break
      case 'wait':
        showRests(slice, now)
        if (next.at - now > LONGEST_WAIT_MS) return goToRest(slice, { because: 'vendors', until: next.at })
        // A trigger's time is counted by the day: it does not sit out a rest of a vendor.
        if (next.at >= end && workMs > SLICE_MS) return write(slice)
        if (slice.run.leaseUntil - host.now() < LEASE_SPARE_MS) slice.run = keepLease(host, slice.run)
        if (!isWriteDue(slice)) host.sleep(Math.max(1, Math.min(next.at - host.now(), NAP_MS)))
        break
      case 'idle':
        writeAll(slice)
        if (readyLeads(slice).length > 0) return
        if (slice.next >= slice.planned.length && slice.job.leads.length === 0) return finish(slice)
        if (slice.job.capped) return pauseAtCap(slice)
    }
    if (isWriteDue(slice)) write(slice)
  }
}

/** Leads lanes: hears what they ask and writes it, until they have nothing to do any more or their time is over. */
function lead(slice: Slice, until: number): void {
  const { host } = slice
  for (;;) {
    hear(slice)
    fillWindow(slice)
    host.document.refresh()
    if (isStopAsked(host, slice.run.id) || host.now() >= until || !areLanesAtWork(host, slice.run)) break
    refreshSuppression(slice)
    if (slice.run.leaseUntil - host.now() < LEASE_SPARE_MS) slice.run = keepLease(host, slice.run)
    if (isWriteDue(slice)) write(slice)
    else host.sleep(NAP_MS)
  }
  addUpLanes(slice)
}

/** Waits until all lanes have ended, and adds up what they did: from then on this slice is alone again. */
function addUpLanes(slice: Slice): void {
  const { host, store, world } = slice
  const { lanes } = slice.run
  if (!lanes) return
  // They see it before their next wave.
  if (host.now() < lanes.until) slice.run = keepLease(host, { ...slice.run, lanes: { ...lanes, until: host.now() } })
  while (areLanesAtWork(host, slice.run)) {
    host.sleep(NAP_MS)
    if (slice.run.leaseUntil - host.now() < LEASE_SPARE_MS) slice.run = keepLease(host, slice.run)
  }
  slice.run = shutOutLanes(host, slice.run)
  hear(slice)
  store.unshare()
  slice.run = keepLease(host, recover(host, slice.run, store))
  const { budget, vendors } = slice.run
  slice.job = { ...slice.job, budget, vendors }
  const known = store.answers(Object.keys(slice.job.asks))
  // What a lane had on its way when it died is on record as maybe charged by now.
  // protects: 2
  slice.job = recall(slice.job, known, { world, now: host.now() })
}

/** Takes in what others have answered since; who objected to them is suppressed by the leading slice. */
function hear(slice: Slice): void {
  const { host, world, store, run } = slice
  const own = run.lane && laneMark(slice.job)
  const answers = store
    .hear()
    .flatMap((entry) => (entry.k === 'answer' && !(own && entry.batch.startsWith(own)) ? [entry.answer] : []))
  if (answers.length === 0) return
  const objected = answers.flatMap(({ outcome, question }) =>
    outcome === 'objected' ? (slice.job.asks[question]?.rows ?? []) : [],
  )
  slice.job = learn(slice.job, answers, { world, now: host.now() })
  if (objected.length > 0 && !run.lane) suppressRows(slice, objected)
}

// A lane that waits for others so long leaves them to the leading slice: one of them may be gone.
const IDLE_MS = 8_000

// After so many silent waves a lane leaves it to the leading slice to find out why.
const LANE_SILENT = 2

/** Asks this lane's share of the questions until the lanes' time is over or it has nothing to do. */
function assist(slice: Slice): void {
  const { host } = slice
  checkVendors(slice)
  let busyAt = host.now()
  for (;;) {
    hear(slice)
    if (slice.job.leads.filter(isFinished).length * 2 >= slice.job.leads.length) slice.job = retire(slice.job).job
    fillWindow(slice)
    const until = checkLease(host, slice.run).lanes?.until ?? 0
    host.document.refresh()
    if (host.now() >= until || isStopAsked(host, slice.run.id)) return
    refreshSuppression(slice)
    const planned = slotAt(slice.job.lane, host.now() + slice.prepareMs)
    if (wake(slice, host.now())) continue
    const next = nextBatches(slice.job, slice.world, planned)
    slice.job = next.job
    switch (next.kind) {
      case 'wave':
        sendWave(slice, next.wave, planned)
        busyAt = host.now()
        if (slice.run.silent >= LANE_SILENT || isAnyDropped(slice)) return
        break
      case 'wait':
        if (next.for === 'limits') busyAt = host.now()
        if (next.job.capped || next.at >= until || host.now() - busyAt > IDLE_MS) return
        host.sleep(Math.max(1, Math.min(next.at - slice.prepareMs - host.now(), NAP_MS)))
        break
      case 'idle':
        slice.job = retire(slice.job).job
        if (slice.next >= slice.planned.length || slice.job.leads.length > 0) return
    }
  }
}

// Other lanes do not know it, and wait for what this one asks no more: alone, a slice goes on by itself.
function isAnyDropped({ job, run }: Slice): boolean {
  return Object.entries(job.vendors).some(([id, { dropped }]) => dropped && !run.vendors[id]?.dropped)
}

function laneMark({ run, epoch, lane }: Job): string {
  return `${run}.${epoch}.lane${lane?.index}.`
}

// Who watches is told why nothing moves: that is not worth waiting for the next writing.
function showRests(slice: Slice, now: number): void {
  const rests = (vendors: RunRecord['vendors']) =>
    Object.entries(vendors).flatMap(([id, { restUntil }]) => (restUntil > now ? [`${id} ${restUntil}`] : []))
  if (rests(slice.job.vendors).join() === rests(slice.run.vendors).join()) return
  slice.run = keepLease(slice.host, { ...slice.run, vendors: condensed(slice.job, now) })
}

function isWriteDue(slice: Slice): boolean {
  const ready = readyLeads(slice)
  if (ready.length === 0) return false
  if (firstPortion(slice, ready).length < ready.length) return true
  const pause = slice.run.done + slice.run.ahead.rows === 0 ? FIRST_WRITE_MS : WRITE_EVERY_MS
  return slice.host.now() - slice.lastWrite >= Math.max(pause, slice.sheetMs * WRITE_PAUSES)
}

/**
 * Admits planned rows until the window is full, and gives them what the store knows already. The list is not read again
 * for it: a row that changed since costs a question at most, for it is found again before anything is written.
 */
function fillWindow(slice: Slice): void {
  const { host, planned, world } = slice
  const open = slice.job.leads.filter((lead) => !isFinished(lead)).length
  const window = windowOf(world)
  if (open < window && slice.job.leads.length < window + MOST_READY && slice.next < planned.length) {
    const standing = (slice.standing ??= readStanding(slice))
    const fresh: NewLead[] = []
    while (open + fresh.length < window && slice.next < planned.length) {
      const row = slice.next++
      if (!planned[row]!.inRun) continue
      const lead = standing.rowOf(row)
      const held = lead && slice.isSuppressed(lead.lead)
      if (held) slice.held.add(row)
      fresh.push({
        row,
        ...(lead && !held ? askedOf(slice, standing, { row, lead }) : { lead: lead?.lead ?? {}, missing: [] }),
      })
    }
    slice.job = holdBack(admit(slice.job, fresh, { world, now: host.now() }), slice.held, slice.run.wanted)
  }
  for (;;) {
    const questions = takeUnlooked(slice.job, world, slice.looked)
    if (questions.length === 0) return
    const known = slice.store.answers(questions)
    // protects: 2
    slice.job = recall(slice.job, known, { world, now: host.now() })
    suppressKnown(slice, known)
  }
}

// Who objected is on record before they are on the list: a slice that died in between, or a formula, which cannot write the
// list, left that to the next run.
function suppressKnown(slice: Slice, known: readonly Answer[]): void {
  const objected = new Set(known.flatMap(({ outcome, question }) => (outcome === 'objected' ? [question] : [])))
  if (objected.size === 0 || slice.run.lane) return
  const { world, job } = slice
  const isAbout = (lead: OpenLead): boolean =>
    questionsAbout(lead, { world, environment: job.environment }).some((question) => objected.has(question))
  const rows = job.leads.filter(isAbout).map(({ row }) => row)
  if (rows.length > 0) suppressRows(slice, rows)
}

// Only what could be written is worth asking.
function askedOf(
  { run, guards, planned, world }: Slice,
  standing: Standing,
  { row, lead }: { readonly row: number; readonly lead: RowLead },
): Omit<NewLead, 'row'> {
  const isOpen = (field: Field): boolean => {
    const column = standing.targets[field]
    if (column === undefined) return false
    const cell = standing.grid[lead.row]?.[column] ?? { text: '', kind: 'empty', formula: false }
    return cellState({ cell, ...guards(lead.row, column) }) === 'empty'
  }
  return asAsked({ run, normalize: world.normalize }, lead, { isOpen, replaces: planned[row]!.replaces ?? {} })
}

/** Reads what stands around the cells of a tab when it is first asked for. */
function guardsOnDemand(host: Host, sheet: number): Guards {
  let guards: Guards | undefined
  return (row, column) => (guards ??= readGuards(host, sheet))(row, column)
}

// The plan stands in a hidden tab, which everybody can delete (safety S17).
function checkPlan({ run, planned }: Slice): void {
  if (planned.filter((row) => row.inRun).length === run.total) return
  throw new Problem(
    'The plan of this run stood in a hidden tab, and somebody changed or deleted it. What was found is kept: make a new receipt to go on.',
    'new_receipt',
  )
}

// Who was in the receipt and cannot be asked any more would be passed over without a word.
function checkVendors({ host, run, providers }: Slice): void {
  const gone = run.vendorsAtStart.find((id) => !providers.some((provider) => provider.id === id))
  if (gone !== undefined) throw new Problem(goneSentence(host, gone), 'open_vendors')
}

// What a run costs was agreed to with its receipt (safety S5).
function checkRules({ host, run }: Slice): void {
  if (run.rules === undefined || run.rules === markOf(host, 'run')) return
  throw new Problem(
    'Prices, or who is asked for a field, were changed since this run began. What was found is written. See what the rest costs now to go on.',
    'new_receipt',
  )
}

/**
 * A free call to every vendor with an account before it is asked, so that a paid wave holds only hosts that answered in
 * this execution (safety S2). Who does not answer rests; who refuses its key is not asked in this run. Returns whether
 * anybody was called.
 */
function wake(slice: Slice, now: number): boolean {
  const { host, world } = slice
  const asked = new Set(Object.values(slice.job.asks).map((ask) => ask.provider))
  const asleep = slice.providers.filter(
    (provider) =>
      provider.balance &&
      asked.has(provider.id) &&
      !slice.awake.has(provider.id) &&
      (slice.job.vendors[provider.id]?.restUntil ?? 0) <= now,
  )
  if (asleep.length === 0) return false
  awaitSlot(slice, slotAt(slice.job.lane, host.now()))
  const requests = asleep.map((provider) => sign(provider.balance!.request(), provider, slice.keys.get(provider.id)))
  const responses = sendFree(slice, requests)
  const replies = asleep.map((provider, index) => ({ provider, ...responses[index]! }))
  noteBalances(
    host,
    replies.filter(({ status, provider }) => verdictOf(status, provider) === undefined),
  )
  for (const { provider, status } of replies) {
    const verdict = verdictOf(status, provider)
    const drop = dropFor(verdict, provider, slice.job)
    if (drop) {
      slice.job = dropVendor(slice.job, { provider: provider.id, ...drop }, { world, now: host.now() })
    } else if (verdict) {
      const failures = (slice.job.vendors[provider.id]?.setbacks ?? 0) + 1
      slice.job = restVendor(slice.job, provider.id, host.now() + backoffMs(failures))
    } else slice.awake.add(provider.id)
  }
  return true
}

function dropFor(
  verdict: Verdict | undefined,
  { id, name }: Provider,
  job: Job,
): { readonly because: DropReason; readonly reason: string } | undefined {
  switch (verdict) {
    case undefined:
      return undefined
    case 'refused_credentials':
      return { because: 'credentials', reason: `${name} refused the key. Open Vendors and paste it again.` }
    case 'refused_credits':
      return {
        because: 'credits',
        reason: `${name} says its credits are used up. Top up there, or go on with other vendors.`,
      }
    default:
      if ((job.vendors[id]?.setbacks ?? 0) + 1 < MAX_SETBACKS) return undefined
      return { because: 'down', reason: `${name} did not answer for several minutes. Try again later.` }
  }
}

function sendWave(slice: Slice, wave: Wave, planned: number): void {
  const { host, world, store } = slice
  const begun = host.now()
  const requests = wave.batches.map((batch) => signBatch(slice, batch))
  // The reservation is on record, in the journal and then in the counters, before anything is sent (safety S1, S4): what
  // the counters speak of and the journal lacks was taken away by somebody.
  useQuota(slice, wave.kind === 'paid' ? requests.length : 0)
  checkLease(host, slice.run)
  // protects: 1
  store.append(
    wave.batches.map((batch) => ({
      k: 'reserve',
      batch: batch.id,
      questions: batch.questions,
      worst: batch.worst,
      at: host.now(),
    })),
  )
  slice.run = keepLease(host, {
    ...slice.run,
    budget: slice.job.budget,
    inFlight: wave.batches.map((batch) => ({ batch: batch.id, worst: batch.worst })),
    journal: store.place(),
    ...(slice.run.lane && { vendors: condensed(slice.job, begun) }),
  })
  slice.prepareMs = Math.max(PREPARE_MS, host.now() - begun)
  slice.job = sentAt(slice.job, planned, awaitSlot(slice, planned))
  const sent = host.now()
  const replies = replyTo(slice, wave, requests)
  const ms = host.now() - sent
  const settled = settle(slice.job, replies, { world, now: host.now() })
  holdOn(slice)
  const entries: readonly Entry[] = [
    ...settled.answers.map((entry) => ({ k: 'answer' as const, ...entry })),
    ...settled.released.map((batch) => ({ k: 'release' as const, batch, at: host.now() })),
    ...replies.map(({ batch, response }) => {
      const answers = settled.answers.flatMap((one) => (one.batch === batch.id ? [one.answer] : []))
      return callOf({ batch, by: slice.run.by, at: sent, ms, response, answers })
    }),
  ]
  // protects: 1
  insist(host, () => store.append(entries))
  slice.job = settled.job
  slice.run = { ...slice.run, inFlight: [], budget: settled.job.budget, calls: slice.run.calls + wave.batches.length }
  // One writes the list: the leading slice, which hears of it.
  if (settled.objected.length > 0 && !slice.run.lane) suppressRows(slice, settled.objected)
}

// What the calls before a wave take at least, by our estimate.
const PREPARE_MS = 300

/** Sleeps until something may be sent, in the lane's slot where there are lanes; returns that moment. */
function awaitSlot({ host, job }: Slice, planned: number): number {
  if (!job.lane) return host.now()
  let at = planned
  for (;;) {
    if (host.now() - at > LATE_MS) at = slotAt(job.lane, host.now())
    if (host.now() >= at) return host.now()
    // A long sleep may last a little longer than it should; a short one hardly.
    const left = at - host.now()
    host.sleep(left > 2 * SHORT_SLEEP_MS ? left - SHORT_SLEEP_MS : left)
  }
}

const SHORT_SLEEP_MS = 50

/** Counts requests against the day: lanes keep their own count, which is added when they have ended. */
function useQuota(slice: Slice, fetches: number): void {
  const { host, run } = slice
  const { lane } = run
  if (!lane) slice.usage = countUsage(host, { fetches })
  else {
    const properties = lane.properties + host.takePropertyOperations()
    slice.run = { ...run, lane: { ...lane, fetches: lane.fetches + fetches, properties } }
  }
}

// What was paid for is kept even when the properties fail: until the lease ends by the clock nobody can have taken it.
function holdOn({ host, run }: Slice): void {
  try {
    insist(host, () => checkLease(host, run))
  } catch (error) {
    if (!isException(error) || host.now() >= run.leaseUntil) throw error
  }
}

function signBatch(slice: Slice, batch: Batch): SignedRequest {
  const provider = slice.providers.find((one) => one.id === batch.provider)
  if (!provider) throw new Error(`No provider ${batch.provider}`)
  return sign(batch.request, provider, slice.keys.get(provider.id))
}

function replyTo(
  slice: Slice,
  wave: Wave,
  requests: readonly SignedRequest[],
): readonly { readonly batch: Batch; readonly response: HttpResponse | 'lost' }[] {
  if (wave.kind === 'free') {
    const responses = sendFree(slice, requests)
    return wave.batches.map((batch, index) => ({ batch, response: responses[index]! }))
  }
  const sent: Sent = slice.host.send(requests)
  slice.job = afterWave(slice.job, requests.length, sent.kind)
  slice.run = { ...slice.run, silent: sent.kind === 'lost' ? slice.run.silent + 1 : 0 }
  // Nobody is paid again before a free call has shown that calls go through: a used-up quota of Google looks the same.
  if (sent.kind === 'lost') slice.awake.clear()
  return wave.batches.map((batch, index) => ({
    batch,
    response: sent.kind === 'answered' ? sent.responses[index]! : 'lost',
  }))
}

const NO_ANSWER: HttpResponse = { status: 0, headers: {}, text: '' }

// A host that hangs costs its timeout each time: the search for it ends in time to keep the lease.
const SPLIT_MS = 20_000

/** Sends a free wave; one that throws is split until the culprit is alone (safety S2). */
function sendFree(
  slice: Slice,
  requests: readonly SignedRequest[],
  until: number = slice.host.now() + SPLIT_MS,
): readonly HttpResponse[] {
  useQuota(slice, requests.length)
  const sent = slice.host.send(requests)
  slice.job = afterWave(slice.job, requests.length, sent.kind)
  slice.run = { ...slice.run, silent: sent.kind === 'lost' ? slice.run.silent + 1 : 0 }
  if (sent.kind === 'answered') return sent.responses
  if (requests.length === 1 || slice.host.now() >= until) return requests.map(() => NO_ANSWER)
  const half = Math.ceil(requests.length / 2)
  // protects: 10
  return [requests.slice(0, half), requests.slice(half)].flatMap((part) => sendFree(slice, part, until))
}

// A failing vendor fails for itself; so many waves without any answer may be Google's.
const MOST_SILENT = 3

// Nothing says when a connection comes back, and the trigger looks every hour (safety S13).
const OFFLINE_MS = 3_600_000

/** Why and until when the run should rest; undefined when it can go on. */
function restFor(slice: Slice): Rest | undefined {
  const { host } = slice
  const empty = usedUp(slice.account, slice.usage, NEXT_STEP)
  if (empty) return { because: empty.quota, until: empty.until }
  if (slice.run.silent < MOST_SILENT) return undefined
  slice.run = { ...slice.run, silent: 0 }
  slice.usage = countUsage(host, { fetches: CANARIES.length })
  // The texts of errors are localised (platform.md section 9): a used-up quota is told by nothing going out at all.
  const reached = CANARIES.some((provider) => host.send([canaryOf(provider)]).kind === 'answered')
  return reached ? undefined : { because: 'network', until: host.now() + OFFLINE_MS }
}

// Services that every run may ask anyway; either may be out of reach for itself.
const CANARIES = [dns, cloudflareDns]

// Names nobody: a reserved domain.
function canaryOf(provider: Provider): SignedRequest {
  const operation = provider.operations.find((one) => one.kind === 'remote')!
  return sign(operation.request([{ domain: 'example.com' }]), provider, undefined)
}

/** Writes what is found and ends the slice; the run goes on by itself when the rest is over. */
function goToRest(slice: Slice, rest: Rest): void {
  writeAll(slice)
  const vendors = rest.because === 'network' ? rested(slice.run.vendors) : slice.run.vendors
  slice.run = { ...slice.run, vendors, rest }
}

// Nobody was reached, so no vendor is to blame.
function rested(vendors: RunRecord['vendors']): RunRecord['vendors'] {
  return Object.fromEntries(Object.entries(vendors).map(([id, state]) => [id, { ...state, setbacks: 0, restUntil: 0 }]))
}

function suppressRows(slice: Slice, rows: readonly number[]): void {
  const leads = slice.job.leads.filter((lead) => rows.includes(lead.row)).map((lead) => lead.lead)
  suppressLeads(slice.host, leads)
  refreshSuppression(slice)
}

/** Asks nothing more about people who were put on the list meanwhile: the same person may stand in several rows. */
function refreshSuppression(slice: Slice): void {
  const mark = suppressionMark(slice.host)
  if (mark === slice.suppressionMark) return
  slice.suppressionMark = mark
  const same = slice.job.leads.filter((lead) => slice.isSuppressed(lead.lead)).map((lead) => lead.row)
  slice.job = holdBack(slice.job, new Set(same), slice.run.wanted)
}

// Outside of our own columns each run of adjacent cells takes two calls of 0.2 s (platform.md section 4b): so many are
// written well within what is left of an execution when it starts no wave any more.
const MAX_PIECES = 100

function readyLeads({ job, results }: Slice): readonly OpenLead[] {
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
function writeAll(slice: Slice): void {
  const { host } = slice
  do write(slice)
  while (readyLeads(slice).length > 0 && host.now() < host.deadline - PAID_MARGIN_MS)
}

/** Writes a portion of what is ready and moves the cursor over the rows that are done. */
function write(slice: Slice): void {
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
  return Object.values(result).filter((outcome) => outcome === 'written').length
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

/** How the vendors stand, small enough for the record of the run. */
function condensed(job: Job, now: number): RunRecord['vendors'] {
  return Object.fromEntries(
    Object.entries(job.vendors).map(([id, state]) => {
      const calls = Object.entries(state.calls).map(([operation, ticks]) => [operation, condense(ticks, now)])
      return [id, { ...state, calls: Object.fromEntries(calls) as typeof state.calls }]
    }),
  )
}

function stop(slice: Slice): void {
  writeAll(slice)
  writeUnfinished(slice)
  askToStop(slice.host, undefined)
  slice.run = { ...slice.run, state: 'stopped', endedAt: slice.host.now() }
}

function finish(slice: Slice): void {
  slice.run = { ...slice.run, cursor: slice.planned.length }
  const troubled = countTroubled(slice.run)
  const refusal = Object.values(slice.run.vendors).find(({ dropped }) => dropped && dropped.because !== 'down')?.dropped
  // Nobody else could be asked: the person can put the key or the credits right, and the run goes on from there.
  if (troubled > 0 && refusal) throw new Problem(refusal.reason, 'open_vendors')
  // protects: 7
  slice.run = { ...slice.run, state: 'done', endedAt: slice.host.now() }
}

/** Writes what is found of rows that still wait for something: they stay open, but nobody has to wait for their cells. */
function writeUnfinished(slice: Slice): void {
  const unfinished = slice.job.leads.filter(({ row }) => !slice.results.has(row))
  if (unfinished.length === 0) return
  for (const [row, result] of writeResults(slice, unfinished).results) {
    slice.partial.set(row, countWritten(result))
  }
  slice.run = { ...slice.run, ahead: aheadOf(slice) }
}

function pauseAtCap(slice: Slice): void {
  const { host, run } = slice
  writeUnfinished(slice)
  const reached = reachedCap(host, run, openPrices(slice))
  if (reached !== undefined) throw new Problem(reached, 'open_settings')
  throw new Problem(
    `The cap of ${run.budget.cap} credits is reached. What was found is written. Raise the cap and make a new receipt to go on.`,
    'new_receipt',
  )
}

function openPrices({ job, world }: Slice): readonly { readonly vendor: string; readonly credits: number }[] {
  return Object.values(job.asks).flatMap(({ provider, operation, rows }) => {
    const step = rows.length > 0 ? findStep(world, provider, operation) : undefined
    return step ? [{ vendor: provider, credits: step.operation.price.credits }] : []
  })
}
