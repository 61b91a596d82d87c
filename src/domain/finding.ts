import type { Field } from './field'

/** What a vendor says about whether an address or number works. Catch-all is `accept_all`, never `valid`. */
export type VerificationStatus = 'valid' | 'accept_all' | 'risky' | 'invalid' | 'unknown'

/** What a check said, in words after the address. */
export function statusWords(status: VerificationStatus): string {
  switch (status) {
    case 'valid':
      return 'known to work'
    case 'accept_all':
      return 'its mail server accepts every address'
    case 'risky':
      return 'risky'
    case 'invalid':
      return 'known not to work'
    case 'unknown':
      return 'not known whether it works'
  }
}

/** Every status. */
export const STATUSES: readonly VerificationStatus[] = ['valid', 'accept_all', 'risky', 'invalid', 'unknown']

/** Where a person wants to see who said a value: in the note of its cell, or in columns beside the list. */
export const PROVENANCE_PLACES = ['notes', 'columns'] as const

/** One of `PROVENANCE_PLACES`. */
export type ProvenancePlace = (typeof PROVENANCE_PLACES)[number]

/** Who said it, when, from which key, at what price. */
export interface Provenance {
  /** Provider id. */
  readonly provider: string
  /** Operation id within the provider. */
  readonly operation: string
  /** When it was answered, milliseconds since 1970. */
  readonly at: number
  /** Credits that the whole answer cost. */
  readonly credits: number
  /** A public page that shows the value, when the vendor names one. */
  readonly sourceUrl?: string
}

/** A value as an operation returns it: not yet stamped with its provenance. */
export interface Value {
  readonly value: string
  /** The probability (0..1) that this value is right for this person. */
  readonly confidence: number
  readonly status?: VerificationStatus
  /** True when the confidence is our estimate because the vendor gives none. */
  readonly estimated?: true
  readonly sourceUrl?: string
}

/** A value for a field with its confidence, verification status and provenance. */
export interface Finding extends Value {
  readonly field: Field
  readonly provenance: Provenance
  /** Other vendors whose saying the same is part of the confidence. */
  readonly confirmedBy?: readonly string[]
  /** Who gave the status, where it was not the finder. */
  readonly verifiedBy?: string
}

/** The values of one answer, by field. */
export type Values = { readonly [F in Field]?: Value }
