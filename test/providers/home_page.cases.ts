import type { Field } from '../../src/domain/field'
import { homePage } from '../../src/providers/home_page'
import type { Case, Cases } from './case'

const keys = [{ domain: 'example.com' }]
const worth = (confidence: number) => ({ confidence, estimated: true, sourceUrl: 'https://example.com/' }) as const

const values = (said: { readonly [F in Field]?: string }, confidence = 0.7) =>
  Object.fromEntries(Object.entries(said).map(([field, value]) => [field, { value, ...worth(confidence) }]))

const pageCase = (name: string, body: string, ...said: readonly ReturnType<typeof values>[]): Case => ({
  name,
  operation: 'home_page',
  keys,
  body,
  outcomes: [
    said.length === 0 ? { kind: 'not_found' } : { kind: 'found', values: Object.assign({}, ...said) as object },
  ],
})

const withData = (data: unknown, rest = '') =>
  `<html><head><script type="application/ld+json">${typeof data === 'string' ? data : JSON.stringify(data)}</script></head><body>${rest}</body></html>`

const organization = {
  '@context': 'https://schema.org',
  '@type': 'Organization',
  name: 'Example',
  legalName: 'Example SAS',
  url: 'https://www.example.com',
  logo: { '@type': 'ImageObject', url: 'https://www.example.com/logo.svg' },
  sameAs: [
    'https://www.linkedin.com/company/example-sas/',
    'https://twitter.com/example',
    'https://www.facebook.com/example',
    'https://www.youtube.com/@example',
  ],
  foundingDate: '2015-01-01',
  numberOfEmployees: { '@type': 'QuantitativeValue', minValue: 51, maxValue: 200 },
  telephone: '+33 1 99 00 12 34',
  email: 'contact@example.com',
  address: {
    '@type': 'PostalAddress',
    streetAddress: '1 rue Test',
    addressLocality: 'Lyon',
    postalCode: '69001',
    addressCountry: 'FR',
  },
}
const organizationValues = values({
  company_name: 'Example',
  legal_name: 'Example SAS',
  website: 'https://www.example.com',
  company_logo_url: 'https://www.example.com/logo.svg',
  company_linkedin_url: 'https://www.linkedin.com/company/example-sas',
  company_twitter_url: 'https://x.com/example',
  company_facebook_url: 'https://www.facebook.com/example',
  company_founded: '2015-01-01',
  company_size: '51-200',
  company_phone: '+33199001234',
  company_email: 'contact@example.com',
  hq_address: '1 rue Test',
  hq_city: 'Lyon',
  hq_postal_code: '69001',
  hq_country: 'FR',
})
const nameOnly = (name = 'Example') => values({ company_name: name })
const named = { '@type': 'Organization', name: 'Example' }

const HEAD = `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">
<title>Example &mdash; Things <script></title>
<META NAME="Description" CONTENT='We make things &amp; caf&eacute;s.'>
<meta property="og:site_name" content="Example"/>
<meta name=generator content="WordPress 6.5">
<link rel="canonical" href="https://www.example.com/">
<link rel=stylesheet href=https://www.example.com/wp-content/themes/x/style.css>
<script async src="https://www.googletagmanager.com/gtag/js?id=G-TEST"></script>
<script>(function(w,d,s){j.src='https://www.googletagmanager.com/gtm.js?id='+i})(window,document)</script>
<script src="//js.hs-scripts.com/1.js"></script>
</head><body>
<!-- <a href="mailto:hidden@example.com">no</a> -->
<a href="mailto:ada.nowak@example.com">Ada</a> <a href="mailto:info@example.net">other</a>
<a href="mailto:jobs@example.com">jobs</a> <a href="mailto:sales@example.com">sales</a>
<a href="mailto:Info%40example.com?subject=Hello">mail</a> <a href="tel:+33-1-99-00-12-34">call</a>
<a href='https://www.linkedin.com/sharing/share-offsite/?url=x'>share</a>
<a href="https://fr.linkedin.com/company/example?trk=x">us</a> <a href="https://www.linkedin.com/in/ada-nowak">Ada</a>
<a href="https://twitter.com/intent/tweet?text=x">tweet</a> <a href="https://x.com/example">X</a>
<a href="https://www.facebook.com/sharer/sharer.php?u=x">share</a> <a href="https://www.facebook.com/example/">F</a>
<p>We love cdn.shopify.com/ and static.hotjar.com/</p></body></html>`
const headValues = {
  ...values({ company_name: 'Example', company_description: 'We make things & cafés.' }, 0.65),
  ...values({
    website: 'https://www.example.com',
    company_linkedin_url: 'https://www.linkedin.com/company/example',
    company_twitter_url: 'https://x.com/example',
    company_facebook_url: 'https://www.facebook.com/example',
    company_email: 'info@example.com',
    company_phone: '+33199001234',
    technologies: 'WordPress, Google Analytics, Google Tag Manager, HubSpot',
    cms: 'WordPress',
    analytics_tools: 'Google Analytics, Google Tag Manager',
    crm_software: 'HubSpot',
  }),
}

