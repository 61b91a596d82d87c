import type { Field } from '../domain/field'
import { LESS_EXACT } from '../domain/lookup-key'
import type { Operation } from '../domain/provider'
import type { OrderedStep, Step } from '../domain/waterfall'
import { chargedOnMiss, chargeWords, inCredits } from './price'

/** What became of the questions to one operation about one field, as the ledger has it. */
export interface Tally {
  readonly asked: number
  /** Answers that held any value, for which a vendor that charges by the find was paid. */
  readonly found: number
  /** Answers whose value was good enough to be taken. */
  readonly accepted: number
}

/** The tallies of a field, by `provider/operation`. */
export type Tallies = { readonly [place: string]: Tally }

/** How the steps of a field are put in order. */
export type OrderRule =
  /** Free ones first, then by the price of one question. */
  | { readonly kind: 'by_price' }
  /** The vendors as a person listed them, by id; others after them by price. */
  | { readonly kind: 'given'; readonly vendors: readonly string[] }
  /** Least expected cost for each accepted answer first. */
  | { readonly kind: 'automatic'; readonly tallies: Tallies }

/** Half of the questions are expected to be answered until a ledger has taught better: our estimate. */
export const HIT_PRIOR = 0.5

/** The prior weighs as much as so many questions: our choice, by `bench/order`. */
export const PRIOR_WEIGHT = 4

const NOTHING: Tally = { asked: 0, found: 0, accepted: 0 }

/** The name of a step in tallies and lists. */
export function placeOf({ provider, operation }: Step): string {
  return `${provider.id}/${operation.id}`
}

/** The steps of a field in order, each with the reason for its place. */
export function inOrder(steps: readonly Step[], field: Field, rule: OrderRule): readonly OrderedStep[] {
  const byPrice = [...steps].sort(
    (a, b) => rank(a.operation) - rank(b.operation) || detour(field, a) - detour(field, b),
  )
  switch (rule.kind) {
    case 'by_price':
      return byPrice.map((step) => ({ ...step, reason: sentence(chargeWords(step.operation.price)) }))
    case 'given':
      return asGiven(byPrice, rule.vendors)
    case 'automatic':
      return [false, true].flatMap((along) => {
        const some = byPrice.filter((step) => isAlong(field, step) === along)
        return byCost(some, rule.tallies)
      })
  }
}

function asGiven(steps: readonly Step[], vendors: readonly string[]): readonly OrderedStep[] {
  const reasonOf = ({ operation: { price } }: Step) => `As you ordered it: ${chargeWords(price)}.`
  const listed = [...new Set(vendors)].flatMap((id) => steps.filter(({ provider }) => provider.id === id))
  const others = steps.filter(({ provider }) => !vendors.includes(provider.id))
  return [
    ...listed.map((step) => ({ ...step, reason: reasonOf(step) })),
    ...others.map((step) => ({ ...step, reason: sentence(chargeWords(step.operation.price)) })),
  ]
}

function byCost(steps: readonly Step[], tallies: Tallies): readonly OrderedStep[] {
  const weighed = steps.map((step) => {
    const tally = tallies[placeOf(step)] ?? NOTHING
    return { step, tally, cost: costPerAccepted(step.operation, tally) }
  })
  const sorted = [...weighed].sort((a, b) => a.cost - b.cost)
  // Nobody knows yet what a vendor is worth that takes its price for misses too: another is asked before it.
  const isBlind = ({ step, tally }: (typeof sorted)[number]): boolean =>
    tally.asked === 0 && step.operation.price.credits > 0 && chargedOnMiss(step.operation.price)
  const paid = sorted.findIndex(({ cost }) => cost > 0)
  const seen = sorted.findIndex((one) => one.cost > 0 && !isBlind(one))
  if (paid >= 0 && seen > paid) sorted.splice(paid, 0, ...sorted.splice(seen, 1))
  return exactFirst(sorted).map(({ step, tally, cost }) => ({
    ...step,
    reason: reasonFor(step.operation, tally, cost),
  }))
}

// Who is asked less exactly first is asked more exactly after a miss; the other way round one question is enough.
function exactFirst<T extends { readonly step: Step }>(sorted: readonly T[]): readonly T[] {
  const isOfExact = (less: T, exact: T): boolean =>
    less.step.provider.id === exact.step.provider.id && LESS_EXACT[less.step.operation.by] === exact.step.operation.by
  const held = sorted.filter((less, place) => sorted.some((exact, later) => later > place && isOfExact(less, exact)))
  const others = sorted.filter((one) => !held.includes(one))
  return others.flatMap((one) => [one, ...held.filter((less) => isOfExact(less, one))])
}

// What one question costs on average, by the share of questions that bring an accepted answer.
function costPerAccepted({ kind, price }: Operation, { asked, found, accepted }: Tally): number {
  if (kind === 'local' || price.credits === 0) return 0
  const good = accepted + HIT_PRIOR * PRIOR_WEIGHT
  if (chargedOnMiss(price)) return (price.credits * (asked + PRIOR_WEIGHT)) / good
  return (price.credits * (Math.max(found, accepted) + HIT_PRIOR * PRIOR_WEIGHT)) / good
}

// Here because the build packs what stands in functions, and every look at a sheet says these.
const NOT_ASKED_YET = 'our estimate until it has been asked'
const FOR_ACCEPTED = 'for each accepted answer'

function reasonFor(operation: Operation, tally: Tally, cost: number): string {
  const { price } = operation
  if (cost === 0) return sentence(chargeWords({ ...price, credits: 0 }))
  const { asked, found, accepted } = tally
  const known = chargedOnMiss(price)
    ? `${inCredits(price.credits)}, found ${accepted} of ${asked}`
    : `${inCredits(price.credits)} a find, ${accepted} of ${Math.max(found, accepted)} good enough`
  const basis = asked === 0 ? `${chargeWords(price)}, ${NOT_ASKED_YET}` : known
  return `${inCredits(Number(cost.toPrecision(2)))} ${FOR_ACCEPTED}: ${basis}.`
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function rank(operation: Operation): number {
  return operation.kind === 'local' ? -1 : operation.price.credits
}

// Of two ways of asking at one price the more exact one goes first.
function detour(field: Field, step: Step): number {
  return (LESS_EXACT[step.operation.by] ? 1 : 0) + (isAlong(field, step) ? 2 : 0)
}

// The status of an address is asked about the address rather than found along with an address, which may be another one.
function isAlong(field: Field, { operation }: Step): boolean {
  return field === 'email_status' && operation.by !== 'email'
}
