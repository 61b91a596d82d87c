import type { Answer } from '../domain/answer'
import type { Field } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import { hashText } from '../domain/hash'
import type { Lead } from '../domain/lead'
import { Problem } from '../domain/problem'
import { rowPrint } from '../domain/row-print'
import type { Likeness, PersonKeys, Sought } from '../privacy/person'
import { isRowOf, keysOf, likeness, mentionIn, questionHashes, seek } from '../privacy/person'
import type { CellRead } from '../sheet/grid'
import type { MappedCells, RowLead } from '../sheet/leads'
import { companionHeader } from '../sheet/companions'
import { readLeads } from '../sheet/leads'
import type { PersonAsk, PersonPlace } from './api-types'
import { allClaims } from './claims'
import type { Host, SheetInfo } from './host'
import { rowKeys } from './row-keys'
import { seenKeys } from './rows-seen'
import { peekStore } from './store'
import type { Store } from './store'
import type { Kept } from './stored'
import type { Survey } from './survey'
import { headerOf, tryToSurvey } from './survey'
import { countryOf } from './vendors'
import { writtenTexts } from './written'

/** More than these are no one person: whoever looks for them must say more. */
const MOST_PLACES = 200

/** A hash that tells of somebody is known by its beginning: enough among millions, and short enough for a property. */
const MARK_DIGITS = 12

/** How a hash is told among marks. */
export function markOf(hash: string): string {
  return hash.slice(0, MARK_DIGITS)
}

/** Where somebody stands in the sheet and by which hashes the stores know them. */
export interface Found {
  readonly sought: Sought
  readonly places: readonly FoundPlace[]
  readonly kept: readonly Answer[]
  /** Of keys of questions, keys of rows and texts. */
  readonly marks: ReadonlySet<string>
}

/** A row in which the person stands. */
export interface FoundPlace extends PersonPlace {
  readonly sheet: SheetInfo
  readonly print: string
  readonly lead: RowLead | undefined
  readonly survey: Survey | undefined
}

/** Everything in this file that is about one person. Throws a Problem when nobody can be known by what is asked. */
export function findPerson(host: Host, { who, picked }: PersonAsk): Found {
  const asked = askedLead(host, who)
  const keys = keysOf(asked)
  if (keys.sure.length + keys.named.length + keys.shared.length === 0)
    throw new Problem(
      'Enter an email address, a LinkedIn profile, a phone number, or a full name with a company or website.',
    )
  const tabs = host.sheets.all().map((sheet) => readTab(host, sheet))
  const store = peekStore(host)
  let leads: readonly Lead[] = [asked]
  for (;;) {
    const sought = seek(leads)
    const places = tabs.flatMap((tab) => placesIn(tab, { sought, keys, picked }))
    if (places.length > MOST_PLACES)
      throw new Problem('That is found in more than 200 rows, so it is not one person. Enter an address or a profile.')
    const meant = meanOnlyOne(places, picked)
    const kept = keptAbout({ host, store }, sought, keys)
    const rows = meant.flatMap(({ isMeant, how, lead }) => (isMeant && how === 'row' && lead ? [lead] : []))
    const others = numbersOf(tabs, new Set(rows))
    const told = [...rows.map(({ lead }) => lead), ...kept.filter((answer) => tellsMore(answer, sought)).map(leadOf)]
    const next = distinct([asked, ...told.map((lead) => withoutNumbers(lead, others))])
    // Each round may find more keys; when it finds none, everything is found.
    if (sizeOf(seek(next)) <= sizeOf(sought)) {
      const found = { sought, places: meant, kept }
      return { ...found, marks: marksOf(host, found) }
    }
    leads = next
  }
}

// A number that stands in rows about others is that of their company.
function numbersOf(tabs: readonly TabRead[], own: ReadonlySet<RowLead>): ReadonlySet<string> {
  const others = tabs.flatMap(({ leads }) => [...leads.values()].filter((row) => !own.has(row)))
  return new Set(others.flatMap(({ lead }) => [lead.phone, lead.mobile_phone]).map((number) => digitsOf(number ?? '')))
}

