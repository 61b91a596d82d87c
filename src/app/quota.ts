import { MAX_WAVE } from '../engine/next-batches'
import type { Host } from './host'

const USAGE = 'usage'
const ACCOUNT = 'account'

/** What Google counts for each person and day: fetches, operations on properties, milliseconds of triggers. */
export type Quota = 'fetches' | 'properties' | 'triggers'

/** The kind of Google account, which no script can tell: the person says it. */
export type Account = 'personal' | 'workspace'

/** What this person used up of each quota since their day of Google began. */
export type Usage = { readonly since: number } & { readonly [Q in Quota]: number }

/** A quota that is used up, and when Google counts anew. */
export interface UsedUp<Q extends Quota> {
  readonly quota: Q
  readonly until: number
}

const MINUTE_MS = 60_000

// A day of Google begins with the first use and lasts 24 hours (platform.md section 1).
const DAY_MS = 24 * 60 * MINUTE_MS

// Platform.md section 1.
const PER_DAY: { readonly [A in Account]: { readonly [Q in Quota]: number } } = {
  personal: { fetches: 20_000, properties: 50_000, triggers: 90 * MINUTE_MS },
  workspace: { fetches: 100_000, properties: 500_000, triggers: 6 * 60 * MINUTE_MS },
}

// Other add-ons of this person draw on the same quotas, and what a killed execution used is not counted: our choice.
const SHARE = 0.95

/** What an account may use of a quota in a day, all add-ons together. */
export function allowedADay(account: Account, quota: Quota): number {
  return PER_DAY[account][quota]
}

/** The kind of account this person has; `personal` until they say otherwise. */
export function loadAccount(host: Host): Account {
  return host.user.peek(ACCOUNT) === 'workspace' ? 'workspace' : 'personal'
}

/** Remembers the kind of account of this person. */
export function saveAccount(host: Host, account: Account): void {
  host.user.set(ACCOUNT, account)
}

/** What this person used today through this add-on, as far as it was counted. */
export function loadUsage(host: Host): Usage {
  const fresh: Usage = { since: host.now(), fetches: 0, properties: 0, triggers: 0 }
  const [since = NaN, fetches = 0, properties = 0, triggers = 0] = (host.user.get(USAGE) ?? '').split(',').map(Number)
  const counted: Usage = { since, fetches, properties, triggers }
  const isToday =
    Object.values(counted).every(Number.isFinite) && since > 0 && since <= host.now() && host.now() < since + DAY_MS
  return isToday ? counted : fresh
}

/** Adds to the day's usage, together with the operations on properties that were not counted yet. */
export function countUsage(host: Host, added: { readonly [Q in Quota]?: number }): Usage {
  const before = loadUsage(host)
  // Saving it is an operation too.
  const properties = before.properties + (added.properties ?? 0) + host.takePropertyOperations() + 1
  const usage: Usage = {
    since: before.since,
    fetches: before.fetches + (added.fetches ?? 0),
    properties,
    triggers: before.triggers + (added.triggers ?? 0),
  }
  host.user.set(USAGE, [usage.since, usage.fetches, usage.properties, Math.ceil(usage.triggers)].join(','))
  return usage
}

/** The first quota that would be used up by so much more; undefined while there is enough of each. */
export function usedUp<Q extends Quota>(
  account: Account,
  usage: Usage,
  more: { readonly [one in Q]: number },
): UsedUp<Q> | undefined {
  const quotas = Object.keys(more) as Q[]
  const quota = quotas.find((one) => usage[one] + more[one] > PER_DAY[account][one] * SHARE)
  return quota && { quota, until: dayEnds(usage) }
}

/** What the next wave and what is noted down around it may use: our estimate, far above what was counted. */
export const NEXT_STEP = { fetches: MAX_WAVE + 10, properties: 200 }

/** How many requests a run of this person may send today before it rests. */
export function fetchesLeft(account: Account, usage: Usage): number {
  return Math.max(0, Math.floor(PER_DAY[account].fetches * SHARE) - NEXT_STEP.fetches - usage.fetches)
}

/** Whether half of the requests of a day are used: public sources are not called from then on (safety S23). */
export function isHalfUsed(account: Account, usage: Usage): boolean {
  return usage.fetches >= PER_DAY[account].fetches / 2
}

/** When Google counts anew. */
export function dayEnds(usage: Usage): number {
  return usage.since + DAY_MS
}
