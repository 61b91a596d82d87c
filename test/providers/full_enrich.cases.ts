import { lookupTag } from '../../src/domain/lookup-key'
import { fullEnrich } from '../../src/providers/full_enrich'
import type { Case, Cases } from './case'
import { colleagues, linked, mailed, people, SHAPES } from './sheet'

const ada = { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }
const ben = { first_name: 'Ben', last_name: 'Okoro', domain: 'example.org' }
const cleo = { first_name: 'Cleo', last_name: 'Marsh', domain: 'example.net' }
const atCompany = { first_name: 'Ada', last_name: 'Nowak', company_name: 'Example' }
const byLinkedIn = { linkedin_url: 'https://www.linkedin.com/in/adanowak' }
const byEmail = { email: 'ada.nowak@example.com' }
const TICKET = '2db5ea61-1752-42cf-8ea1-ab1da060cd0a'
const ours = { confidence: 0.7, estimated: true } as const

const headquarters = {
  line1: '1 rue Test',
  line2: '69001 Lyon, FR',
  city: 'Lyon',
  region: 'Rhône',
  country: 'France',
  country_code: 'FR',
}
const company = {
  id: 'a1b2',
  name: 'Example',
  domain: 'example.com',
  website: 'https://www.example.com',
  description: 'Makes examples.',
  year_founded: 2015,
  headcount: 42,
  company_type: 'Privately Held',
  locations: { headquarters, offices: [] },
  industry: { main_industry: 'Software Development' },
  social_profiles: {
    professional_network: {
      url: 'https://www.linkedin.com/company/example',
      handle: 'example',
      connection_count: 1200,
    },
  },
  logo_url: 'https://app.fullenrich.com/logo/company/handle/example',
}
const current = { title: 'CTO', is_current: true, start_at: '2022-03-15T00:00:00Z', company }
const profile = {
  id: '746e',
  full_name: 'Ada Nowak',
  first_name: 'Ada',
  last_name: 'Nowak',
  headline: 'CTO',
  description: 'Builds things.',
  location: { country: 'France', country_code: 'FR', city: 'Lyon', region: null },
  social_profiles: {
    professional_network: { url: 'https://www.linkedin.com/in/adanowak/', handle: 'adanowak', connection_count: 500 },
  },
  educations: [{ school_name: 'Example University', degree: 'Mathematics', start_at: null, end_at: null }],
  languages: [
    { language: 'English', proficiency: 'PROFESSIONAL_WORKING' },
    { language: 'French', proficiency: 'NATIVE_OR_BILINGUAL' },
  ],
  skills: ['Software', 'Sales'],
  employment: {
    current,
    all: [
      current,
      {
        title: 'Engineer',
        is_current: false,
        start_at: '2019-07-01T00:00:00Z',
        end_at: '2022-03-01T00:00:00Z',
        company: { name: 'Sample, Inc.' },
      },
    ],
  },
}
const short = {
  full_name: 'Ada Nowak',
  headline: 'CTO',
  employment: { current: { title: 'CTO', company: { name: 'Example', domain: 'example.com', headcount: 42 } } },
}

