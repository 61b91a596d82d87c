import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core'
import { countryCode } from './country'
import { cleanText } from './text'

/** Every kind of line. */
export const PHONE_TYPES = [
  'mobile',
  'fixed',
  'fixed_or_mobile',
  'toll_free',
  'premium',
  'shared_cost',
  'voip',
  'personal',
  'pager',
  'company',
  'voicemail',
] as const

/** What kind of line a number is, as far as its digits say. */
export type PhoneType = (typeof PHONE_TYPES)[number]

/** A valid number: E.164, the country it belongs to (ISO 3166 alpha-2) and its kind of line. */
export interface Phone {
  readonly e164: string
  readonly country?: string
  readonly type?: PhoneType
}

/**
 * Reads a phone number as people and spreadsheets write it. National numbers need the country (a code or a name); a bare
 * number that lost its plus is read if it fits that country, or has at least 11 digits when no country is known.
 * What is not a valid number, or was rounded to scientific notation, is refused.
 */
export function normalizePhone(text: string, country?: string): Phone | undefined {
  const written = readable(text)
  const home = country === undefined ? undefined : countryCode(country)
  return readPhone(written, home) ?? firstOfSeveral(written, home)
}

/**
 * A number with the code of its country that the numbering plan there does not have, its digits after a plus; nothing for a
 * valid one, nor for what may be right somewhere else or with an extension behind it.
 */
export function impossiblePhone(text: string): string | undefined {
  const written = readable(text).replace(EXTENSION, '')
  if (!/^\+[\d\s().-]+$/.test(written) || normalizePhone(text)) return undefined
  const number = parse(written, undefined)?.number
  const isExtended = number && EXTRA_DIGITS.some((count) => parse(number.slice(0, -count), undefined)?.isValid())
  return isExtended ? undefined : number
}

const EXTRA_DIGITS = [1, 2, 3, 4, 5]

function firstOfSeveral(written: string, home: string | undefined): Phone | undefined {
  const parts = written.split(/\s*[;,|]\s*|\s\/\s|\s(?:or|ou|oder|and|und|et)\s/)
  if (parts.length < 2) return undefined
  for (const part of parts) {
    const phone = readPhone(part, home)
    if (phone) return phone
  }
  return undefined
}

function readPhone(written: string, home: string | undefined): Phone | undefined {
  if (/^\+?\d+([.,]\d+)?e\+?\d+$/i.test(written)) return undefined
  if (/\p{L}/u.test(written.replace(EXTENSION, ''))) return undefined
  for (const candidate of candidates(written.replace(EXTENSION, ''), home)) {
    const number = parse(candidate, home)
    if (number?.isValid()) return describe(number)
  }
  return undefined
}

const EXTENSION =
  /[\s,;]*(?:(?:ext(?:ension|n)?|poste|durchwahl|dw|interno|ramal|anexo|доб|x|#)[\s.:=]*\d{1,7}|;ext=\d+|;phone-context=.*)\s*$/i

// Each reading of the text, the likeliest first; the first valid one wins.
function candidates(written: string, home: string | undefined): readonly string[] {
  const bare = written.replace(/^\+\s*\+/, '+').replace(/^\+\s*00/, '+')
  if (bare.startsWith('+')) {
    const dropped = bare.replace(/\(\s*0\s*\)/, ' ')
    // Italy, San Marino and the Vatican dial the zero after +39.
    const readings = /^\+\s*39/.test(bare) ? [bare, dropped] : [dropped, bare]
    return home && /^\+\s*0/.test(bare) ? [...readings, bare.slice(1)] : readings
  }
  const digits = bare.replace(/\D/g, '')
  if (home === undefined) return digits.length >= 11 ? [`+${digits.replace(/^(?:00|011)/, '')}`] : []
  const international = /^00/.test(digits) ? [`+${digits.slice(2).replace(/^(\d{1,3}?)\(0\)/, '$1')}`] : []
  return [...international, bare]
}

// `+33.6 12`, tel:, labels such as "Mobile:", spreadsheet tails such as ".0", digits of other scripts.
function readable(text: string): string {
  return cleanText(text.normalize('NFKC'))
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[‐-―−]/g, '-')
    .replace(/^['"=]+/, '')
    .replace(/^(?:[\p{L}\s().]{1,20}[:.]\s*)+(?=[+(\d])/u, '')
    .replace(/^(\+?\d{7,})\.0+$/, '$1')
    .trim()
}

// The zeros of Arabic, Persian, Devanagari, Bengali and Thai digits; NFKC has already taken the full-width ones.
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50]

function asciiDigit(char: string): string {
  const code = char.codePointAt(0)!
  const zero = ZEROS.find((start) => code >= start && code < start + 10)
  return zero === undefined ? char : String(code - zero)
}

function parse(text: string, home: string | undefined): PhoneNumber | undefined {
  const { parsePhoneNumberFromString, metadata } = require('./phone-library') as typeof import('./phone-library')
  if (home && metadata.countries[home as CountryCode])
    return parsePhoneNumberFromString(text, home as CountryCode, metadata)
  return parsePhoneNumberFromString(text, metadata)
}

function describe(number: PhoneNumber): Phone {
  const type = typeOf(number)
  return {
    e164: number.number,
    ...(number.country && { country: number.country }),
    ...(type && { type }),
  }
}

function typeOf(number: PhoneNumber): PhoneType | undefined {
  const type = number.getType()
  switch (type) {
    case 'MOBILE':
      return 'mobile'
    case 'FIXED_LINE':
      return 'fixed'
    case 'FIXED_LINE_OR_MOBILE':
      return 'fixed_or_mobile'
    case 'TOLL_FREE':
      return 'toll_free'
    case 'PREMIUM_RATE':
      return 'premium'
    case 'SHARED_COST':
      return 'shared_cost'
    case 'VOIP':
      return 'voip'
    case 'PERSONAL_NUMBER':
      return 'personal'
    case 'PAGER':
      return 'pager'
    case 'UAN':
      return 'company'
    case 'VOICEMAIL':
      return 'voicemail'
    case undefined:
      return undefined
  }
}
