import type { Environment } from '../domain/environment'
import { Problem } from '../domain/problem'
import type { Auth, HttpRequest, Provider } from '../domain/provider'
import type { KeyPlace, VendorView } from './api-types'
import type { Host, Properties, SignedRequest } from './host'
import type { StoredKey } from './stored'
import { readStoredKey } from './stored'
import { newerProblem } from './versions'

const PLACES = ['personal', 'shared'] as const satisfies readonly KeyPlace[]

// A vendor that has not answered by then is given up; Apps Script waits 6 minutes unless told (platform.md section 5).
const TIMEOUT_SECONDS = 25

// A longer address is refused by Apps Script or cut on the way (platform.md section 1: 2 KB).
const MAX_URL = 2_000

function bag(host: Host, place: KeyPlace): Properties {
  return place === 'personal' ? host.user : host.document
}

function slot(environment: Environment, provider: string): string {
  return `key:${environment}:${provider}`
}

/** The key that would be used: a personal one goes before a shared one. */
export function findKey(host: Host, environment: Environment, provider: Provider): StoredKey | undefined {
  return keyIn(host.user, environment, provider) ?? findSharedKey(host, environment, provider)
}

/** The key of a vendor that everybody in the file may use. */
export function findSharedKey(host: Host, environment: Environment, provider: Provider): StoredKey | undefined {
  return keyIn(host.document, environment, provider)
}

function keyIn(place: Properties, environment: Environment, provider: Provider): StoredKey | undefined {
  if (!provider.auth) return undefined
  const key = readKey(place.peek(slot(environment, provider.id)))
  return key && key.host === provider.hosts[0] ? key : undefined
}

/** Keeps a key, bound to the host that it was entered for. Throws a Problem for what cannot be a key. */
export function saveKey(
  host: Host,
  provider: Provider,
  entry: { readonly environment: Environment; readonly place: KeyPlace; readonly key: string },
): void {
  const key = entry.key.trim()
  if (!provider.auth) throw new Problem(`${provider.name} needs no key.`)
  if (!/^[\x21-\x7e]{4,500}$/.test(key)) {
    throw new Problem(
      `That does not look like a key of ${provider.name}. Copy it from your account there and paste it again.`,
    )
  }
  const stored: StoredKey = { version: 1, host: provider.hosts[0] ?? '', key }
  const place = bag(host, entry.place)
  const name = slot(entry.environment, provider.id)
  // What a newer version keeps there is not overwritten.
  readKey(place.get(name))
  place.set(name, JSON.stringify(stored))
}

/** A key as it is kept; undefined when there is none or it is damaged. Throws a Problem for one of a newer version. */
function readKey(text: string | undefined): StoredKey | undefined {
  if (text === undefined) return undefined
  const read = readStoredKey(text)
  switch (read.kind) {
    case 'read':
      return read.value
    case 'newer':
      throw newerProblem()
    case 'damaged':
      return undefined
  }
}

/** Forgets a key. */
export function removeKey(
  host: Host,
  provider: Provider,
  entry: { readonly environment: Environment; readonly place: KeyPlace },
): void {
  bag(host, entry.place).set(slot(entry.environment, provider.id), undefined)
}

/** Where keys of a vendor are, with their last four characters: all that may go back to the page. */
export function keysOf(host: Host, provider: Provider, environments: readonly Environment[]): VendorView['keys'] {
  return environments.flatMap((environment) =>
    PLACES.flatMap((place) => {
      const key = readKey(bag(host, place).peek(slot(environment, provider.id)))
      return key ? [{ environment, place, last4: key.key.slice(-4) }] : []
    }),
  )
}

/** A request with its secret where the vendor takes it; refuses any host but the vendor's own (safety S5). */
export function sign(request: HttpRequest, provider: Provider, key: StoredKey | undefined): SignedRequest {
  const target = /^https:\/\/([^/?#]+)/.exec(request.url)?.[1]
  if (target === undefined || !(provider.asksKeyDomain ? !provider.auth : provider.hosts.includes(target)))
    throw new Error(`${provider.id} asked an undeclared host`)
  if (request.url.length > MAX_URL) throw new Error(`${provider.id} made an address that is too long`)
  const secret = provider.auth && key ? secretOf(provider.auth, key.key) : {}
  const body = secret.body ? { ...(request.body as object), ...secret.body } : request.body
  return {
    url: request.url,
    method: request.method ?? 'get',
    headers: { ...request.headers, ...secret.headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    timeoutSeconds: TIMEOUT_SECONDS,
    ...(provider.asksKeyDomain && { followsRedirects: true }),
  }
}

interface Secret {
  readonly headers?: { readonly [name: string]: string }
  readonly body?: { readonly [field: string]: string }
}

function secretOf(auth: Auth, key: string): Secret {
  switch (auth.in) {
    case 'header':
      return { headers: { [auth.header]: (auth.prefix ?? '') + key } }
    case 'basic':
      return { headers: { Authorization: `Basic ${base64(key)}` } }
    case 'body':
      return { body: { [auth.field]: key } }
  }
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

// Apps Script has no btoa, and a key is ASCII: checked when it is saved.
function base64(ascii: string): string {
  return ascii.replace(/[\s\S]{1,3}/g, (three) => {
    const bits = [0, 1, 2].reduce((sum, index) => sum * 256 + (three.charCodeAt(index) || 0), 0)
    const digits = [18, 12, 6, 0].map((shift) => BASE64.charAt((bits >> shift) & 63)).join('')
    return digits.slice(0, three.length + 1).padEnd(4, '=')
  })
}
