import { cleanText, foldText } from './text'

/** A date as far as it is known: `2024-03-01`, `2024-03` or `2024`. A date whose day and month may be swapped is refused. */
export function normalizeDate(text: string): string | undefined {
  const bare = foldText(cleanText(text))
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[t ].*)?)?$/.exec(bare)
  if (iso) return formatDate(iso[1], iso[2], iso[3])
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(bare)
  if (compact) return formatDate(compact[1], compact[2], compact[3])
  const monthYear = /^(\d{1,2})[-/.](\d{4})$/.exec(bare)
  if (monthYear) return formatDate(monthYear[2], monthYear[1])
  const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(bare)
  if (numeric) return readNumeric(numeric[1]!, numeric[3]!, { year: numeric[4]!, separator: numeric[2]! })
  return readWords(bare) ?? normalizeYear(bare.replace(/^(\d{4})\.0$/, '$1'), /^\d{4}$/)
}

/** A year of four digits, from a bare year, a date or a short text that names exactly one. */
export function normalizeYear(text: string, shape = /(?<!\d)\d{4}(?!\d)/g): string | undefined {
  const years = new Set(cleanText(text).match(shape))
  const [year] = years
  return years.size === 1 && year && year >= '1000' && year < '2200' ? year : undefined
}

// Dots are day first everywhere; slashes and hyphens are American or not, so they need a number above 12.
function readNumeric(
  first: string,
  second: string,
  rest: { readonly year: string; readonly separator: string },
): string | undefined {
  if (rest.separator === '.' || Number(first) > 12 || first === second) return formatDate(rest.year, second, first)
  return Number(second) > 12 ? formatDate(rest.year, first, second) : undefined
}

// The first letters of the months in English, French, German, Spanish, Italian, Portuguese and Dutch.
const MONTHS = [
  /^(jan|ene|gen)/,
  /^(feb|fev)/,
  /^(mar|maa|mrt|mrz)/,
  /^(apr|avr|abr)/,
  /^(may|mai|mag|mei)/,
  /^(jun|juin|giu)/,
  /^(jul|juil|lug)/,
  /^(aug|aou|ago)/,
  /^(sep|set)/,
  /^(oct|okt|ott|out)/,
  /^(nov)/,
  /^(dec|dez|dic)/,
]

function readWords(text: string): string | undefined {
  const tokens = text
    .replace(/[.,/-]/g, ' ')
    .split(' ')
    .filter(Boolean)
  const numbers = tokens.filter((token) => /^\d/.test(token)).map((token) => token.replace(/(st|nd|rd|th|er)$/, ''))
  const names = tokens.filter((token) => /^[a-z]{3,}$/.test(token))
  const month = MONTHS.findIndex((prefix) => prefix.test(names[0] ?? '')) + 1
  if (month === 0 || names.length !== 1) return undefined
  const year = numbers.find((number) => /^\d{4}$/.test(number))
  const others = numbers.filter((number) => number !== year)
  return others.length > 1 ? undefined : formatDate(year, String(month), others[0])
}

function formatDate(year: string | undefined, month: string | undefined, day?: string): string | undefined {
  const y = Number(year)
  const m = Number(month)
  if (!(y >= 1000 && y < 2200 && m >= 1 && m <= 12)) return undefined
  const prefix = `${y}-${String(m).padStart(2, '0')}`
  if (day === undefined) return prefix
  const d = Number(day)
  return d >= 1 && d <= daysIn(y, m) ? `${prefix}-${String(d).padStart(2, '0')}` : undefined
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
