import { theCompaniesApi } from '../../src/providers/the_companies_api'
import type { Case, Cases } from './case'
import { companies, firms, SHAPES } from './sheet'

const byDomain = [{ domain: 'example.com' }] as const
const byName = [{ company_name: 'Example & Søn #1' }] as const
const ours = { confidence: 0.7, estimated: true } as const

const company = {
  id: '1',
  about: {
    name: 'Example',
    nameLegal: 'Example SAS',
    nameAlts: ['Example & Søn #1'],
    businessType: 'privately-held',
    industry: 'computer-software',
    industries: ['computer-software'],
    totalEmployees: '10-50',
    totalEmployeesExact: 42,
    yearFounded: 2015,
    languages: ['en'],
  },
  analytics: { monthlyVisitors: '10k-50k' },
  locations: { headquarters: { city: { name: 'Lyon' }, country: { name: 'France', code: 'fr' } } },
  socials: { linkedin: { url: 'https://www.linkedin.com/company/example' } },
  technologies: { active: ['cloudflare'] },
  meta: { cost: 1, credits: 499 },
}
const values = {
  company_name: { value: 'Example', ...ours },
  legal_name: { value: 'Example SAS', ...ours },
  company_type: { value: 'privately-held', ...ours },
  company_linkedin_url: { value: 'https://www.linkedin.com/company/example', ...ours },
  company_founded: { value: '2015', ...ours },
  industry: { value: 'computer-software', ...ours },
  employees: { value: '42', ...ours },
  company_size: { value: '10-50', ...ours },
  hq_city: { value: 'Lyon', ...ours },
  hq_country: { value: 'France', ...ours },
  technologies: { value: 'cloudflare', ...ours },
} as const

const error = (status: number, messages: string) => ({ messages, status, details: null })

const domainCase = (name: string, body: unknown, outcome: Case['outcomes'][number]): Case => ({
  name,
  operation: 'company_by_domain',
  keys: byDomain,
  body,
  outcomes: [outcome],
})

const statusCases = (
  [
    [400, 'companyNameEmpty', { kind: 'refused', because: 'input' }],
    [401, 'tokenNotFound', { kind: 'refused', because: 'credentials' }],
    [401, 'invalidApiSecret', { kind: 'refused', because: 'credentials' }],
    [401, 'missingApiSecret', { kind: 'refused', because: 'credentials' }],
    [401, 'userNotAuthenticated', { kind: 'refused', because: 'credentials' }],
    [403, 'noCreditsRemaining', { kind: 'refused', because: 'credits' }],
    [404, 'companyNotFound', { kind: 'not_found' }],
    [404, 'routeNotFound', { kind: 'unavailable' }],
    [429, 'tooManyRequests', { kind: 'throttled' }],
    [500, 'serverError', { kind: 'unavailable' }],
    [0, 'noAnswer', { kind: 'unavailable' }],
  ] as const
).flatMap(([status, messages, outcome]) =>
  (
    [
      ['company_by_domain', byDomain],
      ['company_by_company_name', byName],
    ] as const
  ).map(([operation, keys]): Case => ({
    name: `${operation}: ${messages} ${status}`,
    operation,
    keys,
    status,
    body: error(status, messages),
    outcomes: [outcome],
  })),
)

