import type { Ask, Batch, Job, Tick } from '../domain/job'
import type { LookupKind } from '../domain/lookup-key'
import type { Keys, Provider, RemoteOperation } from '../domain/provider'
import { affordable } from './budget'
import type { Draft } from './draft'
import { closeDraft, openDraft, take, vendorOf } from './draft'
import { withinDay } from './day'
import { isMine, LATE_MS, slotAt } from './lane'
import type { Caller, Endpoint } from './limits'
import { allowance, allowedAt, endpointOf, pollEndpointOf, recent } from './limits'
import { pollOf } from './polling'
import { roundCredits } from './price'
import type { World } from './world'
import { findStep } from './world'

/** Requests in one `fetchAll`: guides use 10 to 50 a batch (platform.md section 5). */
export const MAX_WAVE = 30

/** Credits at worst in one paid wave: what a single lost call can cost (safety S2). */
export const MAX_WAVE_CREDITS = 50

// A vendor that may be asked within so much is worth waiting for.
const SOON_MS = 5_000

/** A wave is of one class: a free one may be repeated, a paid one never (safety S2). */
export interface Wave {
  readonly kind: 'free' | 'paid'
  readonly batches: readonly Batch[]
}

/** The next wave and the job with its questions in flight and their worst price reserved; or when to ask again. */
export type Next =
  | { readonly kind: 'wave'; readonly job: Job; readonly wave: Wave }
  /** Nothing may be sent before `at`: by the limits, or because only other lanes' questions are open. */
  | { readonly kind: 'wait'; readonly job: Job; readonly at: number; readonly for: 'limits' | 'lanes' }
  /** No question is open, or only such as the cap does not allow. */
  | { readonly kind: 'idle'; readonly job: Job }

interface Group {
  readonly provider: Provider
  readonly operation: RemoteOperation
  /** Set for the questions of one ticket: they are polled together, for nothing. */
  readonly ticket?: string
  readonly asks: Ask[]
  /** Those of other lanes. */
  readonly theirs: Ask[]
}

function endpoint({ operation, ticket }: Group): Endpoint {
  return ticket === undefined ? endpointOf(operation) : pollEndpointOf(operation)
}

function isFree({ operation, ticket }: Group): boolean {
  return operation.price.credits === 0 || ticket !== undefined
}

/**
 * The job after a wave of so many requests. Google throws a whole wave away for one bad address, and when a script calls too
 * often in a short time, which no text tells for sure: the next one is half as wide. Each full one that is answered lets it
 * grow by one; a narrower one, such as a question about a balance, says nothing of how many Google takes, nor does a single
 * request that is lost: its host is dead.
 */
export function afterWave(job: Job, requests: number, came: 'answered' | 'lost'): Job {
  switch (came) {
    case 'lost':
      if (requests === 1) return job
      return { ...job, widest: Math.max(1, Math.floor(Math.min(requests, job.widest ?? MAX_WAVE) / 2)) }
    case 'answered':
      if (job.widest === undefined || requests < job.widest) return job
      return { ...job, widest: job.widest + 1 < MAX_WAVE ? job.widest + 1 : undefined }
  }
}

/** The requests that are allowed now: due, within limits, within the cap, of several vendors at once; free ones first. */
export function nextBatches(job: Job, world: World, now: number): Next {
  const slot = slotAt(job.lane, now)
  if (slot > now) return { kind: 'wait', job, at: slot, for: 'limits' }
  const draft = openDraft(job, world, now)
  draft.capped = false
  const all = groupAsks(draft)
  const groups = all.filter((group) => group.asks.length > 0 && !isGathering(draft, group, all))
  const free = fill(draft, groups.filter(isFree), 'free')
  if (free.length > 0) return { kind: 'wave', job: closeDraft(draft), wave: { kind: 'free', batches: free } }
  const dear = groups.filter((group) => !isFree(group))
  const asleep = dear.filter(({ provider }) => isAsleep(job, provider))
  const paid = fill(draft, [...asleep, ...dear.filter((group) => !asleep.includes(group))], 'paid')
  if (paid.length > 0) return { kind: 'wave', job: closeDraft(draft), wave: { kind: 'paid', batches: paid } }
  const due = nextDue(draft, groups)
  const at = due ?? othersTurn(draft)
  if (at === undefined) return { kind: 'idle', job: closeDraft(draft) }
  return { kind: 'wait', job: closeDraft(draft), at, for: due === undefined ? 'lanes' : 'limits' }
}

