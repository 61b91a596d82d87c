// Findymail, from providers.md B6 and the row about it in A3. The statuses of bad requests (422), the misses of company and
// phone, what a company costs and who is shown to live in the EU are ours. search/domain, search/reverse-email and
// search/employees are not played: B6 does not give their answers; neither are webhooks. 300 concurrent requests are never
// reached, because every answer but a slow one is there at once.
import type { SimulatedVendor, VendorAnswer, VendorRequest } from './contract'
import { type Firm, firmOf } from './firms'
import { readJsonObject } from './json-object'
import { type Domain, fingerprint, NOTABLE, type Person, plain, takesMail, type World } from './people'

/** Keys that the simulated Findymail knows: one with plenty, one with two credits of each kind, one that is paused. */
export const FINDYMAIL_KEYS = {
  large: 'simulated-findymail-key-large',
  nearlyUsedUp: 'simulated-findymail-key-nearly-used-up',
  paused: 'simulated-findymail-key-paused',
} as const

type Operation = 'search/name' | 'search/linkedin' | 'search/company' | 'search/phone' | 'verify' | 'credits'
type Purse = 'finder' | 'verifier'

const CREDITS: { readonly [key: string]: { readonly [purse in Purse]: number } } = {
  [FINDYMAIL_KEYS.large]: { finder: 100_000, verifier: 50_000 },
  [FINDYMAIL_KEYS.nearlyUsedUp]: { finder: 2, verifier: 2 },
  [FINDYMAIL_KEYS.paused]: { finder: 100, verifier: 50 },
}

// providers.md B6; `business-profile` is the newer name of `linkedin`.
const PATHS: { readonly [path: string]: Operation } = {
  '/api/search/name': 'search/name',
  '/api/search/linkedin': 'search/linkedin',
  '/api/search/business-profile': 'search/linkedin',
  '/api/search/company': 'search/company',
  '/api/search/phone': 'search/phone',
  '/api/verify': 'verify',
  '/api/credits': 'credits',
}

const FIELDS: { readonly [operation in Operation]: readonly string[] } = {
  'search/name': ['name', 'domain', 'webhook_url'],
  'search/linkedin': ['linkedin_url', 'webhook_url'],
  'search/company': ['linkedin_url', 'domain', 'name'],
  'search/phone': ['linkedin_url'],
  verify: ['email'],
  credits: [],
}

const PHONE_PRICE = 10

const EU = ['FR', 'DE', 'SE', 'ES', 'IT', 'NL']

const PROVIDERS: { readonly [mail: string]: string } = {
  google: 'Google',
  microsoft: 'Microsoft',
  proofpoint: 'Proofpoint',
  ovh: 'OVH',
  zoho: 'Zoho',
}

type Words = Readonly<Record<string, string>>

