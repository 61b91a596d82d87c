import { signal } from '@preact/signals'
import type { Call, Opening } from './call'
import { makeEnrich } from './enrich-state'
import { makeSettings } from './settings-state'

/** The screens behind the two tabs. */
export type Tab = 'enrich' | 'settings'

/** All that the sidebar shows. */
export type State = ReturnType<typeof makeState>

/** Makes the state of the whole sidebar; `open` asks the first question. */
export function makeState(call: Call) {
  const tab = signal<Tab>('enrich')
  const enrich = makeEnrich(call)
  const settings = makeSettings(call)
  let opened = false

  /** Shows a tab. Each is read again when it is shown, because the other one may have changed it. */
  function show(next: Tab): void {
    const left = tab.value
    tab.value = next
    if (next === 'settings') {
      void settings.open()
      return
    }
    const chosen = settings.view.value?.environment
    if (left === 'settings' && chosen) enrich.learnEnvironment(chosen)
    if (opened) {
      void enrich.returned()
      return
    }
    opened = true
    void enrich.open()
  }

  function open(opening: Opening): void {
    if (opening === 'settings') return show('settings')
    opened = true
    void enrich.open(opening)
  }

  return { tab, enrich, settings, show, open }
}
