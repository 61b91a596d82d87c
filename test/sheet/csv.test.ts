import fc from 'fast-check'
import { csvOf } from '../../src/sheet/csv'

test('cells that a spreadsheet would take for a formula are marked as text; phones are not', () => {
  expect(csvOf([['=1+1', '-5', '@sum', '\tx', '+49301234', '+1+1', 'a,b', 'say "hi"', '3']])).toBe(
    `'=1+1,'-5,'@sum,'\tx,+49301234,'+1+1,"a,b","say ""hi""",3\r\n`,
  )
})

test('no cell begins like a formula, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ',', '\n', 'a', '1') }),
      (text) => {
        const cell = csvOf([[text]])
          .replace(/\r\n$/, '')
          .replace(/^"/, '')
        expect(cell).not.toMatch(/^[=\-@\t\r\n]/)
        expect(cell).toMatch(/^(?!\+)|^\+\d+$/)
      },
    ),
  )
})
