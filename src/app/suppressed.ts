import type { Lead } from '../domain/lead'
import { Problem } from '../domain/problem'
import { isSuppressed, parseSuppression, personEntries, suppressionHash } from '../privacy/suppression'
import type { Suppression, SuppressionEntry } from '../privacy/suppression'
import type { Host } from './host'

const SALT = 'suppression-salt'

// How many rows of the hidden tab are on record: fewer show that somebody deleted some (safety S19).
const COUNT = 'suppressed-rows'

// Every look-up compares with all of them; they are read in one call.
const MOST_ENTRIES = 100_000

// Each row is a letter and hex digits: a hash that happens to look like a number must stay text in the tab. The salt
// stands there too, because a copied file may come without its properties (safety S19).
const HASH_ROW = /^h[0-9a-f]{32}$/
const SALT_ROW = /^s./

/** The suppression list of this file: salted hashes only. */
export function loadSuppression(host: Host): Suppression {
  const rows = host
    .table('suppressed')
    .rows(0)
    .map((row) => row[0] ?? '')
  const salt = host.document.get(SALT) ?? rows.find((row) => SALT_ROW.test(row))?.slice(1) ?? ''
  return { salt, hashes: new Set(rows.filter((row) => HASH_ROW.test(row)).map((row) => row.slice(1))) }
}

/** Changes whenever something is added to the list: cheaper to ask for than the list. As the properties were last seen. */
export function suppressionMark(host: Host): string {
  return host.document.peek(COUNT) ?? ''
}

/** Tells whether a lead is on the list; the list is read when it is first asked, and again when something was added. */
export function watchSuppression(host: Host): (lead: Lead) => boolean {
  let mark = ''
  let list: Suppression | undefined
  return (lead) => {
    const now = suppressionMark(host)
    if (now !== mark) list = loadSuppression(host)
    mark = now
    return list !== undefined && isSuppressed(lead, list)
  }
}

/** Entries of the list that somebody deleted from the hidden tab. */
export function missingSuppressed(host: Host): number {
  const count = Number(host.document.get(COUNT) ?? 0)
  return count === 0 ? 0 : Math.max(0, count - host.table('suppressed').length())
}

/** Takes the list as it stands now: what is missing is missing for good. */
export function adoptSuppression(host: Host): void {
  if (host.document.get(COUNT) !== undefined) host.document.set(COUNT, String(host.table('suppressed').length()))
}

/** Puts people and domains on the list, whoever asks for it; they are known again in any spelling. */
export function suppress(
  host: Host,
  entries: readonly SuppressionEntry[],
): { readonly added: number; readonly total: number } {
  return add(host, entries)
}

/** Adds pasted people and domains; says which lines could not be read. */
export function suppressText(
  host: Host,
  text: string,
): { readonly added: number; readonly unreadable: readonly string[]; readonly total: number } {
  const { entries, unreadable } = parseSuppression(text)
  return { ...add(host, entries), unreadable: unreadable.slice(0, 20) }
}

/** Puts people who objected at a vendor on the list, by everything that tells them apart in their row. */
export function suppressLeads(host: Host, leads: readonly Lead[]): void {
  add(host, leads.flatMap(personEntries))
}

function add(host: Host, entries: readonly SuppressionEntry[]): { readonly added: number; readonly total: number } {
  const { salt: known, hashes } = loadSuppression(host)
  const salt = known === '' ? host.randomId() : known
  host.document.set(SALT, salt)
  const fresh = [...new Set(entries.map((entry) => suppressionHash(entry, salt)))].filter((hash) => !hashes.has(hash))
  if (hashes.size + fresh.length > MOST_ENTRIES) {
    throw new Problem(
      `The list of who is never looked up holds ${MOST_ENTRIES.toLocaleString('en')} entries at most. Nothing was added: use domains instead of people where you can.`,
    )
  }
  const table = host.table('suppressed')
  const isNew = host.document.get(COUNT) === undefined
  if (fresh.length > 0)
    table.append([...(isNew ? [`s${salt}`] : []), ...fresh.map((hash) => `h${hash}`)].map((row) => [row]))
  host.sheets.flush()
  if (fresh.length > 0) host.document.set(COUNT, String(table.length()))
  return { added: fresh.length, total: hashes.size + fresh.length }
}
