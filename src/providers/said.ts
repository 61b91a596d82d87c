import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { Value, Values } from '../domain/finding'

/** What a vendor says about fields, in its own words; what it leaves blank is left out. */
export type Said = { readonly [F in Field]?: string | number | null | undefined }

/** The values of what is said, all worth the same. */
export function valuesOf(said: Said, worth: Omit<Value, 'value'>): Values {
  const values: { [F in Field]?: Value } = {}
  for (const [field, text] of Object.entries(said)) {
    const value = clean(text)
    if (value) values[field as Field] = { value, ...worth }
  }
  return values
}

/** The text or number without the blanks around it; nothing when nothing is left. */
export function clean(text: string | number | null | undefined): string | undefined {
  return typeof text === 'number' ? String(text) : text?.trim() || undefined
}

/** The text when it may be an email address: not a word such as `n/a`, not blank. */
export function addressIn(text: string | null | undefined): string | undefined {
  const address = clean(text)
  return address?.includes('@') ? address : undefined
}

/** The items of a list as one text that `normalizeList` takes apart again. */
export function listOf(items: readonly (string | null | undefined)[] | null | undefined): string | undefined {
  const texts = (items ?? []).flatMap((item) => clean(item) ?? [])
  return texts.join(texts.some((text) => text.includes(',')) ? '; ' : ', ') || undefined
}

/** The schemas of one vendor, made when they are first used: nothing may run at load. */
export function onFirstUse<T>(make: (z: typeof Zod) => T): () => T {
  let made: T | undefined
  return () => (made ??= make(require('zod/mini') as typeof Zod))
}

/** Parts of schemas that leave out a detail of a wrong type instead of refusing the whole answer for it. */
export function details(z: typeof Zod) {
  const detail = <T extends Zod.ZodMiniType>(schema: T) => z.catch(z.nullish(schema), undefined)
  return {
    detail,
    text: detail(z.string()),
    flag: detail(z.boolean()),
    number: detail(z.number()),
    amount: detail(z.union([z.string(), z.number()])),
    texts: detail(z.array(detail(z.string()))),
  }
}
