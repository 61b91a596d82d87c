// Hunter v2, from providers.md B1 and the rows about Hunter in A3 to A5. Error ids and texts that B1 does not name are
// ours; B1 gives no body for 202 and 222, so both come without one.
//
// Plays `api.hunter.io`: v2 `email-finder`, `email-verifier`, `people/find`, `companies/find`, `account`; any other
// path is 404.
//
// Refuses: a key in none or in two places (401), a path or method that does not exist (404), an unknown, repeated,
// missing or ill-formed parameter or a body (400), more than 15 a second or 500 a minute for the finders, 10 and 300
// for the verifier (403, over any window of the clock), a used-up month (429), people who objected (451). A find costs
// 1, a miss nothing; a verdict costs 1 of its own quota. `people/find` knows a person by `email` or by
// `linkedin_handle` (one of them, a first and a last name; about 80 % of the handles are known), costs 1 for a person
// and answers a miss with 404. `companies/find` does the same by `domain`. `202` and `222` have no body and cost
// nothing: read the status first. In `account`, `available` is the allowance of the period, not what is left.
import { isEmail, isHost } from '../addresses'
import { bandOf, type Company, companyOf } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { knowsCompany } from '../knowledge'
import { createLimit, type Limit, type Rate } from '../limit'
import { fingerprint, type Mailbox, NOTABLE, type Person, plain, standingOf, takesMail, type World } from '../people'

/**
 * Keys that the simulated Hunter knows: one with a large plan, one of a team that has as much, one with two finds and two verifications left, and one for
 * tests that checks the parameters, gives one fixed answer, costs nothing and has no account.
 */
export const HUNTER_KEYS = {
  large: 'simulated-hunter-key-large',
  team: 'simulated-hunter-key-team',
  nearlyUsedUp: 'simulated-hunter-key-nearly-used-up',
  test: 'test-api-key',
} as const

type Operation = 'email-finder' | 'email-verifier' | 'people/find' | 'companies/find' | 'account'

interface Plan {
  readonly name: string
  readonly level: number
  readonly finds: number
  readonly verifications: number
}

interface Usage {
  finds: number
  verifications: number
}

interface Rejection {
  readonly status: number
  readonly id: string
  readonly details: string
}

const PLANS: { readonly [key: string]: Plan } = {
  [HUNTER_KEYS.large]: { name: 'Simulated large', level: 4, finds: 50_000, verifications: 100_000 },
  [HUNTER_KEYS.team]: { name: 'Simulated team', level: 4, finds: 50_000, verifications: 100_000 },
  [HUNTER_KEYS.nearlyUsedUp]: { name: 'Simulated nearly used up', level: 0, finds: 2, verifications: 2 },
}

// providers.md B1, "Rate limits".
const RATES: { readonly [operation in Operation]: Rate } = {
  'email-finder': { perSecond: 15, perMinute: 500 },
  'email-verifier': { perSecond: 10, perMinute: 300 },
  'people/find': { perSecond: 15, perMinute: 500 },
  'companies/find': { perSecond: 15, perMinute: 500 },
  account: {},
}

// providers.md B1, "Requests"; the key may also stand in the query.
const PARAMETERS: { readonly [operation in Operation]: readonly string[] } = {
  'email-finder': ['domain', 'company', 'linkedin_handle', 'first_name', 'last_name', 'full_name', 'max_duration'],
  'email-verifier': ['email'],
  'people/find': ['email', 'linkedin_handle'],
  'companies/find': ['domain'],
  account: [],
}

/** Percent of the companies that it knows; ours. */
const COMPANY_SHARE = 45

// Only `11-50` is in the facts; the other bands are ours in its form.
const SIZES = [
  [10, '1-10'],
  [50, '11-50'],
  [250, '51-250'],
  [1000, '251-1K'],
  [5000, '1K-5K'],
  [10_000, '5K-10K'],
  [50_000, '10K-50K'],
] as const

// providers.md B1: the fixed dummy answers to the test key.
const DUMMY_FIND =
  '{"data":{"first_name":"Ada","last_name":"Nowak","email":"ada.nowak@example.com","score":97,"domain":"example.com","accept_all":false,"position":"CTO","twitter":null,"linkedin_url":null,"phone_number":null,"company":"Example","sources":[{"domain":"example.com","uri":"https://example.com/team","extracted_on":"2025-01-04","last_seen_on":"2026-03-18","still_on_page":true}],"verification":{"date":"2026-04-12","status":"valid"}},"meta":{"params":{"first_name":"Ada","last_name":"Nowak","full_name":null,"domain":"example.com","company":null,"max_duration":null}}}'
