import { ENVIRONMENTS } from '../domain/environment'
import { fieldInfo } from '../domain/field'
import { LOOKUP_WORDS } from '../domain/lookup-key'
import type { Operation, Provider } from '../domain/provider'
import { chargeWords } from '../engine/price'
import { limitGroups } from '../engine/terms'
import type { CallsView, LimitView, PriceView, VendorView } from './api-types'
import type { Host } from './host'
import { keysOf } from './keys'
import { myId, readRun } from './run-record'
import type { AllTerms } from './terms'
import { onTerms, peekTerms } from './terms'
import { coverTest, needsCover } from './transfers'
import { troubleOf } from './view-run'

/** Vendors as the screen shows them, on the terms of this file as far as these can be read. */
export function viewVendors(host: Host, providers: readonly Provider[]): readonly VendorView[] {
  const terms = peekTerms(host)
  const run = readRun(host)
  const states = run?.kind === 'read' && run.value.state === 'running' ? run.value.vendors : {}
  return providers.map((provider) => {
    const state = states[provider.id]
    return { ...viewVendor(host, provider, terms), resting: state ? troubleOf(state, host.now()) : null }
  })
}

function viewVendor(host: Host, provider: Provider, terms: AllTerms): Omit<VendorView, 'resting'> {
  const own = terms[provider.id]
  const here = onTerms(provider, terms)
  return {
    id: provider.id,
    name: provider.name,
    docs: provider.docs,
    host: provider.hosts[0] ?? '',
    kind: provider.kind,
    keys: keysOf(host, provider, ENVIRONMENTS),
    finds: labelsOf(provider.operations),
    prices: provider.operations.flatMap((operation, index) => viewPrice(operation, here.operations[index]!)),
    priced: pricedWords(provider),
    limits: viewLimits(provider, here),
    perDay: here.perDay ?? null,
    money: own?.money ?? null,
    plan: own?.plan ?? null,
    changed: own ? { by: own.by === myId(host) ? 'you' : 'another person', at: own.at } : null,
    region: provider.region ?? null,
    privacy: provider.privacy ?? null,
    terms: provider.terms ?? null,
    transfer: needsCover(provider) ? (coverTest(host)(provider) ? 'covered' : 'open') : 'none',
  }
}

function pricedWords({ pricedOn, pricesReadOn }: Provider): string | null {
  if (pricesReadOn !== undefined) return `read on ${pricesReadOn}`
  return pricedOn === undefined ? null : `as of ${pricedOn}`
}

function viewPrice(usual: Operation, { price }: Operation): readonly PriceView[] {
  if (usual.kind === 'local' || usual.price.credits === 0) return []
  return [
    {
      id: usual.id,
      asked: LOOKUP_WORDS[usual.by],
      finds: labelsOf([usual]),
      words: chargeWords(price),
      credits: price.charge === 'unsourced' ? null : price.credits,
      usual: usual.price.charge === 'unsourced' ? null : usual.price.credits,
    },
  ]
}

function viewLimits(provider: Provider, here: Provider): readonly LimitView[] {
  const now = limitGroups(here)
  const groups = limitGroups(provider)
  return groups.map(({ id, limits: usual, operations }) => {
    const limits = now.find((group) => group.id === id)?.limits ?? usual
    const calls = (of: 'perSecond' | 'perMinute'): CallsView => ({
      calls: limits[of] ?? null,
      usual: usual[of] ?? null,
    })
    const asked = groups.length === 1 ? [] : [...new Set(operations.map(({ by }) => LOOKUP_WORDS[by]))]
    return { id, asked, perSecond: calls('perSecond'), perMinute: calls('perMinute') }
  })
}

function labelsOf(operations: readonly Operation[]): readonly string[] {
  return [...new Set(operations.flatMap(({ finds }) => finds))].map((field) => fieldInfo(field).label)
}
