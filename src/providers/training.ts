import type { Field } from '../domain/field'
import type { Value, Values, VerificationStatus } from '../domain/finding'
import type { LookupKey, LookupKind } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import { found, NOT_FOUND } from '../domain/outcome'
import type { Operation, Provider } from '../domain/provider'
import { local } from '../domain/provider'
import { companyMatchKey } from '../normalize/company-name'
import { linkedInHandle } from '../normalize/linkedin'
import { foldText } from '../normalize/text'

const PERSON = [
  'email',
  'email_status',
  'phone',
  'mobile_phone',
  'job_title',
  'seniority',
  'department',
  'company_name',
  'linkedin_url',
  'city',
  'country',
] as const satisfies readonly Field[]

const COMPANY = [
  'company_name',
  'website',
  'company_description',
  'company_type',
  'company_linkedin_url',
  'company_phone',
  'company_email',
  'company_founded',
  'company_size',
  'employees',
  'revenue_range',
  'industry',
  'hq_city',
  'hq_country',
  'technologies',
  'mail_provider',
  'accepts_mail',
] as const satisfies readonly Field[]

/**
 * Answers without a call from people and companies that are invented on the spot, on reserved domains only (RFC 2606).
 * The same question has the same answer, and the same person is the same by name, address or profile.
 */
export const training: Provider = {
  id: 'training',
  name: 'Training data',
  docs: 'https://www.rfc-editor.org/rfc/rfc2606',
  kind: 'training',
  hosts: [],
  limits: {},
  vocabularies: [],
  operations: [
    answering('person_by_name_at_domain', 'name_at_domain', PERSON, ({ first_name, last_name, domain }) =>
      personValues({ first: first_name, last: last_name, domain }),
    ),
    answering(
      'person_by_name_at_company',
      'name_at_company',
      [...PERSON, 'domain'],
      ({ first_name, last_name, company_name }) =>
        personValues({ first: first_name, last: last_name, domain: domainOf(company_name) }),
    ),
    answering(
      'person_by_linkedin',
      'linkedin',
      [...without('linkedin_url'), 'first_name', 'last_name', 'domain'],
      ({ linkedin_url }) => {
        const person = personOfHandle(linkedInHandle(linkedin_url) ?? '')
        return person && personValues(person)
      },
    ),
    answering(
      'person_by_email',
      'email',
      [...without('email', 'email_status'), 'first_name', 'last_name', 'domain'],
      ({ email }) => {
        const person = personOfEmail(email)
        return person && personValues(person)
      },
    ),
    answering('verify_email', 'email', ['email_status'], ({ email }) =>
      isReserved(email.replace(/^.*@/, '')) ? { email_status: { value: statusOf(email), confidence: 0.9 } } : undefined,
    ),
    answering('company_by_domain', 'domain', COMPANY, ({ domain }) => companyValues(domain)),
    answering('domain_by_company_name', 'company_name', ['domain', 'website'], ({ company_name }) => {
      const domain = domainOf(company_name)
      if (!isReserved(domain) || draw(domain, 'known') >= HITS) return undefined
      const confidence = between(domain, 'name', 0.6, 0.97)
      return { domain: { value: domain, confidence }, website: { value: `https://www.${domain}`, confidence } }
    }),
  ],
}

// Share of people and companies that are known.
const HITS = 0.75

interface Person {
  readonly first: string
  readonly last: string
  readonly domain: string
}

interface Place {
  readonly country: string
  readonly cities: readonly [string, ...string[]]
  /** The start of numbers that are kept for films and books, and how many digits follow. */
  readonly phone: readonly [start: string, digits: number]
  readonly mobile?: readonly [start: string, digits: number]
}

function without(...known: readonly Field[]): readonly Field[] {
  return PERSON.filter((field) => !known.includes(field))
}

function answering<K extends LookupKind>(
  id: string,
  by: K,
  finds: readonly Field[],
  know: (key: LookupKey<K>) => Values | undefined,
): Operation {
  const answerOne = (key: LookupKey<K>): Outcome => {
    const all = know(key)
    if (!all) return NOT_FOUND
    const values: { [F in Field]?: Value } = {}
    for (const field of finds) if (all[field]) values[field] = all[field]
    return found(values)
  }
  return local<K>({ id, by, finds, price: { credits: 0, charge: 'hit' }, answer: (keys) => keys.map(answerOne) })
}

