import type { Answer } from '../domain/answer'
import type { Value, Values } from '../domain/finding'
import type { Ask, Batch, DropReason, Job } from '../domain/job'
import type { LookupKind } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import type { HttpResponse, Keys, Provider, RemoteOperation } from '../domain/provider'
import type { Draft } from './draft'
import { applyAnswer, closeDraft, openDraft, vendorOf } from './draft'
import { dropVendor } from './job'
import { creditsOf } from './price'
import { backoffMs, MAX_ATTEMPTS, MAX_SETBACKS } from './retry'
import { outcomeOf, parseBody, verdictOf } from './status'
import type { World } from './world'
import { findStep } from './world'

/** What came back for a batch: a response, or `lost` when the whole wave threw and nobody knows (safety S1, S2). */
export interface ReplyToBatch {
  readonly batch: Batch
  readonly response: HttpResponse | 'lost'
}

/** What must be written down before the new job is used: final answers by batch, and batches that end without one. */
export interface Settled {
  readonly job: Job
  readonly answers: readonly { readonly batch: string; readonly answer: Answer }[]
  /** Batches whose reservation ends without a charge: throttled, failed, refused. */
  readonly released: readonly string[]
  /** Rows whose person objected: they belong on the suppression list. */
  readonly objected: readonly number[]
}

/** Applies the replies of one wave. */
export function settle(
  job: Job,
  replies: readonly ReplyToBatch[],
  { world, now }: { world: World; now: number },
): Settled {
  const draft = openDraft(job, world, now)
  const answers: { batch: string; answer: Answer }[] = []
  const released: string[] = []
  const objected = new Set<number>()
  const drops = new Map<string, { because: DropReason; reason: string }>()
  for (const { batch, response } of replies) {
    const step = findStep(world, batch.provider, batch.operation)
    if (step?.operation.kind !== 'remote') continue
    draft.budget = { ...draft.budget, reserved: draft.budget.reserved - batch.worst }
    const outcomes = response === 'lost' ? undefined : read(response, batch, step.provider, step.operation)
    const before = answers.length
    for (const [index, question] of batch.questions.entries()) {
      const ask = draft.asks[question]
      if (!ask) continue
      draft.asks[question] = { ...ask, inFlight: false }
      const outcome = outcomes?.[index]
      if (outcomes === undefined) {
        answers.push({ batch: batch.id, answer: lose(draft, batch, question) })
        continue
      }
      if (outcome?.kind === 'objected') for (const row of ask.rows) objected.add(row)
      if (outcome?.kind === 'refused' && outcome.because !== 'input')
        drops.set(batch.provider, { because: outcome.because, reason: outcome.reason })
      const answer = conclude(draft, ask, outcome ?? { kind: 'unavailable', reason: 'no outcome' }, step.operation)
      if (answer) answers.push({ batch: batch.id, answer })
    }
    if (answers.length === before) released.push(batch.id)
  }
  for (const { answer } of answers) applyAnswer(draft, answer)
  let settled = closeDraft(draft)
  for (const { batch } of replies) {
    if ((settled.vendors[batch.provider]?.setbacks ?? 0) < MAX_SETBACKS || drops.has(batch.provider)) continue
    const name = findStep(world, batch.provider, batch.operation)?.provider.name ?? batch.provider
    drops.set(batch.provider, {
      because: 'down',
      reason: `${name} did not answer for several minutes. Try again later.`,
    })
  }
  for (const [provider, drop] of drops) settled = dropVendor(settled, { provider, ...drop }, { world, now })
  return { job: settled, answers, released, objected: [...objected] }
}

function read(
  response: HttpResponse,
  batch: Batch,
  provider: Provider,
  operation: RemoteOperation,
): readonly Outcome[] {
  const verdict = verdictOf(response.status, provider)
  if (verdict) {
    const outcome = outcomeOf(verdict, response, provider)
    return batch.questions.map(() => outcome)
  }
  try {
    return operation.read(parseBody(response.text), batch.keys as unknown as Keys<LookupKind>)
  } catch {
    // A body that does not fit is the vendor's failure, not ours and not a miss.
    return batch.questions.map(() => ({ kind: 'unavailable', reason: `${provider.name} sent something unreadable` }))
  }
}