/** Starts a Findymail that knows half of the people of a world. */
export function createFindymail(world: World, slowMs: number): SimulatedVendor {
  const used = new Map<string, number>()

  const left = (key: string, purse: Purse): number => (CREDITS[key]?.[purse] ?? 0) - (used.get(`${key} ${purse}`) ?? 0)
  const take = (key: string, purse: Purse, credits: number): void =>
    void used.set(`${key} ${purse}`, (used.get(`${key} ${purse}`) ?? 0) + credits)

  const contact = (operation: Operation, key: string, question: string, person: Person | undefined): VendorAnswer => {
    const email = person && knows(person) ? verifiedEmail(person) : undefined
    if (left(key, 'finder') < 1) return refuse(operation, 402, { error: 'Not enough credits' })
    const credits = email === undefined ? 0 : 1
    take(key, 'finder', credits)
    const found =
      person && email !== undefined
        ? { name: `${person.firstName} ${person.lastName}`, email, domain: person.domain.name }
        : null
    const answer = say(operation, { contact: found }, question, credits)
    return question.endsWith(NOTABLE.slow) ? { ...answer, afterMs: slowMs } : answer
  }

  const byName = (words: Words, key: string): VendorAnswer => {
    const name = words['name'] ?? ''
    const domain = hostIn(words['domain'] ?? '')
    if (!name) return refuse('search/name', 422, { message: 'The name field is required.' })
    if (domain === undefined) return refuse('search/name', 422, { message: 'The domain field is required.' })
    const [first = '', ...rest] = name.split(/\s+/)
    const person = world.person({ first, last: rest.join(' '), domain })
    return contact('search/name', key, `${plain(name) || name.toLowerCase()} | ${domain}`, person)
  }

  const byProfile = (words: Words, key: string): VendorAnswer => {
    const handle = handleIn(words['linkedin_url'] ?? '', 'in')
    if (handle === undefined) return refuse('search/linkedin', 422, { message: 'The linkedin_url is not a profile.' })
    return contact('search/linkedin', key, `linkedin ${handle}`, world.personOfHandle(handle))
  }

  const company = (words: Words, key: string): VendorAnswer => {
    const fault = (message: string): VendorAnswer => refuse('search/company', 422, { message })
    if (Object.keys(words).length !== 1) return fault('One of linkedin_url, domain and name is required.')
    const host = words['domain'] === undefined ? undefined : hostIn(words['domain'])
    const handle = words['linkedin_url'] === undefined ? undefined : handleIn(words['linkedin_url'], 'company')
    if (words['domain'] !== undefined && host === undefined) return fault('The domain is not a domain.')
    if (words['linkedin_url'] !== undefined && handle === undefined) return fault('The linkedin_url is not a company.')
    const name = words['name'] ?? ''
    const at = host ?? (handle === undefined ? world.domainOfCompany(name) : domainOfPage(handle))
    const domain = at === undefined ? undefined : world.domain(at)
    const question = host ?? (handle === undefined ? `company ${plain(name)}` : `linkedin company ${handle}`)
    if (left(key, 'finder') < 1) return refuse('search/company', 402, { error: 'Not enough credits' })
    if (!domain || !isCompanyKnown(domain))
      return { ...refuse('search/company', 404, { error: 'Company not found' }), questions: [question] }
    take(key, 'finder', 1)
    return say('search/company', companyData(domain, firmOf(domain)), question, 1)
  }

  const phone = (words: Words, key: string): VendorAnswer => {
    const handle = handleIn(words['linkedin_url'] ?? '', 'in')
    if (handle === undefined) return refuse('search/phone', 422, { message: 'The linkedin_url is not a profile.' })
    if (left(key, 'finder') < PHONE_PRICE) return refuse('search/phone', 402, { error: 'Not enough credits' })
    const person = world.personOfHandle(handle)
    // Residents of the EU are excluded (providers.md B6); they live where their company sits.
    const number = person && knows(person) && !EU.includes(person.domain.country) ? person.phone : null
    const credits = number === null ? 0 : PHONE_PRICE
    take(key, 'finder', credits)
    const body = { phone: number, line_type: number === null ? null : 'mobile' }
    return say('search/phone', body, `linkedin ${handle}`, credits)
  }

  const verify = (words: Words, key: string): VendorAnswer => {
    const email = (words['email'] ?? '').toLowerCase()
    if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email))
      return refuse('verify', 422, { message: 'The email must be a valid email address.' })
    if (left(key, 'verifier') < 1) return refuse('verify', 402, { error: 'Not enough credits' })
    take(key, 'verifier', 1)
    const home = world.domain(email.slice(email.lastIndexOf('@') + 1))
    const status = world.mailbox(email)?.status
    const provider = home && takesMail(home) ? (PROVIDERS[home.mail] ?? 'Other') : null
    const answer = say('verify', { email, verified: status === 'valid' || status === 'webmail', provider }, email, 1)
    return email.endsWith(`@${NOTABLE.slow}`) ? { ...answer, afterMs: slowMs } : answer
  }

  return {
    hosts: ['app.findymail.com'],
    key: FINDYMAIL_KEYS.large,
    answer(request) {
      const operation = PATHS[request.path]
      if (!operation) return refuse('unknown', 404, { message: 'Not found' })
      const key = /^Bearer (\S+)$/.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
      if (!(key in CREDITS)) return refuse(operation, 401, { message: 'Unauthenticated.' })
      if (request.method !== (operation === 'credits' ? 'GET' : 'POST'))
        return refuse(operation, 405, { message: 'Method not allowed' })
      if (request.query.size > 0) return refuse(operation, 422, { message: 'There are no query parameters' })
      if (operation === 'credits') {
        const body = { credits: left(key, 'finder'), verifier_credits: left(key, 'verifier') }
        return request.body ? refuse(operation, 422, { message: 'A GET request has no body' }) : say(operation, body)
      }
      const words = readWords(request, FIELDS[operation])
      if (typeof words === 'string') return refuse(operation, 422, { message: words })
      if (key === FINDYMAIL_KEYS.paused) return refuse(operation, 423, { error: 'Subscription is paused' })
      switch (operation) {
        case 'search/name':
          return byName(words, key)
        case 'search/linkedin':
          return byProfile(words, key)
        case 'search/company':
          return company(words, key)
        case 'search/phone':
          return phone(words, key)
        case 'verify':
          return verify(words, key)
      }
    },
    throttle: ({ path }) => refuse(PATHS[path] ?? 'unknown', 429, { message: 'Too Many Attempts.' }),
    reset: () => used.clear(),
  }
}

