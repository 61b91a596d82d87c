import { signal } from '@preact/signals'
import type { ProblemView, UsageView } from '../src/app/api-types'
import type { Call } from './call'
import { problemView } from './connection'
import { saveFile } from './file'

/** The Usage screen: what is on it and what a person can do there. */
export type UsageState = ReturnType<typeof makeUsage>

/** Makes the state of the Usage screen. Nothing is asked before `open`. */
export function makeUsage(call: Call) {
  const view = signal<UsageView | null>(null)
  const busy = signal<'open' | 'export' | null>(null)
  const problem = signal<ProblemView | null>(null)
  let again: () => Promise<void> = open

  async function attempt(what: NonNullable<typeof busy.value>, work: () => Promise<void>): Promise<void> {
    busy.value = what
    problem.value = null
    try {
      await work()
    } catch (error) {
      problem.value = problemView(error)
      again = () => attempt(what, work)
    } finally {
      busy.value = null
    }
  }

  function open(): Promise<void> {
    return attempt('open', async () => {
      view.value = await call('usage')
    })
  }

  function exportAll(): Promise<void> {
    return attempt('export', async () => {
      const { name, text } = await call('exportUsage')
      // The mark tells spreadsheets that the text is UTF-8.
      saveFile({ name, text: `\ufeff${text}`, type: 'text/csv' })
    })
  }

  return { view, busy, problem, open, exportAll, tryAgain: () => again() }
}
