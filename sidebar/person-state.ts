import { signal } from '@preact/signals'
import type { EraseAsk, ErasureView, PersonAsk, PersonSearch, PersonView } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { makeAttempts } from './attempts'
import type { Call } from './call'
import { saveFile } from './file'
import { reportLines, reportName } from './person-report'
import { count, listed } from './words'

/** The screen "A person asks": what is on it and what somebody can do there. */
export type PersonState = ReturnType<typeof makePerson>

/** By what a person is looked for. */
export type Who = PersonAsk['who']

const NOBODY: Who = { email: '', linkedin: '', phone: '', name: '', company: '' }

/** Makes the state of the screen "A person asks". Nothing is asked before `open`. */
export function makePerson(call: Call) {
  const who = signal<Who>(NOBODY)
  const view = signal<PersonView | null>(null)
  /** How far a search is, while it goes on. */
  const search = signal<Pick<PersonSearch, 'round' | 'done' | 'of'> | null>(null)
  let halt = (): void => undefined
  const erasure = signal<ErasureView | null>(null)
  const { busy, problem, said, attempt, tryAgain } = makeAttempts<'open' | 'find' | 'report' | 'correct' | 'erase'>(
    () => open(),
  )
  /** Whom to write to once somebody is erased: as they were known, and which vendors were asked. */
  const erased = signal<{
    readonly who: Who
    readonly vendors: PersonView['vendors']
    /** Null when nobody has looked since. */
    readonly left: number | null
  } | null>(null)

  /** An erasure that was cut short goes on: it was agreed to already. */
  function open(): Promise<boolean> {
    return attempt('open', async () => {
      erasure.value = await call('erasePerson', null)
      await goOn()
    })
  }

  async function goOn(): Promise<void> {
    while (erasure.value && erasure.value.left !== null) erasure.value = await call('erasePerson', null)
  }

  function find(): Promise<boolean> {
    erased.value = null
    view.value = null
    return attempt('find', async () => void (await look(null)))
  }

  /** Searches slice by slice; gives what an erasure or correction goes on with, or nothing when somebody stopped it. */
  async function look(picked: PersonAsk['picked']): Promise<string | undefined> {
    // What is on its way is not waited for: a search changes nothing.
    const halted = new Promise<undefined>((resolve) => (halt = () => resolve(undefined)))
    search.value = { round: 1, done: 0, of: 1 }
    try {
      for (let ask: PersonAsk | string = { who: who.value, picked }; ;) {
        const seen: PersonSearch | undefined = await Promise.race([call('person', ask), halted])
        if (!seen) {
          said.value = 'Stopped. Nothing was changed.'
          return undefined
        }
        search.value = seen
        ask = seen.trail
        if (!seen.view) continue
        view.value = seen.view
        return seen.trail
      }
    } finally {
      search.value = null
    }
  }

  function picked(): readonly string[] {
    return (view.value?.places ?? []).filter(({ isMeant }) => isMeant).map(({ id }) => id)
  }

  /** What is known of a row that is meant may tell of more, so everything is looked for again. */
  function pick(id: string): Promise<boolean> {
    const before = picked()
    const next = before.includes(id) ? before.filter((one) => one !== id) : [...before, id]
    return attempt('find', async () => void (await look(next)))
  }

  function report(): Promise<boolean> {
    return attempt('report', async () => {
      if (!view.value) return
      const { name } = await call('newTab', { name: reportName(), lines: reportLines(view.value) })
      said.value = `The report is in the tab "${name}". Delete the tab when you have sent it: it holds their data.`
    })
  }

  function download(): void {
    if (view.value) saveFile({ name: 'enrich-person.json', text: json(view.value), type: 'application/json' })
  }

  function copy(): Promise<boolean> {
    return attempt('report', async () => {
      if (view.value) await navigator.clipboard.writeText(json(view.value))
      said.value = 'The report is copied.'
    })
  }

  function correct(field: Field, value: string): Promise<boolean> {
    return attempt('correct', async () => {
      const trail = await look(picked())
      if (trail === undefined) return
      const { changed, missed } = await call('correctPerson', { trail, field, value })
      const rest = missed.length > 0 ? ` Not in ${listed(missed)}: protected, a formula, or changed meanwhile.` : ''
      await look(null)
      said.value = `Corrected in ${count(changed, 'row')}; later runs leave it alone.${rest}`
    })
  }

  function erase(what: EraseAsk['what'], by: string): Promise<boolean> {
    return attempt('erase', async () => {
      // What was shown may be old by now.
      const trail = await look(picked())
      if (trail === undefined) return
      const vendors = view.value?.vendors ?? []
      erasure.value = await call('erasePerson', { trail, what, by })
      await goOn()
      const isSeen = (await look(null)) !== undefined
      const left = isSeen ? (view.value?.places.length ?? 0) + (view.value?.answers.length ?? 0) : null
      said.value = ''
      erased.value = { who: who.value, vendors, left }
      if (left === 0) view.value = null
    })
  }

  return {
    who,
    view,
    search,
    erasure,
    erased,
    busy,
    problem,
    said,
    open,
    find,
    pick,
    stop: () => halt(),
    report,
    download,
    copy,
    correct,
    erase,
    tryAgain,
  }
}

function json(view: PersonView): string {
  return JSON.stringify(view, undefined, 2)
}
