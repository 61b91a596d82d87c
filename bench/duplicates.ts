import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { block, makeVisitor } from '../src/matching/block'
import type { ColumnKind, List } from '../src/matching/list'
import { listAbout } from '../src/matching/list'
import type { Cluster, Matches } from '../src/matching/match'
import { findDuplicates } from '../src/matching/match'
import { normalise } from '../src/matching/normalise'
import { comparePair } from '../src/matching/pair'
import { sameKeyGroups } from '../src/matching/same-key'
import { editDistance, jaroWinkler } from '../src/matching/similarity'
import { plainText } from '../src/matching/spelling'
import { parseCsv } from '../workbench/cli/csv'
import type { LabelledList, Spread } from './lists/contacts'
import { makeContacts } from './lists/contacts'
import type { Report } from './main'

// How good and how costly the search for duplicates is: F1 of labelled sets read from a folder, beside two simple ways;
// time, memory and comparisons of lists that are made here, each in a process of its own.

/** Pairwise F1 a set, and the cost of lists of 10,000 and 100,000 rows (BENCH_ROWS=10000,1000000 for others). */
export async function run(folder: string | undefined): Promise<Report> {
  const probe = /^cost:(\d+):(even|skewed)$/.exec(folder ?? '')
  if (probe) return measureCost(Number(probe[1]), probe[2] as Spread)
  const sets = folder === undefined ? [] : SETS.filter(({ file }) => existsSync(path.join(folder, file)))
  const quality = [
    ...sets.map((set) => measureSet(set, readLabelled(set, path.join(folder ?? '', set.file)))),
    measureSet({ name: 'made here, 10k', must: 0.97, aim: 0.985, mustPrecision: 0.985 }, makeContacts(10_000, 11)),
    ...(folder === undefined ? [] : measurePairs(folder)),
  ]
  const sizes = (process.env['BENCH_ROWS'] ?? '10000,100000').split(',').map(Number)
  const costs = [...sizes.map((rows) => costOf(rows, 'even')), costOf(20_000, 'even'), costOf(20_000, 'skewed')]
  console.table(quality)
  const [least, most] = [costs[0]!, costs[sizes.length - 1]!]
  const exponent = Math.log(most.cpu / least.cpu) / Math.log(most.rows / least.rows)
  const skew = costs[sizes.length + 1]!.cpu / costs[sizes.length]!.cpu
  return {
    question:
      `Duplicates, default settings, no labels: the table above is pairwise F1 on final clusters, this one the cost ` +
      `(must: 10,000 rows 2.5 s, 200 MB, 500,000 comparisons; 100,000 rows 15 s, 450 MB, 2,000,000, exact only 0.5 s). Growth exponent ` +
      `${round(exponent, 2)} (must: 1), skewed list ${round(skew, 2)} times the even one (must: 3).`,
    rows: costs,
    figures: {
      ...Object.fromEntries(quality.map(({ set, F1 }) => [`f1 ${set}`, F1])),
      ...Object.fromEntries(
        quality.flatMap((row) => ('sure precision' in row ? [[`sure ${row.set}`, row['sure precision']]] : [])),
      ),
      ...Object.fromEntries(
        costs.flatMap(({ rows, spread, seconds, cpu, MB, comparisons, 'exact only cpu': exact }) =>
          Object.entries({ seconds, cpu, MB, comparisons, exact }).map(([name, value]) => [
            `${name} ${rows} ${spread}`,
            value,
          ]),
        ),
      ),
      exponent: round(exponent, 2),
      skew: round(skew, 2),
      reached: quality.every(isGood) && costs.every(isCheap) && exponent <= 1 && skew <= 3,
    },
  }
}

// The sure pile is merged without asking: one wrong pair in a hundred at the most.
function isGood(row: {
  readonly F1: number
  readonly must: number
  readonly precision?: number
  readonly 'must precision'?: number
  readonly 'sure precision'?: number
}): boolean {
  const isPrecise = (row.precision ?? 1) >= (row['must precision'] ?? 0)
  return row.F1 >= row.must && isPrecise && (row['sure precision'] ?? 1) >= 0.99
}

// By the processor, whose helping threads count too: the clock of a busy machine tells of the others.
function isCheap({ rows, cpu, MB, comparisons, 'exact only cpu': exact }: Cost): boolean {
  if (rows === 10_000) return cpu <= 2.5 && MB <= 200 && comparisons <= 500_000
  if (rows === 100_000) return cpu <= 15 && MB <= 450 && comparisons <= 2_000_000 && exact <= 0.5
  return true
}

