import type { Environment } from '../domain/environment'
import type { Operation, Provider } from '../domain/provider'
import { PROVIDERS } from '../providers/index'
import { loadFormulaSpending } from './formula-spending'
import type { Host } from './host'
import { findSharedKey } from './keys'
import { loadSettings } from './settings'
import { loadTerms, onTerms } from './terms'
import { coverTest } from './transfers'

/**
 * Who may be asked for formulas: public sources, and, where formulas may spend, vendors with a key that is shared with the
 * file. Personal keys would spend their owner's money for any editor.
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
  return able.map((provider) => onTerms(provider, terms))
}

/** A vendor as a formula itself asks it, which cannot wait for an answer that comes later. */
export function withoutPolls(provider: Provider): Provider {
  return { ...provider, operations: provider.operations.filter((operation) => !isPolled(operation)) }
}

/** Whether an operation may give a ticket, with which its answer is collected later. */
export function isPolled(operation: Operation | undefined): boolean {
  return operation?.kind === 'remote' && operation.poll !== undefined
}
