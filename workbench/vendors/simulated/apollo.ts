// Apollo, from providers.md B2 and the rows about it in A1 and A3 to A5. Not played: waterfall flags, the call to
// webhook_url, OAuth, organizations/bulk_enrich. Texts of messages and everything marked "ours" are not in the facts.
//
// Plays `api.apollo.io`: v1 `people/match`, `people/bulk_match`, `webhook_result/ID` (phones), `organizations/enrich`,
// `usage_stats/credit_usage_stats`.
//
// Refuses: an unknown key (401, plain text), a call outside the key's scope (403), unknown or repeated parameters,
// inputs of `people/match` in the body instead of the query, no input, a phone without an HTTPS `webhook_url`, too few
// credits (422), more than 10 in a batch (400 `RECORD_LIMIT_EXCEEDED`), other faults of a batch (400
// `INVALID_REQUEST`), 1,000 a minute on the paid plan, 50 a minute, 200 an hour and 600 a day on the free one, 20 a
// minute for its batches (429 with `retry-after`). Limits count by endpoint and key. A person costs 1, a mobile 8 more,
// a company 1, a miss nothing. A miss is 200, with `null` for some questions and without the field for others.
// `request_id` is a number that `JSON.parse` spoils. Phones are ready 10 seconds after the match at
// `webhook_result/ID`; nobody calls the `webhook_url`, and waterfall flags are refused (422, or 400 in a batch).
import { isEmail, isHost, linkedinHandle } from '../addresses'
import { type Company, companyOf } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { domainMeant, knowsCompany, knowsPerson, personMeant } from '../knowledge'
import { fingerprint, mobileOf, NOTABLE, type Person, personKey, plain, standingOf } from '../people'
import { createArrivals } from '../limit'
import { isObject, type JsonObject, readJsonObject, strangeField, strangeParameter } from '../requests'

/** Keys that the simulated Apollo knows: a master key, one of the free plan with two credits left, one for people only. */
export const APOLLO_KEYS = {
  large: 'simulated-apollo-key-large',
  nearlyUsedUp: 'simulated-apollo-key-nearly-used-up',
  scoped: 'simulated-apollo-key-people-only',
} as const

/** Percent of the people and companies that it knows; ours. */
const PEOPLE_SHARE = 60
const COMPANY_SHARE = 55

// providers.md B2, "POST /people/bulk_match".
const MAX_BATCH = 10

// providers.md B2, "Credits".
const PERSON_CREDITS = 1
const MOBILE_CREDITS = 8
const ORGANIZATION_CREDITS = 1

/** When a phone is ready: the `retry_after_seconds` of providers.md B2. */
const PENDING_MS = 10_000
// providers.md B2, `request_id_expired`.
const KEPT_MS = 30 * 24 * 3_600_000

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Limits {
  readonly minute: number
  readonly bulkMinute: number
  readonly hour: number
  readonly day: number
}

interface Plan {
  readonly credits: number
  readonly directDials: number
  readonly limits: Limits
  readonly operations: readonly Operation[]
}

type Operation =
  'people/match' | 'people/bulk_match' | 'organizations/enrich' | 'webhook_result' | 'usage_stats/credit_usage_stats'

// providers.md B2, "Rate-limit headers"; that the paid plan has no smaller number by hour or day is ours.
const PAID: Limits = { minute: 1000, bulkMinute: 1000, hour: 60_000, day: 1_440_000 }
const FREE: Limits = { minute: 50, bulkMinute: 20, hour: 200, day: 600 }

const PEOPLE: readonly Operation[] = ['people/match', 'people/bulk_match', 'webhook_result']
const PLANS: { readonly [key: string]: Plan } = {
  [APOLLO_KEYS.large]: {
    credits: 50_000,
    directDials: 10_000,
    limits: PAID,
    operations: [...PEOPLE, 'organizations/enrich', 'usage_stats/credit_usage_stats'],
  },
  [APOLLO_KEYS.nearlyUsedUp]: {
    credits: 2,
    directDials: 0,
    limits: FREE,
    operations: [...PEOPLE, 'organizations/enrich', 'usage_stats/credit_usage_stats'],
  },
  [APOLLO_KEYS.scoped]: { credits: 1000, directDials: 1000, limits: PAID, operations: PEOPLE },
}

