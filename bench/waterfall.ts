import { openBudget } from '../src/engine/budget'
import { execFileSync } from 'node:child_process'
import type { Answer } from '../src/domain/answer'
import type { Batch, Job, Lane } from '../src/domain/job'
import type { Outcome } from '../src/domain/outcome'
import type { HttpResponse, Operation, Provider } from '../src/domain/provider'
import { defaultStopRule } from '../src/domain/waterfall'
import { admit, learn, openJob, recall, retire, windowOf } from '../src/engine/job'
import { budgetOf, MAX_LANES, together } from '../src/engine/lane'
import { nextBatches } from '../src/engine/next-batches'
import { takeUnlooked } from '../src/engine/questions'
import { settle } from '../src/engine/settle'
import type { World } from '../src/engine/world'
import { waterfallsFor } from '../src/engine/world'
import { randomFrom } from './lists/random'
import type { Report } from './main'

// How fast a waterfall of four vendors goes through a list, how few requests it takes, and what the engine itself costs.
// The vendors are simulated on a virtual clock and refuse what is above their limits in any second, as it arrives.

const LEADS = 10_000

// Calls a second and share of questions answered, as issue 4 has them.
const VENDORS = [
  { rate: 10, hits: 0.6 },
  { rate: 5, hits: 0.5 },
  { rate: 3, hits: 0.4 },
  { rate: 2, hits: 0.3 },
] as const

// Log-normal.
const MEDIAN_MS = 800
const SIGMA = 0.5

// Calls that are sent together arrive within so much of each other: our assumption.
const TRAVEL_MS = 20

// Packs as vendors have them (providers.md): a few in a request, 50, 100, and 250 that are collected later.
const PACKS = [10, 50, 100, 250] as const
const TICKET_MS = 60_000
const POLL_MS = 2_000

// A run works in slices: each begins with what is on record, and lanes deal the questions anew (src/app/run.ts).
const SLICE_MS = 120_000

// Google's requests a day for a personal account, and the share that a run uses of them (src/app/quota.ts).
const FETCHES_A_DAY = 20_000 * 0.95

const SIZES = process.env['BENCH_LEADS']?.split(',').map(Number) ?? [1_000, 10_000, 100_000]

// Aims of the issue.
const LANE_AIM = 1.1
const VENDOR_AIM = 1.1
const EXPONENT_AIM = 1.05

/**
 * Time by lanes beside the least that is possible, requests beside the fewest, time and memory of the engine itself; with
 * a number of leads the last alone.
 */
