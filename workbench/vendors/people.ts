// Without imports, because workbench/samples/generate.mjs runs this file by itself.

/** Who takes mail for a domain; `null_mx` refuses mail by record, `none` has no mail and no web, `missing` does not exist. */
type MailService = 'google' | 'microsoft' | 'proofpoint' | 'ovh' | 'zoho' | 'own' | 'null_mx' | 'none' | 'missing'

/** How a company builds its addresses from first name, last name and initial. */
type Pattern = '{first}.{last}' | '{f}{last}' | '{first}' | '{first}_{last}' | '{f}.{last}' | '{last}.{first}'

/** What an invented domain is like. */
export interface Domain {
  readonly name: string
  readonly company: string
  readonly country: string
  readonly mail: MailService
  readonly pattern: Pattern
  readonly acceptAll: boolean
  readonly webmail: boolean
  readonly disposable: boolean
}

/** What is true of an address, as the verifying vendors would say it. */
type MailboxStatus = 'valid' | 'invalid' | 'accept_all' | 'webmail' | 'disposable' | 'unknown'

/** A mailbox with a deliverability score of 0 to 100. */
export interface Mailbox {
  readonly email: string
  readonly status: MailboxStatus
  readonly score: number
}

/** An invented person at a domain; `mailbox` is null when nobody knows their address. */
export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly domain: Domain
  readonly mailbox: Mailbox | null
  readonly position: string | null
  /** E.164 with its plus. */
  readonly phone: string | null
  readonly linkedinHandle: string | null
  readonly twitter: string | null
}

/** The invented world: every answer follows from the question and the seed alone. */
export interface World {
  /** Undefined for a name that is not reserved for examples: nothing is ever invented about a real domain. */
  domain(name: string): Domain | undefined
  /** The domain that a company's name leads to, or undefined when no letter of it can stand in a domain. */
  domainOfCompany(company: string): string | undefined
  /** The employer's domain behind a LinkedIn handle. */
  domainOfHandle(handle: string): string
  /** The person behind a handle that is a first and a last name, perhaps with a number; about 80 % of them are known. */
  personOfHandle(handle: string): Person | undefined
  /** The person behind an address that names first and last name; undefined for others and for mailboxes that do not exist. */
  personOfEmail(email: string): Person | undefined
  mailbox(email: string): Mailbox | undefined
  person(who: { readonly first: string; readonly last: string; readonly domain: string }): Person | undefined
}

/** Domains and a person that behave in one fixed way, for tests. Everything else follows from the hash of its name. */
export const NOTABLE = {
  everyoneFound: 'everyone.example',
  nobodyFound: 'nobody.example',
  acceptAll: 'catchall.example',
  unsure: 'unsure.example',
  nullMx: 'nullmail.example',
  noMail: 'nomail.example',
  missing: 'nowhere.example',
  slow: 'slow.example',
  verifiedLater: 'pending.example',
  oddServer: 'odd.example',
  disposable: 'throwaway.example',
  webmail: 'freemail.example',
  objector: { first: 'Olga', last: 'Silent', domain: 'example.org', email: 'olga.silent@example.org' },
} as const

const FIXED: { readonly [name: string]: Partial<Domain> & { readonly found?: number } } = {
  'example.com': { mail: 'google', pattern: '{first}.{last}', acceptAll: false },
  'example.org': { mail: 'microsoft', pattern: '{first}.{last}', acceptAll: false },
  'example.net': { mail: 'ovh', pattern: '{f}{last}', acceptAll: false },
  [NOTABLE.everyoneFound]: { mail: 'google', pattern: '{first}.{last}', acceptAll: false, found: 100 },
  [NOTABLE.nobodyFound]: { mail: 'google', acceptAll: false, found: 0 },
  [NOTABLE.acceptAll]: { mail: 'microsoft', acceptAll: true, found: 100 },
  [NOTABLE.unsure]: { mail: 'own', acceptAll: false, found: 100 },
  [NOTABLE.nullMx]: { mail: 'null_mx' },
  [NOTABLE.noMail]: { mail: 'none' },
  [NOTABLE.missing]: { mail: 'missing' },
  [NOTABLE.slow]: { mail: 'google', acceptAll: false, found: 100 },
  [NOTABLE.verifiedLater]: { mail: 'google', acceptAll: false, found: 100 },
  [NOTABLE.oddServer]: { mail: 'own', acceptAll: false, found: 100 },
  [NOTABLE.disposable]: { mail: 'own', acceptAll: false, disposable: true },
  [NOTABLE.webmail]: { mail: 'own', acceptAll: false, webmail: true },
}

