import { fromRow } from '../../src/providers/from_row'
import type { Case, Cases } from './case'

const sure = (confidence: number) => ({ confidence, estimated: true }) as const

const emailCase =
  (operation: string, found: (value: string) => Case['outcomes'][number]) =>
  ([email, value]: readonly [string, string?]): Case => ({
    name: `${operation}: ${email}`,
    operation,
    keys: [{ email }],
    outcomes: [value === undefined ? { kind: 'not_found' } : found(value)],
  })

const named = (full: string, confidence = 0.65) => {
  const [first = '', ...last] = full.split(' ')
  return {
    kind: 'found',
    values: {
      first_name: { value: first, ...sure(confidence) },
      last_name: { value: last.join(' '), ...sure(confidence) },
      full_name: { value: full, ...sure(confidence) },
    },
  } as const
}

const names = (
  [
    ['ada.nowak@example.com', 'Ada Nowak'],
    ['ada_nowak@example.com', 'Ada Nowak'],
    ['ada.nowak+news@example.com', 'Ada Nowak'],
    ['jean-paul.okafor@example.com', 'Jean-Paul Okafor'],
    ['ada.nowak-durand@example.com', 'Ada Nowak-Durand'],
    // One part, initials, digits, three parts: not clearly two names.
    ['anowak@example.com'],
    ['ada@example.com'],
    ['a.nowak@example.com'],
    ['ada.n@example.com'],
    ['ada-nowak@example.com'],
    ['ada.nowak2@example.com'],
    ['ada.maria.nowak@example.com'],
    // Functions, titles, throw-away mailboxes.
    ['sales.paris@example.com'],
    ['front.desk@example.com'],
    ['human.resources@example.com'],
    ['no.reply@example.com'],
    ['customer.service@example.com'],
    ['team.nowak@example.com'],
    ['mr.nowak@example.com'],
    ['ada.nowak@mailinator.com'],
    ['not an address'],
  ] as const
).map(emailCase('name_in_email', named))

const domains = (
  [
    ['ada@example.com', 'example.com'],
    ['ada@mail.example.co.uk', 'example.co.uk'],
    ['ada@gmail.com'],
    ['ada@yahoo.fr'],
    ['ada@orange.fr'],
    ['ada@mailinator.com'],
    ['ada@linkedin.com'],
    ['not an address'],
  ] as const
).map(emailCase('domain_in_email', (value) => ({ kind: 'found', values: { domain: { value, ...sure(0.7) } } })))

const kinds = (
  [
    ['ada@mailinator.com', 'invalid'],
    ['info@yopmail.com', 'invalid'],
    // Of the long list alone.
    ['ada@0-mail.com', 'invalid'],
    ['info@example.com', 'risky'],
    ['no-reply@example.com', 'risky'],
    ['ada.nowak@example.com'],
    ['ada@gmail.com'],
    ['not an address'],
  ] as const
).map(
  emailCase('kind_of_email', (value) => ({
    kind: 'found',
    values: { email_status: { value, ...sure(value === 'invalid' ? 0.7 : 0.4) } },
  })),
)

// Numbers for drama; see PLACES in src/providers/training.ts.
const phones = (
  [
    ['+33199001234', 'FR', 'fixed'],
    ['+442079460001', 'GB', 'fixed'],
    ['+4917139200123', 'DE', 'mobile'],
    // Mobile and fixed lines share their digits there.
    ['+12125550142', 'US', undefined],
    ['+33', undefined, undefined],
    ['anything', undefined, undefined],
  ] as const
).map(([phone, country, type]): Case => ({
  name: `country_of_phone: ${phone}`,
  operation: 'country_of_phone',
  keys: [{ phone }],
  outcomes: [
    country
      ? {
          kind: 'found',
          values: {
            country: { value: country, ...sure(0.65) },
            ...(type && { phone_type: { value: type, ...sure(0.65) } }),
          },
        }
      : { kind: 'not_found' },
  ],
}))

export const recorded: Cases = {
  provider: fromRow,
  cases: [
    ...names,
    ...domains,
    ...kinds,
    ...phones,
    {
      name: 'several at once, and names that people choose themselves',
      operation: 'name_in_email',
      keys: [{ email: 'info@example.com' }, { email: 'ada.nowak@gmail.com' }],
      outcomes: [{ kind: 'not_found' }, named('Ada Nowak', 0.5)],
    },
  ],
}
