import type { CellRead } from '../../src/sheet/grid'
import { hiddenRows } from '../../src/sheet/hidden'

const text = (value: string): CellRead => ({ text: value, kind: value === '' ? 'empty' : 'text', formula: false })
const number = (value: number): CellRead => ({ text: `${value}`, kind: 'number', formula: false })
const date: CellRead = { text: '2026-03-25', kind: 'date', formula: false }
const column = (...cells: readonly CellRead[]) => cells.map((cell) => [cell])
const people = column(text('Ada'), text('Grace'), text(''), text('Adam'))

describe('hiddenRows', () => {
  it.each<[string, readonly string[], readonly number[]]>([
    ['TEXT_CONTAINS', ['Ada'], [1, 2]],
    ['TEXT_DOES_NOT_CONTAIN', ['Ada'], [0, 3]],
    ['TEXT_EQUAL_TO', ['Ada'], [1, 2, 3]],
    ['TEXT_NOT_EQUAL_TO', ['Ada'], [0]],
    ['TEXT_STARTS_WITH', ['Gr'], [0, 2, 3]],
    ['TEXT_ENDS_WITH', ['m'], [0, 1, 2]],
    ['CELL_EMPTY', [], [0, 1, 3]],
    ['CELL_NOT_EMPTY', [], [2]],
  ])('%s %j', (type, values, rows) => {
    expect(hiddenRows([{ column: 0, condition: { type, values } }], people)).toEqual(rows)
  })

  it.each<[string, readonly string[], readonly number[]]>([
    ['NUMBER_EQUAL_TO', ['5'], [0, 2]],
    ['NUMBER_NOT_EQUAL_TO', ['5'], [1]],
    ['NUMBER_GREATER_THAN', ['5'], [0, 1]],
    ['NUMBER_GREATER_THAN_OR_EQUAL_TO', ['5'], [0]],
    ['NUMBER_LESS_THAN', ['5'], [1, 2]],
    ['NUMBER_LESS_THAN_OR_EQUAL_TO', ['5'], [2]],
    ['NUMBER_BETWEEN', ['2', '5'], [0, 2]],
    ['NUMBER_NOT_BETWEEN', ['2', '5'], [1]],
  ])('%s %j', (type, values, rows) => {
    expect(hiddenRows([{ column: 0, condition: { type, values } }], column(number(1), number(5), number(9)))).toEqual(
      rows,
    )
  })

  it('hides unticked values, blanks too', () => {
    expect(hiddenRows([{ column: 0, hiddenValues: ['Grace', ''] }], people)).toEqual([1, 2])
  })

  it('hides a row when one of several columns does', () => {
    const grid = [
      [text('a'), text('x')],
      [text('b'), text('y')],
      [text('a'), text('y')],
    ]
    const criteria = [
      { column: 0, hiddenValues: ['b'] },
      { column: 1, condition: { type: 'TEXT_EQUAL_TO', values: ['y'] } },
    ]
    expect(hiddenRows(criteria, grid)).toEqual([0, 1])
  })

  it('hides nothing without criteria and reads short rows as empty', () => {
    expect(hiddenRows([], people)).toEqual([])
    expect(hiddenRows([{ column: 7, hiddenValues: [''] }], [[text('a')]])).toEqual([0])
  })

  it.each<[string, Parameters<typeof hiddenRows>[0], Parameters<typeof hiddenRows>[1]]>([
    ['a colour', [{ column: 0, byColor: true }], people],
    ['a custom formula', [{ column: 0, condition: { type: 'CUSTOM_FORMULA', values: ['=A2>1'] } }], people],
    ['a condition we do not know', [{ column: 0, condition: { type: 'DATE_BEFORE', values: ['x'] } }], people],
    ['a value that differs by case only', [{ column: 0, hiddenValues: ['ada'] }], people],
    [
      'values unticked beside numbers, which may be displayed otherwise',
      [{ column: 0, hiddenValues: ['1,000'] }],
      column(number(1000)),
    ],
    ['text compared with a date', [{ column: 0, condition: { type: 'TEXT_CONTAINS', values: ['Mar'] } }], column(date)],
    ['a number compared with text', [{ column: 0, condition: { type: 'NUMBER_LESS_THAN', values: ['5'] } }], people],
    [
      'a reference to a cell',
      [{ column: 0, condition: { type: 'NUMBER_LESS_THAN', values: ['=B1'] } }],
      column(number(1)),
    ],
    ['half a range', [{ column: 0, condition: { type: 'NUMBER_BETWEEN', values: ['5'] } }], column(number(1))],
  ])('cannot tell %s', (_, criteria, grid) => expect(hiddenRows(criteria, grid)).toBeUndefined())

  it('is sure of a row that another column hides for certain', () => {
    const criteria = [
      { column: 0, byColor: true as const },
      { column: 0, hiddenValues: ['Ada'] },
    ]
    expect(hiddenRows(criteria, [[text('Ada')]])).toEqual([0])
  })
})
