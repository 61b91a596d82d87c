import type { Lead } from '../domain/lead'
import { parseSuppression, personEntries, suppressionHash } from '../privacy/suppression'
import type { Suppression, SuppressionEntry } from '../privacy/suppression'
import type { Host } from './host'

const SALT = 'suppression-salt'

/** The suppression list of this file: salted hashes only. */
export function loadSuppression(host: Host): Suppression {
  const salt = host.document.get(SALT)
  if (salt === undefined) return { salt: '', hashes: new Set() }
  return {
    salt,
    hashes: new Set(
      host
        .table('suppressed')
        .rows(0)
        .map((row) => (row[0] ?? '').slice(1)),
    ),
  }
}

/** Adds pasted people and domains; says which lines could not be read. */
export function suppress(
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
  const salt = host.document.get(SALT) ?? host.randomId()
  host.document.set(SALT, salt)
  const { hashes } = loadSuppression(host)
  const fresh = [...new Set(entries.map((entry) => suppressionHash(entry, salt)))].filter((hash) => !hashes.has(hash))
  // A leading letter: a hash that happens to look like a number must stay text in the tab.
  if (fresh.length > 0) host.table('suppressed').append(fresh.map((hash) => [`h${hash}`]))
  host.sheets.flush()
  return { added: fresh.length, total: hashes.size + fresh.length }
}
