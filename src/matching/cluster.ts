import type { Veto } from './score'

/** Pairs of records that are likely the same, side by side. */
export interface Edges {
  readonly length: number
  readonly first: Int32Array
  readonly second: Int32Array
  readonly bits: Float64Array
  /** 1 for a pair that may be merged without asking. */
  readonly sure: Uint8Array
}

/** Records that belong together, with the pairs that tie them. */
export interface Group {
  readonly records: readonly number[]
  /** One less than there are records: the strongest ties, strongest first. */
  readonly ties: readonly Tie[]
  /** Whether sure pairs alone tie them all, and no pair of them speaks against it. */
  readonly isSure: boolean
}

/** A pair of records that were joined, and how strongly. */
export interface Tie {
  readonly a: number
  readonly b: number
  readonly bits: number
}

/** Scores two records, and says whether that is a reason never to put them together. */
export type PairScore = (a: number, b: number) => { readonly bits: number; readonly veto: Veto | undefined }

/**
 * Joins records by their strongest pairs first; two groups are joined only where their members agree on average and no
 * pair of them forbids it (guarded average link). One bad pair therefore chains no groups.
 */
export function cluster(count: number, edges: Edges, score: PairScore): Group[] {
  const order = Array.from({ length: edges.length }, (_, edge) => edge)
  const { first, second, bits, sure } = edges
  order.sort((x, y) => bits[y]! - bits[x]! || first[x]! - first[y]! || second[x]! - second[y]!)
  const groupOf = new Int32Array(count).fill(-1)
  const members: number[][] = []
  const ties: Tie[][] = []
  const sureRoot = new Int32Array(count).map((_, record) => record)
  const place = (record: number) => {
    if (groupOf[record]! < 0) {
      groupOf[record] = members.push([record]) - 1
      ties.push([])
    }
    return groupOf[record]!
  }
  for (const edge of order) {
    const [a, b] = [first[edge]!, second[edge]!]
    const [left, right] = [place(a), place(b)]
    if (left !== right) {
      if (!mayJoin(members[left]!, members[right]!, { score, known: bits[edge]! })) continue
      const [into, from] = members[left]!.length >= members[right]!.length ? [left, right] : [right, left]
      for (const record of members[from]!) {
        groupOf[record] = into
        members[into]!.push(record)
      }
      ties[into]!.push(...ties[from]!, { a, b, bits: bits[edge]! })
      members[from] = []
      ties[from] = []
    }
    if (sure[edge] === 1) sureRoot[rootOf(sureRoot, a)] = rootOf(sureRoot, b)
  }
  return members.flatMap((records, group) => {
    if (records.length < 2) return []
    records.sort((a, b) => a - b)
    const tied = ties[group]!.sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b)
    const root = rootOf(sureRoot, records[0]!)
    const isTied = records.every((record) => rootOf(sureRoot, record) === root)
    return [{ records, ties: tied, isSure: isTied && records.length <= MOST_SURE && agreeAll(records, score) }]
  })
}

/** Larger groups are looked at by a person. */
const MOST_SURE = 50

/** Two groups are refused when their members score below this on average. */
const LEAST_MEAN = -2

/** A single pair counts for at most so many bits, either way. */
const MOST_BITS = 12

/** Of each group at most so many members are compared with the other's. */
const COMPARED = 16

function mayJoin(
  left: readonly number[],
  right: readonly number[],
  { score, known }: { readonly score: PairScore; readonly known: number },
): boolean {
  if (left.length === 1 && right.length === 1) return known > LEAST_MEAN
  const [some, others] = [left.slice(0, COMPARED), right.slice(0, COMPARED)]
  let sum = 0
  for (const a of some)
    for (const b of others) {
      const { bits, veto } = score(Math.min(a, b), Math.max(a, b))
      if (veto === 'generations') return false
      sum += Math.max(-MOST_BITS, Math.min(MOST_BITS, bits))
    }
  return sum / (some.length * others.length) >= LEAST_MEAN
}

function agreeAll(records: readonly number[], score: PairScore): boolean {
  return records.every((a, at) => records.slice(at + 1).every((b) => score(a, b).bits > 0))
}

function rootOf(parent: Int32Array, record: number): number {
  let root = record
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!
    root = parent[root]!
  }
  return root
}
