/**
 * The number of edits (insert, delete, replace, swap of neighbours) between two texts, as far as it is at most `most`;
 * `most + 1` beyond. Each piece of text may be edited once (optimal string alignment).
 */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > most) return most + 1
  let start = 0
  let endA = a.length
  let endB = b.length
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--
    endB--
  }
  const [lengthA, lengthB] = [endA - start, endB - start]
  if (lengthA === 0 || lengthB === 0) return Math.min(Math.max(lengthA, lengthB), most + 1)
  if (lengthA <= WORD && isAscii(a, start, endA) && isAscii(b, start, endB))
    return distanceByBits({ a, b, start, endA, endB, most })
  if (lengthB > MAX_LENGTH) return most + 1
  for (let j = 0; j <= lengthB; j++) previous[j] = j
  for (let i = 1; i <= lengthA; i++) {
    current[0] = i
    let best = i
    const code = a.charCodeAt(start + i - 1)
    for (let j = 1; j <= lengthB; j++) {
      const other = b.charCodeAt(start + j - 1)
      let cost = previous[j - 1]! + (code === other ? 0 : 1)
      if (previous[j]! + 1 < cost) cost = previous[j]! + 1
      if (current[j - 1]! + 1 < cost) cost = current[j - 1]! + 1
      if (
        i > 1 &&
        j > 1 &&
        code === b.charCodeAt(start + j - 2) &&
        a.charCodeAt(start + i - 2) === other &&
        beforePrevious[j - 2]! + 1 < cost
      )
        cost = beforePrevious[j - 2]! + 1
      current[j] = cost
      if (cost < best) best = cost
    }
    if (best > most) return most + 1
    const spare = beforePrevious
    beforePrevious = previous
    previous = current
    current = spare
  }
  return Math.min(previous[lengthB]!, most + 1)
}

// A column of the table of distances as the bits of a word (Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein
// and Damerau edit distances").
function distanceByBits({ a, b, start, endA, endB, most }: Span): number {
  const length = endA - start
  for (let at = 0; at < length; at++) places[a.charCodeAt(start + at)]! |= 1 << at
  const last = 1 << (length - 1)
  let score = length
  let up = -1
  let down = 0
  let diagonal = 0
  let before = 0
  for (let at = start; at < endB; at++) {
    const found = places[b.charCodeAt(at)]!
    const swapped = ((~diagonal & found) << 1) & before
    diagonal = (((found & up) + up) ^ up) | found | down | swapped
    let right = down | ~(diagonal | up)
    const left = diagonal & up
    if ((right & last) !== 0) score++
    else if ((left & last) !== 0) score--
    right = (right << 1) | 1
    up = (left << 1) | ~(diagonal | right)
    down = right & diagonal
    before = found
    // What is left of the text can make up for one edit a letter.
    if (score - (endB - at - 1) > most) break
  }
  for (let at = start; at < endA; at++) places[a.charCodeAt(at)] = 0
  return Math.min(score, most + 1)
}

interface Span {
  readonly a: string
  readonly b: string
  readonly start: number
  readonly endA: number
  readonly endB: number
  readonly most: number
}

function isAscii(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) > 127) return false
  return true
}

/** The letters and digits of a plain text as bits: texts of few edits have most of them in common. */
export function lettersOf(text: string): number {
  let letters = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 96 && code < 123) letters |= 1 << (code - 97)
    else if (code !== 32) letters |= 1 << (26 + (code & 3))
  }
  return letters
}

/** How many bits are set. */
export function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The likeness of two texts by Jaro and Winkler, 0..1; 1 for equal texts. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const [lengthA, lengthB] = [a.length, b.length]
  if (lengthA === 0 || lengthB === 0 || lengthA > MAX_LENGTH || lengthB > MAX_LENGTH) return 0
  const window = Math.max((Math.max(lengthA, lengthB) >> 1) - 1, 0)
  usedA.fill(0, 0, lengthA)
  usedB.fill(0, 0, lengthB)
  let matches = 0
  for (let i = 0; i < lengthA; i++) {
    const code = a.charCodeAt(i)
    const end = Math.min(i + window + 1, lengthB)
    for (let j = Math.max(0, i - window); j < end; j++) {
      if (usedB[j] === 1 || b.charCodeAt(j) !== code) continue
      usedA[i] = 1
      usedB[j] = 1
      matches++
      break
    }
  }
  if (matches === 0) return 0
  let swaps = 0
  for (let i = 0, j = 0; i < lengthA; i++) {
    if (usedA[i] === 0) continue
    while (usedB[j] === 0) j++
    if (a.charCodeAt(i) !== b.charCodeAt(j)) swaps++
    j++
  }
  const jaro = (matches / lengthA + matches / lengthB + (matches - swaps / 2) / matches) / 3
  let prefix = 0
  while (prefix < 4 && prefix < lengthA && prefix < lengthB && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** Longer texts are not compared letter by letter. */
const MAX_LENGTH = 254

/** So many letters fit into the bits of one number. */
const WORD = 31

// Scratch space: a comparison of two words takes less time than to allocate for it.
let beforePrevious = new Uint16Array(MAX_LENGTH + 1)
let previous = new Uint16Array(MAX_LENGTH + 1)
let current = new Uint16Array(MAX_LENGTH + 1)
const places = new Int32Array(128)
const usedA = new Uint8Array(MAX_LENGTH)
const usedB = new Uint8Array(MAX_LENGTH)
