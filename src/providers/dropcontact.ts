import type { Field } from '../domain/field'
import type { Value } from '../domain/finding'
import type { LookupKey, LookupKind } from '../domain/lookup-key'
import { lookupTag } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import { found } from '../domain/outcome'
import type { HttpRequest, Operation, Price, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { grade, UNSCORED } from './confidence'
import { pathStep } from './query'
import { onFirstUse, replyPieces } from './reply'
import { addressOf, only, valuesOf } from './values'

const API = 'https://api.dropcontact.com/v1'

// "Request not ready yet, try again in 30 seconds": https://developer.dropcontact.com/en/errors/
const NOT_READY_MS = 30_000

// Taken when asked, given back without a verified address: https://developer.dropcontact.com/en/credits/
const FINDING: Price = { credits: 1, charge: 'refunded' }
// An address that is sent along is verified for 1 credit, whatever comes of it (same page).
const VERIFYING: Price = { credits: 1, charge: 'call' }

const COMPANY = [
  'company_name',
  'website',
  'registration_number',
  'company_linkedin_url',
  'industry',
  'employees',
  'company_size',
  'revenue',
  'hq_address',
  'hq_postal_code',
  'hq_city',
] as const
const CONTACT = ['phone', 'mobile_phone', 'gender', 'job_title', 'seniority', 'department', 'country'] as const
const ADDRESSES = ['email', 'email_status', 'personal_email'] as const
const NAMES = ['full_name', 'first_name', 'last_name'] as const

const ADDRESS: Vocabulary = {
  title: 'Dropcontact: an address (`qualification`)',
  source: 'https://developer.dropcontact.com/en/reference/fetch-enrichment-results/',
  words: {
    'nominative@pro': { means: "a person's verified address at a company", atMost: UNSCORED, status: 'valid' },
    'catch_all@pro': { means: "the company's server takes any address", atMost: 0.6, status: 'accept_all' },
    'generic@pro': { means: 'an address of a team or a role', atMost: 0.4, status: 'risky' },
    'nominative@perso': { means: "a person's address at a public mail service", atMost: UNSCORED, status: 'risky' },
    'catch_all@perso': { means: 'a public mail service that takes any address', atMost: 0.5, status: 'accept_all' },
    'generic@perso': { means: 'not a person at a public mail service', atMost: 0.3, status: 'risky' },
    random: { means: 'letters that mean nothing, at any domain', atMost: 0.1, status: 'invalid' },
    invalid: { means: 'an invalid address, or any address at an invalid domain', atMost: 0.1, status: 'invalid' },
    unknown: { means: 'not qualified', atMost: 0.5, status: 'unknown' },
  },
}

const OTHER: Vocabulary = {
  title: 'Dropcontact: anything else',
  source: 'https://developer.dropcontact.com/en/reference/fetch-enrichment-results/',
  words: {
    verdict: { means: 'the status of an address', atMost: UNSCORED },
    unclear: { means: 'no verdict: the next verifier is asked', atMost: 0.3 },
    said: { means: 'about the contact or the company', atMost: UNSCORED },
    establishment: { means: 'the address of a SIRET: mostly the head office', atMost: 0.6 },
  },
}

/** Dropcontact: work addresses found and verified while one waits, French company facts, up to 250 contacts at once. */
export const dropcontact: Provider = {
  id: 'dropcontact',
  name: 'Dropcontact',
  docs: 'https://developer.dropcontact.com/en/quickstart/',
  kind: 'vendor',
  hosts: ['api.dropcontact.com'],
  auth: { in: 'header', header: 'X-Access-Token' },
  region: 'France',
  inEea: true,
  privacy: 'https://www.dropcontact.com/fr/charte-donnees-personnelles',
  terms: 'https://www.dropcontact.com/data-protection-agreement',
  // https://developer.dropcontact.com/en/credits/ has no date.
  pricesReadOn: '2026-11-28',
  // https://developer.dropcontact.com/en/errors/
  statuses: {
    // Not enough credits for all contacts of the request, which is refused as a whole.
    403: 'refused_credits',
    // A miss is said in the body.
    404: 'unavailable',
  },
  // https://developer.dropcontact.com/en/errors/
  limits: { perSecond: 60 },
  vocabularies: [ADDRESS, OTHER],
  balance: {
    request: () => ({ url: `${API}/account/credits` }),
    read: (body) => {
      const { credits, credits_left } = replies().balance.parse(body)
      const left = credits ?? credits_left
      if (left === undefined) throw new Error('no number of credits')
      return { text: `${left} credits left`, left }
    },
  },
  operations: [
    enriching('person_by_name_at_domain', {
      by: 'name_at_domain',
      price: FINDING,
      finds: [...ADDRESSES, ...CONTACT, 'linkedin_url', ...COMPANY],
      record: ({ first_name, last_name, domain }) => ({ first_name, last_name, website: domain }),
    }),
    enriching('person_by_name_at_company', {
      by: 'name_at_company',
      price: FINDING,
      finds: [...ADDRESSES, ...CONTACT, 'linkedin_url', 'domain', ...COMPANY],
      record: ({ first_name, last_name, company_name }) => ({ first_name, last_name, company: company_name }),
    }),
    // That the profile alone is enough is said by an integrator: https://metorial.com/integrations/dropcontact
    enriching('person_by_linkedin', {
      by: 'linkedin',
      price: FINDING,
      finds: [...ADDRESSES, ...NAMES, ...CONTACT, 'domain', ...COMPANY],
      record: ({ linkedin_url }) => ({ linkedin: linkedin_url }),
    }),
    enriching('person_by_email', {
      by: 'email',
      price: VERIFYING,
      finds: ['email_status', ...NAMES, ...CONTACT, 'linkedin_url', 'domain', ...COMPANY],
      record: ({ email }) => ({ email }),
    }),
  ],
}

interface Enriching<K extends LookupKind> {
  readonly by: K
  readonly price: Price
  readonly finds: readonly Field[]
  readonly record: (key: LookupKey<K>) => { readonly [field: string]: string }
}

function enriching<K extends LookupKind>(id: string, { by, price, finds, record }: Enriching<K>): Operation {
  return remote<K>({
    id,
    by,
    finds,
    price,
    // https://developer.dropcontact.com/en/errors/ ("up to 250 records", 15 kB each)
    batch: 250,
    request: (keys): HttpRequest => ({
      url: `${API}/enrich/all`,
      method: 'post',
      body: {
        data: keys.map((key) => ({ ...record(key), custom_fields: { lookup: lookupTag(by, key) } })),
        // The company's number and address, for French companies.
        siren: true,
        language: 'en',
      },
    }),
    read: (body, keys) => keys.map(() => readSubmit(body)),
    poll: {
      everyMs: NOT_READY_MS,
      request: (ticket) => ({ url: `${API}/enrich/all/${pathStep(ticket)}` }),
      read: (body, keys) => {
        const { error, success, data } = replies().results.parse(body)
        if (error) return keys.map(() => failed('Dropcontact could not finish the request'))
        // The same for a ticket that it does not know: the number of polls ends it.
        if (!success) return keys.map(() => ({ kind: 'pending', retryAfterMs: NOT_READY_MS }))
        if (!data) throw new Error('no contacts in the answer')
        const contacts = new Map(data.map((contact) => [contact?.custom_fields?.lookup, contact]))
        return keys.map((key) => {
          const contact = contacts.get(lookupTag(by, key))
          if (!contact) return failed('Dropcontact left this contact out')
          return readContact(contact, { finds, email: (key as { email?: string }).email })
        })
      },
    },
  })
}

const failed = (reason: string): Outcome => ({ kind: 'unavailable', reason })

function readSubmit(body: unknown): Outcome {
  const { success, request_id } = replies().submit.parse(body)
  return success ? { kind: 'pending', ticket: request_id } : failed('Dropcontact did not take the request')
}

type Contact = NonNullable<NonNullable<ReturnType<ReturnType<typeof replies>['results']['parse']>['data']>[number]>

interface Asked {
  readonly finds: readonly Field[]
  /** The address that was asked with, if one was. */
  readonly email: string | undefined
}

function readContact(contact: Contact, asked: Asked): Outcome {
  const addresses = (contact.email ?? []).flatMap((entry) => {
    const value = addressOf(entry?.email)
    const word = qualification(entry?.qualification)
    return value ? [{ personal: word.endsWith('@perso'), address: { value, ...grade(ADDRESS, word) } }] : []
  })
  const best = (personal: boolean) =>
    addresses
      .filter((one) => one.personal === personal)
      .map(({ address }) => address)
      .reduce<Value | undefined>((top, next) => (top && top.confidence >= next.confidence ? top : next), undefined)
  const email = best(false)
  const personal = best(true)
  const judged =
    asked.email === undefined ? email : addresses.find(({ address }) => isSame(address.value, asked.email))?.address
  const values = {
    ...(email && { email }),
    ...(personal && { personal_email: personal }),
    ...(judged && emailStatus(judged)),
    ...valuesOf(
      {
        phone: contact.phone,
        mobile_phone: contact.mobile_phone,
        gender: gender(contact.civility),
        full_name: contact.full_name,
        first_name: contact.first_name,
        last_name: contact.last_name,
        linkedin_url: contact.linkedin,
        job_title: contact.job,
        seniority: contact.job_level,
        department: contact.job_function,
        country: contact.country,
        company_name: contact.company,
        domain: contact.website,
        website: contact.website,
        registration_number: contact.siren,
        company_linkedin_url: contact.company_linkedin,
        industry: contact.industry,
        employees: contact.employee_count,
        company_size: contact.nb_employees,
        revenue: contact.company_turnover,
      },
      grade(OTHER, 'said'),
    ),
    ...valuesOf(
      { hq_address: contact.siret_address, hq_postal_code: contact.siret_zip, hq_city: contact.siret_city },
      grade(OTHER, 'establishment'),
    ),
  }
  const told = found(only(values, asked.finds))
  // Without an address the credit is given back; for verifying one it is not.
  const free = told.kind === 'found' && asked.email === undefined && addresses.length === 0
  return free ? { ...told, credits: 0 } : told
}

// `nominative@pro`: what stands before the @ and what stands behind it are qualified apart.
function qualification(text: string | null | undefined): string {
  const [local = '', domain = ''] = (text ?? '').trim().toLowerCase().split('@')
  if (local === 'invalid' || domain === 'invalid') return 'invalid'
  return local === 'random' ? 'random' : `${local}@${domain}`
}

function emailStatus({ status = 'unknown' }: Value) {
  return { email_status: { value: status, ...grade(OTHER, status === 'unknown' ? 'unclear' : 'verdict') } }
}

function isSame(address: string, asked: string | undefined): boolean {
  return address.toLowerCase() === asked?.trim().toLowerCase()
}

function gender(civility: string | null | undefined): string | undefined {
  if (/^mr\b/i.test(civility ?? '')) return 'male'
  return /^(mrs|ms)\b/i.test(civility ?? '') ? 'female' : undefined
}

const replies = onFirstUse((z) => {
  const { detail, list, text, texts, words, flag } = replyPieces(z)
  const contact = z.object({
    ...texts('civility', 'first_name', 'last_name', 'full_name', 'phone', 'mobile_phone', 'company', 'website'),
    ...texts('linkedin', 'company_linkedin', 'siret_address', 'siret_city', 'nb_employees', 'industry', 'country'),
    ...texts('job', 'job_level', 'job_function'),
    ...words('siren', 'siret_zip', 'employee_count', 'company_turnover'),
    custom_fields: detail(z.object({ lookup: text })),
    email: list(z.object(texts('email', 'qualification'))),
  })
  return {
    submit: z.union([
      z.object({ success: z.literal(true), request_id: z.string() }),
      z.object({ success: z.literal(false), request_id: z.optional(z.undefined()) }),
    ]),
    results: z.object({
      error: flag,
      success: z.boolean(),
      data: z.optional(z.nullable(z.array(detail(contact)))),
    }),
    // Its documents show no body of it; a submission names what is left `credits_left`.
    balance: z.object({ credits: z.optional(z.number()), credits_left: z.optional(z.number()) }),
  }
})
