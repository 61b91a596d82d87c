import type { Cases } from './case'
import { example } from './example-recipes'

const { provider, operations } = example('wappalyzer')
const [lookup = ''] = operations
const keys = [{ domain: 'example.com' }]
const url = 'https://example.com'
const technology = (name: string) => ({
  slug: name.toLowerCase(),
  name,
  versions: [],
  categories: [{ id: 31, slug: 'cdn', name: 'CDN' }],
  trafficRank: 1,
  confirmedAt: 1_700_000_000,
})

// providers.md G2.
export const recorded: Cases = {
  provider,
  cases: [
    {
      name: 'finds technologies',
      operation: lookup,
      keys,
      request: { url: 'https://api.wappalyzer.com/v2/lookup?urls=https://example.com', method: 'get' },
      body: [{ url, technologies: [technology('Cloudflare'), technology('HubSpot')] }],
      outcomes: [
        {
          kind: 'found',
          values: { technologies: { value: 'Cloudflare; HubSpot', confidence: 0.7, estimated: true } },
        },
      ],
    },
    {
      name: 'is still looking',
      operation: lookup,
      keys,
      body: [{ url, technologies: [], crawl: true }],
      outcomes: [{ kind: 'pending' }],
    },
    {
      name: 'finds none',
      operation: lookup,
      keys,
      body: [{ url, technologies: [] }],
      outcomes: [{ kind: 'not_found' }],
    },
    {
      name: 'could not look',
      operation: lookup,
      keys,
      body: [{ url, errors: ['The website could not be reached'] }],
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'refuses the key or has no credits',
      operation: lookup,
      keys,
      status: 403,
      body: { message: 'Forbidden' },
      outcomes: [{ kind: 'refused', because: 'credentials' }],
    },
  ],
  balances: [{ name: 'credits', body: { credits: 950 }, left: { text: '950 credits left', left: 950 } }],
}