const CLUES = 'first_name last_name name email hashed_email organization_name domain id linkedin_url'.split(' ')
const WATERFALL = ['run_waterfall_email', 'run_waterfall_phone']
const FLAGS = [...WATERFALL, 'reveal_personal_emails', 'reveal_phone_number']
const ORGANIZATION_CLUES = ['domain', 'linkedin_url', 'name', 'website']

type Clues = { readonly [name: string]: string }

interface Flags {
  readonly personalEmails: boolean
  readonly phone: boolean
}

interface Usage {
  leads: number
  dials: number
}

/** Phones that were asked for and will be ready. */
interface Job {
  readonly key: string
  readonly at: number
  readonly asked: number
  readonly people: readonly Person[]
}

interface Meant {
  readonly question: string
  readonly person: Person | undefined
}

/** Starts an Apollo that knows 60 % of the people of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const usage = new Map<string, Usage>()
  const arrivals = createArrivals()
  const jobs = new Map<string, Job>()
  const met = new Map<string, Person>()
  let calls = 0

  const usedBy = (key: string): Usage => {
    const used = usage.get(key) ?? { leads: 0, dials: 0 }
    usage.set(key, used)
    return used
  }

  // Signed and beyond what a JSON number keeps in JavaScript (providers.md A1).
  const nextId = (): string => {
    calls += 1
    const high = BigInt(fingerprint(`request ${calls} high`))
    return BigInt.asIntN(64, (high << 32n) | BigInt(fingerprint(`request ${calls} low`))).toString()
  }

  const meantBy = (clues: Clues): Meant => {
    const meant = personMeant(world, {
      email: clues['email'],
      firstName: clues['first_name'],
      lastName: clues['last_name'],
      fullName: clues['name'],
      companyDomain: clues['domain'],
      companyName: clues['organization_name'],
      handle: linkedinHandle(clues['linkedin_url'] ?? '', 'in'),
    })
    // An id is known once it was given out.
    const byId = met.get(clues['id'] ?? '')
    const person = byId ?? meant?.person
    const others = Object.entries(clues).map(([name, value]) => `${name} ${value.toLowerCase()}`)
    return {
      question: meant?.question ?? others.join(' | '),
      person: person && knowsPerson('apollo', person, PEOPLE_SHARE) ? person : undefined,
    }
  }

  /** Charges for people and their mobiles, or says that the rest does not pay for them; takes it with the call (ours). */
  const charge = (key: string, people: readonly Person[], flags: Flags): number | undefined => {
    const plan = PLANS[key]
    const used = usedBy(key)
    const leads = people.length * PERSON_CREDITS
    const dials = flags.phone ? people.filter((person) => mobileOf(person) !== null).length * MOBILE_CREDITS : 0
    if (!plan || used.leads + leads > plan.credits || used.dials + dials > plan.directDials) return undefined
    used.leads += leads
    used.dials += dials
    return leads + dials
  }

  const isUsedUp = (key: string): boolean => usedBy(key).leads >= (PLANS[key]?.credits ?? 0)

  const shown = (person: Person, { personalEmails }: Flags): JsonObject => {
    const data = personData(person)
    met.set(idOf('person', personKey(person)), person)
    // The invented world holds no private addresses.
    return personalEmails ? { ...data, personal_emails: [] } : data
  }

  const startJob = (id: string, job: Job, flags: Flags): void => {
    if (flags.phone) jobs.set(id, job)
  }

  const match = (request: VendorRequest, key: string): VendorAnswer => {
    const strange = strangeParameter(request.query, [...CLUES, ...FLAGS, 'webhook_url'])
    if (strange !== undefined) return refuse(request, 422, { error: `Invalid or repeated parameter ${strange}` })
    // The inputs are in the query; a body that says anything is a mistake (ours).
    if (!['', '{}'].includes(request.body.trim()))
      return refuse(request, 422, { error: 'The inputs go into the query' })
    const flags = readFlags(request.query)
    if (typeof flags === 'string') return refuse(request, 422, { error: flags })
    const clues: Clues = Object.fromEntries([...request.query].filter(([name]) => CLUES.includes(name)))
    const fault = faultOf(clues)
    if (fault !== undefined) return refuse(request, 422, { error: fault })
    if (isUsedUp(key)) return refuse(request, 422, NO_CREDITS)
    const { question, person } = meantBy(clues)
    const people = person ? [person] : []
    const credits = charge(key, people, flags)
    if (credits === undefined) return refuse(request, 422, NO_CREDITS)
    const id = nextId()
    startJob(id, { key, at: request.at, asked: 1, people }, flags)
    // Whether a miss has `person: null` or no person is not known, so both happen.
    const isAbsent = fingerprint(question) % 2 === 0
    const found = person ? { person: shown(person, flags) } : isAbsent ? {} : { person: null }
    return {
      status: 200,
      body: withId({ ...found, ...(flags.phone ? ACCEPTED : {}) }, id),
      operation: 'people/match',
      questions: [question],
      credits,
      ...(question.endsWith(NOTABLE.slow) ? { afterMs: slowMs } : {}),
    }
  }

  const matchMany = (request: VendorRequest, key: string): VendorAnswer => {
    const strange = strangeParameter(request.query, [...FLAGS, 'webhook_url'])
    if (strange !== undefined) return refuse(request, 400, badBatch(`Invalid or repeated parameter ${strange}`))
    const flags = readFlags(request.query)
    if (typeof flags === 'string') return refuse(request, 400, badBatch(flags))
    const list = readDetails(request)
    if ('error_code' in list) return refuse(request, 400, list)
    if (isUsedUp(key)) return refuse(request, 422, NO_CREDITS)
    const meant = list.map(meantBy)
    const people = new Map(meant.flatMap(({ person }) => (person ? [[personKey(person), person] as const] : [])))
    // Somebody who stands in a batch twice is paid once (ours, from "unique_enriched_records").
    const credits = charge(key, [...people.values()], flags)
    if (credits === undefined) return refuse(request, 422, NO_CREDITS)
    const id = nextId()
    startJob(id, { key, at: request.at, asked: list.length, people: [...people.values()] }, flags)
    const body = {
      status: 'success',
      error_code: null,
      error_message: null,
      total_requested_enrichments: list.length,
      unique_enriched_records: people.size,
      missing_records: meant.filter(({ person }) => !person).length,
      credits_consumed: credits,
      matches: meant.map(({ person }) => (person ? shown(person, flags) : null)),
      ...(flags.phone ? ACCEPTED : {}),
    }
    const questions = meant.map(({ question }) => question)
    const isSlow = questions.some((question) => question.endsWith(NOTABLE.slow))
    return {
      status: 200,
      body: withId(body, id),
      operation: 'people/bulk_match',
      questions,
      credits,
      ...(isSlow ? { afterMs: slowMs } : {}),
    }
  }

  const enrichOrganization = (request: VendorRequest, key: string): VendorAnswer => {
    const { query } = request
    const strange = strangeParameter(query, ORGANIZATION_CLUES)
    if (strange !== undefined) return refuse(request, 422, { error: `Invalid or repeated parameter ${strange}` })
    if (request.body) return refuse(request, 422, { error: 'A GET request has no body' })
    const text = (name: string): string => (query.get(name) ?? '').trim()
    if (!ORGANIZATION_CLUES.some(text)) return refuse(request, 422, { error: "Required parameter 'domain' missing" })
    if (text('domain') && !isHost(text('domain').toLowerCase()))
      return refuse(request, 422, { error: "Parameter 'domain' is not a domain" })
    if (isUsedUp(key)) return refuse(request, 422, NO_CREDITS)
    const name = domainMeant(world, {
      companyDomain: text('domain') || text('website'),
      companyHandle: linkedinHandle(text('linkedin_url'), 'company'),
      companyName: text('name'),
    })
    const domain = name === undefined ? undefined : world.domain(name)
    const known = domain && knowsCompany('apollo', domain, COMPANY_SHARE) ? companyOf(domain) : undefined
    const credits = known ? ORGANIZATION_CREDITS : 0
    usedBy(key).leads += credits
    const question = name ?? plain([...query.values()].join(' '))
    // How a miss looks is not in the facts; like people/match, both ways.
    const isAbsent = fingerprint(question) % 2 === 0
    const body = known ? { organization: organizationData(known) } : isAbsent ? {} : { organization: null }
    return {
      status: 200,
      body: JSON.stringify(body),
      operation: 'organizations/enrich',
      questions: [question],
      credits,
      ...(name === NOTABLE.slow ? { afterMs: slowMs } : {}),
    }
  }

  const result = (request: VendorRequest, key: string): VendorAnswer => {
    const id = request.path.slice(request.path.lastIndexOf('/') + 1)
    if (!/^-?\d{1,19}$/.test(id)) return refuse(request, 400, failed('invalid_request_id'))
    const job = jobs.get(id)
    if (job?.key !== key) return refuse(request, 404, failed('request_id_unknown'))
    if (request.at < job.at + PENDING_MS)
      return refuse(request, 404, { ...failed('result_pending'), retry_after_seconds: PENDING_MS / 1000 })
    if (request.at >= job.at + KEPT_MS) return refuse(request, 410, failed('request_id_expired'))
    const reached = job.people.filter((person) => mobileOf(person) !== null)
    const body = {
      // A text here, a number in the answer to the match (providers.md B2).
      request_id: id,
      webhook_status: 'success',
      request_type: 'phone',
      last_dispatched_at: new Date(job.at + PENDING_MS).toISOString(),
      failure_reason: null,
      webhook_result: {
        status: 'success',
        total_requested_enrichments: job.asked,
        unique_enriched_records: reached.length,
        missing_records: job.asked - reached.length,
        credits_consumed: reached.length * MOBILE_CREDITS,
        people: job.people.map((person) => ({
          id: idOf('person', personKey(person)),
          status: 'success',
          phone_numbers: phonesOf(person),
        })),
      },
    }
    return plainOk('webhook_result', body)
  }

  const credits = (key: string): VendorAnswer => {
    const plan = PLANS[key]
    const used = usedBy(key)
    const quota = (limit: number, consumed: number): JsonObject => ({ limit, consumed, left_over: limit - consumed })
    return plainOk('usage_stats/credit_usage_stats', {
      credit_usage_stats: {
        lead_credit: quota(plan?.credits ?? 0, used.leads),
        direct_dial_credit: quota(plan?.directDials ?? 0, used.dials),
      },
    })
  }

  return {
    hosts: ['api.apollo.io'],
    key: APOLLO_KEYS.large,
    answer(request) {
      const operation = operationOf(request)
      if (!operation) return refuse(request, 404, { error: 'There is no such endpoint' })
      const key = request.headers['x-api-key'] ?? ''
      const plan = PLANS[key]
      if (!plan) return refuse(request, 401, 'Invalid API key. Please check your credentials.')
      const times = arrivals.note(`${key} ${operation}`, request.at, DAY)
      const room = roomOf(plan.limits, operation, times, request.at)
      if (room.retryAfter !== undefined) return { ...tooOften(request, room.allowed), headers: room.headers }
      if (!plan.operations.includes(operation))
        return refuse(request, 403, {
          error: `${operation} is not accessible with this api_key`,
          error_code: 'API_INACCESSIBLE',
        })
      const answer = ((): VendorAnswer => {
        switch (operation) {
          case 'people/match':
            return match(request, key)
          case 'people/bulk_match':
            return matchMany(request, key)
          case 'organizations/enrich':
            return enrichOrganization(request, key)
          case 'webhook_result':
            return result(request, key)
          case 'usage_stats/credit_usage_stats':
            return request.query.size > 0 || !['', '{}'].includes(request.body.trim())
              ? refuse(request, 422, { error: 'There are no parameters' })
              : credits(key)
        }
      })()
      return { ...answer, headers: { ...answer.headers, ...room.headers } }
    },
    throttle: (request) => ({ ...tooOften(request, '600 times per hour'), headers: { 'retry-after': '60' } }),
    reset() {
      usage.clear()
      arrivals.reset()
      jobs.clear()
      met.clear()
      calls = 0
    },
  }
}

