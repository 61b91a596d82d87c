import type { Case, Cases } from './case'
import { example } from './example-recipes'

const { provider, operations } = example('findymail')
const [byName = '', byProfile = '', byDomain = ''] = operations

const ours = { confidence: 0.7, estimated: true } as const
const ada = [{ first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }]
const profile = [{ linkedin_url: 'https://www.linkedin.com/in/ada-nowak' }]
const company = [{ domain: 'example.com' }]
const contact = { name: 'Ada Nowak', email: 'ada.nowak@example.com', domain: 'example.com' }
const email = { value: 'ada.nowak@example.com', status: 'valid', ...ours } as const

const statuses = (
  [
    [401, { message: 'Unauthenticated.' }, { kind: 'refused', because: 'credentials' }],
    [402, { error: 'Not enough credits' }, { kind: 'refused', because: 'credits' }],
    [404, { message: 'Not found' }, { kind: 'not_found' }],
    [423, { error: 'Subscription is paused' }, { kind: 'refused', because: 'credits' }],
    [429, { message: 'Too Many Attempts.' }, { kind: 'throttled' }],
    [500, '<html>Server Error</html>', { kind: 'unavailable' }],
  ] as const
).map(([status, body, outcome]): Case => ({
  name: `status ${status}`,
  operation: byName,
  keys: ada,
  status,
  body,
  outcomes: [outcome],
}))

// providers.md B6.
export const recorded: Cases = {
  provider,
  cases: [
    {
      name: 'finds an address by name',
      operation: byName,
      keys: ada,
      request: {
        url: 'https://app.findymail.com/api/search/name',
        method: 'post',
        body: { name: 'Ada Nowak', domain: 'example.com' },
      },
      body: { contact },
      outcomes: [{ kind: 'found', values: { email } }],
    },
    { name: 'finds nobody', operation: byName, keys: ada, body: { contact: null }, outcomes: [{ kind: 'not_found' }] },
    {
      name: 'an error inside 200 is no miss',
      operation: byName,
      keys: ada,
      body: { error: 'Something went wrong' },
      outcomes: [{ kind: 'unavailable' }],
    },
    ...statuses,
    {
      name: 'finds an address by profile',
      operation: byProfile,
      keys: profile,
      request: {
        url: 'https://app.findymail.com/api/search/linkedin',
        method: 'post',
        body: { linkedin_url: 'https://www.linkedin.com/in/ada-nowak' },
      },
      body: { contact },
      outcomes: [{ kind: 'found', values: { email, domain: { value: 'example.com', ...ours } } }],
    },
    {
      name: 'finds a company',
      operation: byDomain,
      keys: company,
      body: {
        name: 'Example',
        domain: 'example.com',
        company_size: '11 - 50',
        industry: 'Software',
        linkedin_url: 'https://www.linkedin.com/company/example',
        description: null,
      },
      outcomes: [
        {
          kind: 'found',
          values: {
            company_name: { value: 'Example', ...ours },
            company_size: { value: '11 - 50', ...ours },
            industry: { value: 'Software', ...ours },
            company_linkedin_url: { value: 'https://www.linkedin.com/company/example', ...ours },
          },
        },
      ],
    },
  ],
  balances: [{ name: 'credits', body: { credits: 60 }, left: { text: '60 credits left', left: 60 } }],
}
