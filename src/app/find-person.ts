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
import { markSpills } from '../sheet/spills'
import type { PersonAsk, PersonPlace, PersonSearch, PersonView } from './api-types'
import { allClaims } from './claims'
import type { Host, SheetInfo } from './host'
import { readLedger } from './ledger'
import { findPlanned } from './planned-rows'
import { rowKeys } from './row-keys'
import { seenKeys } from './rows-seen'
import { knownSecret, seal, unseal } from './sealed'
import { peekStore, STORE_PAGES } from './store'
import type { Store } from './store'
import type { Kept } from './stored'
import type { Survey } from './survey'
import { headerOf, tryToSurvey } from './survey'
import { countryOf } from './vendors'
import { parseJson } from './versions'
import { writtenTexts } from './written'

/** More than these are no one person: whoever looks for them must say more. */
const MOST_PLACES = 200

/** A hash that tells of somebody is known by its beginning: enough among millions, and short enough for a property. */
const MARK_DIGITS = 12

/** How long one execution searches before it reports. */
const SLICE_MS = 20_000

/** How a hash is told among marks. */
export function markOf(hash: string): string {
  return hash.slice(0, MARK_DIGITS)
}

/** A row in which the person stands; of a row about somebody also who that is. */
export interface FoundPlace extends PersonPlace {
  readonly sheet: number
  readonly print: string
  readonly lead?: Lead | undefined
  /** What in it belongs to one person alone, as it is written. */
  readonly texts: readonly string[]
}

/** What of the stores is about the person beside their answers. */
interface Beside extends Pick<PersonView, 'requests' | 'planned' | 'before'> {
  /** Where they were asked about, and when. */
  readonly asked: readonly (readonly [place: string, at: number])[]
}

/** Where somebody stands in the sheet and by which hashes the stores know them. */
export interface Found {
  readonly leads: readonly Lead[]
  readonly places: readonly FoundPlace[]
  readonly kept: readonly Answer[]
  /** Of keys of questions, keys of rows and texts. */
  readonly marks: readonly string[]
  readonly beside: Beside
}

/**
 * A search as far as it is. All tabs and stored answers are looked through for what is known of the person, again and again
 * until that tells nothing new; then what is beside them. Between two executions the sidebar holds it: nothing about
 * somebody who asks is kept here.
 */
interface Trail extends Found {
  readonly version: 1
  readonly ask: PersonAsk
  readonly tabs: readonly number[]
  readonly phase: 'look' | 'beside' | 'done'
  readonly round: number
  /** Steps of the round, or of what is beside, that are done. */
  readonly at: number
  /** Numbers that the person may have, and those of them that stand in rows about others: they are of a company. */
  readonly doubted: readonly string[]
  readonly others: readonly string[]
}

const NOTHING = { places: [], kept: [], marks: [], beside: { requests: 0, planned: 0, before: 0, asked: [] } }

/**
 * Begins to search everything in this file for one person, or goes on with it, as far as one execution goes. Throws a Problem
 * when nobody can be known by what is asked.
 */
export function searchPerson(
  host: Host,
  given: PersonAsk | string,
): Omit<PersonSearch, 'view'> & { readonly found: Found | null } {
  const look = openLook(host)
  const end = Math.min(host.now() + SLICE_MS, host.deadline - SLICE_MS)
  let trail = typeof given === 'string' ? readTrail(host, given) : begin(host, given)
  while (trail.phase !== 'done' && host.now() < end) trail = STEPS[trail.phase](look, trail)
  return {
    trail: seal(knownSecret(host), JSON.stringify(trail)),
    round: trail.round,
    done: trail.at,
    of: stepsOf(trail),
    found: trail.phase === 'done' ? trail : null,
  }
}

/** What a search that is done has found. */
export function foundBy(host: Host, trail: string): Found {
  const found = readTrail(host, trail)
  if (found.phase !== 'done') throw lostTrail()
  return found
}

// What passes the checksum was written here, so it is not checked again.
function readTrail(host: Host, text: string): Trail {
  const trail = parseJson(unseal(knownSecret(host), text) ?? '') as Trail | undefined
  if (trail?.version !== 1) throw lostTrail()
  return trail
}

