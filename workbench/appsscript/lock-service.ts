import type { Pause } from './clock'
import { intArg, localError, pauseRun, type Call, type Google, type Run, type Services } from './run'

/** Who holds which lock, and who waits for it. */
export interface Locks {
  /** Frees what an execution holds: at its end, and when an alert or prompt suspends it (platform.md section 6). */
  readonly releaseAll: (run: Run) => void
  readonly services: Services
}

/** LockService: a lock of a scope is held by one execution; taking a held one again counts nothing (section 9). */
export function createLocks(google: Google): Locks {
  const holders = new Map<string, Run>()
  const waiting = new Map<string, { readonly run: Run; readonly pause: Pause }[]>()
  const scopeOf = (call: Call): string => (call.ref as { readonly scope: string }).scope

  const release = (scope: string, run: Run): void => {
    if (holders.get(scope) !== run) return
    holders.delete(scope)
    const next = waiting.get(scope)?.shift()
    if (!next) return
    holders.set(scope, next.run)
    next.pause.wake()
  }

  const acquire = async (call: Call): Promise<boolean> => {
    const { run } = call
    const scope = scopeOf(call)
    const ms = intArg(call, 0)
    const holder = holders.get(scope)
    if (holder === run) return true
    if (!holder) {
      holders.set(scope, run)
      return true
    }
    if (ms <= 0) return false
    const queue = waiting.get(scope) ?? []
    waiting.set(scope, queue)
    const waiter = { run, pause: pauseRun(google, run, ms) }
    queue.push(waiter)
    await waiter.pause.done
    if (holders.get(scope) === run) return true
    queue.splice(queue.indexOf(waiter), 1)
    return false
  }

  const noDocument = (run: Run): boolean => run.execution.via === 'web' && google.options.edition === 'addon'

  return {
    releaseAll(run) {
      for (const [scope, queue] of waiting)
        waiting.set(
          scope,
          queue.filter((waiter) => waiter.run !== run),
        )
      ;[...holders].forEach(([scope, holder]) => holder === run && release(scope, run))
    },
    services: {
      'LockService.getDocumentLock': ({ run }) => (noDocument(run) ? null : { $: 'Lock', scope: 'document' }),
      'LockService.getScriptLock': () => ({ $: 'Lock', scope: 'script' }),
      'LockService.getUserLock': ({ run }) => ({ $: 'Lock', scope: `user:${run.user.id}` }),
      'Lock.tryLock': acquire,
      async 'Lock.waitLock'(call) {
        if (!(await acquire(call))) throw localError(call.run, 'lockTimeout')
      },
      'Lock.releaseLock'(call) {
        release(scopeOf(call), call.run)
      },
      'Lock.hasLock': (call) => holders.get(scopeOf(call)) === call.run,
    },
  }
}
