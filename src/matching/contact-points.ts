import { isDisposableDomain, isFreeMailDomain, isRoleMailbox } from '../normalize/free-mail'

/** An address for comparing: who reads it, and what it says about the company. */
export interface Mailbox {
  /** Equal for addresses that reach one mailbox; empty when nobody can be told from it. */
  readonly key: string
  readonly local: string
  /** The company's registered domain; empty for free mail. */
  readonly domain: string
  /** `info@` and the like: several people read it. */
  readonly isShared: boolean
}

/** Reads an address without checking it: what people typed wrong is compared as well. */
export function readMailbox(text: string): Mailbox | undefined {
  const address = text
    .replace(/^[\s<"'(]*(?:mailto:)?|[\s>"')]+$|\u200b|\ufeff/gi, '')
    .toLowerCase()
    .replace(/\s+/g, '')
  const at = address.lastIndexOf('@')
  if (at < 1) return undefined
  const host = address.slice(at + 1)
  const local = address.slice(0, at).replace(/(?<=.)\+.*$/, '')
  if (PLACEHOLDER.test(local) || host === '') return undefined
  const isGoogle = host === 'gmail.com' || host === 'googlemail.com'
  const name = isGoogle ? local.replace(/\./g, '') : local
  const isPublic = isFreeMailDomain(host) || isDisposableDomain(host)
  return {
    key: `${name}@${isGoogle ? 'gmail.com' : host}`,
    local: name,
    domain: isPublic ? '' : registeredDomain(host),
    isShared: isRoleMailbox(local),
  }
}

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

/** Reads a phone number; nothing for placeholders and what is no number. */
export function readLine(text: string): string {
  const bare = text.replace(EXTENSION, '').replace(/\(\s*0\s*\)/g, '')
  const digits = bare.replace(/\D+/g, '')
  if (digits.length < 6 || /^(\d)\1*$/.test(digits.slice(-7)) || FAKE.test(digits)) return ''
  return digits.slice(-SIGNIFICANT)
}

// The longest part that is dialled alike from inside and outside a country; shorter ones lose a zero in front.
const SIGNIFICANT = 9
const EXTENSION = /[\s,;]*(?:ext(?:ension|n)?|x|#|poste|durchwahl)[\s.:=]*\d{1,6}\s*$/i
const FAKE = /5555555$|^1?234567|0000000$/

/** A person's LinkedIn profile: its slug in lower case; empty for company pages and anything else. */
export function readProfile(text: string): string {
  const slug = /(?:linkedin\.com\/(?:m\/|mwlite\/)?|^\s*\/?)(?:in|pub)\/([^/?#\s]+)(\/[^?#\s]*)?/i.exec(text)
  if (!slug) return ''
  const name = decode(slug[1]!).toLowerCase()
  const numbers = /^\/([0-9a-f]{1,3})\/([0-9a-f]{1,3})\/([0-9a-f]{1,3})/i.exec(slug[2] ?? '')
  // LinkedIn redirects /pub/ada-nowak/a7/576/b50 to /in/ada-nowak-b50576a7.
  return numbers ? `${name}-${numbers.slice(1).reverse().join('').toLowerCase()}` : name
}

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
