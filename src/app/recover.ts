import type { Answer } from '../domain/answer'
import type { Host } from './host'
import { laneParts, withLanes } from './lanes'
import { countUsage } from './quota'
import type { RunRecord } from './run-record'
import { lostCall } from './ledger'
import type { Store } from './store'
import type { Entry } from './stored'

/**
 * Settles what an execution that died had in flight (safety S1): what is answered in the journal is paid; the rest is
 * `maybe charged` and not asked again. A reservation that somebody made unreadable counts as well, and is said. What
 * lanes did is added up.
 */
export function recover(host: Host, taken: RunRecord, store: Store): RunRecord {
  const parts = laneParts(host, taken)
  const inFlight = [taken, ...parts].flatMap((part) => part.inFlight)
  const { lanes: _addedUp, ...run } = withLanes(taken, parts)
  // Counted before they are forgotten: twice, if this execution dies now, is better than never.
  for (const { lane } of parts) countUsage(host, lane)
  if (inFlight.length === 0) return { ...run, budget: { ...run.budget, reserved: 0 } }
  let { spent, held, maybe } = run.budget
  let unreadable = 0
  const lost: Entry[] = []
  for (const { batch, worst } of inFlight) {
    const record = store.batch(batch)
    if (!record) {
      maybe += worst
      unreadable += worst
      continue
    }
    for (const { answer, was } of record.answers) {
      // The price of a ticket is held until its answer is collected; that of an earlier run's ticket is that run's.
      if (was && was.run !== run.id) continue
      held -= was?.credits ?? 0
      if (answer.outcome === 'pending') held += answer.credits
      else if (answer.outcome === 'maybe_charged') maybe += answer.credits
      else spent += answer.credits
    }
    if (record.answers.length > 0) continue
    if (!record.released && worst > 0) {
      // protects: 1
      maybe += worst
      const credits = worst / record.reserved.questions.length
      for (const question of record.reserved.questions) {
        const answer: Answer = { question, at: host.now(), outcome: 'maybe_charged', credits }
        lost.push({ k: 'answer', batch, answer })
      }
      lost.push(lostCall(record.reserved, run.by))
    }
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
  return { ...run, inFlight: [], remarks, budget: { ...run.budget, spent, held, maybe, reserved: 0 } }
}
