import type { ColumnKind, List } from '../../src/matching/list'
import { randomFrom } from './random'

/** A list with the contact that each row is about. */
export interface LabelledList extends List {
  /** Equal for rows of one contact. */
  readonly entities: readonly string[]
}

/** Whether companies, numbers and names spread as in life, or nearly all rows are of one company with ten surnames. */
export type Spread = 'even' | 'skewed'

const KINDS: readonly ColumnKind[] = [
  'given_name',
  'family_name',
  'email',
  'phone',
  'linkedin',
  'company',
  'domain',
  'other',
]

/**
 * Contacts at companies with planted duplicates and planted look-alikes, after the recipe of ../shared/matching.md 3.1:
 * a seventh as many companies as rows, names after Zipf, about 11 % of the people in two to five rows.
 */
export function makeContacts(count: number, seed: number, spread: Spread = 'even'): LabelledList {
  const world = makeWorld(count, seed, spread)
  const rows: string[][] = []
  const entities: string[] = []
  for (let person = 0; rows.length < count; person++) {
    const contact = world.makePerson()
    const put = (row: readonly string[], entity: string) => {
      if (rows.length === count) return
      rows.push([...row])
      entities.push(entity)
    }
    put(writeRow(contact, world), `p${person}`)
    if (world.chance(0.11)) {
      const others = 1 + Math.floor(world.random() ** 2 * 4)
      for (let copy = 0; copy < others; copy++) put(writeCopy(contact, world), `p${person}`)
    } else if (world.chance(0.04)) {
      put(writeRow(lookAlike(contact, world), world), `n${person}`)
    }
  }
  // Duplicates do not stand side by side.
  for (let at = rows.length - 1; at > 0; at--) {
    const other = Math.floor(world.random() * (at + 1))
    ;[rows[at], rows[other]] = [rows[other]!, rows[at]!]
    ;[entities[at], entities[other]] = [entities[other]!, entities[at]!]
  }
  return { about: 'contact', kinds: KINDS, rows, entities }
}

interface Company {
  readonly name: string
  readonly form: string
  readonly domain: string
  readonly pattern: number
  readonly switchboard: string
}

interface Person {
  readonly given: string
  readonly family: string
  readonly suffix: string
  readonly email: string
  readonly phone: string
  readonly slug: string
  readonly company: Company
  readonly title: string
}

interface World {
  readonly random: () => number
  readonly chance: (share: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
  readonly makePerson: () => Person
  readonly makeCompany: () => Company
  readonly phone: () => string
}

function makeWorld(count: number, seed: number, spread: Spread): World {
  const random = randomFrom(seed)
  const chance = (share: number) => random() < share
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  // Zipf: the place of a draw falls off with its rank.
  const zipf = (length: number) => Math.min(length - 1, Math.floor(length ** random()) - 1)
  const surnames = spread === 'skewed' ? SURNAMES.slice(0, 10) : coin(6_000, random)
  const taken = new Map<string, number>()
  const phone = () => pick(DIAL).replace(/9/g, () => String(Math.floor(random() * 10)))
  const makeCompany = (): Company => {
    const words = chance(0.3) ? `${pick(surnames)} & ${pick(surnames)}` : `${pick(STARTS)}${pick(ENDS)} ${pick(TRADES)}`
    const label = plain(words.replace('&', 'and')).replace(/[^a-z]/g, '')
    const times = taken.get(label) ?? 0
    taken.set(label, times + 1)
    const suffix = times === 0 ? '' : String(times + 1)
    return {
      name: times === 0 ? words : `${words} ${pick(STARTS)}`,
      form: chance(0.75) ? pick(FORMS) : '',
      domain: `${label}${suffix}.example`,
      pattern: Math.floor(random() * 4),
      switchboard: phone(),
    }
  }
  const companies = Array.from({ length: spread === 'skewed' ? 1 : Math.max(2, Math.floor(count / 7)) }, makeCompany)
  const [mailboxes, slugs] = [new Set<string>(), new Set<string>()]
  const turns = new Map<string, number>()
  const makePerson = (): Person => {
    const company = pick(companies)
    const given = chance(0.85) ? GIVEN[zipf(GIVEN.length)]! : pick(FOREIGN)
    const family = surnames[zipf(surnames.length)]!
    const local = mailbox(given, family, company.pattern)
    let email = `${local}@${company.domain}`
    for (let turn = turns.get(email) ?? 1; mailboxes.has(email); turn++) {
      turns.set(`${local}@${company.domain}`, turn)
      email = `${local}${turn + 1}@${company.domain}`
    }
    mailboxes.add(email)
    // A profile belongs to one person, as an address does.
    const name = `${plain(given)}-${plain(family)}`
    const slug = chance(0.4) && !slugs.has(name) ? name : `${name}-${Math.floor(random() * 1e9).toString(16)}`
    slugs.add(slug)
    return {
      given,
      family,
      suffix: '',
      email,
      phone: chance(0.35) ? company.switchboard : phone(),
      slug,
      company,
      title: pick(TITLES),
    }
  }
  return { random, chance, pick, makePerson, makeCompany, phone }
}

function coin(length: number, random: () => number): readonly string[] {
  const pick = (from: string) => from.split(' ')[Math.floor(random() * from.split(' ').length)]!
  const names = new Set(SURNAMES)
  while (names.size < length) {
    const middle = random() < 0.5 ? pick('er an el in or ing en ar') : ''
    const name = pick(HEADS) + middle + pick(TAILS)
    names.add(name[0]!.toUpperCase() + name.slice(1))
  }
  return [...names]
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/ß/g, 'ss')
}

