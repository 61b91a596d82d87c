import fc from 'fast-check'
import type { ColumnUse } from '../../sidebar/duplicate-columns'
import { companionsIn, comparedAs, guessUses } from '../../sidebar/duplicate-columns'
import { makeGroups, pairHash } from '../../sidebar/duplicate-groups'
import { planMerge } from '../../sidebar/merge-plan'
import type { ColumnView, ListRow } from '../../src/app/api-types'
import type { Field } from '../../src/domain/field'
import { findDuplicates } from '../../src/matching/match'

const HEADERS = ['First name', 'Last name', 'Email', 'Phone', 'Notes', 'CRM ID', 'Other emails']
const USES: readonly ColumnUse[] = ['given_name', 'family_name', 'email', 'phone', 'notes', 'crm_id', 'other']

const cells = fc.tuple(
  fc.constantFrom('Bob', 'Robert', 'R.', ''),
  fc.constantFrom('Smitherson', 'SMITHERSON', ''),
  fc.constantFrom('bob@acme.example', 'r.smitherson@acme.example', 'bob@private.example', 'info@acme.example', ''),
  fc.constantFrom('+33 1 42 68 53 00', '+49 30 901820', ''),
  fc.constantFrom('met in Lyon', 'call in May', ''),
  fc.constantFrom('003A1', '', '', ''),
  fc.constantFrom('old@acme.example', '', ''),
)
const list = fc
  .array(cells, { minLength: 2, maxLength: 5 })
  .map((rows) => rows.map((texts, index): ListRow => [index + 1, texts, []]))
const merging = {
  headers: HEADERS,
  uses: USES,
  rules: {},
  verified: new Set<string>(),
  companions: new Map<number, number>(),
}

describe('the plan of a merge', () => {
  test('moves every row but one, and keeps each address and phone in the row that stays', () => {
    fc.assert(
      fc.property(list, (rows) => {
        const { keep, group } = planMerge(merging, rows)
        const moved = group.gone.map(({ row }) => row)
        expect([keep, ...moved].sort((a, b) => a - b)).toEqual(rows.map(([row]) => row))
        const before = rows.find(([row]) => row === keep)![1]
        const after = new Map([...HEADERS, 'Other phones'].map((header, column) => [header, before[column] ?? '']))
        for (const { column, header, text } of group.cells) after.set(column === null ? header : HEADERS[column]!, text)
        const kept = [...after.values()].join('; ')
        const plain = (text: string) => text.replace(/\s/g, '')
        for (const [, texts] of rows)
          for (const column of [2, 3, 4, 6]) expect(plain(kept)).toContain(plain(texts[column]!))
      }),
    )
  })

  test('has a row with an id of the CRM stay, and is the same for any order of rows', () => {
    fc.assert(
      fc.property(list, (rows) => {
        const plan = planMerge(merging, rows)
        const withId = rows.filter(([, texts]) => texts[5] !== '').map(([row]) => row)
        if (withId.length > 0) expect(withId).toContain(plan.keep)
        const turned = planMerge(merging, [...rows].reverse())
        expect(turned.keep).toBe(plan.keep)
        expect(turned.cells.map(({ text }) => text)).toEqual(plan.cells.map(({ text }) => text))
      }),
    )
  })

  test('takes what a person verified before anything better', () => {
    fc.assert(
      fc.property(list, (rows) => {
        const [row, texts] = rows[rows.length - 1]!
        fc.pre(texts[2] !== '')
        const { cells: planned } = planMerge({ ...merging, verified: new Set([`${row}:2`]) }, rows)
        expect(planned.find(({ header }) => header === 'Email')).toMatchObject({ text: texts[2] })
      }),
    )
  })
})

test('columns that tell of a value go with it, and with no other', () => {
  const columns = ['First name', 'Email', 'Email (source)', 'Email (date)', 'Phone (source)'].map(
    (header, column): ColumnView => ({
      column,
      letter: 'ABCDE'[column]!,
      header,
      field: column === 0 ? 'first_name' : column === 1 ? 'email' : null,
      how: 'header',
      examples: [],
    }),
  )
  const companions = companionsIn(columns)
  expect([...companions]).toEqual([
    [2, 1],
    [3, 1],
  ])
  const rows: readonly ListRow[] = [
    [1, ['Robert', 'bob@gmail.com', 'Hunter', '1 May 2026', 'Prospeo'], []],
    [2, ['Bob', 'bob@acme.example', '', '', ''], []],
  ]
  const list = { headers: columns.map(({ header }) => header), uses: guessUses(columns).uses, rules: {} }
  const plan = planMerge({ ...list, verified: new Set(), companions }, rows)
  expect(plan.keep).toBe(1)
  expect(plan.cells.map(({ text }) => text)).toEqual(['Robert', 'bob@acme.example', '', '', 'Prospeo'])
})

test('rows that are kept apart are never in one group', () => {
  const people = fc.array(cells, { minLength: 4, maxLength: 9 })
  fc.assert(
    fc.property(people, fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 6 }), (texts, pairs) => {
      const rows = texts.map((one, index): ListRow => [index + 10, one, []])
      const search = findDuplicates({ about: 'contact', kinds: USES.map(comparedAs), rows: texts })
      let step = search.next()
      while (!step.done) step = search.next()
      const apart = new Set(
        pairs.flatMap(([a, b]) => (rows[a] && rows[b] && a !== b ? [pairHash(USES, rows[a], rows[b])] : [])),
      )
      const groups = makeGroups({ rows, uses: USES, blocked: new Set([10]), apart }, step.value.clusters)
      for (const group of groups) {
        expect(group.rows.length).toBeGreaterThan(1)
        expect(group.isBlocked).toBe(group.rows.some(([row]) => row === 10))
        for (const [index, a] of group.rows.entries())
          for (const b of group.rows.slice(index + 1)) expect(apart.has(pairHash(USES, a, b))).toBe(false)
      }
    }),
    { numRuns: 60 },
  )
})

test.each<[string, readonly (readonly [header: string, field: Field | null])[], string, readonly ColumnUse[]]>([
  [
    'contacts',
    [
      ['First name', 'first_name'],
      ['Company phone', 'company_phone'],
      ['HubSpot record ID', null],
      ['Date of birth', null],
      ['Comments', null],
      ['Duplicate group', null],
    ],
    'contact',
    ['given_name', 'other', 'crm_id', 'birth_date', 'notes', 'other'],
  ],
  [
    'companies',
    [
      ['Company', 'company_name'],
      ['Phone', 'company_phone'],
      ['Street', null],
      ['Postal code', null],
      ['Last change', null],
    ],
    'company',
    ['company', 'phone', 'address', 'postcode', 'updated'],
  ],
])('columns of %s are taken for what they are', (_, columns, about, uses) => {
  const views = columns.map(([header, field], column): ColumnView => ({
    column,
    letter: '',
    header,
    field,
    how: 'header',
    examples: [],
  }))
  expect(guessUses(views)).toEqual({ about, uses })
})
