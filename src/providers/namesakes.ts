import type { Vocabulary } from '../domain/vocabulary'
import { UNSCORED } from './confidence'
import { nameWord } from './employer'

/** What a register's entry is worth when it was found by a company's name alone. */
export function namesakeVocabulary(title: string, source: string): Vocabulary {
  return { title, source, words: WORDS }
}

// Made while the script loads: sentences inside a function are packed, and would be unpacked then.
const WORDS: Vocabulary['words'] = {
  only: { means: 'the only active entry with this name', atMost: UNSCORED },
  several: { means: 'the first of several active entries with this name', atMost: 0.4 },
}

/** The entry of a register that has the name, and whether it is the only one; nothing when none has exactly this name. */
export function namesake<T>(
  name: string,
  entries: readonly T[],
  namesOf: (entry: T) => readonly (string | null | undefined)[],
): { readonly entry: T; readonly word: 'only' | 'several' } | undefined {
  const same = entries.filter((entry) => nameWord(name, namesOf(entry)) === 'same_name')
  const [entry] = same
  if (!entry) return undefined
  return { entry, word: same.length === 1 ? 'only' : 'several' }
}
