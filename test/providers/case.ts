import type { Field } from '../../src/domain/field'
import type { Value } from '../../src/domain/finding'
import type { LookupKey } from '../../src/domain/lookup-key'
import type { Outcome } from '../../src/domain/outcome'
import type { HttpRequest, Provider } from '../../src/domain/provider'
import type { Sheet } from './sheet'

/** One exchange with a vendor: the keys, the request they become, what came back, and what it means. */
export interface Case {
  readonly name: string
  readonly operation: string
  readonly keys: readonly LookupKey[]
  /** Set when the exchange is the poll of this ticket. */
  readonly ticket?: string
  /** The request, where the case is about it. */
  readonly request?: HttpRequest
  /** 200 unless said. */
  readonly status?: number
  readonly headers?: { readonly [name: string]: string }
  /** Text as it came over the wire; anything else is sent as JSON. Absent for local operations. */
  readonly body?: unknown
  /** One a key; for `found` exactly these values. */
  readonly outcomes: readonly Expected[]
}

/** What a case expects of one key. A reason is only expected where a case names one. */
export type Expected =
  | { readonly kind: 'found'; readonly values: { readonly [F in Field]?: Value } }
  | {
      readonly kind: Exclude<Outcome['kind'], 'found' | 'refused' | 'pending'>
      readonly retryAfterMs?: number
      readonly ended?: true
    }
  | { readonly kind: 'pending'; readonly ticket?: string; readonly retryAfterMs?: number }
  | { readonly kind: 'refused'; readonly because: 'credentials' | 'credits' | 'input'; readonly ended?: true }

/** An answer about the account and what it says is left; `unreadable` where it says nothing of it. */
export interface BalanceCase {
  readonly name: string
  readonly body: unknown
  readonly left: ReturnType<NonNullable<Provider['balance']>['read']> | 'unreadable'
}

/** What is recorded of one provider; one file a provider. */
export interface Cases {
  readonly provider: Provider
  readonly cases: readonly Case[]
  /** For a provider with a balance. */
  readonly balances?: readonly BalanceCase[]
  /** For a vendor of the bundle: lists that try each of its operations on the simulated vendor. */
  readonly sheets?: readonly Sheet[]
}
