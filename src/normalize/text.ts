// A cell holds 50,000 characters (platform.md section 1); the rest is room for the note of a writer.
const MAX_CELL_TEXT = 49_000

/** Text as a cell should hold it: composed (NFC), one line, without control or zero-width characters, cut with an ellipsis. */
export function cleanText(text: string): string {
  const line = text
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINER, '')
    .replace(/\s+/gu, ' ')
    .normalize('NFC')
    .trim()
  if (line.length <= MAX_CELL_TEXT) return line
  return `${line
    .slice(0, MAX_CELL_TEXT - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}

/** Text for comparing: lower case, without accents, ligatures spelt out. Never written anywhere. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/\u0307/g, '')
    .replace(/[‘’ʼ`´]/g, "'")
}

/** The words of a compact table, made on first use by the caller. */
export function words(table: string): ReadonlySet<string> {
  return new Set(table.split(' '))
}

const LETTERS: { readonly [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

// Control characters, lone surrogates, soft hyphens, directional marks and zero-width spaces; the two joiners are apart.
const INVISIBLE =
  /[\p{Cc}\p{Cs}\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\uffff]/gu

// Joiners are spelling inside Persian or Indic words and emoji, and noise everywhere else.
const STRAY_JOINER = /(?<![\p{Lo}\p{M}\p{S}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{Lo}\p{M}\p{S}])/gu