function personValues(person: Person): Values | undefined {
  const { first, last, domain } = person
  const [given, family] = [slug(first), slug(last)]
  const seed = `${given} ${family}@${domain}`
  if (!isReserved(domain) || (!given && !family) || draw(seed, 'known') >= HITS) return undefined
  const place = placeOf(domain)
  const title = pick(JOB_TITLES, seed, 'title')
  const sure = (field: Field) => between(seed, field, 0.5, 0.98)
  const shown = (field: Field, share: number) => draw(seed, `has ${field}`) < share
  const email = `${pick(PATTERNS, domain, 'pattern')(given, family)}@${domain}`
  const status = statusOf(email)
  const [lowest, highest] = EMAIL_CONFIDENCE[status]
  const position = sure('job_title')
  return {
    ...(shown('email', 0.9) && {
      email: { value: email, confidence: between(seed, 'email', lowest, highest), status },
      email_status: { value: status, confidence: 0.9 },
    }),
    ...(shown('phone', 0.6) && {
      phone: { value: numberOf(place.phone, seed, 'phone'), confidence: sure('phone') },
    }),
    ...(place.mobile &&
      shown('mobile_phone', 0.5) && {
        mobile_phone: { value: numberOf(place.mobile, seed, 'mobile'), confidence: sure('mobile_phone') },
      }),
    ...(shown('job_title', 0.85) && {
      job_title: { value: title.title, confidence: position },
      seniority: { value: title.seniority, confidence: position },
      department: { value: title.department, confidence: position },
      company_name: { value: companyName(domain), confidence: position },
    }),
    ...(given &&
      family &&
      shown('linkedin_url', 0.8) && {
        linkedin_url: { value: `https://www.linkedin.com/in/${given}-${family}`, confidence: sure('linkedin_url') },
      }),
    ...(shown('city', 0.8) && {
      city: { value: pick(place.cities, seed, 'city'), confidence: sure('city') },
      country: { value: place.country, confidence: sure('country') },
    }),
    // The one word of `anowak@` may be anything.
    ...(given &&
      family && {
        first_name: { value: first, confidence: 0.9 },
        last_name: { value: last, confidence: 0.9 },
      }),
    domain: { value: domain, confidence: 0.9 },
  }
}

function companyValues(domain: string): Values | undefined {
  if (!isReserved(domain) || draw(domain, 'known') >= HITS) return undefined
  const place = placeOf(domain)
  const size = pick(SIZES, domain, 'size')
  const industry = pick(INDUSTRIES, domain, 'industry')
  const name = companyName(domain)
  const takesMail = draw(domain, 'mail') < 0.9
  const all = {
    company_name: name,
    website: `https://www.${domain}`,
    company_description: `${name} is an invented company in ${industry.toLowerCase()}.`,
    company_type: pick(TYPES, domain, 'type'),
    company_linkedin_url: `https://www.linkedin.com/company/${domain.replace(/\./g, '-')}`,
    company_phone: numberOf(place.phone, domain, 'phone'),
    company_email: takesMail ? `info@${domain}` : undefined,
    company_founded: String(whole(domain, 'founded', 1950, 2024)),
    company_size: `${size.from}-${size.to}`,
    employees: String(whole(domain, 'employees', size.from, size.to)),
    revenue_range: size.revenue,
    industry,
    hq_city: pick(place.cities, domain, 'city'),
    hq_country: place.country,
    technologies: [pick(WEB, domain, 'web'), pick(SALES, domain, 'sales'), pick(SHOP, domain, 'shop')].join('; '),
    mail_provider: takesMail ? pick(MAIL, domain, 'mail service') : undefined,
    accepts_mail: takesMail ? 'yes' : 'no',
  } satisfies { [F in (typeof COMPANY)[number]]: string | undefined }
  const values: { [F in Field]?: Value } = {}
  for (const field of COMPANY) {
    const value = all[field]
    if (value && draw(domain, `has ${field}`) < 0.9)
      values[field] = { value, confidence: between(domain, field, 0.5, 0.98) }
  }
  return values
}

// `ada-nowak-4b2a91` is Ada Nowak; an id such as `ACwAAB...` tells no name. Where she works is invented too.
function personOfHandle(handle: string): Person | undefined {
  if (handle.startsWith('AC')) return undefined
  const [given = '', ...rest] = foldText(handle)
    .split('-')
    .filter((part) => /^\p{L}+$/u.test(part))
  if (!given) return undefined
  const domain = `${pick(COMPANIES, handle, 'company')}.example`
  return { first: capital(given), last: rest.map(capital).join(' '), domain }
}

function personOfEmail(email: string): Person | undefined {
  const [name = '', domain = ''] = email.toLowerCase().split('@')
  const [given = '', ...rest] = name.split('+')[0]?.split(/[._-]/) ?? []
  if (!/^\p{L}{2,}$/u.test(given) || !rest.every((part) => /^\p{L}+$/u.test(part))) return undefined
  return { first: capital(given), last: rest.map(capital).join(' '), domain }
}

function domainOf(companyName: string): string {
  const label = slug(companyMatchKey(companyName)).slice(0, 63)
  return label ? `${label}.example` : ''
}

function companyName(domain: string): string {
  return domain
    .replace(/\.[^.]*$/, '')
    .split(/[-.]+/)
    .filter(Boolean)
    .map(capital)
    .join(' ')
}

function isReserved(domain: string): boolean {
  return /^(?:[a-z0-9-]+\.)+(?:example|test)$|^(?:[a-z0-9-]+\.)*example\.(?:com|net|org)$/.test(domain.toLowerCase())
}

function placeOf(domain: string): Place {
  return pick(PLACES, domain, 'place')
}

