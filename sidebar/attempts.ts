import { signal } from '@preact/signals'
import type { ProblemView } from '../src/app/api-types'
import { problemView } from './connection'

/**
 * What a screen does one at a time: what it is busy with, what went wrong, one sentence about what was just done (read out
 * by screen readers), and the way to try again. `first` is what is tried again before anything else failed.
 */
export function makeAttempts<What extends string>(first: () => Promise<unknown>) {
  const busy = signal<What | null>(null)
  const problem = signal<ProblemView | null>(null)
  const said = signal('')
  let again = first

  /** True when it worked. */
  async function attempt(what: What, work: () => Promise<void>): Promise<boolean> {
    busy.value = what
    problem.value = null
    said.value = ''
    try {
      await work()
      return true
    } catch (error) {
      problem.value = problemView(error)
      again = () => attempt(what, work)
      return false
    } finally {
      busy.value = null
    }
  }

  return { busy, problem, said, attempt, tryAgain: () => again() }
}