interface LabelledSet {
  readonly name: string
  readonly file: string
  readonly must: number
  readonly aim: number
  /** Asked of contacts that were made up, beside F1. */
  readonly mustPrecision?: number
  /** Kinds by header; what is not named is not compared. */
  readonly kinds: { readonly [header: string]: ColumnKind }
  entity(row: { readonly [header: string]: string }): string
}

const FEBRL = {
  given_name: 'given_name',
  surname: 'family_name',
  street_number: 'text',
  address_1: 'address',
  address_2: 'text',
  suburb: 'city',
  postcode: 'postcode',
  state: 'text',
  date_of_birth: 'birth_date',
  soc_sec_id: 'id',
} as const
const febrlEntity = (row: { readonly [header: string]: string }) => /^rec-\d+/.exec(row['rec_id'] ?? '')?.[0] ?? ''
const byCluster = (row: { readonly [header: string]: string }) => row['cluster'] ?? ''
const CONTACTS = {
  first_name: 'given_name',
  last_name: 'family_name',
  email: 'email',
  phone: 'phone',
  linkedin_url: 'linkedin',
  company: 'company',
  website: 'domain',
} as const

const SETS: readonly LabelledSet[] = [
  {
    name: 'fake_1000',
    file: 'people/fake_1000.csv',
    must: 0.94,
    aim: 0.96,
    kinds: { first_name: 'given_name', surname: 'family_name', dob: 'birth_date', city: 'city', email: 'email' },
    entity: byCluster,
  },
  ...[1, 2, 3].map((number) => ({
    name: `febrl ${number}`,
    file: `people/febrl_dataset${number}.csv`,
    must: number === 2 ? 0.998 : 0.999,
    aim: 1,
    kinds: FEBRL,
    entity: febrlEntity,
  })),
  {
    name: 'restaurants',
    file: 'contacts/restaurants_fodors_zagats.csv',
    must: 0.91,
    aim: 0.95,
    kinds: { name: 'company', addr: 'address', city: 'city', phone: 'phone', type: 'text' },
    entity: byCluster,
  },
  {
    name: 'early childhood sites',
    file: 'contacts/early_childhood_sites_true_ids.csv',
    must: 0.87,
    aim: 0.9,
    kinds: { 'Site name': 'company', Address: 'address', Zip: 'postcode', Phone: 'phone', Website: 'domain' },
    entity: (row) => row['True Id'] ?? '',
  },
  {
    name: 'dqbench tier 1',
    file: 'contacts/dqbench_er_tier1.csv',
    must: 0.99,
    aim: 1,
    kinds: {
      first_name: 'given_name',
      last_name: 'family_name',
      email: 'email',
      phone: 'phone',
      address: 'address',
      city: 'city',
      state: 'text',
      zip: 'postcode',
      company: 'company',
    },
    entity: byCluster,
  },
  {
    name: 'synthetic contacts 10k',
    file: 'contacts/synthetic_contacts_10k.csv',
    must: 0.97,
    aim: 0.985,
    mustPrecision: 0.985,
    kinds: CONTACTS,
    entity: byCluster,
  },
  {
    name: 'synthetic contacts 100k',
    file: 'contacts/synthetic_contacts_100k.csv.gz',
    must: 0.97,
    aim: 0.985,
    mustPrecision: 0.985,
    kinds: CONTACTS,
    entity: byCluster,
  },
]

function readTable(file: string): readonly { readonly [header: string]: string }[] {
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const [headers = [], ...rows] = parseCsv(text, ',').records.map(({ fields }) =>
    fields.map((field) => field.text.trim()),
  )
  return rows.map((row) => Object.fromEntries(headers.map((header, at) => [header, row[at] ?? ''])))
}

function readLabelled(set: LabelledSet, file: string): LabelledList {
  const table = readTable(file)
  const kinds = Object.values(set.kinds)
  return {
    about: listAbout(kinds),
    kinds,
    rows: table.map((row) => Object.keys(set.kinds).map((header) => row[header] ?? '')),
    entities: table.map((row) => set.entity(row)),
  }
}

function measureSet(
  { name, must, aim, mustPrecision }: Pick<LabelledSet, 'name' | 'must' | 'aim' | 'mustPrecision'>,
  list: LabelledList,
) {
  const begun = process.cpuUsage()
  const found = finish(list)
  const cpu = process.cpuUsage(begun).user / 1e6
  const all = quality(found.clusters.map(rowsOf), list.entities)
  const sure = quality(found.clusters.filter(({ pile }) => pile === 'sure').map(rowsOf), list.entities)
  return {
    set: name,
    F1: round(all.f1, 4),
    must,
    aim,
    precision: round(all.precision, 4),
    ...(mustPrecision === undefined ? {} : { 'must precision': mustPrecision }),
    recall: round(all.recall, 4),
    candidates: round(candidateRecall(list), 4),
    'sure precision': round(sure.precision, 4),
    'sure recall': round(sure.recall, 4),
    'exact email F1': round(quality(byEmail(list), list.entities).f1, 4),
    'Levenshtein F1': round(quality(byLevenshtein(list), list.entities).f1, 4),
    cpu: round(cpu, 2),
  }
}

