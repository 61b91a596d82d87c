import type { Outcome } from '../domain/outcome'
import type { Price } from '../domain/provider'

/** Credits that one answer costs; what the vendor reports goes before its price list. */
export function creditsOf(outcome: Outcome, price: Price): number {
  switch (outcome.kind) {
    case 'found':
      return outcome.credits ?? price.credits
    case 'not_found':
      return outcome.credits ?? (chargedOnMiss(price) ? price.credits : 0)
    case 'unavailable':
      return price.charge === 'call' || price.charge === 'unknown' ? price.credits : 0
    case 'pending':
    case 'objected':
    case 'throttled':
    case 'refused':
      return 0
  }
}

/** Whether a miss costs as much as a hit; what is not documented is taken as charged. */
export function chargedOnMiss(price: Price): boolean {
  switch (price.charge) {
    case 'call':
    case 'verdict':
    case 'unknown':
      return true
    case 'hit':
    case 'refunded':
      return false
  }
}

/** The rule of charging in words, for the receipt. */
export function chargeWords(price: Price): string {
  if (price.credits === 0) return 'free'
  const credits = price.credits === 1 ? '1 credit' : `${price.credits} credits`
  switch (price.charge) {
    case 'call':
      return `${credits} for each question, found or not`
    case 'hit':
      return `${credits} for each find, nothing for a miss`
    case 'refunded':
      return `${credits} for each question, given back for a miss`
    case 'verdict':
      return `${credits} for each verdict`
    case 'unknown':
      return `${credits} for each question (the vendor does not say when it charges)`
  }
}