function say(operation: Operation, body: object, question?: string, credits = 0): VendorAnswer {
  const questions = question === undefined ? [] : [question]
  return { status: 200, body: JSON.stringify(body), operation, questions, credits }
}

function refuse(operation: Operation | 'unknown', status: number, body: object): VendorAnswer {
  return { status, body: JSON.stringify(body), operation, questions: [], credits: 0 }
}

/** The texts of a JSON body without those that are null, or what is wrong with it. */
function readWords({ headers, body }: VendorRequest, allowed: readonly string[]): Words | string {
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return 'The content type must be application/json'
  const object = readJsonObject(body)
  if (!object) return 'The body is not a JSON object'
  const words: Record<string, string> = {}
  for (const [name, value] of Object.entries(object)) {
    if (!allowed.includes(name)) return `Unknown field: ${name}`
    if (value === null) continue
    if (typeof value !== 'string') return `The ${name} must be a string.`
    if (name === 'webhook_url') return 'Webhooks are not simulated'
    words[name] = value.trim()
  }
  return words
}

function hostIn(text: string): string | undefined {
  const host = text.toLowerCase().replace(/^www\./, '')
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(host) ? host : undefined
}

function handleIn(page: string, kind: 'in' | 'company'): string | undefined {
  const match = /^(?:https?:\/\/)?(?:[a-z]{2,3}\.)?linkedin\.com\/(in|company)\/([^/?#\s]+)\/?$/i.exec(page)
  return match?.[1] === kind ? match[2]?.toLowerCase() : undefined
}

/** The domain behind a company's page: the handles of firms.ts are domains with dashes. */
function domainOfPage(handle: string): string {
  return handle.replace(/-(example|test)$/, '.$1').replace(/-example-(com|org|net)$/, '.example.$1')
}

/** Only addresses that were verified are ever found (providers.md B6). */
function verifiedEmail({ mailbox }: Person): string | undefined {
  return mailbox?.status === 'valid' ? mailbox.email : undefined
}

function knows({ firstName, lastName, domain }: Person): boolean {
  const { objector } = NOTABLE
  const name = plain(`${firstName} ${lastName}`)
  if (domain.name === objector.domain && name === plain(`${objector.first} ${objector.last}`)) return false
  if (domain.name === NOTABLE.everyoneFound || domain.name === NOTABLE.slow) return true
  return fingerprint(`findymail ${name} ${domain.name}`) % 100 < 50
}

function isCompanyKnown({ name, mail }: Domain): boolean {
  if (name === NOTABLE.nobodyFound || mail === 'none' || mail === 'missing') return false
  return name === NOTABLE.everyoneFound || fingerprint(`findymail company ${name}`) % 100 < 50
}

function companyData({ name, company }: Domain, { band, industry, handle, city }: Firm): object {
  return {
    name: company,
    domain: name,
    company_size: band,
    industry,
    linkedin_url: `https://www.linkedin.com/company/${handle}`,
    description: `${company} is an invented company in ${city}.`,
  }
}
