import type * as Zod from 'zod/mini'
import type { Lead } from '../domain/lead'
import { Problem } from '../domain/problem'
import { addToFilter, mayHold } from '../privacy/filter'
import { personEntries, suppressionHasher, suppressionTest } from '../privacy/suppression'
import type { SuppressionEntry } from '../privacy/suppression'
import type { Host } from './host'
import { insist } from './insist'
import { rewriteRows } from './rewrite-rows'
import { knownSecret, makeSecret, seal, unseal } from './sealed'
import { parseJson } from './versions'
import { withLock } from './with-lock'

// The salts of the list, this file's own first; others came along with hashes from other files.
const SALTS = 'suppression-salt'

// How many rows of the hidden tab are on record: fewer show that somebody deleted some (safety S19).
const ROWS = 'suppressed-rows'

// What formulas ask before they read the tab.
const FILTER = 'suppressed-filter'

// Hashes that a formula heard of, which cannot write the tab.
const WAITING = 'suppressed-waiting'

// Every run compares with all of them; they are read in one call.
const MOST_ENTRIES = 100_000

// Every lead is hashed with each of them: our choice.
const MOST_SALTS = 6

const DIGITS = 32

// A cell holds 50,000 characters (platform.md section 1).
const HASHES_A_ROW = 1_400

// All properties of a file share 400 KB (safety S18): a dozen people, until the next run or the hourly trigger.
const MOST_WAITING = 50

/** Hashes under the salt of the file that they come from. */
export interface SaltedHashes {
  readonly salt: string
  readonly hashes: readonly string[]
}

/** How many entries are new, and how many are on the list now. */
export interface Added {
  readonly added: number
  readonly total: number
}

/** How many entries were taken off, and how many are on the list now. */
export interface Removed {
  readonly removed: number
  readonly total: number
}

/** The never-look-up list as it stands in its hidden tab and waits in the properties: salted hashes only. */
interface List {
  readonly parts: ReadonlyMap<string, readonly string[]>
  readonly hashes: ReadonlySet<string>
  /** Rows that somebody changed. What can be read of them counts: to leave somebody out too many harms nobody. */
  readonly changed: number
}

function loadList(host: Host): List {
  const secret = knownSecret(host)
  const read = rowReader()
  const parts = new Map<string, string[]>()
  const hashes = new Set<string>()
  const put = ({ salt, hashes: some }: SaltedHashes): void => {
    const part = parts.get(salt) ?? []
    parts.set(salt, part)
    for (const hash of some) {
      if (!hashes.has(hash)) part.push(hash)
      hashes.add(hash)
    }
  }
  let changed = 0
  for (const [cell = ''] of host.table('suppressed').rows(0)) {
    const json = unseal(secret, cell)
    const row = read(json ?? cell.slice(cell.indexOf('{')))
    if (json === undefined || !row) changed++
    if (row) put(row)
  }
  const [salt] = saltsOf(host)
  if (salt !== undefined) put({ salt, hashes: waitingOf(host) })
  return { parts, hashes, changed }
}

function rowReader(): (json: string) => SaltedHashes | undefined {
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({
    v: z.literal(1),
    salt: z.string().check(z.regex(/^[\w-]{1,60}$/)),
    hashes: z.string().check(z.regex(/^([0-9a-f]{32})*$/)),
  })
  return (json) => {
    const row = z.safeParse(schema, parseJson(json))
    return row.success ? { salt: row.data.salt, hashes: splitHashes(row.data.hashes) } : undefined
  }
}

function splitHashes(text: string): readonly string[] {
  return text.match(/[0-9a-f]{32}/g) ?? []
}

function saltsOf(host: Host): readonly string[] {
  return host.document.peek(SALTS)?.split(' ') ?? []
}

function waitingOf(host: Host): readonly string[] {
  return splitHashes(host.document.peek(WAITING) ?? '')
}

/** How many entries are on the list. */
export function countSuppressed(host: Host): number {
  return loadList(host).hashes.size
}

/** Changes whenever something is added to the list: cheaper to ask for than the list. As the properties were last seen. */
export function suppressionMark(host: Host): string {
  return `${host.document.peek(ROWS) ?? ''} ${host.document.peek(WAITING)?.length ?? ''}`
}

/**
 * Tells whether a lead is on the list, as it was when something was added last. The tab is read `ahead` in a run, which must
 * read nothing between the answers of a paid wave and their place in the journal; otherwise only if the filter does not rule
 * everybody out.
 */
