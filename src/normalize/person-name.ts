import { cleanText } from './text'

/** The parts of a person's name. */
export interface PersonName {
  readonly given?: string
  readonly family?: string
  /** The whole name in natural order. */
  readonly full: string
}

/** Splits a person's name. */
export function splitPersonName(text: string): PersonName | undefined {
  const full = cleanText(text)
  if (!full) return undefined
  const [given = '', ...rest] = full.split(' ')
  return rest.length > 0 ? { given, family: rest.join(' '), full } : { given, full }
}

/** A whole name as it should be written. */
export function normalizePersonName(text: string): string | undefined {
  return splitPersonName(text)?.full
}

/** A given name as it should be written. */
export function normalizeGivenName(text: string): string | undefined {
  return cleanText(text) || undefined
}

/** A family name as it should be written. */
export function normalizeFamilyName(text: string): string | undefined {
  return cleanText(text) || undefined
}
