import type { Host } from './host'
import { fillTab } from './write-text'

/** Puts texts into a new tab as text (safety S10), its first line bold; returns the name that the tab got. */
export function newTab(
  host: Host,
  given: { readonly name: string; readonly lines: readonly (readonly string[])[] },
): { readonly name: string } {
  const columns = Math.max(1, ...given.lines.map((line) => line.length))
  const lines = given.lines.map((line) => Array.from({ length: columns }, (_, column) => line[column] ?? ''))
  const sheet = host.sheets.create(freeName(host, given.name), { rows: Math.max(1, lines.length), columns })
  if (lines.length > 0) fillTab(host, sheet.id, lines)
  return { name: sheet.name }
}

/** A name as a tab of ours bears it: cut, so that a number fits behind it. */
export function shortName(name: string): string {
  return name.slice(0, 90)
}

/** A name that no tab has: a tab of that name that we did not make stays as it is. */
export function freeName(host: Host, name: string): string {
  const short = shortName(name)
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? short : `${short} ${number}`
    if (!host.sheets.named(candidate)) return candidate
  }
}
