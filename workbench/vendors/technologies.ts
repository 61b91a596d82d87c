import { type Domain, fingerprint } from './people'

/** A technology and what of it can be seen in a home page. */
export interface Technology {
  readonly slug: string
  readonly name: string
  readonly category: { readonly id: number; readonly slug: string; readonly name: string }
  /** Lower-case names. */
  readonly headers?: { readonly [name: string]: string }
  readonly generator?: string
  /** Markup at the end of the head. */
  readonly head?: string
}

const CMS = { id: 1, slug: 'cms', name: 'CMS' }

/** Each of these is used by 35 % of the companies, whatever else they use. */
const COMMON: readonly Technology[] = [
  {
    slug: 'cloudflare',
    name: 'Cloudflare',
    category: { id: 31, slug: 'cdn', name: 'CDN' },
    headers: { server: 'cloudflare', 'cf-ray': '0000000000000000-CDG', 'set-cookie': '__cf_bm=simulated; path=/' },
  },
  {
    slug: 'google-analytics',
    name: 'Google Analytics',
    category: { id: 10, slug: 'analytics', name: 'Analytics' },
    head: '<script async src="https://www.googletagmanager.com/gtag/js?id=G-EXAMPLE000"></script><script>function gtag(){dataLayer.push(arguments)}gtag("config","G-EXAMPLE000")</script>',
  },
  {
    slug: 'hubspot',
    name: 'HubSpot',
    category: { id: 32, slug: 'marketing-automation', name: 'Marketing automation' },
    head: '<script id="hs-script-loader" async defer src="//js.hs-scripts.com/0000000.js"></script>',
  },
  {
    slug: 'nginx',
    name: 'Nginx',
    category: { id: 22, slug: 'web-servers', name: 'Web servers' },
    headers: { server: 'nginx' },
  },
  {
    slug: 'react',
    name: 'React',
    category: { id: 12, slug: 'javascript-frameworks', name: 'JavaScript frameworks' },
    head: '<script crossorigin src="https://unpkg.com/react@18/umd/react.production.min.js"></script>',
  },
  {
    slug: 'shopify',
    name: 'Shopify',
    category: { id: 6, slug: 'ecommerce', name: 'Ecommerce' },
    headers: { 'powered-by': 'Shopify' },
    head: '<script src="https://cdn.shopify.com/s/files/1/0000/assets/theme.js"></script><script>var Shopify = Shopify || {}; Shopify.theme = {"name":"Simulated"};</script>',
  },
  {
    slug: 'wordpress',
    name: 'WordPress',
    category: CMS,
    headers: { 'x-powered-by': 'PHP/8.2.0' },
    generator: 'WordPress 6.5.2',
    head: '<link rel="stylesheet" href="/wp-content/themes/simulated/style.css?ver=6.5.2"><script src="/wp-includes/js/jquery/jquery.min.js"></script>',
  },
  {
    slug: 'zendesk',
    name: 'Zendesk',
    category: { id: 52, slug: 'live-chat', name: 'Live chat' },
    head: '<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key=simulated"></script>',
  },
]

/** One of these, or none, for companies without WordPress and Shopify. */
const SYSTEMS: readonly (Technology | undefined)[] = [
  { slug: 'wix', name: 'Wix', category: CMS, generator: 'Wix.com Website Builder' },
  {
    slug: 'squarespace',
    name: 'Squarespace',
    category: CMS,
    headers: { server: 'Squarespace' },
    head: '<script src="https://assets.squarespace.com/universal/scripts-compressed/common.js"></script>',
  },
  { slug: 'webflow', name: 'Webflow', category: CMS, generator: 'Webflow' },
  {
    slug: 'drupal',
    name: 'Drupal',
    category: CMS,
    headers: { 'x-generator': 'Drupal 10 (https://www.drupal.org)' },
    generator: 'Drupal 10 (https://www.drupal.org)',
  },
  { slug: 'joomla', name: 'Joomla', category: CMS, generator: 'Joomla! - Open Source Content Management' },
  { slug: 'typo3-cms', name: 'TYPO3 CMS', category: CMS, generator: 'TYPO3 CMS' },
  undefined,
  undefined,
]

/** What the website of an invented company is made with: the same at every vendor. */
export function technologiesOf({ name }: Domain): readonly Technology[] {
  const common = COMMON.filter(({ slug }) => fingerprint(`company uses ${slug} ${name}`) % 100 < 35)
  if (common.some(({ slug }) => slug === 'wordpress' || slug === 'shopify')) return common
  const system = SYSTEMS[fingerprint(`system ${name}`) % SYSTEMS.length]
  return system ? [...common, system] : common
}
