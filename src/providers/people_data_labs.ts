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
import { grade, UNSCORED } from './confidence'
import { charged } from './credits'
import { isAskedEmployer } from './employer'
import { onFirstUse, replyPieces } from './reply'
import { addressOf, clean, fieldsOf, named, newsBy, only, valuesOf } from './values'

const NAME = 'People Data Labs'
const API = 'https://api.peopledatalabs.com/v5'

// Free customers; paying ones have 1,000, and a batch is one call:
// https://docs.peopledatalabs.com/docs/reference-person-enrichment-api. For companies no other number is sourced.
const PEOPLE: Limits = { perMinute: 100 }
const COMPANIES: Limits = { perMinute: 100 }

// 100 are allowed, more than 80 may end in a 502: https://docs.peopledatalabs.com/docs/bulk-enrichment-api
const PEOPLE_BATCH = 80
// An answer holds 1 MB at most, and a company's record cannot be asked for in part.
const COMPANIES_BATCH = 20

// A match below it would be paid for and then not written: no field of a lead is written below 0.6.
const MIN_LIKELIHOOD = 6

// 1 credit for each status 200, nothing for a 404: https://docs.peopledatalabs.com/docs/reference-person-enrichment-api
// and https://docs.peopledatalabs.com/docs/bulk-company-enrichment-api
const PRICE = { credits: 1, charge: 'hit' } as const

const MATCH: Vocabulary = {
  title: 'People Data Labs: a match',
  score: '`likelihood` × 10',
  source: 'https://docs.peopledatalabs.com/docs/output-response-person-enrichment-api',
  words: {
    profile: { means: 'what is known about the person', atMost: 0.9 },
    contact: { means: 'an address or a number of the person; whether it works is not told', atMost: UNSCORED },
    company: { means: 'what is known about the company', atMost: 0.9 },
  },
}

// Names as in https://github.com/peopledatalabs/peopledatalabs-js (src/types/common-types.ts).
const PROFILE = {
  full_name: 'full_name',
  first_name: 'first_name',
  last_name: 'last_name',
  gender: 'sex',
  linkedin_url: 'linkedin_url',
  twitter_url: 'twitter_url',
  github_url: 'github_url',
  facebook_url: 'facebook_url',
  headline: 'headline',
  summary: 'summary',
  job_title: 'job_title',
  department: 'job_title_role',
  job_started_on: 'job_start_date',
  connections: 'linkedin_connections',
  city: 'location_locality',
  region: 'location_region',
  country: 'location_country',
  company_name: 'job_company_name',
  domain: 'job_company_website',
} as const
const EMPLOYER = {
  company_linkedin_url: 'job_company_linkedin_url',
  company_size: 'job_company_size',
  employees: 'job_company_employee_count',
  industry: 'job_company_industry',
  company_founded: 'job_company_founded',
  company_type: 'job_company_type',
} as const
const CONTACT_PARTS = ['work_email', 'recommended_personal_email', 'mobile_phone'] as const

// The parts of a person that one may ask for, each with the field that is read from it.
const PARTS = [
  ...(Object.entries({ ...PROFILE, ...EMPLOYER }) as [Field, string][]),
  ['email', 'work_email'],
  ['personal_email', 'recommended_personal_email'],
  ['mobile_phone', 'mobile_phone'],
  ['personal_email', 'personal_emails'],
  ['phone', 'phone_numbers'],
  ['seniority', 'job_title_levels'],
  ['skills', 'skills'],
  ['email', 'emails'],
  ['languages', 'languages'],
  ['job_history', 'experience'],
  ['education', 'education'],
] as const satisfies readonly (readonly [Field, string])[]

const PERSON_FIELDS: readonly Field[] = [
  ...fieldsOf(PROFILE, EMPLOYER),
  'email',
  'personal_email',
  'phone',
  'mobile_phone',
  'seniority',
  'job_history',
  'education',
  'skills',
  'languages',
]

const COMPANY = {
  domain: 'website',
  website: 'website',
  company_type: 'type',
  company_linkedin_url: 'linkedin_url',
  company_twitter_url: 'twitter_url',
  company_facebook_url: 'facebook_url',
  company_founded: 'founded',
  industry: 'industry',
  sector: 'gics_sector',
  employees: 'employee_count',
  company_size: 'size',
  revenue_range: 'inferred_revenue',
  total_funding: 'total_funding_raised',
  last_funding_round: 'latest_funding_stage',
  last_funding_date: 'last_funding_date',
  stock_ticker: 'ticker',
  company_followers: 'linkedin_follower_count',
} as const
const PLACE = {
  hq_address: 'street_address',
  hq_city: 'locality',
  hq_region: 'region',
  hq_postal_code: 'postal_code',
  hq_country: 'country',
} as const

