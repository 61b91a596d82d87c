import fc from 'fast-check'
import { a1, columnLetter, parseA1, rowsLabel } from '../../src/sheet/a1'

describe('columnLetter', () => {
  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [51, 'AZ'],
    [52, 'BA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('%d is %s', (column, letters) => expect(columnLetter(column)).toBe(letters))
})

describe('a1 and parseA1', () => {
  it('turn each other back', () => {
    const areas = fc.record({
      row: fc.nat(99_999),
      column: fc.nat(16_000),
      rows: fc.integer({ min: 1, max: 9_999 }),
      columns: fc.integer({ min: 1, max: 1_000 }),
    })
    fc.assert(fc.property(areas, (area) => expect(parseA1(a1(area))).toEqual(area)))
  })

  it.each([
    ['b2', { row: 1, column: 1, rows: 1, columns: 1 }],
    ['$B$2:$C$5', { row: 1, column: 1, rows: 4, columns: 2 }],
    ['C5:B2', { row: 1, column: 1, rows: 4, columns: 2 }],
  ])('%s is read', (text, area) => expect(parseA1(text)).toEqual(area))

  it.each(['', 'A', 'A0', '1', 'A:B', 'AAAA1', 'A1:B', 'Sheet1!A1', 'A-1'])('%j is no area', (text) => {
    expect(parseA1(text)).toBeUndefined()
  })
})

describe('rowsLabel', () => {
  const spans = (...pairs: readonly (readonly [number, number])[]) =>
    pairs.map(([row, rows]) => ({ row, rows, column: 0, columns: 1 }))
  it.each([
    ['Rows 2-21', spans([1, 20])],
    ['Row 2', spans([1, 1])],
    ['Rows 2-5, 9, 14-20', spans([1, 4], [8, 1], [13, 7])],
    ['Rows 2-5, 9', spans([8, 1], [3, 2], [1, 3])],
    ['Rows 2-5', spans([1, 4], [2, 1])],
    ['Rows 2-5', spans([1, 2], [3, 2])],
    ['No rows', []],
  ])('%s', (label, areas) => expect(rowsLabel(areas)).toBe(label))
})
