import {
  GoogleError,
  localError,
  signatureError,
  textArg,
  type Call,
  type Google,
  type Run,
  type Services,
} from './run'

/** Google's figures in platform.md section 1. */
const VALUE_BYTES = 9 * 1024
const STORE_BYTES = 500 * 1024

/** All property stores: `document`, `script`, and `user:<id>`. */
export type PropertyStores = Map<string, Map<string, string>>

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8')

/** PropertiesService: strings only, 9 KB a value, 500 KB a store, counted per user and day. */
export function propertiesServices(google: Google, stores: PropertyStores): Services {
  const storeOf = (call: Call): Map<string, string> => {
    const { scope } = call.ref as { readonly scope: string }
    const found = stores.get(scope) ?? new Map<string, string>()
    stores.set(scope, found)
    return found
  }
  const count = (run: Run, operations: number): void => {
    if (!google.quotas.use(run.user, 'properties', operations)) throw localError(run, 'tooManyToday', 'properties')
  }
  const put = (store: Map<string, string>, entries: readonly (readonly [string, unknown])[], call: Call): void => {
    const next = new Map(store)
    for (const [key, value] of entries) {
      if (typeof value !== 'string') throw signatureError(call)
      if (google.facts.large_property_refused === 'yes' && bytes(value) > VALUE_BYTES) {
        throw new GoogleError('Argument too large: value')
      }
      next.set(key, value)
    }
    const size = [...next].reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0)
    if (size > STORE_BYTES) {
      throw new GoogleError(
        'You have exceeded the property storage quota. Please remove some properties and try again.',
      )
    }
    entries.forEach(([key, value]) => store.set(key, value as string))
  }
  return {
    // In the web app of an add-on there is no document (platform.md section 7).
    'PropertiesService.getDocumentProperties': ({ run }) =>
      run.execution.via === 'web' && google.options.edition === 'addon' ? null : { $: 'Properties', scope: 'document' },
    'PropertiesService.getScriptProperties': () => ({ $: 'Properties', scope: 'script' }),
    // A custom function gets the owner's, whoever types (platform.md section 2).
    'PropertiesService.getUserProperties': ({ run }) => ({
      $: 'Properties',
      scope: `user:${run.auth === 'CUSTOM_FUNCTION' ? google.options.owner.id : run.user.id}`,
    }),
    'Properties.getProperty'(call) {
      count(call.run, 1)
      return storeOf(call).get(textArg(call, 0)) ?? null
    },
    'Properties.getProperties'(call) {
      count(call.run, 1)
      return Object.fromEntries(storeOf(call))
    },
    'Properties.getKeys'(call) {
      count(call.run, 1)
      return [...storeOf(call).keys()]
    },
    'Properties.setProperty'(call) {
      count(call.run, 1)
      put(storeOf(call), [[textArg(call, 0), call.args[1]]], call)
    },
    'Properties.setProperties'(call) {
      const [given, deleteOthers] = call.args
      if (typeof given !== 'object' || given === null) throw signatureError(call)
      const entries = Object.entries(given)
      count(call.run, google.facts.set_properties_counts_each === 'yes' ? Math.max(1, entries.length) : 1)
      const store = storeOf(call)
      if (deleteOthers !== true) return put(store, entries, call)
      const kept = new Map<string, string>()
      put(kept, entries, call)
      store.clear()
      kept.forEach((value, key) => store.set(key, value))
    },
    'Properties.deleteProperty'(call) {
      count(call.run, 1)
      storeOf(call).delete(textArg(call, 0))
    },
    'Properties.deleteAllProperties'(call) {
      count(call.run, 1)
      storeOf(call).clear()
    },
  }
}
