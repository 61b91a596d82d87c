import { hashText } from '../domain/hash'
import type { Lead } from '../domain/lead'
import { companyMatchKey } from '../normalize/company-name'
import { normalizeDomain } from '../normalize/domain'
import { emailDomain, emailMatchKey, normalizeEmail } from '../normalize/email'
import { normalizeLinkedInCompany, normalizeLinkedInPerson } from '../normalize/linkedin'
import { foldText } from '../normalize/text'

/** A person or company never to be looked up. A domain stands for everybody there, subdomains included. */
export type SuppressionEntry = {
  /** `person` is somebody by name at a domain or company, as a row without an address knows them. */
  readonly kind: 'email' | 'domain' | 'linkedin' | 'person'
  /** Normalised. */
  readonly value: string
}

/** The suppression list as it is kept: salted hashes only, so that the list itself tells nobody. */
export type Suppression = { readonly salt: string; readonly hashes: ReadonlySet<string> }

/** Reads a pasted list: one entry a line or separated by commas, semicolons or spaces, in any spelling. */
export function parseSuppression(text: string): {
  readonly entries: readonly SuppressionEntry[]
  readonly unreadable: readonly string[]
} {
  const entries = new Map<string, SuppressionEntry>()
  const unreadable: string[] = []
  for (const item of text.split(/[\n\r\t,;|]+/).map((each) => each.trim())) {
    if (item === '') continue
    const read = readItem(item)
    if (read.length === 0) unreadable.push(item)
    for (const entry of read) entries.set(matchKey(entry), entry)
  }
  return { entries: [...entries.values()], unreadable }
}

/** The hash under which an entry is kept: 32 hex digits, the same for every spelling of the entry. */
export function suppressionHash(entry: SuppressionEntry, salt: string): string {
  return hashText(`${salt}\u0000${matchKey(entry)}`)
}

/** Whether a lead is on the list: by one of its emails, their domains, the company's domain or a LinkedIn URL. */
export function isSuppressed(lead: Lead, { salt, hashes }: Suppression): boolean {
  if (hashes.size === 0) return false
  return entriesOf(lead).some((entry) => hashes.has(suppressionHash(entry, salt)))
}

// An item is one entry, several entries with spaces between them, or a name beside each of several addresses.
function readItem(item: string): readonly SuppressionEntry[] {
  const several = addresses(item) > 1
  const whole = several ? undefined : readEntry(item)
  if (whole) return [whole]
  const parts = item.split(/\s+/).filter((part) => !several || addresses(part) > 0)
  const entries = parts.map((part) => (addresses(part) > 1 ? undefined : readEntry(part)))
  return entries.every((entry) => entry !== undefined) ? entries : []
}

function addresses(text: string): number {
  return text.split('@').length - 1
}

function readEntry(text: string): SuppressionEntry | undefined {
  const everybody = /^(?:\*?@|\*\.)(.+)$/.exec(text)?.[1]
  const email = everybody === undefined ? normalizeEmail(text) : undefined
  if (email !== undefined) return { kind: 'email', value: email }
  if (/linkedin\.com/i.test(text)) {
    const value = normalizeLinkedInPerson(text) ?? normalizeLinkedInCompany(text)
    return value === undefined ? undefined : { kind: 'linkedin', value }
  }
  const domain = /\s/.test(text) ? undefined : normalizeDomain(everybody ?? text)
  return domain === undefined ? undefined : { kind: 'domain', value: domain }
}

function matchKey({ kind, value }: SuppressionEntry): string {
  return `${kind}\u0000${kind === 'email' ? emailMatchKey(value) : value}`
}

/** Everything by which this one person is known again: addresses, profile, name at the domain or company. */
export function personEntries(lead: Lead): readonly SuppressionEntry[] {
  const entries: SuppressionEntry[] = []
  for (const text of [lead.email, lead.personal_email]) {
    const email = text === undefined ? undefined : normalizeEmail(text)
    if (email !== undefined) entries.push({ kind: 'email', value: email })
  }
  const profile = lead.linkedin_url === undefined ? undefined : normalizeLinkedInPerson(lead.linkedin_url)
  if (profile !== undefined) entries.push({ kind: 'linkedin', value: profile })
  if (!lead.first_name || !lead.last_name) return entries
  const name = foldText(`${lead.first_name} ${lead.last_name}`)
  const domain = lead.domain === undefined ? undefined : normalizeDomain(lead.domain)
  if (domain !== undefined) entries.push({ kind: 'person', value: `${name} at ${domain}` })
  if (lead.company_name) entries.push({ kind: 'person', value: `${name} at ${companyMatchKey(lead.company_name)}` })
  return entries
}

function entriesOf(lead: Lead): readonly SuppressionEntry[] {
  const entries = [...personEntries(lead)]
  const hosts = [lead.domain, lead.website]
  const company = lead.company_email === undefined ? undefined : normalizeEmail(lead.company_email)
  if (company !== undefined) entries.push({ kind: 'email', value: company })
  for (const { kind, value } of entries) if (kind === 'email') hosts.push(emailDomain(value))
  for (const host of hosts) {
    const domain = host === undefined ? undefined : normalizeDomain(host)
    if (domain !== undefined) entries.push({ kind: 'domain', value: domain })
  }
  const page = lead.company_linkedin_url === undefined ? undefined : normalizeLinkedInCompany(lead.company_linkedin_url)
  if (page !== undefined) entries.push({ kind: 'linkedin', value: page })
  return entries
}
