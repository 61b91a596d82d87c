import { makeSettings } from '../../sidebar/settings-state'
import type { Call } from '../../sidebar/call'
import { settings } from './samples'

test('a look at the settings that comes back late does not hide what was saved meanwhile', async () => {
  const [old, saved] = [settings({ cap: 100 }), settings({ cap: 5 })]
  const late: ((view: unknown) => void)[] = []
  const call = ((name: string) =>
    name === 'settings' ? new Promise((resolve) => late.push(resolve)) : Promise.resolve(saved)) as unknown as Call
  const state = makeSettings(call)
  const opening = state.open()
  await state.saveCap(5)
  late[0]!(old)
  await opening
  expect(state.view.value).toBe(saved)
})

test('Finish goes on by itself for as long as fewer formulas wait each time', async () => {
  const told = [
    { begun: 20, cells: ['E2:E21'], left: 44 },
    { begun: 20, cells: ['E22:E41'], left: 24 },
    { begun: 20, cells: ['E22:E41'], left: 24 },
  ]
  const names = new Set<string>()
  const call = (_: string, change: string) => {
    names.add(change)
    return Promise.resolve(told.shift())
  }
  const state = makeSettings(call as unknown as Call)
  await state.finishFormulas()
  const [change] = names
  expect([state.finished.value, told]).toEqual([{ begun: 40, cells: ['E2:E21', 'E22:E41'], left: 24, change }, []])
  // One change, however many presses it takes: it is undone as one.
  expect(names.size).toBe(1)
})
