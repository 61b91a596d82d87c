import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import { Problem } from '../domain/problem'
import type { Provider } from '../domain/provider'
import { defaultStopRule } from '../domain/waterfall'
import type { World } from '../engine/world'
import { waterfallsFor } from '../engine/world'
import { companyMatchKey } from '../normalize/company-name'
import { normalizeValue } from '../normalize/value'
import { PROVIDERS } from '../providers/index'
import type { Host } from './host'
import { findKey } from './keys'
import { peekSettings } from './settings'

/**
 * The vendors that can be asked in an environment: training alone; or public sources, of which some must be ticked
 * (safety S23), and vendors with a key.
 */
export function askable(host: Host, environment: Environment): readonly Provider[] {
  if (environment === 'training') return PROVIDERS.filter((provider) => provider.kind === 'training')
  const ticked = peekSettings(host).publicSources
  return PROVIDERS.filter((provider) => {
    switch (provider.kind) {
      case 'training':
        return false
      case 'public':
        return provider.optIn === undefined || ticked.includes(provider.id)
      case 'vendor':
        return findKey(host, environment, provider) !== undefined
    }
  })
}

/** The vendors without the public sources that are called: half of a day's requests is kept for others (safety S23). */
export function withoutPublicCalls(providers: readonly Provider[]): readonly Provider[] {
  return providers.filter(
    ({ kind, operations }) => kind !== 'public' || operations.every((operation) => operation.kind === 'local'),
  )
}

/** The vendor with this id. Throws a Problem when there is none. */
export function vendorById(id: string): Provider {
  const provider = PROVIDERS.find((one) => one.id === id)
  if (!provider) throw new Problem(`There is no vendor "${id}". Reload the sidebar.`, 'reload')
  return provider
}

/** What the engine needs for a run: the waterfalls over the vendors at hand, and how values are cleaned. */
export function makeWorld(host: Host, providers: readonly Provider[], wanted: readonly Field[]): World {
  const country = countryOf(host)
  return {
    waterfalls: waterfallsFor(wanted, providers, { stop: defaultStopRule }),
    normalize: (field, value) => normalizeValue(fieldInfo(field).kind, value, country === undefined ? {} : { country }),
    sameCompany: (a, b) => companyMatchKey(a) === companyMatchKey(b),
  }
}

/** The country that phone numbers without a prefix belong to: that of the spreadsheet's locale, such as `fr_FR`. */
export function countryOf(host: Host): string | undefined {
  return /[_-]([A-Z]{2})\b/.exec(host.sheets.locale())?.[1]
}