function lostTrail(): Problem {
  return new Problem('The search was lost on its way. Press the button again.')
}

function begin(host: Host, ask: PersonAsk): Trail {
  const asked = askedLead(host, ask.who)
  const { sure, named, shared } = keysOf(asked)
  if (sure.length + named.length + shared.length === 0)
    throw new Problem(
      'Enter an email address, a LinkedIn profile, a phone number, or a full name with a company or website.',
    )
  const tabs = host.sheets.all().map(({ id }) => id)
  return { version: 1, ask, tabs, phase: 'look', round: 1, at: 0, leads: [asked], doubted: [], others: [], ...NOTHING }
}

function stepsOf({ phase, tabs, places }: Trail): number {
  return phase === 'look' ? tabs.length + STORE_PAGES : sheetsOf(places).length + 2
}

/** What an execution looks through: each tab and the store are read once. */
interface Look {
  readonly host: Host
  readonly store: () => Store
  readonly tab: (id: number) => TabRead | undefined
}

function openLook(host: Host): Look {
  let store: Store | undefined
  const tabs = new Map<number, TabRead | undefined>()
  return {
    host,
    store: () => (store ??= peekStore(host)),
    tab(id) {
      if (!tabs.has(id)) tabs.set(id, readTab(host, id))
      return tabs.get(id)
    },
  }
}

const STEPS = { look: lookOn, beside: lookBeside } as const

function lookOn({ host, tab, store }: Look, trail: Trail): Trail {
  const { ask, at, tabs, doubted } = trail
  const sought = seek(trail.leads)
  const keys = keysOf(askedLead(host, ask.who))
  const next = { ...trail, at: at + 1 }
  const id = tabs[at]
  if (id !== undefined) {
    const read = tab(id)
    const found = read ? placesIn(read, { sought, keys, picked: ask.picked }) : []
    const places = [...trail.places, ...found]
    if (places.length > MOST_PLACES)
      throw new Problem('That is found in more than 200 rows, so it is not one person. Enter an address or a profile.')
    const rows = new Set(found.map(({ row }) => row - 1))
    const others = [...(read?.leads.values() ?? [])].filter(({ row }) => doubted.length > 0 && !rows.has(row))
    return { ...next, places, others: [...trail.others, ...amongst(doubted, others)] }
  }
  const page = at - tabs.length
  const kept = [...trail.kept, ...keptAbout({ host, store: store(), page }, sought, keys)]
  if (page < STORE_PAGES - 1) return { ...next, kept }
  return closeRound(host, { ...trail, kept: [...new Map(kept.map((answer) => [answer.question, answer])).values()] })
}

/** What was found tells whom else to look for; when that is nobody new, everything is found. */
function closeRound(host: Host, trail: Trail): Trail {
  const { ask, leads, kept, doubted } = trail
  const asked = askedLead(host, ask.who)
  const sought = seek(leads)
  const places = meanOnlyOne(trail.places, ask.picked)
  const rows = places.filter(({ how }) => how === 'row')
  const beside = rows.filter(({ isMeant }) => !isMeant)
  const others = [...new Set([...trail.others, ...amongst(doubted, beside)])]
  const told = [
    ...rows.flatMap(({ isMeant, lead }) => (isMeant && lead ? [lead] : [])),
    ...kept.filter((answer) => tellsMore(answer, sought)).map(leadOf),
  ]
  // A number is theirs once a whole round has found it in no row about others.
  const theirs = new Set(doubted.filter((number) => !others.includes(number)))
  const next = distinct([asked, ...told.map((lead) => withNumbers(lead, theirs))])
  const numbers = [...new Set([...doubted, ...told.flatMap(numbersIn)])]
  if (sizeOf(seek(next)) <= sizeOf(sought) && numbers.length === doubted.length)
    return { ...trail, phase: 'beside', at: 0, places, marks: marksOf({ leads, places, kept }) }
  const { round } = trail
  return { ...trail, round: round + 1, at: 0, leads: next, doubted: numbers, others, places: [], kept: [] }
}

