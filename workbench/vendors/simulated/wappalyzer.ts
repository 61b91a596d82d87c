// Wappalyzer v2, from providers.md G2. Texts of errors (`message`), 400 for a bad request, what costs a credit, how
// long a crawl takes and whose site needs one are ours. `callback_url` is refused: callbacks are not simulated.
//
// Plays `api.wappalyzer.com`: v2 `lookup`, `verify`, `credits/balance`.
//
// Refuses: no key, a wrong one or no credits (403), more than 10 urls, ill-formed ones or an unknown parameter (400),
// more than 10 a second (429). A quarter of the sites are crawled first: `crawl: true` for five seconds, then the
// answer. A site with technologies costs 1. It sees what the home pages show.
import { isEmail } from '../addresses'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { createLimit } from '../limit'
import { fingerprint, type Mailbox, NOTABLE } from '../people'
import { strangeParameter } from '../requests'
import { technologiesOf } from '../technologies'

/** Keys that the simulated Wappalyzer knows: one with plenty of credits, one with two. */
export const WAPPALYZER_KEYS = {
  large: 'simulated-wappalyzer-key-large',
  nearlyUsedUp: 'simulated-wappalyzer-key-nearly-used-up',
} as const

type Operation = 'lookup' | 'credits/balance' | 'verify'

const CREDITS: { readonly [key: string]: number } = {
  [WAPPALYZER_KEYS.large]: 100_000,
  [WAPPALYZER_KEYS.nearlyUsedUp]: 2,
}

const PARAMETERS: { readonly [operation in Operation]: readonly string[] } = {
  lookup: ['urls', 'live', 'recursive', 'sets', 'callback_url'],
  'credits/balance': [],
  verify: ['email'],
}

const PER_SECOND = 10
const MOST_URLS = 10

/** How long a site that nobody asked about before is crawled. */
const CRAWL_MS = 5000

interface Found {
  readonly result: object
  readonly isCharged: boolean
  /** Whether this asks something new; a site that is being crawled is only polled. */
  readonly isNew: boolean
}

