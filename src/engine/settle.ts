import type { Answer } from '../domain/answer'
import type { Value, Values } from '../domain/finding'
import type { Ask, Batch, DropReason, Job, VendorState } from '../domain/job'
import type { LookupKind } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import type { HttpResponse, Keys, Provider, RemoteOperation } from '../domain/provider'
import type { Draft } from './draft'
import { applyAnswers, closeDraft, openDraft, take, vendorOf } from './draft'
import { dropVendor } from './job'
import { endpointOf, pollEndpointOf } from './limits'
import { paceOf } from './pace'
import { patienceWith, pollOf, pollWaitMs, waitedMs } from './polling'
import { creditsOf, roundCredits } from './price'
import { backoffMs, MAX_ATTEMPTS, MAX_SETBACKS, MAX_SITE_ATTEMPTS, PATIENCE, throttleMs } from './retry'
import { outcomeOf, parseBody, verdictOf } from './status'
import type { World } from './world'
import { findStep } from './world'

/** What came back for a batch: a response, or `lost` when the whole wave threw and nobody knows (safety S1, S2). */
export interface ReplyToBatch {
  readonly batch: Batch
  readonly response: HttpResponse | 'lost'
}

/** An answer for the journal; `was` is the pending one that it replaces, whose price the budget of a run holds. */
export interface Settlement {
  readonly batch: string
  readonly answer: Answer
  readonly was?: { readonly run: string; readonly credits: number }
}

/** What must be written down before the new job is used: answers by batch, and batches that end without one. */
export interface Settled {
  readonly job: Job
  readonly answers: readonly Settlement[]
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
  const answers: Settlement[] = []
  const laterRuns: Answer[] = []
  const released: string[] = []
  const objected = new Set<number>()
  const drops = new Map<string, { because: DropReason; reason: string }>()
  const calm = new Set<string>()
  for (const { batch, response } of replies) {
    const step = findStep(world, batch.provider, batch.operation)
    if (step?.operation.kind !== 'remote') continue
    const { credits: price } = step.operation.price
    draft.budget = { ...draft.budget, reserved: roundCredits(draft.budget.reserved - batch.worst) }
    take(draft, { provider: batch.provider, credits: -batch.worst, at: batch.at })
    if (response !== 'lost') notePace(draft, batch, step.operation, response)
    const outcomes = outcomesOf(response, batch, step.provider, step.operation)
    const before = answers.length
    for (const [index, question] of batch.questions.entries()) {
      const ask = draft.asks[question]
      if (!ask) continue
      draft.asks[question] = { ...ask, inFlight: false }
      if (outcomes === 'lost') {
        answers.push({ batch: batch.id, answer: lose(draft, ask, { credits: price, at: batch.at }) })
        continue
      }
      const outcome = outcomes[index] ?? { kind: 'unavailable', reason: 'no outcome', credits: price }
      if (outcome.kind === 'objected') for (const row of ask.rows) objected.add(row)
      if (isCalm(outcome)) calm.add(batch.provider)
      if (outcome.kind === 'refused' && outcome.because !== 'input')
        drops.set(batch.provider, { because: outcome.because, reason: outcome.reason })
      if (creditsOf(outcome, step.operation.price) > price && !drops.has(batch.provider))
        drops.set(batch.provider, { because: 'credits', reason: tooDear(step.provider) })
      if (ask.pending) {
        const polled = concludePoll(draft, { ...ask, pending: ask.pending }, outcome, step.operation)
        if (polled === 'leave_to_later_runs') laterRuns.push(unavailable(ask, draft.now))
        else if (polled) answers.push({ batch: batch.id, ...polled })
        continue
      }
      const answer = conclude(draft, ask, outcome, { ...step, operation: step.operation, batch })
      if (answer) answers.push({ batch: batch.id, answer })
    }
    if (answers.length === before) released.push(batch.id)
  }
  for (const provider of calm) draft.vendors[provider] = { ...vendorOf(draft, provider), setbacks: 0 }
  applyAnswers(draft, [...answers.map(({ answer }) => answer), ...laterRuns])
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

// Of the replies of one wave the tightest counts: they arrive in any order.
function notePace(draft: Draft, batch: Batch, operation: RemoteOperation, response: HttpResponse): void {
  const said = paceOf(response, draft.now)
  if (!said) return
  const { id } = batch.ticket === undefined ? endpointOf(operation) : pollEndpointOf(operation)
  const vendor = vendorOf(draft, batch.provider)
  const known = vendor.paces?.[id]
  const pace = known && known.at === said.at && known.left < said.left ? known : said
  draft.vendors[batch.provider] = { ...vendor, paces: { ...vendor.paces, [id]: pace } }
}

// A vendor that says something definite is not down, even if it throttles or fails others in the same wave.
function isCalm(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'found':
    case 'not_found':
    case 'objected':
    case 'pending':
      return true
    case 'refused':
      return outcome.because === 'input'
    case 'throttled':
    case 'unavailable':
      return false
  }
}

