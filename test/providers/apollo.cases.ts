import { apollo } from '../../src/providers/apollo'
import type { Case, Cases } from './case'
import { colleagues, companies, firms, linked, mailed, people, SHAPES } from './sheet'

const ada = { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }
const ben = { first_name: 'Ben', last_name: 'Sample', domain: 'example.com' }
const byLinkedIn = [{ linkedin_url: 'https://www.linkedin.com/in/adanowak' }] as const
const byDomain = [{ domain: 'example.com' }] as const
const ours = { confidence: 0.7, estimated: true } as const

const organization = {
  id: '5e66b6381e05b4008c8331b8',
  name: 'Example',
  website_url: 'http://www.example.com',
  linkedin_url: 'http://www.linkedin.com/company/example',
  primary_domain: 'example.com',
  industry: 'information technology & services',
  estimated_num_employees: 42,
  founded_year: 2015,
  phone: null,
  raw_address: 'Lyon, FR',
  city: 'Lyon',
  state: null,
  country: 'France',
  short_description: 'Makes examples.',
}
const organizationValues = {
  website: { value: 'http://www.example.com', ...ours },
  company_linkedin_url: { value: 'http://www.linkedin.com/company/example', ...ours },
  company_description: { value: 'Makes examples.', ...ours },
  company_founded: { value: '2015', ...ours },
  industry: { value: 'information technology & services', ...ours },
  employees: { value: '42', ...ours },
  hq_address: { value: 'Lyon, FR', ...ours },
  hq_city: { value: 'Lyon', ...ours },
  hq_country: { value: 'France', ...ours },
} as const

const person = {
  id: '64a7ff0cc4dfae00013df1a5',
  first_name: 'Ada',
  last_name: 'Nowak',
  name: 'Ada Nowak',
  linkedin_url: 'http://www.linkedin.com/in/adanowak',
  title: 'CTO',
  email_status: 'verified',
  photo_url: null,
  twitter_url: null,
  github_url: null,
  facebook_url: null,
  extrapolated_email_confidence: null,
  headline: 'CTO at Example',
  email: 'ada.nowak@example.com',
  organization_id: '5e66b6381e05b4008c8331b8',
  employment_history: [
    { organization_name: 'Example', title: 'CTO', start_date: '2021-01-01', end_date: null, current: true },
    {
      organization_name: 'Sample',
      title: 'Engineer',
      start_date: '2018-05-01',
      end_date: '2020-12-31',
      current: false,
    },
  ],
  city: 'Lyon',
  state: null,
  country: 'France',
  organization,
  departments: ['c_suite'],
  subdepartments: ['executive'],
  seniority: 'c_suite',
  functions: ['engineering'],
  is_likely_to_engage: true,
}
const email = { value: 'ada.nowak@example.com', ...ours, status: 'valid' } as const
const personValues = {
  full_name: { value: 'Ada Nowak', ...ours },
  linkedin_url: { value: 'http://www.linkedin.com/in/adanowak', ...ours },
  headline: { value: 'CTO at Example', ...ours },
  job_title: { value: 'CTO', ...ours },
  seniority: { value: 'c_suite', ...ours },
  department: { value: 'engineering', ...ours },
  job_started_on: { value: '2021-01-01', ...ours },
  job_history: {
    value: 'CTO at Example (2021-01-01 to now); Engineer at Sample (2018-05-01 to 2020-12-31)',
    ...ours,
  },
  city: { value: 'Lyon', ...ours },
  country: { value: 'France', ...ours },
  company_name: { value: 'Example', ...ours },
} as const
const values = { email, email_status: { value: 'valid', ...ours }, ...personValues, ...organizationValues } as const

const reply = (matches: readonly unknown[], creditsConsumed: number) => ({
  status: 'success',
  error_code: null,
  error_message: null,
  total_requested_enrichments: matches.length,
  unique_enriched_records: matches.filter(Boolean).length,
  missing_records: matches.filter((match) => !match).length,
  credits_consumed: creditsConsumed,
  matches,
  request_id: -4227393,
})

const personCase = (name: string, changes: object, expected: object): Case => ({
  name,
  operation: 'person_by_name_at_domain',
  keys: [ada],
  body: reply([{ ...person, ...changes }], 1),
  outcomes: [{ kind: 'found', values: expected }],
})

