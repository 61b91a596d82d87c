/** Why two rows are taken for the same contact or company. */
export type Reason =
  | 'same email'
  | 'same LinkedIn profile'
  | 'same name at the same domain'
  | 'same name at the same company'
  | 'same company domain'
  | 'same company LinkedIn page'

/** Rows that are the same contact or company, by index, smallest first, each with the reasons that tie it to others. */
export type Cluster = {
  readonly rows: readonly { readonly row: number; readonly reasons: readonly Reason[] }[]
}
