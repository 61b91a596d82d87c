import { dropcontact } from '../../src/providers/dropcontact'
import { hunter } from '../../src/providers/hunter'
import { prospeo } from '../../src/providers/prospeo'

const read = (requests: object) => hunter.balance?.read({ data: { plan_name: 'Free', requests } })

test.each([
  [
    'searches and verifications',
    { searches: { used: 7, available: 50 }, verifications: { used: 1, available: 100 } },
    { text: '43 of 50 searches left, 99 of 100 verifications left', left: 43 },
  ],
  [
    'credits first',
    { credits: { used: 2.5, available: 50 }, searches: { used: 2, available: 25 } },
    { text: '47.5 of 50 credits left, 23 of 25 searches left', left: 47.5 },
  ],
  ['overdrawn', { searches: { used: 51, available: 50 } }, { text: '0 of 50 searches left', left: 0 }],
  [
    'a quota of a wrong type is left out',
    { credits: 'many', searches: { used: 0, available: 50 } },
    { text: '50 of 50 searches left', left: 50 },
  ],
])('Hunter balance: %s', (_name, requests, expected) => {
  expect(read(requests)).toEqual(expected)
})

test('an answer without a quota is refused', () => {
  expect(() => read({})).toThrow()
})

test.each<[string, object]>([
  ['credits', { credits: 482 }],
  ['credits_left, as a submission has it', { error: false, success: true, credits_left: 482 }],
])('Dropcontact balance: %s', (_name, body) => {
  expect(dropcontact.balance?.read(body)).toEqual({ text: '482 credits left', left: 482 })
  expect(() => dropcontact.balance?.read({ error: true })).toThrow()
})

test('Prospeo balance', () => {
  const response = { current_plan: 'Free', remaining_credits: 99, used_credits: 1, next_quota_renewal_days: 25 }
  expect(prospeo.balance?.read({ error: false, response })).toEqual({ text: '99 credits left', left: 99 })
  expect(() => prospeo.balance?.read({ error: true, error_code: 'INVALID_API_KEY' })).toThrow()
})
