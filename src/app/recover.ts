import type { Answer } from '../domain/answer'
import { counted } from '../engine/budget'
import { roundCredits } from '../engine/price'
import type { Host } from './host'
import { laneParts, withLanes } from './lanes'
import { countUsage } from './quota'
import type { RunRecord } from './run-record'
import { figuresOf, loadRun, saveRun } from './run-record'
import { releaseLease, takeOver } from './lease'
import { callOf } from './ledger'
import { loadPlannedRows } from './planned-rows'
import type { Store } from './store'
import type { Entry } from './stored'
import { tryToStand } from './window'
import { withLock } from './with-lock'
import { settleWrites } from './write-results'
import { openWriteLog } from './written'

/**
 * Settles what an execution that died had in flight (safety S1): what is answered in the journal is paid; the rest is
 * `maybe charged` and not asked again. A reservation that somebody made unreadable counts as well, and is said. What
 * lanes did is added up.
 */
export function recover(host: Host, record: RunRecord, store: Store): RunRecord {
  const parts = laneParts(host, record)
  const inFlight = [record, ...parts].flatMap((part) => part.inFlight)
  const { lanes: _addedUp, ...run } = withLanes(record, parts)
  // Counted before they are forgotten: twice, if this execution dies now, is better than never.
  for (const { lane } of parts) countUsage(host, lane)
  if (inFlight.length === 0) return { ...run, budget: { ...run.budget, reserved: 0 } }
  let { spent, held, maybe, taken } = run.budget
  const take = (question: string, credits: number, at: number): void => {
    taken = counted(taken, { provider: question.split('/')[1] ?? '', credits, at }, host.now())
  }
  let unreadable = 0
  const lost: Entry[] = []
  for (const { batch, worst } of inFlight) {
    const journaled = store.batch(batch)
    if (!journaled) {
      maybe += worst
      unreadable += worst
      continue
    }
    const { reserved, answers } = journaled
    for (const { answer, was } of answers) {
      // The price of a ticket is held until its answer is collected; that of an earlier run's ticket is that run's.
      if (was && was.run !== run.id) continue
      held -= was?.credits ?? 0
      if (answer.outcome === 'pending') held += answer.credits
      else if (answer.outcome === 'maybe_charged') maybe += answer.credits
      else spent += answer.credits
      // What a poll gives back is left out: the day on which its ticket was taken is not known here.
      if (!was) take(answer.question, answer.credits, answer.outcome === 'pending' ? answer.at : reserved.at)
    }
    const credits = worst / reserved.questions.length
    const missing = journaled.lost.map((question): Answer => ({
      question,
      at: host.now(),
      outcome: 'maybe_charged',
      credits,
    }))
    take(reserved.questions[0] ?? '', credits * missing.length - worst, reserved.at)
    if (missing.length === 0) continue
    // protects: 1
    maybe += roundCredits(credits * missing.length)
    lost.push(...missing.map((answer) => ({ k: 'answer' as const, batch, answer })))
    const heard = [...answers.map(({ answer }) => answer), ...missing]
    const sent = { batch: { id: batch, questions: reserved.questions }, by: run.by, at: reserved.at, ms: 0 }
    lost.push(callOf({ ...sent, response: 'lost', answers: heard }))
  }
  // protects: 2
  store.append(lost)
  const remarks =
    unreadable === 0
      ? run.remarks
      : [
          ...run.remarks,
          `Somebody changed the record of what was asked last: up to ${unreadable.toLocaleString('en')} credits count as maybe charged, and some questions may be asked again.`,
        ]
  return { ...run, inFlight: [], remarks, budget: { ...run.budget, spent, held, maybe, taken, reserved: 0 } }
}

/** Settles what the last run had in flight before the journal that tells of it is folded by somebody else, and its cells. */
export function settleLast(host: Host, store: Store): RunRecord | undefined {
  const last = loadRun(host)
  if (last && (last.inFlight.length > 0 || last.lanes)) {
    const settled = { ...recover(host, last, store), epoch: last.epoch + 1 }
    withLock(host, () => saveRun(host, settled))
  }
  return settleCells(host, () => store)
}

/**
 * Looks at the cells that the last run, or Review, wrote before it was killed and that nobody read back: what comes next takes
 * its record away, or takes back what lies in its own row alone.
 */
export function settleCells(host: Host, open: () => Store | undefined): RunRecord | undefined {
  const run = loadRun(host)
  const writes = openWriteLog(host)
  const length = writes.length()
  if (!run || length <= run.confirmed) return run
  const planned = loadPlannedRows(host, run)
  const store = tryToStand(host, { plan: run, rows: planned }) && open()
  if (!store) return run
  const held = takeOver(host, run)
  const remarks = settleWrites({ host, run: held, planned, store, writes })
  return releaseLease(host, { ...held, remarks: [...held.remarks, ...remarks], confirmed: length })
}

/**
 * The run with the cells of its last slice, which may have written them and failed before it counted them: it ends here, and
 * Undo is offered for what is counted.
 */
export function countWrites(host: Host, run: RunRecord): RunRecord {
  const logged = openWriteLog(host).read(0).get(run.id)?.cells.length ?? 0
  const more = Math.max(0, logged - figuresOf(run).cellsWritten)
  return { ...run, cellsWritten: run.cellsWritten + more }
}