const COMPANY_FIELDS: readonly Field[] = [
  ...fieldsOf(COMPANY, PLACE),
  'company_name',
  'company_description',
  'company_keywords',
  'naics_code',
  'sic_code',
  'is_hiring',
  'technologies',
]

/** People Data Labs v5: profiles of people and companies, with how likely the match is. */
export const peopleDataLabs: Provider = {
  id: 'people_data_labs',
  name: NAME,
  docs: 'https://docs.peopledatalabs.com/docs/reference-person-enrichment-api',
  kind: 'vendor',
  hosts: ['api.peopledatalabs.com'],
  auth: { in: 'header', header: 'X-Api-Key' },
  // San Francisco: https://www.peopledatalabs.com/llms.txt
  region: 'United States',
  privacy: 'https://www.peopledatalabs.com/privacy/privacy-policy',
  // The pages with its prices have no date.
  pricesReadOn: '2026-11-28',
  // A miss of the whole request is told by its body; any other 404 is none.
  statuses: { 404: 'read' },
  limits: PEOPLE,
  vocabularies: [MATCH],
  operations: [
    people('email', ({ email }) => ({ email })),
    people('linkedin', ({ linkedin_url }) => ({ profile: [linkedin_url] })),
    // `company` takes a name or a website: https://docs.peopledatalabs.com/docs/input-parameters-person-enrichment-api
    people('name_at_domain', ({ first_name, last_name, domain }) => ({ first_name, last_name, company: domain })),
    people('name_at_company', ({ first_name, last_name, company_name }) => ({
      first_name,
      last_name,
      company: company_name,
    })),
    people('phone', ({ phone }) => ({ phone })),
    companies('domain', ({ domain }) => ({ website: domain })),
    companies('company_name', ({ company_name }) => ({ name: company_name })),
  ],
}

// The bulk endpoint costs and gives the same as one call a person, and keeps personal data out of the address.
function people<K extends LookupKind>(by: K, params: (key: LookupKey<K>) => object): Operation {
  const finds = newsBy(by, PERSON_FIELDS)
  return remote<K>({
    id: `person_by_${by}`,
    by,
    finds,
    price: PRICE,
    batch: PEOPLE_BATCH,
    limits: PEOPLE,
    request: (keys, hasPurpose) => ({
      url: `${API}/person/bulk`,
      method: 'post',
      body: questions(by, keys, (key) => ({ ...params(key), data_include: personParts(hasPurpose) })),
    }),
    read: (body, keys) =>
      answers(body, { by, keys }, ({ likelihood, data }, key) =>
        data ? only(readPerson(data, likelihood, key), finds) : undefined,
      ),
  })
}

function companies<K extends 'domain' | 'company_name'>(by: K, params: (key: LookupKey<K>) => object): Operation {
  const finds = newsBy(by, COMPANY_FIELDS)
  return remote<K>({
    id: `company_by_${by}`,
    by,
    finds,
    price: PRICE,
    batch: COMPANIES_BATCH,
    limits: COMPANIES,
    request: (keys) => ({
      url: `${API}/company/enrich/bulk`,
      method: 'post',
      body: questions(by, keys, params),
    }),
    // A company's record is not wrapped in `data`.
    read: (body, keys) => answers(body, { by, keys }, (item) => only(readCompany(item), finds)),
  })
}

// Only what is read and has a purpose: less of a person's data is handed over, and 80 people stay below the 1 MB of an answer.
function personParts(hasPurpose: (field: Field) => boolean = () => true): string {
  return PARTS.flatMap(([field, part]) => (hasPurpose(field) ? [part] : [])).join(',')
}

function questions<K extends LookupKind>(by: K, keys: Keys<K>, params: (key: LookupKey<K>) => object): object {
  const requests = keys.map((key) => ({
    params: { ...params(key), min_likelihood: MIN_LIKELIHOOD, titlecase: true },
    metadata: { tag: lookupTag(by, key) },
  }))
  return { requests }
}

function answers<K extends LookupKind>(
  body: unknown,
  { by, keys }: { readonly by: K; readonly keys: Keys<K> },
  read: (item: Item, key: LookupKey<K>) => Values | undefined,
): readonly Outcome[] {
  const { items, failure } = replies()
  if (!Array.isArray(body)) {
    const { error } = failure.parse(body)
    if (error.type !== 'not_found') throw new Error('no list of answers')
    return keys.map(() => NOT_FOUND)
  }
  // An answer may come twice, and is told by its tag; a list much longer than the questions takes seconds to be read.
  const said: readonly unknown[] = body
  const byTag = new Map(items.parse(said.slice(0, 2 * keys.length)).map((item) => [item?.metadata?.tag, item]))
  return keys.map((key) => {
    const item = byTag.get(lookupTag(by, key))
    const failed = item && failureOf(Number(item.status))
    if (failed) return failed
    const values = item && read(item, key)
    // An answer that is missing in a good reply may have been charged.
    if (!values) return { kind: 'unavailable', reason: `${NAME} left an answer out`, credits: PRICE.credits }
    return charged(values, PRICE.credits)
  })
}

