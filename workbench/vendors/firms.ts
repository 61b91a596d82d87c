import parsePhoneNumber from 'libphonenumber-js/max'
import { type Domain, fingerprint, plain } from './people'

/** What is true of an invented company beyond its domain. */
export interface Firm {
  readonly headcount: number
  /** The band that the headcount lies in, as French and English sources write it. */
  readonly band: string
  readonly industry: string
  readonly founded: number
  readonly city: string
  readonly postcode: string
  readonly street: string
  readonly handle: string
  /** French companies only. */
  readonly registration: Registration | null
}

/** The numbers of a French company. */
export interface Registration {
  readonly siren: string
  readonly siret: string
  readonly vat: string
  readonly naf: string
  readonly nafName: string
}

const BANDS: readonly (readonly [number, string])[] = [
  [10, '1 - 10'],
  [50, '11 - 50'],
  [200, '51 - 200'],
  [500, '201 - 500'],
  [1000, '501 - 1000'],
]

const CITIES: { readonly [country: string]: readonly (readonly [string, string])[] } = {
  FR: [
    ['Lyon', '69001'],
    ['Nantes', '44000'],
    ['Paris', '75011'],
  ],
  DE: [
    ['Berlin', '10115'],
    ['Hamburg', '20095'],
  ],
  GB: [
    ['Leeds', 'LS1 1AA'],
    ['London', 'E1 6AN'],
  ],
  US: [
    ['Austin', '78701'],
    ['Boston', '02108'],
  ],
  SE: [['Göteborg', '411 03']],
  ES: [['Valencia', '46001']],
  IT: [['Torino', '10121']],
  NL: [['Utrecht', '3511 AA']],
}

/** Industry with the French activity code (NAF rev. 2) and its name. */
const INDUSTRIES: readonly (readonly [string, string, string])[] = [
  ['Software', '6201Z', 'Programmation informatique'],
  ['Consulting', '7022Z', 'Conseil pour les affaires et autres conseils de gestion'],
  ['Logistics', '5229B', 'Affrètement et organisation des transports'],
  ['Advertising', '7311Z', 'Activités des agences de publicité'],
  ['Engineering', '7112B', 'Ingénierie, études techniques'],
]

const COUNTRY_NAMES: { readonly [country: string]: string } = {
  FR: 'France',
  DE: 'Germany',
  GB: 'United Kingdom',
  US: 'United States',
  SE: 'Sweden',
  ES: 'Spain',
  IT: 'Italy',
  NL: 'Netherlands',
}

/** The company behind an invented domain: the same in every world and at every vendor. */
export function firmOf({ name, country }: Domain): Firm {
  const dice = (about: string): number => fingerprint(`firm ${about} ${name}`)
  const pick = <T>(from: readonly T[], about: string): T => from[dice(about) % from.length] as T
  // The cube makes small firms the most common.
  const headcount = 1 + Math.floor(1500 * ((dice('headcount') % 1000) / 1000) ** 3)
  const [industry, naf, nafName] = pick(INDUSTRIES, 'industry')
  const [city, postcode] = pick(CITIES[country] ?? [['Lyon', '69001'] as const], 'city')
  return {
    headcount,
    band: BANDS.find(([most]) => headcount <= most)?.[1] ?? '1001 - 5000',
    industry,
    founded: 1960 + (dice('founded') % 60),
    city,
    postcode,
    street: `${1 + (dice('street') % 90)} rue de l'Exemple`,
    handle: name.replace(/\./g, '-'),
    registration: country === 'FR' ? { ...numbersOf(dice('siren')), naf, nafName } : null,
  }
}

/** The English name of a country that invented companies live in. */
export function countryName(code: string): string {
  return COUNTRY_NAMES[code] ?? ''
}

/** F or M, from how the first name ends: invented, and the same at every vendor. */
export function genderOf(firstName: string): 'F' | 'M' {
  return /(a|ine|elle|ette|lie|rie|anne|ude)$/.test(plain(firstName)) ? 'F' : 'M'
}

/** A phone number as people write it, with blanks. */
export function spaced(phone: string): string {
  return parsePhoneNumber(phone)?.formatInternational() ?? phone
}

/** Whether a number is of a mobile network for certain. */
export function isMobile(phone: string): boolean {
  return parsePhoneNumber(phone)?.getType() === 'MOBILE'
}

/** Numbers with valid check digits that no company has: none is given out that starts with 000. */
function numbersOf(number: number): Pick<Registration, 'siren' | 'siret' | 'vat'> {
  const siren = withCheckDigit(`000${String(number % 100_000).padStart(5, '0')}`)
  const key = (12 + 3 * (Number(siren) % 97)) % 97
  return { siren, siret: withCheckDigit(`${siren}0001`), vat: `FR${String(key).padStart(2, '0')}${siren}` }
}

/** Adds the Luhn digit that SIREN and SIRET end with. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
