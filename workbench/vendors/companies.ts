import { type Domain, fingerprint, isExampleDomain, switchboardOf, type World } from './people'
import { technologiesOf } from './technologies'

/** Where an invented company sits. */
export interface City {
  readonly name: string
  readonly postcode: string
  readonly region: string
  readonly country: string
  readonly timeZone: string
}

/** What is true of an invented company; the vendors know parts of it, each in its own words. */
export interface Company {
  readonly domain: Domain
  readonly legalForm: string
  readonly legalName: string
  /** As in LinkedIn's list, for example `Computer Software`. */
  readonly industry: string
  readonly sector: string
  readonly keywords: readonly string[]
  readonly employees: number
  readonly founded: number
  /** US dollars a year. */
  readonly revenue: number
  readonly city: City
  readonly street: string
  readonly description: string
  readonly linkedinHandle: string
  /** Lower-case names. */
  readonly technologies: readonly string[]
  /** E.164 with its plus. */
  readonly phone: string | null
  readonly naics: string
  readonly sic: string
  /** French activity code (NAF rev. 2) without its dot, and its name. */
  readonly naf: string
  readonly nafName: string
  /** French companies only. */
  readonly registration: Registration | null
}

/** The numbers of a French company. */
export interface Registration {
  readonly siren: string
  readonly siret: string
  readonly vat: string
}

interface Industry {
  readonly name: string
  readonly sector: string
  readonly keywords: readonly string[]
  readonly naics: string
  readonly sic: string
  readonly naf: string
  readonly nafName: string
}

const INDUSTRIES: readonly Industry[] = [
  {
    name: 'Computer Software',
    sector: 'Information Technology',
    keywords: ['saas'],
    naics: '511210',
    sic: '7372',
    naf: '6201Z',
    nafName: 'Programmation informatique',
  },
  {
    name: 'Machinery',
    sector: 'Industrials',
    keywords: ['machines', 'b2b'],
    naics: '333249',
    sic: '3559',
    naf: '2899B',
    nafName: 'Fabrication d’autres machines spécialisées',
  },
  {
    name: 'Retail',
    sector: 'Consumer Discretionary',
    keywords: ['shops'],
    naics: '452319',
    sic: '5311',
    naf: '4719B',
    nafName: 'Autres commerces de détail en magasin non spécialisé',
  },
  {
    name: 'Insurance',
    sector: 'Financials',
    keywords: ['insurance', 'b2b'],
    naics: '524126',
    sic: '6331',
    naf: '6512Z',
    nafName: 'Autres assurances',
  },
  {
    name: 'Construction',
    sector: 'Industrials',
    keywords: ['building'],
    naics: '236220',
    sic: '1542',
    naf: '4120B',
    nafName: 'Construction d’autres bâtiments',
  },
  {
    name: 'Medical Devices',
    sector: 'Health Care',
    keywords: ['devices'],
    naics: '339112',
    sic: '3841',
    naf: '3250A',
    nafName: 'Fabrication de matériel médico-chirurgical et dentaire',
  },
  {
    name: 'Food Production',
    sector: 'Consumer Staples',
    keywords: ['food'],
    naics: '311999',
    sic: '2099',
    naf: '1089Z',
    nafName: 'Fabrication d’autres produits alimentaires',
  },
  {
    name: 'Marketing And Advertising',
    sector: 'Communication Services',
    keywords: [],
    naics: '541810',
    sic: '7311',
    naf: '7311Z',
    nafName: 'Activités des agences de publicité',
  },
]

