import fc from 'fast-check'
import type { HttpResponse } from '../../src/domain/provider'
import { dropVendor, isFinished, restVendor } from '../../src/engine/job'
import { backoffMs, MAX_ATTEMPTS, MAX_SETBACKS, throttleMs } from '../../src/engine/retry'
import { outcomeOf, retryAfterMs, verdictOf } from '../../src/engine/status'
import { asks, jobOf, MISS, play, reply, say, T0, vendor, worldOf } from './one-vendor'

const finds = ['phone'] as const
const one = vendor('one', [asks('find', 'email', { finds })])
const spare = vendor('spare', [asks('find', 'email', { finds, price: { credits: 2, charge: 'hit' } })])
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ email: `p${index}@acme.example` }))

describe('backoffMs', () => {
  it('doubles from a second to a minute', () =>
    expect([1, 2, 3, 4, 5, 6, 7, 8, 40].map(backoffMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]))
})

describe('throttleMs', () => {
  it.each([
    [undefined, 1, 1_000],
    [undefined, 4, 8_000],
    [0, 1, 1_000],
    [7_000, 1, 7_000],
    [250, 2, 250],
    [250, 6, 32_000],
    [90_000, 12, 90_000],
  ])('Retry-After %s ms, %d times in a row: %d ms', (after, setbacks, wait) =>
    expect(throttleMs(after, setbacks)).toBe(wait),
  )

  it('is never shorter than the vendor says', () => {
    fc.assert(
      fc.property(fc.nat(3_600_000), fc.integer({ min: 1, max: 20 }), (after, setbacks) =>
        expect(throttleMs(after, setbacks)).toBeGreaterThanOrEqual(after),
      ),
    )
  })
})

describe('retryAfterMs', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['3', 3_000],
    [' 1.5 ', 1_500],
    ['0', 0],
    ['-3', undefined],
    ['soon', undefined],
    ['999999999', 3_600_000],
  ])('of %j is %s', (text, ms) =>
    expect(retryAfterMs({ status: 429, text: '', headers: text === undefined ? {} : { 'retry-after': text } })).toBe(
      ms,
    ),
  )
})

describe('retryAfterMs of a date', () => {
  const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
  it.each([
    ['Wed, 21 Oct 2026 07:28:05 GMT', date, 5_000],
    ['Wed, 21 Oct 2026 07:27:00 GMT', date, 0],
    ['Thu, 22 Oct 2026 07:28:00 GMT', date, 3_600_000],
    ['Wed, 21 Oct 2026 07:28:05 GMT', undefined, undefined],
    ['2026-10-21', date, undefined],
  ])('%s at %s is %s', (after, at, ms) =>
    expect(
      retryAfterMs({ status: 429, text: '', headers: { 'retry-after': after, ...(at !== undefined && { date: at }) } }),
    ).toBe(ms),
  )
})

