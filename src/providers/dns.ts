import { found, NOT_FOUND } from '../domain/outcome'
import type { Outcome } from '../domain/outcome'
import type { HttpRequest, Keys, Operation, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { grade, UNSCORED } from './confidence'
import { formQuery } from './query'

// Response codes of RFC 1035 section 4.1.1, and the type of an MX record (IANA).
const NO_ERROR = 0
const NO_SUCH_DOMAIN = 3
const MX = 15

/** Mail services by the end of their MX host names, as their help pages or public MX records show them. */
const MAIL_SERVICES: readonly (readonly [end: RegExp, service: string])[] = [
  // https://support.google.com/a/answer/174125
  [/(^|\.)(google|googlemail)\.com$/, 'Google Workspace'],
  // https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records
  [/\.mail\.protection\.outlook\.com$/, 'Microsoft 365'],
  // As seen in public MX records.
  [/\.pphosted\.com$/, 'Proofpoint'],
  [/\.mimecast\.com$/, 'Mimecast'],
  [/^mx\d*\.zoho\.[a-z.]+$/, 'Zoho Mail'],
  [/(^|\.)protonmail\.ch$/, 'Proton Mail'],
  [/(^|\.)ovh\.net$/, 'OVHcloud'],
]

/** What a record of a domain says about its mail. */
export const MX_RECORDS: Vocabulary = {
  title: 'DNS: MX records',
  source: 'https://developers.google.com/speed/public-dns/docs/doh/json',
  words: {
    mx: { means: 'a mail host: the domain takes mail', atMost: UNSCORED },
    null_mx: { means: 'the null MX of RFC 7505: it takes none', atMost: UNSCORED },
    no_such_domain: { means: 'NXDOMAIN: it takes none', atMost: UNSCORED },
    known_host: { means: 'the mail host belongs to a known service', atMost: UNSCORED },
  },
}

/** The mail service that an MX host belongs to, if it is one that we know. */
function mailService(host: string): string | undefined {
  return MAIL_SERVICES.find(([end]) => end.test(host.toLowerCase()))?.[1]
}

/**
 * Reads an answer about MX records in the JSON of Google and Cloudflare. No MX record is no answer: mail may still go
 * to the domain's own address, which would be a second question. Throws when the body is not such an answer.
 */
function readMx(body: unknown): Outcome {
  const { Status: status, Answer: answer } = asRecord(body)
  if (typeof status !== 'number') throw new Error('no DNS status')
  if (status === NO_SUCH_DOMAIN) return found({ accepts_mail: { value: 'no', ...grade(MX_RECORDS, 'no_such_domain') } })
  if (status !== NO_ERROR) return { kind: 'unavailable', reason: `DNS status ${status}` }
  if (answer === undefined) return NOT_FOUND
  if (!Array.isArray(answer)) throw new Error('no list of DNS records')
  const records = answer.map(asRecord).filter(({ type }) => type === MX)
  if (records.length === 0) return NOT_FOUND
  // A null MX stands alone (RFC 7505); next to real hosts it means nothing.
  const hosts = records.map(({ data }) => mailHost(data)).filter(({ host }) => host !== '')
  if (hosts.length === 0) return found({ accepts_mail: { value: 'no', ...grade(MX_RECORDS, 'null_mx') } })
  const first = hosts.reduce((best, next) => (next.preference < best.preference ? next : best))
  const service = mailService(first.host)
  return found({
    accepts_mail: { value: 'yes', ...grade(MX_RECORDS, 'mx') },
    ...(service && { mail_provider: { value: service, ...grade(MX_RECORDS, 'known_host') } }),
  })
}

/** The one question to a DNS service, at its own address and with its own headers. */
export function mxOperation(address: string, headers: HttpRequest['headers']): Operation {
  return remote<'domain'>({
    id: 'mx',
    by: 'domain',
    finds: ['accepts_mail', 'mail_provider'],
    price: { credits: 0, charge: 'call' },
    freeRepeats: true,
    request: ([{ domain }]) => ({ url: formQuery(address, { name: domain, type: 'MX' }), ...(headers && { headers }) }),
    read: (body, keys: Keys<'domain'>) => keys.map(() => readMx(body)),
  })
}

/** Google's public resolver: whether a domain takes mail, and whose mail service it uses. */
export const dns: Provider = {
  id: 'dns',
  name: 'Google Public DNS',
  docs: 'https://developers.google.com/speed/public-dns/docs/doh/json',
  kind: 'public',
  hosts: ['dns.google'],
  // No number is documented, only that abuse is throttled; this is our courtesy.
  limits: { perSecond: 20 },
  vocabularies: [MX_RECORDS],
  operations: [mxOperation('https://dns.google/resolve', undefined)],
}

// "10 mx.example.com." with Google, without the last dot with Cloudflare; "0 ." is the null MX.
function mailHost(data: unknown): { readonly preference: number; readonly host: string } {
  const parts = typeof data === 'string' ? /^\s*(\d+)(?:\s+(\S+))?\s*$/.exec(data) : null
  if (!parts) throw new Error('unreadable MX record')
  return { preference: Number(parts[1]), host: (parts[2] ?? '').replace(/\.$/, '') }
}

function asRecord(value: unknown): { readonly [name: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object')
  return value as { readonly [name: string]: unknown }
}
