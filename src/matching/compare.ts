import type { Evidence } from './evidence'
import { isGenderedPair } from './gendered-names'
import type { CompanyPart, Mailboxes, NamePart, Names, Organisations, Records, Texts, Values } from './normalise'
import { isFreeMailDomain } from '../normalize/free-mail'
import { remember } from './pool'
import { bitCount, editDistance, jaroWinkler } from './similarity'

/** Compares records two at a time; what came out stands in its arrays until the next comparison. */
export interface Comparer {
  readonly evidence: readonly Evidence[]
  /** The level of each evidence. */
  readonly levels: Uint8Array
  /** How many records hold the value that two share, where the level is 1. */
  readonly holders: Float64Array
  /** How often two records of the list hold one value of an evidence, among those that hold any. */
  readonly collisions: readonly number[]
  /** Of two equal addresses made from the name: the share of all addresses that is at their domain; 0 for any other. */
  mailboxShare: number
  /** What else was seen, as bits of `Sign`. */
  signs: number
  compare(a: number, b: number): void
}

/** What is seen beside the levels, each a bit. */
export const Sign = {
  /** Given and family name stand in each other's column. */
  crossed: 1,
  /** Jr and Sr, II and III. */
  generations: 2,
  /** One row has no name of a person. */
  oneNameless: 4,
  bothNameless: 8,
  /** The same address, a shared one too. */
  sameMailbox: 16,
  /** Two given names that are both frequent in this list, alike in their letters only. */
  bothFrequent: 32,
  /** Both write a middle name or initial, and they do not agree. */
  middles: 64,
  /** Only one of them is called Jr, Sr or III. */
  oneGeneration: 128,
  /** One company tells two addresses apart by a number or by Jr, as it does for two people of one name. */
  numbered: 256,
} as const

/** Levels of `given_name`. */
export const Given = { equal: 1, nickname: 2, initial: 3, close: 4, different: 5 } as const

/** Levels of `family_name`. */
export const Family = { equal: 1, close: 2, part: 3, sound: 4, different: 5 } as const

/** Makes what compares the records of a list. */
export function makeComparer(records: Records): Comparer {
  const evidence: Evidence[] = []
  const steps: ((a: number, b: number) => void)[] = []
  const levels = new Uint8Array(MAX_EVIDENCE)
  const holders = new Float64Array(MAX_EVIDENCE)
  const collisions: number[] = []
  const comparer = {
    evidence,
    levels,
    holders,
    collisions,
    mailboxShare: 0,
    signs: 0,
    compare(a: number, b: number) {
      comparer.signs = 0
      for (let step = 0; step < steps.length; step++) steps[step]!(a, b)
    },
  }
  const add = (kind: Evidence, counts: Int32Array): number => {
    collisions.push(collisionRate(counts))
    return evidence.push(kind) - 1
  }
  const { names, mailboxes, lines, profiles, organisations, texts, about } = records
  if (names) {
    const at = add('given_name', names.givenCounts)
    add('family_name', names.familyCounts)
    steps.push(compareNames(names, comparer, at))
  }
  if (profiles) steps.push(compareValues(profiles, comparer, { at: add('linkedin', profiles.counts), level: () => 2 }))
  if (mailboxes) {
    const at = add('email', mailboxes.counts)
    steps.push(compareMailboxes(mailboxes, comparer, { at, names }))
  }
  if (lines) {
    const digits = lines.pool.texts
    const level = remember((a, b) => (isOneDigitOff(digits[a]!, digits[b]!) ? 2 : 3))
    steps.push(compareValues(lines, comparer, { at: add('phone', lines.counts), level }))
  }
  if (organisations && about === 'contact')
    steps.push(compareEmployers(organisations, comparer, add('organisation', organisations.labelCounts)))
  if (organisations && about === 'company') {
    steps.push(compareCompanies(organisations, comparer, add('company', organisations.counts)))
    if (organisations.width > 0)
      steps.push(compareDomains(organisations, comparer, add('domain', organisations.labelCounts)))
  }
  for (const column of texts) {
    if (evidence.length >= MAX_EVIDENCE - 2) break
    steps.push(compareTexts(column, comparer, add(column.kind, column.counts)))
  }
  return comparer
}

