import * as fc from 'fast-check'
import type { SheetStore } from '../appsscript/sheet-store'
import { COLUMNS, copyRows, type Desk, edit, editsOf, openDesk } from './desk'
import { FAIR, faultOf, FETCH, hazardsOf, killedDuring, type Played, type Step, stepsLess } from './hazards'
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
  KEEPS_TYPED,
  type Taken,
  showList,
  wantedCells,
} from './invariants'
import { HUNTER_KEYS } from '../vendors/simulated/hunter'
import { FIELDS, listOf, type ListColumns, makePeople } from './list'
import { acceptWaiting, AFTER_LEASE_MS, allowFormulas, enrich, enrichAs, laneSlice, undoAll } from './scenarios'
import { COLLEAGUE, isDescribed, keyEntry, OWNER, PAID, type PaidVendor, type Stage, TICK } from './stage'
import type { UndoSeen } from './wire'

/** Rows of the list of a random schedule. */
export const ROWS = 30

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

interface RunStep extends Step {
  readonly work: (typeof WORKS)[number]
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
  readonly steps: readonly RunStep[]
  /** Whether everything is undone in the end, or even looked for once more then. */
  readonly ending: 'keep' | 'undo' | 'again'
  /** Whether the list has columns for what is wanted, and formulas beside them, or the product makes its own. */
  readonly columns: ListColumns
}

// The last ones are the window of safety S9.
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

const edits = editsOf(ROWS)
const hazards = hazardsOf(ROWS, { methods: METHODS, inFlight: IN_FLIGHT })

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
  const desk = openDesk(store, { rows: expectAll(people, list).rows, least: ROWS / 2 })
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
  const cutShort: string[] = []
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
        // A copy has a version history of its own.
        versions.length = 0
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
        const id = stage.views().at(-1)?.id ?? ''
        const said = await stage.ask('undoRun', [id])
        // One that failed halfway has taken back a part.
        isWhole = false
        if (said.kind === 'problem') {
          cutShort.push(id)
          break
        }
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
  // One that failed in its very last call is done: who presses again is told what was left.
  for (const id of cutShort) {
    const again = await stage.ask('undoRun', [id])
    if (again.kind === 'value') takenBack.push(again.value as UndoSeen)
  }
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
  | Exclude<RunStep['work'], 'copy' | 'copy bare' | 'restore' | 'evict' | 'undo' | 'accept' | 'colleague'>
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

/** A schedule with one part less, whichever may not be needed for it to fail. */
export function* partsLess(schedule: Schedule): Generator<Schedule> {
  const { steps } = schedule
  if (schedule.ending !== 'keep') yield { ...schedule, ending: 'keep' }
  if (schedule.perDay > 0) yield { ...schedule, perDay: 0 }
  if (schedule.dayCap > 0) yield { ...schedule, dayCap: 0 }
  if (schedule.columns === 'with_formulas') yield { ...schedule, columns: 'with_wanted' }
  if (schedule.opening === 'saved') yield { ...schedule, opening: 'receipt' }
  if (schedule.paid.length > 1) for (const vendor of schedule.paid) yield { ...schedule, paid: [vendor] }
  for (const fewer of stepsLess(steps)) yield { ...schedule, steps: fewer }
}
