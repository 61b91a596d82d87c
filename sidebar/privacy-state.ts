import { signal } from '@preact/signals'
import type { Api, PrivacyView } from '../src/app/api-types'
import type { Basis } from '../src/domain/basis'
import { makeAttempts } from './attempts'
import type { Call } from './call'
import { saveFile } from './file'
import { registerLines } from './register'
import { listFile, partsOf, readListFile } from './never-list'
import { count } from './words'

/** What became of people who were put on the never-look-up list. */
export type Listed = ReturnType<Api['addSuppressed']>

/** The Privacy screen: what is on it and what a person can do there. */
export type PrivacyState = ReturnType<typeof makePrivacy>

// As many as a person corrects by hand.
const MOST_UNREADABLE = 20

/** Makes the state of the Privacy screen. Nothing is asked before `open`. */
export function makePrivacy(call: Call) {
  const view = signal<PrivacyView | null>(null)
  const { busy, problem, said, attempt, tryAgain } = makeAttempts(() => open())
  /** Whether the questions about the legal basis are shown although it has one. */
  const asking = signal(false)
  const listed = signal<Listed | null>(null)

  function open(): Promise<boolean> {
    return attempt('open', async () => {
      view.value = await call('privacy')
      asking.value = false
    })
  }

  function saveBasis(basis: Basis): Promise<boolean> {
    return attempt('basis', async () => {
      view.value = await call('saveBasis', basis)
      asking.value = false
      said.value = 'Saved. Every run of this file is made for that.'
    })
  }

  /** Puts pasted people and domains on the list. */
  function addText(text: string): Promise<boolean> {
    return attempt('add', () => addParts(partsOf(text)))
  }

  /** Puts everybody in a file on the list: one exported here, or a table or lines of text. */
  function addFile(file: Blob): Promise<boolean> {
    return attempt('file', async () => {
      const text = await file.text()
      const exported = readListFile(text)
      if (!exported) return addParts(partsOf(text.replace(/^\ufeff/, '')))
      await addAll(exported, async (hashes) => ({ ...(await call('importSuppressed', hashes)), unreadable: [] }))
    })
  }

  function addParts(parts: readonly string[]): Promise<void> {
    return addAll(parts, (part) => call('addSuppressed', part))
  }

  async function addAll<T>(parts: readonly T[], add: (part: T) => Promise<Listed>): Promise<void> {
    let sum: Listed = { added: 0, unreadable: [], total: view.value?.suppressed ?? 0 }
    for (const part of parts) {
      const { added, unreadable, total } = await add(part)
      const lines = [...new Set([...sum.unreadable, ...unreadable])].slice(0, MOST_UNREADABLE)
      sum = { added: sum.added + added, unreadable: lines, total }
      listed.value = sum
      if (view.value) view.value = { ...view.value, suppressed: total }
    }
  }

  /** Takes people and domains off the list again. */
  function takeOff(text: string): Promise<boolean> {
    return attempt('take off', async () => {
      listed.value = null
      const { removed, unreadable, total } = await call('removeSuppressed', text)
      if (view.value) view.value = { ...view.value, suppressed: total }
      const unread = unreadable.length > 0 ? ` ${count(unreadable.length, 'line')} could not be read.` : ''
      said.value = `${removed === 0 ? 'None of them is on the list.' : `${count(removed, 'entry', 'entries')} taken off the list.`}${unread}`
    })
  }

  function exportList(): Promise<boolean> {
    return attempt('export', async () =>
      saveFile({
        name: 'never-look-up.json',
        text: listFile(await call('exportSuppressed')),
        type: 'application/json',
      }),
    )
  }

  function cover(vendor: string, isCovered: boolean): Promise<boolean> {
    return attempt(`cover ${vendor}`, async () => {
      await call('coverTransfer', { vendor, isCovered })
      view.value = await call('privacy')
      said.value = isCovered
        ? 'Ticked: this vendor may be asked.'
        : 'The tick is gone: this vendor is not asked any more.'
    })
  }

  function writeRegister(): Promise<boolean> {
    return attempt('register', async () => {
      const [register, privacy, { periods }] = [await call('register'), await call('privacy'), await call('retention')]
      const lines = registerLines({ register, basis: privacy.basis, periods, suppressed: privacy.suppressed })
      const { name } = await call('newTab', { name: 'Register of processing', lines })
      said.value = `The register stands in the tab “${name}”. Delete the tab if you do not need it.`
    })
  }

  return {
    view,
    busy,
    problem,
    said,
    asking,
    listed,
    open,
    saveBasis,
    addText,
    addFile,
    takeOff,
    exportList,
    cover,
    writeRegister,
    tryAgain,
  }
}
