import type { Value, VerificationStatus } from '../domain/finding'

/** How much one word of a vendor is worth. */
interface Grade {
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

/** The most that a value is worth when its vendor gives no number: our estimate, and marked as such. */
export const UNSCORED = 0.7

/** Every vendor's words on one scale. `docs/confidence.md` shows this table; a test keeps the two equal. */
export const CONFIDENCE = {
  hunter_email: {
    title: 'Hunter: an address it found',
    score: '`score` / 100',
    source: 'https://hunter.io/api-documentation/v2#email-finder',
    words: {
      valid: { means: 'the mail server took the address', atMost: 1, status: 'valid' },
      accept_all: { means: 'the server takes any address', atMost: 0.8, status: 'accept_all' },
      webmail: { means: 'a mailbox of a public mail service', atMost: 0.6, status: 'risky' },
      disposable: { means: 'a throw-away mailbox', atMost: 0.1, status: 'invalid' },
      invalid: { means: 'the mail server refused the address', atMost: 0.1, status: 'invalid' },
      unknown: { means: 'the server gave no clear answer', atMost: UNSCORED, status: 'unknown' },
      absent: { means: 'not verified', atMost: UNSCORED },
    },
  },
  hunter_status: {
    title: 'Hunter: the status of an address',
    source: 'https://hunter.io/api-documentation/v2#email-verifier',
    words: {
      valid: { means: 'the address works', atMost: UNSCORED, status: 'valid' },
      accept_all: { means: 'the server takes any address', atMost: UNSCORED, status: 'accept_all' },
      webmail: {
        means: 'a mailbox of a public mail service: whether it works is not told',
        atMost: UNSCORED,
        status: 'risky',
      },
      disposable: { means: 'a throw-away mailbox', atMost: UNSCORED, status: 'invalid' },
      invalid: { means: 'the address does not work', atMost: UNSCORED, status: 'invalid' },
      unknown: {
        means: 'no verdict: below the threshold, so that the next verifier is asked',
        atMost: 0.3,
        status: 'unknown',
      },
    },
  },
  hunter_person: {
    title: 'Hunter: anything else about a person',
    source: 'https://hunter.io/api-documentation/v2',
    words: {
      exact: { means: 'the person that was asked for', atMost: UNSCORED },
      fuzzy: { means: '`fuzzy` is true: perhaps somebody else', atMost: 0.4 },
    },
  },
  dns: {
    title: 'DNS: MX records',
    source: 'https://developers.google.com/speed/public-dns/docs/doh/json',
    words: {
      mx: { means: 'a mail host: the domain takes mail', atMost: UNSCORED },
      null_mx: { means: 'the null MX of RFC 7505: it takes none', atMost: UNSCORED },
      no_such_domain: { means: 'NXDOMAIN: it takes none', atMost: UNSCORED },
      known_host: { means: 'the mail host belongs to a known service', atMost: UNSCORED },
    },
  },
} as const satisfies { readonly [name: string]: Vocabulary }

/** The name of a vocabulary of the table. */
export type VocabularyName = keyof typeof CONFIDENCE

/**
 * What a vendor's word and number (0..100, if it gives one) are worth. A word that is not in the table counts as
 * `unknown`, or as not said where the vocabulary has no such word; without a number the confidence is our estimate.
 */
export function grade(
  name: VocabularyName,
  word: string,
  score?: number | null,
): Pick<Value, 'confidence' | 'status' | 'estimated'> {
  const { words }: Vocabulary = CONFIDENCE[name]
  const own = Object.prototype.hasOwnProperty.call(words, word) ? words[word] : undefined
  const { atMost, status } = own ?? words['unknown'] ?? { atMost: 0 }
  const stated = typeof score === 'number' && Number.isFinite(score)
  const confidence = stated ? Math.min(atMost, Math.max(0, score / 100)) : Math.min(atMost, UNSCORED)
  return { confidence, ...(status && { status }), ...(!stated && { estimated: true as const }) }
}
