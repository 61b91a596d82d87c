import { words } from '../normalize/text'
import { plainText } from './spelling'

/** A person's name for comparing: plain text, titles and degrees gone. Empty texts where a part is missing. */
export interface Name {
  readonly given: string
  readonly family: string
  /** What stands between the two, and further given names. */
  readonly middle: string
  /** `jr`, `sr`, `2`, `3` or `4`; empty when the name says none. */
  readonly generation: string
}

/** Reads a given or a family name in a column of its own. */
export function readPart(text: string): { readonly words: readonly string[]; readonly generation: string } {
  return strip(plainText(dropAsides(text)).split(' '))
}

/** Reads a whole name, as `Family, Given` too. */
export function readFullName(text: string): Name {
  const [head = '', ...rest] = dropAsides(text).split(/[,،、;]/)
  const tail = rest.map((part) => strip(plainText(part).split(' '))).find(({ words: left }) => left.length > 0)
  const front = strip(plainText(head).split(' '))
  const generation =
    front.generation || rest.map((part) => generationOf(plainText(part))).find((found) => found !== '') || ''
  if (tail && !tail.isDegree && front.words.length > 0) {
    const [given = '', ...middle] = tail.words
    return {
      given,
      family: front.words.join(' '),
      middle: middle.join(' '),
      generation: generation || tail.generation,
    }
  }
  const { words: parts } = front
  if (parts.length < 2) return { given: parts[0] ?? '', family: '', middle: '', generation }
  const start = familyStart(parts)
  return {
    given: parts[0]!,
    middle: parts.slice(1, start).join(' '),
    family: parts.slice(start).join(' '),
    generation,
  }
}

// Nicknames in brackets or quotes, what follows a bar.
function dropAsides(text: string): string {
  return ASIDE.test(text) ? text.replace(/\([^)]*\)|\[[^\]]*\]|"[^"]*"|“[^”]*”/g, ' ').replace(/[|•].*$/, '') : text
}

const ASIDE = /[([|•"“]/

interface Stripped {
  readonly words: readonly string[]
  readonly generation: string
  /** Nothing but degrees was there. */
  readonly isDegree: boolean
}

function strip(parts: readonly string[]): Stripped {
  titles ??= words(TITLES)
  degrees ??= words(DEGREES)
  let start = 0
  let end = parts[0] === '' ? 0 : parts.length
  let generation = ''
  while (end - start > 1 && titles.has(parts[start]!)) start++
  for (; end - start > 1; end--) {
    const found = generationOf(parts[end - 1]!)
    if (found !== '') generation = found
    else if (!degrees.has(parts[end - 1]!)) break
  }
  const isDegree = end - start === 1 && degrees.has(parts[start]!)
  return { words: parts.slice(start, end), generation, isDegree }
}

function generationOf(word: string): string {
  return GENERATIONS[word] ?? ''
}

const GENERATIONS: { readonly [word: string]: string } = {
  jr: 'jr',
  jnr: 'jr',
  junior: 'jr',
  sr: 'sr',
  snr: 'sr',
  senior: 'sr',
  ii: '2',
  iii: '3',
  iv: '4',
}

function familyStart(parts: readonly string[]): number {
  particles ??= words(PARTICLES)
  let start = parts.length - 1
  while (start > 1 && particles.has(parts[start - 1]!)) start--
  return start
}

let titles: ReadonlySet<string> | undefined
let degrees: ReadonlySet<string> | undefined
let particles: ReadonlySet<string> | undefined

const TITLES =
  'mr mrs ms miss mx dr prof professor sir dame rev reverend hon capt captain col gen lt maj sgt mme mlle monsieur madame ' +
  'mademoiselle maitre herr frau dipl mag sra srta senor senora lic dott dottore dottssa avv dhr mevr mevrouw drs ir ' +
  'president prasident presidente minister senator ambassador sheikh shaikh shri smt haji hajji mullah mr dr'

const DEGREES =
  'phd dphil msc mphil mba emba mpa mph bsc beng llb llm jd md dds dmd dvm rn cpa cfa cma pmp esq mrics obe mbe cbe ing pe'

const PARTICLES =
  'van von vom der den de del della di da do dos das la le du el al ul bin bint ibn ben abu ter ten te zu zum zur af av st san santa mac mc o'
