import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import { Problem } from '../domain/problem'
import type { FieldRule } from '../domain/waterfall'
import { defaultRule } from '../domain/waterfall'
import { foldText } from '../normalize/text'
import { checkPurpose } from '../privacy/purpose'
import { changeOwn } from './agreed'
import type { AppliedView, RunRequest, SavedView } from './api-types'
import type { SharedCaps } from './caps'
import { capsToShare, compareCaps, takeLowerCaps } from './caps'
import type { Host } from './host'
import { bytesOf } from './property-size'
import { formatOf } from './stored'
import { surveySheet } from './survey'
import type { Read } from './versions'
import { newerProblem, parseJson, readVersioned, requireRead } from './versions'
import { editedFields, peekRule, ruleSchema, saveRule } from './waterfalls'
import { withLock } from './with-lock'

const SAVED = 'saved:'

// Together 40 KB: what all properties of a file may hold leaves room for that (test/app/copies.test.ts).
const MOST_SAVED = 10
const MOST_BYTES = 4_000

// A name stands in a list of the sidebar, 300 pixels wide: our choice, as is what a purpose takes.
const LONGEST_NAME = 60
const LONGEST_PURPOSE = 300
// As long as headers are kept (src/app/survey.ts).
const LONGEST_HEADER = 80
const MOST_COLUMNS = 200
const MOST_CREDITS = 1_000_000

/** What a person asks for again and again: no rows, no keys. */
export interface SavedRun {
  readonly name: string
  /** What each column is, by its header; null for one that is not used. */
  readonly columns: readonly { readonly header: string; readonly field: Field | null }[]
  readonly wanted: readonly Field[]
  /** How its wanted fields are searched for, where that is not the usual. */
  readonly rules: { readonly [F in Field]?: FieldRule }
  readonly cap: number
  /** The caps of the file that it was saved in. */
  readonly caps: SharedCaps
  readonly purpose: string
}

/** The saved runs of this file, by name. */
export function viewSaved(host: Host): readonly SavedView[] {
  return savedIds(host)
    .map((id): SavedView => {
      const read = readSaved(host, id)
      return { id, name: read?.kind === 'read' ? read.value.name : 'Unreadable saved run' }
    })
    .sort((one, other) => one.name.localeCompare(other.name))
}

/**
 * Saves what a person asks for under a name, in the place of what had this name. Says which columns are left out: without a
 * header they could not be found again.
 */
export function saveRun(
  host: Host,
  { name, request }: { readonly name: string; readonly request: RunRequest },
): { readonly id: string; readonly left: readonly string[] } {
  checkPurpose(request.purpose)
  const { columns } = surveySheet(host, host.sheets.active(), { mapping: request.mapping })
  const meant = columns.filter(({ field, how }) => field !== null || how === 'you')
  const known = meant.filter(({ header }) => isName(header))
  const saved = requireRight({
    name,
    columns: known.map(({ header, field }) => ({ header, field })),
    wanted: request.wanted,
    rules: rulesNow(host, request.wanted),
    cap: request.cap,
    caps: capsToShare(host),
    purpose: request.purpose.trim(),
  })
  const text = textOf(saved)
  const id = withLock(host, () => keep(host, saved.name, text))
  return { id, left: meant.filter((one) => !known.includes(one)).map(({ letter }) => letter) }
}

/** Keeps a saved run that somebody shared as text. Throws a Problem that says what is wrong with it. */
export function addSaved(host: Host, shared: string): { readonly id: string } {
  const value = parseJson(shared)
  if (value === undefined)
    throw new Problem('That is no JSON. Copy the whole text, from the first { to the last }, and paste it again.')
  const read = readVersioned({ version: 1, migrations: [], check: requireRight }, JSON.stringify(value))
  const saved = read.kind === 'newer' ? newer() : requireRead(read, 'What you pasted')
  const text = textOf(saved)
  return withLock(host, () => {
    if (idOfName(host, saved.name) !== undefined)
      throw new Problem(
        `This file has a saved run “${saved.name}” already. Delete that one first, or change the name in the text.`,
      )
    return { id: keep(host, saved.name, text) }
  })
}

