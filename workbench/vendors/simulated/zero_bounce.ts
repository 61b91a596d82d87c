// ZeroBounce v2, from providers.md E1 and the column about it in A4. Texts of errors that E1 does not give, the 400
// behind a bad request, 404, 405 and 415 are ours; so is that a batch is taken whole or not at all.
//
// Plays `api.zerobounce.net`, `api-us.`, `api-eu.`, `bulkapi.`: v2 `validate`, `validatebatch`, `getcredits`; on
// `bulkapi.` only the batch.
//
// A missing, wrong or used-up key is 200 with `error` (in a batch inside `errors`, for the address `all`); other bad
// requests are 400, and more than 100 of them in a minute are 403 for an hour. A batch holds 1 to 100 addresses, comes
// as JSON and at most 30 times a minute (429). A verdict costs 1; `unknown` and the sandbox addresses
// (`valid@example.com` ...) nothing.
import { isEmail } from '../addresses'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { knowsPerson } from '../knowledge'
import { createLimit } from '../limit'
import { fingerprint, genderOf, type Mailbox, NOTABLE, takesMail } from '../people'
import { isObject, readJsonObject, saysJson, strangeField, strangeParameter } from '../requests'

/** Keys that the simulated ZeroBounce knows: one with plenty of credits, one with two left. */
export const ZERO_BOUNCE_KEYS = {
  large: 'simulated-zerobounce-key-large',
  nearlyUsedUp: 'simulated-zerobounce-key-nearly-used-up',
} as const

type Operation = 'validate' | 'validatebatch' | 'getcredits'

interface Verdict {
  readonly status: 'valid' | 'invalid' | 'catch-all' | 'unknown' | 'spamtrap' | 'do_not_mail'
  readonly sub: string
}

const CREDITS: { readonly [key: string]: number } = {
  [ZERO_BOUNCE_KEYS.large]: 100_000,
  [ZERO_BOUNCE_KEYS.nearlyUsedUp]: 2,
}

// providers.md E1: the regional hosts, and the host that the SDKs use for batches.
const HOST = 'api.zerobounce.net'
const BULK_HOST = 'bulkapi.zerobounce.net'
const HOSTS = [HOST, 'api-us.zerobounce.net', 'api-eu.zerobounce.net', BULK_HOST]

/** Most documents say 100, one says 200; the smaller is the one that always works (providers.md E1, "Batch"). */
const BATCH = 100
const BATCHES_PER_MINUTE = 30

/** providers.md E1, "Errors": more bad requests a minute than this block the caller for an hour. */
const BAD_PER_MINUTE = 100
const BLOCK_MS = 3_600_000

const PARAMETERS: { readonly [operation in Operation]: readonly string[] } = {
  validate: ['api_key', 'email', 'ip_address', 'timeout', 'activity_data', 'verify_plus'],
  validatebatch: [],
  getcredits: ['api_key'],
}

// providers.md E1, "Sandbox"; the sub-statuses are ours, taken from its list.
const SANDBOX: { readonly [email: string]: Verdict } = {
  'valid@example.com': { status: 'valid', sub: '' },
  'invalid@example.com': { status: 'invalid', sub: 'mailbox_not_found' },
  'disposable@example.com': { status: 'do_not_mail', sub: 'disposable' },
  'toxic@example.com': { status: 'do_not_mail', sub: 'toxic' },
  'donotmail@example.com': { status: 'do_not_mail', sub: 'role_based' },
  'spamtrap@example.com': { status: 'spamtrap', sub: '' },
}

const ROLES = /^(info|contact|sales|support|office|hello|admin|hr|jobs|billing|marketing|noreply|no-reply|postmaster)@/

const UNSURE = ['antispam_system', 'greylisted', 'mail_server_temporary_error', 'failed_smtp_connection'] as const

/** Percent of the people behind addresses whose names it knows; ours. */
const PEOPLE_SHARE = 60

const NO_KEY = 'Invalid API key or your account ran out of credits'

