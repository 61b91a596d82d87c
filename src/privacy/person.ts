import type { Lead } from '../domain/lead'
import type { LookupKind } from '../domain/lookup-key'
import { ABOUT_COMPANIES, lookupKey, lookupKeyHash, LOOKUPS } from '../domain/lookup-key'
import { emailLocal, emailMatchKey } from '../normalize/email'
import { isRoleMailbox } from '../normalize/free-mail'
import { normalizeLinkedInPerson } from '../normalize/linkedin'
import { foldText } from '../normalize/text'
import { personEntries } from './suppression'

/** By what somebody is known again; equal for all spellings. */
export interface PersonKeys {
  /** Addresses and profiles of one person alone. */
  readonly sure: readonly string[]
  /** Names at a domain or company: two people may share one. */
  readonly named: readonly string[]
  /** Numbers and mailboxes such as info@, which several people may use. */
  readonly shared: readonly string[]
}

/** The keys of whoever a lead is about. */
export function keysOf(lead: Lead): PersonKeys {
  const sure: string[] = []
  const named: string[] = []
  const shared = phonesOf(lead)
  for (const { kind, value } of personEntries(lead)) {
    if (kind === 'person') named.push(value)
    else if (kind === 'linkedin') sure.push(value)
    else if (kind === 'email') (isRoleMailbox(emailLocal(value) ?? '') ? shared : sure).push(emailMatchKey(value))
  }
  return { sure, named, shared }
}

/** One person, as everything that is kept is searched for them. */
export interface Sought {
  readonly leads: readonly Lead[]
  readonly sure: ReadonlySet<string>
  readonly named: ReadonlySet<string>
  readonly shared: ReadonlySet<string>
  /** Whole names without capitals and accents, in both orders. */
  readonly names: readonly string[]
  /** The ends of their numbers. */
  readonly numbers: readonly string[]
}

/** What to search for: all keys of some leads that are about one person. */
export function seek(leads: readonly Lead[]): Sought {
  const keys = leads.map(keysOf)
  const shared = new Set(keys.flatMap((one) => one.shared))
  return {
    leads,
    sure: new Set(keys.flatMap((one) => one.sure)),
    named: new Set(keys.flatMap((one) => one.named)),
    shared,
    names: namesOf(leads),
    numbers: [...shared].flatMap((key) => (key.startsWith('+') ? [key.slice(-SIGNIFICANT)] : [])),
  }
}

/** How surely something is about the person: by what is theirs alone, or by a name or number that others may share. */
export type Likeness = 'sure' | 'maybe'

/** Whether and how a text speaks of the person. */
export function mentionIn(text: string, { sure, shared, names, numbers }: Sought): Likeness | undefined {
  if (text.length < SHORTEST) return undefined
  const addresses = text.includes('@') ? (text.match(ADDRESS) ?? []).map(emailMatchKey) : []
  const profiles = /linkedin/i.test(text) ? (text.match(PROFILE) ?? []).map(normalizeLinkedInPerson) : []
  if ([...addresses, ...profiles].some((key) => key !== undefined && sure.has(key))) return 'sure'
  if (addresses.some((key) => shared.has(key))) return 'maybe'
  const digits = numbers.length > 0 ? text.replace(/\D/g, '') : ''
  if (numbers.some((number) => digits.includes(number))) return 'maybe'
  if (names.length === 0) return undefined
  const plain = ` ${plainText(text)} `
  return names.some((name) => plain.includes(` ${name} `)) ? 'maybe' : undefined
}

/** Whether a whole row as text is about the person: it speaks of them, or names them apart, with their domain or company. */
export function isRowOf(text: string, sought: Sought): boolean {
  if (mentionIn(text, sought)) return true
  const plain = ` ${plainText(text)} `
  const has = (value: string | undefined) => value !== undefined && plain.includes(` ${plainText(value)} `)
  return sought.leads.some(
    ({ first_name, last_name, domain, company_name }) =>
      has(first_name) && has(last_name) && (has(domain) || has(company_name)),
  )
}

/** How surely who has these keys is the person; `asked` are the keys that somebody typed to find them. */
export function likeness({ sure, named, shared }: PersonKeys, sought: Sought, asked: PersonKeys): Likeness | undefined {
  if (sure.some((key) => sought.sure.has(key))) return 'sure'
  // Of two people of one name at a company, each has an address of their own.
  if (named.some((key) => sought.named.has(key))) return sure.length > 0 ? 'maybe' : 'sure'
  return shared.some((key) => asked.shared.includes(key)) ? 'maybe' : undefined
}

// No address, number or whole name is shorter.
const SHORTEST = 4

const ADDRESS = /[^\s<>"'(),;:|[\]{}\\]+@[^\s<>"'(),;:|[\]{}\\]+/g
const PROFILE = /[^\s<>"'(),;|[\]{}\\]*linkedin\.com\/[^\s<>"'(),;|[\]{}\\]+/gi

// What national and international spellings of a number share.
const SIGNIFICANT = 8

/** The hashes of every question that a vendor could have been asked about the person, or of those by their own keys alone. */
export function questionHashes(leads: readonly Lead[], by: 'all' | 'sure' = 'all'): ReadonlySet<string> {
  const values = (...fields: readonly (keyof Lead)[]) => [
    ...new Set(leads.flatMap((lead) => fields.flatMap((field) => lead[field] ?? []))),
  ]
  const people = leads.flatMap(({ first_name, last_name }) =>
    first_name && last_name ? [{ first_name, last_name }] : [],
  )
  const sure: readonly Lead[] = [
    ...values('email', 'personal_email').map((email) => ({ email })),
    ...values('linkedin_url').map((linkedin_url) => ({ linkedin_url })),
  ]
  const named: readonly Lead[] = [
    ...values('phone', 'mobile_phone').map((phone) => ({ phone })),
    ...people.flatMap((name) => values('domain').map((domain) => ({ ...name, domain }))),
    ...people.flatMap((name) => values('company_name').map((company_name) => ({ ...name, company_name }))),
  ]
  const kinds = (Object.keys(LOOKUPS) as LookupKind[]).filter((kind) => !ABOUT_COMPANIES.has(kind))
  return new Set(
    (by === 'sure' ? sure : [...sure, ...named]).flatMap((lead) =>
      kinds.flatMap((kind) => {
        const key = lookupKey(kind, lead)
        return key ? [lookupKeyHash(kind, key)] : []
      }),
    ),
  )
}

function phonesOf({ phone, mobile_phone }: Lead): string[] {
  return [phone, mobile_phone].filter((number) => number !== undefined)
}

function namesOf(leads: readonly Lead[]): readonly string[] {
  const names = leads.flatMap(({ first_name, last_name }) =>
    first_name && last_name ? [`${first_name} ${last_name}`, `${last_name} ${first_name}`] : [],
  )
  return [...new Set(names.map(plainText))]
}

function plainText(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
