import { useRef } from 'preact/hooks'
import { Enrich } from './enrich'
import { Settings } from './settings'
import type { State, Tab } from './state'

const TABS: readonly { readonly is: Tab; readonly words: string }[] = [
  { is: 'enrich', words: 'Enrich' },
  { is: 'settings', words: 'Settings' },
]

/** The whole sidebar: two tabs and the screen of the chosen one. */
export function App({ state }: { readonly state: State }) {
  const list = useRef<HTMLDivElement>(null)
  const shown = state.tab.value
  const step = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    state.show(shown === 'enrich' ? 'settings' : 'enrich')
    list.current?.querySelector<HTMLButtonElement>('[tabindex="-1"]')?.focus()
  }
  return (
    <main>
      <h1 class="unseen">Enrich</h1>
      <div ref={list} class="tabs" role="tablist" aria-label="Screens">
        {TABS.map(({ is, words }) => (
          <button
            key={is}
            type="button"
            role="tab"
            id={`tab-${is}`}
            aria-selected={shown === is}
            aria-controls="panel"
            tabIndex={shown === is ? 0 : -1}
            onClick={() => state.show(is)}
            onKeyDown={step}
          >
            {words}
          </button>
        ))}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby={`tab-${shown}`}>
        {shown === 'enrich' ? (
          <Enrich enrich={state.enrich} openSettings={() => state.show('settings')} />
        ) : (
          <Settings settings={state.settings} />
        )}
      </div>
    </main>
  )
}
