import type { Lead } from '../domain/lead'

/** Why a row is held back before anything is asked about it. */
export type HeldWhy = 'suppressed'

/** The rows that may be looked up, and those held back with the reason; both in their order. */
export function permitted<R extends { readonly row: number; readonly lead: Lead }>(
  rows: readonly R[],
  isSuppressed: (lead: Lead) => boolean,
): { readonly allowed: readonly R[]; readonly held: readonly { readonly row: R; readonly why: HeldWhy }[] } {
  const allowed: R[] = []
  const held: { row: R; why: HeldWhy }[] = []
  for (const row of rows) {
    if (isSuppressed(row.lead)) held.push({ row, why: 'suppressed' })
    else allowed.push(row)
  }
  return { allowed, held }
}
