import fc from 'fast-check'
import type { MergeColumn, MergeKind, MergeRow, MergeRule } from '../../src/matching/merge'
import { mergeRows } from '../../src/matching/merge'

const row = (at: number, cells: readonly string[], more: Partial<MergeRow> = {}): MergeRow => ({
  row: at,
  cells,
  standing: 'plain',
  verified: [],
  formulas: [],
  ...more,
})
const columns = (...kinds: readonly MergeKind[]): MergeColumn[] => kinds.map((kind) => ({ kind, rule: 'best' }))
const one = (kind: MergeKind, values: readonly string[], rule: MergeRule = 'best') =>
  mergeRows(
    [{ kind, rule }],
    values.map((value, at) => row(at, [value])),
  ).cells[0]!

describe('the row that stays', () => {
  it.each<[string, readonly MergeRow[], number]>([
    [
      'is the protected one',
      [
        row(0, ['a', 'b', 'c']),
        row(1, ['a', '', ''], { standing: 'crm' }),
        row(2, ['a', '', ''], { standing: 'protected' }),
      ],
      2,
    ],
    ['is the one that a CRM knows', [row(0, ['a', 'b', 'c']), row(1, ['a', '', ''], { standing: 'crm' })], 1],
    ['has most filled cells', [row(0, ['a', '', '']), row(1, ['a', 'b', ''])], 1],
    ['is the newest of equally full ones', [row(0, ['a', '', '2024-01-01']), row(1, ['a', '', '2025-01-01'])], 1],
    ['is the topmost of equals', [row(4, ['a', '', '']), row(2, ['b', '', ''])], 2],
  ])('%s', (_, rows, expected) => {
    expect(mergeRows(columns('text', 'text', 'updated'), rows).row).toBe(expected)
  })

  it('counts a broken address as no cell', () => {
    expect(
      mergeRows(columns('email', 'text'), [row(0, ['no address', 'x']), row(1, ['a@acme.example', 'x'])]).row,
    ).toBe(1)
  })
})

describe('the value that survives', () => {
  it.each<[MergeKind, readonly string[], string, readonly string[]]>([
    [
      'email',
      ['info@acme.example', 'ada@gmail.com', 'ada@acme.example'],
      'ada@acme.example',
      ['info@acme.example', 'ada@gmail.com'],
    ],
    ['email', ['ada@mailinator.com', 'info@acme.example'], 'info@acme.example', ['ada@mailinator.com']],
    ['email', ['ada@acme.example', 'ADA+x@acme.example'], 'ada@acme.example', []],
    ['phone', ['020 7946 0100', '+44 20 7946 0100'], '+44 20 7946 0100', []],
    ['linkedin', ['in/ada', 'linkedin.com/company/acme', 'in/ada'], 'in/ada', ['linkedin.com/company/acme']],
    ['given_name', ['A.', 'Bob', 'Robert'], 'Robert', ['A.', 'Bob']],
    ['family_name', ['NOWAK', 'Nowák', 'nowak'], 'Nowák', []],
    ['company', ['ACME', 'Acme Robotics Ltd', 'Acme'], 'Acme Robotics Ltd', ['ACME']],
    ['city', ['Leeds', 'York'], 'Leeds', ['York']],
    ['text', ['a', 'b', 'b'], 'b', ['a']],
    ['notes', ['met in May', 'likes tea', 'met in May'], 'met in May; likes tea', []],
    ['other', ['', 'x', 'y'], 'x', ['y']],
  ])('%s of %j', (kind, values, text, others) => {
    expect(one(kind, values)).toMatchObject({ text, others })
  })

  it.each<[MergeRule, readonly string[], string]>([
    ['winner', ['5', '9', '1'], '5'],
    ['most_frequent', ['5', '9', '9'], '9'],
    ['longest', ['5', '900', '1'], '900'],
    ['union', ['5', '9', '5'], '5; 9'],
    ['largest', ['5', '9', '1'], '9'],
    ['smallest', ['5', '9', '1'], '1'],
  ])('by the rule %s', (rule, values, text) => {
    expect(one('other', values, rule).text).toBe(text)
  })

  it('is the newest by the date of its row', () => {
    const rows = [row(0, ['Leeds', '2023-05-01']), row(1, ['York', '2025-05-01'])]
    expect(
      mergeRows(
        [
          { kind: 'city', rule: 'newest' },
          { kind: 'updated', rule: 'best' },
        ],
        rows,
      ).cells[0]!.text,
    ).toBe('York')
  })

  it('is the one that a person has verified', () => {
    const rows = [row(0, ['Robert', 'x']), row(1, ['Bob', ''], { verified: [0] })]
    expect(mergeRows(columns('given_name', 'text'), rows).cells[0]).toEqual({
      text: 'Bob',
      from: 1,
      others: ['Robert'],
    })
  })

  it('never replaces a formula, and takes none along', () => {
    expect(
      mergeRows(columns('text'), [row(0, [''], { formulas: [0], standing: 'crm' }), row(1, ['x'])]).cells[0]!.text,
    ).toBe('')
    expect(
      mergeRows(columns('other', 'text'), [row(0, ['', 'y']), row(1, ['x', ''], { formulas: [0] })]).cells[0]!.text,
    ).toBe('')
  })

  it('takes company, job, site and work address from one row after a move', () => {
    const rows = [
      row(0, ['ada@old.example', 'Old Mill', 'old.example', 'Buyer', '+1 212 5550100', '2022-01-01']),
      row(1, ['ada@new.example', 'New Forge', '', 'Head of buying', '', '2025-01-01']),
    ]
    const { row: stays, cells } = mergeRows(
      columns('email', 'company', 'domain', 'job_title', 'phone', 'updated'),
      rows,
    )
    expect(stays).toBe(0)
    expect(cells.map(({ text }) => text)).toEqual([
      'ada@new.example',
      'New Forge',
      '',
      'Head of buying',
      '+1 212 5550100',
      '2025-01-01',
    ])
    expect(cells.map(({ others }) => others)).toEqual([
      ['ada@old.example'],
      ['Old Mill'],
      ['old.example'],
      ['Buyer'],
      [],
      ['2022-01-01'],
    ])
  })

  it('loses no value: each stands in the row that stays or among the others', () => {
    const kinds = fc.constantFrom<MergeKind>(
      'email',
      'phone',
      'given_name',
      'company',
      'text',
      'notes',
      'other',
      'job_title',
    )
    const cell = fc.constantFrom('', 'a', 'b', 'ada@acme.example', 'x@b.example', '+1 212 5550100')
    fc.assert(
      fc.property(
        fc.array(kinds, { minLength: 1, maxLength: 4 }),
        fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (own, cells) => {
          const merged = mergeRows(
            columns(...own),
            cells.map((values, at) => row(at, values)),
          )
          own.forEach((_, at) => {
            const { text, others } = merged.cells[at]!
            const kept = [text, ...text.split('; '), ...others]
            for (const values of cells) if (values[at] !== '') expect(kept).toContain(values[at])
          })
        },
      ),
    )
  })
})
