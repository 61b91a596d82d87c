// Findymail, from providers.md B6 and the row about it in A3. The statuses of bad requests (422), the misses of company
// and phone, what a company costs and who is shown to live in the EU are ours. search/domain, search/reverse-email and
// search/employees are not played: B6 does not give their answers; neither are webhooks. 300 concurrent requests are
// never reached, because every answer but a slow one is there at once.
//
// Plays `app.findymail.com`: `search/name`, `search/linkedin` (also as `business-profile`), `search/company`,
// `search/phone`, `verify`, `credits`.
//
// Refuses: no Bearer (401), no credits (402), a paused subscription (423), another method (405), an unknown or
// ill-formed field, a webhook or another content type (422). It knows half of the people and finds only verified
// addresses, for 1; a miss is `contact: null`. A phone costs 10 and nobody in the EU has one; a verdict costs 1
// verifier credit.
import { isEmail, isHost, linkedinHandle } from '../addresses'
import { bandOf, type Company, companyOf, EMPLOYEE_BANDS } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { domainMeant, knowsCompany, knowsPerson, nobodyMeant, personMeant } from '../knowledge'
import { mobileOf, NOTABLE, type Person, plain, takesMail } from '../people'
import { readJsonObject } from '../requests'

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

/** Percent of the people and companies that it knows; ours. */
const SHARE = 50

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
export const create: CreateVendor = ({ world, slowMs }) => {
  const used = new Map<string, number>()

  const left = (key: string, purse: Purse): number => (CREDITS[key]?.[purse] ?? 0) - (used.get(`${key} ${purse}`) ?? 0)
  const take = (key: string, purse: Purse, credits: number): void =>
    void used.set(`${key} ${purse}`, (used.get(`${key} ${purse}`) ?? 0) + credits)

  const contact = (operation: Operation, key: string, question: string, person: Person | undefined): VendorAnswer => {
    const email = person && knowsPerson('findymail', person, SHARE) ? verifiedEmail(person) : undefined
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
    const clues = { fullName: name, companyDomain: domain }
    const { question, person } = personMeant(world, clues) ?? nobodyMeant(clues)
    return contact('search/name', key, question, person)
  }

  const byProfile = (words: Words, key: string): VendorAnswer => {
    const handle = linkedinHandle(words['linkedin_url'] ?? '', 'in')
    if (handle === undefined) return refuse('search/linkedin', 422, { message: 'The linkedin_url is not a profile.' })
    return contact('search/linkedin', key, `linkedin ${handle}`, world.personOfHandle(handle))
  }

  const company = (words: Words, key: string): VendorAnswer => {
    const fault = (message: string): VendorAnswer => refuse('search/company', 422, { message })
    if (Object.keys(words).length !== 1) return fault('One of linkedin_url, domain and name is required.')
    const host = words['domain'] === undefined ? undefined : hostIn(words['domain'])
    const handle = linkedinHandle(words['linkedin_url'] ?? '', 'company')
    if (words['domain'] !== undefined && host === undefined) return fault('The domain is not a domain.')
    if (words['linkedin_url'] !== undefined && handle === undefined) return fault('The linkedin_url is not a company.')
    const name = words['name'] ?? ''
    const at = domainMeant(world, { companyDomain: host, companyHandle: handle, companyName: name })
    const domain = at === undefined ? undefined : world.domain(at)
    const question = at ?? `company ${handle ?? plain(name)}`
    if (left(key, 'finder') < 1) return refuse('search/company', 402, { error: 'Not enough credits' })
    if (!domain || !knowsCompany('findymail', domain, SHARE))
      return { ...refuse('search/company', 404, { error: 'Company not found' }), questions: [question] }
    take(key, 'finder', 1)
    return say('search/company', companyData(companyOf(domain)), question, 1)
  }

  const phone = (words: Words, key: string): VendorAnswer => {
    const handle = linkedinHandle(words['linkedin_url'] ?? '', 'in')
    if (handle === undefined) return refuse('search/phone', 422, { message: 'The linkedin_url is not a profile.' })
    if (left(key, 'finder') < PHONE_PRICE) return refuse('search/phone', 402, { error: 'Not enough credits' })
    const person = world.personOfHandle(handle)
    // Residents of the EU are excluded (providers.md B6); they live where their company sits.
    const number =
      person && knowsPerson('findymail', person, SHARE) && !EU.includes(person.domain.country) ? mobileOf(person) : null
    const credits = number === null ? 0 : PHONE_PRICE
    take(key, 'finder', credits)
    const body = { phone: number, line_type: number === null ? null : 'mobile' }
    return say('search/phone', body, `linkedin ${handle}`, credits)
  }

  const verify = (words: Words, key: string): VendorAnswer => {
    const email = (words['email'] ?? '').toLowerCase()
    if (!isEmail(email)) return refuse('verify', 422, { message: 'The email must be a valid email address.' })
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
function readWords(request: VendorRequest, allowed: readonly string[]): Words | string {
  const object = readJsonObject(request)
  if (!object) return 'The body is not a JSON object of the type application/json'
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
  return isHost(host) ? host : undefined
}

/** Only addresses that were verified are ever found (providers.md B6). */
function verifiedEmail({ mailbox }: Person): string | undefined {
  return mailbox?.status === 'valid' ? mailbox.email : undefined
}

function companyData(company: Company): object {
  const { domain, employees, industry, linkedinHandle: handle, description } = company
  return {
    name: domain.company,
    domain: domain.name,
    company_size: bandOf(employees, EMPLOYEE_BANDS).replace('-', ' - '),
    industry,
    linkedin_url: `https://www.linkedin.com/company/${handle}`,
    description,
  }
}
