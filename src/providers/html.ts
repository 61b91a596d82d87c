/** The parts of a page that say something about its owner. Texts are as they stand in the page: `decodeHtml` reads them. */
export interface Page {
  /** The first content of each `<meta>`, by its `name` or `property` in lower case. */
  readonly meta: ReadonlyMap<string, string>
  readonly canonical: string | undefined
  /** Where its links lead. */
  readonly links: readonly string[]
  /** Its data blocks of type `application/ld+json`. */
  readonly data: readonly string[]
  /** Its scripts and the addresses that it loads from: what it is made with shows here, what it writes about does not. */
  readonly code: string
}

// A home page is smaller; what comes after is not read.
const MAX_PAGE = 400_000
const MAX_LINKS = 3_000
const MAX_LINK = 500
const MAX_DATA = 30
const MAX_META = 300

/**
 * Reads a page as it comes, broken or hostile. It goes through the text once: each search starts where the one before
 * ended, and where an end is missing the rest of the page is taken for it, as browsers do.
 */
export function scanPage(html: string): Page {
  const text = html.slice(0, MAX_PAGE)
  const meta = new Map<string, string>()
  const links: string[] = []
  const data: string[] = []
  const code: string[] = []
  let canonical: string | undefined
  let at = 0
  for (;;) {
    at = text.indexOf('<', at)
    if (at < 0) break
    if (text.startsWith('<!--', at)) {
      at = after(text, '-->', at + 4)
      continue
    }
    const tag = readTag(text, at + 1)
    if (!tag) {
      at++
      continue
    }
    at = tag.end
    const { name, attributes } = tag
    const address = attributes.get('src') ?? attributes.get('href')
    const content = attributes.get('content')
    switch (name) {
      case 'meta': {
        const key = (attributes.get('name') ?? attributes.get('property') ?? '').toLowerCase()
        if (key && content?.trim() && !meta.has(key) && meta.size < MAX_META) meta.set(key, content)
        break
      }
      case 'a':
        if (address && address.length <= MAX_LINK && links.length < MAX_LINKS) links.push(address)
        break
      case 'link':
        if (/\bcanonical\b/i.test(attributes.get('rel') ?? '')) canonical ??= address?.slice(0, MAX_LINK)
        else if (address) code.push(address)
        break
      case 'img':
      case 'iframe':
        if (address) code.push(address)
        break
      case 'script':
      case 'style':
      case 'textarea':
      case 'title': {
        // Inside of these a < is only a letter.
        const closing = new RegExp(`</${name}`, 'gi')
        closing.lastIndex = at
        const end = closing.exec(text)?.index ?? text.length
        if (name === 'script') {
          if (address) code.push(address)
          const type = attributes.get('type') ?? ''
          if (!/ld\+json/i.test(type)) code.push(type, text.slice(at, end))
          else if (data.length < MAX_DATA) data.push(text.slice(at, end))
        }
        at = end
      }
    }
  }
  return { meta, canonical, links, data, code: code.join('\n') }
}

// Each is asked at one place only; none can be read in two ways, so none goes back.
const NAME = /[a-z][a-z0-9:-]*/iy
const BLANKS = /[\s/]+/y
const ATTRIBUTE = /[^\s/>=]+/y
const EQUALS = /\s*=\s*/y
const BARE_VALUE = /[^\s>]+/y

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Where the text after it starts. */
  readonly end: number
}

// The longest value that anybody reads.
const MAX_VALUE = 5_000

function readTag(text: string, from: number): Tag | undefined {
  const name = match(NAME, text, from)
  if (!name) return undefined
  const attributes = new Map<string, string>()
  let at = from + name.length
  while (at < text.length) {
    at += match(BLANKS, text, at).length
    if (text[at] === '>') return { name: name.toLowerCase(), attributes, end: at + 1 }
    const attribute = match(ATTRIBUTE, text, at)
    at += attribute.length
    const equals = match(EQUALS, text, at)
    at += equals.length
    if (!equals) continue
    const quote = text[at]
    const quoted = quote === '"' || quote === "'"
    const start = quoted ? at + 1 : at
    const end = quoted ? after(text, quote, start) : at + match(BARE_VALUE, text, at).length
    const value = text.slice(start, Math.min(end - (quoted ? 1 : 0), start + MAX_VALUE))
    const key = attribute.toLowerCase()
    if (READ.test(key) && !attributes.has(key)) attributes.set(key, value)
    at = end
  }
  return { name: name.toLowerCase(), attributes, end: text.length }
}

const READ = /^(?:name|property|content|href|src|rel|type)$/

function match(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at
  return sticky.exec(text)?.[0] ?? ''
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from)
  return found < 0 ? text.length : found + end.length
}

/** Text with its character references read: the five of XML, numbers, and the accents of Latin letters. */
export function decodeHtml(text: string): string {
  return text
    .replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => reference(name) ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
}

function reference(name: string): string | undefined {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1))
    const isHalf = code >= 0xd800 && code <= 0xdfff
    return code > 0 && code <= 0x10ffff && !isHalf ? String.fromCodePoint(code) : undefined
  }
  switch (name.toLowerCase()) {
    case 'amp':
      return '&'
    case 'lt':
      return '<'
    case 'gt':
      return '>'
    case 'quot':
      return '"'
    case 'apos':
    case 'rsquo':
      return "'"
    case 'nbsp':
      return ' '
    case 'ndash':
    case 'mdash':
      return '-'
    case 'szlig':
      return 'ß'
    default:
      return accented(name)
  }
}

// `eacute` is e and an acute accent.
function accented(name: string): string | undefined {
  const [, letter = '', accent = ''] = /^([a-z])(acute|grave|circ|uml|tilde|cedil|ring|caron)$/i.exec(name) ?? []
  const marks = { acute: 1, grave: 0, circ: 2, uml: 8, tilde: 3, cedil: 0x27, ring: 0xa, caron: 0xc } as const
  const mark = marks[accent.toLowerCase() as keyof typeof marks] as number | undefined
  return mark === undefined ? undefined : (letter + String.fromCharCode(0x300 + mark)).normalize('NFC')
}