export const recorded: Cases = {
  provider: theCompaniesApi,
  cases: [
    {
      name: 'by domain: found',
      operation: 'company_by_domain',
      keys: byDomain,
      request: { url: 'https://api.thecompaniesapi.com/v2/companies/example.com' },
      body: company,
      outcomes: [{ kind: 'found', values }],
    },
    {
      name: 'by name: a company that is not in a list',
      operation: 'company_by_company_name',
      keys: byName,
      body: company,
      outcomes: [{ kind: 'found', values: { ...values } }],
    },
    domainCase(
      'by domain: all that is known',
      {
        about: { name: 'Example' },
        domain: { domain: 'example.com', domainName: 'example' },
        contacts: {
          emails: [{ category: 'contact', value: 'hello@example.com' }],
          phones: [{ category: 'contact', value: '+33 4 12 34 56 78' }],
        },
        finances: { revenue: '1m-10m', stockExchange: 'euronext', stockSymbol: 'EXMP' },
        descriptions: { primary: null, tagline: 'We make examples.', website: 'Makes examples.' },
        urls: { website: 'https://www.example.com', careers: null },
        assets: { logoSquare: { src: 'https://logo.example/example.png' } },
        codes: { naics: ['541511'], sic: ['7372', '7371'] },
        locations: {
          headquarters: {
            address: { raw: '1 rue Exemple, 69001 Lyon' },
            city: { name: 'Lyon', code: 'lyon', postcode: '69001' },
            country: { code: 'fr' },
          },
        },
        socials: {
          linkedin: { url: 'https://www.linkedin.com/company/example', followers: 1200, id: '1' },
          twitter: { url: 'https://twitter.com/example' },
          facebook: { url: 'https://www.facebook.com/example' },
        },
        technologies: { active: ['cloudflare', 'wordpress'], categories: ['cdn'] },
        meta: { score: 90, cost: 0, credits: 499, freeRequest: true },
      },
      {
        kind: 'found',
        values: {
          company_name: { value: 'Example', ...ours },
          website: { value: 'https://www.example.com', ...ours },
          company_linkedin_url: { value: 'https://www.linkedin.com/company/example', ...ours },
          company_twitter_url: { value: 'https://twitter.com/example', ...ours },
          company_facebook_url: { value: 'https://www.facebook.com/example', ...ours },
          company_phone: { value: '+33 4 12 34 56 78', ...ours },
          company_email: { value: 'hello@example.com', ...ours },
          company_description: { value: 'Makes examples.', ...ours },
          company_logo_url: { value: 'https://logo.example/example.png', ...ours },
          naics_code: { value: '541511', ...ours },
          sic_code: { value: '7372', ...ours },
          revenue_range: { value: '1m-10m', ...ours },
          stock_ticker: { value: 'EXMP', ...ours },
          hq_address: { value: '1 rue Exemple, 69001 Lyon', ...ours },
          hq_city: { value: 'Lyon', ...ours },
          hq_postal_code: { value: '69001', ...ours },
          hq_country: { value: 'fr', ...ours },
          company_followers: { value: '1200', ...ours },
          technologies: { value: 'cloudflare; wordpress', ...ours },
        },
      },
    ),
    domainCase(
      'by domain: details of wrong types are left out',
      {
        about: { name: 'Example', yearFounded: true, totalEmployees: ['10-50'] },
        contacts: [],
        socials: 'none',
        technologies: { active: 'cloudflare' },
        locations: { headquarters: 'Lyon' },
      },
      { kind: 'found', values: { company_name: { value: 'Example', ...ours } } },
    ),
    domainCase('by domain: a record that says nothing', { about: {}, meta: { cost: 1 } }, { kind: 'not_found' }),
    domainCase('by domain: no company at all', { id: '1' }, { kind: 'unavailable' }),
    {
      name: 'by name: found under another of its names',
      operation: 'company_by_company_name',
      keys: byName,
      request: {
        url: 'https://api.thecompaniesapi.com/v2/companies/by-name?name=Example%20%26%20S%C3%B8n%20%231&size=1',
      },
      body: { companies: [{ ...company, domain: { domain: 'example.com' } }], meta: { cost: 1, credits: 499 } },
      outcomes: [{ kind: 'found', values: { ...values, domain: { value: 'example.com', ...ours } } }],
    },
    {
      name: 'by name: a company of another name is doubtful',
      operation: 'company_by_company_name',
      keys: byName,
      body: {
        companies: [{ about: { name: 'Exemplary' }, domain: { domain: 'exemplary.example' } }],
        meta: { cost: 1 },
      },
      outcomes: [
        {
          kind: 'found',
          values: {
            company_name: { value: 'Exemplary', confidence: 0.4, estimated: true },
            domain: { value: 'exemplary.example', confidence: 0.4, estimated: true },
          },
        },
      ],
    },
    {
      name: 'by name: nothing found',
      operation: 'company_by_company_name',
      keys: byName,
      body: { companies: [], meta: { cost: 0, credits: 499 } },
      outcomes: [{ kind: 'not_found' }],
    },
    ...statusCases,
    domainCase('an HTML page', '<html><body>Down for maintenance</body></html>', { kind: 'unavailable' }),
    domainCase('cut off', '{"id":"1","about":{"name":"Exam', { kind: 'unavailable' }),
  ],
  sheets: [
    {
      ...companies({ industry: SHAPES.words, revenue_range: /\d/ }, /companies\/everyone\.example$/),
      unsure: 1,
    },
    {
      ...firms({ domain: /^everyone\.example$/, employees: SHAPES.number }, /by-name\?name=Everyone/),
      unsure: 1,
    },
  ],
}
