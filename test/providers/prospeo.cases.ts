import type { LookupKey, LookupKind } from '../../src/domain/lookup-key'
import { lookupTag } from '../../src/domain/lookup-key'
import { prospeo } from '../../src/providers/prospeo'
import type { Case, Cases } from './case'
import { colleagues, companies, firms, linked, mailed, people, SHAPES } from './sheet'

const ada = { linkedin_url: 'https://www.linkedin.com/in/adanowak' }
const ben = { linkedin_url: 'https://www.linkedin.com/in/ben-sample' }
const cleo = { linkedin_url: 'https://www.linkedin.com/in/cleo-sample' }
const dan = { linkedin_url: 'https://www.linkedin.com/in/dan-sample' }
const atDomain = { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }
const atCompany = { first_name: 'Ada', last_name: 'Nowak', company_name: 'Example SAS' }
const byEmail = { email: 'ada.nowak@example.com' }
const byDomain = { domain: 'example.com' }
const byCompany = { company_name: 'Example' }
const ours = { confidence: 0.7, estimated: true } as const

const person = {
  person_id: 'aaaabbbb',
  first_name: 'Ada',
  last_name: 'Nowak',
  full_name: 'Ada Nowak',
  linkedin_url: 'https://www.linkedin.com/in/adanowak',
  current_job_title: 'CTO',
  headline: 'CTO at Example',
  job_history: [
    {
      title: 'CTO',
      company_name: 'Example',
      current: true,
      start_year: 2021,
      start_month: 3,
      end_year: null,
      end_month: null,
      seniority: 'C-Suite',
      departments: ['Engineering'],
      company_id: 'ccccdddd',
    },
    { title: 'Engineer', company_name: 'Sample', current: false, start_year: 2018, end_year: 2021, end_month: 2 },
  ],
  mobile: {
    status: null as string | null,
    revealed: false,
    mobile: null as string | null,
    mobile_national: null,
    mobile_international: null as string | null,
    mobile_country: null,
    mobile_country_code: null,
  },
  email: {
    status: 'VERIFIED',
    revealed: true,
    email: 'ada.nowak@example.com',
    verification_method: 'SMTP',
    email_mx_provider: 'Google',
  },
  location: { country: 'France', city: 'Lyon' },
}
const company = { name: 'Example', website: 'https://example.com', domain: 'example.com' }

const email = { value: 'ada.nowak@example.com', ...ours, status: 'valid' } as const
const profile = {
  full_name: { value: 'Ada Nowak', ...ours },
  headline: { value: 'CTO at Example', ...ours },
  job_title: { value: 'CTO', ...ours },
  seniority: { value: 'C-Suite', ...ours },
  department: { value: 'Engineering', ...ours },
  job_started_on: { value: '2021-03', ...ours },
  job_history: { value: 'CTO at Example (2021-03 to now); Engineer at Sample (2018 to 2021-02)', ...ours },
  city: { value: 'Lyon', ...ours },
  country: { value: 'France', ...ours },
  company_name: { value: 'Example', ...ours },
} as const
const names = { first_name: { value: 'Ada', ...ours }, last_name: { value: 'Nowak', ...ours } } as const
const linkedin = { linkedin_url: { value: 'https://www.linkedin.com/in/adanowak', ...ours } } as const
const site = {
  website: { value: 'https://example.com', ...ours },
  mail_provider: { value: 'Google', ...ours },
} as const
const domain = { domain: { value: 'example.com', ...ours } } as const
const status = { email_status: { value: 'valid', ...ours } } as const

const match = (by: LookupKind, key: LookupKey, rest: object) => ({ identifier: lookupTag(by, key), ...rest })
const reply = (matched: readonly object[], rest: object = {}) => ({
  error: false,
  total_cost: matched.length,
  matched,
  not_matched: [],
  invalid_datapoints: [],
  ...rest,
})
const error = (code: string) => ({ error: true, error_code: code, filter_error: null })

