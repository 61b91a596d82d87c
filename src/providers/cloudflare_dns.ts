import type { Provider } from '../domain/provider'
import { MX_RECORDS, mxOperation } from './dns'

/** Cloudflare's public resolver, asked when Google's does not answer. */
export const cloudflareDns: Provider = {
  id: 'cloudflare_dns',
  name: 'Cloudflare DNS',
  docs: 'https://developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json/',
  kind: 'public',
  hosts: ['cloudflare-dns.com'],
  // No number is documented; this is our courtesy.
  limits: { perSecond: 20 },
  vocabularies: [MX_RECORDS],
  // Without this header the answer is not JSON.
  operations: [mxOperation('https://cloudflare-dns.com/dns-query', { accept: 'application/dns-json' })],
}
