import type { Field } from './field'
import { hashText } from './hash'
import type { Lead } from './lead'

/** The ways a provider can be asked, and the fields that each way needs, in the order in which they are written down. */
export const LOOKUPS = {
  email: ['email'],
  linkedin: ['linkedin_url'],
  name_at_domain: ['first_name', 'last_name', 'domain'],
  name_at_company: ['first_name', 'last_name', 'company_name'],
  domain: ['domain'],
  company_name: ['company_name'],
  company_linkedin: ['company_linkedin_url'],
  phone: ['phone'],
} as const satisfies Record<string, readonly Field[]>

/** Each way of asking in words: "by name and domain". */
export const LOOKUP_WORDS: { readonly [K in LookupKind]: string } = {
  email: 'by email',
  linkedin: 'by LinkedIn profile',
  name_at_domain: 'by name and domain',
  name_at_company: 'by name and company',
  domain: 'by domain',
  company_name: 'by company name',
  company_linkedin: 'by LinkedIn company page',
  phone: 'by phone',
}

/** Keys that say the same less exactly: who answered by the exact one is not asked by the other. */
export const LESS_EXACT: { readonly [K in LookupKind]?: LookupKind } = {
  name_at_company: 'name_at_domain',
  company_name: 'domain',
}

/** Ways of asking about a company alone: such an answer says nothing about who works there as what. */
export const ABOUT_COMPANIES: ReadonlySet<string> = new Set<LookupKind>(['domain', 'company_name', 'company_linkedin'])

/** One way of asking. */
export type LookupKind = keyof typeof LOOKUPS

/** The complete, normalised question a provider can be asked. Equal keys are asked once. */
export type LookupKey<K extends LookupKind = LookupKind> = K extends LookupKind
  ? { readonly [F in (typeof LOOKUPS)[K][number]]: string }
  : never

// Half of a character pair cannot be written into an address: encodeURIComponent throws on it.
const HALF_PAIR = /\p{Cs}/u

// An address holds 2 KB in all (platform.md section 1); what is left is for the host, the path and the other parameters.
const MAX_SENT = 1_500

/** The key of a kind that a lead can form, or nothing when a part is missing or cannot be sent. */
export function lookupKey<K extends LookupKind>(kind: K, lead: Lead): LookupKey<K> | undefined {
  const key: { [F in Field]?: string } = {}
  let sent = 0
  for (const field of LOOKUPS[kind]) {
    const value = lead[field]
    if (!value || value.length > MAX_SENT || HALF_PAIR.test(value)) return undefined
    sent += encodeURIComponent(value).length
    key[field] = value
  }
  return sent > MAX_SENT ? undefined : (key as unknown as LookupKey<K>)
}

/** A hash of a key that is the same for every spelling to be asked once: case, accents and spaces do not count. */
export function lookupKeyHash(kind: LookupKind, key: LookupKey): string {
  const parts = LOOKUPS[kind].map((field) => fold((key as Lead)[field] ?? ''))
  return hashText([kind, ...parts].join('\u0000'))
}

/** A short name of a key that a vendor can repeat in its answer: 16 hex digits, without personal data. */
export function lookupTag(kind: LookupKind, key: LookupKey): string {
  return lookupKeyHash(kind, key).slice(0, 16)
}

function fold(text: string): string {
  // By way of capitals, so that both ways to write the German sharp s are one: first of the text as it is, as the Greek
  // iota below a letter becomes a letter then, and again of what compatibility forms stand for.
  const plain = text.toUpperCase().normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase()
  return plain.replace(/\s+/g, ' ').trim()
}
