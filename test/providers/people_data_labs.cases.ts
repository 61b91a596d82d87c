import type { LookupKey, LookupKind } from '../../src/domain/lookup-key'
import { lookupTag } from '../../src/domain/lookup-key'
import { peopleDataLabs } from '../../src/providers/people_data_labs'
import type { Case, Cases } from './case'
import { colleagues, companies, firms, linked, mailed, people, SHAPES } from './sheet'

const ada = { linkedin_url: 'https://www.linkedin.com/in/adanowak' }
const ben = { linkedin_url: 'https://www.linkedin.com/in/ben-sample' }
const cleo = { linkedin_url: 'https://www.linkedin.com/in/cleo-sample' }
const atDomain = [{ first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }] as const
const byDomain = [{ domain: 'example.com' }] as const

const sure = { confidence: 0.8 } as const
/** Whether an address works is not told. */
const contact = { confidence: 0.7 } as const

const data = {
  id: 'qEnOZ5Oh0poWnQ1luFBfVw_0000',
  full_name: 'Ada Nowak',
  first_name: 'Ada',
  last_name: 'Nowak',
  linkedin_url: 'linkedin.com/in/adanowak',
  work_email: 'ada.nowak@example.com',
  personal_emails: [],
  emails: [{ address: 'ada.nowak@example.com', type: 'current_professional' }],
  mobile_phone: null,
  phone_numbers: [],
  job_title: 'Chief Technology Officer',
  job_title_role: 'engineering',
  job_title_levels: ['cxo'],
  job_company_name: 'Example',
  job_company_website: 'example.com',
  job_company_size: '11-50',
  job_company_industry: 'computer software',
  job_company_linkedin_url: 'linkedin.com/company/example',
  location_name: 'Lyon, Auvergne-Rhône-Alpes, France',
}
const values = {
  email: { value: 'ada.nowak@example.com', ...contact },
  full_name: { value: 'Ada Nowak', ...sure },
  first_name: { value: 'Ada', ...sure },
  last_name: { value: 'Nowak', ...sure },
  linkedin_url: { value: 'linkedin.com/in/adanowak', ...sure },
  job_title: { value: 'Chief Technology Officer', ...sure },
  seniority: { value: 'cxo', ...sure },
  department: { value: 'engineering', ...sure },
  company_name: { value: 'Example', ...sure },
  domain: { value: 'example.com', ...sure },
  company_linkedin_url: { value: 'linkedin.com/company/example', ...sure },
  company_size: { value: '11-50', ...sure },
  industry: { value: 'computer software', ...sure },
} as const
/** The values without these fields. */
const without = (...fields: (keyof typeof values)[]) =>
  Object.fromEntries(Object.entries(values).filter(([field]) => !fields.includes(field as keyof typeof values)))

const company = {
  id: 'aKCIYBNF9ey6o5CjHCCO4goHYKlf',
  name: 'example',
  display_name: 'Example',
  size: '11-50',
  employee_count: 42,
  founded: 2015,
  industry: 'computer software',
  website: 'example.com',
  linkedin_url: 'linkedin.com/company/example',
  location: { name: 'lyon, auvergne-rhône-alpes, france', locality: 'lyon', region: 'rhône', country: 'france' },
  tags: ['crm', 'sales'],
  naics: [{ naics_code: '541511' }],
  sic: [],
  inferred_revenue: '$1M-$10M',
  total_funding_raised: null,
  latest_funding_stage: null,
}
const companyValues = {
  website: { value: 'example.com', confidence: 0.9 },
  company_linkedin_url: { value: 'linkedin.com/company/example', confidence: 0.9 },
  company_name: { value: 'Example', confidence: 0.9 },
  company_keywords: { value: 'crm; sales', confidence: 0.9 },
  company_founded: { value: '2015', confidence: 0.9 },
  industry: { value: 'computer software', confidence: 0.9 },
  naics_code: { value: '541511', confidence: 0.9 },
  employees: { value: '42', confidence: 0.9 },
  company_size: { value: '11-50', confidence: 0.9 },
  revenue_range: { value: '$1M-$10M', confidence: 0.9 },
  hq_city: { value: 'lyon', confidence: 0.9 },
  hq_region: { value: 'rhône', confidence: 0.9 },
  hq_country: { value: 'france', confidence: 0.9 },
} as const

