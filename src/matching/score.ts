import type { Comparer } from './compare'
import { Family, Given, Sign } from './compare'
import type { Evidence } from './evidence'
import { levelsOf } from './evidence'
import type { Records } from './normalise'

/** What was learnt about a list: how often each level is seen within and between contacts, by evidence and level. */
export interface Weights {
  /** The share of all pairs that are the same, before anything is compared. */
  readonly prior: number
  readonly same: readonly (readonly number[])[]
  readonly chance: readonly (readonly number[])[]
}

/** What is known of any list before its rows are compared. */
export function generalWeights({ evidence }: Comparer, prior: number): Weights {
  return {
    prior,
    same: evidence.map((kind) => levelsOf(kind).map(({ same }) => same)),
    chance: evidence.map((kind) => levelsOf(kind).map(({ chance }) => chance)),
  }
}

/** Why a pair was marked down whatever its evidence says. */
export type Veto =
  | 'generations'
  | 'other generation'
  | 'numbered mailboxes'
  | 'other profile'
  | 'other first name'
  | 'other surname'
  | 'shared mailbox'
  | 'nobody named'
  | 'other middle name'
  | 'other place'
  | 'one house'

/** Scores pairs; what the score is made of stands in it until the next pair. */
export interface Scorer {
  readonly comparer: Comparer
  /** Bits by evidence, those of rare and frequent values included. */
  readonly bits: Float64Array
  veto: Veto | undefined
  /** The evidence that two records are the same, in bits: 0 is as likely as not, 6.6 is 99 %. */
  score(a: number, b: number): number
}

/** The bits at which a probability is reached. */
export function bitsAt(probability: number): number {
  return Math.log2(probability / (1 - probability))
}

/** The probability that belongs to bits. */
export function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits)
}

/** Makes what scores the pairs of a list with weights. */
export function makeScorer(records: Records, comparer: Comparer, weights: Weights): Scorer {
  const { evidence, levels } = comparer
  const priorBits = bitsAt(weights.prior)
  const table = evidence.map((_, at) =>
    [1, ...weights.same[at]!].map((same, level) =>
      level === 0 ? 0 : Math.log2(same / weights.chance[at]![level - 1]!),
    ),
  )
  const rarity = makeRarity(records.count, comparer, weights)
  const mailboxLimit = (level: number): number => {
    if (level > 1) return ALIKE_ELSEWHERE
    const agree = levels[given] !== Given.different && levels[family] !== Family.different
    return agree && comparer.mailboxShare > 0 ? SAME_PATTERN - Math.log2(comparer.mailboxShare) : Infinity
  }
  const judge = makeJudge(records, comparer)
  const email = evidence.indexOf('email')
  const organisation = evidence.indexOf('organisation')
  const [phone, given, family] = [
    evidence.indexOf('phone'),
    evidence.indexOf('given_name'),
    evidence.indexOf('family_name'),
  ]
  const isNameless = () => (comparer.signs & Sign.oneNameless) !== 0
  const places = evidence.flatMap((kind, at) => (PLACES.includes(kind) ? [at] : []))
  const bits = new Float64Array(evidence.length)
  const scorer: Scorer = {
    comparer,
    bits,
    veto: undefined,
    score(a, b) {
      comparer.compare(a, b)
      let total = priorBits
      for (let at = 0; at < bits.length; at++) {
        const level = levels[at]!
        let own = level === 0 ? 0 : table[at]![level]!
        if (level === 1) own += rarity(at)
        // The address already says which company it is.
        if (at === organisation && own > 0 && email >= 0 && levels[email] === 1) own = 0
        if (at === email && own > 0) own = Math.min(own, mailboxLimit(level))
        // Colleagues have addresses that are alike, and the domain counts by itself.
        if (at === organisation && level === 1 && email >= 0 && levels[email]! > 1) total += limit(bits, email, ALIKE)
        // Colleagues share a switchboard, and a row without a name gives that of its company.
        if (at === organisation && level === 1 && phone >= 0 && (levels[family] === Family.different || isNameless()))
          total += limit(bits, phone, SWITCHBOARD)
        bits[at] = own
        total += own
      }
      total -= dampen(bits, places)
      if ((comparer.signs & Sign.crossed) !== 0) total -= CROSSED
      const verdict = judge(comparer.signs)
      scorer.veto = verdict?.veto
      // No agreement makes a father his son.
      return verdict?.veto === 'generations' ? verdict.bits : total + (verdict?.bits ?? 0)
    },
  }
  return scorer
}