/** What a saved run comes to in the active tab: its columns found by their headers, and what is not found there. */
export function applySaved(host: Host, id: string): AppliedView {
  const saved = requireSaved(host, id)
  const { columns } = surveySheet(host, host.sheets.active(), { mapping: {} })
  const { mapping, missing } = findColumns(
    saved,
    columns.map(({ header }) => header),
  )
  return {
    id,
    name: saved.name,
    mapping,
    wanted: saved.wanted,
    cap: saved.cap,
    purpose: saved.purpose,
    missing,
    otherRules: otherRules(host, saved).map((field) => fieldInfo(field).label),
    ...compareCaps(host, saved.caps),
    text: JSON.stringify({ version: 1, ...saved }, null, 2),
  }
}

/** Sets the searches of this file for its wanted fields as they are in a saved run. */
export function takeRules(host: Host, id: string): AppliedView {
  const saved = requireSaved(host, id)
  changeOwn(host, () => otherRules(host, saved).forEach((field) => saveRule(host, field, saved.rules[field] ?? null)))
  return applySaved(host, id)
}

/** Sets the caps of a saved run in this file, where they are lower. */
export function takeCaps(host: Host, id: string): AppliedView {
  const { caps } = requireSaved(host, id)
  withLock(host, () => takeLowerCaps(host, caps))
  return applySaved(host, id)
}

/** Forgets a saved run. */
export function removeSaved(host: Host, id: string): void {
  if (savedIds(host).includes(id)) host.document.set(SAVED + id, undefined)
}

/** A saved run of this file; undefined when it is not there any more. Throws a Problem for one that cannot be read. */
export function loadSaved(host: Host, id: string): SavedRun | undefined {
  const read = readSaved(host, id)
  return read && requireRead(read, 'This saved run')
}

function requireSaved(host: Host, id: string): SavedRun {
  const saved = loadSaved(host, id)
  if (!saved) throw new Problem('This saved run was deleted. Pick another one.', 'reload')
  return saved
}

/**
 * The columns of a tab that bear the headers of a saved run, of equal ones the first that is left; and the headers that no
 * column bears. A wanted column that is missing is made by the run.
 */
function findColumns(
  { columns, wanted }: SavedRun,
  headers: readonly string[],
): Pick<AppliedView, 'mapping' | 'missing'> {
  const folded = headers.map(foldHeader)
  const mapping: { [column: string]: Field | null } = {}
  const missing: string[] = []
  for (const { header, field } of columns) {
    const column = folded.findIndex((one, index) => one === foldHeader(header) && mapping[index] === undefined)
    if (column >= 0) mapping[column] = field
    else if (field && !wanted.includes(field)) missing.push(header)
  }
  return { mapping, missing }
}

function foldHeader(header: string): string {
  return foldText(header).trim().replace(/\s+/g, ' ')
}

// A header that is empty finds nothing again; an address in its place is a person's.
function isName(header: string): boolean {
  return header.trim() !== '' && !header.includes('@')
}

function rulesNow(host: Host, wanted: readonly Field[]): SavedRun['rules'] {
  const edited = editedFields(host).filter((field) => wanted.includes(field))
  return Object.fromEntries(edited.map((field) => [field, peekRule(host, field)]))
}

function otherRules(host: Host, { wanted, rules }: SavedRun): readonly Field[] {
  return wanted.filter((field) => markOf(peekRule(host, field)) !== markOf(rules[field] ?? defaultRule(field)))
}

function markOf({ order, off, threshold, accepts, agreement, verify, overwrite }: FieldRule): string {
  return JSON.stringify([order, off, threshold, accepts, agreement, verify, overwrite])
}

function savedIds(host: Host): readonly string[] {
  return host.document
    .peekKeys()
    .filter((key) => key.startsWith(SAVED))
    .map((key) => key.slice(SAVED.length))
}

function idOfName(host: Host, name: string): string | undefined {
  return viewSaved(host).find((one) => foldText(one.name) === foldText(name))?.id
}