const names = {
  full_name: { value: 'Ada Nowak', ...ours },
  first_name: { value: 'Ada', ...ours },
  last_name: { value: 'Nowak', ...ours },
}
const linkedIn = { linkedin_url: { value: 'https://www.linkedin.com/in/adanowak/', ...ours } }
const domain = { domain: { value: 'example.com', ...ours } }
const profileValues = {
  headline: { value: 'CTO', ...ours },
  summary: { value: 'Builds things.', ...ours },
  connections: { value: '500', ...ours },
  education: { value: 'Mathematics at Example University', ...ours },
  languages: { value: 'English; French', ...ours },
  skills: { value: 'Software; Sales', ...ours },
  job_title: { value: 'CTO', ...ours },
  job_started_on: { value: '2022-03-15T00:00:00Z', ...ours },
  job_history: { value: 'CTO at Example (from 2022-03); Engineer at Sample, Inc. (2019-07 to 2022-03)', ...ours },
  city: { value: 'Lyon', ...ours },
  country: { value: 'FR', ...ours },
  company_name: { value: 'Example', ...ours },
  website: { value: 'https://www.example.com', ...ours },
  company_description: { value: 'Makes examples.', ...ours },
  company_type: { value: 'Privately Held', ...ours },
  company_founded: { value: '2015', ...ours },
  company_linkedin_url: { value: 'https://www.linkedin.com/company/example', ...ours },
  company_logo_url: { value: 'https://app.fullenrich.com/logo/company/handle/example', ...ours },
  company_followers: { value: '1200', ...ours },
  employees: { value: '42', ...ours },
  industry: { value: 'Software Development', ...ours },
  hq_address: { value: '1 rue Test, 69001 Lyon, FR', ...ours },
  hq_city: { value: 'Lyon', ...ours },
  hq_region: { value: 'Rhône', ...ours },
  hq_country: { value: 'FR', ...ours },
}
const address = {
  email: { value: 'ada.nowak@example.com', ...ours, status: 'valid' },
  email_status: { value: 'valid', ...ours },
} as const
const shortValues = {
  full_name: names.full_name,
  headline: profileValues.headline,
  job_title: profileValues.job_title,
  company_name: profileValues.company_name,
  employees: profileValues.employees,
}

const contactInfo = {
  most_probable_work_email: { email: 'ada.nowak@example.com', status: 'DELIVERABLE' },
  most_probable_phone: { number: '+33 6 12 34 56 78', region: 'FR' },
  work_emails: [{ email: 'ada.nowak@example.com', status: 'DELIVERABLE' }],
  personal_emails: [],
  phones: [],
}

type Key = Parameters<typeof lookupTag>[1]
const entry = (by: Parameters<typeof lookupTag>[0], key: Key, changes: object = {}) => ({
  input: { first_name: 'Ada', last_name: 'Nowak', company_domain: 'example.com', professional_network_url: '' },
  custom: { lookup: lookupTag(by, key) },
  contact_info: contactInfo,
  ...changes,
})
const job = (status: string, ...data: readonly unknown[]) => ({
  id: TICKET,
  name: 'run 1',
  status,
  cost: { credits: 1 },
  data,
})

const submitted = (operation: string, key: Key, contact: object): Case => ({
  name: `${operation}: taken`,
  operation,
  keys: [key],
  request: {
    url: `https://app.fullenrich.com/api/v2/contact/${'email' in contact ? 'reverse/email' : 'enrich'}/bulk`,
    method: 'post',
    body: { name: 'Enrich for Google Sheets', data: [contact] },
  },
  body: { enrichment_id: TICKET },
  outcomes: [{ kind: 'pending', ticket: TICKET }],
})

/** A poll about one person's address with some of the answer changed. */
const pollCase = (name: string, changes: object, outcome: Case['outcomes'][number]): Case => ({
  name,
  operation: 'email_by_name_at_domain',
  keys: [ada],
  ticket: TICKET,
  body: job('FINISHED', entry('name_at_domain', ada, changes)),
  outcomes: [outcome],
})

const addressCase = (status: string | null, confidence: number, value: string): Case =>
  pollCase(
    `an address that is ${status}`,
    { contact_info: { most_probable_work_email: { email: 'ada.nowak@example.com', status } } },
    {
      kind: 'found',
      values: {
        email: { value: 'ada.nowak@example.com', confidence, estimated: true, status: value as 'valid' },
        email_status: { value, ...ours, ...(value === 'unknown' && { confidence: 0.3 }) },
      },
    },
  )

const found = (
  operation: string,
  by: Parameters<typeof lookupTag>[0],
  key: Key,
  changes: object,
  values: object,
): Case => ({
  name: `${operation}: found`,
  operation,
  keys: [key],
  ticket: TICKET,
  body: job('FINISHED', entry(by, key, changes)),
  outcomes: [{ kind: 'found', values }],
})

const wait = { kind: 'pending', retryAfterMs: 30_000 } as const