const MAX_EVIDENCE = 24

function collisionRate(counts: Int32Array): number {
  let total = 0
  let equal = 0
  for (const count of counts) {
    total += count
    equal += count * (count - 1)
  }
  return total < 2 ? 0 : equal / (total * (total - 1))
}

type State = Pick<Comparer, 'levels' | 'holders' | 'mailboxShare' | 'signs'>

// A name is frequent when more than one record in two hundred bears it.
const FREQUENT = 1 / 200

function compareNames(names: Names, state: State, at: number): (a: number, b: number) => void {
  const { given, family, former, middle, generation, givenCounts, familyCounts, parts } = names
  const givenLevel = remember((a, b) => compareGiven(parts[a]!, parts[b]!))
  const familyLevel = remember((a, b) => compareFamily(parts[a]!, parts[b]!))
  const frequentFrom = Math.max(3, given.length * FREQUENT)
  const { levels, holders } = state
  // The levels of two given and two family names as one number, the better the smaller; 0 where they do not agree.
  const crosswise = (given1: number, given2: number, family1: number, family2: number): number => {
    const first = given1 < 0 || given2 < 0 ? 0 : given1 === given2 ? 1 : givenLevel(given1, given2)
    const last = family1 < 0 || family2 < 0 ? 0 : family1 === family2 ? 1 : familyLevel(family1, family2)
    const agrees = (first > 0 && first < Given.initial) || (last > 0 && last < Family.part)
    return agrees && first !== Given.different && last !== Family.different ? (first << 4) + last : 0
  }
  const hasMiddles = middle.some((id) => id >= 0)
  const wordsOf = (record: number): readonly string[] =>
    [given[record]!, middle[record]!, family[record]!].flatMap((id) => (id < 0 ? [] : parts[id]!.words))
  const wholeNames = (a: number, b: number, seen: number): number =>
    middle[a]! < 0 && middle[b]! < 0 && family[a]! >= 0 && family[b]! >= 0
      ? 0
      : compareWhole(wordsOf(a), wordsOf(b), seen)
  const isFormer = (a: number, b: number): boolean =>
    (former[a]! >= 0 && (former[a] === family[b] || former[a] === former[b])) ||
    (former[b]! >= 0 && former[b] === family[a])
  return (a, b) => {
    const [givenA, givenB, familyA, familyB] = [given[a]!, given[b]!, family[a]!, family[b]!]
    const namelessA = givenA < 0 && familyA < 0
    const namelessB = givenB < 0 && familyB < 0
    if (namelessA || namelessB) {
      levels[at] = 0
      levels[at + 1] = 0
      state.signs |= namelessA && namelessB ? Sign.bothNameless : Sign.oneNameless
      return
    }
    let first = givenA < 0 || givenB < 0 ? 0 : givenA === givenB ? 1 : givenLevel(givenA, givenB)
    let last = familyA < 0 || familyB < 0 ? 0 : familyA === familyB ? 1 : familyLevel(familyA, familyB)
    holders[at] = givenCounts[givenA] ?? 0
    holders[at + 1] = familyCounts[familyA] ?? 0
    const isStraight = (first > 0 && first < Given.different) || (last > 0 && last < Family.different)
    if (!isStraight) {
      // Which of the two rows is the swapped one shows only by what agrees better.
      const one = crosswise(givenA, familyB, familyA, givenB)
      const two = crosswise(familyA, givenB, givenA, familyB)
      const best = two !== 0 && (one === 0 || two < one) ? two : one
      if (best !== 0) {
        first = best >> 4
        last = best & 15
        state.signs |= Sign.crossed
        const [firstId, lastId] = best === one ? [givenA, familyA] : [familyA, givenA]
        holders[at] = (givenCounts[firstId] ?? 0) + (familyCounts[firstId] ?? 0)
        holders[at + 1] = (familyCounts[lastId] ?? 0) + (givenCounts[lastId] ?? 0)
      }
    }
    if (last === Family.different && first < Given.different && isFormer(a, b)) last = Family.part
    // Names in one column may stand in any order and be written together.
    let isWhole = false
    if (first !== Given.equal || last !== Family.equal) {
      const whole = hasMiddles || familyA < 0 || familyB < 0 ? wholeNames(a, b, (first << 4) + last) : 0
      if (whole !== 0) {
        first = whole >> 4
        last = whole & 15
        isWhole = true
      }
    }
    levels[at] = first
    levels[at + 1] = last
    if (generation[a] !== generation[b])
      state.signs |= generation[a] === 0 || generation[b] === 0 ? Sign.oneGeneration : Sign.generations
    if (first === Given.close && givenCounts[givenA]! >= frequentFrom && givenCounts[givenB]! >= frequentFrom)
      state.signs |= Sign.bothFrequent
    if (!isWhole && middle[a]! >= 0 && middle[b]! >= 0 && middle[a] !== middle[b])
      if (haveOtherMiddles(parts[middle[a]!]!.words, parts[middle[b]!]!.words)) state.signs |= Sign.middles
  }
}

