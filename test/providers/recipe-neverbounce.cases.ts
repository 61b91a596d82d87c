import type { Case, Cases } from './case'
import { example } from './example-recipes'

const { provider, operations } = example('neverbounce')
const [verify = ''] = operations
const byEmail = [{ email: 'ada+sales@example.com' }]

const verdicts = (
  [
    ['valid', 'valid', 0.7],
    ['invalid', 'invalid', 0.7],
    ['disposable', 'invalid', 0.7],
    ['catchall', 'accept_all', 0.7],
    ['unknown', 'unknown', 0.3],
  ] as const
).map(([result, value, confidence]): Case => ({
  name: `says ${result}`,
  operation: verify,
  keys: byEmail,
  body: { status: 'success', result, flags: ['has_dns'], suggested_correction: '', execution_time: 285 },
  outcomes: [{ kind: 'found', values: { email_status: { value, confidence } } }],
}))

const faults = (
  [
    ['auth_failure', { kind: 'refused', because: 'credentials' }],
    ['bad_referrer', { kind: 'refused', because: 'credentials' }],
    ['throttle_triggered', { kind: 'throttled' }],
    ['temp_unavail', { kind: 'unavailable' }],
    ['general_failure', { kind: 'refused', because: 'input' }],
    ['a_new_word', { kind: 'unavailable' }],
  ] as const
).map(([status, outcome]): Case => ({
  name: `fails with ${status}`,
  operation: verify,
  keys: byEmail,
  body: { status, message: 'Words for people', execution_time: 1 },
  outcomes: [outcome],
}))

// providers.md E2: every answer is HTTP 200.
export const recorded: Cases = {
  provider,
  cases: [
    {
      name: 'sends the address',
      operation: verify,
      keys: byEmail,
      request: {
        url: 'https://api.neverbounce.com/v4/single/check',
        method: 'post',
        body: { email: 'ada+sales@example.com', timeout: 20 },
      },
      body: { status: 'success', result: 'a new word' },
      outcomes: [{ kind: 'not_found' }],
    },
    ...verdicts,
    ...faults,
  ],
  balances: [
    {
      name: 'paid credits',
      body: { status: 'success', credits_info: { paid_credits_remaining: 4000, free_credits_remaining: 0 } },
      left: { text: '4000 credits left', left: 4000 },
    },
    { name: 'a wrong key', body: { status: 'auth_failure', message: 'Words for people' }, left: 'unreadable' },
  ],
}
