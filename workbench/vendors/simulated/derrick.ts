// The Derrick API, from providers.md B15 and, for what an empty answer means, products.md ("Derrick"). Ours, because
// B15 is silent: error types besides AUTH, the fields of a miss (empty texts), the shape of the catalogue, "sure" and
// the like for each verdict.
//
// Plays `app1.derrick-app.com`: `POST /api/v1/ACTION` for the 13 actions whose inputs and fields are known, `GET
// /api/v1/account`, `GET /api/v1/docs/actions` without key.
//
// Answers at once, with texts for everything but a profile's confidence; 60 calls a minute. `find_email` (5) and
// `find_phone` (150) cost on success only, all others on each call; a miss has empty texts. Only valid addresses are
// found. The two `enrich_` actions answer an empty object and take their credit, as without the browser extension.
// Without credits 402, a plan without API 403, a missing, unknown or empty input 400, an action that is not played 404.
import { z } from 'zod'
import { hostOf, isHost, linkedinHandle } from '../addresses'
import { companyOf } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { domainMeant, knowsPerson, nobodyMeant, type PersonClues, type PersonQuestion, personMeant } from '../knowledge'
import { createLimit } from '../limit'
import {
  type Domain,
  fingerprint,
  genderOf,
  type Mailbox,
  mobileOf,
  NOTABLE,
  type Person,
  plain,
  type World,
} from '../people'
import { readJson } from '../requests'
import { technologiesOf } from '../technologies'

/** Keys that the simulated Derrick knows: one with a large plan, one with six credits left, one whose plan has no API. */
export const DERRICK_KEYS = {
  large: 'simulated-derrick-key-large',
  nearlyUsedUp: 'simulated-derrick-key-nearly-used-up',
  withoutApi: 'simulated-derrick-key-without-api',
} as const

/** One find and one verification are what the small key is good for. */
const PLANS: { readonly [key: string]: number } = {
  [DERRICK_KEYS.large]: 200_000,
  [DERRICK_KEYS.nearlyUsedUp]: 6,
  [DERRICK_KEYS.withoutApi]: 100,
}

// providers.md B15, "Answer".
const RATE = { perMinute: 60 }

/** Share of people that it knows, in percent; ours. */
const SHARE = 40

const ROOT = '/api/v1/'

type Inputs = { readonly [name: string]: string }

/** What an action says: a hit or a miss, with the question that it was. */
interface Outcome {
  readonly question: string
  readonly isHit: boolean
  readonly data: object
  readonly domain?: string | undefined
}

interface Action {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  readonly credits: number
  /** Most actions take their price on a miss too. */
  readonly onSuccessOnly: boolean
  readonly work: (world: World, inputs: Inputs) => Outcome
}

// Inputs, fields and credits: providers.md B15, "Actions".
const ACTIONS: { readonly [slug: string]: Action } = {
  find_email: {
    required: ['fullName', 'company'],
    optional: ['linkedinCompanyURL'],
    credits: 5,
    onSuccessOnly: true,
    work: findEmail,
  },
  verify_email: perCall(['email'], [], 1, verifyEmail),
  find_phone: { required: ['linkedinProfilUrl'], optional: [], credits: 150, onSuccessOnly: true, work: findPhone },
  search_linkedin_profile: perCall(['queryValue'], ['companyValue'], 1, searchProfile),
  search_companies: perCall(['queryValue'], [], 1, searchCompanies),
  // They need the user's browser extension, which nobody has here: an empty answer, and paid (products.md, "Derrick").
  enrich_profile: perCall(['queryValue'], [], 1, withoutExtension),
  enrich_companies: perCall(['queryValue'], [], 1, withoutExtension),
  website_contact_social: perCall(['website_url'], [], 2, siteContacts),
  find_tech: perCall(['website_url'], [], 2, findTech),
  website_crawler: perCall(['url_column'], [], 2, crawl),
  get_name_from_email: perCall(['queryValue'], [], 0, nameFromEmail),
  find_gender: perCall(['queryValue'], [], 1, findGender),
  is_hiring: perCall(['companyLinkedinUrl'], ['country'], 1, isHiring),
}