// What a newer version keeps there is not overwritten: it has no name here.
function keep(host: Host, name: string, text: string): string {
  const known = idOfName(host, name)
  if (known === undefined && savedIds(host).length >= MOST_SAVED)
    throw new Problem(`A file holds ${MOST_SAVED} saved runs at most. Delete one that nobody needs first.`)
  const id = known ?? host.randomId()
  host.document.set(SAVED + id, text)
  return id
}

function textOf(saved: SavedRun): string {
  const text = JSON.stringify({ version: 1, ...saved })
  const bytes = bytesOf(text)
  if (bytes <= MOST_BYTES) return text
  throw new Problem(
    `This run takes ${bytes.toLocaleString('en')} bytes, and ${MOST_BYTES.toLocaleString('en')} can be saved. Set columns that nobody needs to “Not used”, or ask for fewer fields.`,
  )
}

// Everybody who can edit the file can write its properties with a script of their own.
function readSaved(host: Host, id: string): Read<SavedRun> | undefined {
  const text = host.document.peek(SAVED + id)
  return text === undefined ? undefined : readVersioned(formatOf(savedSchema(), asSaved), text)
}

function newer(): never {
  throw newerProblem()
}

function requireRight(value: unknown): SavedRun {
  const z = require('zod/mini') as typeof Zod
  const read = z.safeParse(savedSchema(), value)
  if (read.success) return asSaved(read.data)
  const [part = '', ...within] = read.error.issues[0]?.path ?? []
  const where =
    within.length > 0
      ? ` (at ${within.map((one) => (typeof one === 'number' ? one + 1 : String(one))).join(', ')})`
      : ''
  const fault = faults()[part as keyof SavedRun]
  throw new Problem(fault ? `${fault}${where}` : 'That is no saved run: copy the text of one with “Share as text”.')
}

const faults = (): { readonly [P in keyof SavedRun]: string } => ({
  name: `Give it a name of 1 to ${LONGEST_NAME} letters: “name” is missing or too long.`,
  columns: '“columns” must be a list of headers, each with a field that this version knows, or null.',
  wanted: '“wanted” must be a list of one or more fields that this version knows.',
  rules: '“rules” holds a rule that this version cannot read. Take it out to use the usual one.',
  cap: `“cap” must be a number of credits between 0 and ${MOST_CREDITS.toLocaleString('en')}.`,
  caps: `“caps” must hold credits between 0 and ${MOST_CREDITS.toLocaleString('en')}: “day”, “month”, “person”, and “vendors” by name.`,
  purpose: `“purpose” must say in 1 to ${LONGEST_PURPOSE} letters why people are looked up.`,
})

function savedSchema() {
  const z = require('zod/mini') as typeof Zod
  const field = z.enum(FIELD_NAMES as unknown as readonly [string, ...string[]])
  const credits = z.number().check(z.minimum(0), z.maximum(MOST_CREDITS))
  const kept = z.exactOptional(credits)
  const vendors = z.record(z.string().check(z.maxLength(LONGEST_NAME)), credits)
  const words = (longest: number) => z.string().check(z.regex(/\S/), z.maxLength(longest))
  return z.object({
    name: words(LONGEST_NAME),
    columns: z
      .array(z.object({ header: words(LONGEST_HEADER), field: z.nullable(field) }))
      .check(z.maxLength(MOST_COLUMNS)),
    wanted: z.array(field).check(z.minLength(1), z.maxLength(FIELD_NAMES.length)),
    rules: z.record(z.string().check(z.maxLength(LONGEST_NAME)), ruleSchema()),
    cap: credits,
    // One that was saved by an older version has none.
    caps: z._default(z.object({ day: kept, month: kept, person: kept, vendors }), { vendors: {} }),
    purpose: words(LONGEST_PURPOSE),
  })
}

function asSaved(read: Zod.output<ReturnType<typeof savedSchema>>): SavedRun {
  const { name, columns, wanted, rules, cap, caps, purpose } = read
  const meant = Object.entries(rules).filter(([one]) => wanted.includes(one))
  return {
    name: name.trim(),
    columns,
    wanted: [...new Set(wanted)],
    rules: Object.fromEntries(meant),
    cap,
    caps,
    purpose,
  } as SavedRun
}