function lookBeside({ host, tab, store }: Look, trail: Trail): Trail {
  const { at, leads, places, marks, beside } = trail
  const next = { ...trail, at: at + 1 }
  const known = new Set(marks)
  const is = (hash: string) => known.has(markOf(hash))
  const id = sheetsOf(places)[at]
  if (id !== undefined) {
    const keys = standingIn(tab(id), places).flatMap(({ survey, row }) => [
      ...rowKeys(host, survey)(row),
      ...seenKeys(host, survey, row),
    ])
    return { ...next, marks: [...new Set([...marks, ...keys.map(markOf)])] }
  }
  if (at === stepsOf(trail) - 2) {
    const sought = seek(leads)
    const texts = writtenTexts(host)
    for (const { text, mark } of texts) if (isRowOf(text, sought)) known.add(markOf(mark))
    const before = texts.filter(({ mark }) => is(mark)).length
    return { ...next, marks: [...known], beside: { ...beside, before } }
  }
  const { calls } = readLedger(host, store().calls())
  const own = calls.filter(({ keys }) => keys.split(' ').some(is))
  const planned = [...findPlanned(host, is).values()].reduce((sum, { size }) => sum + size, 0)
  const asked = own.map(({ place, at: when }) => [place, when] as const)
  return { ...next, phase: 'done', beside: { ...beside, requests: own.length, planned, asked } }
}

// A number that stands in rows about others is that of their company.
function amongst(numbers: readonly string[], rows: readonly { readonly lead?: Lead | undefined }[]): readonly string[] {
  const theirs = new Set(rows.flatMap(({ lead }) => numbersIn(lead ?? {})))
  return numbers.filter((number) => theirs.has(number))
}

function withNumbers(lead: Lead, numbers: ReadonlySet<string>): Lead {
  const isTheirs = ([field, value]: readonly [string, string]) =>
    !/^(mobile_)?phone$/.test(field) || numbers.has(digitsOf(value))
  return Object.fromEntries(Object.entries(lead).filter(isTheirs))
}

function numbersIn({ phone, mobile_phone }: Lead): readonly string[] {
  return [phone, mobile_phone].flatMap((number) => (number ? [digitsOf(number)] : []))
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
  readonly notes: () => readonly (readonly string[])[]
  readonly headers: readonly string[]
  readonly leads: ReadonlyMap<number, RowLead>
  /** Worked out once for all rounds of an execution. */
  readonly keysAt: (row: RowLead) => PersonKeys
}

function readTab(host: Host, id: number): TabRead | undefined {
  const sheet = host.sheets.find(id)
  if (!sheet) return undefined
  const looked = tryToSurvey(host, sheet, { mapping: {} })
  const survey = looked instanceof Problem ? undefined : looked
  const { rows, columns } = host.sheets.used(sheet.id)
  const isEmpty = rows === 0 || columns === 0
  const grid = survey?.grid ?? (isEmpty ? [] : markSpills(host.sheets.readAll(sheet.id)))
  const notes = () => (isEmpty ? [] : host.sheets.notes(sheet.id, { row: 0, column: 0, rows, columns }))
  const headers = survey?.headers ?? grid[0]?.map(({ text }) => headerOf(text)) ?? []
  const known = new Map<RowLead, PersonKeys>()
  const keysAt = (row: RowLead) => {
    const keys = known.get(row) ?? keysOf(row.lead)
    known.set(row, keys)
    return keys
  }
  return { sheet, survey, grid, notes, headers, leads: new Map(survey?.rows.map((row) => [row.row, row])), keysAt }
}

interface Seeking {
  readonly sought: Sought
  readonly keys: PersonKeys
  readonly picked: PersonAsk['picked']
}