export async function run(size?: string): Promise<Report> {
  if (size !== undefined) return engineAlone(Number(size))
  const lanes = [1, 2, 3, 4].map((count) => play({ leads: LEADS, lanes: count, packs: [1, 1, 1, 1] }))
  const one = lanes[0]!
  const four = lanes[MAX_LANES - 1]!
  const busiest = Math.max(...one.calls.map((calls, vendor) => calls / VENDORS[vendor]!.rate)) * 1_000
  const best = blocking(one.calls)
  const rows: { [column: string]: string | number }[] = [
    { schedule: 'row by row', ...timed(rowByRow(one.calls), busiest), throttled: 0, 'requests a lead': perLead(one) },
    { schedule: 'vendor by vendor', ...timed(vendorByVendor(one.calls), busiest), throttled: 0 },
    { schedule: 'best blocking, one lane', ...timed(best, busiest), throttled: 0 },
    ...lanes.map((played, index) => ({
      schedule: index === 0 ? 'engine, one lane' : `engine, ${index + 1} lanes`,
      ...timed(played.ms, busiest),
      throttled: played.throttled,
      'requests a lead': perLead(played),
    })),
  ]
  const packed = play({ leads: LEADS, lanes: 1, packs: PACKS })
  const fewest = packed.calls.map((calls, vendor) => Math.ceil(calls / PACKS[vendor]!)).reduce((sum, one) => sum + one)
  // The vendor that answers later is asked at least once more about each ticket.
  const least = fewest + Math.ceil(packed.calls[3]! / PACKS[3])
  const day = (requests: number) => Math.floor((FETCHES_A_DAY / requests) * LEADS)
  rows.push({
    schedule: `engine, one lane, packs of ${PACKS.join(', ')}`,
    ...timed(packed.ms, busiest),
    throttled: packed.throttled,
    'requests a lead': perLead(packed),
    'fewest possible': round(least / LEADS),
    'leads a day': day(packed.requests),
  })
  const sizes = SIZES.map((leads) => measureEngine(leads))
  const [small, large] = [sizes[0]!, sizes[sizes.length - 1]!]
  const exponent = round(
    Math.log((large.msPerLead * large.leads) / (small.msPerLead * small.leads)) / Math.log(large.leads / small.leads),
  )
  const figures = {
    laneRatio: round(one.ms / best),
    vendorRatio: round(four.ms / busiest),
    vendorRatio1: round(one.ms / busiest),
    vendorRatio2: round(lanes[1]!.ms / busiest),
    vendorRatio3: round(lanes[2]!.ms / busiest),
    throttled: lanes.reduce((sum, { throttled }) => sum + throttled, 0),
    fetchesPerLead: perLead(packed),
    fewestPerLead: round(least / LEADS),
    leadsADay: day(packed.requests),
    leadsADaySingle: day(one.requests),
    ...Object.fromEntries(sizes.map(({ leads, msPerLead }) => [`msPerLead_${leads}`, msPerLead])),
    exponent,
    peakMb: large.peakMb,
    reached: one.ms / best <= LANE_AIM && four.ms / busiest <= VENDOR_AIM && exponent <= EXPONENT_AIM,
  }
  for (const { leads, msPerLead, peakMb } of sizes)
    rows.push({ schedule: `engine alone, ${leads} leads`, 'ms a lead': msPerLead, 'peak MB': peakMb })
  return {
    question: `${LEADS} leads over four vendors (${VENDORS.map(({ rate }) => rate).join(', ')} calls a second). One lane takes ${figures.laneRatio} times the best blocking schedule (aim: at most ${LANE_AIM}), four lanes ${figures.vendorRatio} times the busiest vendor's calls at its rate (must: at most ${VENDOR_AIM}). The engine's own time grows with exponent ${exponent} (aim: at most ${EXPONENT_AIM}).`,
    rows,
    figures,
  }
}

interface Setup {
  readonly leads: number
  readonly lanes: number
  /** Questions that each vendor takes in a request; the vendor of the largest pack answers later. */
  readonly packs: readonly number[]
}

interface Played {
  readonly ms: number
  /** Questions that each vendor answered. */
  readonly calls: readonly number[]
  readonly requests: number
  readonly throttled: number
}

/** A lane at work: a job, and how much of the list and of the journal it has seen. */
interface Hand {
  job: Job
  next: number
  heard: number
  /** When it has something to do again. */
  at: number
  sent: { readonly batches: readonly Batch[]; readonly responses: readonly HttpResponse[] } | undefined
}

const START = Date.UTC(2026, 0, 5)

const BUDGET = openBudget(1e9)

