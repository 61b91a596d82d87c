import type { FieldKind } from '../domain/field'
import { normalizeDomain } from '../normalize/domain'
import { normalizeEmail } from '../normalize/email'
import { normalizeLinkedInCompany, normalizeLinkedInPerson } from '../normalize/linkedin'
import { cleanText, foldText, words } from '../normalize/text'

/** What most values of a column look like. `site`: addresses of home pages; `page`: longer web addresses. */
export type ValueShape =
  | 'email'
  | 'linkedin_person'
  | 'linkedin_company'
  | 'domain'
  | 'site'
  | 'page'
  | 'phone'
  | 'date'
  | 'number'
  | 'tick'
  | 'name'
  | 'text'

/** How the values of a column look: the shape of most of them, and how many are filled with more than a placeholder. */
export type ColumnValues = { readonly shape: ValueShape | 'mixed'; readonly filled: number }

/** This share of the filled values has to agree before they say anything about the column. */
const MOST = 0.6

/** Looks at the values of one column. */
export function lookAt(texts: readonly string[]): ColumnValues {
  const counts = new Map<ValueShape, number>()
  const filled = texts
    .map((text) => cleanText(text.slice(0, LONGEST)))
    .filter((text) => text !== '' && !isPlaceholder(text))
  for (const text of filled) {
    const shape = shapeOf(text)
    counts.set(shape, (counts.get(shape) ?? 0) + 1)
  }
  const [shape, count] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ['text', 0] as const)
  return { shape: count >= filled.length * MOST ? shape : 'mixed', filled: filled.length }
}

/** What a single text looks like. */
export function shapeOf(text: string): ValueShape {
  if (text.includes('@') && normalizeEmail(text) !== undefined) return 'email'
  if (/linkedin\.com\//i.test(text)) return linkedInShape(text)
  if (/^https?:\/\//i.test(text)) return /^https?:\/\/[^/]+\/?$/i.test(text) ? 'site' : 'page'
  if (/^\d{4}-\d\d?-\d\d?(?!\d)|^\d\d?([./-])\d\d?\1(\d\d|\d{4})$/.test(text)) return 'date'
  if (/^[-+]?[\d.,\s]*\d%?$/.test(text) && !/^\+|^0\d{2}|\d[\s.]\d.*[\s.]\d/.test(text)) return 'number'
  if (/^[+(]?\d[\d\s().\-/]{5,}(\s?(ext\.?|x|#)\s?\d+)?$/i.test(text)) return 'phone'
  if (/^[^\s@/]+\.\p{L}{2,}\/?$/u.test(text)) return normalizeDomain(text) === undefined ? 'text' : 'domain'
  if (/^www\./i.test(text)) return 'site'
  if (/^(true|false|yes|no)$/i.test(text)) return 'tick'
  return isNameLike(text) ? 'name' : 'text'
}

/** Whether the values of a column speak against a kind: they are of another. Text that looks like nothing does not. */
export function contradicts(kind: FieldKind, { filled, shape }: ColumnValues): boolean {
  return filled > 0 && shape !== 'text' && !canHold(kind, { filled, shape })
}

/** Whether a column with these values can hold values of a kind; what cannot be told from looks is possible. */
export function canHold(kind: FieldKind, { shape }: ColumnValues): boolean {
  if (shape === 'mixed') return true
  switch (kind) {
    case 'email':
    case 'linkedin_person':
    case 'linkedin_company':
      return shape === kind
    case 'phone':
      return shape === 'phone' || shape === 'number'
    case 'domain':
      return ['domain', 'site', 'page', 'email'].includes(shape)
    case 'url':
      return !['email', 'phone', 'date', 'number', 'tick', 'linkedin_person', 'linkedin_company'].includes(shape)
    case 'person_name':
    case 'given_name':
    case 'family_name':
      return shape === 'name' || shape === 'text'
    case 'company_name':
      return shape === 'name' || shape === 'text' || shape === 'number'
    case 'country':
      // NO is Norway.
      return shape === 'name' || shape === 'text' || shape === 'tick'
    case 'number':
      return shape === 'number' || shape === 'text' || shape === 'date' || shape === 'phone'
    case 'year':
    case 'date':
      return shape === 'number' || shape === 'text' || shape === 'date' || shape === 'name'
    case 'list':
    case 'status':
    case 'text':
      return !['email', 'linkedin_person', 'linkedin_company'].includes(shape)
  }
}

/** Whether a text says that there is no value: it tells nothing about its column. */
function isPlaceholder(text: string): boolean {
  if (/^#[A-Z\d/]+[!?]?$/.test(text)) return true
  if (text.length > LONGEST_PLACEHOLDER || /\d/.test(text)) return false
  placeholders ??= words(tables().PLACEHOLDERS)
  const letters = foldText(text).replace(/[^\p{L}]+/gu, '')
  return letters === '' || placeholders.has(letters)
}

/** Whether a cell says that there is nothing, as `n/a` does. A short word may be a name: Na, Nan. */
export function saysNothing(text: string): boolean {
  return !/^\p{L}{1,3}$/u.test(text) && isPlaceholder(text)
}

const tables = () => require('./column-words-table') as typeof import('./column-words-table')

let placeholders: ReadonlySet<string> | undefined

const LONGEST_PLACEHOLDER = 30

/** Nothing that tells a column apart needs more. */
const LONGEST = 300

function linkedInShape(text: string): ValueShape {
  if (normalizeLinkedInPerson(text) !== undefined) return 'linkedin_person'
  return normalizeLinkedInCompany(text) === undefined ? 'page' : 'linkedin_company'
}

// Two to four capitalised words, none of them from job titles or companies.
function isNameLike(text: string): boolean {
  if (!/^\p{Lu}[\p{L}.'’-]*(\s+(\p{Lu}|d[aeiou]s?\b|v[ao]n\b|le\b|la\b|el\b)[\p{L}.'’-]*){1,3}$/u.test(text))
    return false
  noNames ??= words(tables().NO_NAME_WORDS)
  const telling = noNames
  return !foldText(text)
    .split(/[^\p{L}]+/u)
    .some((word) => telling.has(word))
}

let noNames: ReadonlySet<string> | undefined