const ASKED: readonly (readonly [operation: string, key: LookupKey])[] = [
  ['email_by_linkedin', ada],
  ['person_by_name_at_domain', atDomain],
  ['mobile_by_email', byEmail],
  ['company_by_domain', byDomain],
]
const errorCases = (
  [
    ['NO_MATCH', 400, { kind: 'not_found' }],
    ['NO_MATCH', 200, { kind: 'not_found' }],
    ['NO_RESULTS', 400, { kind: 'not_found' }],
    ['INSUFFICIENT_CREDITS', 400, { kind: 'refused', because: 'credits' }],
    ['INSUFFICIENT_CREDITS', 402, { kind: 'refused', because: 'credits' }],
    ['INVALID_API_KEY', 401, { kind: 'refused', because: 'credentials' }],
    ['ACCOUNT_RESTRICTED', 403, { kind: 'refused', because: 'credentials' }],
    ['RATE_LIMITED', 429, { kind: 'throttled' }],
    ['RATE_LIMIT_EXCEEDED', 400, { kind: 'throttled' }],
    ['INVALID_DATAPOINTS', 400, { kind: 'refused', because: 'input' }],
    ['INVALID_REQUEST', 400, { kind: 'refused', because: 'input' }],
    ['INVALID_FILTERS', 400, { kind: 'refused', because: 'input' }],
    ['INTERNAL_ERROR', 400, { kind: 'unavailable' }],
    ['INTERNAL_ERROR', 500, { kind: 'unavailable' }],
    ['SOMETHING_NEW', 200, { kind: 'unavailable' }],
  ] as const
).flatMap(([code, http, outcome]) =>
  ASKED.map(([operation, key]): Case => ({
    name: `${operation}: ${code} ${http}`,
    operation,
    keys: [key],
    status: http,
    body: error(code),
    outcomes: [outcome],
  })),
)

/** An answer about one person that is asked for by profile. */
const oneCase = (name: string, changes: object, values: object): Case => ({
  name,
  operation: 'email_by_linkedin',
  keys: [ada],
  body: reply([match('linkedin', ada, { person: { ...person, ...changes }, company })]),
  outcomes: [{ kind: 'found', values: { ...profile, ...names, ...domain, ...site, ...values } }],
})

const BULK = /^\/bulk-enrich-person$/

