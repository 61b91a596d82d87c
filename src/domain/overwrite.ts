/** What a person allows for the cells of one field: which of them may be written (safety S7). */
export type OverwriteRule =
  /** Only empty cells. */
  | { readonly kind: 'fill_empty' }
  /** Also a value of ours, by one whose confidence is higher by this margin (0..1). */
  | { readonly kind: 'more_confident'; readonly margin: number }
  /** Also a value of ours that was written longer ago than so many days. */
  | { readonly kind: 'refresh'; readonly days: number }
  /** Also a value that a vendor said does not work, whoever entered it. */
  | { readonly kind: 'replace_invalid' }
  /**
   * Only empty cells; what is better than a value that stands there goes to a column beside: than one of ours, surer by this
   * margin. `known`: only what is known already goes there, and empty cells stay empty.
   */
  | { readonly kind: 'beside'; readonly margin: number; readonly known?: true | undefined }
  /** None: the column is a person's. */
  | { readonly kind: 'never' }

/** The rule unless a person sets another. */
export const FILL_EMPTY: OverwriteRule = { kind: 'fill_empty' }

/** A day in milliseconds. */
export const DAY_MS = 24 * 3600 * 1000
