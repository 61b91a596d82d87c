import { computed, signal } from '@preact/signals'
import type { WaterfallsView, WaterfallView } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { fieldInfo } from '../src/domain/field'
import type { FieldRule } from '../src/domain/waterfall'
import { makeAttempts } from './attempts'
import type { Call } from './call'

/** The Waterfall screen: what is on it and what a person can do there. */
export type WaterfallState = ReturnType<typeof makeWaterfall>

/** A field whose search is being set. */
export type Chosen = { readonly waterfall: WaterfallView; readonly rule: FieldRule }

/** Whether a threshold is a share. */
export function isThreshold({ threshold }: FieldRule): boolean {
  return threshold >= 0 && threshold <= 1
}

/** Whether a rule can be kept: with it something may be written. */
export function isSound(rule: FieldRule): boolean {
  return isThreshold(rule) && rule.accepts.length > 0 && isAmount(rule.overwrite)
}

/** Most days after which a value can count as old: ten years, as the server takes them. */
export const MOST_DAYS = 3_650

function isAmount(rule: FieldRule['overwrite']): boolean {
  switch (rule.kind) {
    case 'more_confident':
    case 'beside':
      return rule.margin >= 0.01 && rule.margin <= 1
    case 'refresh':
      return rule.days >= 1 && rule.days <= MOST_DAYS
    default:
      return true
  }
}

/** The vendors of a field in the order of a rule: those listed first, then the others by cost. */
export function inOrderOf({ order }: FieldRule, vendors: WaterfallView['vendors']): WaterfallView['vendors'] {
  if (order === 'automatic') return vendors
  const listed = order.flatMap((id) => vendors.filter((vendor) => vendor.id === id))
  return [...listed, ...vendors.filter(({ id }) => !order.includes(id))]
}

/** Makes the state of the Waterfall screen. Nothing is asked before `open`. */
export function makeWaterfall(call: Call) {
  const view = signal<WaterfallsView | null>(null)
  const { busy, problem, said, attempt, tryAgain } = makeAttempts<'open' | 'save' | 'reset'>(() => open())
  const chosen = signal<Chosen | null>(null)
  const isChanged = computed(() => {
    const { value } = chosen
    return value !== null && JSON.stringify(value.rule) !== JSON.stringify(value.waterfall.rule)
  })

  function open(): Promise<boolean> {
    return attempt('open', async () => {
      chosen.value = null
      view.value = await call('waterfalls')
    })
  }

  function choose(waterfall: WaterfallView): void {
    said.value = ''
    chosen.value = { waterfall, rule: waterfall.rule }
  }

  function leave(): void {
    problem.value = null
    chosen.value = null
  }

  function change(part: Partial<FieldRule>): void {
    if (chosen.value) chosen.value = { ...chosen.value, rule: { ...chosen.value.rule, ...part } }
  }

  /** Puts a vendor at a place, from 0; the order is the person's own from then on. */
  function move(id: string, to: number): void {
    if (!chosen.value) return
    const { waterfall, rule } = chosen.value
    const ids = inOrderOf(rule, waterfall.vendors).map((vendor) => vendor.id)
    const others = ids.filter((one) => one !== id)
    if (to < 0 || to > others.length || ids[to] === id) return
    change({ order: [...others.slice(0, to), id, ...others.slice(to)] })
    const name = waterfall.vendors.find((vendor) => vendor.id === id)?.name ?? id
    said.value = `${name} is now number ${to + 1} of ${ids.length}.`
  }

  function order(kind: 'automatic' | 'mine'): void {
    if (!chosen.value) return
    const { waterfall, rule } = chosen.value
    change({ order: kind === 'automatic' ? kind : inOrderOf(rule, waterfall.vendors).map(({ id }) => id) })
  }

  /** Asks a vendor for the field, or does not ask it. */
  function toggle(id: string): void {
    const off = chosen.value?.rule.off ?? []
    change({ off: off.includes(id) ? off.filter((one) => one !== id) : [...off, id] })
  }

  function save(): Promise<boolean> {
    return keep('save', chosen.value?.rule ?? null)
  }

  function reset(): Promise<boolean> {
    return keep('reset', null)
  }

  function keep(what: 'save' | 'reset', rule: FieldRule | null): Promise<boolean> {
    const field: Field | undefined = chosen.value?.waterfall.field
    return attempt(what, async () => {
      if (!field) return
      view.value = await call('saveWaterfall', { field, rule })
      chosen.value = null
      const { label } = fieldInfo(field)
      said.value = rule ? `${label} was saved.` : `${label} is searched for in the usual way again.`
    })
  }

  return {
    view,
    busy,
    problem,
    said,
    chosen,
    isChanged,
    open,
    choose,
    leave,
    change,
    move,
    order,
    toggle,
    save,
    reset,
    tryAgain,
  }
}
