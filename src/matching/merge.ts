import { normalizeDate } from '../normalize/date'
import { isDisposableDomain, isFreeMailDomain } from '../normalize/free-mail'
import { readDomain, readLine, readMailbox, readMailHost, readProfile } from './contact-points'
import type { ColumnKind } from './list'
import { formalNames } from './nicknames'
import { companyCore } from './organisation'
import { plainText } from './spelling'

/** What a column holds, as far as merging minds: `ColumnKind`, the job, the date of the last change, notes, tags. */
export type MergeKind = ColumnKind | 'job_title' | 'updated' | 'notes'

/** How the surviving value of a column is chosen. `best` is the rule that its kind has. */
export type MergeRule = 'best' | 'winner' | 'most_frequent' | 'newest' | 'longest' | 'union' | 'largest' | 'smallest'

/** A column of the rows that are merged. */
export interface MergeColumn {
  readonly kind: MergeKind
  readonly rule: MergeRule
}

/** A row of a cluster. */
export interface MergeRow {
  readonly row: number
  readonly cells: readonly string[]
  /** Protected rows and rows that a CRM knows by an id win over plain ones. */
  readonly standing: 'protected' | 'crm' | 'plain'
  /** Columns whose value a person has verified. */
  readonly verified: readonly number[]
  /** Columns that hold a formula: never written over. */
  readonly formulas: readonly number[]
}

/** The row that stays, and what stands in it. */
export interface Survivor {
  readonly row: number
  /** One a column. */
  readonly cells: readonly SurvivingCell[]
}

/** The value that survives in a column. */
export interface SurvivingCell {
  readonly text: string
  /** The row it comes from; the survivor's own where nothing is better. */
  readonly from: number
  /** Other values, each once, that are not the same said differently: kept for the person. */
  readonly others: readonly string[]
}

/**
 * Merges the rows of a cluster into the one that stays: protected and CRM rows first, then the row with most valid cells,
 * then the newest, then the topmost. Where the rows name different employers, company, website, job and work address come
 * from one row. Throws when there is no row.
 */
export function mergeRows(columns: readonly MergeColumn[], rows: readonly MergeRow[]): Survivor {
  const ranked = rankRows(columns, rows)
  const [winner] = ranked
  if (!winner) throw new Error('A cluster has at least one row')
  const position = haveSeveralEmployers(columns, rows) ? newestFirst(columns, ranked)[0] : undefined
  return {
    row: winner.row,
    cells: columns.map((column, at) => survivingCell({ column, at, ranked, columns, position })),
  }
}

interface Choice {
  readonly column: MergeColumn
  readonly at: number
  readonly ranked: readonly MergeRow[]
  readonly columns: readonly MergeColumn[]
  readonly position: MergeRow | undefined
}

interface Value {
  readonly text: string
  readonly row: MergeRow
  /** Equal for values that mean the same. */
  readonly key: string
}

function survivingCell(choice: Choice): SurvivingCell {
  const { column, at, ranked } = choice
  const winner = ranked[0]!
  const own = winner.cells[at] ?? ''
  const values = ranked.flatMap((row): Value[] => {
    const text = (row.cells[at] ?? '').trim()
    return text === '' ? [] : [{ text, row, key: keyOf(column.kind, text) }]
  })
  const kept = keptValue(choice, values)
  const texts = kept ? kept.texts : [own]
  const keys = new Set(kept ? kept.keys : [keyOf(column.kind, own)])
  const others: string[] = []
  for (const { text, key } of values) {
    if (keys.has(key)) continue
    keys.add(key)
    others.push(text)
  }
  return { text: texts.join('; '), from: kept?.row.row ?? winner.row, others }
}

interface Kept {
  readonly texts: readonly string[]
  readonly keys: readonly string[]
  readonly row: MergeRow
}

