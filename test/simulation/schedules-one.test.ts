import path from 'node:path'
import { loadBundle } from '../../workbench/appsscript/load-bundle'
import { sweepSchedules } from '../../workbench/simulate/random-sweep'
import { openStage, type Stage } from '../../workbench/simulate/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage(loadBundle(path.resolve('dist')))
})
afterAll(() => stage.stop())

// Half of the schedules of a test run; the other half is a file of its own, so that two processors share them.
test('random schedules break no promise', async () => {
  const { failures } = await sweepSchedules(stage, { seed: 20_261_123, count: 25 })
  expect(failures).toEqual([])
}, 900_000)
