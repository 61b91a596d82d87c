// Prospeo, from providers.md B5 and the rows about it in A3 to A5. Its client reads `error` and `error_code` and not
// the HTTP status; of the statuses only the 400 of NO_MATCH is in the facts, the others are ours. What is marked "ours"
// is not in the facts.
//
// Plays `api.prospeo.io`: `enrich-person`, `bulk-enrich-person`, `enrich-company`, `bulk-enrich-company`,
// `account-information`.
//
// Refuses: an unknown `X-KEY` (401 `INVALID_API_KEY`), a body that is not JSON, unknown or wrongly typed fields, more
// than 50 in a batch, an `identifier` that is missing or there twice (400 `INVALID_REQUEST`), clues of no kind or of
// two (400 `INVALID_DATAPOINTS`; in a batch such records are listed), too few credits (400 `INSUFFICIENT_CREDITS`, a
// batch as a whole). A match costs 1, with a mobile 10, a miss nothing; what a key bought before is free and flagged. A
// miss is `NO_MATCH` for some questions and `person: null` for others. About half of the addresses that are not
// verified come masked with `revealed: false`. The facts know no rate limits: only `weather` throttles (429
// `RATE_LIMITED`). A record whose address is not verified is a miss under `only_verified_email`, one without a mobile
// under `only_verified_mobile`.
import { hostOf, isEmail, isHost, linkedinHandle } from '../addresses'
import { bandOf, type Company, companyOf } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { domainMeant, knowsCompany, knowsPerson, personMeant } from '../knowledge'
import { type Domain, fingerprint, mobileOf, NOTABLE, type Person, personKey, standingOf } from '../people'
import { isObject, type JsonObject, readJsonObject, strangeField } from '../requests'

/** Keys that the simulated Prospeo knows: one with many credits, one with two left. */
export const PROSPEO_KEYS = {
  large: 'simulated-prospeo-key-large',
  nearlyUsedUp: 'simulated-prospeo-key-nearly-used-up',
} as const

/** Percent of the people and companies that it knows; ours. */
const PEOPLE_SHARE = 45
const COMPANY_SHARE = 40

const CREDITS: { readonly [key: string]: number } = {
  [PROSPEO_KEYS.large]: 50_000,
  [PROSPEO_KEYS.nearlyUsedUp]: 2,
}

// providers.md B5, "Batch".
const MAX_BATCH = 50

// providers.md B5, "Credits".
const MATCH_CREDITS = 1
const MOBILE_CREDITS = 10

const PERSON_NAMES = ['first_name', 'last_name', 'full_name']
const PERSON_COMPANIES = ['company_name', 'company_website', 'company_linkedin_url']
const PERSON_CLUES = ['linkedin_url', 'email', 'person_id', ...PERSON_NAMES, ...PERSON_COMPANIES]
const PERSON_FLAGS = ['only_verified_email', 'enrich_mobile', 'only_verified_mobile']
// The inputs of a company are not in the facts; ours, after those of a person's company.
const COMPANY_CLUES = ['company_id', ...PERSON_COMPANIES]

// The bands of `employee_range` are not in the facts; ours.
const SIZES = [
  [10, '1-10'],
  [20, '11-20'],
  [50, '21-50'],
  [100, '51-100'],
  [200, '101-200'],
  [500, '201-500'],
  [1000, '501-1000'],
  [5000, '1001-5000'],
  [10_000, '5001-10000'],
  [Infinity, '10000+'],
] as const

type ErrorCode =
  'NO_MATCH' | 'INSUFFICIENT_CREDITS' | 'INVALID_API_KEY' | 'RATE_LIMITED' | 'INVALID_DATAPOINTS' | 'INVALID_REQUEST'

const STATUS: { readonly [code in ErrorCode]: number } = {
  NO_MATCH: 400,
  INSUFFICIENT_CREDITS: 400,
  INVALID_API_KEY: 401,
  RATE_LIMITED: 429,
  INVALID_DATAPOINTS: 400,
  INVALID_REQUEST: 400,
}