// The share of true pairs that were compared at all.
function candidateRecall(list: LabelledList): number {
  const records = finished(normalise(list))
  const blocking = finished(block(records))
  const entity = records.rows.map(([row]) => list.entities[row!]!)
  const own = new Map<string, number>()
  let [wanted, met] = [0, 0]
  for (const one of entity) {
    wanted += own.get(one) ?? 0
    own.set(one, (own.get(one) ?? 0) + 1)
  }
  makeVisitor(blocking, records.count)(0, records.count, (a, b) => {
    if (entity[a] === entity[b]) met++
  })
  return wanted === 0 ? 1 : met / wanted
}

/** Rows that share an address, trimmed and in lower case. */
function byEmail({ kinds, rows }: LabelledList): readonly (readonly number[])[] {
  const column = kinds.indexOf('email')
  const groups = new Map<string, number[]>()
  if (column >= 0)
    rows.forEach((row, at) => {
      const key = row[column]!.trim().toLowerCase()
      if (key !== '') groups.set(key, [...(groups.get(key) ?? []), at])
    })
  return [...groups.values()]
}

/** How alike two rows are at the least, by edits a letter; blocks by the first four letters of a cell. */
const LIKENESS = 0.75
const BLOCK = 60

function byLevenshtein({ kinds, rows }: LabelledList): readonly (readonly number[])[] {
  const texts = rows.map((row) =>
    row
      .filter((_, column) => kinds[column] !== 'other')
      .join(' ')
      .toLowerCase()
      .slice(0, 120),
  )
  const bags = texts.map(bagOf)
  const blocks = new Map<string, number[]>()
  rows.forEach((row, at) => {
    row.forEach((cell, column) => {
      if (cell.length < 4 || kinds[column] === 'other') return
      const key = `${column} ${cell.slice(0, 8).toLowerCase()}`
      const held = blocks.get(key)
      if (held) held.push(at)
      else blocks.set(key, [at])
    })
  })
  const parent = rows.map((_, at) => at)
  const rootOf = (at: number): number => (parent[at] === at ? at : (parent[at] = rootOf(parent[at]!)))
  for (const held of blocks.values()) {
    if (held.length > BLOCK) continue
    held.forEach((a, index) => {
      for (const b of held.slice(index + 1)) {
        if (rootOf(a) === rootOf(b)) continue
        const most = Math.floor(Math.max(texts[a]!.length, texts[b]!.length) * (1 - LIKENESS))
        if (leastEdits(bags[a]!, bags[b]!) > most) continue
        if (editDistance(texts[a]!, texts[b]!, most) <= most) parent[rootOf(a)] = rootOf(b)
      }
    })
  }
  const groups = new Map<number, number[]>()
  rows.forEach((_, at) => groups.set(rootOf(at), [...(groups.get(rootOf(at)) ?? []), at]))
  return [...groups.values()]
}

// How often each letter is in a text: an edit brings in one letter at the most, and takes away one.
function bagOf(text: string): Uint8Array {
  const bag = new Uint8Array(128)
  for (let at = 0; at < text.length; at++) bag[text.charCodeAt(at) & 127]!++
  return bag
}

function leastEdits(a: Uint8Array, b: Uint8Array): number {
  let [more, fewer] = [0, 0]
  for (let letter = 0; letter < a.length; letter++) {
    const difference = a[letter]! - b[letter]!
    if (difference > 0) more += difference
    else fewer -= difference
  }
  return Math.max(more, fewer)
}

interface LabelledPair {
  readonly a: string
  readonly b: string
  readonly isSame: boolean
}

