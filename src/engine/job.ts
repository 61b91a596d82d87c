import type { Answer } from '../domain/answer'
import { recalled } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import type { Batch, Budget, DropReason, Job, Lane, OpenLead, Tick, VendorState } from '../domain/job'
import { advanceRows, applyAnswers, closeDraft, openDraft, vendorOf } from './draft'
import type { World } from './world'

// Enough for every vendor's limit, few enough to be read and written in a few calls.
const WINDOW = 300

// What a vendor of large packs does not find, after others were asked, is to fill a pack; more would slow down every step.
const PACKS = 4
const LARGEST_WINDOW = 1_000

/** How many leads are open at a time. */
export function windowOf({ waterfalls }: World): number {
  const operations = Object.values(waterfalls).flatMap(({ steps }) => steps.map(({ operation }) => operation))
  const packs = operations.map((operation) => (operation.kind === 'remote' ? (operation.batch ?? 1) : 1))
  return Math.max(WINDOW, Math.min(LARGEST_WINDOW, PACKS * Math.max(1, ...packs)))
}

/** A job without leads. `epoch` is new for each slice, so that batch ids never repeat. */
export function openJob(start: {
  readonly run: string
  readonly environment: Environment
  readonly startedAt: number
  readonly epoch: number
  readonly budget: Budget
  readonly vendors: { readonly [provider: string]: VendorState }
  readonly lane?: Lane
  readonly awake?: readonly string[]
}): Job {
  return { ...start, sequence: 0, leads: [], asks: {}, answers: {}, capped: false }
}

/** A lead as it enters a job. */
export type NewLead = Pick<OpenLead, 'row' | 'lead' | 'missing' | 'bars'>

/** Adds leads to the end of the window and works out what they need. */
export function admit(job: Job, leads: readonly NewLead[], { world, now }: { world: World; now: number }): Job {
  const draft = openDraft(job, world, now)
  for (const lead of leads) {
    draft.position.set(lead.row, draft.leads.length)
    draft.leads.push({ ...lead, results: {}, heard: [], waiting: [] })
  }
  advanceRows(
    draft,
    leads.map((lead) => lead.row),
  )
  return closeDraft(draft)
}

/** Applies answers that the results store had already. Stale ones are ignored; failures count within their run only. */
export function recall(job: Job, answers: Iterable<Answer>, { world, now }: { world: World; now: number }): Job {
  const draft = openDraft(job, world, now)
  const counting = [...answers].flatMap((answer) => {
    const failed = answer.outcome === 'unavailable' || answer.outcome === 'refused'
    if (failed && answer.at >= job.startedAt) return [answer]
    return recalled(answer, { now, since: job.startedAt, refreshMs: world.refreshMs?.(answer) ?? Infinity }) ?? []
  })
  applyAnswers(draft, counting)
  if (counting.length > 0) {
    const open = draft.leads.filter((lead) => !isFinished(lead))
    advanceRows(
      draft,
      open.map((lead) => lead.row),
    )
  }
  return closeDraft(draft)
}

/** Applies answers that other lanes heard meanwhile, in their order. */
export function learn(job: Job, answers: Iterable<Answer>, { world, now }: { world: World; now: number }): Job {
  const draft = openDraft(job, world, now)
  applyAnswers(draft, answers)
  return closeDraft(draft)
}

/** The job as it was sent: calls that were planned for one moment and went out at another count from then on. */
export function sentAt(job: Job, planned: number, at: number): Job {
  if (at === planned) return job
  const moved = (ticks: readonly Tick[]): readonly Tick[] =>
    ticks.map(([when, count]) => [when === planned ? at : when, count])
  const vendors = Object.entries(job.vendors).map(([id, state]) => {
    const calls = Object.entries(state.calls).map(([operation, ticks]) => [operation, moved(ticks)] as const)
    return [id, { ...state, calls: Object.fromEntries(calls) }] as const
  })
  return { ...job, vendors: Object.fromEntries(vendors) }
}

