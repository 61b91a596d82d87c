import fc from 'fast-check'
import type { Field } from '../../src/domain/field'
import { readLeads } from '../../src/sheet/leads'
import type { RowLead } from '../../src/sheet/leads'
import { locate, planRow } from '../../src/sheet/row-key'

type Row = { readonly name: string; readonly company: string; readonly email: string; readonly phone: string }

const WANTED: readonly Field[] = ['email', 'phone']
const MAPPING = { full_name: 0, company_name: 1, email: 2, phone: 3 }

const read = (rows: readonly Row[]): readonly RowLead[] =>
  readLeads({
    grid: rows.map(({ name, company, email, phone }) =>
      [name, company, email, phone].map((text) => ({
        text,
        kind: text ? ('text' as const) : ('empty' as const),
        formula: false,
      })),
    ),
    firstRow: 1,
    mapping: MAPPING,
    country: undefined,
  })
const plan = (rows: readonly Row[]) => read(rows).map((row) => planRow(row, WANTED))

// Few values, so that equal rows, namesakes and rows without any input cell are common.
const row = fc.record({
  name: fc.constantFrom('', 'Ada', 'Grace'),
  company: fc.constantFrom('', 'Acme'),
  email: fc.constantFrom('', 'a@acme.example', 'b@acme.example'),
  phone: fc.constantFrom('', '1', '2'),
})
const rows = fc.array(row, { maxLength: 12 })

const hasIdentity = (each: Row) => Object.values(each).some((text) => text !== '')
const couldBe = (before: Row, now: Row) =>
  before.name === now.name &&
  before.company === now.company &&
  (before.email === '' || before.email === now.email) &&
  (before.phone === '' || before.phone === now.phone)

/** Rows shuffled, some deleted, some inserted, and answers written into cells that were empty. */
const changed = fc.tuple(rows, rows, fc.infiniteStream(fc.nat(99))).map(([before, inserted, dice]) => {
  const roll = () => dice.next().value as number
  const kept = before.filter(() => roll() >= 20)
  const after = [...kept, ...inserted].map((each) => ({ key: roll(), each })).sort((a, b) => a.key - b.key)
  const filled = after.map(({ each }) => ({ ...each, phone: each.phone === '' && roll() < 40 ? '9' : each.phone }))
  return { before, after: filled }
})

describe('locate', () => {
  it('never gives a row with other inputs, a row without identity, or one row twice', () => {
    fc.assert(
      fc.property(changed, ({ before, after }) => {
        const found = locate(plan(before), read(after), WANTED)
        expect(found).toHaveLength(before.length)
        const given = found.filter((index) => index !== undefined)
        expect(new Set(given).size).toBe(given.length)
        found.forEach((index, position) => {
          if (index === undefined) return
          expect(hasIdentity(before[position]!)).toBe(true)
          expect(couldBe(before[position]!, after[index]!)).toBe(true)
        })
      }),
      { numRuns: 500 },
    )
  })

  it('finds every row again after any shuffle, insertion and deletion of rows with other inputs', () => {
    const unique = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 20 })
    fc.assert(
      fc.property(
        unique.chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: 0 }))),
        ([names, after]) => {
          const make = (name: string) => ({ name, company: 'Acme', email: '', phone: '' })
          const found = locate(plan(names.map(make)), read(after.map(make)), WANTED)
          expect(found).toEqual(names.map((name) => (after.includes(name) ? after.indexOf(name) : undefined)))
        },
      ),
    )
  })

  it('tells equal rows apart by their order', () => {
    const twin = { name: 'Ada', company: 'Acme', email: '', phone: '' }
    const other = { ...twin, name: 'Grace' }
    expect(locate(plan([twin, twin, twin]), read([other, twin, other, twin]), WANTED)).toEqual([1, 3, undefined])
  })

  it('leaves equal rows where they are when one was filled with what another held', () => {
    const filled = { name: 'Ada', company: 'Acme', email: 'a@acme.example', phone: '' }
    const empty = { ...filled, email: '' }
    expect(locate(plan([empty, filled]), read([filled, filled]), WANTED)).toEqual([0, 1])
    expect(locate(plan([empty, filled]), read([filled, empty]), WANTED)).toEqual([1, 0])
    // One was put above them: by their order.
    expect(locate(plan([empty, filled]), read([empty, filled, filled]), WANTED)).toEqual([0, 1])
  })

  it('lets rows with more filled cells choose first', () => {
    const bare = { name: 'Ada', company: 'Acme', email: '', phone: '' }
    const full = { ...bare, email: 'a@acme.example' }
    expect(locate(plan([bare, full]), read([full, bare]), WANTED)).toEqual([1, 0])
    expect(locate(plan([bare, full]), read([bare]), WANTED)).toEqual([0, undefined])
  })

  it('does not find a row whose filled wanted cell or input was changed', () => {
    const before = { name: 'Ada', company: 'Acme', email: 'a@acme.example', phone: '' }
    const after = [
      { ...before, email: 'b@acme.example' },
      { ...before, name: 'ada' },
      { ...before, email: '' },
    ]
    for (const each of after) expect(locate(plan([before]), read([each]), WANTED)).toEqual([undefined])
  })

  it('does not take a cell of one column for that of another', () => {
    const before = { name: 'Acme', company: '', email: '', phone: '' }
    expect(locate(plan([before]), read([{ ...before, name: '', company: 'Acme' }]), WANTED)).toEqual([undefined])
  })

  it('takes filled wanted cells as identity when there is no other, and never finds an empty row', () => {
    const empty = { name: '', company: '', email: '', phone: '' }
    const mail = { ...empty, email: 'a@acme.example' }
    expect(locate(plan([empty, mail]), read([empty, { ...mail, phone: '1' }]), WANTED)).toEqual([undefined, 1])
  })

  it('works on 20,000 rows, equal ones too, in linear time', () => {
    const twins = Array.from({ length: 20_000 }, () => ({ name: 'Ada', company: 'Acme', email: '', phone: '' }))
    const planned = plan(twins)
    const current = read(twins)
    const started = Date.now()
    expect(locate(planned, current, WANTED)).toEqual(twins.map((_, index) => index))
    expect(Date.now() - started).toBeLessThan(5000)
  })

  it('keeps no text of a cell', () => {
    const [planned] = plan([{ name: 'Ada', company: 'Acme', email: 'a@acme.example', phone: '' }])
    expect(planned).toEqual({
      base: expect.stringMatching(/^[0-9a-f]{32}$/),
      planned: { email: expect.stringMatching(/^[0-9a-f]{8}$/) },
    })
  })
})