describe('verdictOf', () => {
  it.each([
    [200, undefined],
    [204, undefined],
    [299, undefined],
    [0, 'unavailable'],
    [301, 'unavailable'],
    [400, 'refused_input'],
    [401, 'refused_credentials'],
    [402, 'refused_credits'],
    [403, 'refused_credentials'],
    [404, 'not_found'],
    [410, 'not_found'],
    [422, 'refused_input'],
    [429, 'throttled'],
    [451, 'objected'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('%d is %s', (status, verdict) => expect(verdictOf(status, one)).toBe(verdict))

  it('is corrected by the table of the vendor, also where it says that all is well', () => {
    const odd = { ...one, statuses: { 202: 'pending', 403: 'throttled' } as const }
    expect(verdictOf(202, odd)).toBe('pending')
    expect(verdictOf(403, odd)).toBe('throttled')
  })

  it.each(['refused_credentials', 'refused_credits', 'refused_input'] as const)('%s names the vendor', (verdict) => {
    const outcome = outcomeOf(verdict, reply(400), one)
    expect(outcome.kind === 'refused' && outcome.reason).toContain('ONE')
  })
})

describe('a vendor that throttles', () => {
  const world = worldOf(finds, [one])

  it.each([1, 2, 37])('with Retry-After %d is left alone to the millisecond', (seconds) => {
    const run = play(world, jobOf(world, people(2)))
    run.send()
    run.answer({ 'one/find': reply(429, '', { 'retry-after': String(seconds) }) }, T0 + 300)
    expect(run.wait(T0 + 300)).toBe(T0 + 300 + seconds * 1_000)
    expect(run.send(T0 + 299 + seconds * 1_000)).toEqual([])
    expect(run.send(T0 + 300 + seconds * 1_000)).toEqual(['one/find', 'one/find'])
  })

  it('without Retry-After is asked again after 1 s, 2 s, 4 s ..., and given up after minutes, not before', () => {
    const run = play(world, jobOf(world, people(1)))
    let now = T0
    const waits: number[] = []
    while (run.send(now).length > 0) {
      run.answer({ 'one/find': reply(429) }, now)
      const at = run.wait(now)
      if (at === undefined) break
      waits.push(at - now)
      now = at
    }
    expect(waits).toHaveLength(MAX_SETBACKS - 1)
    expect(waits.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
    expect(now - T0).toBeGreaterThan(5 * 60_000)
    expect(run.job().vendors.one!.dropped).toEqual({
      because: 'down',
      reason: 'ONE did not answer for several minutes. Try again later.',
    })
    expect(run.result()).toEqual({ phone: 'vendor_trouble' })
    expect(run.job().budget).toMatchObject({ spent: 0, reserved: 0, held: 0, maybe: 0 })
  })

  it('again and again with a short Retry-After is asked ever more slowly', () => {
    const run = play(world, jobOf(world, people(1)))
    let now = T0
    while (run.send(now).length > 0) {
      run.answer({ 'one/find': reply(429, '', { 'retry-after': '1' }) }, now)
      now = run.wait(now) ?? now
    }
    expect(now - T0).toBeGreaterThan(5 * 60_000)
  })

  it('does not count as an attempt, and is not down while it answers others', () => {
    const two = vendor('one', [asks('find', 'email', { finds }), asks('other', 'domain', { finds })])
    const both = worldOf(finds, [two])
    const leads = [{ email: 'a@acme.example' }, ...people(30).map((_, index) => ({ domain: `d${index}.example` }))]
    const run = play(both, jobOf(both, leads))
    for (let round = 0; round < MAX_SETBACKS; round++) {
      run.send(T0 + round * 3_600_000)
      run.answer({ 'one/find': reply(429), 'one/other': round % 2 === 0 ? reply(503) : MISS }, T0 + round * 3_600_000)
    }
    expect(run.job().vendors.one!.dropped).toBeUndefined()
    expect(Object.values(run.job().asks)[0]!.attempts).toBe(0)
  })

  it('keeps the longest Retry-After of a wave', () => {
    const mixed = vendor('one', [asks('find', 'email', { finds }), asks('other', 'domain', { finds })])
    const both = worldOf(finds, [mixed])
    const run = play(both, jobOf(both, [...people(1), { domain: 'd.example' }]))
    expect(run.send()).toEqual(['one/find', 'one/other'])
    const [long, short] = ['600', '1'].map((seconds) => reply(429, '', { 'retry-after': seconds }))
    run.answer({ 'one/find': long!, 'one/other': short! })
    expect(run.wait(T0)).toBe(T0 + 600_000)
  })

  it('keeps its Retry-After when another call of the wave fails', () => {
    const mixed = vendor('one', [asks('find', 'email', { finds }), asks('other', 'domain', { finds })])
    const both = worldOf(finds, [mixed])
    const tired = { ...jobOf(both, [...people(1), { domain: 'd.example' }]) }
    const run = play(both, {
      ...tired,
      vendors: { one: { calls: {}, restUntil: 0, setbacks: 5, called: 9, found: 0, credits: 0 } },
    })
    run.send()
    run.answer({ 'one/find': reply(429, '', { 'retry-after': '600' }), 'one/other': reply(503) })
    expect(run.wait(T0)).toBe(T0 + 600_000)
  })
})

describe('a vendor that fails', () => {
  const world = worldOf(finds, [one, spare])

  it('is asked four times, then the next one, and nothing is counted', () => {
    const run = play(world, jobOf(world, people(1)))
    let now = T0
    const waits: number[] = []
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      expect(run.send(now)).toEqual(['one/find'])
      run.answer({ 'one/find': reply(503) }, now)
      const at = run.wait(now)!
      waits.push(at - now)
      now = at
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 0])
    expect(run.send(now)).toEqual(['spare/find'])
    run.answer({ 'spare/find': say({ phone: '+15550100' }) }, now)
    expect(run.result()).toEqual({ phone: '+15550100' })
    expect(run.job().budget).toMatchObject({ spent: 2, reserved: 0, held: 0, maybe: 0 })
  })

  it.each<[string, HttpResponse, number, boolean]>([
    ['a status', reply(500), 0, true],
    ['a web page', reply(200, ' <html>Maintenance</html>'), 0, true],
    ['a gateway that did not wait for it', reply(504, '<html>Gateway Timeout</html>'), 1, false],
    ['a shield that did not wait for it', reply(524), 1, false],
    ['half an answer', reply(200, '[{"kind":"fou'), 1, false],
    ['nothing', reply(200, ''), 1, false],
    ['another shape', reply(200, []), 1, false],
  ])('with %s is counted as it may have charged, and is not paid twice', (_what, response, spent, again) => {
    const run = play(world, jobOf(world, people(1)))
    run.send()
    run.answer({ 'one/find': response })
    expect(run.job().budget.spent).toBe(spent)
    expect(run.send(T0 + 1_000)).toEqual([again ? 'one/find' : 'spare/find'])
  })

  it('and charges for every call is not bought again', () => {
    const each = vendor('one', [asks('find', 'email', { finds, price: { credits: 1, charge: 'call' } })])
    const run = play(worldOf(finds, [each]), jobOf(worldOf(finds, [each]), people(1)))
    run.send()
    run.answer({ 'one/find': reply(503) })
    expect(run.job().budget.spent).toBe(1)
    expect(run.answers()).toMatchObject([{ outcome: 'unavailable', credits: 1 }])
    expect(run.wait(T0)).toBeUndefined()
  })
})

describe('a source that is asked at each company of its own', () => {
  const price = { credits: 0, charge: 'call' } as const
  const site = vendor('site', [asks('page', 'domain', { finds, price })], { kind: 'public', asksKeyDomain: true })
  const world = worldOf(finds, [site, vendor('spare', [asks('find', 'domain', { finds })])])
  const companies = (count: number) => Array.from({ length: count }, (_, index) => ({ domain: `c${index}.example` }))
  const DEAD = reply(0)

  it.each<[string, HttpResponse | 'lost']>([
    ['no answer', DEAD],
    ['a wave that is lost', 'lost'],
    ['a failure', reply(503)],
  ])('asks once more after %s, then the next one, and would ask anew in a later run', (_what, response) => {
    const run = play(world, jobOf(world, companies(1)))
    expect(run.send()).toEqual(['site/page'])
    run.answer({ 'site/page': response })
    expect(run.wait(T0)).toBe(T0 + 1_000)
    expect(run.send(T0 + 1_000)).toEqual(['site/page'])
    run.answer({ 'site/page': response }, T0 + 1_000)
    expect(run.answers()).toMatchObject([{ outcome: 'unavailable', credits: 0 }])
    expect(run.send(T0 + 1_000)).toEqual(['spare/find'])
  })

  it('does not rest and is not given up, however many are dead', () => {
    const run = play(world, jobOf(world, companies(100)))
    let now = T0
    let dead = 0
    for (let sent = run.send(now); sent[0] === 'site/page'; sent = run.send(now)) {
      dead += sent.length
      run.answer({ 'site/page': DEAD }, now)
      now = run.wait(now) ?? now
    }
    expect(dead).toBe(200)
    expect(run.job().vendors.site).toMatchObject({ setbacks: 0, restUntil: 0 })
    expect(run.job().vendors.site).not.toHaveProperty('dropped')
    expect(now - T0).toBeLessThan(10_000)
  })

  it('goes in waves of its own, so that a dead one loses no answer of others', () => {
    const free = vendor('free', [asks('find', 'domain', { finds: ['mail_provider'], price })], { kind: 'public' })
    const both = worldOf(['phone', 'mail_provider'], [site, free])
    const run = play(both, jobOf(both, companies(3)))
    const first = run.send()
    run.answer({ 'site/page': MISS, 'free/find': MISS })
    const second = run.send()
    expect([first, second].map((sent) => new Set(sent).size)).toEqual([1, 1])
    expect([...first, ...second].sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'free/find'),
      ...Array.from({ length: 3 }, () => 'site/page'),
    ])
  })
})

