// FullEnrich v2, from providers.md C2 and its rows in A3 to A5; the price of each field and what is free again, from
// products.md ("FullEnrich and BetterContact"). Ours, because C2 is silent: the code of a wrong body and of another
// path, a profile of nobody (null), the empty lists of a miss, personal addresses, and the shape and price of the
// reverse lookup, of which C2 knows the path alone: like the other one, a profile for each address, paid when it is
// found.
//
// Plays `app.fullenrich.com`: `POST /api/v2/contact/enrich/bulk`, `GET /api/v2/contact/enrich/bulk/ID`, the same under
// `contact/reverse/email/bulk`, `GET /api/v2/account/credits`.
//
// Takes up to 100 contacts, each with a name and a domain or a company, or with a `linkedin_url`, and with what to find
// (`contact.work_emails`, `contact.phones`); 60 calls a minute of all kinds. Not ready is 400
// `error.enrichment.in_progress`, for 2 to 6 seconds. An address costs 1, catch-all too, a phone 10, a miss nothing, in
// the books of the submission; the same contact in the same spelling is free for 90 days, except inside one bulk. When
// the credits end, the result is 402 with `CREDITS_INSUFFICIENT` and what was found until then.
import { z } from 'zod'
import { isEmail, linkedinHandle } from '../addresses'
import { companyOf } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { knowsPerson, nobodyMeant, type PersonQuestion, personMeant } from '../knowledge'
import { createLimit } from '../limit'
import { fingerprint, type Mailbox, mobileOf, NOTABLE, type Person, personKey, plain, type World } from '../people'
import { spaced } from '../phones'
import { readJson } from '../requests'
import { createTickets } from '../tickets'

/** Keys that the simulated FullEnrich knows: one with a large plan, one with two credits left. */
export const FULL_ENRICH_KEYS = {
  large: 'simulated-full-enrich-key-large',
  nearlyUsedUp: 'simulated-full-enrich-key-nearly-used-up',
} as const

const PLANS: { readonly [key: string]: number } = {
  [FULL_ENRICH_KEYS.large]: 50_000,
  [FULL_ENRICH_KEYS.nearlyUsedUp]: 2,
}

// providers.md C2, "Limits" and the first request.
const RATE = { perMinute: 60 }
const MAX_CONTACTS = 100
const MAX_CUSTOM_KEYS = 10
const MAX_CUSTOM_LENGTH = 100

/** A contact that was paid for is free again for this time ("within 3 months"). */
const FREE_AGAIN_MS = 90 * 24 * 3_600_000

const FIELDS = ['contact.work_emails', 'contact.personal_emails', 'contact.phones'] as const

type Field = (typeof FIELDS)[number]

/** Credits for a find (products.md, "FullEnrich"); a catch-all is one, a profile is ours. */
const PRICES: { readonly [field in Field | 'profile']: number } = {
  'contact.work_emails': 1,
  'contact.personal_emails': 3,
  'contact.phones': 10,
  profile: 1,
}

/** Share of people that it knows, in percent: the largest, as it asks many others; ours. */
const SHARE = 60

const CUSTOM = z
  .record(z.string(), z.string().max(MAX_CUSTOM_LENGTH))
  .refine((custom) => Object.keys(custom).length <= MAX_CUSTOM_KEYS, 'has more than 10 keys')
  .optional()

const CONTACT = z.strictObject({
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  domain: z.string().optional(),
  company_name: z.string().optional(),
  linkedin_url: z.string().optional(),
  enrich_fields: z.array(z.enum(FIELDS)).min(1),
  custom: CUSTOM,
})

const ADDRESSEE = z.strictObject({ email: z.string().refine(isEmail, 'is not an address'), custom: CUSTOM })

const ADDRESS = z.string().regex(/^https:\/\//, 'is not a web address')

const bodyOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    name: z.string().regex(/\S/, 'is empty'),
    webhook_url: ADDRESS.optional(),
    webhook_events: z.strictObject({ contact_finished: ADDRESS.optional() }).optional(),
    data: z.array(item).min(1).max(MAX_CONTACTS),
  })