/** Starts a ZeroBounce that knows the mailboxes of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const used = new Map<string, number>()
  const batches = createLimit({ perMinute: BATCHES_PER_MINUTE })
  const faults = createLimit({ perMinute: BAD_PER_MINUTE })
  let blockedUntil = 0

  const left = (key: string): number => (CREDITS[key] ?? 0) - (used.get(key) ?? 0)
  const take = (key: string, credits: number): void => void used.set(key, (used.get(key) ?? 0) + credits)

  const bad = (request: VendorRequest, operation: Operation, text: string): VendorAnswer => {
    if (faults.isTooOften('all', request.at)) blockedUntil = request.at + BLOCK_MS
    return say(operation, 400, { error: text })
  }

  const verdictOn = (email: string, cutShort: boolean): Verdict => {
    const sandboxed = SANDBOX[email]
    if (sandboxed) return sandboxed
    if (!isEmail(email)) return { status: 'invalid', sub: 'failed_syntax_check' }
    if (cutShort) return { status: 'unknown', sub: 'timeout_exceeded' }
    const home = world.domain(email.slice(email.lastIndexOf('@') + 1))
    const mailbox = world.mailbox(email)
    // Nothing is invented about a real domain.
    if (!home || !mailbox) return { status: 'unknown', sub: 'exception_occurred' }
    if (home.mail === 'null_mx') return { status: 'invalid', sub: 'does_not_accept_mail' }
    if (!takesMail(home)) return { status: 'invalid', sub: 'no_dns_entries' }
    if (ROLES.test(email) && mailbox.status !== 'invalid')
      return { status: 'do_not_mail', sub: home.acceptAll ? 'role_based_catch_all' : 'role_based' }
    return verdictOf(mailbox)
  }

  const record = (given: string, at: number, cutShort = false): object => {
    const email = given.trim().toLowerCase()
    const { status, sub } = verdictOn(email, cutShort)
    const split = email.lastIndexOf('@')
    const home = split < 0 ? undefined : world.domain(email.slice(split + 1))
    const meant = world.personOfEmail(email)
    const person = meant && knowsPerson('zero_bounce', meant, PEOPLE_SHARE) ? meant : undefined
    const hasServer = home !== undefined && takesMail(home)
    return {
      address: given.trim(),
      status,
      sub_status: sub,
      free_email: home?.webmail ?? false,
      did_you_mean: null,
      account: split < 0 ? null : email.slice(0, split),
      domain: split < 0 ? null : email.slice(split + 1),
      domain_age_days: home ? String(400 + (fingerprint(`age ${home.name}`) % 9000)) : null,
      smtp_provider: home && hasServer && home.mail !== 'own' ? home.mail : null,
      mx_found: String(hasServer),
      mx_record: home && hasServer ? `mx.${home.name}` : null,
      firstname: person?.firstName ?? null,
      lastname: person?.lastName ?? null,
      gender: person ? (genderOf(person.firstName) === 'F' ? 'female' : 'male') : null,
      country: null,
      region: null,
      city: null,
      zipcode: null,
      processed_at: new Date(at).toISOString().replace('T', ' ').replace('Z', ''),
    }
  }

  const priceOf = (record: object): number =>
    // Unknown costs nothing and the sandbox is free (providers.md E1, "Remaining" and "Sandbox").
    'status' in record && record.status !== 'unknown' && !SANDBOX[String((record as { address?: string }).address)]
      ? 1
      : 0

  const validate = (request: VendorRequest): VendorAnswer => {
    const { query, at } = request
    const key = query.get('api_key') ?? ''
    const email = (query.get('email') ?? '').trim()
    const timeout = query.get('timeout')
    if (!email) return bad(request, 'validate', 'Missing parameter: email')
    if (timeout !== null && !/^([3-9]|[1-5]\d|60)$/.test(timeout))
      return bad(request, 'validate', 'timeout is a number from 3 to 60')
    for (const flag of ['activity_data', 'verify_plus'])
      if (!['true', 'false', null].includes(query.get(flag)))
        return bad(request, 'validate', `${flag} is true or false`)
    if (left(key) < 1) return say('validate', 200, { error: NO_KEY })
    const isSlow = email.toLowerCase().endsWith(`@${NOTABLE.slow}`)
    const patience = timeout === null ? Infinity : Number(timeout) * 1000
    const found = record(email, at, isSlow && slowMs > patience)
    const credits = priceOf(found)
    take(key, credits)
    const answer = say('validate', 200, found, [email.toLowerCase()], credits)
    return isSlow ? { ...answer, afterMs: Math.min(slowMs, patience) } : answer
  }

  const validateBatch = (request: VendorRequest): VendorAnswer => {
    const { at } = request
    if (!saysJson(request)) return say('validatebatch', 415, { error: 'The content type must be application/json' })
    const asked = readBatch(request)
    if (typeof asked === 'string') return bad(request, 'validatebatch', asked)
    const { key, emails, patienceMs } = asked
    const isSlow = (email: string): boolean => email.toLowerCase().endsWith(`@${NOTABLE.slow}`)
    const refused = (error: string): VendorAnswer =>
      say('validatebatch', 200, { email_batch: [], errors: [{ error, email_address: 'all' }] })
    const questions = emails.filter(Boolean).map((email) => email.toLowerCase())
    if (!(key in CREDITS) || left(key) < questions.length) return refused(NO_KEY)
    if (batches.isTooOften(key, at)) return say('validatebatch', 429, { error: 'Too many requests' })
    const records = emails.filter(Boolean).map((email) => record(email, at, isSlow(email) && slowMs > patienceMs))
    const errors = emails.filter((email) => !email).map(() => ({ error: 'Missing email', email_address: '' }))
    const credits = records.reduce<number>((sum, each) => sum + priceOf(each), 0)
    take(key, credits)
    const answer = say('validatebatch', 200, { email_batch: records, errors }, questions, credits)
    return questions.some(isSlow) ? { ...answer, afterMs: Math.min(slowMs, patienceMs) } : answer
  }

  return {
    hosts: HOSTS,
    key: ZERO_BOUNCE_KEYS.large,
    answer(request) {
      const operation = operationOf(request)
      if (!operation) return say('unknown', 404, { error: 'Not found' })
      if (request.at < blockedUntil) return say(operation, 403, { error: 'Blocked for an hour' })
      if (request.method !== (operation === 'validatebatch' ? 'POST' : 'GET'))
        return say(operation, 405, { error: 'Method not allowed' })
      const fault = checkParameters(request, operation)
      if (fault !== undefined) return bad(request, operation, fault)
      switch (operation) {
        case 'validate':
          return validate(request)
        case 'validatebatch':
          return validateBatch(request)
        case 'getcredits': {
          const key = request.query.get('api_key') ?? ''
          return say(operation, 200, { Credits: key in CREDITS ? String(left(key)) : '-1' })
        }
      }
    },
    throttle: (request) => say(operationOf(request) ?? 'unknown', 429, { error: 'Too many requests' }),
    reset() {
      used.clear()
      batches.reset()
      faults.reset()
      blockedUntil = 0
    },
  }
}

function say(
  operation: Operation | 'unknown',
  status: number,
  body: object,
  questions: readonly string[] = [],
  credits = 0,
): VendorAnswer {
  return { status, body: JSON.stringify(body), operation, questions, credits }
}

function operationOf({ host, path }: VendorRequest): Operation | undefined {
  const operation = /^\/v2\/(validate|validatebatch|getcredits)$/.exec(path)?.[1] as Operation | undefined
  return host === BULK_HOST && operation !== 'validatebatch' ? undefined : operation
}

function checkParameters({ query, body }: VendorRequest, operation: Operation): string | undefined {
  const strange = strangeParameter(query, PARAMETERS[operation])
  if (strange !== undefined) return `Unknown or repeated parameter: ${strange}`
  return operation !== 'validatebatch' && body ? 'A GET request has no body' : undefined
}

/** The key and the addresses of a batch, or what is wrong with it. */
interface AskedBatch {
  readonly key: string
  readonly emails: readonly string[]
  readonly patienceMs: number
}