// Both have a middle name or initial that the other has not.
function haveOtherMiddles(a: readonly string[], b: readonly string[]): boolean {
  const fits = (word: string, others: readonly string[]) =>
    others.some(
      (other) =>
        other === word ||
        ((word.length === 1 || other.length === 1) && word[0] === other[0]) ||
        isTypo(word, other, 0.9),
    )
  return a.some((word) => !fits(word, b)) && b.some((word) => !fits(word, a))
}

// Levels of given and family name by all words of two names, as one number; 0 where they say no more than was seen.
function compareWhole(a: readonly string[], b: readonly string[], seen: number): number {
  if (a.length < 1 || b.length < 1) return 0
  const [joinedA, joinedB] = [a.join(''), b.join('')]
  if (joinedA.length >= 7 && a.length !== b.length) {
    if (joinedA === joinedB) return (Given.equal << 4) + Family.equal
    if (Math.min(a.length, b.length) === 1 && editDistance(joinedA, joinedB, 1) <= 1)
      return (Given.close << 4) + Family.equal
  }
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length < 2) return 0
  const [first, last] = [seen >> 4, seen & 15]
  // The same words in another order, all of them.
  if (first !== Given.equal && short.length === long.length && short.length > 2) {
    const left = [...long]
    let typos = 0
    for (const word of short) {
      const at = left.indexOf(word)
      const near = at >= 0 ? at : left.findIndex((other) => isTypo(word, other, 0.9))
      if (near < 0) return 0
      if (at < 0) typos++
      left.splice(near, 1)
    }
    return ((typos > 0 ? Given.close : Given.equal) << 4) + (typos > 1 ? Family.close : Family.equal)
  }
  const isInside = (word: string | undefined) =>
    word !== undefined && word.length > 2 && long.slice(1, -1).includes(word)
  // Somebody goes by a middle name, or by the first of two family names.
  if (first === Given.different && last === Family.equal && isInside(short[0])) return (Given.nickname << 4) + last
  if (last === Family.different && first === Given.equal && isInside(short[short.length - 1]))
    return (first << 4) + Family.part
  return 0
}

function compareGiven(a: NamePart, b: NamePart): number {
  const [nameA = '', nameB = ''] = [a.words[0], b.words[0]]
  if (nameA.length === 1 || nameB.length === 1) return nameA[0] === nameB[0] ? Given.initial : Given.different
  if (nameA === nameB) return Given.nickname
  if (a.formal.some((name) => b.formal.includes(name))) return Given.nickname
  // "Mary Ann" and "Ann Mary", "Jean-Luc" and "Luc"; an initial that stands before the name that is used.
  if (a.words.length + b.words.length > 2) {
    if (a.words.some((word) => word.length > 1 && b.words.includes(word))) return Given.nickname
    if (a.joined === b.joined) return Given.equal
  }
  const isClose = mayBeTypo(a.letters, b.letters) && isTypo(a.text, b.text, 0.92)
  return isClose && !isGenderedPair(nameA, nameB) ? Given.close : Given.different
}