export const recorded: Cases = {
  provider: prospeo,
  cases: [
    {
      name: 'addresses by profile: found, missed, invalid, empty and left out, in another order',
      operation: 'email_by_linkedin',
      keys: [ada, ben, cleo, dan],
      request: {
        url: 'https://api.prospeo.io/bulk-enrich-person',
        method: 'post',
        body: {
          data: [ada, ben, cleo, dan].map((key) => ({ identifier: lookupTag('linkedin', key), ...key })),
          only_verified_email: true,
          enrich_mobile: false,
          only_verified_mobile: false,
        },
      },
      body: reply([match('linkedin', ada, { free_enrichment: false, person, company })], {
        not_matched: [lookupTag('linkedin', ben)],
        invalid_datapoints: [lookupTag('linkedin', cleo)],
      }),
      outcomes: [
        { kind: 'found', values: { email, ...status, ...profile, ...names, ...domain, ...site } },
        { kind: 'not_found' },
        { kind: 'refused', because: 'input' },
        { kind: 'unavailable' },
      ],
    },
    {
      name: 'addresses by name and domain: found',
      operation: 'email_by_name_at_domain',
      keys: [atDomain],
      request: {
        url: 'https://api.prospeo.io/bulk-enrich-person',
        method: 'post',
        body: {
          data: [
            {
              identifier: lookupTag('name_at_domain', atDomain),
              first_name: 'Ada',
              last_name: 'Nowak',
              company_website: 'example.com',
            },
          ],
          only_verified_email: true,
          enrich_mobile: false,
          only_verified_mobile: false,
        },
      },
      body: reply([match('name_at_domain', atDomain, { person, company })]),
      outcomes: [{ kind: 'found', values: { email, ...status, ...profile, ...linkedin, ...site } }],
    },
    {
      name: 'addresses by name and company: found',
      operation: 'email_by_name_at_company',
      keys: [atCompany],
      request: {
        url: 'https://api.prospeo.io/bulk-enrich-person',
        method: 'post',
        body: {
          data: [
            {
              identifier: lookupTag('name_at_company', atCompany),
              first_name: 'Ada',
              last_name: 'Nowak',
              company_name: 'Example SAS',
            },
          ],
          only_verified_email: true,
          enrich_mobile: false,
          only_verified_mobile: false,
        },
      },
      body: reply([match('name_at_company', atCompany, { person, company })]),
      outcomes: [{ kind: 'found', values: { email, ...status, ...profile, ...linkedin, ...domain, ...site } }],
    },
    oneCase(
      'addresses: an address that is not revealed is masked',
      { email: { ...person.email, revealed: false, email: 'a***@example.com' } },
      {},
    ),
    oneCase(
      'addresses: not verified',
      { email: { ...person.email, status: 'UNVERIFIED' } },
      {
        email: { ...email, confidence: 0.5, status: 'risky' },
        email_status: { value: 'unknown', confidence: 0.3, estimated: true },
      },
    ),
    oneCase(
      'addresses: no status',
      { email: { ...person.email, status: null } },
      {
        email: { ...email, confidence: 0.5, status: 'unknown' },
        email_status: { value: 'unknown', confidence: 0.3, estimated: true },
      },
    ),
    {
      name: 'addresses: details of wrong types are left out',
      operation: 'email_by_linkedin',
      keys: [ada],
      body: reply([
        match('linkedin', ada, {
          person: { full_name: 'Ada Nowak', email: 'none', mobile: [], job_history: {}, location: 7, skills: [null] },
          company: 'Example',
        }),
      ]),
      outcomes: [{ kind: 'found', values: { full_name: profile.full_name } }],
    },
    {
      name: 'addresses: a match without a person',
      operation: 'email_by_linkedin',
      keys: [ada],
      body: reply([match('linkedin', ada, { person: null })], { total_cost: 0 }),
      outcomes: [{ kind: 'not_found' }],
    },
    {
      name: 'profiles by profile: without the address',
      operation: 'person_by_linkedin',
      keys: [ada],
      body: reply([match('linkedin', ada, { person: { ...person, skills: ['Sales', 'CRM'] }, company })]),
      outcomes: [
        {
          kind: 'found',
          values: { ...profile, ...names, ...domain, ...site, skills: { value: 'Sales; CRM', ...ours } },
        },
      ],
    },
    {
      name: 'profiles by name and domain: who has moved brings the new job, not the facts of the new company',
      operation: 'person_by_name_at_domain',
      keys: [atDomain],
      body: reply([
        match('name_at_domain', atDomain, {
          person,
          company: { name: 'Sample', website: 'https://sample.example', domain: 'sample.example', industry: 'Farming' },
        }),
      ]),
      outcomes: [{ kind: 'found', values: { ...profile, ...linkedin, company_name: { value: 'Sample', ...ours } } }],
    },
    {
      name: 'profiles by name and company: asked without verified addresses',
      operation: 'person_by_name_at_company',
      keys: [atCompany],
      request: {
        url: 'https://api.prospeo.io/bulk-enrich-person',
        method: 'post',
        body: {
          data: [
            {
              identifier: lookupTag('name_at_company', atCompany),
              first_name: 'Ada',
              last_name: 'Nowak',
              company_name: 'Example SAS',
            },
          ],
          only_verified_email: false,
          enrich_mobile: false,
          only_verified_mobile: false,
        },
      },
      body: reply([], { not_matched: [lookupTag('name_at_company', atCompany)] }),
      outcomes: [{ kind: 'not_found' }],
    },
    {
      name: 'profiles by email: found',
      operation: 'person_by_email',
      keys: [byEmail],
      body: reply([match('email', byEmail, { person, company })]),
      outcomes: [{ kind: 'found', values: { ...profile, ...names, ...linkedin, ...domain, ...site } }],
    },
    ...(
      [
        ['mobile_by_linkedin', 'linkedin', ada],
        ['mobile_by_name_at_domain', 'name_at_domain', atDomain],
        ['mobile_by_name_at_company', 'name_at_company', atCompany],
        ['mobile_by_email', 'email', byEmail],
      ] as const
    ).map(([operation, by, key]): Case => ({
      name: `${operation}: found`,
      operation,
      keys: [key],
      body: reply(
        [
          match(by, key, {
            person: {
              ...person,
              mobile: {
                ...person.mobile,
                status: 'VERIFIED',
                revealed: true,
                mobile: '+33612345678',
                mobile_international: '+33 6 12 34 56 78',
              },
            },
            company,
          }),
        ],
        { total_cost: 10 },
      ),
      outcomes: [{ kind: 'found', values: { mobile_phone: { value: '+33 6 12 34 56 78', ...ours, status: 'valid' } } }],
    })),
    {
      name: 'numbers: asked for verified ones alone, one that is not revealed is none',
      operation: 'mobile_by_email',
      keys: [byEmail],
      request: {
        url: 'https://api.prospeo.io/bulk-enrich-person',
        method: 'post',
        body: {
          data: [{ identifier: lookupTag('email', byEmail), email: 'ada.nowak@example.com' }],
          only_verified_email: false,
          enrich_mobile: true,
          only_verified_mobile: true,
        },
      },
      body: reply([
        match('email', byEmail, {
          person: { ...person, mobile: { ...person.mobile, status: 'VERIFIED', mobile: '+33 6 ** ** **' } },
        }),
      ]),
      outcomes: [{ kind: 'not_found' }],
    },
    {
      name: 'companies by domain: found, with all that is known',
      operation: 'company_by_domain',
      keys: [byDomain],
      request: {
        url: 'https://api.prospeo.io/bulk-enrich-company',
        method: 'post',
        body: { data: [{ identifier: lookupTag('domain', byDomain), company_website: 'example.com' }] },
      },
      body: reply([
        match('domain', byDomain, {
          free_enrichment: true,
          company: {
            ...company,
            company_id: 'ccccdddd',
            description: 'Makes examples.',
            type: 'Private',
            industry: 'Software',
            employee_count: 42,
            employee_range: '11-50',
            location: { city: 'Lyon', state: 'Rhône', country: 'France', country_code: 'FR' },
            sic_codes: ['7372'],
            naics_codes: [541511],
            linkedin_url: 'https://www.linkedin.com/company/example',
            twitter_url: 'https://twitter.com/example',
            facebook_url: null,
            phone_hq: { phone_hq: '+33412345678', phone_hq_international: '+33 4 12 34 56 78' },
            founded: 2015,
            revenue_range: { min: 1000000, max: 5000000 },
            revenue_range_printed: '1M-5M',
            keywords: ['crm', 'sales'],
            logo_url: 'https://logo.example/example.png',
            funding: { total_raised: 12500000, last_round: 'Series A', last_round_date: '2022-03-01' },
          },
        }),
      ]),
      outcomes: [
        {
          kind: 'found',
          values: {
            company_name: { value: 'Example', ...ours },
            website: { value: 'https://example.com', ...ours },
            company_description: { value: 'Makes examples.', ...ours },
            company_type: { value: 'Private', ...ours },
            industry: { value: 'Software', ...ours },
            employees: { value: '42', ...ours },
            company_size: { value: '11-50', ...ours },
            company_linkedin_url: { value: 'https://www.linkedin.com/company/example', ...ours },
            company_twitter_url: { value: 'https://twitter.com/example', ...ours },
            company_founded: { value: '2015', ...ours },
            revenue_range: { value: '1M-5M', ...ours },
            company_logo_url: { value: 'https://logo.example/example.png', ...ours },
            hq_city: { value: 'Lyon', ...ours },
            hq_region: { value: 'Rhône', ...ours },
            hq_country: { value: 'France', ...ours },
            total_funding: { value: '12500000', ...ours },
            last_funding_round: { value: 'Series A', ...ours },
            last_funding_date: { value: '2022-03-01', ...ours },
            company_phone: { value: '+33 4 12 34 56 78', ...ours },
            company_keywords: { value: 'crm; sales', ...ours },
            naics_code: { value: '541511', ...ours },
            sic_code: { value: '7372', ...ours },
          },
        },
      ],
    },
    {
      name: 'companies by name: one of that name, one of another, one missed',
      operation: 'company_by_company_name',
      keys: [byCompany, { company_name: 'Sample' }, { company_name: 'Nobody' }],
      body: reply(
        [
          match(
            'company_name',
            { company_name: 'Sample' },
            { company: { name: 'Sampling', domain: 'sampling.example' } },
          ),
          match('company_name', byCompany, { company: { name: 'Example SAS', domain: 'example.com' } }),
        ],
        { not_matched: [lookupTag('company_name', { company_name: 'Nobody' })] },
      ),
      outcomes: [
        { kind: 'found', values: { company_name: { value: 'Example SAS', ...ours }, ...domain } },
        {
          kind: 'found',
          values: {
            company_name: { value: 'Sampling', confidence: 0.4, estimated: true },
            domain: { value: 'sampling.example', confidence: 0.4, estimated: true },
          },
        },
        { kind: 'not_found' },
      ],
    },
    ...errorCases,
    {
      name: 'an HTML page',
      operation: 'email_by_linkedin',
      keys: [ada],
      status: 502,
      body: '<html><body>Bad gateway</body></html>',
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'cut off',
      operation: 'email_by_linkedin',
      keys: [ada],
      body: '{"error":false,"matched":[{"identi',
      outcomes: [{ kind: 'unavailable' }],
    },
  ],
  balances: [
    {
      name: 'credits',
      body: {
        error: false,
        response: { current_plan: 'Free', remaining_credits: 99, used_credits: 1, next_quota_renewal_days: 25 },
      },
      left: { text: '99 credits left', left: 99 },
    },
    { name: 'a wrong key', body: { error: true, error_code: 'INVALID_API_KEY' }, left: 'unreadable' },
  ],
  sheets: [
    people({ email: SHAPES.address, job_title: SHAPES.words, mobile_phone: SHAPES.phone }, BULK),
    colleagues({ email: SHAPES.address, city: SHAPES.words, mobile_phone: SHAPES.phone }, BULK),
    mailed({ full_name: SHAPES.words, headline: SHAPES.words, mobile_phone: SHAPES.phone }, BULK),
    linked({ email: SHAPES.address, first_name: SHAPES.words, mobile_phone: SHAPES.phone }, BULK),
    companies({ industry: SHAPES.words, revenue_range: /\d/ }, /^\/bulk-enrich-company$/),
    firms({ domain: /^everyone\.example$/, employees: SHAPES.number }, /^\/bulk-enrich-company$/),
  ],
}
