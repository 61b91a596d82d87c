import { openBudget } from '../../src/engine/budget'
import type { Answer, QuestionId } from '../../src/domain/answer'
import type { Budget, Job, OpenLead, VendorState } from '../../src/domain/job'
import type { Lead } from '../../src/domain/lead'
import type { Provider } from '../../src/domain/provider'
import { admit, isFinished, openJob, recall, retire } from '../../src/engine/job'
import type { Wave } from '../../src/engine/next-batches'
import { MAX_WAVE, MAX_WAVE_CREDITS, nextBatches } from '../../src/engine/next-batches'
import { takeUnlooked } from '../../src/engine/questions'
import { settle } from '../../src/engine/settle'
import type { Stage } from './scripted'
import { chance } from './scripted'

/** Where an execution is killed: at which wave, and at which moment of it. */
export interface Kill {
  readonly wave: number
  readonly moment: 'reserved' | 'sent' | 'settled'
}

/** What is on record of a run: all that the next execution has. */
export interface Records {
  readonly answers: Map<QuestionId, Answer>
  readonly finished: OpenLead[]
  /** When a row had all that it wanted, or nobody was left to ask. */
  readonly ended: Map<number, number>
  readonly calls: {
    readonly at: number
    readonly meter: string
    readonly limits: Provider['limits']
    readonly kind: 'question' | 'poll'
  }[]
  readonly objected: Set<number>
  budget: Budget
  vendors: { readonly [provider: string]: VendorState }
  now: number
  waves: number
  steps: number
  epoch: number
  paused: boolean
}

const START = Date.UTC(2026, 0, 5)

/** The records of a run that has not begun. */
export function beginRecords(cap: number): Records {
  return {
    answers: new Map(),
    finished: [],
    ended: new Map(),
    calls: [],
    objected: new Set(),
    budget: openBudget(cap),
    vendors: {},
    now: START,
    waves: 0,
    steps: 0,
    epoch: 0,
    paused: false,
  }
}

/** Runs one execution to the end, to the cap or to its death, and holds every rule of money and manners at each step. */
export function drive(stage: Stage, records: Records, kill?: Kill): Records {
  const { world, leads, script } = stage
  const looked = { questions: new Set<QuestionId>(), leads: new WeakSet<Lead>() }
  const firstWave = records.waves
  records.epoch++
  records.paused = false
  let next = records.finished.length
  let job: Job = openJob({
    run: 'run',
    environment: 'production',
    startedAt: START,
    epoch: records.epoch,
    budget: records.budget,
    vendors: records.vendors,
  })
  for (;;) {
    records.steps++
    if (records.steps > 20_000 || records.now > START + 24 * 3_600_000) throw new Error('the run does not end')
    const fresh = leads.slice(next, next + script.window - job.leads.length)
    next += fresh.length
    job = admit(job, fresh, { world, now: records.now })
    for (;;) {
      const questions = takeUnlooked(job, world, looked)
      if (questions.length === 0) break
      const known = questions.flatMap((question) => records.answers.get(question) ?? [])
      job = recall(job, known, { world, now: records.now })
    }
    noteEnds(records, job)
    const turn = nextBatches(job, world, records.now)
    job = turn.job
    checkBudget(job)
    checkAsks(job)
    if (turn.kind === 'wait') {
      if (turn.at <= records.now) throw new Error('waits for a moment that is past')
      records.now = turn.at
      continue
    }
    if (turn.kind === 'idle') {
      const retired = retire(job)
      job = retired.job
      records.finished.push(...retired.finished)
      records.paused = job.capped
      if (job.leads.length > 0 && !job.capped) throw new Error('waits for questions that nobody asks')
      if (job.capped || (next >= leads.length && job.leads.length === 0)) return records
      continue
    }
    records.waves++
    checkWave(stage, records, turn.wave)
    const killed = kill && records.waves - firstWave === kill.wave ? kill.moment : undefined
    if (killed === 'reserved') return die(records, job, turn.wave)
    const lost = turn.wave.kind === 'paid' && chance(script.seed, records.waves, 'lost') < script.trouble.lost
    const replies = turn.wave.batches.map((batch) => {
      if (!lost) return { batch, response: stage.answer(batch) }
      stage.lose(batch)
      return { batch, response: 'lost' as const }
    })
    records.now += Math.floor(chance(script.seed, records.waves, 'latency') * 3_000)
    if (killed === 'sent') return die(records, job, turn.wave)
    const settled = settle(job, replies, { world, now: records.now })
    for (const { answer } of settled.answers) {
      const before = records.answers.get(answer.question)
      if (before && before.outcome !== 'pending') throw new Error('a question has two outcomes')
      records.answers.set(answer.question, answer)
    }
    checkSettled(turn.wave, settled)
    for (const row of settled.objected) records.objected.add(row)
    job = settled.job
    noteEnds(records, job)
    records.budget = job.budget
    records.vendors = job.vendors
    checkBudget(job)
    if (killed === 'settled') return records
    if (chance(script.seed, records.waves, 'write') < 0.5) {
      const retired = retire(job)
      job = retired.job
      records.finished.push(...retired.finished)
    }
  }
}

