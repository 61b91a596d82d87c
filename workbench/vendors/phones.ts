import parsePhoneNumber from 'libphonenumber-js/max'

/**
 * Whether a number, in E.164 with its plus, is one that nobody has: of the ranges of `phoneOf` in people.ts, or of the mobiles that
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
