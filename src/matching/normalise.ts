import { normalizeDate } from '../normalize/date'
import { readDomain, readLine, readMailbox, readMailHost, readProfile } from './contact-points'
import type { ColumnKind, List } from './list'
import { formalNames } from './nicknames'
import { acronymOf, companyCore, companyWords, isGenericWord } from './organisation'
import { readFullName, readPart } from './person'
import type { Pool } from './pool'
import { makePool, remembering } from './pool'
import { lettersOf } from './similarity'
import { plainText, soundOf } from './spelling'

/**
 * A list as numbers: equal values have equal numbers, -1 is none. Rows with the same cells are one record, and records
 * stand in the order of a hash of their cells, so that nothing after this step can hang on the order of rows.
 */
export interface Records {
  readonly about: List['about']
  readonly count: number
  /** The rows of each record, smallest first. */
  readonly rows: readonly (readonly number[])[]
  readonly names: Names | undefined
  readonly mailboxes: Mailboxes | undefined
  readonly lines: Values | undefined
  readonly profiles: Values | undefined
  readonly organisations: Organisations | undefined
  readonly texts: readonly Texts[]
}

/** Values of one kind: up to `width` a record, side by side. */
export interface Values {
  readonly width: number
  readonly ids: Int32Array
  readonly pool: Pool
  /** How many records hold a value, by its number. */
  readonly counts: Int32Array
  /** 1 for a value that several people share, by its number: evidence for nobody. */
  readonly isShared: Uint8Array
}

/** Names of people, in one pool so that given and family names can be compared crosswise. */
export interface Names {
  readonly pool: Pool
  readonly parts: readonly NamePart[]
  readonly given: Int32Array
  readonly family: Int32Array
  readonly middle: Int32Array
  /** 0 for none. */
  readonly generation: Uint8Array
  readonly givenCounts: Int32Array
  readonly familyCounts: Int32Array
  /** A family name that the mailbox or profile was made from, where it is not the one in the row; -1 for none. */
  readonly former: Int32Array
}

/** What is worth knowing about a name once, however often it comes. */
export interface NamePart {
  readonly text: string
  readonly joined: string
  readonly letters: number
  readonly words: readonly string[]
  readonly sound: string
  /** The formal names that the first word may stand for. */
  readonly formal: readonly string[]
}

/** Addresses: their keys are `Values`, with what else they say beside them. */
export interface Mailboxes extends Values {
  readonly locals: Int32Array
  readonly localPool: Pool
  /** 1 where the part before the @ is made from the person's name. */
  readonly isNamed: Uint8Array
  /** The share of all addresses that is at the same host. */
  readonly shares: Float32Array
}

/** Employers, or the companies themselves. */
export interface Organisations {
  readonly cores: Int32Array
  readonly pool: Pool
  readonly counts: Int32Array
  readonly parts: readonly CompanyPart[]
  readonly wordWeights: readonly number[]
  /** How many domains of web addresses and mailboxes there are a record. */
  readonly width: number
  /**
   * The name without blanks and the domain without its ending are often one word, the label. `width + 1` numbers a record:
   * that of the name, then those of the domains.
   */
  readonly labelsOf: Int32Array
  readonly labels: Pool
  readonly labelLetters: readonly number[]
  /** How many records carry a label. */
  readonly labelCounts: Int32Array
}

/** What is worth knowing about a company's name once. */
export interface CompanyPart {
  readonly text: string
  readonly joined: string
  readonly letters: number
  readonly words: readonly number[]
  readonly wordTexts: readonly string[]
  readonly acronym: string
  readonly numbers: string
  /** All its words are found in many names: `Investments`. */
  readonly isGeneric: boolean
}

/** A column of other text. */
export interface Texts {
  readonly kind: TextKind
  readonly ids: Int32Array
  readonly pool: Pool
  readonly counts: Int32Array
  /** By number of the text. */
  readonly joined: readonly string[]
  readonly letters: readonly number[]
  readonly numbers: readonly (readonly string[])[]
  readonly words: readonly (readonly number[])[]
  readonly wordTexts: readonly (readonly string[])[]
  /** By number of the word. */
  readonly wordWeights: readonly number[]
}

/** Kinds of columns that are compared as text. */
export type TextKind = 'birth_date' | 'id' | 'postcode' | 'address' | 'city' | 'text'

/** How many rows are read between two looks at the clock. */
const STEP = 4_096