type Operation =
  'enrich-person' | 'bulk-enrich-person' | 'enrich-company' | 'bulk-enrich-company' | 'account-information'

type Clues = { readonly [name: string]: string }

interface Flags {
  readonly verifiedEmail: boolean
  readonly mobile: boolean
  readonly verifiedMobile: boolean
}

interface Meant {
  readonly question: string
  /** Undefined when nobody is known who has what the flags ask for. */
  readonly person: Person | undefined
}

interface Bought {
  /** Credits used by this key. */
  used: number
  /** What was paid for, which is free when it is asked for again. */
  readonly things: Set<string>
}

/** Starts a Prospeo that knows 45 % of the people of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const bought = new Map<string, Bought>()
  const met = new Map<string, Person>()
  const companies = new Map<string, Domain>()

  const boughtBy = (key: string): Bought => {
    const found = bought.get(key) ?? { used: 0, things: new Set<string>() }
    bought.set(key, found)
    return found
  }

  /** What the things cost that this key did not buy before, or undefined when its credits do not pay for them. */
  const buy = (key: string, things: ReadonlyMap<string, number>): number | undefined => {
    const account = boughtBy(key)
    let cost = 0
    for (const [thing, price] of things) if (!account.things.has(thing)) cost += price
    if (account.used + cost > (CREDITS[key] ?? 0)) return undefined
    account.used += cost
    for (const thing of things.keys()) account.things.add(thing)
    return cost
  }

  const meantBy = (clues: Clues, flags: Flags): Meant => {
    const meant = personMeant(world, {
      email: clues['email'],
      firstName: clues['first_name'],
      lastName: clues['last_name'],
      fullName: clues['full_name'],
      companyName: clues['company_name'],
      companyDomain: clues['company_website'],
      companyHandle: linkedinHandle(clues['company_linkedin_url'] ?? '', 'company'),
      handle: linkedinHandle(clues['linkedin_url'] ?? '', 'in'),
    })
    // An id is known once it was given out.
    const person = met.get(clues['person_id'] ?? '') ?? meant?.person
    const isKnown = person && knowsPerson('prospeo', person, PEOPLE_SHARE) && hasWanted(person, flags)
    const question = meant?.question ?? `person ${clues['person_id'] ?? Object.values(clues).join(' ').toLowerCase()}`
    return { question, person: isKnown ? person : undefined }
  }

  const thingOf = (person: Person, flags: Flags): readonly [thing: string, price: number] => {
    const isReached = flags.mobile && mobileOf(person) !== null
    return [`${isReached ? 'mobile' : 'person'} ${personKey(person)}`, isReached ? MOBILE_CREDITS : MATCH_CREDITS]
  }

  const shown = (person: Person, flags: Flags): JsonObject => {
    const data = personData(person, flags)
    met.set(idOf(personKey(person)), person)
    companies.set(idOf(person.domain.name), person.domain)
    return { person: data, company: companyData(companyOf(person.domain)) }
  }

  const enrichPerson = (body: JsonObject, key: string): VendorAnswer => {
    const operation = 'enrich-person'
    const flags = readFlags(body, ['data'])
    if (typeof flags === 'string') return refuse(operation, 'INVALID_REQUEST', flags)
    const clues = readClues(body['data'], PERSON_CLUES)
    if (!clues) return refuse(operation, 'INVALID_REQUEST')
    if (!isPerson(clues)) return refuse(operation, 'INVALID_DATAPOINTS')
    const { question, person } = meantBy(clues, flags)
    const slow = question.endsWith(NOTABLE.slow) ? { afterMs: slowMs } : {}
    if (!person) return { ...miss(operation, question), ...slow }
    const thing = thingOf(person, flags)
    const cost = buy(key, new Map([thing]))
    if (cost === undefined) return refuse(operation, 'INSUFFICIENT_CREDITS')
    const answer = { error: false, free_enrichment: cost === 0, ...shown(person, flags) }
    return { ...ok(operation, answer), questions: [question + wishOf(flags)], credits: cost, ...slow }
  }

  const enrichMany = (body: JsonObject, key: string): VendorAnswer => {
    const operation = 'bulk-enrich-person'
    const flags = readFlags(body, ['data'])
    if (typeof flags === 'string') return refuse(operation, 'INVALID_REQUEST', flags)
    const records = readRecords(body['data'], PERSON_CLUES)
    if (typeof records === 'string') return refuse(operation, 'INVALID_REQUEST', records)
    const valid = records.filter(({ clues }) => isPerson(clues))
    const meant = valid.map(({ identifier, clues }) => ({ identifier, ...meantBy(clues, flags) }))
    const found = meant.flatMap(({ identifier, person }) => (person ? [{ identifier, person }] : []))
    // A batch that the credits do not pay for is refused whole; ours.
    const cost = buy(key, new Map(found.map(({ person }) => thingOf(person, flags))))
    if (cost === undefined) return refuse(operation, 'INSUFFICIENT_CREDITS')
    const answer = {
      error: false,
      total_cost: cost,
      matched: found.map(({ identifier, person }) => ({ identifier, ...shown(person, flags) })),
      not_matched: meant.filter(({ person }) => !person).map(({ identifier }) => identifier),
      invalid_datapoints: records.filter(({ clues }) => !isPerson(clues)).map(({ identifier }) => identifier),
    }
    const questions = meant.map(({ question }) => question)
    const isSlow = questions.some((question) => question.endsWith(NOTABLE.slow))
    const books = questions.map((question) => question + wishOf(flags))
    return { ...ok(operation, answer), questions: books, credits: cost, ...(isSlow ? { afterMs: slowMs } : {}) }
  }

  const companyMeant = (clues: Clues): { readonly question: string; readonly domain: Domain | undefined } => {
    const id = clues['company_id'] ?? ''
    const name = domainMeant(world, {
      companyDomain: companies.get(id)?.name ?? clues['company_website'],
      companyHandle: linkedinHandle(clues['company_linkedin_url'] ?? '', 'company'),
      companyName: clues['company_name'],
    })
    const domain = name === undefined ? undefined : world.domain(name)
    const isKnown = domain && knowsCompany('prospeo', domain, COMPANY_SHARE)
    return { question: name ?? `company ${id}`, domain: isKnown ? domain : undefined }
  }

  // The facts name the path alone; ours, after the batch of people.
  const enrichCompanies = (body: JsonObject, key: string): VendorAnswer => {
    const operation = 'bulk-enrich-company'
    if (strangeField(body, ['data']) !== undefined) return refuse(operation, 'INVALID_REQUEST')
    const records = readRecords(body['data'], COMPANY_CLUES)
    if (typeof records === 'string') return refuse(operation, 'INVALID_REQUEST', records)
    const valid = records.filter(({ clues }) => isCompany(clues))
    const meant = valid.map(({ identifier, clues }) => ({ identifier, ...companyMeant(clues) }))
    const found = meant.flatMap(({ identifier, domain }) => (domain ? [{ identifier, domain }] : []))
    const cost = buy(key, new Map(found.map(({ domain }) => companyThing(domain))))
    if (cost === undefined) return refuse(operation, 'INSUFFICIENT_CREDITS')
    for (const { domain } of found) companies.set(idOf(domain.name), domain)
    const answer = {
      error: false,
      total_cost: cost,
      matched: found.map(({ identifier, domain }) => ({ identifier, company: companyData(companyOf(domain)) })),
      not_matched: meant.filter(({ domain }) => !domain).map(({ identifier }) => identifier),
      invalid_datapoints: records.filter(({ clues }) => !isCompany(clues)).map(({ identifier }) => identifier),
    }
    const questions = meant.map(({ question }) => question)
    const slow = questions.includes(NOTABLE.slow) ? { afterMs: slowMs } : {}
    return { ...ok(operation, answer), questions, credits: cost, ...slow }
  }

  const enrichCompany = (body: JsonObject, key: string): VendorAnswer => {
    const operation = 'enrich-company'
    if (strangeField(body, ['data']) !== undefined) return refuse(operation, 'INVALID_REQUEST')
    const clues = readClues(body['data'], COMPANY_CLUES)
    if (!clues) return refuse(operation, 'INVALID_REQUEST')
    if (!isCompany(clues)) return refuse(operation, 'INVALID_DATAPOINTS')
    const { question, domain } = companyMeant(clues)
    const slow = question === NOTABLE.slow ? { afterMs: slowMs } : {}
    if (!domain) return { ...miss(operation, question), ...slow }
    const cost = buy(key, new Map([companyThing(domain)]))
    if (cost === undefined) return refuse(operation, 'INSUFFICIENT_CREDITS')
    companies.set(idOf(domain.name), domain)
    const answer = { error: false, free_enrichment: cost === 0, company: companyData(companyOf(domain)) }
    return { ...ok(operation, answer), questions: [question], credits: cost, ...slow }
  }

  const account = (key: string): VendorAnswer => {
    const { used } = boughtBy(key)
    const response = {
      current_plan: 'SIMULATED',
      remaining_credits: (CREDITS[key] ?? 0) - used,
      used_credits: used,
      next_quota_renewal_days: 25,
      next_quota_renewal_date: '2030-01-01 20:52:28+00:00',
    }
    return ok('account-information', { error: false, response })
  }

  return {
    hosts: ['api.prospeo.io'],
    key: PROSPEO_KEYS.large,
    answer(request) {
      const operation = operationOf(request)
      if (!operation) return { ...refuse('unknown', 'INVALID_REQUEST', 'There is no such endpoint'), status: 404 }
      const key = request.headers['x-key'] ?? ''
      if (CREDITS[key] === undefined) return refuse(operation, 'INVALID_API_KEY')
      if (request.query.size > 0) return refuse(operation, 'INVALID_REQUEST', 'There are no parameters')
      if (operation === 'account-information')
        return request.body ? refuse(operation, 'INVALID_REQUEST', 'A GET request has no body') : account(key)
      const body = readJsonObject(request)
      if (!body) return refuse(operation, 'INVALID_REQUEST', 'The body must be a JSON object')
      switch (operation) {
        case 'enrich-person':
          return enrichPerson(body, key)
        case 'bulk-enrich-person':
          return enrichMany(body, key)
        case 'enrich-company':
          return enrichCompany(body, key)
        case 'bulk-enrich-company':
          return enrichCompanies(body, key)
      }
    },
    throttle: (request) => refuse(operationOf(request) ?? 'unknown', 'RATE_LIMITED'),
    reset() {
      bought.clear()
      met.clear()
      companies.clear()
    },
  }
}

