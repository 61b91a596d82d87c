import fc from 'fast-check'
import type { Lead } from '../../src/domain/lead'
import type { Reason } from '../../src/matching/exact'
import { exactClusters } from '../../src/matching/exact'

const rowsOf = (leads: readonly Lead[]) => exactClusters(leads).map(({ rows }) => rows.map(({ row }) => row))

describe('exactClusters', () => {
  it.each<[Reason | 'different', Lead, Lead]>([
    ['same email', { email: 'ada+x@acme.example' }, { email: 'ada@acme.example', first_name: 'Ada' }],
    ['same email', { email: 'ada.n@gmail.com' }, { personal_email: 'adan@gmail.com' }],
    [
      'same LinkedIn profile',
      { linkedin_url: 'https://www.linkedin.com/in/ada' },
      { linkedin_url: 'https://www.linkedin.com/in/ada', first_name: 'A' },
    ],
    [
      'same name at the same domain',
      { full_name: 'Renée Nowak', domain: 'acme.example' },
      { first_name: 'renee', last_name: 'NOWAK', domain: 'acme.example' },
    ],
    [
      'same name at the same company',
      { full_name: 'Ada Nowak', company_name: 'Acme GmbH' },
      { full_name: 'Ada Nowak', company_name: 'ACME' },
    ],
    ['same company domain', { company_name: 'Acme', domain: 'acme.example' }, { domain: 'acme.example' }],
    [
      'same company LinkedIn page',
      { company_linkedin_url: 'https://www.linkedin.com/company/acme' },
      { company_linkedin_url: 'https://www.linkedin.com/company/acme', domain: 'acme.example' },
    ],
    [
      'different',
      { full_name: 'Ada Nowak', domain: 'acme.example' },
      { full_name: 'Grace Nowak', domain: 'acme.example' },
    ],
    ['different', { full_name: 'Ada Nowak', domain: 'acme.example' }, { domain: 'acme.example' }],
    ['different', { full_name: 'Ada Nowak' }, { full_name: 'Ada Nowak' }],
    ['different', { full_name: 'Ada', domain: 'acme.example' }, { full_name: 'Ada', domain: 'acme.example' }],
    [
      'different',
      { email: 'info@acme.example', full_name: 'Ada Nowak' },
      { email: 'info@acme.example', full_name: 'Grace Hopper' },
    ],
    ['different', {}, {}],
    ['different', { city: 'Paris' }, { city: 'Paris' }],
  ])('%s: %j and %j', (reason, first, second) => {
    const clusters = exactClusters([first, second])
    if (reason === 'different') return expect(clusters).toEqual([])
    return expect(clusters).toEqual([
      {
        rows: [
          { row: 0, reasons: [reason] },
          { row: 1, reasons: [reason] },
        ],
      },
    ])
  })

  it('ties rows over others and gives each its own reasons', () => {
    const leads: readonly Lead[] = [
      { email: 'ada@acme.example' },
      { full_name: 'Grace Hopper', domain: 'navy.example' },
      { email: 'ada@acme.example', linkedin_url: 'https://www.linkedin.com/in/ada' },
      { linkedin_url: 'https://www.linkedin.com/in/ada', full_name: 'Ada Nowak' },
    ]
    expect(exactClusters(leads)).toEqual([
      {
        rows: [
          { row: 0, reasons: ['same email'] },
          { row: 2, reasons: ['same LinkedIn profile', 'same email'] },
          { row: 3, reasons: ['same LinkedIn profile'] },
        ],
      },
    ])
  })

  const some = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
  const lead = fc
    .record({
      email: some(['a@acme.example', 'b@acme.example', 'info@acme.example']),
      full_name: some(['Ada Nowak', 'Grace Hopper']),
      domain: some(['acme.example', 'other.example']),
      company_name: some(['Acme', 'Other']),
      linkedin_url: some(['https://www.linkedin.com/in/x', 'https://www.linkedin.com/in/y']),
    })
    .map((fields) => JSON.parse(JSON.stringify(fields)) as Lead)

  it('puts the same rows together in whatever order they stand', () => {
    const shuffled = fc
      .array(lead, { maxLength: 12 })
      .chain((leads) =>
        fc.tuple(fc.constant(leads), fc.shuffledSubarray([...leads.keys()], { minLength: leads.length })),
      )
    fc.assert(
      fc.property(shuffled, ([leads, order]) => {
        const back = rowsOf(order.map((row) => leads[row]!))
          .map((rows) => rows.map((row) => order[row]!).sort((a, b) => a - b))
          .sort((a, b) => a[0]! - b[0]!)
        expect(back).toEqual(rowsOf(leads))
      }),
    )
  })

  it('has each row at most once, never alone, clusters and rows in order', () => {
    fc.assert(
      fc.property(fc.array(lead, { maxLength: 20 }), (leads) => {
        const clusters = rowsOf(leads)
        const all = clusters.flat()
        expect(new Set(all).size).toBe(all.length)
        for (const rows of clusters) {
          expect(rows.length).toBeGreaterThan(1)
          expect(rows).toEqual([...rows].sort((a, b) => a - b))
        }
        const firsts = clusters.map(([first]) => first!)
        expect(firsts).toEqual([...firsts].sort((a, b) => a - b))
      }),
    )
  })

  it('takes 50,000 copies of one row', () => {
    const leads = Array.from({ length: 50_000 }, () => ({ email: 'ada@acme.example' }))
    expect(rowsOf(leads)[0]).toHaveLength(50_000)
  })
})
