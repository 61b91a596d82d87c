import type { Category } from './category'
import { CATEGORY_NAMES, categoryOf } from './category'
import type { Field } from './field'

/** The grounds of GDPR Art. 6(1) on which a list of people at companies can be enriched. */
export const GROUNDS = ['legitimate_interest', 'consent', 'contract', 'legal_obligation'] as const

/** The ground on which people are looked up. */
export type Ground = (typeof GROUNDS)[number]

/** The legal basis of a file: why people are looked up, on what ground, and which kinds of data that takes. */
export type Basis = {
  readonly ground: Ground
  /** The first is that of every kind of data unless it is set otherwise. */
  readonly purposes: readonly string[]
  /** Why it is fair to the people; or how they agreed, or which contract or law it is. */
  readonly note: string
  /** For each kind of data its purpose, by position; null for what is not needed. */
  readonly ties: { readonly [C in Category]: number | null }
  /** Of fields whose purpose is not that of their kind: theirs. */
  readonly fields: { readonly [F in Field]?: number | null }
  /** Who is responsible, and how they are reached; '' before somebody said it. */
  readonly controller: string
}

/** The purpose of a field by its position: its own, otherwise that of its kind; null when it is not needed. */
export function purposeOf({ ties, fields }: Pick<Basis, 'ties' | 'fields'>, field: Field): number | null {
  const own = fields[field]
  return own === undefined ? ties[categoryOf(field)] : own
}

// What few purposes take: a person asks for it, it is not there by default.
const SELDOM: readonly Category[] = ['career', 'private']

/** The usual ties: everything that a first contact takes is for the first purpose, the rest is not needed. */
export function usualTies(): Basis['ties'] {
  const ties = CATEGORY_NAMES.map((category) => [category, SELDOM.includes(category) ? null : 0])
  return Object.fromEntries(ties) as Basis['ties']
}
