import type { Field } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import type { VerificationStatus } from '../domain/finding'
import { statusWords } from '../domain/finding'
import type { Lead } from '../domain/lead'
import { foldText } from '../normalize/text'
import { headerField } from '../sheet/header-words'
import { readLeads } from '../sheet/leads'
import { findHeaderRow, guessMapping, mappingOf } from '../sheet/mapping'
import type { FormulaInput, Reply, RunFormula } from './formula'
import type { Keys } from './formula-cells'
import { gridOf, putReplies, readKeys, textOf } from './formula-cells'
import { readCompany, readPerson } from './formula-leads'
import type { FormulaOptions, Show } from './formula-options'
import { takeOptions, takeRangeOptions } from './formula-options'
import type { Host } from './host'
import type { Looked, Wanted } from './look-up'
import { lookUp } from './look-up'
import { countryOf, vendorName } from './vendors'

/** What a formula looks for: some fields of the leads of its rows, below what stands above them. */
export interface Sought {
  readonly isRange: boolean
  readonly above: readonly Reply[]
  readonly leads: readonly (Lead | undefined)[]
  readonly fields: readonly Field[]
  readonly options: FormulaOptions
}

/** How the arguments of a formula are understood. Throws for what cannot be. */
export type Seek = (host: Host, args: readonly FormulaInput[]) => Sought

/** How the arguments of each function that looks something up about a person or a company are understood. */
export const SEEKS = {
  ENRICH_EMAIL: seekField('email', readPerson),
  ENRICH_PHONE: seekField('phone', readPerson),
  ENRICH_LINKEDIN: seekField('linkedin_url', readPerson),
  ENRICH_PERSON: seekFields(readPerson),
  ENRICH_COMPANY: seekFields(readCompany),
  ENRICH: seekInRange,
  ENRICH_TECH: seekField('technologies', readCompany),
  ENRICH_VERIFY: seekField('email_status', readPerson),
} satisfies { readonly [name: string]: Seek }

/** Functions that look something up about a person or a company. */
export const FIND_FORMULAS = Object.fromEntries(Object.entries(SEEKS).map(([name, seek]) => [name, finding(seek)])) as {
  readonly [N in keyof typeof SEEKS]: RunFormula
}

/** How the cells of a row are understood, by what they are about. */
export const FIND_READERS = { person: readPerson, company: readCompany } satisfies { readonly [about: string]: Read }

type Read = (cells: readonly string[]) => Lead | undefined

function seekField(field: Field, read: Read): Seek {
  return (_, args) => {
    const { inputs, options } = takeOptions(args)
    const { rows, isRange } = readKeys(inputs)
    return { isRange, above: [], leads: leadsOf(rows, read), fields: [field], options }
  }
}

function seekFields(read: Read): Seek {
  return (_, args) => {
    const { inputs, options } = takeOptions(args)
    const [key, fields] = inputs
    const { rows, isRange } = readKeys([key])
    return { isRange, above: [], leads: leadsOf(rows, read), fields: readFields(fields), options }
  }
}

// The headers of whole columns are nobody.
function leadsOf([first = [], ...rest]: Keys['rows'], read: Read): readonly (Lead | undefined)[] {
  const isHeader = rest.length > 0 && first.every((text) => text === '' || headerField(text))
  return [isHeader ? undefined : read(first), ...rest.map(read)]
}

// A custom function ends after 30 s (platform.md section 2), of which a call of a vendor may take a third.
const ASK_MS = 15_000

function finding(seek: Seek): RunFormula {
  return (host, args) => {
    const sought = seek(host, args)
    const { leads, options } = sought
    const looked = lookUp(host, leads, { ...wantedOf(sought), until: host.now() + ASK_MS })
    return putReplies(
      sought,
      looked.map((one) => replyOf(host, one, options.show)),
      options,
    )
  }
}

/** What a formula wants to know of each of its leads. */
export function wantedOf({ fields, options }: Sought): Omit<Wanted, 'until'> {
  const { minConfidence } = options
  return { fields, ...(minConfidence !== undefined && { minConfidence }) }
}

