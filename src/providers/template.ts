import type { Place } from '../domain/recipe'
import { encodeWithin, MAX_URL } from './query'

/** What the parts of a template stand for. */
export type Parts = { readonly [name: string]: string }

const PART = /\{([a-z_]+)\}/g

/** The names of the parts that a text holds: `{domain}` is `domain`. */
export function partsIn(text: string): readonly string[] {
  return [...text.matchAll(PART)].map(([, name]) => name!)
}

/** A text with its parts taken out. */
export function withoutParts(text: string): string {
  return text.replace(PART, '')
}

/** Every text in a value, at any depth. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** A text with its parts put in. */
export function fillText(text: string, parts: Parts): string {
  return text.replace(PART, (whole, name: string) => parts[name] ?? whole)
}

/** A JSON value with the parts put into its texts. */
export function fillJson(value: unknown, parts: Parts): unknown {
  if (typeof value === 'string') return fillText(value, parts)
  if (Array.isArray(value)) return value.map((one) => fillJson(one, parts))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fillJson(inner, parts)]))
}

/** An address with its parts put in, encoded so that they cannot leave their place; together at most `MAX_URL`. */
export function fillAddress(url: string, parts: Parts): string {
  const room = Math.floor((MAX_URL - url.length) / Math.max(1, partsIn(url).length))
  return url.replace(PART, (whole, name: string) => {
    const part = parts[name] ?? whole
    // Dots alone would climb.
    return /^\.{1,2}$/.test(part) ? '-' : encodeWithin(part, room)
  })
}

/** The public host of an https address; nothing for IP addresses, local names, ports and user names. */
export function nameOfHost(url: string): string | undefined {
  const host = /^https:\/\/([a-z0-9.-]+)(?:[/?]|$)/.exec(url)?.[1]
  if (host === undefined || !/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(host))
    return undefined
  return /\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|arpa|onion)$/.test(host) ? undefined : host
}

/** A place in full: a path alone is one too. */
export function placeOf(place: string | Place): Place {
  return typeof place === 'string' ? { at: place } : place
}
