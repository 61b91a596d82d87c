import type { Ask, Batch, Job, Tick } from '../domain/job'
import type { LookupKind } from '../domain/lookup-key'
import type { Keys, Provider, RemoteOperation } from '../domain/provider'
import type { Draft } from './draft'
import { closeDraft, openDraft, vendorOf } from './draft'
import type { Endpoint } from './limits'
import { allowance, allowedAt, endpointOf, pollEndpointOf, recent, withinDay } from './limits'
import { pollOf } from './polling'
import { affordable, roundCredits } from './price'
import type { World } from './world'
import { findStep } from './world'

/** Requests in one `fetchAll`: guides use 10 to 50 a batch (platform.md section 5). */
export const MAX_WAVE = 30

/** Credits at worst in one paid wave: what a single lost call can cost (safety S2). */
export const MAX_WAVE_CREDITS = 50

/** A wave is of one class: a free one may be repeated, a paid one never (safety S2). */
export interface Wave {
  readonly kind: 'free' | 'paid'
  readonly batches: readonly Batch[]
}

/** The next wave and the job with its questions in flight and their worst price reserved; or when to ask again. */
export type Next =
  | { readonly kind: 'wave'; readonly job: Job; readonly wave: Wave }
  /** Nothing may be sent before `at`. */
  | { readonly kind: 'wait'; readonly job: Job; readonly at: number }
  /** No question is open, or only such as the cap does not allow. */
  | { readonly kind: 'idle'; readonly job: Job }

interface Group {
  readonly provider: Provider
  readonly operation: RemoteOperation
  /** Set for the questions of one ticket: they are polled together, for nothing. */
  readonly ticket?: string
  readonly asks: Ask[]
}

function endpoint({ operation, ticket }: Group): Endpoint {
  return ticket === undefined ? endpointOf(operation) : pollEndpointOf(operation)
}

function isFree({ operation, ticket }: Group): boolean {
  return operation.price.credits === 0 || ticket !== undefined
}

/** The requests that are allowed now: due, within limits, within the cap, of several vendors at once; free ones first. */
export function nextBatches(job: Job, world: World, now: number): Next {
  const draft = openDraft(job, world, now)
  draft.capped = false
  const groups = groupAsks(draft)
  const free = fill(draft, groups.filter(isFree), 'free')
  if (free.length > 0) return { kind: 'wave', job: closeDraft(draft), wave: { kind: 'free', batches: free } }
  const paid = fill(
    draft,
    groups.filter((group) => !isFree(group)),
    'paid',
  )
  if (paid.length > 0) return { kind: 'wave', job: closeDraft(draft), wave: { kind: 'paid', batches: paid } }
  const at = nextDue(draft, groups)
  return at === undefined ? { kind: 'idle', job: closeDraft(draft) } : { kind: 'wait', job: closeDraft(draft), at }
}

function groupAsks(draft: Draft): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const ask of Object.values(draft.asks)) {
    if (ask.inFlight || ask.rows.length === 0) continue
    const ticket = ask.pending?.ticket?.id
    const id = [ask.provider, ask.operation, ...(ticket === undefined ? [] : [ticket])].join('/')
    const group = groups.get(id)
    if (group) {
      group.asks.push(ask)
      continue
    }
    const step = findStep(draft.world, ask.provider, ask.operation)
    if (step?.operation.kind !== 'remote') continue
    groups.set(id, {
      provider: step.provider,
      operation: step.operation,
      ...(ticket !== undefined && { ticket }),
      asks: [ask],
    })
  }
  return [...groups.values()]
}

function fill(draft: Draft, groups: readonly Group[], kind: Wave['kind']): readonly Batch[] {
  const batches: Batch[] = []
  let waveCredits = 0
  let sites: boolean | undefined
  for (const group of groups) {
    const { provider, operation, ticket, asks } = group
    const due = asks.filter((ask) => ask.notBefore <= draft.now)
    // A vendor that takes its time goes alone (safety S2).
    const alone = operation.slow && ticket === undefined
    if (alone && batches.length > 0) continue
    // One dead site loses a whole wave, which is then split and sent again: other sources are not to share that.
    if (batches.length > 0 && sites !== (provider.asksKeyDomain ?? false)) continue
    sites = provider.asksKeyDomain ?? false
    let allowed = allowance(provider, endpoint(group), draft.vendors[provider.id], draft.now)
    while (due.length > 0 && allowed > 0 && batches.length < MAX_WAVE) {
      const affords = ticket === undefined ? affordable(draft.budget, operation.price) : Infinity
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

// As many as the vendor takes in one request, fewer where a larger one was refused.
function packOf(due: readonly Ask[], { batch = 1 }: RemoteOperation): number {
  let size = batch
  for (let count = 0; count < Math.min(size, due.length); count++) size = Math.min(size, due[count]!.packed ?? size)
  return size
}

function send(draft: Draft, group: Group, chosen: readonly Ask[], worst: number): Batch {
  const { provider, operation, ticket } = group
  const { id: called } = endpoint(group)
  const keys = chosen.map((ask) => ask.key) as unknown as Keys<LookupKind>
  for (const ask of chosen) draft.asks[ask.question] = { ...ask, inFlight: true }
  draft.budget = { ...draft.budget, reserved: roundCredits(draft.budget.reserved + worst) }
  const state = vendorOf(draft, provider.id)
  const ticks = recent(state.calls[called] ?? [], draft.now)
  const last = ticks[ticks.length - 1]
  const ticked: readonly Tick[] =
    last && last[0] === draft.now ? [...ticks.slice(0, -1), [last[0], last[1] + 1]] : [...ticks, [draft.now, 1]]
  draft.vendors[provider.id] = {
    ...state,
    called: state.called + 1,
    calls: { ...state.calls, [called]: ticked },
    ...(provider.perDay !== undefined && { day: withinDay(state.day ?? [], draft.now) }),
  }
  draft.sequence++
  return {
    id: `${draft.job.run}.${draft.job.epoch}.${draft.sequence}`,
    provider: provider.id,
    operation: operation.id,
    questions: chosen.map((ask) => ask.question),
    keys: chosen.map((ask) => ask.key),
    worst,
    ...(ticket !== undefined && { ticket }),
    request: ticket === undefined ? operation.request(keys) : pollOf(operation).request(ticket, keys),
  }
}

function nextDue(draft: Draft, groups: readonly Group[]): number | undefined {
  let at: number | undefined
  for (const group of groups) {
    const { provider, operation, asks } = group
    if (!isFree(group) && affordable(draft.budget, operation.price) === 0) {
      draft.capped = true
      continue
    }
    const due = Math.min(...asks.map((ask) => ask.notBefore))
    const open = Math.max(due, allowedAt(provider, endpoint(group), draft.vendors[provider.id], draft.now))
    at = at === undefined ? open : Math.min(at, open)
  }
  return at
}