/** Starts a Wappalyzer that sees the websites of a world. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const used = new Map<string, number>()
  const crawls = new Map<string, number>()
  const limit = createLimit({ perSecond: PER_SECOND })

  const left = (key: string): number => (CREDITS[key] ?? 0) - (used.get(key) ?? 0)

  const say = (operation: Operation, key: string, body: object, questions: readonly string[], credits: number) => {
    used.set(key, (used.get(key) ?? 0) + credits)
    const headers = {
      'wappalyzer-credits-spent': String(credits),
      'wappalyzer-credits-remaining': String(left(key)),
    }
    return { status: 200, body: JSON.stringify(body), headers, operation, questions, credits }
  }

  const look = (key: string, url: string, at: number): Found => {
    const host = new URL(url).hostname.replace(/^www\./, '')
    const domain = world.domain(host)
    // Nothing is invented about a real domain.
    if (!domain || domain.mail === 'none' || domain.mail === 'missing')
      return { result: { url, errors: ['The website could not be reached'] }, isCharged: false, isNew: true }
    const readyAt = crawls.get(`${key} ${host}`)
    const needsCrawl = host !== NOTABLE.everyoneFound && fingerprint(`wappalyzer crawl ${host}`) % 100 < 25
    if (needsCrawl && readyAt === undefined) crawls.set(`${key} ${host}`, at + CRAWL_MS)
    if (needsCrawl && (readyAt ?? Infinity) > at)
      return { result: { url, technologies: [], crawl: true }, isCharged: false, isNew: readyAt === undefined }
    // What was crawled is handed over once; who asks again asks anew.
    crawls.delete(`${key} ${host}`)
    const technologies = host === NOTABLE.nobodyFound ? [] : technologiesOf(domain)
    const shown = technologies.map(({ slug, name, category }) => ({
      slug,
      name,
      versions: [],
      categories: [category],
      trafficRank: 1 + (fingerprint(`rank ${slug}`) % 1000),
      confirmedAt: 1_767_225_600,
    }))
    return { result: { url, technologies: shown }, isCharged: shown.length > 0, isNew: readyAt === undefined }
  }

  const lookUp = ({ query, at }: VendorRequest, key: string): VendorAnswer => {
    const urls = (query.get('urls') ?? '').split(',')
    if (urls.length > MOST_URLS) return refuse('lookup', 400, `At most ${MOST_URLS} urls`)
    if (urls.some((url) => !/^https?:\/\/[^/\s]+\.[^/\s]+/.test(url) || !URL.canParse(url)))
      return refuse('lookup', 400, 'urls are addresses with http or https, separated by commas')
    for (const flag of ['live', 'recursive'])
      if (!['true', 'false', null].includes(query.get(flag))) return refuse('lookup', 400, `${flag} is true or false`)
    if (query.has('sets') && !/^[a-z_]+(,[a-z_]+)*$/.test(query.get('sets') ?? ''))
      return refuse('lookup', 400, 'sets are words separated by commas')
    if (query.has('callback_url')) return refuse('lookup', 400, 'Callbacks are not simulated')
    if (left(key) < urls.length) return refuse('lookup', 403, 'Not enough credits')
    const found = urls.map((url) => look(key, url, at))
    const credits = found.filter(({ isCharged }) => isCharged).length
    const questions = urls.flatMap((url, i) => (found[i]?.isNew ? new URL(url).hostname.replace(/^www\./, '') : []))
    const results = found.map(({ result }) => result)
    const answer = say('lookup', key, results, questions, credits)
    return urls.some((url) => new URL(url).hostname === NOTABLE.slow) ? { ...answer, afterMs: slowMs } : answer
  }

  const verify = ({ query }: VendorRequest, key: string): VendorAnswer => {
    const email = (query.get('email') ?? '').trim().toLowerCase()
    if (!isEmail(email)) return refuse('verify', 400, 'email is an address')
    if (left(key) < 1) return refuse('verify', 403, 'Not enough credits')
    const status = world.mailbox(email)?.status ?? 'unknown'
    return say('verify', key, { email, reachable: reachableOf(status) }, [email], 1)
  }

  return {
    hosts: ['api.wappalyzer.com'],
    key: WAPPALYZER_KEYS.large,
    answer(request) {
      const operation = operationOf(request.path)
      if (!operation) return refuse('unknown', 404, 'Not found')
      const key = request.headers['x-api-key'] ?? ''
      if (!(key in CREDITS)) return refuse(operation, 403, 'Forbidden')
      if (limit.isTooOften(key, request.at)) return refuse(operation, 429, 'Too many requests')
      if (request.method !== 'GET') return refuse(operation, 405, 'Method not allowed')
      const fault = checkParameters(request, operation)
      if (fault !== undefined) return refuse(operation, 400, fault)
      switch (operation) {
        case 'lookup':
          return lookUp(request, key)
        case 'verify':
          return verify(request, key)
        case 'credits/balance':
          return say(operation, key, { credits: left(key) }, [], 0)
      }
    },
    throttle: ({ path }) => refuse(operationOf(path) ?? 'unknown', 429, 'Too many requests'),
    reset() {
      used.clear()
      crawls.clear()
      limit.reset()
    },
  }
}

function refuse(operation: Operation | 'unknown', status: number, message: string): VendorAnswer {
  return { status, body: JSON.stringify({ message }), operation, questions: [], credits: 0 }
}

function operationOf(path: string): Operation | undefined {
  return (['lookup', 'credits/balance', 'verify'] as const).find((operation) => path === `/v2/${operation}`)
}

function checkParameters({ query, body }: VendorRequest, operation: Operation): string | undefined {
  if (body) return 'A GET request has no body'
  const strange = strangeParameter(query, PARAMETERS[operation])
  if (strange !== undefined) return `Unknown or repeated parameter ${strange}`
  return undefined
}

function reachableOf(status: Mailbox['status']): 'safe' | 'risky' | 'invalid' | 'unknown' {
  switch (status) {
    case 'valid':
    case 'webmail':
      return 'safe'
    case 'accept_all':
    case 'disposable':
      return 'risky'
    case 'invalid':
    case 'unknown':
      return status
  }
}
