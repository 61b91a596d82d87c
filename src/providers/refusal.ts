import type { Outcome } from '../domain/outcome'

/** A refusal that a vendor put into a body, in words that name the vendor and the next step. */
export function refusal(vendor: string, because: 'credentials' | 'credits' | 'input'): Outcome {
  switch (because) {
    case 'credentials':
      return { kind: 'refused', because, reason: `${vendor} refused the key. Open Settings and paste it again.` }
    case 'credits':
      return {
        kind: 'refused',
        because,
        reason: `${vendor} says its credits are used up. Top up there, or go on with other vendors.`,
      }
    case 'input':
      return { kind: 'refused', because, reason: `${vendor} could not read the question.` }
  }
}