describe('a vendor that needs time', () => {
  const world = worldOf(finds, [one])

  it('is asked again when it says, and holds up nobody else', () => {
    const run = play(world, jobOf(world, people(2)))
    run.send()
    let first = true
    const job = run.job()
    expect(Object.values(job.asks).every((ask) => ask.inFlight)).toBe(true)
    run.answer({
      get 'one/find'() {
        const response = first ? reply(200, [{ kind: 'pending', ticket: 't', retryAfterMs: 30_000 }]) : MISS
        first = false
        return response
      },
    })
    expect(run.wait(T0)).toBe(T0 + 30_000)
    expect(isFinished(run.job().leads[1]!)).toBe(true)
  })

  it('is counted as paid when it is given up', () => {
    const run = play(world, jobOf(world, people(1)))
    for (let attempt = 0, now = T0; attempt < MAX_ATTEMPTS; attempt++, now += 60_000) {
      run.send(now)
      run.answer({ 'one/find': reply(200, [{ kind: 'pending', ticket: 't' }]) }, now)
    }
    expect(run.answers()).toMatchObject([{ outcome: 'unavailable', credits: 1 }])
  })
})

describe('a vendor that refuses', () => {
  const world = worldOf(finds, [one, spare])

  it.each([
    [401, 'credentials'],
    [402, 'credits'],
  ])('with %d is not asked again, by anybody; the others go on', (status, because) => {
    const run = play(world, jobOf(world, people(40)))
    run.send()
    const { released } = run.answer({ 'one/find': reply(status) })
    expect(released).toHaveLength(30)
    expect(run.job().vendors.one!.dropped!.because).toBe(because)
    expect(new Set(run.send())).toEqual(new Set(['spare/find']))
    expect(run.job().budget.spent).toBe(0)
  })

  it('one question refuses that question alone', () => {
    const run = play(world, jobOf(world, people(1)))
    run.send()
    run.answer({ 'one/find': reply(422) })
    expect(run.job().vendors.one!.dropped).toBeUndefined()
    expect(run.send()).toEqual(['spare/find'])
  })

  it('is not asked by leads that come later', () => {
    const job = dropVendor(
      jobOf(world, people(1)),
      { provider: 'one', because: 'credentials', reason: '' },
      { world, now: T0 },
    )
    expect(play(world, job).send()).toEqual(['spare/find'])
  })

  it('to charge its price is not asked again', () => {
    const run = play(world, jobOf(world, people(1)))
    run.send()
    const values = { phone: { value: '+15550100', confidence: 0.1 } }
    run.answer({ 'one/find': reply(200, [{ kind: 'found', values, credits: 5 }]) })
    expect(run.job().budget.spent).toBe(5)
    expect(run.job().vendors.one!.dropped!.reason).toContain('more credits than its price')
  })

  it.each([Number.NaN, -3, Infinity])('to tell what it charged (%d) is counted at its price', (credits) => {
    const dear = vendor('one', [asks('find', 'email', { finds, read: () => [{ kind: 'found', values: {}, credits }] })])
    const run = play(worldOf(finds, [dear]), jobOf(worldOf(finds, [dear]), people(1)))
    run.send()
    run.answer({ 'one/find': reply(200) })
    expect(run.job().budget.spent).toBe(1)
  })
})

