import type { Field } from '../domain/field'
import type { ColumnKind, List } from './list'

const KIND_OF_FIELD: { readonly [F in Field]?: ColumnKind } = {
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
  city: 'city',
  registration_number: 'id',
}

// What is a company's own says nothing about which of its people a row is.
const KIND_IN_COMPANIES: { readonly [F in Field]?: ColumnKind } = {
  company_email: 'email',
  company_phone: 'phone',
  legal_name: 'company',
  hq_address: 'address',
  hq_city: 'city',
  hq_postal_code: 'postcode',
}

const KIND_OF_HEADER: readonly (readonly [header: RegExp, kind: ColumnKind])[] = [
  [/\b(birth ?da(te|y)|date of birth|dob|born)\b/i, 'birth_date'],
  [/\b(zip|post ?code|postal ?code|plz)\b/i, 'postcode'],
  [/\b(street|address)\b/i, 'address'],
]

/** How a column is compared in a list of contacts or of companies, by the field that it is or else by its header. */
export function kindOfColumn(
  about: List['about'],
  { field, header }: { readonly field: Field | null; readonly header: string },
): ColumnKind {
  if (!field) return KIND_OF_HEADER.find(([words]) => words.test(header))?.[1] ?? 'other'
  return (about === 'company' ? KIND_IN_COMPANIES[field] : undefined) ?? KIND_OF_FIELD[field] ?? 'other'
}