export function watchSuppression(host: Host, when: 'ahead' | 'if_needed' = 'if_needed'): (lead: Lead) => boolean {
  let mark: string | undefined
  let test = (_lead: Lead): boolean => false
  return (lead) => {
    const now = suppressionMark(host)
    if (now !== mark) test = makeTest(host, when)
    mark = now
    return test(lead)
  }
}

function makeTest(host: Host, when: 'ahead' | 'if_needed'): (lead: Lead) => boolean {
  let list: List | undefined
  const read = (): List => (list ??= insist(host, () => loadList(host)))
  const filter = host.document.peek(FILTER)
  if (when === 'ahead') read()
  // A copied file may come without its properties (safety S19): the tab has the salts too.
  const salts = filter === undefined ? [...read().parts.keys()] : saltsOf(host)
  return suppressionTest({
    salts,
    has: (hash) => (filter === undefined || mayHold(filter, hash)) && read().hashes.has(hash),
  })
}

/** Whether somebody deleted or changed a part of the list in its hidden tab (safety S17). */
export function isListDamaged(host: Host): boolean {
  const rows = host.document.get(ROWS)
  return rows !== undefined && (host.table('suppressed').length() < Number(rows) || loadList(host).changed > 0)
}

/** Takes the list as it can be read now, and writes it anew: what is missing is missing for good. */
export function adoptSuppression(host: Host): void {
  const table = host.table('suppressed')
  if (host.document.get(ROWS) === undefined && table.length() === 0) return
  const list = loadList(host)
  const secret = makeSecret(host)
  table.reset([...list.parts].flatMap(([salt, some]) => rowsOf(secret, { salt, hashes: some })))
  host.sheets.flush()
  noteList(host, list)
  host.document.set(ROWS, String(table.length()))
}

function noteList(host: Host, { parts, hashes }: List): void {
  const salts = new Set([...saltsOf(host).slice(0, 1), ...parts.keys()])
  host.document.set(SALTS, salts.size > 0 ? [...salts].join(' ') : undefined)
  host.document.set(FILTER, addToFilter('', hashes))
}

// A copied file may come without its properties, and what is noted in them must tell of the whole list.
function adoptCopied(host: Host): void {
  if (host.document.get(ROWS) === undefined) adoptSuppression(host)
}

function rowsOf(secret: string, { salt, hashes }: SaltedHashes): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = []
  for (let from = 0; from < hashes.length; from += HASHES_A_ROW)
    rows.push(rowOf(secret, { salt, hashes: hashes.slice(from, from + HASHES_A_ROW) }))
  return rows
}

function rowOf(secret: string, { salt, hashes }: SaltedHashes): readonly string[] {
  return [seal(secret, JSON.stringify({ v: 1, salt, hashes: hashes.join('') }))]
}

/** Puts people and domains on the list, whoever asks for it; they are known again in any spelling. */
export function suppress(host: Host, entries: readonly SuppressionEntry[]): Added {
  const salt = ownSalt(host)
  return suppressHashes(host, { salt, hashes: entries.map(suppressionHasher(salt)) })
}

/** Puts people who objected at a vendor on the list, by everything that tells them apart in their row. */
export function suppressLeads(host: Host, leads: readonly Lead[]): void {
  suppress(host, leads.flatMap(personEntries))
}

/**
 * Puts hashes on the list, of another file too: they stay under its salt, because nobody can hash anew what is not known.
 * Killed on the way, or done by two at once, it loses nothing: the filter goes first, and each row is appended whole.
 */
export function suppressHashes(host: Host, { salt, hashes }: SaltedHashes): Added {
  adoptCopied(host)
  const known = loadList(host).hashes
  const fresh = [...new Set(hashes)].filter((hash) => hash.length === DIGITS && !known.has(hash))
  if (known.size + fresh.length > MOST_ENTRIES) throw tooMany()
  const table = host.table('suppressed')
  if (fresh.length > 0) {
    const secret = makeSecret(host)
    withLock(host, () => {
      host.document.refresh()
      admitSalt(host, salt)
      widenFilter(host, fresh)
    })
    rowsOf(secret, { salt, hashes: fresh }).forEach((row) => table.add(row))
    host.sheets.flush()
    table.refresh()
  }
  noteRows(host, table.length(), fresh)
  return { added: fresh.length, total: known.size + fresh.length }
}

function widenFilter(host: Host, hashes: Iterable<string>): void {
  const filter = host.document.peek(FILTER) ?? ''
  const wider = addToFilter(filter, hashes)
  if (wider !== filter) host.document.set(FILTER, wider)
}

