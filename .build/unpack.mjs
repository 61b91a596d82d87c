import { inflateSync } from 'fflate'

/** What may stand in a text of JavaScript and of a page as it is: printable ASCII but for quotes, backslash and `<`. */
export const DIGITS = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
  .filter((digit) => !'"\\`<'.includes(digit))
  .join('')

/** What a packed text begins with: one byte a character, or two. */
export const NARROW = DIGITS[0]
export const WIDE = DIGITS[1]

/**
 * The text that the build deflated and wrote as digits. Runs when a library or a table is first used: large lists are a
 * third of their size in the script that every formula cell loads.
 */
export function unpack(digits) {
  const bytes = new Uint8Array(Math.ceil((digits.length * 13) / 16))
  const values = new Uint8Array(127)
  for (let value = 0; value < DIGITS.length; value++) values[DIGITS.charCodeAt(value)] = value
  let bits = 0
  let held = 0
  let at = 0
  for (let from = 1; from < digits.length; from += 2) {
    bits = (bits << 13) | (values[digits.charCodeAt(from)] + 91 * values[digits.charCodeAt(from + 1)])
    for (held += 13; held >= 8; held -= 8) bytes[at++] = (bits >> (held - 8)) & 0xff
    bits &= 0xff
  }
  const inflated = inflateSync(bytes)
  const codes = digits[0] === NARROW ? inflated : joinBytes(inflated)
  let text = ''
  for (let from = 0; from < codes.length; from += 8192)
    text += String.fromCharCode(...codes.subarray(from, from + 8192))
  return text
}

// All low bytes come first.
function joinBytes(bytes) {
  const codes = new Uint16Array(bytes.length / 2)
  for (let index = 0; index < codes.length; index++) codes[index] = bytes[index] | (bytes[codes.length + index] << 8)
  return codes
}
