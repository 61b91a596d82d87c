import { localeOf, serialOfDate, type Locale } from './number-format'

/** What a cell becomes when text is entered into it. `formula` has its leading `=`; `value` beside it is its result. */
export interface Typed {
  readonly value?: string | number | boolean | null
  readonly formula?: string
  /** A number format that the text brought along, such as `0%` or a date format. */
  readonly format?: string
}

/** Where and when the text is entered. */
export interface TypingContext {
  readonly locale: string
  /** Format of the cell before; `@` is plain text. */
  readonly format?: string | undefined
  /** Milliseconds since 1970, for dates without a year. */
  readonly now: number
  /** Whether `@` also protects texts that start with `=` or `+`; two live reports say no (platform.md section 4a). */
  readonly textFormatKeepsFormulas: 'yes' | 'no'
  /** Whether a leading apostrophe is hidden and makes text, as on the keyboard (platform.md section 4a, conflict). */
  readonly apostropheMakesText: 'yes' | 'no'
}

const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const CURRENCY = '[$€£¥]'
const MINUS_AFTER_CURRENCY = new RegExp(`^${CURRENCY}\\s*-`)
const SIGN = new RegExp(`^(${CURRENCY}?)\\s*[+-]`)
const MONEY = new RegExp(`^(${CURRENCY})\\s*(.+)$|^(.+?)\\s*(${CURRENCY})$`)

function parseTime(text: string): { readonly part: number; readonly format: string } | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?$/i.exec(text)
  if (!match) return undefined
  const [, hours, minutes, seconds = '0', half] = match
  const pm = half?.toLowerCase()
  const hour = pm === undefined ? Number(hours) : (Number(hours) % 12) + (pm === 'pm' ? 12 : 0)
  if (Number(minutes) > 59 || Number(seconds) > 59 || (pm !== undefined && Number(hours) > 12)) return undefined
  const part = (hour * 3600 + Number(minutes) * 60 + Number(seconds)) / 86_400
  return { part, format: (match[3] ? 'h:mm:ss' : 'h:mm') + (pm === undefined ? '' : ' am/pm') }
}

function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 2) return year
  return year < 30 ? 2000 + year : 1900 + year
}

function parseCalendar(
  text: string,
  locale: Locale,
  now: number,
): { readonly serial: number; readonly format: string } | undefined {
  const found = (year: number, month: number, day: number, format: string) => {
    const serial = serialOfDate(year, month, day)
    return serial === undefined ? undefined : { serial, format }
  }
  const thisYear = new Date(now).getUTCFullYear()
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(text)
  if (iso) return found(Number(iso[1]), Number(iso[2]), Number(iso[3] ?? 1), iso[3] ? 'yyyy-mm-dd' : 'yyyy-mm')
  const three = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text)
  if (three) {
    const [, a, , b, year] = three
    const [day, month] = locale.dayFirst ? [a, b] : [b, a]
    return found(fullYear(year!), Number(month), Number(day), locale.dateFormat)
  }
  const monthYear = /^(\d{1,2})[-/](\d{4})$/.exec(text)
  if (monthYear) return found(Number(monthYear[2]), Number(monthYear[1]), 1, 'm-yyyy')
  const two = /^(\d{1,2})([-/])(\d{1,2})$/.exec(text)
  if (two) {
    const [day, month] = locale.dayFirst ? [two[1], two[3]] : [two[3], two[1]]
    return found(thisYear, Number(month), Number(day), locale.dayFirst ? `d${two[2]!}m` : `m${two[2]!}d`)
  }
  const named = /^(?:(\d{1,2})[ -]([a-z]{3,9})\.?|([a-z]{3,9})\.?[ -](\d{1,2}))(?:,?[ -](\d{4}|\d{2}))?$/i.exec(text)
  if (!named) return undefined
  const month = MONTH_NAMES.indexOf((named[2] ?? named[3] ?? '').slice(0, 3).toLowerCase()) + 1
  if (month === 0) return undefined
  const year = named[5] === undefined ? thisYear : fullYear(named[5])
  return found(year, month, Number(named[1] ?? named[4]), named[5] === undefined ? 'mmm d' : 'mmm d, yyyy')
}

