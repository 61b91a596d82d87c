import type { Value } from '../../src/domain/finding'
import type { Provider } from '../../src/domain/provider'
import type { StopRule } from '../../src/domain/waterfall'
import { defaultStopRule } from '../../src/domain/waterfall'
import { waterfallsFor } from '../../src/engine/world'
import { asks, jobOf, MISS, play, say, vendor, worldOf } from './one-vendor'

const NAMED = { first_name: 'Ann', last_name: 'Lee', domain: 'acme.example' }
const finder = (id: string, credits: number, more: Partial<Provider> = {}) =>
  vendor(id, [asks('find', 'name_at_domain', { finds: ['email', 'phone'], price: { credits, charge: 'hit' } })], more)
const worldBy = (providers: readonly Provider[], rule: Partial<StopRule> = {}) => ({
  ...worldOf(['email'], providers),
  waterfalls: waterfallsFor(['email'], providers, { stop: (field) => ({ ...defaultStopRule(field), ...rule }) }),
})
const address = (value: string, confidence: number, status?: Value['status']) =>
  say({ email: { value, confidence, ...(status && { status }) } })

// What becomes of a lead when one, two and three answer in turn; `undefined` for those who are not asked.
function outcome(answers: readonly ReturnType<typeof say>[], world: ReturnType<typeof worldBy>) {
  const run = play(world, jobOf(world, [NAMED]))
  let asked = 0
  for (const answer of answers) {
    const sent = run.send()
    if (sent.length === 0) break
    asked++
    run.answer({ [sent[0]!]: answer })
  }
  const [lead] = run.job().leads
  return { asked, result: lead!.results.email, done: run.send().length === 0 }
}

const PAIR = [finder('one', 1), finder('two', 2)]

describe('statuses', () => {
  it.each(['accept_all', 'risky', 'unknown', 'invalid'] as const)(
    'of an address that is %s send it to review, unless the rule accepts it; never when invalid',
    (status) => {
      const given = [address('ann@acme.example', 0.9, status), MISS]
      expect(outcome(given, worldBy(PAIR))).toMatchObject({ asked: 2, result: { kind: 'weak', finding: { status } } })
      const kind = status === 'invalid' ? 'weak' : 'accepted'
      expect(outcome(given, worldBy(PAIR, { accepts: ['valid', status] }))).toMatchObject({ result: { kind } })
    },
  )

  it('of an address that is valid or that nobody verified let it be written', () => {
    for (const given of [address('ann@acme.example', 0.7), address('ann@acme.example', 0.7, 'valid')])
      expect(outcome([given], worldBy(PAIR))).toMatchObject({ asked: 1, result: { kind: 'accepted' } })
  })

  it('can be asked to be valid alone', () =>
    expect(outcome([address('ann@acme.example', 1), MISS], worldBy(PAIR, { accepts: ['valid'] }))).toMatchObject({
      result: { kind: 'weak' },
    }))

  it('of other values than addresses do not count, but for invalid', () =>
    expect(defaultStopRule('phone').accepts).toEqual(['valid', 'accept_all', 'risky', 'unknown', 'unverified']))
})

describe('two vendors who agree', () => {
  const both = [address('ann@acme.example', 0.5), address('ann@acme.example', 0.6)]

  it('are surer than one of them, and the search ends', () => {
    const { result, done } = outcome(both, worldBy([...PAIR, finder('three', 3)]))
    expect(done).toBe(true)
    expect(result).toMatchObject({
      kind: 'accepted',
      finding: { value: 'ann@acme.example', provenance: { provider: 'two' }, confirmedBy: ['one'] },
    })
    expect(result?.kind === 'accepted' && result.finding.confidence).toBeCloseTo(1 - 0.5 * 0.4)
  })

  it('are never quite sure', () => {
    const sure = [address('ann@acme.example', 0.9), address('ann@acme.example', 0.9)]
    expect(outcome(sure, worldBy(PAIR, { threshold: 0.95 }))).toMatchObject({
      result: { kind: 'accepted', finding: { confidence: 0.97 } },
    })
    expect(outcome(sure, worldBy(PAIR, { threshold: 0.98 }))).toMatchObject({ result: { kind: 'weak' } })
  })

  it('make an address valid that one of them verified', () => {
    const given = [address('ann@acme.example', 0.5, 'valid'), address('ann@acme.example', 0.6)]
    expect(outcome(given, worldBy(PAIR, { accepts: ['valid'] }))).toMatchObject({ result: { kind: 'weak' } })
    expect(outcome(given, worldBy(PAIR))).toMatchObject({ result: { kind: 'accepted', finding: { status: 'valid' } } })
  })

  it.each<[string, readonly Provider[], readonly ReturnType<typeof say>[], Partial<StopRule>]>([
    ['one of them asks other vendors', [PAIR[0]!, finder('two', 2, { aggregator: true })], both, {}],
    ['the first of them asks other vendors', [finder('one', 1, { aggregator: true }), PAIR[1]!], both, {}],
    [
      'they are one vendor',
      [
        vendor('one', [
          asks('find', 'name_at_domain', { finds: ['email'] }),
          asks('search', 'domain', { finds: ['email'] }),
        ]),
      ],
      both,
      {},
    ],
    ['the rule does not count it', PAIR, both, { agreement: 'ignored' }],
    ['one says that it does not work', PAIR, [address('ann@acme.example', 0.9, 'invalid'), both[1]!], {}],
    ['one says that its server takes anything', PAIR, [address('ann@acme.example', 0.9, 'accept_all'), both[1]!], {}],
  ])('count as one when %s', (_what, providers, given, rule) =>
    expect(outcome(given, worldBy(providers, rule))).toMatchObject({ asked: 2, result: { kind: 'weak' } }),
  )

  it('who do not are both kept for review, the surer one first', () =>
    expect(outcome([address('a@acme.example', 0.5), address('b@acme.example', 0.6)], worldBy(PAIR))).toMatchObject({
      result: { kind: 'weak', finding: { value: 'b@acme.example' }, others: [{ value: 'a@acme.example' }] },
    }))

  it('can be a third and the first', () => {
    const given = [address('a@acme.example', 0.5), address('b@acme.example', 0.65), address('a@acme.example', 0.5)]
    expect(outcome(given, worldBy([...PAIR, finder('three', 3)]))).toMatchObject({
      result: { kind: 'accepted', finding: { value: 'a@acme.example', confidence: 0.75 } },
    })
  })
})