function compareFamily(a: NamePart, b: NamePart): number {
  const [joinedA, joinedB] = [a.joined, b.joined]
  if (joinedA === joinedB) return Family.equal
  if (mayBeTypo(a.letters, b.letters) && isTypo(joinedA, joinedB, 0.93)) return Family.close
  if (joinedA.length === 1 || joinedB.length === 1) return joinedA[0] === joinedB[0] ? Family.part : Family.different
  if (a.words.length !== b.words.length || a.words.length > 1) {
    const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
    if (short.some((word) => word.length > 2 && long.some((other) => other === word || isTypo(word, other, 0.95))))
      return Family.part
  }
  if (a.sound === b.sound && a.sound.length > 2) return Family.sound
  return Family.different
}

// One slip of the finger: for short words it has to leave most letters alone.
function isTypo(a: string, b: string, likeness: number): boolean {
  const shortest = Math.min(a.length, b.length)
  if (shortest < 3) return false
  const edits = editDistance(a, b, 2)
  if (edits <= 1) return true
  if (edits === 2 && shortest >= 7) return true
  return jaroWinkler(a, b) >= likeness
}

// A quick no for most pairs: two edits touch four letters at the most.
function mayBeTypo(lettersA: number, lettersB: number): boolean {
  return bitCount(lettersA ^ lettersB) <= 4
}

function compareValues(
  { width, ids, counts, isShared }: Values,
  state: State,
  { at, level }: { readonly at: number; readonly level: (a: number, b: number) => number },
): (a: number, b: number) => void {
  const { levels, holders } = state
  return (a, b) => {
    let best = 0
    for (let i = a * width; i < (a + 1) * width; i++) {
      const own = ids[i]!
      if (own < 0) continue
      for (let j = b * width; j < (b + 1) * width; j++) {
        const other = ids[j]!
        if (other < 0) continue
        if (isShared[own] === 1 || isShared[other] === 1) continue
        if (own === other) {
          levels[at] = 1
          holders[at] = counts[own]!
          return
        }
        const found = level(own, other)
        if (best === 0 || found < best) best = found
      }
    }
    levels[at] = best
  }
}

// One digit replaced, or two neighbours swapped. Neighbouring direct lines differ in their last two digits: that is no slip.
function isOneDigitOff(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 7) return false
  let first = -1
  let others = 0
  for (let at = 0; at < a.length; at++) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue
    if (first < 0) first = at
    else if (++others > 1 || at !== first + 1) return false
  }
  if (first >= a.length - 2) return false
  return others === 0 || (a[first] === b[first + 1] && a[first + 1] === b[first])
}

function compareMailboxes(
  mailboxes: Mailboxes,
  state: State,
  { at, names }: { readonly at: number; readonly names: Names | undefined },
): (a: number, b: number) => void {
  const { width, ids, counts, isShared, locals, isNamed, pool, shares } = mailboxes
  const { levels, holders } = state
  const close = remember((a, b) => compareAddress(pool.texts[a]!, pool.texts[b]!))
  return (a, b) => {
    let best = 0
    for (let i = a * width; i < (a + 1) * width; i++) {
      const own = ids[i]!
      if (own < 0) continue
      for (let j = b * width; j < (b + 1) * width; j++) {
        const other = ids[j]!
        if (other < 0) continue
        if (own === other) state.signs |= Sign.sameMailbox
        if (isShared[own] === 1 || isShared[other] === 1) continue
        if (own === other) {
          levels[at] = 1
          holders[at] = counts[own]!
          state.mailboxShare = isNamed[i] === 1 || isNamed[j] === 1 ? shares[i]! : 0
          return
        }
        const isSameName = locals[i] === locals[j] && isNamed[i] === 0 && isNamed[j] === 0
        let found = isSameName ? 2 : !names || namesAgree(levels) ? close(own, other) : 4
        if (found === NUMBERED) state.signs |= Sign.numbered
        else if (found === 3 && names && isMirrored(names, { a, b, one: pool.texts[own]!, two: pool.texts[other]! }))
          found = 4
        if (best === 0 || found < best) best = found
      }
    }
    levels[at] = Math.min(best, 4)
  }
}

