import { createHash } from 'node:crypto'
import type { EmulatorOptions } from '../appsscript/contract'
import { LAWFUL } from '../lawful'
import { HUNTER_KEYS } from '../vendors/simulated/hunter'
import {
  addressesOf,
  CHECK,
  FIELDS,
  HEADER_OF,
  LIST_HEADERS,
  listOf,
  MAIL,
  makePeople,
  OWN,
  type Person,
  type Wanted,
} from './list'
import { COLLEAGUE, keyEntry, LIST, OWNER, PAID, type PaidVendor, type Said, type Stage, TICK } from './stage'
import type { FormulasSeen, RunSeen, UndoSeen } from './wire'

type Allowances = NonNullable<EmulatorOptions['allowances']>

/** What people do with the product, from an open file to an end that they are content with. */
export interface Scenario {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** Whose keys are saved; without any the run is one of training. */
  readonly paid: readonly PaidVendor[]
  /** `elsewhere`: it fills a tab of its own, marks rows or changes settings, so the list is not held against answers. */
  readonly writes: 'wanted_cells' | 'elsewhere'
  /** Fields that a run may fill; a sweep compares everything else exactly. */
  readonly wanted: readonly Wanted[]
  /** Rows about somebody who stands in another row, by their references. */
  readonly like?: { readonly [ref: string]: string }
  /** What is left of Google's quotas of the day, where that is less than all. */
  readonly allowances?: Allowances
  /** What the product must say in the end when nothing is in its way. */
  readonly ends: string
  /** Done before misfortune begins. */
  readonly prepare?: (stage: Stage) => Promise<void>
  /** Done under misfortune; whoever is interrupted begins again as a person would. Returns what the product says last. */
  readonly play: (stage: Stage) => Promise<string>
}

/** Longer than a lease, or the claim of a start, is held by an execution that died (safety S11: 60 s). */
export const AFTER_LEASE_MS = 61_000

const HOUR_MS = 3_600_000

/** Less than the list costs. */
const DAY_CAP = 3

/** Presses of buttons after which a person would give up. */
const PATIENCE = 40

/** Times that a person tries again what was refused in words: what claims the file for an execution does so for 6 minutes. */
const STUBBORN = 6

/** What waits in Review, as far as a play looks at it. */
interface ReviewSeen {
  readonly items: readonly {
    readonly planned: number
    readonly field: string
    readonly candidates: readonly { readonly value: string }[]
  }[]
}

/** Accepts the first candidate of everything that waits in Review; whether there was anything. */
export async function acceptWaiting(stage: Stage, run: string): Promise<boolean> {
  const said = await stage.ask('review', [run])
  if (said.kind !== 'value' || (said.value as ReviewSeen).items.length === 0) return false
  await acceptAll(stage, run, said.value as ReviewSeen)
  return true
}

function acceptAll(stage: Stage, run: string, { items }: ReviewSeen): Promise<Said> {
  const decisions = items.map(({ planned, field, candidates: [best] }) => ({
    planned,
    field,
    value: best?.value,
    verdict: 'accept',
  }))
  return stage.ask('settleReview', [{ run, decisions }])
}

interface Home {
  readonly run: RunSeen | null
  readonly storeTrouble: object | null
  readonly history: readonly { readonly id: string; readonly undo: string }[]
}

/** Asks until there is a value, as a person presses a button again; a problem that stays is an answer. */
export async function insist(stage: Stage, name: string, args: readonly unknown[]): Promise<Said> {
  let said: Said = { kind: 'killed' }
  for (let tries = 0; tries < PATIENCE; tries++) {
    said = await stage.ask(name, args)
    if (said.kind === 'value' || (said.kind === 'problem' && tries > STUBBORN)) return said
    await stage.emulator.advance(AFTER_LEASE_MS)
  }
  return said
}

/** The same file before somebody else. */
function asColleague(stage: Stage): Stage {
  const ask: Stage['ask'] = (name, args) => stage.ask(name, args, COLLEAGUE)
  return Object.create(stage, { ask: { value: ask } }) as Stage
}

/** Works on a run for a slice. */
type Work = (stage: Stage, run: string) => Promise<Said>

const slice: Work = (stage, run) => stage.ask('continueRun', [run])

/** A slice with two lanes beside it, as the sidebar drives a long run, and a lane of another tab that comes too. */
export const laneSlice: Work = async (stage, run) => {
  const join = (lane: number) => stage.ask('joinRun', [{ run, lane }])
  const [said] = await Promise.all([slice(stage, run), join(1), join(2), join(1)])
  return said
}

/** The same run in two tabs of one person, of which the second comes while the first waits for an answer that is paid. */
const twoTabs: Work = async (stage, run) => {
  const first = slice(stage, run)
  await new Promise<void>((resolve) => {
    const off = stage.vendors.onCall(({ questions }) => void (questions.length > 0 && resolve()))
    void first.then(() => resolve()).finally(off)
  })
  const [said] = await Promise.all([first, slice(stage, run)])
  return said
}

