import { signal } from '@preact/signals'
import type {
  Api,
  CapsEntry,
  FinishView,
  GoogleView,
  KeyPlace,
  RecipeView,
  SettingsView,
  TryView,
  VendorView,
} from '../src/app/api-types'
import type { Environment } from '../src/domain/environment'
import type { Terms } from '../src/domain/provider'
import { makeAttempts } from './attempts'
import type { Call } from './call'
import { newId } from './change-id'
import { problemView } from './connection'

/** One key slot: which vendor, for which environment, whose. */
export type Slot = { readonly vendor: string; readonly environment: Environment; readonly place: KeyPlace }

/** What the vendor said about a key. */
export type KeyTest = ReturnType<Api['testKey']>

/** The screens Vendors and Settings: what is on them and what a person can do there. */
export type SettingsState = ReturnType<typeof makeSettings>

/** What became of the formulas that waited, and the name by which that is undone. */
export type Finished = FinishView & { readonly change: string }

/** The name under which a key test is kept. */
export function slotName({ vendor, environment }: Omit<Slot, 'place'>): string {
  return `${vendor} ${environment}`
}

/** Makes the state of the screens Vendors and Settings. Nothing is asked before `open`. */
export function makeSettings(call: Call) {
  const view = signal<SettingsView | null>(null)
  const { busy, problem, said, attempt, tryAgain } = makeAttempts(() => open())
  const tests = signal<{ readonly [slot: string]: KeyTest }>({})
  /** What became of the formulas that waited. */
  const finished = signal<Finished | null>(null)
  /** What is wrong with a recipe that was to be saved, shown beside it; by its id, a new one by ''. */
  const faults = signal<{ readonly [recipe: string]: string }>({})
  const tries = signal<{ readonly [recipe: string]: TryView }>({})

  function open(): Promise<boolean> {
    return attempt('open', async () => {
      const before = view.value
      const now = await call('settings')
      // What a person saved meanwhile is newer than this look.
      if (view.value === before) view.value = now
    })
  }

  function setEnvironment(environment: Environment): Promise<boolean> {
    return attempt('environment', async () => {
      view.value = await call('setEnvironment', environment)
    })
  }

  /** Keeps a key; `covers` where the person ticked that the transfer to this vendor is covered. */
  function saveKey(slot: Slot, key: string, covers: 'covers_transfer' | 'as_it_is' = 'as_it_is'): Promise<boolean> {
    return attempt(`save ${slot.vendor}`, async () => {
      if (covers === 'covers_transfer') await call('coverTransfer', { vendor: slot.vendor, isCovered: true })
      view.value = await call('saveKey', { ...slot, key })
      forgetTest(slot)
      said.value = 'The key was saved.'
    })
  }

  function removeKey(slot: Slot): Promise<boolean> {
    return attempt(`remove ${slot.vendor}`, async () => {
      view.value = await call('removeKey', slot)
      forgetTest(slot)
      said.value = 'The key was removed.'
    })
  }

  function forgetTest(slot: Slot): void {
    const { [slotName(slot)]: _gone, ...others } = tests.value
    tests.value = others
  }

  function testKey({ vendor, environment }: Slot): Promise<boolean> {
    return attempt(`test ${vendor} ${environment}`, async () => {
      const result = await call('testKey', { vendor, environment })
      tests.value = { ...tests.value, [slotName({ vendor, environment })]: result }
    })
  }

  function saveTerms({ id, name }: VendorView, terms: Terms | null): Promise<boolean> {
    return attempt(`terms ${id}`, async () => {
      view.value = await call('saveTerms', { vendor: id, terms })
      said.value = terms ? `Prices and limits of ${name} were saved.` : `${name} has its usual prices and limits again.`
    })
  }

  function saveCap(cap: number): Promise<boolean> {
    return attempt('cap', async () => {
      view.value = await call('saveCap', cap)
      said.value = 'The cap was saved.'
    })
  }

  function saveCaps(caps: CapsEntry): Promise<boolean> {
    return attempt('caps', async () => {
      view.value = await call('saveCaps', caps)
      said.value = 'The caps were saved.'
    })
  }

  function saveFormulaSpending(given: Parameters<Api['saveFormulaSpending']>[0]): Promise<boolean> {
    return attempt('formulas', async () => {
      view.value = await call('saveFormulaSpending', given)
      said.value = given.isOn ? 'Formulas may spend credits.' : 'Formulas spend nothing any more.'
    })
  }

  /** Some cells at a time, for as long as fewer of them wait each time. */
  function finishFormulas(): Promise<boolean> {
    return attempt('finish', async () => {
      const change = newId()
      const first = await call('finishFormulas', change)
      finished.value = { ...first, change }
      let last = first
      let { cells } = first
      while (last.left > 0) {
        const next = await call('finishFormulas', change)
        if (next.begun + next.left >= last.begun + last.left) return
        last = next
        cells = [...cells, ...next.cells]
        finished.value = { ...next, begun: first.begun + first.left - next.left, cells, change }
      }
    })
  }

  function tickSource(id: string, ticked: boolean): Promise<boolean> {
    return attempt(`source ${id}`, async () => {
      const before = view.value?.publicSources ?? []
      const ids = before.filter((source) => (source.id === id ? ticked : source.ticked)).map((source) => source.id)
      view.value = await call('saveSources', ids)
      said.value = 'The public sources were saved.'
    })
  }

  function saveProvenance(where: SettingsView['provenance']): Promise<boolean> {
    return attempt('provenance', async () => {
      view.value = await call('saveProvenance', where)
      said.value = where === 'notes' ? 'New values get a note.' : 'New values get no note.'
    })
  }

  function saveAccount(account: GoogleView['account']): Promise<boolean> {
    return attempt('account', async () => {
      view.value = await call('saveAccount', account)
      said.value = 'The kind of account was saved.'
    })
  }

  /** A fault of the text stays beside the text, where it is corrected. */
  function saveRecipe(id: string | null, text: string): Promise<boolean> {
    const name = id ?? ''
    return attempt(`recipe ${name}`, async () => {
      faults.value = without(faults.value, name)
      try {
        view.value = await call('saveRecipe', { id, text })
      } catch (error) {
        const { message, action } = problemView(error)
        if (action !== null) throw error
        faults.value = { ...faults.value, [name]: message }
        return
      }
      tries.value = without(tries.value, name)
      said.value = 'Your vendor was saved.'
    }).then((done) => done && faults.value[name] === undefined)
  }

  function removeRecipe({ id, name }: RecipeView): Promise<boolean> {
    return attempt(`remove recipe ${id}`, async () => {
      view.value = await call('removeRecipe', id)
      said.value = `${name} was removed.`
    })
  }

  function approveRecipe({ id, mark, name }: RecipeView): Promise<boolean> {
    return attempt(`approve ${id}`, async () => {
      view.value = await call('approveRecipe', { recipe: id, mark })
      said.value = `${name} may be asked now.`
    })
  }

  function tryRecipe(id: string, purpose: string): Promise<boolean> {
    return attempt(`try ${id}`, async () => {
      tries.value = without(tries.value, id)
      tries.value = { ...tries.value, [id]: await call('tryRecipe', { recipe: id, purpose }) }
    })
  }

  return {
    view,
    busy,
    problem,
    said,
    tests,
    faults,
    tries,
    open,
    setEnvironment,
    saveKey,
    removeKey,
    testKey,
    saveTerms,
    saveCap,
    saveCaps,
    saveFormulaSpending,
    finishFormulas,
    finished,
    tickSource,
    saveProvenance,
    saveAccount,
    saveRecipe,
    removeRecipe,
    approveRecipe,
    tryRecipe,
    tryAgain,
  }
}

function without<T>(table: { readonly [name: string]: T }, name: string): { readonly [name: string]: T } {
  const { [name]: _gone, ...others } = table
  return others
}
