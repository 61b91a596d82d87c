import type { Charge, Provider } from '../src/domain/provider'
import type { Step } from '../src/domain/waterfall'
import type { Tally } from '../src/engine/order'
import { inOrder, placeOf } from '../src/engine/order'
import { randomFrom } from './lists/random'
import type { Report } from './main'

// How much more the automatic order costs than the best order that could have been chosen knowing everything. A workload
// is a list of leads and a few vendors; each lead stops at its first accepted answer, so every order fills the same cells
// and only the credits differ.

const WORKLOADS = 200
const LEADS = 2_000

// The order is worked out anew after so many leads, as a run does it in slices.
const BATCH = 100

// Aims of the issue.
const MEAN_AIM = 0.05
const P95_AIM = 0.15

/** Automatic, by price and worst order against the best fixed one, over random workloads. */
export async function run(): Promise<Report> {
  const random = randomFrom(2_026)
  const measured = Array.from({ length: WORKLOADS }, () => measure(makeWorkload(random)))
  const excess = measured.map(({ automatic, best }) => automatic / best - 1)
  const figures = {
    workloads: WORKLOADS,
    mean: round(mean(excess)),
    p95: round(quantile(excess, 0.95)),
    most: round(Math.max(...excess)),
    byPriceMean: round(mean(measured.map(({ byPrice, best }) => byPrice / best - 1))),
    reached: mean(excess) <= MEAN_AIM && quantile(excess, 0.95) <= P95_AIM,
  }
  const line = (order: string, costs: (one: Measured) => number) => {
    const over = measured.map((one) => costs(one) / one.best - 1)
    return {
      order,
      'mean excess %': round(mean(over) * 100),
      'median %': round(quantile(over, 0.5) * 100),
      '95th percentile %': round(quantile(over, 0.95) * 100),
      'worst %': round(Math.max(...over) * 100),
    }
  }
  return {
    question: `Credits of ${WORKLOADS} random workloads of ${LEADS} leads, above the best fixed order of each. Automatic: ${round(figures.mean * 100)} % on average (aim: at most ${MEAN_AIM * 100}), ${round(figures.p95 * 100)} % at the 95th percentile (aim: at most ${P95_AIM * 100}).`,
    rows: [
      line('automatic', ({ automatic }) => automatic),
      line('by price', ({ byPrice }) => byPrice),
      line('as listed', ({ listed }) => listed),
      line('worst', ({ worst }) => worst),
    ],
    figures,
  }
}

interface Vendor {
  readonly step: Step
  readonly price: number
  readonly charge: Charge
  /** What it does about each lead. */
  readonly answers: readonly ('accepted' | 'weak' | 'miss')[]
}

interface Measured {
  readonly automatic: number
  readonly byPrice: number
  readonly listed: number
  readonly best: number
  readonly worst: number
}

function measure(vendors: readonly Vendor[]): Measured {
  const fixed = permutations(vendors).map((order) => costOf(order, 0, LEADS).credits)
  const steps = vendors.map(({ step }) => step)
  const inOrderOf = (ordered: readonly Step[]) =>
    ordered.map((step) => vendors.find((vendor) => placeOf(vendor.step) === placeOf(step))!)
  const tallies: { [place: string]: Tally } = {}
  let automatic = 0
  for (let from = 0; from < LEADS; from += BATCH) {
    const order = inOrderOf(inOrder(steps, 'email', { kind: 'automatic', tallies }))
    const { credits, seen } = costOf(order, from, from + BATCH)
    automatic += credits
    for (const [place, tally] of seen) tallies[place] = plus(tallies[place], tally)
  }
  return {
    automatic,
    byPrice: costOf(inOrderOf(inOrder(steps, 'email', { kind: 'by_price' })), 0, LEADS).credits,
    listed: costOf(vendors, 0, LEADS).credits,
    best: Math.min(...fixed),
    worst: Math.max(...fixed),
  }
}

function costOf(order: readonly Vendor[], from: number, to: number) {
  const seen = new Map<string, Tally>()
  let credits = 0
  for (let lead = from; lead < to; lead++) {
    for (const { step, price, charge, answers } of order) {
      const answer = answers[lead]!
      if (answer !== 'miss' || charge === 'call' || charge === 'unknown') credits += price
      const place = placeOf(step)
      const [found, accepted] = [answer === 'miss' ? 0 : 1, answer === 'accepted' ? 1 : 0]
      seen.set(place, plus(seen.get(place), { asked: 1, found, accepted }))
      if (answer === 'accepted') break
    }
  }
  return { credits, seen }
}

function plus(a: Tally | undefined, b: Tally): Tally {
  return {
    asked: (a?.asked ?? 0) + b.asked,
    found: (a?.found ?? 0) + b.found,
    accepted: (a?.accepted ?? 0) + b.accepted,
  }
}

// Hits depend on each other by a one-factor model: how easy a lead is for everybody, from not at all to mostly.
function makeWorkload(random: () => number): readonly Vendor[] {
  const shared = 0.8 * random()
  const ease = Array.from({ length: LEADS }, () => normal(random))
  return Array.from({ length: 2 + Math.floor(random() * 4) }, (_, index) => {
    const price = Math.round(100 * 0.2 * 25 ** random()) / 100
    const charge: Charge = (['hit', 'call', 'refunded', 'unknown'] as const)[Math.floor(random() * 4)]!
    const share = 0.1 + 0.75 * random()
    const good = 0.6 + 0.4 * random()
    const cut = inverseNormal(share)
    const answers = ease.map((common) => {
      const known = Math.sqrt(shared) * common + Math.sqrt(1 - shared) * normal(random) < cut
      return !known ? 'miss' : random() < good ? 'accepted' : 'weak'
    })
    return { step: stepOf(`vendor${index}`, price, charge), price, charge, answers }
  })
}

function stepOf(id: string, credits: number, charge: Charge): Step {
  const provider: Provider = {
    id,
    name: id,
    docs: '',
    kind: 'vendor',
    hosts: [],
    limits: {},
    vocabularies: [],
    operations: [],
  }
  const operation = {
    kind: 'remote',
    id: 'find',
    by: 'name_at_domain',
    finds: ['email'],
    price: { credits, charge },
  } as unknown as Step['operation']
  return { provider, operation }
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  )
}

// Box-Muller.
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
}

// By bisection over the logistic approximation of the normal distribution (Bowling et al. 2009), exact to 0.0002.
function inverseNormal(share: number): number {
  let [low, high] = [-5, 5]
  for (let turn = 0; turn < 40; turn++) {
    const middle = (low + high) / 2
    if (1 / (1 + Math.exp(-(0.07056 * middle ** 3 + 1.5976 * middle))) < share) low = middle
    else high = middle
  }
  return low
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000
