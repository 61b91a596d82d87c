import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { AppliedView, RunRequest } from '../src/app/api-types'
import type { Call } from './call'
import { listed } from './words'

/** What the saved runs need of the Enrich screen. */
export interface SavedSetting {
  readonly call: Call
  readonly draft: ReadonlySignal<RunRequest>
  /** Whether a part of the form must be filled first. */
  readonly hasGaps: () => boolean
  readonly change: (part: Partial<RunRequest>) => void
  /** Does something, keeps its problem for the screen, and says whether it was done. */
  readonly attempt: (work: () => Promise<void>) => Promise<boolean>
  readonly read: () => Promise<void>
  /** From now on gaps of the form are shown. */
  readonly complain: () => void
}

/** Makes the state of the saved runs. Nothing is asked before a person does something. */
export function makeSaved({ call, draft, hasGaps, change, attempt, read, complain }: SavedSetting) {
  /** The saved run that the form was filled in from. */
  const applied = signal<AppliedView | null>(null)
  /** What became of saving, sharing or deleting. */
  const words = signal('')

  /** Fills in the form from a saved run, for the rows that it has not had yet. */
  function apply(id: string): Promise<boolean> {
    return attempt(async () => {
      words.value = ''
      const view = await call('applySaved', id)
      applied.value = view
      const { mapping, wanted, cap, purpose } = view
      change({ mapping, wanted, cap, purpose, saved: id, scope: 'added' })
      await read()
    })
  }

  /** Sets the searches of the file as the saved run has them, or its caps where they are lower. */
  function take(what: 'takeRules' | 'takeCaps', id: string): Promise<boolean> {
    return attempt(async () => {
      applied.value = await call(what, id)
      await read()
    })
  }

  /** Saves what the form holds; the form goes on as that saved run. */
  async function save(name: string): Promise<boolean> {
    if (hasGaps()) {
      complain()
      return false
    }
    return attempt(async () => {
      const { id, left } = await call('saveRun', { name, request: draft.value })
      change({ saved: id })
      applied.value = null
      words.value = `“${name.trim()}” is saved for everybody in this file.${leftSentence(left)}`
      await read()
    })
  }

  /** Keeps a saved run that somebody shared as text. */
  function add(text: string): Promise<boolean> {
    return attempt(async () => {
      await call('addSaved', text)
      words.value = 'It is saved. Press Use to fill in the form with it.'
      await read()
    })
  }

  function remove({ id, name }: Pick<AppliedView, 'id' | 'name'>): Promise<boolean> {
    return attempt(async () => {
      await call('removeSaved', id)
      putAside()
      words.value = `“${name}” is deleted.`
      await read()
    })
  }

  /** The form stays as it is, and is no saved run's any more. */
  function putAside(): void {
    applied.value = null
    change({ saved: undefined, ...(draft.value.scope === 'added' && { scope: 'all' }) })
  }

  return { applied, words, apply, take, save, add, remove, putAside }
}

function leftSentence(left: readonly string[]): string {
  if (left.length === 0) return ''
  const columns = left.length === 1 ? `Column ${left[0]} is` : `Columns ${listed(left)} are`
  return ` ${columns} not part of it: without a name in the first row it could not be found again.`
}
