import { signal } from '@preact/signals'
import type { Call, Opening } from './call'
import { makeDuplicates } from './duplicates-state'
import { makeEnrich } from './enrich-state'
import { makeFormulas } from './formulas-state'
import { makeKeep } from './keep-state'
import { makePerson } from './person-state'
import { makePrivacy } from './privacy-state'
import { makeSettings } from './settings-state'
import { makeUsage } from './usage-state'
import { makeWaterfall } from './waterfall-state'

/** The screens behind the tabs. */
export type Tab =
  | 'enrich'
  | 'duplicates'
  | 'formulas'
  | 'values'
  | 'waterfall'
  | 'vendors'
  | 'usage'
  | 'settings'
  | 'privacy'
  | 'person'
  | 'keep'

/** All that the sidebar shows. */
export type State = ReturnType<typeof makeState>

/** Makes the state of the whole sidebar; `open` asks the first question. */
export function makeState(call: Call) {
  const tab = signal<Tab>('enrich')
  const enrich = makeEnrich(call)
  const duplicates = makeDuplicates(call)
  const formulas = makeFormulas(call)
  const settings = makeSettings(call)
  const waterfall = makeWaterfall(call)
  const usage = makeUsage(call)
  const person = makePerson(call)
  const keep = makeKeep(call)
  const privacy = makePrivacy(call)
  let opened = false

  /** Shows a tab. Each is read again when it is shown, because the other one may have changed it. */
  function show(next: Tab): void {
    const left = tab.value
    tab.value = next
    switch (next) {
      case 'settings':
      case 'vendors':
        void settings.open()
        return
      case 'waterfall':
        void waterfall.open()
        return
      case 'duplicates':
        void duplicates.open()
        return
      case 'formulas':
        void formulas.open('build')
        return
      case 'values':
        void formulas.open('values')
        return
      case 'usage':
        void usage.open()
        return
      case 'person':
        void person.open()
        return
      case 'keep':
        void keep.open()
        return
      case 'privacy':
        void privacy.open()
        return
      case 'enrich': {
        const chosen = settings.view.value?.environment
        if (left !== 'enrich' && chosen) enrich.learnEnvironment(chosen)
        if (opened) {
          void enrich.returned()
          return
        }
        opened = true
        void enrich.open()
      }
    }
  }

  /** Undoes a merge, or a change of formulas, where all runs are undone. */
  function undoMerge(merge: string): void {
    tab.value = 'enrich'
    opened = true
    void enrich.undo(merge)
  }

  function open(opening: Opening): void {
    if (opening !== 'enrich' && opening !== 'start' && opening !== 'explain') return show(opening)
    opened = true
    void enrich.open(opening)
  }

  return {
    tab,
    enrich,
    duplicates,
    formulas,
    waterfall,
    usage,
    settings,
    privacy,
    person,
    keep,
    show,
    open,
    undoMerge,
  }
}
