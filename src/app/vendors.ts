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

/** The vendors that can be asked in an environment: training alone, or public sources and vendors with a key. */
export function askable(host: Host, environment: Environment): readonly Provider[] {
  if (environment === 'training') return PROVIDERS.filter((provider) => provider.kind === 'training')
  return PROVIDERS.filter(
    (provider) => provider.kind === 'public' || (provider.kind === 'vendor' && findKey(host, environment, provider)),
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
