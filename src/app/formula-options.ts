import type { FormulaInput } from './formula'

/** What a formula shows of a finding: the value alone, or its confidence, vendor, status or check in a column beside it. */
export type Show = 'value' | 'confidence' | 'source' | 'status' | 'reason'

/** How a person wants the answers of one formula; what it may show is its own. */
export interface FormulaOptions<S extends string = Show> {
  /** A share from 0 to 1: what is less sure counts as not found. Absent: as the Waterfall screen says. */
  readonly minConfidence?: number
  /** What stands where nothing was found. */
  readonly fallback?: string
  readonly show: S
  /** Whether no headers are given for the headers of a range: those of the sheet stand above. */
  readonly bare?: true
}

/** A closed list of what a formula may show: the first without a word from a person. */
export type Shows<S extends string> = readonly [S, ...S[]]

const SHOWS: Shows<Show> = ['value', 'confidence', 'source', 'status', 'reason']

/** Whether an argument is the text of options, and no key: "show=status". */
function isOptions(input: FormulaInput): input is string {
  return typeof input === 'string' && /^[\s;]*([a-z_ -]+=|(min.?confidence|fallback|show) *:)/i.test(input)
}

/** Takes the options off the end of the arguments. Throws for one that does not exist, and says which do. */
export function takeOptions(args: readonly FormulaInput[]): Taken<Show> {
  return takeOptionsOf(SHOWS, args)
}

/** The same for a formula that shows something of its own. */
export function takeOptionsOf<S extends string>(shows: Shows<S>, args: readonly FormulaInput[]): Taken<S> {
  const taken = take(shows, args)
  if (taken.options.bare) throw new Error('headers is an option of ENRICH alone. Leave it out.')
  return taken
}

/** The same for the formula that understands a range by its headers. */
export function takeRangeOptions(args: readonly FormulaInput[]): Taken<Show> {
  return take(SHOWS, args)
}

function take<S extends string>(shows: Shows<S>, args: readonly FormulaInput[]): Taken<S> {
  const given = args.filter((arg) => arg !== undefined)
  const last = given[given.length - 1]
  // Taken for a name or a domain it would be asked for.
  if (given.slice(1, -1).some(isOptions))
    throw new Error('Options come last, in one text: "show=status; fallback=n/a".')
  if (given.length < 2 || !isOptions(last)) return { inputs: given, options: { show: shows[0] } }
  return { inputs: given.slice(0, -1), options: readOptions(shows, last) }
}

interface Taken<S extends string> {
  readonly inputs: readonly FormulaInput[]
  readonly options: FormulaOptions<S>
}

function readOptions<S extends string>(shows: Shows<S>, text: string): FormulaOptions<S> {
  let options: FormulaOptions<S> = { show: shows[0] }
  for (const part of text.split(';').filter((one) => one.trim() !== '')) {
    const [name = '', ...rest] = part.split('=')
    const value = rest.join('=').trim()
    switch (name.trim().toLowerCase().replace(/[\s-]/g, '_')) {
      case 'min_confidence':
        options = { ...options, minConfidence: readShare(value) }
        break
      case 'fallback':
        options = { ...options, fallback: value }
        break
      case 'show':
        options = { ...options, show: readShow(shows, value) }
        break
      case 'headers':
        if (value.toLowerCase() !== 'no') throw new Error('headers can only be no: then ENRICH gives the rows alone.')
        options = { ...options, bare: true }
        break
      default:
        throw new Error(`There is no option "${name.trim()}". Use min_confidence, fallback or show.`)
    }
  }
  return options
}

function readShare(text: string): number {
  const number = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text.replace(',', '.'))
  if (text !== '' && number >= 0 && number <= 1) return number
  throw new Error('min_confidence is a number from 0 to 1, such as 0.8.')
}

function readShow<S extends string>(shows: Shows<S>, text: string): S {
  const show = shows.find((one) => one === text.toLowerCase())
  if (show) return show
  throw new Error(`show is one of ${shows.join(', ')}.`)
}
