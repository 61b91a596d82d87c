import type { Ask, Budget, Lane, Tick, VendorState } from '../domain/job'
import type { RemoteOperation } from '../domain/provider'
import { openBudget, roomOf, shareOfCredits } from './budget'
import { joinDays } from './day'
import { roundCredits } from './price'

/** Slices of one run at the same time, at most: more gain nothing, for three already keep a vendor busy (bench/waterfall). */
export const MAX_LANES = 4

/**
 * Milliseconds of a time slot: a vendor's second, and what two executions may differ by in sending and their calls in
 * travelling. A call that comes too early all the same is refused, costs nothing and is asked again.
 */
export const SLOT_MS = 1_030

/** How late in its slot a lane may still send. */
export const LATE_MS = 20

/** When a lane may send: now while its slot has just begun, else at the beginning of its next one; without lanes, now. */
export function slotAt(lane: Lane | undefined, now: number): number {
  if (!lane) return now
  const slot = Math.floor(now / SLOT_MS)
  const ahead = (lane.index - (slot % lane.of) + lane.of) % lane.of
  if (ahead === 0 && now - slot * SLOT_MS <= LATE_MS) return now
  return (slot + (ahead === 0 ? lane.of : ahead)) * SLOT_MS
}

/** A lane's share of a whole number; the shares of all lanes add up to it. */
export function shareOf(total: number, lane: Lane | undefined): number {
  return lane ? Math.floor((total + lane.of - 1 - lane.index) / lane.of) : total
}

/** The budget of each of so many lanes: what a run may still spend, in equal parts. */
export function budgetOf(budget: Budget, of: number): Budget {
  const { cap, spent, reserved, held, maybe } = budget
  const room = roomOf(budget, of)
  return { ...openBudget(shareOfCredits(cap - spent - reserved - held - maybe, of)), ...(room && { room }) }
}

/**
 * Whether a question is for this lane to ask. Single questions are dealt by the hash of their key, anew in each slice, so
 * that no lane falls behind for good; batches and tickets go to one lane whole, or they would be asked in parts.
 */
export function isMine(ask: Ask, operation: RemoteOperation, lane: Lane | undefined): boolean {
  if (!lane) return true
  const ticket = ask.pending?.ticket?.id
  if (ticket !== undefined) return spread(textNumber(ticket), lane.deal) % lane.of === lane.index
  if ((operation.batch ?? 1) > 1)
    return spread(textNumber(`${ask.provider}/${ask.operation}`), lane.deal) % lane.of === lane.index
  // A question ends in the hash of its key (domain/answer).
  return spread(parseInt(ask.question.slice(-8), 16), lane.deal) % lane.of === lane.index
}

type Vendors = { readonly [provider: string]: VendorState }

/**
 * How the vendors stand after lanes that began together, with `vendors` at `since`. What each did is added up; a vendor
 * rests, or is given up, when one of them says so.
 */
export function together(
  began: { readonly vendors: Vendors; readonly since: number },
  lanes: readonly Vendors[],
): Vendors {
  const sum: { [provider: string]: VendorState } = { ...began.vendors }
  for (const lane of lanes) {
    for (const [id, state] of Object.entries(lane))
      sum[id] = added(sum[id], state, { before: began.vendors[id], since: began.since })
  }
  return sum
}

function added(
  sum: VendorState | undefined,
  state: VendorState,
  { before, since }: { readonly before: VendorState | undefined; readonly since: number },
): VendorState {
  if (!sum) return state
  const calls: { [operation: string]: readonly Tick[] } = { ...sum.calls }
  for (const [operation, ticks] of Object.entries(state.calls)) {
    const own = ticks.filter(([at]) => at > since)
    calls[operation] = [...(calls[operation] ?? []), ...own].sort(([a], [b]) => a - b)
  }
  const dropped = state.dropped ?? sum.dropped
  const day = joinDays([...(sum.day ?? []), ...(state.day ?? []).filter(([at]) => at > since)])
  return {
    ...sum,
    calls,
    ...(day.length > 0 && { day }),
    paces: { ...sum.paces, ...state.paces },
    restUntil: Math.max(sum.restUntil, state.restUntil),
    setbacks: Math.max(sum.setbacks, state.setbacks),
    ...(dropped && { dropped }),
    called: sum.called + state.called - (before?.called ?? 0),
    found: sum.found + state.found - (before?.found ?? 0),
    credits: roundCredits(sum.credits + state.credits - (before?.credits ?? 0)),
  }
}

// FNV-1a: only to deal questions out.
function textNumber(text: string): number {
  let hash = 2_166_136_261
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
  return hash
}

// The finaliser of MurmurHash3 (public domain): equal numbers of another deal lie elsewhere.
function spread(number: number, deal: number): number {
  let mixed = number ^ Math.imul(deal, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
