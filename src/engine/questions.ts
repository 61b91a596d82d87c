import type { QuestionId } from '../domain/answer'
import { questionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Job, OpenLead } from '../domain/job'
import type { Lead } from '../domain/lead'
import type { LookupKey } from '../domain/lookup-key'
import { lookupKey } from '../domain/lookup-key'
import type { Step } from '../domain/waterfall'
import type { World } from './world'

/** What a step of a waterfall would ask about a lead; undefined when the lead lacks a part of the key. */
export function questionOf(
  { provider, operation }: Step,
  lead: Lead,
  environment: Environment,
): { readonly question: QuestionId; readonly key: LookupKey } | undefined {
  const key = lookupKey(operation.by, lead)
  if (!key) return undefined
  const place = { environment, provider: provider.id, operation: operation.id }
  return { question: questionId(place, operation.by, key), key }
}

/** Every question that vendors could be asked about the missing fields of a lead with the keys that it has now. */
export function questionsAbout(
  { lead, missing }: Pick<OpenLead, 'lead' | 'missing'>,
  { world, environment }: { readonly world: World; readonly environment: Environment },
): readonly QuestionId[] {
  const steps = missing.flatMap((field) => world.waterfalls[field]?.steps ?? [])
  const distinct = new Map(steps.map((step) => [step.operation, step]))
  const remote = [...distinct.values()].filter(({ operation }) => operation.kind === 'remote')
  return remote.flatMap((step) => questionOf(step, lead, environment)?.question ?? [])
}

/** What of a run was looked up in the results store, so that everything is looked up once. */
export interface LookedUp {
  readonly questions: Set<QuestionId>
  /** Leads as they were: one that has grown may ask more. */
  readonly leads: WeakSet<Lead>
}

/**
 * The questions of a window that are to be looked up before anything is asked: also those of later steps, whose stored
 * answers make earlier ones needless. They count as looked up from then on.
 */
export function takeUnlooked(job: Job, world: World, looked: LookedUp): readonly QuestionId[] {
  const questions: QuestionId[] = []
  const take = (question: QuestionId): void => {
    if (looked.questions.has(question)) return
    looked.questions.add(question)
    questions.push(question)
  }
  for (const open of job.leads) {
    // Addresses to be verified come up while a lead waits.
    open.verifying?.forEach(take)
    if (open.waiting.length === 0 || looked.leads.has(open.lead)) continue
    looked.leads.add(open.lead)
    questionsAbout(open, { world, environment: job.environment }).forEach(take)
  }
  return questions
}