/** Takes entries off the list again, whatever file they came from. Done again it comes to the same. */
export function unsuppress(host: Host, entries: readonly SuppressionEntry[]): Removed {
  if (isListDamaged(host))
    throw new Problem(
      'A part of the list was changed in its hidden tab. Choose on the Enrich screen first how to go on.',
    )
  adoptCopied(host)
  const before = loadList(host).hashes.size
  const gone = new Set(
    saltsOf(host)
      .map(suppressionHasher)
      .flatMap((hash) => entries.map(hash)),
  )
  const stays = (hash: string) => !gone.has(hash)
  const secret = knownSecret(host)
  const read = rowReader()
  // A row stays in its place: fewer of them would look as if somebody had deleted some.
  rewriteRows(host.table('suppressed'), (cells) => {
    const row = read(unseal(secret, cells[0] ?? '') ?? '')
    if (!row || row.hashes.every(stays)) return cells
    return rowOf(secret, { salt: row.salt, hashes: row.hashes.filter(stays) })
  })
  host.sheets.flush()
  // Whoever adds at the same time widens the filter again once the row stands.
  return withLock(host, () => {
    host.document.refresh()
    host.document.set(WAITING, waitingOf(host).filter(stays).join('') || undefined)
    const { hashes } = loadList(host)
    host.document.set(FILTER, addToFilter('', hashes))
    return { removed: before - hashes.size, total: hashes.size }
  })
}

function noteRows(host: Host, rows: number, fresh: readonly string[] = []): void {
  if (rows === 0) return
  withLock(host, () => {
    host.document.refresh()
    widenFilter(host, fresh)
    if (rows > Number(host.document.peek(ROWS) ?? 0)) host.document.set(ROWS, String(rows))
  })
}

function ownSalt(host: Host): string {
  const [known] = saltsOf(host)
  if (known !== undefined) return known
  return withLock(host, () => {
    host.document.refresh()
    const [made] = saltsOf(host)
    if (made !== undefined) return made
    const salt = host.randomId()
    host.document.set(SALTS, salt)
    return salt
  })
}

function admitSalt(host: Host, salt: string): void {
  const salts = saltsOf(host)
  if (salts.includes(salt)) return
  if (salts.length >= MOST_SALTS)
    throw new Problem(
      `This file has taken in the lists of ${MOST_SALTS - 1} other files already, and cannot take another. Paste the people themselves instead.`,
    )
  host.document.set(SALTS, [...salts, salt].join(' '))
}

function tooMany(): Problem {
  return new Problem(
    `The list of who is never looked up holds ${MOST_ENTRIES.toLocaleString('en')} entries at most. Nothing was added: use domains instead of people where you can.`,
  )
}

/** Notes who objected where no tab can be written, in a formula: on the list from now on, in its tab with the next run. */
export function suppressLater(host: Host, leads: readonly Lead[]): void {
  if (leads.length === 0) return
  const hashes = leads.flatMap(personEntries).map(suppressionHasher(ownSalt(host)))
  withLock(host, () => {
    host.document.refresh()
    const waiting = [...new Set([...waitingOf(host), ...hashes])]
    // Their answers are on record as well: without room here the next run puts them on the list.
    if (waiting.length > MOST_WAITING) return
    if (host.document.peek(FILTER) === undefined) noteList(host, loadList(host))
    widenFilter(host, hashes)
    host.document.set(WAITING, waiting.join(''))
  })
}

/** Writes what formulas noted into the tab. The caller alone works on the file; killed on the way it is done again. */
export function absorbSuppressed(host: Host): void {
  const waiting = waitingOf(host)
  const [salt] = saltsOf(host)
  if (waiting.length === 0 || salt === undefined) return
  adoptCopied(host)
  // To the list they are known already, so the rows are written here.
  const table = host.table('suppressed')
  rowsOf(makeSecret(host), { salt, hashes: waiting }).forEach((row) => table.add(row))
  host.sheets.flush()
  table.refresh()
  noteRows(host, table.length())
  withLock(host, () => {
    host.document.refresh()
    const left = waitingOf(host).filter((hash) => !waiting.includes(hash))
    host.document.set(WAITING, left.length > 0 ? left.join('') : undefined)
  })
}

/** Everything on the list by salt, for another file. */
export function listSuppressed(host: Host): readonly SaltedHashes[] {
  return [...loadList(host).parts].map(([salt, hashes]) => ({ salt, hashes }))
}
