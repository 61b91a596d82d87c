import { createWorld, mobileOf, takesMail } from '../vendors/people'

/** Fields that a simulated run asks for. */
export const FIELDS = ['email', 'phone', 'job_title'] as const

/** What public sources say about the domain of a row. */
export const MAIL = ['accepts_mail'] as const

/** What vendors find that the file describes itself. */
export const OWN = ['email'] as const

/** What is said about addresses that stand in the list. */
export const CHECK = ['email_status'] as const

/** A field that a simulated run asks for. */
export type Wanted = (typeof FIELDS | typeof MAIL | typeof CHECK)[number]

/** The header of the column of each wanted field, in the list or made by the product. */
export const HEADER_OF: { readonly [F in Wanted]: string } = {
  email: 'Email',
  phone: 'Phone',
  job_title: 'Job title',
  accepts_mail: 'Domain takes mail',
  email_status: 'Email status',
}

/** The header of the column beside that of addresses. */
export const BESIDE = 'Email (found)'

/** A column that the product takes for nothing: it tells the rows apart for us, wherever they are moved. */
export const REFERENCE = 'Ref'

/** The columns that say who somebody is. */
export const INPUTS = ['First name', 'Last name', 'Website'] as const

/** A column that only people use. */
export const REMARK = 'Remark'

/** A column that people fill with a formula: as it stands in a row of the sheet, and what it shows of that row. */
export interface ShownColumn {
  readonly header: string
  readonly formula: (row: number) => string
  readonly show: (textOf: (header: string) => string) => string
}

/** The header of the formulas that show the domain of whatever address stands in their row. */
export const DOMAIN = 'Domain'

/** The name put together from two columns, and the domain of whatever address stands there. */
export const SHOWN: readonly ShownColumn[] = [
  {
    header: 'Full name',
    formula: (row) => `=B${String(row)}&" "&C${String(row)}`,
    show: (textOf) => `${textOf('First name')} ${textOf('Last name')}`,
  },
  {
    header: DOMAIN,
    formula: (row) => `=IFNA(REGEXEXTRACT(E${String(row)}, "@(.*)"))`,
    show: (textOf) => textOf('Email').split('@')[1] ?? '',
  },
]

/** With the wanted columns or without, or with them and columns of formulas. */
export type ListColumns = 'with_wanted' | 'without_wanted' | 'with_formulas'

/** The headers of a list with its wanted columns. */
export const LIST_HEADERS = [REFERENCE, ...INPUTS, ...FIELDS.map((field) => HEADER_OF[field]), REMARK]

/** A row of the simulated list; its person and domain are invented. */
export interface Person {
  readonly ref: string
  readonly first: string
  readonly last: string
  readonly site: string
}

const FIRST = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn']
const LAST = ['Nowak', 'Miller', 'Stone', 'Berg', 'Rossi']
const SITES = ['everyone.example', 'fenfold.example', 'unsure.example', 'nobody.example', 'example.com']

/** So many people, all different. */
export function makePeople(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => ({
    ref: `R${String(index + 1).padStart(3, '0')}`,
    first: FIRST[index % FIRST.length]!,
    last: LAST[Math.floor(index / FIRST.length) % LAST.length]!,
    site: SITES[index % SITES.length]!,
  }))
}

/** The list as it stands in the sheet: headers and a row for each person. */
export function listOf(people: readonly Person[], columns: ListColumns): readonly string[][] {
  const wanted = columns === 'without_wanted' ? [] : FIELDS.map((field) => HEADER_OF[field])
  const shown = columns === 'with_formulas' ? SHOWN : []
  return [
    [REFERENCE, ...INPUTS, ...wanted, REMARK, ...shown.map(({ header }) => header)],
    ...people.map(({ ref, first, last, site }, index) => {
      const typed = wanted.map((header) =>
        header === HEADER_OF.email && index % 7 === 3 ? `typed.${ref}@example.net` : '',
      )
      const remark = index % 4 === 0 ? `call ${ref}` : ''
      return [ref, first, last, site, ...typed, remark, ...shown.map(({ formula }) => formula(index + 2))]
    }),
  ]
}

const world = createWorld('world')

/** The list with an address in each row: that of the person, or one that nobody has. */
export function addressesOf(people: readonly Person[]): readonly string[][] {
  const [headers = [], ...rows] = listOf(people, 'with_wanted')
  const column = headers.indexOf(HEADER_OF.email)
  const addressOf = ({ first, last, site }: Person) =>
    world.person({ first, last, domain: site })?.mailbox?.email ?? `nobody@${site}`
  return [headers, ...rows.map((row, index) => row.with(column, addressOf(people[index]!)))]
}

/** Whether a text is what the simulated vendors say about a person, and nothing that they say about anybody else. */
export function isAnswer(field: Wanted, text: string, who: Omit<Person, 'ref'>): boolean {
  const known = world.person({ first: who.first, last: who.last, domain: who.site })
  switch (field) {
    case 'email':
      return text === known?.mailbox?.email
    case 'phone':
      return [known?.phone, known && mobileOf(known)].some((phone) => phone && digits(text) === digits(phone))
    case 'job_title':
      // One vendor writes titles with capitals of its own.
      return known?.position?.toLowerCase() === text.toLowerCase()
    case 'accepts_mail':
      return text === (isMailed(who.site) ? 'yes' : 'no')
    case 'email_status':
      return /^(valid|accept_all|risky|invalid|unknown)$/.test(text)
  }
}

function isMailed(site: string): boolean {
  const domain = world.domain(site)
  return domain !== undefined && takesMail(domain)
}

function digits(text: string): string {
  return text.replace(/\D/g, '')
}
