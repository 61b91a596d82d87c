import type { Outcome } from '../domain/outcome'
import { found, NOT_FOUND } from '../domain/outcome'
import type { Limits, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { linkedInHandle } from '../normalize/linkedin'
import { grade, UNSCORED, verdict } from './confidence'
import { charged } from './credits'
import { formQuery } from './query'
import { onFirstUse, replyPieces } from './reply'
import { addressOf, clean, valuesOf } from './values'

const API = 'https://api.hunter.io/v2'

// https://hunter.io/api-documentation/v2
const FINDER: Limits = { perSecond: 15, perMinute: 500 }
// An endpoint each: what is not said to be shared is counted by endpoint.
const PEOPLE: Limits = { perSecond: 15, perMinute: 500 }
const COMPANIES: Limits = { perSecond: 15, perMinute: 500 }
const VERIFIER: Limits = { perSecond: 10, perMinute: 300 }

// 1 credit a person or company (said by apis.io), nothing for a miss: https://hunter.io/api-documentation/v2
const ENRICHED = { credits: 1, charge: 'hit' } as const

const FOUND_WITH_EMAIL = ['email', 'email_status', 'job_title', 'phone', 'linkedin_url', 'company_name'] as const

const PERSON = [
  'phone',
  'full_name',
  'first_name',
  'last_name',
  'twitter_url',
  'job_title',
  'seniority',
  'department',
  'company_name',
  'domain',
  'city',
  'region',
  'country',
  'time_zone',
] as const

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

const OTHER: Vocabulary = {
  title: 'Hunter: anything else about a person or a company',
  source: 'https://hunter.io/api-documentation/v2',
  words: {
    exact: { means: 'the one that was asked for', atMost: UNSCORED },
    fuzzy: { means: '`fuzzy` is true: perhaps somebody else', atMost: 0.4 },
  },
}

/** Hunter v2: work addresses from public web pages, their verification, and what is known of people and companies. */
export const hunter: Provider = {
  id: 'hunter',
  name: 'Hunter',
  docs: 'https://hunter.io/api-documentation/v2',
  kind: 'vendor',
  hosts: ['api.hunter.io'],
  auth: { in: 'header', header: 'X-API-KEY' },
  // Hunter Web Services, Inc.: https://hunter.io/privacy-policy
  region: 'United States',
  privacy: 'https://hunter.io/privacy-policy',
  // The month of the stored copy of https://hunter.io/api-documentation/v2
  pricedOn: '2026-07',
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
  vocabularies: [FOUND_ADDRESS, ADDRESS_STATUS, OTHER],
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
      finds: ['email', ...PERSON],
      price: ENRICHED,
      limits: PEOPLE,
      // The email finder wants the names besides the handle; this call wants the handle alone.
      request: ([{ linkedin_url }]) => ({
        url: formQuery(`${API}/people/find`, { linkedin_handle: linkedInHandle(linkedin_url) ?? linkedin_url }),
      }),
      read: (body) => [readPerson(body, 'linkedin')],
    }),
    remote<'email'>({
      id: 'person_by_email',
      by: 'email',
      finds: [...PERSON, 'linkedin_url'],
      price: ENRICHED,
      limits: PEOPLE,
      request: ([{ email }]) => ({ url: formQuery(`${API}/people/find`, { email }) }),
      read: (body) => [readPerson(body, 'email')],
    }),
    remote<'domain'>({
      id: 'company_by_domain',
      by: 'domain',
      finds: [
        'company_name',
        'legal_name',
        'company_type',
        'company_linkedin_url',
        'company_description',
        'company_keywords',
        'company_logo_url',
        'company_founded',
        'industry',
        'sub_industry',
        'sector',
        'company_size',
        'technologies',
      ],
      price: ENRICHED,
      limits: COMPANIES,
      request: ([{ domain }]) => ({ url: formQuery(`${API}/companies/find`, { domain }) }),
      read: (body) => [readCompany(body)],
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
  const email = addressOf(data.email)
  if (!email) return NOT_FOUND
  const word = data.verification?.status ?? (data.accept_all ? 'accept_all' : 'absent')
  const sourceUrl = data.sources?.map(({ uri }) => clean(uri)).find((uri) => uri && /^https?:\/\//i.test(uri))
  return found({
    email: { value: email, ...grade(FOUND_ADDRESS, word, data.score), ...(sourceUrl && { sourceUrl }) },
    ...(word !== 'absent' && { email_status: verdict(ADDRESS_STATUS, word) }),
    ...valuesOf(
      {
        job_title: data.position,
        phone: data.phone_number,
        linkedin_url: data.linkedin_url,
        company_name: data.company,
        domain: askedAt === 'company' ? data.domain : null,
      },
      grade(OTHER, 'exact'),
    ),
  })
}

function readVerifier(body: unknown): Outcome {
  return found({ email_status: verdict(ADDRESS_STATUS, replies().verifier.parse(body).data.status) })
}

function readPerson(body: unknown, askedBy: 'email' | 'linkedin'): Outcome {
  const { data } = replies().person.parse(body)
  const { name, employment, geo } = data
  const asked =
    askedBy === 'email'
      ? { linkedin_url: profileUrl('https://www.linkedin.com', 'in', data.linkedin?.handle) }
      : { email: addressOf(data.email) }
  return charged(
    valuesOf(
      {
        ...asked,
        phone: data.phone,
        full_name: name?.fullName,
        first_name: name?.givenName,
        last_name: name?.familyName,
        twitter_url: profileUrl('https://twitter.com', '', data.twitter?.handle),
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
      grade(OTHER, data.fuzzy ? 'fuzzy' : 'exact'),
    ),
    ENRICHED.credits,
  )
}

// `location` is a place in free words and the parts of a funding round are not documented: both are left alone.
function readCompany(body: unknown): Outcome {
  const { data } = replies().company.parse(body)
  const { category } = data
  return charged(
    valuesOf(
      {
        company_name: data.name,
        legal_name: data.legalName,
        // The finer word of the two.
        company_type: clean(data.company_type) ?? data.type,
        company_linkedin_url: profileUrl('https://www.linkedin.com', 'company', data.linkedin?.handle),
        company_description: data.description,
        company_keywords: data.tags,
        company_logo_url: data.logo,
        company_founded: data.foundedYear,
        industry: category?.industry,
        sub_industry: category?.subIndustry,
        sector: category?.sector,
        company_size: data.metrics?.employees,
        technologies: data.tech,
      },
      grade(OTHER, 'exact'),
    ),
    ENRICHED.credits,
  )
}

// A handle may come with the folder before it: `company/example`.
function profileUrl(host: string, folder: string, handle: string | null | undefined): string | undefined {
  const name = clean(handle)
  if (!name) return undefined
  return folder && !name.includes('/') ? `${host}/${folder}/${name}` : `${host}/${name}`
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

// Only what is read, and no stricter: a detail of a wrong type is left out, an answer without its frame is refused.
const replies = onFirstUse((z) => {
  const { detail, text, flag, number, part, parts, texts } = replyPieces(z)
  const quota = detail(z.object({ used: z.number(), available: z.number() }))
  const handle = detail(z.object({ handle: text }))
  return {
    finder: z.object({
      data: z.object({
        email: z.nullish(z.string()),
        ...texts('position', 'phone_number', 'linkedin_url', 'company', 'domain'),
        score: number,
        accept_all: flag,
        sources: detail(z.array(z.object({ uri: text }))),
        verification: detail(z.object({ status: text })),
      }),
    }),
    verifier: z.object({ data: z.object({ status: z.string() }) }),
    person: z.object({
      data: z.object({
        ...texts('email', 'phone', 'timeZone'),
        fuzzy: flag,
        name: detail(z.object(texts('fullName', 'givenName', 'familyName'))),
        employment: detail(z.object(texts('name', 'domain', 'title', 'role', 'seniority'))),
        geo: detail(z.object(texts('city', 'state', 'country'))),
        linkedin: handle,
        twitter: handle,
      }),
    }),
    company: z.object({
      data: z.object({
        ...texts('name', 'legalName', 'description', 'logo', 'type', 'company_type'),
        category: detail(z.object(texts('sector', 'industry', 'subIndustry'))),
        tags: parts,
        foundedYear: part,
        linkedin: handle,
        metrics: detail(z.object({ employees: text })),
        tech: parts,
      }),
    }),
    account: z.object({
      data: z.object({ requests: z.object({ credits: quota, searches: quota, verifications: quota }) }),
    }),
  }
})
