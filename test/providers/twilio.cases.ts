import { twilio } from '../../src/providers/twilio'
import type { Case, Cases } from './case'
import { SHAPES } from './sheet'

// A French mobile number of the shape in Twilio's own example, kept for films (Arcep decision 2018-0881).
const keys = [{ phone: '+33639980001' }]

const line = {
  error_code: null,
  mobile_country_code: '208',
  mobile_network_code: '01',
  carrier_name: 'Example Mobile',
  type: 'mobile',
}
const reply = {
  calling_country_code: '33',
  country_code: 'FR',
  phone_number: '+33639980001',
  national_format: '06 39 98 00 01',
  valid: true,
  validation_errors: null,
  caller_name: null,
  line_type_intelligence: line,
  url: 'https://lookups.twilio.com/v2/PhoneNumbers/+33639980001',
}

const lineCase = (name: string, changes: object | null, outcome: Case['outcomes'][number]): Case => ({
  name,
  operation: 'line_type',
  keys,
  body: { ...reply, line_type_intelligence: changes && { ...line, ...changes } },
  outcomes: [outcome],
})
const type = (value: string) =>
  ({ kind: 'found', values: { phone_type: { value, confidence: 0.7, estimated: true } } }) as const

const types = (
  [
    ['mobile', 'mobile'],
    ['landline', 'fixed'],
    ['fixedVoip', 'voip'],
    ['nonFixedVoip', 'voip'],
    ['tollFree', 'toll_free'],
    ['premium', 'premium'],
    ['sharedCost', 'shared_cost'],
    ['personal', 'personal'],
    ['uan', 'company'],
    ['voicemail', 'voicemail'],
    ['pager', 'pager'],
  ] as const
).map(([word, value]) => lineCase(`says ${word}`, { type: word }, type(value)))

const invalid = (
  ['TOO_LONG', 'TOO_SHORT', 'INVALID_BUT_POSSIBLE', 'INVALID_COUNTRY_CODE', 'INVALID_LENGTH', 'NOT_A_NUMBER'] as const
).map((error): Case => ({
  name: `no number: ${error}`,
  operation: 'line_type',
  keys,
  body: {
    calling_country_code: null,
    country_code: null,
    phone_number: '+33639980001',
    national_format: null,
    valid: false,
    validation_errors: [error],
    caller_name: null,
    line_type_intelligence: null,
  },
  outcomes: [type('invalid')],
}))

export const recorded: Cases = {
  provider: twilio,
  cases: [
    {
      name: 'found',
      operation: 'line_type',
      keys,
      request: {
        url: 'https://lookups.twilio.com/v2/PhoneNumbers/%2B33639980001?Fields=line_type_intelligence',
      },
      body: reply,
      outcomes: [type('mobile')],
    },
    ...types,
    lineCase('it does not know', { type: 'unknown' }, { kind: 'not_found' }),
    lineCase('a new word', { type: 'satellite' }, { kind: 'not_found' }),
    lineCase('no type', { type: null }, { kind: 'not_found' }),
    lineCase('a type that is a number', { type: 4 }, { kind: 'not_found' }),
    lineCase('no line', null, { kind: 'not_found' }),
    lineCase('no access to Canada', { type: null, error_code: 60601 }, { kind: 'refused', because: 'input' }),
    lineCase('a failure of the package', { type: null, error_code: 60699 }, { kind: 'unavailable' }),
    ...invalid,
    ...(
      [
        ['a wrong key', 401, { kind: 'refused', because: 'credentials' }],
        ['no such number', 404, { kind: 'not_found' }],
        ['a question that it cannot read', 400, { kind: 'refused', because: 'input' }],
        ['too many requests', 429, { kind: 'throttled' }],
        ['a failure', 500, { kind: 'unavailable' }],
        ['no answer', 0, { kind: 'unavailable' }],
      ] as const
    ).map(([name, status, outcome]): Case => ({
      name,
      operation: 'line_type',
      keys,
      status,
      body: { code: 20000, message: 'Words for people', more_info: 'https://www.twilio.com/docs/errors/20000', status },
      outcomes: [outcome],
    })),
    {
      name: 'cut off',
      operation: 'line_type',
      keys,
      body: '{"calling_country_code":"33","coun',
      outcomes: [{ kind: 'unavailable' }],
    },
  ],
  sheets: [
    {
      title: 'phone numbers',
      headers: ['Phone'],
      // Of these it cannot be told from the digits what they are.
      rows: ['+12125550123', '+1 312 555 0124', '+14155550125', '+1 415 555 0126', '+1 212 555 0123'].map((number) => [
        number,
      ]),
      finds: { phone_type: SHAPES.words },
      calls: [/PhoneNumbers/],
    },
  ],
}