const statusCases = (
  [
    [401, 'Invalid API key or API key is expired.', { kind: 'refused', because: 'credentials' }],
    [
      403,
      { error: 'This endpoint is not accessible with this key', error_code: 'API_INACCESSIBLE' },
      { kind: 'refused', because: 'credentials' },
    ],
    [422, { error: "Required parameter 'domain' missing" }, { kind: 'refused', because: 'input' }],
    [
      429,
      { message: 'The maximum number of api calls allowed for this endpoint is 600 times per hour.' },
      { kind: 'throttled', retryAfterMs: 90_000 },
    ],
    [500, 'Internal error', { kind: 'unavailable' }],
    [0, '', { kind: 'unavailable' }],
  ] as const
).flatMap(([status, body, outcome]): Case[] => [
  {
    name: `people: status ${status}`,
    operation: 'person_by_name_at_domain',
    keys: [ada, ben],
    status,
    headers: { 'retry-after': '90' },
    body,
    outcomes: [outcome, outcome],
  },
  {
    name: `companies: status ${status}`,
    operation: 'company_by_domain',
    keys: byDomain,
    status,
    headers: { 'retry-after': '90' },
    body,
    outcomes: [outcome],
  },
])

const MATCH = /^\/api\/v1\/people\/bulk_match/

