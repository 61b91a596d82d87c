import type { Environment } from '../domain/environment'
import type { Provider } from '../domain/provider'
import { PROVIDERS } from '../providers/index'
import { loadFormulaSpending } from './formula-spending'
import type { Host } from './host'
import { findSharedKey } from './keys'
import { loadSettings } from './settings'
import { loadTerms, onTerms } from './terms'
import { coverTest } from './transfers'

/**
 * Who may be asked by a formula: public sources, and, where formulas may spend, vendors with a key that is shared with the
 * file. Personal keys would spend their owner's money for any editor. Who answers later is left out: a formula cannot wait.
 */
export function formulaVendors(host: Host, environment: Environment): readonly Provider[] {
  if (environment === 'training') return []
  const { isOn } = loadFormulaSpending(host)
  const ticked = loadSettings(host).publicSources
  const terms = loadTerms(host)
  const isCovered = coverTest(host)
  const able = PROVIDERS.filter((provider) => {
    switch (provider.kind) {
      case 'training':
        return false
      case 'public':
        return provider.optIn === undefined || ticked.includes(provider.id)
      case 'vendor':
        return isOn && isCovered(provider) && findSharedKey(host, environment, provider) !== undefined
    }
  })
  return able.map((provider) => withoutPolls(onTerms(provider, terms)))
}

function withoutPolls(provider: Provider): Provider {
  const operations = provider.operations.filter((operation) => operation.kind === 'local' || !operation.poll)
  return { ...provider, operations }
}
