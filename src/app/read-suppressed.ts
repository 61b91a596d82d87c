import { cellsOf, parseSuppression, uniqueOf } from '../privacy/parse-suppression'
import type { ReadSuppression } from '../privacy/parse-suppression'
import { listedEntries } from '../privacy/suppression'
import type { CellRead } from '../sheet/grid'
import { headerField, isNameHeader } from '../sheet/header-words'
import { readLeads } from '../sheet/leads'
import { guessMapping, mappingOf } from '../sheet/mapping'
import type { Host } from './host'
import { countryOf } from './vendors'

/** Reads who is to be put on the never-look-up list: pasted lines, or rows under the headers of an exported file. */
export function readSuppressed(host: Host, text: string): ReadSuppression {
  const country = countryOf(host)
  const [head = '', ...lines] = text.split(/[\r\n]+/).filter((line) => /[\p{L}\p{N}]/u.test(line))
  const separator = separatorOf(head)
  const headers = cellsOf(head, separator)
  const isTable = headers.some((header) => headerField(header)) && parseSuppression(head, country).entries.length === 0
  return isTable ? readTable({ headers, lines, separator, country }) : parseSuppression(text, country)
}

function separatorOf(head: string): string {
  const count = (separator: string) => head.split(separator).length
  return ['\t', ';', ',', '|'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

// As many as the Enrich screen looks at.
const SAMPLES = 100

function readTable(given: {
  readonly headers: readonly string[]
  readonly lines: readonly string[]
  readonly separator: string
  readonly country: string | undefined
}): ReadSuppression {
  const { headers, lines, separator, country } = given
  const rows = lines.map((line) => cellsOf(line, separator))
  const mapping = mappingOf(guessMapping(headers, rows.slice(0, SAMPLES)))
  const grid = rows.map((row) => row.map((text): CellRead => ({ text, kind: text ? 'text' : 'empty', formula: false })))
  const leads = readLeads({ grid, firstRow: 0, mapping, country })
  // A column "Name" beside domains may hold companies or people: each line is read as if it had been pasted.
  const isOpen = headers.some(isNameHeader)
  return uniqueOf(
    leads.map(({ lead }, index) => {
      const line = lines[index]!
      const entries = listedEntries(lead)
      if (isOpen && entries.every(({ kind }) => kind === 'domain')) return parseSuppression(line, country)
      return { entries, unreadable: entries.length > 0 ? [] : [line] }
    }),
  )
}
