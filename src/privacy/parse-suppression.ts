import { companyMatchKey } from '../normalize/company-name'
import { normalizeDomain } from '../normalize/domain'
import { normalizeEmail } from '../normalize/email'
import { normalizeLinkedInCompany, normalizeLinkedInPerson } from '../normalize/linkedin'
import { normalizePhone } from '../normalize/phone'
import { foldText } from '../normalize/text'
import type { SuppressionEntry } from './suppression'
import { matchKey, personEntry } from './suppression'

/** What was read of a pasted list. */
export interface ReadSuppression {
  readonly entries: readonly SuppressionEntry[]
  /** What could not be read, as it was written. */
  readonly unreadable: readonly string[]
}

/**
 * Reads a pasted list, in any spelling: emails, domains, LinkedIn addresses and phones, several of them in a line if need be;
 * a name and a domain in one line are that person there. National phones need the country.
 */
export function parseSuppression(text: string, country?: string): ReadSuppression {
  return uniqueOf(text.split(/[\r\n]+/).map((line) => readLine(line, country)))
}

/** What several parts of a list come to, each entry once. */
export function uniqueOf(parts: readonly ReadSuppression[]): ReadSuppression {
  const entries = new Map(parts.flatMap((part) => part.entries).map((entry) => [matchKey(entry), entry]))
  return { entries: [...entries.values()], unreadable: parts.flatMap(({ unreadable }) => unreadable) }
}

/** The cells of a line as people paste and export them, with quotes around those that hold a separator. */
export function cellsOf(line: string, separators = '\t,;|'): readonly string[] {
  const cell = new RegExp(
    `(?:^|[${separators}])\\s*(?:"((?:[^"]|"")*)"\\s*(?=[${separators}]|$)|([^${separators}]*))`,
    'g',
  )
  return [...line.matchAll(cell)].map(([, quoted, plain = '']) => (quoted?.replace(/""/g, '"') ?? plain).trim())
}

function readLine(line: string, country: string | undefined): ReadSuppression {
  const items = cellsOf(line).filter((item) => item !== '')
  const read = items.map((item) => ({ item, entries: readItem(item, country) }))
  const entries = read.flatMap((one) => one.entries)
  const words = read.flatMap((one) => (one.entries.length === 0 ? [one.item] : []))
  return readNamed(words, entries, line) ?? { entries, unreadable: words }
}

// A name beside a domain, in one cell or in two; a company's name says no more than its domain does.
function readNamed(
  words: readonly string[],
  entries: readonly SuppressionEntry[],
  line: string,
): ReadSuppression | undefined {
  const names = words.filter((word) => /\p{L}/u.test(word))
  if (names.length === 0) return undefined
  const domains = entries.filter(({ kind }) => kind === 'domain')
  const others = entries.filter(({ kind }) => kind !== 'domain')
  const isSplit = names.length === 2 && names.every((word) => !/\s/.test(word))
  const name = names.length === 1 || isSplit ? names.join(' ') : ''
  const isWhole = isName(name) && /\s/.test(name)
  const [domain, ...more] = domains
  if (!domain) return isWhole && others.length > 0 ? { entries: others, unreadable: [] } : undefined
  if (name !== '' && hasLegalForm(name)) return { entries, unreadable: [] }
  if (isWhole && more.length === 0) return { entries: [...others, personEntry(name, domain.value)], unreadable: [] }
  // One word may be a first name or a company, and who stands at two domains is not told: whoever wrote it knows.
  return { entries: others, unreadable: [line.trim()] }
}

function isName(text: string): boolean {
  return /^[\p{L}\p{M}][\p{L}\p{M}\s,.'’-]*$/u.test(text)
}

function hasLegalForm(name: string): boolean {
  return (
    companyMatchKey(name) !==
    foldText(name)
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
      .trim()
  )
}

// An item is one entry, several entries with spaces between them, or a name beside each of several addresses.
function readItem(item: string, country: string | undefined): readonly SuppressionEntry[] {
  const several = addresses(item) > 1
  const whole = several ? undefined : readEntry(item, country)
  if (whole) return [whole]
  const parts = item.split(/\s+/).filter((part) => !several || addresses(part) > 0)
  const entries = parts.map((part) => (addresses(part) > 1 ? undefined : readEntry(part, country)))
  return entries.every((entry) => entry !== undefined) ? entries : []
}

function addresses(text: string): number {
  return text.split('@').length - 1
}

function readEntry(text: string, country: string | undefined): SuppressionEntry | undefined {
  const everybody = /^(?:\*?@|\*\.)(.+)$/.exec(text)?.[1]
  const email = everybody === undefined ? normalizeEmail(text) : undefined
  if (email !== undefined) return { kind: 'email', value: email }
  if (/linkedin\.com/i.test(text)) {
    const value = normalizeLinkedInPerson(text) ?? normalizeLinkedInCompany(text)
    return value === undefined ? undefined : { kind: 'linkedin', value }
  }
  const phone = PHONE.test(text) ? normalizePhone(text, country)?.e164 : undefined
  if (phone !== undefined) return { kind: 'phone', value: phone }
  const domain = /\s/.test(text) ? undefined : normalizeDomain(everybody ?? text)
  return domain === undefined ? undefined : { kind: 'domain', value: domain }
}

// Digits with what people put between them: no domain looks so.
const PHONE = /^(?:tel:)?[+(]*\d[\d\s().\-/]{5,}$/i
