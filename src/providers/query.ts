/** Longest address we send, in characters; Apps Script cuts off near 2,048 (platform.md section 1). */
export const MAX_URL = 2000

/**
 * An address with its parameters encoded, at most `MAX_URL` characters. A value that would not fit is cut between two
 * characters: each parameter has an equal share, hundreds of characters more than any name or domain needs.
 */
export function formQuery(url: string, params: { readonly [name: string]: string }): string {
  const entries = Object.entries(params)
  const share = Math.floor((MAX_URL - url.length) / Math.max(entries.length, 1))
  const pairs = entries.map(([name, value]) => `${name}=${encodeWithin(value, share - name.length - 2)}`)
  return `${url}?${pairs.join('&')}`
}

/** A text as one step of a path, encoded so that it cannot leave it, at most half of `MAX_URL` characters. */
export function pathStep(text: string): string {
  // Dots alone would climb, in whatever way they are written.
  return /^\.{1,2}$/.test(text) ? '-' : encodeWithin(text, MAX_URL / 2)
}

/** A text encoded for an address, cut between two characters where it would take more room than this. */
export function encodeWithin(text: string, room: number): string {
  let encoded = ''
  for (const char of text) {
    const next = encodeChar(char)
    if (encoded.length + next.length > room) break
    encoded += next
  }
  return encoded
}

// encodeURIComponent throws for a lone surrogate and leaves the marks !'()* of RFC 3986 as they are.
function encodeChar(char: string): string {
  const code = char.codePointAt(0)!
  if (code >= 0xd800 && code <= 0xdfff) return '%EF%BF%BD'
  return encodeURIComponent(char).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
