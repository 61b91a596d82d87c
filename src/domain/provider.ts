import type { Field } from './field'
import type { LookupKey, LookupKind } from './lookup-key'
import type { Outcome, Verdict } from './outcome'
import type { Vocabulary } from './vocabulary'

/** A request as a provider describes it; the secret is added at the last step before sending. */
export interface HttpRequest {
  readonly url: string
  readonly method?: 'get' | 'post'
  readonly headers?: { readonly [name: string]: string }
  /** Sent as JSON. */
  readonly body?: unknown
}

/** What came back. `status` 0 means that no answer arrived. Header names are lower case. */
export interface HttpResponse {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly text: string
}

/** A non-empty list of keys of one kind. */
export type Keys<K extends LookupKind> = readonly [LookupKey<K>, ...LookupKey<K>[]]

/**
 * When a vendor takes credits. `unknown` is counted as `call`: what is not documented is taken as charged. So is `unsourced`,
 * where no source tells how much either: the credits are ours until a person enters a price.
 */
export type Charge = 'call' | 'hit' | 'refunded' | 'verdict' | 'unknown' | 'unsourced'

/** What an operation costs, in the vendor's credits. A default with its source beside it; the person may edit it. */
export interface Price {
  readonly credits: number
  readonly charge: Charge
}

/** How often a vendor may be called. */
export interface Limits {
  readonly perSecond?: number
  readonly perMinute?: number
}

/** What a person says a vendor costs and allows, where that differs from what is known of it. */
export interface Terms {
  /** Credits of an operation, by its id. */
  readonly prices: { readonly [operation: string]: number }
  /** By the id of the group of operations that share them. */
  readonly limits: { readonly [group: string]: Limits }
  /** Most calls in a day. */
  readonly perDay?: number
  readonly money?: Money
  readonly plan?: Allowance
}

/** What a credit of a vendor costs; nobody knows it but the person who pays. */
export interface Money {
  /** Its code, as EUR. */
  readonly currency: string
  readonly perCredit: number
}

/** The credits that a person's plan with a vendor gives each month. */
export interface Allowance {
  readonly credits: number
  /** Whether what is not used is added to the next month. */
  readonly carriesOver: boolean
  /** The day of the month. */
  readonly renewsOn: number
}

/** Where a vendor takes its secret. It never goes into an address (safety S5). */
export type Auth =
  | { readonly in: 'header'; readonly header: string; readonly prefix?: string }
  /** HTTP Basic authentication; the key is entered as `user:password`. */
  | { readonly in: 'basic' }
  /** A field of the JSON body. */
  | { readonly in: 'body'; readonly field: string }

/** How a ticket is asked about at a vendor that takes a question and answers later. A poll costs no credits. */
export interface Poll<K extends LookupKind = LookupKind> {
  readonly request: (ticket: string, keys: Keys<K>) => HttpRequest
  /**
   * One outcome a key, `pending` for those that are not ready. The keys may be some of those that the ticket was given
   * for, in another order: each is told by the `lookupTag` that the question sent along, or by what the reply repeats.
   */
  readonly read: (body: unknown, keys: Keys<K>) => readonly Outcome[]
  /** Corrections to the engine's status table for polls: "not ready" may be a 404, a 400 or a 200. */
  readonly statuses?: { readonly [status: number]: Verdict }
  /** Milliseconds before the first poll and between two. */
  readonly everyMs: number
  /** Operations and polls with the same object share its calls; without one a poll shares the vendor's. */
  readonly limits?: Limits
}

interface OperationBase<K extends LookupKind> {
  /** Unique within the provider. */
  readonly id: string
  /** The kind of lookup key it needs. */
  readonly by: K
  /** The fields it may return. */
  readonly finds: readonly Field[]
  readonly price: Price
}

