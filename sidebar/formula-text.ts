import type { ColumnView } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { FIELD_NAMES, fieldInfo } from '../src/domain/field'
import type { FormulaName } from '../src/domain/formula-help'
import { FORMULA_HELP } from '../src/domain/formula-help'

/** The columns that an argument takes: one, or several side by side. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** One formula for each row, or one that fills the whole column. */
export type Way = 'rows' | 'whole'

/** A formula as a person puts it together. */
export interface Draft {
  readonly name: FormulaName
  readonly spans: { readonly [param: string]: Span | undefined }
  readonly fields: readonly Field[]
  readonly fallback: string
  readonly show: string
  /** In percent; 0: as the Waterfall screen says. */
  readonly sure: number
  readonly way: Way
}

/** Zero-based rows that a formula goes down. */
export interface Rows {
  readonly first: number
  readonly last: number
}

/** What a function is about: whose fields are looked up, or nothing where it costs nothing. */
export function aboutOf(name: FormulaName): 'person' | 'company' | 'row' | undefined {
  switch (name) {
    case 'ENRICH_EMAIL':
    case 'ENRICH_PHONE':
    case 'ENRICH_LINKEDIN':
    case 'ENRICH_PERSON':
    case 'ENRICH_VERIFY':
      return 'person'
    case 'ENRICH_COMPANY':
    case 'ENRICH_TECH':
      return 'company'
    case 'ENRICH':
      return 'row'
    default:
      return undefined
  }
}

/** The functions that the builder offers. */
export const BUILT = Object.keys(FORMULA_HELP) as readonly FormulaName[]

/** Whether a function takes all rows at once: it understands columns by their headers, which it takes along. */
export function takesHeaders(name: FormulaName): boolean {
  return aboutOf(name) === 'row'
}

/** The arguments of a function that are columns. */
export function columnParams(name: FormulaName) {
  return FORMULA_HELP[name].params.filter((param) => param.name !== 'fields' && param.name !== 'options')
}

/** Whether an argument may be several columns side by side that are read together; what cleans answers for each cell. */
export function takesSeveral(name: FormulaName): boolean {
  return aboutOf(name) !== undefined || name === 'ENRICH_MATCH'
}

/** Whether a person chooses the fields. */
export function takesFields(name: FormulaName): boolean {
  return FORMULA_HELP[name].params.some((param) => param.name === 'fields')
}

/** What can stand beside the value, the usual first. */
export function showsOf(name: FormulaName): readonly string[] {
  if (name === 'ENRICH_MATCH') return ['all', 'verdict', 'probability', 'reason']
  return aboutOf(name) ? ['value', 'confidence', 'source', 'status', 'reason'] : []
}

const ONE_FIELD: { readonly [N in FormulaName]?: Field } = {
  ENRICH_EMAIL: 'email',
  ENRICH_PHONE: 'phone',
  ENRICH_LINKEDIN: 'linkedin_url',
  ENRICH_TECH: 'technologies',
  ENRICH_VERIFY: 'email_status',
  ENRICH_CLEAN_PHONE: 'phone',
  ENRICH_CLEAN_EMAIL: 'email',
  ENRICH_CLEAN_LINKEDIN: 'linkedin_url',
  ENRICH_DOMAIN: 'domain',
}

/** The fields that a formula looks up. */
export function fieldsOf({ name, fields }: Draft): readonly Field[] {
  const one = ONE_FIELD[name]
  return one ? [one] : takesFields(name) ? fields : []
}

/** Fields that a function can be asked for. */
export function fieldChoices(name: FormulaName): readonly Field[] {
  const about = aboutOf(name)
  return FIELD_NAMES.filter((field) => about === 'row' || (fieldInfo(field).of === 'company') === (about === 'company'))
}

