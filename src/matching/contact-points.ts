import { isDisposableDomain, isFreeMailDomain, isRoleMailbox } from '../normalize/free-mail'

/** An address for comparing: who reads it, and what it says about the company. */
export interface Mailbox extends MailHost {
  /** Without a tag, and without dots where the host ignores them. */
  readonly local: string
  /** `info@` and the like: several people read it. */
  readonly isShared: boolean
}

/** Where a mailbox is. */
export interface MailHost {
  readonly host: string
  /** The company's registered domain; empty for free mail. */
  readonly domain: string
}

/** A host under the name by which it is compared, without what it says about a company. */
export function readBareHost(text: string): MailHost {
  return { host: text === 'googlemail.com' ? 'gmail.com' : text, domain: '' }
}

/** Reads the part of an address behind the @. */
export function readMailHost(text: string): MailHost {
  const { host } = readBareHost(text)
  return { host, domain: isFreeMailDomain(host) || isDisposableDomain(host) ? '' : registeredDomain(host) }
}

/** Reads an address without checking it: what people typed wrong is compared as well. Hosts are read by `readHost`. */
export function readMailbox(text: string, readHost: (host: string) => MailHost): Mailbox | undefined {
  const address = (CLEAN.test(text) ? text : text.replace(MESS, '')).toLowerCase()
  const at = address.lastIndexOf('@')
  if (at < 1 || at === address.length - 1) return undefined
  const plus = address.indexOf('+')
  const local = address.slice(0, plus > 0 && plus < at ? plus : at)
  if (local.length < 11 && PLACEHOLDER.test(local)) return undefined
  const where = readHost(address.slice(at + 1))
  return {
    ...where,
    local: where.host === 'gmail.com' ? local.replace(/\./g, '') : local,
    isShared: isRoleMailbox(local),
  }
}

const CLEAN = /^[\w.+-]+@[\w.-]+$/
const MESS = /^[\s<"'(]*(?:mailto:)?|[\s>"')]+$|[\s\u200b\ufeff]+/gi

// What people type where a form insists on an address.
const PLACEHOLDER =
  /^(none|no|na|n\/a|nil|test\d*|noemail|no-?mail|nomail|unknown|null|example|asdf+|x+|abc|user|email|anonymous)$/

/** The company's domain in a web address or host; empty for none, free mail and social networks. */
export function readDomain(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/*/, '')
    .replace(/^.*@/, '')
    .replace(/[/?#:].*$/s, '')
    .replace(/\.$/, '')
  if (!/^[^\s.]+(\.[^\s.]+)+$/.test(host) || isFreeMailDomain(host)) return ''
  const domain = registeredDomain(host)
  return SOCIAL.test(domain) ? '' : domain
}

const SOCIAL =
  /^(linkedin|facebook|twitter|x|instagram|youtube|xing|tiktok|linktr|medium|wordpress|blogspot|wixsite|business)\.[a-z]+$/

/**
 * The domain that somebody registered, by a rule of thumb that needs no list: two labels, three when the last but one is
 * `co`, `com` and the like under a country. Hosts of one company are to be equal, nothing more.
 */
function registeredDomain(host: string): string {
  const labels = host.split('.')
  const count =
    labels.length > 2 && /^[a-z]{2}$/.test(labels[labels.length - 1]!) && SECOND_LEVEL.test(labels[labels.length - 2]!)
      ? 3
      : 2
  return labels.slice(-count).join('.')
}

const SECOND_LEVEL =
  /^(co|com|org|net|gov|gob|gouv|edu|ac|or|ne|go|ltd|plc|me|nom|asn|id|sch|mil|in|web|ind|firm|gen|info|biz)$/

/**
 * A phone number for comparing: its last nine digits, where national and international spellings agree; fewer when there
 * are no more. Empty for placeholders and what is no number.
 */
export function readLine(text: string): string {
  const bare = text.length > 15 ? text.replace(EXTENSION, '').replace(/\(\s*0\s*\)/g, '') : text
  let digits = ''
  for (let at = 0; at < bare.length; at++) {
    const code = bare.charCodeAt(at)
    if (code > 47 && code < 58) digits += bare[at]
  }
  if (digits.length < 6 || FAKE.test(digits)) return ''
  return digits.slice(-SIGNIFICANT)
}

// The longest part that is dialled alike from inside and outside a country; shorter ones lose a zero in front.
const SIGNIFICANT = 9
const EXTENSION = /[\s,;]*(?:ext(?:ension|n)?|x|#|poste|durchwahl)[\s.:=]*\d{1,6}\s*$/i
const FAKE = /(\d)\1{6}$|^1?234567/

/** A person's LinkedIn profile: its slug in lower case; empty for company pages and anything else. */
export function readProfile(text: string): string {
  const url = text.trim().toLowerCase()
  const host = url.indexOf('linkedin.com/')
  // Without a host `in/ada` is taken too.
  const path = host >= 0 ? url.slice(host + 13).replace(/^m(?:wlite)?\//, '') : url.replace(/^\//, '')
  const start = path.startsWith('in/') ? 3 : path.startsWith('pub/') ? 4 : 0
  if (start === 0) return ''
  let end = start
  while (end < path.length && !'/?# '.includes(path[end]!)) end++
  const slug = decode(path.slice(start, end)).toLowerCase()
  if (start === 3 || path[end] !== '/') return slug
  // LinkedIn redirects /pub/ada-nowak/a7/576/b50 to /in/ada-nowak-b50576a7.
  const numbers = /^\/([0-9a-f]{1,3})\/([0-9a-f]{1,3})\/([0-9a-f]{1,3})/.exec(path.slice(end))
  return numbers ? `${slug}-${numbers.slice(1).reverse().join('')}` : slug
}

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
