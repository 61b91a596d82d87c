import type { Field } from '../domain/field'
import type { Values } from '../domain/finding'
import type { LookupKey, LookupKind } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import { found, NOT_FOUND, refusal } from '../domain/outcome'
import type { Operation, Price, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { grade, UNSCORED, verdict } from './confidence'
import { onFirstUse, replyPieces } from './reply'
import { addressOf, clean, valuesOf } from './values'

const NAME = 'Derrick'
const API = 'https://app1.derrick-app.com/api/v1'

// There is no public reference; its catalogue of actions and its errors are mirrored here.
const CATALOGUE = 'https://github.com/api-evangelist/derrick/blob/main/mcp/derrick-actions-catalog.json'

const FOUND_ADDRESS: Vocabulary = {
  title: 'Derrick: an address it found (`emailStatus`)',
  source: CATALOGUE,
  words: {
    valid: { means: 'it says that the address works', atMost: UNSCORED, status: 'valid' },
    unknown: { means: 'another word, or none', atMost: 0.5, status: 'unknown' },
  },
}

const ADDRESS_STATUS: Vocabulary = {
  title: 'Derrick: the status of an address (`certainty`)',
  source: CATALOGUE,
  words: {
    ultra_sure: { means: 'the address works', atMost: UNSCORED, status: 'valid' },
    sure: { means: 'the address works', atMost: UNSCORED, status: 'valid' },
    valid: { means: 'the address works', atMost: UNSCORED, status: 'valid' },
    risky: { means: 'it may work', atMost: UNSCORED, status: 'risky' },
    invalid: { means: 'the address does not work', atMost: UNSCORED, status: 'invalid' },
    unknown: { means: 'no verdict, such as `not_found`: the next verifier is asked', atMost: 0.3, status: 'unknown' },
  },
}

const PROFILE: Vocabulary = {
  title: 'Derrick: a LinkedIn profile it searched for',
  score: '`confidence` / 100',
  source: CATALOGUE,
  words: {
    scored: { means: 'the best match of a web search for name and company', atMost: 0.9 },
    unscored: { means: 'a match without a number', atMost: 0.5 },
  },
}

const OTHER: Vocabulary = {
  title: 'Derrick: anything else',
  source: CATALOGUE,
  words: {
    phone: { means: 'a number found for a LinkedIn profile', atMost: UNSCORED },
    website: { means: 'seen on the website', atMost: UNSCORED },
    jobs: { means: 'whether LinkedIn shows open jobs', atMost: UNSCORED },
  },
}

/**
 * Derrick's API: addresses, phone numbers, profiles, websites and open jobs. What works through the browser extension of a
 * person is left out: its answer is empty both for a miss and when the extension is off.
 */
export const derrick: Provider = {
  id: 'derrick',
  name: NAME,
  docs: 'https://app1.derrick-app.com/api/v1/docs/',
  kind: 'vendor',
  hosts: ['app1.derrick-app.com'],
  auth: { in: 'header', header: 'X-API-Key' },
  // The day of the mirrored catalogue.
  pricedOn: '2026-09-09',
  // A miss is said in the body; 401, 402, 403 (a plan without the API) and 429 mean what they mean elsewhere.
  statuses: { 404: 'unavailable' },
  // https://github.com/DerrickAppOrg/derrick-mcp
  limits: { perMinute: 60 },
  vocabularies: [FOUND_ADDRESS, ADDRESS_STATUS, PROFILE, OTHER],
  balance: {
    request: () => ({ url: `${API}/account` }),
    read: (body) => {
      const { remaining } = replies().account.parse(body).account.credits
      return { text: `${remaining} credits left`, left: remaining }
    },
  },
  operations: [
    action<'name_at_company'>('find_email', {
      by: 'name_at_company',
      finds: ['email', 'email_status'],
      price: { credits: 5, charge: 'hit' },
      data: ({ first_name, last_name, company_name }) => ({
        fullName: `${first_name} ${last_name}`,
        company: company_name,
      }),
      read: readAddress,
    }),
    action<'email'>('verify_email', {
      by: 'email',
      finds: ['email_status'],
      price: { credits: 1, charge: 'call' },
      data: ({ email }) => ({ email }),
      read: ({ certainty }) => emailStatus(certainty),
    }),
    action<'linkedin'>('find_phone', {
      by: 'linkedin',
      // "Any phone", although its title says mobile.
      finds: ['phone'],
      price: { credits: 150, charge: 'hit' },
      data: ({ linkedin_url }) => ({ linkedinProfilUrl: linkedin_url }),
      read: ({ number }) => valuesOf({ phone: number }, grade(OTHER, 'phone')),
    }),
    action<'name_at_company'>('search_linkedin_profile', {
      by: 'name_at_company',
      finds: ['linkedin_url'],
      price: { credits: 1, charge: 'call' },
      data: ({ first_name, last_name, company_name }) => ({
        queryValue: `${first_name} ${last_name}`,
        companyValue: company_name,
      }),
      read: ({ url, confidence }) =>
        valuesOf(
          { linkedin_url: url },
          grade(PROFILE, typeof confidence === 'number' ? 'scored' : 'unscored', confidence),
        ),
    }),
    action<'domain'>('website_contact_social', {
      by: 'domain',
      finds: ['company_email', 'company_phone', 'company_twitter_url', 'company_facebook_url', 'company_linkedin_url'],
      price: { credits: 2, charge: 'call' },
      data: ({ domain }) => ({ website_url: domain }),
      read: ({ email, phone, Twitter, Facebook, LinkedIn }) =>
        valuesOf(
          {
            company_email: addressOf(email),
            company_phone: phone,
            company_twitter_url: Twitter,
            company_facebook_url: Facebook,
            company_linkedin_url: LinkedIn,
          },
          grade(OTHER, 'website'),
        ),
    }),
    action<'domain'>('find_tech', {
      by: 'domain',
      finds: ['technologies', 'cms'],
      price: { credits: 2, charge: 'call' },
      data: ({ domain }) => ({ website_url: domain }),
      read: ({ technologies, cms }) => valuesOf({ technologies, cms }, grade(OTHER, 'website')),
    }),
    action<'company_linkedin'>('is_hiring', {
      by: 'company_linkedin',
      finds: ['is_hiring'],
      // "Not hiring" is an answer and charged as one.
      price: { credits: 1, charge: 'call' },
      data: ({ company_linkedin_url }) => ({ companyLinkedinUrl: company_linkedin_url }),
      read: ({ isHiring }) => valuesOf({ is_hiring: yesOrNo(isHiring) }, grade(OTHER, 'jobs')),
    }),
  ],
}

interface Action<K extends LookupKind> {
  readonly by: K
  readonly finds: readonly Field[]
  /** As the catalogue has it; which actions charge for a miss is said in its errors. */
  readonly price: Price
  readonly data: (key: LookupKey<K>) => { readonly [input: string]: string }
  readonly read: (result: Result) => Values
}

// Every action is named in the path and takes its inputs as `data`.
function action<K extends LookupKind>(id: string, { by, finds, price, data, read }: Action<K>): Operation {
  return remote<K>({
    id,
    by,
    finds,
    price,
    // Its own client waits up to 300 s: https://github.com/DerrickAppOrg/derrick-mcp
    slow: true,
    request: ([key]) => ({ url: `${API}/${id}`, method: 'post', body: { data: data(key) } }),
    read: (body) => [readAnswer(body, read)],
  })
}

function readAnswer(body: unknown, read: (result: Result) => Values): Outcome {
  const { success, data, credits, errorType } = replies().answer.parse(body)
  if (!success) return failed(errorType ?? '')
  const result: unknown = Array.isArray(data) ? data[0] : data
  const outcome = result === null || result === undefined ? NOT_FOUND : found(read(replies().result.parse(result)))
  const used = credits?.used
  if (typeof used !== 'number' || used < 0) return outcome
  return outcome.kind === 'found' ? { ...outcome, credits: used } : { kind: 'not_found', credits: used }
}

// Errors have a status as well; with 200 comes `not_found`.
function failed(errorType: string): Outcome {
  switch (errorType.toUpperCase().replace(/\W/g, '_')) {
    case 'NOT_FOUND':
      return NOT_FOUND
    case 'AUTH':
      return refusal(NAME, 'credentials')
    case 'NO_CREDITS':
      return refusal(NAME, 'credits')
    case 'RATE_LIMIT':
      return { kind: 'throttled' }
    default:
      return { kind: 'unavailable', reason: 'Derrick could not answer' }
  }
}

function readAddress({ email, emailStatus: status }: Result): Values {
  const value = addressOf(email)
  if (!value) return {}
  return { email: { value, ...grade(FOUND_ADDRESS, clean(status)?.toLowerCase() ?? '') }, ...emailStatus(status) }
}

function emailStatus(word: string | null | undefined): Values {
  const said = clean(word)?.toLowerCase()
  return said ? { email_status: verdict(ADDRESS_STATUS, said) } : {}
}

function yesOrNo(word: string | boolean | null | undefined): string | undefined {
  const said = String(word).toLowerCase()
  if (said === 'true') return 'yes'
  return said === 'false' ? 'no' : undefined
}

type Result = ReturnType<ReturnType<typeof replies>['result']['parse']>

const replies = onFirstUse((z) => {
  const { detail, text, texts, number } = replyPieces(z)
  return {
    answer: z.object({
      success: z.boolean(),
      data: z.optional(z.unknown()),
      credits: detail(z.object({ used: number })),
      errorType: text,
    }),
    // Of all actions: each reads its own.
    result: z.object({
      ...texts('email', 'emailStatus', 'certainty', 'number', 'url', 'phone', 'Twitter', 'Facebook', 'LinkedIn'),
      ...texts('cms', 'technologies'),
      confidence: number,
      isHiring: detail(z.union([z.string(), z.boolean()])),
    }),
    account: z.object({ account: z.object({ credits: z.object({ remaining: z.number() }) }) }),
  }
})
