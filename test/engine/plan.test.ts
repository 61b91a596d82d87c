import fc from 'fast-check'
import type { Answer } from '../../src/domain/answer'
import type { Field } from '../../src/domain/field'
import type { Lead } from '../../src/domain/lead'
import { local } from '../../src/domain/provider'
import { defaultStopRule } from '../../src/domain/waterfall'
import type { NewLead } from '../../src/engine/job'
import type { PlannedClass } from '../../src/engine/plan'
import { plan } from '../../src/engine/plan'
import type { World } from '../../src/engine/world'
import { beginRecords, drive } from './drive'
import { asks, T0, vendor, worldOf } from './one-vendor'
import { scripts, stage } from './scripted'

const NONE: ReadonlyMap<string, Answer> = new Map()
const at = (world: World) => ({ world, environment: 'production', now: T0 }) as const
const rows = (leads: readonly Lead[], wanted: readonly Field[]): readonly NewLead[] =>
  leads.map((lead, row) => ({ row, lead, missing: wanted.filter((field) => lead[field] === undefined) }))

const paid = vendor('paid', [asks('find', 'email', { finds: ['phone'] })])
const free = vendor('free', [asks('mx', 'domain', { finds: ['mail_provider'], price: { credits: 0, charge: 'call' } })])

describe('the class of a row', () => {
  const world = worldOf(['phone', 'mail_provider'], [paid, free])
  const classes = (leads: readonly Lead[]): readonly PlannedClass[] =>
    plan(rows(leads, ['phone', 'mail_provider']), NONE, at(world)).classes

  it.each<[string, Lead, PlannedClass]>([
    ['nothing missing', { phone: '+15550100', mail_provider: 'X' }, 'filled'],
    ['no key', { first_name: 'Ann' }, 'invalid'],
    ['a free source', { domain: 'acme.example' }, 'free'],
    ['a paid vendor', { email: 'a@acme.example' }, 'chargeable'],
    ['a free and a paid one', { email: 'a@acme.example', domain: 'acme.example' }, 'chargeable'],
  ])('%s', (_what, lead, expected) => expect(classes([lead])).toEqual([expected]))

  it('is repeated for the second row with the same questions', () =>
    expect(classes([{ email: 'a@acme.example' }, { email: 'A@acme.example' }])).toEqual(['chargeable', 'repeated']))

  it('is known when the store can tell it all, and then nothing is called', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const staged = stage({
          ...script,
          trouble: { ...script.trouble, unavailable: 0, garbage: 0, page: 0, pending: 0, lost: 0, refused: 0 },
        })
        if (script.vendors.some(({ mood }) => mood !== 'well')) return
        const { answers } = drive(staged, beginRecords(1e9))
        const again = plan(staged.leads, answers, { ...at(staged.world), now: T0 + 3_600_000 })
        expect(again.calls).toEqual({ best: 0, typical: 0, worst: 0 })
        for (const one of again.classes) expect(['known', 'filled', 'invalid', 'free', 'repeated']).toContain(one)
        if (!script.vendors.some(({ operations }) => operations.some(({ kind }) => kind === 'local')))
          for (const one of again.classes) expect(['known', 'filled', 'invalid']).toContain(one)
      }),
      { numRuns: 300 },
    )
  })

  it('is given once to each row', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const staged = stage(script)
        const planned = plan(staged.leads, NONE, at(staged.world))
        expect(planned.classes).toHaveLength(staged.leads.length)
        planned.classes.forEach((one, index) =>
          expect(one === 'filled').toBe(staged.leads[index]!.missing.length === 0),
        )
        expect(planned.lacks.reduce((sum, { leads }) => sum + leads, 0)).toBe(
          planned.classes.filter((one) => one === 'invalid').length,
        )
      }),
    )
  })
})

