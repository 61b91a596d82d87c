import { followColumns, moveCell, moveFormula } from '../../src/sheet/moved-cell'

test.each([
  ['=LOWER(A2)', '=LOWER(A10)'],
  ['=ENRICH_EMAIL(A2&" "&$B2, C2)', '=ENRICH_EMAIL(A10&" "&$B10, C10)'],
  ['=ENRICH_PERSON(A2:C2, "A2")', '=ENRICH_PERSON(A10:C10, "A2")'],
  ['=A3+A22+A$2', '=A3+A22+A$2'],
  ["='FY2 leads'!A2&B2", "='FY2 leads'!A2&B10"],
  ['=SUM(Data!A2:C2)+D2', '=SUM(Data!A2:C2)+D10'],
  ['=LOG2(A2)', '=LOG2(A10)'],
])('%s of row 2 reads %s in row 10', (formula, moved) => {
  expect(moveFormula(formula, 1, 9)).toBe(moved)
  const cell = { text: formula, kind: 'text', formula: true, exact: formula } as const
  expect(moveCell(cell, 1, 9)).toEqual({ ...cell, text: moved, exact: moved })
})

test('a cell without a formula, and what a formula shows, stay', () => {
  const plain = { text: 'A2', kind: 'text', formula: false } as const
  expect(moveCell(plain, 1, 9)).toBe(plain)
  const shown = { text: 'ada', kind: 'text', formula: true, exact: '=LOWER(A2)' } as const
  expect(moveCell(shown, 1, 9)).toEqual({ ...shown, exact: '=LOWER(A10)' })
})

test.each([
  ['=LOWER(B2)&$C2&A$3', '=LOWER(C2)&$D2&A$3'],
  ['=SUM(B2:C9)+COUNTA(B:C)', '=SUM(C2:D9)+COUNTA(C:D)'],
  ['=IF(B2="B2", Data!B2, \'B2\'!C2)', '=IF(C2="B2", Data!B2, \'B2\'!C2)'],
  ['=LOG2(A2)', '=LOG2(A2)'],
  ['=LOG10(B2)', '=LOG10(C2)'],
])('%s reads %s where a column was inserted left of B', (formula, followed) => {
  const cell = { text: 'x', kind: 'text', formula: true, exact: formula } as const
  const places = new Map([0, 1, 2].map((was) => [was, was === 0 ? 0 : was + 1]))
  expect(followColumns(cell, places)).toEqual({ ...cell, exact: followed })
})
