import type { Provider } from '../domain/provider'
import { cloudflareDns } from '../providers/cloudflare_dns'
import { dns } from '../providers/dns'
import { useQuota } from './count-use'
import type { SignedRequest } from './host'
import { sign } from './keys'
import { NEXT_STEP, usedUp } from './quota'
import type { Rest } from './run-record'
import type { Slice } from './slice'

// A failing vendor fails for itself; so many waves without any answer may be Google's.
const MOST_SILENT = 3

// Nothing says when a connection comes back, and the trigger looks every hour (safety S13).
const OFFLINE_MS = 3_600_000

/** Why and until when the run should rest; undefined when it can go on. */
export function restFor(slice: Slice): Rest | undefined {
  const { host } = slice
  const empty = usedUp(slice.account, slice.usage, NEXT_STEP)
  if (empty) return { because: empty.quota, until: empty.until }
  if (slice.run.silent < MOST_SILENT) return undefined
  slice.run = { ...slice.run, silent: 0 }
  useQuota(slice, CANARIES.length)
  // The texts of errors are localised (platform.md section 9): a used-up quota is told by nothing going out at all.
  const reached = CANARIES.some((provider) => host.send([canaryOf(provider)]).kind === 'answered')
  return reached ? undefined : { because: 'network', until: host.now() + OFFLINE_MS }
}

// Services that every run may ask anyway; either may be out of reach for itself.
const CANARIES = [dns, cloudflareDns]

// Names nobody: a reserved domain.
function canaryOf(provider: Provider): SignedRequest {
  const operation = provider.operations.find((one) => one.kind === 'remote')!
  return sign(operation.request([{ domain: 'example.com' }]), provider, undefined)
}