function mailbox(given: string, family: string, pattern: number): string {
  const [first, last] = [plain(given), plain(family).replace(/[^a-z]/g, '')]
  return [`${first}.${last}`, `${first[0]}${last}`, first, `${first}${last[0]}`][pattern]!
}

function writeRow(person: Person, { chance, pick }: World): readonly string[] {
  const { company } = person
  const [email, phone] = [chance(0.12) ? '' : person.email, chance(0.3) ? '' : person.phone]
  return [
    person.given,
    person.suffix === '' ? person.family : `${person.family} ${person.suffix}`,
    email,
    phone === '' ? '' : pick(PHONES)(phone),
    chance(0.35) ? '' : pick(PROFILES)(person.slug),
    chance(0.06) ? '' : [company.name, company.form].filter(Boolean).join(' '),
    chance(0.4) ? '' : pick(SITES)(company.domain),
    person.title,
  ]
}

// One to three of the things that happen to a contact between two lists; sometimes up to five.
function writeCopy(person: Person, world: World): readonly string[] {
  const { chance, pick, random } = world
  const most = chance(0.16) ? 5 : 3
  const hasMoved = chance(0.06)
  const moved = hasMoved ? { ...person, ...moveJob(person, world) } : person
  const row = [...writeRow(moved, world)]
  // Only the profile tells that somebody is the same person at another company.
  if (hasMoved) row[4] = pick(PROFILES)(person.slug)
  for (let turn = 0; turn < 1 + Math.floor(random() * most); turn++) pick(SPOILERS)(row, moved, world)
  return row
}

function moveJob({ given, family }: Person, world: World): Pick<Person, 'company' | 'email' | 'phone'> {
  const company = world.makeCompany()
  return { company, email: `${mailbox(given, family, company.pattern)}@${company.domain}`, phone: world.phone() }
}

function lookAlike(person: Person, world: World): Person {
  const other = world.makePerson()
  switch (Math.floor(world.random() * 4)) {
    // A colleague of one surname, a son, a namesake elsewhere, a person behind the same shared mailbox.
    case 0:
      return {
        ...other,
        family: person.family,
        company: person.company,
        email: `${mailbox(other.given, person.family, person.company.pattern)}9@${person.company.domain}`,
      }
    case 1:
      return {
        ...other,
        given: person.given,
        family: person.family,
        suffix: 'Jr.',
        company: person.company,
        email: person.email.replace('@', 'jr@'),
      }
    case 2:
      return {
        ...other,
        given: person.given,
        family: person.family,
        email: `${mailbox(person.given, person.family, other.company.pattern)}@${other.company.domain}`,
      }
    default:
      return {
        ...other,
        company: person.company,
        email: `info@${person.company.domain}`,
        phone: person.company.switchboard,
      }
  }
}

type Spoiler = (row: string[], person: Person, world: World) => void

const SPOILERS: readonly Spoiler[] = [
  (row, { given }) => (row[0] = NICKNAMES[given] ?? row[0]!),
  (row, { given }) => (row[0] = `${given[0]!}.`),
  (row, _, world) => (row[1] = typo(row[1]!, world)),
  (row, _, world) => (row[0] = typo(row[0]!, world)),
  (row) => ([row[0], row[1]] = [plain(row[0]!), plain(row[1]!)]),
  (row) => ([row[0], row[1]] = [row[1]!, row[0]!]),
  (row, _, world) => (row[1] = `${row[1]!}-${world.makePerson().family}`),
  (row) => (row[2] = ''),
  (row, { given, family }, world) =>
    (row[2] = `${plain(given)}.${plain(family)}${Math.floor(world.random() * 90)}@gmail.com`),
  (row) => (row[2] = row[2]!.replace('@', '+news@').toUpperCase()),
  (row, _, world) => (row[2] = typo(row[2]!, world)),
  (row) => (row[3] = ''),
  (row, _, world) => (row[3] = world.phone()),
  (row) => (row[4] = ''),
  (row, { company }) => (row[5] = company.name.toUpperCase()),
  (row, { company }) => (row[5] = `The ${company.name}`),
  (row, _, world) => (row[5] = typo(row[5]!, world)),
  (row, { company }, world) => (row[5] = `${company.name}, ${world.pick(FORMS)}`),
]

function typo(text: string, { random }: World): string {
  if (text.length < 4) return text
  const at = 1 + Math.floor(random() * (text.length - 2))
  switch (Math.floor(random() * 4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1)
    case 1:
      return text.slice(0, at) + text[at]! + text.slice(at)
    case 2:
      return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2)
    default:
      return text.slice(0, at) + 'aeiounrst'[Math.floor(random() * 9)]! + text.slice(at + 1)
  }
}

