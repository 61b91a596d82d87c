import type { Outcome } from '../domain/outcome'
import { found, NOT_FOUND } from '../domain/outcome'
import type { Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import type { PhoneType } from '../normalize/phone'
import { grade, UNSCORED } from './confidence'
import { formQuery, pathStep } from './query'
import { onFirstUse, replyPieces } from './reply'

const API = 'https://lookups.twilio.com/v2/PhoneNumbers'

// The account has no access to the Canadian data: https://www.twilio.com/docs/lookup/v2-api/line-type-intelligence
const NO_ACCESS_TO_CANADA = 60601

const LINE_TYPE: Vocabulary = {
  title: 'Twilio: the type of a line',
  source: 'https://www.twilio.com/docs/lookup/v2-api/line-type-intelligence',
  words: {
    told: { means: 'the carrier and the type of the line are known', atMost: UNSCORED },
    invalid: { means: 'nobody can have such a number', atMost: UNSCORED },
  },
}

/** Twilio Lookup v2: what kind of line a phone number is. The key is entered as `AccountSid:AuthToken`. */
export const twilio: Provider = {
  id: 'twilio',
  name: 'Twilio Lookup',
  docs: 'https://www.twilio.com/docs/lookup/v2-api',
  kind: 'vendor',
  hosts: ['lookups.twilio.com'],
  auth: { in: 'basic' },
  // Twilio Inc.: https://www.twilio.com/legal/privacy
  region: 'United States',
  privacy: 'https://www.twilio.com/legal/privacy',
  terms: 'https://www.twilio.com/legal/data-protection-addendum',
  // No number is sourced; this is our courtesy.
  limits: { perSecond: 10 },
  vocabularies: [LINE_TYPE],
  operations: [
    remote<'phone'>({
      id: 'line_type',
      by: 'phone',
      // The country of a number is told without a call, and the name of a caller is another product.
      finds: ['phone_type'],
      // A credit is one question; money is charged, and how much, and whether for a number without a type, is not sourced.
      price: { credits: 1, charge: 'unsourced' },
      request: ([{ phone }]) => ({
        url: formQuery(`${API}/${pathStep(phone)}`, { Fields: 'line_type_intelligence' }),
      }),
      read: (body) => [readLine(body)],
    }),
  ],
}

function readLine(body: unknown): Outcome {
  const { valid, line_type_intelligence: line } = replies().line.parse(body)
  if (!valid) return found({ phone_type: { value: 'invalid', ...grade(LINE_TYPE, 'invalid') } })
  const type = lineType(line?.type ?? '')
  if (type) return found({ phone_type: { value: type, ...grade(LINE_TYPE, 'told') } })
  const error = line?.error_code
  switch (error) {
    case undefined:
    case null:
      return NOT_FOUND
    case NO_ACCESS_TO_CANADA:
      return {
        kind: 'refused',
        because: 'input',
        reason: 'Twilio answers about Canadian numbers only after you asked it for access.',
      }
    default:
      return { kind: 'unavailable', reason: `Twilio error ${error}` }
  }
}

// Its words: https://www.twilio.com/blog/migrate-lookup-v2
function lineType(word: string): PhoneType | undefined {
  switch (word.trim()) {
    case 'mobile':
    case 'personal':
    case 'premium':
    case 'voicemail':
    case 'pager':
      return word.trim() as PhoneType
    case 'landline':
      return 'fixed'
    case 'fixedVoip':
    case 'nonFixedVoip':
      return 'voip'
    case 'tollFree':
      return 'toll_free'
    case 'sharedCost':
      return 'shared_cost'
    case 'uan':
      return 'company'
    default:
      return undefined
  }
}

const replies = onFirstUse((z) => {
  const { detail } = replyPieces(z)
  return {
    line: z.object({
      valid: z.boolean(),
      line_type_intelligence: detail(z.object({ type: detail(z.string()), error_code: detail(z.number()) })),
    }),
  }
})
