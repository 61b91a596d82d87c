import { openBudget } from '../../src/engine/budget'
import fc from 'fast-check'
import type { Answer, QuestionId } from '../../src/domain/answer'
import type { Ask, Budget, Job, Lane } from '../../src/domain/job'
import type { Lead } from '../../src/domain/lead'
import type { RemoteOperation } from '../../src/domain/provider'
import { admit, learn, openJob, recall, retire, sentAt } from '../../src/engine/job'
import { budgetOf, isMine, LATE_MS, MAX_LANES, shareOf, slotAt, SLOT_MS, together } from '../../src/engine/lane'
import type { Wave } from '../../src/engine/next-batches'
import { nextBatches } from '../../src/engine/next-batches'
import { roundCredits } from '../../src/engine/price'
import { takeUnlooked } from '../../src/engine/questions'
import { settle } from '../../src/engine/settle'
import type { Records } from './drive'
import { beginRecords, drive } from './drive'
import { asks, jobOf, T0, vendor, worldOf } from './one-vendor'
import type { Script, Stage } from './scripted'
import { chance, scripts, stage } from './scripted'

const lanesOf = (of: number, more: Partial<Lane> = {}): readonly Lane[] =>
  Array.from({ length: of }, (_, index) => ({ index, of, since: 0, deal: 1, ...more }))
const counts = fc.integer({ min: 1, max: MAX_LANES })

describe('slots', () => {
  const moments = fc.integer({ min: 0, max: 4_102_444_800_000 })

  it('belong to one lane at a time, and lie a second apart, whatever the lateness', () => {
    fc.assert(
      fc.property(moments, counts, (now, of) => {
        const starts = lanesOf(of).map((lane) => slotAt(lane, now))
        for (const [index, at] of starts.entries()) {
          expect(at).toBeGreaterThanOrEqual(now)
          expect(at - now).toBeLessThanOrEqual(of * SLOT_MS)
          expect(Math.floor(at / SLOT_MS) % of).toBe(index)
          expect(at % SLOT_MS).toBeLessThanOrEqual(LATE_MS)
        }
        const sorted = [...starts].sort((a, b) => a - b)
        for (let index = 1; index < of; index++) expect(sorted[index]! - sorted[index - 1]!).toBeGreaterThan(1_000)
      }),
    )
  })

  it('are anybody’s without lanes', () => expect(slotAt(undefined, 1_234_567)).toBe(1_234_567))
})

describe('shares', () => {
  it('of a limit add up to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 600 }), counts, (total, of) => {
        const shares = lanesOf(of).map((lane) => shareOf(total, lane))
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('of a budget never add up to more than what is left', () => {
    const credits = fc.integer({ min: 0, max: 9_999_999 }).map((amount) => amount / 1e4)
    fc.assert(
      fc.property(fc.tuple(credits, credits, credits, credits), counts, ([cap, spent, held, maybe], of) => {
        const part = budgetOf({ ...openBudget(cap), spent, held, maybe }, of)
        expect(part.cap * of).toBeLessThanOrEqual(Math.max(0, cap - spent - held - maybe) + 1e-6)
        expect(part).toMatchObject({ spent: 0, reserved: 0, held: 0, maybe: 0 })
      }),
    )
  })
})

describe('a question', () => {
  const operation = (batch?: number) => ({ kind: 'remote', id: 'find', ...(batch && { batch }) }) as RemoteOperation
  const ask = (question: string, ticket?: string): Ask => ({
    question,
    provider: 'one',
    operation: 'find',
    key: { email: 'a@b.example' },
    rows: [0],
    attempts: 0,
    notBefore: 0,
    inFlight: false,
    ...(ticket && {
      pending: { question, at: 0, outcome: 'pending', credits: 1, ticket: { id: ticket, run: 'run' } },
    }),
  })
  const hex = fc.nat().map((n) => n.toString(16).padStart(32, '0'))
  const owners = (one: Ask, by: RemoteOperation, lanes: readonly Lane[]) =>
    lanes.filter((lane) => isMine(one, by, lane))

  it('is for one lane', () => {
    fc.assert(
      fc.property(
        hex,
        fc.option(fc.string()),
        fc.constantFrom(1, 50),
        fc.nat(),
        counts,
        (key, ticket, batch, deal, of) => {
          const one = ask(`production/one/find/${key}`, ticket || undefined)
          expect(owners(one, operation(batch), lanesOf(of, { deal }))).toHaveLength(1)
        },
      ),
    )
  })

  it('is dealt anew in the next slice', () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => (index * 7_919).toString(16).padStart(32, '0'))
    const hands = (deal: number) =>
      keys.map((key) => owners(ask(`production/one/find/${key}`), operation(), lanesOf(4, { deal }))[0]!.index)
    const [first, second] = [hands(1), hands(2)]
    for (const lane of [0, 1, 2, 3]) {
      expect(first.filter((index) => index === lane).length).toBeGreaterThan(200)
      expect(first.filter((index, at) => index === lane && second[at] !== lane).length).toBeGreaterThan(100)
    }
  })

  it('of a vendor that takes packs, or of one ticket, goes with the others of it', () => {
    const hand = (one: Ask, by: RemoteOperation) => owners(one, by, lanesOf(4))[0]!.index
    const keys = Array.from({ length: 50 }, (_, index) => `production/one/find/${String(index).padStart(32, '0')}`)
    expect(new Set(keys.map((key) => hand(ask(key), operation(100)))).size).toBe(1)
    expect(new Set(keys.map((key) => hand(ask(key, 'ticket-1'), operation()))).size).toBe(1)
  })
})