/** At most so many bits for addresses that are alike without being equal, at one company. */
const ALIKE = 4

/** At most so many bits for such addresses elsewhere. */
const ALIKE_ELSEWHERE = 9

/** What a mailbox made from the name says beyond the name and the domain: that somebody typed or made it the same way. */
const SAME_PATTERN = 4

/** At most so many bits for a number that two people of other names, or a person and nobody, at one company have in common. */
const SWITCHBOARD = 4

/** Where somebody is, said several times: a postcode tells the city, a city the state. */
const PLACES: readonly Evidence[] = ['postcode', 'city', 'text']

/** Of what else speaks for the same place so much is left. */
const SAID_BEFORE = 0.25

// Leaves the strongest of several pieces of evidence as it is; returns what was taken from the others.
function dampen(bits: Float64Array, places: readonly number[]): number {
  if (places.length < 2) return 0
  let strongest = -1
  for (const at of places) if (bits[at]! > 0 && (strongest < 0 || bits[at]! > bits[strongest]!)) strongest = at
  let taken = 0
  for (const at of places) {
    if (at === strongest || bits[at]! <= 0) continue
    taken += bits[at]! * (1 - SAID_BEFORE)
    bits[at]! *= SAID_BEFORE
  }
  return taken
}

function limit(bits: Float64Array, at: number, most: number): number {
  const over = bits[at]! - most
  if (over <= 0) return 0
  bits[at] = most
  return -over
}

/** What it costs that given and family name stand in each other's column: one row in eight at the most. */
const CROSSED = 3

/** Records of which nothing is known beforehand: the weight of the general rates of chance against those of the list. */
const PSEUDO_RECORDS = 200

/** At most so many bits are given or taken for a value's being rare or frequent. */
const MOST_RARITY = 8

/** What belongs to one contact alone: who else holds it is mostly the same contact again, but for one in ten. */
const IDENTITIES: readonly Evidence[] = ['email', 'linkedin', 'id']
const STRANGERS = 0.1

/** How much more, or less, than the average value it says that two share this one. */
export function makeRarity(count: number, comparer: Comparer, { chance }: Weights): (at: number) => number {
  const trust = count / (count + PSEUDO_RECORDS)
  const general = comparer.evidence.map((evidence) => levelsOf(evidence)[0]!.chance)
  const strangers = comparer.evidence.map((evidence) => (IDENTITIES.includes(evidence) ? STRANGERS : 1))
  return (at) => {
    const others = Math.max(comparer.holders[at]! - 2, 0) + trust
    const known = PSEUDO_RECORDS * general[at]!
    const frequency = (others * strangers[at]! + known) / (count + PSEUDO_RECORDS)
    const found = Math.log2(chance[at]![0]! / frequency)
    return found > MOST_RARITY ? MOST_RARITY : found < -MOST_RARITY ? -MOST_RARITY : found
  }
}

interface Verdict {
  readonly veto: Veto | undefined
  readonly bits: number
}

/**
 * Rules over several pieces of evidence (../shared/matching.md 5.3): in lists of people at companies, names and companies
 * agree by family and by work, and several addresses and lines belong to nobody alone.
 */