/** The headers of the columns that a formula fills. */
export function headersOf(draft: Draft): readonly string[] {
  const { name, show } = draft
  switch (name) {
    case 'ENRICH_SPLIT_NAME':
      return ['First name (formula)', 'Last name (formula)']
    case 'ENRICH_IS_FREE_EMAIL':
      return ['Free mail?']
    case 'ENRICH_IS_ROLE_EMAIL':
      return ['Role address?']
    case 'ENRICH_MATCH':
      return show === 'all'
        ? ['Same?', 'Probability', 'Reason']
        : [{ verdict: 'Same?', probability: 'Probability' }[show] ?? 'Reason']
    default: {
      const beside = showsOf(name)[0] === show || show === '' ? [] : [show]
      const labels = fieldsOf(draft).map((field) => fieldInfo(field).label)
      return labels.flatMap((label) => [`${label} (formula)`, ...beside.map((word) => `${label} ${word}`)])
    }
  }
}

/** Whether every argument that must be there is. */
export function isWhole(draft: Draft): boolean {
  const isThere = columnParams(draft.name).every((param) => param.optional || draft.spans[param.name])
  return isThere && (!takesFields(draft.name) || draft.fields.length > 0)
}

/** The text of a formula for the first of these rows, or for all of them. */
export function writeFormula(draft: Draft, rows: Rows, letterOf: (column: number) => string): string {
  const { name, spans, fields, way } = draft
  const last = way === 'whole' ? rows.last : rows.first
  const cells = ({ from, to }: Span) => {
    const first = takesHeaders(name) ? rows.first : rows.first + 1
    const [start, end] = [`${letterOf(from)}${first}`, `${letterOf(to)}${last + 1}`]
    return start === end ? start : `${start}:${end}`
  }
  const args = FORMULA_HELP[name].params.flatMap((param): readonly string[] => {
    if (param.name === 'fields') return [quote(fields.join(', '))]
    if (param.name === 'options') return optionsOf(draft)
    const span = spans[param.name]
    return span ? [cells(span)] : []
  })
  return `=${name}(${args.join(', ')})`
}

function optionsOf({ name, fallback, show, sure }: Draft): readonly string[] {
  const options = [
    ...(sure > 0 ? [`min_confidence=${sure / 100}`] : []),
    ...(fallback.trim() === '' ? [] : [`fallback=${fallback.trim().replaceAll(';', ',')}`]),
    ...(show === '' || show === showsOf(name)[0] ? [] : [`show=${show}`]),
    ...(takesHeaders(name) ? ['headers=no'] : []),
  ]
  return options.length === 0 ? [] : [quote(options.join('; '))]
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** The columns that an argument is taken for, by what the columns of the tab hold. */
export function guessSpans(name: FormulaName, columns: readonly ColumnView[]): Draft['spans'] {
  const at = (...fields: readonly Field[]) => {
    const found = fields.map((field) => columns.find((column) => column.field === field)).find(Boolean)
    return found && { from: found.column, to: found.column }
  }
  const [first, last] = [at('first_name'), at('last_name')]
  const beside = first && last && last.from === first.from + 1 ? { from: first.from, to: last.to } : undefined
  const named = beside ?? at('full_name')
  const person = named ?? at('linkedin_url', 'email')
  const site = at('domain', 'website', 'company_name')
  const whole = columns.length > 0 ? { from: 0, to: columns.length - 1 } : undefined
  const guesses: { readonly [param: string]: Span | undefined } = {
    person,
    domain: name === 'ENRICH_TECH' || named ? site : undefined,
    company: at('domain', 'website', 'company_linkedin_url', 'company_name', 'email'),
    email: at('email', 'personal_email'),
    email_or_url: at('email', 'website', 'domain'),
    phone: at('phone', 'mobile_phone', 'company_phone'),
    country: at('country', 'hq_country'),
    url: at('linkedin_url', 'company_linkedin_url'),
    name: at('full_name', 'first_name'),
    range: whole,
    row1: whole,
    row2: whole,
  }
  const one = columns[0] && { from: columns[0].column, to: columns[0].column }
  return Object.fromEntries(
    columnParams(name).map((param) => [param.name, guesses[param.name] ?? (param.optional ? undefined : one)]),
  )
}
