import { parseA1 } from './a1'
import type { Area } from './sheet-store'

/** A formula whose text is made of texts and other cells of its tab: the cells it reads, and what it shows of theirs. */
export interface SimpleFormula {
  readonly reads: readonly Area[]
  readonly show: (textOf: (cell: Area) => string) => string
}

/** What a cell shows whose formula has no result. */
export const ERROR_TEXT = /^#(?:N\/A|NAME\?|ERROR!|REF!|VALUE!|NUM!|DIV\/0!|NULL!)$/

const NOT_AVAILABLE = '#N/A'

const FUNCTIONS: { readonly [name: string]: (...texts: readonly string[]) => string } = {
  LOWER: (text = '') => text.toLowerCase(),
  TRIM: (text = '') => text.trim().replace(/ +/g, ' '),
  REGEXEXTRACT(text = '', pattern = '') {
    const match = new RegExp(pattern).exec(text)
    return match ? (match[1] ?? match[0]) : NOT_AVAILABLE
  },
  IFNA: (text = '', other = '') => (text === NOT_AVAILABLE ? other : text),
}

const TOKENS = /"(?:[^"]|"")*"|[\w$]+|[^\s]/g

/** Reads texts, references to single cells and calls of the functions above, joined by `&`; undefined for all else. */
export function parseSimpleFormula(
  formula: string,
  size: { readonly rows: number; readonly columns: number },
): SimpleFormula | undefined {
  // Each part is taken from the front.
  const tokens = formula.slice(1).match(TOKENS) ?? []
  const isNext = (token: string) => tokens[0] === token && tokens.shift() !== undefined

  const part = (): SimpleFormula | undefined => {
    const token = tokens.shift() ?? ''
    if (token.startsWith('"')) return { reads: [], show: () => token.slice(1, -1).replace(/""/g, '"') }
    if (isNext('(')) return call(token.toUpperCase())
    const area = /^\$?[A-Za-z]+\$?\d+$/.test(token) ? parseA1(token, size) : undefined
    return area && { reads: [area], show: (textOf) => textOf(area) }
  }
  const joined = (): SimpleFormula | undefined => {
    const parts: SimpleFormula[] = []
    do {
      const one = part()
      if (!one) return undefined
      parts.push(one)
    } while (isNext('&'))
    return { reads: readsOf(parts), show: (textOf) => orError(textsOf(parts, textOf), (...texts) => texts.join('')) }
  }
  const call = (name: string): SimpleFormula | undefined => {
    const args: SimpleFormula[] = []
    do {
      const one = joined()
      if (!one) return undefined
      args.push(one)
    } while (isNext(','))
    const run = FUNCTIONS[name]
    if (!run || !isNext(')')) return undefined
    const show: SimpleFormula['show'] = (textOf) => {
      const texts = textsOf(args, textOf)
      return name === 'IFNA' ? run(...texts) : orError(texts, run)
    }
    return { reads: readsOf(args), show }
  }

  const whole = joined()
  return tokens.length === 0 ? whole : undefined
}

function readsOf(parts: readonly SimpleFormula[]): readonly Area[] {
  return parts.flatMap(({ reads }) => reads)
}

function textsOf(parts: readonly SimpleFormula[], textOf: (cell: Area) => string): readonly string[] {
  return parts.map(({ show }) => show(textOf))
}

// An error in any part is the result.
function orError(texts: readonly string[], run: (...texts: readonly string[]) => string): string {
  return texts.find((text) => ERROR_TEXT.test(text)) ?? run(...texts)
}
