import type { Answer, QuestionId } from '../../src/domain/answer'
import type { Field } from '../../src/domain/field'
import type { Value } from '../../src/domain/finding'
import type { Provider } from '../../src/domain/provider'
import type { StopRule } from '../../src/domain/waterfall'
import { defaultStopRule } from '../../src/domain/waterfall'
import { dropVendor, recall } from '../../src/engine/job'
import { plan } from '../../src/engine/plan'
import { takeUnlooked } from '../../src/engine/questions'
import { waterfallsFor } from '../../src/engine/world'
import { asks, jobOf, MISS, play, reply, say, T0, vendor, worldOf } from './one-vendor'

const NAMED = { first_name: 'Ann', last_name: 'Lee', domain: 'acme.example' }
const ANN = 'ann@acme.example'
const LEE = 'lee@acme.example'

const one = vendor('one', [asks('find', 'name_at_domain', { finds: ['email'] })])
const two = vendor('two', [asks('find', 'name_at_domain', { finds: ['email'], price: { credits: 2, charge: 'hit' } })])
const checker = (id: string, credits: number) =>
  vendor(id, [asks('verify', 'email', { finds: ['email_status', 'gender'], price: { credits, charge: 'verdict' } })])
const FINDERS = [one, two, checker('check', 0.5)]

const worldBy = (
  wanted: readonly Field[] = ['email'],
  providers: readonly Provider[] = FINDERS,
  rule: Partial<StopRule> = {},
) => ({
  ...worldOf(wanted, providers),
  waterfalls: waterfallsFor(wanted, providers, {
    stop: (field) => ({ ...defaultStopRule(field), verify: 'before_writing', ...rule }),
  }),
})
const verdict = (value: string, confidence = 0.9) => say({ email_status: { value, confidence } })
const begin = (world = worldBy()) => play(world, jobOf(world, [NAMED]))
const findings = (run: ReturnType<typeof play>) => run.job().leads[0]!.results.email

describe('an address that its finder has not verified', () => {
  it('goes to the verifier, and is accepted as valid with what that is worth', () => {
    const run = begin()
    run.send()
    run.answer({ 'one/find': say({ email: { value: ANN, confidence: 0.75 } }) })
    expect(run.result()).toEqual({})
    expect(run.send()).toEqual(['check/verify'])
    run.answer({ 'check/verify': verdict('valid') })
    expect(run.send()).toEqual([])
    expect(findings(run)).toMatchObject({
      kind: 'accepted',
      finding: { value: ANN, confidence: 0.9, status: 'valid', verifiedBy: 'check', provenance: { provider: 'one' } },
    })
  })

  it.each(['invalid', 'accept_all', 'risky'] as const)('and is %s is not written, and the search goes on', (status) => {
    const run = begin()
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    run.send()
    run.answer({ 'check/verify': verdict(status) })
    expect(run.send()).toEqual(['two/find'])
    run.answer({ 'two/find': MISS })
    expect(run.send()).toEqual([])
    expect(findings(run)).toMatchObject({ kind: 'weak', finding: { value: ANN, status, verifiedBy: 'check' } })
  })

  it('is not verified a second time when the next vendor names it too', () => {
    const run = begin()
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    run.send()
    run.answer({ 'check/verify': verdict('invalid') })
    run.send()
    run.answer({ 'two/find': say({ email: ANN }) })
    expect(run.send()).toEqual([])
    expect(findings(run)).toMatchObject({
      kind: 'weak',
      finding: { status: 'invalid' },
      others: [{ status: 'invalid' }],
    })
  })

  it('makes way for another, which is verified in its turn', () => {
    const run = begin()
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    run.send()
    run.answer({ 'check/verify': verdict('invalid') })
    run.send()
    run.answer({ 'two/find': say({ email: LEE }) })
    expect(run.send()).toEqual(['check/verify'])
    run.answer({ 'check/verify': verdict('valid') })
    expect(run.result()).toEqual({ email: LEE })
  })

  it.each<[string, ReturnType<typeof say> | 'lost']>([
    ['does not know', MISS],
    ['fails for good', reply(400)],
    ['lost the answer', 'lost'],
    ['speaks of another address', say({ email_status: 'invalid', email: LEE })],
    ['says what nobody understands', verdict('splendid')],
  ])('is accepted as not verified when the verifier %s', (_what, answer) => {
    const world = worldBy(
      ['email'],
      [one, vendor('check', [asks('verify', 'email', { finds: ['email_status', 'email'] })])],
    )
    const run = begin(world)
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    run.send()
    run.answer({ 'check/verify': answer })
    expect(run.send()).toEqual([])
    const result = findings(run)
    expect(result).toMatchObject({ kind: 'accepted', finding: { value: ANN } })
    expect(result?.kind === 'accepted' && result.finding.status).toBe(undefined)
  })

  it('is accepted as not verified when the verifier is given up', () => {
    const world = worldBy()
    const run = begin(world)
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    const drop = { provider: 'check', because: 'credits', reason: 'used up' } as const
    const job = dropVendor(run.job(), drop, { world, now: T0 })
    expect(job.leads[0]).toMatchObject({ waiting: [], results: { email: { kind: 'accepted' } } })
  })

  it.each<[string, readonly Provider[], Partial<StopRule>]>([
    ['there is no verifier', [one, two], {}],
    ['the rule does not want it', FINDERS, { verify: 'never' }],
  ])('is accepted at once when %s', (_what, providers, rule) => {
    const run = begin(worldBy(['email'], providers, rule))
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    expect(run.send()).toEqual([])
    expect(run.result()).toEqual({ email: ANN })
  })

  it('goes to the next verifier when the first one has no clear verdict', () => {
    const run = begin(worldBy(['email'], [one, checker('check', 1), checker('again', 2)]))
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    expect(run.send()).toEqual(['check/verify'])
    run.answer({ 'check/verify': verdict('unknown', 0.3) })
    expect(run.send()).toEqual(['again/verify'])
    run.answer({ 'again/verify': MISS })
    expect(findings(run)).toMatchObject({ kind: 'weak', finding: { status: 'unknown' } })
  })

  it('that is not sure enough is not worth a verification', () => {
    const run = begin()
    run.send()
    run.answer({ 'one/find': say({ email: { value: ANN, confidence: 0.5 } }) })
    expect(run.send()).toEqual(['two/find'])
    run.answer({ 'two/find': say({ email: { value: ANN, confidence: 0.5 } }) })
    expect(run.send()).toEqual(['check/verify'])
  })

  it('whose owner objected ends everything', () => {
    const run = begin()
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    run.send()
    expect(run.answer({ 'check/verify': reply(451) }).objected).toEqual([0])
    expect(run.result()).toEqual({ email: 'objected' })
  })
})

