import * as fc from 'fast-check'
import type { Broken } from './invariants'
import { playCalmly, playSchedule, type Schedule, SCHEDULES, shrink } from './schedule'
import type { Stage } from './stage'

/** A schedule that broke promises: the seed and its place, and the shortest form that still breaks one of them. */
export interface Failure {
  readonly seed: number
  readonly index: number
  readonly broken: readonly Broken[]
  readonly shortest: Schedule
}

/** What many random schedules came to. */
export interface RandomSweep {
  readonly schedules: number
  readonly hazards: { readonly [hazard: string]: number }
  readonly failures: readonly Failure[]
}

/** Which schedules to play: so many of a seed, from a place on, or the one at a place alone; whether to go on after a failure. */
export interface Choice {
  readonly seed: number
  readonly count: number
  readonly from?: number
  readonly at?: number
  readonly until?: 'first_failure'
}

/** Plays random schedules; those that fail are shortened, unless one is enough. */
export async function sweepSchedules(stage: Stage, { seed, count, from = 0, at, until }: Choice): Promise<RandomSweep> {
  const calms = new Map<string, ReadonlyMap<string, string>>()
  const play = async (schedule: Schedule): ReturnType<typeof playSchedule> => {
    const setting = [schedule.columns, ...schedule.paid].join()
    const calm = calms.get(setting) ?? (await playCalmly(stage, schedule))
    calms.set(setting, calm)
    return playSchedule(stage, schedule, calm)
  }
  const hazards = new Map<string, number>()
  const failures: Failure[] = []
  const schedules = fc.sample(SCHEDULES, { seed, numRuns: at === undefined ? from + count : at + 1 })
  for (const [index, schedule] of schedules.entries()) {
    if (index < (at ?? from)) continue
    const played = await play(schedule)
    for (const [hazard, times] of played.hazards) hazards.set(hazard, (hazards.get(hazard) ?? 0) + times)
    const [first] = played.broken
    if (!first) continue
    const isStill = async (smaller: Schedule): Promise<boolean> =>
      (await play(smaller)).broken.some(({ promise }) => promise === first.promise)
    const shortest = until ? schedule : await shrink(schedule, isStill)
    failures.push({ seed, index, broken: played.broken, shortest })
    if (until) break
  }
  return {
    schedules: at === undefined ? count : 1,
    hazards: Object.fromEntries([...hazards].sort(([a], [b]) => a.localeCompare(b))),
    failures,
  }
}
