import { domainOfCompanyHandle } from './companies'
import { type Domain, fingerprint, NOTABLE, type Person, personKey, plain, type World } from './people'

/** Domains whose people every vendor knows, because a test asks for how they behave. */
const KNOWN_TO_ALL: ReadonlySet<string> = new Set([
  NOTABLE.everyoneFound,
  NOTABLE.acceptAll,
  NOTABLE.unsure,
  NOTABLE.slow,
  NOTABLE.verifiedLater,
  NOTABLE.oddServer,
])

/** Whether a vendor knows somebody: always the same people, `share` percent of them, so that a waterfall makes sense. */
export function knowsPerson(vendor: string, person: Person, share: number): boolean {
  return knows(vendor, person.domain, personKey(person), share)
}

/** Whether a vendor knows the company of a domain. */
export function knowsCompany(vendor: string, domain: Domain, share: number): boolean {
  return knows(vendor, domain, domain.name, share)
}

function knows(vendor: string, domain: Domain, about: string, share: number): boolean {
  if (KNOWN_TO_ALL.has(domain.name)) return true
  if (domain.name === NOTABLE.nobodyFound || domain.webmail || domain.disposable) return false
  if (domain.mail === 'none' || domain.mail === 'missing') return false
  return fingerprint(`${vendor} ${about}`) % 100 < share
}

/** What a question says about a person, in no vendor's words. */
export interface PersonClues {
  readonly email?: string | undefined
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly fullName?: string | undefined
  readonly companyDomain?: string | undefined
  readonly companyName?: string | undefined
  readonly companyHandle?: string | undefined
  readonly handle?: string | undefined
}

/** A question in its normal form, and who it is about when the invented world holds them. */
export interface PersonQuestion {
  readonly question: string
  readonly person: Person | undefined
}

/** Finds who is meant: by address, then by name and company, then by LinkedIn handle; people who objected are nobody. */
export function personMeant(world: World, clues: PersonClues): PersonQuestion | undefined {
  const meant = byEmail(world, clues) ?? byName(world, clues) ?? byHandle(world, clues)
  if (!meant?.person) return meant
  const { objector } = NOTABLE
  const isObjector = personKey(meant.person) === `${plain(`${objector.first} ${objector.last}`)} ${objector.domain}`
  return isObjector ? { question: meant.question, person: undefined } : meant
}

function byEmail(world: World, clues: PersonClues): PersonQuestion | undefined {
  const email = clues.email?.trim().toLowerCase()
  if (!email) return undefined
  const known = world.personOfEmail(email)
  const [first, last] = namesOf(clues)
  const named =
    first && last ? world.person({ first, last, domain: email.slice(email.lastIndexOf('@') + 1) }) : undefined
  return { question: email, person: known ?? (named?.mailbox?.email === email ? named : undefined) }
}

function byName(world: World, clues: PersonClues): PersonQuestion | undefined {
  const [first, last] = namesOf(clues)
  if (!first || !last) return undefined
  const domain = domainMeant(world, clues)
  if (domain === undefined) return undefined
  const named = plain(`${first} ${last}`) || `${first} ${last}`.toLowerCase()
  return { question: `${named} | ${domain}`, person: world.person({ first, last, domain }) }
}

function byHandle(world: World, clues: PersonClues): PersonQuestion | undefined {
  const handle = clues.handle?.trim().toLowerCase()
  return handle ? { question: `linkedin ${handle}`, person: world.personOfHandle(handle) } : undefined
}

function namesOf({ firstName, lastName, fullName }: PersonClues): readonly [first: string, last: string] {
  const [fullFirst = '', ...fullRest] = (fullName ?? '').trim().split(/\s+/)
  return [firstName?.trim() || fullFirst, lastName?.trim() || fullRest.join(' ')]
}

/** The domain that a company's domain, LinkedIn page or name leads to. */
export function domainMeant(
  world: World,
  clues: Pick<PersonClues, 'companyDomain' | 'companyName' | 'companyHandle'>,
): string | undefined {
  const { companyDomain, companyHandle, companyName } = clues
  if (companyDomain) return hostOf(companyDomain)
  if (companyHandle) return domainOfCompanyHandle(world, companyHandle)?.name
  return companyName ? world.domainOfCompany(companyName) : undefined
}

/** The host name in a domain, a website or a page's address, without `www.`. */
export function hostOf(text: string): string {
  const host = text.trim().toLowerCase()
  return host
    .replace(/^https?:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^www\./, '')
}

/** Whether a text can be a host name. */
export function isHost(text: string): boolean {
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(text)
}

/** Whether a text can be an address. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)
}

/** The last part of a LinkedIn page of a person (`in`) or of a company; undefined for any other text. */
export function linkedinHandle(page: string, kind: 'in' | 'company'): string | undefined {
  const match = /^(?:https?:\/\/)?(?:[a-z]{2,3}\.)?linkedin\.com\/(in|company)\/([^/?#\s]+)\/?$/i.exec(page.trim())
  return match?.[1]?.toLowerCase() === kind ? match[2] : undefined
}
