import fc from 'fast-check'
import type { Answer, QuestionId } from '../../src/domain/answer'
import { LESS_EXACT } from '../../src/domain/lookup-key'
import { thenSentence } from '../../src/domain/trace'
import { defaultStopRule } from '../../src/domain/waterfall'
import { traceOf } from '../../src/engine/trace'
import { waterfallsFor } from '../../src/engine/world'
import { beginRecords, drive } from './drive'
import { asks, jobOf, MISS, play, reply, say, T0, vendor, worldOf } from './one-vendor'
import { CALM, scripts, stage } from './scripted'

const NAMED = { first_name: 'Ann', last_name: 'Lee', domain: 'acme.example' }
const ANN = 'ann@acme.example'
const finds = ['email', 'phone'] as const
const providers = [
  vendor('one', [asks('find', 'name_at_domain', { finds })]),
  vendor('two', [
    asks('loose', 'name_at_company', { finds, price: { credits: 2, charge: 'call' } }),
    asks('find', 'name_at_domain', { finds, price: { credits: 2, charge: 'call' } }),
  ]),
  vendor('three', [asks('profile', 'linkedin', { finds, price: { credits: 3, charge: 'hit' } })]),
  vendor('four', [asks('find', 'name_at_domain', { finds, price: { credits: 4, charge: 'hit' } })]),
  vendor('check', [asks('verify', 'email', { finds: ['email_status'] })]),
]
const world = {
  ...worldOf(['email'], providers),
  waterfalls: waterfallsFor(['email'], providers, {
    stop: (field) => ({ ...defaultStopRule(field), verify: 'before_writing' }),
  }),
}

function told(answers: readonly { readonly [place: string]: ReturnType<typeof say> | 'lost' }[]) {
  const run = play(world, jobOf(world, [NAMED]))
  for (const answer of answers) {
    expect(run.send()).toEqual(Object.keys(answer))
    run.answer(answer)
  }
  const known = new Map(run.answers().map((answer) => [answer.question, answer]))
  const setting = { world, environment: 'production', now: T0, answer: (id: string) => known.get(id) } as const
  return traceOf({ lead: NAMED, missing: ['email'] }, 'email', setting).steps.map(
    ({ role, provider, operation, outcome, credits, then, said }) =>
      `${role} ${provider}/${operation} ${outcome} ${credits} ${said?.value ?? '-'} ${then}`,
  )
}

