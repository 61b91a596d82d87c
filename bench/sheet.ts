import { openProduct, type OpenProduct } from '../workbench/cli/open-product'
import type { Report } from './main'

// How many service calls and how much emulated time a run costs by rows and columns, `fetchAll` left out: Hunter is
// simulated and answers at once. In columns of its own the add-on writes to new ones; in existing columns people have
// filled half of the cells, in no order.

const FIELDS = ['email', 'job_title', 'phone', 'linkedin_url', 'email_status']
const LABELS: { readonly [field: string]: string } = { email: 'Email', job_title: 'Job title', phone: 'Phone' }

const SIZES = process.env['BENCH_ROWS']?.split(',').map(Number) ?? [1_000, 10_000]

/** Service calls and emulated seconds per 1,000 rows, and how they grow. */
export async function run(): Promise<Report> {
  const rows: Measured[] = []
  for (const count of SIZES) {
    for (const columns of [1, 5]) rows.push(await measure({ count, columns, existing: 0 }))
    rows.push(await measure({ count, columns: 3, existing: 3 }))
  }
  const figures: { [name: string]: number } = {}
  for (const { rows: count, columns, ...row } of rows) {
    figures[`calls_${count}_${columns}`] = row['calls per 1,000 rows']
    figures[`seconds_${count}_${columns}`] = row['emulated s per 1,000 rows']
  }
  const [least, most] = [Math.min(...SIZES), Math.max(...SIZES)]
  const total = (count: number) => (figures[`calls_${count}_5`] ?? 0) * count
  figures['exponent'] = round(Math.log(total(most) / total(least)) / Math.log(most / least))
  return {
    question: `Service calls and emulated time of a run, the calls of vendors left out (BENCH_ROWS=1000,10000,100000 for more). Growth exponent of the calls: ${figures['exponent']} (aim: at most 1.1).`,
    rows,
    figures,
  }
}

interface Measured {
  readonly rows: number
  readonly columns: string
  readonly slices: number
  readonly 'calls a slice': number
  readonly 'calls per 1,000 rows': number
  readonly 'emulated s per 1,000 rows': number
  readonly [column: string]: string | number
}

async function measure(list: {
  readonly count: number
  readonly columns: number
  readonly existing: number
}): Promise<Measured> {
  const product = await openProduct({ name: 'Leads', rows: makeList(list), clock: 'virtual', vendors: ['hunter'] })
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
    const spent = await finish(product, (receipt as { readonly id: string }).id)
    const thousands = list.count / 1_000
    return {
      rows: list.count,
      columns: list.existing > 0 ? `${list.columns} existing` : String(list.columns),
      slices: spent.slices,
      'calls a slice': Math.round(spent.calls / spent.slices),
      'calls per 1,000 rows': Math.round(spent.calls / thousands),
      'emulated s per 1,000 rows': round((product.emulator.now() - begun) / 1_000 / thousands),
    }
  } finally {
    await product.stop()
  }
}

async function finish(
  product: OpenProduct,
  receipt: string,
): Promise<{ readonly calls: number; readonly slices: number }> {
  let run = await product.call('startRun', receipt)
  let calls = 0
  let slices = 0
  for (; run.state === 'running'; slices++) {
    const ended = await product.execute('continueRun', run.id)
    if (ended.state !== 'returned') throw new Error(`A slice ${ended.state}: ${ended.error?.message ?? ''}`)
    calls += ended.calls.filter((call) => call !== 'UrlFetchApp.fetchAll').length
    run = (JSON.parse(String(ended.value)) as { readonly value: typeof run }).value
  }
  if (run.state !== 'done') throw new Error(`The run ended as ${run.state}`)
  return { calls, slices }
}

function makeList({ count, existing }: { readonly count: number; readonly existing: number }): readonly string[][] {
  const extra = FIELDS.slice(0, existing)
  const headers = ['First name', 'Last name', 'Website', ...extra.map((field) => LABELS[field] ?? field)]
  const rows = Array.from({ length: count }, (_, row) => [
    `Ada${row}`,
    'Nowak',
    `firm${row % 997}.example`,
    ...extra.map((_field, column) => ((row * 7 + column * 3) % 2 === 0 ? `typed ${row}` : '')),
  ])
  return [headers, ...rows]
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
