import { hunter } from '../../src/providers/hunter'
import type { Case, Cases } from './case'
import { colleagues, companies, linked, mailed, people, SHAPES } from './sheet'

const atDomain = [{ first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }]
const atCompany = [{ first_name: 'Ada', last_name: 'Nowak', company_name: "O'Neill & Søn #1" }]
const byLinkedIn = [{ linkedin_url: 'https://www.linkedin.com/in/adanowak' }]
const byDomain = [{ domain: 'example.com' }]
const byEmail = [{ email: 'ada.nowak@example.com' }]
const ours = { confidence: 0.7, estimated: true } as const

const finder = {
  first_name: 'Ada',
  last_name: 'Nowak',
  email: 'ada.nowak@example.com',
  score: 97,
  domain: 'example.com',
  accept_all: false,
  position: 'CTO',
  twitter: null,
  linkedin_url: null,
  phone_number: null,
  company: 'Example',
  sources: [
    {
      domain: 'example.com',
      uri: 'https://example.com/team',
      extracted_on: '2025-01-04',
      last_seen_on: '2026-03-18',
      still_on_page: true,
    },
  ],
  verification: { date: '2026-04-12', status: 'valid' },
}
const finderValues = {
  email: {
    value: 'ada.nowak@example.com',
    confidence: 0.97,
    status: 'valid',
    sourceUrl: 'https://example.com/team',
  },
  email_status: { value: 'valid', ...ours },
  job_title: { value: 'CTO', ...ours },
  company_name: { value: 'Example', ...ours },
} as const
const sure = { date: '2026-04-12' }

const person = {
  id: 'b6a1',
  name: { fullName: 'Ada Nowak', givenName: 'Ada', familyName: 'Nowak' },
  email: 'ada.nowak@example.com',
  location: 'Lyon, France',
  timeZone: 'Europe/Paris',
  utcOffset: 1,
  geo: { city: 'Lyon', state: null, stateCode: null, country: 'France', countryCode: 'FR', lat: 45.76, lng: 4.83 },
  employment: {
    domain: 'example.com',
    name: 'Example',
    title: 'CTO',
    role: 'engineering',
    subRole: null,
    seniority: 'executive',
  },
  twitter: { handle: null },
  linkedin: { handle: 'adanowak' },
  fuzzy: false,
  emailProvider: 'google',
  indexedAt: '2026-01-01',
  phone: null,
  activeAt: null,
  inactiveAt: null,
}

const personValues = {
  full_name: { value: 'Ada Nowak', ...ours },
  first_name: { value: 'Ada', ...ours },
  last_name: { value: 'Nowak', ...ours },
  job_title: { value: 'CTO', ...ours },
  seniority: { value: 'executive', ...ours },
  department: { value: 'engineering', ...ours },
  company_name: { value: 'Example', ...ours },
  domain: { value: 'example.com', ...ours },
  city: { value: 'Lyon', ...ours },
  country: { value: 'France', ...ours },
  time_zone: { value: 'Europe/Paris', ...ours },
} as const

const company = {
  id: 'c1',
  name: 'Example',
  legalName: 'Example SAS',
  domain: 'example.com',
  category: { sector: 'Information Technology', industryGroup: null, industry: 'Software', subIndustry: null },
  tags: ['saas', 'sales'],
  description: 'Makes examples.',
  foundedYear: 2015,
  location: 'Lyon, France',
  logo: 'https://logos.hunter.io/example.com',
  linkedin: { handle: 'company/example' },
  type: 'private',
  company_type: 'privately held',
  metrics: { employees: '11-50', trafficRank: null },
  tech: ['cloudflare', 'hubspot'],
  fundingRounds: [],
}

const error = (id: string, code: number) => ({ errors: [{ id, code, details: 'Words for people' }] })

/** The finder's answer with some of it changed. */
const finderCase = (name: string, changes: object, outcome: Case['outcomes'][number]): Case => ({
  name,
  operation: 'email_by_name_at_domain',
  keys: atDomain,
  body: { data: { ...finder, ...changes }, meta: {} },
  outcomes: [outcome],
})