describe('the trace of a search', () => {
  it('tells nothing but who waits before anybody has answered', () =>
    expect(told([])).toEqual(['finder one/find not_asked 0 - waits']))

  it('tells who was asked, what came back, what it cost, and why it went on', () =>
    expect(
      told([
        { 'one/find': say({ email: { value: ANN, confidence: 0.4 } }) },
        { 'two/find': MISS },
        { 'four/find': say({ email: { value: 'lee@acme.example', confidence: 0.8 } }) },
        { 'check/verify': say({ email_status: 'valid' }) },
      ]),
    ).toEqual([
      `finder one/find found 1 ${ANN} not_sure_enough`,
      'finder two/find not_found 2 - not_found',
      'finder two/loose not_asked 0 - asked_more_exactly',
      'finder three/profile not_asked 0 - no_key',
      'finder four/find found 4 lee@acme.example accepted',
      'verifier check/verify found 1 valid verdict',
    ]))

  it('tells what the verifier did not confirm', () =>
    expect(
      told([
        { 'one/find': say({ email: ANN }) },
        { 'check/verify': say({ email_status: 'invalid' }) },
        { 'two/find': say({ phone: '+15550100' }) },
        { 'four/find': reply(400) },
      ]),
    ).toEqual([
      `finder one/find found 1 ${ANN} not_confirmed`,
      'verifier check/verify found 1 invalid verdict',
      'finder two/find found 2 - nothing_about_it',
      'finder two/loose not_asked 0 - asked_more_exactly',
      'finder three/profile not_asked 0 - no_key',
      'finder four/find refused 0 - failed',
    ]))

  it('tells of agreement, of doubtful statuses, and of what is being verified', () => {
    const doubtful = say({ email: { value: ANN, confidence: 0.9, status: 'accept_all' } })
    expect(told([{ 'one/find': doubtful }])).toEqual([
      `finder one/find found 1 ${ANN} status_not_accepted`,
      'finder two/find not_asked 0 - waits',
    ])
    const half = say({ email: { value: ANN, confidence: 0.5 } })
    expect(told([{ 'one/find': half }, { 'two/find': half }])).toEqual([
      `finder one/find found 1 ${ANN} not_sure_enough`,
      `finder two/find found 2 ${ANN} to_be_verified`,
      'verifier check/verify not_asked 0 - waits',
    ])
    expect(told([{ 'one/find': half }, { 'two/find': half }, { 'check/verify': MISS }])).toEqual([
      `finder one/find found 1 ${ANN} not_sure_enough`,
      `finder two/find found 2 ${ANN} agreed`,
      'verifier check/verify not_found 0 - no_verdict',
    ])
  })

  it('tells of an objection and of a lost answer', () => {
    expect(told([{ 'one/find': 'lost' }, { 'two/find': reply(451) }])).toEqual([
      'finder one/find maybe_charged 1 - maybe_charged',
      'finder two/find objected 2 - objected',
    ])
  })

  it('passes over who cannot be asked now, but tells what they answered', () => {
    const run = play(world, jobOf(world, [NAMED]))
    run.send()
    run.answer({ 'one/find': say({ email: { value: ANN, confidence: 0.4 } }) })
    const known = new Map(run.answers().map((answer) => [answer.question, answer]))
    const setting = { world, environment: 'production', now: T0, answer: (id: string) => known.get(id) } as const
    const trace = (askable: readonly string[]) =>
      traceOf({ lead: NAMED, missing: ['email'] }, 'email', {
        ...setting,
        isAskable: (provider) => askable.includes(provider),
      })
    expect(trace(['four']).steps.map(({ provider, then }) => `${provider} ${then}`)).toEqual([
      'one not_sure_enough',
      'four waits',
    ])
    expect(trace(['four']).result).toBeUndefined()
    expect(trace([]).steps.map(({ provider }) => provider)).toEqual(['one'])
    expect(trace([]).result).toMatchObject({ kind: 'weak', finding: { value: ANN } })
  })

  it('counts a less exact answer that came before the exact key was known', () => {
    const found = { email: { value: ANN, confidence: 0.5 } }
    const both = [asks('exact', 'name_at_domain', { finds }), asks('loose', 'name_at_company', { finds })]
    const agreeing = {
      ...world,
      waterfalls: waterfallsFor(
        ['domain', 'email'],
        [
          vendor('firms', [asks('find', 'company_name', { finds: ['domain'] })]),
          vendor('one', both),
          vendor('two', [asks('find', 'linkedin', { finds, price: { credits: 2, charge: 'hit' } })]),
        ],
        { stop: (field) => ({ ...defaultStopRule(field), agreement: 'counts', verify: 'never' }) },
      ),
    }
    const lead = { first_name: 'Ann', last_name: 'Lee', company_name: 'Acme', linkedin_url: 'ann' }
    const run = play(agreeing, jobOf(agreeing, [lead]))
    expect(run.send()).toEqual(['firms/find', 'one/loose'])
    run.answer({ 'firms/find': say({ domain: 'acme.example' }), 'one/loose': say(found) })
    expect(run.send()).toEqual(['one/exact'])
    run.answer({ 'one/exact': MISS })
    expect(run.send()).toEqual(['two/find'])
    run.answer({ 'two/find': say(found) })
    expect(run.result()).toEqual({ domain: 'acme.example', email: ANN })
    const known = new Map(run.answers().map((answer) => [answer.question, answer]))
    const setting = {
      world: agreeing,
      environment: 'production',
      now: T0,
      answer: (id: string) => known.get(id),
    } as const
    const { steps } = traceOf({ lead, missing: ['domain', 'email'] }, 'email', setting)
    expect(steps.map(({ then }) => then)).toEqual(['not_found', 'not_sure_enough', 'agreed'])
  })

  it('comes to the same result as the run, at the price of the run', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        // What a local source said less exactly about another row is on no record.
        fc.pre(
          !script.vendors.some(({ operations }) =>
            operations.some((one) => one.kind === 'local' && LESS_EXACT[one.by]),
          ),
        )
        const well = script.vendors.map((one) => ({ ...one, mood: 'well' as const }))
        const staged = stage({ ...script, trouble: CALM, vendors: well })
        const { finished, ended, answers, now } = drive(staged, beginRecords(1e9))
        for (const { row, missing, results } of finished) {
          const { lead } = staged.leads[row]!
          // What was bought for another row after this one had ended says more than its run knew.
          const answer = (question: QuestionId): Answer | undefined => {
            const said = answers.get(question)
            return said && said.at <= ended.get(row)! ? said : undefined
          }
          const known = { world: staged.world, environment: 'production', now, answer } as const
          for (const field of missing) {
            const { steps, result } = traceOf({ lead, missing }, field, known)
            // Which of several vendors that said it is named may differ: answers arrived in an order of their own.
            expect(result?.kind).toBe(results[field]?.kind)
            const ends = steps.filter(({ then }) => then === 'accepted' || then === 'agreed')
            expect(ends).toHaveLength(results[field]?.kind === 'accepted' ? 1 : 0)
            expect(steps.some(({ then }) => then === 'waits') && ends.length === 0).toBe(false)
            const heard = steps.filter(({ said, role }) => said && role === 'finder').length
            if (results[field]?.kind === 'weak') expect(heard).toBe(1 + results[field].others.length)
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('what followed a step', () => {
  it('has a sentence', () => {
    expect(thenSentence('accepted')).toBe('Good enough: the search ended here.')
  })
})
