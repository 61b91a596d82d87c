import { asText, GoogleError, type Call, type Google, type Services } from './run'

/** Google's figures in platform.md section 1 (T-CACHE). */
const VALUE_BYTES = 102_400
const KEY_CHARACTERS = 250
const DEFAULT_SECONDS = 600
const LONGEST_SECONDS = 21_600
const MAX_ITEMS = 1000
const EVICTED_AT_ONCE = 101

/** What a cache holds under a key, and until when. */
export interface Item {
  readonly text: string
  readonly until: number
}

/** All caches: `document`, `script`, and `user:<id>`. */
export type Caches = Map<string, Map<string, Item>>

/** CacheService: everything becomes text; over 1,000 items the oldest by insertion go, read or not. */
export function cacheServices(google: Google, caches: Caches): Services {
  const cacheOf = (call: Call): Map<string, Item> => {
    const { scope } = call.ref as { readonly scope: string }
    const found = caches.get(scope) ?? new Map<string, Item>()
    caches.set(scope, found)
    return found
  }
  const keyOf = (key: unknown): string => {
    if (key === null || key === undefined || key === '') throw new GoogleError('Invalid argument: key')
    const text = asText(key)
    if (text.length > KEY_CHARACTERS) throw new GoogleError('Argument too large: key')
    return text
  }
  const put = (cache: Map<string, Item>, entries: readonly (readonly [string, unknown])[], seconds: unknown): void => {
    if (typeof seconds === 'number' && seconds > LONGEST_SECONDS)
      throw new GoogleError('Invalid argument: expirationInSeconds')
    const until = google.clock.now() + (typeof seconds === 'number' ? seconds : DEFAULT_SECONDS) * 1000
    const items = entries.map(([key, value]) => {
      const text = String(value)
      if (Buffer.byteLength(text, 'utf8') > VALUE_BYTES) throw new GoogleError('Argument too large: value')
      return [keyOf(key), { text, until }] as const
    })
    for (const [key, item] of items) {
      cache.delete(key)
      cache.set(key, item)
      if (cache.size > MAX_ITEMS) [...cache.keys()].slice(0, EVICTED_AT_ONCE).forEach((oldest) => cache.delete(oldest))
    }
  }
  const get = (cache: Map<string, Item>, key: string): string | undefined => {
    const item = cache.get(key)
    return item && item.until > google.clock.now() ? item.text : undefined
  }
  return {
    'CacheService.getDocumentCache': ({ run }) =>
      run.execution.via === 'web' && google.options.edition === 'addon' ? null : { $: 'Cache', scope: 'document' },
    'CacheService.getScriptCache': () => ({ $: 'Cache', scope: 'script' }),
    'CacheService.getUserCache': ({ run }) => ({ $: 'Cache', scope: `user:${run.user.id}` }),
    'Cache.get': (call) => get(cacheOf(call), keyOf(call.args[0])) ?? null,
    'Cache.getAll'(call) {
      const keys = (call.args[0] as readonly unknown[]).map(keyOf)
      const found = keys.flatMap((key) => {
        const text = get(cacheOf(call), key)
        return text === undefined ? [] : [[key, text] as const]
      })
      return Object.fromEntries(found)
    },
    'Cache.put'(call) {
      put(cacheOf(call), [[call.args[0] as string, call.args[1]]], call.args[2])
    },
    'Cache.putAll'(call) {
      put(cacheOf(call), Object.entries(call.args[0] as { readonly [key: string]: unknown }), call.args[1])
    },
    'Cache.remove'(call) {
      cacheOf(call).delete(keyOf(call.args[0]))
    },
    'Cache.removeAll'(call) {
      ;(call.args[0] as readonly unknown[]).forEach((key) => cacheOf(call).delete(keyOf(key)))
    },
  }
}