const DUMMY_VERDICT =
  '{"data":{"status":"valid","result":"deliverable","score":100,"email":"ada.nowak@example.com","regexp":true,"gibberish":false,"disposable":false,"webmail":false,"mx_records":true,"smtp_server":true,"smtp_check":true,"accept_all":false,"block":false,"sources":[]},"meta":{"params":{"email":"ada.nowak@example.com"}}}'

/** Starts a Hunter that knows the people of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const usage = new Map<string, Usage>()
  const limits: { readonly [operation in Operation]: Limit } = {
    'email-finder': createLimit(RATES['email-finder']),
    'email-verifier': createLimit(RATES['email-verifier']),
    'people/find': createLimit(RATES['people/find']),
    'companies/find': createLimit(RATES['companies/find']),
    account: createLimit(RATES.account),
  }
  const asked = new Set<string>()

  const usedBy = (key: string): Usage => {
    const used = usage.get(key) ?? { finds: 0, verifications: 0 }
    usage.set(key, used)
    return used
  }

  const find = (request: VendorRequest, key: string): VendorAnswer => {
    const { query } = request
    const asksFor = readFinderQuery(query, world)
    const question = 'question' in asksFor ? asksFor.question : ''
    const answer = (status: number, body: string, credits = 0): VendorAnswer => {
      const wait = Math.min(slowMs, Number(query.get('max_duration') ?? 10) * 1000)
      const slow = 'domain' in asksFor && asksFor.domain === NOTABLE.slow ? { afterMs: wait } : {}
      return { status, body, credits, operation: 'email-finder', questions: question ? [question] : [], ...slow }
    }
    if ('status' in asksFor) return answer(asksFor.status, errors(asksFor))
    if (key === HUNTER_KEYS.test) return answer(200, DUMMY_FIND)
    const used = usedBy(key)
    if (used.finds >= (PLANS[key]?.finds ?? 0)) return answer(429, errors(USED_UP))
    const { first, last, domain } = asksFor
    const { objector } = NOTABLE
    if (plain(`${first} ${last}`) === plain(`${objector.first} ${objector.last}`) && domain === objector.domain)
      return answer(451, errors(CLAIMED))
    const person = domain === undefined ? undefined : world.person({ first, last, domain })
    const meta = { params: Object.fromEntries(FINDER_ECHO.map((name) => [name, query.get(name)])) }
    const credits = person?.mailbox ? 1 : 0
    used.finds += credits
    return answer(
      200,
      JSON.stringify({ data: foundData({ first, last, domain: domain ?? null }, person), meta }),
      credits,
    )
  }

  const verify = (request: VendorRequest, key: string): VendorAnswer => {
    const email = (request.query.get('email') ?? '').trim().toLowerCase()
    const answer = (status: number, body: string, credits = 0): VendorAnswer => {
      const slow = email.endsWith(`@${NOTABLE.slow}`) ? { afterMs: slowMs } : {}
      return { status, body, credits, operation: 'email-verifier', questions: email ? [email] : [], ...slow }
    }
    if (!email) return answer(400, errors(missing('email')))
    if (!isEmail(email)) return answer(400, errors(wrong('The email is not an address')))
    if (key === HUNTER_KEYS.test) return answer(200, DUMMY_VERDICT)
    const used = usedBy(key)
    if (used.verifications >= (PLANS[key]?.verifications ?? 0)) return answer(429, errors(USED_UP))
    if (email === NOTABLE.objector.email) return answer(451, errors(CLAIMED))
    const isFirst = !asked.has(`${key} ${email}`)
    asked.add(`${key} ${email}`)
    if (isFirst && email.endsWith(`@${NOTABLE.verifiedLater}`)) return answer(202, '')
    if (isFirst && email.endsWith(`@${NOTABLE.oddServer}`)) return answer(222, '')
    used.verifications += 1
    const data = verdictData(world.mailbox(email) ?? { email, status: 'unknown', score: 0 }, world)
    return answer(200, JSON.stringify({ data, meta: { params: { email: request.query.get('email') } } }), 1)
  }

  // The test key is not documented for this call: it is refused like any other key that is not known here.
  const findPerson = ({ query }: VendorRequest, key: string): VendorAnswer => {
    const email = (query.get('email') ?? '').trim().toLowerCase()
    const handle = (query.get('linkedin_handle') ?? '').trim().toLowerCase()
    const question = email || `linkedin ${handle}`
    const answer = (status: number, body: string, credits = 0): VendorAnswer => {
      return { status, body, credits, operation: 'people/find', questions: email || handle ? [question] : [] }
    }
    if (!email && !handle) return answer(400, errors(missing('email')))
    if (email && handle) return answer(400, errors(wrong('Give the email or the linkedin_handle, not both')))
    if (email && !isEmail(email)) return answer(400, errors(wrong('The email is not an address')))
    if (handle && !/^[\p{L}\p{N}%_-]+$/u.test(handle))
      return answer(400, errors(wrong('The linkedin_handle is not a handle')))
    const used = usedBy(key)
    if (used.finds >= (PLANS[key]?.finds ?? 0)) return answer(429, errors(USED_UP))
    if (email === NOTABLE.objector.email) return answer(451, errors(CLAIMED))
    const person = email ? world.personOfEmail(email) : world.personOfHandle(handle)
    if (!person) return answer(404, errors(NO_SUCH_PERSON))
    used.finds += 1
    const meta = { params: { email: query.get('email'), linkedin_handle: query.get('linkedin_handle') } }
    return answer(200, JSON.stringify({ data: personData(person), meta }), 1)
  }

  // Like findPerson: the test key is not documented for it.
  const findCompany = ({ query }: VendorRequest, key: string): VendorAnswer => {
    const name = (query.get('domain') ?? '').trim().toLowerCase()
    const answer = (status: number, body: string, credits = 0): VendorAnswer => {
      const slow = name === NOTABLE.slow ? { afterMs: slowMs } : {}
      return { status, body, credits, operation: 'companies/find', questions: name ? [name] : [], ...slow }
    }
    if (!name) return answer(400, errors(missing('domain')))
    if (!isHost(name)) return answer(400, errors(INVALID_DOMAIN))
    const used = usedBy(key)
    if (used.finds >= (PLANS[key]?.finds ?? 0)) return answer(429, errors(USED_UP))
    const domain = world.domain(name)
    if (!domain || !knowsCompany('hunter', domain, COMPANY_SHARE)) return answer(404, errors(NO_SUCH_COMPANY))
    used.finds += 1
    const meta = { params: { domain: query.get('domain') } }
    return answer(200, JSON.stringify({ data: companyData(companyOf(domain)), meta }), 1)
  }

  const account = (key: string): VendorAnswer => {
    const plan = PLANS[key]
    const used = usedBy(key)
    // `available` is the allowance of the period, not what is left of it.
    const finds = { used: used.finds, available: plan?.finds ?? 0 }
    const data = {
      plan_name: plan?.name,
      plan_level: plan?.level,
      reset_date: '2030-01-01',
      team_id: 1,
      requests: {
        credits: finds,
        searches: finds,
        verifications: { used: used.verifications, available: plan?.verifications ?? 0 },
      },
    }
    return { status: 200, body: JSON.stringify({ data }), operation: 'account', questions: [], credits: 0 }
  }

  return {
    hosts: ['api.hunter.io'],
    key: HUNTER_KEYS.large,
    answer(request) {
      const operation = operationOf(request.path)
      if (!operation || request.method !== 'GET') return refuse(request, NO_SUCH_ENDPOINT)
      const key = keyOf(request)
      if (key === undefined) return refuse(request, NO_KEY)
      if (limits[operation].isTooOften(key, request.at)) return refuse(request, TOO_OFTEN)
      const fault = checkParameters(request, operation)
      if (fault) return refuse(request, fault)
      switch (operation) {
        case 'email-finder':
          return find(request, key)
        case 'email-verifier':
          return verify(request, key)
        case 'people/find':
          return key === HUNTER_KEYS.test ? refuse(request, NO_KEY) : findPerson(request, key)
        case 'companies/find':
          return key === HUNTER_KEYS.test ? refuse(request, NO_KEY) : findCompany(request, key)
        case 'account':
          return key === HUNTER_KEYS.test ? refuse(request, NO_KEY) : account(key)
      }
    },
    throttle: (request) => refuse(request, TOO_OFTEN),
    reset() {
      usage.clear()
      for (const limit of Object.values(limits)) limit.reset()
      asked.clear()
    },
  }
}

const FINDER_ECHO = ['first_name', 'last_name', 'full_name', 'domain', 'company', 'max_duration'] as const

const NO_SUCH_ENDPOINT: Rejection = { status: 404, id: 'not_found', details: 'There is no such endpoint' }
const NO_SUCH_PERSON: Rejection = { status: 404, id: 'not_found', details: 'We know nobody by that' }
const NO_SUCH_COMPANY: Rejection = { status: 404, id: 'not_found', details: 'We know no company by that' }
const INVALID_DOMAIN: Rejection = {
  status: 400,
  id: 'invalid_domain',
  details: 'The domain is not a domain name',
}
const NO_KEY: Rejection = { status: 401, id: 'authentication_failed', details: 'No valid API key was given' }
const TOO_OFTEN: Rejection = { status: 403, id: 'rate_limit_exceeded', details: 'The rate limit was exceeded' }
const USED_UP: Rejection = { status: 429, id: 'usage_limit_reached', details: 'The monthly usage limit was reached' }
const CLAIMED: Rejection = {
  status: 451,
  id: 'claimed_email',
  details: 'The person asked us not to process their data',
}

function wrong(details: string): Rejection {
  return { status: 400, id: 'wrong_params', details }
}

function missing(parameter: string): Rejection {
  return wrong(`You are missing the ${parameter} parameter`)
}

function errors({ status, id, details }: Rejection): string {
  return JSON.stringify({ errors: [{ id, code: status, details }] })
}

function refuse(request: VendorRequest, rejection: Rejection): VendorAnswer {
  const operation = operationOf(request.path) ?? 'unknown'
  return { status: rejection.status, body: errors(rejection), operation, questions: [], credits: 0 }
}

function operationOf(path: string): Operation | undefined {
  switch (path) {
    case '/v2/email-finder':
      return 'email-finder'
    case '/v2/email-verifier':
      return 'email-verifier'
    case '/v2/people/find':
      return 'people/find'
    case '/v2/companies/find':
      return 'companies/find'
    case '/v2/account':
      return 'account'
    default:
      return undefined
  }
}

/** The key, when it stands in exactly one of the three places and is one that we gave out. */
function keyOf({ query, headers }: VendorRequest): string | undefined {
  const bearer = headers['authorization']
  const places = [query.getAll('api_key'), headers['x-api-key'] ?? [], bearer ?? []].flat()
  const [given] = places
  if (given === undefined || places.length > 1) return undefined
  const key = bearer === undefined ? given : /^Bearer (\S+)$/.exec(bearer)?.[1]
  return key !== undefined && (Object.values(HUNTER_KEYS) as readonly string[]).includes(key) ? key : undefined
}

