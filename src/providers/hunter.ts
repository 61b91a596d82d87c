import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { Value, Values } from '../domain/finding'
import type { Outcome } from '../domain/outcome'
import { found, NOT_FOUND } from '../domain/outcome'
import type { Limits, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { linkedInHandle } from '../normalize/linkedin'
import { grade, UNSCORED } from './confidence'
import { formQuery } from './query'

const API = 'https://api.hunter.io/v2'

// https://hunter.io/api-documentation/v2
const FINDER: Limits = { perSecond: 15, perMinute: 500 }
// An endpoint each: what is not said to be shared is counted by endpoint.
const PEOPLE: Limits = { perSecond: 15, perMinute: 500 }
const VERIFIER: Limits = { perSecond: 10, perMinute: 300 }

const FOUND_WITH_EMAIL = ['email', 'email_status', 'job_title', 'phone', 'linkedin_url', 'company_name'] as const

const FOUND_ADDRESS: Vocabulary = {
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
}

const ADDRESS_STATUS: Vocabulary = {
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
}

const PERSON: Vocabulary = {
  title: 'Hunter: anything else about a person',
  source: 'https://hunter.io/api-documentation/v2',
  words: {
    exact: { means: 'the person that was asked for', atMost: UNSCORED },
    fuzzy: { means: '`fuzzy` is true: perhaps somebody else', atMost: 0.4 },
  },
}

/** Hunter v2: work addresses from public web pages, their verification, and what is known about a person. */
export const hunter: Provider = {
  id: 'hunter',
  name: 'Hunter',
  docs: 'https://hunter.io/api-documentation/v2',
  kind: 'vendor',
  hosts: ['api.hunter.io'],
  auth: { in: 'header', header: 'X-API-KEY' },
  // https://hunter.io/api-documentation/v2
  statuses: {
    // The verification still runs; asking again is counted once.
    202: 'pending',
    // The mail server answered unexpectedly.
    222: 'unavailable',
    // The rate limit; 403 and 429 are the other way round than elsewhere.
    403: 'throttled',
    // The month's usage is up.
    429: 'refused_credits',
  },
  limits: FINDER,
  vocabularies: [FOUND_ADDRESS, ADDRESS_STATUS, PERSON],
  balance: { request: () => ({ url: `${API}/account` }), read: readBalance },
  operations: [
    remote<'name_at_domain'>({
      id: 'email_by_name_at_domain',
      by: 'name_at_domain',
      finds: FOUND_WITH_EMAIL,
      // 1 credit, nothing when nothing is found: https://hunter.io/api-documentation/v2#email-finder
      price: { credits: 1, charge: 'hit' },
      limits: FINDER,
      request: ([{ domain, first_name, last_name }]) => ({
        url: formQuery(`${API}/email-finder`, { domain, first_name, last_name }),
      }),
      read: (body) => [readFinder(body, 'domain')],
    }),
    remote<'name_at_company'>({
      id: 'email_by_name_at_company',
      by: 'name_at_company',
      finds: [...FOUND_WITH_EMAIL, 'domain'],
      price: { credits: 1, charge: 'hit' },
      limits: FINDER,
      request: ([{ company_name, first_name, last_name }]) => ({
        url: formQuery(`${API}/email-finder`, { company: company_name, first_name, last_name }),
      }),
      read: (body) => [readFinder(body, 'company')],
    }),
    remote<'linkedin'>({
      id: 'person_by_linkedin',
      by: 'linkedin',
      finds: [
        'email',
        'phone',
        'full_name',
        'first_name',
        'last_name',
        'job_title',
        'seniority',
        'department',
        'company_name',
        'domain',
        'city',
        'region',
        'country',
        'time_zone',
      ],
      // 1 credit a person, nothing for a miss.
      price: { credits: 1, charge: 'hit' },
      limits: PEOPLE,
      // The email finder wants the names besides the handle; this call wants the handle alone.
      request: ([{ linkedin_url }]) => ({
        url: formQuery(`${API}/people/find`, { linkedin_handle: linkedInHandle(linkedin_url) ?? linkedin_url }),
      }),
      read: (body) => [readPerson(body)],
    }),
    remote<'email'>({
      id: 'verify_email',
      by: 'email',
      finds: ['email_status'],
      // Verifications have a quota of their own; what an unclear verdict costs is not documented.
      price: { credits: 1, charge: 'unknown' },
      limits: VERIFIER,
      request: ([{ email }]) => ({ url: formQuery(`${API}/email-verifier`, { email }) }),
      read: (body) => [readVerifier(body)],
    }),
  ],
}

function readFinder(body: unknown, askedAt: 'domain' | 'company'): Outcome {
  const { data } = replies().finder.parse(body)
  // Without an address nothing is charged, so the rest of the answer is left alone.
  const email = clean(data.email)
  if (!email?.includes('@')) return NOT_FOUND
  const word = data.verification?.status ?? (data.accept_all ? 'accept_all' : 'absent')
  const sourceUrl = data.sources?.map(({ uri }) => clean(uri)).find((uri) => uri && /^https?:\/\//i.test(uri))
  return found({
    email: { value: email, ...grade(FOUND_ADDRESS, word, data.score), ...(sourceUrl && { sourceUrl }) },
    ...(word !== 'absent' && emailStatus(word)),
    ...person(
      {
        job_title: data.position,
        phone: data.phone_number,
        linkedin_url: data.linkedin_url,
        company_name: data.company,
        domain: askedAt === 'company' ? data.domain : null,
      },
      'exact',
    ),
  })
}

function readVerifier(body: unknown): Outcome {
  return found(emailStatus(replies().verifier.parse(body).data.status))
}

function readPerson(body: unknown): Outcome {
  const { data } = replies().person.parse(body)
  const { name, employment, geo } = data
  const email = clean(data.email)
  return found(
    person(
      {
        email: email?.includes('@') ? email : null,
        phone: data.phone,
        full_name: name?.fullName,
        first_name: name?.givenName,
        last_name: name?.familyName,
        job_title: employment?.title,
        seniority: employment?.seniority,
        department: employment?.role,
        company_name: employment?.name,
        domain: employment?.domain,
        city: geo?.city,
        region: geo?.state,
        country: geo?.country,
        time_zone: data.timeZone,
      },
      data.fuzzy ? 'fuzzy' : 'exact',
    ),
  )
}

function readBalance(body: unknown): { readonly text: string; readonly left?: number } {
  const { credits, searches, verifications } = replies().account.parse(body).data.requests
  const quotas = [
    { of: 'credits', quota: credits },
    { of: 'searches', quota: searches },
    { of: 'verifications', quota: verifications },
  ].flatMap(({ of, quota }) => {
    if (!quota) return []
    const left = Math.max(0, quota.available - quota.used)
    return [{ left, text: `${left} of ${quota.available} ${of} left` }]
  })
  const [first] = quotas
  if (!first) throw new Error('no quota in the answer')
  return { text: quotas.map(({ text }) => text).join(', '), left: first.left }
}

// The verdict is the value itself; a `status` beside it would be a verdict on the verdict.
function emailStatus(word: string): Values {
  const { status, ...rest } = grade(ADDRESS_STATUS, word)
  return { email_status: { value: status ?? 'unknown', ...rest } }
}

type Said = { readonly [F in Field]?: string | null | undefined }

function person(said: Said, word: 'exact' | 'fuzzy'): Values {
  const values: { [F in Field]?: Value } = {}
  for (const [field, text] of Object.entries(said)) {
    const value = clean(text)
    if (value) values[field as Field] = { value, ...grade(PERSON, word) }
  }
  return values
}

function clean(text: string | null | undefined): string | undefined {
  return text?.trim() || undefined
}

type Replies = ReturnType<typeof makeReplies>
let made: Replies | undefined

function replies(): Replies {
  return (made ??= makeReplies(require('zod/mini') as typeof Zod))
}

// Only what is read, and no stricter: a detail of a wrong type is left out, an answer without its frame is refused.
function makeReplies(z: typeof Zod) {
  const text = z.catch(z.nullish(z.string()), undefined)
  const flag = z.catch(z.nullish(z.boolean()), undefined)
  const detail = <T extends Zod.ZodMiniType>(schema: T) => z.catch(z.nullish(schema), undefined)
  const quota = detail(z.object({ used: z.number(), available: z.number() }))
  return {
    finder: z.object({
      data: z.object({
        email: z.nullish(z.string()),
        score: z.catch(z.nullish(z.number()), undefined),
        accept_all: flag,
        position: text,
        phone_number: text,
        linkedin_url: text,
        company: text,
        domain: text,
        sources: detail(z.array(z.object({ uri: text }))),
        verification: detail(z.object({ status: text })),
      }),
    }),
    verifier: z.object({ data: z.object({ status: z.string() }) }),
    person: z.object({
      data: z.object({
        email: text,
        phone: text,
        timeZone: text,
        fuzzy: flag,
        name: detail(z.object({ fullName: text, givenName: text, familyName: text })),
        employment: detail(z.object({ name: text, domain: text, title: text, role: text, seniority: text })),
        geo: detail(z.object({ city: text, state: text, country: text })),
      }),
    }),
    account: z.object({
      data: z.object({ requests: z.object({ credits: quota, searches: quota, verifications: quota }) }),
    }),
  }
}
