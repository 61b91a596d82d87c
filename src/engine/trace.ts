import type { Answer, QuestionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import type { FieldResult, OpenLead, VendorState } from '../domain/job'
import type { TraceStep } from '../domain/trace'
import { advance } from './advance'
import type { World } from './world'

/** What is known when a search is told again. */
export interface Known {
  readonly world: World
  readonly environment: Environment
  readonly now: number
  answer(question: QuestionId): Answer | undefined
  /** Whether a vendor could be asked now: of the others only what they answered is told. Every one can unless said. */
  isAskable?(provider: string): boolean
}

/** How a search went, and what it came to; no result while somebody has yet to answer. */
export interface Trace {
  readonly steps: readonly TraceStep[]
  readonly result: FieldResult | undefined
}

/**
 * How the search for a field of a lead went, step by step: the search is made again over the answers that are known, so
 * that what is told is what is done. The lead is as it was before the search: without what the search filled in.
 */
export function traceOf({ lead, missing }: Pick<OpenLead, 'lead' | 'missing'>, field: Field, known: Known): Trace {
  let steps: TraceStep[] = []
  const local = new Map<QuestionId, Answer>()
  const open: OpenLead = { row: 0, lead, missing, results: {}, heard: [], waiting: [] }
  const isAskable = (provider: string): boolean => known.isAskable?.(provider) ?? true
  const advanced = advance(open, {
    ...known,
    answer: (question) => local.get(question) ?? known.answer(question),
    keep: (answer) => void local.set(answer.question, answer),
    vendor: (provider) => (isAskable(provider) ? undefined : SILENT),
    trace: (one) => (one === field ? (steps = []) : undefined),
  })
  const told = steps.filter(({ outcome, provider }) => outcome !== 'not_asked' || isAskable(provider))
  return { steps: told, result: advanced.lead.results[field] }
}

// Whoever cannot be asked is passed over, as one that was given up is.
const SILENT: VendorState = {
  calls: {},
  restUntil: 0,
  setbacks: 0,
  dropped: { because: 'credentials', reason: '' },
  called: 0,
  found: 0,
  credits: 0,
}
