import { derrick } from '../../src/providers/derrick'
import type { Case, Cases } from './case'
import { colleagues, companies, linked, mailed, SHAPES } from './sheet'

const atCompany = [{ first_name: 'Ada', last_name: 'Nowak', company_name: 'Example' }]
const byEmail = [{ email: 'ada.nowak@example.com' }]
const byLinkedIn = [{ linkedin_url: 'https://www.linkedin.com/in/adanowak' }]
const byDomain = [{ domain: 'example.com' }]
const byPage = [{ company_linkedin_url: 'https://www.linkedin.com/company/example' }]
const ours = { confidence: 0.7, estimated: true } as const

const asked = {
  find_email: { keys: atCompany, data: { fullName: 'Ada Nowak', company: 'Example' } },
  verify_email: { keys: byEmail, data: { email: 'ada.nowak@example.com' } },
  find_phone: { keys: byLinkedIn, data: { linkedinProfilUrl: 'https://www.linkedin.com/in/adanowak' } },
  search_linkedin_profile: { keys: atCompany, data: { queryValue: 'Ada Nowak', companyValue: 'Example' } },
  website_contact_social: { keys: byDomain, data: { website_url: 'example.com' } },
  find_tech: { keys: byDomain, data: { website_url: 'example.com' } },
  is_hiring: { keys: byPage, data: { companyLinkedinUrl: 'https://www.linkedin.com/company/example' } },
} as const
type Action = keyof typeof asked

const answer = (data: unknown) => ({ success: true, data, credits: { used: 5, remaining: 118 } })

const answerCase = (action: Action, name: string, data: unknown, outcome: Case['outcomes'][number]): Case => ({
  name: `${action}: ${name}`,
  operation: action,
  keys: asked[action].keys,
  request: {
    url: `https://app1.derrick-app.com/api/v1/${action}`,
    method: 'post',
    body: { data: asked[action].data },
  },
  body: answer(data),
  outcomes: [outcome],
})

const foundCase = (action: Action, name: string, data: unknown, values: object): Case =>
  answerCase(action, name, data, { kind: 'found', values })

const certaintyCase = (certainty: string, value: string): Case =>
  foundCase(
    'verify_email',
    certainty,
    { certainty },
    { email_status: { value, ...ours, ...(value === 'unknown' && { confidence: 0.3 }) } },
  )

const refusals = (
  [
    [401, 'AUTH', { kind: 'refused', because: 'credentials' }],
    [402, 'NO CREDITS', { kind: 'refused', because: 'credits' }],
    [403, 'PLAN', { kind: 'refused', because: 'credentials' }],
    [404, 'NO SUCH ACTION', { kind: 'unavailable' }],
    [429, 'RATE LIMIT', { kind: 'throttled' }],
    [503, 'DOWN', { kind: 'unavailable' }],
    [200, 'AUTH', { kind: 'refused', because: 'credentials' }],
    [200, 'NO CREDITS', { kind: 'refused', because: 'credits' }],
    [200, 'RATE LIMIT', { kind: 'throttled' }],
    [200, 'not_found', { kind: 'not_found' }],
    [200, 'A NEW WORD', { kind: 'unavailable' }],
  ] as const
).map(([status, errorType, outcome]): Case => ({
  name: `${status} ${errorType}`,
  operation: 'find_email',
  keys: atCompany,
  status,
  body: { success: false, error: 'Words for people', errorType },
  outcomes: [outcome],
}))

