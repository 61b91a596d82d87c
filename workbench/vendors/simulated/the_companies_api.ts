// TheCompaniesAPI v2, from providers.md D1 and the row about it in A3. Not played: email-patterns, whose answer is not
// in the facts. What is marked "ours" is not in the facts.
//
// Plays `api.thecompaniesapi.com`: v2 `companies/DOMAIN`, `companies/by-email`, `companies/by-name`,
// `companies/by-social`.
//
// Refuses: a token in no place, in two, not as `Basic TOKEN`, or unknown (401 `missingApiSecret`,
// `userNotAuthenticated`, `invalidApiSecret`, `tokenNotFound`), unknown, repeated or ill-formed parameters or a body
// (400 `invalidParameters`), more than 50 a second (429, the smallest plan's limit), no credits (403
// `noCreditsRemaining`). A company costs 1 and says so in `meta`, with the credits left; `simplified=true` is free and
// reduced; a miss is 404 `companyNotFound` and free.
import { isEmail, isHost, linkedinHandle } from '../addresses'
import { bandOf, type Company, companyOf } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { domainMeant, knowsCompany } from '../knowledge'
import { fingerprint, NOTABLE, plain, type World } from '../people'
import { createLimit } from '../limit'
import { type JsonObject, strangeParameter } from '../requests'

/** Tokens that the simulated TheCompaniesAPI knows: one with many credits, one with two left. */
export const THE_COMPANIES_API_KEYS = {
  large: 'simulated-companies-token-large',
  nearlyUsedUp: 'simulated-companies-token-nearly-used-up',
} as const

/** Percent of the companies that it knows; ours. */
const COMPANY_SHARE = 60

const CREDITS: { readonly [key: string]: number } = {
  [THE_COMPANIES_API_KEYS.large]: 50_000,
  [THE_COMPANIES_API_KEYS.nearlyUsedUp]: 2,
}

// providers.md D1, "Rate by plan": the smallest of the three, so that what works here works on every plan.
const PER_SECOND = 50

// providers.md D1, `totalEmployees`.
const SIZES = [
  [10, '1-10'],
  [50, '10-50'],
  [200, '50-200'],
  [500, '200-500'],
  [1000, '500-1k'],
  [5000, '1k-5k'],
  [10_000, '5k-10k'],
  [Infinity, 'over-10k'],
] as const

// The first two and `over-1b` are in providers.md D1, "monthlyVisitors"; those between are ours.
const VISITORS = [
  [10_000, 'under-10k'],
  [50_000, '10k-50k'],
  [100_000, '50k-100k'],
  [500_000, '100k-500k'],
  [1e6, '500k-1m'],
  [1e9, '1m-1b'],
  [Infinity, 'over-1b'],
] as const

// No band of revenue is in the facts; ours, in the form of the others.
const REVENUES = [
  [1e6, 'under-1m'],
  [10e6, '1m-10m'],
  [50e6, '10m-50m'],
  [100e6, '50m-100m'],
  [200e6, '100m-200m'],
  [1e9, '200m-1b'],
  [Infinity, 'over-1b'],
] as const

type Operation = 'companies' | 'companies/by-email' | 'companies/by-name' | 'companies/by-social'

const PARAMETERS: { readonly [operation in Operation]: readonly string[] } = {
  companies: ['simplified'],
  'companies/by-email': ['email'],
  // That `size` is taken and then a list may come is ours: D1 has no parameters of it and shows no answer.
  'companies/by-name': ['name', 'size'],
  'companies/by-social': ['linkedin'],
}