// A slice of some lanes, as the app plays it: each has a job over all rows, asks its share in its slots, and hears the
// answers of the others from the journal. Returns when all have ended.
function driveLanes(staged: Stage, records: Records, of: number): void {
  const { world, leads, script } = staged
  const since = records.now
  const end = since + 120_000
  const before = records.budget
  const began = { vendors: records.vendors, since }
  const journal: { readonly lane: number; readonly answer: Answer }[] = []
  records.epoch++
  const hands = lanesOf(of, { since, deal: records.epoch }).map((lane) => ({
    lane,
    job: openJob({
      run: 'run',
      environment: 'production',
      startedAt: since,
      epoch: records.epoch,
      budget: budgetOf(before, of),
      vendors: records.vendors,
      lane,
    }),
    looked: { questions: new Set<QuestionId>(), leads: new WeakSet<Lead>() },
    next: 0,
    heard: 0,
    at: since,
    idle: 0,
    sent: undefined as { readonly wave: Wave; readonly lost: boolean } | undefined,
  }))
  for (let steps = 0; ; steps++) {
    if (steps > 20_000) throw new Error('the lanes do not end')
    const [hand] = hands.filter(({ sent, at }) => sent || at < end).sort((a, b) => a.at - b.at)
    if (!hand) break
    const now = hand.at
    records.now = Math.max(records.now, now)
    if (hand.sent) {
      const { wave, lost } = hand.sent
      hand.sent = undefined
      const replies = wave.batches.map((batch) => {
        if (!lost) return { batch, response: staged.answer(batch) }
        staged.lose(batch)
        return { batch, response: 'lost' as const }
      })
      const settled = settle(hand.job, replies, { world, now })
      hand.job = settled.job
      for (const { answer } of settled.answers) {
        const known = records.answers.get(answer.question)
        if (known && known.outcome !== 'pending') throw new Error('a question has two outcomes')
        records.answers.set(answer.question, answer)
        journal.push({ lane: hand.lane.index, answer })
      }
      if (now >= end) continue
    }
    const news = journal.slice(hand.heard).filter(({ lane }) => lane !== hand.lane.index)
    hand.heard = journal.length
    hand.job = learn(
      hand.job,
      news.map(({ answer }) => answer),
      { world, now },
    )
    hand.job = retire(hand.job).job
    const fresh = leads.slice(hand.next, hand.next + script.window - hand.job.leads.length)
    hand.next += fresh.length
    hand.job = admit(hand.job, fresh, { world, now })
    for (;;) {
      const questions = takeUnlooked(hand.job, world, hand.looked)
      if (questions.length === 0) break
      const known = questions.flatMap((question) => records.answers.get(question) ?? [])
      hand.job = recall(hand.job, known, { world, now })
    }
    const planned = slotAt(hand.lane, now + 300)
    const turn = nextBatches(hand.job, world, planned)
    hand.job = turn.job
    if (turn.kind === 'wave') {
      // The calls before sending took longer than planned: it waits for its next slot.
      const isLate = chance(script.seed, steps, 'late') < 0.2
      const lateness = Math.floor(chance(script.seed, steps, 'sleep') * LATE_MS)
      const at = (isLate ? slotAt(hand.lane, planned + 3 * LATE_MS) : planned) + lateness
      hand.job = sentAt(hand.job, planned, at)
      noteCalls(staged, records, { wave: turn.wave, at })
      hand.sent = {
        wave: turn.wave,
        lost: turn.wave.kind === 'paid' && chance(script.seed, steps, 'lost') < script.trouble.lost,
      }
      hand.at = at + 1 + Math.floor(chance(script.seed, steps, 'latency') ** 3 * 20_000)
      hand.idle = 0
    } else {
      hand.idle++
      hand.at =
        turn.kind === 'idle' || hand.idle > 40 || turn.job.capped
          ? Infinity
          : Math.max(now + 1, Math.min(turn.at, now + 1_000))
      if (turn.kind === 'idle' && retire(hand.job).finished.length > 0) hand.at = now + 1
    }
    checkCap(
      before,
      hands.map(({ job }) => job),
    )
  }
  const sum = (of: (budget: Budget) => number) =>
    roundCredits(hands.reduce((total, { job }) => total + of(job.budget), of(before)))
  records.budget = {
    ...before,
    spent: sum(({ spent }) => spent),
    reserved: 0,
    held: sum(({ held }) => held),
    maybe: sum(({ maybe }) => maybe),
  }
  records.vendors = together(
    began,
    hands.map(({ job }) => job.vendors),
  )
}

