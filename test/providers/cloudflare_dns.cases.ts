import { cloudflareDns } from '../../src/providers/cloudflare_dns'
import type { Cases } from './case'
import { dnsCases } from './dns-cases'

export const recorded: Cases = {
  provider: cloudflareDns,
  cases: dnsCases({
    request: {
      url: 'https://cloudflare-dns.com/dns-query?name=example.com&type=MX',
      headers: { accept: 'application/dns-json' },
    },
    dot: '',
    comment: ['Response from 192.0.2.1.'],
  }),
}