const PATHS: { readonly [path: string]: readonly [method: string, operation: Operation] } = {
  '/api/v1/people/match': ['POST', 'people/match'],
  '/api/v1/people/bulk_match': ['POST', 'people/bulk_match'],
  '/api/v1/organizations/enrich': ['GET', 'organizations/enrich'],
  '/api/v1/usage_stats/credit_usage_stats': ['POST', 'usage_stats/credit_usage_stats'],
}

function operationOf({ path, method }: VendorRequest): Operation | undefined {
  if (/^\/api\/v1\/webhook_result\/[^/]+$/.test(path)) return method === 'GET' ? 'webhook_result' : undefined
  const [wanted, operation] = PATHS[path] ?? []
  return method === wanted ? operation : undefined
}

// The status of a call that the credits do not pay for is not in the facts; ours.
const NO_CREDITS = { error: 'You have insufficient credits for this request' }
// What the two fields say is not in the facts; ours.
const ACCEPTED = { waterfall: { status: 'accepted', message: 'The result will be sent to the webhook_url' } }

function plainOk(operation: Operation, body: JsonObject): VendorAnswer {
  return { status: 200, body: JSON.stringify(body), operation, questions: [], credits: 0 }
}

function refuse(request: VendorRequest, status: number, body: JsonObject | string): VendorAnswer {
  const common = { status, operation: operationOf(request) ?? 'unknown', questions: [], credits: 0 }
  if (typeof body === 'string') return { ...common, body, headers: { 'content-type': 'text/plain' } }
  return { ...common, body: JSON.stringify(body) }
}