const ENDPOINTS: { readonly [path: string]: readonly [method: string, operation: Operation] } = {
  '/enrich-person': ['POST', 'enrich-person'],
  '/bulk-enrich-person': ['POST', 'bulk-enrich-person'],
  '/enrich-company': ['POST', 'enrich-company'],
  '/bulk-enrich-company': ['POST', 'bulk-enrich-company'],
  '/account-information': ['GET', 'account-information'],
}

function operationOf({ path, method }: VendorRequest): Operation | undefined {
  const [wanted, operation] = ENDPOINTS[path] ?? []
  return method === wanted ? operation : undefined
}

function companyThing(domain: Domain): readonly [thing: string, price: number] {
  return [`company ${domain.name}`, MATCH_CREDITS]
}

function ok(operation: Operation, body: JsonObject): VendorAnswer {
  return { status: 200, body: JSON.stringify(body), operation, questions: [], credits: 0 }
}

// `filter_error` tells what is wrong; that it does so outside of searches is ours.
function refuse(operation: string, code: ErrorCode, detail: string | null = null): VendorAnswer {
  const body = JSON.stringify({ error: true, error_code: code, filter_error: detail })
  return { status: STATUS[code], body, operation, questions: [], credits: 0 }
}

/** A miss, in one of its two ways, always the same for a question (providers.md B5; for companies ours). */
function miss(operation: 'enrich-person' | 'enrich-company', question: string): VendorAnswer {
  const isError = fingerprint(question) % 2 === 0
  const empty = operation === 'enrich-person' ? { error: false, person: null } : { error: false, company: null }
  return { ...(isError ? refuse(operation, 'NO_MATCH') : ok(operation, empty)), questions: [question] }
}

