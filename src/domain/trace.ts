import type { Answer } from './answer'
import type { Finding } from './finding'

/** Why the search for a field stopped at a step, or went on after it. */
export type Then =
  | 'accepted'
  | 'agreed'
  | 'not_sure_enough'
  | 'status_not_accepted'
  | 'to_be_verified'
  | 'not_confirmed'
  | 'verdict'
  | 'no_verdict'
  | 'other_company'
  | 'nothing_about_it'
  | 'not_found'
  | 'failed'
  | 'maybe_charged'
  | 'objected'
  | 'no_key'
  | 'asked_more_exactly'
  | 'given_up'
  | 'waits'

/** One step of the search for a field of a lead: who was asked, what came back, what it cost, and what followed. */
export interface TraceStep {
  /** A verifier is asked about what a finder said. */
  readonly role: 'finder' | 'verifier'
  readonly provider: string
  readonly operation: string
  readonly outcome: Answer['outcome'] | 'not_asked'
  /** Of the whole answer, which may hold other fields too. */
  readonly credits: number
  /** When it was answered, milliseconds since 1970. */
  readonly at?: number
  /** What it said about the field, or of an address whether it works. */
  readonly said?: Pick<Finding, 'value' | 'confidence' | 'status'>
  readonly then: Then
}

// In a function the build packs them.
const sentences = (): { readonly [T in Then]: string } => ({
  accepted: 'Good enough: the search ended here.',
  agreed: 'Others say the same, and together they are sure enough: the search ended here.',
  not_sure_enough: 'Not sure enough, so the next one was asked.',
  status_not_accepted: 'Not known to work, so the next one was asked.',
  to_be_verified: 'Sure enough, and now it is to be verified.',
  not_confirmed: 'The verifier did not confirm it, so the next one was asked.',
  verdict: 'Gave a verdict.',
  no_verdict: 'Gave no clear verdict.',
  other_company: 'About a position at another company, so the next one was asked.',
  nothing_about_it: 'Knows the lead, but not this, so the next one was asked.',
  not_found: 'Does not know, so the next one was asked.',
  failed: 'Gave no usable answer, so the next one was asked.',
  maybe_charged: 'The answer was lost and may have been charged, so it is not asked again.',
  objected: 'The person objected: nobody is asked about them any more.',
  no_key: 'Was not asked: the row lacks what it has to be asked with.',
  asked_more_exactly: 'Was not asked: it has answered a more exact question.',
  given_up: 'Was not asked: it had failed too often, or refused.',
  waits: 'No answer of it is known yet.',
})

/** What followed a step, in the words of a sales person. */
export function thenSentence(then: Then): string {
  return sentences()[then]
}