/** Reads a list. Yields the share that is done, now and then. */
export function* normalise(list: List): Generator<number, Records> {
  const copies = collapse(list)
  const count = copies.length
  const columns = (kind: ColumnKind) => list.kinds.flatMap((one, column) => (one === kind ? [column] : []))
  const cell = (record: number, column: number) => list.rows[copies[record]![0]!]![column] ?? ''
  const read = { count, cell }

  const names = readNames(read, {
    given: columns('given_name')[0],
    family: columns('family_name')[0],
    full: columns('full_name')[0],
  })
  const walk = function* (from: number, reader: { readonly visit: (record: number) => void }) {
    for (let record = 0; record < count; record++) {
      reader.visit(record)
      if (record % STEP === STEP - 1) yield from + (record / count) * 0.2
    }
  }
  if (names) yield* walk(0, names)
  const emails = readMailboxes(read, columns('email').slice(0, 2), names?.names)
  if (emails) yield* walk(0.2, emails)
  const lines = readValues(read, columns('phone').slice(0, 2), readLine)
  if (lines) yield* walk(0.4, lines)
  const profiles = readValues(read, columns('linkedin').slice(0, 1), readProfile)
  if (profiles) yield* walk(0.5, profiles)
  const organisations = readOrganisations(read, {
    company: columns('company')[0],
    domain: columns('domain')[0],
    emails: emails?.domains,
  })
  if (organisations) yield* walk(0.6, organisations)
  const texts = TEXT_KINDS.flatMap((kind) => columns(kind).map((column) => readTexts(read, kind, column)))
  for (const [index, text] of texts.entries()) yield* walk(0.8 + (index / texts.length) * 0.2, text)

  const people = names?.finish()
  if (people) findFormerNames(people, emails?.parts(), profiles?.parts())
  return {
    about: list.about,
    count,
    rows: copies,
    names: people,
    mailboxes: emails?.finish(people),
    lines: lines?.finish(people),
    profiles: profiles?.finish(undefined),
    organisations: organisations?.finish(),
    texts: texts.map((text) => text.finish()),
  }
}

const TEXT_KINDS: readonly TextKind[] = ['birth_date', 'id', 'postcode', 'address', 'city', 'text']

interface Reading {
  readonly count: number
  readonly cell: (record: number, column: number) => string
}

// Equal rows are one record; records stand in the order of their hash.
function collapse({ kinds, rows }: List): readonly (readonly number[])[] {
  const compared = kinds.flatMap((kind, column) => (kind === 'other' ? [] : [column]))
  const hashes = Float64Array.from(rows, (row) => hashOf(row, compared))
  const order = Array.from(hashes.keys()).filter((row) => compared.some((column) => (rows[row]![column] ?? '') !== ''))
  order.sort((a, b) => hashes[a]! - hashes[b]! || a - b)
  const copies: number[][] = []
  for (const row of order) {
    const last = copies[copies.length - 1]
    const first = last?.[0]
    if (last && first !== undefined && hashes[first] === hashes[row] && isCopy(rows[first]!, rows[row]!, compared))
      last.push(row)
    else copies.push([row])
  }
  return copies
}

function isCopy(a: readonly string[], b: readonly string[], columns: readonly number[]): boolean {
  return columns.every((column) => (a[column] ?? '') === (b[column] ?? ''))
}

// Two FNV-1a hashes side by side, as one number of 53 bits.
function hashOf(row: readonly string[], columns: readonly number[]): number {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (const column of columns) {
    const text = row[column] ?? ''
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      low = Math.imul(low ^ code, 0x01000193)
      high = Math.imul(high ^ code, 0x85ebca6b) + 1
    }
    low = Math.imul(low ^ 0xffff, 0x01000193)
    high = Math.imul(high ^ 0xffff, 0x85ebca6b)
  }
  high ^= high >>> 15
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0)
}

function countOf(ids: Int32Array, pool: Pool): Int32Array {
  const counts = new Int32Array(pool.texts.length)
  for (const id of ids) if (id >= 0) counts[id]!++
  return counts
}