/** Plays a whole list on the virtual clock, slice by slice. All lanes share a journal and hear the others before each wave. */
function play({ leads, lanes, packs }: Setup): Played {
  const random = randomFrom(7)
  const providers = packs.map((pack, vendor) => providerOf(vendor, pack))
  const world: World = {
    waterfalls: waterfallsFor(['email'], providers, { stop: defaultStopRule }),
    normalize: (_field, value) => value,
    sameCompany: (a, b) => a === b,
  }
  const wire = openWire(providers, random)
  const store = new Map<string, Answer>()
  let vendors: Job['vendors'] = {}
  let finished = 0
  let now = START
  for (let deal = 1; finished < leads; deal++) {
    const journal: Answer[] = []
    const since = now
    const end = now + SLICE_MS
    const hands = Array.from({ length: lanes }, (_, index): Hand => {
      const lane: Lane | undefined = lanes === 1 ? undefined : { index, of: lanes, since, deal }
      const job = openJob({
        run: 'run',
        environment: 'production',
        startedAt: START,
        epoch: deal,
        budget: lane ? budgetOf(BUDGET, lanes) : BUDGET,
        vendors,
        ...(lane && { lane }),
      })
      return { job, next: finished, heard: 0, at: now, sent: undefined }
    })
    const looked = hands.map(() => ({ questions: new Set<string>(), leads: new WeakSet<object>() }))
    const fill = (hand: Hand): void => {
      hand.job = retire(hand.job).job
      const fresh = []
      while (hand.job.leads.length + fresh.length < windowOf(world) && hand.next < leads) {
        const row = hand.next++
        fresh.push({ row, lead: leadOf(row), missing: ['email'] as const })
      }
      if (fresh.length > 0) hand.job = admit(hand.job, fresh, { world, now })
      for (;;) {
        const questions = takeUnlooked(hand.job, world, looked[hands.indexOf(hand)]!)
        if (questions.length === 0) break
        const known = questions.flatMap((question) => store.get(question) ?? [])
        hand.job = recall(hand.job, known, { world, now })
        hand.job = retire(hand.job).job
      }
    }
    for (;;) {
      // Nobody begins a wave after the end; what is on its way is waited for.
      const [hand] = hands.filter(({ sent, at }) => sent || at < end).sort((a, b) => a.at - b.at)
      if (!hand) break
      now = hand.at
      if (hand.sent) {
        const { batches, responses } = hand.sent
        const settled = settle(
          hand.job,
          batches.map((batch, index) => ({ batch, response: responses[index]! })),
          { world, now },
        )
        for (const { answer } of settled.answers) {
          journal.push(answer)
          store.set(answer.question, answer)
        }
        hand.job = settled.job
        hand.sent = undefined
        if (now >= end) continue
      }
      if (lanes > 1) hand.job = learn(hand.job, journal.slice(hand.heard), { world, now })
      hand.heard = journal.length
      fill(hand)
      const next = nextBatches(hand.job, world, now)
      hand.job = next.job
      switch (next.kind) {
        case 'idle':
          hand.at = Infinity
          break
        case 'wait':
          hand.at = Math.max(next.at, now + 1)
          break
        case 'wave': {
          const arrived = next.wave.batches.map((batch) => wire.send(batch, now))
          hand.sent = { batches: next.wave.batches, responses: arrived.map(({ response }) => response) }
          hand.at = now + Math.ceil(Math.max(...arrived.map(({ ms }) => ms)))
        }
      }
    }
    for (const hand of hands) {
      hand.job = learn(hand.job, journal.slice(hand.heard), { world, now })
      fill(hand)
    }
    finished = Math.max(...hands.map(({ job, next }) => job.leads[0]?.row ?? next))
    vendors = together(
      { vendors, since },
      hands.map(({ job }) => job.vendors),
    )
  }
  return { ms: now - START, ...wire.books() }
}

/** Vendors as they see the calls: each keeps its limit over any second. */
function openWire(providers: readonly Provider[], random: () => number) {
  const arrivals = providers.map((): number[] => [])
  const answered = providers.map(() => 0)
  const tickets = new Map<string, number>()
  let requests = 0
  let throttled = 0
  return {
    send(batch: Batch, now: number): { readonly ms: number; readonly response: HttpResponse } {
      const vendor = providers.findIndex(({ id }) => id === batch.provider)
      const at = now + random() * TRAVEL_MS
      const seen = arrivals[vendor]!
      const ms = latency(random)
      requests++
      seen.push(at)
      while (seen.length > 200) seen.shift()
      if (seen.filter((one) => one > at - 1_000 && one <= at).length > VENDORS[vendor]!.rate) {
        throttled++
        return { ms, response: { status: 429, headers: {}, text: '' } }
      }
      const say = (outcomes: readonly Outcome[]) => ({
        ms,
        response: { status: 200, headers: {}, text: JSON.stringify(outcomes) },
      })
      const later = (providers[vendor]!.operations[0] as { readonly poll?: object }).poll !== undefined
      if (later && batch.ticket === undefined) {
        tickets.set(batch.id, now + TICKET_MS)
        return say(batch.keys.map(() => ({ kind: 'pending', ticket: batch.id })))
      }
      if (batch.ticket !== undefined && (tickets.get(batch.ticket) ?? 0) > now)
        return say(batch.keys.map(() => ({ kind: 'pending' })))
      answered[vendor]! += batch.keys.length
      return say(batch.keys.map((key) => outcomeOf((key as { readonly last_name: string }).last_name, vendor)))
    },
    books: () => ({ calls: answered, requests, throttled }),
  }
}

