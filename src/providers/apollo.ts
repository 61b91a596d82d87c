import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { Values } from '../domain/finding'
import type { Lead } from '../domain/lead'
import type { LookupKey, LookupKind } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import { NOT_FOUND, refusal } from '../domain/outcome'
import type { Keys, Limits, Operation, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { jobLine } from './career'
import { grade, UNSCORED, verdict } from './confidence'
import { charged, shareCredits } from './credits'
import { isAskedEmployer, nameWord } from './employer'
import { formQuery } from './query'
import { onFirstUse, replyPieces } from './reply'
import { addressOf, clean, fieldsOf, named, newsBy, only, valuesOf } from './values'

const NAME = 'Apollo'
const API = 'https://api.apollo.io/api/v1'
// The OpenAPI document of https://docs.apollo.io, kept at https://github.com/api-evangelist/apollo-io.
const DOCS = 'https://docs.apollo.io/reference/bulk-people-enrichment'

// The free plan, by endpoint; paying ones have 1,000. Its limits of an hour and a day end in a 429 that says when to go
// on: https://docs.apollo.io/reference/rate-limits
const PEOPLE: Limits = { perMinute: 20 }
const COMPANIES: Limits = { perMinute: 50 }
// More end in a 400 RECORD_LIMIT_EXCEEDED.
const PEOPLE_BATCH = 10

// 1 credit for a person or a company, nothing for a miss: https://docs.apollo.io/docs/api-pricing
const PRICE = { credits: 1, charge: 'hit' } as const

const ADDRESS: Vocabulary = {
  title: 'Apollo: an address it found',
  source: DOCS,
  words: {
    verified: { means: '`email_status`: the address works', atMost: UNSCORED, status: 'valid' },
    unverified: { means: 'not checked', atMost: 0.5, status: 'risky' },
    extrapolated: { means: 'guessed from the pattern of the company', atMost: 0.4, status: 'risky' },
    unavailable: { means: 'there is no address', atMost: 0.1, status: 'invalid' },
    unknown: { means: 'no status, or another word', atMost: 0.5, status: 'unknown' },
  },
}

const ADDRESS_STATUS: Vocabulary = {
  title: 'Apollo: the status of an address',
  source: DOCS,
  words: {
    verified: { means: 'the address works', atMost: UNSCORED, status: 'valid' },
    unverified: {
      means: 'no verdict: below the threshold, so that a verifier is asked',
      atMost: 0.3,
      status: 'unknown',
    },
    extrapolated: { means: 'a guess: below the threshold, so that a verifier is asked', atMost: 0.3, status: 'risky' },
  },
}

const RECORD: Vocabulary = {
  title: 'Apollo: anything else about a person or a company',
  source: DOCS,
  words: {
    match: { means: 'the person or the domain that was asked for', atMost: UNSCORED },
    same_name: { means: 'a company of the name that was asked for', atMost: UNSCORED },
    other_name: { means: 'a company of another name', atMost: 0.4 },
  },
}

const PERSON = {
  full_name: 'name',
  first_name: 'first_name',
  last_name: 'last_name',
  linkedin_url: 'linkedin_url',
  twitter_url: 'twitter_url',
  github_url: 'github_url',
  facebook_url: 'facebook_url',
  photo_url: 'photo_url',
  headline: 'headline',
  job_title: 'title',
  seniority: 'seniority',
  city: 'city',
  region: 'state',
  country: 'country',
} as const

const COMPANY = {
  website: 'website_url',
  company_linkedin_url: 'linkedin_url',
  company_phone: 'phone',
  company_description: 'short_description',
  company_founded: 'founded_year',
  industry: 'industry',
  employees: 'estimated_num_employees',
  revenue: 'annual_revenue',
  revenue_range: 'annual_revenue_printed',
  total_funding: 'total_funding',
  hq_address: 'raw_address',
  hq_city: 'city',
  hq_region: 'state',
  hq_country: 'country',
} as const

const COMPANY_FIELDS: readonly Field[] = [
  ...fieldsOf(COMPANY),
  'company_name',
  'domain',
  'company_keywords',
  'technologies',
]
const PERSON_FIELDS: readonly Field[] = [
  'email',
  'email_status',
  ...fieldsOf(PERSON),
  'department',
  'job_started_on',
  'job_history',
  ...COMPANY_FIELDS,
]

/**
 * Apollo: people with their work address, and companies. Its phone numbers are not offered: they are sent later, to a
 * public address of the user's own that has to be named with the question (`reveal_phone_number` needs `webhook_url`).
 * Personal addresses (`reveal_personal_emails`) are not asked for: what they cost is not sourced.
 */
export const apollo: Provider = {
  id: 'apollo',
  name: NAME,
  docs: DOCS,
  kind: 'vendor',
  hosts: ['api.apollo.io'],
  auth: { in: 'header', header: 'x-api-key' },
  // Zenleads Inc.: https://www.apollo.io/terms
  region: 'United States',
  privacy: 'https://www.apollo.io/privacy-policy',
  terms: 'https://www.apollo.io/dpa',
  // https://docs.apollo.io/docs/api-pricing has no date.
  pricesReadOn: '2026-11-28',
  // That credits are used up is believed to be told in the text of a 422, which is not sourced: the body is read.
  // A 401 is plain text.
  statuses: { 400: 'read', 422: 'read' },
  limits: PEOPLE,
  vocabularies: [ADDRESS, ADDRESS_STATUS, RECORD],
  // What is left is told to a master key alone, so there is no balance to show.
  operations: [
    people('email', ({ email }) => ({ email })),
    people('linkedin', ({ linkedin_url }) => ({ linkedin_url })),
    people('name_at_domain', ({ first_name, last_name, domain }) => ({ first_name, last_name, domain })),
    people('name_at_company', ({ first_name, last_name, company_name }) => ({
      first_name,
      last_name,
      organization_name: company_name,
    })),
    companies(
      'domain',
      ({ domain }) => ({ domain }),
      () => 'match',
    ),
    companies(
      'company_name',
      ({ company_name }) => ({ name: company_name }),
      ({ company_name }, { name }) => nameWord(company_name, [name]),
    ),
  ],
}

// Ten people cost the same as ten calls, and the questions stand in the body instead of in the address.
function people<K extends LookupKind>(by: K, detail: (key: LookupKey<K>) => object): Operation {
  const finds = newsBy(by, PERSON_FIELDS)
  return remote<K>({
    id: `person_by_${by}`,
    by,
    finds,
    price: PRICE,
    batch: PEOPLE_BATCH,
    limits: PEOPLE,
    request: (keys) => ({ url: `${API}/people/bulk_match`, method: 'post', body: { details: keys.map(detail) } }),
    read: (body, keys) => readPeople(body, keys, finds),
  })
}

function companies<K extends 'domain' | 'company_name'>(
  by: K,
  params: (key: LookupKey<K>) => { readonly [name: string]: string },
  word: (key: LookupKey<K>, company: Company) => string,
): Operation {
  const finds = newsBy(by, COMPANY_FIELDS)
  return remote<K>({
    id: `company_by_${by}`,
    by,
    finds,
    price: PRICE,
    limits: COMPANIES,
    request: ([key]) => ({ url: formQuery(`${API}/organizations/enrich`, params(key)) }),
    read: (body, [key]) => {
      const { error, organization } = replies().company.parse(body)
      if (error) return [refused(error)]
      // How a miss looks is not sourced: null, nothing and an empty record are taken for one.
      if (!organization || !(organization.name ?? organization.primary_domain)) return [NOT_FOUND]
      const values = valuesOf(companyOf(organization), grade(RECORD, word(key, organization)))
      return [charged(only(values, finds), PRICE.credits)]
    },
  })
}

function readPeople(body: unknown, keys: Keys<LookupKind>, finds: readonly Field[]): readonly Outcome[] {
  const { status, error, error_code: code, error_message: message, ...reply } = replies().people.parse(body)
  const problem = [error, code, message].map(clean).find((text) => text !== undefined)
  if (problem) return keys.map(() => refused(problem))
  // Its order is the order of the questions: with a gap nobody could tell whose answer is whose.
  if (status !== 'success' || reply.matches?.length !== keys.length) throw new Error('not an answer to each question')
  const outcomes = reply.matches.map((person, index) => {
    const values = person ? readPerson(person, keys[index]!) : {}
    // A record without anything in it is a miss, whether it is null or empty.
    return Object.keys(values).length === 0 ? NOT_FOUND : charged(only(values, finds), PRICE.credits)
  })
  return shareCredits(outcomes, reply.credits_consumed, PRICE.credits)
}

function refused(problem: string | number): Outcome {
  return refusal(NAME, /credit/i.test(String(problem)) ? 'credits' : 'input')
}

function readPerson(person: Person, asked: Lead): Values {
  const company = person.organization ?? {}
  const word = clean(person.email_status) ?? 'unknown'
  const jobs = person.employment_history ?? []
  const current = jobs.find((job) => job?.current && job.title === person.title)
  // An address that is locked is believed to be shown as email_not_unlocked@...; not sourced.
  const address = addressOf(person.email)
  const email = address?.startsWith('email_not_unlocked') ? undefined : address
  const isAsked = isAskedEmployer(asked, { domain: company.primary_domain, names: [company.name] })
  const { company_name, domain, ...facts } = companyOf(company)
  return {
    ...valuesOf({ email }, grade(ADDRESS, word)),
    ...(email && ADDRESS_STATUS.words[word] && { email_status: verdict(ADDRESS_STATUS, word) }),
    ...valuesOf(
      {
        ...named(PERSON, person),
        department: clean(person.functions?.[0]) ?? person.departments?.[0],
        job_started_on: current?.start_date,
        job_history: jobs.map((job) =>
          jobLine(job?.title, job?.organization_name, {
            start: job?.start_date,
            end: job?.current ? 'now' : job?.end_date,
          }),
        ),
        company_name,
        domain,
        ...(isAsked && facts),
      },
      grade(RECORD, 'match'),
    ),
  }
}

function companyOf(company: Company) {
  const technologies = company.technology_names ?? company.current_technologies?.map((one) => one?.name)
  return {
    ...named(COMPANY, company),
    company_name: company.name,
    domain: company.primary_domain,
    company_keywords: company.keywords,
    technologies,
  }
}

type Replies = ReturnType<typeof replies>
type Person = NonNullable<NonNullable<Zod.infer<Replies['people']>['matches']>[number]>
type Company = NonNullable<Zod.infer<Replies['company']>['organization']>

const replies = onFirstUse((z) => {
  const { detail, list, parts, flag, words, wordsOf } = replyPieces(z)
  const company = z.object({
    ...wordsOf(COMPANY),
    ...words('name', 'primary_domain'),
    keywords: parts,
    technology_names: parts,
    current_technologies: list(z.object(words('name'))),
  })
  const job = z.object({ ...words('title', 'organization_name', 'start_date', 'end_date'), current: flag })
  const person = z.object({
    ...wordsOf(PERSON),
    ...words('email', 'email_status'),
    functions: parts,
    departments: parts,
    employment_history: list(job),
    organization: detail(company),
  })
  return {
    people: z.object({
      ...words('status', 'error', 'error_code', 'error_message'),
      credits_consumed: z.catch(z.optional(z.number()), undefined),
      // A person of the wrong shape fails the whole reply: a miss would be remembered.
      matches: z.optional(z.array(z.nullish(person))),
    }),
    company: z.object({ ...words('error'), organization: z.nullish(company) }),
  }
})