function tooDear({ name }: Provider): string {
  return `${name} took more credits than its price says. Compare its price list before you ask it again.`
}

const NO_ANSWER: HttpResponse = { status: 0, headers: {}, text: '' }

function outcomesOf(
  response: HttpResponse | 'lost',
  batch: Batch,
  provider: Provider,
  operation: RemoteOperation,
): readonly Outcome[] | 'lost' {
  if (response !== 'lost') return read(response, batch, provider, operation)
  // What is free may be asked again (safety S2).
  return operation.price.credits === 0 || batch.ticket !== undefined
    ? read(NO_ANSWER, batch, provider, operation)
    : 'lost'
}

// Unless the vendor says what they mean they speak of the ticket, which the key of another account may not know, and not of
// the question, which is paid for.
const OF_TICKETS: Pick<Provider, 'statuses'> = {
  statuses: { 400: 'pending', 404: 'pending', 410: 'pending', 422: 'pending' },
}

// A gateway (RFC 9110 section 15.6.5), or Cloudflare, gave up waiting for the vendor.
const NOT_WAITED_FOR: readonly number[] = [504, 524]

function read(
  response: HttpResponse,
  batch: Batch,
  provider: Provider,
  operation: RemoteOperation,
): readonly Outcome[] {
  const asked = batch.ticket === undefined ? operation : pollOf(operation)
  const verdict = verdictOf(response.status, asked, provider, batch.ticket === undefined ? {} : OF_TICKETS)
  const { credits } = operation.price
  if (verdict) {
    const said = outcomeOf(verdict, response, provider)
    // The vendor was asked, and may still be at work on what it charges for.
    const isCutOff = said.kind === 'unavailable' && NOT_WAITED_FOR.includes(response.status)
    const outcome: Outcome = isCutOff ? { ...said, credits } : said
    return batch.questions.map(() => outcome)
  }
  try {
    return asked.read(parseBody(response.text, operation), batch.keys as unknown as Keys<LookupKind>)
  } catch {
    // A body that does not fit is the vendor's failure, not ours and not a miss. A web page comes from something that
    // stands before the vendor; anything else may be the ruin of an answer that was charged.
    const reason = `${provider.name} sent something unreadable`
    const isPage = /^\s*</.test(response.text)
    const outcome: Outcome = { kind: 'unavailable', reason, ...(!isPage && { credits }) }
    return batch.questions.map(() => outcome)
  }
}

// Nobody knows whether the vendor took the money: it counts at the worst price and is not asked again.
function lose(draft: Draft, ask: Ask, { credits, at }: { readonly credits: number; readonly at: number }): Answer {
  take(draft, { provider: ask.provider, credits, at })
  draft.budget = { ...draft.budget, maybe: roundCredits(draft.budget.maybe + credits) }
  draft.vendors[ask.provider] = setBack(draft, ask.provider)
  return { question: ask.question, at: draft.now, outcome: 'maybe_charged', credits }
}

