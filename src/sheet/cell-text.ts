/** A cell holds 50,000 characters (platform.md section 1); some room is left for an apostrophe or a mark of ours. */
const MOST_CHARACTERS = 49000

/** What may be written into a cell: no control characters but line breaks, trimmed, at most 49,000 characters. */
export function cellText(value: string): string {
  return cut(
    value
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      .replace(/\t/g, ' ')
      .replace(UNWRITABLE, '')
      .trim(),
  ).trim()
}

/**
 * Whether Google might read a text as a formula, number, date, boolean, percentage, amount or error when it is written
 * as a plain string (platform.md section 4a). In doubt it says yes: rich text is always text.
 */
export function needsRichText(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed === '') return false
  if (/^[=+\-@'\t]/.test(text) || /^[=+\-@'#]/.test(trimmed)) return true
  if (!/\p{L}/u.test(trimmed)) return true
  if (BOOLEANS.test(trimmed)) return true
  return /\p{Nd}/u.test(trimmed) && trimmed.length <= LONGEST_NUMBER_OR_DATE && !PLAINLY_TEXT.test(trimmed)
}

/** A text as a cell of a CSV file: what a spreadsheet could run as a formula gets an apostrophe (safety S10). */
export function csvText(text: string): string {
  if (/^\+\d+$/.test(text)) return text
  return /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
}

/** Control characters but the line break, noncharacters and lone surrogates: a cell or an XLSX file would refuse them. */
const UNWRITABLE =
  /(?!\n)\p{Cc}|[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** TRUE and FALSE as spreadsheets of the seven languages spell them. */
const BOOLEANS = /^(true|false|wahr|falsch|vrai|faux|verdadero|falso|verdadeiro|waar|onwaar|vero)$/i

/** "Wednesday, 23 September 2026 12:30:00 PM GMT+02:00" has 50 characters. */
const LONGEST_NUMBER_OR_DATE = 60

/** An email address or a web address. */
const PLAINLY_TEXT = /^[^\s@]+@[^\s@]+\.\p{L}{2,}$|^https?:\/\/\p{L}/u

function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text
  return text.slice(0, MOST_CHARACTERS).replace(/[\ud800-\udbff]$/, '')
}
