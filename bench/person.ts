import type { PersonAsk } from '../src/app/api-types'
import { placeOfQuestion } from '../src/domain/answer'
import { hashText } from '../src/domain/hash'
import { lookupKey, lookupKeyHash } from '../src/domain/lookup-key'
import type { Ended } from '../workbench/appsscript/contract'
import { openProduct, type OpenProduct } from '../workbench/cli/open-product'
import { fillStore, learn, learnt, type Known } from './lists/known-store'
import type { Report } from './main'

// What "What do we hold on this person?" and an erasure take in a file of so many leads, each with the answers of two vendors
// and two written cells on record: executions, and the longest of them on the virtual clock and on this machine.

const SIZES = process.env['BENCH_LEADS']?.split(',').map(Number) ?? [1_000, 10_000]

// Apps Script ends an execution after six minutes (platform.md section 1).
const LONGEST_MS = 360_000

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Phone', 'Company', 'Job title', 'Remark']

const ABOUT: PersonAsk = {
  who: { email: 'ada7@site7.example', linkedin: '', phone: '', name: '', company: '' },
  picked: null,
}

/** What the add-on says of a search or an erasure, as far as it is looked at. */
interface Said {
  readonly value?: { readonly trail: string; readonly view: object | null; readonly left: number | null }
}

interface Row {
  readonly [column: string]: string | number
}

/** Executions and time of a search and of an erasure. */
export async function run(): Promise<Report> {
  const rows: Row[] = []
  const figures: { [name: string]: number | boolean } = {}
  for (const leads of SIZES) {
    const product = await openFull(leads)
    try {
      const search = await drive(product, {
        name: 'person',
        first: ABOUT,
        next: (said) => (said.view ? null : said.trail),
      })
      const first = { trail: search.last.trail, what: 'cells', by: '' }
      // Without a trail an erasure goes on with the one that was begun.
      const erasure = await drive(product, {
        name: 'erasePerson',
        first,
        next: ({ left }) => (left === null ? null : 'on'),
      })
      for (const [what, { took }] of [
        ['search', search],
        ['erasure', erasure],
      ] as const) {
        rows.push({ leads, what, ...took })
        figures[`longest_${what}_${leads}`] = took['longest, emulated s'] + took['longest, real s']
      }
    } finally {
      await product.stop()
    }
  }
  const most = Math.max(...Object.values(figures).map(Number))
  return {
    question: `The longest execution of a search or an erasure takes ${Math.round(most)} s, its calls as emulated and its work as on this machine (must: ${LONGEST_MS / 1000} s). BENCH_LEADS=100000 for other files.`,
    rows,
    figures: { ...figures, reached: most * 1000 <= LONGEST_MS },
  }
}

interface Driven {
  readonly name: string
  readonly first: unknown
  /** What is asked next; null when it is done. */
  readonly next: (said: NonNullable<Said['value']>) => string | null
}

/** Calls until it is done, as the sidebar does. */
async function drive(product: OpenProduct, { name, first, next }: Driven) {
  const execute = (ask: unknown): Promise<Ended> => product.execute(name as never, ...([ask] as never))
  const ends: { readonly tookMs: number; readonly realMs: number }[] = []
  for (let ask: unknown = first; ;) {
    const begun = Date.now()
    const { tookMs, value, state } = await execute(ask)
    const said = state === 'returned' ? (JSON.parse(String(value)) as Said).value : undefined
    if (!said) throw new Error(`${name} ${state}: ${String(value).slice(0, 200)}`)
    ends.push({ tookMs, realMs: Date.now() - begun })
    const following = next(said)
    if (following === null) return { last: said, took: summed(ends) }
    ask = following === 'on' ? null : following
  }
}

function summed(ends: readonly { readonly tookMs: number; readonly realMs: number }[]) {
  const seconds = (ms: number) => Math.round(ms / 100) / 10
  return {
    executions: ends.length,
    'emulated s': seconds(ends.reduce((sum, { tookMs }) => sum + tookMs, 0)),
    'longest, emulated s': seconds(Math.max(...ends.map(({ tookMs }) => tookMs))),
    'real s': seconds(ends.reduce((sum, { realMs }) => sum + realMs, 0)),
    'longest, real s': seconds(Math.max(...ends.map(({ realMs }) => realMs))),
  }
}

/** A file with so many leads; their answers are those of the first row, which was asked about. */
async function openFull(leads: number): Promise<OpenProduct> {
  const rows = [HEADERS, rowOf(0).with(HEADERS.indexOf('Email'), '')]
  const product = await openProduct({ name: 'Leads', rows, clock: 'virtual', vendors: ['hunter'], hangMs: LONGEST_MS })
  try {
    await learn(product)
    const answer = learnt(product)
    const { store, tab } = product
    const list = Array.from({ length: leads }, (_, nth) => rowOf(nth).map((value) => ({ value })))
    store.insertRows(tab, 2, leads)
    store.write(tab, { row: 1, column: 0, rows: leads, columns: HEADERS.length }, list)
    fillStore(product, Array.from({ length: leads }, (_, nth) => recordsOf(nth, answer)).flat())
    return product
  } catch (error) {
    // What goes on running would keep the command from ending.
    await product.stop()
    throw error
  }
}

function rowOf(nth: number): readonly string[] {
  const { first_name, last_name, domain } = leadOf(nth)
  const remark = nth % 9 === 0 ? 'Met at the fair in Lyon, call back in spring' : ''
  const phone = `+3361${String(1_000_000 + nth)}`
  return [first_name, last_name, domain, emailOf(nth), phone, `Company ${nth}`, 'Head of Sales', remark]
}

function emailOf(nth: number): string {
  return `ada${nth}@site${nth}.example`
}

// Names of letters alone: Nowaka, Nowakb, ...
function leadOf(nth: number) {
  const letters = nth.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)))
  return { first_name: 'Ada', last_name: `Nowak${letters}`, domain: `site${nth}.example` }
}

function recordsOf(nth: number, answer: { readonly question: string }): readonly Known[] {
  const hash = lookupKeyHash('name_at_domain', lookupKey('name_at_domain', leadOf(nth))!)
  const values = {
    email: { value: emailOf(nth), confidence: 0.97, status: 'valid', sourceUrl: `https://site${nth}.example/team` },
    job_title: { value: 'Head of Sales', confidence: 0.9 },
  }
  const answers = [answer.question, answer.question.replace('hunter', 'prospeo')].map((asked) => {
    const question = `${placeOfQuestion(asked)}/${hash}`
    return { id: question, record: { ...answer, question, values } }
  })
  const writes = ['email', 'job_title'].map((field) => {
    const row = hashText(`row ${nth}`)
    const record = {
      k: 'write',
      run: 'a-run',
      sheet: 0,
      row,
      field,
      hash: hashText(emailOf(nth)),
      at: 1_700_000_000_000,
    }
    return { id: hashText(`write/0/${row}/${field}`), record }
  })
  return [...answers, ...writes]
}
