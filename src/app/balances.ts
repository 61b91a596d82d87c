import type * as Zod from 'zod/mini'
import type { Provider } from '../domain/provider'
import type { Balance } from '../domain/receipt'
import { leftOfPlan } from '../engine/allowance'
import { parseBody } from '../engine/status'
import type { Host } from './host'
import type { DaySum } from './ledger'
import { formatOf } from './stored'
import { peekTerms } from './terms'
import { readVersioned } from './versions'

const BALANCES = 'balances'

/** What this person's accounts with vendors had left when they were asked last, by vendor. */
export type Balances = { readonly [vendor: string]: { readonly left: number; readonly at: number } }

/** The balances that are known of this person's accounts; what cannot be read is not known. */
export function loadBalances(host: Host): Balances {
  const text = host.user.peek(BALANCES)
  if (text === undefined) return {}
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({ vendors: z.record(z.string(), z.object({ left: z.number(), at: z.number() })) })
  const read = readVersioned(
    formatOf(schema, ({ vendors }): Balances => vendors),
    text,
  )
  return read.kind === 'read' ? read.value : {}
}

/** What is left in accounts, and how long it is to last where it is known. */
export interface Lasting extends Balance {
  readonly days?: number
}

/** What is left in the accounts with some vendors, where they or a plan tell; of sums of days those in one environment. */
export function leftWith(
  host: Host,
  vendors: readonly string[],
  sums: () => readonly DaySum[],
): { readonly [vendor: string]: Lasting } {
  const told = loadBalances(host)
  const terms = peekTerms(host)
  const at = host.now()
  return Object.fromEntries(
    vendors.flatMap((id): readonly (readonly [string, Lasting])[] => {
      const plan = terms[id]?.plan
      if (told[id] || !plan) return told[id] ? [[id, told[id]]] : []
      const { left, until, days } = leftOfPlan(plan, at, (since) =>
        sums()
          .filter(({ day, place }) => day >= since && place.split('/')[1] === id)
          .reduce((sum, { credits, maybe }) => sum + credits + maybe, 0),
      )
      return [[id, { left, at, days, plan: { until, carriesOver: plan.carriesOver } }]]
    }),
  )
}

// Noting a balance is one of the operations on properties that Google counts by the day.
const NOTED_EVERY_MS = 10 * 60_000

/** Remembers what is left as far as it was not remembered a moment ago. */
export function noteBalances(
  host: Host,
  replies: readonly { readonly provider: Provider; readonly text: string }[],
): void {
  const known = loadBalances(host)
  const said = replies
    .filter(({ provider }) => (known[provider.id]?.at ?? 0) + NOTED_EVERY_MS <= host.now())
    .flatMap(({ provider, text }) => {
      const left = tryBalance(text, provider)
      return left === undefined ? [] : [[provider.id, left] as const]
    })
  if (said.length > 0) saveBalances(host, new Map(said))
}

// What a run is about does not depend on it.
function tryBalance(text: string, provider: Provider): number | undefined {
  try {
    return readBalance(text, provider).left
  } catch {
    return undefined
  }
}

/** Remembers what vendors said is left; without a number nothing is known any more. */
export function saveBalances(host: Host, said: ReadonlyMap<string, number | undefined>): void {
  const before = loadBalances(host)
  const news = [...said].flatMap(([id, left]) => (left === undefined ? [] : [[id, { left, at: host.now() }] as const]))
  const kept = Object.entries(before).filter(([id]) => !said.has(id))
  host.user.set(BALANCES, JSON.stringify({ version: 1, vendors: Object.fromEntries([...kept, ...news]) }))
}

/** What a vendor's reply to the free call says: a line for people, and what is left where it tells. Throws on nonsense. */
export function readBalance(text: string, provider: Provider): { readonly text: string; readonly left?: number } {
  return provider.balance!.read(parseBody(text, {}))
}