describe('an address with a status of its finder', () => {
  it.each<[Value['status'] & string, string]>([
    ['valid', ANN],
    ['accept_all', `weak: ${ANN}`],
  ])('is not verified again: %s', (status, result) => {
    const run = begin(worldBy(['email'], [one, checker('check', 1)]))
    run.send()
    run.answer({ 'one/find': say({ email: { value: ANN, confidence: 0.9, status } }) })
    expect(run.send()).toEqual([])
    expect(run.result()).toEqual({ email: result })
  })
})

describe('what a verifier tells besides', () => {
  const wanted = ['email', 'email_status', 'gender'] as const
  const told = (status: string) => {
    const run = begin(worldBy(wanted, [one, checker('check', 1)]))
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    expect(run.send()).toEqual(['check/verify'])
    run.answer({ 'check/verify': say({ email_status: status, gender: 'female' }) })
    expect(run.send()).toEqual([])
    return run.result()
  }

  it('is taken for the address that is accepted, without another question', () =>
    expect(told('valid')).toEqual({ email: ANN, email_status: 'valid', gender: 'female' }))
  it('is not taken for one that is not', () =>
    expect(told('invalid')).toEqual({ email: `weak: ${ANN}`, email_status: 'no_key', gender: 'no_key' }))
})

describe('a verdict in the store', () => {
  it('is looked up before the verifier is asked', () => {
    const world = worldBy()
    const looked = { questions: new Set<QuestionId>(), leads: new WeakSet() }
    const run = begin(world)
    takeUnlooked(run.job(), world, looked)
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    const [question, ...more] = takeUnlooked(run.job(), world, looked)
    expect([question, ...more]).toEqual(run.job().leads[0]!.waiting)
    const values = { email_status: { value: 'valid', confidence: 0.9 } }
    const stored: Answer = { question: question!, at: T0, outcome: 'found', credits: 1, values }
    expect(play(world, recall(run.job(), [stored], { world, now: T0 })).send()).toEqual([])
  })
})

describe('the receipt', () => {
  const worst = (world: ReturnType<typeof worldBy>, known: ReadonlyMap<string, Answer> = new Map()) =>
    plan([{ row: 0, lead: NAMED, missing: ['email'] }], known, { world, environment: 'production', now: T0 })

  it('holds a verification of each address that may be found', () => {
    expect(worst(worldBy()).credits.worst).toBe(1 + 2 + 2 * 0.5)
    expect(worst(worldBy(['email'], FINDERS, { verify: 'never' })).credits.worst).toBe(1 + 2)
  })

  it('holds each verifier that may be unclear', () =>
    expect(worst(worldBy(['email'], [one, checker('check', 1), checker('again', 2)])).credits.worst).toBe(1 + 1 + 2))

  it('counts one verification for rows that ask the same', () => {
    const leads = [0, 1, 2].map((row) => ({ row, lead: NAMED, missing: ['email'] as const }))
    const setting = {
      world: worldBy(['email'], [one, checker('check', 1)]),
      environment: 'production',
      now: T0,
    } as const
    const planned = plan(leads, new Map(), setting)
    expect(planned.classes).toEqual(['chargeable', 'repeated', 'repeated'])
    expect(planned.credits.worst).toBe(2)
  })

  it('begins with the verification of an address that is known', () => {
    const run = begin()
    run.send()
    run.answer({ 'one/find': say({ email: ANN }) })
    const [answer] = run.answers()
    const planned = worst(worldBy(['email'], [one, checker('check', 1)]), new Map([[answer!.question, answer!]]))
    expect(planned.credits).toEqual({ best: 1, typical: 1, worst: 1 })
    expect(planned.first.map(({ key }) => key)).toEqual([{ email: ANN }])
  })
})
