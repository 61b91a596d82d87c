import type { QuestionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Batch, Job, VendorState } from '../domain/job'
import type { HttpResponse, Provider } from '../domain/provider'
import { openBudget } from '../engine/budget'
import type { NewLead } from '../engine/job'
import { admit, openJob, putBack, recall, restVendor, setAside } from '../engine/job'
import type { Next } from '../engine/next-batches'
import { nextBatches } from '../engine/next-batches'
import { settle } from '../engine/settle'
import { verdictOf } from '../engine/status'
import type { World } from '../engine/world'
import { findStep } from '../engine/world'
import type { Stands, Wish } from './claims'
import { claim, claimedAnswers, putAnswers, releaseClaims } from './claims'
import { loadFormulaSpending } from './formula-spending'
import type { Host, SignedRequest } from './host'
import { quietly } from './insist'
import { findSharedKey, sign } from './keys'
import { suppressLater } from './suppressed'

// Longer than any question is worth waiting for in a cell; the execution ends after 30 s (platform.md section 2).
const TIMEOUT_SECONDS = 8

// A vendor that wants more time than this between two calls is asked by the sidebar.
const LONGEST_WAIT_MS = 2_000

interface Asking {
  readonly host: Host
  readonly environment: Environment
  readonly world: World
  readonly providers: readonly Provider[]
  /** When nothing is begun any more. */
  readonly until: number
  /** How vendors have behaved so far. */
  readonly vendors: Job['vendors']
  /** The store that was looked in. */
  readonly stands: Stands
}

/** What became of leads that a formula asked about. */
interface Asked {
  /** Rows that are still open, and the sentence about the vendor that is to blame, if one is. */
  readonly left: ReadonlyMap<number, string | undefined>
  readonly vendors: Job['vendors']
}

/**
 * Asks the vendors of a formula about leads, each question claimed before it is sent. Answers stand in the properties then;
 * rows are left open where others ask about them, a vendor is in trouble, or there was no time, no room or no cap left.
 */
export function askForFormula(asking: Asking, leads: readonly NewLead[], known: (job: Job) => Job): Asked {
  const { host, environment, world, until, vendors } = asking
  const left = new Map<number, string | undefined>()
  const awake = new Set<string>()
  const reached = new Set<string>()
  const open = new Map<QuestionId, Wish>()
  const start = { run: `formula-${host.randomId()}`, environment, startedAt: host.now(), epoch: 0, vendors }
  let job = known(admit(openJob({ ...start, budget: openBudget(Infinity) }), leads, { world, now: host.now() }))
  const leave = (rows: Iterable<number>): void => {
    const aside = new Set(rows)
    aside.forEach((row) => left.set(row, undefined))
    job = setAside(job, aside)
  }
  const isOver = (next: Next): boolean =>
    host.now() >= until ||
    next.kind === 'idle' ||
    (next.kind === 'wait' && (next.at - host.now() > LONGEST_WAIT_MS || next.at >= until))
  try {
    while (Object.keys(job.asks).length > 0) {
      // Nothing is claimed for a vendor that rests.
      if (isOver(nextBatches(job, world, host.now()))) break
      const wishes = Object.values(job.asks).flatMap(({ question, provider, operation, pending }): readonly Wish[] => {
        const worst = findStep(world, provider, operation)?.operation.price.credits
        // The price of a ticket is held since it was given.
        return open.has(question) || worst === undefined ? [] : [{ question, provider, worst: pending ? 0 : worst }]
      })
      const had = wishes.length === 0 ? new Set<QuestionId>() : claim(host, wishes, asking.stands)
      if (!had) return { left, vendors }
      const refused = wishes.filter(({ question }) => !had.has(question)).map(({ question }) => question)
      for (const wish of wishes) if (had.has(wish.question)) open.set(wish.question, wish)
      job = recall(job, claimedAnswers(host, refused), { world, now: host.now() })
      leave(refused.flatMap((question) => job.asks[question]?.rows ?? []))
      // Who was put on the list meanwhile is not asked about; the claim goes back in the end.
      leave(job.leads.filter(({ lead }) => world.isSuppressed?.(lead)).map(({ row }) => row))
      const next = nextBatches(job, world, host.now())
      if (isOver(next)) break
      job = next.job
      if (next.kind === 'wait') host.sleep(Math.max(1, next.at - host.now()))
      if (next.kind === 'wave') {
        let rest = next.wave.batches
        while (rest.length > 0 && !rest.some(({ provider }) => isResting(job.vendors[provider], host.now()))) {
          const batches = nextPortion(rest, awake)
          if (!goesThrough(asking, batches[0]!, reached))
            return withBlame(asking, left, restVendor(job, batches[0]!.provider, host.now()))
          if (host.now() >= until || isStopped(host, batches)) return withBlame(asking, left, job)
          job = send(asking, { job, batches, awake, open })
          rest = rest.filter((batch) => !batches.includes(batch))
        }
        job = putBack(job, rest, { world, now: host.now() })
      }
      job = known(job)
    }
    return withBlame(asking, left, job)
  } finally {
    // What was claimed and not sent is free for others.
    releaseClaims(host, open.values())
  }
}

