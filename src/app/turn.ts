import { Problem } from '../domain/problem'
import { checkNoUndo } from './history'
import type { Host } from './host'
import { insist, isRefused, quietly } from './insist'
import { askToStop, loadRun, myId } from './run-record'
import { withLock } from './with-lock'

const STARTING = 'starting'

// Copying rows, inserting columns and saving the plan take seconds; a start that died blocks no longer than this.
const STARTING_MS = 60_000

/**
 * Does something while no run works in this file and none can start; it is given a new id. Throws a Problem if one does.
 * If it dies, others are kept out `until` then: what goes through the whole store takes the time of its execution. Where
 * Google took longer, `requireTurn` throws a Problem once somebody else has begun.
 */
export function alone<T>(
  host: Host,
  work: (id: string, requireTurn: () => void) => T,
  until = host.now() + STARTING_MS,
): T {
  return keepOthersOut(host, { until, check: () => requireFree(host) }, (requireTurn) =>
    work(host.randomId(), requireTurn),
  )
}

/** The same whatever run stands there; `check` is asked under the lock. */
export function keepOthersOut<T>(
  host: Host,
  { until, check }: { readonly until: number; readonly check: () => void },
  work: (requireTurn: () => void) => T,
): T {
  withLock(host, () => {
    checkNotStarting(host)
    check()
    // Last: what fails before it leaves nothing that others would wait for.
    host.document.set(STARTING, String(until))
  })
  const requireTurn = () => {
    host.document.refresh()
    if (host.document.get(STARTING) === String(until)) return
    throw new Problem(
      'Google took too long, and somebody else has begun something in this file meanwhile. Look again, then try again.',
      'reload',
    )
  }
  try {
    return work(requireTurn)
  } finally {
    // After that it may be the claim of another.
    if (host.now() < until) quietly(() => insist(host, () => host.document.set(STARTING, undefined), isRefused))
  }
}

/** Whether a run is being started in this file, or something else is done that nothing may stand beside. */
export function isStarting(host: Host): boolean {
  return startingFor(host) > 0
}

/** Throws a Problem while a run is being started, or something else is done that nothing may stand beside. */
export function checkNotStarting(host: Host): void {
  const minutes = Math.ceil(startingFor(host) / 60_000)
  if (minutes <= 0) return
  const longest = minutes === 1 ? 'a minute' : `${minutes} minutes`
  throw new Problem(
    `Something else is at work in this file, or was cut short. Wait a moment and look again, ${longest} at most.`,
    'reload',
  )
}

function startingFor(host: Host): number {
  return Number(host.document.get(STARTING) ?? 0) - host.now()
}

// One run a file: a second one would write into the same store and, perhaps, the same rows (safety S11).
function requireFree(host: Host): void {
  const current = loadRun(host)
  if (current?.state === 'running') {
    const whose = current.by === myId(host) ? 'You have a run' : 'Another person has a run'
    throw new Problem(`${whose} going on in the tab "${current.sheetName}". Wait for it or stop it first.`, 'reload')
  }
  checkNoUndo(host)
  askToStop(host, undefined)
}
