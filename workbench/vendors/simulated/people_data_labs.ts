// People Data Labs v5, from providers.md B3 and the rows about it in A3 to A5: people and companies, one and many.
// Texts of messages and everything marked "ours" are not in the facts.
//
// Plays `api.peopledatalabs.com`, `sandbox.api.peopledatalabs.com`: v5 `person/enrich` (GET, POST), `person/bulk`,
// `company/enrich`, `company/enrich/bulk`.
//
// Refuses: a key in none or in two places (401), another method (405), unknown, repeated or wrongly typed parameters,
// too little to find somebody by, more than 100 in a batch (400), more than 100 calls a minute (429, no `retry-after`),
// used-up lookups (402). A miss is 404 and free, a hit costs 1; in a batch each item has its own `status`. A wrong path
// is a 404 in another shape than a miss. `x-ratelimit-remaining` is a Python dict. The free plan's key gets `true` for
// addresses and phones. `matched` comes only with `include_if_matched`. The sandbox answers the same and takes nothing.
import { hostOf, isEmail, isHost, linkedinHandle } from '../addresses'
import { bandOf, type Company, companyOf, EMPLOYEE_BANDS } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { domainMeant, knowsCompany, knowsPerson, personMeant } from '../knowledge'
import { fingerprint, mobileOf, NOTABLE, type Person, personKey, standingOf } from '../people'
import { createArrivals } from '../limit'
import { isObject, type JsonObject, readJsonObject, strangeField, strangeParameter } from '../requests'

/** Keys that the simulated People Data Labs knows: a paid one, a paid one with two lookups left, one of the free plan. */
export const PEOPLE_DATA_LABS_KEYS = {
  large: 'simulated-pdl-key-large',
  nearlyUsedUp: 'simulated-pdl-key-nearly-used-up',
  free: 'simulated-pdl-key-free',
} as const

const PRODUCTION = 'api.peopledatalabs.com'
const SANDBOX = 'sandbox.api.peopledatalabs.com'

/** Percent of the people and companies that it knows; ours. */
const PEOPLE_SHARE = 50
const COMPANY_SHARE = 55

/** Lookups of each key; the 100 of the free plan are documented (providers.md B3, "Free"). */
const LOOKUPS: { readonly [key: string]: number } = {
  [PEOPLE_DATA_LABS_KEYS.large]: 100_000,
  [PEOPLE_DATA_LABS_KEYS.nearlyUsedUp]: 2,
  [PEOPLE_DATA_LABS_KEYS.free]: 100,
}

// providers.md B3, "Free": the only number that is documented, so every key has it.
const PER_MINUTE = 100
// Only shown in a header, as in the example there; ours.
const PER_DAY = 100_000

// providers.md B3, "POST /person/bulk".
const MAX_BATCH = 100

const PERSON_CLUES: readonly string[] =
  'pdl_id name first_name last_name middle_name location street_address locality region country postal_code company school phone email email_hash profile lid birth_date'.split(
    ' ',
  )
const PERSON_OPTIONS = ['min_likelihood', 'required', 'include_if_matched', 'data_include', 'titlecase', 'pretty']
// That `titlecase` is taken of a company too is ours.
const COMPANY_PARAMETERS = ['name', 'website', 'profile', 'ticker', 'pdl_id', 'location', 'min_likelihood', 'titlecase']

// Which fields the free plan hides is not in the facts; ours.
const PREMIUM = ['work_email', 'personal_emails', 'emails', 'mobile_phone', 'phone_numbers']

// Only `$1M-$10M` is in the facts; the other bands are ours in its form.
const REVENUES = [
  [1e6, '$0-$1M'],
  [10e6, '$1M-$10M'],
  [25e6, '$10M-$25M'],
  [50e6, '$25M-$50M'],
  [100e6, '$50M-$100M'],
  [250e6, '$100M-$250M'],
  [500e6, '$250M-$500M'],
  [1e9, '$500M-$1B'],
  [10e9, '$1B-$10B'],
  [Infinity, '$10B+'],
] as const

type Values = { readonly [name: string]: readonly string[] }

interface Rejection {
  readonly status: number
  readonly type: string
  readonly message: string
}

interface Result {
  readonly status: number
  readonly body: JsonObject
  readonly question: string | undefined
  readonly isSlow: boolean
}

