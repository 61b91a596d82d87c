import type { EmulatorOptions, QuotaName, User } from './contract'

const DAY_MS = 24 * 60 * 60 * 1000
const MINUTE_MS = 60 * 1000

/** Calls, operations and milliseconds a day (platform.md section 1, G-QUOTA). */
const LIMITS: { readonly [account in User['account']]: { readonly [name in QuotaName]: number } } = {
  consumer: { urlfetch: 20_000, properties: 50_000, 'trigger runtime': 90 * MINUTE_MS },
  workspace: { urlfetch: 100_000, properties: 500_000, 'trigger runtime': 6 * 60 * MINUTE_MS },
}

interface Window {
  readonly from: number
  readonly used: { [name in QuotaName]: number }
}

/** The counters of all users; each user's window is 24 hours from the first use. */
export interface Quotas {
  /** Counts and says whether it was allowed; a refused use counts too. */
  use(user: User, name: QuotaName, count: number): boolean
  used(user: User): readonly { readonly name: string; readonly used: number; readonly limit: number }[]
}

/** Starts with nothing used; `now` in milliseconds, `allowances` where they are smaller than Google's. */
export function createQuotas(now: () => number, allowances: EmulatorOptions['allowances'] = {}): Quotas {
  const limitOf = (user: User, name: QuotaName): number =>
    Math.min(LIMITS[user.account][name], allowances[name] ?? Infinity)
  const windows = new Map<string, Window>()
  const windowOf = (user: User): Window => {
    const open = windows.get(user.id)
    if (open && now() < open.from + DAY_MS) return open
    const fresh: Window = { from: now(), used: { urlfetch: 0, properties: 0, 'trigger runtime': 0 } }
    windows.set(user.id, fresh)
    return fresh
  }
  return {
    use(user, name, count) {
      const { used } = windowOf(user)
      used[name] += count
      return used[name] <= limitOf(user, name)
    },
    used(user) {
      const { used } = windowOf(user)
      const names: readonly QuotaName[] = ['urlfetch', 'properties', 'trigger runtime']
      return names.map((name) => ({ name, used: used[name], limit: limitOf(user, name) }))
    },
  }
}
