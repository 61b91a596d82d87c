import { decodeHtml } from './html'

/** What a page says about its organization in schema.org's words. */
export interface Organization {
  readonly name?: string
  readonly legalName?: string
  readonly url?: string
  readonly description?: string
  readonly logo?: string
  readonly founded?: string
  readonly naics?: string
  readonly ticker?: string
  /** `250` or `51-200`. */
  readonly employees?: string
  readonly phone?: string
  readonly email?: string
  readonly street?: string
  readonly city?: string
  readonly region?: string
  readonly postalCode?: string
  readonly country?: string
  readonly sameAs: readonly string[]
}

interface Node {
  readonly [name: string]: unknown
}

// More is not written by people.
const MAX_NODES = 500
const MAX_TEXT = 2_000
const MAX_CONTACT = 300

/** The organization that the data of a page is about: the first with an address of its own, then the first without one. */
export function organizationOf(blocks: readonly string[], isOwn: (url: string) => boolean): Organization | undefined {
  const nodes: Node[] = []
  for (const block of blocks) collect(parse(block), nodes)
  const own = nodes.filter((node) => isOwn(text(node['url'])?.slice(0, MAX_CONTACT) ?? ''))
  const node = own.find((one) => text(one['url'])) ?? own[0]
  return node && read(node)
}

// Line breaks inside a text are the commonest mistake in such data; between the parts they mean nothing.
function parse(block: string): unknown {
  try {
    return JSON.parse(block.replace(/[\u0000-\u001f]+/g, ' ').replace(/^\s*(?:<!--|\/\*.{0,20}\*\/)|-->\s*$/g, ''))
  } catch {
    return undefined
  }
}

// Those that the page is about, not those that it mentions: an author, a customer, a partner.
function collect(root: unknown, found: Node[]): void {
  const queue: unknown[] = [root]
  for (let at = 0; at < queue.length && at < MAX_NODES; at++) {
    const node = queue[at]
    if (Array.isArray(node)) queue.push(...list(node))
    else if (isNode(node)) {
      if (isOrganization(node['@type'])) found.push(node)
      queue.push(node['@graph'], node['publisher'], node['mainEntity'])
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// https://schema.org/Organization and the kinds of it that companies use for themselves.
const ORGANIZATION =
  /^(?:\w{0,40}(?:Organization|Business|Store|Service|Agency|Agent)|Corporation|NGO|Consortium|Airline|Attorney|Brewery|CollegeOrUniversity|Dentist|Hospital|Hotel|Notary|Physician|Restaurant|School)$/

// A service that is offered is not who offers it.
const NO_ORGANIZATION = /^(?:Service|\w{0,20}(?:Broadcast|Cable|Food|Web|Taxi|Payment)Service)$/

function isOrganization(type: unknown): boolean {
  return list(type).some((one) => {
    const name = typeof one === 'string' ? one.slice(0, 100).replace(/^.*[/:#]/, '') : ''
    return ORGANIZATION.test(name) && !NO_ORGANIZATION.test(name)
  })
}

function read(node: Node): Organization {
  const address = onlyOne(node['address'])
  const place = isNode(address) ? address : {}
  const said = {
    name: text(node['name']),
    legalName: text(node['legalName']),
    description: text(node['description']),
    logo: text(node['logo']),
    founded: text(node['foundingDate']),
    naics: text(node['naics']),
    ticker: text(node['tickerSymbol']),
    employees: employees(node['numberOfEmployees']),
    url: text(node['url'])?.slice(0, MAX_CONTACT),
    phone: contactOf(node, 'telephone'),
    email: contactOf(node, 'email'),
    street: text(typeof address === 'string' ? address : place['streetAddress']),
    city: text(place['addressLocality']),
    region: text(place['addressRegion']),
    postalCode: text(place['postalCode']),
    country: text(place['addressCountry']),
  }
  const present = Object.entries(said).filter(([, value]) => value !== undefined)
  return {
    ...(Object.fromEntries(present) as { readonly [F in keyof typeof said]: string }),
    sameAs: list(node['sameAs']).flatMap((link) => text(link)?.slice(0, MAX_CONTACT) ?? []),
  }
}

function contactOf(node: Node, way: 'telephone' | 'email'): string | undefined {
  const all = [node, ...list(node['contactPoint']).filter(isNode)].map((one) => text(one[way]))
  return all.find(Boolean)?.slice(0, MAX_CONTACT)
}

// Of several addresses nobody says which one is the seat.
function onlyOne(value: unknown): unknown {
  const all = list(value)
  return all.length === 1 ? all[0] : undefined
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.slice(0, MAX_NODES) : [value]
}

function employees(value: unknown): string | undefined {
  if (!isNode(value)) return text(value)?.replace(/\s*[-–]\s*/, '-')
  const [from, to] = [text(value['minValue']), text(value['maxValue'])]
  return text(value['value']) ?? (from && to ? `${from}-${to}` : undefined)
}

// A text, a number, the first of several, or what an object is called: a logo has a `url`, a country a `name`.
function text(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return decodeHtml(value.slice(0, MAX_TEXT)) || undefined
  if (typeof value === 'number') return String(value)
  if (depth > 2) return undefined
  if (Array.isArray(value)) return text(value[0], depth + 1)
  if (!isNode(value)) return undefined
  return text(value['@value'] ?? value['url'] ?? value['contentUrl'] ?? value['name'], depth + 1)
}
