import { dayText } from '../engine/day'
import { inCredits, roundCredits } from '../engine/price'
import type { OperationTally } from '../engine/tallies'
import type { Unusual, VendorDay } from '../engine/unusual'
import { unusual } from '../engine/unusual'
import { csvOf } from '../sheet/csv'
import type { Api, UsageView } from './api-types'
import { leftWith } from './balances'
import type { Host } from './host'
import type { DaySum } from './ledger'
import { readLedger, runOfCall, sumsOf } from './ledger'
import { myId } from './run-record'
import { peekSettings } from './settings'
import { peekStore } from './store'
import type { Outcomes } from './stored'
import { peekTerms } from './terms'
import { vendorName } from './vendors'

// What fits beside each other in 300 pixels.
const SHOWN_DAYS = 30
const DAY_MS = 86_400_000

/** What was spent in an environment, by day and by vendor, and what is unusual about it; of training that of production. */
export function makeUsage(host: Host): UsageView {
  const chosen = peekSettings(host).environment
  const environment = chosen === 'training' ? 'production' : chosen
  const store = peekStore(host)
  const ledger = readLedger(host, store.calls())
  const sums = sumsOf(ledger, environment)
  const tallies = Object.entries(store.tallies(environment))
  const ids = [...new Set(sums.map(vendorOf))]
  const balances = leftWith(host, ids, () => sums)
  const terms = peekTerms(host)
  const vendors = ids.map((id) => {
    const own = sums.filter((sum) => vendorOf(sum) === id)
    return {
      id,
      name: vendorName(host, id),
      requests: total(own, ({ calls }) => calls),
      credits: total(own, ({ credits }) => credits),
      maybe: total(own, ({ maybe }) => maybe),
      ...worthOf(tallies.flatMap(([place, tally]) => (place.startsWith(`${id}/`) ? [tally] : []))),
      balance: balances[id] ?? null,
      money: terms[id]?.money ?? null,
    }
  })
  return {
    environment,
    today: dayText(host.now()),
    days: lastDays(sums, host.now()),
    vendors: vendors.sort((a, b) => b.credits - a.credits || b.requests - a.requests),
    remarks: unusual(sums.map(vendorDay), new Map(Object.entries(balances)), host.now()).map((one) =>
      sentenceOf(host, one, balances),
    ),
    damaged: ledger.damaged,
  }
}

/** The whole ledger as a CSV file: a line for each request, and for each sum of a day of older ones. */
export function exportUsage(host: Host): ReturnType<Api['exportUsage']> {
  const { calls, days } = readLedger(host, peekStore(host).calls())
  const me = myId(host)
  const who = (by: string) => (by === me ? 'you' : by)
  const lines: readonly Line[] = [
    ...days.map((sum): Line => ({ ...sum, time: sum.day, run: '', status: '', keys: '' })),
    ...calls.map((call): Line => ({
      ...call,
      time: new Date(call.at).toISOString(),
      run: runOfCall(call),
      status: String(call.status),
      calls: 1,
    })),
  ]
  const rows = lines.map(({ time, run, by, place, calls: requests, outcomes, status, credits, maybe, ms, keys }) => {
    const [environment = '', vendor = '', operation = ''] = place.split('/')
    const cells = [time, run, who(by), environment, vendor, operation, requests, wordsOf(outcomes), status]
    return [...cells, credits, maybe, ms, keys].map(String)
  })
  return { name: `enrich-usage-${dayText(host.now())}.csv`, text: csvOf([HEADERS, ...rows]) }
}

type Line = Pick<DaySum, 'by' | 'place' | 'calls' | 'outcomes' | 'credits' | 'maybe' | 'ms'> & {
  readonly time: string
  readonly run: string
  readonly status: string
  readonly keys: string
}

const HEADERS = [
  'Time (UTC)',
  'Run',
  'User',
  'Environment',
  'Vendor',
  'Operation',
  'Requests',
  'Outcome',
  'HTTP status',
  'Credits',
  'Maybe charged',
  'Milliseconds',
  'Key hash',
]

function wordsOf(outcomes: Outcomes): string {
  return Object.entries(outcomes)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ')
}

function vendorOf({ place }: DaySum): string {
  return place.split('/')[1] ?? ''
}

function vendorDay(sum: DaySum): VendorDay {
  const { found = 0, not_found: missed = 0 } = sum.outcomes
  return { day: sum.day, vendor: vendorOf(sum), credits: sum.credits + sum.maybe, found, missed }
}

function total(sums: readonly DaySum[], amount: (sum: DaySum) => number): number {
  return roundCredits(sums.reduce((all, sum) => all + amount(sum), 0))
}

// An answer with several good values is counted by the field that was good most often: at least so many answers were.
function worthOf(
  tallies: readonly OperationTally[],
): Pick<UsageView['vendors'][number], 'asked' | 'found' | 'perAccepted'> {
  const accepted = tallies.reduce((sum, tally) => sum + Math.max(0, ...Object.values(tally.accepted)), 0)
  const credits = tallies.reduce((sum, tally) => sum + tally.credits, 0)
  return {
    asked: tallies.reduce((sum, { asked }) => sum + asked, 0),
    found: tallies.reduce((sum, { found }) => sum + found, 0),
    perAccepted: accepted === 0 ? null : credits / accepted,
  }
}

function lastDays(sums: readonly DaySum[], now: number): UsageView['days'] {
  return Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = dayText(now - (SHOWN_DAYS - 1 - index) * DAY_MS)
    const own = sums.filter((sum) => sum.day === day)
    const vendors = [...new Set(own.map(vendorOf))].map((id) => {
      const some = own.filter((sum) => vendorOf(sum) === id)
      return { id, credits: total(some, ({ credits }) => credits), maybe: total(some, ({ maybe }) => maybe) }
    })
    return { day, vendors: vendors.filter(({ credits, maybe }) => credits + maybe > 0) }
  })
}

function sentenceOf(host: Host, one: Unusual, balances: ReturnType<typeof leftWith>): string {
  switch (one.kind) {
    case 'dear_day':
      return `On ${one.day} ${inCredits(one.credits)} were spent; a usual day takes ${inCredits(one.usual)}. Look in the list of requests for who asked what.`
    case 'more_misses':
      return `${vendorName(host, one.vendor)} did not know ${percent(one.lately)} of what it was asked in the last week, ${percent(one.before)} in the four weeks before. Has your list changed, or should another vendor go first?`
    case 'short_balance': {
      const plan = balances[one.vendor]?.plan
      if (plan)
        return `By your plan, ${vendorName(host, one.vendor)} leaves you ${inCredits(one.left)} until ${plan.until}; the last week took ${inCredits(one.week)}. At that pace they do not last.`
      return `${vendorName(host, one.vendor)} had ${inCredits(one.left)} left when it was last asked; the last week took ${inCredits(one.week)}. Top up there before it runs out.`
    }
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
