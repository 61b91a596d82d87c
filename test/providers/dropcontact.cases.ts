import { lookupTag } from '../../src/domain/lookup-key'
import { dropcontact } from '../../src/providers/dropcontact'
import type { Case, Cases } from './case'
import { colleagues, linked, mailed, people, SHAPES } from './sheet'

const ada = { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }
const ben = { first_name: 'Ben', last_name: 'Okoro', domain: 'example.org' }
const cleo = { first_name: 'Cleo', last_name: 'Marsh', domain: 'example.net' }
const atCompany = { first_name: 'Ada', last_name: 'Nowak', company_name: 'Example' }
const byLinkedIn = { linkedin_url: 'https://www.linkedin.com/in/adanowak' }
const byEmail = { email: 'ada.nowak@example.com' }
const ours = { confidence: 0.7, estimated: true } as const

const contact = {
  civility: 'Mrs',
  first_name: 'Ada',
  last_name: 'Nowak',
  full_name: 'Ada Nowak',
  email: [{ email: 'ada.nowak@example.com', qualification: 'nominative@pro' }],
  phone: '+33 4 00 00 00 00',
  mobile_phone: '',
  company: 'Example',
  website: 'example.com',
  linkedin: 'linkedin.com/in/adanowak',
  company_linkedin: 'linkedin.com/company/example',
  siren: '123456789',
  siret: '12345678900012',
  siret_address: '1 rue Test',
  siret_zip: '69001',
  siret_city: 'LYON',
  vat: 'FR00123456789',
  nb_employees: '11 - 50',
  employee_count: '42',
  naf5_code: '6201Z',
  naf5_des: 'Programmation informatique',
  industry: 'Software',
  job: 'CTO',
  job_level: 'C-Level',
  job_function: 'IT',
  company_turnover: '',
  company_results: '',
  country: 'FR',
}

const registered = { confidence: 0.6, estimated: true } as const
const company = {
  company_name: { value: 'Example', ...ours },
  website: { value: 'example.com', ...ours },
  registration_number: { value: '123456789', ...ours },
  company_linkedin_url: { value: 'linkedin.com/company/example', ...ours },
  industry: { value: 'Software', ...ours },
  employees: { value: '42', ...ours },
  company_size: { value: '11 - 50', ...ours },
  hq_address: { value: '1 rue Test', ...registered },
  hq_postal_code: { value: '69001', ...registered },
  hq_city: { value: 'LYON', ...registered },
}
const person = {
  phone: { value: '+33 4 00 00 00 00', ...ours },
  gender: { value: 'female', ...ours },
  job_title: { value: 'CTO', ...ours },
  seniority: { value: 'C-Level', ...ours },
  department: { value: 'IT', ...ours },
  country: { value: 'FR', ...ours },
}
const names = {
  full_name: { value: 'Ada Nowak', ...ours },
  first_name: { value: 'Ada', ...ours },
  last_name: { value: 'Nowak', ...ours },
}
const linkedIn = { linkedin_url: { value: 'linkedin.com/in/adanowak', ...ours } }
const domain = { domain: { value: 'example.com', ...ours } }
const address = {
  email: { value: 'ada.nowak@example.com', ...ours, status: 'valid' },
  email_status: { value: 'valid', ...ours },
} as const

const results = (...data: readonly unknown[]) => ({ error: false, success: true, data })
const tagged = (by: Parameters<typeof lookupTag>[0], key: Parameters<typeof lookupTag>[1], changes: object = {}) => ({
  ...contact,
  ...changes,
  custom_fields: { lookup: lookupTag(by, key) },
})

/** A poll for one person with some of the answer changed. */
const pollCase = (name: string, changes: object, outcome: Case['outcomes'][number]): Case => ({
  name,
  operation: 'person_by_name_at_domain',
  keys: [ada],
  ticket: 'xabc123',
  body: results(tagged('name_at_domain', ada, changes)),
  outcomes: [outcome],
})

const withAddress = (qualification: string | null, confidence: number, status: string): Case =>
  pollCase(
    `an address that is ${qualification ?? 'not qualified'}`,
    { email: [{ email: 'ada.nowak@example.com', qualification }] },
    {
      kind: 'found',
      values: {
        ...person,
        ...linkedIn,
        ...company,
        email: { value: 'ada.nowak@example.com', confidence, status: status as 'valid', estimated: true },
        email_status: { value: status, ...ours, ...(status === 'unknown' && { confidence: 0.3 }) },
      },
    },
  )

