import type { Field } from '../domain/field'
import { LESS_EXACT } from '../domain/lookup-key'
import type { Operation, Provider } from '../domain/provider'
import type { Waterfall, Waterfalls } from '../domain/waterfall'

/** What the engine is handed besides the job: the vendors' functions and how values are cleaned and compared. */
export interface World {
  readonly waterfalls: Waterfalls
  /** A value as it may be written, or undefined when it cannot be read as this field. */
  normalize(field: Field, value: string): string | undefined
  /** Whether two company names mean the same firm. */
  sameCompany(a: string, b: string): boolean
}

/**
 * The waterfall of each wanted field: local operations first, then keyless sources, then vendors by price. Training is
 * never mixed with real sources: the caller hands in providers of one kind only.
 */
export function waterfallsFor(
  wanted: readonly Field[],
  providers: readonly Provider[],
  threshold: (field: Field) => number,
): Waterfalls {
  const waterfalls: { [F in Field]?: Waterfall } = {}
  for (const field of wanted) {
    const steps = providers
      .flatMap((provider) => provider.operations.map((operation) => ({ provider, operation })))
      .filter(({ operation }) => operation.finds.includes(field))
      .sort((a, b) => rank(a.operation) - rank(b.operation) || detour(field, a.operation) - detour(field, b.operation))
    if (steps.length > 0) waterfalls[field] = { steps, threshold: threshold(field) }
  }
  return waterfalls
}

function rank(operation: Operation): number {
  return operation.kind === 'local' ? -1 : operation.price.credits
}

// Of two ways of asking at one price the more exact one goes first, and the status of an address is asked about the
// address rather than found along with an address.
function detour(field: Field, { by }: Operation): number {
  return (LESS_EXACT[by] ? 1 : 0) + (field === 'email_status' && by !== 'email' ? 2 : 0)
}

/** The operation of an ask; undefined when a vendor was removed since. */
export function findStep(
  world: World,
  provider: string,
  operation: string,
): { provider: Provider; operation: Operation } | undefined {
  for (const waterfall of Object.values(world.waterfalls)) {
    const step = waterfall.steps.find((one) => one.provider.id === provider && one.operation.id === operation)
    if (step) return step
  }
  return undefined
}