describe('a wave that is lost', () => {
  it('may be charged when it was paid, and is not asked again', () => {
    const world = worldOf(finds, [one])
    const run = play(world, jobOf(world, people(3)))
    run.send()
    run.answer({ 'one/find': 'lost' })
    expect(run.job().budget).toMatchObject({ spent: 0, reserved: 0, maybe: 3 })
    expect(run.answers().map(({ outcome, credits }) => [outcome, credits])).toEqual(
      [0, 1, 2].map(() => ['maybe_charged', 1]),
    )
    expect(run.result()).toEqual({ phone: 'maybe_charged' })
    expect(run.wait(T0)).toBeUndefined()
  })

  it('is asked again when it was free', () => {
    const free = vendor('one', [asks('find', 'email', { finds, price: { credits: 0, charge: 'call' } })])
    const world = worldOf(finds, [free])
    const run = play(world, jobOf(world, people(1)))
    run.send()
    run.answer({ 'one/find': 'lost' })
    expect(run.send(T0 + 1_000)).toEqual(['one/find'])
  })

  it('several times in a row makes the vendor rest', () => {
    const slow = vendor('one', [asks('find', 'email', { finds })], { limits: { perSecond: 1 } })
    const world = worldOf(finds, [slow])
    const run = play(world, jobOf(world, people(9)))
    for (const round of [0, 1, 2]) {
      run.send(T0 + round * 10_000)
      run.answer({ 'one/find': 'lost' }, T0 + round * 10_000)
    }
    expect(run.wait(T0 + 20_000)).toBe(T0 + 20_000 + 4_000)
  })
})

describe('restVendor', () => {
  it('does not shorten a longer rest', () => {
    const world = worldOf(finds, [one])
    const job = restVendor(restVendor(jobOf(world, people(1)), 'one', T0 + 9_000), 'one', T0 + 5_000)
    expect(play(world, job).wait(T0)).toBe(T0 + 9_000)
  })
})
