import type { Lead } from '../domain/lead'
import { companyMatchKey } from '../normalize/company-name'
import { companyDomain, normalizeDomain } from '../normalize/domain'
import type { Part } from './values'
import { clean } from './values'

/** A company as an answer names it. */
export interface Employer {
  readonly domain?: Part
  readonly names: readonly Part[]
}

/**
 * Whether the company in an answer about a person may describe the company of the row: it is the one that the question
 * named, or the question named none. People change jobs, and the size of their new employer belongs to no old row.
 */
export function isAskedEmployer(asked: Lead, { domain, names }: Employer): boolean {
  const askedDomain = asked.domain ?? (asked.email && companyDomain(asked.email))
  if (askedDomain) return normalizeDomain(clean(domain) ?? '') === normalizeDomain(askedDomain)
  return asked.company_name === undefined || nameWord(asked.company_name, names) === 'same_name'
}

/** Whether a company that was asked for by its name answers to it: homonyms and near names are common. */
export function nameWord(asked: string, names: readonly Part[]): 'same_name' | 'other_name' {
  const key = companyMatchKey(asked)
  const same = key !== '' && names.some((name) => companyMatchKey(clean(name) ?? '') === key)
  return same ? 'same_name' : 'other_name'
}
