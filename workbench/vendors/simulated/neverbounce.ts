// NeverBounce v4, from providers.md E2. Every answer is HTTP 200, also a refusal. Texts of messages, which status
// belongs to which fault, that a verdict costs one whatever it is, and the flags of free and disposable mailboxes are
// ours. Jobs are not played: E2 names them without the shapes of their answers.
//
// Plays `api.neverbounce.com`: v4 `single/check`, `account/info`.
//
// A wrong or missing key is `auth_failure`, too often `throttle_triggered`, all else (no credits, an unknown parameter,
// a plus that was not encoded) `general_failure`. A verdict costs 1. GET, a form and JSON are taken.
import { isEmail } from '../addresses'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { fingerprint, type Mailbox, NOTABLE, takesMail, type World } from '../people'
import { readJsonObject, saysJson } from '../requests'

/** Keys that the simulated NeverBounce knows: one with paid credits, one with two free ones. */
export const NEVERBOUNCE_KEYS = {
  large: 'simulated-neverbounce-key-large',
  nearlyUsedUp: 'simulated-neverbounce-key-nearly-used-up',
} as const

type Operation = 'single/check' | 'account/info'
type Fault = 'general_failure' | 'auth_failure' | 'temp_unavail' | 'throttle_triggered' | 'bad_referrer'
type Result = 'valid' | 'invalid' | 'disposable' | 'catchall' | 'unknown'

const CREDITS: { readonly [key: string]: { readonly paid: number; readonly free: number } } = {
  [NEVERBOUNCE_KEYS.large]: { paid: 100_000, free: 0 },
  [NEVERBOUNCE_KEYS.nearlyUsedUp]: { paid: 0, free: 2 },
}

const PARAMETERS: { readonly [operation in Operation]: readonly string[] } = {
  'single/check': ['key', 'email', 'address_info', 'credits_info', 'timeout'],
  'account/info': ['key'],
}

