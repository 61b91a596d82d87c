import type { Field } from './field'

/** What is known about one row: a contact, their company, or both. Values are normalised, empty ones are absent. */
export type Lead = { readonly [F in Field]?: string }