function tooOften(request: VendorRequest, allowed: string): VendorAnswer {
  const message = `The maximum number of api calls allowed for ${operationOf(request) ?? 'this'} is ${allowed}. Please upgrade your plan.`
  return refuse(request, 429, { message })
}

function failed(errorCode: string): JsonObject {
  return { error_code: errorCode, error: errorCode.replace(/_/g, ' ') }
}

// The codes are in the facts; that they come in the fields of an answer is ours.
function badBatch(message: string, code = 'INVALID_REQUEST'): JsonObject & { readonly error_code: string } {
  return { status: 'failed', error_code: code, error_message: message }
}

/** The answer as text, with the id as a number of more digits than JavaScript keeps. */
function withId(body: JsonObject, id: string): string {
  const text = JSON.stringify(body)
  return `${text.slice(0, -1)}${text === '{}' ? '' : ','}"request_id":${id}}`
}

interface Room {
  readonly headers: { readonly [name: string]: string }
  /** How often the exceeded limit allows to ask. */
  readonly allowed: string
  /** Seconds until there is room again; undefined while there is. */
  readonly retryAfter?: number
}

function roomOf(limits: Limits, operation: Operation, times: readonly number[], at: number): Room {
  const windows = [
    ['minute', 'minute', MINUTE, operation === 'people/bulk_match' ? limits.bulkMinute : limits.minute],
    ['hourly', 'hour', HOUR, limits.hour],
    ['24-hour', 'day', DAY, limits.day],
  ] as const
  const headers: { [name: string]: string } = {}
  let room: Room = { headers, allowed: '' }
  for (const [name, per, length, limit] of windows) {
    const inside = times.filter((time) => time > at - length)
    headers[`x-rate-limit-${name}`] = String(limit)
    headers[`x-${name}-usage`] = String(inside.length)
    headers[`x-${name}-requests-left`] = String(Math.max(0, limit - inside.length))
    if (inside.length <= limit) continue
    const free = (inside[inside.length - limit] ?? at) + length
    const retryAfter = Math.ceil((free - at) / 1000)
    headers['retry-after'] = String(retryAfter)
    room = { headers, allowed: `${limit} times per ${per}`, retryAfter }
  }
  return room
}

