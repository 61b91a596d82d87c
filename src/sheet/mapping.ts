import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import { OTHER_HEADERS } from '../domain/row-print'
import { foldText } from '../normalize/text'
import { canHold, contradicts, lookAt, shapeOf } from './column-values'
import type { ColumnValues, ValueShape } from './column-values'
import { isCompanion } from './companions'
import type { CellRead, Grid } from './grid'
import { LONGEST_HEADER, headerField, isAboutColleague, isNameHeader } from './header-words'

/** What one column is taken for, and what told so. `column` is zero-based. */
export type ColumnGuess = {
  readonly column: number
  readonly header: string
  readonly field: Field | null
  readonly how: 'header' | 'values' | 'none'
}

/** The zero-based column of each mapped field. */
export type Mapping = { readonly [F in Field]?: number }

/** The mapping that columns stand for; of two columns with one field the person's choice counts, else the first. */
export function mappingOf(
  columns: readonly {
    readonly column: number
    readonly field: Field | null
    readonly how: ColumnGuess['how'] | 'you'
  }[],
): Mapping {
  const mapping: { [F in Field]?: number } = {}
  const chosen = columns.filter(({ how }) => how === 'you')
  for (const { column, field } of [...chosen, ...columns]) {
    if (field && mapping[field] === undefined) mapping[field] = column
  }
  return mapping
}

/**
 * What each column is, by its header and by its values (rows of texts, up to 100). Values overrule a header that they
 * contradict. A field goes to one column only: the one with the best evidence, of equal ones the first.
 */
export function guessMapping(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): readonly ColumnGuess[] {
  const width = Math.max(headers.length, ...samples.map((row) => row.length))
  const columns = Array.from({ length: width }, (_, column) => {
    const values = lookAt(samples.map((row) => row[column] ?? ''))
    return { column, header: headers[column] ?? '', values }
  })
  const isOurs = (header: string) => isCompanion(header) || OTHER_HEADERS.some((other) => other === header)
  const telling = columns.filter(({ header }) => !isOurs(header) && !isAboutColleague(header))
  const byHeader = telling.flatMap(headerClaim)
  const claims = [...settleNames(byHeader, columns), ...telling.flatMap(valueClaim)]
  const fields = new Map<number, Claim>()
  const taken = new Set<Field>()
  for (const claim of claims.sort((a, b) => b.score - a.score || a.column - b.column)) {
    if (fields.has(claim.column) || taken.has(claim.field)) continue
    fields.set(claim.column, claim)
    taken.add(claim.field)
  }
  return columns.map(({ column, header }) => {
    const claim = fields.get(column)
    return { column, header, field: claim?.field ?? null, how: claim?.how ?? 'none' }
  })
}

/** The zero-based row of the grid that holds headers; undefined when there is none. */
export function findHeaderRow(grid: Grid): number | undefined {
  const rows = grid.slice(0, ROWS_ABOVE_HEADERS)
  for (const [row, cells] of rows.entries()) {
    const filled = cells.filter((cell) => cell.text.trim() !== '')
    const known = filled.filter((cell) => headerField(cell.text) !== undefined).length
    const values = filled.filter(isValue).length
    if (known > values && known * 4 >= filled.length) return row
    if (values > 0 && filled.length > 2) break
  }
  return strangeHeaderRow(rows)
}

/** Titles and notes above the headers take no more than this. */
const ROWS_ABOVE_HEADERS = 20

type Column = { readonly column: number; readonly header: string; readonly values: ColumnValues }

type Claim = {
  readonly column: number
  readonly field: Field
  readonly how: 'header' | 'values'
  /** A header beats values, unless its own are of no kind at all; within headers the more telling spelling wins. */
  readonly score: number
}

function headerClaim({ column, header, values }: Column): readonly Claim[] {
  const match = headerField(header)
  if (!match) return []
  const { kind } = fieldInfo(match.field)
  if (contradicts(kind, values)) return []
  const told = values.filled === 0 ? 10 : canHold(kind, values) ? 12 : 1.5
  return [{ column, field: match.field, how: 'header', score: told - match.rank / 100 }]
}

const FIELD_OF_SHAPE: { readonly [S in ValueShape]?: Field } = {
  email: 'email',
  linkedin_person: 'linkedin_url',
  linkedin_company: 'company_linkedin_url',
  domain: 'domain',
  site: 'website',
  phone: 'phone',
}

function valueClaim({ column, header, values }: Column): readonly Claim[] {
  const field = FIELD_OF_SHAPE[values.shape as ValueShape]
  if (field) return [{ column, field, how: 'values', score: 2 }]
  const nameless = header.trim() === ''
  return nameless && values.shape === 'name' ? [{ column, field: 'full_name', how: 'values', score: 1 }] : []
}

/**
 * "Name" is a family name beside a given name, a given name beside a family name, and the company's name in a list
 * that has nothing of a person.
 */
function settleNames(claims: readonly Claim[], columns: readonly Column[]): readonly Claim[] {
  const has = (field: Field) => claims.some((claim) => claim.field === field)
  return claims.map((claim) => {
    if (claim.field !== 'full_name' || !isNameHeader(columns[claim.column]!.header)) return claim
    if (has('first_name') && !has('last_name')) return { ...claim, field: 'last_name' as const }
    if (has('last_name') && !has('first_name')) return { ...claim, field: 'first_name' as const }
    const others = claims.filter((other) => other !== claim && !SHARED_BY_BOTH.includes(other.field))
    const aboutCompanies = others.length > 0 && others.every(({ field }) => fieldInfo(field).of === 'company')
    return aboutCompanies && !has('company_name') ? { ...claim, field: 'company_name' as const } : claim
  })
}

/** Fields of a contact that lists of companies use too. */
const SHARED_BY_BOTH: readonly Field[] = ['city', 'region', 'country', 'phone', 'time_zone']

// Headers in a language that we do not know: words only, above columns of addresses, numbers or dates.
function strangeHeaderRow(rows: Grid): number | undefined {
  const row = rows.findIndex((cells) => cells.some((cell) => cell.text.trim() !== ''))
  const filled = rows[row]?.filter((cell) => cell.text.trim() !== '') ?? []
  const texts = new Set(filled.map((cell) => foldText(cell.text.trim())))
  if (filled.length < 2 || texts.size < filled.length) return undefined
  if (filled.some((cell) => isValue(cell) || cell.text.length > LONGEST_HEADER)) return undefined
  return rows.slice(row + 1).some((cells) => cells.some(isValue)) ? row : undefined
}

function isValue(cell: CellRead): boolean {
  if (cell.kind === 'number' || cell.kind === 'date' || cell.kind === 'boolean') return true
  return !['name', 'tick', 'text'].includes(shapeOf(cell.text.trim().slice(0, 300)))
}
