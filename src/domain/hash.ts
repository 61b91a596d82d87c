import type { hmac as Hmac } from '@noble/hashes/hmac'
import type { sha256 as Sha256 } from '@noble/hashes/sha2'

// Lookup keys, rows and cells: a slice hashes each of them many times. Whole records are hashed once, and are long.
const REMEMBERED_LENGTH = 300
const REMEMBERED = 200_000
const known = new Map<string, string>()

/** The first 128 bits of SHA-256 of a text as 32 hex digits: short enough for a cell, far beyond chance collisions. */
export function hashText(text: string): string {
  const before = known.get(text)
  if (before !== undefined) return before
  const { sha256 } = require('@noble/hashes/sha2') as { sha256: typeof Sha256 }
  const hash = hexOf(sha256(utf8(text)))
  if (text.length <= REMEMBERED_LENGTH && known.size < REMEMBERED) known.set(text, hash)
  return hash
}

/** The first 128 bits of HMAC-SHA-256 of texts under one key: without the key nobody can try out what a hash stands for. */
export function keyedHash(key: string): (text: string) => string {
  const { sha256 } = require('@noble/hashes/sha2') as { sha256: typeof Sha256 }
  const { hmac } = require('@noble/hashes/hmac') as { hmac: typeof Hmac }
  const begun = hmac.create(sha256, utf8(key))
  return (text) => hexOf(begun.clone().update(utf8(text)).digest())
}

function hexOf(digest: Uint8Array): string {
  let hex = ''
  for (const byte of digest.subarray(0, 16)) hex += (byte + 256).toString(16).slice(1)
  return hex
}

// Apps Script has no TextEncoder (platform.md section 3); a lone surrogate becomes U+FFFD, as TextEncoder does.
function utf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const char of text) {
    let code = char.codePointAt(0)!
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(bytes)
}
