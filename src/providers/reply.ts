import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { Names } from './values'

/** The schemas of one vendor, made when they are first used: nothing may run at load. */
export function onFirstUse<T>(make: (z: SchemaTools) => T): () => T {
  let made: T | undefined
  return () => (made ??= make(takeTools(require('zod/mini') as typeof Zod)))
}

/** What schemas of replies are made of: of zod the bundle holds only what the source that requires it names. */
export type SchemaTools = ReturnType<typeof takeTools>

function takeTools(z: typeof Zod) {
  return {
    array: z.array,
    boolean: z.boolean,
    catch: z.catch,
    literal: z.literal,
    nonnegative: z.nonnegative,
    nullable: z.nullable,
    nullish: z.nullish,
    number: z.number,
    object: z.object,
    optional: z.optional,
    record: z.record,
    string: z.string,
    undefined: z.undefined,
    union: z.union,
    unknown: z.unknown,
  }
}

/**
 * Pieces of a reply's schema, no stricter than what is read: a detail of another type is left out. A boolean is never a
 * word: vendors send `true` for what they hide.
 */
export function replyPieces(z: SchemaTools) {
  const detail = <T extends Zod.ZodMiniType>(schema: T) => z.catch(z.nullish(schema), undefined)
  const list = <T extends Zod.ZodMiniType>(schema: T) => detail(z.array(detail(schema)))
  const text = detail(z.string())
  const part = detail(z.union([z.string(), z.number()]))
  const all = <T, N extends string>(piece: T, names: readonly N[]) =>
    Object.fromEntries(names.map((name) => [name, piece])) as { readonly [K in N]: T }
  return {
    detail,
    list,
    text,
    part,
    parts: detail(z.array(part)),
    number: detail(z.number()),
    flag: detail(z.boolean()),
    /** The members of an object that are texts, and those that are texts or numbers. */
    texts: <N extends string>(...names: readonly N[]) => all(text, names),
    words: <N extends string>(...names: readonly N[]) => all(part, names),
    wordsOf: <N extends Names>(names: N) =>
      all(part, Object.values<string>(names)) as { readonly [K in NonNullable<N[keyof N & Field]>]: typeof part },
  }
}
