import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { Values } from '../domain/finding'
import type { LookupKey, LookupKind } from '../domain/lookup-key'
import { lookupTag } from '../domain/lookup-key'
import type { Outcome, Verdict } from '../domain/outcome'
import { found, NOT_FOUND, refusal } from '../domain/outcome'
import type { HttpRequest, Operation, Price, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { jobLine } from './career'
import { grade, UNSCORED } from './confidence'
import { shareCredits } from './credits'
import { pathStep } from './query'
import { onFirstUse, replyPieces } from './reply'
import { addressOf, clean, only, valuesOf } from './values'

const NAME = 'FullEnrich'
const API = 'https://app.fullenrich.com/api/v2'

// "Enrichment not ready, try again in 30 seconds": https://docs.fullenrich.com/api/v2/contact/enrich/bulk/get
const NOT_READY_MS = 30_000

// A poll that is not ready is a 400, a job that ran out of credits a 402 with what it found so far (same page).
const POLL_STATUSES: { readonly [status: number]: Verdict } = { 400: 'read', 402: 'read' }

const NAMES = ['full_name', 'first_name', 'last_name'] as const
// What belongs to a person and their company besides addresses and numbers.
const PROFILE = [
  'headline',
  'summary',
  'connections',
  'education',
  'languages',
  'skills',
  'job_title',
  'job_started_on',
  'job_history',
  'city',
  'region',
  'country',
  'company_name',
  'website',
  'company_description',
  'company_type',
  'company_founded',
  'company_linkedin_url',
  'company_logo_url',
  'company_followers',
  'employees',
  'industry',
  'hq_address',
  'hq_city',
  'hq_region',
  'hq_country',
] as const

const ADDRESS: Vocabulary = {
  title: 'FullEnrich: an address it found',
  source: 'https://docs.fullenrich.com/api/v2/contact/enrich/bulk/get',
  words: {
    DELIVERABLE: { means: 'the address takes mail', atMost: UNSCORED, status: 'valid' },
    HIGH_PROBABILITY: { means: 'it very likely takes mail', atMost: 0.6, status: 'risky' },
    CATCH_ALL: { means: 'the server takes any address', atMost: 0.6, status: 'accept_all' },
    INVALID: { means: 'the address does not work', atMost: 0.1, status: 'invalid' },
    INVALID_DOMAIN: { means: 'its domain takes no mail', atMost: 0.1, status: 'invalid' },
    unknown: { means: 'not verified', atMost: 0.5, status: 'unknown' },
  },
}

const OTHER: Vocabulary = {
  title: 'FullEnrich: anything else',
  source: 'https://docs.fullenrich.com/api/v2/contact/enrich/bulk/get',
  words: {
    verdict: { means: 'the status of an address', atMost: UNSCORED },
    unclear: { means: 'no verdict: the next verifier is asked', atMost: 0.3 },
    most_probable: { means: 'the phone number that it trusts most', atMost: UNSCORED },
    profile: { means: 'a profile of the person and the company', atMost: UNSCORED },
  },
}

// What one contact is asked for, and what it costs when it is found: https://docs.fullenrich.com/api/v2/contact/enrich/bulk/post
const WORK_EMAIL: Wanted = { field: 'contact.work_emails', credits: 1, read: readWorkEmail }
const PERSONAL_EMAIL: Wanted = { field: 'contact.personal_emails', credits: 3, read: readPersonalEmail }
const PHONE: Wanted = { field: 'contact.phones', credits: 10, read: readPhone }

/** FullEnrich v2: asks more than 15 vendors one after the other for addresses and mobile numbers; answers later. */
export const fullEnrich: Provider = {
  id: 'full_enrich',
  name: NAME,
  docs: 'https://docs.fullenrich.com/api/v2/contact/enrich/bulk/post',
  kind: 'vendor',
  hosts: ['app.fullenrich.com'],
  auth: { in: 'header', header: 'Authorization', prefix: 'Bearer ' },
  aggregator: true,
  // FullEnrich Corp, San Francisco: https://fullenrich.com/tos
  region: 'United States',
  privacy: 'https://fullenrich.com/trust',
  terms: 'https://fullenrich.com/tos',
  // The day of the stored copy of https://fullenrich.com/pricing.md
  pricedOn: '2026-08-14',
  // A 404 is an unknown ticket or workspace; a miss is said in the body.
  statuses: { 404: 'unavailable' },
  // https://docs.fullenrich.com/api/v2/general/ratelimit
  limits: { perMinute: 60 },
  vocabularies: [ADDRESS, OTHER],
  balance: {
    request: () => ({ url: `${API}/account/credits` }),
    read: (body) => {
      const { balance } = replies().credits.parse(body)
      return { text: `${balance} credits left`, left: balance }
    },
  },
  operations: [
    ...enriching('name_at_domain', {
      finds: ['full_name', 'linkedin_url', ...PROFILE],
      contact: ({ first_name, last_name, domain }) => ({ first_name, last_name, domain }),
    }),
    ...enriching('name_at_company', {
      finds: ['full_name', 'linkedin_url', 'domain', ...PROFILE],
      contact: ({ first_name, last_name, company_name }) => ({ first_name, last_name, company_name }),
    }),
    ...enriching('linkedin', {
      finds: [...NAMES, 'domain', ...PROFILE],
      contact: ({ linkedin_url }) => ({ linkedin_url }),
    }),
    asking<'email'>('person_by_email', {
      by: 'email',
      path: 'contact/reverse/email/bulk',
      finds: [...NAMES, 'linkedin_url', 'domain', ...PROFILE],
      // 1 credit for one profile in the example of its OpenAPI document, nothing for a miss.
      price: { credits: 1, charge: 'hit' },
      contact: ({ email }) => ({ email }),
      read: () => undefined,
    }),
  ],
}

interface Wanted {
  readonly field: string
  readonly credits: number
  readonly read: (info: Info) => Values | undefined
}

interface Enriching<K extends LookupKind> {
  readonly finds: readonly Field[]
  readonly contact: (key: LookupKey<K>) => object
}

// An operation for each thing with a price of its own, so that nobody pays for a phone number who wants an address. The
// profile comes with each of them and is taken with the cheapest.
function enriching<K extends LookupKind>(by: K, { finds, contact }: Enriching<K>): readonly Operation[] {
  const operation = (name: string, wanted: Wanted, fields: readonly Field[]) =>
    asking<K>(`${name}_by_${by}`, {
      by,
      path: 'contact/enrich/bulk',
      finds: fields,
      price: { credits: wanted.credits, charge: 'hit' },
      // The same contact within 3 months: https://docs.fullenrich.com/api/v2/general/credit
      freeRepeats: true,
      contact: (key) => ({ ...contact(key), enrich_fields: [wanted.field] }),
      read: wanted.read,
    })
  return [
    operation('email', WORK_EMAIL, ['email', 'email_status', ...finds]),
    operation('personal_email', PERSONAL_EMAIL, ['personal_email']),
    operation('phone', PHONE, ['mobile_phone']),
  ]
}

interface Asking<K extends LookupKind> extends Enriching<K> {
  readonly by: K
  readonly path: string
  readonly price: Price
  readonly freeRepeats?: true
  /** What was paid for, if it was found. */
  readonly read: (info: Info) => Values | undefined
}

function asking<K extends LookupKind>(id: string, asked: Asking<K>): Operation {
  const { by, path, finds, price, contact } = asked
  return remote<K>({
    id,
    by,
    finds,
    price,
    batch: 100,
    ...(asked.freeRepeats && { freeRepeats: true }),
    request: (keys): HttpRequest => ({
      url: `${API}/${path}`,
      method: 'post',
      body: {
        name: 'Enrich for Google Sheets',
        data: keys.map((key) => ({ ...contact(key), custom: { lookup: lookupTag(by, key) } })),
      },
    }),
    read: (body, keys) => {
      const { enrichment_id } = replies().submit.parse(body)
      return keys.map(() => ({ kind: 'pending', ticket: enrichment_id }))
    },
    poll: {
      everyMs: NOT_READY_MS,
      statuses: POLL_STATUSES,
      request: (ticket) => ({ url: `${API}/${path}/${pathStep(ticket)}` }),
      read: (body, keys) => {
        const job = replies().job.parse(body)
        const early = endOf(job)
        if (early === 'pending') return keys.map(() => ({ kind: 'pending', retryAfterMs: NOT_READY_MS }))
        const entries = new Map(
          (job.data ?? []).map((entry) => [entry?.custom?.lookup, entry && readEntry(entry, asked)]),
        )
        const credits = shareOf(job.cost?.credits, [...entries.values()])
        const outcomes = keys.map((key): Outcome => {
          const entry = entries.get(lookupTag(by, key))
          if (entry && Object.keys(entry.values).length > 0) {
            const outcome = found(entry.values)
            return outcome.kind === 'found' && credits ? { ...outcome, credits: credits(entry.paid) } : outcome
          }
          if (early) return early
          return entry ? NOT_FOUND : failed('FullEnrich left this contact out')
        })
        // What it took is taken, also where nothing that we can read is what it took it for.
        return credits ? outcomes : shareCredits(outcomes, job.cost?.credits ?? undefined, price.credits)
      },
    },
  })
}

const failed = (reason: string) => ({ kind: 'unavailable', reason }) as const

// What the state of a job means for those of whom it says nothing; nothing when it is finished. Only finds are charged.
function endOf({ code, status }: Job): Outcome | 'pending' | undefined {
  if (!code && !status) throw new Error('neither a job nor an error')
  if (code === 'error.enrichment.in_progress') return 'pending'
  switch (status) {
    case 'CREATED':
    case 'IN_PROGRESS':
      return 'pending'
    case 'FINISHED':
      return undefined
    case 'CREDITS_INSUFFICIENT':
      return { ...refusal(NAME, 'credits'), ended: true }
    case 'RATE_LIMIT':
      return { kind: 'throttled', ended: true }
    case 'CANCELED':
      return { ...failed('FullEnrich canceled the job'), ended: true }
    default:
      return failed('FullEnrich says nothing that is known about the job')
  }
}

// A job says what it took in all; it took it for those of whom it found what is paid for.
function shareOf(
  total: number | null | undefined,
  entries: readonly ({ readonly paid: boolean } | null | undefined)[],
): ((paid: boolean) => number) | undefined {
  const hits = entries.filter((entry) => entry?.paid).length
  if (typeof total !== 'number' || hits === 0) return undefined
  return (paid) => (paid ? total / hits : 0)
}

function readEntry(
  { contact_info, profile }: Entry,
  { finds, read, by }: Pick<Asking<LookupKind>, 'finds' | 'read' | 'by'>,
) {
  const paid = read(contact_info ?? {})
  const values = { ...paid, ...(profile && readProfile(profile)) }
  return {
    values: only(values, finds),
    paid: by === 'email' ? Boolean(profile) : paid !== undefined,
  }
}

function readWorkEmail({ most_probable_work_email }: Info): Values | undefined {
  const email = addressOf(most_probable_work_email?.email)
  if (!email) return undefined
  const graded = grade(ADDRESS, most_probable_work_email?.status ?? 'unknown')
  const status = graded.status ?? 'unknown'
  return {
    email: { value: email, ...graded },
    email_status: { value: status, ...grade(OTHER, status === 'unknown' ? 'unclear' : 'verdict') },
  }
}

function readPersonalEmail({ most_probable_personal_email, personal_emails }: Info): Values | undefined {
  const best = most_probable_personal_email ?? personal_emails?.[0]
  const email = addressOf(best?.email)
  return email ? { personal_email: { value: email, ...grade(ADDRESS, best?.status ?? 'unknown') } } : undefined
}

function readPhone({ most_probable_phone }: Info): Values | undefined {
  const number = clean(most_probable_phone?.number)
  return number ? { mobile_phone: { value: number, ...grade(OTHER, 'most_probable') } } : undefined
}

function readProfile(profile: Profile): Values {
  const { location, social_profiles, employment } = profile
  const job = employment?.current
  const company = job?.company
  const headquarters = company?.locations?.headquarters
  const page = company?.social_profiles?.professional_network
  return valuesOf(
    {
      full_name: profile.full_name,
      first_name: profile.first_name,
      last_name: profile.last_name,
      headline: profile.headline,
      summary: profile.description,
      linkedin_url: social_profiles?.professional_network?.url,
      connections: social_profiles?.professional_network?.connection_count,
      education: profile.educations?.map((one) => phrase(one?.degree, ' at ', one?.school_name)),
      languages: profile.languages?.map((one) => one?.language),
      skills: profile.skills,
      job_title: job?.title,
      job_started_on: job?.start_at,
      job_history: employment?.all?.map((one) =>
        jobLine(one?.title, one?.company?.name, { start: one?.start_at?.slice(0, 7), end: one?.end_at?.slice(0, 7) }),
      ),
      city: location?.city,
      region: location?.region,
      country: location?.country_code ?? location?.country,
      company_name: company?.name,
      domain: company?.domain,
      website: company?.website,
      company_description: company?.description,
      company_type: company?.company_type,
      company_founded: company?.year_founded,
      company_linkedin_url: page?.url,
      company_logo_url: company?.logo_url,
      company_followers: page?.connection_count,
      employees: company?.headcount,
      industry: company?.industry?.main_industry,
      hq_address: phrase(headquarters?.line1, ', ', headquarters?.line2),
      hq_city: headquarters?.city,
      hq_region: headquarters?.region,
      hq_country: headquarters?.country_code ?? headquarters?.country,
    },
    grade(OTHER, 'profile'),
  )
}

function phrase(first: string | null | undefined, between: string, second: string | null | undefined) {
  return [clean(first), clean(second)].filter(Boolean).join(between)
}

type Job = Zod.infer<ReturnType<typeof replies>['job']>
type Entry = NonNullable<NonNullable<Job['data']>[number]>
type Info = Partial<NonNullable<Entry['contact_info']>>
type Profile = NonNullable<Entry['profile']>

const replies = onFirstUse((z) => {
  const { detail, list, text, texts, words, number, parts } = replyPieces(z)
  const network = detail(z.object({ professional_network: detail(z.object({ url: text, connection_count: number })) }))
  const address = detail(z.object(texts('email', 'status')))
  const place = texts('city', 'region', 'country', 'country_code')
  const held = texts('title', 'start_at', 'end_at')
  const company = detail(
    z.object({
      ...texts('name', 'domain', 'website', 'description', 'company_type', 'logo_url'),
      ...words('year_founded', 'headcount'),
      locations: detail(z.object({ headquarters: detail(z.object({ ...texts('line1', 'line2'), ...place })) })),
      industry: detail(z.object({ main_industry: text })),
      social_profiles: network,
    }),
  )
  const employment = z.object({
    current: detail(z.object({ ...held, company })),
    all: list(z.object({ ...held, company: detail(z.object({ name: text })) })),
  })
  const profile = z.object({
    ...texts('full_name', 'first_name', 'last_name', 'headline', 'description'),
    location: detail(z.object(place)),
    social_profiles: network,
    educations: list(z.object(texts('school_name', 'degree'))),
    languages: list(z.object({ language: text })),
    skills: parts,
    employment: detail(employment),
  })
  const contactInfo = z.object({
    most_probable_work_email: address,
    most_probable_personal_email: address,
    personal_emails: detail(z.array(address)),
    most_probable_phone: detail(z.object({ number: text })),
  })
  const entry = z.object({
    custom: detail(z.object({ lookup: text })),
    contact_info: detail(contactInfo),
    profile: detail(profile),
  })
  return {
    submit: z.object({ enrichment_id: z.string() }),
    credits: z.object({ balance: z.number() }),
    job: z.object({
      code: text,
      status: text,
      cost: detail(z.object({ credits: number })),
      data: detail(z.array(z.nullish(entry))),
    }),
  }
})
