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

// Scratch space: a comparison of two words takes less time than to allocate for it.
let beforePrevious = new Uint16Array(MAX_LENGTH + 1)
let previous = new Uint16Array(MAX_LENGTH + 1)
let current = new Uint16Array(MAX_LENGTH + 1)
const usedA = new Uint8Array(MAX_LENGTH)
const usedB = new Uint8Array(MAX_LENGTH)
