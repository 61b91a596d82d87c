import type { Lead } from '../domain/lead'
import { companyMatchKey } from '../normalize/company-name'
import { companyDomain, normalizeDomain } from '../normalize/domain'
import { normalizeEmail } from '../normalize/email'
import { normalizeLinkedInCompany, normalizeLinkedInPerson } from '../normalize/linkedin'
import { splitPersonName } from '../normalize/person-name'
import { saysNothing } from '../sheet/column-values'
import { isPending } from '../sheet/pending'

/**
 * The person that the cells of one row describe, in any of the forms that people have: a LinkedIn URL, an email, or a name
 * with a domain or a company, in one cell or in several. Undefined for a blank row, and for one that a formula still fills.
 */
export function readPerson(cells: readonly string[]): Lead | undefined {
  const texts = cells.filter(isValue)
  if (texts.length === 0 || texts.some(isPending)) return undefined
  for (const text of texts) {
    const linkedin = normalizeLinkedInPerson(text)
    if (linkedin) return { linkedin_url: linkedin }
    const email = normalizeEmail(text)
    if (email) return { email }
  }
  const parts = (texts.length === 1 ? texts[0]!.split(',').map((part) => part.trim()) : texts).filter(isValue)
  // A domain or company beside a blank is nobody.
  if (cells[0] === '' && parts.length === 1) return undefined
  const domain = parts.map((part) => companyDomain(part)).find((found) => found !== undefined)
  const words = parts.filter((part) => companyDomain(part) === undefined)
  const company = domain === undefined ? companyIn(words) : undefined
  const firm = domain === undefined ? company : firmOf(words, domain)
  const name = splitPersonName((firm === undefined ? words : words.slice(0, -1)).join(' '))
  return {
    ...(name?.given && { first_name: name.given }),
    ...(name?.family && { last_name: name.family }),
    ...(domain && { domain }),
    ...(company !== undefined && name?.family && { company_name: company }),
  }
}

// The last of several is the company, as in "Ada, Nowak, Brightlake"; a public mail service is none.
function companyIn(words: readonly string[]): string | undefined {
  const last = words[words.length - 1]
  return words.length > 1 && normalizeDomain(last!) === undefined ? last : undefined
}

// Beside its domain the company is no part of the name, as in "Ada Nowak, Brightlake, brightlake.example".
function firmOf(words: readonly string[], domain: string): string | undefined {
  const last = words[words.length - 1] ?? ''
  const key = companyMatchKey(last).replace(/\W/g, '')
  const isNamed = key.startsWith(domain.split('.')[0]!.replace(/-/g, ''))
  return isNamed && splitPersonName(words.slice(0, -1).join(' '))?.family ? last : undefined
}

// What says that there is none, such as our own `fallback=n/a`, is no key.
function isValue(cell: string): boolean {
  return isPending(cell) || !saysNothing(cell)
}

/** The company that a row describes: by its LinkedIn page, its domain or website, the email of somebody there, or its name. */
export function readCompany(cells: readonly string[]): Lead | undefined {
  const texts = cells.filter(isValue)
  if (texts.length === 0 || texts.some(isPending)) return undefined
  for (const text of texts) {
    const linkedin = normalizeLinkedInCompany(text)
    if (linkedin) return { company_linkedin_url: linkedin }
    const domain = companyDomain(text)
    if (domain) return { domain }
  }
  return { company_name: texts[0]! }
}
