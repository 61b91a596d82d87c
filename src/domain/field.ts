/** How a value is read and cleaned; every kind has one normaliser in `normalize/value.ts`. */
export type FieldKind =
  | 'email'
  | 'phone'
  | 'domain'
  | 'linkedin_person'
  | 'linkedin_company'
  | 'url'
  | 'person_name'
  | 'given_name'
  | 'family_name'
  | 'company_name'
  | 'country'
  | 'number'
  | 'year'
  | 'date'
  | 'list'
  | 'status'
  | 'text'

/** What the catalogue says about one field. */
export interface FieldInfo {
  /** Whose data point it is: the person's or their company's. */
  readonly of: 'contact' | 'company'
  /** The column header and the words on screen. */
  readonly label: string
  readonly kind: FieldKind
  /** Personal data in the sense of GDPR Art. 4(1). */
  readonly personal: boolean
  /** The confidence (0..1) below which nothing is written by default. */
  readonly threshold: number
  /** Fields of one `together` group are taken from one answer only: a title belongs to the company it was held at. */
  readonly together?: 'position'
}

const contact = (label: string, kind: FieldKind = 'text', threshold = 0.6) =>
  ({ of: 'contact', label, kind, personal: true, threshold }) as const
const company = (label: string, kind: FieldKind = 'text', threshold = 0.6) =>
  ({ of: 'company', label, kind, personal: false, threshold }) as const

/** Every data point the add-on knows. The catalogue is closed: a new field is one line here. */
export const FIELDS = {
  email: contact('Email', 'email', 0.7),
  email_status: contact('Email status', 'status', 0.5),
  personal_email: contact('Personal email', 'email', 0.7),
  phone: contact('Phone', 'phone', 0.7),
  mobile_phone: contact('Mobile phone', 'phone', 0.7),
  phone_type: contact('Phone type', 'status', 0.5),
  full_name: contact('Full name', 'person_name'),
  first_name: contact('First name', 'given_name'),
  last_name: contact('Last name', 'family_name'),
  gender: contact('Gender', 'status', 0.8),
  linkedin_url: contact('LinkedIn profile', 'linkedin_person', 0.7),
  twitter_url: contact('Twitter profile', 'url', 0.7),
  github_url: contact('GitHub profile', 'url', 0.7),
  facebook_url: contact('Facebook profile', 'url', 0.7),
  photo_url: contact('Photo', 'url'),
  headline: contact('Headline'),
  summary: contact('Summary'),
  job_title: { ...contact('Job title'), together: 'position' },
  seniority: { ...contact('Seniority', 'status'), together: 'position' },
  department: { ...contact('Department', 'status'), together: 'position' },
  job_started_on: { ...contact('Job started on', 'date'), together: 'position' },
  job_history: contact('Job history', 'list'),
  education: contact('Education', 'list'),
  skills: contact('Skills', 'list'),
  languages: contact('Languages', 'list'),
  connections: contact('LinkedIn connections', 'number'),
  city: contact('City'),
  region: contact('Region'),
  country: contact('Country', 'country'),
  time_zone: contact('Time zone'),
  company_name: { ...company('Company', 'company_name'), together: 'position' },
  domain: company('Company domain', 'domain', 0.7),
  website: company('Company website', 'url', 0.7),
  legal_name: company('Legal name', 'company_name', 0.7),
  registration_number: company('Registration number', 'text', 0.8),
  company_type: company('Company type', 'status'),
  company_linkedin_url: company('Company LinkedIn', 'linkedin_company', 0.7),
  company_twitter_url: company('Company Twitter', 'url'),
  company_facebook_url: company('Company Facebook', 'url'),
  company_phone: company('Company phone', 'phone'),
  company_email: company('Company email', 'email', 0.7),
  company_description: company('Company description'),
  company_keywords: company('Company keywords', 'list'),
  company_logo_url: company('Company logo', 'url'),
  company_founded: company('Founded', 'year'),
  industry: company('Industry'),
  sub_industry: company('Sub-industry'),
  sector: company('Sector'),
  naics_code: company('NAICS code', 'text', 0.7),
  sic_code: company('SIC code', 'text', 0.7),
  employees: company('Employees', 'number'),
  company_size: company('Company size', 'status'),
  revenue: company('Revenue', 'number'),
  revenue_range: company('Revenue range', 'status'),
  total_funding: company('Total funding', 'number'),
  last_funding_round: company('Last funding round'),
  last_funding_date: company('Last funding date', 'date'),
  stock_ticker: company('Stock ticker', 'text', 0.7),
  hq_address: company('HQ address'),
  hq_city: company('HQ city'),
  hq_region: company('HQ region'),
  hq_postal_code: company('HQ postal code'),
  hq_country: company('HQ country', 'country'),
  company_followers: company('LinkedIn followers', 'number'),
  is_hiring: company('Is hiring', 'status'),
  technologies: company('Technologies', 'list'),
  cms: company('CMS'),
  crm_software: company('CRM software'),
  ecommerce_platform: company('E-commerce platform'),
  analytics_tools: company('Analytics tools', 'list'),
  mail_provider: company('Mail provider'),
  accepts_mail: company('Domain takes mail', 'status'),
} as const satisfies Record<string, FieldInfo>

/** The name of one field of the catalogue. */
export type Field = keyof typeof FIELDS

/** The fields in catalogue order. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[]

/** What the catalogue says about a field. */
export function fieldInfo(field: Field): FieldInfo {
  return FIELDS[field]
}

/** What can be verified where it stands, and the field that says how it is. */
export const VERDICT_FIELDS = { email: 'email_status', phone: 'phone_type' } as const satisfies {
  readonly [F in Field]?: Field
}

/** One of the fields that can be verified. */
export type Verifiable = keyof typeof VERDICT_FIELDS

/** The fields that can be verified. */
export const VERIFIABLE = Object.keys(VERDICT_FIELDS) as readonly Verifiable[]

/** The field that a field is about, where it is a verdict, or that it is itself. */
export function verifiableIn(field: Field): Verifiable | undefined {
  return VERIFIABLE.find((one) => field === one || field === VERDICT_FIELDS[one])
}

/**
 * What is verified where nothing but its verdict is wanted: then only who is asked about the address or the number itself
 * is asked.
 */
export function verifiedBy(wanted: readonly Field[]): Verifiable | undefined {
  return VERIFIABLE.find((one) => wanted.length > 0 && wanted.every((field) => field === VERDICT_FIELDS[one]))
}

/** Whether a text names a field of the catalogue. */
export function isField(name: string): name is Field {
  return Object.prototype.hasOwnProperty.call(FIELDS, name)
}
