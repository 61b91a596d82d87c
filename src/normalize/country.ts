import { foldText } from './text'

/**
 * The ISO 3166 alpha-2 code of a country given by its alpha-2 or alpha-3 code or by its name in English, French, German,
 * Spanish, Portuguese, Italian, Dutch or, for many, in its own language; nothing when it is not known.
 */
export function countryCode(text: string): string | undefined {
  table ??= readTable()
  const name = nameKey(text)
  return table.exact.get(name) ?? table.similar.get(skeleton(name))
}

interface Table {
  readonly exact: ReadonlyMap<string, string>
  readonly similar: ReadonlyMap<string, string>
}

let table: Table | undefined

function readTable(): Table {
  const exact = new Map<string, string>()
  const similar = new Map<string, string>()
  const { COUNTRIES } = require('./country-table') as typeof import('./country-table')
  for (const entry of COUNTRIES.split(';')) {
    const [codes = '', names = ''] = entry.split(/ (.*)/)
    const code = codes.slice(0, 2)
    exact.set(code.toLowerCase(), code)
    exact.set(codes.slice(-3).toLowerCase(), code)
    for (const name of names.split(',').filter(Boolean)) {
      exact.set(name, code)
      similar.set(skeleton(name), code)
    }
  }
  return { exact, similar }
}

function nameKey(text: string): string {
  const letters = foldText(text).replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
  return letters.replace(/[^\p{L}]+/gu, ' ').trim()
}

// What is left when the spelling differences between seven languages are taken away: Kroatien, Croatie and Croazia are
// one. A test proves that no two countries of the table share a skeleton, Niger and Nigeria apart.
function skeleton(name: string): string {
  return name
    .split(' ')
    .filter((word) => !SMALL_WORD.test(word))
    .map((word) =>
      word
        .replace(/sch|sh/g, 's')
        .replace(/qu|[ckq]h?/g, 'k')
        .replace(/ou|oe/g, 'u')
        .replace(/ph/g, 'f')
        .replace(/th/g, 't')
        .replace(/z/g, 's')
        .replace(/[yj]/g, 'i')
        .replace(/w/g, 'v')
        .replace(/(.)\1+/g, '$1')
        .replace(/(?<=...)(ien|ie|ia|io|en|e|a|o|n|i)$/, ''),
    )
    .join(' ')
}

const SMALL_WORD =
  /^(the|and|et|und|y|e|ed|en|of|de|del|do|da|d|la|du|republic|republik|republique|republica|repubblica|republiek)$/
