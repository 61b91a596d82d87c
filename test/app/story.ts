import type { RunRequest, RunView } from '../../src/app/api-types'
import { peekLine } from '../../src/app/store-rows'
import type { Entry } from '../../src/app/stored'
import type { Cell, SheetStore, Tab } from '../../workbench/appsscript/sheet-store'
import { createWorld } from '../../workbench/vendors/people'
import type { Product } from './product'

/** The host of the simulated vendor that the stories pay. */
export const HUNTER = 'api.hunter.io'

/** A tab by its name. */
export function tabOf(store: SheetStore, name = 'Leads'): Tab {
  const tab = store.tabs().find((one) => one.name === name)
  if (!tab) throw new Error(`There is no tab ${name}`)
  return tab
}

/** Everything that a tab holds: values, formulas, formats and notes, row by row. */
export function image(store: SheetStore, name = 'Leads'): readonly (readonly Cell[])[] {
  const tab = tabOf(store, name)
  const { rows, columns } = store.used(tab.id)
  return store.read(tab.id, { row: 0, column: 0, rows, columns })
}

/** Every cell of every tab, hidden ones included. */
export function everyCell(store: SheetStore): readonly (Cell & { readonly at: string })[] {
  return store
    .tabs()
    .flatMap((tab) =>
      image(store, tab.name).flatMap((row, y) => row.map((cell, x) => ({ ...cell, at: `${tab.name}!${y}:${x}` }))),
    )
}

/** What the product noted down since the journal was folded last. */
export function journal(store: SheetStore): readonly Entry[] {
  const lines = image(store, '_enrich_journal').flatMap((cells) =>
    cells.flatMap(({ value }) => (typeof value === 'string' ? value.split('\n') : [])),
  )
  return lines.flatMap((line) => (peekLine(line) as Entry | undefined) ?? [])
}

/** Cells that are not text: what a hostile value must never become. */
export function notText(store: SheetStore): readonly string[] {
  return everyCell(store)
    .filter(({ value, formula }) => formula !== undefined || (value !== null && typeof value !== 'string'))
    .map(({ at, value, formula }) => `${at} ${formula ?? String(value)}`)
}

/** What a vendor answers, by script. */
export interface Reply {
  readonly status: number
  readonly body: string
  readonly headers?: { readonly [name: string]: string }
}

/** What Hunter's email finder says about a person, as it is documented, with some parts replaced. */
export function finderReply(data: { readonly [name: string]: unknown }): Reply {
  const person = {
    first_name: 'Ada',
    last_name: 'Nowak',
    email: 'ada.nowak@everyone.example',
    score: 97,
    domain: 'everyone.example',
    accept_all: false,
    position: 'CTO',
    twitter: null,
    linkedin_url: null,
    phone_number: null,
    company: 'Everyone Ltd',
    sources: [{ domain: 'everyone.example', uri: 'https://everyone.example/team', still_on_page: true }],
    verification: { date: '2026-04-12', status: 'valid' },
    ...data,
  }
  return { status: 200, body: JSON.stringify({ data: person, meta: { params: {} } }) }
}

/** Answers the finder alone; the account is left to the vendor. */
export function scriptFinder(product: Product, answer: (path: string) => Reply | undefined): void {
  product.vendors.script(HUNTER, (path) => (path.includes('finder') ? answer(path) : undefined))
}

/** The finder knows everybody of `crowd`, by name at everyone.example, with what is told besides. */
export function scriptCrowd(product: Product, more: { readonly [name: string]: unknown } = {}): void {
  scriptFinder(product, (path) => {
    const first = /first_name=([^&]+)/.exec(path)?.[1] ?? ''
    return finderReply({ first_name: first, email: `${first.toLowerCase()}.nowak@everyone.example`, ...more })
  })
}

/** The questions that were paid for, or could have been, in the vendor's books. */
export function finds(product: Product): readonly string[] {
  return product.vendors
    .calls()
    .filter((call) => call.path.includes('email-finder'))
    .map((call) => call.path)
}

/** The outcome of one wanted field over all rows: written, not found and left alone add up to the rows. */
export function rowsOfSummary(field: {
  readonly written: number
  readonly notFound: number
  readonly leftAlone: readonly { readonly count: number }[]
}): number {
  return field.written + field.notFound + field.leftAlone.reduce((sum, { count }) => sum + count, 0)
}

/** What a story asks for unless it says otherwise. */
export const REQUEST: RunRequest = {
  scope: 'all',
  wanted: ['email'],
  mapping: {},
  purpose: 'Invite them to a product demo',
  cap: 1000,
}

/** Receipt and start, without any work yet. */
export async function begin(product: Product, request: Partial<RunRequest> = {}): Promise<RunView> {
  const receipt = await product.call('receipt', { ...REQUEST, ...request })
  return product.call('startRun', receipt.id, ...(request.repeats ? [request.repeats] : []))
}

/** So many people at `everyone.example` whose address Hunter knows for sure, with names of letters. */
export function crowd(count: number): readonly (readonly [first: string, last: string])[] {
  const world = createWorld('world')
  const people: (readonly [string, string])[] = []
  for (let index = 0; people.length < count; index++) {
    const first = `Ada${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`
    const mailbox = world.person({ first, last: 'Nowak', domain: 'everyone.example' })?.mailbox
    if (mailbox?.status === 'valid' && mailbox.score >= 70) people.push([first, 'Nowak'])
  }
  return people
}

/** Runs a person's edit in the one call between the last read of the sheet and the write into it. */
export function betweenReadAndWrite(product: Product, edit: (store: SheetStore) => void): () => boolean {
  let done = false
  betweenEachReadAndWrite(product, (store) => {
    if (done) return
    done = true
    edit(store)
  })
  return () => done
}

/** The same at each such moment: also where what was struck is put back. */
export function betweenEachReadAndWrite(product: Product, edit: (store: SheetStore) => void): void {
  const act = (store: SheetStore) => {
    if (!store.tabs().some((tab) => tab.name === '_enrich_journal')) return
    const [last] = image(store, '_enrich_journal').at(-1) ?? []
    if (!String(last?.value).includes('"k":"write"')) return
    edit(store)
  }
  product.emulator.script(
    Array.from({ length: 200 }, (_, index) => ({
      kind: 'between',
      method: 'RangeList.setNumberFormat',
      nth: index + 1,
      act,
    })),
  )
}

/** Somebody changes a property with a script of their own. */
export function changeProperty(
  { emulator }: Product,
  { scope, key, value }: { readonly scope: string; readonly key: string; readonly value: string },
): void {
  const saved = emulator.snapshot() as {
    readonly properties: readonly (readonly [string, readonly (readonly [string, string])[]])[]
  }
  emulator.restore({
    ...saved,
    properties: saved.properties.map(([name, entries]) => [
      name,
      name === scope ? [...entries.filter(([one]) => one !== key), [key, value]] : entries,
    ]),
  })
}

/** So many days pass in which the hourly trigger does not run: it would run each hour of them. */
export async function letDaysPass({ emulator }: Product, days: number): Promise<void> {
  const { triggers } = emulator.snapshot() as { readonly triggers: readonly object[] }
  const set = (some: readonly object[]) => emulator.restore({ ...(emulator.snapshot() as object), triggers: some })
  set([])
  await emulator.advance(days * 86_400_000)
  set(triggers)
}