/** Starts a NeverBounce that knows the mailboxes of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const used = new Map<string, number>()

  const creditsOf = (key: string): object => {
    const { paid, free } = CREDITS[key] ?? { paid: 0, free: 0 }
    const spent = used.get(key) ?? 0
    const isPaid = paid > 0
    return {
      paid_credits_used: isPaid ? spent : 0,
      free_credits_used: isPaid ? 0 : spent,
      paid_credits_remaining: isPaid ? paid - spent : 0,
      free_credits_remaining: isPaid ? 0 : free - spent,
    }
  }

  const check = (fields: Fields, key: string): VendorAnswer => {
    const given = fields.get('email') ?? ''
    const email = given.trim().toLowerCase()
    if (!email) return refuse('single/check', 'general_failure', 'Missing required parameter: email')
    // A plus that was not encoded arrives as a blank (providers.md E2).
    if (/\s/.test(email)) return refuse('single/check', 'general_failure', 'The email holds a blank')
    for (const name of ['address_info', 'credits_info'])
      if (!['0', '1', undefined].includes(fields.get(name)))
        return refuse('single/check', 'general_failure', `${name} is 0 or 1`)
    const timeout = fields.get('timeout')
    if (timeout !== undefined && !/^[1-9]\d*$/.test(timeout))
      return refuse('single/check', 'general_failure', 'timeout is a number of seconds')
    const { paid, free } = CREDITS[key] ?? { paid: 0, free: 0 }
    if ((used.get(key) ?? 0) >= paid + free) return refuse('single/check', 'general_failure', 'Insufficient credits')
    used.set(key, (used.get(key) ?? 0) + 1)
    const isSlow = email.endsWith(`@${NOTABLE.slow}`)
    const patience = timeout === undefined ? Infinity : Number(timeout) * 1000
    const body = {
      status: 'success',
      result: isSlow && slowMs > patience ? 'unknown' : resultOf(email, world),
      flags: flagsOf(email, world),
      suggested_correction: '',
      ...(fields.get('address_info') === '1' ? { address_info: partsOf(given.trim()) } : {}),
      ...(fields.get('credits_info') === '1' ? { credits_info: creditsOf(key) } : {}),
      execution_time: 200 + (fingerprint(`time ${email}`) % 300),
    }
    const answer = say('single/check', body, [email], 1)
    return isSlow ? { ...answer, afterMs: Math.min(slowMs, patience) } : answer
  }

  return {
    hosts: ['api.neverbounce.com'],
    key: NEVERBOUNCE_KEYS.large,
    answer(request) {
      const operation = operationOf(request.path)
      if (!operation) return refuse('unknown', 'general_failure', 'There is no such endpoint')
      if (request.method !== 'GET' && request.method !== 'POST')
        return refuse(operation, 'general_failure', 'Only GET and POST')
      const fields = fieldsOf(request)
      if (typeof fields === 'string') return refuse(operation, 'general_failure', fields)
      const stranger = [...fields.keys()].find((name) => !PARAMETERS[operation].includes(name))
      if (stranger !== undefined) return refuse(operation, 'general_failure', `Unknown parameter: ${stranger}`)
      const key = fields.get('key') ?? ''
      if (!(key in CREDITS)) return refuse(operation, 'auth_failure', 'Invalid API key')
      if (operation === 'single/check') return check(fields, key)
      return say(operation, { status: 'success', credits_info: creditsOf(key), execution_time: 20 })
    },
    throttle: (request) => refuse(operationOf(request.path) ?? 'unknown', 'throttle_triggered', 'Too many requests'),
    reset: () => used.clear(),
  }
}

type Fields = ReadonlyMap<string, string>

function say(
  operation: Operation | 'unknown',
  body: object,
  questions: readonly string[] = [],
  credits = 0,
): VendorAnswer {
  return { status: 200, body: JSON.stringify(body), operation, questions, credits }
}

function refuse(operation: Operation | 'unknown', status: Fault, message: string): VendorAnswer {
  return say(operation, { status, message, execution_time: 1 })
}

function operationOf(path: string): Operation | undefined {
  return (['single/check', 'account/info'] as const).find((operation) => path === `/v4/${operation}`)
}

/** What was asked, by query or in a body that is a form or JSON; or what is wrong with it. */
function fieldsOf(request: VendorRequest): Fields | string {
  const { method, query, headers, body } = request
  if (method === 'GET') return body ? 'A GET request has no body' : fieldsIn([...query])
  if (query.size > 0) return 'A POST request has no query'
  const type = headers['content-type'] ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return fieldsIn([...new URLSearchParams(body)])
  if (!saysJson(request)) return 'The body is a form or JSON'
  const object = readJsonObject(request)
  if (!object) return 'The body is not a JSON object'
  const entries = Object.entries(object)
  if (entries.some(([, value]) => !['string', 'number', 'boolean'].includes(typeof value))) return 'A field is no text'
  return fieldsIn(entries.map(([name, value]) => [name, String(typeof value === 'boolean' ? Number(value) : value)]))
}

function fieldsIn(entries: readonly (readonly [string, string])[]): Fields | string {
  const fields = new Map(entries)
  return fields.size < entries.length ? 'A parameter was given twice' : fields
}

function resultOf(email: string, world: World): Result {
  if (!isEmail(email)) return 'invalid'
  const mailbox = world.mailbox(email)
  // Nothing is invented about a real domain.
  return mailbox ? wordFor(mailbox.status) : 'unknown'
}

function wordFor(status: Mailbox['status']): Result {
  switch (status) {
    case 'valid':
    case 'webmail':
      return 'valid'
    case 'accept_all':
      return 'catchall'
    case 'invalid':
    case 'disposable':
    case 'unknown':
      return status
  }
}

function flagsOf(email: string, world: World): readonly string[] {
  const home = world.domain(email.slice(email.lastIndexOf('@') + 1))
  if (!home || !takesMail(home)) return []
  return ['has_dns', 'has_dns_mx', ...(home.name === NOTABLE.unsure ? [] : ['smtp_connectable'])]
}

function partsOf(email: string): object {
  const at = email.lastIndexOf('@')
  const host = email.slice(at + 1).toLowerCase()
  const [addr = '', alias = ''] = email.slice(0, at).toLowerCase().split('+')
  const labels = host.split('.')
  return {
    original_email: email,
    normalized_email: `${addr}@${host}`,
    addr,
    alias,
    host,
    fqdn: host,
    domain: labels.at(-2) ?? '',
    subdomain: labels.slice(0, -2).join('.'),
    tld: labels.at(-1) ?? '',
  }
}
