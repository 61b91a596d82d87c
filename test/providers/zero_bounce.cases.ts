import { zeroBounce } from '../../src/providers/zero_bounce'
import type { Case, Cases } from './case'
import { mailed, SHAPES } from './sheet'

const ADA = 'ada.nowak@example.com'
const byEmail = [{ email: ADA }]
const ours = { confidence: 0.7, estimated: true } as const

const answer = {
  address: ADA,
  status: 'valid',
  sub_status: '',
  free_email: false,
  did_you_mean: null,
  account: 'ada.nowak',
  domain: 'example.com',
  domain_age_days: '9692',
  smtp_provider: 'google',
  mx_found: 'true',
  mx_record: 'mx.example.com',
  firstname: 'Ada',
  lastname: 'Nowak',
  gender: 'female',
  country: null,
  region: null,
  city: null,
  zipcode: null,
  processed_at: '2026-05-01 10:00:00.000',
}
const nameless = { ...answer, firstname: null, lastname: null, gender: null }
const named = {
  first_name: { value: 'Ada', ...ours },
  last_name: { value: 'Nowak', ...ours },
  gender: { value: 'female', ...ours },
}

const unclear = { confidence: 0.3, estimated: true } as const

const verdicts = (
  [
    ['valid', '', 'valid'],
    ['valid', 'alias_address', 'valid'],
    ['valid', 'accept_all', 'accept_all'],
    ['valid', 'role_based_accept_all', 'accept_all'],
    ['catch-all', '', 'accept_all'],
    ['invalid', 'mailbox_not_found', 'invalid'],
    ['spamtrap', '', 'invalid'],
    ['abuse', '', 'invalid'],
    ['do_not_mail', 'disposable', 'invalid'],
    ['do_not_mail', 'toxic', 'invalid'],
    ['do_not_mail', 'role_based', 'risky'],
    ['do_not_mail', 'role_based_catch_all', 'risky'],
    ['unknown', 'greylisted', 'unknown'],
    ['a new word', '', 'unknown'],
    ['constructor', '', 'unknown'],
  ] as const
).map(([status, sub_status, value]): Case => ({
  name: `says ${status} ${sub_status}`.trim(),
  operation: 'verify_email',
  keys: byEmail,
  body: { email_batch: [{ ...nameless, status, sub_status }], errors: [] },
  outcomes: [{ kind: 'found', values: { email_status: { value, ...(value === 'unknown' ? unclear : ours) } } }],
}))

const failures = (
  [
    ['the key or the credits', 200, { error: 'Invalid API key or your account ran out of credits' }, 'credentials'],
    ['the key', 400, { error: 'Invalid API Key' }, 'credentials'],
    ['the credits', 200, { error: 'Your account ran out of credits' }, 'credits'],
    ['a question that it cannot read', 400, { error: 'Missing parameter: email_batch' }, 'input'],
  ] as const
).map(([name, status, body, because]): Case => ({
  name: `refuses ${name} for all`,
  operation: 'verify_email',
  keys: [{ email: ADA }, { email: 'ben.okafor@example.com' }],
  status,
  body,
  outcomes: [
    { kind: 'refused', because },
    { kind: 'refused', because },
  ],
}))

export const recorded: Cases = {
  provider: zeroBounce,
  cases: [
    {
      name: 'found',
      operation: 'verify_email',
      keys: byEmail,
      request: {
        url: 'https://bulkapi.zerobounce.net/v2/validatebatch',
        method: 'post',
        body: { email_batch: [{ email_address: ADA, ip_address: '' }], timeout: 20 },
      },
      body: { email_batch: [answer], errors: [] },
      outcomes: [{ kind: 'found', values: { email_status: { value: 'valid', ...ours }, ...named } }],
    },
    ...verdicts,
    {
      name: 'the owner of an address that does not work is nobody',
      operation: 'verify_email',
      keys: byEmail,
      body: { email_batch: [{ ...answer, status: 'invalid' }] },
      outcomes: [{ kind: 'found', values: { email_status: { value: 'invalid', ...ours } } }],
    },
    {
      name: 'details of a wrong type are left out',
      operation: 'verify_email',
      keys: byEmail,
      body: { email_batch: [{ ...answer, firstname: 7, lastname: ' ', gender: [], sub_status: null }], errors: 'none' },
      outcomes: [{ kind: 'found', values: { email_status: { value: 'valid', ...ours } } }],
    },
    {
      name: 'a batch in another order, with an error and one left out',
      operation: 'verify_email',
      keys: [
        { email: ADA },
        { email: 'no.address@example' },
        { email: 'ben.okafor@example.com' },
        { email: 'chloe.durand@example.com' },
      ],
      body: {
        email_batch: [
          { ...nameless, address: 'ben.okafor@example.com', status: 'invalid' },
          { ...answer, address: 'Ada.Nowak@example.com' },
        ],
        errors: [{ error: 'Invalid email format', email_address: 'no.address@example' }],
      },
      outcomes: [
        { kind: 'found', values: { email_status: { value: 'valid', ...ours }, ...named } },
        { kind: 'refused', because: 'input' },
        { kind: 'found', values: { email_status: { value: 'invalid', ...ours } } },
        { kind: 'unavailable' },
      ],
    },
    ...failures,
    {
      name: 'an error about no address in particular',
      operation: 'verify_email',
      keys: byEmail,
      body: {
        email_batch: [],
        errors: [{ error: 'Invalid API Key or your account ran out of credits', email_address: 'all' }],
      },
      outcomes: [{ kind: 'refused', because: 'credentials' }],
    },
    {
      name: 'an error in words about too many requests',
      operation: 'verify_email',
      keys: byEmail,
      body: { error: 'Too many requests' },
      outcomes: [{ kind: 'throttled' }],
    },
    ...(
      [
        ['the shield', 403, { kind: 'throttled' }],
        ['too many requests', 429, { kind: 'throttled' }],
        ['a failure', 500, { kind: 'unavailable' }],
        ['no answer', 0, { kind: 'unavailable' }],
      ] as const
    ).map(([name, status, outcome]): Case => ({
      name,
      operation: 'verify_email',
      keys: byEmail,
      status,
      body: '',
      outcomes: [outcome],
    })),
    {
      name: 'a bad request without words',
      operation: 'verify_email',
      keys: byEmail,
      status: 400,
      body: '<html><body>Bad Request</body></html>',
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'cut off',
      operation: 'verify_email',
      keys: byEmail,
      body: '{"email_batch":[{"address":"ada.nowak@exam',
      outcomes: [{ kind: 'unavailable' }],
    },
  ],
  sheets: [mailed({ email_status: SHAPES.status, first_name: SHAPES.words }, /validatebatch/)],
}