function noteEnds({ ended, now }: Records, { leads }: Job): void {
  for (const { row } of leads.filter(isFinished)) if (!ended.has(row)) ended.set(row, now)
}

// As safety S1 has it: what was reserved and not answered may have been charged, and is not asked again.
function die(records: Records, job: Job, wave: Wave): Records {
  let { maybe } = records.budget
  for (const batch of wave.batches) {
    if (batch.worst === 0) continue
    maybe += batch.worst
    for (const question of batch.questions) {
      const credits = batch.worst / batch.questions.length
      records.answers.set(question, { question, at: records.now, outcome: 'maybe_charged', credits })
    }
  }
  records.budget = { ...records.budget, maybe, reserved: 0 }
  records.vendors = job.vendors
  return records
}

// A lead waits for a question exactly if the question knows of it, once.
function checkAsks({ asks, leads }: Job): void {
  const links = Object.values(asks).flatMap(({ question, rows }) => rows.map((row) => `${row} ${question}`))
  const waits = leads.flatMap(({ row, waiting }) => waiting.map((question) => `${row} ${question}`))
  if (links.sort().join() !== waits.sort().join()) throw new Error('leads and questions do not fit together')
}

const ALMOST = 1e-6

function checkBudget({ budget }: Job): void {
  const { cap, spent, reserved, held, maybe } = budget
  if (Math.min(spent, reserved, held, maybe) < 0) throw new Error(`negative: ${JSON.stringify(budget)}`)
  if (spent + reserved + held + maybe > cap + ALMOST) throw new Error(`over the cap: ${JSON.stringify(budget)}`)
}

function checkWave(stage: Stage, records: Records, { kind, batches }: Wave): void {
  const credits = batches.reduce((sum, batch) => sum + batch.worst, 0)
  if (batches.length === 0 || batches.length > MAX_WAVE) throw new Error(`a wave of ${batches.length}`)
  if (credits > MAX_WAVE_CREDITS + ALMOST && batches.length > 1) throw new Error(`a wave of ${credits} credits`)
  for (const batch of batches) {
    const provider = stage.providers.find((one) => one.id === batch.provider)!
    const operation = provider.operations.find((one) => one.id === batch.operation)!
    if (operation.kind === 'local') throw new Error('a local operation was sent')
    const isPaid = operation.price.credits > 0 && batch.ticket === undefined
    if (isPaid !== (kind === 'paid')) throw new Error('a wave of two classes')
    if (batch.questions.length > (operation.batch ?? 1)) throw new Error('a batch too large')
    if (records.vendors[batch.provider]?.dropped) throw new Error('asked a vendor that was given up')
    if ((records.vendors[batch.provider]?.restUntil ?? 0) > records.now) throw new Error('asked a vendor that rests')
    for (const question of batch.questions) {
      const known = records.answers.get(question)
      if (known && (known.outcome !== 'pending' || known.ticket?.id !== batch.ticket))
        throw new Error(`asked again after an answer: ${question}`)
    }
    const own = batch.ticket === undefined ? operation.limits : operation.poll?.limits
    const together = provider.operations.findIndex((one) => one.kind === 'remote' && one.limits === own)
    const meter = `${provider.id}/${own ? together : 'shared'}`
    records.calls.push({
      at: records.now,
      meter,
      limits: own ?? provider.limits,
      kind: batch.ticket === undefined ? 'question' : 'poll',
    })
    checkRate(records, meter)
  }
  const questions = batches.flatMap((batch) => batch.questions)
  if (new Set(questions).size < questions.length) throw new Error('a question twice in a wave')
}

function checkRate({ calls, now }: Records, meter: string): void {
  const mine = calls.filter((call) => call.meter === meter)
  const { perSecond = Infinity, perMinute = Infinity } = mine[0]!.limits
  const since = (ms: number) => mine.filter(({ at }) => at > now - ms).length
  if (since(1_000) > perSecond) throw new Error('too many calls in a second')
  if (since(60_000) > perMinute) throw new Error('too many calls in a minute')
}

function checkSettled(wave: Wave, settled: ReturnType<typeof settle>): void {
  const concluded = new Set(settled.answers.map(({ answer }) => answer.question))
  for (const batch of wave.batches) {
    const without = batch.questions.every((question) => !concluded.has(question))
    if (without !== settled.released.includes(batch.id)) throw new Error('a batch is neither answered nor released')
  }
  if (Object.values(settled.job.asks).some((ask) => ask.inFlight)) throw new Error('a question stays in flight')
  if (settled.job.budget.reserved !== 0) throw new Error('a reservation stays')
}