// Counted once a wave, however many of its calls failed. One failure may be chance; several waves in a row are the
// vendor's trouble, and everybody waits.
function setBack(draft: Draft, provider: string): VendorState {
  const vendor = vendorOf(draft, provider)
  const setbacks = (draft.job.vendors[provider]?.setbacks ?? 0) + 1
  const rest = setbacks > PATIENCE ? draft.now + backoffMs(setbacks) : 0
  return { ...vendor, setbacks, restUntil: Math.max(vendor.restUntil, rest) }
}

interface Asked {
  readonly provider: Provider
  readonly operation: RemoteOperation
  readonly batch: Batch
}

// The ticket is on record before the first poll; its price is held until the answer is collected.
function hold(draft: Draft, ask: Ask, ticket: string, { price }: RemoteOperation): Answer {
  const { credits } = price
  draft.budget = { ...draft.budget, held: roundCredits(draft.budget.held + credits) }
  take(draft, { provider: ask.provider, credits, at: draft.now })
  const { question } = ask
  return { question, at: draft.now, outcome: 'pending', credits, ticket: { id: ticket, run: draft.job.run } }
}

function conclude(draft: Draft, ask: Ask, outcome: Outcome, asked: Asked): Answer | undefined {
  const { provider, operation, batch } = asked
  if (outcome.kind === 'pending' && outcome.ticket !== undefined && operation.poll)
    return hold(draft, ask, outcome.ticket, operation)
  const attempts = ask.attempts + 1
  const last = attempts >= (provider.asksKeyDomain ? MAX_SITE_ATTEMPTS : MAX_ATTEMPTS)
  const taken = outcome.kind === 'pending' || (outcome.kind === 'unavailable' && ask.taken === true)
  const credits = last && taken ? operation.price.credits : creditsOf(outcome, operation.price)
  const vendor = vendorOf(draft, ask.provider)
  draft.budget = { ...draft.budget, spent: roundCredits(draft.budget.spent + credits) }
  take(draft, { provider: ask.provider, credits, at: batch.at })
  draft.vendors[ask.provider] = { ...vendor, credits: roundCredits(vendor.credits + credits) }
  const answer = (kind: Answer['outcome'], values?: Values): Answer => ({
    question: ask.question,
    at: draft.now,
    outcome: kind,
    credits,
    ...(values && { values: declared(values, operation, draft.world) }),
  })
  switch (outcome.kind) {
    case 'found':
      draft.vendors[ask.provider] = { ...vendorOf(draft, ask.provider), found: vendor.found + 1 }
      return answer('found', outcome.values)
    case 'not_found':
    case 'objected':
      return answer(outcome.kind)
    case 'pending':
      // The vendor works on this one question; others are not held up.
      if (last) return answer('unavailable')
      askAgain(draft, { ...ask, attempts, taken: true }, outcome.retryAfterMs ?? backoffMs(attempts))
      return undefined
    case 'throttled': {
      const state = setBack(draft, ask.provider)
      const wait = throttleMs(outcome.retryAfterMs, state.setbacks)
      draft.vendors[ask.provider] = { ...state, restUntil: Math.max(vendor.restUntil, draft.now + wait) }
      askAgain(draft, ask, wait)
      return undefined
    }
    case 'unavailable':
      // A site that is down says nothing about the next one.
      if (!provider.asksKeyDomain) draft.vendors[ask.provider] = setBack(draft, ask.provider)
      // What may have been charged is not bought a second time (safety S1).
      if (last || credits > 0) return answer('unavailable')
      askAgain(draft, { ...ask, attempts }, backoffMs(attempts))
      return undefined
    case 'refused':
      if (outcome.because !== 'input') return undefined
      // One bad question may have spoilt a batch that cost nothing: it is searched for.
      if (batch.questions.length > 1) {
        askAgain(draft, { ...ask, packed: Math.ceil(batch.questions.length / 2) }, 0)
        return undefined
      }
      return answer('refused')
  }
}

type Polled = Pick<Settlement, 'answer' | 'was'>

