import { signal } from '@preact/signals'
import type { UsageView } from '../src/app/api-types'
import { makeAttempts } from './attempts'
import type { Call } from './call'
import { saveFile } from './file'

/** The Usage screen: what is on it and what a person can do there. */
export type UsageState = ReturnType<typeof makeUsage>

/** Makes the state of the Usage screen. Nothing is asked before `open`. */
export function makeUsage(call: Call) {
  const view = signal<UsageView | null>(null)
  const { busy, problem, attempt, tryAgain } = makeAttempts<'open' | 'export'>(() => open())

  function open(): Promise<boolean> {
    return attempt('open', async () => {
      view.value = await call('usage')
    })
  }

  function exportAll(): Promise<boolean> {
    return attempt('export', async () => {
      const { name, text } = await call('exportUsage')
      // The mark tells spreadsheets that the text is UTF-8.
      saveFile({ name, text: `\ufeff${text}`, type: 'text/csv' })
    })
  }

  return { view, busy, problem, open, exportAll, tryAgain }
}