/** Ada is found, of Ben and Cleo nothing is said; what the state of the job means for them. */
const states = (
  [
    ['CREATED', 200, wait],
    ['IN_PROGRESS', 200, wait],
    ['CANCELED', 200, { kind: 'unavailable', ended: true }],
    ['CREDITS_INSUFFICIENT', 200, { kind: 'refused', because: 'credits', ended: true }],
    ['CREDITS_INSUFFICIENT', 402, { kind: 'refused', because: 'credits', ended: true }],
    ['RATE_LIMIT', 200, { kind: 'throttled', ended: true }],
    ['UNKNOWN', 200, { kind: 'unavailable' }],
    ['A_NEW_WORD', 200, { kind: 'unavailable' }],
  ] as const
).map(([state, status, outcome]): Case => ({
  name: `poll: the job is ${state} (${status})`,
  operation: 'email_by_name_at_domain',
  keys: [ada, ben, cleo],
  ticket: TICKET,
  status,
  body: job(state, entry('name_at_domain', ben, { contact_info: null }), entry('name_at_domain', ada)),
  outcomes: [outcome.kind === 'pending' ? outcome : { kind: 'found', values: address }, outcome, outcome],
}))

const refusals = (
  [
    ['submit', 400, 'error.enrichment.invalid', { kind: 'refused', because: 'input' }],
    ['submit', 401, 'error.api.key', { kind: 'refused', because: 'credentials' }],
    ['submit', 402, 'error.credits', { kind: 'refused', because: 'credits' }],
    ['submit', 404, 'error.workspace', { kind: 'unavailable' }],
    ['submit', 429, 'error.rate.limit', { kind: 'throttled' }],
    ['submit', 500, 'error', { kind: 'unavailable' }],
    ['poll', 400, 'error.enrichment.in_progress', wait],
    ['poll', 400, 'error.other', { kind: 'unavailable' }],
    ['poll', 401, 'error.api.key', { kind: 'refused', because: 'credentials' }],
    ['poll', 404, 'error.enrichment.not_found', { kind: 'unavailable' }],
    ['poll', 429, 'error.rate.limit', { kind: 'throttled' }],
    ['poll', 500, 'error', { kind: 'unavailable' }],
  ] as const
).map(([step, status, code, outcome]): Case => ({
  name: `${step}: ${status} ${code}`,
  operation: 'email_by_name_at_domain',
  keys: [ada, ben],
  ...(step === 'poll' && { ticket: TICKET }),
  status,
  body: { code, message: 'Words for people' },
  outcomes: [outcome, outcome],
}))

const custom = (by: Parameters<typeof lookupTag>[0], key: Key) => ({ custom: { lookup: lookupTag(by, key) } })
const fields = (field: string) => ({ enrich_fields: [`contact.${field}`] })

const BULK = /^\/api\/v2\/contact\/enrich\/bulk$/
const REVERSE = /^\/api\/v2\/contact\/reverse\/email\/bulk$/

