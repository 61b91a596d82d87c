import type { Outcome } from '../domain/outcome'
import type { Price } from '../domain/provider'

/** Credits that one answer costs; what the vendor reports goes before its price list. */
export function creditsOf(outcome: Outcome, price: Price): number {
  switch (outcome.kind) {
    case 'found':
      return reported(outcome.credits) ?? price.credits
    case 'not_found':
      return reported(outcome.credits) ?? (chargedOnMiss(price) ? price.credits : 0)
    case 'unavailable':
      return reported(outcome.credits) ?? (chargedOnFailure(price) ? price.credits : 0)
    case 'objected':
      return chargedOnFailure(price) ? price.credits : 0
    case 'pending':
    case 'throttled':
    case 'refused':
      return 0
  }
}

function chargedOnFailure({ charge }: Price): boolean {
  return charge === 'call' || charge === 'unknown' || charge === 'unsourced'
}

function reported(credits: number | undefined): number | undefined {
  return credits !== undefined && Number.isFinite(credits) && credits >= 0 ? credits : undefined
}

/** Sums of prices such as 0.1 drift; a millionth of a credit is exact enough for every price list. */
export function roundCredits(credits: number): number {
  return Math.round(credits * 1e6) / 1e6
}

/** "1 credit", "1,250 credits". */
export function inCredits(credits: number): string {
  return credits === 1
    ? '1 credit'
    : `${roundCredits(credits).toLocaleString('en', { maximumFractionDigits: 6 })} credits`
}

/** Whether a miss costs as much as a hit; what is not documented is taken as charged. */
export function chargedOnMiss(price: Price): boolean {
  switch (price.charge) {
    case 'call':
    case 'verdict':
    case 'unknown':
    case 'unsourced':
      return true
    case 'hit':
    case 'refunded':
      return false
  }
}

// Here and not in the function below: the build packs what stands in functions, and every look at a sheet says these.
const CHARGED: { readonly [C in Price['charge']]: string } = {
  call: 'for each question, found or not',
  hit: 'for each find, nothing for a miss',
  refunded: 'for each question, given back for a miss',
  verdict: 'for each verdict',
  unknown: 'for each question (the vendor does not say when it charges)',
  unsourced: 'for each question (no sourced price: enter yours under Vendors)',
}

/** The rule of charging in words, for the receipt. */
export function chargeWords({ credits, charge }: Price): string {
  return credits === 0 ? 'free' : `${inCredits(credits)} ${CHARGED[charge]}`
}
