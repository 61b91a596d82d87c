import { lookupTag } from '../../src/domain/lookup-key'
import { icypeas } from '../../src/providers/icypeas'
import type { Case, Cases } from './case'
import { colleagues, mailed, people, SHAPES } from './sheet'

const ada = { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }
const ben = { first_name: 'Ben', last_name: 'Okoro', domain: 'example.org' }
const cleo = { first_name: 'Cleo', last_name: 'Marsh', domain: 'example.net' }
const atCompany = { first_name: 'Ada', last_name: 'Nowak', company_name: 'Example' }
const byEmail = { email: 'ada.nowak@example.com' }
const ours = { confidence: 0.7, estimated: true } as const

const tagOf = (key: typeof ada) => lookupTag('name_at_domain', key)

const entry = {
  email: 'ada.nowak@example.com',
  certainty: 'ultra_sure',
  mxProvider: 'google',
  mxRecords: ['aspmx.l.google.com'],
}
const results = {
  firstname: 'Ada',
  lastname: 'Nowak',
  fullname: 'Ada Nowak',
  gender: 'F',
  emails: [entry],
  phones: [],
}
const item = { _id: 'p_gfS5EB4liCGm90KDFC', status: 'FOUND', order: 0, results, userData: { externalId: tagOf(ada) } }
const adaValues = {
  email: { value: 'ada.nowak@example.com', ...ours, status: 'valid' },
  email_status: { value: 'valid', ...ours },
  gender: { value: 'female', ...ours },
} as const

const page = (...items: readonly unknown[]) => ({ success: true, items })

/** A poll of a list for one person with some of the item changed. */
const pollCase = (name: string, changes: object, outcome: Case['outcomes'][number]): Case => ({
  name: `list: ${name}`,
  operation: 'email_by_name_at_domain',
  keys: [ada],
  ticket: 'file1',
  body: page({ ...item, ...changes }),
  outcomes: [outcome],
})

const certaintyCase = (certainty: string | null, confidence: number, value: string): Case =>
  pollCase(
    `certainty ${certainty}`,
    { results: { ...results, emails: [{ ...entry, certainty }] } },
    {
      kind: 'found',
      values: {
        email: { value: 'ada.nowak@example.com', confidence, estimated: true, status: value as 'valid' },
        email_status: { value, ...ours, ...(value === 'unknown' && { confidence: 0.3 }) },
        gender: adaValues.gender,
      },
    },
  )

const verdictCase = (name: string, changes: object, outcome: Case['outcomes'][number]): Case => ({
  name: `verification: ${name}`,
  operation: 'verify_email',
  keys: [byEmail],
  ticket: 'p_gfS5EB4liCGm90KDFC',
  body: page({ ...item, userData: {}, ...changes }),
  outcomes: [outcome],
})

const verdict = (certainty: string, value: string): Case =>
  verdictCase(
    certainty,
    { results: { emails: [{ ...entry, certainty }] } },
    {
      kind: 'found',
      values: { email_status: { value, ...ours, ...(value === 'unknown' && { confidence: 0.3 }) } },
    },
  )

const ends = (
  [
    ['NONE', { kind: 'pending' }],
    ['SCHEDULED', { kind: 'pending' }],
    ['IN_PROGRESS', { kind: 'pending' }],
    ['NOT_FOUND', { kind: 'not_found' }],
    ['DEBITED_NOT_FOUND', { kind: 'not_found' }],
    ['BAD_INPUT', { kind: 'refused', because: 'input' }],
    ['INSUFFICIENT_FUNDS', { kind: 'refused', because: 'credits', ended: true }],
    ['ABORTED', { kind: 'unavailable', ended: true }],
    ['A_NEW_WORD', { kind: 'unavailable' }],
  ] as const
).flatMap(([status, outcome]) => [
  pollCase(status, { status, results: {} }, outcome),
  verdictCase(status, { status, results: null }, outcome),
])

const refusals = (
  [
    [401, { kind: 'refused', because: 'credentials' }],
    [404, { kind: 'unavailable' }],
    [429, { kind: 'throttled' }],
    [500, { kind: 'unavailable' }],
  ] as const
).flatMap(([status, outcome]) =>
  [undefined, 'file1'].map((ticket): Case => ({
    name: `${ticket ? 'poll' : 'submit'}: ${status}`,
    operation: 'email_by_name_at_domain',
    keys: [ada, ben],
    ...(ticket && { ticket }),
    status,
    body: { success: false },
    outcomes: [outcome, outcome],
  })),
)

