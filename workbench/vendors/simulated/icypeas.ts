// Icypeas, from providers.md B13 and its rows in A3 and A4. Ours, because B13 is silent: the bodies of 401, 404 and
// 429, what an address without a verdict looks like, the read of an unknown id (no items), pages after the first of a
// file (there is no way to ask for them), the price of a domain search (as a find). The signed mode and
// search-files/read have no shape in B13 and are not played.
//
// Plays `app.icypeas.com`: `POST /api/email-search`, `email-verification`, `domain-search`, `bulk-search`,
// `bulk-single-searchs/read`.
//
// The key stands bare in `Authorization`. Faults of a body come as 200 with `success: false` and `validationErrors`; a
// bulk has up to 5,000 rows, a read gives its first 100 items (nothing says how to ask for the next ones). 10 searches
// and verifications a second together, one bulk a second, 30 reads a minute, and 3 seconds between two reads of the
// same search. An item is `NONE`, `SCHEDULED`, `IN_PROGRESS` and after 2 to 6 seconds done; a find says `FOUND` or
// `DEBITED`. A find costs 1, a verification 0.1 whatever its verdict (`DEBITED_NOT_FOUND` for bad and unknown
// addresses), in the books of the submission. Without credits, items say `INSUFFICIENT_FUNDS`.
import { z } from 'zod'
import { isEmail, isHost } from '../addresses'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { mailHosts } from './dns'
import { domainMeant, knowsPerson, nobodyMeant, type PersonClues, personMeant } from '../knowledge'
import { createLimit, type Rate } from '../limit'
import {
  type Domain,
  fingerprint,
  genderOf,
  type Mailbox,
  NOTABLE,
  type Person,
  plain,
  takesMail,
  type World,
} from '../people'
import { readJson } from '../requests'
import { createTickets, type Ticket } from '../tickets'

/** Keys that the simulated Icypeas knows: one with a large plan, one with two credits left. */
export const ICYPEAS_KEYS = {
  large: 'simulated-icypeas-key-large',
  nearlyUsedUp: 'simulated-icypeas-key-nearly-used-up',
} as const

// In tenths of a credit, so that the price of a verification is a whole number.
const PLANS: { readonly [key: string]: number } = {
  [ICYPEAS_KEYS.large]: 500_000,
  [ICYPEAS_KEYS.nearlyUsedUp]: 20,
}

/** Tenths of a credit (providers.md B13, "Cost"). */
const PRICE = { find: 10, verification: 1 } as const

// providers.md B13, "Limits". The three searches share their limit: ours.
const RATES: { readonly [kind in Kind]: Rate } = {
  search: { perSecond: 10 },
  bulk: { perSecond: 1 },
  read: { perMinute: 30 },
}
/** The same search may be read again after this time: how we understand "at least 3 s apart". */
const BETWEEN_READS_MS = 3000
const MAX_ROWS = 5000
const PAGE = 100

/** Share of people that it knows, in percent; ours. */
const SHARE = 50

type Kind = 'search' | 'bulk' | 'read'

const KINDS: { readonly [path: string]: Kind } = {
  '/api/email-search': 'search',
  '/api/email-verification': 'search',
  '/api/domain-search': 'search',
  '/api/bulk-search': 'bulk',
  '/api/bulk-single-searchs/read': 'read',
}