function readNames(
  { count, cell }: Reading,
  columns: {
    readonly given: number | undefined
    readonly family: number | undefined
    readonly full: number | undefined
  },
) {
  const { given: givenColumn, family: familyColumn, full: fullColumn } = columns
  if (givenColumn === undefined && familyColumn === undefined && fullColumn === undefined) return undefined
  const pool = makePool()
  const [given, family, middle] = [empty(count), empty(count), empty(count)]
  const generation = new Uint8Array(count)
  const part = (text: string) => {
    const { words, generation: found } = readPart(text)
    return { id: pool.id(words.join(' ')), generation: GENERATIONS.indexOf(found) }
  }
  const [readGiven, readFamily] = [remembering(part), remembering(part)]
  const setFull = (record: number, text: string) => {
    const name = readFullName(text)
    given[record] = pool.id(name.given)
    family[record] = pool.id(name.family)
    middle[record] = pool.id(name.middle)
    generation[record] = GENERATIONS.indexOf(name.generation)
  }
  return {
    names: { pool, given, family },
    visit(record: number) {
      const first = givenColumn === undefined ? '' : cell(record, givenColumn)
      const last = familyColumn === undefined ? '' : cell(record, familyColumn)
      const full = fullColumn === undefined ? '' : cell(record, fullColumn)
      if (full !== '' && (first === '' || last === '')) {
        setFull(record, full)
        return
      }
      const [own, rest] = [readGiven(first), readFamily(last)]
      given[record] = own.id
      family[record] = rest.id
      generation[record] = rest.generation || own.generation
    },
    finish: (): Names => ({
      pool,
      parts: pool.texts.map(describeName),
      given,
      family,
      middle,
      generation,
      givenCounts: countOf(given, pool),
      familyCounts: countOf(family, pool),
      former: empty(count),
    }),
  }
}

const GENERATIONS = ['', 'jr', 'sr', '2', '3', '4']

interface Parts {
  readonly width: number
  readonly ids: Int32Array
  readonly pool: Pool
}

// Mailboxes and profiles outlive a marriage: `ada.nowak@` of Ada Hopper, whose other row says Ada Nowak.
function findFormerNames(names: Names, ...sources: readonly (Parts | undefined)[]): void {
  const families = new Map<string, number>()
  names.pool.texts.forEach((text, id) => {
    if (names.familyCounts[id]! > 0 && text.length >= 4) families.set(text, id)
  })
  for (const source of sources) {
    if (!source) continue
    const words = source.pool.texts.map((text) =>
      text
        .split(/[^a-z]+/)
        .map((word) => families.get(word) ?? -1)
        .filter((id) => id >= 0),
    )
    for (let at = 0; at < source.ids.length; at++) {
      const record = Math.floor(at / source.width)
      const [given, family] = [names.given[record]!, names.family[record]!]
      if (source.ids[at]! < 0 || family < 0) continue
      const found = words[source.ids[at]!]!.filter((id) => id !== given)
      if (found.length > 0 && !found.includes(family)) names.former[record] = found[found.length - 1]!
    }
  }
}

function describeName(text: string): NamePart {
  const words = text.split(' ')
  return {
    text,
    joined: words.join(''),
    letters: lettersOf(text),
    words,
    sound: words.map(soundOf).join(''),
    formal: formalNames(words[0]!),
  }
}

function empty(length: number): Int32Array {
  return new Int32Array(length).fill(-1)
}

function readValues({ count, cell }: Reading, columns: readonly number[], read: (text: string) => string) {
  if (columns.length === 0) return undefined
  const width = columns.length
  const pool = makePool()
  const ids = empty(count * width)
  return {
    visit(record: number) {
      for (let at = 0; at < width; at++) {
        const text = cell(record, columns[at]!)
        if (text !== '') ids[record * width + at] = pool.id(read(text))
      }
    },
    parts: (): Parts => ({ width, ids, pool }),
    finish: (names: Names | undefined): Values => {
      const counts = countOf(ids, pool)
      return { width, ids, pool, counts, isShared: sharedOf({ width, ids, counts }, names) }
    },
  }
}

/** From so many different family names on, a number or address belongs to a company rather than to a person. */
const SHARED_FROM = 3

function sharedOf(
  { width, ids, counts }: { readonly width: number; readonly ids: Int32Array; readonly counts: Int32Array },
  names: Names | undefined,
): Uint8Array {
  const isShared = new Uint8Array(counts.length)
  if (!names) return isShared
  const sounds = new Map<number, string[]>()
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at]!
    if (id < 0 || counts[id]! < SHARED_FROM) continue
    const record = Math.floor(at / width)
    const family = names.family[record]!
    const sound = family < 0 ? '' : names.parts[family]!.sound
    if (sound === '') continue
    const held = sounds.get(id)
    if (!held) sounds.set(id, [sound])
    else if (held.length < SHARED_FROM && !held.includes(sound)) held.push(sound)
  }
  for (const [id, held] of sounds) if (held.length >= SHARED_FROM) isShared[id] = 1
  return isShared
}

