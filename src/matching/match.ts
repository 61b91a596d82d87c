import type { Blocking, Skipped } from './block'
import { block, makeVisitor } from './block'
import type { Edges, Group } from './cluster'
import { cluster } from './cluster'
import { Family, Given, makeComparer } from './compare'
import type { Evidence } from './evidence'
import type { Explanation } from './explain'
import { explain } from './explain'
import type { List } from './list'
import type { Records } from './normalise'
import { normalise } from './normalise'
import type { Scorer } from './score'
import { bitsAt, makeScorer, probabilityOf } from './score'
import { train } from './train'

/** How careful the search is: which pairs are put before a person at all. */
export type Sensitivity = 'strict' | 'balanced' | 'wide'

/** How far a search is. */
export interface Progress {
  readonly stage: 'reading' | 'sorting' | 'learning' | 'comparing' | 'grouping'
  /** 0..1 within the stage. */
  readonly done: number
}

/** What a search found. */
export interface Matches {
  readonly clusters: readonly Cluster[]
  /** Pairs that were compared. */
  readonly comparisons: number
  /** Blocks that were too large to compare. */
  readonly skipped: readonly Skipped[]
}

/** Rows that are the same contact or company. */
export interface Cluster {
  /** Sure ones may be merged without asking, the others are to be looked at. */
  readonly pile: 'sure' | 'review'
  /** By row, smallest first. */
  readonly members: readonly Member[]
  /** The tie that holds it together least. */
  readonly weakest: { readonly rows: readonly [number, number]; readonly probability: number }
}

/** A row of a cluster and the other row that it is likest to: the reasons are about these two. */
export interface Member extends Explanation {
  /** Index in the list. */
  readonly row: number
  readonly like: number
  readonly probability: number
}

/** From which probability on a pair is shown. */
const SHOWN: { readonly [sensitivity in Sensitivity]: number } = { strict: 0.9, balanced: 0.5, wide: 0.1 }

/** From which probability on a pair may be sure. */
export const SURE = 0.99

/** How many records are compared, or explained, between two looks at the clock. */
export const STEP = 1_000

/** The same where each record is compared with all others: so many pairs. */
const STEP_PAIRS = 50_000

/** A list that was searched: which of its rows are the same can be asked at each sensitivity, at little cost. */
export interface Search {
  matchesAt(sensitivity: Sensitivity): Generator<Progress, Matches>
}

/**
 * Looks for duplicates in a list, a step at a time: each `next()` takes some milliseconds, so that a page stays alive
 * between them. The result is the same for any order of rows.
 */
export function* findDuplicates(list: List, sensitivity: Sensitivity = 'balanced'): Generator<Progress, Matches> {
  const search = yield* searchList(list, sensitivity)
  return yield* search.matchesAt(sensitivity)
}

/** Compares the rows of a list, a step at a time, for every sensitivity up to the widest that will be asked for. */
export function* searchList(list: List, widest: Sensitivity = 'wide'): Generator<Progress, Search> {
  const reading = yield* readPairs(list)
  const { records, blocking, scorer, isSure } = reading
  const edges = makeEdges()
  const [least, sure] = [leastBits(widest), bitsAt(SURE)]
  const comparisons = yield* comparePairs(reading, (a, b) => {
    const bits = scorer.score(a, b)
    if (bits >= least) edges.add({ a, b, bits, isSure: bits >= sure && isSure() })
  })
  const found = edges.finish()
  return {
    *matchesAt(sensitivity) {
      const shown = leastBits(sensitivity)
      const groups = cluster(records.count, edgesFrom(found, shown), (a, b) => ({
        bits: scorer.score(a, b),
        veto: scorer.veto,
      }))
      yield { stage: 'grouping', done: 0.5 }
      for (const record of copies(records, groups)) {
        const bits = scorer.score(record, record)
        if (bits < shown) continue
        groups.push({ records: [record], ties: [{ a: record, b: record, bits }], isSure: bits >= sure && isSure() })
      }
      const clusters: Cluster[] = []
      for (const [index, group] of groups.entries()) {
        clusters.push(describe(records, scorer, group))
        if (index % STEP === STEP - 1) yield { stage: 'grouping', done: 0.5 + index / groups.length / 2 }
      }
      clusters.sort((a, b) => a.members[0]!.row - b.members[0]!.row)
      return { clusters, comparisons, skipped: blocking.skipped }
    },
  }
}

/** A list that was read and learnt from: which of its records are to be compared, and how. */
export interface Reading {
  readonly records: Records
  readonly blocking: Blocking
  readonly scorer: Scorer
  /** Whether the pair that was scored last may be sure at all. */
  readonly isSure: () => boolean
}

/** Reads a list, sorts out which of its rows could be the same, and learns from them. */
export function* readPairs(list: List): Generator<Progress, Reading> {
  const reading = normalise(list)
  let step = reading.next()
  for (; !step.done; step = reading.next()) yield { stage: 'reading', done: step.value }
  const records = step.value
  const sorting = block(records)
  let sorted = sorting.next()
  for (; !sorted.done; sorted = sorting.next()) yield { stage: 'sorting', done: 0.5 }
  const blocking = sorted.value
  const comparer = makeComparer(records)
  const learning = train(records, comparer, blocking)
  let learnt = learning.next()
  for (; !learnt.done; learnt = learning.next()) yield { stage: 'learning', done: 0.5 }
  const scorer = makeScorer(records, comparer, learnt.value)
  return { records, blocking, scorer, isSure: makeAnchors(scorer) }
}