/** Opens the sidebar and does the next sensible thing until the run is done. */
export async function enrich(
  stage: Stage,
  wanted: readonly Wanted[],
  { work = slice, ...part }: { readonly work?: Work; readonly cap?: number } = {},
): Promise<string> {
  let last = 'nothing was tried'
  let isChosen = false
  let hasAsked = false
  for (let tries = 0; tries < PATIENCE; tries++) {
    const home = await insist(stage, 'overview', [{ scope: 'all', mapping: {}, wanted: null }])
    if (home.kind !== 'value') {
      last = home.kind === 'killed' ? 'killed' : home.message
      continue
    }
    const { run, storeTrouble } = home.value as Home
    // A copy, or an older version: the person keeps what can be read.
    if (storeTrouble) {
      await insist(stage, 'keepStore', [])
      isChosen = true
      continue
    }
    // Only a new receipt goes on from there: this run is over.
    if (run?.state === 'paused' && /^The cap of/.test(run.problem?.message ?? '')) return 'at the cap'
    const isOver =
      run?.state === 'stopped' && (run.problem?.action === 'new_receipt' || run.undo === 'undone' || !run.mine)
    // Only who started a run goes on with it; anybody can ask it to stop.
    if (run && !run.mine && (run.state === 'running' || run.state === 'paused')) {
      await insist(stage, 'stopRun', [run.id])
      await stage.emulator.advance(AFTER_LEASE_MS)
      continue
    }
    // What a run that was done before filled in may be gone with the version that was left.
    const isBefore = run?.state === 'done' && (isChosen || (!run.mine && !hasAsked))
    const said = run && !isOver && !isBefore ? await goOnWhileOpen(stage, run, work) : await begin(stage, wanted, part)
    if (said === 'done') return 'done'
    // Or nothing is missing: then there is nothing to begin.
    if (said.kind === 'value' || said.kind === 'problem') [isChosen, hasAsked] = [false, true]
    if (said.kind !== 'value') await stage.emulator.advance(AFTER_LEASE_MS)
    last = said.kind === 'problem' || said.kind === 'threw' ? said.message : said.kind
  }
  return `not done: ${last}`
}

/**
 * Undoes every run that can be undone, newest first; what the product said of each. A run whose column somebody renamed
 * since it began is left: the product says so, and waits for the name.
 */
export async function undoAll(stage: Stage): Promise<readonly (UndoSeen | 'column_gone')[]> {
  const undone: (UndoSeen | 'column_gone')[] = []
  for (let tries = 0; tries < PATIENCE; tries++) {
    const home = await insist(stage, 'overview', [{ scope: 'all', mapping: {}, wanted: null }])
    if (home.kind !== 'value') continue
    const { run, history } = home.value as Home
    // A run that waits at its cap is ended first.
    if (run && (run.state === 'paused' || run.state === 'running')) {
      await insist(stage, 'stopRun', [run.id])
      continue
    }
    const next = history.find(({ undo }) => undo === 'possible')
    if (!next) return undone
    const said = await insist(stage, 'undoRun', [next.id])
    if (said.kind === 'problem' && /^The column /.test(said.message)) return [...undone, 'column_gone']
    const seen = said.kind === 'value' ? (said.value as UndoSeen) : undefined
    if (seen?.state === 'done') undone.push(seen)
  }
  return undone
}

// The sidebar stays open: it goes on with what a slice said, and looks around again when that was no plain progress.
async function goOnWhileOpen(stage: Stage, run: RunSeen, work: Work): Promise<Said | 'done'> {
  let said = await goOn(stage, run, work)
  for (let slices = 0; slices < PATIENCE && said !== 'done' && said.kind === 'value'; slices++) {
    const seen = said.value as RunSeen
    if (seen.state !== 'running' && seen.state !== 'done') return said
    said = await goOn(stage, seen, work)
  }
  return said
}

async function goOn(stage: Stage, run: RunSeen, work: Work): Promise<Said | 'done'> {
  switch (run.state) {
    case 'running':
      // The person comes back when the run goes on by itself.
      if (run.rest) await stage.emulator.advance(Math.max(0, run.rest.until - stage.emulator.now()) + 1_000)
      return work(stage, run.id)
    case 'paused':
    case 'stopped':
      return stage.ask('resumeRun', [run.id])
    case 'done':
    case 'failed':
      return run.retryable > 0 ? stage.ask('resumeRun', [run.id]) : 'done'
  }
}

async function begin(
  stage: Stage,
  wanted: readonly Wanted[],
  part: { readonly [name: string]: unknown } = {},
): Promise<Said> {
  // A start that died may have left another tab open: the person goes back to the list.
  stage.emulator.select(OWNER, stage.store.tabs()[0]!.id, ['A1'])
  const request = { scope: 'all', wanted, mapping: {}, purpose: 'Simulation of misfortune', cap: 1000, ...part }
  const said = await stage.ask('receipt', [request])
  if (said.kind !== 'value') return said
  const { id } = said.value as { readonly id: string }
  return stage.ask('startRun', part['repeats'] ? [id, part['repeats']] : [id])
}

/** Begins one run and works on it until it is done, whatever it is asked for. */
export async function enrichAs(stage: Stage, part: { readonly [name: string]: unknown }): Promise<string> {
  let id: string | undefined
  for (let tries = 0; tries < PATIENCE; tries++) {
    const home = await insist(stage, 'overview', [{ scope: 'all', mapping: {}, wanted: null }])
    if (home.kind !== 'value') continue
    const { run } = home.value as Home
    // The run before this one has ended already.
    id ??= run?.id ?? ''
    const said = run && run.id !== id ? await goOn(stage, run, slice) : await begin(stage, [], part)
    if (said === 'done') return 'done'
    if (said.kind !== 'value') await stage.emulator.advance(AFTER_LEASE_MS)
  }
  return 'not done'
}

/** The list with addresses that reach nobody. */
function withOldEmails(all: Parameters<typeof listOf>[0]): readonly (readonly string[])[] {
  const [headers = [], ...rows] = listOf(all, 'with_wanted')
  const at = headers.indexOf('Email')
  return [
    headers,
    ...rows.map((row) => row.map((text, column) => (column === at ? `gone.${row[0]!}@example.net` : text))),
  ]
}

/** Asks for addresses that are typed too, and puts others beside. */
const BESIDE_RULE = {
  order: 'automatic',
  off: [],
  threshold: 0.7,
  accepts: ['valid', 'unverified'],
  agreement: 'counts',
  verify: 'never',
  overwrite: { kind: 'beside', margin: 0.1 },
}

