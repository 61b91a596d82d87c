import { openBudget } from '../../src/engine/budget'
import type { Outcome } from '../../src/domain/outcome'
import type { RemoteOperation } from '../../src/domain/provider'
import { admit, dropVendor, openJob, recall } from '../../src/engine/job'
import { nextBatches } from '../../src/engine/next-batches'
import { settle } from '../../src/engine/settle'
import { asks, jobOf, MISS, play, reply, say, T0, vendor, worldOf } from './one-vendor'

const finds = ['phone'] as const
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const poll: NonNullable<RemoteOperation['poll']> = {
  request: (ticket) => ({ url: `https://api.vendor.example/tickets/${ticket}` }),
  read: (body) => body as readonly Outcome[],
  everyMs: 5_000,
}
const later = (credits = 1) =>
  vendor('later', [asks('find', 'email', { finds, batch: 10, poll, price: { credits, charge: 'hit' } })])
const spare = vendor('spare', [asks('find', 'email', { finds, price: { credits: 2, charge: 'hit' } })])
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ email: `p${index}@acme.example` }))
const ticket = (count: number) =>
  reply(
    200,
    people(count).map(() => ({ kind: 'pending', ticket: 'T-1' })),
  )
const NOT_READY = (count: number) =>
  reply(
    200,
    people(count).map(() => ({ kind: 'pending' })),
  )
const FOUND = say({ phone: '+15550100' })