export const recorded: Cases = {
  provider: homePage,
  cases: [
    {
      ...pageCase('data about the organization', withData(organization), organizationValues),
      request: { url: 'https://example.com/', headers: { accept: 'text/html' } },
    },
    pageCase('tags, links and scripts; what is only written about does not count', HEAD, headValues),
    pageCase('in a graph', withData({ '@graph': [{ '@type': 'WebPage' }, named] }), nameOnly()),
    pageCase('in a list', withData([{ '@type': 'WebSite', publisher: named }]), nameOnly()),
    pageCase('of two types', withData({ ...named, '@type': ['Thing', 'https://schema.org/Corporation'] }), nameOnly()),
    pageCase('a shop is one too', withData({ ...named, '@type': 'ClothingStore' }), nameOnly()),
    pageCase('a service that is offered is none', withData({ ...named, '@type': 'Service' })),
    pageCase('who is only mentioned is another', withData({ '@type': 'Article', author: named })),
    pageCase(
      'its own before others',
      withData([
        { ...named, name: 'Partner', url: 'https://example.net' },
        { ...named, name: 'Nobody' },
        { ...named, url: 'https://example.com' },
      ]),
      nameOnly(),
      values({ website: 'https://example.com' }),
    ),
    pageCase('another domain alone', withData({ ...named, url: 'https://example.net' })),
    pageCase(
      'line breaks inside a text, references, a comment around it',
      withData('<!-- {"@type":"Organization","name":"O&#39;Neill\n &amp; Example"} -->'),
      nameOnly("O'Neill & Example"),
    ),
    pageCase('broken data', withData('{"@type":"Organization","name":"Exam')),
    pageCase(
      'data of odd types',
      withData({
        ...named,
        logo: '/logo.png',
        numberOfEmployees: '250',
        foundingDate: 2015,
        address: [{ addressLocality: 'Lyon' }, { addressLocality: 'Paris' }],
        sameAs: 'https://x.com/example',
        telephone: { number: 1 },
        tickerSymbol: 'XTST: EX',
        naics: 541511,
      }),
      nameOnly(),
      values({
        company_logo_url: 'https://example.com/logo.png',
        employees: '250',
        company_founded: '2015',
        company_twitter_url: 'https://x.com/example',
        stock_ticker: 'XTST: EX',
        naics_code: '541511',
      }),
    ),
    pageCase(
      'a national number is read in the country of the address',
      withData({ ...named, telephone: '01 99 00 12 34', address: { addressCountry: { name: 'France' } } }),
      nameOnly(),
      values({ company_phone: '+33199001234', hq_country: 'FR' }),
    ),
    pageCase(
      'a national number of nowhere is nobody’s',
      withData({ ...named, telephone: '01 99 00 12 34' }),
      nameOnly(),
    ),
    pageCase(
      'the page of a domain that moved: nothing is sure',
      '<link rel=canonical href="https://www.example.net/"><meta property=og:site_name content=Other>',
      values({ company_name: 'Other', website: 'https://www.example.net' }, 0.4),
    ),
    pageCase(
      'several companies are linked, one has the name of the domain',
      '<a href="https://www.linkedin.com/company/partner">P</a><a href="https://www.linkedin.com/company/example">E</a>',
      values({ company_linkedin_url: 'https://www.linkedin.com/company/example' }),
    ),
    pageCase(
      'several companies are linked, none has the name of the domain',
      '<a href="https://www.linkedin.com/company/partner">P</a><a href="https://www.linkedin.com/company/other">O</a>' +
        '<a href="tel:+33199001234">1</a><a href="tel:+33199005678">2</a>',
      values({ company_linkedin_url: 'https://www.linkedin.com/company/partner', company_phone: '+33199001234' }, 0.4),
    ),
    pageCase(
      'a shop',
      '<script src="https://cdn.shopify.com/s/files/1/x.js"></script><img src="/_next/static/a.png">',
      values({ technologies: 'Shopify, Next.js', ecommerce_platform: 'Shopify' }),
    ),
    pageCase(
      'not closed',
      '<html><meta property="og:site_name" content="Example"><a href="',
      values({ company_name: 'Example' }, 0.65),
    ),
    pageCase('nothing of use', '<!doctype html><html><body>502 Bad Gateway</body></html>'),
    pageCase('empty', ''),
    pageCase('no page at all', '%PDF-1.7 \u0000\u0001'),
    ...(
      [
        [401, { kind: 'not_found' }],
        [403, { kind: 'not_found' }],
        [404, { kind: 'not_found' }],
        [410, { kind: 'not_found' }],
        [429, { kind: 'not_found' }],
        [451, { kind: 'not_found' }],
        [500, { kind: 'unavailable' }],
        [503, { kind: 'unavailable' }],
        [0, { kind: 'unavailable' }],
      ] as const
    ).map(([status, outcome]): Case => ({
      name: `status ${status}`,
      operation: 'home_page',
      keys,
      status,
      body: HEAD,
      outcomes: [outcome],
    })),
  ],
}
