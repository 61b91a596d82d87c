import type { Answer } from '../domain/answer'
import type { Host } from './host'
import type { RunRecord } from './run-record'
import type { Store } from './store'

/**
 * Settles what an execution that died had in flight (safety S1): what never reached the journal was not sent; what is
 * answered there is paid; the rest is `maybe charged` and not asked again.
 */
export function recover(host: Host, run: RunRecord, store: Store): RunRecord {
  if (run.inFlight.length === 0) return run
  let { spent, maybe } = run.budget
  const lost: { batch: string; answer: Answer }[] = []
  for (const { batch, worst } of run.inFlight) {
    const record = store.batch(batch)
    if (!record) continue
    if (record.answers.length > 0) spent += record.answers.reduce((sum, answer) => sum + answer.credits, 0)
    else if (!record.released && worst > 0) {
      maybe += worst
      const credits = worst / record.reserved.questions.length
      for (const question of record.reserved.questions) {
        lost.push({ batch, answer: { question, at: host.now(), outcome: 'maybe_charged', credits } })
      }
    }
  }
  store.append(lost.map((entry) => ({ k: 'answer', ...entry })))
  return { ...run, inFlight: [], budget: { ...run.budget, spent, maybe, reserved: 0 } }
}
