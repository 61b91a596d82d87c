import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Bundle } from './appsscript/contract'
import { loadBundle } from './appsscript/load-bundle'
import { sweepCrashes, sweepFailures, type Violation } from './simulate/crash-sweep'
import { findGuards } from './simulate/guards'
import { tryWithout } from './simulate/mutants'
import { type Choice, type RandomSweep, sweepSchedules } from './simulate/random-sweep'
import { SCENARIOS } from './simulate/scenarios'
import { soak } from './simulate/soak'
import { openStage } from './simulate/stage'

const USAGE = `Usage: npm run simulate -- [--schedules N] [--seed S] [--every CALLS] [--scenario NAME] [--processes N]
       npm run simulate -- --seed S --at INDEX [--about merges]     one random schedule again
       npm run simulate -- --mutants [--only FILE] [--seed S]     the product without each of its guards
       npm run simulate -- --soak ROWS              one very long list`

/** The promises of `docs/reliability.md`. */
const PROMISES = Array.from({ length: 13 }, (_, index) => index + 1)

/** Schedules that one process plays in a row. */
const CHUNK = 250

/** What was simulated; the last line that is printed. */
interface Report extends RandomSweep {
  readonly crashPoints: number
  readonly failurePoints: number
  readonly violations: readonly Violation[]
}

const NOTHING: Report = {
  crashPoints: 0,
  failurePoints: 0,
  violations: [],
  schedules: 0,
  merges: 0,
  hazards: {},
  failures: [],
}

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
      at: { type: 'string' },
      about: { type: 'string', default: 'runs' },
      processes: { type: 'string', default: String(availableParallelism()) },
      bundle: { type: 'string', default: 'dist' },
      mutants: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      soak: { type: 'string' },
    },
  })
  const bundle = loadBundle(path.resolve(values.bundle))
  const seed = readCount(values.seed, 0)
  if (values.mutants) return mutate(bundle, { seed, only: values.only })
  if (values.soak !== undefined) {
    console.log(JSON.stringify(await soak(bundle, readCount(values.soak, 1), console.log)))
    return
  }
  const every = readCount(values.every, 1)
  const schedules = readCount(values.schedules, 0)
  const processes = readCount(values.processes, 0)
  const about = values.about === 'merges' ? 'merges' : 'runs'
  const at = values.at === undefined ? undefined : ({ index: readCount(values.at, 0), about } as const)
  const scenarios = SCENARIOS.filter(({ name }) => values.scenario === undefined || name === values.scenario)
  const begun = Date.now()
  const plan = { bundle, scenarios: at === undefined ? scenarios : [], every, seed, schedules, at }
  const isShared = processes > 1 && at === undefined
  const report = isShared
    ? await share(values.bundle, { scenarios: scenarios.map(({ name }) => name), every, seed, schedules, processes })
    : await sweep(plan)
  if (!isShared) tell(report)
  console.log(JSON.stringify({ every, seconds: Math.round((Date.now() - begun) / 1000), seed, ...report }))
  if (report.violations.length + report.failures.length > 0) process.exitCode = 1
}

function tell({ violations, failures }: Report): void {
  for (const { scenario, how, promise, detail } of violations) console.log(`${scenario}, ${how}: ${promise}: ${detail}`)
  for (const failure of failures) console.log(JSON.stringify(failure))
}

/** Sweeps in this process. */
async function sweep(plan: {
  readonly bundle: Bundle
  readonly scenarios: typeof SCENARIOS
  readonly every: number
  readonly seed: number
  readonly schedules: number
  readonly at: Choice['at']
}): Promise<Report> {
  const { scenarios, every, seed, schedules: count, at } = plan
  const stage = await openStage(plan.bundle)
  try {
    const crashes = await sweepCrashes(stage, { scenarios, every })
    const failures = await sweepFailures(stage, { scenarios, every })
    const random = await sweepSchedules(stage, { seed, count, ...(at !== undefined && { at }) })
    return {
      crashPoints: crashes.points,
      failurePoints: failures.points,
      violations: [...crashes.violations, ...failures.violations],
      ...random,
    }
  } finally {
    await stage.stop()
  }
}

/** Sweeps in several processes at once: each scenario is a part, and so are the schedules of one seed. */
async function share(
  folder: string,
  plan: {
    readonly scenarios: readonly string[]
    readonly every: number
    readonly seed: number
    readonly schedules: number
    readonly processes: number
  },
): Promise<Report> {
  const chunks = Math.ceil(plan.schedules / CHUNK)
  const parts = [
    ...plan.scenarios.map((name) => ['--scenario', name, '--every', String(plan.every), '--schedules', '0']),
    ...Array.from({ length: chunks }, (_, chunk) => {
      const count = Math.min(CHUNK, plan.schedules - chunk * CHUNK)
      return ['--scenario', 'none', '--schedules', String(count), '--seed', String(plan.seed + chunk)]
    }),
  ]
  let report = NOTHING
  const count = parts.length
  let open = count
  const work = async (): Promise<void> => {
    for (let part = parts.shift(); part; part = parts.shift()) {
      const done = await runPart([...part, '--bundle', folder, '--processes', '1'])
      report = add(report, done)
      // What a part found is told when it is done: all of them take hours.
      tell(done)
      const broken = report.violations.length + report.failures.length
      console.log(`${String(--open)} of ${String(count)} parts to go, ${String(broken)} broken`)
    }
  }
  await Promise.all(Array.from({ length: plan.processes }, work))
  return report
}

function runPart(args: readonly string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['workbench/run.mjs', 'workbench/simulate.ts', ...args])
    let [out, err] = ['', '']
    child.stdout.on('data', (data) => (out += String(data)))
    child.stderr.on('data', (data) => (err += String(data)))
    child.on('close', () => {
      const last = out.trim().split('\n').at(-1) ?? ''
      if (!last.startsWith('{')) return reject(new Error(`${args.join(' ')}: ${err || out}`))
      resolve(JSON.parse(last) as Report)
    })
  })
}

function add(one: Report, other: Report): Report {
  const names = [...new Set([...Object.keys(one.hazards), ...Object.keys(other.hazards)])].sort()
  return {
    crashPoints: one.crashPoints + other.crashPoints,
    failurePoints: one.failurePoints + other.failurePoints,
    violations: [...one.violations, ...other.violations],
    schedules: one.schedules + other.schedules,
    merges: one.merges + other.merges,
    hazards: Object.fromEntries(names.map((name) => [name, (one.hazards[name] ?? 0) + (other.hazards[name] ?? 0)])),
    failures: [...one.failures, ...other.failures],
  }
}

/** Removes each guard in turn: the simulation must notice. */
async function mutate(bundle: Bundle, { seed, only }: { readonly seed: number; readonly only: string }): Promise<void> {
  const survivors: string[] = []
  const guards = findGuards()
  for (const guard of guards.filter(({ file, line }) => `${file}:${String(line)}`.includes(only))) {
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