/** The flags of a query, or what is wrong with them. */
function readFlags(query: URLSearchParams): Flags | string {
  for (const name of FLAGS)
    if (!['true', 'false', null].includes(query.get(name))) return `Parameter '${name}' must be true or false`
  // Ours: what arrives later is too different from a match to play it by halves.
  if (WATERFALL.some((name) => query.get(name) === 'true')) return 'The simulated Apollo plays no waterfall'
  const phone = query.get('reveal_phone_number') === 'true'
  const webhook = query.get('webhook_url')
  if (webhook !== null && !/^https:\/\/[^\s/]+/.test(webhook)) return "Parameter 'webhook_url' must be an HTTPS address"
  if (phone && webhook === null) return "Parameter 'webhook_url' is required with 'reveal_phone_number'"
  return { personalEmails: query.get('reveal_personal_emails') === 'true', phone }
}

/** What is wrong with the clues about one person; ours, since the facts name no least input. */
function faultOf(clues: Clues): string | undefined {
  const { email, domain, hashed_email: hash, linkedin_url: page } = clues
  if (Object.values(clues).every((text) => text.trim() === '')) return 'There is nothing to find somebody by'
  if (email && !isEmail(email.trim())) return "Parameter 'email' is not an address"
  if (domain && !isHost(domain.trim().toLowerCase())) return "Parameter 'domain' is not a domain"
  if (hash && !/^([0-9a-f]{32}|[0-9a-f]{64})$/i.test(hash)) return "Parameter 'hashed_email' is neither MD5 nor SHA-256"
  if (page && linkedinHandle(page, 'in') === undefined) return "Parameter 'linkedin_url' is not a profile"
  return undefined
}

