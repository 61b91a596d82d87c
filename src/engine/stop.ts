import type { Finding, Value } from '../domain/finding'
import type { StopRule, Waterfall } from '../domain/waterfall'

// Vendors buy from the same sources and guess by the same patterns, so however many agree, some doubt stays: our choice.
const MOST_BY_AGREEMENT = 0.97

/** Whether a value ends the search by itself. */
export function isGood(value: Value, { threshold, accepts }: Pick<StopRule, 'threshold' | 'accepts'>): boolean {
  return value.confidence >= threshold && isAccepted(value, accepts)
}

/** Whether a value would end the search as its finder gives it, before anybody has verified it. */
export function isTaken(value: Value, { threshold, accepts, verify }: StopRule): boolean {
  const isToVerify = verify === 'before_writing' && value.status === undefined
  return value.confidence >= threshold && (isToVerify || isAccepted(value, accepts))
}

/** Whether a value may be written, as far as its status goes. */
export function isAccepted({ status }: Value, accepts: StopRule['accepts']): boolean {
  return status !== 'invalid' && accepts.includes(status ?? 'unverified')
}

/**
 * The finding that ends the search now that the last of these has come: it alone, or it with others who say the same. More
 * findings never undo what fewer have settled, so the order in which answers arrive does not decide whether a field is filled.
 */
export function goodOf(candidates: readonly Finding[], waterfall: Waterfall): Finding | undefined {
  const last = candidates[candidates.length - 1]
  if (!last) return undefined
  if (isGood(last, waterfall)) return last
  const agreed = waterfall.agreement === 'counts' ? agreedOn(last.value, candidates, waterfall) : undefined
  return agreed && isGood(agreed, waterfall) ? agreed : undefined
}

// One voice a vendor, however many of its operations say it; who asks other vendors has no voice of its own.
function agreedOn(value: string, candidates: readonly Finding[], waterfall: Waterfall): Finding | undefined {
  const voices = new Map<string, Finding>()
  for (const one of candidates) {
    const { provider } = one.provenance
    if (one.value !== value || !isAccepted(one, waterfall.accepts) || isAggregator(provider, waterfall)) continue
    const before = voices.get(provider)
    if (!before || before.confidence < one.confidence) voices.set(provider, one)
  }
  if (voices.size < 2) return undefined
  const [best, ...others] = byWorth([...voices.values()], waterfall) as [Finding, ...Finding[]]
  const doubt = [best, ...others].reduce((product, { confidence }) => product * (1 - confidence), 1)
  const confidence = Math.max(best.confidence, Math.min(MOST_BY_AGREEMENT, 1 - doubt))
  const isValid = [best, ...others].some(({ status }) => status === 'valid')
  const confirmedBy = others.map(({ provenance }) => provenance.provider)
  return { ...best, confidence, ...(isValid && { status: 'valid' as const }), confirmedBy }
}

function isAggregator(id: string, { steps }: Waterfall): boolean {
  return steps.some(({ provider }) => provider.id === id && provider.aggregator)
}

/**
 * The most trustworthy finding first, of equals the one of the earlier step, so that the order in which answers arrive does
 * not show; one that is known not to work is worth least.
 */
export function byWorth(findings: readonly Finding[], waterfall: Waterfall): readonly Finding[] {
  const worth = (finding: Finding): number => (finding.status === 'invalid' ? -1 : finding.confidence)
  const place = ({ provenance }: Finding): number => placeIn(waterfall, provenance)
  return [...findings].sort((a, b) => worth(b) - worth(a) || place(a) - place(b))
}

/** Which step of a waterfall an operation is. */
export function placeIn(
  { steps }: Waterfall,
  asked: { readonly provider: string; readonly operation: string },
): number {
  return steps.findIndex(
    ({ provider, operation }) => provider.id === asked.provider && operation.id === asked.operation,
  )
}