const verifierCase = (status: string, value: string, confidence: number): Case => ({
  name: `verifier says ${status}`,
  operation: 'verify_email',
  keys: byEmail,
  body: { data: { status, result: 'risky', score: 50, email: 'ada.nowak@example.com', sources: [] }, meta: {} },
  outcomes: [{ kind: 'found', values: { email_status: { value, confidence, estimated: true } } }],
})

const refusals = (
  [
    ['wrong_params', 400, { kind: 'refused', because: 'input' }],
    ['invalid_first_name', 422, { kind: 'refused', because: 'input' }],
    ['authentication_failed', 401, { kind: 'refused', because: 'credentials' }],
    ['rate_limit', 403, { kind: 'throttled' }],
    ['usage_limit', 429, { kind: 'refused', because: 'credits' }],
    ['claimed_email', 451, { kind: 'objected' }],
    ['not_found', 404, { kind: 'not_found' }],
    ['server_error', 500, { kind: 'unavailable' }],
    ['no_answer', 0, { kind: 'unavailable' }],
  ] as const
).flatMap(([id, status, outcome]) =>
  (
    [
      ['email_by_name_at_domain', atDomain],
      ['email_by_name_at_company', atCompany],
      ['person_by_linkedin', byLinkedIn],
      ['person_by_email', byEmail],
      ['company_by_domain', byDomain],
      ['verify_email', byEmail],
    ] as const
  ).map(([operation, keys]): Case => ({
    name: `${operation}: ${id}`,
    operation,
    keys,
    status,
    body: error(id, status),
    outcomes: [outcome],
  })),
)

