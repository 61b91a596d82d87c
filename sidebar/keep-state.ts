import { signal } from '@preact/signals'
import type { NoticesView, Periods, RetentionView } from '../src/app/api-types'
import { makeAttempts } from './attempts'
import type { Call } from './call'
import { problemView } from './connection'
import { count } from './words'

/** The screen "Keep & inform": what is on it and what a person can do there. */
export type KeepState = ReturnType<typeof makeKeep>

/** Makes the state of the screen "Keep & inform". Nothing is asked before `open`. */
export function makeKeep(call: Call) {
  const notices = signal<NoticesView | null>(null)
  /** Why nobody of the open tab can be told: it is no list. */
  const noList = signal('')
  const retention = signal<RetentionView | null>(null)
  const { busy, problem, said, attempt, tryAgain } = makeAttempts<
    'open' | 'select' | 'inform' | 'controller' | 'save' | 'clean'
  >(() => open())

  function open(): Promise<boolean> {
    return attempt('open', async () => {
      noList.value = ''
      retention.value = await call('retention')
      try {
        notices.value = await call('notices')
      } catch (error) {
        notices.value = null
        noList.value = problemView(error).message
      }
    })
  }

  function select(rows: readonly number[]): Promise<boolean> {
    return attempt('select', async () => {
      if (!notices.value) return
      const { selected } = await call('selectRows', { sheet: notices.value.sheet, rows })
      said.value = `${count(selected, 'row')} selected in the sheet.`
    })
  }

  function inform(prints: readonly string[]): Promise<boolean> {
    return attempt('inform', async () => {
      if (!notices.value) return
      const before = notices.value.informed
      notices.value = await call('markInformed', { sheet: notices.value.sheet, prints })
      said.value = `${count(notices.value.informed - before, 'row')} marked in the column "Informed on".`
    })
  }

  function copy(text: string): Promise<boolean> {
    return attempt('select', async () => {
      await navigator.clipboard.writeText(text)
      said.value = 'The text is copied. Paste it into your first message.'
    })
  }

  /** Keeps who is responsible for the next time. */
  function keepController(controller: string): Promise<boolean> {
    return attempt('controller', async () => {
      const basis = notices.value?.basis
      if (!notices.value || !basis || basis.controller === controller) return
      const kept = await call('saveBasis', { ...basis, controller })
      notices.value = { ...notices.value, basis: kept.basis }
    })
  }

  function save(periods: Periods): Promise<boolean> {
    return attempt('save', async () => {
      retention.value = await call('saveRetention', periods)
      said.value = 'Saved. What is older goes once a day from now on.'
    })
  }

  function clean(): Promise<boolean> {
    return attempt('clean', async () => {
      retention.value = await call('clean')
      said.value = 'What was older is removed.'
    })
  }

  return {
    notices,
    noList,
    retention,
    busy,
    problem,
    said,
    open,
    select,
    inform,
    copy,
    keepController,
    save,
    clean,
    tryAgain,
  }
}