/** Starts a People Data Labs that knows half of the people of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const used = new Map<string, number>()
  const arrivals = createArrivals()

  const left = (key: string): number => (LOOKUPS[key] ?? 0) - (used.get(key) ?? 0)

  // One credit for each 200 (providers.md B3, "Free"); the sandbox takes none (ours).
  const charge = (host: string, key: string): number => {
    if (host === SANDBOX) return 0
    used.set(key, (used.get(key) ?? 0) + 1)
    return 1
  }

  const headersOf = (key: string, calls: number, spent: number): { readonly [name: string]: string } => ({
    // A Python dict with single quotes, which is no JSON (providers.md B3, "Headers").
    'x-ratelimit-limit': `{'minute': ${PER_MINUTE}, 'day': ${PER_DAY}}`,
    'x-ratelimit-remaining': `{'minute': ${Math.max(0, PER_MINUTE - calls)}, 'day': ${PER_DAY - calls}}`,
    'x-ratelimit-reset': '2030-01-01T00:00:00',
    'x-call-credits-spent': String(spent),
    'x-call-credits-type': 'enrich',
    'x-lifetime-used': String(used.get(key) ?? 0),
    'x-totallimit-remaining': String(left(key)),
    'x-totallimit-purchased-remaining': String(left(key)),
    'x-totallimit-overages-remaining': '0',
  })

  const enrichPerson = (values: Values, key: string): Result | Rejection => {
    const fault = checkPerson(values)
    if (fault) return fault
    const clues = personClues(values)
    const meant = personMeant(world, clues)
    const question = meant?.question ?? otherQuestion(values)
    const known =
      meant?.person && knowsPerson('people_data_labs', meant.person, PEOPLE_SHARE) ? meant.person : undefined
    const likelihood = known ? likelihoodOf(clues.email ?? clues.handle, known) : 0
    const data = known && personData(known)
    const isSlow = known?.domain.name === NOTABLE.slow
    const isWanted = data && likelihood >= Number(one(values, 'min_likelihood') ?? 0) && fulfils(data, values)
    if (!isWanted) return { status: 404, body: errorBody(NOT_FOUND), question, isSlow }
    const shown = shownData(data, values, key === PEOPLE_DATA_LABS_KEYS.free)
    // That `matched` comes only when it is asked for is ours.
    const matched = one(values, 'include_if_matched') === 'true' ? { matched: matchedOf(values) } : {}
    return { status: 200, body: { status: 200, likelihood, data: shown, ...matched }, question, isSlow }
  }

  const enrichCompany = (values: Values): Result | Rejection => {
    const fault = checkCompany(values)
    if (fault) return fault
    const name = domainMeant(world, {
      companyDomain: one(values, 'website'),
      companyHandle: linkedinHandle(one(values, 'profile') ?? '', 'company'),
      companyName: one(values, 'name'),
    })
    const domain = name === undefined ? undefined : world.domain(name)
    const isKnown = domain !== undefined && knowsCompany('people_data_labs', domain, COMPANY_SHARE)
    const question = name ?? otherQuestion(values)
    const isSlow = name === NOTABLE.slow
    const likelihood = one(values, 'website') || one(values, 'profile') ? 10 : 6
    if (!isKnown || likelihood < Number(one(values, 'min_likelihood') ?? 0))
      return { status: 404, body: errorBody(NOT_FOUND), question, isSlow }
    return { status: 200, body: { status: 200, likelihood, ...companyData(companyOf(domain)) }, question, isSlow }
  }

  const enrichMany = (request: VendorRequest, key: string, calls: number): VendorAnswer => {
    const isCompanies = request.path === '/v5/company/enrich/bulk'
    const items = readBatch(request, isCompanies ? COMPANY_PARAMETERS : [...PERSON_CLUES, ...PERSON_OPTIONS])
    if ('type' in items) return refuse(request, items, headersOf(key, calls, 0))
    let credits = 0
    let afterMs = 0
    const questions: string[] = []
    const answers = items.map(({ values, metadata }) => {
      // A batch that the rest does not pay for is answered as far as it goes; ours.
      const result = left(key) < 1 ? USED_UP : isCompanies ? enrichCompany(values) : enrichPerson(values, key)
      if (!('body' in result)) return { ...errorBody(result), ...metadata }
      if (result.status === 200) credits += charge(request.host, key)
      if (result.question !== undefined) questions.push(result.question)
      if (result.isSlow) afterMs = slowMs
      return { ...result.body, ...metadata }
    })
    return {
      status: 200,
      body: JSON.stringify(answers),
      headers: headersOf(key, calls, credits),
      operation: isCompanies ? 'company/enrich/bulk' : 'person/bulk',
      questions,
      credits,
      afterMs,
    }
  }

  const enrichOne = (request: VendorRequest, key: string, calls: number): VendorAnswer => {
    const operation = operationOf(request.path)
    const parameters = operation === 'company/enrich' ? COMPANY_PARAMETERS : [...PERSON_CLUES, ...PERSON_OPTIONS]
    const values = readValues(request, parameters)
    if (isRejection(values)) return refuse(request, values, headersOf(key, calls, 0))
    const result = operation === 'company/enrich' ? enrichCompany(values) : enrichPerson(values, key)
    if (!('body' in result)) return refuse(request, result, headersOf(key, calls, 0))
    const credits = result.status === 200 ? charge(request.host, key) : 0
    return {
      status: result.status,
      body: JSON.stringify(result.body, null, one(values, 'pretty') === 'true' ? 4 : 0),
      headers: headersOf(key, calls, credits),
      operation: operation ?? 'unknown',
      questions: result.question === undefined ? [] : [result.question],
      credits,
      ...(result.isSlow ? { afterMs: slowMs } : {}),
    }
  }

  return {
    hosts: [PRODUCTION, SANDBOX],
    key: PEOPLE_DATA_LABS_KEYS.large,
    answer(request) {
      const operation = operationOf(request.path)
      if (!operation) return noSuchEndpoint()
      if (!METHODS[operation].includes(request.method)) return refuse(request, WRONG_METHOD)
      const key = keyOf(request)
      if (key === undefined) return refuse(request, NO_KEY)
      const calls = arrivals.note(key, request.at, 60_000).length
      if (calls > PER_MINUTE) return refuse(request, TOO_OFTEN, headersOf(key, calls, 0))
      if (left(key) < 1) return refuse(request, USED_UP, headersOf(key, calls, 0))
      const isMany = operation === 'person/bulk' || operation === 'company/enrich/bulk'
      return isMany ? enrichMany(request, key, calls) : enrichOne(request, key, calls)
    },
    throttle: (request) => refuse(request, TOO_OFTEN),
    reset() {
      used.clear()
      arrivals.reset()
    },
  }
}

type Operation = 'person/enrich' | 'person/bulk' | 'company/enrich' | 'company/enrich/bulk'

const METHODS: { readonly [operation in Operation]: readonly string[] } = {
  'person/enrich': ['GET', 'POST'],
  'person/bulk': ['POST'],
  'company/enrich': ['GET'],
  'company/enrich/bulk': ['POST'],
}

function operationOf(path: string): Operation | undefined {
  switch (path) {
    case '/v5/person/enrich':
      return 'person/enrich'
    case '/v5/person/bulk':
      return 'person/bulk'
    case '/v5/company/enrich':
      return 'company/enrich'
    case '/v5/company/enrich/bulk':
      return 'company/enrich/bulk'
    default:
      return undefined
  }
}

const NOT_FOUND: Rejection = {
  status: 404,
  type: 'not_found',
  message: 'No records were found matching your request',
}
const NO_KEY: Rejection = {
  status: 401,
  type: 'authentication_error',
  message: 'Request contained a missing or invalid key',
}
const USED_UP: Rejection = { status: 402, type: 'payment_required', message: 'You have used up your lookups' }
const TOO_OFTEN: Rejection = {
  status: 429,
  type: 'rate_limit_error',
  message: 'An error occurred due to requests hitting the API too quickly',
}
// The type that goes with 405 is not in the facts; ours.
const WRONG_METHOD: Rejection = { status: 405, type: 'invalid_request_error', message: 'The method is not allowed' }

function invalid(message: string): Rejection {
  return { status: 400, type: 'invalid_request_error', message }
}

function isRejection(value: Values | Rejection): value is Rejection {
  return typeof value['status'] === 'number'
}

function errorBody({ status, type, message }: Rejection): JsonObject {
  return { status, error: { type, message } }
}

function refuse(
  { path }: VendorRequest,
  rejection: Rejection,
  headers: { readonly [name: string]: string } = {},
): VendorAnswer {
  const { status } = rejection
  const body = JSON.stringify(errorBody(rejection))
  return { status, body, headers, operation: operationOf(path) ?? 'unknown', questions: [], credits: 0 }
}

// Ours, and on purpose not in the shape of a miss: an adapter with a wrong path must not look like one without luck.
function noSuchEndpoint(): VendorAnswer {
  const body = JSON.stringify({ message: 'There is no such endpoint' })
  return { status: 404, body, operation: 'unknown', questions: [], credits: 0 }
}

/** The key, when it stands in exactly one of the two places and is one that we gave out. */
function keyOf({ query, headers }: VendorRequest): string | undefined {
  const places = [query.getAll('api_key'), headers['x-api-key'] ?? []].flat()
  const [key] = places
  if (key === undefined || places.length > 1) return undefined
  return (Object.values(PEOPLE_DATA_LABS_KEYS) as readonly string[]).includes(key) ? key : undefined
}

