import type { Field } from '../domain/field'
import type { Value, Values } from '../domain/finding'

/** What a vendor says about fields, before it is graded; what is not said may be missing, null or empty. */
export type Said = { readonly [F in Field]?: string | null | undefined }

/** The graded values of what was really said. */
export function saidValues(said: Said, grade: Omit<Value, 'value'>): Values {
  const values: { [F in Field]?: Value } = {}
  for (const [field, text] of Object.entries(said)) {
    const value = text?.trim()
    if (value) values[field as Field] = { value, ...grade }
  }
  return values
}
