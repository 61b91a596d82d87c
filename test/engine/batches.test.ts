import fc from 'fast-check'
import type { Tick } from '../../src/domain/job'
import { condense } from '../../src/engine/limits'
import { afterWave, MAX_WAVE, MAX_WAVE_CREDITS, nextBatches } from '../../src/engine/next-batches'
import { chargedOnMiss, chargeWords, creditsOf } from '../../src/engine/price'
import { admit, retire } from '../../src/engine/job'
import { asks, jobOf, MISS, play, say, T0, vendor, worldOf } from './one-vendor'

const finds = ['phone'] as const
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ email: `p${index}@acme.example` }))
const price = (credits: number) => ({ credits, charge: 'hit' }) as const

describe('a wave', () => {
  it('holds at most 30 requests', () => {
    const world = worldOf(finds, [vendor('one', [asks('find', 'email', { finds })])])
    expect(play(world, jobOf(world, people(100))).send()).toHaveLength(MAX_WAVE)
  })

  it('is half as wide after a whole one was thrown away, and grows again with each full one that is answered', () => {
    const world = worldOf(finds, [vendor('one', [asks('find', 'email', { finds })])])
    let job = jobOf(world, people(200))
    const widths = (
      ['lost', 'lost', 'answered', 'lost', 'lost', 'lost', 'answered', 'answered', 'answered'] as const
    ).map((came) => {
      const next = nextBatches(job, world, T0)
      const sent = next.kind === 'wave' ? next.wave.batches.length : 0
      job = afterWave(job, sent, came)
      return sent
    })
    expect(widths).toEqual([30, 15, 7, 8, 4, 2, 1, 2, 3])
    expect(afterWave(job, 3, 'answered').widest).toBe(4)
    // A dead host that was asked alone says nothing of how many go together.
    expect([job, jobOf(world, people(1))].map((one) => afterWave(one, 1, 'lost').widest)).toEqual([4, undefined])
    for (let width = 4; width < MAX_WAVE; width++) job = afterWave(job, width, 'answered')
    expect(job.widest).toBeUndefined()
  })

  it('is free or paid, and free first', () => {
    const world = worldOf(
      ['phone', 'domain'],
      [
        vendor('paid', [asks('find', 'email', { finds })]),
        vendor('free', [asks('find', 'email', { finds: ['domain'], price: price(0) })]),
      ],
    )
    const run = play(world, jobOf(world, people(1)))
    expect(run.send()).toEqual(['free/find'])
    run.answer({ 'free/find': MISS })
    expect(run.send()).toEqual(['paid/find'])
  })

  it.each([
    [10, 1, 5],
    [25, 1, 2],
    [60, 1, 1],
    [10, 10, 1],
    [2, 10, 2],
  ])(
    'costs at most 50 credits unless one batch alone costs more: %d a question, %d a batch',
    (credits, batch, sent) => {
      const world = worldOf(finds, [vendor('one', [asks('find', 'email', { finds, batch, price: price(credits) })])])
      const { length } = play(world, jobOf(world, people(100), 1e6)).send()
      expect(length).toBe(sent)
      if (length > 1) expect(length * credits * batch).toBeLessThanOrEqual(MAX_WAVE_CREDITS)
    },
  )

  it.each<[string, readonly string[], readonly string[]]>([
    ['first and by a single request', ['one'], ['two/find']],
    ['as any other once it did', ['one', 'two'], ['one/find', 'one/find', 'two/find', 'two/find']],
  ])('asks a vendor that did not answer in this execution %s', (_, awake, sent) => {
    const two = vendor('two', [asks('find', 'email', { finds: ['domain'] })])
    const world = worldOf(['phone', 'domain'], [vendor('one', [asks('find', 'email', { finds })]), two])
    expect(play(world, { ...jobOf(world, people(2)), awake }).send()).toEqual(sent)
  })

  it('asks several vendors at once', () => {
    const world = worldOf(
      ['phone', 'domain'],
      [
        vendor('one', [asks('find', 'email', { finds })]),
        vendor('two', [asks('find', 'email', { finds: ['domain'] })]),
      ],
    )
    expect(new Set(play(world, jobOf(world, people(4))).send())).toEqual(new Set(['one/find', 'two/find']))
  })
})

describe('the cap', () => {
  const world = (credits: number, batch = 1) =>
    worldOf(finds, [vendor('one', [asks('find', 'email', { finds, batch, price: price(credits) })])])

  it.each([
    [1, 1, 3, 3],
    [2, 1, 3, 1],
    [4, 1, 3, 0],
    [1, 10, 3, 3],
    [1, 10, 12, 12],
    [0.1, 1, 0.3, 3],
    [0.7, 1, 2.1, 3],
    [1, 1, 0, 0],
  ])('of a run at %d a question, %d a batch: with %d credits %d questions', (credits, batch, cap, questions) => {
    const next = nextBatches(jobOf(world(credits, batch), people(12), cap), world(credits, batch), T0)
    const asked = next.kind === 'wave' ? next.wave.batches.flatMap((one) => one.questions).length : 0
    expect(asked).toBe(questions)
  })

  it('reached with questions left is said, not waited for', () => {
    const run = play(world(1, 10), jobOf(world(1, 10), people(12), 3))
    run.send()
    run.answer({
      'one/find': {
        status: 200,
        headers: {},
        text: JSON.stringify([0, 1, 2].map(() => ({ kind: 'found', values: {} }))),
      },
    })
    const next = nextBatches(run.job(), world(1, 10), T0)
    expect(next.kind).toBe('idle')
    expect(next.job.capped).toBe(true)
  })

  it('does not hold up what is free', () => {
    const both = worldOf(
      ['phone', 'domain'],
      [
        vendor('paid', [asks('find', 'email', { finds })]),
        vendor('free', [asks('find', 'email', { finds: ['domain'], price: price(0) })]),
      ],
    )
    expect(play(both, jobOf(both, people(2), 0)).send()).toEqual(['free/find', 'free/find'])
  })
})