function checkParameters({ query, body }: VendorRequest, operation: Operation): Rejection | undefined {
  if (body) return wrong('A GET request has no body')
  for (const name of new Set(query.keys())) {
    if (name !== 'api_key' && !PARAMETERS[operation].includes(name)) return wrong(`Unknown parameter ${name}`)
    if (query.getAll(name).length > 1) return wrong(`The ${name} parameter was given twice`)
  }
  return undefined
}

interface FinderQuestion {
  readonly question: string
  readonly first: string
  readonly last: string
  readonly domain: string | undefined
}

function readFinderQuery(query: URLSearchParams, world: World): FinderQuestion | Rejection {
  const text = (name: string): string => (query.get(name) ?? '').trim()
  const duration = query.get('max_duration')
  if (duration !== null && !/^([3-9]|1\d|20)$/.test(duration)) return wrong('max_duration is a number from 3 to 20')
  const company = text('company')
  const handle = text('linkedin_handle').toLowerCase()
  const domain = text('domain').toLowerCase()
  if (!domain && !company && !handle) return missing('domain')
  if (domain && !isHost(domain)) return INVALID_DOMAIN
  const full = text('full_name')
  const [fullFirst = '', ...fullRest] = full.split(/\s+/)
  const first = text('first_name') || (text('last_name') ? '' : fullFirst)
  const last = text('last_name') || (text('first_name') ? '' : fullRest.join(' '))
  if (!first) return missing('first_name')
  if (!last) return missing('last_name')
  if (!/\p{L}/u.test(first)) return { status: 400, id: 'invalid_first_name', details: 'The first name is not a name' }
  const where = domain || (company ? `company ${plain(company)}` : `linkedin ${handle}`)
  const named = plain(`${first} ${last}`) || `${first} ${last}`.toLowerCase()
  const at = domain || (company ? world.domainOfCompany(company) : world.domainOfHandle(handle))
  return { question: `${named} | ${where}`, first, last, domain: at }
}

