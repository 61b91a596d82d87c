import fc from 'fast-check'
import type { NoticeRow } from '../../src/app/api-types'
import { usualTies } from '../../src/domain/basis'
import { dueAt, dueOf, noticeText } from '../../sidebar/notice-text'
import { letterTo } from '../../sidebar/person-letter'
import { reportLines } from '../../sidebar/person-report'

const DAY_MS = 24 * 3_600_000
const row = (at: number, vendors: readonly string[] = ['Hunter']): NoticeRow => ({
  row: 2,
  print: 'a',
  who: 'Ada Nowak',
  at,
  vendors,
})
const BASIS = {
  ground: 'legitimate_interest',
  purposes: ['Invite them to a demo'],
  note: 'They decide on it in their job.',
  ties: usualTies(),
  fields: {},
  controller: '',
} as const

test.each([
  ['2026-01-31', '2026-02-28'],
  ['2028-01-31', '2028-02-29'],
  ['2026-12-15', '2027-01-15'],
  ['2026-03-31', '2026-04-30'],
])('what was obtained on %s is due on %s', (at, due) => {
  const noon = (day: string) => new Date(`${day}T12:00:00`).getTime()
  expect(dueAt(row(noon(at)))).toBe(noon(due))
})

test('a due day is 28 to 31 days later, and late, soon and later follow each other', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(2000, 0, 1), max: new Date(2100, 0, 1), noInvalidDate: true }), (date) => {
      const one = row(date.getTime())
      const due = dueAt(one)
      const days = Math.round((due - date.getTime()) / DAY_MS)
      return (
        days >= 28 &&
        days <= 31 &&
        dueOf(one, due + 1) === 'late' &&
        dueOf(one, due) === 'soon' &&
        dueOf(one, due - 8 * DAY_MS) === 'later'
      )
    }),
  )
})

test('a notice tells source, days, who is responsible, purpose, ground, time and rights', () => {
  const rows = [row(Date.UTC(2026, 9, 1, 12)), row(Date.UTC(2026, 9, 5, 12), ['Prospeo'])]
  const text = noticeText({ controller: 'Kranich GmbH, dpo@kranich.example', basis: BASIS, rows, days: 365 })
  for (const fact of [
    'Hunter and Prospeo gave us',
    'between 1 Oct 2026 and 5 Oct 2026',
    'Kranich GmbH, dpo@kranich.example',
    'Invite them to a demo; our legitimate interest, Art. 6(1)(f) GDPR: They decide on it in their job.',
    'at most 365 days',
    'you may object at any time',
    'complain to your data protection authority',
  ])
    expect(text).toContain(fact)
  expect(noticeText({ controller: ' ', basis: null, rows: [], days: 30 })).toMatch(
    /\[your source\].*\[your company.*\[your purpose/s,
  )
})

test('a draft to a vendor names the person by what is known, and the right', () => {
  const who = { email: 'ada@everyone.example', linkedin: '', phone: '', name: 'Ada Nowak', company: '' }
  const letter = letterTo('Hunter', who)
  expect(letter).toMatch(/Hunter[^]*Art\. 17[^]*Name: Ada Nowak\nEmail: ada@everyone\.example\n/)
  expect(letter).not.toContain('Phone')
})

test('a report has every cell and answer with its source, and all lines are of one width', () => {
  const lines = reportLines({
    places: [
      {
        id: '1',
        sheetName: 'Leads',
        row: 3,
        how: 'row',
        isMeant: true,
        cells: [{ column: 1, header: 'Email', text: 'ada@everyone.example', note: 'Enrich: Hunter' }],
      },
      { id: '2', sheetName: 'Leads', row: 9, how: 'row', isMeant: false, cells: [] },
    ],
    answers: [
      {
        vendor: 'Hunter',
        asked: 'name_at_domain',
        at: Date.UTC(2026, 9, 1, 12),
        outcome: 'found',
        values: [['job_title', 'CTO']],
      },
      { vendor: 'Prospeo', asked: null, at: 0, outcome: 'not_found', values: [] },
    ],
    requests: 1,
    planned: 1,
    before: 0,
    vendors: [],
    basis: BASIS,
    periods: { answers: 365, runs: 90, requests: 90, fields: {} },
  })
  expect(lines).toContainEqual(['Leads, row 3', 'Email', 'ada@everyone.example', 'Enrich: Hunter'])
  expect(lines).toContainEqual(['Hunter, asked by name and domain, 1 Oct 2026', 'Job title', 'CTO', ''])
  expect(JSON.stringify(lines)).not.toContain('row 9')
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([4]))
})
