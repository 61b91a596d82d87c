import type * as Zod from 'zod/mini'
import type { LookupKey } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import { found, refusal } from '../domain/outcome'
import type { Keys, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { grade, UNSCORED, verdict } from './confidence'
import { onFirstUse, replyPieces } from './reply'
import { valuesOf } from './values'

const NAME = 'ZeroBounce'
const DOCS = 'https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-batch-validate-emails'

// Apps Script gives a vendor up after 25 s and a batch takes up to 70 s unless told: what is not done by then is
// `unknown`, which costs nothing. From 10 to 120 s can be asked for (DOCS).
const TIMEOUT_SECONDS = 20

// A credit an address, none for `unknown`: DOCS.
const PRICE = { credits: 1, charge: 'verdict' } as const

const ADDRESS_STATUS: Vocabulary = {
  title: 'ZeroBounce: the status of an address',
  source: 'https://github.com/zerobounce/zero-bounce-php-sdk-setup',
  words: {
    valid: { means: 'the mailbox exists', atMost: UNSCORED, status: 'valid' },
    'valid: accept_all': { means: 'the server takes any address', atMost: UNSCORED, status: 'accept_all' },
    'valid: role_based_accept_all': {
      means: 'a function, and the server takes any address',
      atMost: UNSCORED,
      status: 'accept_all',
    },
    'catch-all': { means: 'the server takes any address', atMost: UNSCORED, status: 'accept_all' },
    invalid: { means: 'the mailbox does not exist', atMost: UNSCORED, status: 'invalid' },
    spamtrap: { means: 'kept to catch senders of spam', atMost: UNSCORED, status: 'invalid' },
    abuse: { means: 'its owner reports mail as spam', atMost: UNSCORED, status: 'invalid' },
    do_not_mail: { means: 'not to be written to: throw-away, toxic, a trap', atMost: UNSCORED, status: 'invalid' },
    'do_not_mail: role_based': { means: 'a function, not a person', atMost: UNSCORED, status: 'risky' },
    'do_not_mail: role_based_catch_all': {
      means: 'a function, and the server takes any address',
      atMost: UNSCORED,
      status: 'risky',
    },
    unknown: {
      means: 'no verdict: below the threshold, so that the next verifier is asked',
      atMost: 0.3,
      status: 'unknown',
    },
  },
}

const OWNER: Vocabulary = {
  title: 'ZeroBounce: the owner of an address',
  source: DOCS,
  words: { named: { means: 'the name and gender that it has for the address', atMost: UNSCORED } },
}

/** ZeroBounce v2: verifies addresses, a hundred in one request. */
export const zeroBounce: Provider = {
  id: 'zero_bounce',
  name: NAME,
  docs: DOCS,
  kind: 'vendor',
  // Its SDKs and DOCS name this host for batches; its Postman collection names api.zerobounce.net.
  hosts: ['bulkapi.zerobounce.net'],
  auth: { in: 'body', field: 'api_key' },
  // Boca Raton, Florida: https://www.zerobounce.net/docs/about-zerobounce/
  region: 'United States',
  // DOCS has no date.
  pricesReadOn: '2026-11-28',
  statuses: {
    // The words of an error are in the body.
    400: 'read',
    // A shield in front of it after too many bad requests: it says nothing about the key.
    403: 'throttled',
  },
  // DOCS, which block for ten minutes beyond it; its SDK says about 30.
  limits: { perMinute: 5 },
  vocabularies: [ADDRESS_STATUS, OWNER],
  // No `balance`: the call for the credits that are left takes the key in its address.
  operations: [
    remote<'email'>({
      id: 'verify_email',
      by: 'email',
      finds: ['email_status', 'first_name', 'last_name', 'gender'],
      price: PRICE,
      // Its pages say 100 or 200.
      batch: 100,
      slow: true,
      request: (keys) => ({
        url: 'https://bulkapi.zerobounce.net/v2/validatebatch',
        method: 'post',
        body: {
          email_batch: keys.map(({ email }) => ({ email_address: email, ip_address: '' })),
          timeout: TIMEOUT_SECONDS,
        },
      }),
      read: readBatch,
    }),
  ],
}

function readBatch(body: unknown, keys: Keys<'email'>): readonly Outcome[] {
  const { email_batch: answers, errors, error } = replies().batch.parse(body)
  if (error) return keys.map(() => refused(error))
  if (!answers) throw new Error('no list of answers')
  const addresses = new Set(keys.map(addressOf))
  const problems = (errors ?? []).flatMap((one) =>
    one?.error ? [{ text: one.error, at: fold(one.email_address) }] : [],
  )
  // An error that is about no address in particular is about the whole request.
  const general = problems.find(({ at }) => !addresses.has(at))
  return keys.map((key) => {
    const address = addressOf(key)
    const answer = answers.find((one) => fold(one?.address) === address)
    if (answer) return judged(answer)
    const problem = problems.find(({ at }) => at === address) ?? general
    if (problem) return refused(problem.text)
    // An answer that is missing in a good reply may have been charged.
    return { kind: 'unavailable', reason: 'ZeroBounce left an address out', credits: PRICE.credits }
  })
}

function judged({ status: word, sub_status, firstname, lastname, gender }: Answer): Outcome {
  const detailed = `${word}: ${sub_status ?? ''}`
  const email_status = verdict(ADDRESS_STATUS, detailed in ADDRESS_STATUS.words ? detailed : word)
  const owner = email_status.value === 'invalid' ? {} : { first_name: firstname, last_name: lastname, gender }
  const outcome = found({
    email_status,
    ...valuesOf(owner, grade(OWNER, 'named')),
  })
  return email_status.value === 'unknown' && outcome.kind === 'found' ? { ...outcome, credits: 0 } : outcome
}

// One sentence stands for both: "Invalid API key or your account ran out of credits".
function refused(text: string): Outcome {
  if (/api.?key/i.test(text)) {
    const reason =
      'ZeroBounce says that the key is wrong or that its credits are used up. Check both in your account there.'
    return /credit/i.test(text) ? { kind: 'refused', because: 'credentials', reason } : refusal(NAME, 'credentials')
  }
  if (/credit/i.test(text)) return refusal(NAME, 'credits')
  if (/too many|limit/i.test(text)) return { kind: 'throttled' }
  return refusal(NAME, 'input')
}

function addressOf({ email }: LookupKey<'email'>): string {
  return fold(email)
}

function fold(text: string | null | undefined): string {
  return (text ?? '').trim().toLowerCase()
}

type Replies = ReturnType<typeof replies>
type Answer = NonNullable<NonNullable<Zod.infer<Replies['batch']>['email_batch']>[number]>

const replies = onFirstUse((z) => {
  const { detail, list, text, texts } = replyPieces(z)
  const answer = z.object({
    address: z.string(),
    status: z.string(),
    ...texts('sub_status', 'firstname', 'lastname', 'gender'),
  })
  return {
    batch: z.object({
      email_batch: z.nullish(z.array(detail(answer))),
      errors: list(z.object(texts('error', 'email_address'))),
      error: text,
    }),
  }
})
