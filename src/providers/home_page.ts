import { lookupTag } from '../domain/lookup-key'
import type { LookupKey } from '../domain/lookup-key'
import type { Values } from '../domain/finding'
import type { Outcome } from '../domain/outcome'
import { found } from '../domain/outcome'
import type { Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { countryCode } from '../normalize/country'
import { normalizeDomain } from '../normalize/domain'
import { emailLocal, normalizeEmail } from '../normalize/email'
import { isRoleMailbox } from '../normalize/free-mail'
import { asciiHost, hostIn, isPublicHost } from '../normalize/host'
import { normalizeLinkedInCompany } from '../normalize/linkedin'
import { normalizePhone } from '../normalize/phone'
import { grade, UNSCORED } from './confidence'
import { technologiesOf } from './fingerprints'
import type { Page } from './html'
import { decodeHtml, scanPage } from './html'
import type { Organization } from './organization'
import { organizationOf } from './organization'
import type { Said } from './values'
import { valuesOf } from './values'

const HOME_PAGE: Vocabulary = {
  title: 'Home page of the company',
  source: 'https://schema.org/Organization',
  words: {
    stated: { means: 'written for machines: data about the organization, the address of the page', atMost: UNSCORED },
    tagged: { means: 'written for search engines and social networks', atMost: 0.65 },
    linked: { means: 'the only link of its kind, or the one with the name of the domain', atMost: UNSCORED },
    loaded: { means: 'a script or file of the product is loaded', atMost: UNSCORED },
    one_of_several: { means: 'the first of several links', atMost: 0.4 },
    elsewhere: { means: 'the page calls another domain its own: perhaps somebody else has moved in', atMost: 0.4 },
  },
}

type Word = 'stated' | 'tagged' | 'linked' | 'loaded' | 'one_of_several'

/** The company's own home page: what it says about itself, where it links, and what it is made with. One call a domain. */
export const homePage: Provider = {
  id: 'home_page',
  name: 'Home page of the company',
  docs: 'https://schema.org/Organization',
  kind: 'public',
  hosts: [],
  asksKeyDomain: true,
  // Each is another server, so what one of them answers says nothing about the next: no site ends the run for others.
  statuses: {
    400: 'not_found',
    401: 'not_found',
    402: 'not_found',
    403: 'not_found',
    405: 'not_found',
    406: 'not_found',
    422: 'not_found',
    429: 'not_found',
    // A page that is barred by law is no person who objects.
    451: 'not_found',
  },
  // At most five a wave (safety S23).
  limits: { perSecond: 5 },
  vocabularies: [HOME_PAGE],
  operations: [
    remote<'domain'>({
      id: 'home_page',
      by: 'domain',
      finds: [
        'company_name',
        'website',
        'legal_name',
        'company_linkedin_url',
        'company_twitter_url',
        'company_facebook_url',
        'company_phone',
        'company_email',
        'company_description',
        'company_logo_url',
        'company_founded',
        'naics_code',
        'employees',
        'company_size',
        'stock_ticker',
        'hq_address',
        'hq_city',
        'hq_region',
        'hq_postal_code',
        'hq_country',
        'technologies',
        'cms',
        'crm_software',
        'ecommerce_platform',
        'analytics_tools',
      ],
      price: { credits: 0, charge: 'call' },
      freeRepeats: true,
      reads: 'text',
      request: ([key]) => ({ url: `https://${hostOf(key)}/`, headers: { accept: 'text/html' } }),
      read: (body, [key]) => [readPage(body, key.domain)],
    }),
  ],
}

// What is no public host is asked nowhere: `.invalid` never resolves (RFC 2606).
function hostOf(key: LookupKey<'domain'>): string {
  const host = asciiHost(key.domain)
  return host && isPublicHost(host) ? host : `${lookupTag('domain', key)}.invalid`
}

function readPage(body: unknown, domain: string): Outcome {
  if (typeof body !== 'string') throw new Error('no page')
  const page = scanPage(body)
  const organization = organizationOf(page.data, (url) => !domainOf(url) || domainOf(url) === domain)
  const addresses = [page.canonical, page.meta.get('og:url'), organization?.url]
  const address = addresses.find((one) => one !== undefined && domainOf(one))
  const own = address && domainOf(address)
  const elsewhere = own !== undefined && own !== domain
  const said = (word: Word, values: Said): Values =>
    valuesOf(values, { ...grade(HOME_PAGE, elsewhere ? 'elsewhere' : word), sourceUrl: `https://${domain}/` })
  const { cms, shop, analytics, crm, all } = technologiesOf(page)
  // What is said for machines goes before what is said beside it.
  return found({
    ...said('tagged', {
      company_name: metaText(page, 'og:site_name', 'application-name'),
      company_description: metaText(page, 'description', 'og:description'),
    }),
    ...socialLinks(page, organization, domain, said),
    ...contact(page, organization, domain, said),
    ...said('stated', {
      ...(organization && statements(organization, domain)),
      website: address && websiteOf(address),
    }),
    ...said('loaded', {
      technologies: all.join(', '),
      cms: cms.join(', '),
      ecommerce_platform: shop.join(', '),
      analytics_tools: analytics.join(', '),
      crm_software: crm.join(', '),
    }),
  })
}

function domainOf(url: string): string | undefined {
  return /^\s*(?:https?:)?\/\//i.test(url) ? normalizeDomain(decodeHtml(url.slice(0, MAX_LINK))) : undefined
}

function websiteOf(address: string): string | undefined {
  const host = hostIn(decodeHtml(address))
  return host && `https://${host}`
}

function metaText({ meta }: Page, ...names: readonly string[]): string | undefined {
  const text = names.map((name) => meta.get(name)).find((one) => one !== undefined)
  return text && decodeHtml(text).slice(0, MAX_TEXT)
}

// A description is a paragraph; some pages put all of themselves there.
const MAX_TEXT = 1_000

// What people write is shorter, and reading it takes longer the longer it is.
const MAX_LINK = 500
const MAX_CONTACTS = 30

function statements(organization: Organization, domain: string): Said {
  const { logo, employees = '', description } = organization
  return {
    company_name: organization.name,
    legal_name: organization.legalName,
    company_description: description?.slice(0, MAX_TEXT),
    company_logo_url: logo && absolute(logo, domain),
    company_founded: organization.founded,
    naics_code: organization.naics,
    stock_ticker: organization.ticker,
    // `250` or `51-200`.
    employees: /^\d{1,7}$/.test(employees) ? employees : undefined,
    company_size: /^\d{1,7}-\d{1,7}$/.test(employees) ? employees : undefined,
    hq_address: organization.street,
    hq_city: organization.city,
    hq_region: organization.region,
    hq_postal_code: organization.postalCode,
    hq_country: organization.country && countryCode(organization.country),
  }
}

function absolute(url: string, domain: string): string | undefined {
  if (/^https?:\/\//i.test(url)) return url
  if (url.startsWith('//')) return `https:${url}`
  return url.startsWith('/') ? `https://${domain}${url}` : undefined
}

type Sayer = (word: Word, values: Said) => Values

function socialLinks(page: Page, organization: Organization | undefined, domain: string, said: Sayer): Values {
  const all = [...(organization?.sameAs ?? []), ...page.links.map(decodeHtml)]
  const linkIn = (field: 'company_linkedin_url' | 'company_twitter_url' | 'company_facebook_url', read: Reader) => {
    const stated = organization?.sameAs.map(read).find((link) => link !== undefined)
    if (stated) return said('stated', { [field]: stated })
    const links = [...new Set(all.flatMap((link) => read(link) ?? []))]
    const [label = ''] = domain.split('.')
    const named = links.filter((link) => plain(link.replace(/^.*\//, '')) === plain(label))
    const [link] = named.length === 1 ? named : links
    return said(named.length === 1 || links.length === 1 ? 'linked' : 'one_of_several', { [field]: link })
  }
  return {
    ...linkIn('company_linkedin_url', (link) =>
      /linkedin\.com\//i.test(link) ? normalizeLinkedInCompany(link) : undefined,
    ),
    ...linkIn('company_twitter_url', twitterUrl),
    ...linkIn('company_facebook_url', facebookUrl),
  }
}

type Reader = (link: string) => string | undefined

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

// Buttons to share this page lead there too.
function twitterUrl(link: string): string | undefined {
  const name = /^(?:https?:)?\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/@?(\w{1,15})\/?(?:[?#]|$)/i.exec(link)?.[1]
  return name && !/^(?:share|intent|home|search|hashtag|i|login|explore)$/i.test(name)
    ? `https://x.com/${name}`
    : undefined
}

function facebookUrl(link: string): string | undefined {
  const path =
    /^(?:https?:)?\/\/(?:[a-z-]{1,10}\.)?facebook\.com\/([\w.-]{2,80}|(?:pages|people|p)\/[\w.%-]{1,120}(?:\/\d{1,20})?)\/?(?:[?#]|$)/i.exec(
      link,
    )?.[1]
  const isPage =
    path && !/^(?:sharer?|dialog|plugins|tr|login|groups|events|hashtag|pages|people|p|profile)(?:\.php)?$/i.test(path)
  return isPage ? `https://www.facebook.com/${path}` : undefined
}

function contact(page: Page, organization: Organization | undefined, domain: string, said: Sayer): Values {
  const mails = [organization?.email, ...linked(page, /^\s*mailto:/i)]
  // Of the company's own domain, and a function: the address of a person is not the company's.
  const own = [...new Set(mails.flatMap((mail) => (mail && normalizeEmail(mail)) || []))].filter(
    (mail) =>
      normalizeDomain(mail) === domain && isRoleMailbox(emailLocal(mail) ?? '') && !NOT_FOR_CUSTOMERS.test(mail),
  )
  const country = organization?.country && countryCode(organization.country)
  const read = (phone: string) => normalizePhone(phone, country)?.e164
  // Without its country a number could be anybody's: only what can be read completely is taken.
  const phones = [...new Set(linked(page, /^\s*tel:/i).flatMap((phone) => read(phone) ?? []))]
  return {
    ...said('linked', { company_email: own.find((mail) => GENERAL.test(mail)) ?? own[0] }),
    ...said(phones.length === 1 ? 'linked' : 'one_of_several', { company_phone: phones[0] }),
    ...said('stated', { company_phone: organization?.phone && read(organization.phone) }),
  }
}

// What the first links of a scheme lead to, without the scheme and what a mail should be about.
function linked({ links }: Page, scheme: RegExp): readonly string[] {
  const found = links.filter((link) => scheme.test(link)).slice(0, MAX_CONTACTS)
  return found.map((link) => decoded(decodeHtml(link.replace(scheme, ''))).replace(/\?.*$/s, ''))
}

const GENERAL = /^(?:info|contact|contacts|contacto|contato|kontakt|hello|hallo|bonjour|office|mail|post)@/
const NOT_FOR_CUSTOMERS =
  /^(?:no-?reply|donotreply|privacy|dpo|gdpr|rgpd|datenschutz|abuse|security|postmaster|hostmaster|webmaster|jobs?|careers?|hr|rh|bewerbung|recrutement|recruitment|recruiting)@/

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