/** Starts a TheCompaniesAPI that knows 60 % of the companies of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const used = new Map<string, number>()
  const limit = createLimit({ perSecond: PER_SECOND })

  const find = (request: VendorRequest, operation: Operation, key: string): VendorAnswer => {
    const isSimplified = request.query.get('simplified') === 'true'
    // The reduced record is free (providers.md D1), also without credits (ours).
    const price = isSimplified ? 0 : 1
    if (remaining(key) < price) return refuse(operation, 403, 'noCreditsRemaining')
    const name = nameMeant(request, operation, world)
    if (name === undefined) return refuse(operation, 400, 'invalidParameters')
    const domain = world.domain(name)
    const isKnown = domain !== undefined && knowsCompany('the_companies_api', domain, COMPANY_SHARE)
    const slow = name === NOTABLE.slow ? { afterMs: slowMs } : {}
    const asked = { questions: [name], ...slow }
    if (!isKnown) return { ...refuse(operation, 404, 'companyNotFound'), ...asked }
    used.set(key, (used.get(key) ?? 0) + price)
    const company = companyOf(domain)
    const meta = {
      score: 50 + (fingerprint(`score ${name}`) % 50),
      cost: price,
      credits: remaining(key),
      freeRequest: price === 0,
      syncedAt: '2026-01-01T00:00:00.000Z',
    }
    const record = isSimplified ? simplifiedData(company) : companyData(company)
    const body = isListed(request, name) ? { companies: [record], meta } : { ...record, meta }
    return { status: 200, body: JSON.stringify(body), operation, credits: price, ...asked }
  }

  const remaining = (key: string): number => (CREDITS[key] ?? 0) - (used.get(key) ?? 0)

  return {
    hosts: ['api.thecompaniesapi.com'],
    key: THE_COMPANIES_API_KEYS.large,
    answer(request) {
      const operation = operationOf(request)
      // Ours, and on purpose another word than that of a miss.
      if (!operation) return refuse('unknown', 404, 'routeNotFound')
      const access = accessOf(request)
      if ('fault' in access) return refuse(operation, 401, access.fault)
      const { key } = access
      if (limit.isTooOften(key, request.at)) return refuse(operation, 429, TOO_OFTEN)
      const { query } = request
      const strange = strangeParameter(query, [...PARAMETERS[operation], 'token'])
      const isStrange =
        strange !== undefined ||
        !['true', 'false', null].includes(query.get('simplified')) ||
        !/^[1-9]\d?$/.test(query.get('size') ?? '1')
      if (isStrange || request.body) return refuse(operation, 400, 'invalidParameters')
      return find(request, operation, key)
    },
    throttle: (request) => refuse(operationOf(request) ?? 'unknown', 429, TOO_OFTEN),
    reset() {
      used.clear()
      limit.reset()
    },
  }
}

/** Whether the answer is a list: a search may be, in one of the two ways, always the same for a company (ours). */
function isListed({ query }: VendorRequest, name: string): boolean {
  return query.has('size') && fingerprint(`list ${name}`) % 2 === 0
}

// The status is in the facts, the word is ours.
const TOO_OFTEN = 'tooManyRequests'

function refuse(operation: string, status: number, messages: string): VendorAnswer {
  // What `details` holds is not in the facts; ours.
  const body = JSON.stringify({ messages, status, details: null })
  return { status, body, operation, questions: [], credits: 0 }
}

function operationOf({ path, method }: VendorRequest): Operation | undefined {
  const [, last] = /^\/v2\/companies\/([^/]+)$/.exec(path) ?? []
  if (last === undefined || method !== 'GET') return undefined
  switch (last) {
    case 'by-email':
    case 'by-name':
    case 'by-social':
      return `companies/${last}`
    default:
      return 'companies'
  }
}

/** The token, when it stands in exactly one of the two places; which word goes with which fault is ours. */
function accessOf({ query, headers }: VendorRequest): { readonly key: string } | { readonly fault: string } {
  const header = headers['authorization']
  const inQuery = query.getAll('token')
  if (header === undefined && inQuery.length === 0) return { fault: 'missingApiSecret' }
  if (inQuery.length > 1 || (header !== undefined && inQuery.length > 0)) return { fault: 'userNotAuthenticated' }
  // The raw token after Basic, not base64 of user and password (providers.md D1).
  const key = header === undefined ? inQuery[0] : /^Basic (\S+)$/.exec(header)?.[1]
  if (key === undefined) return { fault: 'invalidApiSecret' }
  return CREDITS[key] === undefined ? { fault: 'tokenNotFound' } : { key }
}