function readValues(request: VendorRequest, allowed: readonly string[]): Values | Rejection {
  const { query, method, body } = request
  const strange = strangeParameter(query, method === 'GET' ? ['api_key', ...allowed] : ['api_key'])
  if (strange !== undefined) return invalid(`Invalid or repeated parameter ${strange}`)
  if (method === 'GET') {
    if (body) return invalid('A GET request has no body')
    return Object.fromEntries([...query].filter(([name]) => name !== 'api_key').map(([name, value]) => [name, [value]]))
  }
  const object = readJsonObject(request)
  return object ? valuesOf(object, allowed) : invalid('The body must be a JSON object')
}

/** Reads the parameters of a JSON object; a clue may be a text or a list of texts. */
function valuesOf(object: JsonObject, allowed: readonly string[]): Values | Rejection {
  const strange = strangeField(object, allowed)
  if (strange !== undefined) return invalid(`Invalid parameter ${strange}`)
  const values: { [name: string]: readonly string[] } = {}
  for (const [name, value] of Object.entries(object)) {
    const texts = textsOf(name, value)
    if (!texts) return invalid(`The parameter ${name} has a wrong type`)
    values[name] = texts
  }
  return values
}

function textsOf(name: string, value: unknown): readonly string[] | undefined {
  switch (name) {
    case 'min_likelihood':
      return typeof value === 'number' ? [String(value)] : undefined
    case 'include_if_matched':
    case 'titlecase':
    case 'pretty':
      return typeof value === 'boolean' ? [String(value)] : undefined
    default: {
      const list: readonly unknown[] = Array.isArray(value) ? value : [value]
      return list.every((item): item is string => typeof item === 'string') ? list : undefined
    }
  }
}

