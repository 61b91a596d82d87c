import { inflateSync } from 'fflate'

/** All that ASCII prints but what a string or a page would have to escape: quote, backslash and less-than. */
export const DIGITS = "!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"

/**
 * The text that the build deflated and wrote with 13 bits in two digits. Runs when a library is first used: large lists are
 * a third of their size in the script that every formula cell loads. Apps Script has no atob (platform.md section 3).
 */
export function unpack(digits) {
  const bytes = new Uint8Array(Math.floor((digits.length * 13) / 16))
  const values = new Map([...DIGITS].map((digit, value) => [digit, value]))
  let bits = 0
  let held = 0
  let at = 0
  for (let index = 0; index < digits.length; index += 2) {
    bits |= (values.get(digits[index]) + DIGITS.length * values.get(digits[index + 1])) << held
    held += 13
    for (; held >= 8; held -= 8) {
      bytes[at++] = bits & 0xff
      bits >>= 8
    }
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
