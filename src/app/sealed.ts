import { hashText } from '../domain/hash'
import type { Host } from './host'
import { withLock } from './with-lock'

const SECRET = 'store-secret'
const CHECKSUM_DIGITS = 8

/** The secret that keys the checksums of this file's hidden tabs (safety S17); '' before anything was sealed. */
export function knownSecret(host: Host): string {
  // It stays the same for as long as there is one: what this execution read before is as good.
  return host.document.peek(SECRET) ?? host.document.get(SECRET) ?? ''
}

/** The secret of this file, made now if it has none. */
export function makeSecret(host: Host): string {
  const known = knownSecret(host)
  if (known !== '') return known
  // Of two that are made at once one is lost, and what was sealed with it.
  return withLock(host, () => {
    const made = host.document.get(SECRET)
    if (made !== undefined) return made
    const secret = host.randomId()
    host.document.set(SECRET, secret)
    return secret
  })
}

/** Another secret: nothing that was sealed before can be read any more. */
export function renewSecret(host: Host): void {
  host.document.set(SECRET, host.randomId())
}

/** The text of a cell with its checksum in front; it begins with hex digits, so it is never taken for a formula. */
export function seal(secret: string, json: string): string {
  return hashText(secret + json).slice(0, CHECKSUM_DIGITS) + json
}

/** The JSON of a sealed cell; undefined when somebody changed it. */
export function unseal(secret: string, cell: string): string | undefined {
  const json = cell.slice(CHECKSUM_DIGITS)
  return hashText(secret + json).slice(0, CHECKSUM_DIGITS) === cell.slice(0, CHECKSUM_DIGITS) ? json : undefined
}
