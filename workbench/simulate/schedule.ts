import * as fc from 'fast-check'
import type { Fault } from '../appsscript/contract'
import type { SheetStore } from '../appsscript/sheet-store'
import {
  type Broken,
  checkAskedOnce,
  checkCounts,
  checkDayCap,
  checkEnd,
  checkFormulas,
  checkLedger,
  checkMoney,
  checkNothingLost,
  checkRows,
  checkTabs,
  checkUndone,
  expectAll,
  type ExpectedRow,
  KEEPS_TYPED,
  type Taken,
  showList,
  wantedCells,
  whoIsMeant,
} from './invariants'
import { HUNTER_KEYS } from '../vendors/simulated/hunter'
import { FIELDS, HEADER_OF, INPUTS, listOf, type ListColumns, makePeople, REFERENCE, REMARK } from './list'
import { acceptWaiting, AFTER_LEASE_MS, allowFormulas, enrich, enrichAs, laneSlice, undoAll } from './scenarios'
import { COLLEAGUE, isDescribed, keyEntry, OWNER, PAID, type PaidVendor, type Stage, TICK } from './stage'
import type { UndoSeen } from './wire'

/** Rows of the list of a random schedule. */
export const ROWS = 30

const COLUMNS = [...INPUTS, ...FIELDS.map((field) => HEADER_OF[field]), REMARK]

/** What a person does to the list; rows and columns are counted round when there are fewer. */
export type Edit =
  | { readonly do: 'type'; readonly row: number; readonly column: number }
  | { readonly do: 'sort'; readonly column: number; readonly ascending: boolean }
  | { readonly do: 'insert row' | 'delete row'; readonly row: number }
  | { readonly do: 'insert column' | 'rename header'; readonly column: number }
  | { readonly do: 'rename tab' }

const WEATHERS = ['fair', 'throttle', 'outage', 'dead', 'mute', 'twice'] as const

/** What goes wrong during a step. `between` happens just before the n-th call of a method. */
export type Hazard =
  | { readonly kind: 'kill'; readonly atCall: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'kill_method'; readonly method: string; readonly nth: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'fail'; readonly atCall: number }
  | { readonly kind: 'between'; readonly method: string; readonly nth: number; readonly edit: Edit }
  | { readonly kind: 'weather'; readonly what: (typeof WEATHERS)[number] }
  /** The n-th request hangs until the lease is over, and another tab goes on with the run meanwhile. */
  | { readonly kind: 'hang'; readonly nth: number }

/**
 * `two tabs`: two slices at once; `lanes`: a slice and lanes beside it; `crowd`: a slice, a look, a trigger and a formula;
 * `formulas`: a slice and a burst of formulas about the same people; `colleague`: somebody else stops the run and begins one
 * of their own; `accept`: whatever waits in Review; `undo`: the last run, as it stands;
 * `jump`: the clock goes far ahead; `copy` and `copy bare`: the file is copied with its properties or without; `restore`: the file as it was before.
 */
const WORKS = [
  'slice',
  'two tabs',
  'lanes',
  'crowd',
  'formulas',
  'tick',
  'look',
  'stop',
  'resume',
  'colleague',
  'accept',
  'undo',
  'jump',
  'idle',
  'evict',
  'copy',
  'copy bare',
  'restore',
] as const

/** One thing that people or a trigger do, and what happens meanwhile. */
export interface Step {
  readonly work: (typeof WORKS)[number]
  readonly hazards: readonly Hazard[]
  readonly edits: readonly Edit[]
}

/** A whole play. */
export interface Schedule {
  readonly cap: number
  readonly paid: readonly PaidVendor[]
  /** Credits that formulas may spend in a day, with a key of their own; 0: none. */
  readonly perDay: number
  /** Credits that all runs together may take in a day, whoever starts them; 0: as many as they like. */
  readonly dayCap: number
  /** Whether the first run begins with a receipt of its own, or with a saved run on rows that were added. */
  readonly opening: 'receipt' | 'saved'
  readonly steps: readonly Step[]
  /** Whether everything is undone in the end, or even looked for once more then. */
  readonly ending: 'keep' | 'undo' | 'again'
  /** Whether the list has columns for what is wanted, and formulas beside them, or the product makes its own. */
  readonly columns: ListColumns
}

