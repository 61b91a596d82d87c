// Home pages of invented companies, from providers.md H11 (what can be read in them) and G3 (what tells the
// technology). How many pages are of which kind is ours, and so is the refusal of a query: nothing of a sheet belongs
// into a stranger's logs (safety.md S23).
//
// Plays every domain kept for examples, with and without `www.` (`*.example` stands for all): `/`.
//
// Refuses: another path (404), a query or a body (400), another method than GET (405). A domain without mail and web,
// or one that does not exist, does not resolve, as in DNS. Of a hundred companies 43 say who they are as JSON-LD (an
// object, a graph, a list, three of them ill-formed), 25 have links to their profiles among buttons for sharing, 10
// have nothing to read, and the rest are empty shells, for sale, missing, guarded, failing, huge, garbage or moved to
// another domain. `NOTABLE_PAGES` names one of each kind and one that redirects for ever. 30 % live under `www.`, 50 %
// without, and the other name redirects; 20 % answer to both. `technologies.ts` says what a site is made with:
// generators, headers, scripts.
import { type Company, companyOf } from '../companies'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { type Domain, fingerprint, NOTABLE, takesMail } from '../people'
import { technologiesOf } from '../technologies'

/** The name that stands for all home pages in `Vendors.hosts`: weather and scripts for it are for each of them. */
export const ALL_HOME_PAGES = '*.example'

type Kind =
  | 'organization'
  | 'graph'
  | 'list'
  | 'ill_formed'
  | 'social'
  | 'plain'
  | 'shell'
  | 'parked'
  | 'not_found'
  | 'guarded'
  | 'failing'
  | 'huge'
  | 'garbage'
  | 'moved'
  | 'loop'

/** Domains whose home page is of one fixed kind, for tests. Everything else follows from the hash of its name. */
export const NOTABLE_PAGES: { readonly [kind in Kind]: string } = {
  organization: NOTABLE.everyoneFound,
  graph: 'graph.example',
  list: 'list.example',
  ill_formed: 'illformed.example',
  social: 'social.example',
  plain: NOTABLE.nobodyFound,
  shell: 'shell.example',
  parked: 'parked.example',
  not_found: 'lostpage.example',
  guarded: 'guarded.example',
  failing: 'failing.example',
  huge: 'huge.example',
  garbage: NOTABLE.oddServer,
  moved: 'moved.example',
  loop: 'loop.example',
}

/** How many of a hundred companies have a page of a kind; a loop is only where a test asks for it. */
const SHARES: readonly (readonly [Kind, number])[] = [
  ['organization', 20],
  ['graph', 14],
  ['list', 6],
  ['ill_formed', 3],
  ['social', 25],
  ['plain', 10],
  ['shell', 4],
  ['parked', 3],
  ['not_found', 4],
  ['guarded', 3],
  ['failing', 2],
  ['huge', 2],
  ['garbage', 2],
  ['moved', 2],
]

/** Characters of a huge page: far more than anybody should look through. */
const HUGE = 3_000_000

/** Starts the home pages of every company of a world that has a website: none where mail and web are missing. */
export const create: CreateVendor = ({ world, slowMs }) => {
  const siteOf = (host: string): Domain | undefined => {
    const domain = world.domain(bare(host))
    return domain && domain.mail !== 'none' && domain.mail !== 'missing' ? domain : undefined
  }

  const show = ({ host }: VendorRequest, domain: Domain): VendorAnswer => {
    const { name } = domain
    const answer = page(domain, kindOf(name))
    const home = homeOf(name)
    const target = answer.headers?.['location'] ?? (home === 'both' || home === host ? undefined : `https://${home}/`)
    if (target === undefined) return name === NOTABLE.slow ? { ...answer, afterMs: slowMs } : answer
    const headers = { 'content-type': 'text/html', location: target }
    return { status: 301, body: '', headers, operation: 'redirect', questions: [], credits: 0 }
  }

  return {
    hosts: [ALL_HOME_PAGES],
    plays: (host) => siteOf(host) !== undefined,
    answer(request) {
      const domain = siteOf(request.host)
      if (!domain) return html(421, 'Misdirected request')
      if (request.method !== 'GET') return html(405, 'Method not allowed')
      if (request.query.size > 0 || request.body) return html(400, 'Bad request')
      return request.path === '/' ? show(request, domain) : html(404, notFoundPage(domain))
    },
    throttle: () => ({ ...html(429, 'Too many requests'), headers: { ...HTML, 'retry-after': '60' } }),
    reset: () => undefined,
  }
}

const HTML = { 'content-type': 'text/html; charset=utf-8' }

function html(status: number, body: string): VendorAnswer {
  return { status, body, headers: HTML, operation: 'home-page', questions: [], credits: 0 }
}

