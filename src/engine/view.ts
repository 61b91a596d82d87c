import type { Answer, QuestionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import type { VendorState } from '../domain/job'
import type { LookupKey } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import type { TraceStep } from '../domain/trace'
import type { Step } from '../domain/waterfall'
import type { World } from './world'

/** What a lead may look at while it advances. */
export interface View {
  readonly world: World
  readonly environment: Environment
  readonly now: number
  answer(question: QuestionId): Answer | undefined
  /** Keeps the answer of a local operation, so that it is not worked out again. */
  keep(answer: Answer): void
  vendor(provider: string): VendorState | undefined
  /** Where the steps of a search for a field are to be noted; they are begun anew whenever the search is. */
  trace?(field: Field): TraceStep[] | undefined
}

/** What a step asks. */
export interface Asked {
  readonly question: QuestionId
  readonly key: LookupKey
}

/** A question that a lead needs answered. */
export interface Need extends Asked {
  readonly step: Step
  /** What is asked about: the lead as it is, or an address that it may get. */
  readonly about: 'lead' | 'candidate'
  /** Set when a vendor works on it already: its ticket is asked about. */
  readonly pending?: Answer
}

/** The answer to a question where it is known or takes no call. */
export function answerTo({ question, key }: Asked, { operation }: Step, view: View): Answer | undefined {
  const known = view.answer(question)
  if (known || operation.kind !== 'local') return known
  const outcome: Outcome | undefined = operation.answer([key])[0]
  const answer: Answer =
    outcome?.kind === 'found'
      ? { question, at: view.now, outcome: 'found', credits: 0, values: outcome.values }
      : { question, at: view.now, outcome: 'not_found', credits: 0 }
  view.keep(answer)
  return answer
}