function keptValue(choice: Choice, values: readonly Value[]): Kept | undefined {
  const { column, at, ranked, position } = choice
  const winner = ranked[0]!
  if (winner.formulas.includes(at)) return undefined
  const one = (value: Value | undefined): Kept | undefined =>
    value && { texts: [value.text], keys: [value.key], row: value.row }
  const verified = values.find(({ row }) => row.verified.includes(at))
  if (verified) return one(verified)
  // Cells computed by another row's formula would be frozen: only what was typed or found is taken.
  const free = values.filter(({ row }) => !row.formulas.includes(at))
  if (position && column.rule === 'best' && isOfPosition(column.kind)) {
    const held = free.filter(({ row }) => row === position)
    const work = column.kind === 'email' ? held.filter(({ text }) => mailRank(text) === 0) : held
    if (work.length > 0) return one(work[0])
    if (column.kind !== 'email') return { texts: [''], keys: [''], row: position }
  }
  switch (column.rule) {
    case 'best':
      return chooseBest(choice, free)
    case 'winner':
      return one(free.find(({ row }) => row === winner) ?? free[0])
    case 'most_frequent':
      return one(mostFrequent(free))
    case 'newest':
      return one(firstBy(free, newestFirst(choice.columns, ranked)))
    case 'longest':
      return one(bestBy(free, ({ text }) => text.length))
    case 'union':
      return union(free)
    case 'largest':
      return one(bestBy(free, ({ text }) => numberOf(text)))
    case 'smallest':
      return one(bestBy(free, ({ text }) => -numberOf(text)))
  }
}

function chooseBest({ column, columns, ranked }: Choice, values: readonly Value[]): Kept | undefined {
  const one = (value: Value | undefined): Kept | undefined =>
    value && { texts: [value.text], keys: [value.key], row: value.row }
  switch (column.kind) {
    case 'email':
      return one(bestBy(values, (value) => -10 * mailRank(value.text) + timesOf(value, values) / 100))
    case 'phone':
      return one(
        bestBy(values, ({ text }) => (readLine(text) === '' ? 0 : 1) + (text.trim().startsWith('+') ? 0.5 : 0)),
      )
    case 'linkedin':
      return one(bestBy(values, (value) => (readProfile(value.text) === '' ? 0 : 1 + timesOf(value, values) / 100)))
    case 'given_name':
    case 'family_name':
    case 'full_name':
      return one(bestBy(values, (value) => nameRank(value, values)))
    case 'company':
      return one(bestBy(values, (value) => companyRank(value, columns)))
    case 'birth_date':
    case 'id':
    case 'postcode':
    case 'address':
    case 'text':
      return one(mostFrequent(values))
    case 'city':
    case 'job_title':
    case 'updated':
      return one(firstBy(values, newestFirst(columns, ranked)))
    case 'domain':
      return one(bestBy(values, (value) => (readDomain(value.text) === '' ? 0 : 1 + timesOf(value, values) / 100)))
    case 'notes':
      return union(values)
    case 'other':
      return one(values[0])
  }
}

function rankRows(columns: readonly MergeColumn[], rows: readonly MergeRow[]): readonly MergeRow[] {
  const standing = { protected: 2, crm: 1, plain: 0 } as const
  const filled = new Map(
    rows.map((row) => [row, columns.filter(({ kind }, at) => isValid(kind, row.cells[at] ?? '')).length]),
  )
  return [...rows].sort(
    (a, b) =>
      standing[b.standing] - standing[a.standing] ||
      filled.get(b)! - filled.get(a)! ||
      compareText(updatedOn(columns, b), updatedOn(columns, a)) ||
      a.row - b.row,
  )
}

function isValid(kind: MergeKind, text: string): boolean {
  if (text.trim() === '') return false
  if (kind === 'email') return readMailbox(text, readMailHost) !== undefined
  if (kind === 'phone') return readLine(text) !== ''
  if (kind === 'linkedin') return readProfile(text) !== ''
  return true
}

function updatedOn(columns: readonly MergeColumn[], row: MergeRow): string {
  const at = columns.findIndex(({ kind }) => kind === 'updated')
  return at < 0 ? '' : (normalizeDate(row.cells[at] ?? '') ?? '')
}