const BODY = z.strictObject({ data: z.record(z.string(), z.string()) })

/** Starts a Derrick that knows some of the people of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const spent = new Map<string, number>()
  const limit = createLimit(RATE)

  const left = (key: string): number => (PLANS[key] ?? 0) - (spent.get(key) ?? 0)

  const act = (request: VendorRequest, key: string, slug: string, action: Action): VendorAnswer => {
    const refuse = (status: number, error: string, type: string): VendorAnswer =>
      answer(slug, status, failure(error, type))
    if ([...request.query.keys()].length > 0) return refuse(400, 'The query takes no parameters', 'VALIDATION')
    const read = readJson(request, BODY)
    if ('fault' in read) return refuse(400, read.fault, 'VALIDATION')
    const inputs = read.value.data
    const { required, optional, credits: price, onSuccessOnly } = action
    const empty = required.find((name) => !inputs[name]?.trim())
    if (empty !== undefined) return refuse(400, `Missing input ${empty}`, 'VALIDATION')
    const unknown = Object.keys(inputs).find((name) => !required.includes(name) && !optional.includes(name))
    if (unknown !== undefined) return refuse(400, `Unknown input ${unknown}`, 'VALIDATION')
    if (left(key) < price) return refuse(402, 'Not enough credits', 'CREDITS')
    const { question, isHit, data, domain } = action.work(world, inputs)
    const credits = isHit || !onSuccessOnly ? price : 0
    spent.set(key, (spent.get(key) ?? 0) + credits)
    const body = { success: true, data, credits: { used: credits, remaining: left(key) } }
    const slow = domain === NOTABLE.slow ? { afterMs: slowMs } : {}
    return { ...answer(slug, 200, body), questions: [question], credits, ...slow }
  }

  const account = (key: string): VendorAnswer => {
    const owner = { name: 'Ada Nowak', email: 'ada.nowak@example.com' }
    return answer('account', 200, { success: true, account: { ...owner, credits: { remaining: left(key) } } })
  }

  return {
    hosts: ['app1.derrick-app.com'],
    key: DERRICK_KEYS.large,
    answer(request) {
      const { path, method, headers, at, query, body } = request
      const slug = path.startsWith(ROOT) ? path.slice(ROOT.length) : ''
      const action = Object.hasOwn(ACTIONS, slug) ? ACTIONS[slug] : undefined
      const isReading = slug === 'account' || slug === 'docs/actions'
      if (!action && !isReading) return answer('unknown', 404, failure('Unknown action', 'NOT_FOUND'))
      if (method !== (action ? 'POST' : 'GET'))
        return answer('unknown', 405, failure('Method not allowed', 'METHOD_NOT_ALLOWED'))
      if (!action && (body || [...query.keys()].length > 0))
        return answer(slug, 400, failure('No parameters are taken', 'VALIDATION'))
      if (slug === 'docs/actions') return answer(slug, 200, catalogue())
      const key = headers['x-api-key']
      if (key === undefined || PLANS[key] === undefined)
        return answer('unknown', 401, failure('Invalid or missing API key', 'AUTH'))
      if (limit.isTooOften(key, at)) return tooOften()
      if (key === DERRICK_KEYS.withoutApi)
        return answer('unknown', 403, failure('Your plan does not include the API', 'PLAN'))
      return action ? act(request, key, slug, action) : account(key)
    },
    throttle: tooOften,
    reset() {
      spent.clear()
      limit.reset()
    },
  }
}

function perCall(
  required: readonly string[],
  optional: readonly string[],
  credits: number,
  work: Action['work'],
): Action {
  return { required, optional, credits, onSuccessOnly: false, work }
}

function answer(operation: string, status: number, body: object): VendorAnswer {
  return { status, body: JSON.stringify(body), operation, questions: [], credits: 0 }
}

function failure(error: string, errorType: string): object {
  return { success: false, error, errorType }
}

function tooOften(): VendorAnswer {
  return answer('throttled', 429, failure('Too many requests', 'RATE_LIMIT'))
}

function catalogue(): object {
  const actions = Object.entries(ACTIONS).map(([apiSlug, { required, optional, credits }]) => ({
    apiSlug,
    inputs: [...required, ...optional],
    credits,
  }))
  return { success: true, actions }
}

/** A domain, a web address or a company's name in one input. */
function whereOf(text: string): Pick<PersonClues, 'companyDomain' | 'companyName'> {
  return isHost(hostOf(text)) ? { companyDomain: text } : { companyName: text }
}