function parseDate(text: string, locale: Locale, now: number): Typed | undefined {
  const time = parseTime(text)
  if (time) return { value: time.part, format: time.format }
  const date = parseCalendar(text, locale, now)
  if (date) return { value: date.serial, format: date.format }
  const split = /^(.+?)(?:T|\s+)(\d{1,2}:\d{2}.*)$/.exec(text)
  if (!split) return undefined
  const day = parseCalendar(split[1]!, locale, now)
  const hour = parseTime(split[2]!.replace(/Z$/, ''))
  if (!day || !hour) return undefined
  return { value: day.serial + hour.part, format: `${day.format} ${hour.format}` }
}

interface NumberShape {
  readonly shape: RegExp
  readonly grouping: RegExp
}

const SHAPES = new WeakMap<Locale, NumberShape>()

function shapeOf(locale: Locale): NumberShape {
  const known = SHAPES.get(locale)
  if (known) return known
  const point = locale.decimal === '.' ? '\\.' : ','
  const group = locale.group === '.' ? '\\.' : locale.group === ' ' ? '[ \\u00a0\\u202f]' : ','
  const whole = `\\d+|\\d{1,3}(?:${group}\\d{3})+|\\d+(?: \\d+)+`
  const made: NumberShape = {
    shape: new RegExp(`^(?:(?:${whole})(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d{1,3})?$`),
    grouping: new RegExp(`${group}|[ \\u00a0\\u202f]`, 'g'),
  }
  SHAPES.set(locale, made)
  return made
}

function parsePlainNumber(text: string, locale: Locale): number | undefined {
  const { shape, grouping } = shapeOf(locale)
  if (!shape.test(text)) return undefined
  const value = Number(text.replace(grouping, '').replace(locale.decimal, '.'))
  return Number.isFinite(value) ? value : undefined
}

function parseNumber(text: string, locale: Locale): Typed | undefined {
  const accounting = /^\((.+)\)$/.exec(text)
  const negative = accounting !== null || text.startsWith('-') || MINUS_AFTER_CURRENCY.test(text)
  const unsigned = (accounting?.[1] ?? text).replace(SIGN, '$1')
  const money = MONEY.exec(unsigned)
  const percent = /^(.+?)\s*%$/.exec(unsigned)
  const digits = percent?.[1] ?? money?.[2] ?? money?.[3] ?? unsigned
  const size = parsePlainNumber(digits, locale)
  if (size === undefined) return undefined
  const value = (negative ? -size : size) / (percent ? 100 : 1)
  const places = digits.includes(locale.decimal) ? '0.00' : '0'
  if (percent) return { value, format: `${places}%` }
  if (money) return { value, format: `"${money[1] ?? money[4] ?? ''}"#,##${places}` }
  return { value }
}

/** `1-415-555-2671` is arithmetic once a plus made it a formula (platform.md section 4a). */
function evaluateSum(text: string): number | undefined {
  if (!/^[+-]?\d+(?:[+-]\d+)+$/.test(text)) return undefined
  return (text.match(/[+-]?\d+/g) ?? []).reduce((sum, term) => sum + Number(term), 0)
}

function asFormula(text: string): Typed {
  const formula = text.startsWith('=') ? text : `=${text}`
  const value = evaluateSum(formula.slice(1))
  return value === undefined ? { formula } : { formula, value }
}

/**
 * What Google Sheets makes of a text that a person or a script enters (platform.md section 4a): numbers lose their
 * plus and leading zeros, `1-10` is a date, `=...` and `+x` are formulas. Pessimistic where reports disagree.
 */
export function parseTyped(text: string, context: TypingContext): Typed {
  if (text === '') return { value: null }
  const startsFormula = /^[=+]./.test(text)
  if (context.format === '@' && (!startsFormula || context.textFormatKeepsFormulas === 'yes')) return { value: text }
  if (text.startsWith("'")) return { value: context.apostropheMakesText === 'yes' ? text.slice(1) : text }
  if (text.startsWith('=') && text.length > 1) return asFormula(text)
  const locale = localeOf(context.locale)
  const trimmed = text.trim()
  const lower = trimmed.toLowerCase()
  if (lower === 'true' || lower === locale.yes.toLowerCase()) return { value: true }
  if (lower === 'false' || lower === locale.no.toLowerCase()) return { value: false }
  if (/^\+\d+(?: \d+)+$/.test(trimmed)) return asFormula(trimmed)
  if (!/\d/.test(trimmed)) return /^[+\-@]./.test(text) ? asFormula(text) : { value: text }
  const parsed = parseNumber(trimmed, locale) ?? parseDate(trimmed, locale, context.now)
  if (parsed) return parsed
  if (/^[+\-@]./.test(text)) return asFormula(text)
  return { value: text }
}