/** Nobody asks this vendor again in this run; its open questions go to the next step. */
export function dropVendor(
  job: Job,
  drop: { readonly provider: string; readonly because: DropReason; readonly reason: string },
  { world, now }: { world: World; now: number },
): Job {
  const draft = openDraft(job, world, now)
  const { provider, because, reason } = drop
  draft.vendors[provider] = { ...vendorOf(draft, provider), dropped: { because, reason } }
  const rows = new Set<number>()
  for (const ask of Object.values(draft.asks)) {
    if (ask.provider === provider && !ask.inFlight) for (const row of ask.rows) rows.add(row)
  }
  advanceRows(draft, rows)
  for (const ask of Object.values(draft.asks)) {
    if (ask.provider === provider && !ask.inFlight) delete draft.asks[ask.question]
  }
  return closeDraft(draft)
}

/** The questions of a wave that are not sent after all: asked later, or by the next step where nobody asks this vendor again. */
export function putBack(job: Job, batches: readonly Batch[], about: { world: World; now: number }): Job {
  const asks = batches.flatMap(({ questions }) => questions).flatMap((question) => job.asks[question] ?? [])
  const open = asks.map((ask) => [ask.question, { ...ask, inFlight: false }] as const)
  const back = { ...job, asks: { ...job.asks, ...Object.fromEntries(open) } }
  return [...new Set(batches.map(({ provider }) => provider))].reduce((now, provider) => {
    const dropped = job.vendors[provider]?.dropped
    return dropped ? dropVendor(now, { provider, ...dropped }, about) : now
  }, back)
}

/** Nothing more is asked for these leads: their people are not to be looked up. What is on its way is still heard. */
export function holdBack(job: Job, rows: ReadonlySet<number>, wanted: readonly Field[]): Job {
  if (rows.size === 0) return job
  const refused = Object.fromEntries(wanted.map((field) => [field, { kind: 'none', why: 'objected' } as const]))
  const leads = job.leads.map((lead): OpenLead =>
    rows.has(lead.row) ? { ...lead, results: refused, waiting: [] } : lead,
  )
  const asks = Object.fromEntries(
    Object.values(job.asks).map((ask) => [ask.question, { ...ask, rows: ask.rows.filter((row) => !rows.has(row)) }]),
  )
  return { ...job, leads, asks }
}

/** Takes leads out of the window, and with them the questions that no other lead waits for. */
export function setAside(job: Job, rows: ReadonlySet<number>): Job {
  if (rows.size === 0) return job
  const asks = Object.values(job.asks).flatMap((ask) => {
    const others = ask.rows.filter((row) => !rows.has(row))
    return others.length === 0 ? [] : [[ask.question, { ...ask, rows: others }] as const]
  })
  return { ...job, leads: job.leads.filter(({ row }) => !rows.has(row)), asks: Object.fromEntries(asks) }
}

/** The job after vendors answered in this execution. */
export function wokeUp(job: Job, vendors: readonly string[]): Job {
  return { ...job, awake: [...new Set([...(job.awake ?? []), ...vendors])] }
}

/** Lets a vendor rest until a time, for example because it did not answer a free call. */
export function restVendor(job: Job, provider: string, until: number): Job {
  const state = job.vendors[provider] ?? { calls: {}, restUntil: 0, setbacks: 0, called: 0, found: 0, credits: 0 }
  return {
    ...job,
    vendors: {
      ...job.vendors,
      [provider]: { ...state, restUntil: Math.max(state.restUntil, until), setbacks: state.setbacks + 1 },
    },
  }
}

/** Whether a lead of the window waits for nothing any more. */
export function isFinished(lead: OpenLead): boolean {
  return lead.waiting.length === 0
}

/** Takes the finished leads off the front of the window, in order, at most so many. */
export function retire(job: Job, atMost = Infinity): { readonly job: Job; readonly finished: readonly OpenLead[] } {
  let count = 0
  while (count < Math.min(job.leads.length, atMost) && isFinished(job.leads[count]!)) count++
  if (count === 0) return { job, finished: [] }
  // The answers stay: later leads may share their questions, and these are not looked up in the store twice.
  return { job: { ...job, leads: job.leads.slice(count) }, finished: job.leads.slice(0, count) }
}
