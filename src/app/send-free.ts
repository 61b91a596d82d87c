import type { HttpResponse } from '../domain/provider'
import { afterWave } from '../engine/next-batches'
import { useQuota } from './count-use'
import type { SignedRequest } from './host'
import type { Slice } from './slice'

const NO_ANSWER: HttpResponse = { status: 0, headers: {}, text: '' }

// A host that hangs costs its timeout each time: the search for it ends in time to keep the lease.
const SPLIT_MS = 20_000

/** Sends a free wave; one that throws is split until the culprit is alone (safety S2). */
export function sendFree(
  slice: Slice,
  requests: readonly SignedRequest[],
  until: number = slice.host.now() + SPLIT_MS,
): readonly HttpResponse[] {
  useQuota(slice, requests.length)
  const sent = slice.host.send(requests)
  slice.job = afterWave(slice.job, requests.length, sent.kind)
  slice.run = { ...slice.run, silent: sent.kind === 'lost' ? slice.run.silent + 1 : 0 }
  if (sent.kind === 'answered') return sent.responses
  if (requests.length === 1 || slice.host.now() >= until) return requests.map(() => NO_ANSWER)
  const half = Math.ceil(requests.length / 2)
  // protects: 10
  return [requests.slice(0, half), requests.slice(half)].flatMap((part) => sendFree(slice, part, until))
}