function noteCalls(
  { providers }: Stage,
  records: Records,
  { wave, at }: { readonly wave: Wave; readonly at: number },
): void {
  for (const batch of wave.batches) {
    const provider = providers.find((one) => one.id === batch.provider)!
    const operation = provider.operations.find((one) => one.id === batch.operation)! as RemoteOperation
    const own = batch.ticket === undefined ? operation.limits : operation.poll?.limits
    const together = provider.operations.findIndex((one) => one.kind === 'remote' && one.limits === own)
    const meter = `${provider.id}/${own ? together : 'shared'}`
    const kind = batch.ticket === undefined ? 'question' : 'poll'
    records.calls.push({ at, meter, limits: own ?? provider.limits, kind })
  }
}

// At every instant, over all lanes (safety S4).
function checkCap(before: Budget, jobs: readonly Job[]): void {
  const used = [before, ...jobs.map(({ budget }) => budget)].reduce(
    (sum, { spent, reserved, held, maybe }) => sum + spent + reserved + held + maybe,
    0,
  )
  if (used > before.cap + 1e-6) throw new Error(`over the cap: ${used} of ${before.cap}`)
}

function mostInWindow(calls: readonly number[], ms: number): number {
  return Math.max(...calls.map((at) => calls.filter((one) => one > at - ms && one <= at).length))
}

describe('a wave that goes out later than planned', () => {
  it('counts from then on', () => {
    const finds = ['phone'] as const
    const world = worldOf(finds, [vendor('one', [asks('find', 'email', { finds })], { limits: { perSecond: 1 } })])
    const start = jobOf(world, [{ email: 'a@acme.example' }, { email: 'b@acme.example' }])
    const { job } = nextBatches(start, world, T0)
    const next = nextBatches(sentAt(job, T0, T0 + 700), world, T0 + 1_200)
    expect(next).toMatchObject({ kind: 'wait', at: T0 + 1_821 })
  })
})

describe('lanes', () => {
  // Many people, and vendors that take few calls.
  const busy: fc.Arbitrary<Script> = fc
    .tuple(scripts, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 4, max: 40 }))
    .map(([script, perSecond, perMinute]) => ({
      ...script,
      window: 100,
      rows: Array.from({ length: 60 }, (_, person) => ({
        person,
        has: ['first_name', 'last_name', 'domain'] as const,
      })),
      vendors: script.vendors.map((vendor, index) => ({
        ...vendor,
        mood: 'well' as const,
        limits: index === 0 ? { perSecond } : { perSecond, perMinute },
        operations: vendor.operations.map((one) => ({ ...one, by: 'name_at_domain' as const, limits: null })),
      })),
    }))

  it('together keep every limit over any second and minute, and leave little of it unused', () => {
    let most = 0
    fc.assert(
      fc.property(busy, counts, (script, of) => {
        const staged = stage(script)
        const records = beginRecords(1e9)
        driveLanes(staged, records, of)
        const meters = new Map(records.calls.map(({ meter, limits }) => [meter, limits]))
        for (const [meter, { perSecond = Infinity, perMinute = Infinity }] of meters) {
          const calls = records.calls.filter((call) => call.meter === meter).map(({ at }) => at)
          expect(mostInWindow(calls, 1_000)).toBeLessThanOrEqual(perSecond)
          expect(mostInWindow(calls, 60_000)).toBeLessThanOrEqual(perMinute)
          most = Math.max(most, mostInWindow(calls, 60_000) / perMinute)
        }
      }),
      { numRuns: 12 },
    )
    expect(most).toBe(1)
  })

  it('keep the cap together, and what they leave a slice alone finishes', () => {
    fc.assert(
      fc.property(scripts, counts, fc.nat(60), (script, of, cap) => {
        const staged = stage(script)
        const records = beginRecords(cap)
        driveLanes(staged, records, of)
        drive(staged, records)
        const { spent, held, maybe } = records.budget
        expect(spent + held + maybe).toBeGreaterThanOrEqual(staged.books.charged - 1e-6)
        expect(spent + held + maybe).toBeLessThanOrEqual(cap + 1e-6)
        if (!records.paused) expect(records.finished.map(({ row }) => row)).toEqual(script.rows.map((_, row) => row))
      }),
      { numRuns: 120 },
    )
  })
})