/** What came of a play: promises that were broken, and how often each hazard struck. */
export interface Played {
  readonly broken: readonly Broken[]
  readonly hazards: ReadonlyMap<string, number>
}

const FETCH = 'UrlFetchApp.fetchAll'

// Calls around which a product reads, asks and writes; the last ones are the window of safety S9.
const METHODS = [
  'Range.getValues',
  FETCH,
  'Properties.setProperty',
  'SpreadsheetApp.flush',
  'Range.setValues',
  'RangeList.setNumberFormat',
  'Range.setRichTextValues',
  'Range.setNotes',
]

// Those at which money or a write is under way.
const IN_FLIGHT = [FETCH, FETCH, 'Range.setValues', 'RangeList.setNumberFormat', 'SpreadsheetApp.flush']

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ do: fc.constant('type' as const), row: fc.nat(ROWS), column: fc.nat(COLUMNS.length - 1) }),
  fc.record({ do: fc.constant('sort' as const), column: fc.nat(8), ascending: fc.boolean() }),
  fc.record({ do: fc.constantFrom('insert row' as const, 'delete row' as const), row: fc.nat(ROWS) }),
  fc.record({ do: fc.constantFrom('insert column' as const, 'rename header' as const), column: fc.nat(8) }),
  fc.record({ do: fc.constant('rename tab' as const) }),
)