interface Asked {
  readonly first: string
  readonly last: string
  readonly domain: string | null
}

// A miss is 200 with `email` null (providers.md A3); the rest of that body is not sourced and is null here.
function foundData(asked: Asked, person: Person | undefined): object {
  const mailbox = person?.mailbox
  const names = { first_name: asked.first, last_name: asked.last }
  if (!person || !mailbox)
    return {
      ...names,
      email: null,
      score: null,
      domain: asked.domain,
      accept_all: null,
      position: null,
      twitter: null,
      linkedin_url: null,
      phone_number: null,
      company: null,
      sources: [],
      verification: { date: null, status: null },
    }
  const { domain } = person
  return {
    ...names,
    email: mailbox.email,
    score: mailbox.score,
    domain: domain.name,
    accept_all: domain.acceptAll,
    position: person.position,
    twitter: person.twitter,
    linkedin_url: person.linkedinHandle === null ? null : `https://www.linkedin.com/in/${person.linkedinHandle}`,
    phone_number: person.phone,
    company: domain.company,
    sources: [
      {
        domain: domain.name,
        uri: `https://${domain.name}/team`,
        extracted_on: '2025-01-04',
        last_seen_on: '2026-03-18',
        still_on_page: true,
      },
    ],
    verification: { date: '2026-04-12', status: mailbox.status },
  }
}

