import type * as Zod from 'zod/mini'
import type { Answer } from '../domain/answer'
import type { Environment } from '../domain/environment'
import { ENVIRONMENTS } from '../domain/environment'
import type { Field } from '../domain/field'
import { isField } from '../domain/field'
import type { Slot } from '../domain/slot'
import { isSlot } from '../domain/slot'
import type { ProvenancePlace, VerificationStatus } from '../domain/finding'
import { PROVENANCE_PLACES, STATUSES } from '../domain/finding'
import type { OperationTally } from '../engine/tallies'
import type { Format, Read } from './versions'
import { parseJson, readVersioned } from './versions'

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
  /** Where a person wants to see who said a value: in the note of its cell, or in columns beside the list. */
  readonly provenance: ProvenancePlace
  /** The public sources that a person ticked, by id (safety S23); settings from before there were any have none. */
  readonly publicSources: readonly string[]
}

/** A key as it is kept, bound to the host that it was entered for (safety S5). */
export interface StoredKey {
  readonly version: 1
  readonly host: string
  readonly key: string
}

/** What the journal holds, one entry a line. */
export type Entry =
  | {
      readonly k: 'reserve'
      readonly batch: string
      readonly questions: readonly string[]
      readonly worst: number
      readonly at: number
    }
  | {
      readonly k: 'answer'
      readonly batch: string
      readonly answer: Answer
      /** The pending answer that it replaces: the run whose budget held its price. */
      readonly was?: { readonly run: string; readonly credits: number }
    }
  | { readonly k: 'release'; readonly batch: string; readonly at: number }
  | Call
  /** What became of the questions to one operation before the journal was folded: `environment/provider/operation`. */
  | ({ readonly k: 'tally'; readonly place: string } & OperationTally)
  | {
      readonly k: 'write'
      readonly run: string
      readonly sheet: number
      /** Row key: the hash of the input cells. */
      readonly row: string
      readonly field: Slot
      /** Hash of the text that was written. */
      readonly hash: string
      readonly at: number
      /** How sure the value was; entries from before rules could ask for it have none. */
      readonly confidence?: number | undefined
      /** Who said it, and what a check of it said; entries from before companion columns do not know. */
      readonly by?: string | undefined
      readonly status?: VerificationStatus | undefined
      /** Set when a person accepted it in Review. */
      readonly chosen?: true | undefined
      /** Set when Undo put back what had been there before us. */
      readonly found?: true | undefined
    }
  /** Values that a person rejected in Review for a cell: all of them by now. */
  | {
      readonly k: 'reject'
      readonly sheet: number
      readonly row: string
      readonly field: Field
      /** `hashText` of their texts. */
      readonly hashes: readonly string[]
      readonly at: number
    }

/**
 * One request as the ledger has it: never a secret, of a person never more than a part of the hash of the key. Its id is
 * that of its batch, which begins with the run.
 */
export interface Call {
  readonly k: 'call'
  readonly batch: string
  /** The random id of the user. */
  readonly by: string
  /** `environment/provider/operation`. */
  readonly place: string
  readonly at: number
  /** How long its wave took. */
  readonly ms: number
  /** 0 when no answer arrived. */
  readonly status: number
  /** How many of its questions had which outcome. */
  readonly outcomes: Outcomes
  readonly credits: number
  /** Credits that may have been charged: the answer was lost. */
  readonly maybe: number
  /** The beginnings of the hashes of its keys. */
  readonly keys: string
}

/** Questions by outcome; `again` is no answer yet. */
export type Outcomes = { readonly [O in Answer['outcome'] | 'again']?: number }

/** What the index holds: the last answer to a question, the last value written to a cell, the values rejected for it. */
export type Kept = Answer | Extract<Entry, { k: 'write' | 'reject' }>

/** What the properties say about the results store, to be compared with what stands in its tabs (safety S19). */
export interface Mark {
  readonly version: 1
  /** The file that the store belongs to. */
  readonly file: string
  /** How often it was folded, adopted or cleared. */
  readonly generation: number
  /** Journal rows on record, its heading included. */
  readonly rows: number
  /** Entries in the index, and the rows that they reach down to. */
  readonly indexed: number
  readonly indexRows: number
  /** Unreadable lines: those in the journal now, and those that were moved to the hidden tab `damaged`. */
  readonly unreadable: number
  readonly movedAside: number
}

/** The settings of a file. */
export function readSettings(text: string): Read<Settings> {
  const z = zod()
  const schema = z.object({
    version: z.literal(1),
    environment: z.enum(ENVIRONMENTS),
    cap: z.number(),
    purpose: z.string(),
    wanted: z.array(z.string()),
    practice: z.nullable(z.number()),
    provenance: z._default(z.enum(PROVENANCE_PLACES), 'notes'),
    publicSources: z._default(z.array(z.string()), []),
  })
  return readVersioned(
    formatOf(schema, (settings): Settings => ({ ...settings, wanted: settings.wanted.filter(isField) })),
    text,
  )
}

