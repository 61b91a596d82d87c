import type { Batch } from '../domain/job'
import type { HttpResponse } from '../domain/provider'
import { sentAt, wokeUp } from '../engine/job'
import { LATE_MS, slotAt } from '../engine/lane'
import type { Wave } from '../engine/next-batches'
import { afterWave } from '../engine/next-batches'
import { settle } from '../engine/settle'
import { useQuota } from './count-use'
import type { Sent, SignedRequest } from './host'
import { insist, isException, isRefused } from './insist'
import { sign } from './keys'
import { checkStillHeld, keepLease } from './lease'
import { callOf } from './ledger'
import { suppressRows } from './objections'
import { sendFree } from './send-free'
import type { Slice } from './slice'
import { PREPARE_MS, condensed } from './slice'
import type { Entry } from './stored'

/** Reserves a wave on record, sends it, and puts the answers on record before anything uses them (safety S1). */
export function sendWave(slice: Slice, wave: Wave, planned: number): void {
  const { host, world, store } = slice
  const begun = host.now()
  const requests = wave.batches.map((batch) => signBatch(slice, batch))
  // The reservation is on record, in the journal and then in the counters, before anything is sent (safety S1, S4): what
  // the counters speak of and the journal lacks was taken away by somebody.
  useQuota(slice, wave.kind === 'paid' ? requests.length : 0)
  checkStillHeld(host, slice.run)
  // protects: 1
  store.append(
    wave.batches.map((batch) => ({
      k: 'reserve',
      batch: batch.id,
      questions: batch.questions,
      worst: batch.worst,
      // The moment that the caps of a day count it for.
      at: batch.at,
    })),
  )
  slice.run = keepLease(host, {
    ...slice.run,
    budget: slice.job.budget,
    inFlight: wave.batches.map((batch) => ({ batch: batch.id, worst: batch.worst })),
    journal: store.place(),
    ...(slice.run.lane && { vendors: condensed(slice.job, begun) }),
  })
  slice.prepareMs = Math.max(PREPARE_MS, host.now() - begun)
  slice.job = sentAt(slice.job, planned, awaitSlot(slice, planned))
  const sent = host.now()
  const replies = replyTo(slice, wave, requests)
  const ms = host.now() - sent
  const settled = settle(slice.job, replies, { world, now: host.now() })
  holdOn(slice)
  const entries: readonly Entry[] = [
    ...settled.answers.map((entry) => ({ k: 'answer' as const, ...entry })),
    ...settled.released.map((batch) => ({ k: 'release' as const, batch, at: host.now() })),
    ...replies.map(({ batch, response }) => {
      const answers = settled.answers.flatMap((one) => (one.batch === batch.id ? [one.answer] : []))
      return callOf({ batch, by: slice.run.by, at: sent, ms, response, answers })
    }),
  ]
  // protects: 1
  insist(host, () => store.append(entries), isRefused)
  slice.job = settled.job
  slice.run = { ...slice.run, inFlight: [], budget: settled.job.budget, calls: slice.run.calls + wave.batches.length }
  // One writes the list: the leading slice, which hears of it.
  if (settled.objected.length > 0 && !slice.run.lane) suppressRows(slice, settled.objected)
}

/** Sleeps until something may be sent, in the lane's slot where there are lanes; returns that moment. */
export function awaitSlot({ host, job }: Slice, planned: number): number {
  if (!job.lane) return host.now()
  let at = planned
  for (;;) {
    if (host.now() - at > LATE_MS) at = slotAt(job.lane, host.now())
    if (host.now() >= at) return host.now()
    // A long sleep may last a little longer than it should; a short one hardly.
    const left = at - host.now()
    host.sleep(left > 2 * SHORT_SLEEP_MS ? left - SHORT_SLEEP_MS : left)
  }
}

const SHORT_SLEEP_MS = 50

// What was paid for is kept even when the properties fail: until the lease ends by the clock nobody can have taken it.
function holdOn({ host, run }: Slice): void {
  try {
    insist(host, () => {
      host.document.refresh()
      checkStillHeld(host, run)
    })
  } catch (error) {
    if (!isException(error) || host.now() >= run.leaseUntil) throw error
  }
}

function signBatch(slice: Slice, batch: Batch): SignedRequest {
  const provider = slice.providers.find((one) => one.id === batch.provider)
  if (!provider) throw new Error(`No provider ${batch.provider}`)
  return sign(batch.request, provider, slice.keys.get(provider.id))
}

function replyTo(
  slice: Slice,
  wave: Wave,
  requests: readonly SignedRequest[],
): readonly { readonly batch: Batch; readonly response: HttpResponse | 'lost' }[] {
  if (wave.kind === 'free') {
    const responses = sendFree(slice, requests)
    return wave.batches.map((batch, index) => ({ batch, response: responses[index]! }))
  }
  const sent: Sent = slice.host.send(requests)
  slice.job = afterWave(slice.job, requests.length, sent.kind)
  slice.run = { ...slice.run, silent: sent.kind === 'lost' ? slice.run.silent + 1 : 0 }
  // Nobody is paid again before a free call has shown that calls go through: a used-up quota of Google looks the same.
  slice.job =
    sent.kind === 'lost'
      ? { ...slice.job, awake: [] }
      : wokeUp(
          slice.job,
          wave.batches.map(({ provider }) => provider),
        )
  return wave.batches.map((batch, index) => ({
    batch,
    response: sent.kind === 'answered' ? sent.responses[index]! : 'lost',
  }))
}