// Nobody knows whether the vendor took the money: it counts at the worst price and is not asked again.
function lose(draft: Draft, batch: Batch, question: string): Answer {
  const credits = batch.worst / batch.questions.length
  draft.budget = { ...draft.budget, maybe: draft.budget.maybe + credits }
  return { question, at: draft.now, outcome: 'maybe_charged', credits }
}

function conclude(draft: Draft, ask: Ask, outcome: Outcome, operation: RemoteOperation): Answer | undefined {
  const credits = creditsOf(outcome, operation.price)
  const vendor = vendorOf(draft, ask.provider)
  draft.budget = { ...draft.budget, spent: draft.budget.spent + credits }
  // Counted once a wave, however many of its calls failed.
  const setbacks = (draft.job.vendors[ask.provider]?.setbacks ?? 0) + 1
  const calm = { ...vendor, setbacks: 0, credits: vendor.credits + credits }
  const answer = (kind: Answer['outcome'], values?: Values): Answer => ({
    question: ask.question,
    at: draft.now,
    outcome: kind,
    credits,
    ...(values && { values: declared(values, operation) }),
  })
  switch (outcome.kind) {
    case 'found':
      draft.vendors[ask.provider] = { ...calm, found: vendor.found + 1 }
      return answer('found', outcome.values)
    case 'not_found':
    case 'objected':
      draft.vendors[ask.provider] = calm
      return answer(outcome.kind)
    case 'pending': {
      // The vendor works on this one question; others are not held up.
      const attempts = ask.attempts + 1
      draft.vendors[ask.provider] = calm
      if (attempts >= MAX_ATTEMPTS) return answer('unavailable')
      const wait = outcome.retryAfterMs ?? backoffMs(attempts)
      draft.asks[ask.question] = { ...ask, inFlight: false, attempts, notBefore: draft.now + wait }
      return undefined
    }
    case 'throttled': {
      const wait = outcome.retryAfterMs ?? backoffMs(setbacks)
      draft.vendors[ask.provider] = { ...vendor, setbacks, restUntil: Math.max(vendor.restUntil, draft.now + wait) }
      draft.asks[ask.question] = { ...ask, inFlight: false, notBefore: draft.now + wait }
      return undefined
    }
    case 'unavailable': {
      const attempts = ask.attempts + 1
      // One failure may be chance; several waves in a row are the vendor's trouble, and everybody waits.
      const restUntil = setbacks > 2 ? draft.now + backoffMs(setbacks) : vendor.restUntil
      draft.vendors[ask.provider] = { ...vendor, setbacks, restUntil, credits: vendor.credits + credits }
      if (attempts >= MAX_ATTEMPTS) return answer('unavailable')
      draft.asks[ask.question] = { ...ask, inFlight: false, attempts, notBefore: draft.now + backoffMs(attempts) }
      return undefined
    }
    case 'refused':
      return outcome.because === 'input' ? answer('refused') : undefined
  }
}

// No value of a person or company is longer.
const MAX_VALUE = 5_000

// A longer address does not survive the way to a browser either (RFC 9110 section 4.1 asks for 8,000 octets).
const MAX_SOURCE = 2_000

// A whole answer is kept in one cell of the journal, which holds 50,000 characters (platform.md section 1); escapes such
// as \u0001 count with all their characters.
const MAX_ANSWER = 40_000

// Only what the operation declares is kept: a vendor cannot slip in what nobody asked for, nor so much of it that the
// rest of the answer cannot be kept.
function declared(values: Values, operation: RemoteOperation): Values {
  const kept: { [field: string]: Value } = {}
  let room = MAX_ANSWER
  for (const field of operation.finds) {
    const said = values[field]
    if (!said) continue
    const { sourceUrl, ...rest } = said
    const value: Value = {
      ...rest,
      value: printable(rest.value.slice(0, MAX_VALUE)),
      ...(sourceUrl !== undefined && sourceUrl.length <= MAX_SOURCE && { sourceUrl }),
    }
    const size = JSON.stringify(value).length
    if (size > room) continue
    kept[field] = value
    room -= size
  }
  return kept
}

// A spreadsheet may change or refuse these characters, and what is kept must come back as it went in.
function printable(text: string): string {
  return text
    .replace(/[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g, '')
}
