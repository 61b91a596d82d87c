/** One field as it stands in the file, quotes and all, and the text that it means. */
export interface CsvField {
  readonly raw: string
  readonly text: string
}

/** One record and what ends it: `\r\n`, `\n`, `\r`, or nothing at the end of the file. */
export interface CsvRecord {
  readonly fields: readonly CsvField[]
  readonly end: string
}

/** A CSV text taken apart so that putting it together again gives the same text. */
export interface Csv {
  readonly mark: '' | '\uFEFF'
  readonly delimiter: Delimiter
  readonly records: readonly CsvRecord[]
}

/** A text for one cell, by zero-based place. */
export interface CellText {
  readonly row: number
  readonly column: number
  readonly text: string
}

type Delimiter = ',' | ';' | '\t'

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t']

/** Records that are looked at to tell the delimiter. */
const SAMPLE_RECORDS = 20

/**
 * Takes a CSV text apart, by the delimiter that it seems to have unless one is given. Throws an error that names the line
 * of a quote that is never closed.
 */
export function parseCsv(text: string, given?: Delimiter): Csv {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const body = text.slice(mark.length)
  let openQuoteAt: number | undefined
  let oneColumn: Csv | undefined
  for (const delimiter of given ? [given] : byLikelihood(body)) {
    const records = readRecords(body, delimiter, Infinity)
    if ('openQuoteAt' in records) {
      openQuoteAt ??= records.openQuoteAt
      continue
    }
    if (given || records.some(({ fields }) => fields.length > 1)) return { mark, delimiter, records }
    oneColumn ??= { mark, delimiter, records }
  }
  // A delimiter that is not there at all reads everything, a quote that is never closed too: the others know better.
  if (oneColumn && openQuoteAt === undefined) return oneColumn
  throw new Error(`A quotation mark in line ${String(lineOf(body, openQuoteAt ?? 0))} is never closed.`)
}

interface Unreadable {
  readonly openQuoteAt: number
}

/** The text of a CSV: exactly what was parsed, where nothing was changed. */
export function formatCsv({ mark, delimiter, records }: Csv): string {
  const lines = records.map(({ fields, end }) => fields.map(({ raw }) => raw).join(delimiter) + end)
  return mark + lines.join('')
}

/**
 * Puts texts into cells; every other field keeps its own characters. With `width`, records that are not blank lines are
 * filled up to that many fields, so that new columns stand under each other.
 */
export function editCsv(csv: Csv, cells: readonly CellText[], width = 0): Csv {
  const byRow = new Map<number, CellText[]>()
  for (const cell of cells) byRow.set(cell.row, [...(byRow.get(cell.row) ?? []), cell])
  const records = csv.records.map((record, row): CsvRecord => {
    const edits = byRow.get(row) ?? []
    const isBlank = record.fields.length === 1 && record.fields[0]?.raw === ''
    const least = isBlank && edits.length === 0 ? 1 : Math.max(width, ...edits.map(({ column }) => column + 1))
    if (edits.length === 0 && record.fields.length >= least) return record
    const fields = [...record.fields]
    while (fields.length < least) fields.push({ raw: '', text: '' })
    for (const { column, text } of edits) fields[column] = { raw: quote(neutralise(text), csv.delimiter), text }
    return { ...record, fields }
  })
  return { ...csv, records }
}

/** What a spreadsheet would take for a formula is marked as text (safety S10); a plus before digits alone is a phone. */
export function neutralise(text: string): string {
  return /^[=\-@\t]|^\+(?!\d+$)/.test(text) ? `'${text}` : text
}

function quote(text: string, delimiter: Delimiter): string {
  const needsQuotes = text.includes(delimiter) || /["\r\n]/.test(text)
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text
}

// First the delimiter that gives the most columns, counted over the records that agree with the first.
function byLikelihood(body: string): readonly Delimiter[] {
  const score = (delimiter: Delimiter): number => {
    const records = readRecords(body, delimiter, SAMPLE_RECORDS)
    if ('openQuoteAt' in records) return -1
    const width = records[0]?.fields.length ?? 1
    return records.filter(({ fields }) => fields.length === width).length * (width - 1)
  }
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, points: score(delimiter) }))
  return scored.sort((a, b) => b.points - a.points).map(({ delimiter }) => delimiter)
}

function readRecords(body: string, delimiter: Delimiter, limit: number): readonly CsvRecord[] | Unreadable {
  const records: CsvRecord[] = []
  let fields: CsvField[] = []
  let at = 0
  while (at < body.length && records.length < limit) {
    const start = at
    const isQuoted = body[at] === '"'
    if (isQuoted) at = closingQuote(body, at)
    if (at < 0) return { openQuoteAt: start }
    const quoted = isQuoted ? body.slice(start + 1, at - 1).replaceAll('""', '"') : ''
    const rest = at
    while (at < body.length && body[at] !== delimiter && body[at] !== '\n' && body[at] !== '\r') at++
    fields.push({ raw: body.slice(start, at), text: quoted + body.slice(rest, at) })
    if (body[at] === delimiter) {
      at++
      if (at < body.length) continue
      fields.push({ raw: '', text: '' })
    }
    const end = body.startsWith('\r\n', at) ? '\r\n' : (body[at] ?? '')
    at += end.length
    records.push({ fields, end })
    fields = []
  }
  return records
}

/** The place behind the quotation mark that closes the one at `open`; -1 when there is none. */
function closingQuote(body: string, open: number): number {
  let at = open + 1
  for (;;) {
    const mark = body.indexOf('"', at)
    if (mark < 0) return -1
    if (body[mark + 1] !== '"') return mark + 1
    at = mark + 2
  }
}

function lineOf(body: string, at: number): number {
  return body.slice(0, at).split(/\r\n|\n|\r/).length
}