/** A stored key. */
export function readStoredKey(text: string): Read<StoredKey> {
  const z = zod()
  return readVersioned(
    formatOf(z.object({ host: z.string(), key: z.string() }), ({ host, key }): StoredKey => ({
      version: 1,
      host,
      key,
    })),
    text,
  )
}

/** What the properties say about the store. */
export function readMark(text: string): Read<Mark> {
  const z = zod()
  const schema = z.object({
    version: z.literal(1),
    file: z.string(),
    generation: z.number(),
    rows: z.number(),
    indexed: z.number(),
    indexRows: z.number(),
    unreadable: z.number(),
    movedAside: z.number(),
  })
  return readVersioned(
    formatOf(schema, (mark): Mark => mark),
    text,
  )
}

/** Makes the reader of journal entries; it gives undefined for a damaged one. */
export function entryReader(): (json: string) => Entry | undefined {
  const z = zod()
  const entry = z.discriminatedUnion('k', [
    z.object({
      k: z.literal('reserve'),
      batch: z.string(),
      questions: z.array(z.string()),
      worst: z.number(),
      at: z.number(),
    }),
    z.object({
      k: z.literal('answer'),
      batch: z.string(),
      answer: answerSchema(),
      was: z.optional(z.object({ run: z.string(), credits: z.number() })),
    }),
    z.object({ k: z.literal('release'), batch: z.string(), at: z.number() }),
    z.object({
      k: z.literal('tally'),
      place: z.string(),
      asked: z.number(),
      found: z.number(),
      credits: z.number(),
      accepted: z.record(z.string(), z.number()),
    }),
    writeSchema(),
    rejectSchema(),
    callSchema(),
  ])
  return (json) => {
    const read = z.safeParse(entry, parseJson(json))
    if (!read.success || ('field' in read.data && !isSlot(read.data.field))) return undefined
    return read.data as Entry
  }
}

/** Makes the reader of index records; it gives undefined for a damaged one. */
export function keptReader(): (json: string) => Kept | undefined {
  const z = zod()
  const kept = z.union([answerSchema(), writeSchema(), rejectSchema()])
  return (json) => {
    const read = z.safeParse(kept, parseJson(json))
    return read.success ? (read.data as Kept) : undefined
  }
}

/** The schema of an answer. */
export function answerSchema() {
  const z = zod()
  const value = z.object({
    value: z.string(),
    confidence: z.number().check(z.minimum(0), z.maximum(1)),
    status: z.optional(z.enum(['valid', 'accept_all', 'risky', 'invalid', 'unknown'])),
    estimated: z.optional(z.literal(true)),
    sourceUrl: z.optional(z.string()),
  })
  return z.object({
    question: z.string(),
    at: z.number(),
    outcome: z.enum(['found', 'not_found', 'objected', 'refused', 'unavailable', 'maybe_charged', 'pending']),
    credits: z.number(),
    ticket: z.optional(z.object({ id: z.string(), run: z.string() })),
    values: z.optional(z.record(z.string(), value)),
    foundAt: z.optional(z.number()),
  })
}

/** What a call of the ledger looks like. */
export function callSchema() {
  const z = zod()
  return z.object({
    k: z.literal('call'),
    batch: z.string(),
    by: z.string(),
    place: z.string(),
    at: z.number(),
    ms: z.number(),
    status: z.number(),
    outcomes: z.record(z.string(), z.number()),
    credits: z.number(),
    maybe: z.number(),
    keys: z.string(),
  })
}

function writeSchema() {
  const z = zod()
  return z.object({
    k: z.literal('write'),
    run: z.string(),
    sheet: z.number(),
    row: z.string(),
    field: z.string(),
    hash: z.string(),
    at: z.number(),
    confidence: z.optional(z.number()),
    by: z.optional(z.string()),
    status: z.optional(z.enum(STATUSES)),
    chosen: z.optional(z.literal(true)),
    found: z.optional(z.literal(true)),
  })
}

function rejectSchema() {
  const z = zod()
  return z.object({
    k: z.literal('reject'),
    sheet: z.number(),
    row: z.string(),
    field: z.string(),
    hashes: z.array(z.string()),
    at: z.number(),
  })
}

/** Version 1 of something kept, by its schema: there is none before it. */
export function formatOf<S extends Zod.ZodMiniType, T>(schema: S, refine: (value: Zod.infer<S>) => T): Format<T> {
  const check = (value: unknown) => {
    const read = zod().safeParse(schema, value)
    return read.success ? refine(read.data) : undefined
  }
  return { version: 1, migrations: [], check }
}