function replyOf(host: Host, looked: readonly Looked[] | undefined, show: Show): Reply {
  if (!looked) return { kind: 'blank' }
  const isKnown = looked.some(({ kind }) => kind === 'known')
  const waits = looked.find((one) => one.kind === 'pending' && !(one.isStuck && isKnown))
  if (waits?.kind === 'pending') return { kind: 'pending', because: waits.because }
  const [first] = looked
  // Several fields stand side by side: one that is not known is empty, and the row speaks up when none is.
  if (looked.every(({ kind }) => kind === 'unknown') && first?.kind === 'unknown')
    return { kind: 'missing', word: first.word, problem: first.problem }
  return { kind: 'values', values: looked.flatMap((one) => shown(host, one, show)) }
}

function shown(host: Host, looked: Looked, show: Show): readonly string[] {
  const value = looked.kind === 'known' ? looked.value : ''
  const finding = looked.kind === 'known' ? looked.finding : undefined
  switch (show) {
    case 'value':
      return [value]
    case 'confidence':
      return [value, finding ? `${Math.round(finding.confidence * 100)} %` : '']
    case 'source':
      return [value, finding ? vendorName(host, finding.provenance.provider) : '']
    case 'reason': {
      const status = finding && (finding.field === 'email_status' ? finding.value : finding.status)
      return [value, status === undefined ? '' : statusWords(status as VerificationStatus)]
    }
    case 'status':
      return [value, looked.kind === 'unknown' ? looked.word : 'found']
  }
}

/** The fields that a person names by their names or in words. Throws for one that does not exist. */
function readFields(input: FormulaInput): readonly Field[] {
  const names = (Array.isArray(input) ? input.flat() : [input]).map(textOf).join(',').split(/[,;]/)
  const fields = names.map((name) => name.trim()).filter((name) => name !== '')
  if (fields.length === 0) throw new Error('Say which fields you want, such as "job_title, seniority".')
  return [...new Set(fields.map(readField))]
}

function readField(text: string): Field {
  const plain = foldText(text)
  const exact = FIELD_NAMES.find((field) => field === text.toLowerCase().replace(/[\s-]+/g, '_'))
  // People say where somebody is in one word, and vendors in several.
  const place = plain === 'location' ? 'city' : undefined
  const labelled = FIELD_NAMES.find((field) => foldText(fieldInfo(field).label) === plain)
  const field = exact ?? labelled ?? place ?? headerField(text)?.field
  if (field) return field
  throw new Error(`There is no field "${text.slice(0, 40)}". Use names such as email, job_title, city or industry.`)
}

function seekInRange(host: Host, args: readonly FormulaInput[]): Sought {
  const { inputs, options } = takeRangeOptions(args)
  const [range, wanted] = inputs
  const keys = readKeys([range])
  const fields = readFields(wanted)
  const grid = gridOf(keys.rows)
  const header = keys.isRange ? findHeaderRow(grid) : undefined
  const body = header === undefined ? grid : grid.slice(header + 1)
  const headers = header === undefined ? Array.from({ length: keys.width }, () => '') : keys.rows[header]!
  const samples = body.slice(0, SAMPLES).map((row) => row.map(({ text }) => text))
  const mapping = mappingOf(guessMapping(headers, samples))
  if (Object.keys(mapping).length === 0)
    throw new Error('The columns of this range are not understood. Take the headers along, or use ENRICH_PERSON.')
  const rows = readLeads({ grid: body, firstRow: 0, mapping, country: countryOf(host) })
  const leads = rows.map(({ lead }) => (Object.keys(lead).length === 0 ? undefined : lead))
  const above = keys.rows
    .slice(0, options.bare ? 0 : keys.rows.length - body.length)
    .map((_, row): Reply =>
      row === header
        ? { kind: 'values', values: fields.flatMap((field) => headersOf(field, options.show)) }
        : { kind: 'blank' },
    )
  return { isRange: keys.isRange, above, leads, fields, options }
}

// As many as the Enrich screen looks at.
const SAMPLES = 100

function headersOf(field: Field, show: Show): readonly string[] {
  const { label } = fieldInfo(field)
  return show === 'value' ? [label] : [label, `${label} ${show}`]
}