function groupAsks(draft: Draft): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const ask of Object.values(draft.asks)) {
    if (ask.inFlight || ask.rows.length === 0) continue
    const ticket = ask.pending?.ticket?.id
    const id = [ask.provider, ask.operation, ...(ticket === undefined ? [] : [ticket])].join('/')
    const group = groups.get(id) ?? openGroup(draft, ask)
    if (!group) continue
    groups.set(id, group)
    if (isMine(ask, group.operation, draft.job.lane)) group.asks.push(ask)
    else group.theirs.push(ask)
  }
  return [...groups.values()]
}

function openGroup({ world }: Draft, ask: Ask): Group | undefined {
  const step = findStep(world, ask.provider, ask.operation)
  if (step?.operation.kind !== 'remote') return undefined
  const ticket = ask.pending?.ticket?.id
  return {
    provider: step.provider,
    operation: step.operation,
    ...(ticket !== undefined && { ticket }),
    asks: [],
    theirs: [],
  }
}

// A pack that is not full waits while an earlier vendor is about to be asked, for what that one does not know may fill it.
function isGathering(draft: Draft, group: Group, all: readonly Group[]): boolean {
  const { operation, ticket, asks } = group
  if (ticket !== undefined || asks.length >= (operation.batch ?? 1)) return false
  const place = placeOf(draft.world, group)
  return all.some(
    (other) =>
      other.ticket === undefined &&
      placeOf(draft.world, other) < place &&
      affordable(draft.budget, other.provider.id, other.operation.price) > 0 &&
      [...other.asks, ...other.theirs].some((ask) => ask.notBefore <= draft.now + SOON_MS) &&
      allowedAt(other.provider, endpoint(other), callerOf(draft, other.provider)) <= draft.now + SOON_MS,
  )
}

/** How early an operation comes in the waterfalls; verifiers come last. */
function placeOf({ waterfalls }: World, { provider, operation }: Group): number {
  const places = Object.values(waterfalls).map(({ steps }) =>
    steps.findIndex((step) => step.provider.id === provider.id && step.operation.id === operation.id),
  )
  return Math.min(...places.map((place) => (place < 0 ? Infinity : place)))
}

function callerOf({ job, vendors, now }: Draft, { id }: Provider): Caller {
  return { state: vendors[id], now, lane: job.lane }
}

function fill(draft: Draft, groups: readonly Group[], kind: Wave['kind']): readonly Batch[] {
  const batches: Batch[] = []
  let waveCredits = 0
  let sites: boolean | undefined
  for (const group of groups) {
    const { provider, operation, ticket, asks } = group
    const due = asks.filter((ask) => ask.notBefore <= draft.now)
    // A vendor that takes its time goes alone, and so does the first call to one that may be dead: a call that throws takes
    // with it what others were paid for in its wave (safety S2).
    const alone = (operation.slow && ticket === undefined) || (kind === 'paid' && isAsleep(draft.job, provider))
    if (alone && batches.length > 0) continue
    // One dead site loses a whole wave, which is then split and sent again: other sources are not to share that.
    if (batches.length > 0 && sites !== (provider.asksKeyDomain ?? false)) continue
    sites = provider.asksKeyDomain ?? false
    let allowed = allowance(provider, endpoint(group), callerOf(draft, provider))
    while (due.length > 0 && allowed > 0 && batches.length < (draft.job.widest ?? MAX_WAVE)) {
      const affords = ticket === undefined ? affordable(draft.budget, provider.id, operation.price) : Infinity
      const chosen = due.splice(0, Math.min(packOf(due, operation), affords))
      const worst = ticket === undefined ? roundCredits(chosen.length * operation.price.credits) : 0
      if (chosen.length === 0) {
        draft.capped = true
        break
      }
      // A batch POST that alone exceeds the wave's credits goes in a wave of its own.
      if (kind === 'paid' && batches.length > 0 && waveCredits + worst > MAX_WAVE_CREDITS) return batches
      batches.push(send(draft, group, chosen, worst))
      if (alone) return batches
      waveCredits += worst
      allowed--
    }
  }
  return batches
}