describe('a vendor that answers later', () => {
  const world = worldOf(finds, [later(), spare])

  it('gives a ticket, which is on record with its price before anybody asks about it', () => {
    const run = play(world, jobOf(world, people(3)))
    expect(run.send()).toEqual(['later/find'])
    const { answers, job } = run.answer({ 'later/find': ticket(3) })
    expect(answers.map(({ answer }) => answer)).toEqual(
      answers.map(({ answer: { question } }) => ({
        question,
        at: T0,
        outcome: 'pending',
        credits: 1,
        ticket: { id: 'T-1', run: 'run' },
      })),
    )
    expect(job.budget).toMatchObject({ spent: 0, reserved: 0, held: 3, maybe: 0 })
    expect(run.send()).toEqual([])
    expect(run.wait(T0)).toBe(T0 + 5_000)
  })

  it('is asked once for all rows of the ticket, for nothing, and never for a new one', () => {
    const run = play(world, jobOf(world, people(3)))
    run.send()
    run.answer({ 'later/find': ticket(3) })
    expect(run.send(T0 + 5_000)).toEqual(['later/find'])
    expect(run.job().budget.reserved).toBe(0)
    const mixed = reply(200, [...(JSON.parse(FOUND.text) as Outcome[]), { kind: 'not_found' }, { kind: 'pending' }])
    const { answers, job } = run.answer({ 'later/find': mixed }, T0 + 5_100)
    expect(answers.map(({ answer, was }) => [answer.outcome, was])).toEqual([
      ['found', { run: 'run', credits: 1 }],
      ['not_found', { run: 'run', credits: 1 }],
    ])
    expect(job.budget).toMatchObject({ spent: 1, held: 1, maybe: 0 })
    expect(run.result(0)).toEqual({ phone: '+15550100' })
    // The one that it did not know goes on to the next vendor; the one that is not ready is asked about again.
    expect(run.send(T0 + 5_200)).toEqual(['spare/find'])
  })

  it('is waited for when more is known meanwhile, instead of being paid for a second question about the same', () => {
    const price = { credits: 10, charge: 'hit' } as const
    const both = vendor('later', [
      asks('phone_by_domain', 'name_at_domain', { finds, poll, price }),
      asks('phone_by_company', 'name_at_company', { finds, poll, price }),
      asks('domain', 'name_at_company', { finds: ['domain'] }),
    ])
    const grown = worldOf(['phone', 'domain'], [both])
    const run = play(grown, jobOf(grown, [{ first_name: 'Ada', last_name: 'Nowak', company_name: 'Acme' }]))
    expect(run.send()).toEqual(['later/phone_by_company', 'later/domain'])
    run.answer({ 'later/phone_by_company': ticket(1), 'later/domain': say({ domain: 'acme.example' }) })
    expect(run.result()).toMatchObject({ domain: 'acme.example' })
    expect(run.wait(T0)).toBe(T0 + 5_000)
    expect(run.send(T0 + 5_000)).toEqual(['later/phone_by_company'])
    run.answer({ 'later/phone_by_company': FOUND }, T0 + 5_000)
    expect(run.result()).toEqual({ domain: 'acme.example', phone: '+15550100' })
    expect(run.job().budget).toMatchObject({ spent: 11, held: 0 })
    expect(run.send(T0 + 60_000)).toEqual([])
  })

  it('is waited for longer and longer, then left to later runs, and its ticket is kept', () => {
    const run = play(world, jobOf(world, people(1)))
    run.send()
    run.answer({ 'later/find': ticket(1) })
    const waits: number[] = []
    let now = T0
    let sent: readonly string[] = []
    for (let polls = 0; polls < 100; polls++) {
      const at = run.wait(now)!
      sent = run.send(at)
      if (sent[0] !== 'later/find') break
      waits.push(at - now)
      now = at
      run.answer({ 'later/find': NOT_READY(1) }, now)
    }
    expect(sent).toEqual(['spare/find'])
    expect(waits.slice(0, 3)).toEqual([5_000, 5_000, 5_000])
    expect(Math.max(...waits)).toBe(MINUTE)
    expect(now).toBeGreaterThan(T0 + 15 * MINUTE)
    expect(run.answers().map(({ outcome }) => outcome)).toEqual(['pending'])
    expect(run.job().budget).toMatchObject({ spent: 0, held: 1, maybe: 0 })
  })

  it.each([
    ['found', FOUND, 1],
    ['not_found', MISS, 0],
    ['not_found', reply(200, [{ kind: 'refused', because: 'input', reason: 'no' }]), 0],
  ])('is collected by a later run, which is not charged for it: %s', (outcome, response) => {
    const first = play(world, jobOf(world, people(1)))
    first.send()
    first.answer({ 'later/find': ticket(1) })
    const budget = openBudget(10)
    const startedAt = T0 + DAY
    const empty = openJob({ run: 'next', environment: 'production', startedAt, epoch: 1, budget, vendors: {} })
    const setting = { world, now: startedAt }
    const [lead = {}] = people(1)
    const admitted = admit(empty, [{ row: 0, lead, missing: finds }], setting)
    const run = play(world, recall(admitted, first.answers(), setting))
    expect(run.send(startedAt)).toEqual(['later/find'])
    const { answers, job } = run.answer({ 'later/find': response }, startedAt)
    expect(answers.map(({ answer, was }) => [answer.outcome, was?.run])).toEqual([[outcome, 'run']])
    expect(job.budget).toEqual(budget)
  })

  it.each([
    ['fails', reply(503, 'busy')],
    ['throttles', reply(429, 'slow down')],
    ['shows a web page', reply(200, '<html>')],
    ['sends ruins', reply(200, '{')],
    ['does not know it, with the key of another account', reply(404, 'no such job')],
    ['has it no more', reply(410, 'gone')],
    ['cannot read it', reply(422, 'no such job')],
    ['is lost', 'lost' as const],
  ])('keeps its ticket when it %s', (_, response) => {
    const run = play(world, jobOf(world, people(1)))
    run.send()
    run.answer({ 'later/find': ticket(1) })
    run.send(T0 + 5_000)
    run.answer({ 'later/find': response }, T0 + 5_000)
    expect(run.answers()).toHaveLength(1)
    expect(run.job().budget).toMatchObject({ spent: 0, held: 1, maybe: 0 })
    const at = run.wait(T0 + 5_000)!
    expect(run.send(at)).toEqual(['later/find'])
    run.answer({ 'later/find': FOUND }, at)
    expect(run.result()).toEqual({ phone: '+15550100' })
  })

  it.each([
    ['was too busy', { kind: 'throttled', ended: true }],
    ['gave it up', { kind: 'unavailable', reason: 'canceled', ended: true }],
    ['ran out of credits', { kind: 'refused', because: 'credits', reason: 'no credits', ended: true }],
  ])('is asked anew by later runs, for its price, when it %s', (_, outcome) => {
    const first = play(world, jobOf(world, people(1)))
    first.send()
    first.answer({ 'later/find': ticket(1) })
    first.send(T0 + 5_000)
    const { answers, job } = first.answer({ 'later/find': reply(200, [outcome]) }, T0 + 5_000)
    expect(answers.map(({ answer, was }) => [answer.outcome, answer.credits, was])).toEqual([
      ['unavailable', 0, { run: 'run', credits: 1 }],
    ])
    expect(job.budget).toMatchObject({ spent: 0, reserved: 0, held: 0, maybe: 0 })
    expect(first.send(T0 + 5_000)).toEqual(['spare/find'])
    const startedAt = T0 + DAY
    const budget = openBudget(10)
    const empty = openJob({ run: 'next', environment: 'production', startedAt, epoch: 1, budget, vendors: {} })
    const setting = { world, now: startedAt }
    const [lead = {}] = people(1)
    const admitted = admit(empty, [{ row: 0, lead, missing: finds }], setting)
    const run = play(world, recall(admitted, first.answers().slice(-1), setting))
    expect(run.send(startedAt)).toEqual(['later/find'])
    expect(run.answer({ 'later/find': ticket(1) }, startedAt).job.budget.held).toBe(1)
  })

  it('keeps its ticket when it is dropped, and the next vendor is asked', () => {
    const run = play(world, jobOf(world, people(1)))
    run.send()
    const { job } = run.answer({ 'later/find': ticket(1) })
    const drop = { provider: 'later', because: 'credentials', reason: 'no' } as const
    expect(play(world, dropVendor(job, drop, { world, now: T0 })).send()).toEqual(['spare/find'])
    expect(run.answers().at(-1)?.outcome).toBe('pending')
  })

  it('counts as maybe charged after 30 days without an answer', () => {
    const run = play(world, jobOf(world, people(1)))
    run.send()
    run.answer({ 'later/find': ticket(1) })
    run.send(T0 + 31 * DAY)
    run.answer({ 'later/find': NOT_READY(1) }, T0 + 31 * DAY)
    expect(run.answers().map(({ outcome, credits }) => [outcome, credits])).toEqual([
      ['pending', 1],
      ['maybe_charged', 1],
    ])
    expect(run.job().budget).toMatchObject({ spent: 0, held: 0, maybe: 1 })
  })

  it('holds the price of its tickets within the cap', () => {
    const dear = worldOf(finds, [later(4)])
    const run = play(dear, jobOf(dear, people(5), 10))
    expect(run.send()).toEqual(['later/find'])
    run.answer({ 'later/find': ticket(2) })
    expect(run.job().budget).toMatchObject({ reserved: 0, held: 8, maybe: 0 })
    expect(run.send(T0 + 5_000)).toEqual(['later/find'])
    run.answer({ 'later/find': reply(200, [{ kind: 'not_found' }, { kind: 'not_found' }]) }, T0 + 5_000)
    expect(run.send(T0 + 5_000)).toEqual(['later/find'])
  })

  it('polls within limits of its own', () => {
    const limits = { perMinute: 1 }
    const shy = worldOf(finds, [
      vendor('shy', [
        asks('find', 'email', { finds, poll: { ...poll, limits }, price: { credits: 1, charge: 'hit' } }),
      ]),
    ])
    const run = play(shy, jobOf(shy, people(1)))
    run.send()
    run.answer({ 'shy/find': ticket(1) })
    run.send(T0 + 5_000)
    run.answer({ 'shy/find': NOT_READY(1) }, T0 + 5_000)
    expect(run.wait(T0 + 11_000)).toBeGreaterThanOrEqual(T0 + 65_000)
  })
})