const PHONES: readonly ((phone: string) => string)[] = [
  (phone) => phone.replace(/ /g, ''),
  (phone) => phone,
  (phone) => phone.replace(/ /g, '-'),
  (phone) => phone.replace('+', '00').replace(/ /g, ''),
  (phone) => phone.replace(' ', ' (0)'),
  (phone) => `0${phone.replace(/^\+\d+ /, '')}`,
]

const PROFILES: readonly ((slug: string) => string)[] = [
  (slug) => `https://www.linkedin.com/in/${slug}`,
  (slug) => `linkedin.com/in/${slug}`,
  (slug) => `http://www.linkedin.com/in/${slug}?trk=public`,
  (slug) => `https://uk.linkedin.com/in/${slug}/en`,
  (slug) => `https://www.linkedin.com/in/${slug.toUpperCase()}/`,
]

const SITES: readonly ((domain: string) => string)[] = [
  (domain) => domain,
  (domain) => `https://www.${domain}/`,
  (domain) => `http://${domain}`,
]

const DIAL = [
  '+1 212 5559999',
  '+44 20 79469999',
  '+49 30 5559999',
  '+33 1 99009999',
  '+61 2 55509999',
  '+353 1 5559999',
]
const TITLES = ['CEO', 'CFO', 'CTO', 'Sales Director', 'Product Manager', 'Data Analyst', 'HR Director', 'Founder']
const FORMS = 'Ltd Limited Inc. LLC GmbH AG S.A. SARL B.V. AB Oy ApS plc Pty S.r.l.'.split(' ')
const STARTS = (
  'Blue Bright Cloud Core Data Digi Eagle Echo Falcon Green Hydro Info Inter Iron Lion Lumen Metro Neo Nova Oak Orbit Pacific ' +
  'Peak Pioneer Quantum Rapid Red River Silver Smart Solar Summit Swift Titan Trans Ultra Union Urban Vertex Vista West Zen'
).split(' ')
const ENDS =
  'base beam bridge cast crest field flow ford gate hub land light line link path point port scale view ware wave works'.split(
    ' ',
  )
const TRADES =
  'Analytics Capital Construction Consulting Design Energy Engineering Group Health Holdings Labs Logistics Media Partners Pharma Robotics Security Services Software Solutions Systems Technologies'.split(
    ' ',
  )
const GIVEN = (
  'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas ' +
  'Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Margaret Mark Sandra Donald Ashley Steven Kimberly ' +
  'Paul Emily Andrew Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Dorothy George Melissa Timothy Deborah Ronald ' +
  'Stephanie Edward Rebecca Jason Sharon Jeffrey Laura Ryan Cynthia Jacob Kathleen Gary Amy Nicholas Angela Eric Shirley ' +
  'Jonathan Anna Stephen Brenda Larry Pamela Justin Emma Scott Nicole Brandon Helen Benjamin Samantha Samuel Katherine Gregory ' +
  'Christine Alexander Debra Patrick Rachel Frank Carolyn Raymond Janet Jack Catherine Dennis Maria Jerry Heather'
).split(' ')
const FOREIGN = (
  'José Renée Björn Zoë Søren Łukasz Çağla Jürgen Mónica Håkan Chloé Inés Wei Priya Yusuf Fatima Hiroshi Olga Dmitri Nadia ' +
  'Giulia Luca Sven Ingrid Aisha Omar Mei Ravi Anika Tomasz Agnieszka Käthe Noémie Thiago Beatriz'
).split(' ')
const SURNAMES = (
  'Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson Anderson Taylor Thomas Moore Martin Lee Walker Hall Young King ' +
  'Wright Hill Scott Green Baker Adams Nelson Carter Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins'
).split(' ')
const HEADS =
  'ash beck black bran brook cald carl chad cob crow dal den dray dun east elm fair far fel gal gar glen gran grey had hal ham ' +
  'hart hay hey hol hor kel ken kings lang lar law lin lock mal mar mel mid mor nor oak old pem pen pres rad ram red ros row ' +
  'rush sal sel shel sher stan stock strat sut thor tres wal ward wes wheat whit wick win wol wood wyn yar'
const TAILS =
  'son ton ley ford well wood worth field man er by ham stead dale ridge more combe shaw low gate croft hurst'
const NICKNAMES: { readonly [given: string]: string } = {
  Robert: 'Bob',
  William: 'Bill',
  Richard: 'Dick',
  Elizabeth: 'Liz',
  Margaret: 'Peggy',
  James: 'Jim',
  Michael: 'Mike',
  Jennifer: 'Jenny',
  Katherine: 'Kate',
  Christopher: 'Chris',
  Thomas: 'Tom',
  Charles: 'Chuck',
  Patricia: 'Trish',
  Daniel: 'Danny',
  Anthony: 'Tony',
  Steven: 'Steve',
  Edward: 'Ted',
  Joseph: 'Joe',
  Rebecca: 'Becky',
  Nicholas: 'Nick',
  Samuel: 'Sam',
  Benjamin: 'Ben',
  Deborah: 'Debbie',
  Kimberly: 'Kim',
}
