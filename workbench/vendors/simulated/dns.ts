// DNS over HTTPS at Google and Cloudflare, from providers.md H1.
//
// Plays `dns.google`: `/resolve` with `name` and `type`, both required; `cloudflare-dns.com`: `/dns-query`, only with
// `accept: application/dns-json`.
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { type Domain, fingerprint, type World } from '../people'

const GOOGLE = 'dns.google'
const CLOUDFLARE = 'cloudflare-dns.com'

// providers.md H1, "Record types".
const TYPES: { readonly [name: string]: number } = { A: 1, NS: 2, CNAME: 5, MX: 15, TXT: 16, AAAA: 28 }

/** DNS answer codes (RFC 1035). */
const NO_ERROR = 0
const SERVER_FAILURE = 2
const NO_SUCH_NAME = 3

/** Seconds that an answer may be kept. */
const TTL = 300

/** Mail services of real names that lists hold anyway; their records say where the free-mail provider takes mail. */
const FREE_MAIL: { readonly [name: string]: string } = { 'gmail.com': 'gmail-smtp-in.l.google.com' }

interface Records {
  readonly status: number
  /** In presentation form, without the quotes of TXT. */
  readonly data: readonly string[]
}

/** Starts both resolvers over the domains of a world. */
export const create: CreateVendor = ({ world }) => {
  const reply = (request: VendorRequest): VendorAnswer => {
    const { host, query } = request
    const isGoogle = host === GOOGLE
    if (request.path !== (isGoogle ? '/resolve' : '/dns-query') || request.method !== 'GET')
      return refuse(404, 'Not found')
    if (!isGoogle && request.headers['accept'] !== 'application/dns-json')
      return refuse(400, 'The accept header must be application/dns-json')
    for (const parameter of new Set(query.keys()))
      if (!['name', 'type'].includes(parameter) || query.getAll(parameter).length > 1)
        return refuse(400, `Bad parameter ${parameter}`)
    const name = (query.get('name') ?? '').toLowerCase().replace(/\.$/, '')
    if (!isName(name)) return refuse(400, 'Invalid name')
    const type = typeOf(query.get('type') ?? '')
    if (type === undefined) return refuse(400, 'Invalid type')
    const records = lookUp(world, name, type)
    const written = isGoogle ? `${name}.` : name
    const quote = (data: string): string => (type === TYPES['TXT'] && !isGoogle ? `"${data}"` : data)
    const answers = records.data.map((data) => ({ name: written, type, TTL, data: quote(data) }))
    const comment = 'Response from 192.0.2.1.'
    const body = {
      Status: records.status,
      TC: false,
      RD: true,
      RA: true,
      AD: false,
      CD: false,
      Question: [{ name: written, type }],
      ...(answers.length > 0 ? { Answer: answers } : {}),
      Comment: isGoogle ? comment : [comment],
    }
    return {
      status: 200,
      body: JSON.stringify(body),
      headers: { 'content-type': isGoogle ? 'application/json' : 'application/dns-json' },
      operation: 'resolve',
      questions: [`${name} ${type}`],
      credits: 0,
    }
  }
  return {
    hosts: [GOOGLE, CLOUDFLARE],
    answer: reply,
    // Google documents throttling without a number or a body (providers.md H1, "Limits").
    throttle: () => refuse(429, 'Too many requests'),
    reset: () => undefined,
  }
}

function refuse(status: number, text: string): VendorAnswer {
  const headers = { 'content-type': 'text/plain' }
  return { status, body: text, headers, operation: 'resolve', questions: [], credits: 0 }
}

function isName(name: string): boolean {
  return (
    name.length > 0 && name.length <= 253 && /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}$/.test(name)
  )
}

function typeOf(text: string): number | undefined {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535) return Number(text)
  return TYPES[text]
}

function lookUp(world: World, name: string, type: number): Records {
  const service = FREE_MAIL[name]
  if (service !== undefined) return { status: NO_ERROR, data: type === TYPES['MX'] ? [`5 ${service}.`] : [] }
  const isPolicy = name.startsWith('_dmarc.')
  const domain = world.domain(isPolicy ? name.slice('_dmarc.'.length) : name)
  // Nothing is invented about a real domain: the resolver fails, which says nothing about it.
  if (!domain) return { status: SERVER_FAILURE, data: [] }
  if (domain.mail === 'missing') return { status: NO_SUCH_NAME, data: [] }
  if (isPolicy) return { status: NO_ERROR, data: type === TYPES['TXT'] ? ['v=DMARC1; p=none'] : [] }
  return { status: NO_ERROR, data: recordsOf(domain, type) }
}

function recordsOf(domain: Domain, type: number): readonly string[] {
  if (domain.mail === 'none') return []
  switch (type) {
    // Addresses of TEST-NET-1, which are kept for examples.
    case TYPES['A']:
      return [`192.0.2.${1 + (fingerprint(domain.name) % 254)}`]
    case TYPES['MX']:
      return mailHosts(domain)
    case TYPES['TXT']:
      return [`v=spf1 ${spfOf(domain)}-all`]
    default:
      return []
  }
}

/** The records that say which servers take the mail of a domain: preference, name, dot. */
export function mailHosts({ name, mail }: Domain): readonly string[] {
  switch (mail) {
    case 'google':
      return ['1 aspmx.l.google.com.', '5 alt1.aspmx.l.google.com.']
    case 'microsoft':
      return [`0 ${name.replace(/\./g, '-')}.mail.protection.outlook.com.`]
    case 'proofpoint':
      return ['10 mxa-00000000.gslb.pphosted.com.', '10 mxb-00000000.gslb.pphosted.com.']
    case 'ovh':
      return ['1 mx1.mail.ovh.net.', '5 mx2.mail.ovh.net.']
    case 'zoho':
      return ['10 mx.zoho.eu.', '20 mx2.zoho.eu.']
    case 'own':
      return [`10 mx.${name}.`]
    case 'null_mx':
      return ['0 .']
    case 'none':
    case 'missing':
      return []
  }
}

function spfOf({ mail }: Domain): string {
  switch (mail) {
    case 'google':
      return 'include:_spf.google.com '
    case 'microsoft':
      return 'include:spf.protection.outlook.com '
    case 'ovh':
      return 'include:mx.ovh.com '
    case 'zoho':
      return 'include:zoho.eu '
    case 'proofpoint':
    case 'own':
      return 'mx '
    case 'null_mx':
    case 'none':
    case 'missing':
      return ''
  }
}