// Names come first among the evidence.
function namesAgree(levels: Uint8Array): boolean {
  return levels[0] !== Given.different && levels[1] !== Family.different
}

/** What `compareAddress` says of addresses that a company tells apart by a number or by Jr: they differ. */
const NUMBERED = 5

function compareAddress(a: string, b: string): number {
  const [at, other] = [a.lastIndexOf('@'), b.lastIndexOf('@')]
  const host = a.slice(at)
  if (host === b.slice(other) && unnumbered(a.slice(0, at)) === unnumbered(b.slice(0, other)))
    return isFreeMailDomain(host.slice(1)) ? 4 : NUMBERED
  if (a.length < 8 || editDistance(a, b, 2) > 2) return 4
  return a.replace(/\d/g, '') === b.replace(/\d/g, '') ? 4 : 3
}

function unnumbered(local: string): string {
  return local.replace(/(?:[._-]?(?:\d+|jn?r|sn?r|i{2,3}|iv))+$/, '')
}

// What the names differ in, the addresses made of them differ in too: then it is no slip, and no address is a typing error.
function isMirrored(
  { given, family, parts }: Names,
  { a, b, one, two }: { readonly a: number; readonly b: number; readonly one: string; readonly two: string },
): boolean {
  const difference = differenceOf(one, two)
  return [given, family].some((ids) => {
    const [own, other] = [parts[ids[a]!]?.joined ?? '', parts[ids[b]!]?.joined ?? '']
    if (own === other) return false
    return difference === differenceOf(own, other) || difference === `${own[0]}|${other[0]}`
  })
}

// What is left of two texts without their common beginning and end.
function differenceOf(a: string, b: string): string {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return `${a.slice(start, a.length - end)}|${b.slice(start, b.length - end)}`
}

function compareEmployers(organisations: Organisations, state: State, at: number): (a: number, b: number) => void {
  const { cores, width, labelsOf, labels, labelLetters, labelCounts, parts, wordWeights } = organisations
  const stride = width + 1
  const closeLabel = remember((a, b) => (isCloseLabel(labels.texts[a]!, labels.texts[b]!) ? 2 : 3))
  const similar = remember((a, b) => (isSimilarName(parts[a]!, parts[b]!, wordWeights) ? 2 : 3))
  const { levels, holders } = state
  return (a, b) => {
    const [startA, startB] = [a * stride, b * stride]
    for (let i = startA; i < startA + stride; i++) {
      const own = labelsOf[i]!
      if (own < 0) continue
      for (let j = startB; j < startB + stride; j++) {
        if (labelsOf[j] !== own) continue
        levels[at] = 1
        holders[at] = labelCounts[own]!
        return
      }
    }
    if (labelsOf[startA]! >= 0 && labelsOf[startB]! >= 0) {
      levels[at] = similar(cores[a]!, cores[b]!)
      return
    }
    // Without both names the domains decide, a slip in one of them forgiven.
    let level = 0
    for (let i = startA + 1; level !== 2 && i < startA + stride; i++) {
      const own = labelsOf[i]!
      if (own < 0) continue
      for (let j = startB + 1; level !== 2 && j < startB + stride; j++) {
        const other = labelsOf[j]!
        if (other < 0) continue
        level = mayBeTypo(labelLetters[own]!, labelLetters[other]!) ? closeLabel(own, other) : 3
      }
    }
    levels[at] = level
  }
}

function isCloseLabel(a: string, b: string): boolean {
  const shortest = Math.min(a.length, b.length)
  return shortest >= 6 && editDistance(a, b, 2) <= (shortest >= 10 ? 2 : 1)
}

function compareCompanies(organisations: Organisations, state: State, at: number): (a: number, b: number) => void {
  const { cores, counts, parts, wordWeights } = organisations
  const level = remember((a, b) => compareCompanyNames(parts[a]!, parts[b]!, wordWeights))
  const { levels, holders } = state
  return (a, b) => {
    const [own, other] = [cores[a]!, cores[b]!]
    levels[at] = own < 0 || other < 0 ? 0 : own === other ? 1 : level(own, other)
    holders[at] = counts[own] ?? 0
  }
}