const BODY = bodyOf(CONTACT)
const REVERSE_BODY = bodyOf(ADDRESSEE)

type Contact = z.infer<typeof CONTACT>

/** What a job is of: contacts to be enriched, or addresses whose people are looked up. */
type Kind = 'enrich' | 'reverse/email'

interface Work {
  readonly kind: Kind
  readonly status: 'FINISHED' | 'CREDITS_INSUFFICIENT'
  readonly name: string
  readonly credits: number
  readonly data: readonly object[]
}

/** Starts a FullEnrich that knows most of the people of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const spent = new Map<string, number>()
  /** When each field of each spelling of a contact was paid for. */
  const paidAt = new Map<string, number>()
  const limit = createLimit(RATE)
  const tickets = createTickets<Work>('full_enrich', uuidOf)

  const left = (key: string): number => (PLANS[key] ?? 0) - (spent.get(key) ?? 0)

  /** The fields that are found and paid for or free; undefined when the credits do not reach. */
  const pay = (key: string, at: number, contact: Contact, found: readonly Field[]): Payment | undefined => {
    const owed = found.filter((field) => at - (paidAt.get(spelled(key, contact, field)) ?? -Infinity) > FREE_AGAIN_MS)
    const credits = owed.reduce((sum, field) => sum + PRICES[field], 0)
    if (credits > left(key)) return undefined
    spent.set(key, (spent.get(key) ?? 0) + credits)
    return { credits, names: owed.map((field) => spelled(key, contact, field)) }
  }

  const submit = (request: VendorRequest, key: string): VendorAnswer => {
    if ([...request.query.keys()].length > 0) return invalid('The query takes no parameters')
    const read = readJson(request, BODY)
    if ('fault' in read) return invalid(read.fault)
    const { name, data } = read.value
    const nameless = data.findIndex((contact) => !isEnough(contact))
    if (nameless >= 0) return invalid(`data.${nameless}: a name with a domain or a company, or a linkedin_url`)
    const meant = data.map((contact) => meantBy(world, contact))
    const results: object[] = []
    const paid: string[] = []
    let credits = 0
    let status: Work['status'] = 'FINISHED'
    for (const [index, contact] of data.entries()) {
      const person = knownPerson(meant[index])
      const found = foundFields(person, contact.enrich_fields)
      const payment = pay(key, request.at, contact, found)
      if (!payment) status = 'CREDITS_INSUFFICIENT'
      credits += payment?.credits ?? 0
      paid.push(...(payment?.names ?? []))
      results.push(resultOf(contact, payment ? person : undefined, payment ? found : []))
    }
    // Free again only in later bulks: two copies in one bulk are both paid (products.md, "FullEnrich").
    for (const each of paid) paidAt.set(each, request.at)
    const isSlow = meant.some(({ domain }) => domain === NOTABLE.slow)
    const work: Work = { kind: 'enrich', status, name, credits, data: results }
    const ticket = tickets.open(key, request.at, work, isSlow ? slowMs : 0)
    const fields = (contact: Contact): string => [...new Set(contact.enrich_fields)].sort().join(' ')
    const questions = data.map((contact, index) => `${meant[index]?.question} | ${fields(contact)}`)
    return { ...answer('enrich', 200, { enrichment_id: ticket.id }), questions, credits }
  }

  const submitReverse = (request: VendorRequest, key: string): VendorAnswer => {
    if ([...request.query.keys()].length > 0) return invalid('The query takes no parameters')
    const read = readJson(request, REVERSE_BODY)
    if ('fault' in read) return invalid(read.fault)
    const { name, data } = read.value
    const results: object[] = []
    let credits = 0
    let status: Work['status'] = 'FINISHED'
    const questions: string[] = []
    for (const { email, custom } of data) {
      const meant = personMeant(world, { email })
      questions.push(`${meant?.question ?? email} | profile`)
      const person = knownPerson(meant)
      const isPaid = person !== undefined && PRICES.profile <= left(key)
      if (person && !isPaid) status = 'CREDITS_INSUFFICIENT'
      if (isPaid) {
        credits += PRICES.profile
        spent.set(key, (spent.get(key) ?? 0) + PRICES.profile)
      }
      results.push({ input: { email }, ...(custom ? { custom } : {}), profile: isPaid ? profileOf(person) : null })
    }
    const ticket = tickets.open(key, request.at, { kind: 'reverse/email', status, name, credits, data: results })
    return { ...answer('reverse/email', 200, { enrichment_id: ticket.id }), questions, credits }
  }

  // `forceResults` stands in the address of C2 without a meaning of its own: it changes nothing here.
  const poll = ({ query, at, body }: VendorRequest, key: string, { kind, id }: Asked): VendorAnswer => {
    const names = [...query.keys()]
    if (body || names.length > 1 || names.some((name) => name !== 'forceResults'))
      return invalid('Only forceResults is taken')
    if (!['true', 'false', null].includes(query.get('forceResults'))) return invalid('forceResults is true or false')
    const ticket = tickets.find(key, id)
    if (ticket?.work.kind !== kind)
      return answer('result', 404, fault('error.enrichment.not_found', 'Enrichment not found'))
    if (at < ticket.readyAt)
      return answer(
        'result',
        400,
        fault('error.enrichment.in_progress', 'Enrichment not ready, try again in 30 seconds'),
      )
    const { status, name, credits, data } = ticket.work
    return answer('result', status === 'FINISHED' ? 200 : 402, { id, name, status, cost: { credits }, data })
  }

  return {
    hosts: ['app.fullenrich.com'],
    key: FULL_ENRICH_KEYS.large,
    answer(request) {
      const { path, method, headers, at, query, body } = request
      const asked = askedIn(path)
      const isAccount = path === '/api/v2/account/credits'
      const isSubmit = asked !== undefined && asked.id === ''
      if ((!asked && !isAccount) || method !== (isSubmit ? 'POST' : 'GET'))
        return answer('unknown', 404, fault('error.not_found', 'Not found'))
      const key = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1]
      if (key === undefined || PLANS[key] === undefined)
        return answer('unknown', 401, fault('error.api.key', 'Invalid API key'))
      if (limit.isTooOften(key, at)) return tooOften()
      if (isSubmit) return asked.kind === 'enrich' ? submit(request, key) : submitReverse(request, key)
      if (asked) return poll(request, key, asked)
      if (body || [...query.keys()].length > 0) return invalid('No parameters are taken')
      return answer('credits', 200, { balance: left(key) })
    },
    throttle: tooOften,
    reset() {
      for (const map of [spent, paidAt]) map.clear()
      limit.reset()
      tickets.reset()
    },
  }
}

