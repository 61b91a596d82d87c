import { isDisposableDomain, isFreeMailDomain } from './free-mail'
import { hostIn } from './host'
import { cleanText, words } from './text'

/**
 * The registrable domain, in ASCII, of a URL, an address or a host. Names under a shared suffix stay whole:
 * `acme.github.io` is one domain. Unknown top levels are refused, the reserved `.example` and `.test` are not.
 */
export function normalizeDomain(text: string): string | undefined {
  const host = hostIn(cleanText(text))
  if (!host) return undefined
  return registrable(host.replace(/^www\./, '')) ?? registrable(host)
}

/** The domain that stands for a company; nothing for free and disposable mail, social networks and link shorteners. */
export function companyDomain(text: string): string | undefined {
  const domain = normalizeDomain(text)
  if (!domain || isFreeMailDomain(domain) || isDisposableDomain(domain) || isSocialDomain(domain)) return undefined
  return domain
}

/**
 * A web address as it should be written: https, host in lower-case ASCII, without user name, fragment and tracking
 * parameters. Schemes other than http and https are refused.
 */
export function normalizeUrl(text: string): string | undefined {
  const parts = /^(?:https?:\/\/|\/\/)?([^/?#\s@:\\]+)(?::(\d+))?([/?][^#]*)?(?:#.*)?$/is.exec(cleanText(text))
  if (!parts) return undefined
  const [, hostText = '', port, tail = ''] = parts
  const host = hostIn(hostText)
  if (!host) return undefined
  const [path = '', ...query] = tail.split('?')
  const kept = query
    .join('?')
    .split('&')
    .filter((pair) => pair && !TRACKING.test(pair))
    .join('&')
  const authority = port && port !== '443' && port !== '80' ? `${host}:${port}` : host
  const rest = kept ? `${path || '/'}?${kept}` : path === '/' ? '' : path
  return `https://${authority}${encodeRest(rest)}`
}

const TRACKING =
  /^(utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id|_hs\w+|hsctatracking|mkt_tok|vero_id|_ga|_gl|trk|trkinfo|trackingid|originalsubdomain)(=|$)/i

// A space or a letter beyond ASCII is percent-encoded, as a browser does; a lone surrogate cannot reach this point.
function encodeRest(rest: string): string {
  return rest.replace(/[^\x21-\x7e]|["<>\\^`{|}]/gu, encodeURIComponent)
}

// The list knows no suffix under reserved names (RFC 2606), and no registry's suffix of two labels under the others
// (publicsuffix.org, November 2026; a test asks the list). Unpacking it takes longer than the rest of a formula.
const WITHOUT_THE_LIST = /[^.]+\.(?:example|test)$|^[^.]+\.(?:com|net|org|edu|gov|de|eu|info|biz|dev|app|nl|ch|dk)$/

function registrable(host: string): string | undefined {
  const plain = WITHOUT_THE_LIST.exec(host)?.[0]
  if (plain !== undefined) return plain
  const { parse } = require('./domain-library') as typeof import('./domain-library')
  const own = parse(host, { allowPrivateDomains: true })
  // `wordpress.com` is a suffix for its customers and the domain of a company: as a host of its own it is the latter.
  const found = own.domain === null && own.isPrivate ? parse(host) : own
  return found.domain !== null && (found.isIcann || found.isPrivate) ? found.domain : undefined
}

// Here because the build packs what stands in functions, and every row is looked at.
const SOCIAL =
  'linkedin.com lnkd.in facebook.com fb.com fb.me twitter.com x.com t.co instagram.com youtube.com youtu.be tiktok.com ' +
  'pinterest.com snapchat.com threads.net threads.com reddit.com vk.com ok.ru weibo.com xing.com t.me telegram.me wa.me ' +
  'whatsapp.com linktr.ee bit.ly tinyurl.com goo.gl medium.com tumblr.com bsky.app viadeo.com about.me'

let social: ReadonlySet<string> | undefined

function isSocialDomain(domain: string): boolean {
  social ??= words(SOCIAL)
  return social.has(domain)
}
