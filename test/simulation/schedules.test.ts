import path from 'node:path'
import { loadBundle } from '../../workbench/appsscript/load-bundle'
import { sweepSchedules } from '../../workbench/simulate/random-sweep'
import { openStage } from '../../workbench/simulate/stage'

// A part of what `npm run simulate` plays, always the same: whoever finds one that fails replays it with `--seed` and `--at`.
const SEED = 20_261_129
const COUNT = 300

test('random schedules of misfortune break no promise', async () => {
  const stage = await openStage(loadBundle(path.resolve('dist')))
  try {
    const { failures, hazards } = await sweepSchedules(stage, { seed: SEED, count: COUNT, until: 'first_failure' })
    expect(failures).toEqual([])
    expect(Object.keys(hazards).length).toBeGreaterThan(15)
  } finally {
    await stage.stop()
  }
}, 600_000)