const ADDRESS = z.string().regex(/^https:\/\//, 'is not a web address')
const FILLED = z.string().regex(/\S/, 'is empty')
const CUSTOM = z.strictObject({ webhookUrl: ADDRESS.optional(), externalId: z.string().optional() }).optional()
const SEARCH = z.strictObject({ firstname: z.string(), lastname: z.string(), domainOrCompany: FILLED, custom: CUSTOM })
const VERIFICATION = z.strictObject({ email: FILLED, custom: CUSTOM })
const DOMAIN_SEARCH = z.strictObject({ domainOrCompany: FILLED, custom: CUSTOM })
const BULK = z.strictObject({
  task: z.enum(['email-search', 'email-verification', 'domain-search']),
  name: FILLED,
  data: z.array(z.array(z.string())).min(1).max(MAX_ROWS),
  custom: z
    .strictObject({
      externalIds: z.array(z.string()).optional(),
      webhookUrlItem: ADDRESS.optional(),
      webhookUrlBulkDone: ADDRESS.optional(),
    })
    .optional(),
})
// `limit` is not in B13; its clients send it.
const READ = z.union([
  z.strictObject({ id: FILLED }),
  z.strictObject({ mode: z.literal('bulk'), file: FILLED, limit: z.int().min(1).max(PAGE).optional() }),
])

type Status = 'FOUND' | 'DEBITED' | 'NOT_FOUND' | 'DEBITED_NOT_FOUND' | 'BAD_INPUT' | 'INSUFFICIENT_FUNDS'

interface Outcome {
  readonly question: string
  readonly status: Status
  readonly results: object
  /** Tenths of a credit. */
  readonly price: number
  readonly domain: string | undefined
}

interface Item extends Outcome {
  readonly id: string
  readonly order: number
  readonly externalId: string | undefined
}

/** One question in the words of its row. */
type Row = readonly string[]

/** Starts an Icypeas that knows some of the people of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const spent = new Map<string, number>()
  const reads = new Map<string, number>()
  const limits = { search: createLimit(RATES.search), bulk: createLimit(RATES.bulk), read: createLimit(RATES.read) }
  const singles = createTickets<readonly Item[]>('icypeas', (number) => `p_${idOf(number)}`)
  const files = createTickets<readonly Item[]>('icypeas file', (number) => `f_${idOf(number)}`)

  // In the order of the rows, so that the last credits go to the first of them. Nothing is searched without the price of
  // a success, because nobody knows before whether it is one.
  const pay = (key: string, task: string, outcome: Outcome): Outcome => {
    const used = spent.get(key) ?? 0
    const most = task === 'email-verification' ? PRICE.verification : PRICE.find
    if (outcome.status === 'BAD_INPUT') return outcome
    if (used + most > (PLANS[key] ?? 0))
      return { ...outcome, status: 'INSUFFICIENT_FUNDS', results: nothing(), price: 0 }
    spent.set(key, used + outcome.price)
    return outcome
  }

  const open = (
    { at, path }: VendorRequest,
    key: string,
    task: string,
    rows: readonly Row[],
    externalIds: readonly (string | undefined)[],
  ): readonly [Ticket<readonly Item[]>, VendorAnswer] => {
    const outcomes = rows.map((row) => pay(key, task, work(world, task, row)))
    const isSlow = outcomes.some(({ domain }) => domain === NOTABLE.slow)
    const items = outcomes.map((outcome, order) => ({
      ...outcome,
      id: `p_${idOf(fingerprint(`${key} ${at} ${order} ${outcome.question}`))}`,
      order,
      externalId: externalIds[order],
    }))
    const ticket = (KINDS[path] === 'bulk' ? files : singles).open(key, at, items, isSlow ? slowMs : 0)
    const tenths = outcomes.reduce((sum, { price }) => sum + price, 0)
    const questions = outcomes.map(({ question }) => question)
    return [ticket, { ...answer(task, 200, {}), questions, credits: tenths / 10 }]
  }

  const single = (request: VendorRequest, key: string): VendorAnswer => {
    const task = request.path.slice('/api/'.length)
    const read = readSingle(request, task)
    if ('fault' in read) return invalid(task, read.fault)
    const { row, custom } = read.value
    const [{ id }, reply] = open(request, key, task, [row], [custom?.externalId])
    return { ...reply, body: JSON.stringify({ success: true, item: { status: 'NONE', _id: id } }) }
  }

  const bulk = (request: VendorRequest, key: string): VendorAnswer => {
    const read = readJson(request, BULK)
    if ('fault' in read) return invalid('bulk-search', read.fault)
    const { task, data, custom } = read.value
    const width = task === 'email-search' ? 3 : 1
    if (data.some((row) => row.length !== width)) return invalid('bulk-search', `data: each row has ${width} cells`)
    const { externalIds } = custom ?? {}
    if (externalIds && externalIds.length !== data.length)
      return invalid('bulk-search', 'custom.externalIds: not as many as rows')
    const [{ id }, reply] = open(request, key, task, data, externalIds ?? [])
    return { ...reply, body: JSON.stringify({ success: true, status: 'valid', file: id }) }
  }

  const read = (request: VendorRequest, key: string): VendorAnswer => {
    const body = readJson(request, READ)
    if ('fault' in body) return invalid('read', body.fault)
    const { value } = body
    const id = 'id' in value ? value.id : value.file
    const last = reads.get(`${key} ${id}`) ?? -Infinity
    if (request.at - last < BETWEEN_READS_MS) return tooOften()
    reads.set(`${key} ${id}`, request.at)
    const ticket = ('id' in value ? singles : files).find(key, id)
    const items = (ticket?.work ?? []).slice(0, PAGE).map((item) => itemOf(item, ticket as Ticket<unknown>, request.at))
    // A single search goes by the id of its ticket.
    const [only] = items
    const named = 'id' in value && only ? [{ ...only, _id: id }] : items
    return answer('read', 200, { success: true, items: named })
  }

  return {
    hosts: ['app.icypeas.com'],
    key: ICYPEAS_KEYS.large,
    answer(request) {
      const kind = KINDS[request.path]
      if (!kind || request.method !== 'POST') return answer('unknown', 404, failure('Not found'))
      const key = request.headers['authorization']
      if (key === undefined || PLANS[key] === undefined) return answer('unknown', 401, failure('Unauthorized'))
      if (limits[kind].isTooOften(key, request.at)) return tooOften()
      if ([...request.query.keys()].length > 0) return invalid(kind, 'The query takes no parameters')
      switch (kind) {
        case 'search':
          return single(request, key)
        case 'bulk':
          return bulk(request, key)
        case 'read':
          return read(request, key)
      }
    },
    throttle: tooOften,
    reset() {
      for (const map of [spent, reads]) map.clear()
      for (const part of [limits.search, limits.bulk, limits.read, singles, files]) part.reset()
    },
  }
}

function idOf(number: number): string {
  return `${number.toString(36)}${fingerprint(String(number)).toString(36)}`
}

function answer(operation: string, status: number, body: object): VendorAnswer {
  return { status, body: JSON.stringify(body), operation, questions: [], credits: 0 }
}

function tooOften(): VendorAnswer {
  return answer('throttled', 429, failure('Too many requests'))
}

function failure(message: string): object {
  return { success: false, message }
}

/** Faults of a body come as a success of HTTP (providers.md B13, "Validation errors"). */
function invalid(operation: string, message: string): VendorAnswer {
  return answer(operation, 200, { success: false, validationErrors: [{ message }] })
}

interface Single {
  readonly row: Row
  readonly custom: z.infer<typeof CUSTOM>
}

function readSingle(request: VendorRequest, task: string): { readonly value: Single } | { readonly fault: string } {
  switch (task) {
    case 'email-search': {
      const read = readJson(request, SEARCH)
      if ('fault' in read) return read
      const { firstname, lastname, domainOrCompany, custom } = read.value
      return { value: { row: [firstname, lastname, domainOrCompany], custom } }
    }
    case 'email-verification': {
      const read = readJson(request, VERIFICATION)
      return 'fault' in read ? read : { value: { row: [read.value.email], custom: read.value.custom } }
    }
    default: {
      const read = readJson(request, DOMAIN_SEARCH)
      return 'fault' in read ? read : { value: { row: [read.value.domainOrCompany], custom: read.value.custom } }
    }
  }
}

/** An item as it is read; NONE, SCHEDULED and IN_PROGRESS share the time until the ticket is ready. */
function itemOf(item: Item, { openedAt, readyAt }: Ticket<unknown>, at: number): object {
  const part = Math.floor((3 * (at - openedAt)) / (readyAt - openedAt))
  const isReady = at >= readyAt
  return {
    _id: item.id,
    status: isReady ? item.status : (['NONE', 'SCHEDULED'][part] ?? 'IN_PROGRESS'),
    order: item.order,
    results: isReady ? item.results : nothing(),
    userData: item.externalId === undefined ? {} : { externalId: item.externalId },
  }
}

function nothing(): object {
  return { emails: [], phones: [] }
}

function work(world: World, task: string, row: Row): Outcome {
  switch (task) {
    case 'email-search':
      return find(world, row)
    case 'email-verification':
      return verify(world, row)
    default:
      return searchDomain(world, row)
  }
}

function whereOf(domainOrCompany: string): Pick<PersonClues, 'companyDomain' | 'companyName'> {
  const domain = domainOrCompany.trim().toLowerCase()
  return isHost(domain) ? { companyDomain: domain } : { companyName: domainOrCompany }
}

function find(world: World, [first = '', last = '', where = '']: Row): Outcome {
  const clues = { firstName: first, lastName: last, ...whereOf(where) }
  const { question, person, domain } = personMeant(world, clues) ?? nobodyMeant(clues)
  const miss = { question, results: nothing(), price: 0, domain }
  if (!/\p{L}/u.test(`${first}${last}`)) return { ...miss, status: 'BAD_INPUT' }
  const mailbox = person && knowsPerson('icypeas', person, SHARE) ? person.mailbox : null
  if (!person || !mailbox) return { ...miss, status: 'NOT_FOUND' }
  const certainty = certaintyOf(mailbox)
  // A find is one of the two done words; which of them is always the same for the same question.
  const status = fingerprint(`icypeas word ${question}`) % 4 === 0 ? 'DEBITED' : 'FOUND'
  return {
    ...miss,
    status,
    price: PRICE.find,
    results: personResults(person, emailsOf(mailbox, certainty, person.domain)),
  }
}

function verify(world: World, [given = '']: Row): Outcome {
  const email = given.trim().toLowerCase()
  const name = email.slice(email.lastIndexOf('@') + 1)
  const result = { question: email, results: nothing(), price: PRICE.verification, domain: name }
  if (!isEmail(email)) return { ...result, status: 'BAD_INPUT', price: 0 }
  const domain = world.domain(name)
  const mailbox = email === NOTABLE.objector.email ? undefined : world.mailbox(email)
  if (!mailbox || !domain || mailbox.status === 'unknown') return { ...result, status: 'DEBITED_NOT_FOUND' }
  const certainty = certaintyOf(mailbox)
  const results = { emails: emailsOf(mailbox, certainty, domain), phones: [] }
  return { ...result, status: certainty === 'undeliverable' ? 'DEBITED_NOT_FOUND' : 'FOUND', results }
}

function searchDomain(world: World, [where = '']: Row): Outcome {
  const name = domainMeant(world, whereOf(where))
  const domain = name === undefined ? undefined : world.domain(name)
  const question = `domain ${name ?? plain(where)}`
  const mailbox = domain && takesMail(domain) ? world.mailbox(`contact@${domain.name}`) : undefined
  const miss = { question, results: nothing(), price: 0, domain: name }
  if (!domain || !mailbox || mailbox.status === 'invalid') return { ...miss, status: 'NOT_FOUND' }
  const emails = emailsOf(mailbox, certaintyOf(mailbox), domain)
  return { ...miss, status: 'FOUND', price: PRICE.find, results: { emails, phones: [] } }
}

type Certainty = 'ultra_sure' | 'very_sure' | 'probable' | 'undeliverable'

function certaintyOf({ status, score }: Mailbox): Certainty {
  switch (status) {
    case 'valid':
      return score >= 92 ? 'ultra_sure' : 'very_sure'
    case 'accept_all':
    case 'webmail':
    case 'unknown':
      return 'probable'
    case 'invalid':
    case 'disposable':
      return 'undeliverable'
  }
}

function emailsOf({ email }: Mailbox, certainty: Certainty, domain: Domain): readonly object[] {
  // The records without their preference and their last dot, as in B13.
  const mxRecords = mailHosts(domain).map((record) => record.replace(/^\d+ /, '').replace(/\.$/, ''))
  return [{ email, certainty, mxProvider: domain.mail, mxRecords }]
}

function personResults({ firstName, lastName }: Person, emails: readonly object[]): object {
  return {
    firstname: firstName,
    lastname: lastName,
    fullname: `${firstName} ${lastName}`,
    gender: genderOf(firstName),
    emails,
    // B13 shows an empty list and not what an entry looks like.
    phones: [],
  }
}
