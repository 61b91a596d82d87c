import type { Field } from '../../src/domain/field'
import { createWorld } from '../../workbench/vendors/people'

/** A list that the built product fills by one vendor, and what its first row, which every vendor knows, must come to hold. */
export interface Sheet {
  readonly title: string
  readonly headers: readonly string[]
  /** The last one asks what the first one asks, in another spelling. */
  readonly rows: readonly (readonly string[])[]
  readonly finds: { readonly [F in Field]?: RegExp }
  /** Paths, of which each is called at least once. */
  readonly calls: readonly RegExp[]
  /** Misses that are counted although the vendor takes nothing: the facts do not say for sure that they are free. */
  readonly unsure?: number
  /** It answers later: these are asked until the answer is there. */
  readonly polls?: RegExp
}

const world = createWorld('world')

/** People whom every vendor knows; the first has a profile, a phone and a mobile phone. */
const STAFF = ['Ines', 'Will', 'Lea', 'Pia', 'Rosa', 'Ada'].map((first) =>
  world.person({ first, last: 'Nowak', domain: 'everyone.example' })!,
)
const page = (handle: string | null) => `https://www.linkedin.com/in/${handle}`

const PEOPLE = [
  ...STAFF.slice(0, 5).map(({ firstName, lastName, domain }) => [firstName, lastName, domain.name]),
  ['Ada', 'Nowak', 'nobody.example'],
  ['Ada', 'Nowak', 'unsure.example'],
  [STAFF[0]!.firstName.toUpperCase(), 'nowak', 'https://www.everyone.example/team'],
]
const COLLEAGUES = PEOPLE.map(([first = '', last = '', domain = '']) => [
  first,
  last,
  domain.includes('everyone') ? 'Everyone' : 'Nobody',
])
const ADDRESSES = [
  ...STAFF.slice(0, 4).map(({ mailbox }) => [mailbox!.email]),
  ['ada.nowak@nobody.example'],
  ['ada.nowak@catchall.example'],
  [STAFF[0]!.mailbox!.email.toUpperCase()],
]
const PROFILES = [
  ...STAFF.slice(0, 5).map(({ linkedinHandle }) => [page(linkedinHandle)]),
  [page('nobody-atall-ffffffff')],
  [`${page(STAFF[0]!.linkedinHandle)}/?locale=en`],
]
const COMPANIES = [
  ['everyone.example'],
  ['slow.example'],
  ['catchall.example'],
  ['odd.example'],
  ['pending.example'],
  ['nobody.example'],
  ['WWW.Everyone.example'],
]
const FIRMS = [['Everyone'], ['Catchall'], ['Odd'], ['Pending'], ['Unsure'], ['Nobody'], ['EVERYONE']]

/** Shapes of values that a cell must come to hold. */
export const SHAPES = {
  address: /^[a-z.]+@everyone\.example$/,
  words: /\p{L}{2,}/u,
  number: /^\d+$/,
  status: /^(valid|accept_all|risky|invalid|unknown)$/,
  phone: /^\+/,
  year: /^(19|20)\d\d$/,
} as const

type MakeSheet = (finds: Sheet['finds'], ...calls: readonly RegExp[]) => Sheet

const listOf =
  (title: string, headers: Sheet['headers'], rows: Sheet['rows']): MakeSheet =>
  (finds, ...calls) => ({ title, headers, rows, finds, calls })

/** People with first name, last name and the domain of their company. */
export const people = listOf('people by name and domain', ['First name', 'Last name', 'Company domain'], PEOPLE)
/** The same people with the name of their company. */
export const colleagues = listOf('people by name and company', ['First name', 'Last name', 'Company'], COLLEAGUES)
/** Addresses. */
export const mailed = listOf('people by address', ['Email'], ADDRESSES)
/** Profiles on LinkedIn. */
export const linked = listOf('people by profile', ['LinkedIn profile'], PROFILES)
/** Domains of companies. */
export const companies = listOf('companies by domain', ['Company domain'], COMPANIES)
/** Names of companies. */
export const firms = listOf('companies by name', ['Company'], FIRMS)
