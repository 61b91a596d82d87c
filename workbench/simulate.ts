import { parseArgs } from 'node:util'
import { openProduct, readReply, type OpenProduct } from './cli/open-product'
import { formatTable } from './cli/summary'
import type { WireRun } from './cli/wire'

/** Rows of the simulated list; their people and domains are invented. */
const ROWS = 30
const FIELDS = ['email', 'phone', 'job_title']
const HEADERS = ['First name', 'Last name', 'Company', 'Website', 'Email', 'Phone', 'Job title']
const FIRST = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn']
const LAST = ['Nowak', 'Miller', 'Stone', 'Berg', 'Rossi']
const SITES = ['everyone.example', 'nobody.example', 'unsure.example', 'catchall.example', 'fenfold.example']

/** Longer than a lease is held by an execution that died (safety S11: 60 s). */
const AFTER_LEASE_MS = 61_000

/** Slices after which a run of this size has long ended. */
const MOST_SLICES = 60

/** Kills tried when `--every` is not given: they take well under a minute. */
const KILLS = 60

/** What one run over the list came to. */
interface Outcome {
  readonly run: WireRun
  readonly cells: readonly (readonly string[])[]
  readonly charged: number
  /** Questions that were asked again after they had been answered. */
  readonly askedTwice: readonly string[]
  /** Executions that were killed. */
  readonly killed: number
  /** Service calls of all executions that worked on the run. */
  readonly calls: readonly string[]
}

interface Kill {
  readonly at: number
  readonly when: 'before' | 'after'
}

interface Violation extends Kill {
  readonly call: string
  readonly rule: string
  readonly detail: string
}

const listOf = (): readonly (readonly string[])[] => [
  HEADERS,
  ...Array.from({ length: ROWS }, (_, index) => {
    const site = SITES[index % SITES.length] ?? ''
    const typed = index % 7 === 0 ? `typed${String(index)}@example.com` : ''
    return [FIRST[index % FIRST.length] ?? '', LAST[index % LAST.length] ?? '', `Firm ${site}`, site, typed, '', '']
  }),
]

const askedTwice = ({ vendors }: OpenProduct): readonly string[] => {
  const answered = new Set<string>()
  const again: string[] = []
  for (const { host, operation, question, status } of vendors.calls()) {
    if (operation === 'account') continue
    const key = `${host} ${operation} ${question}`
    if (answered.has(key)) again.push(key)
    if (status === 200) answered.add(key)
  }
  return again
}

/** Runs the list to its end, with at most one kill, as a person would who opens the sidebar again afterwards. */
const runOnce = async (kill: Kill | undefined): Promise<Outcome> => {
  const product = await openProduct({ name: 'Leads', rows: listOf(), clock: 'virtual', vendors: 'simulated' })
  try {
    const receipt = await product.call('receipt', {
      scope: 'all',
      wanted: FIELDS,
      mapping: {},
      purpose: 'Simulation of kills',
      cap: 1000,
    })
    let run = await product.call('startRun', receipt.id)
    if (kill) product.emulator.script([{ kind: 'kill', atCall: kill.at, overall: true, when: kill.when }])
    const calls: string[] = []
    let killed = 0
    for (let slices = 0; run.state === 'running' || run.state === 'paused'; slices++) {
      if (slices > MOST_SLICES) break
      if (run.state === 'paused') run = await product.call('resumeRun', run.id)
      const ended = await product.execute('continueRun', run.id)
      calls.push(...ended.calls)
      if (ended.state === 'killed') {
        killed++
        await product.emulator.advance(AFTER_LEASE_MS)
        continue
      }
      run = readReply('continueRun', ended) as WireRun
    }
    const { store, tab } = product
    const { rows, columns } = store.used(tab)
    return {
      run,
      cells: store.display(tab, { row: 0, column: 0, rows, columns }),
      charged: product.vendors.charged('api.hunter.io'),
      askedTwice: askedTwice(product),
      killed,
      calls,
    }
  } finally {
    await product.stop()
  }
}

// What was perhaps charged is not asked again (safety S1), so its cells may stay empty, but no cell may differ.
const violationsOf = (calm: Outcome, struck: Outcome): readonly (readonly [rule: string, detail: string])[] => {
  const { spent, maybe } = struck.run.credits
  const found: (readonly [string, string])[] = []
  if (struck.killed !== 1) found.push(['one kill strikes', `${String(struck.killed)} did`])
  if (struck.run.state !== 'done') found.push(['the run ends', struck.run.problem?.message ?? struck.run.state])
  if (spent + maybe < struck.charged)
    found.push(['spent + maybe >= charged', `${String(spent)} + ${String(maybe)} < ${String(struck.charged)}`])
  if (struck.askedTwice.length > 0) found.push(['no answered question again', struck.askedTwice.join('; ')])
  const differing = calm.cells.flatMap((row, r) =>
    row.flatMap((text, c) => {
      const now = struck.cells[r]?.[c] ?? ''
      return now === text || (now === '' && maybe > 0) ? [] : [`row ${String(r + 1)} column ${String(c + 1)}`]
    }),
  )
  if (differing.length > 0 || struck.cells.length !== calm.cells.length)
    found.push(['cells as without the kill', `${String(differing.length)} differ: ${differing.slice(0, 3).join(', ')}`])
  return found
}

/** Kills one run at many service calls in turn, lets it go on, and compares it with the run that nobody disturbed. */
const simulate = async (): Promise<void> => {
  const { every } = parseArgs({ options: { every: { type: 'string' } } }).values
  if (every !== undefined && !/^[1-9]\d*$/.test(every)) throw new Error('Usage: npm run simulate -- [--every CALLS]')
  const calm = await runOnce(undefined)
  const step = every === undefined ? Math.max(1, Math.ceil((calm.calls.length * 2) / KILLS)) : Number(every)
  const violations: Violation[] = []
  let kills = 0
  for (let at = 1; at <= calm.calls.length; at += step) {
    for (const when of ['before', 'after'] as const) {
      const struck = await runOnce({ at, when })
      kills++
      const call = calm.calls[at - 1] ?? ''
      for (const [rule, detail] of violationsOf(calm, struck)) violations.push({ at, when, call, rule, detail })
    }
  }
  const rows = violations.map(({ at, when, call, rule, detail }) => [String(at), when, call, rule, detail])
  console.log(
    `${String(ROWS)} rows, ${String(calm.calls.length)} service calls, killed ${String(kills)} times (every ${String(step)} calls, before and after each). One kill a run; edits, sorts and failing services are not simulated.`,
  )
  if (rows.length > 0) console.log(formatTable([['call', 'when', 'service', 'broken rule', 'detail'], ...rows]))
  console.log(JSON.stringify({ rows: ROWS, calls: calm.calls.length, every: step, kills, violations }))
  if (violations.length > 0) process.exitCode = 1
}

simulate().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
})