interface Asked {
  readonly kind: Kind
  /** Empty for what is submitted. */
  readonly id: string
}

function askedIn(path: string): Asked | undefined {
  const [, kind, id = ''] = /^\/api\/v2\/contact\/(enrich|reverse\/email)\/bulk(?:\/([^/]+))?$/.exec(path) ?? []
  return kind === undefined ? undefined : { kind: kind as Kind, id }
}

interface Payment {
  readonly credits: number
  /** What is free from now on. */
  readonly names: readonly string[]
}

function answer(operation: string, status: number, body: object): VendorAnswer {
  return { status, body: JSON.stringify(body), operation, questions: [], credits: 0 }
}

function fault(code: string, message: string): object {
  return { code, message }
}

function invalid(message: string): VendorAnswer {
  return answer('refused', 400, fault('error.invalid_request', message))
}

function tooOften(): VendorAnswer {
  return answer('throttled', 429, fault('error.rate.limit', 'Too many requests. Try again in 1m'))
}

/** An id in the form of C2, from one number. */
function uuidOf(number: number): string {
  const hex = [0, 1, 2, 3].map((part) => fingerprint(`${number} ${part}`).toString(16).padStart(8, '0')).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5')
}

/** Exactly as it was spelled: another spelling is another contact. */
function spelled(key: string, contact: Contact, field: Field): string {
  const { first_name, last_name, domain, company_name, linkedin_url } = contact
  return JSON.stringify([key, first_name, last_name, domain, company_name, linkedin_url, field])
}

