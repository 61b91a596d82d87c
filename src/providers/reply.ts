import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { Names } from './values'

/**
 * Pieces of a reply's schema, no stricter than what is read: a detail of another type is left out. A boolean is never a
 * word: vendors send `true` for what they hide.
 */
export function replyPieces(z: typeof Zod) {
  const detail = <T extends Zod.ZodMiniType>(schema: T) => z.catch(z.nullish(schema), undefined)
  const part = detail(z.union([z.string(), z.number()]))
  const words = <N extends string>(...names: readonly N[]) =>
    Object.fromEntries(names.map((name) => [name, part])) as { readonly [K in N]: typeof part }
  const wordsOf = <N extends Names>(names: N) =>
    words(...Object.values<string>(names)) as { readonly [K in NonNullable<N[keyof N & Field]>]: typeof part }
  return { detail, part, parts: detail(z.array(part)), flag: detail(z.boolean()), words, wordsOf }
}
