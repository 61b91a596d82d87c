import type { FieldKind } from '../domain/field'
import { normalizeCompanyName } from './company-name'
import { countryCode } from './country'
import { normalizeDate, normalizeYear } from './date'
import { normalizeDomain, normalizeUrl } from './domain'
import { normalizeEmail } from './email'
import { normalizeLinkedInCompany, normalizeLinkedInPerson } from './linkedin'
import { normalizeList } from './list'
import { normalizeNumber } from './number'
import { normalizeFamilyName, normalizeGivenName, normalizePersonName } from './person-name'
import { normalizePhone } from './phone'
import { cleanText } from './text'

/** What else of the row helps to read a value. */
export interface ValueContext {
  /** Where national phone numbers are dialled: a country's code or name. */
  readonly country?: string
}

/** A value of a kind as it should be written and compared; nothing when the text is not one. */
export function normalizeValue(kind: FieldKind, text: string, context: ValueContext = {}): string | undefined {
  switch (kind) {
    case 'email':
      return normalizeEmail(text)
    case 'phone':
      return normalizePhone(text, context.country)?.e164
    case 'domain':
      return normalizeDomain(text)
    case 'linkedin_person':
      return normalizeLinkedInPerson(text)
    case 'linkedin_company':
      return normalizeLinkedInCompany(text)
    case 'url':
      return normalizeUrl(text)
    case 'person_name':
      return normalizePersonName(text)
    case 'given_name':
      return normalizeGivenName(text)
    case 'family_name':
      return normalizeFamilyName(text)
    case 'company_name':
      return normalizeCompanyName(text)
    case 'country':
      return countryCode(text)
    case 'number':
      return normalizeNumber(text)
    case 'year':
      return normalizeYear(text)
    case 'date':
      return normalizeDate(text)
    case 'list':
      return normalizeList(text)
    case 'status':
      return normalizeStatus(text)
    case 'text':
      return cleanText(text) || undefined
  }
}

// A closed word such as `Mobile` or `VALID` is one word in any case; a range such as `$1M-$10M` is kept.
function normalizeStatus(text: string): string | undefined {
  const clean = cleanText(text)
  return (/^[\p{L}_ -]+$/u.test(clean) ? clean.toLowerCase() : clean) || undefined
}