function readDetails(request: VendorRequest): readonly Clues[] | (JsonObject & { readonly error_code: string }) {
  const object = readJsonObject(request)
  if (!object || strangeField(object, ['details']) !== undefined) return badBatch('The body must be {"details": [...]}')
  const { details } = object
  if (!Array.isArray(details) || details.length === 0) return badBatch('details must be a list')
  if (details.length > MAX_BATCH) return badBatch(`At most ${MAX_BATCH} records at a time`, 'RECORD_LIMIT_EXCEEDED')
  const list: Clues[] = []
  for (const item of details as readonly unknown[]) {
    if (!isObject(item) || strangeField(item, CLUES) !== undefined) return badBatch('A detail has an unknown field')
    const entries = Object.entries(item).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    if (entries.length < Object.keys(item).length) return badBatch('A field of a detail is not a text')
    const clues = Object.fromEntries(entries)
    const fault = faultOf(clues)
    if (fault !== undefined) return badBatch(fault)
    list.push(clues)
  }
  return list
}

/** An id in Apollo's form: 24 hexadecimal digits. */
function idOf(kind: string, about: string): string {
  return ['a', 'b', 'c']
    .map((part) => fingerprint(`apollo ${kind} ${part} ${about}`).toString(16).padStart(8, '0'))
    .join('')
}

function emailStatusOf({ mailbox }: Person): string | null {
  switch (mailbox?.status) {
    case 'valid':
      return 'verified'
    case 'accept_all':
      return 'extrapolated'
    case 'unknown':
      return 'unverified'
    case 'invalid':
    case 'webmail':
    case 'disposable':
    case undefined:
      return null
  }
}

// Only `c_suite`, `executive` and `engineering` are in the facts; the other words are ours.
const SENIORITY = {
  founder: 'founder',
  chief: 'c_suite',
  vp: 'vp',
  head: 'head',
  director: 'director',
  manager: 'manager',
  specialist: 'entry',
} as const
const FUNCTIONS = {
  data: 'engineering',
  engineering: 'engineering',
  finance: 'finance',
  general: 'entrepreneurship',
  hr: 'human_resources',
  marketing: 'marketing',
  operations: 'operations',
  product: 'product_management',
  sales: 'sales',
} as const

