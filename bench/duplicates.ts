import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ColumnKind, List } from '../src/matching/list'
import { listAbout } from '../src/matching/list'
import type { Cluster, Matches } from '../src/matching/match'
import { findDuplicates } from '../src/matching/match'
import { parseCsv } from '../workbench/cli/csv'
import type { Report } from './main'

/** F1 of labelled sets, and time and memory of lists of any size. */
export async function run(folder: string | undefined): Promise<Report> {
  const rows = SETS.flatMap((set) => {
    const file = path.join(folder ?? '', set.file)
    if (folder === undefined || !existsSync(file)) return []
    return [measureSet(set, readTable(file))]
  })
  return { question: 'Duplicates', rows, figures: {} }
}

interface LabelledSet {
  readonly name: string
  readonly file: string
  readonly must: number
  readonly aim: number
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
    kinds: CONTACTS,
    entity: byCluster,
  },
  {
    name: 'synthetic contacts 100k',
    file: 'contacts/synthetic_contacts_100k.csv.gz',
    must: 0.97,
    aim: 0.985,
    kinds: CONTACTS,
    entity: byCluster,
  },
]

interface Table {
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

function readTable(file: string): Table {
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const [headers = [], ...rows] = parseCsv(text, ',').records.map(({ fields }) => fields.map((field) => field.text))
  return { headers: headers.map((header) => header.trim()), rows: rows.map((row) => row.map((cell) => cell.trim())) }
}

function measureSet(set: LabelledSet, table: Table) {
  const kinds = table.headers.map((header) => set.kinds[header] ?? 'other')
  const list: List = { about: listAbout(kinds), kinds, rows: table.rows }
  const entities = table.rows.map((row) =>
    set.entity(Object.fromEntries(table.headers.map((h, at) => [h, row[at] ?? '']))),
  )
  const begun = performance.now()
  const used = process.cpuUsage()
  const found = finish(list)
  const seconds = (performance.now() - begun) / 1_000
  const cpu = process.cpuUsage(used).user / 1e6
  const all = quality(found.clusters.map(rowsOf), entities)
  const sure = quality(
    found.clusters.flatMap(({ pile, members }) => (pile === 'sure' ? [members.map(({ row }) => row)] : [])),
    entities,
  )
  return {
    set: set.name,
    rows: table.rows.length,
    F1: round(all.f1, 4),
    must: set.must,
    aim: set.aim,
    precision: round(all.precision, 4),
    recall: round(all.recall, 4),
    'sure precision': round(sure.precision, 4),
    'sure recall': round(sure.recall, 4),
    seconds: round(seconds, 2),
    'cpu s': round(cpu, 2),
    comparisons: found.comparisons,
  }
}

function rowsOf({ members }: Cluster): readonly number[] {
  return members.map(({ row }) => row)
}

function finish(list: List): Matches {
  const search = findDuplicates(list)
  let step = search.next()
  while (!step.done) step = search.next()
  return step.value
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
