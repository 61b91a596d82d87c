import type * as Zod from 'zod/mini'
import { Problem } from '../domain/problem'
import type { Limits, Provider, Terms } from '../domain/provider'
import { limitGroups, withTerms } from '../engine/terms'
import type { Host } from './host'
import { myId } from './run-record'
import { formatOf } from './stored'
import type { Read } from './versions'
import { newerProblem, readVersioned } from './versions'
import { withLock } from './with-lock'

const TERMS = 'terms'

// Beyond these somebody has slipped: our choice.
const LEAST_PRICE = 0.01
const MOST_PRICE = 10_000
const MOST_CALLS = 1_000_000
const LEAST_AMOUNT = 0.000_001

/** The terms of a vendor that somebody set, and who did when. */
export interface StoredTerms extends Terms {
  /** Random id of the person. */
  readonly by: string
  readonly at: number
}

/** The terms of all vendors that somebody set, by vendor. */
export type AllTerms = { readonly [vendor: string]: StoredTerms }

/** The terms that are set in this file; what is damaged is said, not passed over. */
export function readTerms(host: Host): Read<AllTerms> {
  return readText(host.document.peek(TERMS))
}

/** The terms that are set in this file, as far as they can be read. */
export function peekTerms(host: Host): AllTerms {
  const read = readTerms(host)
  return read.kind === 'read' ? read.value : {}
}

function readText(text: string | undefined): Read<AllTerms> {
  return text === undefined ? { kind: 'read', value: {} } : readStored(text)
}

/** The terms that are set in this file. Throws a Problem when they cannot be read: nobody is asked at another price. */
export function loadTerms(host: Host): AllTerms {
  const read = readTerms(host)
  switch (read.kind) {
    case 'read':
      return read.value
    case 'newer':
      throw newerProblem()
    case 'damaged':
      throw new Problem(
        'The prices and limits of your vendors could not be read: somebody may have changed them. Nothing was spent. Open Vendors and set them again.',
        'open_vendors',
      )
  }
}

/** A vendor as this file has it. */
export function onTerms(provider: Provider, terms: AllTerms): Provider {
  const own = terms[provider.id]
  return own ? withTerms(provider, own) : provider
}

/** Keeps what a person says that a vendor costs and allows; with `null` its usual terms. Throws a Problem for what cannot be. */
export function saveTerms(host: Host, provider: Provider, terms: Terms | null): void {
  const checked = terms && checkTerms(provider, terms)
  withLock(host, () => {
    const read = readText(host.document.get(TERMS))
    if (read.kind === 'newer') throw newerProblem()
    const { [provider.id]: _before, ...others } = read.kind === 'read' ? read.value : {}
    const vendors = checked ? { ...others, [provider.id]: { ...checked, by: myId(host), at: host.now() } } : others
    const isNone = Object.keys(vendors).length === 0
    host.document.set(TERMS, isNone ? undefined : JSON.stringify({ version: 1, vendors }))
  })
}

/** What differs from the usual; undefined when nothing does. */
function checkTerms(provider: Provider, given: Terms): Terms | undefined {
  const prices: { [operation: string]: number } = {}
  for (const { id, price } of provider.operations) {
    const credits = given.prices[id]
    if (credits === undefined || (credits === price.credits && price.charge !== 'unsourced')) continue
    // What costs nothing may be sent again when an answer is lost: a vendor that charges must not look like that.
    if (!(credits >= LEAST_PRICE && credits <= MOST_PRICE))
      throw new Problem(
        `A price of ${provider.name} must be between ${LEAST_PRICE} and ${MOST_PRICE.toLocaleString('en')} credits.`,
      )
    prices[id] = credits
  }
  const limits: { [group: string]: Limits } = {}
  for (const { id, limits: usual } of limitGroups(provider)) {
    const { perSecond, perMinute } = given.limits[id] ?? {}
    const own: Limits = {
      ...(perSecond !== undefined && perSecond !== usual.perSecond && { perSecond: calls(provider, perSecond) }),
      ...(perMinute !== undefined && perMinute !== usual.perMinute && { perMinute: calls(provider, perMinute) }),
    }
    if (Object.keys(own).length > 0) limits[id] = own
  }
  const { perDay, money, plan } = given
  const more = {
    ...(perDay !== undefined && { perDay: calls(provider, perDay) }),
    ...(money && { money }),
    ...(plan && { plan }),
  }
  return Object.keys({ ...prices, ...limits, ...more }).length === 0 ? undefined : { prices, limits, ...more }
}

function calls({ name }: Provider, count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= MOST_CALLS) return count
  throw new Problem(`A limit of ${name} must be a whole number of calls, 1 or more.`)
}

// What a person says about their account: it changes no price, so what is not sound is refused and nothing more.
function accountSchema() {
  const z = require('zod/mini') as typeof Zod
  const amount = z.number().check(z.minimum(LEAST_AMOUNT), z.maximum(MOST_CALLS))
  return {
    money: z.exactOptional(z.object({ currency: z.string().check(z.regex(/^[A-Z]{3}$/)), perCredit: amount })),
    plan: z.exactOptional(
      z.object({
        credits: amount,
        carriesOver: z.boolean(),
        renewsOn: z.int().check(z.minimum(1), z.maximum(31)),
      }),
    ),
  }
}

/** The schema of terms as a person sets them. */
export function termsSchema() {
  const z = require('zod/mini') as typeof Zod
  const limits = z.object({ perSecond: z.optional(z.number()), perMinute: z.optional(z.number()) })
  return z.object({
    prices: z.record(z.string(), z.number()),
    limits: z.record(z.string(), limits),
    perDay: z.optional(z.number()),
    ...accountSchema(),
  })
}

// Everybody who can edit the file can write its properties with a script of their own: what is kept is checked as if it
// had just been entered.
function readStored(text: string): Read<AllTerms> {
  const z = require('zod/mini') as typeof Zod
  const count = z.optional(z.number().check(z.minimum(1), z.maximum(MOST_CALLS)))
  const vendor = z.object({
    prices: z.record(z.string(), z.number().check(z.minimum(LEAST_PRICE), z.maximum(MOST_PRICE))),
    limits: z.record(z.string(), z.object({ perSecond: count, perMinute: count })),
    perDay: count,
    ...accountSchema(),
    by: z.string(),
    at: z.number(),
  })
  const schema = z.object({ version: z.literal(1), vendors: z.record(z.string(), vendor) })
  return readVersioned(
    formatOf(schema, ({ vendors }) => vendors as AllTerms),
    text,
  )
}
