import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import parsePhoneNumber from 'libphonenumber-js/max'
import { createWorld, isExampleDomain, plain } from '../../workbench/vendors/people'

const FOLDER = path.join(__dirname, '../../workbench/samples')
const FILES = ['leads-250.csv', 'sales-navigator.csv', 'crm.csv', 'leads-10k.csv'] as const

type Row = { readonly [column: string]: string }

const read = (file: string): string => readFileSync(path.join(FOLDER, file), 'utf8')

/** Reads RFC 4180 text in a second way than the writer. */
function parse(text: string): Row[] {
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/y
  const lines: string[][] = [[]]
  const body = text.replace(/^\ufeff/, '')
  while (cells.lastIndex < body.length) {
    const [, quoted, bare, end] = cells.exec(body)!
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare!)
    if (end !== ',' && cells.lastIndex < body.length) lines.push([])
  }
  const [header = [], ...rows] = lines
  for (const row of rows) expect(row).toHaveLength(header.length)
  return rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i]!])))
}

test('the script writes the files byte for byte', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'samples-'))
  try {
    execFileSync(process.execPath, [path.join(FOLDER, 'generate.mjs'), folder])
    for (const file of FILES)
      expect(readFileSync(path.join(folder, file)).equals(readFileSync(path.join(FOLDER, file)))).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

describe.each(FILES)('%s', (file) => {
  test('names no real host', () => {
    const text = read(file)
    const emails = text.match(/[^\s"<>;:,@]+@[a-z0-9.-]+/gi) ?? []
    const isReserved = (host: string): boolean => isExampleDomain(host.toLowerCase().replace(/\.$/, ''))
    // Gmail gives no address with an underscore to anybody.
    const isNobody = (email: string): boolean => /^[a-z_]*_[a-z_]*@gmail\.com$/i.test(email)
    expect(emails.filter((email) => !isNobody(email) && !isReserved(email.split('@')[1]!))).toEqual([])
    const withoutEmails = emails.reduce((rest, email) => rest.replace(email, ''), text)
    const hosts = withoutEmails.match(/(?<![\w.%-])(?:[a-z0-9-]{2,}\.)+[a-z]{2,}\b/gi) ?? []
    expect(hosts.length).toBeGreaterThan(file === 'crm.csv' ? -1 : 20)
    const isAllowed = (host: string): boolean =>
      isReserved(host) || /(^|\.)linkedin\.com$/i.test(host) || host === 'gmail.com'
    expect(hosts.filter((host) => !isAllowed(host))).toEqual([])
  })
})

describe('leads-250.csv', () => {
  const rows = parse(read('leads-250.csv'))
  const column = (name: string): string[] => rows.map((row) => row[name]!)
  const filled = (name: string): number => column(name).filter(Boolean).length / rows.length

  test('has 250 rows, headers in two languages and gaps', () => {
    expect(rows).toHaveLength(250)
    expect(Object.keys(rows[0]!)).toEqual(
      expect.arrayContaining(['First name', 'NOM', 'Société', 'E-Mail', 'job title']),
    )
    for (const name of ['E-Mail', 'Téléphone', 'LinkedIn', 'job title']) {
      expect(filled(name)).toBeGreaterThan(0.3)
      expect(filled(name)).toBeLessThan(0.65)
    }
  })

  test('has the same people in other spellings', () => {
    const keys = rows.map((row) =>
      [row['First name'], row['NOM'], row['Société']].map((text) => plain(text!)).join('|'),
    )
    const twice = keys.length - new Set(keys).size
    expect(twice).toBeGreaterThanOrEqual(45)
    const exact = rows.map((row) => [row['First name'], row['NOM'], row['Société']].join('|'))
    expect(exact.length - new Set(exact).size).toBeLessThan(twice / 2)
  })

  test.each<[string, string, RegExp]>([
    ['a size that looks like a date', 'Company size', /^1-10$/],
    ['a postcode with a leading zero', 'Code postal', /^01234$/],
    ['an error cell', 'E-Mail', /^#N\/A$/],
    ['an emoji', 'First name', /\p{Extended_Pictographic}/u],
    ['a right-to-left name', 'NOM', /\p{Script=Hebrew}/u],
    ['a CJK name', 'NOM', /\p{Script=Han}/u],
    ['a long note', 'Notes', /^[^]{5000,}$/],
    ['a note of several lines', 'Notes', /\n/],
    ['blanks around', 'First name', /^\s.*\s$/],
    ['text that starts like a formula', 'Société', /^=Studio$/],
    ['a phone with its plus', 'Téléphone', /^\+33 6 12 34 56 78$/],
    ['a phone that lost its zero', 'Téléphone', /^19900\d{4}$/],
    ['a date as a name', 'First name', /^\d\d\/\d\d\/\d{4}$/],
    ['a free-mail address', 'E-Mail', /@gmail\.com$/],
    ['an outdated address', 'E-Mail', /@old-/],
    ['two addresses in a cell', 'E-Mail', /@.*; .*@/],
    ['Sales Navigator', 'LinkedIn', /\/sales\/lead\/ACwAA/],
    ['mobile LinkedIn', 'LinkedIn', /\/\/m\.linkedin\.com|\/mwlite\//],
    ['a country of LinkedIn', 'LinkedIn', /\/\/(fr|de|uk|es|it|nl|se)\.linkedin\.com/],
    ['LinkedIn with a query', 'LinkedIn', /\?utm_source=/],
    ['a company where a person belongs', 'LinkedIn', /\/company\//],
    ['a decomposed accent', 'First name', /\p{L}\p{M}/u],
  ])('has %s', (_, name, pattern) => {
    expect(column(name).some((cell) => pattern.test(cell))).toBe(true)
  })

  test('has one blank row', () => {
    expect(rows.filter((row) => Object.values(row).every((cell) => cell === ''))).toHaveLength(1)
  })

  test('begins with ordinary rows, most of whose people the simulated vendors find', () => {
    const world = createWorld('world')
    const start = rows.slice(0, 20)
    const found = start.filter((row) => {
      const domain = world.domainOfCompany(row['Société']!)!
      return world.person({ first: row['First name']!, last: row['NOM']!, domain })?.mailbox
    })
    expect(found.length).toBeGreaterThanOrEqual(10)
    expect(start.some((row) => row['Company size'] === '1-10')).toBe(true)
  })
})

test('phones that are whole are valid numbers', () => {
  const phones = parse(read('leads-10k.csv')).flatMap(({ phone }) => (phone?.startsWith('+') ? phone : []))
  expect(phones.length).toBeGreaterThan(50)
  expect(phones.filter((phone) => !parsePhoneNumber(phone)?.isValid())).toEqual([])
})

test.each<[string, number, string]>([
  ['sales-navigator.csv', 60, 'First Name'],
  ['crm.csv', 120, 'Record ID'],
  ['leads-10k.csv', 10_000, 'first name'],
])('%s has %i rows', (file, count, first) => {
  const rows = parse(read(file))
  expect(rows).toHaveLength(count)
  expect(Object.keys(rows[0]!)[0]).toBe(first)
})

test('crm.csv is as Excel writes it', () => {
  expect(read('crm.csv')).toMatch(/^\ufeffRecord ID,First Name,[^\n]*\r\n/)
  expect(read('crm.csv').replaceAll('\r\n', '')).not.toContain('\n')
})

test('leads-10k.csv is compact and holds about 6,500 people, each with name, company and domain', () => {
  expect(Buffer.byteLength(read('leads-10k.csv'))).toBeLessThan(1_200_000)
  const rows = parse(read('leads-10k.csv'))
  const site = (text: string): string => /([a-z0-9-]+\.example)/.exec(text.toLowerCase())![1]!
  const keys = rows.map((row) => [plain(row['first name']!), plain(row['last name']!), site(row['domain']!)].join('|'))
  expect(new Set(keys).size).toBe(6500)
  expect(rows.filter((row) => !row['first name'] || !row['last name'] || !row['company'])).toEqual([])
  for (const name of ['email', 'phone', 'job title']) expect(rows.filter((row) => row[name]).length).toBeLessThan(2000)
})
