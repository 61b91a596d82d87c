import { inflateSync } from 'fflate'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * The text that the build deflated and wrote as base64. Runs when a library is first used: large lists are a third of
 * their size in the script that every formula cell loads. Apps Script has no atob (platform.md section 3).
 */
export function unpack(base64) {
  const bytes = new Uint8Array(Math.floor((base64.replace(/=+$/, '').length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (const digit of base64) {
    const value = DIGITS.indexOf(digit)
    if (value < 0) break
    bits = ((bits << 6) | value) & 0xffffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[at++] = (bits >> held) & 0xff
  }
  const codes = new Uint16Array(inflateSync(bytes).buffer)
  let text = ''
  for (let from = 0; from < codes.length; from += 8192)
    text += String.fromCharCode(...codes.subarray(from, from + 8192))
  return text
}