export const recorded: Cases = {
  provider: fullEnrich,
  cases: [
    ...(
      [
        ['email', 'work_emails'],
        ['personal_email', 'personal_emails'],
        ['phone', 'phones'],
      ] as const
    ).flatMap(([name, field]) => [
      submitted(`${name}_by_name_at_domain`, ada, { ...ada, ...fields(field), ...custom('name_at_domain', ada) }),
      submitted(`${name}_by_name_at_company`, atCompany, {
        ...atCompany,
        ...fields(field),
        ...custom('name_at_company', atCompany),
      }),
      submitted(`${name}_by_linkedin`, byLinkedIn, {
        ...byLinkedIn,
        ...fields(field),
        ...custom('linkedin', byLinkedIn),
      }),
    ]),
    submitted('person_by_email', byEmail, { ...byEmail, ...custom('email', byEmail) }),
    {
      name: 'submit: without a ticket',
      operation: 'email_by_name_at_domain',
      keys: [ada],
      body: {},
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'poll: found, a miss and one that is left out, in another order',
      operation: 'email_by_name_at_domain',
      keys: [ada, ben, cleo],
      ticket: TICKET,
      request: { url: `https://app.fullenrich.com/api/v2/contact/enrich/bulk/${TICKET}` },
      body: job(
        'FINISHED',
        entry('name_at_domain', ben, { contact_info: { work_emails: [], personal_emails: [], phones: [] } }),
        null,
        { contact_info: contactInfo, custom: {} },
        entry('name_at_domain', ada, { profile: short }),
      ),
      outcomes: [
        { kind: 'found', values: { ...address, ...shortValues } },
        { kind: 'not_found' },
        { kind: 'unavailable' },
      ],
    },
    found(
      'email_by_name_at_company',
      'name_at_company',
      atCompany,
      { profile: short },
      { ...address, ...shortValues, ...domain },
    ),
    found(
      'email_by_linkedin',
      'linkedin',
      byLinkedIn,
      { profile },
      { ...address, ...names, ...profileValues, ...domain },
    ),
    {
      ...found(
        'person_by_email',
        'email',
        byEmail,
        { contact_info: undefined, profile },
        { ...names, ...profileValues, ...domain, ...linkedIn },
      ),
      request: { url: `https://app.fullenrich.com/api/v2/contact/reverse/email/bulk/${TICKET}` },
    },
    found(
      'phone_by_linkedin',
      'linkedin',
      byLinkedIn,
      { profile },
      { mobile_phone: { value: '+33 6 12 34 56 78', ...ours } },
    ),
    found(
      'personal_email_by_linkedin',
      'linkedin',
      byLinkedIn,
      {
        profile,
        contact_info: { most_probable_personal_email: { email: 'ada@mail.example', status: 'DELIVERABLE' } },
      },
      { personal_email: { value: 'ada@mail.example', ...ours, status: 'valid' } },
    ),
    found(
      'personal_email_by_name_at_domain',
      'name_at_domain',
      ada,
      { contact_info: { personal_emails: [{ email: 'ada@mail.example', status: 'CATCH_ALL' }] } },
      { personal_email: { value: 'ada@mail.example', confidence: 0.6, estimated: true, status: 'accept_all' } },
    ),
    {
      name: 'phone: a profile alone is a miss',
      operation: 'phone_by_name_at_domain',
      keys: [ada],
      ticket: TICKET,
      body: job('FINISHED', entry('name_at_domain', ada, { profile, contact_info: { most_probable_phone: null } })),
      outcomes: [{ kind: 'not_found' }],
    },
    addressCase('DELIVERABLE', 0.7, 'valid'),
    addressCase('HIGH_PROBABILITY', 0.6, 'risky'),
    addressCase('CATCH_ALL', 0.6, 'accept_all'),
    addressCase('INVALID', 0.1, 'invalid'),
    addressCase('INVALID_DOMAIN', 0.1, 'invalid'),
    addressCase(null, 0.5, 'unknown'),
    addressCase('A_NEW_WORD', 0.5, 'unknown'),
    pollCase('a profile alone', { contact_info: {}, profile: short }, { kind: 'found', values: shortValues }),
    pollCase(
      'details of a wrong type are left out',
      {
        contact_info: { most_probable_work_email: 'ada.nowak@example.com' },
        profile: {
          ...short,
          headline: 7,
          skills: 'many',
          educations: [null, { school_name: 'Example University' }],
          employment: { current: { title: 'CTO', company: [] }, all: [{}, null] },
        },
      },
      {
        kind: 'found',
        values: {
          full_name: names.full_name,
          job_title: profileValues.job_title,
          education: { value: 'Example University', ...ours },
        },
      },
    ),
    ...states,
    ...refusals,
  ],
  balances: [{ name: 'credits', body: { balance: 120 }, left: { text: '120 credits left', left: 120 } }],
  sheets: [
    {
      ...people(
        { email: SHAPES.address, job_title: SHAPES.words, personal_email: /@/, mobile_phone: SHAPES.phone },
        BULK,
      ),
      polls: /bulk\/./,
    },
    {
      ...colleagues(
        { email: SHAPES.address, personal_email: /@/, mobile_phone: SHAPES.phone, job_title: SHAPES.words },
        BULK,
      ),
      polls: /bulk\/./,
    },
    {
      ...linked({ email: SHAPES.address, personal_email: /@/, mobile_phone: SHAPES.phone }, BULK),
      polls: /bulk\/./,
    },
    { ...mailed({ full_name: SHAPES.words, city: SHAPES.words }, REVERSE), polls: /reverse\/email\/bulk\/./ },
  ],
}
