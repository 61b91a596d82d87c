import type { Skipped } from './block'
import type { Explanation } from './explain'
import { explain } from './explain'
import type { List } from './list'
import type { Cluster, Progress, Sensitivity } from './match'
import { comparePairs, EQUAL, leastBits, readPairs, STEP, SURE } from './match'
import { bitsAt, probabilityOf } from './score'

/** A row that also stands in the other list, and the row there that it is likest to. */
export interface Link extends Explanation {
  readonly pile: Cluster['pile']
  /** Indexes in the list that was searched: `like` is one of the other rows. */
  readonly row: number
  readonly like: number
  readonly probability: number
  /** The most careful search that shows it. */
  readonly shownFrom: Sensitivity
}

/** Which rows stand in both lists, by row. */
export interface Links {
  readonly links: readonly Link[]
  /** Blocks that were too large to compare. */
  readonly skipped: readonly Skipped[]
}

/**
 * Looks which rows of a list also stand in another one, a step at a time. Both are given as one list: the first `own`
 * rows are those that are asked about. Pairs within one of the lists count for nothing, and several own rows may be like
 * the same other row. The result is the same for any order of rows within each list.
 */
export function* linkLists(list: List, own: number): Generator<Progress, Links> {
  const reading = yield* readPairs(list)
  const { records, scorer, isSure } = reading
  const [least, sure] = [leastBits('wide'), bitsAt(SURE)]
  const isOwn = records.rows.map((rows) => rows[0]! < own)
  const isOther = records.rows.map((rows) => rows[rows.length - 1]! >= own)
  const best: (Best | undefined)[] = []
  const take = (record: number, found: Best) => {
    const known = best[record]
    if (known === undefined || isBetter(found, known)) best[record] = found
  }
  const judge = (a: number, b: number) => {
    const bits = scorer.score(a, b)
    return { bits, pile: bits >= sure && isSure() ? ('sure' as const) : ('review' as const) }
  }
  yield* comparePairs(reading, (a, b) => {
    const [forth, back] = [isOwn[a] && isOther[b], isOwn[b] && isOther[a]]
    if (!forth && !back) return
    const found = judge(a, b)
    if (found.bits < least) return
    if (forth) take(a, { ...found, record: b })
    if (back) take(b, { ...found, record: a })
  })
  const links: Link[] = []
  for (const [record, rows] of records.rows.entries()) {
    if (isOwn[record] && isOther[record]) take(record, { ...judge(record, record), record })
    const found = best[record]
    if (record % STEP === STEP - 1) yield { stage: 'grouping', done: record / records.count }
    if (!found || found.bits < least) continue

    const { why, bars } = explain(records, scorer, [record, found.record])
    const like = records.rows[found.record]!.find((row) => row >= own)!
    const link = {
      pile: found.pile,
      like,
      probability: probabilityOf(found.bits),
      shownFrom: shownFrom(found.bits),
      why: found.record === record ? EQUAL : why,
      bars,
    }
    for (const row of rows) if (row < own) links.push({ ...link, row })
  }
  links.sort((a, b) => a.row - b.row)
  return { links, skipped: reading.blocking.skipped }
}

interface Best {
  readonly record: number
  readonly bits: number
  readonly pile: Cluster['pile']
}

// Records stand in the order of a hash, so that the order of rows decides nothing.
function isBetter(found: Best, known: Best): boolean {
  if (found.pile !== known.pile) return found.pile === 'sure'
  return found.bits !== known.bits ? found.bits > known.bits : found.record < known.record
}

function shownFrom(bits: number): Sensitivity {
  if (bits >= leastBits('strict')) return 'strict'
  return bits >= leastBits('balanced') ? 'balanced' : 'wide'
}
