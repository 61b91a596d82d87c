import type { Limits, Operation, Provider, RemoteOperation, Terms } from '../domain/provider'
import type { Outcome } from '../domain/outcome'

/** Operations and polls of a vendor that share one limit. */
export interface LimitGroup {
  /** The id of its first operation, or `vendor` for those without a limit of their own. */
  readonly id: string
  readonly limits: Limits
  /** Those that are asked; none where only tickets are asked about. */
  readonly operations: readonly RemoteOperation[]
}

const OF_VENDOR = 'vendor'

/** The limits of a vendor, each with what shares it. */
export function limitGroups(provider: Provider): readonly LimitGroup[] {
  const groups = new Map<Limits | undefined, { id: string; operations: RemoteOperation[] }>()
  const groupOf = (limits: Limits | undefined, id: string) => {
    const group = groups.get(limits) ?? { id: limits ? id : OF_VENDOR, operations: [] }
    groups.set(limits, group)
    return group
  }
  for (const operation of provider.operations) {
    if (operation.kind !== 'remote') continue
    groupOf(operation.limits, operation.id).operations.push(operation)
    if (operation.poll) groupOf(operation.poll.limits, `${operation.id}.poll`)
  }
  return [...groups].map(([limits, group]) => ({ ...group, limits: limits ?? provider.limits }))
}

/** A vendor as a person says that it charges and may be called. Operations that share a limit share the new one. */
export function withTerms(provider: Provider, { prices, limits, perDay }: Terms): Provider {
  const changed = new Map<Limits | undefined, Limits>()
  for (const group of limitGroups(provider)) {
    const own = limits[group.id]
    if (own) changed.set(group.id === OF_VENDOR ? undefined : group.limits, { ...group.limits, ...own })
  }
  const limited = (before: Limits | undefined) => {
    const after = before && (changed.get(before) ?? before)
    return after && { limits: after }
  }
  return {
    ...provider,
    limits: changed.get(undefined) ?? provider.limits,
    ...(perDay !== undefined && { perDay }),
    operations: provider.operations.map((operation): Operation => {
      if (operation.kind === 'local') return operation
      const { poll } = operation
      const priced = withPrice(operation, prices[operation.id])
      return {
        ...priced,
        ...limited(operation.limits),
        ...(poll && { poll: { ...poll, ...(priced.poll && { read: priced.poll.read }), ...limited(poll.limits) } }),
      }
    }),
  }
}

// An answer that says it took the usual price takes the person's; what a vendor reports beyond its price list stands.
function withPrice(operation: RemoteOperation, credits: number | undefined): RemoteOperation {
  if (credits === undefined) return operation
  const { credits: usual, charge } = operation.price
  const priced = (outcomes: readonly Outcome[]) =>
    outcomes.map((outcome) => ('credits' in outcome && outcome.credits === usual ? { ...outcome, credits } : outcome))
  const { poll } = operation
  return {
    ...operation,
    price: { credits, charge: charge === 'unsourced' ? 'unknown' : charge },
    read: (body, keys) => priced(operation.read(body, keys)),
    ...(poll && { poll: { ...poll, read: (body, keys) => priced(poll.read(body, keys)) } }),
  }
}