function bare(host: string): string {
  return host.replace(/^www\./, '')
}

/** Where the site lives; `both` when neither name leads to the other. */
function homeOf(name: string): string {
  const spread = fingerprint(`site ${name}`) % 100
  if (spread < 30) return `www.${name}`
  return spread < 80 ? name : 'both'
}

function kindOf(name: string): Kind {
  for (const [kind, notable] of Object.entries(NOTABLE_PAGES) as [Kind, string][]) if (notable === name) return kind
  let rest = fingerprint(`page ${name}`) % 100
  for (const [kind, share] of SHARES) {
    if (rest < share) return kind
    rest -= share
  }
  return 'plain'
}

function page(domain: Domain, kind: Kind): VendorAnswer {
  const { name } = domain
  const ofTechnologies = Object.fromEntries(
    technologiesOf(domain).flatMap((each) => Object.entries(each.headers ?? {})),
  )
  const answer = (status: number, body: string, headers: VendorAnswer['headers'] = {}): VendorAnswer => ({
    ...html(status, body),
    headers: { ...ofTechnologies, ...HTML, ...headers },
    questions: [name],
  })
  switch (kind) {
    case 'organization':
      return answer(200, document(domain, block(organization(domain)), ''))
    case 'graph': {
      const graph = [{ '@type': 'WebSite', name: domain.company }, { '@type': 'WebPage' }, organization(domain)]
      return answer(200, document(domain, block({ '@context': 'https://schema.org', '@graph': graph }), ''))
    }
    case 'list': {
      const crumbs = { '@context': 'https://schema.org', '@type': 'BreadcrumbList', itemListElement: [] }
      return answer(200, document(domain, block(crumbs) + block([organization(domain)]), socialLinks(domain)))
    }
    case 'ill_formed':
      return answer(200, document(domain, block(organization(domain)).replace(/\}<\/script>/, ',}</script>'), ''))
    case 'social':
      return answer(200, document(domain, '', socialLinks(domain)))
    case 'plain':
      return answer(200, document(domain, '', ''))
    case 'shell':
      return answer(
        200,
        '<!doctype html><html><head><meta charset="utf-8"></head><body><div id="root"></div></body></html>',
      )
    case 'parked':
      return answer(
        200,
        `<html><head><title>${name} is for sale</title></head><body><a href="https://market.example/${name}">Buy this domain</a></body></html>`,
      )
    case 'not_found':
      return answer(404, notFoundPage(domain))
    case 'guarded':
      return answer(
        403,
        '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>',
      )
    case 'failing':
      return answer(500, '<h1>Internal Server Error</h1>')
    case 'huge': {
      const filler = '<div class="row"><a href="/product">Product</a></div>\n'
      const content = filler.repeat(Math.ceil(HUGE / filler.length))
      return answer(200, document(domain, '', content + socialLinks(domain)))
    }
    case 'garbage':
      return answer(200, garbage(name))
    case 'moved':
      return answer(301, '', { location: `https://${name.replace(/\./, '-group.')}/` })
    case 'loop':
      return answer(302, '', { location: `https://${name}/` })
  }
}

function document(domain: Domain, head: string, body: string): string {
  const { name, company, country } = domain
  const technologies = technologiesOf(domain)
  const generators = technologies.flatMap(({ generator }) =>
    generator === undefined ? [] : `<meta name="generator" content="${generator}" />`,
  )
  // Some hide the version and the name of what made the page.
  const shown = fingerprint(`generator ${name}`) % 100 < 75 ? generators.join('\n') : ''
  return `<!DOCTYPE html>
<html lang="${country === 'US' || country === 'GB' ? 'en' : country.toLowerCase()}">
<head>
<meta charset="utf-8">
<title>${company} &ndash; Home &amp; More</title>
<meta name="description" content="${company} makes invented things.">
<meta property="og:site_name" content="${company}">
<link rel="icon" href="/favicon.ico">
${shown}
${technologies.flatMap((each) => each.head ?? []).join('\n')}
${head}
</head>
<body>
<h1>${company}</h1>
<!-- <a href="https://www.linkedin.com/company/commented-out">old</a> -->
${body}
</body>
</html>
`
}

function notFoundPage({ company }: Domain): string {
  return `<!DOCTYPE html><html><head><title>Page not found - ${company}</title></head><body>404</body></html>`
}

/** A JSON-LD block, with the attributes in either order and the slashes escaped as PHP does, by the length of it. */
function block(content: object): string {
  const text = JSON.stringify(content)
  return text.length % 2 === 0
    ? `<script type="application/ld+json">${text}</script>\n`
    : `<script class="schema" type='application/ld+json'>\n${text.replace(/\//g, '\\/')}</script>\n`
}

