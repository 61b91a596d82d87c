import type { Value } from '../domain/finding'
import type { Vocabulary } from '../domain/vocabulary'

/** The most that a value is worth when its vendor gives no number: our estimate, and marked as such. */
export const UNSCORED = 0.7

/**
 * What a vendor's word and number (0..100, if it gives one) are worth. A word that is not in the vocabulary counts as
 * `unknown`, or as not said where it has no such word; without a number the confidence is our estimate.
 */
export function grade(
  { words }: Vocabulary,
  word: string,
  score?: number | null,
): Pick<Value, 'confidence' | 'status' | 'estimated'> {
  const own = Object.prototype.hasOwnProperty.call(words, word) ? words[word] : undefined
  const { atMost, status } = own ?? words['unknown'] ?? { atMost: 0 }
  const stated = typeof score === 'number' && Number.isFinite(score)
  const confidence = stated ? Math.min(atMost, Math.max(0, score / 100)) : Math.min(atMost, UNSCORED)
  return { confidence, ...(status && { status }), ...(!stated && { estimated: true as const }) }
}

/** A verdict on an address as the value that it is; a `status` beside it would be a verdict on the verdict. */
export function verdict(vocabulary: Vocabulary, word: string): Value {
  const { status: value = 'unknown', ...worth } = grade(vocabulary, word)
  return { value, ...worth }
}