function outcomeOf(person: string, vendor: number): Outcome {
  return chance(person, vendor) < VENDORS[vendor]!.hits
    ? { kind: 'found', values: { email: { value: `${person}@firm.example`, confidence: 0.95 } } }
    : { kind: 'not_found' }
}

function leadOf(row: number) {
  return { first_name: 'Ada', last_name: `nowak${row}`, domain: 'firm.example' }
}

function providerOf(vendor: number, pack: number): Provider {
  const read = (body: unknown) => body as readonly Outcome[]
  const request = () => ({ url: 'https://vendor.example/find' })
  const operation = {
    kind: 'remote',
    id: 'find',
    by: 'name_at_domain',
    finds: ['email'],
    price: { credits: 0.01 * (vendor + 1), charge: 'hit' },
    batch: pack,
    request,
    read,
    ...(pack === PACKS[3] && { poll: { request, read, everyMs: POLL_MS } }),
  } as unknown as Operation
  return {
    id: `vendor${vendor}`,
    name: `Vendor ${vendor}`,
    docs: '',
    kind: 'vendor',
    hosts: [],
    limits: { perSecond: VENDORS[vendor]!.rate },
    vocabularies: [],
    operations: [operation],
  }
}

/** One call after the other, one lead after the other. */
function rowByRow(calls: readonly number[]): number {
  const random = randomFrom(11)
  let ms = 0
  for (const count of calls) for (let call = 0; call < count; call++) ms += latency(random)
  return ms
}

/** All leads at the first vendor, then what it does not know at the second, as many at once as it takes in a second. */
function vendorByVendor(calls: readonly number[]): number {
  const random = randomFrom(12)
  let ms = 0
  for (const [vendor, count] of calls.entries()) {
    const { rate } = VENDORS[vendor]!
    for (let left = count; left > 0; left -= rate) ms += wave(Math.min(rate, left), random)
  }
  return ms
}

/**
 * The least time of one execution that waits for each wave, if every question were known from the beginning: full waves
 * of all vendors, as long as each has questions.
 */
function blocking(calls: readonly number[]): number {
  const random = randomFrom(13)
  const left = [...calls]
  let ms = 0
  while (left.some((count) => count > 0)) {
    const sent = left.map((count, vendor) => Math.min(count, VENDORS[vendor]!.rate))
    sent.forEach((count, vendor) => (left[vendor]! -= count))
    ms += wave(
      sent.reduce((sum, count) => sum + count),
      random,
    )
  }
  return ms
}

function wave(count: number, random: () => number): number {
  return Math.max(1_000, ...Array.from({ length: count }, () => latency(random)))
}

/** The engine's own time and memory, in a process of its own. */
function measureEngine(leads: number): Alone {
  const out = execFileSync(process.execPath, ['workbench/run.mjs', 'bench/main.ts', 'waterfall', String(leads)], {
    encoding: 'utf8',
  })
  return JSON.parse(out.trim().split('\n').at(-1)!) as Alone
}

interface Alone {
  readonly leads: number
  readonly msPerLead: number
  readonly peakMb: number
}

function engineAlone(leads: number): Report {
  play({ leads: 300, lanes: 1, packs: [1, 1, 1, 1] })
  const begun = process.cpuUsage()
  play({ leads, lanes: 1, packs: [1, 1, 1, 1] })
  const { user, system } = process.cpuUsage(begun)
  const msPerLead = round((user + system) / 1_000 / leads)
  const figures = { leads, msPerLead, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }
  return { question: "The engine's own time and the memory of the whole process.", rows: [figures], figures }
}

function timed(ms: number, busiest: number) {
  return { minutes: round(ms / 60_000), 'times the busiest vendor': round(ms / busiest) }
}

function perLead({ requests }: Played): number {
  return round(requests / LEADS)
}

function latency(random: () => number): number {
  return MEDIAN_MS * Math.exp(SIGMA * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()))
}

// The same for a person and a vendor whenever and in whatever order they are asked.
function chance(person: string, vendor: number): number {
  return randomFrom(Number(person.slice('nowak'.length)) * 31 + vendor * 7_919)()
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
