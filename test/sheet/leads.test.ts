import fc from 'fast-check'
import { FIELD_NAMES } from '../../src/domain/field'
import type { CellRead } from '../../src/sheet/grid'
import { readLeads } from '../../src/sheet/leads'
import type { Mapping } from '../../src/sheet/mapping'

const cell = (text: string, kind: CellRead['kind'] = text === '' ? 'empty' : 'text'): CellRead => ({
  text,
  kind,
  formula: false,
})
const readOne = (mapping: Mapping, cells: readonly CellRead[], country?: string) =>
  readLeads({ grid: [cells], firstRow: 1, mapping, country })[0]!

describe('readLeads', () => {
  it('reads, normalises and derives', () => {
    const mapping = { full_name: 0, email: 1, phone: 2, linkedin_url: 3, company_name: 4 }
    const row = readOne(
      mapping,
      [' Ada  Nowak ', 'Ada.Nowak@Acme.example', '030 901820', 'linkedin.com/in/Ada-Nowak/', 'Acme GmbH'].map((text) =>
        cell(text),
      ),
      'DE',
    )
    expect(row.lead).toEqual({
      full_name: 'Ada Nowak',
      first_name: 'Ada',
      last_name: 'Nowak',
      email: 'ada.nowak@acme.example',
      phone: '+4930901820',
      linkedin_url: 'https://www.linkedin.com/in/ada-nowak',
      company_name: 'Acme GmbH',
      domain: 'acme.example',
    })
    expect(row.unreadable).toEqual([])
    expect(row.cells.full_name?.text).toBe(' Ada  Nowak ')
  })

  it("takes the row's country before the sheet's", () => {
    const { lead } = readOne({ phone: 0, country: 1 }, [cell('020 7946 0958'), cell('GB')], 'DE')
    expect(lead.phone).toBe('+442079460958')
  })

  it.each([
    ['a website', { website: 0, email: 1 }, ['https://www.acme.example/about', 'ada@other.example'], 'acme.example'],
    ['an email at work', { email: 0 }, ['ada@acme.example'], 'acme.example'],
    ['no free-mail address', { email: 0 }, ['ada@gmail.com'], undefined],
    ['the domain itself first', { domain: 0, email: 1 }, ['acme.example', 'ada@other.example'], 'acme.example'],
  ])('has its domain from %s', (_, mapping, texts, domain) => {
    expect(
      readOne(
        mapping,
        texts.map((text) => cell(text)),
      ).lead.domain,
    ).toBe(domain)
  })

  it('does not touch names that are there', () => {
    const { lead } = readOne({ full_name: 0, first_name: 1 }, [cell('Ada Nowak'), cell('Adelaide')])
    expect([lead.first_name, lead.last_name]).toEqual(['Adelaide', 'Nowak'])
  })

  it.each<[string, Mapping, CellRead, string]>([
    ['an error', { full_name: 0 }, cell('#N/A', 'error'), 'the cell shows an error'],
    [
      'a formula that waits',
      { company_name: 0 },
      cell('pending: press Finish in the sidebar'),
      'the cell waits for its value',
    ],
    ['a word for nothing', { company_name: 0 }, cell('Unknown'), 'it says that there is none'],
    ['n/a for a company', { company_name: 0 }, cell('n/a'), 'it says that there is none'],
    ['a date in a name', { full_name: 0 }, cell('2026-05-03', 'date'), 'the cell holds a date'],
    ['a boolean in an email', { email: 0 }, cell('TRUE', 'boolean'), 'the cell holds TRUE or FALSE'],
    ['no email', { email: 0 }, cell('n/a'), 'not an email address'],
    ['50,000 characters', { first_name: 0 }, cell('x'.repeat(50_000)), 'the text is too long'],
  ])('says why %s is no value', (_, mapping, bad, reason) => {
    const row = readOne(mapping, [bad])
    expect(row.lead).toEqual({})
    expect(row.unreadable).toEqual([{ field: Object.keys(mapping)[0], text: bad.text, reason }])
  })

  it.each<[Mapping, string]>([
    [{ company_name: 0 }, 'Na'],
    [{ company_name: 0 }, 'Unknown Worlds'],
    [{ last_name: 0 }, 'Null'],
    [{ last_name: 0 }, 'Blank'],
  ])('takes %j %s for a name', (mapping, text) => {
    expect(Object.values(readOne(mapping, [cell(text)]).lead)).toEqual([text])
  })

  it.each([
    ['right-to-left', 'محمد علي'],
    ['emoji', '🦄 Ada Nowak 🦄'],
    ['a single name', 'Pelé'],
  ])('reads %s names without loss of letters', (_, name) => {
    const { lead } = readOne({ full_name: 0 }, [cell(name)])
    const letters = (text: string) => text.replace(/[^\p{L}]/gu, '')
    expect(letters(lead.full_name!)).toBe(letters(name))
  })

  it('reads a short row, as merged cells leave it, as empty cells', () => {
    const row = readOne({ full_name: 0, email: 5 }, [cell('Ada Nowak')])
    expect(row.cells.email).toEqual({ text: '', kind: 'empty', formula: false })
    expect(row.lead.email).toBeUndefined()
  })

  it('never throws, gives one lead a row, and no empty values', () => {
    const anyCell = fc.record({
      text: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('#N/A', '2026-01-01', 'a@b', 'http://', '@', '🦄', 'x'.repeat(50_000)),
      ),
      kind: fc.constantFrom<CellRead['kind']>('empty', 'text', 'number', 'boolean', 'date', 'error'),
      formula: fc.boolean(),
    })
    const grid = fc.array(fc.array(anyCell, { maxLength: FIELD_NAMES.length }), { maxLength: 3 })
    const mapping = Object.fromEntries(FIELD_NAMES.map((field, column) => [field, column])) as Mapping
    fc.assert(
      fc.property(grid, (cells) => {
        const leads = readLeads({ grid: cells, firstRow: 7, mapping, country: 'FR' })
        expect(leads.map(({ row }) => row)).toEqual(cells.map((_, index) => 7 + index))
        for (const { lead } of leads) expect(Object.values(lead).every((value) => value.length > 0)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