function withoutNumbers(lead: Lead, numbers: ReadonlySet<string>): Lead {
  const isTheirs = ([field, value]: readonly [string, string]) =>
    !/^(mobile_)?phone$/.test(field) || !numbers.has(digitsOf(value))
  return Object.fromEntries(Object.entries(lead).filter(isTheirs))
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

function sizeOf({ sure, named, shared }: Sought): number {
  return sure.size + named.size + shared.size
}

function distinct(leads: readonly Lead[]): readonly Lead[] {
  return [...new Map(leads.map((lead) => [JSON.stringify(lead), lead])).values()]
}

/** What a person typed to find somebody, as a lead. */
function askedLead(host: Host, who: PersonAsk['who']): Lead {
  const isDomain = /^\S+\.\S+$/.test(who.company.trim())
  return readTexts(host, {
    email: who.email,
    linkedin_url: who.linkedin,
    mobile_phone: who.phone,
    full_name: who.name,
    [isDomain ? 'website' : 'company_name']: who.company,
  })
}

function readTexts(host: Host, texts: { readonly [F in Field]?: string }): Lead {
  const fields = (Object.keys(texts) as Field[]).filter((field) => texts[field])
  const mapping = Object.fromEntries(fields.map((field, column) => [field, column]))
  const line = fields.map((field): CellRead => ({ text: texts[field]!, kind: 'text', formula: false }))
  return readLeads({ grid: [line], firstRow: 0, mapping, country: countryOf(host) })[0]!.lead
}

interface TabRead {
  readonly sheet: SheetInfo
  readonly survey: Survey | undefined
  readonly grid: Survey['grid']
  readonly notes: readonly (readonly string[])[]
  readonly headers: readonly string[]
  readonly leads: ReadonlyMap<number, RowLead>
}

function readTab(host: Host, sheet: SheetInfo): TabRead {
  const looked = tryToSurvey(host, sheet, { mapping: {} })
  const survey = looked instanceof Problem ? undefined : looked
  const { rows, columns } = host.sheets.used(sheet.id)
  const isEmpty = rows === 0 || columns === 0
  const grid = survey?.grid ?? (isEmpty ? [] : host.sheets.readAll(sheet.id))
  const notes = isEmpty ? [] : host.sheets.notes(sheet.id, { row: 0, column: 0, rows, columns })
  const headers = survey?.headers ?? grid[0]?.map(({ text }) => headerOf(text)) ?? []
  return { sheet, survey, grid, notes, headers, leads: new Map(survey?.rows.map((row) => [row.row, row])) }
}

interface Seeking {
  readonly sought: Sought
  readonly keys: PersonKeys
  readonly picked: PersonAsk['picked']
}

function placesIn(tab: TabRead, { sought, keys, picked }: Seeking): readonly FoundPlace[] {
  const { sheet, survey, grid, notes, headers, leads } = tab
  return grid.flatMap((cells, row): readonly FoundPlace[] => {
    const lead = leads.get(row)
    const like = lead && likeness(lead.lead, sought, keys)
    const spoken = cells.map((cell, column) => spokenIn(cell, notes[row]?.[column] ?? '', sought))
    const hit: Likeness | undefined =
      like ?? (spoken.includes('sure') ? 'sure' : spoken.find((one) => one !== undefined))
    if (!hit) return []
    const own = like ? personalColumns(survey, lead.cells) : new Set<number>()
    const columns = cells.flatMap((cell, column) =>
      (own.has(column) && cell.text !== '') || spoken[column] ? [column] : [],
    )
    const print = rowPrint(
      cells.map(({ text }) => text),
      -1,
    )
    const id = `${sheet.id}:${print}`
    return [
      {
        id,
        sheetName: sheet.name,
        row: row + 1,
        how: like ? 'row' : 'mention',
        isMeant: picked ? picked.includes(id) : hit === 'sure',
        cells: columns.map((column) => ({
          column,
          header: headers[column] ?? '',
          text: cells[column]!.text,
          note: notes[row]?.[column] ?? '',
        })),
        sheet,
        print,
        lead,
        survey,
      },
    ]
  })
}

function spokenIn({ text, formula, exact }: CellRead, note: string, sought: Sought): Likeness | undefined {
  const source = formula && typeof exact === 'string' ? exact : ''
  const found = [text, source, note].map((one) => mentionIn(one, sought))
  return found.includes('sure') ? 'sure' : found.find((one) => one !== undefined)
}

function personalColumns(survey: Survey | undefined, cells: MappedCells): ReadonlySet<number> {
  const fields = FIELD_NAMES.filter((field) => fieldInfo(field).personal && (cells[field]?.text ?? '') !== '')
  const beside = fields.flatMap((field) => survey?.headers.indexOf(companionHeader(field, 'found')) ?? [])
  return new Set([...fields.flatMap((field) => survey?.mapping[field] ?? []), ...beside])
}

// Who is asked for by name alone is the one row of that name.
function meanOnlyOne(places: readonly FoundPlace[], picked: PersonAsk['picked']): readonly FoundPlace[] {
  const rows = places.filter(({ how }) => how === 'row')
  const isOne = new Set(rows.map(({ lead }) => keysOf(lead!.lead).sure.join(' '))).size === 1
  if (picked || !isOne || rows.some(({ isMeant }) => isMeant)) return places
  return places.map((place) => (place.how === 'row' ? { ...place, isMeant: true } : place))
}

/** What the store keeps about the person: asked by one of their keys, or telling one. */
function keptAbout(
  { host, store }: { readonly host: Host; readonly store: Store },
  sought: Sought,
  keys: PersonKeys,
): readonly Answer[] {
  const hashes = questionHashes(sought.leads)
  const isAbout = (answer: Kept): answer is Answer => {
    if (!('question' in answer) || typeof answer.question !== 'string') return false
    return hashes.has(keyOf(answer)) || likeness(leadOf(answer), sought, keys) === 'sure'
  }
  const waiting = allClaims(host).flatMap(({ claimed }) => claimed?.answer ?? [])
  return [...store.find(isAbout), ...waiting].filter(isAbout)
}

// What was answered about a name may be about another person of that name.
function tellsMore(answer: Answer, sought: Sought): boolean {
  const { sure } = keysOf(leadOf(answer))
  if (sought.sure.size === 0 || sure.length === 0 || sure.some((key) => sought.sure.has(key))) return true
  return questionHashes(sought.leads, 'sure').has(keyOf(answer))
}

function keyOf({ question }: Answer): string {
  return question.split('/')[3] ?? ''
}

// Lines of the store that nobody has checked yet may hold anything.
function leadOf({ values = {} }: Answer): Lead {
  const entries = Object.entries(values as { readonly [field: string]: { readonly value?: unknown } | null })
  return Object.fromEntries(
    entries.flatMap(([field, one]) => (typeof one?.value === 'string' ? [[field, one.value]] : [])),
  )
}

/** Every hash by which a store knows the person, as far as it may occur. */
function marksOf(host: Host, given: Omit<Found, 'marks'>): ReadonlySet<string> {
  const { sought, places, kept } = given
  const rows = places.filter(({ isMeant, how }) => isMeant && how === 'row')
  const texts = rows.flatMap(({ lead }) => IDENTIFIERS.flatMap((field) => lead!.cells[field]?.text || []))
  const values = [...sought.leads].flatMap((lead) => IDENTIFIERS.flatMap((field) => lead[field] ?? []))
  const keysOf = new Map(rows.map(({ survey }) => [survey, survey ? rowKeys(host, survey) : () => []]))
  const keys = rows.flatMap(({ survey, lead }) => [
    ...keysOf.get(survey)!(lead!),
    ...(survey ? seenKeys(host, survey, lead!) : []),
  ])
  const hashes = [
    ...questionHashes(sought.leads),
    ...kept.map(keyOf),
    ...keys,
    ...[...new Set([...texts, ...values])].map(hashText),
    ...writtenTexts(host).flatMap(({ text, mark }) => (isRowOf(text, sought) ? [mark] : [])),
  ]
  return new Set(hashes.map(markOf))
}

// What belongs to one person alone: the hash of a first name is that of many.
const IDENTIFIERS = ['email', 'personal_email', 'mobile_phone', 'linkedin_url', 'full_name'] as const
