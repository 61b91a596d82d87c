import { costOf } from '../workbench/appsscript/costs'
import { openProduct, type OpenProduct } from '../workbench/cli/open-product'
import type { Report } from './main'

// How many service calls and how much emulated time a run costs by rows and columns; `fetchAll`, and calls that only make
// an object, are left out. People Data Labs is simulated and answers batches of 80 at once. In columns of its own the
// add-on writes to new ones; in existing columns people have filled half of the cells, in no order.

// Of a person alone: what is asked of companies is limited more than a sheet could be written.
const FIELDS = [
  'email',
  'job_title',
  'phone',
  'linkedin_url',
  'seniority',
  'department',
  'city',
  'region',
  'country',
  'headline',
  'skills',
  'languages',
  'mobile_phone',
  'personal_email',
  'gender',
  'twitter_url',
  'github_url',
  'connections',
  'education',
  'summary',
]
const LABELS = ['Email', 'Job title', 'Phone']

const SIZES = process.env['BENCH_ROWS']?.split(',').map(Number) ?? [1_000, 10_000]
const COLUMNS = process.env['BENCH_COLUMNS']?.split(',').map(Number) ?? [1, 5, 20]

// The aim is set for a slice of so many rows.
const SLICE_ROWS = 500

/** Service calls by kind and emulated seconds of a run, and how they grow. */
export async function run(): Promise<Report> {
  const rows: Measured[] = []
  for (const count of SIZES) {
    for (const columns of COLUMNS) rows.push(await measure({ count, columns, existing: 0 }))
    rows.push(await measure({ count, columns: LABELS.length, existing: LABELS.length }))
  }
  const figures: { [name: string]: number } = {}
  for (const row of rows) {
    figures[`calls_${row.rows}_${row.columns}`] = row['calls per 1,000 rows']
    figures[`seconds_${row.rows}_${row.columns}`] = row['emulated s per 1,000 rows']
    figures[`beyond_waves_${row.rows}_${row.columns}`] = row['beyond waves, per 500 rows']
    figures[`wave_${row.rows}_${row.columns}`] = row['a wave']
  }
  const [least, most] = [Math.min(...SIZES), Math.max(...SIZES)]
  for (const columns of least < most ? new Set(rows.map((row) => row.columns)) : []) {
    for (const name of ['calls', 'seconds']) {
      const total = (count: number) => (figures[`${name}_${count}_${columns}`] ?? 0) * count
      figures[`${name}_exponent_${columns}`] = round(Math.log(total(most) / total(least)) / Math.log(most / least))
    }
  }
  const exponents = Object.entries(figures).filter(([name]) => name.includes('exponent'))
  const growth = exponents.map(([name, exponent]) => `${name} ${exponent}`).join(', ')
  return {
    question: `Service calls and emulated time of a run, the calls of vendors left out (BENCH_ROWS=1000,10000,100000 and BENCH_COLUMNS=1 for other lists). Growth of the totals with the rows: ${growth} (aim: at most 1.1).`,
    rows,
    figures,
  }
}

interface Measured {
  readonly rows: number
  readonly columns: string
  readonly slices: number
  /** Between two waves that follow each other: journal, lease, counters of the day. */
  readonly 'a wave': number
  readonly 'beyond waves, per 500 rows': number
  readonly 'of these reads': number
  readonly 'of these writes': number
  readonly 'of these properties and locks': number
  readonly 'calls per 1,000 rows': number
  readonly 'emulated s per 1,000 rows': number
  readonly [column: string]: string | number
}

async function measure(list: {
  readonly count: number
  readonly columns: number
  readonly existing: number
}): Promise<Measured> {
  const product = await openProduct({
    name: 'Leads',
    rows: makeList(list),
    clock: 'virtual',
    vendors: ['people_data_labs'],
  })
  try {
    const wanted = FIELDS.slice(0, list.columns)
    const receipt = await product.call('receipt', {
      scope: 'all',
      wanted,
      mapping: {},
      purpose: 'Benchmark',
      cap: 1_000_000,
    } as never)
    const begun = product.emulator.now()
    const slices = await finish(product, (receipt as { readonly id: string }).id)
    const all = slices.flat()
    const between = slices.flatMap(betweenWaves)
    const wave = median(between.map(({ length }) => length))
    // What the typical wave makes is that of all waves; the rest is the slice's own.
    const typical = between.find(({ length }) => length === wave) ?? []
    const waves = all.filter((call) => call === FETCH).length
    const beyond = (is: (call: string) => boolean) =>
      Math.round(
        ((all.filter((call) => call !== FETCH && is(call)).length - typical.filter(is).length * waves) * SLICE_ROWS) /
          list.count,
      )
    return {
      rows: list.count,
      columns: list.existing > 0 ? `${list.columns} existing` : String(list.columns),
      slices: slices.length,
      'a wave': wave,
      'beyond waves, per 500 rows': beyond(() => true),
      'of these reads': beyond((call) => kindOf(call) === 'read'),
      'of these writes': beyond((call) => kindOf(call) === 'write'),
      'of these properties and locks': beyond((call) => kindOf(call) === 'other'),
      'calls per 1,000 rows': Math.round(((all.length - waves) * 1_000) / list.count),
      'emulated s per 1,000 rows': round((product.emulator.now() - begun) / list.count),
    }
  } finally {
    await product.stop()
  }
}

const FETCH = 'UrlFetchApp.fetchAll'

/** The calls of each slice that cost anything, in order. */
async function finish(product: OpenProduct, receipt: string): Promise<readonly (readonly string[])[]> {
  let run = await product.call('startRun', receipt)
  const slices: (readonly string[])[] = []
  while (run.state === 'running') {
    const ended = await product.execute('continueRun', run.id)
    if (ended.state !== 'returned') throw new Error(`A slice ${ended.state}: ${ended.error?.message ?? ''}`)
    slices.push(ended.calls.filter((call) => call === FETCH || costOf(call, 0) > 0))
    run = (JSON.parse(String(ended.value)) as { readonly value: typeof run }).value
  }
  if (run.state !== 'done') throw new Error(`The run ended as ${run.state}`)
  return slices
}

/** The calls between each two waves of a slice. */
function betweenWaves(calls: readonly string[]): readonly (readonly string[])[] {
  const at = calls.flatMap((call, index) => (call === FETCH ? [index] : []))
  return at.slice(1).map((end, index) => calls.slice(at[index]! + 1, end))
}

function kindOf(call: string): 'read' | 'write' | 'other' {
  if (!/^(Range|RangeList|Sheet|Spreadsheet|SpreadsheetApp)\./.test(call)) return 'other'
  return /\.(get|is)/.test(call) ? 'read' : 'write'
}

function makeList({ count, existing }: { readonly count: number; readonly existing: number }): readonly string[][] {
  const extra = LABELS.slice(0, existing)
  const headers = ['First name', 'Last name', 'Website', ...extra]
  const rows = Array.from({ length: count }, (_, row) => [
    `Ada${row}`,
    'Nowak',
    `firm${row % 997}.example`,
    ...extra.map((_label, column) => ((row * 7 + column * 3) % 2 === 0 ? `typed ${row}` : '')),
  ])
  return [headers, ...rows]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