const people = makePeople(8)
const twins = listOf(people, 'with_wanted').flatMap((row, index) => (index === 2 || index === 5 ? [row, row] : [row]))

const listId = (stage: Stage): number => stage.store.tabs()[0]!.id

/** Pairs of rows: some equal, some that only a person would take for one. */
const PAIRS: readonly (readonly [keep: number, gone: number])[] = [
  [2, 3],
  [7, 6],
  [1, 9],
  [5, 4],
]

/** What tells a row as it was read, as the sidebar makes it. */
export function printOf(texts: readonly string[]): string {
  const filled = texts.slice(0, texts.findLastIndex((text) => text !== '') + 1)
  return createHash('sha256').update(JSON.stringify(filled)).digest('hex').slice(0, 16)
}

/** The rows of the pairs as the sidebar reads them. */
async function readTwins(stage: Stage) {
  const said = await insist(stage, 'listRows', [{ sheet: listId(stage), firstRow: 1, from: 1 }])
  const page = (said.kind === 'value' ? said.value : { mark: '', rows: [] }) as {
    readonly mark: string
    readonly rows: readonly (readonly [number, readonly string[]])[]
  }
  const refs = new Map(page.rows.map(([row, texts]) => [row, { row, print: printOf(texts), first: texts[0] ?? '' }]))
  return { mark: page.mark, rows: PAIRS.flat().flatMap((row) => refs.get(row) ?? []) }
}

/** Who said the first cells of the list, as a run puts it into their notes. */
async function noteFirstCells({ store }: Stage): Promise<void> {
  const id = store.tabs()[0]!.id
  const notes = twins.slice(1).map((_, row) => [{ note: `Enrich: vendor ${String(row)}, 90 % sure` }])
  store.write(id, { row: 1, column: 0, rows: notes.length, columns: 1 }, notes)
  await store.settled()
}

/** Whose values the notes of the first cells tell of that are not those of their rows. */
function wrongNotes({ store }: Stage): readonly string[] {
  const { id } = store.tabs()[0]!
  const cells = store.read(id, { row: 1, column: 0, rows: twins.length, columns: 1 }).flat()
  return cells.flatMap(({ value, note = '' }) => {
    const said = twins[Number(/vendor (\d+),/.exec(note)?.[1] ?? -2) + 1]?.[0]
    return (value ?? '') === (said ?? '') ? [] : [`${note} on ${String(value)}`]
  })
}

/** Merges the pairs in two batches, as the sidebar does, with values that move and one in a column of ours. */
async function mergeTwins(stage: Stage): Promise<string> {
  const { mark, rows } = await readTwins(stage)
  const refOf = (one: number) => rows.flatMap(({ row, print }) => (row === one ? [{ row, print }] : []))
  const groups = PAIRS.map(([keep, gone]) => ({
    keep: refOf(keep)[0],
    gone: refOf(gone),
    cells: [
      { column: 0, header: '', text: rows.find(({ row }) => row === gone)?.first ?? '', from: 1 },
      { column: 1, header: '', text: `Merged ${String(keep)}`, from: null },
      { column: null, header: 'Other emails', text: `other${String(keep)}@example.org`, from: null },
    ],
  }))
  let said: Said = { kind: 'killed' }
  for (const [batch, part] of [groups.slice(0, 3), groups.slice(3)].entries()) {
    const ask = { merge: 'simulated-merge', batch, sheet: listId(stage), firstRow: 1, mark, groups: part }
    said = await insist(stage, 'mergeGroups', [ask])
  }
  if (said.kind !== 'value') return JSON.stringify(said)
  const merge = said.value as { readonly groups: number; readonly rows: number }
  return [`${String(merge.groups)} groups, ${String(merge.rows)} rows`, ...wrongNotes(stage)].join(', ')
}

/** Whom the simulated Hunter does not look up, because she asked for it (workbench/vendors/people.ts). */
const OBJECTOR: Person = { ref: 'R900', first: 'Olga', last: 'Silent', site: 'example.org' }

/** Whom a play asks about: the second of the people, by their name at their website. */
const HER = people[1]!
const ABOUT_HER = {
  who: { email: '', linkedin: '', phone: '', name: `${HER.first} ${HER.last}`, company: HER.site },
  picked: null,
}

interface SearchSeen {
  readonly trail: string
  readonly view: object | null
}

/** Looks for her until the search is done; says what goes on with whom it found. */
async function findHer(stage: Stage): Promise<string> {
  let ask: object | string = ABOUT_HER
  for (let tries = 0; tries < PATIENCE; tries++) {
    const said = await insist(stage, 'person', [ask])
    if (said.kind !== 'value') continue
    const { trail, view } = said.value as SearchSeen
    if (view) return trail
    ask = trail
  }
  return ''
}

interface ErasureSeen {
  readonly left: number | null
  readonly done: readonly object[]
}

/** Erases her, as somebody does who opens the screen again after each misfortune; says what is left of her. */
async function eraseHer(stage: Stage): Promise<string> {
  for (let tries = 0; tries < PATIENCE; tries++) {
    const looked = await insist(stage, 'erasePerson', [null])
    if (looked.kind !== 'value') continue
    const { left, done } = looked.value as ErasureSeen
    if (left === null && done.length > 0) return leftOfHer(stage)
    if (left === null) await stage.ask('erasePerson', [{ trail: await findHer(stage), what: 'cells', by: 'JD' }])
    await stage.emulator.advance(AFTER_LEASE_MS)
  }
  return 'not done'
}

