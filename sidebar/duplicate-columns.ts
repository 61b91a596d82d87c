import type { ColumnView } from '../src/app/api-types'
import { fieldInfo } from '../src/domain/field'
import { MARK_HEADERS, OTHER_HEADERS } from '../src/domain/row-print'
import { kindOfColumn } from '../src/matching/kinds'
import type { ColumnKind, List } from '../src/matching/list'
import { listAbout } from '../src/matching/list'
import type { MergeKind } from '../src/matching/merge'

/** What a column is for in the search for duplicates. `crm_id`: a row that has one wins a merge. */
export type ColumnUse = MergeKind | 'crm_id'

/** The uses as the screen names them, in the order in which they are offered. */
export const USE_WORDS: { readonly [U in ColumnUse]: string } = {
  full_name: 'Full name',
  given_name: 'First name',
  family_name: 'Last name',
  email: 'Email',
  phone: 'Phone',
  linkedin: 'LinkedIn profile',
  company: 'Company',
  domain: 'Website or domain',
  job_title: 'Job title',
  birth_date: 'Date of birth',
  address: 'Street',
  postcode: 'Postcode',
  city: 'City',
  id: 'Number that only one has (tax, register)',
  crm_id: 'Id in your CRM',
  updated: 'Date of the last change',
  notes: 'Notes or tags',
  text: 'Other details, compared',
  other: 'Not compared',
}

/** Whether a text names a use. */
export function isUse(text: string): text is ColumnUse {
  return Object.prototype.hasOwnProperty.call(USE_WORDS, text)
}

const USE_OF_HEADER: readonly (readonly [header: RegExp, use: ColumnUse])[] = [
  [/\b(notes?|comments?|remarks?|tags?)\b/i, 'notes'],
  [/\b(updated|modified|last (change|activity|contact))\b/i, 'updated'],
]

const CRM_ID = /\b(crm|salesforce|hubspot|pipedrive|record|contact|account|lead)[ _-]?id\b|^id$/i

/** What each column is taken for, and what a row is, until a person corrects it. */
export function guessUses(columns: readonly ColumnView[]): {
  readonly uses: readonly ColumnUse[]
  readonly about: List['about']
} {
  const about = listAbout(usesIn('contact', columns).map(comparedAs))
  return { uses: usesIn(about, columns), about }
}

/** What each column of a list of contacts, or of companies, is taken for. */
export function usesIn(about: List['about'], columns: readonly ColumnView[]): readonly ColumnUse[] {
  return columns.map((column) => useOf(about, column))
}

function useOf(about: List['about'], column: ColumnView): ColumnUse {
  const { field, header } = column
  if (isOurs(header)) return 'other'
  if (field === 'job_title') return 'job_title'
  if (!field && CRM_ID.test(header)) return 'crm_id'
  const kind = kindOfColumn(about, column)
  if (kind !== 'other' || field) return kind
  return USE_OF_HEADER.find(([words]) => words.test(header))?.[1] ?? 'other'
}

/** Whether a column is one that the product added for duplicates. */
export function isOurs(header: string): boolean {
  return ([...MARK_HEADERS, ...OTHER_HEADERS] as readonly string[]).includes(header)
}

// As sheet/companions.ts heads them.
const COMPANION = /^(.+) \((?:source|confidence|check|date)\)$/

/** By column that tells of a value, for example `Email (source)`: the column of that value, which it goes with. */
export function companionsIn(columns: readonly ColumnView[]): ReadonlyMap<number, number> {
  const holders = new Map(columns.flatMap(({ field, column }) => (field ? [[fieldInfo(field).label, column]] : [])))
  return new Map(
    columns.flatMap(({ header, column }) => {
      const holder = holders.get(COMPANION.exec(header)?.[1] ?? '')
      return holder === undefined ? [] : [[column, holder] as const]
    }),
  )
}

/** How a column is compared. */
export function comparedAs(use: ColumnUse): ColumnKind {
  switch (use) {
    case 'job_title':
    case 'updated':
    case 'notes':
    case 'crm_id':
      return 'other'
    default:
      return use
  }
}

/** How the values of a column are chosen from in a merge. */
export function mergedAs(use: ColumnUse): MergeKind {
  return use === 'crm_id' ? 'other' : use
}