/**
 * Levels of `company`: 1 equal, 2 close, 3 one contains the other or is its acronym, 4 similar, 5 shares a word, 6
 * different. Names with different numerals are never closer than 4: Fund III is not Fund IV.
 */
export function compareCompanyNames(a: CompanyPart, b: CompanyPart, weights: readonly number[]): number {
  const [joinedA, joinedB] = [a.joined, b.joined]
  if (joinedA === joinedB) return 1
  const sameNumbers = a.numbers === b.numbers
  const shortest = Math.min(joinedA.length, joinedB.length)
  if (sameNumbers && shortest >= 5) {
    const edits = editDistance(joinedA, joinedB, 2)
    if (edits <= 1 || (edits === 2 && shortest >= 8)) return 2
  }
  if (sameNumbers && ((a.acronym !== '' && a.acronym === joinedB) || (b.acronym !== '' && b.acronym === joinedA)))
    return 3
  const { overlap, contained, isWhole } = softOverlap(a, b, weights)
  if (sameNumbers && ((overlap >= 0.92 && isWhole) || haveSameWords(a, b))) return 2
  const shorter = a.words.length <= b.words.length ? a : b
  if (sameNumbers && contained >= 0.9 && shortest >= 4 && !shorter.isGeneric) return 3
  if (overlap >= 0.75) return 4
  return overlap >= 0.4 ? 5 : 6
}

// "Nowak Partnership & Hopper Nowak" and "Nowak & Hopper Partnership".
function haveSameWords(a: CompanyPart, b: CompanyPart): boolean {
  return (
    a.words.length > 2 &&
    a.words.every((word) => b.words.includes(word)) &&
    b.words.every((word) => a.words.includes(word))
  )
}

// Employers are given as people speak of them: one name may be a part of the other.
function isSimilarName(a: CompanyPart, b: CompanyPart, weights: readonly number[]): boolean {
  // All letters of the shorter one but two have to be in the longer one.
  const missing = a.joined.length < b.joined.length ? a.letters & ~b.letters : b.letters & ~a.letters
  return bitCount(missing) <= 2 && compareCompanyNames(a, b, weights) <= 3
}

interface Wordy {
  readonly words: readonly number[]
  readonly wordTexts: readonly string[]
}

// Shares of weight in words that two texts have in common, typing errors forgiven: of both, and of the shorter one; and
// whether one of them has no word of its own.
function softOverlap(
  a: Wordy,
  b: Wordy,
  weights: readonly number[],
): { readonly overlap: number; readonly contained: number; readonly isWhole: boolean } {
  let common = 0
  let [totalA, totalB] = [0, 0]
  let used = 0
  for (let j = 0; j < b.words.length; j++) totalB += weights[b.words[j]!]!
  for (let i = 0; i < a.words.length; i++) {
    const weight = weights[a.words[i]!]!
    totalA += weight
    for (let j = 0; j < b.words.length && j < 31; j++) {
      if ((used & (1 << j)) !== 0) continue
      if (a.words[i] !== b.words[j] && !isWordAlike(a.wordTexts[i]!, b.wordTexts[j]!)) continue
      used |= 1 << j
      common += (weight + weights[b.words[j]!]!) / 2
      break
    }
  }
  const shorter = Math.min(totalA, totalB)
  return {
    overlap: totalA + totalB === 0 ? 0 : (2 * common) / (totalA + totalB),
    contained: shorter === 0 ? 0 : common / shorter,
    isWhole: bitCount(used) === Math.min(a.words.length, b.words.length),
  }
}