// The fields of providers.md B1; what the invented world does not hold is null.
function personData(person: Person): object {
  const { domain } = person
  const level = standingOf(person)?.level
  return {
    id: fingerprint(`${person.firstName} ${person.lastName} ${domain.name}`).toString(16),
    name: {
      fullName: `${person.firstName} ${person.lastName}`,
      givenName: person.firstName,
      familyName: person.lastName,
    },
    email: person.mailbox?.email ?? null,
    location: domain.country,
    timeZone: null,
    utcOffset: null,
    geo: { city: null, state: null, stateCode: null, country: null, countryCode: domain.country, lat: null, lng: null },
    employment: {
      domain: domain.name,
      name: domain.company,
      title: person.position,
      role: null,
      subRole: null,
      seniority: level === undefined ? null : ['manager', 'specialist'].includes(level) ? 'senior' : 'executive',
    },
    twitter: { handle: person.twitter },
    linkedin: { handle: person.linkedinHandle },
    fuzzy: false,
    emailProvider: domain.mail,
    indexedAt: '2026-01-01',
    phone: person.phone,
    activeAt: null,
    inactiveAt: null,
  }
}

// The fields of providers.md B1; what the invented world does not hold is null.
function companyData(company: Company): object {
  const { domain, city } = company
  return {
    id: fingerprint(`hunter ${domain.name}`).toString(16),
    name: domain.company,
    legalName: company.legalName,
    domain: domain.name,
    category: { sector: company.sector, industryGroup: null, industry: company.industry, subIndustry: null },
    tags: company.keywords,
    description: company.description,
    foundedYear: company.founded,
    location: `${city.name}, ${city.country}`,
    logo: `https://logos.hunter.io/${domain.name}`,
    linkedin: { handle: `company/${company.linkedinHandle}` },
    type: 'private',
    company_type: 'privately held',
    metrics: { employees: bandOf(company.employees, SIZES), trafficRank: null },
    tech: company.technologies,
    fundingRounds: [],
  }
}

function verdictData({ email, status, score }: Mailbox, world: World): object {
  const home = world.domain(email.slice(email.lastIndexOf('@') + 1))
  const hasServer = home !== undefined && takesMail(home)
  return {
    status,
    result: resultOf(status),
    score,
    email,
    regexp: true,
    gibberish: false,
    disposable: status === 'disposable',
    webmail: status === 'webmail',
    mx_records: hasServer,
    smtp_server: hasServer,
    smtp_check: status === 'valid' || status === 'accept_all' || status === 'webmail',
    accept_all: status === 'accept_all',
    block: false,
    sources: [],
  }
}

function resultOf(status: Mailbox['status']): 'deliverable' | 'undeliverable' | 'risky' {
  switch (status) {
    case 'valid':
      return 'deliverable'
    case 'invalid':
      return 'undeliverable'
    case 'accept_all':
    case 'webmail':
    case 'disposable':
    case 'unknown':
      return 'risky'
  }
}