export const recorded: Cases = {
  provider: apollo,
  cases: [
    {
      name: 'people by name and domain: one found, one missed',
      operation: 'person_by_name_at_domain',
      keys: [ada, ben],
      request: {
        url: 'https://api.apollo.io/api/v1/people/bulk_match',
        method: 'post',
        body: {
          details: [
            { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' },
            { first_name: 'Ben', last_name: 'Sample', domain: 'example.com' },
          ],
        },
      },
      body: reply([person, null], 1),
      outcomes: [{ kind: 'found', values }, { kind: 'not_found' }],
    },
    {
      name: 'people by name and company: found',
      operation: 'person_by_name_at_company',
      keys: [{ first_name: 'Ada', last_name: 'Nowak', company_name: 'Example Ltd' }],
      request: {
        url: 'https://api.apollo.io/api/v1/people/bulk_match',
        method: 'post',
        body: { details: [{ first_name: 'Ada', last_name: 'Nowak', organization_name: 'Example Ltd' }] },
      },
      body: reply([person], 1),
      outcomes: [{ kind: 'found', values: { ...values, domain: { value: 'example.com', ...ours } } }],
    },
    {
      name: 'people by profile: partly found, a guessed address',
      operation: 'person_by_linkedin',
      keys: byLinkedIn,
      request: {
        url: 'https://api.apollo.io/api/v1/people/bulk_match',
        method: 'post',
        body: { details: [{ linkedin_url: 'https://www.linkedin.com/in/adanowak' }] },
      },
      body: reply(
        [{ name: 'Ada Nowak', email: 'ada.nowak@example.com', email_status: 'extrapolated', organization: null }],
        1,
      ),
      outcomes: [
        {
          kind: 'found',
          values: {
            email: { value: 'ada.nowak@example.com', confidence: 0.4, estimated: true, status: 'risky' },
            email_status: { value: 'risky', confidence: 0.3, estimated: true },
            full_name: { value: 'Ada Nowak', ...ours },
          },
        },
      ],
    },
    {
      name: 'people by email: what was asked with is not found again',
      operation: 'person_by_email',
      keys: [{ email: 'ada.nowak@example.com' }],
      request: {
        url: 'https://api.apollo.io/api/v1/people/bulk_match',
        method: 'post',
        body: { details: [{ email: 'ada.nowak@example.com' }] },
      },
      body: reply([person], 1),
      outcomes: [
        {
          kind: 'found',
          values: {
            email_status: values.email_status,
            ...personValues,
            ...organizationValues,
            first_name: { value: 'Ada', ...ours },
            last_name: { value: 'Nowak', ...ours },
            domain: { value: 'example.com', ...ours },
          },
        },
      ],
    },
    personCase(
      'people: an address that was not checked',
      { email_status: 'unverified' },
      {
        ...values,
        email: { ...email, confidence: 0.5, status: 'risky' },
        email_status: { value: 'unknown', confidence: 0.3, estimated: true },
      },
    ),
    personCase(
      'people: an address without a status',
      { email_status: null },
      {
        email: { ...email, confidence: 0.5, status: 'unknown' },
        ...personValues,
        ...organizationValues,
      },
    ),
    personCase('people: no address', { email: null, email_status: null }, { ...personValues, ...organizationValues }),
    personCase(
      'people: who has moved brings the new job, not the facts of the new company',
      { organization: { ...organization, name: 'Sample', primary_domain: 'sample.example' } },
      { email, email_status: values.email_status, ...personValues, company_name: { value: 'Sample', ...ours } },
    ),
    personCase(
      'people: details of wrong types are left out',
      { title: 7, headline: {}, employment_history: 'none', functions: null, organization: [] },
      {
        email,
        email_status: values.email_status,
        full_name: personValues.full_name,
        linkedin_url: personValues.linkedin_url,
        job_title: { value: '7', ...ours },
        seniority: personValues.seniority,
        department: { value: 'c_suite', ...ours },
        city: personValues.city,
        country: personValues.country,
      },
    ),
    {
      name: 'people: nobody found is a success too',
      operation: 'person_by_name_at_domain',
      keys: [ada, ben],
      body: reply([null, {}], 0),
      outcomes: [{ kind: 'not_found' }, { kind: 'not_found' }],
    },
    {
      name: 'people: fewer answers than questions are nobody’s',
      operation: 'person_by_name_at_domain',
      keys: [ada, ben],
      body: reply([person], 1),
      outcomes: [{ kind: 'unavailable' }, { kind: 'unavailable' }],
    },
    {
      name: 'people: the request was refused',
      operation: 'person_by_name_at_domain',
      keys: [ada],
      status: 400,
      body: { status: 'failed', error_code: 'INVALID_REQUEST', error_message: 'Words for people' },
      outcomes: [{ kind: 'refused', because: 'input' }],
    },
    {
      name: 'people: too many in one request',
      operation: 'person_by_name_at_domain',
      keys: [ada],
      status: 400,
      body: { status: 'failed', error_code: 'RECORD_LIMIT_EXCEEDED', error_message: 'Words for people' },
      outcomes: [{ kind: 'refused', because: 'input' }],
    },
    {
      name: 'companies by domain: found',
      operation: 'company_by_domain',
      keys: byDomain,
      request: { url: 'https://api.apollo.io/api/v1/organizations/enrich?domain=example.com' },
      body: {
        organization: {
          ...organization,
          keywords: ['crm', 'sales'],
          annual_revenue: 5000000,
          annual_revenue_printed: '5M',
          total_funding: null,
          technology_names: ['Cloudflare DNS', 'Gmail'],
          current_technologies: [{ uid: 'gmail', name: 'Gmail', category: 'Email' }],
        },
      },
      outcomes: [
        {
          kind: 'found',
          values: {
            company_name: { value: 'Example', ...ours },
            ...organizationValues,
            company_keywords: { value: 'crm; sales', ...ours },
            revenue: { value: '5000000', ...ours },
            revenue_range: { value: '5M', ...ours },
            technologies: { value: 'Cloudflare DNS; Gmail', ...ours },
          },
        },
      ],
    },
    {
      name: 'companies by name: found',
      operation: 'company_by_company_name',
      keys: [{ company_name: 'Example GmbH' }],
      request: { url: 'https://api.apollo.io/api/v1/organizations/enrich?name=Example%20GmbH' },
      body: { organization: { name: 'Example', primary_domain: 'example.com' } },
      outcomes: [
        {
          kind: 'found',
          values: { company_name: { value: 'Example', ...ours }, domain: { value: 'example.com', ...ours } },
        },
      ],
    },
    {
      name: 'companies by name: one of another name is doubtful',
      operation: 'company_by_company_name',
      keys: [{ company_name: 'Example' }],
      body: { organization: { name: 'Example Holdings', primary_domain: 'holdings.example' } },
      outcomes: [
        {
          kind: 'found',
          values: {
            company_name: { value: 'Example Holdings', confidence: 0.4, estimated: true },
            domain: { value: 'holdings.example', confidence: 0.4, estimated: true },
          },
        },
      ],
    },
    ...statusCases,
    {
      name: 'people: an HTML page',
      operation: 'person_by_name_at_domain',
      keys: [ada],
      body: '<html><body>Down for maintenance</body></html>',
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'companies: cut off',
      operation: 'company_by_domain',
      keys: byDomain,
      body: '{"organization":{"name":"Exam',
      outcomes: [{ kind: 'unavailable' }],
    },
  ],
  sheets: [
    people({ email: SHAPES.address, job_title: SHAPES.words, city: SHAPES.words }, MATCH),
    colleagues({ email: SHAPES.address }, MATCH),
    mailed({ last_name: SHAPES.words, job_title: SHAPES.words }, MATCH),
    linked({ email: SHAPES.address, full_name: SHAPES.words }, MATCH),
    companies({ industry: SHAPES.words, revenue: SHAPES.number }, /organizations\/enrich\?domain=/),
    firms({ industry: SHAPES.words, employees: SHAPES.number }, /organizations\/enrich\?name=/),
  ],
}
