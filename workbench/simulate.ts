import path from 'node:path'
import { parseArgs } from 'node:util'
import { loadBundle } from './appsscript/load-bundle'
import { findGuards } from './simulate/guards'
import { tryWithout } from './simulate/mutants'
import type { Bundle } from './appsscript/contract'
import { sweepCrashes, sweepFailures } from './simulate/crash-sweep'
import { sweepSchedules } from './simulate/random-sweep'
import { SCENARIOS } from './simulate/scenarios'
import { openStage } from './simulate/stage'

const USAGE =
  'Usage: npm run simulate -- [--every CALLS] [--scenario NAME] [--schedules N] [--seed S] [--bundle FOLDER] [--mutants]'

/** The promises of `docs/reliability.md`. */
const PROMISES = Array.from({ length: 12 }, (_, index) => index + 1)

const readCount = (text: string, least: number): number => {
  const count = Number(text)
  if (!Number.isInteger(count) || count < least) throw new Error(USAGE)
  return count
}

const simulate = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      every: { type: 'string', default: '1' },
      scenario: { type: 'string' },
      schedules: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      bundle: { type: 'string', default: 'dist' },
      mutants: { type: 'boolean', default: false },
    },
  })
  const every = readCount(values.every, 1)
  const count = readCount(values.schedules, 0)
  const seed = readCount(values.seed, 0)
  const bundle = loadBundle(path.resolve(values.bundle))
  if (values.mutants) return mutate(bundle, seed)
  const scenarios = SCENARIOS.filter(({ name }) => values.scenario === undefined || name === values.scenario)
  const stage = await openStage(bundle)
  try {
    const begun = Date.now()
    const crashes = await sweepCrashes(stage, { scenarios, every })
    const failures = await sweepFailures(stage, { scenarios, every })
    const violations = [...crashes.violations, ...failures.violations]
    for (const { scenario, how, promise, detail } of violations)
      console.log(`${scenario}, ${how}: ${promise}: ${detail}`)
    const random = await sweepSchedules(stage, {
      seed,
      count,
      onFailure: (failure) => console.log(JSON.stringify(failure)),
    })
    console.log(
      JSON.stringify({
        every,
        crashPoints: crashes.points,
        failurePoints: failures.points,
        seconds: Math.round((Date.now() - begun) / 1000),
        violations,
        seed,
        ...random,
      }),
    )
    if (violations.length + random.failures.length > 0) process.exitCode = 1
  } finally {
    await stage.stop()
  }
}

/** Removes each guard in turn: the simulation must notice. */
async function mutate(bundle: Bundle, seed: number): Promise<void> {
  const survivors: string[] = []
  const guards = findGuards()
  for (const guard of guards) {
    const { caught } = await tryWithout(guard, bundle, seed)
    const name = `${guard.file}:${String(guard.line)} (${guard.promises.join(', ')}) ${guard.statement.split('\n')[0]!}`
    if (caught === undefined) survivors.push(name)
    console.log(`${caught === undefined ? 'NOT NOTICED' : 'noticed'}  ${name}  ${caught?.slice(0, 160) ?? ''}`)
  }
  const unprotected = PROMISES.filter((promise) => !guards.some(({ promises }) => promises.includes(promise)))
  console.log(JSON.stringify({ mutants: guards.length, survivors, unprotected }))
  if (survivors.length + unprotected.length > 0) process.exitCode = 1
}

simulate().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
})