/** The domain of the company that is meant, or undefined when the question is ill-formed. */
function nameMeant({ path, query }: VendorRequest, operation: Operation, world: World): string | undefined {
  const text = (name: string): string => (query.get(name) ?? '').trim()
  switch (operation) {
    case 'companies': {
      const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
      return isHost(name) ? name : undefined
    }
    case 'companies/by-email': {
      const email = text('email').toLowerCase()
      return isEmail(email) ? email.slice(email.lastIndexOf('@') + 1) : undefined
    }
    case 'companies/by-name':
      // A name that leads to no domain is a question all the same.
      return domainMeant(world, { companyName: text('name') }) ?? (plain(text('name')) || undefined)
    case 'companies/by-social':
      return domainMeant(world, { companyHandle: linkedinHandle(text('linkedin'), 'company') })
  }
}

function slugOf(text: string): string {
  return plain(text).replace(/ /g, '-')
}

function idOf(company: Company): string {
  return String(fingerprint(`the companies api ${company.domain.name}`))
}

function domainData({ domain: { name } }: Company): JsonObject {
  const dot = name.indexOf('.')
  // Only the first two fields are in the facts; the third is ours.
  return { domain: name, domainName: name.slice(0, dot), tld: name.slice(dot + 1) }
}

// Which fields the reduced record keeps is not in the facts; ours.
function simplifiedData(company: Company): JsonObject {
  return {
    id: idOf(company),
    about: {
      name: company.domain.company,
      industry: slugOf(company.industry),
      totalEmployees: bandOf(company.employees, SIZES),
    },
    domain: domainData(company),
    socials: { linkedin: { url: `https://www.linkedin.com/company/${company.linkedinHandle}` } },
  }
}

const LANGUAGES: { readonly [country: string]: string } = {
  FR: 'fr',
  DE: 'de',
  SE: 'sv',
  ES: 'es',
  IT: 'it',
  NL: 'nl',
}

function companyData(company: Company): JsonObject {
  const { domain, city, description, technologies } = company
  const page = `https://www.linkedin.com/company/${company.linkedinHandle}`
  const website = `https://${domain.name}`
  return {
    id: idOf(company),
    about: {
      name: domain.company,
      nameLegal: company.legalName,
      nameAlts: [],
      businessType: 'privately-held',
      industry: slugOf(company.industry),
      industries: [slugOf(company.industry)],
      totalEmployees: bandOf(company.employees, SIZES),
      totalEmployeesExact: company.employees,
      yearFounded: company.founded,
      languages: [LANGUAGES[domain.country] ?? 'en'],
    },
    analytics: { monthlyVisitors: bandOf(company.employees * 200, VISITORS) },
    locations: {
      headquarters: {
        address: { raw: `${company.street}, ${city.postcode} ${city.name}, ${city.country}` },
        city: { name: city.name, code: slugOf(city.name), postcode: city.postcode },
        country: { name: city.country, code: domain.country.toLowerCase() },
      },
    },
    socials: { linkedin: { url: page, followers: company.employees * 12, id: String(fingerprint(page)) } },
    technologies: {
      active: technologies,
      categories: technologies.length > 0 ? ['web'] : [],
      details: technologies.map((slug) => ({ slug, version: null, categories: ['web'], detectedAt: '2026-01-01' })),
    },
    domain: domainData(company),
    contacts: {
      emails: [{ category: 'contact', value: `contact@${domain.name}` }],
      phones: company.phone === null ? [] : [{ category: 'contact', value: company.phone }],
    },
    finances: { revenue: bandOf(company.revenue, REVENUES), stockExchange: null, stockSymbol: null },
    descriptions: { primary: description, tagline: null, website: description, linkedin: null },
    urls: { website, careers: `${website}/careers`, salesNavigator: null },
    assets: { logoSquare: { src: `${website}/logo.png` } },
    codes: { naics: [company.naics], sic: [company.sic] },
  }
}