function isResting(state: VendorState | undefined, now: number): boolean {
  return state !== undefined && (state.dropped !== undefined || state.restUntil > now)
}

// What is still to be asked waits, and so does what a vendor in trouble left without an answer.
function withBlame({ providers }: Asking, given: Asked['left'], { asks, leads, vendors }: Job): Asked {
  const left = new Map(given)
  const blame = (on: readonly Provider[]) => on.flatMap(({ id, name }) => troubleOf(name, vendors[id]) ?? [])[0]
  for (const { provider, rows } of Object.values(asks)) {
    const why = blame(providers.filter(({ id }) => id === provider))
    rows.forEach((row) => left.set(row, why))
  }
  const why = blame(providers)
  for (const { row, results } of leads)
    if (why && Object.values(results).some((result) => result.kind === 'none' && result.why === 'vendor_trouble'))
      left.set(row, why)
  return { left, vendors }
}

function troubleOf(name: string, state: VendorState | undefined): string | undefined {
  if (state?.dropped) return state.dropped.reason
  return state && state.setbacks > 0 ? `${name} is busy or did not answer. Wait a minute.` : undefined
}

// Who stops the spending of formulas does not mean the next one.
function isStopped(host: Host, batches: readonly Batch[]): boolean {
  if (batches.every(({ worst }) => worst === 0)) return false
  host.document.refresh()
  return !loadFormulaSpending(host).isOn
}

// Nobody is paid before a free call has gone through (safety S2): where Google makes no more calls today, nothing is lost.
function goesThrough(asking: Asking, { provider: id, worst }: Batch, reached: Set<string>): boolean {
  const { host, environment, providers } = asking
  const provider = providers.find((one) => one.id === id)!
  if (worst === 0 || reached.has(id) || !provider.balance) return true
  const free = sign(provider.balance.request(), provider, findSharedKey(host, environment, provider))
  const sent = host.send([{ ...free, timeoutSeconds: TIMEOUT_SECONDS }])
  if (sent.kind === 'lost' || verdictOf(sent.responses[0]!.status, provider) === 'unavailable') return false
  reached.add(id)
  return true
}

// About as many requests as Google makes at once (platform.md section 5): more of them take longer than one.
const SIDE_BY_SIDE = 5

// A call that throws takes its whole wave with it (safety S2): a host that did not answer yet is asked alone, and all that is
// left for it together once it has.
function nextPortion(batches: readonly Batch[], awake: ReadonlySet<string>): readonly Batch[] {
  const together = batches.filter(({ provider, worst }) => worst === 0 || awake.has(provider))
  return together.length > 0 ? together.slice(0, SIDE_BY_SIDE) : batches.slice(0, 1)
}

function send(
  { host, environment, world, providers }: Asking,
  given: {
    readonly job: Job
    readonly batches: readonly Batch[]
    readonly awake: Set<string>
    readonly open: Map<QuestionId, Wish>
  },
): Job {
  const { batches, awake, open } = given
  const requests = batches.map((batch): SignedRequest => {
    const provider = providers.find(({ id }) => id === batch.provider)!
    return {
      ...sign(batch.request, provider, findSharedKey(host, environment, provider)),
      timeoutSeconds: TIMEOUT_SECONDS,
    }
  })
  // From here on a claim stands for what may have been charged, whatever fails: only what certainly was not is taken back.
  const questions = batches.flatMap((batch) => batch.questions)
  const asked = new Map(questions.map((question) => [question, open.get(question)] as const))
  questions.forEach((question) => open.delete(question))
  const sent = host.send(requests)
  const responseTo = (index: number): HttpResponse | 'lost' =>
    sent.kind === 'answered' ? sent.responses[index]! : 'lost'
  const replies = batches.map((batch, index) => ({ batch, response: responseTo(index) }))
  if (sent.kind === 'answered') batches.forEach(({ provider }) => awake.add(provider))
  const settled = settle(given.job, replies, { world, now: host.now() })
  const objected = given.job.leads.filter(({ row }) => settled.objected.includes(row)).map(({ lead }) => lead)
  quietly(() => suppressLater(host, objected))
  const takeBack = (question: QuestionId): void => {
    const wish = asked.get(question)
    if (wish) open.set(question, wish)
  }
  for (const batch of batches) if (settled.released.includes(batch.id)) batch.questions.forEach(takeBack)
  const kept = settled.answers.flatMap(({ answer }) => {
    const wish = asked.get(answer.question)
    // What ends a ticket takes its place in the store, so that it is asked about no more.
    const isPoll = given.job.asks[answer.question]?.pending !== undefined
    const failed = !isPoll && ['unavailable', 'refused'].includes(answer.outcome)
    // What failed and cost nothing may be asked again.
    const isFree = failed && answer.credits === 0
    if (isFree) takeBack(answer.question)
    // What nobody can read may be charged: a formula runs again by itself, and would pay for it each time.
    return wish && !isFree ? [{ wish, answer: failed ? { ...answer, outcome: 'maybe_charged' as const } : answer }] : []
  })
  putAnswers(host, kept)
  return settled.job
}
