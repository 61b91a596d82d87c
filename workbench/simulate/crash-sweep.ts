import type { Fault, Made } from '../appsscript/contract'
import { costOf } from '../appsscript/costs'
import {
  type Broken,
  checkAskedOnce,
  checkCounts,
  checkLedger,
  checkMoney,
  checkRows,
  checkTabs,
  expectAll,
  showList,
} from './invariants'
import { makePeople, REFERENCE } from './list'
import type { Scenario } from './scenarios'
import type { Mark, Stage } from './stage'

/** How a scenario came out. */
export interface Outcome {
  readonly said: string
  /** Every tab that people see, by name. */
  readonly tabs: ReadonlyMap<string, readonly (readonly string[])[]>
  readonly maybe: number
  /** All service calls, in the order in which they were made. */
  readonly calls: readonly Made[]
  readonly broken: readonly Broken[]
}

/** One misfortune that a scenario did not survive as promised. */
export interface Violation extends Broken {
  readonly scenario: string
  readonly how: string
}

/** How much of a sweep is done. */
export interface Sweep {
  readonly scenarios: readonly Scenario[]
  /** Every so many calls; 1 is all of them. */
  readonly every: number
  /** Whether to look further after something was found. */
  readonly until?: 'first_failure'
}

/** Plays a scenario with some faults and looks at what came of it. */
export async function playOnce(stage: Stage, scenario: Scenario, faults: readonly Fault[]): Promise<Outcome> {
  await begin(stage, scenario)
  const calls: Made[] = []
  stage.emulator.script([{ kind: 'watch', hear: (call) => calls.push(call) }, ...faults])
  const said = await scenario.play(stage)
  stage.emulator.script([])
  await enterAgain(stage)
  const { store } = stage
  const shown = store.tabs().filter(({ hidden }) => !hidden)
  const last = stage.views().at(-1)
  const isElsewhere = scenario.writes === 'elsewhere'
  return {
    said,
    tabs: new Map(
      shown.map(({ id, name }) => [name, store.display(id, { row: 0, column: 0, ...store.used(id) })] as const),
    ),
    maybe: last?.credits.maybe ?? 0,
    calls,
    broken: [
      ...checkAskedOnce(stage),
      ...(isElsewhere ? [] : [...checkMoney(stage), ...(await checkLedger(stage)), ...checkTabs(store)]),
      ...(last ? checkCounts(last) : []),
      ...(isElsewhere ? [] : checkRows(showList(store), expectedOf(scenario))),
    ],
  }
}

// Scenarios as they stand before they are played: what prepares one is done once.
const beginnings = new WeakMap<Stage, Map<Scenario, Mark>>()

async function begin(stage: Stage, scenario: Scenario): Promise<void> {
  const marks = beginnings.get(stage) ?? new Map<Scenario, Mark>()
  beginnings.set(stage, marks)
  const known = marks.get(scenario)
  if (known) return stage.back(known)
  await stage.reset(scenario.rows, scenario.paid, scenario.allowances)
  await scenario.prepare?.(stage)
  // Another allowance of the day is another emulator.
  if (!scenario.prepare || scenario.allowances) return
  const mark = stage.mark()
  marks.set(scenario, mark)
  await stage.back(mark)
}

// Misfortune strikes the execution of a formula too. Its cell shows an error then until somebody enters it once more.
async function enterAgain({ store }: Stage): Promise<void> {
  for (const { id } of store.tabs()) {
    const cells = store.read(id, { row: 0, column: 0, ...store.used(id) })
    for (const [row, line] of cells.entries()) {
      for (const [column, { formula, value }] of line.entries())
        if (formula !== undefined && value === '#ERROR!')
          store.write(id, { row, column, rows: 1, columns: 1 }, [[{ formula }]])
    }
  }
  await store.settled()
}

/** What was broken although nothing was in the way. */
export function calmly(scenario: Scenario, { said, broken, maybe }: Outcome): readonly Broken[] {
  return [
    ...broken,
    ...(said === scenario.ends ? [] : [{ promise: 'ends as it should', detail: said }]),
    ...(maybe > 0 ? [{ promise: 'no answer is lost in peace', detail: `${String(maybe)} credits maybe charged` }] : []),
  ]
}

/** What was broken under misfortune, against the play that nobody disturbed. */
export function compare(scenario: Scenario, calm: Outcome, struck: Outcome): readonly Broken[] {
  const broken = [...struck.broken]
  if (struck.said !== calm.said) broken.push({ promise: 'ends as without it', detail: struck.said })
  for (const [name, rows] of calm.tabs) {
    const now = struck.tabs.get(name)
    if (!now) {
      broken.push({ promise: 'cells as without it', detail: `the tab ${name} is missing` })
      continue
    }
    const emptied = new Set<number>()
    const differing: string[] = []
    for (let row = 0; row < Math.max(rows.length, now.length); row++) {
      for (let column = 0; column < Math.max(rows[row]?.length ?? 0, now[row]?.length ?? 0); column++) {
        const [was = '', is = ''] = [rows[row]?.[column], now[row]?.[column]]
        if (was === is) continue
        if (is === '' && scenario.wanted.length > 0 && struck.maybe > 0) emptied.add(row)
        else differing.push(`${name} row ${String(row + 1)} column ${String(column + 1)}: ${is} instead of ${was}`)
      }
    }
    if (differing.length > 0) broken.push({ promise: 'cells as without it', detail: differing.slice(0, 3).join('; ') })
    // What may have been charged is not asked again (safety S1): so many rows may stay empty, and no more.
    if (emptied.size > struck.maybe)
      broken.push({
        promise: 'nothing found is lost',
        detail: `${String(emptied.size)} rows, ${String(struck.maybe)} maybe`,
      })
  }
  for (const name of struck.tabs.keys())
    if (!calm.tabs.has(name)) broken.push({ promise: 'cells as without it', detail: `the tab ${name} is new` })
  return broken
}

