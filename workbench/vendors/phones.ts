import parsePhoneNumber from 'libphonenumber-js/max'

/** The area whose invented numbers are mobiles. */
export const US_MOBILE_AREA = '415'

/**
 * A number that libphonenumber takes as valid and nobody can answer: the ranges that each country's regulator keeps
 * for films and books. Countries whose range is missing or is not valid in the metadata have no phones.
 */
export function phoneOf(country: string, number: number): string | null {
  const digits = (count: number): string => String(number % 10 ** count).padStart(count, '0')
  switch (country) {
    // Arcep: 01 99 00 00 00 to 01 99 00 99 99.
    case 'FR':
      return `+3319900${digits(4)}`
    // Bundesnetzagentur: (0)30 23125 000 to 999.
    case 'DE':
      return `+493023125${digits(3)}`
    // Ofcom: 020 7946 0000 to 0999.
    case 'GB':
      return `+442079460${digits(3)}`
    // NANPA: 555-0100 to 555-0199 of any area.
    case 'US':
      return `+1${[212, 312, 415][number % 3]}55501${digits(2)}`
    // PTS: 070-174 06 05 to 070-174 06 99.
    case 'SE':
      return `+4670174${String(605 + (number % 95)).padStart(4, '0')}`
    default:
      return null
  }
}

/**
 * Whether a number, in E.164 with its plus, is one that nobody has: of the ranges of `phoneOf`, or of the mobiles that
 * Germany keeps for films (Bundesnetzagentur: (0)171 39200 00 to 99).
 */
export function isInventedPhone(phone: string): boolean {
  return /^\+(3319900\d{4}|493023125\d{3}|4917139200\d\d|442079460\d{3}|1(212|312|415)55501\d\d|467017406\d\d)$/.test(
    phone,
  )
}

/** A phone number as people write it, with blanks. */
export function spaced(phone: string): string {
  return parsePhoneNumber(phone)?.formatInternational() ?? phone
}

/** Whether a number is of a mobile network for certain. */
export function isMobile(phone: string): boolean {
  return parsePhoneNumber(phone)?.getType() === 'MOBILE'
}
