import type { Answer } from '../../src/domain/answer'
import type { VerificationStatus } from '../../src/domain/finding'
import type { Lead } from '../../src/domain/lead'
import type { Job } from '../../src/domain/job'
import { isFinished, recall } from '../../src/engine/job'
import { questionsAbout } from '../../src/engine/questions'
import { asks, jobOf, MISS, play, reply, say, T0, vendor, worldOf } from './one-vendor'

const ANN: Lead = { email: 'ann@acme.example' }
const NAMED: Lead = { first_name: 'Ann', last_name: 'Lee', domain: 'acme.example' }

describe('a waterfall', () => {
  const email = ['email'] as const
  const two = [
    vendor('dear', [asks('find', 'name_at_domain', { finds: email, price: { credits: 2, charge: 'hit' } })]),
    vendor('cheap', [asks('find', 'name_at_domain', { finds: email })]),
  ]

  it('asks the cheaper vendor first and the next one after a miss', () => {
    const world = worldOf(['email'], two)
    const run = play(world, jobOf(world, [NAMED]))
    expect(run.send()).toEqual(['cheap/find'])
    run.answer({ 'cheap/find': MISS })
    expect(run.send()).toEqual(['dear/find'])
    run.answer({ 'dear/find': say({ email: 'ann@acme.example' }) })
    expect(run.send()).toEqual([])
    expect(run.result()).toEqual({ email: 'ann@acme.example' })
  })

  it.each<[string, number, VerificationStatus | undefined, string | undefined]>([
    ['at the threshold', 0.7, undefined, 'ann@acme.example'],
    ['just under it', 0.699, undefined, undefined],
    ['sure and valid', 1, 'valid', 'ann@acme.example'],
    ['sure and catch-all', 0.8, 'accept_all', undefined],
    ['sure but invalid', 1, 'invalid', undefined],
  ])('takes a value %s or asks on', (_what, confidence, status, taken) => {
    const world = worldOf(['email'], two)
    const run = play(world, jobOf(world, [NAMED]))
    run.send()
    run.answer({
      'cheap/find': say({ email: { value: 'ann@acme.example', confidence, ...(status && { status }) } }),
    })
    expect(run.send()).toEqual(taken === undefined ? ['dear/find'] : [])
    if (taken !== undefined) expect(run.result()).toEqual({ email: taken })
  })

  it('asks for the status of an address about the address, and takes none of another', () => {
    const finds = ['email', 'email_status'] as const
    const world = worldOf(
      ['email_status'],
      [
        vendor('one', [
          asks('find', 'name_at_domain', { finds }),
          asks('verify', 'email', { finds: ['email_status'] }),
        ]),
      ],
    )
    const run = play(world, jobOf(world, [{ ...NAMED, ...ANN }]))
    expect(run.send()).toEqual(['one/verify'])
    run.answer({ 'one/verify': MISS })
    expect(run.send()).toEqual(['one/find'])
    run.answer({ 'one/find': say({ email: 'lee@acme.example', email_status: 'valid' }) })
    expect(run.result()).toEqual({ email_status: 'not_found' })
    const other = play(world, jobOf(world, [{ ...NAMED, ...ANN }]))
    other.send()
    other.answer({ 'one/verify': MISS })
    other.send()
    other.answer({ 'one/find': say({ email: 'Ann@Acme.example', email_status: 'valid' }) })
    expect(other.result()).toEqual({ email_status: 'valid' })
  })

  it('keeps the best of weak values, and an invalid one only when there is nothing else', () => {
    const world = worldOf(['email'], two)
    const weak = play(world, jobOf(world, [NAMED]))
    weak.send()
    weak.answer({ 'cheap/find': say({ email: { value: 'sure@acme.example', confidence: 1, status: 'invalid' } }) })
    weak.send()
    weak.answer({ 'dear/find': say({ email: { value: 'maybe@acme.example', confidence: 0.3 } }) })
    expect(weak.result()).toEqual({ email: 'weak: maybe@acme.example' })
    const invalid = play(world, jobOf(world, [NAMED]))
    invalid.send()
    invalid.answer({ 'cheap/find': say({ email: { value: 'sure@acme.example', confidence: 1, status: 'invalid' } }) })
    invalid.send()
    invalid.answer({ 'dear/find': MISS })
    expect(invalid.result()).toEqual({ email: 'weak: sure@acme.example' })
  })

  it('asks on when a value cannot be read', () => {
    const world = worldOf(['email'], two)
    const run = play(world, jobOf(world, [NAMED]))
    run.send()
    run.answer({ 'cheap/find': say({ email: '   ' }) })
    expect(run.send()).toEqual(['dear/find'])
  })

  it('is not begun without a key, and says so', () => {
    const world = worldOf(['email'], two)
    const run = play(world, jobOf(world, [{ first_name: 'Ann' }]))
    expect(run.send()).toEqual([])
    expect(run.result()).toEqual({ email: 'no_key' })
  })
})