interface BatchItem {
  readonly values: Values
  /** With its name, or empty. */
  readonly metadata: { readonly metadata?: JsonObject }
}

function readBatch(request: VendorRequest, allowed: readonly string[]): readonly BatchItem[] | Rejection {
  const strange = strangeParameter(request.query, ['api_key'])
  if (strange !== undefined) return invalid(`Invalid or repeated parameter ${strange}`)
  const object = readJsonObject(request)
  if (!object || strangeField(object, ['requests']) !== undefined)
    return invalid('The body must be {"requests": [...]}')
  const { requests } = object
  if (!Array.isArray(requests) || requests.length < 1 || requests.length > MAX_BATCH)
    return invalid(`requests must be a list of 1 to ${MAX_BATCH}`)
  const items: BatchItem[] = []
  for (const item of requests as readonly unknown[]) {
    if (!isObject(item) || strangeField(item, ['params', 'metadata']) !== undefined || !isObject(item['params']))
      return invalid('Each request is an object with params and metadata')
    const { params, metadata } = item
    if (metadata !== undefined && !isObject(metadata)) return invalid('metadata must be an object')
    const values = valuesOf(params, allowed)
    if (isRejection(values)) return values
    items.push({ values, metadata: metadata ? { metadata } : {} })
  }
  return items
}

function one(values: Values, name: string): string | undefined {
  return values[name]?.find((text) => text.trim() !== '')
}

