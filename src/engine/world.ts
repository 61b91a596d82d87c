import type { Answer } from '../domain/answer'
import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Lead } from '../domain/lead'
import type { Operation, Provider } from '../domain/provider'
import type { Step, StopRule, Waterfall, Waterfalls } from '../domain/waterfall'
import type { OrderRule } from './order'
import { inOrder } from './order'

/** What the engine is handed besides the job: the vendors' functions and how values are cleaned and compared. */
export interface World {
  readonly waterfalls: Waterfalls
  /** A value as it may be written, or undefined when it cannot be read as this field. */
  readonly normalize: (field: Field, value: string) => string | undefined
  /** Whether two company names mean the same firm. */
  sameCompany(a: string, b: string): boolean
  /** Whether a lead, as far as it is known, is somebody never to be looked up; nobody is unless it says so. */
  isSuppressed?(lead: Lead): boolean
  /** Whether a field has a purpose: what is found of others is dropped before it is kept. All have one unless it says so. */
  keeps?(field: Field): boolean
  /** How long what was found counts; for ever unless it says so. */
  refreshMs?(found: Answer): number
}

/** How each field is searched for. */
export interface WaterfallRules {
  stop(field: Field): StopRule
  /** By price unless said. */
  order?(field: Field): OrderRule
  /** Whether a vendor is asked for a field; every one is unless said. */
  asks?(field: Field, provider: string): boolean
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
    const steps = stepsFor(field, all, rules)
    const stop = rules.stop(field)
    const isToVerify = stop.verify === 'before_writing' && fieldInfo(field).kind === 'email'
    const verifiers = isToVerify ? stepsFor('email_status', all, rules).filter(isVerifier) : []
    if (steps.length > 0) waterfalls[field] = { ...stop, steps, verifiers }
  }
  return waterfalls
}

function stepsFor(field: Field, all: readonly Step[], rules: WaterfallRules): Waterfall['steps'] {
  const able = all.filter(
    ({ provider, operation }) => operation.finds.includes(field) && (rules.asks?.(field, provider.id) ?? true),
  )
  return inOrder(able, field, rules.order?.(field) ?? { kind: 'by_price' })
}

// An address that may be taken is asked about by itself, as the status of an address is.
function isVerifier({ operation }: Step): boolean {
  return operation.by === 'email'
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