const hazards: fc.Arbitrary<Hazard> = fc.oneof(
  fc.record({
    kind: fc.constant('kill' as const),
    atCall: fc.integer({ min: 1, max: 180 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({
    kind: fc.constant('kill_method' as const),
    method: fc.constantFrom(...IN_FLIGHT),
    nth: fc.integer({ min: 1, max: 6 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({ kind: fc.constant('fail' as const), atCall: fc.integer({ min: 1, max: 180 }) }),
  fc.record({
    kind: fc.constant('between' as const),
    method: fc.constantFrom(...IN_FLIGHT),
    nth: fc.integer({ min: 1, max: 6 }),
    edit: edits,
  }),
  fc.record({
    kind: fc.constant('between' as const),
    method: fc.constantFrom(...METHODS),
    // A slice writes once or twice, and makes other calls many times.
    nth: fc.oneof(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 14 })),
    edit: edits,
  }),
  fc.record({
    kind: fc.constant('weather' as const),
    what: fc.constantFrom(...WEATHERS),
  }),
  fc.record({ kind: fc.constant('hang' as const), nth: fc.integer({ min: 1, max: 4 }) }),
)

/** Random schedules; equal seeds give equal ones. */
export const SCHEDULES: fc.Arbitrary<Schedule> = fc
  .record({
    cap: fc.constantFrom(1000, 1000, 1000, 7),
    paid: fc.constantFrom<readonly PaidVendor[]>(
      ['hunter'],
      ['people_data_labs'],
      ['dropcontact'],
      ['hunter', 'dropcontact'],
      ['hunter', 'findymail'],
      ['people_data_labs', 'lists'],
      ['people_data_labs', 'zero_bounce'],
    ),
    perDay: fc.constantFrom(0, 0, 0, 0, 3, 1000),
    dayCap: fc.constantFrom(0, 0, 0, 9),
    opening: fc.constantFrom('receipt', 'receipt', 'saved'),
    steps: fc.array(
      fc.record({
        work: fc.oneof(
          { weight: 6, arbitrary: fc.constant('slice' as const) },
          { weight: 8, arbitrary: fc.constantFrom(...WORKS) },
          { weight: 1, arbitrary: fc.constantFrom('accept' as const, 'colleague' as const, 'undo' as const) },
        ),
        hazards: fc.array(hazards, { maxLength: 3 }),
        edits: fc.array(edits, { maxLength: 1 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    // Most misfortunes show without going on: these take time.
    ending: fc.constantFrom('keep', 'keep', 'keep', 'undo', 'undo', 'again'),
    columns: fc.constantFrom('with_wanted', 'without_wanted', 'with_formulas'),
  })
  .map((schedule) => (schedule.perDay > 0 ? spending(schedule) : schedule))

/** Of a schedule whose formulas may spend one step is a burst of them; they may with a key of the vendor alone that runs ask. */
function spending(schedule: Schedule): Schedule {
  const { steps, paid } = schedule
  if (!paid.includes('hunter')) return { ...schedule, perDay: 0 }
  const at = Math.floor(steps.length / 2)
  return { ...schedule, steps: steps.with(at, { ...steps[at]!, work: 'formulas' }) }
}

/** The list and what people have in it: every edit changes both. */
interface Desk {
  store: SheetStore
  rows: Map<string, DeskRow>
  renamed: Map<string, string>
  typed: number
}

interface DeskRow {
  who: ExpectedRow['who']
  texts: Map<string, string>
  inWindow: Map<string, string>
}

const copyRows = (rows: Desk['rows']): Desk['rows'] =>
  new Map(
    [...rows].map(([ref, { who, texts, inWindow }]) => [
      ref,
      { who, texts: new Map(texts), inWindow: new Map(inWindow) },
    ]),
  )

function edit(desk: Desk, act: Edit, when: 'in_window' | 'at_rest'): void {
  const { store, rows, renamed } = desk
  const tab = store.tabs()[0]!
  const shown = showList(store)
  const nameOf = (header: string) => renamed.get(header) ?? header
  const top = shown.findIndex((row) => row.includes(nameOf(REFERENCE)))
  const headers = shown[top]
  if (!headers) throw new Error('The list lost its headers')
  const refs = [...rows.keys()]
  const rowOf = (ref: string) => shown.findIndex((row) => row[headers.indexOf(nameOf(REFERENCE))] === ref)
  switch (act.do) {
    case 'type': {
      const ref = refs[act.row % refs.length]
      const header = COLUMNS[act.column % COLUMNS.length]!
      const [row, column] = [ref === undefined ? -1 : rowOf(ref), headers.indexOf(nameOf(header))]
      if (ref === undefined || row < 0 || column < 0) return
      const mine = rows.get(ref)!
      const text = header === 'Website' ? `typed${String(desk.typed++)}.example` : `Typed${letters(desk.typed++)}`
      if (when === 'in_window') mine.inWindow.set(header, mine.texts.get(header) ?? '')
      mine.texts.set(header, text)
      mine.who = [...mine.who, ...whoIsMeant(mine.texts)]
      store.write(tab.id, { row, column, rows: 1, columns: 1 }, [[{ value: text, format: '@' }]])
      return
    }
    case 'sort': {
      const area = { row: top + 1, column: 0, rows: shown.length - top - 1, columns: headers.length }
      store.sort(tab.id, area, { column: act.column % headers.length, ascending: act.ascending })
      return
    }
    case 'insert row':
      store.insertRows(tab.id, act.row % shown.length, 1)
      return
    case 'delete row': {
      const ref = refs[act.row % refs.length]
      if (ref === undefined || rowOf(ref) < 0 || refs.length < ROWS / 2) return
      store.deleteRows(tab.id, rowOf(ref), 1)
      rows.delete(ref)
      return
    }
    case 'insert column':
      store.insertColumns(tab.id, act.column % headers.length, 1)
      return
    case 'rename header': {
      const header = COLUMNS[act.column % COLUMNS.length]!
      const column = headers.indexOf(nameOf(header))
      if (column < 0) return
      const name = renamed.has(header) ? header : `${header} of ours`
      // Who gave a column another name, and got a new one of the old name since, leaves both.
      if (headers.includes(name)) return
      if (name === header) renamed.delete(header)
      else renamed.set(header, name)
      store.write(tab.id, { row: top, column, rows: 1, columns: 1 }, [[{ value: name }]])
      return
    }
    case 'rename tab':
      store.renameTab(tab.id, tab.name === 'Leads' ? 'Our leads' : 'Leads')
  }
}

function letters(number: number): string {
  return String.fromCharCode(97 + Math.floor(number / 26), 97 + (number % 26))
}

/** What an undisturbed run makes of the list, by reference and field. */
export async function playCalmly(
  stage: Stage,
  { paid, columns }: Pick<Schedule, 'paid' | 'columns'>,
): Promise<ReadonlyMap<string, string>> {
  await stage.reset(listOf(makePeople(ROWS), columns), paid)
  const said = await enrich(stage, FIELDS)
  if (said !== 'done') throw new Error(`The undisturbed run does not end: ${said}`)
  return wantedCells(stage.store, (header) => header)
}

/** Plays a schedule, lets everything calm down, has the person go on to the end, and looks at every promise. */
export async function playSchedule(
  stage: Stage,
  schedule: Schedule,
  calm: ReadonlyMap<string, string>,
): Promise<Played> {
  const people = makePeople(ROWS)
  const list = listOf(people, schedule.columns)
  await stage.reset(list, schedule.paid)
  const { store, vendors } = stage
  const rows = [...expectAll(people, list).rows].map(
    ([ref, row]) => [ref, { ...row, texts: new Map(row.texts), inWindow: new Map<string, string>() }] as const,
  )
  const desk: Desk = { store, rows: new Map(rows), renamed: new Map(), typed: 0 }
  const counts = new Map<string, number>()
  const count = (hazard: string) => void counts.set(hazard, (counts.get(hazard) ?? 0) + 1)

  const { perDay } = schedule
  if (perDay > 0) {
    await allowFormulas(stage, { key: HUNTER_KEYS.team, perDay })
    await askByFormulas(stage, EARLY)
  }
  if (schedule.dayCap > 0) await stage.ask('saveCaps', [{ day: schedule.dayCap, vendors: {} }])
  const saved = schedule.opening === 'saved' ? await saveRun(stage, schedule.cap) : undefined
  await beginRun(stage, { ...requestFor(schedule.cap), ...(saved !== undefined && { scope: 'added', saved }) })
  const run = stage.views().at(-1)?.id ?? ''

  // The file as it was before each step: File > Version history has them all.
  const versions: { readonly cells: unknown; readonly rows: Desk['rows']; readonly renamed: Desk['renamed'] }[] = []
  let restored = false
  // What was done before is on record in the original's properties alone.
  let bare = false
  let killed = false
  const untold: Broken[] = []
  const takenBack: UndoSeen[] = []
  let isWhole = true
  for (const { work, hazards: misfortunes, edits: now } of schedule.steps) {
    versions.push({ cells: store.snapshot(), rows: copyRows(desk.rows), renamed: new Map(desk.renamed) })
    for (const act of now) {
      edit(desk, act, 'at_rest')
      count(`${act.do} at rest`)
    }
    const before = stage.heard().length
    let overtaking: Promise<unknown> = Promise.resolve()
    const overtake = () => {
      const next = stage.emulator.advance(AFTER_LEASE_MS).then(() => stage.ask('continueRun', [run]))
      // Whoever took over is waited for too when another request hangs.
      overtaking = Promise.all([overtaking, next])
    }
    stage.emulator.script(misfortunes.flatMap((hazard) => faultOf(hazard, { desk, vendors, count, overtake })))
    const open = stage.views().at(-1)?.state === 'running' ? 'in the middle of a run' : 'between runs'
    switch (work) {
      case 'copy':
      case 'copy bare':
        await stage.copy(work === 'copy' ? 'follow' : 'stay')
        bare ||= work === 'copy bare'
        if (work === 'copy bare') for (const vendor of schedule.paid) await stage.connect(vendor)
        if (journalRows(store) > 0) untold.push(...(await checkTold(stage, work)))
        count(`${work} ${open}`)
        break
      case 'restore': {
        const version = versions[Math.floor(versions.length / 2)]!
        const before = journalRows(store)
        store.restore(version.cells)
        desk.rows = copyRows(version.rows)
        desk.renamed = new Map(version.renamed)
        restored = true
        // What a killed slice appended last is not counted yet (docs/reliability.md): that alone may go unnoticed.
        if (journalRows(store) < before && !killed) untold.push(...(await checkTold(stage, work)))
        count(`restore ${open}`)
        break
      }
      case 'evict':
        stage.evict()
        count(`evict ${open}`)
        break
      case 'undo': {
        const said = await stage.ask('undoRun', [stage.views().at(-1)?.id ?? ''])
        // One that failed halfway has taken back a part.
        isWhole = false
        if (said.kind === 'problem') break
        if (said.kind === 'value') takenBack.push(said.value as UndoSeen)
        count(`undo ${open}`)
        break
      }
      case 'accept':
        if (await acceptWaiting(stage, stage.views().at(-1)?.id ?? '')) count(`accept ${open}`)
        break
      case 'colleague':
        if (await beginAsColleague(stage, schedule)) count('a colleague runs')
        break
      default:
        await doWork(stage, work === 'formulas' && perDay > 0 ? 'spending formulas' : work, run)
        if (work === 'lanes' || work === 'formulas') count(`${work} ${open}`)
    }
    await overtaking
    stage.emulator.script([])
    for (const { state, calls } of stage.heard().slice(before)) {
      if (state !== 'killed') continue
      killed = true
      count(killedDuring(calls))
    }
  }

  for (const header of desk.renamed.keys())
    edit(desk, { do: 'rename header', column: COLUMNS.indexOf(header) }, 'at_rest')
  for (const host of Object.values(PAID)) vendors.weather(host, FAIR)
  await stage.emulator.advance(AFTER_LEASE_MS)
  const said = await enrich(stage, FIELDS)
  if (said === 'at the cap') count('stands at a cap in the end')
  if (stage.chargedByFormulas().size > 0) count('formulas with money')
  // A copy begins a ledger of its own; a restored version has lost what was asked since.
  const isOneFile = !restored && !schedule.steps.some(({ work }) => work === 'copy' || work === 'copy bare')
  // What formulas got and the store has not waits in the properties.
  const forgot = restored || (bare && perDay > 0)
  const taken = forgot || failsPaid(schedule) ? 'at_most' : 'exactly'
  const broken = [
    ...untold,
    ...look(stage, desk, { calm, said, forgot, taken, isWhole }),
    ...(bare || schedule.dayCap === 0 ? [] : checkDayCap(stage, schedule.dayCap)),
    ...(isOneFile && perDay > 0 ? await checkFormulas(stage, perDay) : []),
    ...(isOneFile ? await checkLedger(stage, taken) : []),
  ]
  if (schedule.ending === 'keep') return { broken, hazards: counts }
  const told = await undoAll(stage)
  const undone = [...takenBack, ...told.filter((one) => one !== 'column_gone')]
  count('undo in the end')
  const shown = showList(store)
  // What a restored version or a bare copy took away of the plans cannot be undone any more, nor, for now, what stands in a
  // renamed column, nor what a run wrote before the last three; people's own cells are whole all the same.
  const isOlder = stage.runs().length > UNDOABLE_RUNS
  const left = restored || bare || isOlder || told.includes('column_gone') ? [] : checkUndone(shown, desk, undone)
  const all = [...broken, ...leaveToldLosses(stage, checkRows(shown, desk)), ...left]
  if (schedule.ending === 'undo') return { broken: all, hazards: counts }
  // What was paid for stays when it is undone: filling the cells again asks nobody who answered before.
  await enrichAs(stage, { wanted: FIELDS })
  count('looked for again in the end')
  return { broken: [...all, ...(forgot ? [] : checkAskedOnce(stage))], hazards: counts }
}

// Dropcontact verifies for a price a call: what fails may have been charged and counts, though its books know nothing of it.
function failsPaid({ paid, steps }: Schedule): boolean {
  const fails = steps.some(({ hazards }) => hazards.some((one) => one.kind === 'weather' && one.what === 'outage'))
  return fails && paid.includes('dropcontact')
}

// Promise 12.
const UNDOABLE_RUNS = 3

// A fold empties the journal: what the mark and the heading say is compared then, and a fold needs 500 entries.
function journalRows(store: SheetStore): number {
  const tab = store.tabs().find(({ name }) => name === '_enrich_journal')
  return tab ? store.used(tab.id).rows : 0
}

function requestFor(cap: number) {
  return { scope: 'all', wanted: FIELDS, mapping: {}, purpose: 'Simulation of misfortune', cap }
}

/** After a copy or a restored version the product says so, and asks nobody before the person has chosen. */
async function checkTold(stage: Stage, what: string): Promise<readonly Broken[]> {
  const home = await stage.ask('overview', [{ scope: 'all', mapping: {}, wanted: null }])
  const isTold = home.kind !== 'value' || (home.value as { readonly storeTrouble: object | null }).storeTrouble
  const receipt = await stage.ask('receipt', [requestFor(1000)])
  if (isTold && receipt.kind !== 'value') return []
  return [{ promise: 'copies and restored versions are noticed', detail: isTold ? `${what}: a receipt` : what }]
}

function look(
  stage: Stage,
  desk: Desk,
  given: {
    readonly calm: ReadonlyMap<string, string>
    readonly said: string
    readonly forgot: boolean
    readonly taken: Taken
    /** Whether nothing was undone on the way: what was is not filled again by the same run. */
    readonly isWhole: boolean
  },
): readonly Broken[] {
  const { store } = stage
  const shown = showList(store)
  const last = stage.views().at(-1)
  const atCap = given.said === 'at the cap'
  const broken = [
    ...leaveToldLosses(stage, checkRows(shown, desk)),
    ...checkMoney(stage, given.taken),
    // Answers that a restored version or a copy took away may be asked for again; the person was told.
    ...(given.forgot ? [] : checkAskedOnce(stage)),
    ...stage.views().flatMap(checkCounts),
    ...checkTabs(store),
    ...(atCap ? [] : checkEnd(last)),
  ]
  if (!last || atCap || !given.isWhole) return broken
  const untouched = (ref: string) => {
    const row = desk.rows.get(ref)
    return row !== undefined && row.who.length === 1
  }
  const now = wantedCells(store, (header) => desk.renamed.get(header) ?? header)
  return [...broken, ...checkNothingLost({ calm: given.calm, now, untouched, run: last })]
}

// Where somebody moves rows in the one call and Google stops the work before it has read back, a value that was struck is in
// Google's version history alone; the product says where (docs/reliability.md, the window).
function leaveToldLosses(stage: Stage, broken: readonly Broken[]): readonly Broken[] {
  const addresses = (remark: string) => {
    const [, listed = '', more = '0'] = /were taken out of (.+?)(?: and (\d+) more)?\. If something/.exec(remark) ?? []
    return listed === '' ? 0 : listed.split(', ').length + Number(more)
  }
  const told = stage.runs().reduce((sum, { remarks }) => sum + remarks.reduce((all, one) => all + addresses(one), 0), 0)
  const isLoss = ({ promise, detail }: Broken) => promise === KEEPS_TYPED && detail.includes(': "" instead of ')
  return broken.filter(isLoss).length > told ? broken : broken.filter((one) => !isLoss(one))
}

// The other tab is in the middle of its work when the answer comes.
const HANG_MS = AFTER_LEASE_MS + 8_000

const FAIR = { latencyMs: 0, throttle: 0, outage: false, dead: false, mute: false, twice: false }

function faultOf(
  hazard: Hazard,
  given: {
    readonly desk: Desk
    readonly vendors: Stage['vendors']
    readonly count: (hazard: string) => void
    readonly overtake: () => void
  },
): readonly Fault[] {
  const { desk, vendors, count, overtake } = given
  switch (hazard.kind) {
    case 'kill':
      return [{ ...hazard, overall: true }]
    case 'kill_method':
      return [hazard]
    case 'fail':
      return [{ ...hazard, overall: true, message: 'Dienstfehler: Tabellen' }]
    case 'between': {
      const act = () => {
        count(`${hazard.edit.do} ${momentOf(hazard.method)}`)
        edit(desk, hazard.edit, 'in_window')
      }
      return [{ kind: 'between', method: hazard.method, nth: hazard.nth, act }]
    }
    case 'hang': {
      const at = { method: FETCH, nth: hazard.nth }
      const act = () => {
        count('taken over while a request hangs')
        overtake()
      }
      return [
        { kind: 'between', ...at, act },
        { kind: 'hang', ...at, ms: HANG_MS },
      ]
    }
    case 'weather':
      count(`vendor: ${hazard.what}`)
      for (const host of Object.values(PAID)) vendors.weather(host, weatherOf(hazard.what))
      return []
  }
}

function momentOf(method: string): string {
  if (/^Range(List)?\.set/.test(method)) return 'just before a write'
  if (method === 'SpreadsheetApp.flush') return 'with a write in flight'
  return method === FETCH ? 'just before money goes out' : 'during an execution'
}

function weatherOf(what: Extract<Hazard, { kind: 'weather' }>['what']): typeof FAIR {
  switch (what) {
    case 'fair':
      return FAIR
    case 'throttle':
      return { ...FAIR, throttle: 0.4 }
    case 'outage':
      return { ...FAIR, outage: true }
    case 'dead':
      return { ...FAIR, dead: true }
    case 'mute':
      return { ...FAIR, mute: true }
    case 'twice':
      return { ...FAIR, twice: true }
  }
}

// Formulas that a person copies down a column at once, and those that are there before the run.
const BURST = 8
const EARLY = 3

// Where nobody switched their spending on each gives what is known or says the next step; what they ask for is in no budget
// of a run, and the books would tell.
async function askByFormulas({ emulator }: Stage, count: number): Promise<void> {
  const asked = makePeople(count).map(({ first, last, site }) => [`${first} ${last}`, site])
  await Promise.all(asked.map((args) => emulator.formula({ name: 'ENRICH_EMAIL', args, user: COLLEAGUE })))
}

async function saveRun(stage: Stage, cap: number): Promise<string | undefined> {
  await stage.ask('saveRun', [{ name: 'Weekly import', request: requestFor(cap) }])
  const home = await stage.ask('overview', [{ scope: 'all', mapping: {}, wanted: null }])
  return home.kind === 'value' ? (home.value as { readonly saved: readonly { id: string }[] }).saved[0]?.id : undefined
}

/** Whether a run has begun. */
async function beginRun(stage: Stage, request: object, user = OWNER): Promise<boolean> {
  const receipt = await stage.ask('receipt', [request], user)
  if (receipt.kind !== 'value') return false
  const { id } = receipt.value as { readonly id: string }
  return (await stage.ask('startRun', [id], user)).kind === 'value'
}

/** Somebody else with keys of their own stops what is at work, begins a run, and works on it for a slice. */
async function beginAsColleague(stage: Stage, { cap, paid }: Schedule): Promise<boolean> {
  for (const vendor of paid.filter((one) => !isDescribed(one))) {
    const said = await stage.ask('saveKey', [keyEntry(stage.vendors, vendor)], COLLEAGUE)
    // Their run would pay with the key that formulas pay with: the books could not tell who did.
    if (said.kind !== 'value') return false
  }
  await stage.ask('stopRun', [stage.views().at(-1)?.id ?? ''], COLLEAGUE)
  if (!(await beginRun(stage, requestFor(cap), COLLEAGUE))) return false
  await stage.ask('continueRun', [stage.views().at(-1)?.id ?? ''], COLLEAGUE)
  return true
}

type Labour =
  | Exclude<Step['work'], 'copy' | 'copy bare' | 'restore' | 'evict' | 'undo' | 'accept' | 'colleague'>
  | 'spending formulas'

async function doWork(stage: Stage, work: Labour, run: string): Promise<void> {
  const { emulator } = stage
  const slice = () => stage.ask('continueRun', [run])
  const look = () => stage.ask('overview', [{ scope: 'all', mapping: {}, wanted: null }], COLLEAGUE)
  const tick = () => stage.run(TICK)
  switch (work) {
    case 'slice':
      await slice()
      return
    case 'two tabs':
      await Promise.all([slice(), slice()])
      return
    case 'lanes':
      await laneSlice(stage, run)
      return
    case 'crowd':
      await Promise.all([
        slice(),
        look(),
        tick(),
        emulator.formula({ name: 'ENRICH_EMAIL', args: ['a@b'], user: OWNER }),
      ])
      return
    case 'formulas':
      await Promise.all([slice(), askByFormulas(stage, BURST)])
      return
    case 'spending formulas':
      // While a run works formulas wait: it goes on while they have begun.
      await stage.ask('stopRun', [run])
      await Promise.all([askByFormulas(stage, BURST), tick(), stage.ask('resumeRun', [run]).then(slice)])
      return
    case 'tick':
      await tick()
      return
    case 'look':
      await look()
      return
    case 'stop':
      await stage.ask('stopRun', [run], COLLEAGUE)
      return
    case 'resume':
      await stage.ask('resumeRun', [run])
      return
    case 'jump':
      // Longer than caches keep anything and triggers sleep.
      await emulator.advance(7 * 3_600_000)
      return
    case 'idle':
      await emulator.advance(AFTER_LEASE_MS)
  }
}

function killedDuring(calls: readonly string[]): string {
  const last = calls.at(-1) ?? ''
  if (last === FETCH) return 'kill with money in flight'
  if (/^Range(List)?\.set/.test(last) || last === 'SpreadsheetApp.flush') return 'kill with a write in flight'
  return 'kill elsewhere'
}

/** Leaves out whatever is not needed for a schedule to fail, one part at a time. */
export async function shrink(schedule: Schedule, fails: (schedule: Schedule) => Promise<boolean>): Promise<Schedule> {
  for (const smaller of partsLess(schedule)) if (await fails(smaller)) return shrink(smaller, fails)
  return schedule
}

function* partsLess(schedule: Schedule): Generator<Schedule> {
  const { steps } = schedule
  if (schedule.ending !== 'keep') yield { ...schedule, ending: 'keep' }
  if (schedule.perDay > 0) yield { ...schedule, perDay: 0 }
  if (schedule.dayCap > 0) yield { ...schedule, dayCap: 0 }
  if (schedule.columns === 'with_formulas') yield { ...schedule, columns: 'with_wanted' }
  if (schedule.opening === 'saved') yield { ...schedule, opening: 'receipt' }
  if (schedule.paid.length > 1) for (const vendor of schedule.paid) yield { ...schedule, paid: [vendor] }
  for (const index of steps.keys()) yield { ...schedule, steps: steps.filter((_, at) => at !== index) }
  for (const [index, step] of steps.entries()) {
    const replaced = (change: Partial<Step>): Schedule => ({
      ...schedule,
      steps: steps.map((old, at) => (at === index ? { ...step, ...change } : old)),
    })
    for (const gone of step.hazards) yield replaced({ hazards: step.hazards.filter((hazard) => hazard !== gone) })
    for (const gone of step.edits) yield replaced({ edits: step.edits.filter((one) => one !== gone) })
  }
}
