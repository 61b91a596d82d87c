/**
 * A Bloom filter of the never-look-up list as a text for one property: what it does not hold is not on the list, so that a
 * formula reads the list only for the few that may be.
 */
export type Filter = string

// 36,000 bits. Of 1,000 entries it takes 3 others in a thousand for one of them, of 5,000 six in a hundred; of 50,000 nearly
// everybody is looked up in the list. All properties of a file share 400 KB (safety S18).
const CHARS = 6_000
const BITS_A_CHAR = 6

// '0' to 'o': each stays one byte in a property.
const FIRST_CODE = 48

/** The filter with these hashes in it; '' is a filter of nothing. */
export function addToFilter(filter: Filter, hashes: Iterable<string>): Filter {
  const chars = Array.from({ length: CHARS }, (_, index) => bitsAt(filter, index))
  for (const hash of hashes)
    for (const place of placesOf(hash)) chars[Math.floor(place / BITS_A_CHAR)]! |= 1 << (place % BITS_A_CHAR)
  return chars.map((bits) => String.fromCharCode(FIRST_CODE + bits)).join('')
}

/** False for a hash that was certainly not added. */
export function mayHold(filter: Filter, hash: string): boolean {
  return placesOf(hash).every((place) => (bitsAt(filter, Math.floor(place / BITS_A_CHAR)) >> (place % BITS_A_CHAR)) & 1)
}

function bitsAt(filter: Filter, index: number): number {
  const code = filter.charCodeAt(index) - FIRST_CODE
  return code >= 0 && code < 1 << BITS_A_CHAR ? code : 0
}

// A hash is even already: two parts of it are two places.
function placesOf(hash: string): readonly number[] {
  return [hash.slice(0, 8), hash.slice(8, 16)].map((part) => parseInt(part, 16) % (CHARS * BITS_A_CHAR))
}