/** An operation that is asked over HTTP. */
export interface RemoteOperation<K extends LookupKind = LookupKind> extends OperationBase<K> {
  readonly kind: 'remote'
  /** Most keys in one request; 1 unless said. */
  readonly batch?: number
  /** Operations with the same object share its calls; without one an operation shares the vendor's. */
  readonly limits?: Limits
  /** How the answer is handed to `read`: parsed as JSON unless it says `text`. */
  readonly reads?: 'text'
  /** It may take more than 20 s to answer: it goes alone in a wave (safety S2). */
  readonly slow?: true
  /** Corrections to the provider's status table for this operation. */
  readonly statuses?: { readonly [status: number]: Verdict }
  /** For a vendor that answers later: `read` then gives `pending` with one ticket for all keys of the request. */
  readonly poll?: Poll<K>
  /** True where the vendor documents that the same question again costs nothing. */
  readonly freeRepeats?: true
  /** A vendor that lets one choose is asked for those fields alone that have a purpose; without a test all have one. */
  readonly request: (keys: Keys<K>, hasPurpose?: (field: Field) => boolean) => HttpRequest
  /** One outcome a key, in order. May throw on a body that does not fit: the engine makes it `unavailable`. */
  readonly read: (body: unknown, keys: Keys<K>) => readonly Outcome[]
}

/** An operation that answers without a call. */
export interface LocalOperation<K extends LookupKind = LookupKind> extends OperationBase<K> {
  readonly kind: 'local'
  readonly answer: (keys: Keys<K>) => readonly Outcome[]
}

/** One thing a provider can do: asked by a kind of key, finds fields, at a price. */
export type Operation<K extends LookupKind = LookupKind> = RemoteOperation<K> | LocalOperation<K>

/** A vendor, described: data for what is uniform, pure functions for what is not. It does no I/O and holds no secret. */
export interface Provider {
  /** The file name of its source. */
  readonly id: string
  readonly name: string
  /** The page where its wire facts can be read. */
  readonly docs: string
  /** `training` answers from invented data and is never mixed with real ones. */
  readonly kind: 'training' | 'public' | 'vendor'
  /** The hosts it may be asked at, https only; the first is where the key is bound (safety S5). */
  readonly hosts: readonly string[]
  /**
   * Set for a keyless source that is asked at the domain of its key, such as a company's home page; redirects are
   * followed there, for no secret can leave with them. Each domain is another server: one that fails is no setback of
   * the source, and is soon given up.
   */
  readonly asksKeyDomain?: true
  /**
   * Set for a public source that is asked only after a person ticked it for the file (safety S23): the sentence beside
   * the box.
   */
  readonly optIn?: string
  /** Absent for keyless sources. */
  readonly auth?: Auth
  /** It asks other vendors: never a second witness for a value. */
  readonly aggregator?: true
  /** The country where it sits or says that it processes data; absent where that is not sourced. */
  readonly region?: string
  /** Set where that country is in the European Economic Area. */
  readonly inEea?: true
  /** The address of its privacy notice; absent where that is not sourced. */
  readonly privacy?: string
  /** The address of its terms on processing data for others; absent where that is not sourced. */
  readonly terms?: string
  /** The day or month of the source of its prices, as `2026-11-01` or `2026-11`; absent where that source has no date. */
  readonly pricedOn?: string
  /** Where the source of its prices has no date: the day on which it was read. */
  readonly pricesReadOn?: string
  /** Corrections to the engine's status table. */
  readonly statuses?: { readonly [status: number]: Verdict }
  readonly limits: Limits
  /** Most calls in any 24 hours, polls included; set by a person alone. */
  readonly perDay?: number
  /** How sure it says it is, in its own words, and what they are worth here; shown in `docs/confidence.md`. */
  readonly vocabularies: readonly Vocabulary[]
  /** A free call that shows the key works and what is left. */
  readonly balance?: {
    readonly request: () => HttpRequest
    /** A readable line such as "43 of 50 searches left", and the number left when known. */
    readonly read: (body: unknown) => { readonly text: string; readonly left?: number }
  }
  readonly operations: readonly Operation[]
}

/** Ties `by` to the type of the keys handed to the functions of a remote operation. */
export function remote<K extends LookupKind>(operation: Omit<RemoteOperation<K>, 'kind'>): Operation {
  return { kind: 'remote', ...operation } as unknown as Operation
}

/** Ties `by` to the type of the keys handed to a local operation. */
export function local<K extends LookupKind>(operation: Omit<LocalOperation<K>, 'kind'>): Operation {
  return { kind: 'local', ...operation } as unknown as Operation
}