function isEnough({ first_name, last_name, domain, company_name, linkedin_url }: Contact): boolean {
  if (linkedin_url?.trim()) return true
  return Boolean(first_name?.trim() && last_name?.trim() && (domain?.trim() || company_name?.trim()))
}

function meantBy(world: World, { first_name, last_name, domain, company_name, linkedin_url }: Contact): PersonQuestion {
  const clues = {
    firstName: first_name,
    lastName: last_name,
    companyDomain: domain,
    companyName: company_name,
    handle: linkedinHandle(linkedin_url ?? '', 'in'),
  }
  return personMeant(world, clues) ?? nobodyMeant(clues)
}

function knownPerson(meant: PersonQuestion | undefined): Person | undefined {
  const person = meant?.person
  return person && knowsPerson('full_enrich', person, SHARE) ? person : undefined
}

function foundFields(person: Person | undefined, asked: readonly Field[]): readonly Field[] {
  if (!person) return []
  const has = {
    'contact.work_emails': person.mailbox !== null,
    'contact.personal_emails': personalEmailOf(person) !== null,
    'contact.phones': mobileOf(person) !== null,
  }
  return [...new Set(asked)].filter((field) => has[field])
}

/** The private address of about half of the people. */
function personalEmailOf(person: Person): string | null {
  const key = personKey(person)
  if (fingerprint(`personal ${key}`) % 2 === 1) return null
  return `${plain(`${person.firstName} ${person.lastName}`).replace(/ /g, '.')}@${NOTABLE.webmail}`
}

function resultOf(contact: Contact, person: Person | undefined, found: readonly Field[]): object {
  const { custom } = contact
  const mailbox = found.includes('contact.work_emails') ? person?.mailbox : undefined
  const phone = person && found.includes('contact.phones') ? mobileOf(person) : null
  const email = mailbox && { email: mailbox.email, status: statusOf(mailbox) }
  const home = person && found.includes('contact.personal_emails') ? personalEmailOf(person) : null
  const personal = home !== null && { email: home, status: 'DELIVERABLE' }
  const number = phone !== null && { number: spaced(phone), region: person?.domain.country }
  return {
    input: {
      first_name: contact.first_name ?? '',
      last_name: contact.last_name ?? '',
      company_domain: contact.domain ?? '',
      company_name: contact.company_name ?? '',
      professional_network_url: contact.linkedin_url ?? '',
    },
    ...(custom ? { custom } : {}),
    contact_info: {
      // A miss has no such field (providers.md A3).
      ...(email ? { most_probable_work_email: email } : {}),
      ...(personal ? { most_probable_personal_email: personal } : {}),
      ...(number ? { most_probable_phone: number } : {}),
      work_emails: email ? [email] : [],
      personal_emails: personal ? [personal] : [],
      phones: number ? [number] : [],
    },
    profile: person ? profileOf(person) : null,
  }
}

function statusOf({ status, score }: Mailbox): string {
  switch (status) {
    case 'valid':
      return score >= 88 ? 'DELIVERABLE' : 'HIGH_PROBABILITY'
    case 'unknown':
      return 'HIGH_PROBABILITY'
    case 'accept_all':
      return 'CATCH_ALL'
    case 'invalid':
    case 'webmail':
    case 'disposable':
      return 'INVALID'
  }
}

function profileOf(person: Person): object {
  const { firstName, lastName, position, domain } = person
  const { city, employees, founded } = companyOf(domain)
  return {
    id: fingerprint(`full_enrich ${personKey(person)}`).toString(16),
    full_name: `${firstName} ${lastName}`,
    headline: position,
    location: { country: city.country, country_code: domain.country, city: city.name, region: city.region },
    employment: {
      current: {
        title: position,
        is_current: true,
        company: { name: domain.company, domain: domain.name, headcount: employees, year_founded: founded },
      },
    },
  }
}
