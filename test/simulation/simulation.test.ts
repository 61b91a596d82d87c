import path from 'node:path'
import { loadBundle } from '../../workbench/appsscript/load-bundle'
import { momentsOf, sweepCrashes } from '../../workbench/simulate/crash-sweep'
import { checkRows, expectAll } from '../../workbench/simulate/invariants'
import { listOf, makePeople } from '../../workbench/simulate/list'
import { SCENARIOS } from '../../workbench/simulate/scenarios'
import { openStage, type Stage } from '../../workbench/simulate/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage(loadBundle(path.resolve('dist')))
})
afterAll(() => stage.stop())

test('runs that are killed at some service calls and at every fetch end as if nothing had happened', async () => {
  const scenarios = SCENARIOS.filter(({ name }) => name === 'enrich' || name === 'undo')
  const { points, violations } = await sweepCrashes(stage, { scenarios, every: 7 })
  expect(violations).toEqual([])
  expect(points).toBeGreaterThan(10)
}, 120_000)

describe('the moments at which something is killed', () => {
  const at = (...calls: readonly string[]) =>
    momentsOf(
      calls.map((call) => {
        const [execution = '', method = ''] = call.split(' ')
        return { execution: Number(execution), method }
      }),
    ).map(({ atCall, when }) => `${when} ${String(atCall)}`)

  test.each([
    [
      'before the first change and after each',
      ['1 Range.setValues', '1 SpreadsheetApp.flush'],
      'before 1, after 1, after 2',
    ],
    ['not where somebody only looks', ['1 Range.getValues', '1 Cache.get', '1 Range.setValues'], 'before 3, after 3'],
    ['after what a vendor did', ['1 Range.setValues', '1 UrlFetchApp.fetchAll'], 'before 1, after 1, after 2'],
    [
      'in each execution',
      ['1 Cache.put', '2 Properties.getKeys', '2 Cache.put'],
      'before 1, after 1, before 3, after 3',
    ],
    ['not with a lock, which goes with its execution', ['1 Lock.tryLock', '1 Lock.releaseLock'], ''],
    ['where a tab is made or shown', ['1 Sheet.hideSheet', '1 Sheet.isSheetHidden'], 'before 1, after 1'],
  ])('%s', (_, calls, moments) => {
    expect(at(...calls).join(', ')).toBe(moments)
  })
})

describe('the oracle', () => {
  const people = makePeople(30)
  const list = listOf(people, 'with_wanted')
  const changed = (row: number, column: number, text: string) =>
    list.map((cells, y) => cells.map((cell, x) => (y === row && x === column ? text : cell)))

  test('takes the list as it is', () => {
    expect(checkRows(list, expectAll(people, list))).toEqual([])
  })

  test.each([
    ["another row's answer", 1, 4, 'bob.nowak@fenfold.example'],
    ['a value that nobody gave', 1, 4, 'nobody@example.net'],
    ['a typed value overwritten', 4, 4, 'other@example.net'],
    ['a remark overwritten', 1, 7, ''],
    ['a name changed', 2, 1, 'Zoe'],
  ])('finds %s', (_, row, column, text) => {
    expect(checkRows(changed(row, column, text), expectAll(people, list))).toHaveLength(1)
  })

  test('finds a row that is gone and one that stands twice', () => {
    expect(checkRows(list.slice(0, -1), expectAll(people, list))).toHaveLength(1)
    expect(checkRows([...list, list[1]!], expectAll(people, list)).length).toBeGreaterThan(0)
  })
})