export const recorded: Cases = {
  provider: hunter,
  cases: [
    {
      name: 'finder: found',
      operation: 'email_by_name_at_domain',
      keys: atDomain,
      request: {
        url: 'https://api.hunter.io/v2/email-finder?domain=example.com&first_name=Ada&last_name=Nowak',
      },
      body: { data: finder, meta: {} },
      outcomes: [{ kind: 'found', values: finderValues }],
    },
    {
      name: 'finder by company: found, with phone and profile',
      operation: 'email_by_name_at_company',
      keys: atCompany,
      request: {
        url: 'https://api.hunter.io/v2/email-finder?company=O%27Neill%20%26%20S%C3%B8n%20%231&first_name=Ada&last_name=Nowak',
      },
      body: {
        data: { ...finder, phone_number: ' +1 212-555-0142 ', linkedin_url: 'https://www.linkedin.com/in/adanowak' },
        meta: {},
      },
      outcomes: [
        {
          kind: 'found',
          values: {
            ...finderValues,
            phone: { value: '+1 212-555-0142', ...ours },
            linkedin_url: { value: 'https://www.linkedin.com/in/adanowak', ...ours },
            domain: { value: 'example.com', ...ours },
          },
        },
      ],
    },
    finderCase(
      'finder: an address and nothing else',
      { position: '', company: null, sources: [] },
      {
        kind: 'found',
        values: {
          email: { value: 'ada.nowak@example.com', confidence: 0.97, status: 'valid' },
          email_status: finderValues.email_status,
        },
      },
    ),
    finderCase(
      'finder: the verification caps the score',
      { verification: { ...sure, status: 'accept_all' } },
      {
        kind: 'found',
        values: {
          ...finderValues,
          email: { ...finderValues.email, confidence: 0.8, status: 'accept_all' },
          email_status: { value: 'accept_all', ...ours },
        },
      },
    ),
    finderCase(
      'finder: accept_all without a verification',
      { accept_all: true, verification: null },
      {
        kind: 'found',
        values: {
          ...finderValues,
          email: { ...finderValues.email, confidence: 0.8, status: 'accept_all' },
          email_status: { value: 'accept_all', ...ours },
        },
      },
    ),
    finderCase(
      'finder: verification unknown',
      { verification: { ...sure, status: 'unknown' } },
      {
        kind: 'found',
        values: {
          ...finderValues,
          email: { ...finderValues.email, confidence: 0.7, status: 'unknown' },
          email_status: { value: 'unknown', confidence: 0.3, estimated: true },
        },
      },
    ),
    finderCase(
      'finder: not verified',
      { verification: { date: null, status: null } },
      {
        kind: 'found',
        values: {
          email: { value: 'ada.nowak@example.com', confidence: 0.7, sourceUrl: 'https://example.com/team' },
          job_title: finderValues.job_title,
          company_name: finderValues.company_name,
        },
      },
    ),
    finderCase(
      'finder: no score',
      { score: null },
      {
        kind: 'found',
        values: { ...finderValues, email: { ...finderValues.email, ...ours } },
      },
    ),
    finderCase(
      'finder: a low score stays low',
      { score: 34 },
      {
        kind: 'found',
        values: { ...finderValues, email: { ...finderValues.email, confidence: 0.34 } },
      },
    ),
    finderCase(
      'finder: a score beyond its scale',
      { score: 9700 },
      {
        kind: 'found',
        values: { ...finderValues, email: { ...finderValues.email, confidence: 1 } },
      },
    ),
    finderCase(
      'finder: details of a wrong type are left out',
      { position: 7, company: [], sources: 'none' },
      {
        kind: 'found',
        values: {
          email: { value: 'ada.nowak@example.com', confidence: 0.97, status: 'valid' },
          email_status: finderValues.email_status,
        },
      },
    ),
    finderCase(
      'finder: a source that is no web page',
      { sources: [{ uri: 'javascript:alert(1)' }] },
      {
        kind: 'found',
        values: { ...finderValues, email: { value: 'ada.nowak@example.com', confidence: 0.97, status: 'valid' } },
      },
    ),
    finderCase('finder: a miss', { email: null, score: null, verification: null, sources: [] }, { kind: 'not_found' }),
    finderCase('finder: no address at all', { email: 'n/a' }, { kind: 'not_found' }),
    finderCase('finder: an address that is a number', { email: 12 }, { kind: 'unavailable' }),
    {
      name: 'person: found',
      operation: 'person_by_linkedin',
      keys: byLinkedIn,
      request: { url: 'https://api.hunter.io/v2/people/find?linkedin_handle=adanowak' },
      body: { data: person, meta: {} },
      outcomes: [
        {
          kind: 'found',
          values: { email: { value: 'ada.nowak@example.com', ...ours }, ...personValues },
        },
      ],
    },
    {
      name: 'person: perhaps somebody else',
      operation: 'person_by_linkedin',
      keys: byLinkedIn,
      body: { data: { email: 'ada.nowak@example.com', fuzzy: true, name: null, employment: 'none' }, meta: {} },
      outcomes: [
        { kind: 'found', values: { email: { value: 'ada.nowak@example.com', confidence: 0.4, estimated: true } } },
      ],
    },
    {
      name: 'person by email: found, with profiles',
      operation: 'person_by_email',
      keys: byEmail,
      request: { url: 'https://api.hunter.io/v2/people/find?email=ada.nowak%40example.com' },
      body: { data: { ...person, twitter: { handle: 'adanowak' } }, meta: {} },
      outcomes: [
        {
          kind: 'found',
          values: {
            ...personValues,
            linkedin_url: { value: 'https://www.linkedin.com/in/adanowak', ...ours },
            twitter_url: { value: 'https://twitter.com/adanowak', ...ours },
          },
        },
      ],
    },
    {
      name: 'person by email: nothing but the address that was asked with',
      operation: 'person_by_email',
      keys: byEmail,
      body: { data: { email: 'ada.nowak@example.com', linkedin: { handle: ' ' }, fuzzy: false }, meta: {} },
      outcomes: [{ kind: 'not_found' }],
    },
    {
      name: 'company: found',
      operation: 'company_by_domain',
      keys: byDomain,
      request: { url: 'https://api.hunter.io/v2/companies/find?domain=example.com' },
      body: { data: company, meta: {} },
      outcomes: [
        {
          kind: 'found',
          values: {
            company_name: { value: 'Example', ...ours },
            legal_name: { value: 'Example SAS', ...ours },
            company_type: { value: 'privately held', ...ours },
            company_linkedin_url: { value: 'https://www.linkedin.com/company/example', ...ours },
            company_description: { value: 'Makes examples.', ...ours },
            company_keywords: { value: 'saas; sales', ...ours },
            company_logo_url: { value: 'https://logos.hunter.io/example.com', ...ours },
            company_founded: { value: '2015', ...ours },
            industry: { value: 'Software', ...ours },
            sector: { value: 'Information Technology', ...ours },
            company_size: { value: '11-50', ...ours },
            technologies: { value: 'cloudflare; hubspot', ...ours },
          },
        },
      ],
    },
    {
      name: 'company: odd details are left out',
      operation: 'company_by_domain',
      keys: byDomain,
      body: {
        data: {
          name: 'Example',
          type: 'private',
          category: 'Software',
          tags: [null, 7, 'saas, B2B', 'sales'],
          tech: [],
          foundedYear: null,
          metrics: { employees: 42 },
          linkedin: null,
        },
      },
      outcomes: [
        {
          kind: 'found',
          values: {
            company_name: { value: 'Example', ...ours },
            company_type: { value: 'private', ...ours },
            company_keywords: { value: '7; saas, B2B; sales', ...ours },
          },
        },
      ],
    },
    {
      name: 'company: nothing known',
      operation: 'company_by_domain',
      keys: byDomain,
      body: { data: { domain: 'example.com' } },
      outcomes: [{ kind: 'not_found' }],
    },
    verifierCase('valid', 'valid', 0.7),
    verifierCase('accept_all', 'accept_all', 0.7),
    verifierCase('webmail', 'risky', 0.7),
    verifierCase('disposable', 'invalid', 0.7),
    verifierCase('invalid', 'invalid', 0.7),
    verifierCase('unknown', 'unknown', 0.3),
    verifierCase('a new word', 'unknown', 0.3),
    {
      name: 'verifier: the request',
      operation: 'verify_email',
      keys: [{ email: 'ada+test@example.com' }],
      request: { url: 'https://api.hunter.io/v2/email-verifier?email=ada%2Btest%40example.com' },
      status: 202,
      body: { data: { status: 'unknown' } },
      outcomes: [{ kind: 'pending' }],
    },
    {
      name: 'verifier: the mail server answered unexpectedly',
      operation: 'verify_email',
      keys: byEmail,
      status: 222,
      body: error('smtp', 222),
      outcomes: [{ kind: 'unavailable' }],
    },
    ...refusals,
    {
      name: 'an HTML page',
      operation: 'verify_email',
      keys: byEmail,
      body: '<html><body>Down for maintenance</body></html>',
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'cut off',
      operation: 'email_by_name_at_domain',
      keys: atDomain,
      body: '{"data":{"email":"ada.nowak@exam',
      outcomes: [{ kind: 'unavailable' }],
    },
  ],
  balances: (
    [
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
      ['no quota', {}, 'unreadable'],
    ] as const
  ).map(([name, requests, left]) => ({ name, body: { data: { plan_name: 'Free', requests } }, left })),
  sheets: [
    people({ email: SHAPES.address, email_status: SHAPES.status }, /email-finder\?domain=/),
    colleagues({ email: SHAPES.address }, /email-finder\?company=/),
    mailed(
      { first_name: SHAPES.words, job_title: SHAPES.words, email_status: SHAPES.status },
      /people\/find\?email=/,
      /email-verifier/,
    ),
    linked({ email: SHAPES.address }, /people\/find\?linkedin_handle=/),
    companies({ industry: SHAPES.words, company_type: SHAPES.words }, /companies\/find/),
  ],
}
