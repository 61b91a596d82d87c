/** What a column of a list says about a row's contact or company. `other` columns are carried along and never compared. */
export type ColumnKind =
  | 'given_name'
  | 'family_name'
  | 'full_name'
  | 'email'
  | 'phone'
  | 'linkedin'
  | 'company'
  | 'domain'
  | 'birth_date'
  | 'id'
  | 'postcode'
  | 'address'
  | 'city'
  | 'text'
  | 'other'

/** A list in which duplicates are looked for: the cells as people see them. */
export interface List {
  /** What a row is. */
  readonly about: 'contact' | 'company'
  /** One kind a column. */
  readonly kinds: readonly ColumnKind[]
  readonly rows: readonly (readonly string[])[]
}

/** A contact when a column says so, a company otherwise. */
export function listAbout(kinds: readonly ColumnKind[]): List['about'] {
  const personal: readonly ColumnKind[] = ['given_name', 'family_name', 'full_name', 'linkedin', 'birth_date']
  return kinds.some((kind) => personal.includes(kind)) ? 'contact' : 'company'
}