// The answer to one question of a batch carries the status that it would have had alone.
function failureOf(status: number): Outcome | undefined {
  switch (status) {
    case 200:
      return undefined
    case 404:
      return NOT_FOUND
    case 400:
      return refusal(NAME, 'input')
    case 401:
      return refusal(NAME, 'credentials')
    case 402:
      return refusal(NAME, 'credits')
    case 429:
      return { kind: 'throttled' }
    default:
      return { kind: 'unavailable', reason: `${NAME}: status ${status}` }
  }
}

type Person = NonNullable<Item['data']>

function readPerson(person: Person, likelihood: Item['likelihood'], asked: Lead): Values {
  const score = scoreOf(likelihood)
  const current = person.emails?.find((email) => email?.type === 'current_professional')
  const company = { domain: person.job_company_website, names: [person.job_company_name] }
  const contact = valuesOf(
    {
      email: addressOf(person.work_email) ?? addressOf(current?.address),
      personal_email: addressOf(person.recommended_personal_email) ?? person.personal_emails?.map(addressOf)[0],
      phone: person.phone_numbers?.[0],
      mobile_phone: person.mobile_phone,
    },
    grade(MATCH, 'contact', score),
  )
  const profile = valuesOf(
    {
      ...named(PROFILE, person),
      ...(isAskedEmployer(asked, company) && named(EMPLOYER, person)),
      seniority: person.job_title_levels?.[0],
      job_history: person.experience?.map((job) =>
        jobLine(job?.title?.name, job?.company?.name, {
          start: job?.start_date,
          end: job?.end_date ?? (job?.is_primary ? 'now' : null),
        }),
      ),
      education: person.education?.map((course) => {
        const subject = [...(course?.degrees ?? []), ...(course?.majors ?? [])].map(clean).filter(Boolean).join(' ')
        return [clean(course?.school?.name), subject && `(${subject})`].filter(Boolean).join(' ')
      }),
      skills: person.skills,
      languages: person.languages?.map((language) => language?.name),
    },
    grade(MATCH, 'profile', score),
  )
  return { ...profile, ...contact }
}

function readCompany(company: Item): Values {
  const { active_job_postings: postings } = company
  return valuesOf(
    {
      ...named(COMPANY, company),
      ...named(PLACE, company.location ?? {}),
      company_name: clean(company.display_name) ?? company.name,
      company_description: clean(company.summary) ?? company.headline,
      company_keywords: company.tags,
      naics_code: company.naics?.[0]?.naics_code,
      sic_code: company.sic?.[0]?.sic_code,
      is_hiring: typeof postings === 'number' ? (postings > 0 ? 'yes' : 'no') : undefined,
      technologies: company.technologies_used?.map((technology) => technology?.name),
    },
    grade(MATCH, 'company', scoreOf(company.likelihood)),
  )
}

function scoreOf(likelihood: Item['likelihood']): number | undefined {
  return typeof likelihood === 'number' ? likelihood * 10 : undefined
}

type Replies = ReturnType<typeof replies>
type Item = NonNullable<Zod.infer<Replies['items']>[number]>

// On the free plan `true` stands for a value that exists and is not shown: no piece takes a boolean for a word.
const replies = onFirstUse((z) => {
  const { detail, list, parts, flag, words, wordsOf } = replyPieces(z)
  const name = detail(z.object(words('name')))
  const person = z.object({
    ...wordsOf(PROFILE),
    ...wordsOf(EMPLOYER),
    ...words(...CONTACT_PARTS),
    personal_emails: parts,
    phone_numbers: parts,
    job_title_levels: parts,
    skills: parts,
    emails: list(z.object(words('address', 'type'))),
    languages: list(z.object(words('name'))),
    experience: list(z.object({ ...words('start_date', 'end_date'), is_primary: flag, title: name, company: name })),
    education: list(z.object({ school: name, degrees: parts, majors: parts })),
  })
  const item = z.object({
    ...words('status', 'likelihood', 'name', 'display_name', 'summary', 'headline', 'active_job_postings'),
    ...wordsOf(COMPANY),
    metadata: detail(z.object(words('tag'))),
    data: detail(person),
    tags: parts,
    location: detail(z.object(wordsOf(PLACE))),
    naics: list(z.object(words('naics_code'))),
    sic: list(z.object(words('sic_code'))),
    technologies_used: list(z.object(words('name'))),
  })
  return {
    items: z.array(detail(item)),
    failure: z.object({ error: z.object({ type: z.string() }) }),
  }
})