function meantBy(world: World, clues: PersonClues): PersonQuestion {
  return personMeant(world, clues) ?? nobodyMeant(clues)
}

function knownPerson(person: Person | undefined): Person | undefined {
  return person && knowsPerson('derrick', person, SHARE) ? person : undefined
}

// Only "Valid" is documented, so that an address that is not verified is a miss.
function findEmail(world: World, { fullName = '', company = '' }: Inputs): Outcome {
  const { question, person, domain } = meantBy(world, { fullName, ...whereOf(company) })
  const mailbox = knownPerson(person)?.mailbox
  const isHit = mailbox?.status === 'valid'
  const data = isHit ? { email: mailbox.email, emailStatus: 'Valid' } : { email: '', emailStatus: '' }
  return { question, isHit, data, domain }
}

function verifyEmail(world: World, { email: given = '' }: Inputs): Outcome {
  const email = given.trim().toLowerCase()
  const mailbox = email === NOTABLE.objector.email ? undefined : world.mailbox(email)
  return {
    question: email,
    isHit: true,
    data: { certainty: mailbox ? certaintyOf(mailbox) : 'not_found' },
    domain: email.slice(email.lastIndexOf('@') + 1),
  }
}

// The list of B15 and the word of its example, which some of the best addresses get.
function certaintyOf({ status, score }: Mailbox): string {
  switch (status) {
    case 'valid':
      return score >= 96 ? 'valid' : score >= 90 ? 'ultra_sure' : 'sure'
    case 'accept_all':
    case 'webmail':
      return 'risky'
    case 'invalid':
    case 'disposable':
      return 'invalid'
    case 'unknown':
      return 'not_found'
  }
}

function findPhone(world: World, { linkedinProfilUrl = '' }: Inputs): Outcome {
  const handle = linkedinHandle(linkedinProfilUrl, 'in')
  const known = handle === undefined ? undefined : knownPerson(world.personOfHandle(handle))
  const number = known ? mobileOf(known) : null
  const data = known && number !== null ? { number, country: known.domain.country } : { number: '', country: '' }
  const question = `phone ${handle ?? linkedinProfilUrl.trim().toLowerCase()}`
  return { question, isHit: number !== null, data, domain: known?.domain.name }
}

function searchProfile(world: World, { queryValue = '', companyValue = '' }: Inputs): Outcome {
  const { question, person, domain } = meantBy(world, { fullName: queryValue, ...whereOf(companyValue) })
  const known = knownPerson(person)
  if (!known?.linkedinHandle)
    return {
      question,
      isHit: false,
      data: { url: '', title: '', description: '', confidence: 0 },
      domain,
    }
  const name = `${known.firstName} ${known.lastName}`
  const title = [name, known.position, known.domain.company].filter(Boolean).join(' - ')
  const data = {
    url: `https://www.linkedin.com/in/${known.linkedinHandle}`,
    title,
    description: `${name} works at ${known.domain.company}.`,
    confidence: 60 + (fingerprint(`derrick ${question}`) % 41),
  }
  return { question, isHit: true, data, domain }
}

function searchCompanies(world: World, { queryValue = '' }: Inputs): Outcome {
  const name = domainMeant(world, whereOf(queryValue))
  const domain = name === undefined ? undefined : world.domain(name)
  const company = domain && companyOf(domain)
  // The confidence is a text here and a number in a profile's search, as in B15.
  const data = {
    companyUrl: company ? `https://www.linkedin.com/company/${company.linkedinHandle}` : '',
    companyName: domain?.company ?? '',
    activityArea: company?.industry ?? '',
    confidence: company ? '0.5' : '0',
  }
  return { question: `company ${name ?? plain(queryValue)}`, isHit: company !== undefined, data, domain: name }
}