// providers.md H11: each form that a value can have is somebody's.
function organization(domain: Domain): object {
  const { name, country } = domain
  const company = companyOf(domain)
  const dice = (about: string): number => fingerprint(`organization ${about} ${name}`) % 100
  const isFull = name === NOTABLE_PAGES.organization
  const has = (about: string, share: number): boolean => isFull || dice(about) < share
  const telephone = company.phone
  const email = takesMail(domain) ? `hello@${name}` : undefined
  const logo = `https://${name}/logo.png`
  const types = ['Organization', 'Corporation', 'LocalBusiness', ['Organization', 'Brand']]
  return {
    '@context': 'https://schema.org',
    '@type': types[dice('type') % types.length],
    name: domain.company,
    ...(has('legal name', 50) ? { legalName: company.legalName } : {}),
    url: `https://${name}/`,
    logo: dice('logo') < 50 ? logo : { '@type': 'ImageObject', url: logo },
    ...(has('same as', 80) ? { sameAs: profilesOf(company) } : {}),
    ...(has('founded', 50)
      ? { foundingDate: dice('date') < 50 ? String(company.founded) : `${company.founded}-03-01` }
      : {}),
    ...(has('employees', 40) ? { numberOfEmployees: headcount(company, dice('exact') < 50) } : {}),
    ...(has('telephone', 70) && telephone !== null ? { telephone } : {}),
    ...(has('email', 50) && email !== undefined ? { email } : {}),
    ...(has('address', 70)
      ? {
          address: {
            '@type': 'PostalAddress',
            streetAddress: company.street,
            addressLocality: company.city.name,
            postalCode: company.city.postcode,
            addressCountry: dice('country') < 70 ? country : { '@type': 'Country', name: country },
          },
        }
      : {}),
    ...(has('contact', 30)
      ? {
          contactPoint: [
            { '@type': 'ContactPoint', contactType: 'sales', ...(telephone === null ? {} : { telephone }) },
          ],
        }
      : {}),
  }
}

function headcount({ employees: value }: Company, isExact: boolean): object {
  const range = { minValue: Math.max(1, value - (value % 10)), maxValue: value - (value % 10) + 10 }
  return { '@type': 'QuantitativeValue', ...(isExact ? { value } : range) }
}

function profilesOf({ domain: { name }, linkedinHandle: handle }: Company): readonly string[] {
  const has = (network: string, share: number): boolean => fingerprint(`profile ${network} ${name}`) % 100 < share
  const pages: readonly (readonly [string, number])[] = [
    [`https://www.linkedin.com/company/${handle}`, 90],
    [has('new name', 50) ? `https://x.com/${handle}` : `https://twitter.com/${handle}`, 60],
    [`https://www.facebook.com/${handle}/`, 50],
    [`https://www.instagram.com/${handle}/`, 40],
    [`https://www.youtube.com/@${handle}`, 30],
    [`https://github.com/${handle}`, 15],
    [`https://www.tiktok.com/@${handle}`, 15],
  ]
  return pages.flatMap(([page, share], i) =>
    has(`page ${i}`, share) || name === NOTABLE_PAGES.organization ? page : [],
  )
}

// With the links of buttons for sharing, which are nobody's profile (providers.md H11).
function socialLinks(domain: Domain): string {
  const shared = encodeURIComponent(`https://${domain.name}/`)
  const buttons = [
    `https://www.linkedin.com/shareArticle?mini=true&amp;url=${shared}`,
    `https://twitter.com/intent/tweet?url=${shared}`,
    `https://www.facebook.com/sharer/sharer.php?u=${shared}`,
    'https://platform.twitter.com/widgets.js',
  ]
  const profiles = profilesOf(companyOf(domain)).map((link) => `${link}${link.endsWith('/') ? '?ref=footer' : ''}`)
  const links = [...buttons, ...profiles].map((link) => `<li><a href='${link}' target="_blank"><svg></svg></a></li>`)
  return `<footer><ul>\n${links.join('\n')}\n</ul></footer>`
}

/** Text that breaks whoever reads it carelessly: openings without ends, signs that cannot be, and very deep markup. */
function garbage(name: string): string {
  const pieces = [
    '<script type="application/ld+json">{"@type":',
    '<!--',
    '\u0000\uFFFD',
    '<a href="',
    '&#x110000;',
    '<<<',
    ']]>',
  ]
  const noise = Array.from({ length: 400 }, (_, i) => pieces[fingerprint(`garbage ${i} ${name}`) % pieces.length])
  return `${noise.join('')}${'<script '.repeat(20_000)}${'['.repeat(20_000)}`
}
