// Dropcontact, from providers.md B4 and its rows in A3 and A4; what a credit is, from products.md ("Dropcontact" and
// "Billing rules differ"). Only the current endpoints. The bodies of 403, 405, 422 and 429, the account's answer and
// what a record without an email holds besides are ours.
//
// Plays `api.dropcontact.com`: `POST /v1/enrich/all`, `GET /v1/enrich/all/ID`, `GET /v1/account/credits`.
//
// Takes up to 250 records of 15 kB, strings only (422 `detail` for what is ill-formed or unknown, 400 for none or too
// many), 60 calls a second. The result is ready 2 to 6 seconds after the submission; before that, and for an id that
// nobody gave out, the answer is 200 with `success: false`. Each record costs 1 when it is submitted; what had no
// `nominative@pro` address comes back when the result is ready, and stands as a negative number in the books of the
// first call that reads it. A given address is checked and costs 1 when there is a verdict. A batch that the credits do
// not cover is refused (403). Misses have no `email` or an empty list. Legal numbers come with `siren: true`, for
// French companies; they start with 000, so that no company has them.
import { z } from 'zod'
import { linkedinHandle } from '../addresses'
import { bandOf, companyOf, EMPLOYEE_BANDS } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { knowsPerson, nobodyMeant, personMeant } from '../knowledge'
import { createLimit } from '../limit'
import {
  type Domain,
  fingerprint,
  genderOf,
  type Mailbox,
  mobileOf,
  NOTABLE,
  type Person,
  standingOf,
  type World,
} from '../people'
import { isMobile, spaced } from '../phones'
import { readJson } from '../requests'
import { createTickets, type Ticket } from '../tickets'

/** Keys that the simulated Dropcontact knows: one with a large plan, one with two credits left. */
export const DROPCONTACT_KEYS = {
  large: 'simulated-dropcontact-key-large',
  nearlyUsedUp: 'simulated-dropcontact-key-nearly-used-up',
} as const

const PLANS: { readonly [key: string]: number } = {
  [DROPCONTACT_KEYS.large]: 50_000,
  [DROPCONTACT_KEYS.nearlyUsedUp]: 2,
}

// providers.md B4, "Body", "Rate limit" and "Pending".
const MAX_RECORDS = 250
const MAX_RECORD_BYTES = 15_000
const RATE = { perSecond: 60 }
const KEPT_MS = 30 * 24 * 3_600_000

/** Share of people that it knows, in percent; ours, as B4 says nothing of it. */
const SHARE = 55

const ROLES = /^(contact|hello|info|office|sales|support|team)@/

const RECORD = z.strictObject({
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  full_name: z.string().optional(),
  email: z.string().optional(),
  company: z.string().optional(),
  website: z.string().optional(),
  num_siren: z.string().optional(),
  siret: z.string().optional(),
  phone: z.string().optional(),
  linkedin: z.string().optional(),
  country: z.string().optional(),
  job: z.string().optional(),
  custom_fields: z.record(z.string(), z.string()).optional(),
})