function checkPerson(values: Values): Rejection | undefined {
  const likelihood = one(values, 'min_likelihood')
  if (likelihood !== undefined && !/^(\d|10)$/.test(likelihood))
    return invalid('min_likelihood is a number from 0 to 10')
  for (const name of ['include_if_matched', 'titlecase', 'pretty'])
    if (!['true', 'false', undefined].includes(one(values, name))) return invalid(`${name} is true or false`)
  const email = one(values, 'email')
  if (email !== undefined && !isEmail(email)) return invalid('The email is not an address')
  const profile = one(values, 'profile')
  if (profile !== undefined && linkedinHandle(profile, 'in') === undefined)
    return invalid('The profile is not a profile')
  const fields = [...fieldsOf(one(values, 'required') ?? ''), ...listOf(one(values, 'data_include') ?? '')]
  const strange = fields.find((name) => !PERSON_FIELDS.includes(name))
  if (strange !== undefined) return invalid(`There is no field ${strange}`)
  const has = (name: string): boolean => one(values, name) !== undefined
  const isNamed = has('name') || (has('first_name') && has('last_name'))
  const isPlaced = has('location') || has('company') || has('school')
  const isEnough = ['profile', 'email', 'phone', 'email_hash', 'lid', 'pdl_id'].some(has) || (isNamed && isPlaced)
  return isEnough ? undefined : invalid('Not enough to find somebody by')
}

function checkCompany(values: Values): Rejection | undefined {
  const likelihood = one(values, 'min_likelihood')
  if (likelihood !== undefined && !/^(\d|10)$/.test(likelihood))
    return invalid('min_likelihood is a number from 0 to 10')
  const website = one(values, 'website')
  if (website !== undefined && !isHost(hostOf(website))) return invalid('The website is not a website')
  const profile = one(values, 'profile')
  if (profile !== undefined && linkedinHandle(profile, 'company') === undefined)
    return invalid('The profile is not a profile')
  // A place alone names no company; ours.
  const isEnough = ['name', 'website', 'profile', 'ticker', 'pdl_id'].some((name) => one(values, name) !== undefined)
  return isEnough ? undefined : invalid('Not enough to find a company by')
}

function personClues(values: Values): Parameters<typeof personMeant>[1] {
  const company = one(values, 'company') ?? ''
  const isDomain = isHost(hostOf(company))
  return {
    email: one(values, 'email'),
    firstName: one(values, 'first_name'),
    lastName: one(values, 'last_name'),
    fullName: one(values, 'name'),
    companyName: isDomain ? undefined : company,
    companyDomain: isDomain ? company : undefined,
    companyHandle: linkedinHandle(company, 'company'),
    handle: linkedinHandle(one(values, 'profile') ?? '', 'in'),
  }
}

/** A question that the invented world cannot read, such as one by telephone. */
function otherQuestion(values: Values): string {
  const clues = Object.entries(values).filter(([name]) => !PERSON_OPTIONS.includes(name))
  return clues.map(([name, texts]) => `${name} ${texts.join(' ').toLowerCase()}`).join(' | ')
}

function likelihoodOf(strongClue: string | undefined, person: Person): number {
  const spread = fingerprint(`likelihood ${personKey(person)}`)
  return strongClue ? 9 + (spread % 2) : 6 + (spread % 4)
}

function matchedOf(values: Values): readonly string[] {
  return ['name', 'first_name', 'last_name', 'company', 'email', 'profile'].filter(
    (name) => one(values, name) !== undefined,
  )
}

/** The field names in `required`: fields joined by AND or OR, without brackets (ours; the facts show AND). */
function fieldsOf(required: string): readonly string[] {
  return required ? required.split(/\s+(?:AND|OR)\s+/).map((name) => name.trim()) : []
}

function listOf(included: string): readonly string[] {
  return included ? included.split(',').map((name) => name.trim()) : []
}

function fulfils(data: JsonObject, values: Values): boolean {
  const has = (name: string): boolean => {
    const value = data[name.trim()]
    return Array.isArray(value) ? value.length > 0 : value != null
  }
  const required = one(values, 'required')
  return !required || required.split(/\s+OR\s+/).some((all) => all.split(/\s+AND\s+/).every(has))
}

function shownData(data: JsonObject, values: Values, isFree: boolean): JsonObject {
  const included = listOf(one(values, 'data_include') ?? '')
  const isTitled = one(values, 'titlecase') === 'true'
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => included.length === 0 || included.includes(name))
      .map(([name, value]) => {
        const isHidden = isFree && PREMIUM.includes(name) && (Array.isArray(value) ? value.length > 0 : value != null)
        if (isHidden) return [name, true]
        return [name, isTitled && TITLED.includes(name) && typeof value === 'string' ? titled(value) : value]
      }),
  )
}

// Which fields `titlecase` reaches is not in the facts; ours.
const TITLED =
  'full_name first_name last_name job_title job_company_name location_name location_locality location_region location_country'.split(
    ' ',
  )

