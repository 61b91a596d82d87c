import { dns } from '../../src/providers/dns'
import type { Cases } from './case'
import { dnsCases } from './dns-cases'

export const recorded: Cases = {
  provider: dns,
  cases: dnsCases({
    request: { url: 'https://dns.google/resolve?name=example.com&type=MX' },
    dot: '.',
    comment: 'Response from 192.0.2.1.',
  }),
}
