import { asciiHost, isPublicHost } from './host'
import { cleanText } from './text'

/**
 * The address as it should be written: bare, lower case, its domain in ASCII. Of several valid addresses the first.
 * Quoted local parts, comments, IP literals and non-ASCII local parts are refused: no vendor takes them.
 */
export function normalizeEmail(text: string): string | undefined {
  const bare = cleanText(text.normalize('NFKC'))
    .replace(/^.*<([^<>]*)>[\s.,;]*$/, '$1')
    .replace(/^mailto:/i, '')
    .replace(/\?(?:subject|cc|bcc|body|to)=.*$/i, '')
    .replace(/^[\s"'(<[]+|[\s"')>\].,;:]+$/g, '')
  const single = readAddress(bare)
  if (single) return single
  const addresses = bare.split(/\s*[,;|]\s*|\s+/).map(readAddress)
  return addresses.includes(undefined) ? undefined : addresses[0]
}

/** The part after the @ of an address, in ASCII; nothing when the address is not valid. */
export function emailDomain(email: string): string | undefined {
  return normalizeEmail(email)?.replace(/^.*@/, '')
}

/** The part before the @ of an address; nothing when the address is not valid. */
export function emailLocal(email: string): string | undefined {
  return normalizeEmail(email)?.replace(/@.*$/, '')
}

/** Equal for addresses that reach one mailbox: without a plus tag, and for Gmail without dots. Never written, never asked. */
export function emailMatchKey(email: string): string {
  const address = normalizeEmail(email)
  if (!address) return cleanText(email).toLowerCase()
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const local = address.slice(0, at).replace(/(?<=.)\+.*$/, '')
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return `${local}@${domain}`
  return `${local.replace(/\./g, '')}@gmail.com`
}

// The local part is a dot-atom (RFC 5322 section 3.2.3) of at most 64 octets, the address at most 254 (RFC 5321 section 4.5.3.1).
const LOCAL = /^(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/

function readAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0)).toLowerCase()
  if (!LOCAL.test(local)) return undefined
  const domain = asciiHost(text.slice(at + 1))
  if (!domain || !isPublicHost(domain)) return undefined
  const address = `${local}@${domain}`
  return address.length <= 254 ? address : undefined
}
