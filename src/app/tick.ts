import type { Host } from './host'
import { continueRun } from './run'
import { loadRun, myId, TURN_MS } from './run-record'
import { storeTrouble } from './store-state'

/** Goes on with the run of this person, if one is going on: the sidebar may have been closed (safety S13). */
export function tick(host: Host): void {
  // A copied or restored file waits for a person (safety S19).
  if (storeTrouble(host)) return
  const run = loadRun(host)
  if (run?.state === 'running' && run.by === myId(host)) continueRun(host, run.id, TURN_MS)
}
