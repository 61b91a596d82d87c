import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Operation, Provider } from '../domain/provider'
import type { Step, StopRule, Waterfall, Waterfalls } from '../domain/waterfall'
import type { OrderRule } from './order'
import { inOrder } from './order'

/** What the engine is handed besides the job: the vendors' functions and how values are cleaned and compared. */
export interface World {
  readonly waterfalls: Waterfalls
  /** A value as it may be written, or undefined when it cannot be read as this field. */
  normalize(field: Field, value: string): string | undefined
  /** Whether two company names mean the same firm. */
  sameCompany(a: string, b: string): boolean
}

/** How each field is searched for. */
export interface WaterfallRules {
  stop(field: Field): StopRule
  /** By price unless said. */
  order?(field: Field): OrderRule
}

/**
 * The waterfall of each wanted field. Training is never mixed with real sources: the caller hands in providers of one kind
 * only.
 */
export function waterfallsFor(
  wanted: readonly Field[],
  providers: readonly Provider[],
  rules: WaterfallRules,
): Waterfalls {
  const all = providers.flatMap((provider) => provider.operations.map((operation) => ({ provider, operation })))
  const waterfalls: { [F in Field]?: Waterfall } = {}
  for (const field of wanted) {
    const found = all.filter(({ operation }) => operation.finds.includes(field))
    const steps = inOrder(found, field, rules.order?.(field) ?? { kind: 'by_price' })
    const stop = rules.stop(field)
    const isToVerify = stop.verify === 'before_writing' && fieldInfo(field).kind === 'email'
    const verifiers = isToVerify ? verifiersAmong(all) : []
    if (steps.length > 0) waterfalls[field] = { ...stop, steps, verifiers }
  }
  return waterfalls
}

function verifiersAmong(steps: readonly Step[]): readonly Step[] {
  const able = steps.filter(({ operation }) => operation.by === 'email' && operation.finds.includes('email_status'))
  return inOrder(able, 'email_status', { kind: 'by_price' })
}

/** The operation of an ask; undefined when a vendor was removed since. */
export function findStep(
  world: World,
  provider: string,
  operation: string,
): { provider: Provider; operation: Operation } | undefined {
  for (const { steps, verifiers } of Object.values(world.waterfalls)) {
    const isIt = (one: Step): boolean => one.provider.id === provider && one.operation.id === operation
    const step = steps.find(isIt) ?? verifiers.find(isIt)
    if (step) return step
  }
  return undefined
}
