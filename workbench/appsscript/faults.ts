import type { Fault } from './contract'
import { localText } from './messages'
import type { Call } from './run'

/** What a scripted misfortune does to a call. */
export type Blow =
  | { readonly kind: 'kill'; readonly when: 'before' | 'after' }
  | { readonly kind: 'fail'; readonly message: string }
  | { readonly kind: 'hang'; readonly ms: number }

/** The scripted faults and what they have counted. */
export interface Faults {
  /** Replaces all faults and starts the counts of `overall`, `times` and `between` anew. */
  readonly script: (faults: readonly Fault[]) => void
  /** Asked once before each call; runs the `act` of faults between calls. */
  strike(call: Call, act: (fault: Extract<Fault, { readonly kind: 'between' }>) => void): Blow | undefined
}

/** Starts without faults. */
export function createFaults(): Faults {
  let faults: readonly Fault[] = []
  let overall = 0
  const byMethod = new Map<string, number>()
  const spent = new Map<Fault, number>()

  return {
    script(next) {
      faults = next
      overall = 0
      byMethod.clear()
      spent.clear()
    },
    strike({ run, method, args }, act) {
      if (faults.length === 0) return undefined
      overall++
      const nth = (byMethod.get(method) ?? 0) + 1
      byMethod.set(method, nth)
      let blow: Blow | undefined
      for (const fault of faults) {
        switch (fault.kind) {
          case 'watch':
            fault.hear({ method, execution: run.id })
            break
          case 'between':
            if (fault.method === method && fault.nth === nth) act(fault)
            break
          case 'hang':
            if (fault.method === method && fault.nth === nth) blow ??= { kind: 'hang', ms: fault.ms }
            break
          case 'kill_method':
            if (fault.method === method && fault.nth === nth) blow ??= { kind: 'kill', when: fault.when }
            break
          case 'narrow': {
            const [requests] = args
            if (method !== 'UrlFetchApp.fetchAll' || !Array.isArray(requests) || requests.length <= fault.widest) break
            blow ??= { kind: 'fail', message: localText(run.user.locale, 'tooOften', 'urlfetch') }
            break
          }
          case 'fail_method': {
            const used = spent.get(fault) ?? 0
            if (fault.method !== method || used >= fault.times) break
            spent.set(fault, used + 1)
            blow ??= { kind: 'fail', message: fault.message }
            break
          }
          case 'kill':
          case 'fail':
            if (fault.atCall !== (fault.overall ? overall : run.calls.length)) break
            blow ??=
              fault.kind === 'kill'
                ? { kind: 'kill', when: fault.when ?? 'before' }
                : { kind: 'fail', message: fault.message }
        }
      }
      return blow
    },
  }
}