/**
 * What a poll says about a question. Its ticket is never given away for a failure: this run waits, later ones ask again,
 * and only after the vendor cannot know any more it counts as maybe charged. One that the vendor itself ended without an
 * answer is forgotten: its price is free again, and a later run asks anew.
 */
function concludePoll(
  draft: Draft,
  ask: Ask & { readonly pending: Answer },
  outcome: Outcome,
  operation: RemoteOperation,
): Polled | 'leave_to_later_runs' | undefined {
  const { pending } = ask
  const { run = '' } = pending.ticket ?? {}
  const { now } = draft
  const isMine = run === draft.job.run
  const end = (kind: Answer['outcome'], credits: number, values?: Values): Polled => {
    if (isMine) {
      const { held } = draft.budget
      const paid = kind === 'maybe_charged' ? 'maybe' : 'spent'
      draft.budget = {
        ...draft.budget,
        held: roundCredits(held - pending.credits),
        [paid]: roundCredits(draft.budget[paid] + credits),
      }
      take(draft, { provider: ask.provider, credits: credits - pending.credits, at: pending.at })
    }
    const vendor = vendorOf(draft, ask.provider)
    draft.vendors[ask.provider] = {
      ...vendor,
      credits: roundCredits(vendor.credits + credits),
      found: vendor.found + (kind === 'found' ? 1 : 0),
    }
    const answer: Answer = {
      question: ask.question,
      at: now,
      outcome: kind,
      credits,
      ...(values && { values: declared(values, operation, draft.world) }),
    }
    return { answer, was: { run, credits: pending.credits } }
  }
  switch (outcome.kind) {
    case 'found':
      return end('found', creditsOf(outcome, operation.price), outcome.values)
    case 'not_found':
    case 'objected':
      return end(outcome.kind, creditsOf(outcome, operation.price))
    case 'refused':
      // A vendor that could not work on it took nothing; it would not the next time either.
      if (outcome.because === 'input') return end('not_found', 0)
      return outcome.ended ? end('unavailable', 0) : undefined
    case 'throttled':
    case 'unavailable':
      draft.vendors[ask.provider] = setBack(draft, ask.provider)
      if (outcome.ended) return end('unavailable', 0)
      break
    case 'pending':
  }
  const times = { startedAt: draft.job.startedAt, now }
  switch (patienceWith(pending, times)) {
    case 'leave_to_later_runs':
      return 'leave_to_later_runs'
    case 'give_up':
      return end('maybe_charged', pending.credits)
    case 'wait': {
      const said = outcome.kind === 'pending' || outcome.kind === 'throttled' ? (outcome.retryAfterMs ?? 0) : 0
      askAgain(draft, ask, Math.max(said, pollWaitMs(pollOf(operation), waitedMs(pending, times))))
      return undefined
    }
  }
}

function unavailable({ question }: Ask, at: number): Answer {
  return { question, at, outcome: 'unavailable', credits: 0 }
}

function askAgain(draft: Draft, ask: Ask, waitMs: number): void {
  draft.asks[ask.question] = { ...ask, inFlight: false, notBefore: draft.now + waitMs }
}

// No value of a person or company is longer.
const MAX_VALUE = 5_000

// A longer address does not survive the way to a browser either (RFC 9110 section 4.1 asks for 8,000 octets).
const MAX_SOURCE = 2_000

// A whole answer is kept in one cell of the journal, which holds 50,000 characters (platform.md section 1); escapes such
// as \u0001 count with all their characters.
const MAX_ANSWER = 40_000

// Only what the operation declares and the file has a purpose for is kept: a vendor cannot slip in what nobody asked for, nor
// so much of it that the rest of the answer cannot be kept.
function declared(values: Values, operation: RemoteOperation, world: World): Values {
  const kept: { [field: string]: Value } = {}
  let room = MAX_ANSWER
  for (const field of operation.finds) {
    const said = values[field]
    if (!said || world.keeps?.(field) === false) continue
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