/** Hands over each pair of records that could be the same, once; returns how many there were. */
export function* comparePairs(
  { records: { count }, blocking }: Reading,
  compare: (a: number, b: number) => void,
): Generator<Progress, number> {
  const visit = makeVisitor(blocking, count)
  const stride = blocking.isComplete ? Math.ceil(STEP_PAIRS / count) : STEP
  let comparisons = 0
  for (let from = 0; from < count; from += stride) {
    comparisons += visit(from, Math.min(from + stride, count), compare)
    yield { stage: 'comparing', done: Math.min(from + stride, count) / count }
  }
  return comparisons
}

/** From so many bits on a pair is shown. */
export function leastBits(sensitivity: Sensitivity): number {
  return bitsAt(SHOWN[sensitivity])
}

function edgesFrom(all: Edges, least: number): Edges {
  const edges = makeEdges()
  for (let at = 0; at < all.length; at++) {
    const bits = all.bits[at]!
    if (bits >= least) edges.add({ a: all.first[at]!, b: all.second[at]!, bits, isSure: all.sure[at] === 1 })
  }
  return edges.finish()
}

// Records of several equal rows that are tied to no other.
function copies(records: Records, groups: readonly Group[]): readonly number[] {
  const tied = new Set(groups.flatMap((group) => group.records))
  return records.rows.flatMap((rows, record) => (rows.length > 1 && !tied.has(record) ? [record] : []))
}

function describe(records: Records, scorer: Scorer, group: Group): Cluster {
  const rowOf = (record: number) => records.rows[record]![0]!
  const members = group.records.flatMap((record): Member[] => {
    const rows = records.rows[record]!
    const strongest = group.ties.find(({ a, b }) => a === record || b === record)!
    const other = strongest.a === record ? strongest.b : strongest.a
    const first: Member = {
      row: rows[0]!,
      like: rowOf(other),
      probability: probabilityOf(strongest.bits),
      ...explain(records, scorer, [record, other]),
    }
    return rows.map((row, at) => (at === 0 ? first : { ...first, row, like: rows[0]!, why: EQUAL }))
  })
  // The first of several equal rows is likest to the second.
  const equal = members.map((member) =>
    member.row === member.like
      ? { ...member, like: members.find(({ row }) => row !== member.row)!.row, why: EQUAL }
      : member,
  )
  const weakest = group.ties[group.ties.length - 1]!
  return {
    pile: group.isSure ? 'sure' : 'review',
    members: equal.sort((a, b) => a.row - b.row),
    weakest: { rows: [rowOf(weakest.a), rowOf(weakest.b)], probability: probabilityOf(weakest.bits) },
  }
}

/** Why rows are the same that differ in nothing. */
export const EQUAL = 'every compared cell is the same'

/** Whether the pair that was scored last rests on something that only one contact or company has. */
function makeAnchors(scorer: Scorer): () => boolean {
  const { evidence, levels } = scorer.comparer
  const at = (kind: Evidence) => evidence.indexOf(kind)
  const level = (place: number) => (place < 0 ? 0 : levels[place]!)
  const [given, family, email, phone] = [at('given_name'), at('family_name'), at('email'), at('phone')]
  const [linkedin, organisation, id, birth] = [at('linkedin'), at('organisation'), at('id'), at('birth_date')]
  const [company, domain, address] = [at('company'), at('domain'), at('address')]
  if (company >= 0)
    return () => {
      const name = level(company)
      if (level(id) === 1) return true
      if (level(address) > 2 || name === 0 || name > 2) return false
      const points = [domain, phone, address].filter((place) => level(place) === 1).length
      return points >= (name === 1 ? 1 : 2)
    }
  return () => {
    if (scorer.veto) return false
    const [first, last] = [level(given), level(family)]
    if (first === Given.different || (last === Family.different && first > Given.nickname)) return false
    if (level(linkedin) === 1 || level(email) === 1 || level(id) === 1) return true
    if (first === 0 || last === 0 || last === Family.different) return false
    if (level(phone) === 1 || level(birth) === 1) return true
    return first === Given.equal && last === Family.equal && level(organisation) === 1
  }
}

function makeEdges() {
  let [first, second] = [new Int32Array(1_024), new Int32Array(1_024)]
  let bits = new Float64Array(1_024)
  let sure = new Uint8Array(1_024)
  let length = 0
  const grow = () => {
    const size = length * 2
    const longer = <T extends Int32Array | Float64Array | Uint8Array>(old: T, fresh: T): T => {
      fresh.set(old)
      return fresh
    }
    first = longer(first, new Int32Array(size))
    second = longer(second, new Int32Array(size))
    bits = longer(bits, new Float64Array(size))
    sure = longer(sure, new Uint8Array(size))
  }
  return {
    add(edge: { readonly a: number; readonly b: number; readonly bits: number; readonly isSure: boolean }) {
      if (length === first.length) grow()
      first[length] = edge.a
      second[length] = edge.b
      bits[length] = edge.bits
      sure[length++] = edge.isSure ? 1 : 0
    },
    finish: (): Edges => ({ length, first, second, bits, sure }),
  }
}
