import { type Domain, fingerprint, isExampleDomain, switchboardOf, type World } from './people'

/** Where an invented company sits. */
export interface City {
  readonly name: string
  readonly region: string
  readonly country: string
  readonly timeZone: string
}

/** What is true of an invented company; the vendors know parts of it, each in its own words. */
export interface Company {
  readonly domain: Domain
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
  readonly description: string
  readonly linkedinHandle: string
  /** Lower-case names. */
  readonly technologies: readonly string[]
  /** E.164 with its plus. */
  readonly phone: string | null
  readonly naics: string
  readonly sic: string
}

interface Industry {
  readonly name: string
  readonly sector: string
  readonly keywords: readonly string[]
  readonly naics: string
  readonly sic: string
}

const INDUSTRIES: readonly Industry[] = [
  { name: 'Computer Software', sector: 'Information Technology', keywords: ['saas'], naics: '511210', sic: '7372' },
  { name: 'Machinery', sector: 'Industrials', keywords: ['machines', 'b2b'], naics: '333249', sic: '3559' },
  { name: 'Retail', sector: 'Consumer Discretionary', keywords: ['shops'], naics: '452319', sic: '5311' },
  { name: 'Insurance', sector: 'Financials', keywords: ['insurance', 'b2b'], naics: '524126', sic: '6331' },
  { name: 'Construction', sector: 'Industrials', keywords: ['building'], naics: '236220', sic: '1542' },
  { name: 'Medical Devices', sector: 'Health Care', keywords: ['devices'], naics: '339112', sic: '3841' },
  { name: 'Food Production', sector: 'Consumer Staples', keywords: ['food'], naics: '311999', sic: '2099' },
  { name: 'Marketing And Advertising', sector: 'Communication Services', keywords: [], naics: '541810', sic: '7311' },
]

const CITIES: { readonly [country: string]: readonly City[] } = {
  FR: [
    { name: 'Lyon', region: 'Auvergne-Rhône-Alpes', country: 'France', timeZone: 'Europe/Paris' },
    { name: 'Paris', region: 'Île-de-France', country: 'France', timeZone: 'Europe/Paris' },
  ],
  DE: [
    { name: 'Berlin', region: 'Berlin', country: 'Germany', timeZone: 'Europe/Berlin' },
    { name: 'Munich', region: 'Bavaria', country: 'Germany', timeZone: 'Europe/Berlin' },
  ],
  GB: [{ name: 'Leeds', region: 'England', country: 'United Kingdom', timeZone: 'Europe/London' }],
  US: [
    { name: 'Austin', region: 'Texas', country: 'United States', timeZone: 'America/Chicago' },
    { name: 'Boston', region: 'Massachusetts', country: 'United States', timeZone: 'America/New_York' },
  ],
  SE: [{ name: 'Malmö', region: 'Skåne', country: 'Sweden', timeZone: 'Europe/Stockholm' }],
  ES: [{ name: 'Valencia', region: 'Valencian Community', country: 'Spain', timeZone: 'Europe/Madrid' }],
  IT: [{ name: 'Turin', region: 'Piedmont', country: 'Italy', timeZone: 'Europe/Rome' }],
  NL: [{ name: 'Utrecht', region: 'Utrecht', country: 'Netherlands', timeZone: 'Europe/Amsterdam' }],
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

const TECHNOLOGIES = ['cloudflare', 'google-analytics', 'hubspot', 'nginx', 'react', 'shopify', 'wordpress', 'zendesk']

/** The company at an invented domain; equal domains have equal companies at every vendor. */
export function companyOf(domain: Domain): Company {
  const dice = (about: string): number => fingerprint(`company ${about} ${domain.name}`)
  const industry = pick(INDUSTRIES, dice('industry'))
  const city = pick(CITIES[domain.country] ?? [], dice('city'))
  // From 2 to some 16,000, small ones far more often than large ones.
  const employees = Math.round(2 ** (1 + (dice('employees') % 1300) / 100))
  return {
    domain,
    legalName: `${domain.company} ${LEGAL_FORM[domain.country] ?? ''}`.trim(),
    industry: industry.name,
    sector: industry.sector,
    keywords: industry.keywords,
    employees,
    founded: 1950 + (dice('founded') % 73),
    revenue: employees * (60 + (dice('revenue') % 140)) * 1000,
    city,
    description: `${domain.company} is an invented company in ${city.name}.`,
    linkedinHandle: domain.name.replace(/\.example$/, '').replace(/\./g, '-'),
    technologies: TECHNOLOGIES.filter((name) => dice(`uses ${name}`) % 100 < 35),
    phone: dice('has phone') % 100 < 60 ? switchboardOf(domain) : null,
    naics: industry.naics,
    sic: industry.sic,
  }
}

/** The domain of the company behind the last part of its LinkedIn page. */
export function domainOfCompanyHandle(world: World, handle: string): Domain | undefined {
  const name = handle.toLowerCase()
  const dotted = name.replace(/-(com|org|net|test)$/, '.$1')
  return world.domain(isExampleDomain(dotted) ? dotted : `${name}.example`)
}

/** The name of the band that a number falls into; bands go upwards, each by its highest number. */
export function bandOf(number: number, bands: readonly (readonly [highest: number, name: string])[]): string {
  return (bands.find(([highest]) => number <= highest) ?? bands.at(-1))?.[1] ?? ''
}

function pick<T>(from: readonly T[], number: number): T {
  return from[number % from.length] as T
}