const BODY = z.strictObject({
  data: z.array(RECORD).optional(),
  siren: z.boolean().optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
  custom_callback_url: z
    .string()
    .regex(/^https:\/\//)
    .optional(),
})

type Asked = z.infer<typeof RECORD>

interface Work {
  readonly records: readonly object[]
  /** Credits that go back, because nothing was found for them. */
  readonly refund: number
}

interface Account {
  taken: number
  readonly tickets: Ticket<Work>[]
  /** Tickets whose refund is in the books. */
  readonly settled: Set<string>
}

/** Starts a Dropcontact that knows some of the people of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const accounts = new Map<string, Account>()
  const limit = createLimit(RATE)
  const tickets = createTickets<Work>('dropcontact', (number) => `x${number.toString(36)}`)

  const accountOf = (key: string): Account => {
    const account = accounts.get(key) ?? { taken: 0, tickets: [], settled: new Set() }
    accounts.set(key, account)
    return account
  }

  const left = (key: string, at: number): number => {
    const { taken, tickets } = accountOf(key)
    const back = tickets.filter(({ readyAt }) => readyAt <= at).reduce((sum, { work }) => sum + work.refund, 0)
    return (PLANS[key] ?? 0) - taken + back
  }

  const submit = (request: VendorRequest, key: string): VendorAnswer => {
    const answer = answerOf('enrich')
    if ([...request.query.keys()].length > 0) return answer(422, detail('The query takes no parameters'))
    const read = readJson(request, BODY)
    if ('fault' in read) return answer(422, detail(read.fault))
    const { data = [], siren = false } = read.value
    if (data.length === 0) return answer(400, refusal('Missing data in JSON'))
    if (data.length > MAX_RECORDS) return answer(400, refusal(`Too many records, the maximum is ${MAX_RECORDS}`))
    if (data.some((record) => Buffer.byteLength(JSON.stringify(record)) > MAX_RECORD_BYTES))
      return answer(422, detail('A record is longer than 15 kB'))
    if (left(key, request.at) < data.length) return answer(403, refusal('Not enough credits'))
    const found = data.map((record) => look(world, record, siren))
    const work = { records: found.map(({ record }) => record), refund: found.filter(({ isPaid }) => !isPaid).length }
    const isSlow = found.some(({ domain }) => domain === NOTABLE.slow)
    const ticket = tickets.open(key, request.at, work, isSlow ? slowMs : 0)
    const account = accountOf(key)
    account.taken += data.length
    account.tickets.push(ticket)
    const reply = { error: false, request_id: ticket.id, success: true, credits_left: left(key, request.at) }
    const questions = found.map(({ question }) => question)
    return { ...answer(200, reply), questions, credits: data.length }
  }

  // `forceResults` has no documented meaning besides its place in the address: it changes nothing here.
  const poll = ({ query, at, body }: VendorRequest, key: string, id: string): VendorAnswer => {
    const answer = answerOf('result')
    const names = [...query.keys()]
    if (body || names.length > 1 || names.some((name) => name !== 'forceResults'))
      return answer(422, detail('Only forceResults is taken'))
    if (!['true', 'false', null].includes(query.get('forceResults')))
      return answer(422, detail('forceResults is true or false'))
    const ticket = tickets.find(key, id)
    // An unknown id gives the same answer as one that is not ready; so do forgotten results.
    if (!ticket || at < ticket.readyAt || at > ticket.openedAt + KEPT_MS)
      return answer(200, {
        error: false,
        success: false,
        reason: 'Request not ready yet, try again in 30 seconds',
      })
    const { settled } = accountOf(key)
    const refund = settled.has(id) ? 0 : ticket.work.refund
    settled.add(id)
    const reply = answer(200, { error: false, success: true, data: ticket.work.records })
    return refund > 0 ? { ...reply, credits: -refund } : reply
  }

  const account = ({ query, at, body }: VendorRequest, key: string): VendorAnswer => {
    if (body || [...query.keys()].length > 0) return answerOf('credits')(422, detail('No parameters are taken'))
    return answerOf('credits')(200, { error: false, success: true, credits_left: left(key, at) })
  }

  return {
    hosts: ['api.dropcontact.com'],
    key: DROPCONTACT_KEYS.large,
    answer(request) {
      const { path, method, headers, at } = request
      const id = /^\/v1\/enrich\/all\/([^/]+)$/.exec(path)?.[1]
      const isSubmit = path === '/v1/enrich/all'
      const isKnown = isSubmit || id !== undefined || path === '/v1/account/credits'
      if (!isKnown) return answerOf('unknown')(404, detail('Not Found'))
      if (method !== (isSubmit ? 'POST' : 'GET')) return answerOf('unknown')(405, detail('Method Not Allowed'))
      const key = headers['x-access-token']
      if (key === undefined || PLANS[key] === undefined) return answerOf('unknown')(401, refusal('Unknown account'))
      if (limit.isTooOften(key, at)) return tooOften()
      if (isSubmit) return submit(request, key)
      return id === undefined ? account(request, key) : poll(request, key, id)
    },
    throttle: tooOften,
    reset() {
      accounts.clear()
      limit.reset()
      tickets.reset()
    },
  }
}

function answerOf(operation: string): (status: number, body: object) => VendorAnswer {
  return (status, body) => ({ status, body: JSON.stringify(body), operation, questions: [], credits: 0 })
}

function tooOften(): VendorAnswer {
  return answerOf('throttled')(429, refusal('Too many requests'))
}

function refusal(reason: string): object {
  return { error: true, reason, success: false }
}

function detail(text: string): object {
  return { detail: text }
}

interface Looked {
  readonly question: string
  readonly record: object
  readonly isPaid: boolean
  readonly domain: string | undefined
}

function look(world: World, asked: Asked, withSiren: boolean): Looked {
  const given = (asked.email ?? '').trim().toLowerCase()
  if (given) return check(world, asked, given, withSiren)
  const clues = {
    firstName: asked.first_name,
    lastName: asked.last_name,
    fullName: asked.full_name,
    companyDomain: asked.website,
    companyName: asked.company,
    handle: linkedinHandle(asked.linkedin ?? '', 'in'),
  }
  const { question, person, domain } = personMeant(world, clues) ?? nobodyMeant(clues)
  const known = person && knowsPerson('dropcontact', person, SHARE) ? person : undefined
  const email = known?.mailbox && qualified(known.mailbox)
  // Paid for a verified address alone (B4, "Cost"), which only nominative@pro is (B4, "Confidence").
  const isPaid = email?.qualification === 'nominative@pro'
  return {
    question,
    isPaid,
    domain,
    record: recordOf(asked, email ?? undefined, known, withSiren, question),
  }
}

/** A given address is checked, and paid for when there is a verdict. */
function check(world: World, asked: Asked, given: string, withSiren: boolean): Looked {
  const mailbox = given === NOTABLE.objector.email ? undefined : world.mailbox(given)
  const email = mailbox && qualified(mailbox)
  const person = email && world.personOfEmail(given)
  return {
    question: given,
    isPaid: email !== undefined,
    domain: given.slice(given.lastIndexOf('@') + 1),
    record: recordOf(asked, email, person, withSiren, given),
  }
}

interface Qualified {
  readonly email: string
  readonly qualification: string
}

/** Undefined when nobody can tell (providers.md A4: an unknown address is absent). */
function qualified({ email, status }: Mailbox): Qualified | undefined {
  switch (status) {
    case 'valid':
      return { email, qualification: ROLES.test(email) ? 'generic@pro' : 'nominative@pro' }
    case 'accept_all':
      return { email, qualification: 'catch_all@pro' }
    case 'webmail':
      return { email, qualification: 'nominative@perso' }
    case 'disposable':
      return { email, qualification: 'random@perso' }
    case 'invalid':
      return { email, qualification: 'invalid@pro' }
    case 'unknown':
      return undefined
  }
}

function recordOf(
  asked: Asked,
  email: Qualified | undefined,
  person: Person | undefined,
  withSiren: boolean,
  question: string,
): object {
  // A miss comes without `email` or with an empty list (providers.md A3): each question always in the same of the two.
  const emails = email ? { email: [email] } : fingerprint(`dropcontact miss ${question}`) % 2 === 0 ? { email: [] } : {}
  const custom = asked.custom_fields ? { custom_fields: asked.custom_fields } : {}
  const phone = person?.phone ?? null
  const mobile = person ? mobileOf(person) : null
  const level = person && standingOf(person)?.level
  const first = asked.first_name || person?.firstName || ''
  const last = asked.last_name || person?.lastName || ''
  return {
    civility: person ? (genderOf(person.firstName) === 'F' ? 'Mrs' : 'Mr') : '',
    first_name: first,
    last_name: last,
    full_name: asked.full_name || `${first} ${last}`.trim(),
    ...emails,
    phone: phone !== null && !isMobile(phone) ? spaced(phone) : (asked.phone ?? ''),
    mobile_phone: mobile === null ? '' : spaced(mobile),
    company: person?.domain.company ?? asked.company ?? '',
    website: person?.domain.name ?? asked.website ?? '',
    linkedin: person?.linkedinHandle ? `linkedin.com/in/${person.linkedinHandle}` : (asked.linkedin ?? ''),
    ...companyData(person?.domain, withSiren),
    job: person?.position ?? asked.job ?? '',
    job_level: level ? LEVELS[level] : '',
    job_function: '',
    company_turnover: '',
    company_results: '',
    country: person?.domain.country ?? asked.country ?? '',
    ...custom,
  }
}

// Only `C-Level` is in B4; the other words are ours.
const LEVELS = {
  founder: 'C-Level',
  chief: 'C-Level',
  vp: 'VP',
  head: 'Director',
  director: 'Director',
  manager: 'Manager',
  specialist: 'Employee',
} as const

/** Legal numbers come only when `siren` was asked for, and only for French companies. */
function companyData(domain: Domain | undefined, withSiren: boolean): object {
  const company = domain && companyOf(domain)
  const registered = withSiren && company?.registration ? company : undefined
  return {
    company_linkedin: company ? `linkedin.com/company/${company.linkedinHandle}` : '',
    siren: registered?.registration?.siren ?? '',
    siret: registered?.registration?.siret ?? '',
    siret_address: registered?.street ?? '',
    siret_zip: registered?.city.postcode ?? '',
    siret_city: registered?.city.name.toUpperCase() ?? '',
    vat: registered?.registration?.vat ?? '',
    nb_employees: company ? bandOf(company.employees, EMPLOYEE_BANDS).replace('-', ' - ') : '',
    employee_count: company ? String(company.employees) : '',
    naf5_code: registered?.naf ?? '',
    naf5_des: registered?.nafName ?? '',
    industry: company?.industry ?? '',
  }
}
