import type { Field } from '../domain/field'
import type { ColumnKind, List } from '../matching/list'
import { companyMatchKey } from '../normalize/company-name'
import { normalizeDomain } from '../normalize/domain'
import { foldText } from '../normalize/text'
import { findHeaderRow, guessMapping } from '../sheet/mapping'
import type { FormulaInput, FormulaOutput, Reply } from './formula'
import { gridOf, putReplies, readKeys } from './formula-cells'
import type { Shows } from './formula-options'
import { takeOptionsOf } from './formula-options'
import type { Host } from './host'

type Shown = 'all' | 'verdict' | 'probability' | 'reason'

const SHOWS: Shows<Shown> = ['all', 'verdict', 'probability', 'reason']

// As the Duplicates screen shows pairs unless a person asks for more or fewer.
const SAME = 0.5

// As many as the Enrich screen looks at.
const SAMPLES = 100

/** Tells whether rows of two ranges are the same contact or company, pair by pair, with the reason. Nothing is looked up. */
export function matchRows(_host: Host, args: readonly FormulaInput[]): FormulaOutput {
  const { inputs, options } = takeOptionsOf(SHOWS, args)
  const sides = [readSide(inputs[0]), readSide(inputs[1])] as const
  const [left, right] = sides
  const pairs = Math.max(left.body.length, right.body.length)
  if (sides.some(({ body }) => body.length > 1 && body.length !== pairs))
    throw new Error('Both ranges must have the same number of rows, or one of them a single row.')
  const list = understand(left, right)
  const { comparePair } = require('../matching/pair') as typeof import('../matching/pair')
  const replies = Array.from({ length: pairs }, (_, row): Reply => {
    const [one = [], other = []] = sides.map(({ body }) => body[body.length === 1 ? 0 : row])
    if (isBlank(one) || isBlank(other)) return { kind: 'blank' }
    const { probability, why } = comparePair(list, list.left(one), list.right(other))
    if (why === '' || list.kinds.length === 0) return nothing()
    const verdict = probability >= (options.minConfidence ?? SAME) ? 'same' : 'different'
    return { kind: 'values', values: shown(options.show, [verdict, `${Math.round(probability * 100)} %`, why]) }
  })
  const above = (left.body.length === pairs ? left : right).above
  const headers = above.map((row, at): Reply => {
    if (at < above.length - 1 || isBlank(row)) return { kind: 'blank' }
    return { kind: 'values', values: shown(options.show, ['Same?', 'Probability', 'Reason']) }
  })
  return putReplies({ isRange: left.isRange || right.isRange }, [...headers, ...replies], options)
}

type Row = readonly string[]

interface Side {
  /** Headers and what stands above them; nothing without headers. */
  readonly above: readonly Row[]
  readonly body: readonly Row[]
  readonly isRange: boolean
  readonly width: number
}

function readSide(input: FormulaInput): Side {
  const { rows, ...shape } = readKeys([input])
  // A row alone is somebody, whatever it says.
  const header = rows.length > 1 ? findHeaderRow(gridOf(rows)) : undefined
  const from = header === undefined ? 0 : header + 1
  return { above: rows.slice(0, from), body: rows.slice(from), ...shape }
}

/** How rows of both sides are compared: the kinds of the left columns, and each side's cells in their order. */
interface Understood {
  readonly about: List['about']
  readonly kinds: readonly ColumnKind[]
  readonly left: (row: Row) => Row
  readonly right: (row: Row) => Row
}

function understand(left: Side, right: Side): Understood {
  const { kindOfColumn, listAbout } = require('../matching/pair') as typeof import('../matching/pair')
  const [one, other] = columnsOf(left, right)
  const about = listAbout(one.map((column) => kindOfColumn('contact', column)))
  const shared = one.flatMap((column, at) => {
    const there = other.findIndex((candidate) => isSameColumn(candidate, column))
    return there < 0 ? [] : [{ at, there, kind: kindAmong(kindOfColumn(about, column), column) }]
  })
  return {
    about,
    kinds: shared.map(({ kind }) => kind),
    left: (row) => shared.map(({ at }) => row[at] ?? ''),
    right: (row) => shared.map(({ there }) => row[there] ?? ''),
  }
}

interface Column {
  readonly column: number
  readonly header: string
  readonly field: Field | null
}

// Ranges of one width without two headings are of one list: what one shows of a column holds for the other.
function columnsOf(left: Side, right: Side): readonly [readonly Column[], readonly Column[]] {
  const headersOf = ({ above }: Side): Row => above[above.length - 1] ?? []
  const [own, others] = [headersOf(left), headersOf(right)]
  const isOneList = left.width === right.width && (own.length === 0 || others.length === 0)
  if (!isOneList) return [guess(own, left.body), guess(others, right.body)]
  const columns = guess(own.length > 0 ? own : others, [
    ...left.body.slice(0, SAMPLES / 2),
    ...right.body.slice(0, SAMPLES / 2),
  ])
  return [columns, columns]
}

function guess(headers: Row, body: readonly Row[]): readonly Column[] {
  const samples = body.slice(0, SAMPLES)
  const columns = guessMapping(headers, samples)
  return headers.length > 0 ? columns : nameWords(columns, samples)
}

// Without headers, words are what people write in this order: a name in one cell or in two, then the company.
function nameWords(columns: readonly Column[], samples: readonly Row[]): readonly Column[] {
  const valuesOf = ({ column }: Column) => samples.map((row) => row[column] ?? '').filter((text) => text !== '')
  const isSite = (column: Column) =>
    !column.field && valuesOf(column).every((text) => /\S\.\S/.test(text) && normalizeDomain(text))
  const words = columns.filter((column) => (!column.field || column.field === 'full_name') && !isSite(column))
  const firms = words.filter((column) => valuesOf(column).some(hasLegalForm))
  const [first, second, third] = words.filter((column) => !firms.includes(column) && valuesOf(column).length > 0)
  const isWhole = first && valuesOf(first).some((text) => /[^\s,][\s,]+\S/.test(text))
  const firm = firms[0] ?? (isWhole ? second : third)
  const fieldOf = (column: Column): Field | null => {
    if (column === firm) return 'company_name'
    if (column === first) return isWhole ? 'full_name' : second ? 'first_name' : null
    if (column === second && !isWhole) return 'last_name'
    if (isSite(column)) return 'domain'
    return words.includes(column) ? null : column.field
  }
  return columns.map((column) => ({ ...column, field: fieldOf(column) }))
}

function hasLegalForm(text: string): boolean {
  const whole = foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  return companyMatchKey(text).split(' ').length < whole.length
}

function isSameColumn(one: Column, other: Column): boolean {
  if (one.field || other.field) return one.field === other.field
  return one.header === '' ? one.column === other.column : one.header === other.header
}

// Without a header, what looks like nothing in particular is compared as it is.
function kindAmong(kind: ColumnKind, { field, header }: Column): ColumnKind {
  return kind === 'other' && !field && header === '' ? 'text' : kind
}

function isBlank(row: Row): boolean {
  return row.every((cell) => cell === '')
}

function shown(show: Shown, [verdict, probability, why]: readonly [string, string, string]): readonly string[] {
  switch (show) {
    case 'all':
      return [verdict, probability, why]
    case 'verdict':
      return [verdict]
    case 'probability':
      return [probability]
    case 'reason':
      return [why]
  }
}

const nothing = (): Reply => ({
  kind: 'missing',
  word: 'nothing to compare',
  problem: 'Nothing to compare. Take the headers along, so that the columns are understood.',
})