describe('the figures of a receipt', () => {
  it('are best <= typical <= worst, for each line and in all', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const staged = stage(script)
        const { lines, credits, calls, seconds } = plan(staged.leads, NONE, at(staged.world))
        for (const range of [...lines.flatMap((line) => [line.calls, line.credits]), credits, calls]) {
          expect(range.best).toBeGreaterThanOrEqual(0)
          expect(range.best).toBeLessThanOrEqual(range.typical)
          expect(range.typical).toBeLessThanOrEqual(range.worst)
          expect(Number.isInteger(range.worst)).toBe(true)
        }
        expect(seconds).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  const chain = [
    vendor('firms', [asks('find', 'company_name', { finds: ['domain'], price: { credits: 1, charge: 'call' } })]),
    vendor('people', [
      asks('exact', 'name_at_domain', { finds: ['email'], price: { credits: 3, charge: 'call' } }),
      asks('loose', 'name_at_company', { finds: ['email'], price: { credits: 3, charge: 'call' } }),
    ]),
  ]
  const ann: Lead = { first_name: 'Ann', last_name: 'Lee', company_name: 'Acme' }

  it.each<[string, readonly Field[]]>([
    ['the domain first', ['domain', 'email']],
    ['the email first', ['email', 'domain']],
  ])('hold questions whose keys are still to be found, %s', (_what, wanted) => {
    expect(plan(rows([ann], wanted), NONE, at(worldOf(wanted, chain))).credits.worst).toBe(1 + 3 + 3)
  })

  it('leave out the less exact question when the exact one can be asked', () => {
    const world = worldOf(['email'], chain)
    expect(plan(rows([{ ...ann, domain: 'acme.example' }], ['email']), NONE, at(world)).credits.worst).toBe(3)
  })

  it('tell what is usual by what became of earlier questions, and best and worst without it', () => {
    const hit = (id: string, credits: number) =>
      vendor(id, [asks('find', 'email', { finds: ['phone'], price: { credits, charge: 'hit' } })])
    const world = worldOf(['phone'], [hit('first', 1), hit('second', 10)])
    const leads = rows(
      Array.from({ length: 100 }, (_, index) => ({ email: `a${index}@acme.example` })),
      ['phone'],
    )
    const typical = (found: number, accepted: number) => {
      const learned = { 'first/find': { asked: 996, found, credits: 0, accepted: { phone: accepted } } }
      const { credits, lines } = plan(leads, NONE, { ...at(world), learned })
      expect([credits.best, credits.worst]).toEqual([0, 1_100])
      expect(lines.map((line) => line.learned)).toEqual([996, 0])
      return lines.map((line) => line.credits.typical)
    }
    expect(plan(leads, NONE, at(world)).lines.map(({ credits }) => credits.typical)).toEqual([50, 250])
    expect(typical(996, 996)).toEqual([100, 1])
    expect(typical(0, 0)).toEqual([1, 499])
    // What is found but not good enough is paid, and the next one is asked.
    expect(typical(996, 0)).toEqual([100, 499])
  })

  it('hold questions that a local step leads to', () => {
    const split = local<'email'>({
      id: 'split',
      by: 'email',
      finds: ['domain'],
      price: { credits: 0, charge: 'hit' },
      answer: (keys) =>
        keys.map(({ email }) => ({
          kind: 'found',
          values: { domain: { value: email.split('@')[1]!, confidence: 1 } },
        })),
    })
    const finder = vendor('finder', [asks('find', 'linkedin', { finds: ['email'] })])
    const wanted = ['email', 'domain', 'mail_provider'] as const
    const world = worldOf(wanted, [finder, vendor('here', [split]), free])
    const leads = rows([{ linkedin_url: 'https://www.linkedin.com/in/ann' }], wanted)
    expect(plan(leads, NONE, at(world)).calls.worst).toBe(2)
  })

  it('do not reckon with fields that nobody wants', () => {
    const wide = vendor('wide', [asks('find', 'email', { finds: ['industry', 'domain'] })])
    const world = worldOf(['industry', 'mail_provider'], [wide, free])
    expect(plan(rows([{ email: 'a@acme.example' }], ['industry', 'mail_provider']), NONE, at(world)).calls.worst).toBe(
      1,
    )
  })

  it('count one question for all rows that share it, and say who shares', () => {
    const world = worldOf(['phone'], [paid])
    const planned = plan(
      rows(
        [0, 1, 2, 3, 4].map(() => ({ email: 'a@acme.example' })),
        ['phone'],
      ),
      NONE,
      at(world),
    )
    expect(planned.calls).toEqual({ best: 1, typical: 1, worst: 1 })
    expect(planned.sharing).toEqual([[0, 1, 2, 3, 4]])
  })

  it('show the first three questions that will be sent', () => {
    const world = worldOf(['phone'], [paid])
    const leads = ['a', 'a', 'b', 'c', 'd'].map((name) => ({ email: `${name}@acme.example` }))
    const { first } = plan(rows(leads, ['phone']), NONE, at(world))
    expect(first.map(({ key }) => key)).toEqual(['a', 'b', 'c'].map((name) => ({ email: `${name}@acme.example` })))
  })

  it('name what rows lack, most frequent first', () => {
    const world = worldOf(['email'], [chain[1]!])
    const leads = [{ first_name: 'A', last_name: 'B' }, { first_name: 'A' }, { last_name: 'B', first_name: 'C' }]
    expect(plan(rows(leads, ['email']), NONE, at(world)).lacks).toEqual([
      { fields: ['domain'], leads: 2 },
      { fields: ['last_name', 'domain'], leads: 1 },
    ])
  })
})

describe('the work of the engine', () => {
  // Counted, not timed: values cleaned, answers read and waves sent for 1,000 and for 5,000 rows.
  const work = (count: number): number => {
    let steps = 0
    const wanted = ['email', 'phone', 'domain', 'mail_provider'] as const
    const providers = [
      vendor('firms', [asks('find', 'company_name', { finds: ['domain'], batch: 10 })]),
      vendor('people', [asks('find', 'name_at_domain', { finds: ['email', 'phone'] })]),
      free,
    ]
    const world = worldOf(wanted, providers)
    const rowsOf = Array.from({ length: count }, (_, row) => ({ person: row, has: [] }))
    const stop = defaultStopRule('email')
    const script = { seed: 1, vendors: [], wanted, rows: rowsOf, window: 300, stop } as const
    const staged = {
      script: { ...script, trouble: { lost: 0 } },
      providers,
      world: {
        ...world,
        normalize: (_field: Field, value: string) => {
          steps++
          return value
        },
      },
      leads: rows(
        rowsOf.map((_, row) => ({ first_name: `G${row}`, last_name: `F${row}`, company_name: `Firm ${row % 997}` })),
        wanted,
      ),
      books: { charged: 0, asked: new Map(), working: new Map() },
      lose: () => undefined,
      answer: (batch: { readonly keys: readonly Lead[]; readonly operation: string }) => {
        steps += batch.keys.length
        const values = (key: Lead) =>
          key.company_name === undefined
            ? {
                email: { value: `${key.first_name}@x.example`, confidence: 1 },
                mail_provider: { value: 'M', confidence: 1 },
              }
            : { domain: { value: `${key.company_name.replace(' ', '')}.example`, confidence: 1 } }
        const text = JSON.stringify(batch.keys.map((key) => ({ kind: 'found', values: values(key) })))
        return { status: 200, headers: {}, text }
      },
    } as unknown as ReturnType<typeof stage>
    const records = drive(staged, beginRecords(1e9))
    expect(records.finished).toHaveLength(count)
    return steps + records.steps
  }

  it('grows with the rows, not with their square', () => expect(work(5_000) / work(1_000)).toBeLessThan(7))
})