function isAsleep({ awake }: Job, { id }: Provider): boolean {
  return awake !== undefined && !awake.includes(id)
}

// As many as the vendor takes in one request, fewer where a larger one was refused.
function packOf(due: readonly Ask[], { batch = 1 }: RemoteOperation): number {
  let size = batch
  for (let count = 0; count < Math.min(size, due.length); count++) size = Math.min(size, due[count]!.packed ?? size)
  return size
}

function send(draft: Draft, group: Group, chosen: readonly Ask[], worst: number): Batch {
  const { provider, operation, ticket } = group
  const { lane } = draft.job
  const { id: called } = endpoint(group)
  const keys = chosen.map((ask) => ask.key) as unknown as Keys<LookupKind>
  for (const ask of chosen) draft.asks[ask.question] = { ...ask, inFlight: true }
  draft.budget = { ...draft.budget, reserved: roundCredits(draft.budget.reserved + worst) }
  take(draft, { provider: provider.id, credits: worst, at: draft.now })
  const state = vendorOf(draft, provider.id)
  const ticks = recent(state.calls[called] ?? [], draft.now)
  const last = ticks[ticks.length - 1]
  const ticked: readonly Tick[] =
    last && last[0] === draft.now ? [...ticks.slice(0, -1), [last[0], last[1] + 1]] : [...ticks, [draft.now, 1]]
  draft.vendors[provider.id] = {
    ...state,
    called: state.called + 1,
    calls: { ...state.calls, [called]: ticked },
    ...(provider.perDay !== undefined && { day: withinDay(state.day ?? [], draft.now, draft.job.lane?.since) }),
  }
  draft.sequence++
  return {
    id: [draft.job.run, draft.job.epoch, ...(lane ? [`lane${lane.index}`] : []), draft.sequence].join('.'),
    provider: provider.id,
    operation: operation.id,
    questions: chosen.map((ask) => ask.question),
    keys: chosen.map((ask) => ask.key),
    worst,
    at: draft.now,
    ...(ticket !== undefined && { ticket }),
    request:
      ticket === undefined
        ? operation.request(keys, (field) => draft.world.keeps?.(field) ?? true)
        : pollOf(operation).request(ticket, keys),
  }
}

// Questions that other lanes ask: their answers may bring more for this one.
function othersTurn({ job, asks, now }: Draft): number | undefined {
  const waits = job.lane && Object.values(asks).some((ask) => ask.rows.length > 0)
  return waits ? slotAt(job.lane, now + LATE_MS + 1) : undefined
}

function nextDue(draft: Draft, groups: readonly Group[]): number | undefined {
  let at: number | undefined
  for (const group of groups) {
    const { provider, operation, asks } = group
    if (!isFree(group) && affordable(draft.budget, provider.id, operation.price) === 0) {
      draft.capped = true
      continue
    }
    const due = Math.min(...asks.map((ask) => ask.notBefore))
    const open = Math.max(due, allowedAt(provider, endpoint(group), callerOf(draft, provider)))
    at = at === undefined ? open : Math.min(at, open)
  }
  return at
}
