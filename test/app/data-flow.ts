import { readFileSync, writeFileSync } from 'node:fs'
import { LOOKUP_WORDS } from '../../src/domain/lookup-key'
import { fieldInfo } from '../../src/domain/field'
import type { HttpRequest, Provider } from '../../src/domain/provider'
import type { VendorRequest } from '../../workbench/vendors/contract'

const PAGE = 'docs/data-flow.md'

/** What nobody outside may ever see: it stands in a column of each list that no field is. */
export const PLANTED = 'planted-remark-5f3a'

/** Every kind of request that reached a vendor, and the names of what was in it. */
export interface DataFlow {
  note(request: VendorRequest): void
  /** The names that were sent to a host, by kind of request. */
  sentTo(host: string): ReadonlyMap<string, ReadonlySet<string>>
  /** Requests in which something stood that no question takes. */
  readonly leaks: readonly string[]
}

/** Makes a record of what leaves. */
export function openDataFlow(): DataFlow {
  const hosts = new Map<string, Map<string, Set<string>>>()
  const leaks: string[] = []
  return {
    leaks,
    note({ host, method, path, query, headers, body }) {
      const whole = [path, query.toString(), JSON.stringify(headers), body].join(' ')
      if (whole.includes(PLANTED)) leaks.push(`${host} ${path}`)
      const kinds = hosts.get(host) ?? new Map<string, Set<string>>()
      hosts.set(host, kinds)
      const kind = `${method} ${patternOf(path)}`
      const names = kinds.get(kind) ?? new Set<string>()
      kinds.set(kind, names)
      for (const name of [...query.keys(), ...namesIn(parsed(body))]) names.add(name)
    },
    sentTo: (host) => hosts.get(host) ?? new Map<string, Set<string>>(),
  }
}

/** A request of a source that takes no key, as it would be sent. */
export function requestOf({ url, method = 'get', body }: HttpRequest): VendorRequest {
  const { host, pathname, searchParams } = new URL(url)
  const text = body === undefined ? '' : JSON.stringify(body)
  return { at: 0, host, method: method.toUpperCase(), path: pathname, query: searchParams, headers: {}, body: text }
}

// Parts of an address that are no plain words are values: a domain, a number, a ticket.
function patternOf(path: string): string {
  return path
    .split('/')
    .map((part) => (/^([a-z_-]*|v\d+(\.\d+)?)$/i.test(part) ? part : '*'))
    .join('/')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const within = namesIn(inner)
    return within.length > 0 ? within : [name]
  })
}

/** The section of a vendor: what was recorded, and what its operations may return. */
export function sectionOf(provider: Provider, flow: DataFlow): string {
  const { name, hosts, operations, region, privacy, kind } = provider
  const lines = hosts.flatMap((host) =>
    [...flow.sentTo(host)].map(([request, names]) => {
      const sent = [...names].sort().join(', ')
      return `| \`${request.replace('/*', '/VALUE')}\` | ${sent || 'nothing'} |`
    }),
  )
  const asked = [...new Set(operations.filter(({ kind: how }) => how === 'remote').map(({ by }) => LOOKUP_WORDS[by]))]
  const finds = [...new Set(operations.flatMap((operation) => operation.finds))].map((field) => fieldInfo(field).label)
  const where =
    kind === 'vendor'
      ? `${region ?? 'region not checked'}; privacy notice ${privacy ?? 'not checked'}`
      : 'public source'
  return [
    `### ${name}`,
    '',
    `${hosts.map((host) => `\`${host}\``).join(', ') || 'The company’s own site'}; ${where}. Asked ${asked.join(', ')}. May return: ${finds.join(', ')}.`,
    '',
    '| request | what is in it |',
    '| --- | --- |',
    ...lines.sort(),
  ].join('\n')
}

const MARK = '\n## By vendor\n'

/** Compares the page with these sections; UPDATE_DOCS=1 writes them. */
export function expectPage(sections: readonly string[]): void {
  const page = readFileSync(PAGE, 'utf8')
  const made = `${page.slice(0, page.indexOf(MARK))}${MARK}\n${sections.join('\n\n')}\n`
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, made)
  expect(plain(readFileSync(PAGE, 'utf8'))).toBe(plain(made))
}

// Without the spaces that align the columns of its tables.
function plain(text: string): string {
  return text.replace(/ *\| */g, '|').replace(/-{3,}/g, '---')
}