describe('a wider answer', () => {
  const world = worldOf(
    ['phone', 'industry'],
    [
      vendor('wide', [asks('find', 'email', { finds: ['phone', 'industry'] })]),
      vendor('narrow', [asks('find', 'email', { finds: ['industry'], price: { credits: 2, charge: 'hit' } })]),
    ],
  )

  it('fills every wanted field that it tells, in one call', () => {
    const run = play(world, jobOf(world, [ANN]))
    expect(run.send()).toEqual(['wide/find'])
    run.answer({ 'wide/find': say({ phone: '+15550100', industry: 'Tools' }) })
    expect(run.send()).toEqual([])
    expect(run.result()).toEqual({ phone: '+15550100', industry: 'Tools' })
  })

  it('leaves the fields that it does not tell to the others', () => {
    const run = play(world, jobOf(world, [ANN]))
    run.send()
    run.answer({ 'wide/find': say({ phone: '+15550100' }) })
    expect(run.send()).toEqual(['narrow/find'])
  })

  it('keeps nothing that the operation did not declare', () => {
    const run = play(world, jobOf(world, [ANN]))
    run.send()
    run.answer({ 'wide/find': say({ phone: '+15550100', gender: 'unasked' }) })
    expect(Object.keys(run.answers()[0]!.values!)).toEqual(['phone'])
  })

  it('is heard before anything is asked that it tells', () => {
    const both = worldOf(
      ['phone', 'industry', 'job_title'],
      [
        vendor('one', [
          asks('find', 'email', { finds: ['phone'] }),
          asks('by_phone', 'phone', { finds: ['job_title'] }),
        ]),
        vendor('two', [asks('find', 'email', { finds: ['job_title'], price: { credits: 2, charge: 'hit' } })]),
      ],
    )
    const run = play(both, jobOf(both, [ANN]))
    expect(run.send()).toEqual(['one/find', 'two/find'])
    run.answer({ 'one/find': say({ phone: '+15550100' }), 'two/find': say({ job_title: 'CTO' }) })
    expect(run.send()).toEqual([])
  })
})

describe('keys', () => {
  it('are completed by what was found: the domain by company, then the email by name at domain', () => {
    const world = worldOf(
      ['domain', 'email'],
      [
        vendor('firms', [asks('find', 'company_name', { finds: ['domain'] })]),
        vendor('people', [asks('find', 'name_at_domain', { finds: ['email'] })]),
      ],
    )
    const run = play(world, jobOf(world, [{ first_name: 'Ann', last_name: 'Lee', company_name: 'Acme' }]))
    expect(run.send()).toEqual(['firms/find'])
    run.answer({ 'firms/find': say({ domain: 'acme.example' }) })
    expect(run.send()).toEqual(['people/find'])
    run.answer({ 'people/find': say({ email: 'ann@acme.example' }) })
    expect(run.result()).toEqual({ domain: 'acme.example', email: 'ann@acme.example' })
  })

  it('are not completed by what is not sure enough', () => {
    const world = worldOf(
      ['domain', 'email'],
      [
        vendor('firms', [asks('find', 'company_name', { finds: ['domain'] })]),
        vendor('people', [asks('find', 'name_at_domain', { finds: ['email'] })]),
      ],
    )
    const run = play(world, jobOf(world, [{ first_name: 'Ann', last_name: 'Lee', company_name: 'Acme' }]))
    run.send()
    run.answer({ 'firms/find': say({ domain: { value: 'acme.example', confidence: 0.5 } }) })
    expect(run.send()).toEqual([])
    expect(run.result()).toEqual({ domain: 'weak: acme.example', email: 'no_key' })
  })

  it('that say the same less exactly are not asked of a vendor who answered by the exact one', () => {
    const finds = ['email'] as const
    const operations = [asks('exact', 'name_at_domain', { finds }), asks('loose', 'name_at_company', { finds })]
    const world = worldOf(['email'], [vendor('one', operations), vendor('two', [operations[1]!])])
    const run = play(world, jobOf(world, [{ ...NAMED, company_name: 'Acme' }]))
    expect(run.send()).toEqual(['one/exact'])
    run.answer({ 'one/exact': MISS })
    expect(run.send()).toEqual(['two/loose'])
  })

  it('go by exactness before the order of the list, and by price before that', () => {
    const finds = ['email'] as const
    const world = worldOf(
      ['email'],
      [
        vendor('one', [asks('loose', 'name_at_company', { finds }), asks('exact', 'name_at_domain', { finds })]),
        vendor('two', [asks('loose', 'name_at_company', { finds, price: { credits: 0.5, charge: 'hit' } })]),
      ],
    )
    expect(world.waterfalls.email!.steps.map(({ provider, operation }) => `${provider.id}/${operation.id}`)).toEqual([
      'two/loose',
      'one/exact',
      'one/loose',
    ])
  })
})