const error = (status: number, type: string) => ({ status, error: { type, message: 'Words for people' } })
const found = (by: LookupKind, key: LookupKey, rest: object) => ({
  status: 200,
  likelihood: 8,
  ...rest,
  metadata: { tag: lookupTag(by, key) },
})
const failed = (by: LookupKind, key: LookupKey, status: number, type: string) => ({
  ...error(status, type),
  metadata: { tag: lookupTag(by, key) },
})

const statusCases = (
  [
    [400, 'invalid_request_error', { kind: 'refused', because: 'input' }],
    [401, 'authentication_error', { kind: 'refused', because: 'credentials' }],
    [402, 'payment_required', { kind: 'refused', because: 'credits' }],
    [404, 'not_found', { kind: 'not_found' }],
    [405, 'invalid_request_error', { kind: 'unavailable' }],
    [429, 'rate_limit_error', { kind: 'throttled' }],
    [500, 'api_error', { kind: 'unavailable' }],
    [502, 'api_error', { kind: 'unavailable' }],
  ] as const
).flatMap(([status, type, outcome]): Case[] => [
  {
    name: `people: ${type} ${status}`,
    operation: 'person_by_linkedin',
    keys: [ada, ben],
    status,
    body: error(status, type),
    outcomes: [outcome, outcome],
  },
  {
    name: `companies: ${type} ${status}`,
    operation: 'company_by_domain',
    keys: byDomain,
    status,
    body: error(status, type),
    outcomes: [outcome],
  },
  {
    name: `people: ${type} ${status} for one of a batch`,
    operation: 'person_by_linkedin',
    keys: [ada, ben],
    body: [found('linkedin', ada, { data }), failed('linkedin', ben, status, type)],
    outcomes: [{ kind: 'found', values: without('linkedin_url') }, outcome],
  },
])

const DATA_INCLUDE =
  'full_name,first_name,last_name,sex,linkedin_url,twitter_url,github_url,facebook_url,headline,summary,job_title,' +
  'job_title_role,job_start_date,linkedin_connections,location_locality,location_region,location_country,' +
  'job_company_name,job_company_website,job_company_linkedin_url,job_company_size,job_company_employee_count,' +
  'job_company_industry,job_company_founded,job_company_type,work_email,recommended_personal_email,mobile_phone,' +
  'personal_emails,phone_numbers,job_title_levels,skills,emails,languages,experience,education'
const options = { min_likelihood: 6, titlecase: true }

const BULK = /^\/v5\/person\/bulk$/

const ANSWERS = [failed('linkedin', ben, 404, 'not_found'), found('linkedin', ada, { data, matched: ['profile'] })]