// Without dates the rank of the rows decides.
function newestFirst(columns: readonly MergeColumn[], ranked: readonly MergeRow[]): readonly MergeRow[] {
  return [...ranked].sort((a, b) => compareText(updatedOn(columns, b), updatedOn(columns, a)))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function haveSeveralEmployers(columns: readonly MergeColumn[], rows: readonly MergeRow[]): boolean {
  const at = columns.findIndex(({ kind }) => kind === 'company')
  if (at < 0) return false
  const cores = [...new Set(rows.map((row) => companyCore(row.cells[at] ?? '')).filter((core) => core !== ''))]
  return cores.some((core) => !core.startsWith(cores[0]!) && !cores[0]!.startsWith(core))
}

function isOfPosition(kind: MergeKind): boolean {
  return kind === 'company' || kind === 'domain' || kind === 'job_title' || kind === 'email'
}

/** 0 a personal address at a company, 1 at a free host, 2 shared, 3 thrown away, 4 none. */
function mailRank(text: string): number {
  const mailbox = readMailbox(text, readMailHost)
  if (!mailbox) return 4
  if (isDisposableDomain(mailbox.host)) return 3
  if (mailbox.isShared) return 2
  return isFreeMailDomain(mailbox.host) ? 1 : 0
}

// The fullest form: no initial over a name, formal over short, with accents, in mixed case.
function nameRank(value: Value, values: readonly Value[]): number {
  const { text } = value
  const plain = plainText(text)
  const [first = ''] = plain.split(' ')
  const isInitial = first.length === 1
  const isShort = values.some((other) => {
    const [formal = ''] = plainText(other.text).split(' ')
    return formal !== first && formalNames(first).includes(formal) && !formalNames(formal).includes(first)
  })
  const isMixed = text !== text.toUpperCase() && text !== text.toLowerCase()
  const hasAccents = /[^\x20-\x7e]/.test(text)
  return (
    (isInitial ? 0 : 100) +
    (isShort ? 0 : 50) +
    (isMixed ? 20 : 0) +
    (hasAccents ? 10 : 0) +
    Math.min(plain.length, 40) / 10 +
    // A letter too many that only one row has is a slip.
    timesOf(value, values) * 0.3
  )
}

// The longest official form that fits the website of its row.
function companyRank({ text, row }: Value, columns: readonly MergeColumn[]): number {
  const at = columns.findIndex(({ kind }) => kind === 'domain')
  const label = at < 0 ? '' : readDomain(row.cells[at] ?? '').replace(/\..*$/, '')
  const fits = label !== '' && companyCore(text).replace(/ /g, '') === label
  const isMixed = text !== text.toUpperCase() && text !== text.toLowerCase()
  return (fits ? 1_000 : 0) + (isMixed ? 100 : 0) + Math.min(text.length, 99)
}

function keyOf(kind: MergeKind, text: string): string {
  switch (kind) {
    case 'email': {
      const mailbox = readMailbox(text, readMailHost)
      return mailbox ? `${mailbox.local}@${mailbox.host}` : text.toLowerCase()
    }
    case 'phone':
      return readLine(text) || text
    case 'linkedin':
      return readProfile(text) || text
    case 'domain':
      return readDomain(text) || text
    case 'company':
      return companyCore(text)
    default:
      return plainText(text)
  }
}

function timesOf({ key }: Value, values: readonly Value[]): number {
  return values.filter((value) => value.key === key).length
}

function mostFrequent(values: readonly Value[]): Value | undefined {
  return bestBy(values, (value) => timesOf(value, values))
}

// Of equally good ones the first, which is of the row that ranks higher.
function bestBy(values: readonly Value[], rank: (value: Value) => number): Value | undefined {
  let best: Value | undefined
  let most = -Infinity
  for (const value of values) {
    const own = rank(value)
    if (own > most) {
      best = value
      most = own
    }
  }
  return best
}

function firstBy(values: readonly Value[], rows: readonly MergeRow[]): Value | undefined {
  for (const row of rows) {
    const value = values.find((one) => one.row === row)
    if (value) return value
  }
  return undefined
}

function union(values: readonly Value[]): Kept | undefined {
  const [first] = values
  if (!first) return undefined
  const distinct = new Map(values.map(({ key, text }) => [key, text]))
  return { texts: [...distinct.values()], keys: [...distinct.keys()], row: first.row }
}

function numberOf(text: string): number {
  const value = Number(text.replace(/[^\d.-]/g, ''))
  return Number.isFinite(value) ? value : -Infinity
}