export function makeJudge(records: Records, { evidence, levels }: Comparer): (signs: number) => Verdict | undefined {
  const place = (kind: Evidence) => evidence.indexOf(kind)
  const [given, family, email, linkedin, phone] = [
    place('given_name'),
    place('family_name'),
    place('email'),
    place('linkedin'),
    place('phone'),
  ]
  const points = [
    records.mailboxes,
    records.lines,
    records.profiles,
    records.organisations?.pool.texts.length || undefined,
  ]
  const isGuarded = records.about === 'contact' && points.filter((point) => point !== undefined).length >= 2
  if (records.about === 'company') return judgeCompanies({ evidence, levels })
  if (given < 0) return () => undefined
  return (signs) => {
    if ((signs & Sign.generations) !== 0) return { veto: 'generations', bits: -40 }
    const sameEmail = email >= 0 && levels[email] === 1
    const sameProfile = linkedin >= 0 && levels[linkedin] === 1
    const otherMiddle = (signs & Sign.middles) !== 0 && !sameEmail && !sameProfile
    if (!isGuarded) return otherMiddle ? { veto: 'other middle name', bits: -12 } : undefined
    if ((signs & Sign.bothNameless) !== 0) {
      if ((signs & Sign.sameMailbox) !== 0) return { veto: undefined, bits: 14 }
      return sameProfile ? undefined : { veto: 'nobody named', bits: -14 }
    }
    if ((signs & Sign.oneNameless) !== 0)
      return sameEmail || sameProfile ? undefined : { veto: 'nobody named', bits: -12 }
    let bits = 0
    let veto: Veto | undefined
    if ((signs & Sign.oneGeneration) !== 0 && !sameEmail && !sameProfile) {
      veto = 'other generation'
      bits -= 8
    }
    if ((signs & Sign.numbered) !== 0 && !sameEmail && !sameProfile) {
      veto ??= 'numbered mailboxes'
      bits -= 8
    }
    if (linkedin >= 0 && levels[linkedin] === 2 && !sameEmail) {
      veto = 'other profile'
      bits -= 8
    }
    const first = levels[given]!
    const last = levels[family]!
    const otherFirst = first === Given.different || (first === Given.close && (signs & Sign.bothFrequent) !== 0)
    const sameFamily = last > 0 && last < Family.different
    if (otherFirst && !sameEmail && !sameProfile) {
      veto = 'other first name'
      bits -= sameFamily ? 10 : 6
    }
    if (
      last === Family.different &&
      !otherFirst &&
      !sameEmail &&
      !sameProfile &&
      !(phone >= 0 && levels[phone] === 1)
    ) {
      veto ??= 'other surname'
      bits -= 2
    }
    if (sameEmail && !sameProfile && first === Given.different && last === Family.different) {
      veto = 'shared mailbox'
      bits -= 9
    }
    if (otherMiddle) {
      veto ??= 'other middle name'
      bits -= 12
    }
    return veto || bits !== 0 ? { veto, bits } : undefined
  }
}

/** The last level of `company`. */
const OTHER_NAME = 6

// Branches have one name and several addresses: companies in a list of places are told apart by where they are.
function judgeCompanies({ evidence, levels }: Pick<Comparer, 'evidence' | 'levels'>): () => Verdict | undefined {
  const place = (kind: Evidence) => evidence.indexOf(kind)
  const [address, phone, id] = [place('address'), place('phone'), place('id')]
  const [name, domain] = [place('company'), place('domain')]
  if (address < 0) return () => undefined
  const level = (at: number) => (at < 0 ? 0 : levels[at]!)
  return () => {
    // One house has one switchboard and several tenants.
    const isHouse = level(phone) === 1 && level(address) > 0 && level(address) < 3
    if (isHouse && level(name) === OTHER_NAME && level(domain) !== 1 && level(id) !== 1)
      return { veto: 'one house', bits: -7 }
    if (level(address) < 3 || level(id) === 1) return undefined
    return level(phone) === 1 ? undefined : { veto: 'other place', bits: -6 }
  }
}