/** In which tabs and properties she is still found, by her name, her address or the hash of the question about her. */
function leftOfHer({ store, emulator }: Stage): string {
  const parts = ['name_at_domain', HER.first, HER.last, HER.site].map((part) => part.toLowerCase())
  const question = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12)
  const forms = [`${HER.first} ${HER.last}`, `${HER.first}.${HER.last}@`, question].map((form) => form.toLowerCase())
  const places: readonly (readonly [string, string])[] = [
    ...store.tabs().map(({ id, name }) => {
      const cells = store.read(id, { row: 0, column: 0, ...store.used(id) })
      const texts = cells.map((row) => row.map(({ value, note = '' }) => `${String(value)} ${note}`).join(' '))
      return [name, texts.join('\n')] as const
    }),
    ['properties', JSON.stringify(emulator.snapshot())],
  ]
  const left = places.filter(([, text]) => forms.some((form) => text.toLowerCase().includes(form)))
  return left.length === 0 ? 'nothing is left of her' : `she is left in ${left.map(([name]) => name).join(', ')}`
}

// Less than all of them cost.
const FORMULA_CAP = 5

// Right of the list: one a row, and one that spills.
const SINGLES = LIST_HEADERS.length
const SPILLING = SINGLES + 1

/** Lets formulas spend so many credits a day, with a key that is shared with the file. */
export async function allowFormulas(
  stage: Stage,
  { key, perDay, vendor = 'hunter' }: { readonly key: string; readonly perDay: number; readonly vendor?: PaidVendor },
): Promise<void> {
  await insist(stage, 'saveKey', [{ ...keyEntry(stage.vendors, vendor), place: 'shared', key }])
  // What the file is for is on record with the first receipt.
  const request = { scope: 'all', wanted: FIELDS, mapping: {}, purpose: 'Simulation of misfortune', cap: 1000 }
  await insist(stage, 'receipt', [request])
  await insist(stage, 'saveFormulaSpending', [{ isOn: true, perDay }])
}

/** Formulas beside the list that cost nothing. */
async function typeFormulas({ emulator, store }: Stage): Promise<void> {
  const { id } = listTab(store)
  const put = (row: number, column: number, formula: string) =>
    store.write(id, { row, column, rows: 1, columns: 1 }, [[{ formula }]])
  store.insertColumns(id, SINGLES, 4)
  people.forEach(({ site }, row) => put(row + 1, SINGLES, `=ENRICH_DOMAIN("https://${site}/about")`))
  put(1, SPILLING, `=ENRICH_SPLIT_NAME(A2:A${String(people.length + 1)})`)
  await store.settled()
  await emulator.advance(1)
}

const QUESTIONS = people.map(({ first, last, site }) => `=ENRICH_EMAIL("${first} ${last}", "${site}")`)

/** Formulas beside the list that ask for the addresses of its people. */
async function typeQuestions({ store }: Stage): Promise<void> {
  const { id } = listTab(store)
  store.insertColumns(id, SINGLES, 1)
  const cells = QUESTIONS.map((formula) => [{ formula }])
  store.write(id, { row: 1, column: SINGLES, rows: cells.length, columns: 1 }, cells)
  await store.settled()
}

/**
 * Finishes formulas until none waits, or a vendor had long enough, and undoes it; then they are deleted. How many waited on,
 * and whether they read as they were typed.
 */
async function finishAll(stage: Stage): Promise<string> {
  const { store, emulator } = stage
  const { id } = listTab(store)
  const place = { row: 1, column: SINGLES, rows: people.length, columns: 1 }
  const wait = () => store.display(id, place).filter(([text]) => text?.startsWith('pending')).length
  for (let tries = 0; tries < PATIENCE && wait() > 0; tries++) {
    await insist(stage, 'finishFormulas', ['simulated-finish'])
    await store.settled()
    await emulator.advance(2 * AFTER_LEASE_MS)
  }
  const left = wait()
  await undoAll(stage)
  const isAsTyped = store.read(id, place).every(([cell], row) => cell?.formula === QUESTIONS[row])
  store.write(
    id,
    place,
    people.map(() => [{ value: null }]),
  )
  return `${String(left)} wait, ${isAsTyped ? 'as typed' : 'with other texts'}`
}

function listTab(store: Stage['store']) {
  return store.tabs().find(({ name }) => name === LIST)!
}

function shown({ store }: Stage): string {
  const { id } = listTab(store)
  const { rows, columns } = store.used(id)
  return JSON.stringify(store.display(id, { row: 0, column: 0, rows, columns }))
}

/** How many cells of the list hold formulas. */
function countFormulas({ store }: Stage): number {
  const { id } = listTab(store)
  const { rows, columns } = store.used(id)
  const cells = store.read(id, { row: 0, column: 0, rows, columns }).flat()
  return cells.filter(({ formula }) => formula !== undefined).length
}

/** Presses the button again until there is nothing left to do. */
async function untilWhole(stage: Stage, name: string, ask: object): Promise<string> {
  for (let tries = 0; tries < PATIENCE; tries++) {
    const said = await insist(stage, name, [ask])
    await stage.store.settled()
    if (said.kind === 'value' && (said.value as { readonly isWhole: boolean }).isWhole) return 'done'
  }
  return 'not done'
}

/** Turns all formulas of the list into values; what people see stays as it is. */
async function turnAll(stage: Stage): Promise<string> {
  const before = shown(stage)
  const ask = { change: 'simulated-change', sheet: listId(stage), areas: null }
  const said = await untilWhole(stage, 'turnIntoValues', ask)
  return `${said}, ${countFormulas(stage)} formulas, ${shown(stage) === before ? 'the same' : 'other'} texts`
}

/** Six people and two repeats: one below the row that is looked up, one above it with an address that somebody typed. */
const withRepeats = repeatSome()

function repeatSome(): readonly (readonly string[])[] {
  const [headers = [], ...rows] = listOf(people, 'with_wanted')
  const misspelt = (row: readonly string[]) => row.map((text, column) => (column === 1 ? `${text}h` : text))
  const email = headers.indexOf('Email')
  return [
    headers,
    ...rows.map((row, index): readonly string[] => {
      if (index === 1) return misspelt(row).with(email, 'typed.R002@example.net')
      if (index === 6) return misspelt(rows[0]!).with(0, row[0]!)
      return index === 7 ? rows[1]!.with(0, row[0]!) : row
    }),
  ]
}

