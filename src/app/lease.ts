import { Problem } from '../domain/problem'
import type { Host } from './host'
import { saveLane, takeIn } from './lanes'
import type { LaneHeld, RunRecord, Turn } from './run-record'
import { isOpen, loadRun, myId, peekTurn, saveRun } from './run-record'

// Long enough for one slice and the calls in flight at its end; a dead holder blocks no longer (safety S11).
const LEASE_MS = 60_000

/** Somebody else took the run over: this execution must stop at once and write nothing. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease of the run was taken over')
    this.name = 'LeaseLost'
  }
}

/** The current run, if this person may work on it. Throws a Problem when it is another one or another person's. */
export function requireMine(host: Host, runId: string): RunRecord {
  const run = loadRun(host)
  if (!run || run.id !== runId)
    throw new Problem('This run is not the current one any more. Look at the rows again.', 'reload')
  if (run.by !== myId(host))
    throw new Problem('Another person started this run; only they can continue it. You can ask it to stop.')
  return run
}

/** Takes the lease of a run for one slice; undefined while another execution holds it or the run rests. */
export function takeLease(host: Host, runId: string): RunRecord | undefined {
  const taken = host.locked(() => {
    const run = requireMine(host, runId)
    if (!isOpen(run) || run.state === 'paused') return undefined
    // protects: 6
    if (run.leaseUntil > host.now()) return undefined
    if (run.rest && run.rest.until > host.now()) return undefined
    const held = { ...run, rest: null, epoch: run.epoch + 1, leaseUntil: host.now() + LEASE_MS }
    saveRun(host, held)
    return held
  })
  return taken
}

// Others hold the lock for a moment at a time; a lease is not given up because of it.
const LOCK_TRIES = 3

function underLock<T>(host: Host, work: () => T): T {
  for (let tries = 0; tries < LOCK_TRIES; tries++) {
    const done = host.locked(() => ({ value: work() }))
    if (done) return done.value
  }
  throw new LeaseLost()
}

/**
 * Saves the run under the lock and prolongs the lease. A lane saves its part alone, and the run stays held as long as any
 * of its lanes. Throws LeaseLost when another execution has taken it.
 */
export function keepLease(host: Host, run: RunRecord): RunRecord {
  return underLock(host, () => {
    const current = checkLease(host, run)
    const leaseUntil = host.now() + LEASE_MS
    const held = { ...run, leaseUntil }
    const { lane } = run
    if (lane) saveLane(host, { ...held, lane })
    saveRun(host, lane ? { ...current, leaseUntil } : held)
    return held
  })
}

/**
 * Throws LeaseLost unless this execution still holds the run: asked before every append and every write (safety S11).
 * Returns the run as it is on record.
 */
export function checkLease(host: Host, run: RunRecord): RunRecord {
  return requireTurn(run, loadRun(host))
}

function requireTurn<T extends Turn>(run: RunRecord, current: T | undefined): T {
  // protects: 6
  if (!current || current.id !== run.id || current.epoch !== run.epoch) throw new LeaseLost()
  return current
}

/** How old what this execution knows of the properties may be where it looks at them all the time. */
export const MOMENT_MS = 1_000

/**
 * The same by what was read of the properties a moment ago: until the lease ends by the clock nobody else takes it. Throws
 * LeaseLost.
 */
export function checkStillHeld(host: Host, run: RunRecord): void {
  if (host.now() >= run.leaseUntil) return void checkLease(host, run)
  host.document.refresh(MOMENT_MS)
  requireTurn(run, peekTurn(host))
}

/** Takes in the lanes that ask to work on a run that this execution holds. */
export function takeInLanes(host: Host, run: RunRecord): RunRecord {
  return underLock(host, () => {
    checkLease(host, run)
    const held = { ...run, leaseUntil: host.now() + LEASE_MS }
    // What earlier lanes did is in the record before their parts make room for others.
    saveRun(host, held)
    const led = takeIn(host, held)
    saveRun(host, led)
    return led
  })
}

/** Ends the part of a lane: what it did can be added up. */
export function endLane(host: Host, run: RunRecord & { readonly lane: LaneHeld }): void {
  underLock(host, () => {
    checkLease(host, run)
    saveLane(host, { ...run, leaseUntil: 0 })
  })
}

/** From now on no lane of the run can save or append anything: one that hangs finds out before it does. */
export function shutOutLanes(host: Host, run: RunRecord): RunRecord {
  return underLock(host, () => {
    checkLease(host, run)
    const held = { ...run, epoch: run.epoch + 1, leaseUntil: host.now() + LEASE_MS }
    saveRun(host, held)
    return held
  })
}

/** Takes a run that has ended, to write the last of it: an execution that still holds it stops. */
export function takeOver(host: Host, run: RunRecord): RunRecord {
  return underLock(host, () => {
    checkLease(host, run)
    const held = { ...run, epoch: run.epoch + 1, leaseUntil: host.now() + LEASE_MS }
    saveRun(host, held)
    return held
  })
}

/** Saves the run at the end of a slice and gives the lease back. */
export function releaseLease(host: Host, run: RunRecord): RunRecord {
  return underLock(host, () => {
    const { leaseUntil } = checkLease(host, run)
    // Lanes that nobody waited for may be at work.
    const free = { ...run, leaseUntil: run.lanes ? leaseUntil : 0 }
    saveRun(host, free)
    return free
  })
}
