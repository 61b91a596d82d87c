import type { Field } from '../domain/field'
import { FIELD_NAMES } from '../domain/field'
import { LOOKUP_WORDS } from '../domain/lookup-key'
import type { Provider } from '../domain/provider'
import type { OrderedStep } from '../domain/waterfall'
import { defaultRule } from '../domain/waterfall'
import { talliesOf } from '../engine/tallies'
import { waterfallsFor } from '../engine/world'
import type { WaterfallsView, WaterfallView } from './api-types'
import type { Host } from './host'
import { loadSettings } from './settings'
import { readStore } from './store'
import { lookAtStore } from './store-state'
import { askable, readable } from './vendors'
import { editedFields, peekRule, readRule } from './waterfalls'

/** How each field is searched for, what somebody set and what is known about the vendors. */
export function viewWaterfalls(host: Host): WaterfallsView {
  const chosen = loadSettings(host).environment
  const environment = chosen === 'training' ? 'production' : chosen
  const asked = askable(host, environment)
  const all = readable(host, environment)
  const look = lookAtStore(host)
  const learned = look.trouble ? {} : readStore(host, look).tallies(environment)
  const edited = new Set(editedFields(host))
  const waterfalls = waterfallsFor(FIELD_NAMES, asked, {
    stop: defaultRule,
    order: (field) => ({ kind: 'automatic', tallies: talliesOf(field, learned) }),
  })
  const fields = FIELD_NAMES.flatMap((field): readonly WaterfallView[] => {
    const able = all.filter((provider) => finds(provider, field))
    if (able.length === 0) return []
    const read = edited.has(field) ? readRule(host, field) : undefined
    const ids = new Set(asked.map(({ id }) => id))
    return [
      {
        field,
        rule: read?.kind === 'read' ? read.value.rule : defaultRule(field),
        edited: read !== undefined,
        damaged: read !== undefined && read.kind !== 'read',
        vendors: byVendor(waterfalls[field]?.steps ?? []),
        others: able.filter(({ id }) => !ids.has(id)).map(({ name }) => name),
      },
    ]
  })
  const canAsk = asked.some(({ kind }) => kind !== 'public')
  return { environment, training: chosen === 'training', canAsk, fields, verifiers: verifiersOf(host, asked) }
}

function finds({ operations }: Provider, field: Field): boolean {
  return operations.some((operation) => operation.finds.includes(field))
}

// A vendor stands where it is asked first.
function byVendor(steps: readonly OrderedStep[]): WaterfallView['vendors'] {
  const ids = [...new Set(steps.map(({ provider }) => provider.id))]
  return ids.map((id) => {
    const own = steps.filter(({ provider }) => provider.id === id)
    return {
      id,
      name: own[0]!.provider.name,
      ways: own.map(({ operation, reason }) => ({ asked: LOOKUP_WORDS[operation.by], reason })),
    }
  })
}

function verifiersOf(host: Host, asked: readonly Provider[]): readonly string[] {
  const { off } = peekRule(host, 'email_status')
  const { email } = waterfallsFor(['email'], asked, {
    stop: (field) => ({ ...defaultRule(field), verify: 'before_writing' }),
    asks: (field, provider) => field !== 'email_status' || !off.includes(provider),
  })
  return [...new Set((email?.verifiers ?? []).map(({ provider }) => provider.name))]
}
