import path from 'node:path'
import { loadBundle } from '../../workbench/appsscript/load-bundle'
import { type RandomSweep, sweepSchedules } from '../../workbench/simulate/random-sweep'
import { openStage } from '../../workbench/simulate/stage'

// A part of what `npm run simulate` plays, always the same: whoever finds one that fails replays it with `--seed` and `--at`.
const SEED = 20_261_129

/** So many schedules of `npm test` in one suite: two suites share them, one for each processor. */
export const COUNT = 150

/** Minutes of a slow machine, in milliseconds. */
export const TIMEOUT_MS = 900_000

/** Plays the schedules of `npm test` from a place on, to the first that breaks a promise. */
export async function playFrom(from: number): Promise<RandomSweep> {
  const stage = await openStage(loadBundle(path.resolve('dist')))
  try {
    return await sweepSchedules(stage, { seed: SEED, count: COUNT, from, until: 'first_failure' })
  } finally {
    await stage.stop()
  }
}
