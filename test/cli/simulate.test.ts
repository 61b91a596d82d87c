import { spawnSync } from 'node:child_process'

const simulate = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['workbench/run.mjs', 'workbench/simulate.ts', ...args], { encoding: 'utf8' })

test('one scenario is swept and reported as JSON', () => {
  const { stdout, status } = simulate(
    '--scenario',
    'mark duplicates',
    '--every',
    '2',
    '--schedules',
    '1',
    '--processes',
    '2',
  )
  const { crashPoints, failurePoints, schedules, violations, failures } = JSON.parse(stdout.trim().split('\n').at(-1)!)
  expect({ violations, failures, status }).toEqual({ violations: [], failures: [], status: 0 })
  expect(crashPoints).toBeGreaterThan(5)
  expect(failurePoints).toBeGreaterThan(5)
  expect(schedules).toBe(1)
  expect(stdout).toContain('0 of 2 parts to go, 0 broken')
})

test('a long list is run to its end, and what it took is reported', () => {
  const { stdout } = simulate('--soak', '300')
  const soak = JSON.parse(stdout.trim().split('\n').at(-1)!)
  expect(soak).toMatchObject({ rows: 300, state: 'done' })
  expect(soak.cellsWritten).toBeGreaterThan(100)
  expect(soak.callsPerThousand).toHaveLength(4)
  expect(soak.propertyBytes).toBeGreaterThan(1_000)
})

test('a step that is no number is refused', () => {
  expect(simulate('--every', 'often')).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') })
})