const refusals = (
  [
    [400, { error: true, reason: 'Missing data in JSON', success: false }, { kind: 'refused', because: 'input' }],
    [401, { error: true, reason: 'Unknown account', success: false }, { kind: 'refused', because: 'credentials' }],
    [403, { error: true, reason: 'Words for people', success: false }, { kind: 'refused', because: 'credits' }],
    [404, { detail: 'Not Found' }, { kind: 'unavailable' }],
    [422, { detail: 'Words for people' }, { kind: 'refused', because: 'input' }],
    [429, { error: true, success: false }, { kind: 'throttled' }],
    [500, { detail: 'Words for people' }, { kind: 'unavailable' }],
  ] as const
).flatMap(([status, body, outcome]) =>
  [undefined, 'xabc123'].map((ticket): Case => ({
    name: `${ticket ? 'poll' : 'submit'}: ${status}`,
    operation: 'person_by_name_at_domain',
    keys: [ada, ben],
    ...(ticket && { ticket }),
    status,
    body,
    outcomes: [outcome, outcome],
  })),
)

const SUBMISSION = /^\/v1\/enrich\/all$/

export const recorded: Cases = {
  provider: dropcontact,
  cases: [
    {
      name: 'submit: a batch has one ticket',
      operation: 'person_by_name_at_domain',
      keys: [ada, ben],
      request: {
        url: 'https://api.dropcontact.com/v1/enrich/all',
        method: 'post',
        body: {
          data: [
            {
              first_name: 'Ada',
              last_name: 'Nowak',
              website: 'example.com',
              custom_fields: { lookup: lookupTag('name_at_domain', ada) },
            },
            {
              first_name: 'Ben',
              last_name: 'Okoro',
              website: 'example.org',
              custom_fields: { lookup: lookupTag('name_at_domain', ben) },
            },
          ],
          siren: true,
          language: 'en',
        },
      },
      body: { error: false, request_id: 'xabc123', success: true, credits_left: 482 },
      outcomes: [
        { kind: 'pending', ticket: 'xabc123' },
        { kind: 'pending', ticket: 'xabc123' },
      ],
    },
    {
      name: 'submit: not taken',
      operation: 'person_by_name_at_domain',
      keys: [ada],
      body: { error: true, reason: 'Words for people', success: false },
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'submit: by name and company',
      operation: 'person_by_name_at_company',
      keys: [atCompany],
      request: {
        url: 'https://api.dropcontact.com/v1/enrich/all',
        method: 'post',
        body: {
          data: [
            {
              first_name: 'Ada',
              last_name: 'Nowak',
              company: 'Example',
              custom_fields: { lookup: lookupTag('name_at_company', atCompany) },
            },
          ],
          siren: true,
          language: 'en',
        },
      },
      body: { error: false, request_id: 'xabc123', success: true, credits_left: 482 },
      outcomes: [{ kind: 'pending', ticket: 'xabc123' }],
    },
    {
      name: 'poll: not ready, which may also be an unknown ticket',
      operation: 'person_by_name_at_domain',
      keys: [ada, ben],
      ticket: 'xabc123',
      request: { url: 'https://api.dropcontact.com/v1/enrich/all/xabc123' },
      body: { error: false, success: false, reason: 'Request not ready yet, try again in 30 seconds' },
      outcomes: [
        { kind: 'pending', retryAfterMs: 30_000 },
        { kind: 'pending', retryAfterMs: 30_000 },
      ],
    },
    {
      name: 'poll: found, a miss and one that is left out, in another order',
      operation: 'person_by_name_at_domain',
      keys: [ada, ben, cleo],
      ticket: 'xabc123',
      body: results(
        {
          first_name: 'Ben',
          last_name: 'Okoro',
          email: [],
          custom_fields: { lookup: lookupTag('name_at_domain', ben) },
        },
        null,
        { ...contact, custom_fields: null },
        tagged('name_at_domain', ada),
      ),
      outcomes: [
        { kind: 'found', values: { ...address, ...person, ...linkedIn, ...company } },
        { kind: 'not_found' },
        { kind: 'unavailable' },
      ],
    },
    {
      name: 'poll: by name and company',
      operation: 'person_by_name_at_company',
      keys: [atCompany],
      ticket: 'xabc123',
      body: results(tagged('name_at_company', atCompany)),
      outcomes: [{ kind: 'found', values: { ...address, ...person, ...linkedIn, ...domain, ...company } }],
    },
    {
      name: 'poll: by profile',
      operation: 'person_by_linkedin',
      keys: [byLinkedIn],
      ticket: 'xabc123',
      body: results(tagged('linkedin', byLinkedIn)),
      outcomes: [{ kind: 'found', values: { ...address, ...names, ...person, ...domain, ...company } }],
    },
    {
      name: 'poll: an address that was asked with is judged, not found',
      operation: 'person_by_email',
      keys: [byEmail],
      ticket: 'xabc123',
      body: results(
        tagged('email', byEmail, {
          email: [
            { email: 'a.nowak@example.com', qualification: 'nominative@pro' },
            { email: 'Ada.Nowak@example.com', qualification: 'invalid@pro' },
          ],
        }),
      ),
      outcomes: [
        {
          kind: 'found',
          values: {
            email_status: { value: 'invalid', ...ours },
            ...names,
            ...person,
            ...linkedIn,
            ...domain,
            ...company,
          },
        },
      ],
    },
    {
      name: 'poll: another address says nothing about the one that was asked with',
      operation: 'person_by_email',
      keys: [byEmail],
      ticket: 'xabc123',
      body: results({
        email: [{ email: 'a.nowak@example.com', qualification: 'nominative@pro' }],
        custom_fields: { lookup: lookupTag('email', byEmail) },
      }),
      outcomes: [{ kind: 'not_found' }],
    },
    withAddress('nominative@pro', 0.7, 'valid'),
    withAddress('catch_all@pro', 0.6, 'accept_all'),
    withAddress('generic@pro', 0.4, 'risky'),
    withAddress('random@pro', 0.1, 'invalid'),
    withAddress('invalid@pro', 0.1, 'invalid'),
    withAddress('nominative@invalid', 0.1, 'invalid'),
    withAddress(null, 0.5, 'unknown'),
    pollCase(
      'a private address beside two of the company',
      {
        civility: 'Mr',
        email: [
          { email: 'info@example.com', qualification: 'generic@pro' },
          { email: 'ada@mail.example', qualification: 'nominative@perso' },
          { email: 'ada.nowak@example.com', qualification: 'nominative@pro' },
        ],
      },
      {
        kind: 'found',
        values: {
          ...address,
          ...person,
          ...linkedIn,
          ...company,
          gender: { value: 'male', ...ours },
          personal_email: { value: 'ada@mail.example', ...ours, status: 'risky' },
        },
      },
    ),
    pollCase(
      'no address, but facts',
      { email: null },
      { kind: 'found', values: { ...person, ...linkedIn, ...company } },
    ),
    pollCase(
      'details of a wrong type are left out',
      { email: [7, { email: 'n/a' }], job: 7, siren: 123456789, employee_count: 42, phone: {}, civility: [] },
      {
        kind: 'found',
        values: {
          seniority: person.seniority,
          department: person.department,
          country: person.country,
          ...linkedIn,
          ...company,
        },
      },
    ),
    {
      name: 'poll: the request failed',
      operation: 'person_by_name_at_domain',
      keys: [ada],
      ticket: 'xabc123',
      body: { error: true, success: false, reason: 'Words for people' },
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'poll: ready, but without contacts',
      operation: 'person_by_name_at_domain',
      keys: [ada],
      ticket: 'xabc123',
      body: { error: false, success: true },
      outcomes: [{ kind: 'unavailable' }],
    },
    ...refusals,
  ],
  balances: [
    { name: 'credits', body: { credits: 482 }, left: { text: '482 credits left', left: 482 } },
    {
      name: 'credits_left, as a submission has it',
      body: { error: false, success: true, credits_left: 482 },
      left: { text: '482 credits left', left: 482 },
    },
    { name: 'an error', body: { error: true }, left: 'unreadable' },
  ],
  sheets: [
    people({ email: SHAPES.address, job_title: SHAPES.words, linkedin_url: SHAPES.words }, SUBMISSION),
    colleagues({ email: SHAPES.address, domain: /^everyone/ }, SUBMISSION),
    mailed({ email_status: SHAPES.status, first_name: SHAPES.words }, SUBMISSION),
    linked({ email: SHAPES.address, company_name: SHAPES.words }, SUBMISSION),
  ].map((sheet) => ({ ...sheet, polls: /enrich\/all\/./ })),
}
