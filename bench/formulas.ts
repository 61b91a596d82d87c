import { placeOfQuestion } from '../src/domain/answer'
import { lookupKey, lookupKeyHash } from '../src/domain/lookup-key'
import { costOf } from '../workbench/appsscript/costs'
import type { Ended, User } from '../workbench/appsscript/contract'
import { openProduct, type OpenProduct } from '../workbench/cli/open-product'
import * as coldStart from './cold-start'
import { fillStore, learn, learnt } from './lists/known-store'
import type { Report } from './main'

// What a formula costs whose answer is known: service calls and emulated time in a fresh context at any size of the store,
// one formula for 1,000 rows beside 1,000 formulas, and the start of the script beside eager loading.

const SIZES = process.env['BENCH_KEYS']?.split(',').map(Number) ?? [1_000, 10_000, 100_000]
const ROWS = 1_000

// Beside reading the properties, which any look at the file needs: the journal's tail and one row of the index (S18).
const CALLS_AIM = 2

const EDITOR: User = { id: 'editor', email: 'editor@example.com', locale: 'en', account: 'workspace' }
const PROPERTIES = 'Properties.getProperties'

interface Row {
  readonly [column: string]: string | number
}

/** Calls and time of known answers, and of a range beside single cells. */
export async function run(): Promise<Report> {
  const rows: Row[] = []
  const figures: { [name: string]: number | boolean } = {}
  for (const keys of SIZES) {
    const product = await openKnown(keys)
    try {
      const one = await ask(product, nameOf(0))
      const calls = callsOf(one)
      figures[`calls_${keys}`] = calls.filter((call) => call !== PROPERTIES).length
      rows.push({ what: `one cell, ${keys.toLocaleString('en')} known keys`, ...timed(one) })
      if (keys === Math.min(...SIZES)) rows.push(...(await compare(product, figures)))
    } finally {
      await product.stop()
    }
  }
  const start = await coldStart.run()
  figures['startRatio'] = Number(start.figures['ratio'])
  const most = Math.max(...SIZES.map((keys) => Number(figures[`calls_${keys}`])))
  return {
    question: `A known answer takes ${most} service calls at most beside reading the properties (aim: ${CALLS_AIM}). ${ROWS.toLocaleString('en')} rows in one formula take ${figures['rangeShare']} of the time of as many single cells. Start of the script: ${figures['startRatio']} of eager loading (BENCH_KEYS=1000 for other stores).`,
    rows,
    figures: { ...figures, callsAim: CALLS_AIM, reached: most <= CALLS_AIM },
  }
}

/** One formula for many rows beside one formula a row, all of them known. */
async function compare(product: OpenProduct, figures: { [name: string]: number | boolean }): Promise<readonly Row[]> {
  const people = Array.from({ length: ROWS }, (_, nth) => [nameOf(nth)])
  const whole = await ask(product, people)
  const single = await ask(product, nameOf(0))
  figures['rangeCalls'] = callsOf(whole).length
  figures['rangeShare'] = Math.round((whole.tookMs / (single.tookMs * ROWS)) * 10_000) / 10_000
  return [
    { what: `one formula for ${ROWS.toLocaleString('en')} rows`, ...timed(whole) },
    {
      what: `${ROWS.toLocaleString('en')} formulas of one cell`,
      calls: callsOf(single).length * ROWS,
      'emulated ms': Math.round(single.tookMs * ROWS),
    },
  ]
}

// Names of letters alone: Adaa, Adab, ...
function nameOf(nth: number): string {
  return `Ada${nth.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)))} Nowak`
}

function ask(product: OpenProduct, person: unknown): Promise<Ended> {
  return product.emulator.formula({ name: 'ENRICH_EMAIL', args: [person, 'everyone.example'], user: EDITOR })
}

function callsOf({ calls, state, error }: Ended): readonly string[] {
  if (state !== 'returned') throw new Error(`The formula ${state}: ${error?.message ?? ''}`)
  return calls.filter((call) => costOf(call, 0) > 0)
}

function timed(ended: Ended): Row {
  return { calls: callsOf(ended).length, 'emulated ms': Math.round(ended.tookMs) }
}

/** A file whose store knows one person and so many other keys. */
async function openKnown(keys: number): Promise<OpenProduct> {
  const rows = [
    ['First name', 'Last name', 'Website', 'Email'],
    [...nameOf(0).split(' '), 'everyone.example', ''],
  ]
  const product = await openProduct({ name: 'Leads', rows, clock: 'virtual', vendors: ['hunter'] })
  try {
    await learn(product)
    fill(product, keys)
    return product
  } catch (error) {
    // What goes on running would keep the command from ending.
    await product.stop()
    throw error
  }
}

// The answer of the first of them, filed under the keys of all.
function fill(product: OpenProduct, keys: number): void {
  const answer = learnt(product)
  const records = Array.from({ length: keys }, (_, key) => {
    const [first_name = '', last_name = ''] = nameOf(key).split(' ')
    const lead = { first_name, last_name, domain: 'everyone.example' }
    const hash = lookupKeyHash('name_at_domain', lookupKey('name_at_domain', lead)!)
    const question = `${placeOfQuestion(answer.question)}/${hash}`
    return { id: question, record: { ...answer, question } }
  })
  fillStore(product, records)
}