function personData(person: Person): JsonObject {
  const { domain, mailbox, position, firstName, lastName, linkedinHandle: handle } = person
  const company = companyOf(domain)
  const standing = standingOf(person)
  const isTop = standing?.level === 'chief' || standing?.level === 'founder'
  const status = emailStatusOf(person)
  const key = personKey(person)
  return {
    id: idOf('person', key),
    first_name: firstName,
    last_name: lastName,
    name: `${firstName} ${lastName}`,
    linkedin_url: handle === null ? null : `http://www.linkedin.com/in/${handle}`,
    title: position,
    email_status: status,
    photo_url: null,
    twitter_url: person.twitter === null ? null : `https://twitter.com/${person.twitter}`,
    github_url: null,
    facebook_url: null,
    extrapolated_email_confidence: status === 'extrapolated' && mailbox ? mailbox.score / 100 : null,
    headline: position === null ? null : `${position} at ${domain.company}`,
    email: status === null ? null : (mailbox?.email ?? null),
    organization_id: idOf('organization', domain.name),
    employment_history:
      position === null
        ? []
        : [
            {
              organization_name: domain.company,
              title: position,
              start_date: `${2010 + (fingerprint(`since ${key}`) % 15)}-01-01`,
              end_date: null,
              current: true,
            },
          ],
    city: company.city.name,
    state: company.city.region,
    country: company.city.country,
    organization: employerData(company),
    departments: isTop ? ['c_suite'] : standing ? [FUNCTIONS[standing.field]] : [],
    subdepartments: isTop ? ['executive'] : [],
    seniority: standing && SENIORITY[standing.level],
    functions: standing ? [FUNCTIONS[standing.field]] : [],
    is_likely_to_engage: fingerprint(`engages ${key}`) % 2 === 0,
  }
}

function baseData({ domain, ...company }: Company): JsonObject {
  return {
    id: idOf('organization', domain.name),
    name: domain.company,
    website_url: `http://www.${domain.name}`,
    linkedin_url: `http://www.linkedin.com/company/${company.linkedinHandle}`,
    primary_domain: domain.name,
    industry: company.industry.toLowerCase(),
    estimated_num_employees: company.employees,
    founded_year: company.founded,
  }
}

function employerData(company: Company): JsonObject {
  const { city, domain } = company
  return {
    ...baseData(company),
    phone: company.phone,
    raw_address: `${city.name}, ${domain.country}`,
    city: city.name,
    state: city.region,
    country: city.country,
    short_description: company.description,
  }
}

function organizationData(company: Company): JsonObject {
  return {
    ...baseData(company),
    industries: [company.industry.toLowerCase()],
    keywords: company.keywords,
    annual_revenue: company.revenue,
    annual_revenue_printed: printed(company.revenue),
    total_funding: null,
    technology_names: company.technologies,
    current_technologies: company.technologies.map((name) => ({
      uid: name.replace(/-/g, '_'),
      name,
      category: 'Other',
    })),
    departmental_head_count: {
      sales: Math.floor(company.employees / 5),
      engineering: Math.floor(company.employees / 4),
    },
    owned_by_organization: null,
  }
}

function printed(dollars: number): string {
  return dollars < 1e6 ? `${Math.round(dollars / 1000)}K` : `${Math.round(dollars / 1e5) / 10}M`
}

function phonesOf(person: Person): readonly JsonObject[] {
  const number = mobileOf(person)
  if (number === null) return []
  // Fields that may be null are null for some people (providers.md B2).
  const isSure = fingerprint(`sure ${personKey(person)}`) % 3 > 0
  return [
    {
      raw_number: number,
      sanitized_number: number,
      confidence_cd: isSure ? 'high' : null,
      status_cd: isSure ? 'valid_number' : 'no_status',
      type_cd: isSure ? 'mobile' : null,
      position: 0,
      dnc_status_cd: 'not_found',
      dnc_other_info: { country: companyOf(person.domain).city.country },
    },
  ]
}
