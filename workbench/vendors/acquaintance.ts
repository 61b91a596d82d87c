import { type Domain, fingerprint, NOTABLE, type Person, plain, type World } from './people'

/** Somebody that a vendor is asked about, in the asker's words; what is absent or empty was not given. */
export interface Asked {
  readonly first?: string | undefined
  readonly last?: string | undefined
  readonly full?: string | undefined
  /** A domain or a web address. */
  readonly domain?: string | undefined
  readonly company?: string | undefined
  /** A profile's address or its handle. */
  readonly linkedin?: string | undefined
}

/** What the world says to such a question. */
export interface Sought {
  /** The same for every spelling of the same question. */
  readonly question: string
  readonly domain: Domain | undefined
  readonly person: Person | undefined
}

const NOTABLE_DOMAINS: readonly string[] = Object.values(NOTABLE).flatMap((it) => (typeof it === 'string' ? it : []))

/** Finds who is meant: by name at a domain or a company, else by the handle. */
export function seek(world: World, asked: Asked): Sought {
  const [fullFirst = '', ...fullRest] = (asked.full ?? '').trim().split(/\s+/)
  const first = asked.first?.trim() || (asked.last?.trim() ? '' : fullFirst)
  const last = asked.last?.trim() || (asked.first?.trim() ? '' : fullRest.join(' '))
  const host = hostOf(asked.domain ?? '')
  const company = asked.company?.trim() ?? ''
  const handle = handleOf(asked.linkedin ?? '')
  const name = host || (company && world.domainOfCompany(company)) || (handle && world.domainOfHandle(handle))
  const where = host || (company && `company ${plain(company)}`) || (handle && `linkedin ${handle}`)
  const named = plain(`${first} ${last}`) || `${first} ${last}`.trim().toLowerCase()
  const isByName = first !== '' && last !== '' && (host !== '' || company !== '')
  const person = isByName
    ? name
      ? world.person({ first, last, domain: name })
      : undefined
    : handle
      ? world.personOfHandle(handle)
      : undefined
  return {
    question: named ? `${named} | ${where}` : where,
    domain: name ? world.domain(name) : undefined,
    person: person && !isObjector(person) ? person : undefined,
  }
}

/**
 * Whether a vendor has a person in its files: always the same share of everybody, another one for each vendor. All of
 * them know whom the notable domains hold, so that those domains mean the same everywhere.
 */
export function isKnownTo(vendor: string, { firstName, lastName, domain }: Person, percent: number): boolean {
  if (NOTABLE_DOMAINS.includes(domain.name)) return true
  return fingerprint(`${vendor} knows ${plain(`${firstName} ${lastName}`)} ${domain.name}`) % 100 < percent
}

/** The domain in a domain or a web address, or nothing. */
export function hostOf(text: string): string {
  const given = text.trim().toLowerCase()
  const host = given.replace(/^[a-z]+:\/\//, '').replace(/[/?#:].*$/, '')
  return host.replace(/^www\./, '').replace(/\.$/, '')
}

/** The handle in a handle or a profile's address, or nothing. */
export function handleOf(text: string): string {
  const given = text.trim().toLowerCase()
  const inAddress = /linkedin\.com\/(?:in|pub)\/([^/?#]+)/.exec(given)?.[1]
  if (inAddress !== undefined) return inAddress
  return /^[\p{L}\p{N}%_-]+$/u.test(given) ? given : ''
}

/** Whether a text looks like a domain rather than a company's name. */
export function looksLikeDomain(text: string): boolean {
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i.test(text.trim())
}

/** Who asked not to be processed: vendors without a word for it know nothing of them. */
function isObjector({ firstName, lastName, domain }: Person): boolean {
  const { objector } = NOTABLE
  return (
    domain.name === objector.domain && plain(`${firstName} ${lastName}`) === plain(`${objector.first} ${objector.last}`)
  )
}
