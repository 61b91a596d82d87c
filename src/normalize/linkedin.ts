import { cleanText } from './text'

/**
 * A person's profile as `https://www.linkedin.com/in/slug`, from public, mobile, country, old `/pub/` and Sales Navigator
 * addresses and from `in/slug`. A slug is compared in lower case, a member id (`ACw...`) as it is.
 */
export function normalizeLinkedInPerson(text: string): string | undefined {
  const path = linkedInPath(text)
  if (!path) return undefined
  const [kind = '', slug = '', ...rest] = path.steps
  if (kind === 'in') return personUrl(slug)
  if (kind === 'pub') return slug === 'dir' ? undefined : personUrl(pubSlug(slug, rest))
  if (kind === 'sales' && /^(lead|people)$/i.test(slug)) return memberUrl(rest[0]?.split(',')[0])
  if (kind === 'profile') return memberUrl(/[?&]id=([^&]+)/i.exec(path.query)?.[1])
  return undefined
}

/** A company's page as `https://www.linkedin.com/company/slug`; schools and showcase pages keep their kind. */
export function normalizeLinkedInCompany(text: string): string | undefined {
  const path = linkedInPath(text)
  if (!path) return undefined
  const [kind = '', slug = '', third = ''] = path.steps
  if (kind === 'sales')
    return /^(company|account)s?$/i.test(slug) ? pageUrl('company', third.split(',')[0] ?? '') : undefined
  if (kind === 'school' || kind === 'showcase') return pageUrl(kind, slug)
  return /^(company|company-beta|companies|organization)$/.test(kind) ? pageUrl('company', slug) : undefined
}

/** The last step of a LinkedIn address, readable: `ada-nowak`. Nothing when it is neither a person nor a company. */
export function linkedInHandle(url: string): string | undefined {
  const canonical = normalizeLinkedInPerson(url) ?? normalizeLinkedInCompany(url)
  return canonical && decode(canonical.replace(/^.*\//, ''))
}

interface Path {
  readonly steps: readonly string[]
  readonly query: string
}

const PREFIX = /^(?:https?:)?(?:\/\/)?(?:[a-z0-9-]+\.)*linkedin\.com(?::\d+)?\/+(?:#!?\/)?(?:m\/|mwlite\/)?/i
const BARE = /^\/?(?=(?:in|pub|company|school|showcase|sales)\/)/i

function linkedInPath(text: string): Path | undefined {
  const clean = cleanText(text.normalize('NFKC')).replace(/^[<("']+|[>)"',;]+$/g, '')
  const start = PREFIX.exec(clean) ?? BARE.exec(clean)
  if (!start) return undefined
  const [path = '', ...query] = clean
    .slice(start[0].length)
    .replace(/#.*$/, '')
    .split(/(?=[?&])/)
  const [kind = '', ...steps] = path.split('/').filter(Boolean)
  return { steps: [kind.toLowerCase(), ...steps], query: query.join('') }
}

function personUrl(text: string): string | undefined {
  const slug = cleanSlug(text)
  return slug && !/^(me|edit|unavailable)$/.test(slug) ? `https://www.linkedin.com/in/${slug}` : undefined
}

function memberUrl(id: string | undefined): string | undefined {
  return id && MEMBER_ID.test(id) ? `https://www.linkedin.com/in/${id}` : undefined
}

function pageUrl(kind: string, text: string): string | undefined {
  const slug = cleanSlug(text)
  return slug && `https://www.linkedin.com/${kind}/${slug}`
}

// Case matters in these ids: they are base64.
const MEMBER_ID = /^AC[ow]AA[\w-]{10,}$/

function cleanSlug(text: string): string | undefined {
  if (MEMBER_ID.test(text)) return text
  const slug = cleanText(decode(text) ?? '')
    .toLowerCase()
    .normalize('NFC')
  if (!/^(?=.*[\p{L}\p{N}\p{S}])[\p{L}\p{N}\p{M}\p{S}\u200d\ufe0f._’&,·-]{1,150}$/u.test(slug)) return undefined
  return encodeURIComponent(slug)
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

// LinkedIn redirects /pub/ada-nowak/a7/576/b50 to /in/ada-nowak-b50576a7: the three parts of a number, last first.
function pubSlug(slug: string, parts: readonly string[]): string {
  const [a, b, c] = parts
  if (!a || !b || !c || ![a, b, c].every((part) => /^[0-9a-f]{1,3}$/i.test(part))) return slug
  return `${slug}-${c.padStart(3, '0')}${b.padStart(3, '0')}${a}`
}
