import type { Blocking, Blocks } from './block'
import { makeVisitor } from './block'
import type { Comparer } from './compare'
import { levelsOf } from './evidence'
import type { Records } from './normalise'
import type { Weights } from './score'
import { generalWeights, makeJudge, makeRarity, makeScorer, probabilityOf } from './score'

/**
 * Learns the weights of a list from the list itself: chance from pairs drawn at random, sameness by expectation and
 * maximisation (Fellegi and Sunter 1969, Winkler 1988) on the pairs of one sort of key after the other, kept within the
 * bounds of `levelsOf`. Yields between its steps.
 */
export function* train(records: Records, comparer: Comparer, blocking: Blocking): Generator<void, Weights> {
  const { count } = records
  let weights = generalWeights(comparer, priorOf(count, STARTING_SHARE * count))
  const drawn = drawLevels(count, comparer)
  weights = { ...weights, chance: chanceOf(drawn, comparer, weights) }
  yield
  const rounds = count < SMALL ? 2 : 1
  for (let round = 0; round < rounds; round++) {
    const sums = weights.same.map((levels) => levels.map(() => 0))
    const totals = weights.same.map(() => 0)
    for (const blocks of blocking.blocks) {
      const pairs = samplePairs(records, comparer, { blocks, weights })
      if (pairs.length < 20) continue
      const learnt = maximise(pairs, comparer, weights)
      const weight = Math.min(learnt.matches, MOST_MATCHES)
      learnt.same.forEach((levels, at) => {
        if (!levels) return
        totals[at]! += weight
        levels.forEach((share, level) => (sums[at]![level]! += share * weight))
      })
      yield
    }
    // The starting values weigh as much as so many matches.
    const same = sums.map((levels, at) => {
      const start = levelsOf(comparer.evidence[at]!)
      const mixed = levels.map(
        (sum, level) => (sum + PRIOR_MATCHES * start[level]!.same) / (totals[at]! + PRIOR_MATCHES),
      )
      return bound(mixed, at, comparer)
    })
    weights = { ...weights, same }
    weights = { ...weights, prior: findPrior(records, comparer, { blocking, weights }) }
    yield
    // Short lists only: in long ones chance hardly moves.
    if (round < rounds - 1) weights = { ...weights, chance: chanceOf(drawn, comparer, weights) }
  }
  return weights
}

/** Of how many records one more pair is expected, to start with, and at the least. */
const STARTING_SHARE = 0.05
const LEAST_SHARE = 0.002

/** Below so many records the duplicates are a visible part of the random pairs. */
const SMALL = 5_000

const DRAWS = 60_000
const PAIRS_A_KEY = 8_000
const ROUNDS = 20
const SETTLED = 0.002
const MOST_MATCHES = 2_000
const PRIOR_MATCHES = 40

/** How many random pairs of any list the general rates of chance are worth. */
const PSEUDO_PAIRS = 2_000

/** Nothing is rarer than this. */
const LEAST_CHANCE = 1e-7

function priorOf(count: number, matches: number): number {
  const pairs = (count * (count - 1)) / 2
  return Math.min(Math.max(matches, LEAST_SHARE * count, 0.001) / Math.max(pairs, 1), 0.25)
}

// Park and Miller's generator: the same draws every time.
function drawLevels(count: number, comparer: Comparer): readonly Float64Array[] {
  const seen = comparer.evidence.map((evidence) => new Float64Array(levelsOf(evidence).length + 1))
  const visit = (a: number, b: number) => {
    comparer.compare(a, b)
    for (let at = 0; at < seen.length; at++) seen[at]![comparer.levels[at]!]!++
  }
  if ((count * (count - 1)) / 2 <= DRAWS) {
    for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) visit(a, b)
    return seen
  }
  let state = 20_240_229
  const next = () => (state = (state * 48_271) % 2_147_483_647) % count
  for (let draw = 0; draw < DRAWS; draw++) {
    const [a, b] = [next(), next()]
    if (a !== b) visit(Math.min(a, b), Math.max(a, b))
  }
  return seen
}

function chanceOf(
  drawn: readonly Float64Array[],
  comparer: Comparer,
  weights: Weights,
): readonly (readonly number[])[] {
  return drawn.map((seen, at) => {
    const levels = levelsOf(comparer.evidence[at]!)
    const total = seen.reduce((sum, found) => sum + found, -seen[0]!)
    const share = (value: number, level: number) => {
      const observed = total === 0 ? levels[level]!.chance : value
      // What the duplicates themselves contribute is taken out, but never most of it.
      const clean = Math.max(
        (observed - weights.prior * weights.same[at]![level]!) / (1 - weights.prior),
        observed * 0.3,
      )
      return Math.max((clean * total + PSEUDO_PAIRS * levels[level]!.chance) / (total + PSEUDO_PAIRS), LEAST_CHANCE)
    }
    const rest = levels.map((_, level) => share(seen[level + 1]! / Math.max(total, 1), level))
    // Values that are equal are counted, not drawn.
    if (total > 0) rest[0] = share(comparer.collisions[at]!, 0)
    const sum = rest.reduce((a, b) => a + b, 0)
    return rest.map((one, level) => (level === 0 ? one : (one / (sum - rest[0]!)) * (1 - rest[0]!)))
  })
}