function titled(text: string): string {
  return text.replace(/(^|[\s-])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase())
}

const ROLES = {
  data: 'engineering',
  engineering: 'engineering',
  finance: 'finance',
  general: null,
  hr: 'human_resources',
  marketing: 'marketing',
  operations: 'operations',
  product: 'product',
  sales: 'sales',
} as const

const LEVELS = {
  founder: 'owner',
  chief: 'cxo',
  vp: 'vp',
  head: 'director',
  director: 'director',
  manager: 'manager',
  specialist: 'entry',
} as const

function placeOf({ city }: Company): string {
  return `${city.name}, ${city.region}, ${city.country}`.toLowerCase()
}

function personData(person: Person): JsonObject {
  const { domain, linkedinHandle: handle } = person
  const company = companyOf(domain)
  const { city } = company
  const standing = standingOf(person)
  const email = person.mailbox?.email ?? null
  const mobile = mobileOf(person)
  const first = person.firstName.toLowerCase()
  const last = person.lastName.toLowerCase()
  return {
    id: `${fingerprint(`pdl ${personKey(person)}`).toString(36)}_0000`,
    full_name: `${first} ${last}`,
    first_name: first,
    last_name: last,
    linkedin_url: handle === null ? null : `linkedin.com/in/${handle}`,
    work_email: email,
    personal_emails: [],
    emails: email === null ? [] : [{ address: email, type: 'current_professional' }],
    mobile_phone: mobile,
    phone_numbers: [mobile, person.phone].filter((number) => number !== null),
    job_title: person.position?.toLowerCase() ?? null,
    job_title_role: standing && ROLES[standing.field],
    job_title_levels: standing ? [LEVELS[standing.level]] : [],
    job_company_name: domain.company.toLowerCase(),
    job_company_website: domain.name,
    job_company_size: bandOf(company.employees, EMPLOYEE_BANDS),
    job_company_industry: company.industry.toLowerCase(),
    job_company_linkedin_url: `linkedin.com/company/${company.linkedinHandle}`,
    location_name: placeOf(company),
    // Not in the example of the facts; ours in their values.
    location_locality: city.name.toLowerCase(),
    location_region: city.region.toLowerCase(),
    location_country: city.country.toLowerCase(),
    job_company_employee_count: company.employees,
    job_company_founded: company.founded,
    headline: person.position,
  }
}

// The names that may be asked for: those of the example in providers.md B3 and those of the vendor's own client, which
// providers.md names as its source (peopledatalabs-js, src/types/common-types.ts).
const PERSON_FIELDS: readonly string[] = [
  'id full_name first_name middle_name last_name sex birth_year birth_date headline summary industry interests skills',
  'linkedin_url linkedin_username linkedin_id linkedin_connections facebook_url twitter_url github_url profiles',
  'work_email recommended_personal_email personal_emails emails mobile_phone phone_numbers phones',
  'job_title job_title_role job_title_sub_role job_title_class job_title_levels job_start_date job_last_changed',
  'job_company_id job_company_name job_company_website job_company_size job_company_industry job_company_linkedin_url',
  'job_company_founded job_company_type job_company_employee_count job_company_ticker job_company_location_name',
  'location_name location_locality location_region location_country location_metro location_postal_code',
  'experience education languages certifications',
].flatMap((names) => names.split(' '))

function companyData(company: Company): JsonObject {
  const { domain, city } = company
  return {
    id: fingerprint(`pdl ${domain.name}`).toString(36),
    name: domain.company.toLowerCase(),
    display_name: domain.company,
    size: bandOf(company.employees, EMPLOYEE_BANDS),
    employee_count: company.employees,
    founded: company.founded,
    industry: company.industry.toLowerCase(),
    website: domain.name,
    linkedin_url: `linkedin.com/company/${company.linkedinHandle}`,
    location: {
      name: placeOf(company),
      locality: city.name.toLowerCase(),
      region: city.region.toLowerCase(),
      country: city.country.toLowerCase(),
    },
    tags: company.keywords,
    // The insides of these two lists are not in the facts; ours.
    naics: [{ naics_code: company.naics }],
    sic: [{ sic_code: company.sic }],
    inferred_revenue: bandOf(company.revenue, REVENUES),
    total_funding_raised: null,
    latest_funding_stage: null,
  }
}
