import type * as Zod from 'zod/mini'
import type { Answer } from '../domain/answer'
import type { Environment } from '../domain/environment'
import { ENVIRONMENTS } from '../domain/environment'
import type { Field } from '../domain/field'
import { isField } from '../domain/field'
import { Problem } from '../domain/problem'

// Loaded on first use: the schemas are not needed to open a menu or to clean a phone number in a cell.
const zod = () => require('zod/mini') as typeof Zod

/** Settings of a file. */
export interface Settings {
  readonly version: 1
  readonly environment: Environment
  readonly cap: number
  readonly purpose: string
  readonly wanted: readonly Field[]
  /** The practice tab that training made, by sheet id. */
  readonly practice: number | null
}

/** A key as it is kept, bound to the host that it was entered for (safety S5). */
export interface StoredKey {
  readonly host: string
  readonly key: string
}

/** What the journal holds, one entry a row. */
export type Entry =
  | {
      readonly k: 'reserve'
      readonly batch: string
      readonly questions: readonly string[]
      readonly worst: number
      readonly at: number
    }
  | { readonly k: 'answer'; readonly batch: string; readonly answer: Answer }
  | { readonly k: 'release'; readonly batch: string; readonly at: number }
  | {
      readonly k: 'write'
      readonly run: string
      readonly sheet: number
      /** Row key: the hash of the input cells. */
      readonly row: string
      readonly field: Field
      /** Hash of the text that was written. */
      readonly hash: string
      readonly at: number
    }

/** Parses JSON that we wrote; undefined when it was damaged or made by someone else. */
export function readSettings(text: string): Settings | undefined {
  const z = zod()
  return parse(
    z.object({
      version: z.literal(1),
      environment: z.enum(ENVIRONMENTS),
      cap: z.number(),
      purpose: z.string(),
      wanted: z.array(z.string()),
      practice: z.nullable(z.number()),
    }),
    text,
    (settings) => ({ ...settings, wanted: settings.wanted.filter(isField) }),
  )
}

/** A stored key, or undefined when the entry is damaged. */
export function readStoredKey(text: string): StoredKey | undefined {
  const z = zod()
  return parse(z.object({ host: z.string(), key: z.string() }), text, (key) => key)
}

/** A journal entry, or undefined when it is damaged. */
export function readEntry(json: string): Entry | undefined {
  const z = zod()
  const value = z.object({
    value: z.string(),
    confidence: z.number().check(z.minimum(0), z.maximum(1)),
    status: z.optional(z.enum(['valid', 'accept_all', 'risky', 'invalid', 'unknown'])),
    estimated: z.optional(z.literal(true)),
    sourceUrl: z.optional(z.string()),
  })
  const answer = z.object({
    question: z.string(),
    at: z.number(),
    outcome: z.enum(['found', 'not_found', 'objected', 'refused', 'unavailable', 'maybe_charged']),
    credits: z.number(),
    values: z.optional(z.record(z.string(), value)),
  })
  const entry = z.discriminatedUnion('k', [
    z.object({
      k: z.literal('reserve'),
      batch: z.string(),
      questions: z.array(z.string()),
      worst: z.number(),
      at: z.number(),
    }),
    z.object({ k: z.literal('answer'), batch: z.string(), answer }),
    z.object({ k: z.literal('release'), batch: z.string(), at: z.number() }),
    z.object({
      k: z.literal('write'),
      run: z.string(),
      sheet: z.number(),
      row: z.string(),
      field: z.string(),
      hash: z.string(),
      at: z.number(),
    }),
  ])
  return parse(entry, json, (read) => (read.k === 'write' && !isField(read.field) ? undefined : (read as Entry)))
}

function parse<S extends Zod.ZodMiniType, T>(
  schema: S,
  text: string,
  refine: (value: Zod.infer<S>) => T,
): T | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const read = zod().safeParse(schema, json)
  return read.success ? refine(read.data) : undefined
}

/** The problem of a store that cannot be read: nothing is overwritten, nothing is spent. */
export function damaged(what: string): Problem {
  return new Problem(`${what} could not be read: somebody may have changed it. Nothing was spent or written.`, 'reload')
}