interface Sample {
  readonly length: number
  /** The levels of each pair, side by side. */
  readonly levels: Uint8Array
  /** What rare and frequent values add, side by side. */
  readonly rarity: Float32Array
  /** What the rules over several pieces of evidence add. */
  readonly rules: Float32Array
}

function samplePairs(
  records: Records,
  comparer: Comparer,
  { blocks, weights }: { readonly blocks: Blocks; readonly weights: Weights },
): Sample {
  const width = comparer.evidence.length
  const stride = Math.max(1, Math.ceil(blocks.pairs / PAIRS_A_KEY))
  const room = Math.ceil(blocks.pairs / stride) + 1
  const levels = new Uint8Array(room * width)
  const rarity = new Float32Array(room * width)
  const rules = new Float32Array(room)
  const judge = makeJudge(records, comparer)
  const rare = makeRarity(records.count, comparer, weights)
  let length = 0
  let turn = 0
  const { blockStart, members } = blocks
  for (let number = 0; number + 1 < blockStart.length; number++) {
    const end = blockStart[number + 1]!
    for (let i = blockStart[number]!; i < end; i++)
      for (let j = i + 1; j < end; j++) {
        if (turn++ % stride !== 0) continue
        comparer.compare(members[i]!, members[j]!)
        for (let at = 0; at < width; at++) {
          const level = comparer.levels[at]!
          levels[length * width + at] = level
          rarity[length * width + at] = level === 1 ? rare(at) : 0
        }
        rules[length++] = judge(comparer.signs)?.bits ?? 0
      }
  }
  return { length, levels, rarity, rules }
}

function maximise(
  { length, levels, rarity, rules }: Sample,
  comparer: Comparer,
  weights: Weights,
): { readonly matches: number; readonly same: readonly (readonly number[] | undefined)[] } {
  const width = comparer.evidence.length
  const free = comparer.evidence.map((evidence, at) => {
    const seen = new Float64Array(levelsOf(evidence).length + 1)
    for (let pair = 0; pair < length; pair++) seen[levels[pair * width + at]!]!++
    return Math.max(...seen) <= 0.97 * length
  })
  let same = weights.same
  let share = 0.1
  let matches = 0
  for (let round = 0; round < ROUNDS; round++) {
    const table = same.map((own, at) => [
      0,
      ...own.map((value, level) => Math.log2(value / weights.chance[at]![level]!)),
    ])
    const sums = same.map((own) => new Float64Array(own.length + 1))
    const prior = Math.log2(share / (1 - share))
    matches = 0
    for (let pair = 0; pair < length; pair++) {
      let bits = prior + rules[pair]!
      const base = pair * width
      for (let at = 0; at < width; at++) if (free[at]) bits += table[at]![levels[base + at]!]! + rarity[base + at]!
      const probability = probabilityOf(bits)
      matches += probability
      for (let at = 0; at < width; at++) sums[at]![levels[base + at]!]! += probability
    }
    const next = Math.min(Math.max(matches / length, 0.0005), 0.95)
    const isSettled = Math.abs(next - share) < SETTLED * share
    share = next
    same = sums.map((sum, at) => {
      const start = levelsOf(comparer.evidence[at]!)
      const total = sum.reduce((a, b) => a + b, -sum[0]!)
      const learnt = start.map(
        (level, index) => (sum[index + 1]! + PRIOR_MATCHES * level.same) / (total + PRIOR_MATCHES),
      )
      return bound(learnt, at, comparer)
    })
    if (isSettled) break
  }
  return { matches, same: same.map((own, at) => (free[at] ? own : undefined)) }
}

function bound(shares: readonly number[], at: number, comparer: Comparer): readonly number[] {
  const levels = levelsOf(comparer.evidence[at]!)
  const kept = shares.map((share, level) => Math.min(Math.max(share, levels[level]!.least), levels[level]!.most))
  const sum = kept.reduce((a, b) => a + b, 0)
  return kept.map((share) => share / sum)
}

/** Of how many records the pairs are scored to find the prior. */
const PRIOR_RECORDS = 5_000

function findPrior(
  records: Records,
  comparer: Comparer,
  { blocking, weights }: { readonly blocking: Blocking; readonly weights: Weights },
): number {
  const { count } = records
  const even: Weights = { ...weights, prior: 0.5 }
  const scorer = makeScorer(records, comparer, even)
  const visit = makeVisitor(blocking, count)
  // Records stand in the order of a hash: the first of them are as good as any.
  const sampled = Math.min(count, blocking.isComplete ? Math.ceil(400_000 / count) : PRIOR_RECORDS)
  const found: number[] = []
  visit(0, sampled, (a, b) => {
    const bits = scorer.score(a, b)
    if (bits > 4) found.push(bits)
  })
  // Smaller ones first: a pair of a sampled record and any later one was seen.
  const shareSeen = 1 - (1 - sampled / count) ** 2
  let prior = priorOf(count, STARTING_SHARE * count)
  for (let round = 0; round < 12; round++) {
    const bits = Math.log2(prior / (1 - prior))
    let matches = 0
    for (const own of found) matches += probabilityOf(own + bits)
    prior = priorOf(count, matches / shareSeen)
  }
  return prior
}