/** Kills every scenario at every n-th of its moments in turn; the person comes back and goes on. */
export async function sweepCrashes(
  stage: Stage,
  { scenarios, every, until }: Sweep,
): Promise<{ readonly points: number; readonly violations: readonly Violation[] }> {
  const violations: Violation[] = []
  let points = 0
  for (const scenario of scenarios) {
    const calm = await playOnce(stage, scenario, [])
    for (const found of calmly(scenario, calm))
      violations.push({ scenario: scenario.name, how: 'undisturbed', ...found })
    const moments = momentsOf(calm.calls)
    // Whatever the step, no moment between the commit of a vendor and its reply is left out.
    for (const { atCall, when, method } of moments.filter(
      (one, index) => index % every === 0 || one.method === FETCH,
    )) {
      const struck = await playOnce(stage, scenario, [{ kind: 'kill', atCall, overall: true, when }])
      points++
      const how = `killed ${when} call ${String(atCall)} ${method}`
      for (const found of compare(scenario, calm, struck)) violations.push({ scenario: scenario.name, how, ...found })
      if (until && violations.length > 0) return { points, violations }
    }
  }
  return { points, violations }
}

const FETCH = 'UrlFetchApp.fetchAll'

// A lock goes with its execution; whoever only looks changes nothing.
const LOOKS = /^(?:Lock|Utilities|Session)\.|\.(?:get|is|has|can|require|activate|offset)(?![a-z])/

interface Moment extends Made {
  readonly atCall: number
  readonly when: 'before' | 'after'
}

/**
 * The moments at which a kill leaves something else behind than a kill right before: after each call that changes anything, and
 * in each execution before the first of them.
 */
export function momentsOf(calls: readonly Made[]): readonly Moment[] {
  const begun = new Set<number>()
  return calls.flatMap((call, index): readonly Moment[] => {
    if (LOOKS.test(call.method)) return []
    const moment = { ...call, atCall: index + 1 }
    const isFirst = !begun.has(call.execution)
    begun.add(call.execution)
    return [...(isFirst ? [{ ...moment, when: 'before' as const }] : []), { ...moment, when: 'after' as const }]
  })
}

// Calls that only make an object fail by their methods alone.
function failuresOf(
  calls: readonly Made[],
  every: number,
): readonly { readonly atCall: number; readonly method: string }[] {
  return calls
    .map(({ method }, index) => ({ method, atCall: index + 1 }))
    .filter(({ method }) => method === FETCH || costOf(method, 0) > 0)
    .filter(({ method }, index) => index % every === 0 || method === FETCH)
}

const TEXTS = [
  'Service error: Spreadsheets',
  'Dienstfehler: Tabellen',
  'Error del servicio: Hojas de cálculo',
  'Erreur liée au service : Feuilles de calcul',
] as const

// More often than anything is tried again at once; and for so long that a person may give up: then nothing is to be done, but
// all that was is to be right.
const FEW = 3
const LONG = 25

/** Fails every n-th service call once in turn, then each method for a while, in four languages. */
export async function sweepFailures(
  stage: Stage,
  { scenarios, every, until }: Sweep,
): Promise<{ readonly points: number; readonly violations: readonly Violation[] }> {
  const violations: Violation[] = []
  let points = 0
  for (const scenario of scenarios) {
    const calm = await playOnce(stage, scenario, [])
    const once = failuresOf(calm.calls, every).map(({ atCall, method }, index) => ({
      how: `failed at call ${String(atCall)} ${method}`,
      fault: { kind: 'fail' as const, atCall, overall: true as const, message: TEXTS[index % TEXTS.length]! },
    }))
    const methods = [...new Set(calm.calls.map(({ method }) => method))].flatMap((method, index) =>
      [FEW, LONG].map((times) => ({
        how: `${method} failed ${String(times)} times in a row`,
        fault: { kind: 'fail_method' as const, method, times, message: TEXTS[index % TEXTS.length]! },
      })),
    )
    for (const { how, fault } of [...once, ...methods]) {
      const struck = await playOnce(stage, scenario, [fault])
      points++
      const isLong = fault.kind === 'fail_method' && fault.times === LONG
      for (const found of isLong ? struck.broken : compare(scenario, calm, struck))
        violations.push({ scenario: scenario.name, how, ...found })
      if (until && violations.length > 0) return { points, violations }
    }
  }
  return { points, violations }
}

function expectedOf({ rows, like = {} }: Scenario): ReturnType<typeof expectAll> {
  const [headers = []] = rows
  const all = makePeople(rows.length)
  const people = all
    .filter(({ ref }) => rows.some((row) => row[headers.indexOf(REFERENCE)] === ref))
    .map((own) => ({ ...(all.find(({ ref }) => ref === like[own.ref]) ?? own), ref: own.ref }))
  return expectAll(people, rows)
}
