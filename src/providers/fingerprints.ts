import type { Page } from './html'

/** What a page is made with, by what it is for. */
export interface Technologies {
  readonly cms: readonly string[]
  readonly shop: readonly string[]
  readonly analytics: readonly string[]
  readonly crm: readonly string[]
  /** All of them and the rest. */
  readonly all: readonly string[]
}

type Kind = keyof Technologies

/**
 * `=` before a text: the generator that the page names starts with it. Otherwise a script or an address that the page
 * loads holds it, in lower case.
 */
type Fingerprint = readonly [name: string, kind: Kind, sign: string]

// Our own list, small on purpose. Each group says where its signs can be read.
const FINGERPRINTS: readonly Fingerprint[] = [
  // https://developer.wordpress.org/reference/functions/wp_generator/
  ['WordPress', 'cms', '=wordpress'],
  // https://developer.wordpress.org/plugins/plugin-basics/determining-plugin-and-content-directories/
  ['WordPress', 'cms', '/wp-content/'],
  // https://wordpress.org/plugins/woocommerce/ below the directory of plugins
  ['WooCommerce', 'shop', '/plugins/woocommerce/'],
  ['WooCommerce', 'shop', '=woocommerce'],
  // https://gohugo.io/functions/hugo/generator/
  ['Hugo', 'cms', '=hugo'],
  // https://docs.ghost.org/themes/helpers/functional/ghost_head
  ['Ghost', 'cms', '=ghost'],
  // The generator tags of these, as seen on public pages.
  ['Drupal', 'cms', '=drupal'],
  ['Joomla', 'cms', '=joomla'],
  ['TYPO3', 'cms', '=typo3'],
  ['Wix', 'cms', '=wix.com'],
  ['Webflow', 'cms', '=webflow'],
  ['HubSpot CMS', 'cms', '=hubspot'],
  ['Framer', 'cms', '=framer'],
  ['Contao', 'cms', '=contao'],
  ['PrestaShop', 'shop', '=prestashop'],
  ['Gatsby', 'all', '=gatsby'],
  ['Astro', 'all', '=astro'],
  // Where these keep what their pages load, as seen on public pages.
  ['Drupal', 'cms', '/sites/default/files/'],
  ['Wix', 'cms', 'static.parastorage.com/'],
  ['Squarespace', 'cms', 'static1.squarespace.com/'],
  ['Squarespace', 'cms', 'assets.squarespace.com/'],
  ['Webflow', 'cms', 'cdn.prod.website-files.com/'],
  ['Salesforce Commerce Cloud', 'shop', '/on/demandware.static/'],
  ['BigCommerce', 'shop', 'cdn11.bigcommerce.com/'],
  // https://shopify.dev/docs/storefronts/themes/best-practices/performance/platform
  ['Shopify', 'shop', 'cdn.shopify.com/'],
  ['Shopify', 'shop', '/cdn/shop/'],
  // https://developer.adobe.com/commerce/frontend-core/javascript/init/
  ['Adobe Commerce (Magento)', 'shop', 'text/x-magento-init'],
  // https://developers.google.com/tag-platform/gtagjs/install
  ['Google Analytics', 'analytics', 'googletagmanager.com/gtag/js'],
  ['Google Analytics', 'analytics', 'google-analytics.com/analytics.js'],
  // https://developers.google.com/tag-platform/tag-manager/web
  ['Google Tag Manager', 'analytics', 'googletagmanager.com/gtm.js'],
  // https://developer.matomo.org/guides/tracking-javascript-guide
  ['Matomo', 'analytics', 'matomo.js'],
  ['Matomo', 'analytics', 'piwik.js'],
  // https://plausible.io/docs/plausible-script
  ['Plausible', 'analytics', 'plausible.io/js/'],
  // https://learn.microsoft.com/en-us/clarity/setup-and-installation/clarity-setup
  ['Microsoft Clarity', 'analytics', 'clarity.ms/tag/'],
  // https://help.hotjar.com/hc/en-us/articles/115011639927
  ['Hotjar', 'analytics', 'static.hotjar.com/'],
  // https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/quickstart/
  ['Segment', 'analytics', 'cdn.segment.com/analytics.js'],
  // https://docs.mixpanel.com/docs/tracking-methods/sdks/javascript
  ['Mixpanel', 'analytics', 'cdn.mxpnl.com/'],
  // https://amplitude.com/docs/sdks/analytics/browser
  ['Amplitude', 'analytics', 'cdn.amplitude.com/'],
  // https://posthog.com/docs/libraries/js
  ['PostHog', 'analytics', 'posthog.init('],
  // https://developers.cloudflare.com/web-analytics/get-started/
  ['Cloudflare Web Analytics', 'analytics', 'static.cloudflareinsights.com/'],
  // https://developers.hubspot.com/docs/api/events/tracking-code
  ['HubSpot', 'crm', 'js.hs-scripts.com/'],
  ['HubSpot', 'crm', 'js-eu1.hs-scripts.com/'],
  // The script of its tracking, as seen on public pages.
  ['Salesforce Account Engagement', 'crm', 'pi.pardot.com/'],
  // https://developers.facebook.com/docs/meta-pixel/get-started
  ['Meta Pixel', 'all', 'connect.facebook.net/'],
  // https://www.linkedin.com/help/lms/answer/a418880
  ['LinkedIn Insight Tag', 'all', 'snap.licdn.com/'],
  // https://developers.intercom.com/installing-intercom/web/installation
  ['Intercom', 'all', 'widget.intercom.io/'],
  // https://support.zendesk.com/hc/en-us/articles/4500748175258
  ['Zendesk', 'all', 'static.zdassets.com/'],
  // https://docs.crisp.chat/guides/chatbox-sdks/web-sdk/
  ['Crisp', 'all', 'client.crisp.chat/'],
  // https://docs.stripe.com/js/including
  ['Stripe', 'all', 'js.stripe.com/'],
  // https://nextjs.org/docs/app/api-reference/config/next-config-js/assetPrefix
  ['Next.js', 'all', '/_next/static/'],
  // https://nuxt.com/docs/api/nuxt-config
  ['Nuxt', 'all', '/_nuxt/'],
]

/** What a page shows to be made with; a sign counts where the page loads it, not where it writes about it. */
export function technologiesOf({ meta, code }: Page): Technologies {
  const generator = (meta.get('generator') ?? '').trim().toLowerCase()
  const loaded = code.toLowerCase()
  const seen = FINGERPRINTS.filter(([, , sign]) =>
    sign.startsWith('=') ? generator.startsWith(sign.slice(1)) : loaded.includes(sign),
  )
  const names = (kind: Kind) => distinct(seen.filter(([, of]) => of === kind))
  return {
    cms: names('cms'),
    shop: names('shop'),
    analytics: names('analytics'),
    crm: names('crm'),
    all: distinct(seen),
  }
}

function distinct(seen: readonly Fingerprint[]): readonly string[] {
  return [...new Set(seen.map(([name]) => name))]
}
