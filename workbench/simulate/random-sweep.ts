import * as fc from 'fast-check'
import type { Played } from './hazards'
import type { Broken } from './invariants'
import { MERGE_SCHEDULES, type MergeSchedule, mergesLess, playMerges } from './merge-schedule'
import { partsLess, playCalmly, playSchedule, type Schedule, SCHEDULES } from './schedule'
import type { Stage } from './stage'

/** What a random schedule is about: runs that fill cells, or duplicates that are merged. */
export type Subject = 'runs' | 'merges'

/** A schedule that broke promises: the seed and its place, and the shortest form that still breaks one of them. */
export interface Failure {
  readonly about: Subject
  readonly seed: number
  readonly index: number
  readonly broken: readonly Broken[]
  readonly shortest: Schedule | MergeSchedule
}

/** What many random schedules came to. */
export interface RandomSweep {
  readonly schedules: number
  /** Schedules about duplicates, beside the others. */
  readonly merges: number
  readonly hazards: { readonly [hazard: string]: number }
  readonly failures: readonly Failure[]
}

/** Which schedules to play: so many of a seed, from a place on, or the one at a place alone; whether to go on after a failure. */
export interface Choice {
  readonly seed: number
  readonly count: number
  readonly from?: number
  readonly at?: { readonly index: number; readonly about: Subject }
  readonly until?: 'first_failure'
}

// So many schedules about runs for one about duplicates.
const RUNS_A_MERGE = 10

/** How schedules about something are made, played and shortened. */
interface Game<S extends Failure['shortest']> {
  readonly about: Subject
  readonly schedules: fc.Arbitrary<S>
  readonly play: (schedule: S) => Promise<Played>
  readonly less: (schedule: S) => Iterable<S>
}

/** Plays random schedules, and one about duplicates for ten others; those that fail are shortened, unless one is enough. */
export async function sweepSchedules(stage: Stage, choice: Choice): Promise<RandomSweep> {
  const { count, from = 0, at, until } = choice
  const part = (about: Subject, share: number): Part => {
    if (at) return { from: at.index, end: at.about === about ? at.index + 1 : at.index }
    return { from: Math.floor(from / share), end: Math.floor((from + count) / share) }
  }
  const runs = await sweepGame(openRuns(stage), { ...choice, ...part('runs', 1) })
  if (until && runs.failures.length > 0) return { ...runs, schedules: runs.played, merges: 0 }
  const merges = await sweepGame(openMerges(stage), { ...choice, ...part('merges', RUNS_A_MERGE) })
  const names = [...new Set([...Object.keys(runs.hazards), ...Object.keys(merges.hazards)])].sort()
  return {
    schedules: runs.played,
    merges: merges.played,
    hazards: Object.fromEntries(names.map((name) => [name, (runs.hazards[name] ?? 0) + (merges.hazards[name] ?? 0)])),
    failures: [...runs.failures, ...merges.failures],
  }
}

interface Part {
  readonly from: number
  readonly end: number
}

interface GameSweep extends Pick<RandomSweep, 'hazards' | 'failures'> {
  readonly played: number
}

async function sweepGame<S extends Failure['shortest']>(
  game: Game<S>,
  { seed, from, end, until }: Part & Pick<Choice, 'seed' | 'until'>,
): Promise<GameSweep> {
  const hazards: { [hazard: string]: number } = {}
  const failures: Failure[] = []
  for (const [index, schedule] of fc.sample(game.schedules, { seed, numRuns: end }).entries()) {
    if (index < from) continue
    const played = await game.play(schedule)
    for (const [hazard, times] of played.hazards) hazards[hazard] = (hazards[hazard] ?? 0) + times
    const [first] = played.broken
    if (!first) continue
    const isStill = async (smaller: S): Promise<boolean> =>
      (await game.play(smaller)).broken.some(({ promise }) => promise === first.promise)
    const shortest = until ? schedule : await shrink(game, schedule, isStill)
    failures.push({ about: game.about, seed, index, broken: played.broken, shortest })
    if (until) break
  }
  return { played: end - from, hazards, failures }
}

/** Leaves out whatever is not needed for a schedule to fail, one part at a time. */
async function shrink<S extends Failure['shortest']>(
  game: Game<S>,
  schedule: S,
  fails: (schedule: S) => Promise<boolean>,
): Promise<S> {
  for (const smaller of game.less(schedule)) if (await fails(smaller)) return shrink(game, smaller, fails)
  return schedule
}

function openRuns(stage: Stage): Game<Schedule> {
  const calms = new Map<string, ReadonlyMap<string, string>>()
  return {
    about: 'runs',
    schedules: SCHEDULES,
    less: partsLess,
    async play(schedule) {
      const setting = [schedule.columns, ...schedule.paid].join()
      const calm = calms.get(setting) ?? (await playCalmly(stage, schedule))
      calms.set(setting, calm)
      return playSchedule(stage, schedule, calm)
    },
  }
}

function openMerges(stage: Stage): Game<MergeSchedule> {
  const play = (schedule: MergeSchedule) => playMerges(stage, schedule)
  return { about: 'merges', schedules: MERGE_SCHEDULES, less: mergesLess, play }
}
