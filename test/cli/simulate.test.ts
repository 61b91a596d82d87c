import { spawnSync } from 'node:child_process'

const simulate = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['workbench/run.mjs', 'workbench/simulate.ts', ...args], { encoding: 'utf8' })

test('a run that is killed once at a few service calls ends as if nothing had happened', () => {
  const { stdout, status } = simulate('--every', '70')
  const { kills, calls, violations } = JSON.parse(stdout.trim().split('\n').at(-1)!)
  expect({ violations, status }).toEqual({ violations: [], status: 0 })
  expect(calls).toBeGreaterThan(100)
  expect(kills).toBe(Math.ceil(calls / 70) * 2)
})

test('a step that is no number is refused', () => {
  expect(simulate('--every', 'often')).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') })
})
