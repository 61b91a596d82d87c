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

/** Plays so many schedules of a seed; those that fail are shortened. */
export async function sweepSchedules(
  stage: Stage,
  {
    seed,
    count,
    onFailure,
    until,
  }: {
    readonly seed: number
    readonly count: number
    readonly onFailure?: (failure: Failure) => void
    readonly until?: 'first_failure'
  },
): Promise<RandomSweep> {
  const calms = new Map<string, ReadonlyMap<string, string>>()
  const calmOf = async (paid: Schedule['paid']): Promise<ReadonlyMap<string, string>> => {
    const known = calms.get(paid.join()) ?? (await playCalmly(stage, paid))
    calms.set(paid.join(), known)
    return known
  }
  const hazards = new Map<string, number>()
  const failures: Failure[] = []
  for (const [index, schedule] of fc.sample(SCHEDULES, { seed, numRuns: count }).entries()) {
    const played = await playSchedule(stage, schedule, await calmOf(schedule.paid))
    for (const [hazard, times] of played.hazards) hazards.set(hazard, (hazards.get(hazard) ?? 0) + times)
    const [first] = played.broken
    if (!first) continue
    if (until)
      return {
        schedules: index + 1,
        hazards: {},
        failures: [{ seed, index, broken: played.broken, shortest: schedule }],
      }
    const shortest = await shrink(schedule, async (smaller) => {
      const { broken } = await playSchedule(stage, smaller, await calmOf(smaller.paid))
      return broken.some(({ promise }) => promise === first.promise)
    })
    const failure = { seed, index, broken: played.broken, shortest }
    failures.push(failure)
    onFailure?.(failure)
  }
  return {
    schedules: count,
    hazards: Object.fromEntries([...hazards].sort(([a], [b]) => a.localeCompare(b))),
    failures,
  }
}
