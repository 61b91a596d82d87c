import type { QuestionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Batch, Job } from '../domain/job'
import type { HttpResponse, Provider } from '../domain/provider'
import { openBudget } from '../engine/budget'
import type { NewLead } from '../engine/job'
import { admit, openJob, recall, setAside } from '../engine/job'
import { nextBatches } from '../engine/next-batches'
import { settle } from '../engine/settle'
import type { World } from '../engine/world'
import { findStep } from '../engine/world'
import type { Wish } from './claims'
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
}

/**
 * Asks the vendors of a formula about leads, each question claimed before it is sent. Answers stand in the properties then;
 * the rows that are still open are returned: others ask about them, or there was no time, no room or no cap left.
 */
export function askForFormula(
  asking: Asking,
  leads: readonly NewLead[],
  known: (job: Job) => Job,
): ReadonlySet<number> {
  const { host, environment, world, until } = asking
  const pending = new Set<number>()
  const awake = new Set<string>()
  const open = new Map<QuestionId, Wish>()
  const start = { run: `formula-${host.randomId()}`, environment, startedAt: host.now(), epoch: 0, vendors: {} }
  let job = known(admit(openJob({ ...start, budget: openBudget(Infinity) }), leads, { world, now: host.now() }))
  const leave = (rows: Iterable<number>): void => {
    const left = new Set(rows)
    left.forEach((row) => pending.add(row))
    job = setAside(job, left)
  }
  try {
    while (Object.keys(job.asks).length > 0) {
      if (host.now() >= until) return pendingAnd(pending, job)
      const wishes = Object.values(job.asks).flatMap(({ question, provider, operation }): readonly Wish[] => {
        const worst = findStep(world, provider, operation)?.operation.price.credits
        return open.has(question) || worst === undefined ? [] : [{ question, provider, worst }]
      })
      const had = wishes.length === 0 ? new Set<QuestionId>() : claim(host, wishes)
      if (!had) return pending
      const refused = wishes.filter(({ question }) => !had.has(question)).map(({ question }) => question)
      for (const wish of wishes) if (had.has(wish.question)) open.set(wish.question, wish)
      job = recall(job, claimedAnswers(host, refused), { world, now: host.now() })
      leave(refused.flatMap((question) => job.asks[question]?.rows ?? []))
      // Who was put on the list meanwhile is not asked about; the claim goes back in the end.
      leave(job.leads.filter(({ lead }) => world.isSuppressed?.(lead)).map(({ row }) => row))
      const next = nextBatches(job, world, host.now())
      job = next.job
      switch (next.kind) {
        case 'wave':
          for (let left = next.wave.batches; left.length > 0;) {
            if (host.now() >= until) return pendingAnd(pending, job)
            const batches = nextPortion(left, awake)
            if (isStopped(host, batches)) return pendingAnd(pending, job)
            job = send(asking, { job, batches, awake, open })
            left = left.filter((batch) => !batches.includes(batch))
          }
          break
        case 'wait':
          if (next.at - host.now() > LONGEST_WAIT_MS || next.at >= until) return pendingAnd(pending, job)
          host.sleep(Math.max(1, next.at - host.now()))
          break
        case 'idle':
          return pendingAnd(pending, job)
      }
      job = known(job)
    }
    return pending
  } finally {
    // What was claimed and not sent is free for others.
    releaseClaims(host, open.values())
  }
}

function pendingAnd(pending: ReadonlySet<number>, job: Job): ReadonlySet<number> {
  return new Set([...pending, ...Object.values(job.asks).flatMap(({ rows }) => rows)])
}

// Who stops the spending of formulas does not mean the next one.
function isStopped(host: Host, batches: readonly Batch[]): boolean {
  if (batches.every(({ worst }) => worst === 0)) return false
  host.document.refresh()
  return !loadFormulaSpending(host).isOn
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
    const failed = ['unavailable', 'refused'].includes(answer.outcome)
    // What failed and cost nothing may be asked again.
    const isFree = failed && answer.credits === 0
    if (isFree) takeBack(answer.question)
    // What nobody can read may be charged: a formula runs again by itself, and would pay for it each time.
    return wish && !isFree ? [{ wish, answer: failed ? { ...answer, outcome: 'maybe_charged' as const } : answer }] : []
  })
  putAnswers(host, kept)
  return settled.job
}