function withoutExtension(_: World, { queryValue = '' }: Inputs): Outcome {
  return { question: `linkedin ${queryValue.trim().toLowerCase()}`, isHit: false, data: {} }
}

/** A site that is there: its domain exists and has an address. */
function siteOf(world: World, address: string): Domain | undefined {
  const domain = world.domain(hostOf(address))
  return domain && domain.mail !== 'none' && domain.mail !== 'missing' ? domain : undefined
}

function siteContacts(world: World, { website_url = '' }: Inputs): Outcome {
  const domain = siteOf(world, website_url)
  const mailbox = domain && world.mailbox(`contact@${domain.name}`)
  const handle = domain && companyOf(domain).linkedinHandle
  const data = {
    email: mailbox && mailbox.status !== 'invalid' ? mailbox.email : '',
    phone: (domain && companyOf(domain).phone) ?? '',
    Twitter: '',
    Facebook: '',
    LinkedIn: handle ? `https://www.linkedin.com/company/${handle}` : '',
    Instagram: '',
  }
  return { question: `contacts ${hostOf(website_url)}`, isHit: domain !== undefined, data, domain: domain?.name }
}

function findTech(world: World, { website_url = '' }: Inputs): Outcome {
  const domain = siteOf(world, website_url)
  const technologies = domain ? technologiesOf(domain) : []
  const data = {
    cms: technologies.find(({ category }) => category.slug === 'cms')?.name ?? '',
    urlStatus: domain ? '200' : '',
    technologies: technologies.map(({ name }) => name).join(', '),
  }
  return { question: `tech ${hostOf(website_url)}`, isHit: domain !== undefined, data, domain: domain?.name }
}

function crawl(world: World, { url_column = '' }: Inputs): Outcome {
  const domain = siteOf(world, url_column)
  const data = {
    pageTitle: domain?.company ?? '',
    pageLength: domain ? '1200' : '',
    pageHeadings: domain ? `Welcome to ${domain.company}` : '',
    pageDescription: domain ? `${domain.company} works in ${companyOf(domain).industry.toLowerCase()}.` : '',
  }
  return {
    question: `page ${url_column.trim().toLowerCase()}`,
    isHit: domain !== undefined,
    data,
    domain: domain?.name,
  }
}

function nameFromEmail(_: World, { queryValue = '' }: Inputs): Outcome {
  const email = queryValue.trim().toLowerCase()
  const [local = '', domain = ''] = email.split('@')
  const [first = '', last = ''] = local.split(/[._]/)
  const data = { domain, lastname: last && capital(last), firstname: last && capital(first) }
  return { question: `name ${email}`, isHit: last !== '', data, domain }
}

function findGender(_: World, { queryValue = '' }: Inputs): Outcome {
  const [first = '', ...rest] = queryValue.trim().split(/\s+/)
  const data = {
    gender: genderOf(first) === 'F' ? 'female' : 'male',
    isMixed: 'false',
    fullName: queryValue.trim(),
    lastname: rest.join(' '),
    firstname: first,
  }
  return { question: `gender ${plain(queryValue)}`, isHit: true, data }
}

function isHiring(_: World, { companyLinkedinUrl = '' }: Inputs): Outcome {
  const handle = linkedinHandle(companyLinkedinUrl, 'company') ?? ''
  const number = fingerprint(`hiring ${handle}`)
  const hires = handle !== '' && number % 3 === 0
  const data = {
    jobsUrl: handle && `https://www.linkedin.com/company/${handle}/jobs`,
    isHiring: String(hires),
    topJobTitles: hires ? 'Account Executive | Software Engineer' : '',
    openPositions: hires ? '10+' : '0',
  }
  return { question: `hiring ${handle}`, isHit: hires, data }
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