function readMailboxes(
  { count, cell }: Reading,
  columns: readonly number[],
  names: { readonly pool: Pool; readonly given: Int32Array; readonly family: Int32Array } | undefined,
) {
  if (columns.length === 0) return undefined
  const width = columns.length
  const [pool, localPool, domainPool] = [makePool(), makePool(), makePool()]
  const [ids, locals, domains] = [empty(count * width), empty(count * width), empty(count * width)]
  const isNamed = new Uint8Array(count * width)
  const readHost = remembering(readMailHost)
  const roles = new Set<number>()
  const hostPool = makePool()
  const hosts = empty(count * width)
  return {
    domains: { ids: domains, pool: domainPool, width },
    visit(record: number) {
      for (let at = 0; at < width; at++) {
        const text = cell(record, columns[at]!)
        const mailbox = text === '' ? undefined : readMailbox(text, readHost)
        if (!mailbox) continue
        const place = record * width + at
        ids[place] = pool.id(`${mailbox.local}@${mailbox.host}`)
        hosts[place] = hostPool.id(mailbox.host)
        domains[place] = domainPool.id(mailbox.domain)
        if (mailbox.isShared) {
          roles.add(ids[place])
          continue
        }
        locals[place] = localPool.id(mailbox.local)
        if (!names || isMadeOf(mailbox.local, names, record)) isNamed[place] = 1
      }
    },
    parts: (): Parts => ({ width, ids: locals, pool: localPool }),
    finish: (people: Names | undefined): Mailboxes => {
      const counts = countOf(ids, pool)
      const isShared = sharedOf({ width, ids, counts }, people)
      for (const id of roles) isShared[id] = 1
      const hostCounts = countOf(hosts, hostPool)
      const total = hostCounts.reduce((sum, found) => sum + found, 0)
      const shares = Float32Array.from(hosts, (host) => (host < 0 ? 0 : hostCounts[host]! / total))
      return { width, ids, pool, counts, isShared, locals, localPool, isNamed, shares }
    },
  }
}

// A row without a name cannot tell, and a mailbox of few letters is nobody's own.
function isMadeOf(
  local: string,
  names: { readonly pool: Pool; readonly given: Int32Array; readonly family: Int32Array },
  record: number,
): boolean {
  const letters = local.replace(/[^a-z]/g, '')
  if (letters.length < 4) return true
  const parts = [names.given[record]!, names.family[record]!].filter((id) => id >= 0)
  if (parts.length === 0) return true
  return parts.some((id) =>
    names.pool.texts[id]!.split(' ').some((word) => word.length > 2 && letters.includes(word.slice(0, 5))),
  )
}

function readOrganisations(
  { count, cell }: Reading,
  source: {
    readonly company: number | undefined
    readonly domain: number | undefined
    readonly emails: { readonly ids: Int32Array; readonly pool: Pool; readonly width: number } | undefined
  },
) {
  const { company, domain, emails } = source
  if (company === undefined && domain === undefined && !emails) return undefined
  const [pool, domainPool] = [makePool(), emails?.pool ?? makePool()]
  const cores = empty(count)
  const width = (domain === undefined ? 0 : 1) + (emails?.width ?? 0)
  const domains = empty(count * width)
  const readCore = remembering(companyCore)
  return {
    visit(record: number) {
      const name = company === undefined ? '' : cell(record, company)
      if (name !== '') cores[record] = pool.id(readCore(name))
      const place = record * width
      for (let at = 0; at < (emails?.width ?? 0); at++) domains[place + at] = emails!.ids[record * emails!.width + at]!
      const site = domain === undefined ? '' : cell(record, domain)
      if (site !== '') domains[place + width - 1] = domainPool.id(readDomain(site))
    },
    finish: (): Organisations => {
      const counts = countOf(cores, pool)
      const wordPool = makePool()
      const parts = pool.texts.map((text): CompanyPart => {
        const words = companyWords(text)
        return {
          text,
          joined: words.join(''),
          letters: lettersOf(text),
          words: words.map((word) => wordPool.id(word)),
          wordTexts: words,
          acronym: acronymOf(text),
          numbers: words.filter((word) => NUMBER.test(word)).join(' '),
          isGeneric: words.every(isGenericWord),
        }
      })
      const held = parts.map(({ words }) => words)
      const labels = makePool()
      const labelOfCore = Int32Array.from(pool.texts, (text) => labels.id(text.replace(/ /g, '')))
      const labelOfDomain = Int32Array.from(domainPool.texts, (text) =>
        labels.id(text.replace(/\..*$/, '').replace(/-/g, '')),
      )
      const labelsOf = empty(count * (width + 1))
      const labelCounts = new Int32Array(labels.texts.length)
      for (let record = 0; record < count; record++) {
        const start = record * (width + 1)
        if (cores[record]! >= 0) labelsOf[start] = labelOfCore[cores[record]!]!
        for (let at = 0; at < width; at++) {
          const domain = domains[record * width + at]!
          if (domain >= 0) labelsOf[start + 1 + at] = labelOfDomain[domain]!
        }
        for (let at = start; at <= start + width; at++)
          if (labelsOf[at]! >= 0 && labelsOf.indexOf(labelsOf[at]!, start) === at) labelCounts[labelsOf[at]!]!++
      }
      return {
        cores,
        pool,
        counts,
        parts,
        wordWeights: weightsOf(held, wordPool).map((weight, word) =>
          isGenericWord(wordPool.texts[word]!) ? weight * GENERIC_WEIGHT : weight,
        ),
        width,
        labelsOf,
        labels,
        labelLetters: labels.texts.map(lettersOf),
        labelCounts,
      }
    },
  }
}

