import { inflateSync } from 'fflate'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * The text that the build deflated and wrote as base64. Runs when a library is first used: large lists are a third of
 * their size in the script that every formula cell loads. Apps Script has no atob (platform.md section 3).
 */
export function unpack(base64) {
  const bytes = new Uint8Array(Math.floor((base64.replace(/=+$/, '').length * 3) / 4))
  const values = new Map([...DIGITS].map((digit, value) => [digit, value]))
  let bits = 0
  let held = 0
  let at = 0
  for (const digit of base64) {
    const value = values.get(digit)
    if (value === undefined) break
    bits = ((bits << 6) | value) & 0xffffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[at++] = (bits >> held) & 0xff
  }
  // All low bytes come first.
  const inflated = inflateSync(bytes)
  const codes = new Uint16Array(inflated.length / 2)
  for (let index = 0; index < codes.length; index++)
    codes[index] = inflated[index] | (inflated[codes.length + index] << 8)
  let text = ''
  for (let from = 0; from < codes.length; from += 8192)
    text += String.fromCharCode(...codes.subarray(from, from + 8192))
  return text
}
