import { goesOnByItself } from './caps'
import { countClaims } from './claims'
import { Problem } from '../domain/problem'
import { erasePerson } from './erasure'
import { checkNoErasure, loadErasure } from './erasure-record'
import { absorbAlone } from './finish-formulas'
import { checkNoUndo } from './history'
import type { Host } from './host'
import { finishMerge } from './merge'
import { isCutShort, loadMerge } from './merge-record'
import { continueRun } from './run'
import type { RunRecord } from './run-record'
import { loadRun, myId, saveRun, TURN_MS } from './run-record'
import { cleanDaily } from './retention'
import { countUsage, loadAccount, loadUsage, usedUp } from './quota'
import { isStarting } from './turn'
import { storeTrouble } from './store-state'

/** Goes on with the run of this person, if one is going on: the sidebar may have been closed (safety S13). */
export function tick(host: Host): void {
  // A copied or restored file waits for a person (safety S19).
  if (storeTrouble(host)) return
  quietly(() => loadErasure(host) && erasePerson(host, null))
  const run = loadRun(host)
  const open = loadMerge(host)
  // Formulas may stand with our spaces in them until it is done.
  if (open?.what === 'finish' && isCutShort(host, open)) quietly(() => finishMerge(host, open.id))
  if (run?.state !== 'running') quietly(() => cleanDaily(host))
  if (run?.state !== 'running' && !isStarting(host) && countClaims(host) > 0) quietly(() => absorbAlone(host))
  if (!run || run.by !== myId(host) || !goesOn(host, run) || isStarting(host)) return
  // A trigger that Google ends for its quota would be ended in the middle of its work.
  if (usedUp(loadAccount(host), loadUsage(host), { triggers: TURN_MS })) return
  const begun = host.now()
  // Counted before: an execution that is killed has used up its time too.
  countUsage(host, { triggers: TURN_MS })
  if (run.state === 'paused') quietly(() => host.locked(() => unpause(host, run.id)))
  // protects: 8
  continueRun(host, run.id, TURN_MS)
  // At the end of a day Google counts anew: what was counted before is not in it.
  countUsage(host, { triggers: host.now() - begun - (loadUsage(host).triggers >= TURN_MS ? TURN_MS : 0) })
}

// What is in the way of finishing an erasure or of cleaning now is not in an hour.
function quietly(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

// A run that a service of Google stopped waits for nobody's decision: with the sidebar closed nobody would press Resume. One
// that was paused at the cap of a day does where a person wants it to.
function goesOn(host: Host, { state, problem, goesOnAt = Infinity }: RunRecord): boolean {
  if (state !== 'paused') return state === 'running'
  return problem?.action === 'try_again' || (goesOnAt <= host.now() && goesOnByItself(host))
}

// Its person may have pressed a button meanwhile, and merged rows or undone cells.
function unpause(host: Host, id: string): void {
  checkNoUndo(host)
  checkNoErasure(host)
  const run = loadRun(host)
  if (run?.id === id && run.state === 'paused' && goesOn(host, run))
    saveRun(host, { ...run, state: 'running', problem: null, goesOnAt: undefined })
}
