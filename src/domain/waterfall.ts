import type { Field } from './field'
import { fieldInfo } from './field'
import type { VerificationStatus } from './finding'
import type { OverwriteRule } from './overwrite'
import { FILL_EMPTY } from './overwrite'
import type { Operation, Provider } from './provider'

/** One step: an operation of a provider. */
export interface Step {
  readonly provider: Provider
  readonly operation: Operation
}

/** A step with the reason for its place, as a sentence for people. */
export interface OrderedStep extends Step {
  readonly reason: string
}

/** What is known of whether a value works: its status, or that nobody has verified it. */
export type Verified = VerificationStatus | 'unverified'

/** When the search for a field ends. */
export interface StopRule {
  /** The confidence (0..1) from which on a value is good. */
  readonly threshold: number
  /** What a value may be to be written; others go to review. `invalid` is never written, whatever stands here. */
  readonly accepts: readonly Verified[]
  /** Whether the confidences of independent vendors that say the same value add up. */
  readonly agreement: 'counts' | 'ignored'
  /** Whether an address that its finder has not verified goes to a verifier before it is accepted. */
  readonly verify: 'before_writing' | 'never'
}

/** What a person may set for the search for one field of a file. */
export interface FieldRule extends StopRule {
  /** Least cost for each accepted answer first, or vendors by id as a person listed them: others are asked after these. */
  readonly order: 'automatic' | readonly string[]
  /** Vendors that are not asked for this field, by id. */
  readonly off: readonly string[]
  /** Which of its cells may be written. */
  readonly overwrite: OverwriteRule
}

/** For one wanted field the steps in the order in which they are asked, and the rule that ends the search. */
export interface Waterfall extends StopRule {
  readonly steps: readonly OrderedStep[]
  /** Who is asked about an address before it is accepted, in order; nobody for other fields, and where the rule says never. */
  readonly verifiers: readonly Step[]
}

/** The waterfalls of a run. */
export type Waterfalls = { readonly [F in Field]?: Waterfall }

const ANY: readonly Verified[] = ['valid', 'accept_all', 'risky', 'unknown', 'unverified']
const SURE: readonly Verified[] = ['valid', 'unverified']

/**
 * The rule unless a person sets another: the threshold of the catalogue; of addresses that a vendor has checked only those
 * that work; two vendors who agree count more than one; and no verification, for it costs.
 */
export function defaultStopRule(field: Field): StopRule {
  const { kind, threshold } = fieldInfo(field)
  return { threshold, accepts: kind === 'email' ? SURE : ANY, agreement: 'counts', verify: 'never' }
}

/** The search for a field unless a person sets it otherwise. */
export function defaultRule(field: Field): FieldRule {
  return { ...defaultStopRule(field), order: 'automatic', off: [], overwrite: FILL_EMPTY }
}
