import { DAY_MS } from '../domain/overwrite'
import { Problem } from '../domain/problem'
import { affordable } from '../engine/budget'
import { nextBatches } from '../engine/next-batches'
import { findStep } from '../engine/world'
import { markOf } from './agreed'
import type { ProblemView, RunView } from './api-types'
import { assist } from './assist'
import { peekCaps, reachedCap } from './caps'
import { absorbClaims, countClaims, isAnyAsking } from './claims'
import { saveUsage } from './count-use'
import { fillWindow } from './fill-window'
import type { Host } from './host'
import { isException, quietly } from './insist'
import { askToJoin, isAnyJoining, joined } from './lanes'
import { addUpLanes, lead, takeIn } from './lead-lanes'
import {
  LeaseLost,
  MOMENT_MS,
  checkLease,
  checkStillHeld,
  endLane,
  keepLease,
  releaseLease,
  requireMine,
  takeLease,
} from './lease'
import { refreshSuppression } from './objections'
import { isWriteDue, readyLeads, write, writeAll, writeUnfinished } from './portion'
import { isHalfUsed } from './quota'
import { restFor } from './rest'
import type { Rest, RunRecord } from './run-record'
import { askToStop, countTroubled, isStopAsked, loadRun } from './run-record'
import { sendWave } from './send-wave'
import type { Slice } from './slice'
import { NAP_MS, PAID_MARGIN_MS, checkVendors, condensed, openSlice, stayHolder } from './slice'
import { viewRun } from './view-run'
import { wake } from './wake'
import { readStanding } from './window'
import { settleWrites } from './write-results'

/**
 * How long one execution works before it reports, at least: short enough to see progress, long enough to use rate
 * limits. In a large list, where reading it takes seconds, it works longer.
 */
export const SLICE_MS = 20_000

// A slice is at least this many readings of the list long, but leaves time to write what it found before it is killed.
const READS_A_SLICE = 20
const LONGEST_SLICE_MS = 120_000

// Long enough to see that all is done, or why not.
const LEFT_OVER_MS = 5_000

// Remarks kept with a run.
const MOST_REMARKS = 3

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
  attempt(slice, () => saveUsage(slice))
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
  // What it appended last stands in no other record until the leading slice adds it up.
  quietly(() => slice.store.hear())
  const { lane } = slice.run
  if (lane) attempt(slice, () => endLane(host, { ...slice.run, lane, journal: slice.store.place() }))
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
  slice.store.fold(() => checkStillHeld(slice.host, slice.run))
}

/** The run as it stands now. Throws a Problem when it is not the current one any more. */
export function viewCurrent(host: Host, runId: string): RunView {
  const run = loadRun(host)
  if (!run || run.id !== runId)
    throw new Problem('This run is not the current one any more. Look at the rows again.', 'reload')
  return viewRun(host, run)
}

// A service of Google that fails throws an `Exception` with a localised text (platform.md section 9): nothing is lost,
// the next slice reads everything again. Anything else is a bug and is not hidden.
function problemOf(error: unknown, run: RunRecord): ProblemView {
  if (error instanceof Problem) return { message: error.message, action: error.action ?? null }
  if (isException(error)) {
    return {
      message:
        run.inFlight.length > 0
          ? 'Google Sheets refused to keep the last answers. They count as maybe charged and are not asked again. Go on with the other rows.'
          : 'Google Sheets refused the last step. No answer is lost. Go on to try again.',
      action: 'try_again',
    }
  }
  throw error
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

// What a formula asks at this moment is not asked a second time; while a run works none of them begins.
function takeInFormulas(slice: Slice): void {
  const { host } = slice
  if (slice.run.lanes) return
  // What the trigger knows is older than the moment in which it resumed the run.
  host.document.refresh()
  if (countClaims(host) === 0) return
  while (isAnyAsking(host)) {
    host.sleep(NAP_MS)
    stayHolder(slice)
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
  const remarks = settleWrites(slice)
  slice.run = {
    ...slice.run,
    remarks: [...slice.run.remarks, ...remarks].slice(-MOST_REMARKS),
    confirmed: slice.writes.length(),
  }
  slice.standing = readStanding(slice)
  slice.sheetMs = host.now() - begun
  if (slice.run.lanes) lead(slice, slice.run.lanes.until)
  const long = Math.max(workMs, Math.min(slice.sheetMs * READS_A_SLICE, LONGEST_SLICE_MS))
  // After lanes it looks only at what they left to it.
  const end = Math.min(Math.max(begun + long, host.now() + LEFT_OVER_MS), host.deadline - PAID_MARGIN_MS)
  for (;;) {
    fillWindow(slice)
    host.document.refresh(MOMENT_MS)
    if (isStopAsked(host, slice.run.id)) return stop(slice)
    // The next slice goes on without public sources, or under other caps.
    const isOther = slice.halfUsed !== isHalfUsed(slice.account, slice.usage) || slice.caps !== peekCaps(host)
    if (isOther || host.now() >= end) return write(slice)
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
        stayHolder(slice)
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

// Who watches is told why nothing moves: that is not worth waiting for the next writing.
function showRests(slice: Slice, now: number): void {
  const rests = (vendors: RunRecord['vendors']) =>
    Object.entries(vendors).flatMap(([id, { restUntil }]) => (restUntil > now ? [`${id} ${restUntil}`] : []))
  if (rests(slice.job.vendors).join() === rests(slice.run.vendors).join()) return
  slice.run = keepLease(slice.host, { ...slice.run, vendors: condensed(slice.job, now) })
}

// The plan stands in a hidden tab, which everybody can delete (safety S17).
function checkPlan({ run, planned }: Slice): void {
  if (planned.filter((row) => row.inRun).length === run.total) return
  throw new Problem(
    'The plan of this run stood in a hidden tab, and somebody changed or deleted it. What was found is kept: make a new receipt to go on.',
    'new_receipt',
  )
}

// What a run costs was agreed to with its receipt (safety S5).
function checkRules({ host, run }: Slice): void {
  if (run.rules === undefined || run.rules === markOf(host, 'run')) return
  throw new Problem(
    'Prices, or who is asked for a field, were changed since this run began. What was found is written. See what the rest costs now to go on.',
    'new_receipt',
  )
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

function pauseAtCap(slice: Slice): void {
  const { host, run } = slice
  writeUnfinished(slice)
  const reached = reachedCap(host, run, openPrices(slice))
  if (reached?.goesOn) slice.run = { ...slice.run, goesOnAt: (Math.floor(host.now() / DAY_MS) + 1) * DAY_MS }
  if (reached) throw new Problem(reached.sentence, 'open_settings')
  // A new day began, or a cap was raised, since this slice did: the next one has that room.
  const { room: _before, ...own } = slice.job.budget
  if (openPrices(slice).every((one) => affordable(own, one.vendor, one) > 0)) return
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
