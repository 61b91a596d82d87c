import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { Values } from '../domain/finding'
import type { Lead } from '../domain/lead'
import type { LookupKey, LookupKind } from '../domain/lookup-key'
import { lookupTag } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import { NOT_FOUND, refusal } from '../domain/outcome'
import type { Keys, Limits, Operation, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { jobLine } from './career'
import { grade, UNSCORED, verdict } from './confidence'
import { charged, shareCredits } from './credits'
import { isAskedEmployer, nameWord } from './employer'
import { onFirstUse, replyPieces } from './reply'
import type { Part } from './values'
import { addressOf, clean, fieldsOf, named, newsBy, only, valuesOf } from './values'

const NAME = 'Prospeo'
const API = 'https://api.prospeo.io'
// Prospeo's own client, by whose types and descriptions the fields are named here.
const CLIENT = 'https://github.com/prospeo-v2/prospeo-mcp-server'

// No number is sourced; this is our courtesy, and a batch is one call.
const LIMITS: Limits = { perSecond: 1, perMinute: 30 }
// The client names 50 for companies, and 25 in one place and 50 in another for people.
const COMPANIES_BATCH = 50
const PEOPLE_BATCH = 25

// A match 1 credit, with a mobile number 10, a miss nothing: as clients of the API see it.
const MATCH = { credits: 1, charge: 'hit' } as const
const MOBILE = { credits: 10, charge: 'hit' } as const

const ADDRESS: Vocabulary = {
  title: 'Prospeo: an address it found',
  source: CLIENT,
  words: {
    VERIFIED: { means: '`email.status`: the address works', atMost: UNSCORED, status: 'valid' },
    UNVERIFIED: { means: 'not checked, or not to be checked', atMost: 0.5, status: 'risky' },
    unknown: { means: 'no status, or another word', atMost: 0.5, status: 'unknown' },
  },
}

const ADDRESS_STATUS: Vocabulary = {
  title: 'Prospeo: the status of an address',
  source: CLIENT,
  words: {
    VERIFIED: { means: 'the address works', atMost: UNSCORED, status: 'valid' },
    unknown: { means: 'no verdict: below the threshold, so that a verifier is asked', atMost: 0.3, status: 'unknown' },
  },
}

const NUMBER: Vocabulary = {
  title: 'Prospeo: a mobile number it found',
  source: CLIENT,
  words: {
    VERIFIED: { means: '`mobile.status`: the number works', atMost: UNSCORED, status: 'valid' },
    unknown: { means: 'no status, or another word', atMost: 0.5, status: 'unknown' },
  },
}

const RECORD: Vocabulary = {
  title: 'Prospeo: anything else about a person or a company',
  source: CLIENT,
  words: {
    match: { means: 'the person or the website that was asked for', atMost: UNSCORED },
    same_name: { means: 'a company of the name that was asked for', atMost: UNSCORED },
    other_name: { means: 'a company of another name', atMost: 0.4 },
  },
}

const PERSON = {
  full_name: 'full_name',
  first_name: 'first_name',
  last_name: 'last_name',
  linkedin_url: 'linkedin_url',
  headline: 'headline',
  job_title: 'current_job_title',
} as const
const PERSON_PLACE = { city: 'city', region: 'state', country: 'country', time_zone: 'time_zone' } as const

const COMPANY = {
  company_name: 'name',
  domain: 'domain',
  website: 'website',
  company_description: 'description',
  company_type: 'type',
  industry: 'industry',
  employees: 'employee_count',
  company_size: 'employee_range',
  company_linkedin_url: 'linkedin_url',
  company_twitter_url: 'twitter_url',
  company_facebook_url: 'facebook_url',
  company_founded: 'founded',
  revenue_range: 'revenue_range_printed',
  company_logo_url: 'logo_url',
} as const
const COMPANY_PLACE = { hq_city: 'city', hq_region: 'state', hq_country: 'country' } as const
const FUNDING = {
  total_funding: 'total_raised',
  last_funding_round: 'last_round',
  last_funding_date: 'last_round_date',
} as const

const COMPANY_FIELDS: readonly Field[] = [
  ...fieldsOf(COMPANY, COMPANY_PLACE, FUNDING),
  'company_phone',
  'company_keywords',
  'naics_code',
  'sic_code',
]
const PROFILE_FIELDS: readonly Field[] = [
  ...fieldsOf(PERSON, PERSON_PLACE),
  'seniority',
  'department',
  'job_started_on',
  'job_history',
  'skills',
  'mail_provider',
  ...COMPANY_FIELDS,
]

/** What of a person is asked for: the paid options of the endpoint, and what they bring. */
interface Wish {
  readonly name: 'email' | 'person' | 'mobile'
  readonly options: { readonly [option: string]: boolean }
  readonly fields: readonly Field[]
  readonly price: typeof MATCH | typeof MOBILE
}

// "Only return the result if a verified email is found": a person without one costs nothing then.
const EMAIL: Wish = {
  name: 'email',
  options: { only_verified_email: true, enrich_mobile: false, only_verified_mobile: false },
  fields: ['email', 'email_status', ...PROFILE_FIELDS],
  price: MATCH,
}
// Without an address, so that an unverified one is not bought after the verified one was missed.
const PROFILE: Wish = {
  name: 'person',
  options: { only_verified_email: false, enrich_mobile: false, only_verified_mobile: false },
  fields: PROFILE_FIELDS,
  price: MATCH,
}
// The number alone: ten credits are not to be spent on a title.
const NUMBERS: Wish = {
  name: 'mobile',
  options: { only_verified_email: false, enrich_mobile: true, only_verified_mobile: true },
  fields: ['mobile_phone'],
  price: MOBILE,
}

/** Prospeo: verified work addresses, mobile numbers, profiles of people and companies. */
export const prospeo: Provider = {
  id: 'prospeo',
  name: NAME,
  docs: 'https://prospeo.io/api-docs',
  kind: 'vendor',
  hosts: ['api.prospeo.io'],
  auth: { in: 'header', header: 'X-KEY' },
  privacy: 'https://prospeo.io/privacy-policy',
  // The month of the client that shows what it takes: https://github.com/prospeo-v2/prospeo-mcp-server
  pricedOn: '2026-04',
  // Its own client leaves the status aside: what is the matter stands in `error_code`.
  statuses: { 400: 'read', 401: 'read', 402: 'read', 403: 'read', 404: 'read', 422: 'read', 429: 'read' },
  limits: LIMITS,
  vocabularies: [ADDRESS, ADDRESS_STATUS, NUMBER, RECORD],
  balance: { request: () => ({ url: `${API}/account-information` }), read: readBalance },
  operations: [
    ...[EMAIL, PROFILE, NUMBERS].flatMap((wish) => [
      people('linkedin', wish, ({ linkedin_url }) => ({ linkedin_url })),
      people('name_at_domain', wish, ({ first_name, last_name, domain }) => ({
        first_name,
        last_name,
        company_website: domain,
      })),
      people('name_at_company', wish, ({ first_name, last_name, company_name }) => ({
        first_name,
        last_name,
        company_name,
      })),
    ]),
    ...[PROFILE, NUMBERS].map((wish) => people('email', wish, ({ email }) => ({ email }))),
    companies('domain', ({ domain }) => ({ company_website: domain })),
    companies('company_name', ({ company_name }) => ({ company_name })),
  ],
}

// A batch costs the same as single calls and echoes an identifier. That a repeated question is free is seen by clients
// and not documented, so it is believed only when an answer says so.
function people<K extends LookupKind>(
  by: K,
  { name, options, fields, price }: Wish,
  detail: (key: LookupKey<K>) => object,
): Operation {
  const finds = newsBy(by, fields)
  return remote<K>({
    id: `${name}_by_${by}`,
    by,
    finds,
    price,
    batch: PEOPLE_BATCH,
    request: (keys) => ({
      url: `${API}/bulk-enrich-person`,
      method: 'post',
      body: { data: records(by, keys, detail), ...options },
    }),
    read: (body, keys) =>
      answers(body, { by, keys, price: price.credits }, (match, key) => {
        if (!match.person) return NOT_FOUND
        const values = only(readPerson(match, key), finds)
        return charged(
          values,
          match.free_enrichment ? 0 : match.person.mobile?.revealed ? MOBILE.credits : MATCH.credits,
        )
      }),
  })
}

function companies<K extends 'domain' | 'company_name'>(by: K, detail: (key: LookupKey<K>) => object): Operation {
  const finds = newsBy(by, COMPANY_FIELDS)
  return remote<K>({
    id: `company_by_${by}`,
    by,
    finds,
    price: MATCH,
    batch: COMPANIES_BATCH,
    request: (keys) => ({
      url: `${API}/bulk-enrich-company`,
      method: 'post',
      body: { data: records(by, keys, detail) },
    }),
    read: (body, keys) =>
      answers(body, { by, keys, price: MATCH.credits }, ({ company, free_enrichment: free }, key) => {
        if (!company) return NOT_FOUND
        const { company_name: asked }: Lead = key
        const word = asked === undefined ? 'match' : nameWord(asked, [company.name])
        return charged(only(valuesOf(companyOf(company), grade(RECORD, word)), finds), free ? 0 : MATCH.credits)
      }),
  })
}

function records<K extends LookupKind>(by: K, keys: Keys<K>, detail: (key: LookupKey<K>) => object): object[] {
  return keys.map((key) => ({ identifier: lookupTag(by, key), ...detail(key) }))
}

interface Asked<K extends LookupKind> {
  readonly by: K
  readonly keys: Keys<K>
  readonly price: number
}

function answers<K extends LookupKind>(
  body: unknown,
  { by, keys, price }: Asked<K>,
  read: (match: Match, key: LookupKey<K>) => Outcome,
): readonly Outcome[] {
  const { failure, batch } = replies()
  const { error, error_code: code } = failure.parse(body)
  if (error) return keys.map(() => outcomeOf(code))
  const { matched, not_matched: missed, invalid_datapoints: invalid, total_cost: total } = batch.parse(body)
  const byTag = new Map(matched.map((match) => [match.identifier, match]))
  const outcomes = keys.map((key): Outcome => {
    const tag = lookupTag(by, key)
    const match = byTag.get(tag)
    if (match) return read(match, key)
    if (missed?.includes(tag)) return NOT_FOUND
    if (invalid?.includes(tag)) return refusal(NAME, 'input')
    // An answer that is missing in a good reply may have been charged.
    return { kind: 'unavailable', reason: `${NAME} left an answer out`, credits: price }
  })
  return shareCredits(outcomes, total, price)
}

// The codes of the client (src/utils/errors.ts).
function outcomeOf(code: string): Outcome {
  switch (code) {
    case 'NO_MATCH':
    case 'NO_RESULTS':
      return NOT_FOUND
    case 'INVALID_API_KEY':
    case 'ACCOUNT_RESTRICTED':
      return refusal(NAME, 'credentials')
    case 'INSUFFICIENT_CREDITS':
      return refusal(NAME, 'credits')
    case 'INVALID_DATAPOINTS':
    case 'INVALID_REQUEST':
    case 'INVALID_FILTERS':
      return refusal(NAME, 'input')
    case 'RATE_LIMITED':
    case 'RATE_LIMIT_EXCEEDED':
      return { kind: 'throttled' }
    default:
      return { kind: 'unavailable', reason: `${NAME}: ${code}` }
  }
}

function readPerson({ person, company }: Match, asked: Lead): Values {
  if (!person) return {}
  const { email, mobile, location } = person
  const jobs = person.job_history ?? []
  const current = jobs.find((job) => job?.current && job.title === person.current_job_title)
  // What is not revealed is there all the same, with stars in it.
  const address = email?.revealed ? addressOf(email.email) : undefined
  const number = mobile?.revealed ? (clean(mobile.mobile_international) ?? mobile.mobile) : undefined
  const word = clean(email?.status) ?? 'unknown'
  const isAsked = isAskedEmployer(asked, { domain: company?.domain, names: [company?.name] })
  const { company_name, domain, ...facts } = companyOf(company ?? {})
  return {
    ...valuesOf({ email: address }, grade(ADDRESS, word)),
    ...(email?.revealed && { email_status: verdict(ADDRESS_STATUS, word) }),
    ...valuesOf({ mobile_phone: number }, grade(NUMBER, clean(mobile?.status) ?? 'unknown')),
    ...valuesOf(
      {
        ...named(PERSON, person),
        ...named(PERSON_PLACE, location ?? {}),
        seniority: current?.seniority,
        department: current?.departments?.[0],
        job_started_on: monthOf(current?.start_year, current?.start_month),
        job_history: jobs.map((job) =>
          jobLine(job?.title, job?.company_name, {
            start: monthOf(job?.start_year, job?.start_month),
            end: job?.current ? 'now' : monthOf(job?.end_year, job?.end_month),
          }),
        ),
        skills: person.skills,
        company_name,
        domain,
        ...(isAsked && { ...facts, mail_provider: email?.email_mx_provider }),
      },
      grade(RECORD, 'match'),
    ),
  }
}

function monthOf(year: Part, month: Part): string | undefined {
  const start = clean(year)
  return start && month ? `${start}-${String(month).padStart(2, '0')}` : start
}

function companyOf(company: Company) {
  const phone = company.phone_hq
  return {
    ...named(COMPANY, company),
    ...named(COMPANY_PLACE, company.location ?? {}),
    ...named(FUNDING, company.funding ?? {}),
    company_phone: clean(phone?.phone_hq_international) ?? phone?.phone_hq,
    company_keywords: company.keywords,
    naics_code: company.naics_codes?.[0],
    sic_code: company.sic_codes?.[0],
  }
}

function readBalance(body: unknown): { readonly text: string; readonly left: number } {
  const { remaining_credits: left } = replies().account.parse(body).response
  return { text: `${left} credits left`, left }
}

type Replies = ReturnType<typeof replies>
type Match = Zod.infer<Replies['batch']>['matched'][number]
type Company = NonNullable<Match['company']>

const replies = onFirstUse((z) => {
  const { detail, list, parts, flag, words, wordsOf } = replyPieces(z)
  const company = z.object({
    ...wordsOf(COMPANY),
    location: detail(z.object(wordsOf(COMPANY_PLACE))),
    funding: detail(z.object(wordsOf(FUNDING))),
    phone_hq: detail(z.object(words('phone_hq', 'phone_hq_international'))),
    keywords: parts,
    naics_codes: parts,
    sic_codes: parts,
  })
  const job = z.object({
    ...words('title', 'company_name', 'start_year', 'start_month', 'end_year', 'end_month', 'seniority'),
    current: flag,
    departments: parts,
  })
  const person = z.object({
    ...wordsOf(PERSON),
    location: detail(z.object(wordsOf(PERSON_PLACE))),
    email: detail(z.object({ ...words('status', 'email', 'email_mx_provider'), revealed: flag })),
    mobile: detail(z.object({ ...words('status', 'mobile', 'mobile_international'), revealed: flag })),
    job_history: list(job),
    skills: parts,
  })
  const match = z.object({
    identifier: z.string(),
    free_enrichment: flag,
    person: z.nullish(person),
    company: detail(company),
  })
  return {
    failure: z.object({ error: z.boolean(), error_code: z.catch(z.string(), 'no code') }),
    batch: z.object({
      matched: z.array(match),
      not_matched: parts,
      invalid_datapoints: parts,
      total_cost: z.catch(z.optional(z.number()), undefined),
    }),
    account: z.object({ response: z.object({ remaining_credits: z.number() }) }),
  }
})