export const recorded: Cases = {
  provider: derrick,
  cases: [
    foundCase(
      'find_email',
      'found',
      { email: 'ada.nowak@example.com', emailStatus: 'Valid' },
      {
        email: { value: 'ada.nowak@example.com', ...ours, status: 'valid' },
        email_status: { value: 'valid', ...ours },
      },
    ),
    foundCase(
      'find_email',
      'found, with another word',
      { email: 'ada.nowak@example.com', emailStatus: 'Hmm' },
      {
        email: { value: 'ada.nowak@example.com', confidence: 0.5, estimated: true, status: 'unknown' },
        email_status: { value: 'unknown', confidence: 0.3, estimated: true },
      },
    ),
    foundCase('find_email', 'found, in a list, without a word', [{ email: ' ada.nowak@example.com ' }], {
      email: { value: 'ada.nowak@example.com', confidence: 0.5, estimated: true, status: 'unknown' },
    }),
    answerCase('find_email', 'no address', { email: null, emailStatus: null }, { kind: 'not_found' }),
    answerCase('find_email', 'an empty list', [], { kind: 'not_found' }),
    answerCase('find_email', 'nothing', null, { kind: 'not_found' }),
    answerCase('find_email', 'a detail of a wrong type', { email: 7 }, { kind: 'not_found' }),
    answerCase('find_email', 'words instead of a result', 'Hello', { kind: 'unavailable' }),
    certaintyCase('ultra_sure', 'valid'),
    certaintyCase('sure', 'valid'),
    certaintyCase('valid', 'valid'),
    certaintyCase('risky', 'risky'),
    certaintyCase('invalid', 'invalid'),
    certaintyCase('not_found', 'unknown'),
    certaintyCase('a new word', 'unknown'),
    answerCase('verify_email', 'no word', {}, { kind: 'not_found' }),
    foundCase(
      'find_phone',
      'found',
      { number: '+33612345678', country: 'FR' },
      { phone: { value: '+33612345678', ...ours } },
    ),
    answerCase('find_phone', 'a miss', { number: '', country: '' }, { kind: 'not_found' }),
    foundCase(
      'search_linkedin_profile',
      'a sure match',
      { url: 'https://www.linkedin.com/in/adanowak', title: 'Ada Nowak - CTO', confidence: 100, description: 'CTO' },
      { linkedin_url: { value: 'https://www.linkedin.com/in/adanowak', confidence: 0.9 } },
    ),
    foundCase(
      'search_linkedin_profile',
      'a doubtful match',
      { url: 'https://www.linkedin.com/in/adanowak', confidence: 35 },
      { linkedin_url: { value: 'https://www.linkedin.com/in/adanowak', confidence: 0.35 } },
    ),
    foundCase(
      'search_linkedin_profile',
      'a match without a number',
      { url: 'https://www.linkedin.com/in/adanowak' },
      { linkedin_url: { value: 'https://www.linkedin.com/in/adanowak', confidence: 0.5, estimated: true } },
    ),
    foundCase(
      'website_contact_social',
      'some of it',
      {
        email: 'hello@example.com',
        phone: '+33400000000',
        Twitter: 'https://x.com/example',
        Facebook: 'https://www.facebook.com/example',
        LinkedIn: 'https://www.linkedin.com/company/example',
        Instagram: null,
        TikTok: null,
      },
      {
        company_email: { value: 'hello@example.com', ...ours },
        company_phone: { value: '+33400000000', ...ours },
        company_twitter_url: { value: 'https://x.com/example', ...ours },
        company_facebook_url: { value: 'https://www.facebook.com/example', ...ours },
        company_linkedin_url: { value: 'https://www.linkedin.com/company/example', ...ours },
      },
    ),
    answerCase(
      'website_contact_social',
      'nothing on the site',
      { email: null, phone: null, Twitter: null, Facebook: null, LinkedIn: null },
      { kind: 'not_found' },
    ),
    foundCase(
      'find_tech',
      'found',
      { cms: 'Webflow', urlStatus: 200, technologies: 'Webflow, jQuery, Cloudflare' },
      { cms: { value: 'Webflow', ...ours }, technologies: { value: 'Webflow, jQuery, Cloudflare', ...ours } },
    ),
    answerCase('find_tech', 'a site that does not answer', { cms: null, urlStatus: 404 }, { kind: 'not_found' }),
    foundCase(
      'is_hiring',
      'yes',
      {
        jobsUrl: 'https://www.linkedin.com/jobs/search/?f_C=1',
        isHiring: 'true',
        topJobTitles: 'Engineer | Designer',
        openPositions: '10+',
      },
      { is_hiring: { value: 'yes', ...ours } },
    ),
    foundCase('is_hiring', 'no', { isHiring: 'false' }, { is_hiring: { value: 'no', ...ours } }),
    answerCase('is_hiring', 'neither', { isHiring: '' }, { kind: 'not_found' }),
    ...refusals,
    {
      name: 'an HTML page',
      operation: 'find_email',
      keys: atCompany,
      body: '<html><body>Down for maintenance</body></html>',
      outcomes: [{ kind: 'unavailable' }],
    },
  ],
  balances: [
    {
      name: 'credits',
      body: { success: true, account: { name: 'Ada', email: 'ada@example.com', credits: { remaining: 123 } } },
      left: { text: '123 credits left', left: 123 },
    },
  ],
  sheets: [
    colleagues({ email: SHAPES.address, linkedin_url: /linkedin\.com\/in\// }, /find_email/, /search_linkedin_profile/),
    mailed({ email_status: SHAPES.status }, /verify_email/),
    linked({ phone: SHAPES.phone }, /find_phone/),
    companies({ company_email: /@/, company_phone: SHAPES.phone }, /website_contact_social/),
    {
      ...companies({ cms: SHAPES.words, technologies: SHAPES.words }, /find_tech/),
      title: 'technologies by domain',
      rows: [['catchall.example'], ['everyone.example'], ['nobody.example'], ['www.catchall.example']],
    },
    {
      title: 'companies by LinkedIn page',
      headers: ['Company LinkedIn'],
      rows: ['everyone', 'slow', 'catchall'].map((name) => [`https://www.linkedin.com/company/${name}`]),
      finds: { is_hiring: /^(yes|no)$/ },
      calls: [/is_hiring/],
    },
  ],
}