function placesIn(tab: TabRead, { sought, keys, picked }: Seeking): readonly FoundPlace[] {
  const { sheet, survey, grid, headers, leads, keysAt } = tab
  const notes = tab.notes()
  return grid.flatMap((cells, row): readonly FoundPlace[] => {
    const lead = leads.get(row)
    const like = lead && likeness(keysAt(lead), sought, keys)
    const spoken = cells.map((cell, column) => spokenIn(cell, notes[row]?.[column] ?? '', sought))
    const hit: Likeness | undefined =
      like ?? (spoken.includes('sure') ? 'sure' : spoken.find((one) => one !== undefined))
    if (!hit) return []
    const own = like ? personalColumns(survey, lead.cells) : new Set<number>()
    const columns = cells.flatMap((cell, column) =>
      (own.has(column) && cell.text !== '') || spoken[column] ? [column] : [],
    )
    const print = printOf(cells)
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
        sheet: sheet.id,
        print,
        ...(like && { lead: lead.lead }),
        texts: like ? IDENTIFIERS.flatMap((field) => lead.cells[field]?.text || []) : [],
      },
    ]
  })
}

/**
 * What a row is found again by, without a column that says nothing about it, and without figures, days and errors that formulas
 * show: these may be others at each look.
 */
export function printOf(cells: readonly CellRead[], group = -1): string {
  const isFixed = ({ kind, formula, under }: CellRead) => kind === 'text' || (!formula && under === undefined)
  return rowPrint(
    cells.map((cell) => (isFixed(cell) ? cell.text : '')),
    group,
  )
}

/** A row that is meant, as it stands in its tab. */
export interface Standing {
  readonly survey: Survey
  readonly row: RowLead
  readonly place: FoundPlace
}

/** The meant rows of all tabs, found again by what they hold. */
export function standing(host: Host, places: readonly FoundPlace[]): readonly Standing[] {
  return sheetsOf(places).flatMap((id) => standingIn(readTab(host, id), places))
}

function standingIn(tab: TabRead | undefined, places: readonly FoundPlace[]): readonly Standing[] {
  if (!tab?.survey) return []
  const { survey, sheet, grid } = tab
  const meant = new Map(ownRows(places).flatMap((place) => (place.sheet === sheet.id ? [[place.print, place]] : [])))
  return survey.rows.flatMap((row) => {
    const place = meant.get(printOf(grid[row.row]!))
    return place ? [{ survey, row, place }] : []
  })
}

function ownRows(places: readonly FoundPlace[]): readonly FoundPlace[] {
  return places.filter(({ isMeant, how }) => isMeant && how === 'row')
}

function sheetsOf(places: readonly FoundPlace[]): readonly number[] {
  return [...new Set(ownRows(places).map(({ sheet }) => sheet))]
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
  const isOne = new Set(rows.map(({ lead }) => keysOf(lead!).sure.join(' '))).size === 1
  if (picked || !isOne || rows.some(({ isMeant }) => isMeant)) return places
  return places.map((place) => (place.how === 'row' ? { ...place, isMeant: true } : place))
}

/** What the store keeps about the person: asked by one of their keys, or telling one. */
function keptAbout(
  { host, store, page }: { readonly host: Host; readonly store: Store; readonly page: number },
  sought: Sought,
  keys: PersonKeys,
): readonly Answer[] {
  const hashes = questionHashes(sought.leads)
  const isAbout = (answer: Kept): answer is Answer => {
    if (!('question' in answer) || typeof answer.question !== 'string') return false
    return hashes.has(keyOf(answer)) || likeness(keysOf(leadOf(answer)), sought, keys) === 'sure'
  }
  const waiting = page === 0 ? allClaims(host).flatMap(({ claimed }) => claimed?.answer ?? []) : []
  return [...store.find(isAbout, page), ...waiting].filter(isAbout)
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

/** The hashes by which stores know the person, without those of rows and of what is kept for Undo. */
function marksOf({ leads, places, kept }: Pick<Found, 'leads' | 'places' | 'kept'>): readonly string[] {
  const texts = ownRows(places).flatMap((place) => place.texts)
  const values = leads.flatMap((lead) => IDENTIFIERS.flatMap((field) => lead[field] ?? []))
  const hashes = [...questionHashes(leads), ...kept.map(keyOf), ...[...new Set([...texts, ...values])].map(hashText)]
  return [...new Set(hashes.map(markOf))]
}

// What belongs to one person alone: the hash of a first name is that of many.
const IDENTIFIERS = ['email', 'personal_email', 'mobile_phone', 'linkedin_url', 'full_name'] as const
