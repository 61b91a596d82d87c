import fc from 'fast-check'
import { cellText, csvText, needsRichText } from '../../src/sheet/cell-text'

describe('cellText', () => {
  it.each([
    ['plain', 'plain'],
    ['  trimmed\t', 'trimmed'],
    ['two\r\nlines\rhere', 'two\nlines\nhere'],
    ['a\u0000b\u0007c\u009fd\u007fe', 'abcde'],
    ['lone \ud800 surrogate \udc00', 'lone  surrogate'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧 family'],
    ['مرحبا', 'مرحبا'],
    ['=1+1', '=1+1'],
  ])('%j becomes %j', (value, text) => expect(cellText(value)).toBe(text))

  it('fits a cell and never cuts a character in two', () => {
    expect(cellText('x'.repeat(60_000))).toHaveLength(49_000)
    expect(cellText(`x${'😀'.repeat(30_000)}`)).toBe(`x${'😀'.repeat(24_499)}`)
  })

  it('is idempotent and leaves nothing that a cell refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const text = cellText(value)
        expect(cellText(text)).toBe(text)
        expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}/u)
      }),
    )
  })
})

describe('needsRichText', () => {
  it.each([
    '=IMPORTXML("https://example.com")',
    '+14155552671',
    '+Dri7',
    '-x',
    '@x',
    "'quoted",
    '\tx',
    ' =1',
    '1-10',
    '10-12',
    '1-2',
    '2026-03-25',
    '01234',
    '22 34',
    '10%',
    '$2.99',
    '€ 5',
    '5 EUR',
    'TRUE',
    'false',
    'WAHR',
    'Verdadero',
    '1e5',
    '12:30',
    '3 PM',
    'May 2026',
    '12. März 2026',
    'Wednesday, 23 September 2026 12:30:00 PM',
    '1/2',
    '٣٤',
    '#N/A',
    '...',
    '12345678901234567890',
  ])('%j is written as rich text', (text) => expect(needsRichText(text)).toBe(true))

  it.each([
    '',
    'Ada Nowak',
    'ada2@acme.example',
    'https://acme.example/1',
    'Head of Sales',
    'Jörg-Peter',
    'مرحبا',
    '👍 ok',
  ])('%j can only be text', (text) => expect(needsRichText(text)).toBe(false))

  it('takes no chances with whatever starts like a formula or is a number or date', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String)
    const date = fc.date({ noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10))
    const formula = fc
      .tuple(fc.constantFrom('=', '+', '-', '@', "'", '\t'), fc.string())
      .map((parts) => parts.join('x'))
    fc.assert(fc.property(fc.oneof(number, date, formula), (text) => expect(needsRichText(text)).toBe(true)))
  })
})

describe('csvText', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    ['+14155552671', '+14155552671'],
    ['+1+cmd|x', "'+1+cmd|x"],
    ['+x', "'+x"],
    ['+', "'+"],
    ['＝1+1', "'＝1+1"],
    ['Ada', 'Ada'],
    ['1-10', '1-10'],
    ['', ''],
  ])('%j becomes %j', (text, csv) => expect(csvText(text)).toBe(csv))

  it('starts no cell with what runs', () => {
    const dangerous = fc.tuple(fc.constantFrom('=', '-', '@', '\t', '+'), fc.string()).map((parts) => parts.join(''))
    fc.assert(fc.property(dangerous, (text) => expect(csvText(text)).toMatch(/^'|^\+\d+$/)))
  })
})
