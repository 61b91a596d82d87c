import { columnsFollowed } from '../../src/sheet/follows'
import type { CellRead, Grid } from '../../src/sheet/grid'
import { readLeads } from '../../src/sheet/leads'
import { planRow, whoOf } from '../../src/sheet/row-key'
import { markSpills } from '../../src/sheet/spills'

const cell = (text: string): CellRead =>
  text.startsWith('=')
    ? { text: 'x', kind: 'text', formula: true, exact: text }
    : { text, kind: text === '' ? 'empty' : 'text', formula: false }
const grid = (...rows: readonly (readonly string[])[]): Grid => markSpills(rows.map((row) => row.map(cell)))

describe('the columns at which a formula looks', () => {
  it.each<[string, readonly number[]]>([
    ['typed', []],
    ['=NOW()', []],
    ['=E2', [4]],
    ['=$E$2&" "&F$2', [4, 5]],
    ['=IFNA(REGEXEXTRACT(E2,"@(.*) of A1"))', [4]],
    ['=COUNTIF(E:E;E2)', [4]],
    ['=TEXTJOIN(" ",TRUE,D2:F9)', [3, 4, 5]],
    ['=SUM(F9:E)', [4, 5]],
    ["=VLOOKUP(E2,Firms!A:B,2)&VLOOKUP(E2,'Old, firms'!$C$2:D,2)", [4]],
    ['=LOG10(A2)+ATAN2(B1,AB3)', [0, 1, 27]],
    ['=NAME_E2+LEADS.B2+total', []],
  ])('%s', (source, columns) => {
    const list = grid([source])
    expect([...columnsFollowed(list)(list[0]![0]!)].sort((a, b) => a - b)).toEqual(columns)
  })

  it('counts those of other formulas on the way, also where they look at each other', () => {
    const list = grid(['=B1', '=C1&A1', '=D1', 'typed'])
    expect(columnsFollowed(list)(list[0]![0]!)).toEqual(new Set([0, 1, 2, 3]))
  })

  it('are those of the formula that fills a cell, until another one stands there', () => {
    const list = grid(['={"Domain";ARRAYFORMULA(B2:B)}'], ['x'], ['=C3'], ['y'])
    const followed = columnsFollowed(list)
    expect(list.map(([one]) => [...followed(one!)])).toEqual([[1], [1], [2], []])
  })
})

test('what a formula shows of a wanted cell is no part of who a row is, and all else is', () => {
  const mapping = { first_name: 0, email: 1, domain: 2, company_name: 3 }
  const rows = (...cells: readonly string[]) =>
    readLeads({ grid: grid(cells), firstRow: 1, mapping, country: undefined })[0]!
  const keys = (...cells: readonly string[]) => {
    const row = rows(...cells)
    return [planRow(row, ['email']), whoOf(row, new Set(['email']))]
  }
  expect(keys('Ada', '', '=B1', 'Acme')).toEqual(keys('Ada', '', '', 'Acme'))
  expect(keys('Ada', '', '=D1', 'Acme')).not.toEqual(keys('Ada', '', '', 'Acme'))
  // A wanted cell with a formula shows something else once another wanted one is filled.
  expect(planRow(rows('Ada', '', '=B1', 'Acme'), ['email', 'domain']).planned).toEqual({})
  expect(planRow(rows('Ada', '', '=A1', 'Acme'), ['email', 'domain']).planned).toHaveProperty('domain')
})