function statusOf(email: string): VerificationStatus {
  const chance = draw(email.toLowerCase(), 'status')
  if (chance < 0.72) return 'valid'
  if (chance < 0.86) return 'accept_all'
  if (chance < 0.91) return 'risky'
  if (chance < 0.95) return 'unknown'
  return 'invalid'
}

function numberOf([start, digits]: Place['phone'], seed: string, label: string): string {
  return start + String(whole(seed, label, 0, 10 ** digits - 1)).padStart(digits, '0')
}

function slug(text: string): string {
  return foldText(text).replace(/[^a-z0-9]/g, '')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function between(seed: string, label: string, lowest: number, highest: number): number {
  return Math.round((lowest + draw(seed, label) * (highest - lowest)) * 100) / 100
}

function whole(seed: string, label: string, lowest: number, highest: number): number {
  return lowest + Math.floor(draw(seed, label) * (highest - lowest + 1))
}

function pick<T extends readonly [unknown, ...unknown[]]>(list: T, seed: string, label: string): T[number] {
  return list[Math.floor(draw(seed, label) * list.length)] ?? list[0]
}

// FNV-1a, then the finaliser of MurmurHash3, because FNV alone leaves neighbours alike: from 0 to below 1.
function draw(seed: string, label: string): number {
  let hash = 0x811c9dc5
  for (const char of `${label}/${seed}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

const EMAIL_CONFIDENCE: { readonly [S in VerificationStatus]: readonly [lowest: number, highest: number] } = {
  valid: [0.88, 0.98],
  accept_all: [0.62, 0.8],
  risky: [0.45, 0.6],
  unknown: [0.5, 0.69],
  invalid: [0.05, 0.1],
}

type Pattern = (given: string, family: string) => string
const joined = (parts: readonly string[], by: string) => parts.filter(Boolean).join(by)

const PATTERNS: readonly [Pattern, ...Pattern[]] = [
  (given, family) => joined([given, family], '.'),
  (given, family) => joined([given, family], '.'),
  (given, family) => (family ? given.charAt(0) + family : given),
  (given, family) => given || family,
]

// Numbers for drama: Arcep decision 2018-0881, Ofcom's guidance on drama numbers, the Bundesnetzagentur's list for films,
// and 555-0100 to 555-0199 of the North American plan. France's and the United Kingdom's mobile ones are left out, because
// libphonenumber takes them for invalid.
const PLACES: readonly [Place, ...Place[]] = [
  { country: 'FR', cities: ['Lyon', 'Nantes', 'Paris'], phone: ['+3319900', 4] },
  { country: 'GB', cities: ['Leeds', 'London', 'Manchester'], phone: ['+44207946', 4] },
  { country: 'DE', cities: ['Berlin', 'Leipzig', 'München'], phone: ['+493023125', 3], mobile: ['+4917139200', 2] },
  { country: 'US', cities: ['Austin', 'Boston', 'Denver'], phone: ['+121255501', 2], mobile: ['+141555501', 2] },
]

interface JobTitle {
  readonly title: string
  readonly seniority: string
  readonly department: string
}

const JOB_TITLES: readonly [JobTitle, ...JobTitle[]] = [
  { title: 'Chief Technology Officer', seniority: 'executive', department: 'engineering' },
  { title: 'Head of Sales', seniority: 'head', department: 'sales' },
  { title: 'Sales Manager', seniority: 'manager', department: 'sales' },
  { title: 'Account Executive', seniority: 'senior', department: 'sales' },
  { title: 'Marketing Director', seniority: 'director', department: 'marketing' },
  { title: 'Content Manager', seniority: 'manager', department: 'marketing' },
  { title: 'Software Engineer', seniority: 'entry', department: 'engineering' },
  { title: 'Financial Controller', seniority: 'senior', department: 'finance' },
  { title: 'HR Business Partner', seniority: 'senior', department: 'human resources' },
  { title: 'Operations Manager', seniority: 'manager', department: 'operations' },
]

const SIZES = [
  { from: 1, to: 10, revenue: '$0-$1M' },
  { from: 11, to: 50, revenue: '$1M-$10M' },
  { from: 51, to: 200, revenue: '$10M-$50M' },
  { from: 201, to: 500, revenue: '$50M-$100M' },
  { from: 501, to: 1000, revenue: '$100M-$250M' },
] as const

const INDUSTRIES = ['Software', 'Logistics', 'Health care', 'Food', 'Energy', 'Education', 'Retail', 'Banking'] as const
const TYPES = ['private', 'public', 'non profit'] as const
const WEB = ['WordPress', 'Cloudflare', 'Next.js', 'Drupal'] as const
const SALES = ['HubSpot', 'Salesforce', 'Pipedrive'] as const
const SHOP = ['Shopify', 'Magento', 'Stripe'] as const
const MAIL = ['Google Workspace', 'Microsoft 365', 'Zoho Mail'] as const
const COMPANIES = ['brightlake', 'northfold', 'quillworks', 'amberline', 'stonemill', 'tidepool', 'larkfield'] as const
