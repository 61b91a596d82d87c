import { PROVIDERS } from '../providers/index'
import type { RegisterView } from './api-types'
import type { Host } from './host'
import type { DaySum } from './ledger'
import { readLedger, sumDays } from './ledger'
import { recipeVendors } from './recipes'
import { peekStore } from './store'
import type { Outcomes } from './stored'
import { vendorName } from './vendors'
import { viewVendors } from './view-vendors'

/** What a register of processing takes from this file: the vendors that were or may be asked, and counts by month. */
export function makeRegister(host: Host): RegisterView {
  const { calls, days } = readLedger(host, peekStore(host).calls())
  const sums = sumDays(calls, days).filter(({ place }) => !place.startsWith('training/'))
  const asked = new Set(sums.map(vendorOf))
  const vendors = viewVendors(host, [...PROVIDERS, ...recipeVendors(host)]).filter(
    ({ id, keys }) => asked.has(id) || keys.length > 0,
  )
  return {
    vendors: vendors.map((vendor) => ({ ...factsOf(vendor), wasAsked: asked.has(vendor.id) })),
    months: monthsOf(host, sums),
  }
}

function factsOf({ id, name, region, privacy, terms, transfer, finds }: ReturnType<typeof viewVendors>[number]) {
  return { id, name, region, privacy, terms, transfer, finds }
}

function monthsOf(host: Host, sums: readonly DaySum[]): RegisterView['months'] {
  const months = new Map<string, RegisterView['months'][number]>()
  for (const sum of sums) {
    const month = sum.day.slice(0, 7)
    const id = `${month} ${vendorOf(sum)}`
    const before = months.get(id) ?? { month, vendor: vendorName(host, vendorOf(sum)), requests: 0, asked: 0, found: 0 }
    const { found = 0 } = sum.outcomes
    months.set(id, {
      ...before,
      requests: before.requests + sum.calls,
      asked: before.asked + answeredIn(sum.outcomes),
      found: before.found + found,
    })
  }
  return [...months.keys()].sort().map((id) => months.get(id)!)
}

function answeredIn({ again: _again, ...outcomes }: Outcomes): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0)
}

function vendorOf({ place }: DaySum): string {
  return place.split('/')[1] ?? ''
}
