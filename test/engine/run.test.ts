import fc from 'fast-check'
import type { OpenLead } from '../../src/domain/job'
import { plan } from '../../src/engine/plan'
import type { Kill } from './drive'
import { beginRecords, drive } from './drive'
import type { Script } from './scripted'
import { CALM, scripts, stage, truth } from './scripted'

const RICH = 1e9
const now = Date.UTC(2026, 0, 5)
const setting = (staged: ReturnType<typeof stage>) => ({ world: staged.world, environment: 'production', now }) as const
const outcomes = (leads: readonly OpenLead[]) =>
  leads.map(({ row, missing, results }) => [
    row,
    missing.map((field) => {
      const result = results[field]
      return result && result.kind !== 'none' ? [field, result.kind, result.finding.value] : [field, 'none']
    }),
  ])

describe('a run over a scripted world', () => {
  it('ends, with one result for each missing field, by the rules at every step', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const staged = stage(script)
        const { finished, paused } = drive(staged, beginRecords(RICH))
        expect(paused).toBe(false)
        expect(finished.map(({ row }) => row)).toEqual(script.rows.map((_, row) => row))
        for (const { missing, results } of finished) expect(Object.keys(results).sort()).toEqual([...missing].sort())
      }),
      { numRuns: 300 },
    )
  })

  it('counts at least what the vendors charged, and at most what the receipt said', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const staged = stage(script)
        const { credits } = plan(staged.leads, new Map(), setting(staged))
        const { budget, answers } = drive(staged, beginRecords(RICH))
        // Who was still at work when the run gave up may yet finish, and charge.
        for (const [question, credits] of staged.books.working) {
          if (answers.has(question)) staged.books.charged += credits
        }
        expect(budget.spent + budget.held + budget.maybe).toBeGreaterThanOrEqual(staged.books.charged - 1e-6)
        expect(budget.spent + budget.held + budget.maybe).toBeLessThanOrEqual(credits.worst + 1e-6)
      }),
      { numRuns: 300 },
    )
  })

  it('never passes its cap, in the vendors’ books either', () => {
    fc.assert(
      fc.property(scripts, fc.nat(60), (script, cap) => {
        const staged = stage(script)
        drive(staged, beginRecords(cap))
        expect(staged.books.charged).toBeLessThanOrEqual(cap + 1e-6)
      }),
      { numRuns: 300 },
    )
  })

  it('needs no cap above the worst of the receipt', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const staged = stage(script)
        const { credits } = plan(staged.leads, new Map(), setting(staged))
        expect(drive(staged, beginRecords(credits.worst)).paused).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('writes only values that are true and good enough', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const staged = stage(script)
        for (const { row, results } of drive(staged, beginRecords(RICH)).finished) {
          for (const [field, result] of Object.entries(results)) {
            if (result.kind !== 'accepted') continue
            const { value, confidence, status } = result.finding
            expect(confidence).toBeGreaterThanOrEqual(script.stop.threshold)
            expect(script.stop.accepts).toContain(status ?? 'unverified')
            if (field !== 'email_status') expect(value).toBe(truth(script.rows[row]!.person)[field as 'email'])
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('asks in a calm world once a question, and no more often than the receipt said', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const staged = stage(calm(script))
        const { calls } = plan(staged.leads, new Map(), setting(staged))
        const records = drive(staged, beginRecords(RICH))
        const asked = records.calls.filter(({ kind }) => kind === 'question')
        expect(asked.length).toBeLessThanOrEqual(calls.worst)
        for (const times of staged.books.asked.values()) expect(times).toBe(1)
      }),
      { numRuns: 200 },
    )
  })

  it('gives equal rows equal results, for the price of one', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const wide = { ...calm(script), window: 1_000 }
        const single = stage(wide)
        const triple = stage({ ...wide, rows: script.rows.flatMap((row) => [row, row, row]) })
        const { finished } = drive(triple, beginRecords(RICH))
        drive(single, beginRecords(RICH))
        expect(triple.books.asked.size).toBe(single.books.asked.size)
        for (let row = 0; row < finished.length; row += 3) {
          expect(finished[row + 1]!.results).toEqual(finished[row]!.results)
          expect(finished[row + 2]!.results).toEqual(finished[row]!.results)
        }
      }),
      { numRuns: 150 },
    )
  })
})

const kills: fc.Arbitrary<Kill> = fc.record({
  wave: fc.integer({ min: 1, max: 12 }),
  moment: fc.constantFrom('reserved', 'sent', 'settled'),
})

describe('a run that is killed and goes on', () => {
  it('keeps its cap and its books, and buys nothing twice', () => {
    fc.assert(
      fc.property(scripts, fc.array(kills, { minLength: 1, maxLength: 5 }), fc.nat(80), (script, deaths, cap) => {
        const staged = stage(script)
        const records = beginRecords(cap)
        for (const kill of deaths) drive(staged, records, kill)
        drive(staged, records)
        const { spent, held, maybe } = records.budget
        expect(spent + held + maybe).toBeGreaterThanOrEqual(staged.books.charged - 1e-6)
        expect(spent + held + maybe).toBeLessThanOrEqual(cap + 1e-6)
        if (!records.paused) expect(records.finished).toHaveLength(script.rows.length)
      }),
      { numRuns: 300 },
    )
  })

  it('comes to the same results when it dies between two waves', () => {
    const settled = kills.map((kill): Kill => ({ ...kill, moment: 'settled' }))
    fc.assert(
      fc.property(scripts, fc.array(settled, { minLength: 1, maxLength: 5 }), (random, deaths) => {
        const script = steady(random)
        const whole = drive(stage(script), beginRecords(RICH))
        const staged = stage(script)
        const records = beginRecords(RICH)
        for (const kill of deaths) drive(staged, records, kill)
        drive(staged, records)
        expect(outcomes(records.finished)).toEqual(outcomes(whole.finished))
      }),
      { numRuns: 300 },
    )
  })
})

function calm(script: Script): Script {
  return { ...script, trouble: CALM, vendors: script.vendors.map((vendor) => ({ ...vendor, mood: 'well' as const })) }
}

// A world whose results do not hang on the order of answers: nobody objects, nobody is given up, no wave is lost, no
// failure is shared by a batch, and there are no less exact keys.
function steady(script: Script): Script {
  const trouble = {
    ...script.trouble,
    objected: 0,
    lost: 0,
    most: 2,
    throttled: Math.min(script.trouble.throttled, 0.2),
  }
  const vendors = script.vendors.map((vendor) => ({
    ...vendor,
    mood: 'well' as const,
    operations: vendor.operations.map((random) => {
      const operation = { ...random, batch: 1 }
      if (operation.by === 'name_at_company') return { ...operation, by: 'linkedin' as const }
      return operation.by === 'company_name' ? { ...operation, by: 'domain' as const } : operation
    }),
  }))
  return { ...script, trouble, vendors }
}