/** A word such as `services` says so much of what another does. */
const GENERIC_WEIGHT = 0.35

// Numerals tell one fund from the next, initials one founder from the next.
const NUMBER = /^(?:\d+(?:st|nd|rd|th)?|i{1,3}|iv|vi{0,3}|ix|x|xi{1,3}|[a-z])$/

// The rarer a word among the values, the more it says.
function weightsOf(held: readonly (readonly number[])[], pool: Pool): readonly number[] {
  const counts = new Int32Array(pool.texts.length)
  for (const words of held) for (const word of new Set(words)) counts[word]!++
  const most = Math.max(held.length, 20)
  return Array.from(counts, (found) => Math.log((most + 1) / (found + 0.5)))
}

function readTexts({ count, cell }: Reading, kind: TextKind, column: number) {
  const pool = makePool()
  const ids = empty(count)
  const read = remembering((text: string) => readText(kind, text))
  return {
    visit(record: number) {
      const text = cell(record, column)
      if (text !== '') ids[record] = pool.id(read(text))
    },
    finish: (): Texts => {
      const wordPool = makePool()
      const wordTexts = pool.texts.map((text) => text.split(' ').filter((word) => word !== ''))
      const words = wordTexts.map((texts) => texts.map((word) => wordPool.id(word)))
      return {
        kind,
        ids,
        pool,
        counts: countOf(ids, pool),
        joined: wordTexts.map((texts) => texts.join('')),
        letters: pool.texts.map(lettersOf),
        numbers: wordTexts.map((texts) => texts.filter((word) => /^\d+$/.test(word))),
        words,
        wordTexts,
        wordWeights: weightsOf(words, wordPool),
      }
    },
  }
}

function readText(kind: TextKind, text: string): string {
  switch (kind) {
    case 'birth_date':
      return (normalizeDate(text) ?? text).replace(/\D/g, '')
    case 'id':
    case 'postcode':
      return plainText(text).replace(/ /g, '')
    case 'address':
      return plainText(text)
        .split(' ')
        .map((word) => STREETS[word] ?? word)
        .join(' ')
    case 'city':
    case 'text':
      return plainText(text)
  }
}

// Usual abbreviations in addresses (United States Postal Service, Publication 28, appendix C), by the full word.
const STREETS: { readonly [word: string]: string } = {
  street: 'st',
  avenue: 'ave',
  av: 'ave',
  road: 'rd',
  boulevard: 'blvd',
  blv: 'blvd',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  square: 'sq',
  highway: 'hwy',
  parkway: 'pkwy',
  terrace: 'ter',
  circle: 'cir',
  crescent: 'cres',
  close: 'cl',
  suite: 'ste',
  floor: 'fl',
  building: 'bldg',
  apartment: 'apt',
  room: 'rm',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  first: '1st',
  second: '2nd',
  third: '3rd',
  fourth: '4th',
  fifth: '5th',
  sixth: '6th',
  seventh: '7th',
  eighth: '8th',
  ninth: '9th',
  tenth: '10th',
  strasse: 'str',
  platz: 'pl',
  rue: 'r',
  calle: 'c',
}
