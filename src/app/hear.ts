import type { Job } from '../domain/job'
import { learn } from '../engine/job'
import { suppressRows } from './objections'
import type { Slice } from './slice'

/** Takes in what others have answered since; who objected to them is suppressed by the leading slice. */
export function hear(slice: Slice): void {
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

function laneMark({ run, epoch, lane }: Job): string {
  return `${run}.${epoch}.lane${lane?.index}.`
}
