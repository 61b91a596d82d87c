/** Texts by number: equal texts have one number, so that comparing two is comparing numbers. */
export interface Pool {
  readonly texts: string[]
  /** The number of a text; -1 for the empty one. */
  readonly id: (text: string) => number
}

/** An empty pool. */
export function makePool(): Pool {
  const texts: string[] = []
  const ids = new Map<string, number>()
  return {
    texts,
    id(text) {
      if (text === '') return -1
      const known = ids.get(text)
      if (known !== undefined) return known
      ids.set(text, texts.length)
      return texts.push(text) - 1
    },
  }
}

/** A function of two numbers that remembers some of its latest results: its value is 0..254 and the same either way round. */
export function remember(compute: (a: number, b: number) => number): (a: number, b: number) => number {
  let computed = 0
  let memory: Memory | undefined
  return (a, b) => {
    const low = a < b ? a : b
    const high = a < b ? b : a
    if (computed < FEW) {
      computed++
      return compute(low, high)
    }
    const { lows, highs, values } = (memory ??= makeMemory())
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> SHIFT
    if (lows[slot] === low && highs[slot] === high) return values[slot]!
    const value = compute(low, high)
    lows[slot] = low
    highs[slot] = high
    values[slot] = value
    return value
  }
}

interface Memory {
  readonly lows: Int32Array
  readonly highs: Int32Array
  readonly values: Uint8Array
}

const makeMemory = (): Memory => ({
  lows: new Int32Array(SLOTS).fill(-1),
  highs: new Int32Array(SLOTS),
  values: new Uint8Array(SLOTS),
})

// Two rows on their own ask so seldom that 300 KB of memory for each piece of evidence would cost more than it saves.
const FEW = 16

const SLOTS = 1 << 15
const SHIFT = 32 - 15

/** Reads a text once: values such as first names and companies come again and again. Forgets none of the first 50,000. */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const value = read(text)
    if (known.size < 50_000) known.set(text, value)
    return value
  }
}