describe('a batch that is refused as a whole', () => {
  it('is split until the question that spoilt it is alone', () => {
    const world = worldOf(finds, [vendor('one', [asks('find', 'email', { finds, batch: 8 })])])
    let job = jobOf(world, people(8))
    const sizes: number[] = []
    const outcomes = new Map<string, string>()
    for (let turn = 0; turn < 20; turn++) {
      const next = nextBatches(job, world, T0)
      if (next.kind !== 'wave') break
      sizes.push(...next.wave.batches.map(({ keys }) => keys.length))
      const replies = next.wave.batches.map((batch) => ({
        batch,
        response: batch.keys.some((key) => 'email' in key && key.email === 'p5@acme.example')
          ? reply(422)
          : reply(
              200,
              people(batch.keys.length).map(() => ({ kind: 'not_found' })),
            ),
      }))
      const settled = settle(next.job, replies, { world, now: T0 })
      job = settled.job
      for (const { answer } of settled.answers) outcomes.set(answer.question, answer.outcome)
    }
    expect(sizes).toEqual([8, 4, 4, 2, 2, 1, 1])
    expect([...outcomes.values()].sort()).toEqual([...people(7).map(() => 'not_found'), 'refused'])
    expect(job.budget).toMatchObject({ spent: 0, reserved: 0, held: 0, maybe: 0 })
  })
})

describe('a vendor that takes its time', () => {
  it('goes alone in a wave', () => {
    const world = worldOf(
      ['phone', 'domain'],
      [
        vendor('slow', [asks('find', 'email', { finds, slow: true })]),
        vendor('quick', [asks('find', 'email', { finds: ['domain'] })]),
      ],
    )
    const run = play(world, jobOf(world, people(2)))
    expect(run.send()).toEqual(['slow/find'])
  })
})
