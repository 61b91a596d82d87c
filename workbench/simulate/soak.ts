import type { Bundle } from '../appsscript/contract'
import { LIST_HEADERS } from './list'
import { openStage, OWNER, type Stage } from './stage'
import type { RunSeen } from './wire'

/** What a very long list came to. */
export interface Soak {
  readonly rows: number
  readonly state: string
  readonly cellsWritten: number
  readonly slices: number
  /** Service calls for each 1,000 rows, the calls of vendors left out, in each quarter of the list. */
  readonly callsPerThousand: readonly number[]
  readonly fetches: number
  readonly propertyOperations: number
  /** Days of a personal and of a Workspace account that Google's quotas make of it. */
  readonly days: { readonly personal: number; readonly workspace: number }
  /** The most that the properties of the file ever held, in bytes. */
  readonly propertyBytes: number
  /** Cells of the hidden tabs in the end. */
  readonly hiddenCells: number
  readonly virtualHours: number
  readonly peakMegabytes: number
}

// Platform.md section 1: fetches and operations on properties a day.
const PER_DAY = {
  personal: { fetches: 20_000, properties: 50_000 },
  workspace: { fetches: 100_000, properties: 500_000 },
} as const

const QUARTERS = 4
// A receipt of 100,000 rows works for a minute without a call where other processes take their part.
const LONGEST_MS = 600_000
const FEW_SITES = 4_999

/** Runs a list of so many different people through slices, with the sidebar open and a vendor that takes batches. */
export async function soak(bundle: Bundle, rows: number, report: (line: string) => void): Promise<Soak> {
  const stage = await openStage(bundle, LONGEST_MS)
  try {
    await stage.reset(makeList(rows), ['people_data_labs'])
    const begun = stage.emulator.now()
    const request = { scope: 'all', wanted: ['email', 'job_title'], mapping: {}, purpose: 'Soak', cap: 10_000_000 }
    const receipt = await value<{ readonly id: string }>(stage, 'receipt', [request])
    let run = await value<RunSeen>(stage, 'startRun', [receipt.id])
    const quarters = Array.from({ length: QUARTERS }, () => ({ calls: 0, rows: 0 }))
    let [slices, fetches, operations, propertyBytes, peak] = [0, 0, 0, 0, 0]
    while (run.state === 'running') {
      const before = run.rows.done
      const heard = stage.heard().length
      if (run.rest) await stage.emulator.advance(Math.max(0, run.rest.until - stage.emulator.now()) + 1_000)
      run = await value<RunSeen>(stage, 'continueRun', [run.id])
      const calls = stage
        .heard()
        .slice(heard)
        .flatMap((ended) => ended.calls)
      const quarter = quarters[Math.min(QUARTERS - 1, Math.floor((before * QUARTERS) / rows))]!
      quarter.calls += calls.filter((call) => call !== 'UrlFetchApp.fetchAll').length
      quarter.rows += run.rows.done - before
      operations += calls.filter((call) => call.startsWith('Properties.')).length
      fetches = stage.emulator.upstream.length
      propertyBytes = Math.max(propertyBytes, Buffer.byteLength(JSON.stringify(stage.emulator.properties('document'))))
      peak = Math.max(peak, process.memoryUsage().rss)
      slices++
      if (slices % 50 === 0) report(`${String(run.rows.done)} of ${String(rows)} rows, ${String(slices)} slices`)
    }
    const { store } = stage
    const hidden = store.tabs().filter((tab) => tab.hidden)
    const days = (account: keyof typeof PER_DAY) =>
      round(Math.max(fetches / PER_DAY[account].fetches, operations / PER_DAY[account].properties))
    return {
      rows,
      state: run.problem ? `${run.state}: ${run.problem.message}` : run.state,
      cellsWritten: run.cellsWritten,
      slices,
      callsPerThousand: quarters.map((one) => Math.round((one.calls * 1_000) / Math.max(1, one.rows))),
      fetches,
      propertyOperations: operations,
      days: { personal: days('personal'), workspace: days('workspace') },
      propertyBytes,
      hiddenCells: hidden.reduce((sum, { id }) => sum + store.used(id).rows * store.used(id).columns, 0),
      virtualHours: round((stage.emulator.now() - begun) / 3_600_000),
      peakMegabytes: Math.round(peak / 1_048_576),
    }
  } finally {
    await stage.stop()
  }
}

async function value<T>(stage: Stage, name: string, args: readonly unknown[]): Promise<T> {
  const said = await stage.ask(name, args, OWNER)
  if (said.kind !== 'value') throw new Error(`${name}: ${JSON.stringify(said)}`)
  return said.value as T
}

function makeList(rows: number): readonly (readonly string[])[] {
  const people = Array.from({ length: rows }, (_, row) => [
    `R${String(row)}`,
    `Ada${letters(row)}`,
    'Nowak',
    `firm${String(row % FEW_SITES)}.example`,
    '',
    '',
    '',
    '',
  ])
  return [LIST_HEADERS, ...people]
}

// Names without digits, all different.
function letters(number: number): string {
  const rest = Math.floor(number / 26)
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(97 + (number % 26))
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100
}