describe('a position', () => {
  const finds = ['job_title', 'company_name', 'seniority'] as const
  const world = worldOf(finds, [
    vendor('one', [asks('find', 'email', { finds })]),
    vendor('two', [asks('find', 'email', { finds, price: { credits: 2, charge: 'hit' } })]),
  ])

  it('is taken from one answer', () => {
    const run = play(world, jobOf(world, [ANN]))
    run.send()
    run.answer({ 'one/find': say({ job_title: 'CTO', company_name: 'Acme' }) })
    expect(run.send()).toEqual(['two/find'])
    run.answer({ 'two/find': say({ job_title: 'Clerk', company_name: 'Other', seniority: 'junior' }) })
    expect(run.result()).toEqual({ job_title: 'CTO', company_name: 'Acme', seniority: 'other_company' })
  })

  it('is not taken from another company than the row names', () => {
    const run = play(world, jobOf(world, [{ ...ANN, company_name: 'Acme' }]))
    run.send()
    run.answer({ 'one/find': say({ job_title: 'Clerk', company_name: 'Other' }) })
    run.send()
    run.answer({ 'two/find': say({ job_title: 'CTO', company_name: 'ACME' }) })
    expect(run.result()).toEqual({ job_title: 'CTO', seniority: 'not_found' })
  })

  it('of an answer without a company is taken', () => {
    const run = play(world, jobOf(world, [{ ...ANN, company_name: 'Acme' }]))
    run.send()
    run.answer({ 'one/find': say({ job_title: 'CTO', seniority: 'senior' }) })
    expect(run.result()).toEqual({ job_title: 'CTO', seniority: 'senior' })
  })
})

describe('who objected', () => {
  const world = worldOf(
    ['email', 'phone'],
    [
      vendor('one', [asks('find', 'name_at_domain', { finds: ['email'] })]),
      vendor('two', [
        asks('find', 'name_at_domain', { finds: ['email', 'phone'], price: { credits: 2, charge: 'hit' } }),
      ]),
    ],
  )

  it('is not asked about again, of nobody, for no field', () => {
    const run = play(world, jobOf(world, [NAMED]))
    expect(run.send()).toEqual(['one/find', 'two/find'])
    const settled = run.answer({ 'one/find': reply(451), 'two/find': reply(503) })
    expect(settled.objected).toEqual([0])
    expect(run.wait(T0)).toBeUndefined()
    expect(run.result()).toEqual({ email: 'objected', phone: 'objected' })
  })

  it.each([
    ['sure', 1],
    ['weak', 0.1],
  ])('is known again by a %s answer alone, and nothing of it is used', (_what, confidence) => {
    const told = { ...world, isSuppressed: ({ email }: Lead) => email === 'ann@acme.example' }
    const run = play(told, jobOf(told, [NAMED]))
    run.send()
    const email = say({ email: { value: 'ann@acme.example', confidence } })
    run.answer({ 'one/find': email, 'two/find': say({ phone: '+15550100' }) })
    expect(run.wait(T0)).toBeUndefined()
    expect(run.result()).toEqual({ email: 'objected', phone: 'objected' })
  })

  it('stays known to later runs', () => {
    const run = play(world, jobOf(world, [NAMED]))
    run.send()
    run.answer({ 'one/find': reply(451), 'two/find': MISS })
    const later = recall(jobOf(world, [NAMED]), run.answers(), { world, now: T0 + 1e12 })
    expect(later.leads.every(isFinished)).toBe(true)
  })
})

