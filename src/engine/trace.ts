import type { Answer, QuestionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import type { OpenLead } from '../domain/job'
import type { TraceStep } from '../domain/trace'
import { advance } from './advance'
import type { World } from './world'

/** What is known when a search is told again. */
export interface Known {
  readonly world: World
  readonly environment: Environment
  readonly now: number
  answer(question: QuestionId): Answer | undefined
}

/**
 * How the search for a field of a lead went, step by step: the search is made again over the answers that are known, so
 * that what is told is what is done. The lead is as it was before the search: without what the search filled in.
 */
export function traceOf(
  { lead, missing }: Pick<OpenLead, 'lead' | 'missing'>,
  field: Field,
  known: Known,
): readonly TraceStep[] {
  let steps: TraceStep[] = []
  const local = new Map<QuestionId, Answer>()
  const open: OpenLead = { row: 0, lead, missing, results: {}, heard: [], waiting: [] }
  advance(open, {
    ...known,
    answer: (question) => local.get(question) ?? known.answer(question),
    keep: (answer) => void local.set(answer.question, answer),
    vendor: () => undefined,
    trace: (one) => (one === field ? (steps = []) : undefined),
  })
  return steps
}
