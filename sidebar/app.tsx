import { useRef } from 'preact/hooks'
import { Duplicates } from './duplicates'
import { Enrich } from './enrich'
import { FormulaScreen } from './formula-screen'
import { KeepScreen } from './keep'
import { PersonScreen } from './person'
import { Privacy } from './privacy'
import { Settings } from './settings'
import { Vendors } from './vendors'
import { Usage } from './usage'
import { Waterfall } from './waterfall'
import type { State, Tab } from './state'

const TABS: readonly { readonly is: Tab; readonly words: string }[] = [
  { is: 'enrich', words: 'Enrich' },
  { is: 'waterfall', words: 'Waterfall' },
  { is: 'vendors', words: 'Vendors' },
  { is: 'usage', words: 'Usage' },
  { is: 'settings', words: 'Settings' },
]

/** Screens that begin and end at a tab. */
const BEHIND: { readonly [T in Tab]?: Tab } = {
  duplicates: 'enrich',
  formulas: 'enrich',
  values: 'enrich',
  privacy: 'settings',
  person: 'settings',
  keep: 'settings',
}

/** The whole sidebar: its tabs and the screen of the chosen one. */
export function App({ state }: { readonly state: State }) {
  const list = useRef<HTMLDivElement>(null)
  const shown = BEHIND[state.tab.value] ?? state.tab.value
  const step = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const way = event.key === 'ArrowRight' ? 1 : -1
    const place = TABS.findIndex(({ is }) => is === shown)
    const next = TABS[(place + way + TABS.length) % TABS.length]!
    state.show(next.is)
    list.current?.querySelector<HTMLButtonElement>(`#tab-${next.is}`)?.focus()
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
        <Screen state={state} />
      </div>
    </main>
  )
}

function Screen({ state }: { readonly state: State }) {
  switch (state.tab.value) {
    case 'enrich':
      return <Enrich enrich={state.enrich} show={state.show} />
    case 'duplicates':
      return <Duplicates duplicates={state.duplicates} leave={() => state.show('enrich')} undo={state.undoMerge} />
    case 'formulas':
    case 'values':
      return <FormulaScreen formulas={state.formulas} leave={() => state.show('enrich')} undo={state.undoMerge} />
    case 'waterfall':
      return <Waterfall waterfall={state.waterfall} openVendors={() => state.show('vendors')} />
    case 'vendors':
      return <Vendors settings={state.settings} show={state.show} />
    case 'usage':
      return <Usage usage={state.usage} />
    case 'settings':
      return <Settings settings={state.settings} show={state.show} undo={state.undoMerge} />
    case 'person':
      return <PersonScreen person={state.person} back={() => state.show('privacy')} />
    case 'keep':
      return <KeepScreen keep={state.keep} back={() => state.show('privacy')} />
    case 'privacy':
      return <Privacy privacy={state.privacy} show={state.show} />
  }
}