describe('recall', () => {
  const world = worldOf(['phone'], [vendor('one', [asks('find', 'email', { finds: ['phone'] })])])
  const ask = (): string => Object.keys(jobOf(world, [ANN]).asks)[0]!

  it.each<[Answer['outcome'], number, boolean]>([
    ['found', -1e12, true],
    ['maybe_charged', -1e12, true],
    ['not_found', -29 * 86_400_000, true],
    ['not_found', -31 * 86_400_000, false],
    ['unavailable', -1, false],
    ['unavailable', 0, true],
    ['refused', -1, false],
    ['refused', 0, true],
  ])('of %s, %d ms from the start of the run: %s', (outcome, since, counts) => {
    const values = { phone: { value: '+15550100', confidence: 1 } }
    const answer: Answer = {
      question: ask(),
      at: T0 + since,
      outcome,
      credits: 0,
      ...(outcome === 'found' && { values }),
    }
    const job = recall(jobOf(world, [ANN]), [answer], { world, now: T0 })
    expect(isFinished(job.leads[0]!)).toBe(counts)
  })
})

describe('a stored answer of a later step', () => {
  const world = worldOf(
    ['phone'],
    ['one', 'two'].map((id) => vendor(id, [asks('find', 'email', { finds: ['phone'] })])),
  )
  const later = (job: Job): string => questionsAbout(job.leads[0]!, { world, environment: 'production' })[1]!

  it.each<[string, Partial<Answer> & Pick<Answer, 'outcome'>, readonly string[]]>([
    ['that is good', { outcome: 'found', values: { phone: { value: '+15550100', confidence: 1 } } }, []],
    ['that is weak', { outcome: 'found', values: { phone: { value: '+1', confidence: 0.1 } } }, ['one/find']],
    ['with other fields', { outcome: 'found', values: { city: { value: 'Riga', confidence: 1 } } }, ['one/find']],
    ['that was an objection', { outcome: 'objected' }, []],
    ['that was a miss', { outcome: 'not_found' }, ['one/find']],
    ['that was lost', { outcome: 'maybe_charged' }, ['one/find']],
  ])('%s decides whether the earlier one is asked', (_what, answer, sent) => {
    const job = jobOf(world, [ANN])
    const known = recall(job, [{ question: later(job), at: T0, credits: 1, ...answer }], { world, now: T0 })
    expect(play(world, known).send()).toEqual(sent)
  })
})

describe('rows that miss nothing', () => {
  it('cause no call', () => {
    const world = worldOf(['phone'], [vendor('one', [asks('find', 'email', { finds: ['phone'] })])])
    const run = play(world, jobOf(world, [{ ...ANN, phone: '+15550100' }, {}]))
    expect(run.send()).toEqual([])
    expect(run.job().leads.every(isFinished)).toBe(true)
  })
})

describe('local operations', () => {
  it('answer without a wave, before everybody else, and complete keys', () => {
    const local = {
      kind: 'local',
      id: 'split',
      by: 'email',
      finds: ['domain'],
      price: { credits: 0, charge: 'hit' },
      answer: (keys: readonly Lead[]) =>
        keys.map(({ email }) => ({
          kind: 'found',
          values: { domain: { value: email!.split('@')[1], confidence: 1 } },
        })),
    } as unknown as Parameters<typeof vendor>[1][number]
    const world = worldOf(
      ['domain', 'industry'],
      [
        vendor('firms', [
          asks('find', 'domain', { finds: ['industry'] }),
          asks('firm', 'email', { finds: ['domain'] }),
        ]),
        vendor('here', [local]),
      ],
    )
    const run = play(world, jobOf(world, [ANN]))
    expect(run.send()).toEqual(['firms/find'])
    run.answer({ 'firms/find': say({ industry: 'Tools' }) })
    expect(run.result()).toEqual({ domain: 'acme.example', industry: 'Tools' })
  })
})
