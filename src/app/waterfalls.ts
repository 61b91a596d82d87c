import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import { Problem } from '../domain/problem'
import type { OverwriteRule } from '../domain/overwrite'
import { FILL_EMPTY } from '../domain/overwrite'
import type { FieldRule } from '../domain/waterfall'
import { defaultRule } from '../domain/waterfall'
import type { OrderRule } from '../engine/order'
import type { OperationTally } from '../engine/tallies'
import { talliesOf } from '../engine/tallies'
import type { WaterfallRules } from '../engine/world'
import type { Host } from './host'
import { myId } from './run-record'
import { formatOf } from './stored'
import type { Read } from './versions'
import { readVersioned, requireRead } from './versions'

const RULE = 'waterfall:'

// Seventy fields together are to leave room for everything else that a file keeps: an order of about
// thirty vendors.
const MOST_CHARS = 1_000

/** A rule that somebody set, and who did when. */
export interface StoredRule {
  readonly rule: FieldRule
  /** Random id of the person. */
  readonly by: string
  readonly at: number
}

/** What became of the questions of a file so far, by `provider/operation`. */
export type Learned = { readonly [place: string]: OperationTally }

/** The fields of this file whose search somebody set. */
export function editedFields(host: Host): readonly Field[] {
  return FIELD_NAMES.filter((field) => host.document.peek(RULE + field) !== undefined)
}

/** What somebody set for a field; undefined when nobody did. */
export function readRule(host: Host, field: Field): Read<StoredRule> | undefined {
  const text = host.document.peek(RULE + field)
  return text === undefined ? undefined : readStored(text)
}

/** How a field is searched for, as far as that can be read: what is damaged counts as not set. */
export function peekRule(host: Host, field: Field): FieldRule {
  const read = readRule(host, field)
  return read?.kind === 'read' ? read.value.rule : defaultRule(field)
}

/**
 * The searches for these fields. Throws a Problem for one that cannot be read: nobody is asked in another way than the one
 * that a person set.
 */
export function loadRules(
  host: Host,
  fields: readonly Field[],
  learned: Learned,
): WaterfallRules & { readonly overwrite: (field: Field) => OverwriteRule } {
  const edited = new Set(editedFields(host))
  const rules = new Map<Field, FieldRule>()
  const ruleOf = (field: Field): FieldRule => {
    const known = rules.get(field) ?? (edited.has(field) ? requireRule(host, field) : defaultRule(field))
    rules.set(field, known)
    return known
  }
  fields.forEach(ruleOf)
  return {
    stop: ruleOf,
    overwrite: (field) => ruleOf(field).overwrite,
    order: (field) => orderOf(ruleOf(field), talliesOf(field, learned)),
    asks: (field, provider) => !ruleOf(field).off.includes(provider),
  }
}

function orderOf({ order }: FieldRule, tallies: ReturnType<typeof talliesOf>): OrderRule {
  return order === 'automatic' ? { kind: 'automatic', tallies } : { kind: 'given', vendors: order }
}

function requireRule(host: Host, field: Field): FieldRule {
  const read = readRule(host, field)
  if (!read) return defaultRule(field)
  if (read.kind === 'damaged')
    throw new Problem(
      `How ${fieldInfo(field).label} is searched for could not be read: somebody may have changed it. Nothing was spent. Open Waterfall and set it again.`,
      'open_waterfall',
    )
  return requireRead(read, '').rule
}

/** Keeps how a field is searched for, or goes back to the usual way with `null`. */
export function saveRule(host: Host, field: Field, rule: FieldRule | null): void {
  if (rule && !(rule.threshold >= 0 && rule.threshold <= 1))
    throw new Problem('How sure a value must be is a share between 0 and 100 %.')
  if (rule && rule.accepts.length === 0)
    throw new Problem('Tick at least one kind of value that may be written: otherwise nothing ever is.')
  // What a newer version keeps there is not overwritten.
  const before = readRule(host, field)
  if (before?.kind === 'newer') requireRead(before, '')
  const text = rule ? JSON.stringify({ version: 1, rule, by: myId(host), at: host.now() }) : undefined
  if (text && text.length > MOST_CHARS)
    throw new Problem(
      'That lists more vendors than can be kept. List those that you use; the others follow by themselves.',
    )
  host.document.set(RULE + field, text)
}

/** The schema of a rule as a person sets it. */
export function ruleSchema() {
  const z = require('zod/mini') as typeof Zod
  const vendors = z.array(z.string().check(z.maxLength(60))).check(z.maxLength(60))
  return z.object({
    order: z.union([z.literal('automatic'), vendors]),
    off: vendors,
    threshold: z.number().check(z.minimum(0), z.maximum(1)),
    accepts: z.array(z.enum(['valid', 'accept_all', 'risky', 'unknown', 'unverified'])),
    agreement: z.enum(['counts', 'ignored']),
    verify: z.enum(['before_writing', 'never']),
    overwrite: z._default(overwriteSchema(), FILL_EMPTY),
  })
}

// Beyond these somebody has slipped: our choice.
const MOST_DAYS = 3_650

/** The schema of what may be written over. */
export function overwriteSchema() {
  const z = require('zod/mini') as typeof Zod
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fill_empty') }),
    z.object({ kind: z.literal('more_confident'), margin: z.number().check(z.minimum(0), z.maximum(1)) }),
    z.object({ kind: z.literal('refresh'), days: z.number().check(z.minimum(1), z.maximum(MOST_DAYS)) }),
    z.object({ kind: z.literal('replace_invalid') }),
    z.object({
      kind: z.literal('beside'),
      margin: z.number().check(z.minimum(0), z.maximum(1)),
      known: z.optional(z.literal(true)),
    }),
    z.object({ kind: z.literal('never') }),
  ])
}

function readStored(text: string): Read<StoredRule> {
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({ version: z.literal(1), rule: ruleSchema(), by: z.string(), at: z.number() })
  return readVersioned(
    formatOf(schema, ({ rule, by, at }): StoredRule => ({ rule, by, at })),
    text,
  )
}
