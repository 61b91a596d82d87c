import { hostOf } from './addresses'
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

/**
 * Whether a vendor knows somebody: always the same people, `share` percent of them, so that a waterfall makes sense. Who
 * objected is known to none of the vendors that have no word for it.
 */
export function knowsPerson(vendor: string, person: Person, share: number): boolean {
  const { objector } = NOTABLE
  const key = personKey(person)
  return (
    key !== `${plain(`${objector.first} ${objector.last}`)} ${objector.domain}` &&
    knows(vendor, person.domain, key, share)
  )
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

/** What a question says about a person, in no vendor's words; what is absent or empty was not given. */
export interface PersonClues {
  readonly email?: string | undefined
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly fullName?: string | undefined
  /** A domain or a web address. */
  readonly companyDomain?: string | undefined
  readonly companyName?: string | undefined
  readonly companyHandle?: string | undefined
  readonly handle?: string | undefined
}

/** A question in its normal form, and who it is about when the invented world holds them. */
export interface PersonQuestion {
  /** The same for every spelling of the same question. */
  readonly question: string
  /** Where the person is looked for, perhaps a domain that is not invented. */
  readonly domain: string | undefined
  readonly person: Person | undefined
}

/** Finds who is meant: by address, then by name and company, then by LinkedIn handle; undefined for other clues. */
export function personMeant(world: World, clues: PersonClues): PersonQuestion | undefined {
  return byEmail(world, clues) ?? byName(world, clues) ?? byHandle(world, clues)
}

/** The question of clues that lead to nobody. */
export function nobodyMeant(clues: PersonClues): PersonQuestion {
  const given = Object.values(clues).flatMap((text: string | undefined) => text?.trim().toLowerCase() || [])
  return { question: given.join(' | '), domain: undefined, person: undefined }
}

function byEmail(world: World, clues: PersonClues): PersonQuestion | undefined {
  const email = clues.email?.trim().toLowerCase()
  if (!email) return undefined
  const domain = email.slice(email.lastIndexOf('@') + 1)
  const known = world.personOfEmail(email)
  const [first, last] = namesOf(clues)
  const named = first && last ? world.person({ first, last, domain }) : undefined
  return { question: email, domain, person: known ?? (named?.mailbox?.email === email ? named : undefined) }
}

function byName(world: World, clues: PersonClues): PersonQuestion | undefined {
  const [first, last] = namesOf(clues)
  if (!first || !last) return undefined
  const domain = domainMeant(world, clues)
  if (domain === undefined) return undefined
  const named = plain(`${first} ${last}`) || `${first} ${last}`.toLowerCase()
  return { question: `${named} | ${domain}`, domain, person: world.person({ first, last, domain }) }
}

function byHandle(world: World, clues: PersonClues): PersonQuestion | undefined {
  const handle = clues.handle?.trim().toLowerCase()
  if (!handle) return undefined
  return { question: `linkedin ${handle}`, domain: world.domainOfHandle(handle), person: world.personOfHandle(handle) }
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
  if (companyDomain?.trim()) return hostOf(companyDomain)
  if (companyHandle) return domainOfCompanyHandle(world, companyHandle)?.name
  return companyName ? world.domainOfCompany(companyName) : undefined
}