const PATTERNS: readonly Pattern[] = [
  '{first}.{last}',
  '{first}.{last}',
  '{first}.{last}',
  '{f}{last}',
  '{f}{last}',
  '{first}',
  '{first}_{last}',
  '{f}.{last}',
  '{last}.{first}',
]

const COUNTRIES = ['FR', 'FR', 'DE', 'GB', 'US', 'US', 'SE', 'ES', 'IT', 'NL'] as const

const POSITIONS = [
  'Account Executive',
  'Chief Executive Officer',
  'Chief Financial Officer',
  'Customer Success Manager',
  'Data Analyst',
  'Directrice commerciale',
  'Engineering Manager',
  'Finance Director',
  'Founder',
  'Head of Growth',
  'Head of Marketing',
  'Head of Procurement',
  'HR Business Partner',
  'Leiter Einkauf',
  'Operations Manager',
  'Product Manager',
  'Responsable RH',
  'Sales Development Representative',
  'Software Engineer',
  'VP Sales',
]

const LEGAL_FORMS = new Set(
  'ab ag bv co company corp gmbh group inc kg limited llc ltd nv oy plc sa sarl sas sl spa srl'.split(' '),
)
const UNSPLIT: { readonly [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
}

/** Lower-case ASCII words of a text, separated by one blank: the form in which names are the same name. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .replace(/[ßæœøłđðþ]/g, (letter) => UNSPLIT[letter] ?? '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** A well-spread 32-bit number made from a text: FNV-1a with the final mix of MurmurHash3. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Whether a domain is one of those kept for examples (RFC 2606), which no person or company can own. */
export function isExampleDomain(name: string): boolean {
  return /(^|\.)example\.(com|org|net)$/.test(name) || /^([a-z0-9-]+\.)+(example|test)$/.test(name)
}

/** Whether a domain takes mail at all. */
export function takesMail(domain: Domain): boolean {
  switch (domain.mail) {
    case 'null_mx':
    case 'none':
    case 'missing':
      return false
    case 'google':
    case 'microsoft':
    case 'proofpoint':
    case 'ovh':
    case 'zoho':
    case 'own':
      return true
  }
}

/** Builds the world of a seed; equal seeds make equal worlds. */
export function createWorld(seed: string): World {
  const dice = (about: string): number => fingerprint(`${seed}|${about}`)
  const percent = (about: string): number => dice(about) % 100

  const domain = (given: string): Domain | undefined => {
    const name = given.toLowerCase().replace(/\.$/, '')
    if (!isExampleDomain(name)) return undefined
    const label = /(?:^|\.)([a-z0-9-]+)\.(?:[a-z]+)$/.exec(name)?.[1] ?? name
    return {
      name,
      company: label.replace(/(^|-)([a-z])/g, (_, gap: string, letter: string) => (gap && ' ') + letter.toUpperCase()),
      country: pick(COUNTRIES, dice(`country ${name}`)),
      mail: mailFor(percent(`mail ${name}`)),
      pattern: pick(PATTERNS, dice(`pattern ${name}`)),
      acceptAll: percent(`accept all ${name}`) < 12,
      webmail: false,
      disposable: false,
      ...FIXED[name],
    }
  }

  const mailbox = (given: string): Mailbox | undefined => {
    const email = given.toLowerCase()
    const at = email.lastIndexOf('@')
    const home = domain(email.slice(at + 1))
    if (!home || at < 1) return undefined
    if (!takesMail(home)) return { email, status: 'invalid', score: 0 }
    // Fixed at 50 for both kinds (providers.md B1, "Confidence").
    if (home.webmail) return { email, status: 'webmail', score: 50 }
    if (home.disposable) return { email, status: 'disposable', score: 50 }
    if (home.name === NOTABLE.unsure) return { email, status: 'unknown', score: 45 }
    const spread = dice(`score ${email}`)
    if (home.acceptAll) return { email, status: 'accept_all', score: 45 + (spread % 35) }
    if (!known(email, home)) return { email, status: 'invalid', score: 0 }
    if (percent(`unknown ${email}`) < 6) return { email, status: 'unknown', score: 30 + (spread % 30) }
    return { email, status: 'valid', score: 85 + (spread % 15) }
  }

  // About 70 % of all addresses exist, so that a finder's answer and a verifier's verdict never contradict each other.
  const known = (email: string, home: Domain): boolean => percent(`known ${email}`) < (FIXED[home.name]?.found ?? 70)

  const person: World['person'] = (who) => {
    const home = domain(who.domain)
    const first = plain(who.first)
    const last = plain(who.last)
    if (!home || !first || !last) return undefined
    const key = `${first} ${last} ${home.name}`
    const email = `${localPart(home.pattern, first, last)}@${home.name}`
    const found = takesMail(home) && !home.webmail && !home.disposable && known(email, home)
    const number = dice(`number ${key}`)
    const sign = number.toString(16).padStart(8, '0')
    // It names the employer, so that the profile leads back to the same person (see `personOfPrinted`).
    // Two dashes end a first name of several words, so that it is clear which words are the last name.
    const names = `${first}${first.includes(' ') ? '--' : '-'}${last}`
    const handle = `${names} ${home.name.replace(/\.example$/, '')} ${sign}`.replace(/[ .]/g, '-')
    const twitter = `${first} ${last} ${sign}`.replace(/[ -]/g, '_').slice(0, 15)
    return {
      firstName: who.first,
      lastName: who.last,
      domain: home,
      mailbox: found ? (mailbox(email) ?? null) : null,
      position: percent(`has position ${key}`) < 80 ? pick(POSITIONS, dice(`position ${key}`)) : null,
      phone: percent(`has phone ${key}`) < 40 ? phoneOf(home.country, number) : null,
      linkedinHandle: percent(`has linkedin ${key}`) < 60 ? handle : null,
      twitter: percent(`has twitter ${key}`) < 15 ? twitter : null,
    }
  }

  /** The person whose handle an answer showed: the one whose names and employer make exactly this handle. */
  const personOfPrinted = (handle: string): Person | undefined => {
    const words = /^(.+)-[0-9a-f]{8}$/.exec(handle)?.[1]?.split('-') ?? []
    for (let employer = 2; employer < words.length; employer++)
      for (let family = 1; family < employer; family++)
        for (const name of domainsIn(words.slice(employer))) {
          const first = words.slice(0, family).filter(Boolean).map(capital).join(' ')
          const last = words.slice(family, employer).filter(Boolean).map(capital).join(' ')
          const found = person({ first, last, domain: name })
          if (found?.linkedinHandle === handle) return found
        }
    return undefined
  }

  const domainOfHandle = (given: string): string => {
    const handle = given.trim().toLowerCase()
    return personOfPrinted(handle)?.domain.name ?? `home${dice(`handle ${handle}`) % 50}.example`
  }

  return {
    domain,
    mailbox,
    person,
    domainOfCompany(company) {
      const words = plain(company.replace(/\./g, '')).split(' ')
      const name = words.filter((word) => !LEGAL_FORMS.has(word)).join('')
      return name ? `${name}.example` : undefined
    },
    domainOfHandle,
    personOfHandle(given) {
      const handle = given.trim().toLowerCase()
      const printed = personOfPrinted(handle)
      if (printed) return printed
      const [first = '', last = ''] = handle.split('-').filter((word) => !/\d/.test(word))
      if (!first || !last || percent(`knows handle ${handle}`) >= 80) return undefined
      const found = person({ first: capital(first), last: capital(last), domain: domainOfHandle(handle) })
      return found && { ...found, linkedinHandle: handle }
    },
    personOfEmail(email) {
      const at = email.lastIndexOf('@')
      const [first = '', last = '', ...others] = email.slice(0, at).toLowerCase().split(/[._]/)
      if (first.length < 2 || last.length < 2 || others.length > 0) return undefined
      const home = email.slice(at + 1)
      const names = domain(home)?.pattern === '{last}.{first}' ? { first: last, last: first } : { first, last }
      const found = person({ first: capital(names.first), last: capital(names.last), domain: home })
      return found?.mailbox?.email === email.toLowerCase() ? found : undefined
    },
  }
}

/** The example domains that may have been written with dashes: a dash may have been a dot, and `.example` is left out. */
function domainsIn(words: readonly string[]): readonly string[] {
  // Longer names are not looked into: their number doubles with each word.
  if (words.length > 5) return []
  const names = words
    .slice(1)
    .reduce<readonly string[]>(
      (starts, word) => starts.flatMap((start) => [`${start}-${word}`, `${start}.${word}`]),
      words.slice(0, 1),
    )
  return names.flatMap((name) => [`${name}.example`, name]).filter(isExampleDomain)
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

function pick<T>(from: readonly T[], number: number): T {
  return from[number % from.length] as T
}

function mailFor(percent: number): MailService {
  if (percent < 34) return 'google'
  if (percent < 66) return 'microsoft'
  if (percent < 74) return 'proofpoint'
  if (percent < 84) return 'ovh'
  if (percent < 90) return 'zoho'
  if (percent < 95) return 'own'
  if (percent < 97) return 'null_mx'
  return 'none'
}

function localPart(pattern: Pattern, first: string, last: string): string {
  const given = first.replace(/ /g, '')
  const family = last.replace(/ /g, '')
  return pattern.replace('{first}', given).replace('{last}', family).replace('{f}', given.slice(0, 1))
}

/**
 * A number that libphonenumber takes as valid and nobody can answer: the ranges that each country's regulator keeps
 * for films and books. Countries whose range is missing or is not valid in the metadata have no phones.
 */
function phoneOf(country: string, number: number): string | null {
  const digits = (count: number): string => String(number % 10 ** count).padStart(count, '0')
  switch (country) {
    // Arcep: 01 99 00 00 00 to 01 99 00 99 99.
    case 'FR':
      return `+3319900${digits(4)}`
    // Bundesnetzagentur: (0)30 23125 000 to 999.
    case 'DE':
      return `+493023125${digits(3)}`
    // Ofcom: 020 7946 0000 to 0999.
    case 'GB':
      return `+442079460${digits(3)}`
    // NANPA: 555-0100 to 555-0199 of any area.
    case 'US':
      return `+1${[212, 312, 415][number % 3]}55501${digits(2)}`
    // PTS: 070-174 06 05 to 070-174 06 99.
    case 'SE':
      return `+4670174${String(605 + (number % 95)).padStart(4, '0')}`
    default:
      return null
  }
}

/** The area whose invented numbers are mobiles. */
export const US_MOBILE_AREA = '415'

/** How high somebody stands and in which field, from which every vendor makes its own words. */
export interface Standing {
  readonly level: 'founder' | 'chief' | 'vp' | 'head' | 'director' | 'manager' | 'specialist'
  readonly field:
    'data' | 'engineering' | 'finance' | 'general' | 'hr' | 'marketing' | 'operations' | 'product' | 'sales'
}

const STANDINGS: { readonly [position: string]: Standing } = {
  'Account Executive': { level: 'specialist', field: 'sales' },
  'Chief Executive Officer': { level: 'chief', field: 'general' },
  'Chief Financial Officer': { level: 'chief', field: 'finance' },
  'Customer Success Manager': { level: 'manager', field: 'sales' },
  'Data Analyst': { level: 'specialist', field: 'data' },
  'Directrice commerciale': { level: 'director', field: 'sales' },
  'Engineering Manager': { level: 'manager', field: 'engineering' },
  'Finance Director': { level: 'director', field: 'finance' },
  Founder: { level: 'founder', field: 'general' },
  'Head of Growth': { level: 'head', field: 'marketing' },
  'Head of Marketing': { level: 'head', field: 'marketing' },
  'Head of Procurement': { level: 'head', field: 'operations' },
  'HR Business Partner': { level: 'specialist', field: 'hr' },
  'Leiter Einkauf': { level: 'head', field: 'operations' },
  'Operations Manager': { level: 'manager', field: 'operations' },
  'Product Manager': { level: 'manager', field: 'product' },
  'Responsable RH': { level: 'manager', field: 'hr' },
  'Sales Development Representative': { level: 'specialist', field: 'sales' },
  'Software Engineer': { level: 'specialist', field: 'engineering' },
  'VP Sales': { level: 'vp', field: 'sales' },
}

/** What a position of the invented world means; null for somebody without one. */
export function standingOf({ position }: Person): Standing | null {
  return position === null ? null : (STANDINGS[position] ?? null)
}

/** One text for one person, however their name was written in the question. */
export function personKey({ firstName, lastName, domain }: Person): string {
  return `${plain(`${firstName} ${lastName}`)} ${domain.name}`
}

/**
 * The mobile phone of about 60 % of the people in Germany, the United States and Sweden, in E.164; null for everybody else.
 * The ranges that France and the United Kingdom keep for films are not valid in libphonenumber's metadata.
 */
export function mobileOf(person: Person): string | null {
  const key = personKey(person)
  // Sweden's range is one of mobiles (see phoneOf): whoever has a phone there has that one.
  if (person.domain.country === 'SE' && person.phone !== null) return person.phone
  if (fingerprint(`has mobile ${key}`) % 100 >= 60) return null
  const number = fingerprint(`mobile ${key}`)
  switch (person.domain.country) {
    // Bundesnetzagentur: (0)171 39200 00 to 99.
    case 'DE':
      return `+4917139200${String(number % 100).padStart(2, '0')}`
    // Mobile and fixed numbers of the United States share their ranges: of the invented ones, those of one area are mobiles.
    case 'US':
      return `+1${US_MOBILE_AREA}55501${String(number % 100).padStart(2, '0')}`
    case 'SE':
      return phoneOf('SE', number)
    default:
      return null
  }
}

/** The company's own telephone, from the same ranges as people's. */
export function switchboardOf({ name, country }: Domain): string | null {
  return phoneOf(country, fingerprint(`switchboard ${name}`))
}

/** F or M, from how the first name ends: invented, and the same at every vendor. */
export function genderOf(firstName: string): 'F' | 'M' {
  return /(a|ine|elle|ette|lie|rie|anne|ude)$/.test(plain(firstName)) ? 'F' : 'M'
}
