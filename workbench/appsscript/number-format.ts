import type { Cell } from './sheet-store'

const DAY_MS = 86_400_000
/** Day 0 of spreadsheets (platform.md section 4b: time-only cells are dates on it). */
const DAY_ZERO = Date.UTC(1899, 11, 30)
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** How a locale writes numbers and dates. */
export interface Locale {
  readonly decimal: string
  readonly group: string
  readonly dayFirst: boolean
  readonly dateFormat: string
  readonly yes: string
  readonly no: string
}

const ENGLISH: Locale = { decimal: '.', group: ',', dayFirst: false, dateFormat: 'm/d/yyyy', yes: 'TRUE', no: 'FALSE' }
const BRITISH: Locale = { ...ENGLISH, dayFirst: true, dateFormat: 'dd/mm/yyyy' }
const LOCALES: { readonly [language: string]: Locale } = {
  de: { decimal: ',', group: '.', dayFirst: true, dateFormat: 'dd.mm.yyyy', yes: 'WAHR', no: 'FALSCH' },
  es: { decimal: ',', group: '.', dayFirst: true, dateFormat: 'dd/mm/yyyy', yes: 'VERDADERO', no: 'FALSO' },
  fr: { decimal: ',', group: ' ', dayFirst: true, dateFormat: 'dd/mm/yyyy', yes: 'VRAI', no: 'FAUX' },
  it: { decimal: ',', group: '.', dayFirst: true, dateFormat: 'dd/mm/yyyy', yes: 'VERO', no: 'FALSO' },
  nl: { decimal: ',', group: '.', dayFirst: true, dateFormat: 'd-m-yyyy', yes: 'WAAR', no: 'ONWAAR' },
  pt: { decimal: ',', group: '.', dayFirst: true, dateFormat: 'dd/mm/yyyy', yes: 'VERDADEIRO', no: 'FALSO' },
}

/** The conventions of a locale such as `en_US` or `de-DE`; unknown ones read as American English. */
export function localeOf(name: string): Locale {
  const [language = '', region = ''] = name.split(/[-_]/)
  if (language === 'en' && region !== '' && region.toUpperCase() !== 'US') return BRITISH
  return LOCALES[language.toLowerCase()] ?? ENGLISH
}

/** Whether a number format pattern shows a number as a date, a time or both. */
export function isDateFormat(pattern: string | undefined): boolean {
  if (pattern === undefined || pattern === '@' || pattern === 'General') return false
  return /[dmyhs]/i.test(pattern.replace(/"[^"]*"|\\.|\[\$[^\]]*\]/g, ''))
}

/** Minutes east of UTC by which a time zone's clock runs at an instant. */
function zoneOffset(at: number, zone: string): number {
  if (zone === 'Etc/UTC' || zone === 'UTC' || zone === 'GMT' || zone === 'Etc/GMT') return 0
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return Math.round((shown - at) / 60_000)
}

/** The serial day number that an instant shows in a time zone. */
export function toSerial(at: number, zone: string): number {
  return (at + zoneOffset(at, zone) * 60_000 - DAY_ZERO) / DAY_MS
}

/** The instant (milliseconds since 1970) that a serial day number means in a time zone. */
export function fromSerial(serial: number, zone: string): number {
  const local = Math.round(serial * DAY_MS) + DAY_ZERO
  return local - zoneOffset(local - zoneOffset(local, zone) * 60_000, zone) * 60_000
}

/** The serial day number of a calendar date (month from 1); undefined when there is no such day. */
export function serialOfDate(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month - 1, day)
  const date = new Date(at)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return (at - DAY_ZERO) / DAY_MS
}

function groupDigits(digits: string, group: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, group)
}

function formatGeneral(value: number, locale: Locale): string {
  if (!Number.isFinite(value)) return '#NUM!'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e15 || size < 1e-9)) {
    return value
      .toExponential(5)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'E+')
      .replace('e-', 'E-')
      .replace('.', locale.decimal)
  }
  return String(Number(value.toPrecision(10)) === value ? value : sensible(value)).replace('.', locale.decimal)
}

function sensible(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(11))
}

function formatDate(serial: number, pattern: string): string {
  const date = new Date(Math.round(serial * DAY_MS) + DAY_ZERO)
  const two = (part: number): string => String(part).padStart(2, '0')
  const halfDay = /am\/pm/i.test(pattern)
  const hours = halfDay ? date.getUTCHours() % 12 || 12 : date.getUTCHours()
  let afterHours = false
  return pattern.replace(/"([^"]*)"|am\/pm|y+|m+|d+|h+|s+/gi, (token, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted
    const kind = token.toLowerCase()
    if (kind === 'am/pm') return date.getUTCHours() < 12 ? 'AM' : 'PM'
    const long = token.length > 1
    switch (kind[0]) {
      case 'y':
        return token.length > 2 ? String(date.getUTCFullYear()) : two(date.getUTCFullYear() % 100)
      case 'd':
        return long ? two(date.getUTCDate()) : String(date.getUTCDate())
      case 'h':
        afterHours = true
        return long ? two(hours) : String(hours)
      case 's':
        return long ? two(date.getUTCSeconds()) : String(date.getUTCSeconds())
      default: {
        if (afterHours) return long ? two(date.getUTCMinutes()) : String(date.getUTCMinutes())
        if (token.length > 2) return MONTHS[date.getUTCMonth()] ?? ''
        return long ? two(date.getUTCMonth() + 1) : String(date.getUTCMonth() + 1)
      }
    }
  })
}

function formatNumber(value: number, pattern: string, locale: Locale): string {
  const match = /[#0][#0,]*(\.([0#]+))?/.exec(pattern)
  if (!match) return formatGeneral(value, locale)
  const percent = pattern.includes('%')
  const decimals = match[2]?.length ?? 0
  const [whole = '', fraction] = Math.abs(percent ? value * 100 : value)
    .toFixed(decimals)
    .split('.')
  const zeros = (match[0].split('.')[0]?.match(/0/g) ?? []).length
  const digits = whole.padStart(zeros, '0')
  const number =
    (match[0].includes(',') ? groupDigits(digits, locale.group) : digits) + (fraction ? locale.decimal + fraction : '')
  const around = (text: string): string =>
    text
      .replace(/\[\$([^\]-]*)[^\]]*\]/g, '$1')
      .replace(/"([^"]*)"/g, '$1')
      .replace(/\\(.)/g, '$1')
  const before = around(pattern.slice(0, match.index))
  const after = around(pattern.slice(match.index + match[0].length))
  return (value < 0 ? '-' : '') + before + number + after
}

/** A cell as a person sees it in a locale: `TRUE`, `0.5`, `12%`, `3/25/2026`. */
export function displayCell(cell: Cell, locale: Locale): string {
  const { value, format } = cell
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? locale.yes : locale.no
  if (format === undefined || format === '@' || format === 'General') return formatGeneral(value, locale)
  const [pattern = ''] = format.split(';')
  return isDateFormat(pattern) ? formatDate(value, pattern) : formatNumber(value, pattern, locale)
}