function measurePairs(folder: string) {
  const cases = path.join(folder, 'names/name_bench_cases_dev.csv')
  const kvk = path.join(folder, 'companies/kvk_namepairs.csv')
  const rows = []
  if (existsSync(cases)) {
    const table = readTable(cases)
    const of = (schema: string) =>
      table.flatMap((row): LabelledPair[] =>
        row['schema'] === schema ? [{ a: row['name1']!, b: row['name2']!, isSame: row['is_match'] === 'true' }] : [],
      )
    rows.push(pairRow({ name: 'name_bench Person', must: 0.78, aim: 0.82, kind: 'full_name' }, of('Person')))
    rows.push(pairRow({ name: 'name_bench Company', must: 0.86, aim: 0.9, kind: 'company' }, of('Company')))
  }
  if (existsSync(kvk)) {
    const pairs = readTable(kvk).map((row) => ({
      a: row['gt_name']!,
      b: row['name']!,
      isSame: row['correct'] === 'True',
    }))
    rows.push(pairRow({ name: 'kvk name pairs', must: 0.94, aim: 0.94, kind: 'company' }, pairs))
  }
  return rows
}

function pairRow(
  set: { readonly name: string; readonly must: number; readonly aim: number; readonly kind: 'full_name' | 'company' },
  pairs: readonly LabelledPair[],
) {
  const about = set.kind === 'company' ? 'company' : 'contact'
  const ours = pairs.map(({ a, b }) => comparePair({ about, kinds: [set.kind] }, [a], [b]).probability)
  const jaro = pairs.map(({ a, b }) => jaroWinkler(plainText(a), plainText(b)))
  const f1 = (scores: readonly number[], threshold: number) => {
    let [right, made, wanted] = [0, 0, 0]
    pairs.forEach(({ isSame }, at) => {
      if (isSame) wanted++
      if (scores[at]! < threshold) return
      made++
      if (isSame) right++
    })
    return (2 * right) / (made + wanted)
  }
  return {
    set: set.name,
    F1: round(f1(ours, 0.5), 4),
    must: set.must,
    aim: set.aim,
    'Jaro-Winkler at its best': round(Math.max(...jaro.map((score) => f1(jaro, score))), 4),
  }
}

type Cost = {
  readonly rows: number
  readonly spread: Spread
  readonly seconds: number
  readonly cpu: number
  readonly MB: number
  readonly comparisons: number
  readonly 'exact only cpu': number
  readonly 'skipped blocks': number
}

// A process of its own, so that its memory is only its own.
function costOf(rows: number, spread: Spread): Cost {
  const bundle = path.resolve('workbench/dist/main.cjs')
  const limit = rows > 200_000 ? 8_000 : 400
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${limit}`, bundle, 'duplicates', `cost:${rows}:${spread}`],
    { encoding: 'utf8' },
  )
  const line = stdout.trim().split('\n').pop()
  if (!line?.startsWith('{')) throw new Error(`The measurement of ${rows} rows failed: ${stderr}`)
  const { benchmark: _, ...cost } = JSON.parse(line) as Cost & { readonly benchmark: string }
  return cost
}

function measureCost(rows: number, spread: Spread): Report {
  const list = makeContacts(rows, 5, spread)
  const exact = Math.min(...[1, 2, 3, 4, 5].map(() => cpuOf(() => sameKeyGroups(list))))
  const used = process.cpuUsage()
  const begun = performance.now()
  const found = finish(list)
  const seconds = (performance.now() - begun) / 1_000
  const figures = {
    rows,
    spread,
    seconds: round(seconds, 2),
    cpu: round(process.cpuUsage(used).user / 1e6, 2),
    MB: Math.round(process.resourceUsage().maxRSS / 1_024),
    comparisons: found.comparisons,
    'exact only cpu': round(exact, 2),
    'skipped blocks': found.skipped.reduce((sum, { blocks }) => sum + blocks, 0),
  }
  return { question: `Cost of ${rows} rows`, rows: [], figures }
}

function cpuOf(work: () => unknown): number {
  const used = process.cpuUsage()
  work()
  return process.cpuUsage(used).user / 1e6
}

function finished<T>(steps: Generator<unknown, T>): T {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

function finish(list: List): Matches {
  return finished(findDuplicates(list))
}

function rowsOf({ members }: Cluster): readonly number[] {
  return members.map(({ row }) => row)
}

interface Quality {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

function quality(clusters: readonly (readonly number[])[], entities: readonly string[]): Quality {
  const sizes = new Map<string, number>()
  for (const entity of entities) sizes.set(entity, (sizes.get(entity) ?? 0) + 1)
  const pairs = (size: number) => (size * (size - 1)) / 2
  const wanted = [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0)
  let made = 0
  let right = 0
  for (const rows of clusters) {
    made += pairs(rows.length)
    const inside = new Map<string, number>()
    for (const row of rows) inside.set(entities[row]!, (inside.get(entities[row]!) ?? 0) + 1)
    for (const size of inside.values()) right += pairs(size)
  }
  const precision = made === 0 ? 1 : right / made
  const recall = wanted === 0 ? 1 : right / wanted
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
