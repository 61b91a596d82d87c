import { buildCode } from '../../.build/bundle.mjs'
import type { Bundle, Fault } from '../appsscript/contract'
import { calmly, compare, playOnce, sweepCrashes, sweepFailures } from './crash-sweep'
import type { Guard } from './guards'
import { withoutGuard } from './guards'
import type { Broken } from './invariants'
import { PROBES } from './probes'
import { sweepSchedules } from './random-sweep'
import type { Scenario } from './scenarios'
import { SCENARIOS } from './scenarios'
import { playCalmly, playSchedule } from './schedule'
import { openStage, type Stage } from './stage'

/** What came of the product without one of its guards. */
export interface Trial {
  readonly guard: Guard
  /** The promise that was seen broken first; undefined when nobody noticed. */
  readonly caught: string | undefined
}

/** Builds the product without one guard, and looks for a promise that is broken: the cheapest searches first. */
export async function tryWithout(guard: Guard, bundle: Bundle, seed: number): Promise<Trial> {
  const { text } = await buildCode('lazy', (source, file) =>
    file === guard.file ? withoutGuard(source, guard) : source,
  )
  const stage = await openStage({ ...bundle, code: text })
  try {
    for (const search of searches(stage, guard, seed)) {
      const broken = await search()
      if (broken) return { guard, caught: `${broken.promise}: ${broken.detail}` }
    }
    return { guard, caught: undefined }
  } catch (error) {
    // A product that cannot even be played is noticed.
    return { guard, caught: error instanceof Error ? error.message : String(error) }
  } finally {
    await stage.stop()
  }
}

type Search = () => Promise<Broken | undefined>

const SOME_SCHEDULES = 60
const MORE_SCHEDULES = 600
// With every so many calls the sweep visits all parts of a scenario; every fetch is visited anyway.
const COARSE = 23

function searches(stage: Stage, guard: Guard, seed: number): readonly Search[] {
  const schedules = (count: number, from: number) => async (): Promise<Broken | undefined> => {
    const { failures } = await sweepSchedules(stage, { seed: from, count, until: 'first_failure' })
    return failures[0]?.broken[0]
  }
  const probes = guard.promises.flatMap((promise) => PROBES[promise] ?? [])
  const atFetches = { scenarios: SCENARIOS, every: Infinity, until: 'first_failure' } as const
  return [
    ...SCENARIOS.map((scenario) => () => playCalm(inTime(stage), scenario)),
    ...probes.map((probe) => async () => (await playSchedule(stage, probe, await playCalmly(stage, probe))).broken[0]),
    ...SCENARIOS.map((scenario) => () => sortWhileWriting(stage, scenario)),
    async () => (await sweepCrashes(stage, atFetches)).violations[0],
    schedules(SOME_SCHEDULES, seed),
    async () =>
      (await sweepCrashes(stage, { scenarios: SCENARIOS, every: COARSE, until: 'first_failure' })).violations[0],
    async () =>
      (await sweepFailures(stage, { scenarios: SCENARIOS, every: COARSE, until: 'first_failure' })).violations[0],
    schedules(MORE_SCHEDULES, seed + 1),
  ]
}

async function playCalm(stage: Stage, scenario: Scenario): Promise<Broken | undefined> {
  return calmly(scenario, await playOnce(stage, scenario, []))[0]
}

// Undisturbed the longest scenario takes some seconds; without a guard a run may go on as long as a person presses buttons.
const PATIENCE_MS = 120_000

/** The stage to whose person it goes on too long in the end: whoever waits for it notices. */
function inTime(stage: Stage): Stage {
  const end = Date.now() + PATIENCE_MS
  const ask: Stage['ask'] = (...asked) => {
    if (Date.now() > end) throw new Error('ends as it should: it goes on and on')
    return stage.ask(...asked)
  }
  return Object.create(stage, { ask: { value: ask } }) as Stage
}

// Writes of a run in few rows; a later one is as good as the first.
const WRITES = 3

/** Somebody sorts in the one call between the last read and the write (safety S9). */
async function sortWhileWriting(stage: Stage, scenario: Scenario): Promise<Broken | undefined> {
  if (scenario.wanted.length === 0) return undefined
  const calm = await playOnce(stage, scenario, [])
  for (let nth = 1; nth <= WRITES; nth++) {
    const sort: Fault = {
      kind: 'between',
      method: 'RangeList.setNumberFormat',
      nth,
      act(store) {
        const tab = store.tabs()[0]!
        const { rows, columns } = store.used(tab.id)
        store.sort(tab.id, { row: 1, column: 0, rows: rows - 1, columns }, { column: 0, ascending: nth % 2 === 0 })
      },
    }
    const struck = await playOnce(stage, scenario, [sort])
    const [first] = struck.broken
    if (first) return first
    if (struck.said !== calm.said) return compare(scenario, calm, struck)[0]
  }
  return undefined
}
