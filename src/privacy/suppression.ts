import { keyedHash } from '../domain/hash'
import type { Lead } from '../domain/lead'
import { companyMatchKey } from '../normalize/company-name'
import { normalizeDomain } from '../normalize/domain'
import { emailDomain, emailMatchKey, normalizeEmail } from '../normalize/email'
import { normalizeLinkedInCompany, normalizeLinkedInPerson } from '../normalize/linkedin'
import { normalizePhone } from '../normalize/phone'
import { foldText } from '../normalize/text'

/** A person or company never to be looked up. A domain stands for everybody there, subdomains included. */
export type SuppressionEntry = {
  /** `person` is somebody by name at a domain or company, as a row without an address knows them. */
  readonly kind: 'email' | 'domain' | 'linkedin' | 'phone' | 'person'
  /** Normalised. */
  readonly value: string
}

/** The list as a search needs it: the salts under which it holds hashes, and whether one is among them. */
export interface Suppression {
  readonly salts: readonly string[]
  readonly has: (hash: string) => boolean
}

/** Hashes entries under a salt: 32 hex digits, the same for every spelling of an entry. */
export function suppressionHasher(salt: string): (entry: SuppressionEntry) => string {
  const hash = keyedHash(salt)
  return (entry) => hash(matchKey(entry))
}

/** Tells whether a lead is on the list: by an address, a phone, a profile, a name at a domain or company, or the domain. */
export function suppressionTest({ salts, has }: Suppression): (lead: Lead) => boolean {
  const hashers = salts.map(suppressionHasher)
  return (lead) => {
    if (hashers.length === 0) return false
    const entries = entriesOf(lead)
    return hashers.some((hash) => entries.some((entry) => has(hash(entry))))
  }
}

/** Equal for entries that are the same one. */
export function matchKey({ kind, value }: SuppressionEntry): string {
  return `${kind}\u0000${kind === 'email' ? emailMatchKey(value) : value}`
}

/** Somebody by name at a domain or company; the order of the names does not count. */
export function personEntry(name: string, place: string): SuppressionEntry {
  const words = foldText(name).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return { kind: 'person', value: `${words.sort().join(' ')} at ${place}` }
}

/**
 * Everything by which this one person is known again: addresses, mobile phone, profile, name at the domain or company. Their
 * other phone may be that of the whole company.
 */
export function personEntries(lead: Lead): readonly SuppressionEntry[] {
  const entries = [...emailEntries([lead.email, lead.personal_email]), ...phoneEntries([lead.mobile_phone])]
  const profile = lead.linkedin_url === undefined ? undefined : normalizeLinkedInPerson(lead.linkedin_url)
  if (profile !== undefined) entries.push({ kind: 'linkedin', value: profile })
  if (!lead.first_name || !lead.last_name) return entries
  const name = `${lead.first_name} ${lead.last_name}`
  const domain = lead.domain === undefined ? undefined : normalizeDomain(lead.domain)
  if (domain !== undefined) entries.push(personEntry(name, domain))
  if (lead.company_name) entries.push(personEntry(name, companyMatchKey(lead.company_name)))
  return entries
}

/** What a row of a list of people or companies names: the person as far as it has one, otherwise the company. */
export function listedEntries(lead: Lead): readonly SuppressionEntry[] {
  const person = [...personEntries(lead), ...phoneEntries([lead.phone])]
  return person.length > 0 ? person : companyEntries(lead)
}

function entriesOf(lead: Lead): readonly SuppressionEntry[] {
  const addresses = emailEntries([lead.company_email])
  const person = personEntries(lead)
  const mailed = [...person, ...addresses].flatMap(({ kind, value }) => (kind === 'email' ? [emailDomain(value)] : []))
  return [
    ...person,
    ...addresses,
    ...phoneEntries([lead.phone, lead.company_phone]),
    ...domainEntries(mailed),
    ...companyEntries(lead),
  ]
}

function companyEntries(lead: Lead): readonly SuppressionEntry[] {
  const page = lead.company_linkedin_url === undefined ? undefined : normalizeLinkedInCompany(lead.company_linkedin_url)
  return [
    ...domainEntries([lead.domain, lead.website]),
    ...(page === undefined ? [] : [{ kind: 'linkedin' as const, value: page }]),
  ]
}

type Texts = readonly (string | undefined)[]

function emailEntries(texts: Texts): SuppressionEntry[] {
  return entriesFrom('email', texts, normalizeEmail)
}

function domainEntries(texts: Texts): SuppressionEntry[] {
  return entriesFrom('domain', texts, normalizeDomain)
}

function phoneEntries(texts: Texts): SuppressionEntry[] {
  return entriesFrom('phone', texts, readPhone)
}

// Phones of leads are in E.164 already, and reading one takes long.
function readPhone(text: string): string | undefined {
  return /^\+\d{7,15}$/.test(text) ? text : normalizePhone(text)?.e164
}

function entriesFrom(
  kind: SuppressionEntry['kind'],
  texts: Texts,
  normalize: (text: string) => string | undefined,
): SuppressionEntry[] {
  return texts.flatMap((text) => {
    const value = text ? normalize(text) : undefined
    return value === undefined ? [] : [{ kind, value }]
  })
}