/** The flags beside the other fields of a body, or what is wrong with them. */
function readFlags(body: JsonObject, others: readonly string[]): Flags | string {
  const strange = strangeField(body, [...PERSON_FLAGS, ...others])
  if (strange !== undefined) return `Unknown field ${strange}`
  for (const name of PERSON_FLAGS)
    if (!['boolean', 'undefined'].includes(typeof body[name])) return `${name} must be true or false`
  return {
    verifiedEmail: body['only_verified_email'] === true,
    mobile: body['enrich_mobile'] === true,
    verifiedMobile: body['only_verified_mobile'] === true,
  }
}

function readClues(value: unknown, allowed: readonly string[]): Clues | undefined {
  if (!isObject(value) || strangeField(value, allowed) !== undefined) return undefined
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  if (entries.length < Object.keys(value).length) return undefined
  return Object.fromEntries(entries.filter(([, text]) => text.trim() !== ''))
}

interface Wanted {
  readonly identifier: string
  readonly clues: Clues
}

function readRecords(value: unknown, allowed: readonly string[]): readonly Wanted[] | string {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_BATCH)
    return `data is a list of 1 to ${MAX_BATCH}`
  const records: Wanted[] = []
  const seen = new Set<string>()
  for (const item of value as readonly unknown[]) {
    const fields = readClues(item, ['identifier', ...allowed])
    if (!fields) return 'A record has an unknown field or one that is no text'
    const { identifier, ...clues } = fields
    if (identifier === undefined || seen.has(identifier)) return 'Each record needs its own identifier'
    seen.add(identifier)
    records.push({ identifier, clues })
  }
  return records
}

