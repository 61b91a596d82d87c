import type { Answer, QuestionId } from './answer'
import type { Environment } from './environment'
import type { Field } from './field'
import type { Finding } from './finding'
import type { Lead } from './lead'
import type { LookupKey } from './lookup-key'
import type { HttpRequest } from './provider'

/** Why a wanted field of a lead stayed without a good value. */
export type Unfound = 'not_found' | 'no_key' | 'vendor_trouble' | 'objected' | 'maybe_charged' | 'other_company'

/** What is known about a wanted field of a lead, so far or for good. */
export type FieldResult =
  | { readonly kind: 'accepted'; readonly finding: Finding }
  /** The best candidate is not good enough to be written; the others are kept for whoever reviews it. */
  | { readonly kind: 'weak'; readonly finding: Finding; readonly others: readonly Finding[] }
  | { readonly kind: 'none'; readonly why: Unfound }

/** What a value must be to take the place of one that stands in the cell. */
export interface Bar {
  /** Its confidence (0..1) at least. */
  readonly atLeast?: number
  /** The value that was proved invalid, normalised: who names it again is wrong. */
  readonly not?: string
  /** Set when the value goes beside: the row still goes by the one that stands there. */
  readonly keeps?: true
}

/** One row being worked on. */
export interface OpenLead {
  /** Position in the run's list of planned rows. */
  readonly row: number
  /** The values of the row, grown by accepted findings. */
  readonly lead: Lead
  readonly missing: readonly Field[]
  /** Of missing fields whose cells hold something that a rule allows to replace. */
  readonly bars?: { readonly [F in Field]?: Bar } | undefined
  /** Final for fields that are in it. */
  readonly results: { readonly [F in Field]?: FieldResult }
  /** Answers with values that this lead has received, in order. */
  readonly heard: readonly QuestionId[]
  /** Questions that it waits for; none means that the lead is finished. */
  readonly waiting: readonly QuestionId[]
  /** Those of them that are about an address which it may not get: what else their answers tell is not about this lead. */
  readonly verifying?: readonly QuestionId[]
}

/** A question that has not been answered. */
export interface Ask {
  readonly question: QuestionId
  readonly provider: string
  readonly operation: string
  readonly key: LookupKey
  /** Rows that wait for it. */
  readonly rows: readonly number[]
  readonly attempts: number
  readonly notBefore: number
  readonly inFlight: boolean
  /** The vendor took it on and said that it needs time: it may finish, and charge, when nobody asks any more. */
  readonly taken?: true
  /** The pending answer that holds the ticket, once the vendor gave one: from then on the question is a poll. */
  readonly pending?: Answer
  /** The most questions to put into one request, after a larger batch was refused as a whole. */
  readonly packed?: number
}

/** Why a vendor is not asked any more in a run. */
export type DropReason = 'credentials' | 'credits' | 'down'

/** How many calls were sent at one moment. */
export type Tick = readonly [at: number, count: number]

/** How many more calls a vendor says it takes until a moment, as of the reply that said so. */
export interface Pace {
  readonly left: number
  /** When the reply came, milliseconds since 1970. */
  readonly at: number
  readonly until: number
}

/** How a vendor has behaved in this run. */
export interface VendorState {
  /** The calls of the last minute, by operation. */
  readonly calls: { readonly [operation: string]: readonly Tick[] }
  /** The calls of the last day in few entries; kept where a person limits them. */
  readonly day?: readonly Tick[]
  /** What it said last about calls left, by operation. */
  readonly paces?: { readonly [operation: string]: Pace }
  readonly restUntil: number
  /** Waves in a row that were throttled or failed. */
  readonly setbacks: number
  /** Set when nobody should ask this vendor again in this run. */
  readonly dropped?: { readonly because: DropReason; readonly reason: string }
  readonly called: number
  readonly found: number
  readonly credits: number
}

/** Credits of a run. At every instant spent + reserved + held + maybe <= cap (safety S4). */
export interface Budget {
  readonly cap: number
  readonly spent: number
  /** Of requests that are on their way. */
  readonly reserved: number
  /** Of questions that vendors gave tickets for. */
  readonly held: number
  readonly maybe: number
  readonly taken: Taken
  /** Absent while no other cap is set. */
  readonly room?: Room
}

/** What a run has taken of the caps of the present day and month: spent, reserved, held or perhaps charged. */
export interface Taken {
  /** As 2026-11-29, in UTC. */
  readonly day: string
  readonly today: number
  /** This month, by vendor. */
  readonly month: { readonly [provider: string]: number }
}

/** The most that a run may take so that the caps of the file hold, beside what others have taken. */
export interface Room {
  readonly day?: number
  readonly month?: number
  /** In a month, by vendor. */
  readonly vendors?: { readonly [provider: string]: number }
}

/** One of several slices of a run at the same time: it asks its share of the questions in its own time slots (safety S12). */
export interface Lane {
  readonly index: number
  readonly of: number
  /** Calls of vendors until then are all lanes' together; later ones are this lane's own. */
  readonly since: number
  /** Deals the questions anew each time. */
  readonly deal: number
}

/** The state of a run's window of open leads: plain JSON, derived from the sheet and the results store. */
export interface Job {
  readonly run: string
  readonly environment: Environment
  /** Failures since then count for this run, older ones do not. */
  readonly startedAt: number
  /** Distinguishes the batches of one slice from those of another. */
  readonly epoch: number
  readonly sequence: number
  /** The most requests in one wave since Google threw a whole one away; absent while as many as usual go together. */
  readonly widest?: number | undefined
  /** Absent while no other slice works on the run. */
  readonly lane?: Lane
  /** Vendors that answered in this execution; absent where each request is sent by itself. */
  readonly awake?: readonly string[]
  /** In the order of their rows. */
  readonly leads: readonly OpenLead[]
  readonly asks: { readonly [question: QuestionId]: Ask }
  readonly answers: { readonly [question: QuestionId]: Answer }
  readonly vendors: { readonly [provider: string]: VendorState }
  readonly budget: Budget
  /** True when a question could not be asked because its price does not fit under the cap. */
  readonly capped: boolean
}

/** One request to one vendor: the keys of one or more questions, or a poll of the ticket that was given for them. */
export interface Batch {
  readonly id: string
  readonly provider: string
  readonly operation: string
  readonly questions: readonly QuestionId[]
  readonly keys: readonly LookupKey[]
  /** Credits at worst; 0 for a free source and for a poll. */
  readonly worst: number
  /** When its price was reserved, milliseconds since 1970. */
  readonly at: number
  readonly ticket?: string
  readonly request: HttpRequest
}