function isWordAlike(a: string, b: string): boolean {
  const shortest = Math.min(a.length, b.length)
  if (shortest < 4 || Math.abs(a.length - b.length) > 5) return false
  // Most words differ in their first letters already.
  if (a.charCodeAt(0) !== b.charCodeAt(0) && a.charCodeAt(1) !== b.charCodeAt(1)) return false
  if (isDigit(a.charCodeAt(0)) || isDigit(b.charCodeAt(0))) return false
  return editDistance(a, b, 1) <= (shortest < 5 ? 0 : 1) || a.startsWith(b) || b.startsWith(a)
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

function compareDomains(organisations: Organisations, state: State, at: number): (a: number, b: number) => void {
  const { width, labelsOf, labelCounts } = organisations
  const stride = width + 1
  const { levels, holders } = state
  return (a, b) => {
    levels[at] = 0
    for (let i = a * stride + 1; i < (a + 1) * stride; i++)
      for (let j = b * stride + 1; j < (b + 1) * stride; j++) {
        if (labelsOf[i]! < 0 || labelsOf[j]! < 0) continue
        if (labelsOf[i] === labelsOf[j]) {
          levels[at] = 1
          holders[at] = labelCounts[labelsOf[i]!]!
          return
        }
        levels[at] = 2
      }
  }
}

function compareTexts(column: Texts, state: State, at: number): (a: number, b: number) => void {
  const { ids, counts, pool } = column
  const level = remember((a, b) => compareText(column, a, b))
  const { levels, holders } = state
  return (a, b) => {
    const [own, other] = [ids[a]!, ids[b]!]
    levels[at] = own < 0 || other < 0 || pool.texts.length === 0 ? 0 : own === other ? 1 : level(own, other)
    holders[at] = counts[own] ?? 0
  }
}

function compareText(column: Texts, a: number, b: number): number {
  const { kind, pool, wordWeights } = column
  const [textA, textB] = [pool.texts[a]!, pool.texts[b]!]
  switch (kind) {
    case 'birth_date':
      return compareDates(textA, textB)
    case 'id':
    case 'postcode': {
      const edits = editDistance(textA, textB, 2)
      return edits <= 2 ? edits + 1 : 4
    }
    case 'city':
      if (bitCount(column.letters[a]! ^ column.letters[b]!) > 6) return 4
      if (isTypo(textA, textB, 0.9)) return 2
      return jaroWinkler(textA, textB) >= 0.8 ? 3 : 4
    case 'address':
      return compareAddresses(column, a, b)
    case 'text': {
      const { overlap, contained } = softOverlap(wordyOf(column, a), wordyOf(column, b), wordWeights)
      if (overlap >= 0.75 || (mayBeTypo(column.letters[a]!, column.letters[b]!) && isTypo(textA, textB, 0.93))) return 2
      return overlap >= 0.45 || contained >= 0.8 ? 3 : 4
    }
  }
}

function wordyOf({ words, wordTexts }: Texts, id: number): Wordy {
  return { words: words[id]!, wordTexts: wordTexts[id]! }
}

// Levels of `address`: 1 equal, 2 close, 3 same street but another number, 4 similar, 5 different.
function compareAddresses(column: Texts, a: number, b: number): number {
  const [textA, textB] = [column.pool.texts[a]!, column.pool.texts[b]!]
  if (column.joined[a] === column.joined[b]) return 1
  const { overlap, contained } = softOverlap(wordyOf(column, a), wordyOf(column, b), column.wordWeights)
  const [numbersA, numbersB] = [column.numbers[a]!, column.numbers[b]!]
  const haveNumbers = numbersA.length > 0 && numbersB.length > 0
  if (haveNumbers && !numbersA.some((number) => numbersB.includes(number))) return overlap >= 0.5 ? 3 : 5
  if (overlap >= 0.75 || (mayBeTypo(column.letters[a]!, column.letters[b]!) && isTypo(textA, textB, 0.93))) return 2
  if (haveNumbers && contained >= 0.8) return 2
  return overlap >= 0.45 ? 4 : 5
}

// Dates as digits: one digit off or day and month swapped; then two digits off, or the same day in another year.
function compareDates(a: string, b: string): number {
  const edits = editDistance(a, b, 2)
  if (edits <= 1) return 2
  if (a.length === 8 && b.length === 8) {
    if (a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)) return 2
    if (a.slice(4) === b.slice(4)) return 3
  }
  return edits === 2 ? 3 : 4
}