const CITIES: { readonly [country: string]: readonly City[] } = {
  FR: [
    { name: 'Lyon', postcode: '69001', region: 'Auvergne-Rhône-Alpes', country: 'France', timeZone: 'Europe/Paris' },
    { name: 'Paris', postcode: '75011', region: 'Île-de-France', country: 'France', timeZone: 'Europe/Paris' },
  ],
  DE: [
    { name: 'Berlin', postcode: '10115', region: 'Berlin', country: 'Germany', timeZone: 'Europe/Berlin' },
    { name: 'Munich', postcode: '80331', region: 'Bavaria', country: 'Germany', timeZone: 'Europe/Berlin' },
  ],
  GB: [{ name: 'Leeds', postcode: 'LS1 1AA', region: 'England', country: 'United Kingdom', timeZone: 'Europe/London' }],
  US: [
    { name: 'Austin', postcode: '78701', region: 'Texas', country: 'United States', timeZone: 'America/Chicago' },
    {
      name: 'Boston',
      postcode: '02108',
      region: 'Massachusetts',
      country: 'United States',
      timeZone: 'America/New_York',
    },
  ],
  SE: [{ name: 'Malmö', postcode: '211 20', region: 'Skåne', country: 'Sweden', timeZone: 'Europe/Stockholm' }],
  ES: [
    { name: 'Valencia', postcode: '46001', region: 'Valencian Community', country: 'Spain', timeZone: 'Europe/Madrid' },
  ],
  IT: [{ name: 'Turin', postcode: '10121', region: 'Piedmont', country: 'Italy', timeZone: 'Europe/Rome' }],
  NL: [
    { name: 'Utrecht', postcode: '3511 AA', region: 'Utrecht', country: 'Netherlands', timeZone: 'Europe/Amsterdam' },
  ],
}

const LEGAL_FORM: { readonly [country: string]: string } = {
  FR: 'SAS',
  DE: 'GmbH',
  GB: 'Ltd',
  US: 'Inc.',
  SE: 'AB',
  ES: 'SL',
  IT: 'Srl',
  NL: 'BV',
}

/** Bands of employees as LinkedIn and many vendors have them. */
export const EMPLOYEE_BANDS = [
  [10, '1-10'],
  [50, '11-50'],
  [200, '51-200'],
  [500, '201-500'],
  [1000, '501-1000'],
  [5000, '1001-5000'],
  [10_000, '5001-10000'],
  [Infinity, '10001+'],
] as const

/** The company at an invented domain; equal domains have equal companies at every vendor. */
export function companyOf(domain: Domain): Company {
  const dice = (about: string): number => fingerprint(`company ${about} ${domain.name}`)
  const industry = pick(INDUSTRIES, dice('industry'))
  const city = pick(CITIES[domain.country] ?? [], dice('city'))
  // From 2 to some 16,000, small ones far more often than large ones.
  const employees = Math.round(2 ** (1 + (dice('employees') % 1300) / 100))
  const legalForm = LEGAL_FORM[domain.country] ?? ''
  return {
    ...industry,
    domain,
    legalForm,
    legalName: `${domain.company} ${legalForm}`.trim(),
    industry: industry.name,
    employees,
    founded: 1950 + (dice('founded') % 73),
    revenue: employees * (60 + (dice('revenue') % 140)) * 1000,
    city,
    street: `${1 + (dice('street') % 90)} rue de l'Exemple`,
    description: `${domain.company} is an invented company in ${city.name}.`,
    linkedinHandle: domain.name.replace(/\.example$/, '').replace(/\./g, '-'),
    technologies: technologiesOf(domain).map(({ slug }) => slug),
    phone: dice('has phone') % 100 < 60 ? switchboardOf(domain) : null,
    registration: domain.country === 'FR' ? numbersOf(dice('siren')) : null,
  }
}

/** Numbers with valid check digits that no company has: none is given out that starts with 000. */
function numbersOf(number: number): Registration {
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

/** The domain of the company behind the last part of its LinkedIn page. */
export function domainOfCompanyHandle(world: World, handle: string): Domain | undefined {
  const name = handle.toLowerCase()
  const dotted = name.replace(/-(com|org|net|test)$/, '.$1').replace(/-example\./, '.example.')
  return world.domain(isExampleDomain(dotted) ? dotted : `${name}.example`)
}

/** The name of the band that a number falls into; bands go upwards, each by its highest number. */
export function bandOf(number: number, bands: readonly (readonly [highest: number, name: string])[]): string {
  return (bands.find(([highest]) => number <= highest) ?? bands.at(-1))?.[1] ?? ''
}

function pick<T>(from: readonly T[], number: number): T {
  return from[number % from.length] as T
}
