import type { ColumnView } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { MARK_HEADERS, OTHER_HEADERS } from '../src/domain/row-print'
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

const USE_OF_FIELD: { readonly [F in Field]?: ColumnUse } = {
  full_name: 'full_name',
  first_name: 'given_name',
  last_name: 'family_name',
  email: 'email',
  personal_email: 'email',
  phone: 'phone',
  mobile_phone: 'phone',
  linkedin_url: 'linkedin',
  company_name: 'company',
  domain: 'domain',
  website: 'domain',
  job_title: 'job_title',
  city: 'city',
  registration_number: 'id',
}

// What is a company's own says nothing about which of its people a row is.
const USE_IN_COMPANIES: { readonly [F in Field]?: ColumnUse } = {
  company_email: 'email',
  company_phone: 'phone',
  legal_name: 'company',
  hq_address: 'address',
  hq_city: 'city',
  hq_postal_code: 'postcode',
}

const USE_OF_HEADER: readonly (readonly [header: RegExp, use: ColumnUse])[] = [
  [/\b(crm|salesforce|hubspot|pipedrive|record|contact|account|lead)[ _-]?id\b|^id$/i, 'crm_id'],
  [/\b(birth ?da(te|y)|date of birth|dob|born)\b/i, 'birth_date'],
  [/\b(zip|post ?code|postal ?code|plz)\b/i, 'postcode'],
  [/\b(street|address)\b/i, 'address'],
  [/\b(notes?|comments?|remarks?|tags?)\b/i, 'notes'],
  [/\b(updated|modified|last (change|activity|contact))\b/i, 'updated'],
]

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
  return columns.map((column) => useOf(column, about === 'contact' ? {} : USE_IN_COMPANIES))
}

function useOf({ field, header }: ColumnView, more: typeof USE_IN_COMPANIES): ColumnUse {
  if (isOurs(header)) return 'other'
  if (field) return more[field] ?? USE_OF_FIELD[field] ?? 'other'
  return USE_OF_HEADER.find(([words]) => words.test(header))?.[1] ?? 'other'
}

/** Whether a column is one that the product added for duplicates. */
export function isOurs(header: string): boolean {
  return ([...MARK_HEADERS, ...OTHER_HEADERS] as readonly string[]).includes(header)
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