export const recorded: Cases = {
  provider: icypeas,
  cases: [
    {
      name: 'list: taken',
      operation: 'email_by_name_at_domain',
      keys: [ada, ben],
      request: {
        url: 'https://app.icypeas.com/api/bulk-search',
        method: 'post',
        body: {
          task: 'email-search',
          name: 'Enrich for Google Sheets',
          data: [
            ['Ada', 'Nowak', 'example.com'],
            ['Ben', 'Okoro', 'example.org'],
          ],
          custom: { externalIds: [tagOf(ada), tagOf(ben)] },
        },
      },
      body: { success: true, status: 'valid', file: 'file1' },
      outcomes: [
        { kind: 'pending', ticket: 'file1' },
        { kind: 'pending', ticket: 'file1' },
      ],
    },
    {
      name: 'list: by company, taken',
      operation: 'email_by_name_at_company',
      keys: [atCompany],
      request: {
        url: 'https://app.icypeas.com/api/bulk-search',
        method: 'post',
        body: {
          task: 'email-search',
          name: 'Enrich for Google Sheets',
          data: [['Ada', 'Nowak', 'Example']],
          custom: { externalIds: [lookupTag('name_at_company', atCompany)] },
        },
      },
      body: { success: true, status: 'valid', file: 'file1' },
      outcomes: [{ kind: 'pending', ticket: 'file1' }],
    },
    {
      name: 'list: not understood, with status 200',
      operation: 'email_by_name_at_domain',
      keys: [ada],
      body: { success: false, validationErrors: [{ message: 'Words for people' }] },
      outcomes: [{ kind: 'refused', because: 'input' }],
    },
    {
      name: 'list: taken, but without a file',
      operation: 'email_by_name_at_domain',
      keys: [ada],
      body: { success: true, status: 'valid' },
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'list: found, running and not yet listed, in another order',
      operation: 'email_by_name_at_domain',
      keys: [ada, ben, cleo],
      ticket: 'file1',
      request: {
        url: 'https://app.icypeas.com/api/bulk-single-searchs/read',
        method: 'post',
        body: { mode: 'bulk', file: 'file1', limit: 100 },
      },
      body: page(
        { _id: 'p2', status: 'IN_PROGRESS', order: 1, userData: { externalId: tagOf(ben) } },
        { _id: 'p3', status: 'FOUND', order: 2, results },
        { ...item, status: 'DEBITED' },
      ),
      outcomes: [{ kind: 'found', values: adaValues }, { kind: 'pending' }, { kind: 'pending' }],
    },
    {
      name: 'list: by company, found',
      operation: 'email_by_name_at_company',
      keys: [atCompany],
      ticket: 'file1',
      body: page({ ...item, userData: { externalId: lookupTag('name_at_company', atCompany) } }),
      outcomes: [{ kind: 'found', values: adaValues }],
    },
    certaintyCase('ultra_sure', 0.7, 'valid'),
    certaintyCase('very_sure', 0.7, 'valid'),
    certaintyCase('probable', 0.6, 'risky'),
    certaintyCase('undeliverable', 0.1, 'invalid'),
    certaintyCase('not_found', 0.3, 'unknown'),
    certaintyCase(null, 0.5, 'unknown'),
    pollCase(
      'the surest of several addresses',
      {
        results: {
          ...results,
          gender: 'UNKNOWN',
          emails: [{ ...entry, email: 'a@example.com', certainty: 'probable' }, entry],
        },
      },
      { kind: 'found', values: { email: adaValues.email, email_status: adaValues.email_status } },
    ),
    pollCase(
      'details of a wrong type are left out',
      { results: { gender: 7, emails: [null, 7, { email: 'n/a' }] } },
      { kind: 'not_found' },
    ),
    pollCase('an item without a status', { status: null }, { kind: 'unavailable' }),
    {
      name: 'list: a page that is none',
      operation: 'email_by_name_at_domain',
      keys: [ada],
      ticket: 'file1',
      body: { success: false, validationErrors: [{ message: 'Words for people' }] },
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'verification: taken',
      operation: 'verify_email',
      keys: [byEmail],
      request: {
        url: 'https://app.icypeas.com/api/email-verification',
        method: 'post',
        body: { email: 'ada.nowak@example.com' },
      },
      body: { success: true, item: { status: 'NONE', _id: 'p_gfS5EB4liCGm90KDFC' } },
      outcomes: [{ kind: 'pending', ticket: 'p_gfS5EB4liCGm90KDFC' }],
    },
    {
      name: 'verification: not understood, with status 200',
      operation: 'verify_email',
      keys: [byEmail],
      body: { success: false, validationErrors: [{ message: 'Words for people' }] },
      outcomes: [{ kind: 'refused', because: 'input' }],
    },
    {
      name: 'verification: the question about the ticket',
      operation: 'verify_email',
      keys: [byEmail],
      ticket: 'p_gfS5EB4liCGm90KDFC',
      request: {
        url: 'https://app.icypeas.com/api/bulk-single-searchs/read',
        method: 'post',
        body: { id: 'p_gfS5EB4liCGm90KDFC' },
      },
      body: page(),
      outcomes: [{ kind: 'pending' }],
    },
    verdict('ultra_sure', 'valid'),
    verdict('very_sure', 'valid'),
    verdict('probable', 'risky'),
    verdict('undeliverable', 'invalid'),
    verdict('not_found', 'unknown'),
    verdictCase(
      'not found, for it does not exist',
      { status: 'DEBITED_NOT_FOUND', results: { emails: [{ ...entry, certainty: 'undeliverable' }] } },
      { kind: 'found', values: { email_status: { value: 'invalid', ...ours } } },
    ),
    verdictCase('no certainty', { results: { emails: [{ email: 'ada.nowak@example.com' }] } }, { kind: 'not_found' }),
    ...ends,
    ...refusals,
  ],
  sheets: [
    people({ email: SHAPES.address, email_status: SHAPES.status }, /bulk-search$/),
    colleagues({ email: SHAPES.address }, /bulk-search$/),
    mailed({ email_status: SHAPES.status }, /email-verification/),
  ].map((sheet) => ({ ...sheet, polls: /single-searchs\/read/ })),
}
