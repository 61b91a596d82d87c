import type { VerificationStatus } from './finding'

/** How much one word of a vendor is worth. */
export interface Grade {
  /** What the word says, for readers of the table. */
  readonly means: string
  /** The highest confidence (0..1) that it allows. */
  readonly atMost: number
  readonly status?: VerificationStatus
}

/** The words in which one vendor says how sure it is. */
export interface Vocabulary {
  /** Who says it and about what, as the table names it. */
  readonly title: string
  /** The vendor's own number from 0 to 100, when it gives one. */
  readonly score?: string
  /** Where the words are documented. */
  readonly source: string
  readonly words: { readonly [word: string]: Grade }
}