/** Whether the clues are exactly one of the kinds of providers.md B5; that kinds may not be mixed is ours. */
function isPerson(clues: Clues): boolean {
  const { linkedin_url: page, email, person_id: id, first_name: first, last_name: last, full_name: full } = clues
  const isNamed = PERSON_NAMES.some((name) => clues[name])
  const isPlaced = PERSON_COMPANIES.some((name) => clues[name])
  const kinds = [page, email, id, isNamed || isPlaced].filter(Boolean)
  if (kinds.length !== 1) return false
  if (page) return linkedinHandle(page, 'in') !== undefined
  if (email) return isEmail(email)
  if (id) return true
  const isWhole = full ? !first && !last : Boolean(first && last)
  return isWhole && isPlaced && isCompany(clues)
}

function isCompany(clues: Clues): boolean {
  const { company_website: website, company_linkedin_url: page } = clues
  if (website && !isHost(hostOf(website))) return false
  if (page && linkedinHandle(page, 'company') === undefined) return false
  return COMPANY_CLUES.some((name) => clues[name])
}

/** What the flags add to a question: with others it is another question. */
function wishOf({ verifiedEmail, mobile, verifiedMobile }: Flags): string {
  const wishes = [verifiedEmail && 'verified email', mobile && 'mobile', verifiedMobile && 'verified mobile']
  return wishes.map((wish) => (wish ? ` | ${wish}` : '')).join('')
}

/** Whether somebody has what the flags ask for; that others are no match is ours, from the names of the flags. */
function hasWanted(person: Person, flags: Flags): boolean {
  if (flags.verifiedEmail && person.mailbox?.status !== 'valid') return false
  return !flags.verifiedMobile || mobileOf(person) !== null
}

function idOf(about: string): string {
  return fingerprint(`prospeo ${about}`).toString(16).padStart(8, '0')
}

/** An address that is known and not shown; ours in its form. */
function masked(email: string): string {
  return email.replace(/^(.).*(?=@)/, '$1*****')
}

