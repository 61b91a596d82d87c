import type { HttpRequest } from '../../src/domain/provider'
import type { Case } from './case'

const keys = [{ domain: 'example.com' }]
const ours = { confidence: 0.7, estimated: true } as const

interface Quirks {
  readonly request: HttpRequest
  /** How host names end. */
  readonly dot: '' | '.'
  readonly comment: unknown
}

/** The cases that every DNS service shares, in its own spelling. */
export function dnsCases({ request, dot, comment }: Quirks): readonly Case[] {
  const answer = (status: number, records?: readonly unknown[]) => ({
    Status: status,
    TC: false,
    RD: true,
    RA: true,
    AD: false,
    CD: false,
    Question: [{ name: `example.com${dot}`, type: 15 }],
    ...(records && { Answer: records }),
    Comment: comment,
  })
  const mx = (data: string) => ({ name: `example.com${dot}`, type: 15, TTL: 300, data })
  const takesMail = (service?: string) =>
    ({
      kind: 'found',
      values: {
        accepts_mail: { value: 'yes', ...ours },
        ...(service && { mail_provider: { value: service, ...ours } }),
      },
    }) as const
  const takesNone = { kind: 'found', values: { accepts_mail: { value: 'no', ...ours } } } as const
  const known = (
    [
      ['aspmx.l.google.com', 'Google Workspace'],
      ['smtp.google.com', 'Google Workspace'],
      ['ASPMX2.GOOGLEMAIL.COM', 'Google Workspace'],
      ['example-com.mail.protection.outlook.com', 'Microsoft 365'],
      ['mx1.example.pphosted.com', 'Proofpoint'],
      ['eu-smtp-inbound-1.mimecast.com', 'Mimecast'],
      ['mx2.zoho.eu', 'Zoho Mail'],
      ['mail.protonmail.ch', 'Proton Mail'],
      ['mx1.mail.ovh.net', 'OVHcloud'],
    ] as const
  ).map(([host, service]): Case => ({
    name: `found: ${host} is ${service}`,
    operation: 'mx',
    keys,
    body: answer(0, [mx(`10 ${host}${dot}`)]),
    outcomes: [takesMail(service)],
  }))
  return [
    ...known,
    {
      name: 'found: the most preferred host counts',
      operation: 'mx',
      keys,
      request,
      body: answer(0, [mx(`50 mx.zoho.eu${dot}`), mx(`5 aspmx.l.google.com${dot}`), mx(`9 mx.example.net${dot}`)]),
      outcomes: [takesMail('Google Workspace')],
    },
    {
      name: 'partly found: a host that nobody knows',
      operation: 'mx',
      keys,
      body: answer(0, [mx(`10 mx.example.com${dot}`)]),
      outcomes: [takesMail()],
    },
    {
      name: 'partly found: a host that only looks like a known one',
      operation: 'mx',
      keys,
      body: answer(0, [mx(`10 notgoogle.com${dot}`), mx(`20 google.com.example.net${dot}`)]),
      outcomes: [takesMail()],
    },
    {
      name: 'found: through an alias',
      operation: 'mx',
      keys,
      body: answer(0, [
        { name: `example.com${dot}`, type: 5, TTL: 300, data: `example.net${dot}` },
        mx(`1 aspmx.l.google.com${dot}`),
      ]),
      outcomes: [takesMail('Google Workspace')],
    },
    { name: 'null MX', operation: 'mx', keys, body: answer(0, [mx('0 .')]), outcomes: [takesNone] },
    { name: 'null MX without its dot', operation: 'mx', keys, body: answer(0, [mx('0 ')]), outcomes: [takesNone] },
    { name: 'no such domain', operation: 'mx', keys, body: answer(3), outcomes: [takesNone] },
    { name: 'no MX record', operation: 'mx', keys, body: answer(0), outcomes: [{ kind: 'not_found' }] },
    { name: 'an empty list', operation: 'mx', keys, body: answer(0, []), outcomes: [{ kind: 'not_found' }] },
    {
      name: 'an alias to nothing',
      operation: 'mx',
      keys,
      body: answer(0, [{ name: `example.com${dot}`, type: 5, TTL: 300, data: `example.net${dot}` }]),
      outcomes: [{ kind: 'not_found' }],
    },
    { name: 'SERVFAIL', operation: 'mx', keys, body: answer(2), outcomes: [{ kind: 'unavailable' }] },
    { name: 'REFUSED', operation: 'mx', keys, body: answer(5), outcomes: [{ kind: 'unavailable' }] },
    {
      name: 'an unreadable record',
      operation: 'mx',
      keys,
      body: answer(0, [mx('ten mx.example.com')]),
      outcomes: [{ kind: 'unavailable' }],
    },
    {
      name: 'an invalid name',
      operation: 'mx',
      keys: [{ domain: 'no domain' }],
      status: 400,
      body: 'Invalid name',
      outcomes: [{ kind: 'refused', because: 'input' }],
    },
    {
      name: 'too many questions',
      operation: 'mx',
      keys,
      status: 429,
      headers: { 'retry-after': '3' },
      body: '',
      outcomes: [{ kind: 'throttled', retryAfterMs: 3000 }],
    },
    { name: 'down', operation: 'mx', keys, status: 503, body: '', outcomes: [{ kind: 'unavailable' }] },
    {
      name: 'an HTML page',
      operation: 'mx',
      keys,
      body: '<!doctype html><title>Sorry</title>',
      outcomes: [{ kind: 'unavailable' }],
    },
  ]
}
