import type { Field } from './field'
import type { Money } from './provider'

/** Every selected row is counted under exactly one of these, in this order of precedence. */
export const ROW_CLASSES = [
  'hidden',
  'empty',
  'invalid',
  'suppressed',
  'filled',
  'known',
  'repeated',
  'copied',
  'free',
  'chargeable',
] as const

/**
 * What happens to a row: hidden by a filter; nothing in it; no lookup key can be formed; on the suppression list; nothing
 * missing; answered already by the store; the same questions as an earlier row; gets what is found for a row that is the
 * same contact or company; only free sources are asked; may cost.
 */
export type RowClass = (typeof ROW_CLASSES)[number]

/** Three figures for what cannot be known before: at best, as usual, at worst. */
export type Range3 = { readonly best: number; readonly typical: number; readonly worst: number }

/**
 * What is left in an account: as the vendor said when it was asked last or, where it does not tell, of the person's plan by
 * what this file took of it.
 */
export type Balance = {
  readonly left: number
  readonly at: number
  /** When the plan is renewed, and whether there may be more from months before. */
  readonly plan?: { readonly until: string; readonly carriesOver: boolean } | undefined
}

/** What one operation of one vendor is expected to be asked. */
export type ReceiptLine = {
  readonly provider: string
  readonly name: string
  /** How it is asked, in words. */
  readonly operation: string
  readonly calls: Range3
  readonly credits: Range3
  /** In words: "1 credit for each person found". */
  readonly charge: string
  /** What a credit costs in money, where a person said so. */
  readonly money?: Money | undefined
  /** Answers of it to this file that the usual price is worked out from. */
  readonly learned: number
}

/** One question exactly as it will be sent (safety S5). */
export type SampleQuestion = {
  readonly vendor: string
  readonly host: string
  readonly asks: readonly Field[]
  readonly sends: readonly { readonly name: string; readonly value: string }[]
}

/** What a run would do, before it does it. Plain JSON. */
export type Receipt = {
  readonly id: string
  readonly at: number
  /** Ten minutes later (safety S4). */
  readonly validUntil: number
  readonly sheetName: string
  readonly wanted: readonly Field[]
  readonly rows: { readonly [C in RowClass]: number } & { readonly selected: number }
  /** Rows that share a lookup key with another row although they differ elsewhere. */
  readonly namesakes: number
  /** Of a run that only verifies: addresses or numbers to be verified, and how many of them differ. */
  readonly addresses?: { readonly total: number; readonly different: number }
  /** Why rows are invalid, most frequent first. */
  readonly invalidReasons: readonly { readonly reason: string; readonly rows: number }[]
  readonly lines: readonly ReceiptLine[]
  readonly credits: Range3
  readonly calls: Range3
  readonly cap: number
  readonly fetches: { readonly left: number; readonly perDay: number }
  /** With the sidebar open, and with it closed. */
  readonly seconds: number
  readonly secondsClosed: number
  /** What is left in this person's accounts with vendors that may take credits. */
  readonly balances: readonly ({ readonly name: string } & Balance)[]
  readonly samples: readonly SampleQuestion[]
  /** Rows that are left for later because only some are tried first; 0 of a whole run. */
  readonly rest: number
  /**
   * Rows with a value that may be replaced: by one surer, because it is older than its rule wants, or proved invalid, an
   * address or a number (`phones`, absent for none); or that may get a better one beside.
   */
  readonly replaces: {
    readonly fine: number
    readonly old: number
    readonly invalid: number
    readonly phones?: number
    readonly beside: number
  }
  /** Vendors outside the EEA, or of whom that is not known, that nobody ticked yet as covered for this file. */
  readonly transfers: readonly { readonly id: string; readonly name: string; readonly region: string | null }[]
  /** Columns that will be added, by header. */
  readonly newColumns: readonly string[]
  /** Sentences that a person must read before the run. */
  readonly remarks: readonly string[]
  readonly training: boolean
}