function emailData({ mailbox, domain }: Person): JsonObject {
  if (!mailbox)
    return { status: null, revealed: false, email: null, verification_method: null, email_mx_provider: null }
  const isVerified = mailbox.status === 'valid'
  // An address that is not revealed is there and masked (providers.md B5, "Trap"); which ones is ours.
  const isRevealed = isVerified || fingerprint(`revealed ${mailbox.email}`) % 2 === 0
  return {
    status: isVerified ? 'VERIFIED' : 'UNVERIFIED',
    revealed: isRevealed,
    email: isRevealed ? mailbox.email : masked(mailbox.email),
    verification_method: isVerified ? 'SMTP' : null,
    email_mx_provider: domain.mail.replace(/^./, (letter) => letter.toUpperCase()),
  }
}

function mobileData(person: Person, { mobile: isWanted }: Flags): JsonObject {
  const number = isWanted ? mobileOf(person) : null
  const { domain } = person
  return {
    status: number === null ? null : 'VERIFIED',
    revealed: number !== null,
    mobile: number,
    mobile_national: number && nationalOf(number),
    mobile_international: number,
    mobile_country: number === null ? null : companyOf(domain).city.country,
    mobile_country_code: number === null ? null : domain.country,
  }
}

/** As it is dialled inside the country: the invented mobiles are in the United States (+1), Germany (+49) and Sweden (+46). */
function nationalOf(number: string): string {
  return number.startsWith('+1') ? number.slice(2) : `0${number.slice(3)}`
}

// The words of seniority and departments are not in the facts; ours.
const SENIORITY = {
  founder: 'Founder/Owner',
  chief: 'C-Suite',
  vp: 'Vice President',
  head: 'Head',
  director: 'Director',
  manager: 'Manager',
  specialist: 'Entry',
} as const

function personData(person: Person, flags: Flags): JsonObject {
  const { firstName, lastName, position, domain, linkedinHandle: handle } = person
  const { city } = companyOf(domain)
  const standing = standingOf(person)
  const job = {
    title: position,
    company_name: domain.company,
    current: true,
    start_year: 2010 + (fingerprint(`since ${personKey(person)}`) % 15),
    start_month: 1,
    end_year: null,
    end_month: null,
    seniority: standing && SENIORITY[standing.level],
    departments: standing ? [standing.field] : [],
    company_id: idOf(domain.name),
  }
  return {
    person_id: idOf(personKey(person)),
    first_name: firstName,
    last_name: lastName,
    full_name: `${firstName} ${lastName}`,
    linkedin_url: handle === null ? null : `https://www.linkedin.com/in/${handle}`,
    current_job_title: position,
    headline: position,
    job_history: position === null ? [] : [job],
    mobile: mobileData(person, flags),
    email: emailData(person),
    location: { country: city.country, city: city.name },
  }
}

function companyData(company: Company): JsonObject {
  const { domain, city, revenue } = company
  return {
    company_id: idOf(domain.name),
    name: domain.company,
    website: `https://${domain.name}`,
    domain: domain.name,
    other_websites: [],
    description: company.description,
    type: 'Private',
    industry: company.industry,
    employee_count: company.employees,
    employee_range: bandOf(company.employees, SIZES),
    location: {
      city: city.name,
      state: city.region,
      country: city.country,
      country_code: domain.country,
      time_zone: city.timeZone,
    },
    sic_codes: [company.sic],
    naics_codes: [company.naics],
    linkedin_url: `https://www.linkedin.com/company/${company.linkedinHandle}`,
    twitter_url: null,
    facebook_url: null,
    crunchbase_url: null,
    phone_hq: { phone_hq: company.phone },
    founded: company.founded,
    revenue_range: { min: Math.floor(revenue / 2), max: revenue * 2 },
    revenue_range_printed: `${Math.floor(revenue / 2e6)}M-${Math.ceil(revenue / 5e5)}M`,
    keywords: company.keywords,
    logo_url: null,
    funding: null,
    technology: { count: company.technologies.length, technology_names: company.technologies },
  }
}
