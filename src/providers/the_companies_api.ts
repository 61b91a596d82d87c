import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { Outcome } from '../domain/outcome'
import { NOT_FOUND } from '../domain/outcome'
import type { Limits, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { grade, UNSCORED } from './confidence'
import { charged } from './credits'
import { nameWord } from './employer'
import { formQuery, pathStep } from './query'
import { onFirstUse, replyPieces } from './reply'
import type { Said } from './values'
import { addressOf, clean, newsBy, only, valuesOf } from './values'

const NAME = 'The Companies API'
const API = 'https://api.thecompaniesapi.com/v2/companies'

// The smallest plan: https://www.thecompaniesapi.com/api/rate-limits
const LIMITS: Limits = { perSecond: 50 }

// What it took stands in each answer (`meta.cost`). What that is, and what a miss costs, is not sourced.
const PRICE = { credits: 1, charge: 'unsourced' } as const

const RECORD: Vocabulary = {
  title: 'The Companies API: what is known about a company',
  source: 'https://api.thecompaniesapi.com/v2/openapi',
  words: {
    match: { means: 'the domain that was asked for', atMost: UNSCORED },
    same_name: { means: 'a company of the name that was asked for', atMost: UNSCORED },
    other_name: { means: 'a company of another name', atMost: 0.4 },
  },
}

const FIELDS: readonly Field[] = [
  'company_name',
  'legal_name',
  'domain',
  'website',
  'company_type',
  'company_linkedin_url',
  'company_twitter_url',
  'company_facebook_url',
  'company_phone',
  'company_email',
  'company_description',
  'company_logo_url',
  'company_founded',
  'industry',
  'naics_code',
  'sic_code',
  'employees',
  'company_size',
  'revenue_range',
  'stock_ticker',
  'hq_address',
  'hq_city',
  'hq_region',
  'hq_postal_code',
  'hq_country',
  'company_followers',
  'technologies',
]
const BY_DOMAIN = newsBy('domain', FIELDS)
const BY_NAME = newsBy('company_name', FIELDS)

/**
 * The Companies API v2: facts about companies. It can be asked by an email too, which would hand over personal data for
 * what the domain answers as well. That its reduced record is free is believed and not sourced, so it is not used.
 */
export const theCompaniesApi: Provider = {
  id: 'the_companies_api',
  name: NAME,
  docs: 'https://www.thecompaniesapi.com/api',
  kind: 'vendor',
  hosts: ['api.thecompaniesapi.com'],
  // The token as it is, not encoded as a user and a password: https://api.thecompaniesapi.com/v2/openapi
  auth: { in: 'header', header: 'Authorization', prefix: 'Basic ' },
  // noCreditsRemaining; a wrong token is a 401. Which 404 is a miss is said in the body.
  statuses: { 403: 'refused_credits', 404: 'read' },
  limits: LIMITS,
  vocabularies: [RECORD],
  operations: [
    remote<'domain'>({
      id: 'company_by_domain',
      by: 'domain',
      finds: BY_DOMAIN,
      price: PRICE,
      request: ([{ domain }]) => ({ url: `${API}/${pathStep(domain)}` }),
      read: (body) => {
        const missed = missOf(body)
        if (missed) return [missed]
        const company = replies().company.parse(body)
        return [charged(only(valuesOf(factsOf(company), grade(RECORD, 'match')), BY_DOMAIN), costOf(company.meta))]
      },
    }),
    remote<'company_name'>({
      id: 'company_by_company_name',
      by: 'company_name',
      finds: BY_NAME,
      price: PRICE,
      // A search, of which the best hit alone is wanted and paid for (`size`, in its OpenAPI document).
      request: ([{ company_name }]) => ({ url: formQuery(`${API}/by-name`, { name: company_name, size: '1' }) }),
      read: (body, [{ company_name }]) => [readSearch(body, company_name)],
    }),
  ],
}

function readSearch(body: unknown, asked: string): Outcome {
  const missed = missOf(body)
  if (missed) return missed
  // A list in its OpenAPI document; a single company is taken as well.
  const { companies, meta } = replies().search.parse(body)
  const company = companies ? companies[0] : replies().company.parse(body)
  if (!company) return charged({}, costOf(meta))
  const { name, nameLegal, nameAlts } = company.about
  const names = [name, nameLegal, ...(nameAlts ?? [])]
  const values = valuesOf(factsOf(company), grade(RECORD, nameWord(asked, names)))
  return charged(only(values, BY_NAME), costOf(meta ?? company.meta))
}

// An unknown path is a 404 too, and no miss.
function missOf(body: unknown): Outcome | undefined {
  const { messages } = replies().failure.parse(body)
  if (!messages) return undefined
  return messages === 'companyNotFound'
    ? NOT_FOUND
    : { kind: 'unavailable', reason: `${NAME}: ${messages}`, credits: 0 }
}

function costOf(meta: Company['meta']): number {
  return meta?.cost ?? PRICE.credits
}

function factsOf({ about, domain, descriptions, finances, locations, socials, urls, ...rest }: Company): Said {
  const headquarters = locations?.headquarters
  return {
    company_name: about.name,
    legal_name: about.nameLegal,
    domain: domain?.domain,
    website: urls?.website,
    company_type: about.businessType,
    company_linkedin_url: socials?.linkedin?.url,
    company_twitter_url: socials?.twitter?.url,
    company_facebook_url: socials?.facebook?.url,
    company_phone: rest.contacts?.phones?.[0]?.value,
    company_email: addressOf(rest.contacts?.emails?.[0]?.value),
    company_description: clean(descriptions?.primary) ?? clean(descriptions?.website) ?? descriptions?.tagline,
    company_logo_url: rest.assets?.logoSquare?.src,
    company_founded: about.yearFounded,
    industry: about.industry,
    naics_code: rest.codes?.naics?.[0],
    sic_code: rest.codes?.sic?.[0],
    employees: about.totalEmployeesExact,
    company_size: about.totalEmployees,
    revenue_range: finances?.revenue,
    stock_ticker: finances?.stockSymbol,
    hq_address: headquarters?.address?.raw,
    hq_city: headquarters?.city?.name,
    hq_region: headquarters?.state?.name,
    hq_postal_code: headquarters?.city?.postcode,
    hq_country: clean(headquarters?.country?.name) ?? headquarters?.country?.code,
    company_followers: socials?.linkedin?.followers,
    technologies: rest.technologies?.active,
  }
}

type Replies = ReturnType<typeof replies>
type Company = Zod.infer<Replies['company']>

const replies = onFirstUse((z) => {
  const { detail, parts, words } = replyPieces(z)
  const record = <N extends string>(...names: readonly N[]) => detail(z.object(words(...names)))
  const values = detail(z.array(record('value')))
  const network = record('url', 'followers')
  const meta = detail(z.object({ cost: detail(z.number().check(z.nonnegative())) }))
  const company = z.object({
    // Its frame: what has no such part is no company.
    about: z.object({
      ...words('name', 'nameLegal', 'businessType', 'industry', 'totalEmployees', 'totalEmployeesExact', 'yearFounded'),
      nameAlts: parts,
    }),
    domain: record('domain'),
    descriptions: record('primary', 'website', 'tagline'),
    finances: record('revenue', 'stockSymbol'),
    locations: detail(
      z.object({
        headquarters: detail(
          z.object({
            address: record('raw'),
            city: record('name', 'postcode'),
            state: record('name'),
            country: record('name', 'code'),
          }),
        ),
      }),
    ),
    socials: detail(z.object({ linkedin: network, twitter: network, facebook: network })),
    urls: record('website'),
    contacts: detail(z.object({ emails: values, phones: values })),
    assets: detail(z.object({ logoSquare: record('src') })),
    codes: detail(z.object({ naics: parts, sic: parts })),
    technologies: detail(z.object({ active: parts })),
    meta,
  })
  return {
    company,
    search: z.object({ companies: z.optional(z.array(company)), meta }),
    failure: z.object(words('messages')),
  }
})
