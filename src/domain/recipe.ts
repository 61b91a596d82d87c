import type { Field } from './field'
import type { VerificationStatus } from './finding'
import type { LookupKind } from './lookup-key'
import type { Verdict } from './outcome'
import type { Auth, Limits, Price } from './provider'

/** A word, a number, a truth or nothing, as JSON has them. */
export type Scalar = string | number | boolean | null

/** Something that a reply says at a path; `null` where it says that there is nothing. */
export interface Condition {
  readonly at: string
  readonly is: Scalar
}

/** What a reply means that says so: "not found" and refusals are often told inside a good answer. */
export interface Saying extends Condition {
  readonly means: RecipeVerdict
}

/** What a saying may mean. */
export type RecipeVerdict = Exclude<Verdict, 'read'>

/** How sure the vendor is: a number of its own, or what its words are worth (0..1); `other` is any other word. */
export type StatedConfidence =
  | { readonly at: string; readonly scale: 1 | 100 }
  | { readonly at: string; readonly words: { readonly [word: string]: number } }

/** Where a field is in the reply. */
export interface Place {
  readonly at: string
  /** What the vendor's words are here; a word that is not listed is left out, unless there is an entry `other`. */
  readonly words?: { readonly [word: string]: string }
  /** A number is our estimate; absent is the highest estimate. */
  readonly confidence?: number | StatedConfidence
  /** Whether the address or number works, in the vendor's words; a word that is not listed is `unknown`. */
  readonly status?: { readonly at: string; readonly words: { readonly [word: string]: VerificationStatus } }
}

/** How several keys are asked at once. */
export interface RecipeBatch {
  readonly size: number
  /** The list in the body: it is given with one entry, which is repeated for each key. */
  readonly list: string
  /** The list in the reply. */
  readonly results: string
  /** Which key a result is about: what it says here is what was sent. Without it the results are in order. */
  readonly echo?: { readonly at: string; readonly is: string }
}

/** How a ticket is asked about. Texts may hold `{ticket}`. */
export interface RecipePoll {
  /** Where the first reply has the ticket. */
  readonly ticket: string
  readonly url: string
  readonly method?: 'get' | 'post'
  readonly body?: unknown
  /** Any other reply is not ready. */
  readonly ready?: Condition
  readonly statuses?: { readonly [status: string]: RecipeVerdict }
  readonly everySeconds: number
}

/** One thing that the vendor can be asked. Texts of the address and the body may hold `{domain}` and other parts of the key. */
export interface RecipeOperation {
  readonly by: LookupKind
  readonly url: string
  readonly method?: 'get' | 'post'
  readonly body?: unknown
  /** A path, or a place with more to say about it. */
  readonly fields: { readonly [F in Field]?: string | Place }
  readonly says?: readonly Saying[]
  readonly price: Price
  readonly limits?: Limits
  readonly batch?: RecipeBatch
  readonly poll?: RecipePoll
}

/** A vendor that a person describes as JSON, without code; `docs/recipes.md` explains each part. */
export interface Recipe {
  readonly name: string
  readonly docs: string
  /** Absent for a source without keys. */
  readonly auth?: Auth
  /** Sent with every request; never a secret. */
  readonly headers?: { readonly [name: string]: string }
  readonly statuses?: { readonly [status: string]: RecipeVerdict }
  readonly limits?: Limits
  /** Most calls in any 24 hours, polls included. */
  readonly perDay?: number
  /** A free call that shows the key works. */
  readonly balance?: {
    readonly url: string
    readonly method?: 'get' | 'post'
    readonly left: string
  }
  readonly operations: readonly RecipeOperation[]
}
