import type { Field, FieldKind } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import type { Lead } from '../domain/lead'
import { countryCode } from '../normalize/country'
import { companyDomain } from '../normalize/domain'
import { splitPersonName } from '../normalize/person-name'
import { normalizeValue } from '../normalize/value'
import { saysNothing } from './column-values'
import { columnsFollowed } from './follows'
import type { CellRead, Grid } from './grid'
import type { Mapping } from './mapping'
import { isPending } from './pending'

/** A mapped cell; `follows` are the fields at whose cells its formula looks: it shows something else once they are filled. */
export type MappedCell = CellRead & { readonly follows?: readonly Field[] }

/** The mapped cells of a row as they were read. */
export type MappedCells = { readonly [F in Field]?: MappedCell }

/** A value that could not be understood, and why, in words. */
export type Unreadable = { readonly field: Field; readonly text: string; readonly reason: string }

/** One row of the sheet: the lead in it, and the cells that it was read from. `row` is zero-based. */
export type RowLead = {
  readonly row: number
  readonly lead: Lead
  readonly cells: MappedCells
  readonly unreadable: readonly Unreadable[]
}

/** Where to read leads from. `firstRow` is the sheet row of the grid's first row; the grid starts at column A. */
export type LeadSource = {
  readonly grid: Grid
  readonly firstRow: number
  readonly mapping: Mapping
  /** Two-letter code of the country that phone numbers without a prefix belong to, unless the row names one. */
  readonly country: string | undefined
}

type Draft = { [F in Field]?: string }

/** A longer text is no contact detail; reading it would cost time for nothing. */
const LONGEST_VALUE = 2000

/** Why a text is no value of its kind, in words. */
const NOT_READ: { readonly [K in FieldKind]: string } = {
  email: 'not an email address',
  phone: 'not a phone number',
  domain: 'not a domain',
  linkedin_person: 'not the address of a LinkedIn profile',
  linkedin_company: 'not the address of a LinkedIn company page',
  url: 'not a web address',
  person_name: 'not a name',
  given_name: 'not a name',
  family_name: 'not a name',
  company_name: 'not a company name',
  country: 'not a country that we know',
  number: 'not a number',
  year: 'not a year',
  date: 'not a date that can be read in one way only',
  list: 'nothing to read',
  status: 'nothing to read',
  text: 'nothing to read',
}

/** One row lead for each row of the grid, in order. Never throws, whatever the cells hold. */
export function readLeads({ grid, firstRow, mapping, country }: LeadSource): readonly RowLead[] {
  const fields = FIELD_NAMES.filter((field) => mapping[field] !== undefined)
  const followed = columnsFollowed(grid)
  return grid.map((line, index) => {
    const cells: { [F in Field]?: MappedCell } = {}
    for (const field of fields) {
      const cell = line[mapping[field]!] ?? { text: '', kind: 'empty', formula: false }
      const columns = followed(cell)
      cells[field] = columns.size > 0 ? { ...cell, follows: fields.filter((one) => columns.has(mapping[one]!)) } : cell
    }
    return lazily(firstRow + index, cells, country)
  })
}

// Finding rows again needs their cells alone, several times a run: the lead is worked out when somebody asks for it.
function lazily(row: number, cells: MappedCells, country: string | undefined): RowLead {
  let read: ReturnType<typeof readCells> | undefined
  const values = () => (read ??= readCells(cells, country))
  return {
    row,
    cells,
    get lead() {
      return values().lead
    },
    get unreadable() {
      return values().unreadable
    },
  }
}

function readCells(cells: MappedCells, country: string | undefined): Pick<RowLead, 'lead' | 'unreadable'> {
  const lead: Draft = {}
  const unreadable: Unreadable[] = []
  const named = cells.country?.text ?? cells.hq_country?.text ?? ''
  const context = contextOf(countryCode(named.slice(0, LONGEST_VALUE)) ?? country)
  for (const field of Object.keys(cells) as Field[]) {
    const cell = cells[field]!
    const text = cell.text.trim()
    if (text === '') continue
    const { kind } = fieldInfo(field)
    const reason = whyNot(cell, kind)
    const value = reason ? undefined : normalizeValue(kind, text, context)
    if (value) lead[field] = value
    else unreadable.push({ field, text, reason: reason ?? NOT_READ[kind] })
  }
  return { lead: derive(lead), unreadable }
}

function whyNot({ kind: found, text }: CellRead, kind: FieldKind): string | undefined {
  const free = kind === 'text' || kind === 'list'
  if (found === 'error') return 'the cell shows an error'
  if (isPending(text.trim()) && !free) return 'the cell waits for its value'
  // People may be called Null or Blank; a company of such a name would hardly be found by it.
  if (kind === 'company_name' && saysNothing(text.trim())) return 'it says that there is none'
  if (text.length > LONGEST_VALUE && !free) return 'the text is too long'
  if (found === 'date' && !free && kind !== 'date' && kind !== 'year') return 'the cell holds a date'
  if (found === 'boolean' && !free && kind !== 'status') return 'the cell holds TRUE or FALSE'
  return undefined
}

/** Adds what follows from other cells: names from the full name, the domain from the website or an email at work. */
function derive(lead: Draft): Lead {
  const name = lead.full_name && !(lead.first_name && lead.last_name) ? splitPersonName(lead.full_name) : undefined
  const domain =
    lead.domain ?? firstDomain([lead.website, lead.email, lead.company_email].filter((text) => text !== undefined))
  return {
    ...lead,
    ...(name?.given && !lead.first_name ? { first_name: name.given } : {}),
    ...(name?.family && !lead.last_name ? { last_name: name.family } : {}),
    ...(domain ? { domain } : {}),
  }
}

function firstDomain(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const domain = companyDomain(text)
    if (domain) return domain
  }
  return undefined
}

function contextOf(country: string | undefined): { readonly country?: string } {
  return country === undefined ? {} : { country }
}
