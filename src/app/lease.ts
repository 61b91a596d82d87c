import { Problem } from '../domain/problem'
import type { Host } from './host'
import type { RunRecord } from './run-record'
import { isOpen, loadRun, myId, saveRun } from './run-record'

// Long enough for one slice and the calls in flight at its end; a dead holder blocks no longer (safety S11).
const LEASE_MS = 60_000

/** Somebody else took the run over: this execution must stop at once and write nothing. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease of the run was taken over')
    this.name = 'LeaseLost'
  }
}

/** Takes the lease of a run for one slice; undefined while another execution holds it or the run rests. */
export function takeLease(host: Host, runId: string): RunRecord | undefined {
  const me = myId(host)
  const taken = host.locked(() => {
    const run = loadRun(host)
    if (!run || run.id !== runId)
      throw new Problem('This run is not the current one any more. Look at the rows again.', 'reload')
    if (run.by !== me)
      throw new Problem('Another person started this run; only they can continue it. You can ask it to stop.')
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

/** Saves the run under the lock and prolongs the lease. Throws LeaseLost when another execution has taken it. */
export function keepLease(host: Host, run: RunRecord): RunRecord {
  return underLock(host, () => {
    checkLease(host, run)
    const held = { ...run, leaseUntil: host.now() + LEASE_MS }
    saveRun(host, held)
    return held
  })
}

/** Throws LeaseLost unless this execution still holds the run: asked before every append and every write (safety S11). */
export function checkLease(host: Host, run: RunRecord): void {
  const current = loadRun(host)
  // protects: 6
  if (!current || current.id !== run.id || current.epoch !== run.epoch) throw new LeaseLost()
}

/** Saves the run at the end of a slice and gives the lease back. */
export function releaseLease(host: Host, run: RunRecord): RunRecord {
  const free = { ...run, leaseUntil: 0 }
  return underLock(host, () => {
    checkLease(host, run)
    saveRun(host, free)
    return free
  })
}
