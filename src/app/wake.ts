import type { DropReason, Job } from '../domain/job'
import type { Verdict } from '../domain/outcome'
import type { Provider } from '../domain/provider'
import { dropVendor, restVendor, wokeUp } from '../engine/job'
import { slotAt } from '../engine/lane'
import { MAX_SETBACKS, backoffMs } from '../engine/retry'
import { verdictOf } from '../engine/status'
import { noteBalances } from './balances'
import { sign } from './keys'
import { sendFree } from './send-free'
import { awaitSlot } from './send-wave'
import type { Slice } from './slice'

/**
 * A free call to every vendor with an account before it is asked, so that a paid wave holds only hosts that answered in
 * this execution (safety S2). Who does not answer rests; who refuses its key is not asked in this run. Returns whether
 * anybody was called.
 */
export function wake(slice: Slice, now: number): boolean {
  const { host, world } = slice
  const asked = new Set(Object.values(slice.job.asks).map((ask) => ask.provider))
  const asleep = slice.providers.filter(
    (provider) =>
      provider.balance &&
      asked.has(provider.id) &&
      !slice.job.awake?.includes(provider.id) &&
      (slice.job.vendors[provider.id]?.restUntil ?? 0) <= now,
  )
  if (asleep.length === 0) return false
  awaitSlot(slice, slotAt(slice.job.lane, host.now()))
  const requests = asleep.map((provider) => sign(provider.balance!.request(), provider, slice.keys.get(provider.id)))
  const responses = sendFree(slice, requests)
  const replies = asleep.map((provider, index) => ({ provider, ...responses[index]! }))
  noteBalances(
    host,
    replies.filter(({ status, provider }) => verdictOf(status, provider) === undefined),
  )
  for (const { provider, status } of replies) {
    const verdict = verdictOf(status, provider)
    const drop = dropFor(verdict, provider, slice.job)
    if (drop) {
      slice.job = dropVendor(slice.job, { provider: provider.id, ...drop }, { world, now: host.now() })
    } else if (verdict) {
      const failures = (slice.job.vendors[provider.id]?.setbacks ?? 0) + 1
      slice.job = restVendor(slice.job, provider.id, host.now() + backoffMs(failures))
    } else slice.job = wokeUp(slice.job, [provider.id])
  }
  return true
}

function dropFor(
  verdict: Verdict | undefined,
  { id, name }: Provider,
  job: Job,
): { readonly because: DropReason; readonly reason: string } | undefined {
  switch (verdict) {
    case undefined:
      return undefined
    case 'refused_credentials':
      return { because: 'credentials', reason: `${name} refused the key. Open Vendors and paste it again.` }
    case 'refused_credits':
      return {
        because: 'credits',
        reason: `${name} says its credits are used up. Top up there, or go on with other vendors.`,
      }
    default:
      if ((job.vendors[id]?.setbacks ?? 0) + 1 < MAX_SETBACKS) return undefined
      return { because: 'down', reason: `${name} did not answer for several minutes. Try again later.` }
  }
}