/** Looks up one of each pair and copies, as somebody who chose so on the receipt. */
async function copyToRepeats(stage: Stage): Promise<string> {
  const print = createHash('sha256')
  print.update([1, 7, 2, 8].map((row) => printOf(withRepeats[row]!)).join(' '))
  const repeats = { groups: '1,7;2,8', print: print.digest('hex').slice(0, 32) }
  const said = await enrichAs(stage, { wanted: FIELDS, repeats })
  const isAsked = stage.vendors.calls().some(({ path }) => /first_name=(Adah|Bobh)/.test(path))
  return `${said}, ${isAsked ? 'a repeat was' : 'no repeat was'} asked about`
}

// The usual list is filled by the vendor that is asked one question at a time.
const FILLS_THE_LIST = {
  rows: listOf(people, 'with_wanted'),
  paid: ['hunter'],
  writes: 'wanted_cells',
  wanted: FIELDS,
  ends: 'done',
} as const

/** Everything that writes: a feature that writes adds itself here. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'enrich',
    ...FILLS_THE_LIST,
    play: (stage) => enrich(stage, FIELDS),
  },
  {
    name: 'enrich in lanes',
    rows: listOf(people, 'with_wanted'),
    paid: ['hunter', 'dropcontact'],
    writes: 'wanted_cells',
    wanted: FIELDS,
    ends: 'done',
    play: (stage) => enrich(stage, FIELDS, { work: laneSlice }),
  },
  {
    name: 'enrich in two tabs',
    ...FILLS_THE_LIST,
    play: (stage) => enrich(stage, FIELDS, { work: twoTabs }),
  },
  {
    name: 'enrich in batches',
    rows: listOf(people, 'with_wanted'),
    paid: ['people_data_labs'],
    writes: 'wanted_cells',
    wanted: FIELDS,
    ends: 'done',
    play: (stage) => enrich(stage, FIELDS),
  },
  {
    name: 'enrich with answers that come later',
    rows: listOf(people, 'with_wanted'),
    paid: ['dropcontact'],
    writes: 'wanted_cells',
    wanted: FIELDS,
    ends: 'done',
    play: (stage) => enrich(stage, FIELDS),
  },
  {
    name: 'enrich by a vendor of our own',
    rows: listOf(people, 'with_wanted'),
    paid: ['findymail'],
    writes: 'wanted_cells',
    wanted: OWN,
    ends: 'done',
    play: (stage) => enrich(stage, OWN),
  },
  {
    name: 'enrich by lists of our own',
    rows: listOf(people, 'with_wanted'),
    paid: ['lists'],
    writes: 'wanted_cells',
    wanted: OWN,
    ends: 'done',
    play: (stage) => enrich(stage, OWN),
  },
  {
    name: 'enrich into new columns',
    rows: listOf(people, 'without_wanted'),
    paid: ['hunter'],
    writes: 'wanted_cells',
    wanted: FIELDS,
    ends: 'done',
    play: (stage) => enrich(stage, FIELDS),
  },
  {
    name: 'copy to repeats',
    rows: withRepeats,
    paid: ['hunter'],
    writes: 'wanted_cells',
    wanted: FIELDS,
    like: { R007: 'R001', R008: 'R002' },
    ends: 'done, no repeat was asked about',
    play: copyToRepeats,
  },
  {
    name: 'verify emails',
    rows: addressesOf(people),
    paid: ['zero_bounce'],
    writes: 'wanted_cells',
    wanted: CHECK,
    ends: 'done',
    play: (stage) => enrich(stage, CHECK),
  },
  {
    name: 'formulas',
    rows: listOf(people, 'with_wanted'),
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: 'done',
    async prepare(stage) {
      await allowFormulas(stage, { key: HUNTER_KEYS.large, perDay: FORMULA_CAP })
    },
    // Twice, as when a file is opened again; what is counted is never less than what the vendor took.
    async play(stage) {
      const cells = [...people, ...people].map(({ first, last, site }) => [`${first} ${last}`, site])
      for (const args of cells) await stage.run({ function: 'ENRICH_EMAIL', args, user: OWNER, via: 'formula' })
      await stage.emulator.advance(AFTER_LEASE_MS)
      const finished = await insist(stage, 'finishFormulas', ['simulated-finish'])
      const said = await insist(stage, 'settings', [])
      if (finished.kind !== 'value' || said.kind !== 'value') return JSON.stringify([finished, said])
      const { formulas } = said.value as { readonly formulas: FormulasSeen }
      if (stage.charged() > Math.min(formulas.today, FORMULA_CAP))
        return `${String(stage.charged())} credits of ${String(formulas.today)}`
      return formulas.waiting === 0 ? 'done' : `${String(formulas.waiting)} claims are left`
    },
  },
  {
    name: 'finish formulas by a vendor that answers later',
    rows: listOf(people, 'with_wanted'),
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: '0 wait, as typed',
    async prepare(stage) {
      const key = stage.vendors.keys[PAID.dropcontact] ?? ''
      await allowFormulas(stage, { key, perDay: 2 * people.length, vendor: 'dropcontact' })
      await typeQuestions(stage)
    },
    // What is counted is never less than what the vendor took.
    async play(stage) {
      const waits = await finishAll(stage)
      const said = await insist(stage, 'settings', [])
      if (said.kind !== 'value') return JSON.stringify(said)
      const { today } = (said.value as { readonly formulas: FormulasSeen }).formulas
      return stage.charged() > today ? `${String(stage.charged())} credits of ${String(today)}` : waits
    },
  },
  {
    name: 'a formula about somebody who objected',
    rows: listOf([...people.slice(0, 1), OBJECTOR], 'with_wanted'),
    paid: ['hunter'],
    writes: 'elsewhere',
    wanted: ['email'],
    ends: 'asked once, and on the list',
    async prepare(stage) {
      await allowFormulas(stage, { key: HUNTER_KEYS.large, perDay: FORMULA_CAP })
    },
    // The file is opened again, formulas are finished, and a run comes by her row.
    async play(stage) {
      const args = [`${OBJECTOR.first} ${OBJECTOR.last}`, OBJECTOR.site]
      let isHeard = false
      for (let times = 0; times < 3; times++) {
        const { error } = await stage.run({ function: 'ENRICH_EMAIL', args, user: OWNER, via: 'formula' })
        isHeard ||= /never looked up|asked not to be/.test(error?.message ?? '')
        await stage.emulator.advance(AFTER_LEASE_MS)
      }
      await insist(stage, 'finishFormulas', ['simulated-finish'])
      await enrich(stage, ['email'])
      const asked = stage.vendors.calls().filter(({ questions }) => questions.some((one) => /olga/i.test(one))).length
      const said = await insist(stage, 'privacy', [])
      const { suppressed } = said.kind === 'value' ? (said.value as { readonly suppressed: number }) : { suppressed: 0 }
      if (asked > 1) return `asked ${String(asked)} times`
      // Whose answer was lost on its way is not asked again, and nobody knows what it was.
      return isHeard && suppressed === 0 ? 'not on the list' : 'asked once, and on the list'
    },
  },
  {
    name: 'training',
    rows: listOf(people, 'with_wanted'),
    paid: [],
    writes: 'elsewhere',
    wanted: FIELDS,
    ends: 'done',
    play: (stage) => enrich(stage, FIELDS),
  },
  {
    name: 'settings',
    rows: listOf(people, 'with_wanted'),
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: 'saved',
    async play(stage) {
      await insist(stage, 'saveKey', [keyEntry(stage.vendors, 'hunter')])
      await insist(stage, 'saveCap', [77])
      await insist(stage, 'addSuppressed', ['olga.silent@example.org'])
      const said = await insist(stage, 'settings', [])
      const { cap } = (said.kind === 'value' ? said.value : {}) as { readonly cap?: number }
      return said.kind === 'value' && cap === 77 ? 'saved' : JSON.stringify(said)
    },
  },
  {
    name: 'never look up',
    rows: listOf(people, 'with_wanted'),
    paid: ['hunter'],
    writes: 'elsewhere',
    wanted: [],
    ends: '1 row is held back, 3 on the list',
    // A filter that lacks somebody, or a row of the list that is lost, would let them be asked about.
    async play(stage) {
      await insist(stage, 'addSuppressed', [`${HER.first} ${HER.last}, ${HER.site}\nolga.silent@example.org`])
      const hashes = ['0', '1'].map((digit) => digit.repeat(32))
      await insist(stage, 'importSuppressed', [{ salt: 'another-file', hashes }])
      await insist(stage, 'removeSuppressed', ['Olga.Silent@example.org'])
      await insist(stage, 'coverTransfer', [{ vendor: 'hunter', isCovered: true }])
      await insist(stage, 'saveBasis', [
        { ...(JSON.parse(LAWFUL['basis']!) as object), note: 'They can say no at once.' },
      ])
      const request = { scope: 'all', wanted: FIELDS, mapping: {}, purpose: 'Simulation of misfortune', cap: 1000 }
      const receipt = await insist(stage, 'receipt', [request])
      const said = await insist(stage, 'privacy', [])
      if (receipt.kind !== 'value' || said.kind !== 'value') return JSON.stringify([receipt, said])
      const { rows } = receipt.value as { readonly rows: { readonly suppressed: number } }
      const { suppressed } = said.value as { readonly suppressed: number }
      return `${String(rows.suppressed)} row is held back, ${String(suppressed)} on the list`
    },
  },
  {
    name: 'mark duplicates',
    rows: twins,
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: 'done',
    async play(stage) {
      const { mark, rows } = await readTwins(stage)
      const marks = rows.map(({ print }) => ({ print, text: 'Group 1: every compared cell is the same' }))
      const said = await insist(stage, 'markRows', [
        { sheet: listId(stage), header: 'Duplicate group', mark, from: 0, to: 100, rows: marks },
      ])
      return said.kind === 'value' ? 'done' : JSON.stringify(said)
    },
  },
  {
    name: 'columns beside the list',
    rows: listOf(people, 'with_wanted'),
    paid: ['hunter'],
    writes: 'elsewhere',
    wanted: FIELDS,
    ends: '8 rows, 6 rows, 0 rows',
    prepare: async (stage) => void (await enrich(stage, FIELDS)),
    async play(stage) {
      const run = stage.views().at(-1)?.id ?? ''
      const told: string[] = []
      for (const what of ['status', 'sources', 'nothing']) {
        const said = await insist(stage, 'addCompanions', [{ run, what }])
        told.push(said.kind === 'value' ? `${(said.value as { rows: number }).rows} rows` : JSON.stringify(said))
      }
      return told.join(', ')
    },
  },
  {
    name: 'mark what another tab holds',
    rows: twins,
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: '8 marked, 0 marked',
    async play(stage) {
      const { mark, rows } = await readTwins(stage)
      const marks = rows.map(({ row, print }) => ({ print, text: `Already in Customers: row ${row} (same email)` }))
      const ask = { sheet: listId(stage), header: 'Already in another tab', mark, from: 0, to: 100 }
      const added = await insist(stage, 'markRows', [{ ...ask, rows: marks }])
      const taken = await insist(stage, 'markRows', [{ ...ask, rows: [] }])
      return [added, taken]
        .map((said) => (said.kind === 'value' ? `${(said.value as { marked: number }).marked} marked` : said.kind))
        .join(', ')
    },
  },
  {
    name: 'merge duplicates',
    rows: twins,
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: '4 groups, 4 rows',
    prepare: noteFirstCells,
    play: mergeTwins,
  },
  {
    name: 'undo a merge',
    rows: twins,
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: '4 rows back',
    async prepare(stage) {
      await noteFirstCells(stage)
      await mergeTwins(stage)
    },
    async play(stage) {
      const [undone] = await undoAll(stage)
      const rows = undone === 'column_gone' ? 0 : undone?.rowsBack
      return [`${String(rows)} rows back`, ...wrongNotes(stage)].join(', ')
    },
  },
  {
    name: 'formulas into values',
    rows: listOf(people, 'with_wanted'),
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: 'done, 0 formulas, the same texts. Enrich filled the cell.',
    async prepare(stage) {
      const email = LIST_HEADERS.indexOf(HEADER_OF.email)
      await allowFormulas(stage, { key: HUNTER_KEYS.large, perDay: FORMULA_CAP })
      stage.store.write(listId(stage), { row: 1, column: email, rows: 1, columns: 1 }, [
        [{ formula: '=ENRICH_EMAIL(B2:D2)' }],
      ])
      await typeFormulas(stage)
    },
    // Whose value is the one that was paid is known by then.
    async play(stage) {
      const said = await turnAll(stage)
      stage.emulator.select(OWNER, listId(stage), ['E2'])
      const told = await insist(stage, 'explainCell', [{}])
      return `${said}. ${told.kind === 'value' ? (told.value as { readonly holder: string }).holder : told.kind}`
    },
  },
  {
    name: 'undo of values',
    rows: listOf(people, 'with_wanted'),
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: `${String(people.length + 1)} formulas again`,
    async prepare(stage) {
      await typeFormulas(stage)
      await turnAll(stage)
    },
    async play(stage) {
      await undoAll(stage)
      await stage.store.settled()
      return `${countFormulas(stage)} formulas again`
    },
  },
  {
    name: 'insert formulas',
    rows: listOf(people, 'with_wanted'),
    paid: [],
    writes: 'elsewhere',
    wanted: [],
    ends: `done, ${String(people.length)} formulas, 1 column`,
    async play(stage) {
      const seen = await insist(stage, 'formulaBuilder', [])
      if (seen.kind !== 'value') return JSON.stringify(seen)
      const { sheet, mark, headerRow } = seen.value as {
        readonly sheet: { readonly id: number }
        readonly mark: string
        readonly headerRow: number
      }
      const formula = `=ENRICH_CLEAN_EMAIL(A${String(headerRow + 2)})`
      const place = { change: 'simulated-change', sheet: sheet.id, mark, headerRow }
      const said = await untilWhole(stage, 'insertFormulas', { ...place, headers: ['Simulated'], formula, way: 'rows' })
      const columns = shown(stage).split('Simulated').length - 1
      return `${said}, ${countFormulas(stage)} formulas, ${String(columns)} column`
    },
  },
  {
    name: 'tick',
    ...FILLS_THE_LIST,
    prepare: async (stage) => void (await begin(stage, FIELDS)),
    // The sidebar stays closed; who opens it in the end finds the run done.
    async play(stage) {
      for (let ticks = 0; ticks < PATIENCE; ticks++) {
        await stage.run(TICK)
        await stage.emulator.advance(AFTER_LEASE_MS)
        const home = await insist(stage, 'overview', [{ scope: 'all', mapping: {}, wanted: null }])
        if (home.kind === 'value' && (home.value as Home).run?.state === 'done') return 'done'
      }
      return 'not done'
    },
  },
  {
    name: 'a used-up quota',
    rows: listOf(people, 'with_wanted'),
    paid: ['hunter'],
    writes: 'wanted_cells',
    wanted: FIELDS,
    allowances: { urlfetch: 52 },
    ends: 'done',
    play: (stage) => enrich(stage, FIELDS),
  },
  {
    name: 'a free source that is dead',
    rows: listOf(people, 'with_wanted'),
    paid: [],
    writes: 'wanted_cells',
    wanted: MAIL,
    ends: 'done',
    async prepare(stage) {
      await insist(stage, 'setEnvironment', ['production'])
      stage.vendors.weather('dns.google', { dead: true })
    },
    play: (stage) => enrich(stage, MAIL),
  },
  {
    name: 'resume after a stop',
    ...FILLS_THE_LIST,
    async prepare(stage) {
      await begin(stage, FIELDS)
      const id = stage.views().at(-1)?.id
      await stage.ask('stopRun', [id], COLLEAGUE)
    },
    play: (stage) => enrich(stage, FIELDS),
  },
  {
    // What is found is known before: misfortune strikes the replacing itself.
    name: 'replace invalid emails',
    rows: withOldEmails(people),
    paid: ['hunter'],
    writes: 'elsewhere',
    wanted: [],
    ends: 'done',
    async prepare(stage) {
      await enrich(stage, ['phone', 'job_title'])
      await enrichAs(stage, { wanted: ['email_status'] })
    },
    play: (stage) => enrichAs(stage, { wanted: ['email', 'email_status'], scope: 'last_run', replace: 'invalid' }),
  },
  {
    // Where somebody typed an address stays, and another one goes into a column of its own.
    name: 'better values beside',
    rows: withOldEmails(people),
    paid: ['hunter'],
    writes: 'wanted_cells',
    wanted: FIELDS,
    ends: 'done',
    prepare: async (stage) => void (await stage.ask('saveWaterfall', [{ field: 'email', rule: BESIDE_RULE }])),
    play: (stage) => enrich(stage, FIELDS),
  },
  {
    // What stands there is typed, and what came along with other answers goes beside once they ask for that.
    name: 'better values that came along',
    rows: withOldEmails(people),
    paid: ['hunter'],
    writes: 'wanted_cells',
    wanted: FIELDS,
    ends: 'done',
    prepare: async (stage) => void (await enrich(stage, FIELDS)),
    play: (stage) => enrichAs(stage, { wanted: FIELDS, scope: 'last_run', replace: 'beside', cap: 0 }),
  },
  {
    name: 'a saved run on added rows',
    ...FILLS_THE_LIST,
    async prepare(stage) {
      const request = { scope: 'all', wanted: FIELDS, mapping: {}, purpose: 'Simulation of misfortune', cap: 1000 }
      await stage.ask('saveRun', [{ name: 'Weekly import', request }])
    },
    async play(stage) {
      const home = await insist(stage, 'overview', [{ scope: 'all', mapping: {}, wanted: null }])
      if (home.kind !== 'value') return JSON.stringify(home)
      const [saved] = (home.value as { readonly saved: readonly { readonly id: string }[] }).saved
      return enrichAs(stage, { wanted: FIELDS, scope: 'added', saved: saved?.id })
    },
  },
  {
    name: 'review accept',
    rows: listOf(people, 'with_wanted'),
    paid: ['hunter'],
    writes: 'wanted_cells',
    wanted: [],
    ends: 'written',
    prepare: async (stage) => void (await enrich(stage, FIELDS)),
    async play(stage) {
      const id = stage.views().at(-1)?.id ?? ''
      let written = false
      for (let tries = 0; tries < PATIENCE; tries++) {
        const said = await insist(stage, 'review', [id])
        if (said.kind !== 'value') return JSON.stringify(said)
        if ((said.value as ReviewSeen).items.length === 0) return written ? 'written' : 'nothing to review'
        written = true
        await acceptAll(stage, id, said.value as ReviewSeen)
        await stage.emulator.advance(AFTER_LEASE_MS)
      }
      return 'not done'
    },
  },
  {
    name: 'erase a person',
    rows: listOf(people.slice(0, 3), 'with_wanted'),
    paid: ['hunter'],
    writes: 'elsewhere',
    wanted: [],
    ends: 'nothing is left of her',
    prepare: async (stage) => void (await enrich(stage, FIELDS)),
    play: eraseHer,
  },
  {
    name: 'correct a person',
    rows: listOf(people.slice(0, 3), 'with_wanted'),
    paid: ['hunter'],
    writes: 'elsewhere',
    wanted: [],
    ends: 'corrected',
    prepare: async (stage) => void (await enrich(stage, FIELDS)),
    async play(stage) {
      const correct = async () =>
        insist(stage, 'correctPerson', [{ trail: await findHer(stage), field: 'job_title', value: 'Right Job' }])
      // Cut short after it wrote, it does not know her row any more: she is searched for again.
      const first = await correct()
      const said = first.kind === 'value' ? first : await correct()
      if (said.kind !== 'value') return JSON.stringify(said)
      const [row = []] = stage.store.display(listId(stage), {
        row: 2,
        column: 0,
        rows: 1,
        columns: LIST_HEADERS.length,
      })
      return row.filter((text) => text === 'Right Job').length === 1 ? 'corrected' : 'lost'
    },
  },
  {
    name: 'a cap of the day that is raised',
    ...FILLS_THE_LIST,
    prepare: async (stage) => void (await stage.ask('saveCaps', [{ day: DAY_CAP, vendors: {} }])),
    async play(stage) {
      const said = await enrich(stage, FIELDS)
      if (said !== 'at the cap' || stage.charged() > DAY_CAP) return `${said}, ${String(stage.charged())} credits`
      await insist(stage, 'saveCaps', [{ day: 1000, vendors: {} }])
      await insist(stage, 'resumeRun', [stage.views().at(-1)?.id])
      return enrich(stage, FIELDS)
    },
  },
  {
    // The sidebar stays closed for the nights.
    name: 'a cap of the day that is waited for',
    ...FILLS_THE_LIST,
    async prepare(stage) {
      await stage.ask('saveCaps', [{ day: DAY_CAP, vendors: {} }])
      await enrich(stage, FIELDS)
    },
    async play(stage) {
      for (let ticks = 0; ticks < PATIENCE; ticks++) {
        await stage.emulator.advance(12 * HOUR_MS)
        await stage.run(TICK)
        const home = await insist(stage, 'overview', [{ scope: 'all', mapping: {}, wanted: null }])
        if (home.kind === 'value' && (home.value as Home).run?.state === 'done') return 'done'
      }
      return 'not done'
    },
  },
  {
    // One of them spends what their own cap allows, the other what is left of the day.
    name: 'two people under one cap of the day',
    ...FILLS_THE_LIST,
    writes: 'elsewhere',
    ends: 'at the cap, at the cap',
    prepare: async (stage) => void (await stage.ask('saveCaps', [{ day: DAY_CAP, vendors: {} }])),
    async play(stage) {
      const first = await enrich(stage, FIELDS, { cap: DAY_CAP - 1 })
      const colleague = asColleague(stage)
      await insist(colleague, 'saveKey', [keyEntry(stage.vendors, 'hunter')])
      const second = await enrich(colleague, FIELDS)
      const most = stage.mostInADay()
      return [first, second, ...(most > DAY_CAP ? [`${String(most)} credits in a day`] : [])].join(', ')
    },
  },
  {
    name: 'undo',
    rows: listOf(people, 'with_wanted'),
    paid: ['hunter'],
    writes: 'wanted_cells',
    wanted: [],
    ends: 'done',
    prepare: async (stage) => void (await enrich(stage, FIELDS)),
    async play(stage) {
      const id = stage.views().at(-1)?.id
      const said = await insist(stage, 'undoRun', [id])
      return said.kind === 'value' ? 'done' : JSON.stringify(said)
    },
  },
]
