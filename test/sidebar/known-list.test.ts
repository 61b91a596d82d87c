import fc from 'fast-check'
import type { ColumnUse } from '../../sidebar/duplicate-columns'
import { comparedAs } from '../../sidebar/duplicate-columns'
import type { UsedList } from '../../sidebar/known-list'
import { joinLists, knownText } from '../../sidebar/known-list'
import type { ListRow } from '../../src/app/api-types'

const USES: readonly ColumnUse[] = [
  'given_name',
  'family_name',
  'full_name',
  'email',
  'phone',
  'text',
  'notes',
  'other',
]

// Every cell tells its list, row and column.
const listOf = (name: string) =>
  fc
    .tuple(fc.array(fc.constantFrom(...USES), { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 4 }))
    .map(([uses, count]): UsedList => ({
      uses,
      headers: uses.map((use, column) => (column % 2 === 0 ? use : `${name} ${column}`)),
      rows: Array.from({ length: count }, (_, row): ListRow => [
        row + 1,
        uses.map((use, column) => `${name} ${use} ${row} ${column}`),
        [],
      ]),
    }))

describe('two lists as one', () => {
  test('have each compared value of both in a column of its kind, in its row, and nothing twice', () => {
    fc.assert(
      fc.property(listOf('own'), listOf('other'), (own, other) => {
        const { kinds, rows } = joinLists('contact', { own, other })
        expect(rows).toHaveLength(own.rows.length + other.rows.length)
        expect(rows.slice(0, own.rows.length)).toEqual(own.rows.map(([, texts]) => texts))
        expect(kinds.slice(0, own.uses.length)).toEqual(own.uses.map(comparedAs))
        for (const [index, [, texts]] of other.rows.entries()) {
          const joined = rows[own.rows.length + index]!
          const compared = texts.filter((_, column) => comparedAs(other.uses[column]!) !== 'other')
          expect(joined.filter((text) => text !== '').sort()).toEqual([...compared].sort())
          for (const [place, text] of joined.entries())
            if (text !== '') expect(kinds[place]).toBe(comparedAs(text.split(' ')[1] as ColumnUse))
        }
      }),
    )
  })

  test.each<[string, string[], ColumnUse[], string[], ColumnUse[], string[]]>([
    [
      'order of columns',
      ['Name', 'Email'],
      ['full_name', 'email'],
      ['Mail', 'Who'],
      ['email', 'full_name'],
      ['who', 'mail'],
    ],
    ['values without a place', ['Email'], ['email'], ['Mail', 'Phone'], ['email', 'phone'], ['mail', 'phone']],
    ['details called the same', ['Size', 'Team'], ['text', 'text'], ['Team'], ['text'], ['', 'team']],
    ['details called otherwise', ['Size'], ['text'], ['Team'], ['text'], ['', 'team']],
  ])('%s', (_, headers, uses, otherHeaders, otherUses, expected) => {
    const own: UsedList = { headers, uses, rows: [] }
    const texts = otherHeaders.map((header) => header.toLowerCase())
    const { rows } = joinLists('contact', {
      own,
      other: { headers: otherHeaders, uses: otherUses, rows: [[3, texts, []]] },
    })
    expect(rows).toEqual([expected])
  })

  test('are told in a line that is cut where it is long', () => {
    const known = { own: [1, [], []], there: [6, [], []], pile: 'sure', why: 'same email' } as const
    expect(knownText('Customers', known)).toBe('Already in Customers: row 7 (same email)')
    expect(knownText('Customers', { ...known, pile: 'review' })).toBe('Maybe in Customers: row 7 (same email)')
    expect(knownText('Customers', { ...known, why: 'x'.repeat(999) })).toHaveLength(300)
  })
})
