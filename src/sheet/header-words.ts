import type { Field } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import { foldText, words } from '../normalize/text'

/** What a header names, and how telling its spelling is: 0 is the best. */
export type HeaderMatch = { readonly field: Field; readonly rank: number }

/** The field that a header names, in any of seven languages and with words around it that say nothing. */
export function headerField(header: string): HeaderMatch | undefined {
  if (header.length > LONGEST_HEADER) return undefined
  const spaced = apart(header)
  const plain = tokens(spaced.replace(/[([{].*?[)\]}]/g, ' '))
  for (const candidate of [tokens(spaced), plain, fromStart(plain), fromEnd(plain), fromEnd(fromStart(plain))]) {
    const match = matches().get(candidate.join(''))
    if (match) return match
  }
  return undefined
}

/** Whether a header is about a colleague who works on the row: an address below it is not the lead's. */
export function isAboutColleague(header: string): boolean {
  if (header.length > LONGEST_HEADER) return false
  colleagues ??= words(table().COLLEAGUES)
  details ??= words(table().DETAILS)
  const all = tokens(apart(header))
  const about = all.filter((token) => !details!.has(token))
  // The lead of "Owner email" may be the owner of a business.
  return colleagues.has(all.join('')) || (about.length > 1 && colleagues.has(about.join('')))
}

function apart(header: string): string {
  return header.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replace(/(\p{L})(?=\d)/gu, '$1 ')
}

/** Whether a header means a whole, a given or a family name, by what stands beside it. */
export function isNameHeader(header: string): boolean {
  return /^(name|nom|nome|naam|nombre)$/.test(tokens(header).join(''))
}

/** The longest spelling in the table has 40 letters; sentences are not headers. */
export const LONGEST_HEADER = 80

function tokens(text: string): readonly string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '')
}

// Words that say nothing are dropped, but one word is always left.
function fromStart(tokens: readonly string[]): readonly string[] {
  noise ??= words(table().NOISE)
  let count = 0
  while (count < tokens.length - 1 && noise.has(tokens[count]!)) count += 1
  return tokens.slice(count)
}

function fromEnd(tokens: readonly string[]): readonly string[] {
  return [...fromStart([...tokens].reverse())].reverse()
}

function matches(): ReadonlyMap<string, HeaderMatch> {
  if (fieldByWord) return fieldByWord
  const { WORDS } = table()
  const map = new Map<string, HeaderMatch>()
  for (const field of FIELD_NAMES) {
    const own = [fieldInfo(field).label, field].map((text) => tokens(text).join(''))
    for (const [rank, word] of [...own, ...words(WORDS[field] ?? '')].entries()) {
      if (!map.has(word)) map.set(word, { field, rank })
    }
  }
  fieldByWord = map
  return map
}

const table = () => require('./header-table') as typeof import('./header-table')

let fieldByWord: ReadonlyMap<string, HeaderMatch> | undefined
let noise: ReadonlySet<string> | undefined
let colleagues: ReadonlySet<string> | undefined
let details: ReadonlySet<string> | undefined
