import { PROVIDERS } from '../providers/index'
import type { PrivacyView } from './api-types'
import { loadBasis } from './basis'
import type { Host } from './host'
import { countSuppressed } from './suppressed'
import { viewVendors } from './view-vendors'

/** What the Privacy screen shows. */
export function viewPrivacy(host: Host): PrivacyView {
  const vendors = viewVendors(host, PROVIDERS).filter(({ keys, transfer }) => keys.length > 0 || transfer === 'covered')
  return {
    basis: loadBasis(host) ?? null,
    suppressed: countSuppressed(host),
    vendors: vendors.map(({ id, name, region, transfer }) => ({ id, name, region, transfer })),
  }
}