function readBatch(request: VendorRequest): AskedBatch | string {
  const given = readJsonObject(request)
  if (!given) return 'The body is not a JSON object'
  const { api_key: key, email_batch: batch, timeout } = given
  const unknown = strangeField(given, ['api_key', 'email_batch', 'timeout'])
  if (unknown !== undefined) return `Unknown field: ${unknown}`
  if (typeof key !== 'string') return 'Missing field: api_key'
  // The facts know it of single calls alone; in seconds, from 10 to 120, by the page that src/providers/zero_bounce.ts names.
  const isPatient =
    timeout === undefined || (Number.isInteger(timeout) && Number(timeout) >= 10 && Number(timeout) <= 120)
  if (!isPatient) return 'timeout is a number from 10 to 120'
  if (!Array.isArray(batch) || batch.length === 0) return 'email_batch is a list of addresses'
  if (batch.length > BATCH) return `email_batch holds at most ${BATCH} addresses`
  const emails: string[] = []
  for (const item of batch as readonly unknown[]) {
    if (!isObject(item)) return 'email_batch holds objects'
    const { email_address: email, ip_address: ip = '' } = item
    const strange = strangeField(item, ['email_address', 'ip_address'])
    if (typeof email !== 'string' || typeof ip !== 'string' || strange !== undefined)
      return 'An item has email_address and ip_address, both texts'
    emails.push(email.trim())
  }
  return { key, emails, patienceMs: timeout === undefined ? Infinity : Number(timeout) * 1000 }
}

function verdictOf({ email, status }: Mailbox): Verdict {
  switch (status) {
    case 'valid':
      return { status: 'valid', sub: '' }
    case 'webmail':
      // A free mailbox that exists is valid here; `free_email` says the rest.
      return { status: 'valid', sub: '' }
    case 'invalid':
      return { status: 'invalid', sub: fingerprint(email) % 10 === 0 ? 'mailbox_quota_exceeded' : 'mailbox_not_found' }
    case 'accept_all':
      return { status: 'catch-all', sub: '' }
    case 'disposable':
      return { status: 'do_not_mail', sub: 'disposable' }
    case 'unknown':
      return { status: 'unknown', sub: UNSURE[fingerprint(email) % UNSURE.length] ?? 'greylisted' }
  }
}