export const recorded: Cases = {
  provider: peopleDataLabs,
  cases: [
    {
      name: 'people: a batch in another order, one found, one missed, one left out',
      operation: 'person_by_linkedin',
      keys: [ada, ben, cleo],
      request: {
        url: 'https://api.peopledatalabs.com/v5/person/bulk',
        method: 'post',
        body: {
          requests: [ada, ben, cleo].map((key) => ({
            params: { profile: [key.linkedin_url], data_include: DATA_INCLUDE, ...options },
            metadata: { tag: lookupTag('linkedin', key) },
          })),
        },
      },
      body: ANSWERS,
      outcomes: [{ kind: 'found', values: without('linkedin_url') }, { kind: 'not_found' }, { kind: 'unavailable' }],
    },
    {
      name: 'people: a batch that is answered twice',
      operation: 'person_by_linkedin',
      keys: [ada, ben],
      body: [...ANSWERS, ...ANSWERS],
      outcomes: [{ kind: 'found', values: without('linkedin_url') }, { kind: 'not_found' }],
    },
    {
      name: 'people by name and domain: found',
      operation: 'person_by_name_at_domain',
      keys: atDomain,
      request: {
        url: 'https://api.peopledatalabs.com/v5/person/bulk',
        method: 'post',
        body: {
          requests: [
            {
              params: {
                first_name: 'Ada',
                last_name: 'Nowak',
                company: 'example.com',
                data_include: DATA_INCLUDE,
                ...options,
              },
              metadata: { tag: lookupTag('name_at_domain', atDomain[0]) },
            },
          ],
        },
      },
      body: [found('name_at_domain', atDomain[0], { data })],
      outcomes: [{ kind: 'found', values: without('first_name', 'last_name', 'domain') }],
    },
    {
      name: 'people by name and domain: who has moved brings the new job, not the facts of the new company',
      operation: 'person_by_name_at_domain',
      keys: atDomain,
      body: [
        found('name_at_domain', atDomain[0], {
          data: { ...data, job_company_name: 'Sample', job_company_website: 'sample.example' },
        }),
      ],
      outcomes: [
        {
          kind: 'found',
          values: {
            ...without('first_name', 'last_name', 'domain', 'company_linkedin_url', 'company_size', 'industry'),
            company_name: { value: 'Sample', ...sure },
          },
        },
      ],
    },
    {
      name: 'people by name and company: another spelling is the same company',
      operation: 'person_by_name_at_company',
      keys: [{ first_name: 'Ada', last_name: 'Nowak', company_name: 'EXAMPLE, Inc.' }],
      body: [
        found('name_at_company', { first_name: 'Ada', last_name: 'Nowak', company_name: 'EXAMPLE, Inc.' }, { data }),
      ],
      outcomes: [{ kind: 'found', values: without('first_name', 'last_name') }],
    },
    {
      name: 'people by email: details of the career, and what the free plan hides',
      operation: 'person_by_email',
      keys: [{ email: 'ada.nowak@example.com' }],
      body: [
        found(
          'email',
          { email: 'ada.nowak@example.com' },
          {
            likelihood: 6,
            data: {
              full_name: 'Ada Nowak',
              sex: 'female',
              work_email: true,
              personal_emails: true,
              phone_numbers: true,
              mobile_phone: true,
              location_locality: true,
              location_country: 'France',
              linkedin_connections: 500,
              skills: ['Sales', ' ', 'CRM'],
              languages: [{ name: 'French', proficiency: 5 }],
              job_start_date: '2021-01',
              experience: [
                {
                  company: { name: 'Example, Inc.' },
                  title: { name: 'CTO' },
                  start_date: '2021-01',
                  end_date: null,
                  is_primary: true,
                },
                {
                  company: { name: 'Sample' },
                  title: null,
                  start_date: '2018-05',
                  end_date: '2020-12',
                  is_primary: false,
                },
              ],
              education: [{ school: { name: 'Example University' }, degrees: ['Masters'], majors: ['Physics'] }],
            },
          },
        ),
      ],
      outcomes: [
        {
          kind: 'found',
          values: {
            full_name: { value: 'Ada Nowak', confidence: 0.6 },
            gender: { value: 'female', confidence: 0.6 },
            country: { value: 'France', confidence: 0.6 },
            connections: { value: '500', confidence: 0.6 },
            skills: { value: 'Sales; CRM', confidence: 0.6 },
            languages: { value: 'French', confidence: 0.6 },
            job_started_on: { value: '2021-01', confidence: 0.6 },
            job_history: {
              value: 'CTO at Example, Inc. (2021-01 to now); Sample (2018-05 to 2020-12)',
              confidence: 0.6,
            },
            education: { value: 'Example University (Masters Physics)', confidence: 0.6 },
          },
        },
      ],
    },
    {
      name: 'people by phone: addresses of other jobs are not the work address',
      operation: 'person_by_phone',
      keys: [{ phone: '+12125550142' }],
      body: [
        found(
          'phone',
          { phone: '+12125550142' },
          {
            likelihood: 10,
            data: {
              emails: [
                { address: 'ada@sample.example', type: 'professional' },
                { address: 'ada@home.example', type: 'personal' },
              ],
              personal_emails: ['ada@home.example'],
              mobile_phone: '+12125550199',
              job_title: 'CTO',
            },
          },
        ),
      ],
      outcomes: [
        {
          kind: 'found',
          values: {
            personal_email: { value: 'ada@home.example', ...contact },
            mobile_phone: { value: '+12125550199', ...contact },
            job_title: { value: 'CTO', confidence: 0.9 },
          },
        },
      ],
    },
    {
      name: 'people: details of wrong types are left out, a missing likelihood is our estimate',
      operation: 'person_by_linkedin',
      keys: [ada],
      body: [
        found('linkedin', ada, {
          likelihood: null,
          data: { full_name: 'Ada Nowak', emails: 'none', experience: [null, 7], skills: {}, job_title: ['CTO'] },
        }),
      ],
      outcomes: [{ kind: 'found', values: { full_name: { value: 'Ada Nowak', confidence: 0.7, estimated: true } } }],
    },
    {
      name: 'people: a match that says nothing',
      operation: 'person_by_linkedin',
      keys: [ada],
      body: [found('linkedin', ada, { data: { full_name: null, work_email: true } })],
      outcomes: [{ kind: 'not_found' }],
    },
    {
      name: 'companies by domain: found',
      operation: 'company_by_domain',
      keys: byDomain,
      request: {
        url: 'https://api.peopledatalabs.com/v5/company/enrich/bulk',
        method: 'post',
        body: {
          requests: [
            { params: { website: 'example.com', ...options }, metadata: { tag: lookupTag('domain', byDomain[0]) } },
          ],
        },
      },
      body: [found('domain', byDomain[0], { ...company, likelihood: 9 })],
      outcomes: [{ kind: 'found', values: companyValues }],
    },
    {
      name: 'companies by name: a batch with a miss, money and hiring',
      operation: 'company_by_company_name',
      keys: [{ company_name: 'Example' }, { company_name: 'Nobody' }],
      body: [
        found(
          'company_name',
          { company_name: 'Example' },
          {
            name: 'example',
            website: 'example.com',
            total_funding_raised: 12500000,
            latest_funding_stage: 'series_a',
            last_funding_date: '2022-03-01',
            ticker: 'EXMP',
            linkedin_follower_count: 1200,
            active_job_postings: 0,
            technologies_used: [{ name: 'Postgres' }, { name: 'Linux' }],
          },
        ),
        failed('company_name', { company_name: 'Nobody' }, 404, 'not_found'),
      ],
      outcomes: [
        {
          kind: 'found',
          values: {
            company_name: { value: 'example', ...sure },
            domain: { value: 'example.com', ...sure },
            website: { value: 'example.com', ...sure },
            total_funding: { value: '12500000', ...sure },
            last_funding_round: { value: 'series_a', ...sure },
            last_funding_date: { value: '2022-03-01', ...sure },
            stock_ticker: { value: 'EXMP', ...sure },
            company_followers: { value: '1200', ...sure },
            is_hiring: { value: 'no', ...sure },
            technologies: { value: 'Postgres; Linux', ...sure },
          },
        },
        { kind: 'not_found' },
      ],
    },
    ...statusCases,
    {
      name: 'a page instead of a miss',
      operation: 'person_by_linkedin',
      keys: [ada],
      status: 404,
      body: '<html><body>Not here</body></html>',
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'cut off',
      operation: 'person_by_linkedin',
      keys: [ada],
      body: '[{"status":200,"likelihood":8,"data":{"full_na',
      outcomes: [{ kind: 'unavailable' }],
    },
  ],
  sheets: [
    people({ linkedin_url: /linkedin\.com\/in\//, job_title: SHAPES.words, city: SHAPES.words }, BULK),
    colleagues({ job_title: SHAPES.words, department: SHAPES.words }, BULK),
    mailed({ first_name: SHAPES.words, company_name: SHAPES.words, country: SHAPES.words }, BULK),
    linked({ full_name: SHAPES.words, employees: SHAPES.number }, BULK),
    companies({ industry: SHAPES.words, revenue_range: /\d/ }, /^\/v5\/company\/enrich\/bulk$/),
    firms({ company_founded: SHAPES.year }, /^\/v5\/company\/enrich\/bulk$/),
  ],
}
