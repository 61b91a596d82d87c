import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Value, Values } from '../domain/finding'
import type { LookupKind } from '../domain/lookup-key'
import { LOOKUPS } from '../domain/lookup-key'

/** A word or a number as a vendor sends it. */
export type Part = string | number | null | undefined

/** What a vendor says, by field: one part, or the parts of a list. */
export type Said = { readonly [F in Field]?: Part | readonly Part[] }

/** The names that a vendor gives to fields whose words it sends as they are. */
export type Names = { readonly [F in Field]?: string }

/** The fields of such a table. */
export function fieldsOf(...tables: readonly Names[]): readonly Field[] {
  return tables.flatMap((names) => Object.keys(names) as Field[])
}

/** What a reply says under these names. */
export function named<N extends Names>(
  names: N,
  reply: { readonly [name in NonNullable<N[keyof N & Field]>]?: Part },
): Said {
  const parts: { readonly [name: string]: Part } = reply
  return Object.fromEntries(Object.entries(names).map(([field, name]) => [field, parts[name]]))
}

/** The values of what was said, all worth the same; what is empty is left out. */
export function valuesOf(said: Said, worth: Omit<Value, 'value'>): Values {
  const values: { [F in Field]?: Value } = {}
  for (const [field, parts] of Object.entries(said)) {
    const value = typeof parts === 'object' && parts !== null ? listOf(parts) : clean(parts)
    if (value) values[field as Field] = { value, ...worth }
  }
  return values
}

/** The text of a part without blanks around it; nothing when it is empty or a number that would not be plain digits. */
export function clean(part: Part): string | undefined {
  if (typeof part === 'number') return /^-?\d+(\.\d+)?$/.test(String(part)) ? String(part) : undefined
  return part?.trim() || undefined
}

/** An email address as it came; nothing for words such as "not available". */
export function addressOf(part: Part): string | undefined {
  const text = clean(part)
  return text?.includes('@') ? text : undefined
}

/** The fields that are news to who asks by this kind of key; a title keeps the company that it was held at. */
export function newsBy(by: LookupKind, fields: readonly Field[]): readonly Field[] {
  const asked: readonly Field[] = LOOKUPS[by]
  return fields.filter((field) => !asked.includes(field) || fieldInfo(field).together)
}

/** The values of these fields alone. */
export function only(values: Values, fields: readonly Field[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field as Field)))
}

// A list is split at semicolons, or at commas where it has none: a single part must not hold a comma.
function listOf(parts: readonly Part[]): string | undefined {
  const texts = parts.map(clean).filter((text) => text !== undefined)
  return texts.length === 1 ? clean(texts[0]?.replace(/[\s,]*,[\s,]*/g, ' ')) : texts.join('; ')
}
