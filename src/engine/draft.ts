import type { Answer, QuestionId } from '../domain/answer'
import type { Ask, Budget, Job, OpenLead, VendorState } from '../domain/job'
import { advance } from './advance'
import { counted } from './budget'
import { pollOf, pollWaitMs } from './polling'
import type { View } from './view'
import type { World } from './world'

/** A job while one step of the engine changes it; it never leaves the engine. */
export interface Draft {
  readonly job: Job
  readonly world: World
  readonly now: number
  leads: OpenLead[]
  readonly position: Map<number, number>
  asks: { [question: QuestionId]: Ask }
  answers: { [question: QuestionId]: Answer }
  vendors: { [provider: string]: VendorState }
  budget: Budget
  sequence: number
  capped: boolean
}

/** A vendor that was not asked yet. */
export const NEW_VENDOR: VendorState = { calls: {}, restUntil: 0, setbacks: 0, called: 0, found: 0, credits: 0 }

/** Opens a job for changes. */
export function openDraft(job: Job, world: World, now: number): Draft {
  return {
    job,
    world,
    now,
    leads: [...job.leads],
    position: new Map(job.leads.map((lead, index) => [lead.row, index])),
    asks: { ...job.asks },
    answers: { ...job.answers },
    vendors: { ...job.vendors },
    budget: job.budget,
    sequence: job.sequence,
    capped: job.capped,
  }
}

/** The job after the changes. */
export function closeDraft(draft: Draft): Job {
  const { job, leads, asks, answers, vendors, budget, sequence, capped } = draft
  return { ...job, leads, asks, answers, vendors, budget, sequence, capped }
}

/** How a vendor stands, with a fresh record for one that was not asked yet. */
export function vendorOf(draft: Draft, provider: string): VendorState {
  return draft.vendors[provider] ?? NEW_VENDOR
}

/** Counts credits, first counted at a moment, against the caps of a day and a month; negative ones are given back. */
export function take(
  draft: Draft,
  amount: { readonly provider: string; readonly credits: number; readonly at: number },
): void {
  if (amount.credits === 0) return
  draft.budget = { ...draft.budget, taken: counted(draft.budget.taken, amount, draft.now) }
}

/** Applies what is known to the given rows and files the questions that they now wait for. */
export function advanceRows(draft: Draft, rows: Iterable<number>): void {
  const view: View = {
    world: draft.world,
    environment: draft.job.environment,
    now: draft.now,
    answer: (question) => draft.answers[question],
    keep: (answer) => {
      draft.answers[answer.question] = answer
    },
    vendor: (provider) => draft.vendors[provider],
  }
  for (const row of rows) {
    const index = draft.position.get(row)
    const lead = index === undefined ? undefined : draft.leads[index]
    if (index === undefined || !lead) continue
    const advanced = advance(lead, view)
    draft.leads[index] = advanced.lead
    for (const question of lead.waiting) if (!advanced.lead.waiting.includes(question)) leave(draft, question, row)
    for (const { question, step, key, pending } of advanced.needs) {
      const ask = draft.asks[question]
      if (ask?.rows.includes(row)) continue
      draft.asks[question] = ask
        ? { ...ask, rows: [...ask.rows, row] }
        : {
            question,
            provider: step.provider.id,
            operation: step.operation.id,
            key,
            rows: [row],
            attempts: 0,
            notBefore: pending ? pending.at + pollWaitMs(pollOf(step.operation), 0) : 0,
            inFlight: false,
            ...(pending && { pending }),
          }
    }
  }
}

// A question that nobody waits for any more is not asked; one in flight stays until its answer came.
function leave(draft: Draft, question: QuestionId, row: number): void {
  const ask = draft.asks[question]
  if (!ask) return
  const rows = ask.rows.filter((one) => one !== row)
  if (rows.length === 0 && !ask.inFlight && ask.attempts === 0) delete draft.asks[question]
  else draft.asks[question] = { ...ask, rows }
}

/**
 * Files answers that came together and takes the rows that waited for them further: only after all of them are heard, so
 * that nothing is asked which one of them tells. Stale answers are left out by the caller.
 */
export function applyAnswers(draft: Draft, answers: Iterable<Answer>): void {
  const rows = new Set<number>()
  for (const answer of answers) {
    const { question } = answer
    draft.answers[question] = answer
    const ask = draft.asks[question]
    if (!ask) continue
    delete draft.asks[question]
    for (const row of ask.rows) {
      rows.add(row)
      if (answer.outcome === 'found') hear(draft, row, question)
    }
  }
  advanceRows(draft, rows)
}

function hear(draft: Draft, row: number, question: QuestionId): void {
  const index = draft.position.get(row)
  const lead = index === undefined ? undefined : draft.leads[index]
  // What a verifier knows about an address is not about this lead until the address is its own.
  if (index === undefined || !lead || lead.verifying?.includes(question)) return
  draft.leads[index] = { ...lead, heard: [...lead.heard, question] }
}