describe('limits', () => {
  it('of a vendor are shared by its operations', () => {
    const two = vendor('one', [asks('a', 'email', { finds }), asks('b', 'email', { finds: ['domain'] })], {
      limits: { perSecond: 3 },
    })
    const world = worldOf(['phone', 'domain'], [two])
    const run = play(world, jobOf(world, people(5)))
    expect(run.send()).toHaveLength(3)
  })

  const shared = { perSecond: 2 }
  it.each([
    ['are its own', { perSecond: 2 }, { perSecond: 2 }, 4],
    ['are shared with those that hold the same', shared, shared, 2],
  ])('of an operation %s', (_, first, second, sent) => {
    const two = vendor('one', [
      asks('a', 'email', { finds, limits: first }),
      asks('b', 'email', { finds: ['domain'], limits: second }),
    ])
    const world = worldOf(['phone', 'domain'], [two])
    expect(play(world, jobOf(world, people(5))).send()).toHaveLength(sent)
  })

  it('of a minute hold although those of a second would allow it', () => {
    const slow = vendor('one', [asks('find', 'email', { finds })], { limits: { perSecond: 5, perMinute: 7 } })
    const world = worldOf(finds, [slow])
    const run = play(world, jobOf(world, people(20)))
    expect(run.send()).toHaveLength(5)
    run.answer({ 'one/find': MISS })
    expect(run.send(T0 + 500)).toEqual([])
    expect(run.send(T0 + 1_200)).toHaveLength(2)
    run.answer({ 'one/find': MISS }, T0 + 1_200)
    expect(run.wait(T0 + 5_000)).toBeGreaterThan(T0 + 60_000)
  })

  it('are kept by the condensed calls too', () => {
    const ticks = fc
      .array(fc.tuple(fc.nat(70_000), fc.integer({ min: 1, max: 9 })), { maxLength: 60 })
      .map((some) => some.sort(([a], [b]) => a - b).map(([at, count]): Tick => [T0 + at, count]))
    fc.assert(
      fc.property(ticks, (calls) => {
        const now = T0 + 70_000
        const kept = condense(calls, now)
        const since = (all: readonly Tick[], ms: number) =>
          all.reduce((sum, [at, count]) => (at > now - ms ? sum + count : sum), 0)
        for (const window of [1_000, 1_120, 60_000, 60_120]) {
          expect(since(kept, window)).toBeGreaterThanOrEqual(since(calls, window))
        }
        expect(since(kept, 60_120)).toBe(since(calls, 60_120))
        expect(kept.filter(([at]) => at < now - 1_120).length).toBeLessThanOrEqual(14)
      }),
    )
  })
})

describe('answers', () => {
  it('serve leads that come after everybody else is done', () => {
    const world = worldOf(finds, [vendor('one', [asks('find', 'email', { finds })])])
    const run = play(world, jobOf(world, people(1)))
    run.send()
    run.answer({ 'one/find': say({ phone: '+15550100' }) })
    const { job, finished } = retire(run.job())
    expect(finished).toHaveLength(1)
    expect(job.leads).toHaveLength(0)
    const later = admit(job, [{ row: 1, lead: people(1)[0]!, missing: finds }], { world, now: T0 })
    expect(later.asks).toEqual({})
    expect(retire(later).finished[0]!.results.phone).toMatchObject({ kind: 'accepted' })
  })
})

describe('prices', () => {
  it.each([
    ['call', true, 2, 2],
    ['unknown', true, 2, 2],
    ['verdict', true, 2, 0],
    ['hit', false, 0, 0],
    ['refunded', false, 0, 0],
  ] as const)('by %s: a miss is paid: %s', (charge, onMiss, miss, failure) => {
    const one = { credits: 2, charge }
    expect(chargedOnMiss(one)).toBe(onMiss)
    expect(creditsOf({ kind: 'found', values: {} }, one)).toBe(2)
    expect(creditsOf({ kind: 'not_found' }, one)).toBe(miss)
    expect(creditsOf({ kind: 'unavailable', reason: '' }, one)).toBe(failure)
    expect(creditsOf({ kind: 'objected' }, one)).toBe(failure)
    expect(creditsOf({ kind: 'throttled' }, one)).toBe(0)
    expect(creditsOf({ kind: 'pending', ticket: '' }, one)).toBe(0)
    expect(creditsOf({ kind: 'refused', because: 'input', reason: '' }, one)).toBe(0)
    expect(creditsOf({ kind: 'found', values: {}, credits: 0.5 }, one)).toBe(0.5)
    expect(chargeWords(one)).toMatch(/^2 credits for each/)
    expect(chargeWords({ ...one, credits: 0 })).toBe('free')
    expect(chargeWords({ ...one, credits: 1 })).toMatch(/^1 credit /)
  })
})
