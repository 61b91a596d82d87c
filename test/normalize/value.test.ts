import fc from 'fast-check'
import { FIELD_NAMES, fieldInfo, type FieldKind } from '../../src/domain/field'
import { normalizeDate, normalizeYear } from '../../src/normalize/date'
import { joinList, normalizeList } from '../../src/normalize/list'
import { normalizeNumber } from '../../src/normalize/number'
import { cleanText, foldText } from '../../src/normalize/text'
import { normalizeValue } from '../../src/normalize/value'

describe('cleanText', () => {
  test.each([
    ['  a \t b\r\nc ', 'a b c'],
    ['a\u00a0b', 'a b'],
    ['a\u200bb\ufeff\u0000\u202e', 'ab'],
    ['e\u0301', 'é'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩‍💻', '👩‍💻'],
    ['a\u200db', 'ab'],
    ['\ud800a', 'a'],
    ['\u200b', ''],
  ])('%j is %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })

  test('cuts what a cell cannot hold, not within a character', () => {
    const long = cleanText('👍'.repeat(30_000))
    expect(long.length).toBeLessThanOrEqual(49_000)
    expect(long).toMatch(/^(👍)+…$/u)
    expect(cleanText('x'.repeat(49_000))).toBe('x'.repeat(49_000))
    expect(cleanText('x'.repeat(49_001))).toBe(`${'x'.repeat(48_999)}…`)
  })
})

test.each([
  ['Ærøskøbing', 'aeroskobing'],
  ['Łódź', 'lodz'],
  ['Straße', 'strasse'],
  ['İstanbul', 'istanbul'],
  ['ガギグ', 'ガギグ'],
  ['한국', '한국'],
  ['O’Brien', "o'brien"],
])('%s is folded to %s', (text, folded) => {
  expect(foldText(text)).toBe(folded)
})

test.each([
  ['1234', '1234'],
  ['1 234,5', '1234.5'],
  ['1\u202f234', '1234'],
  ['1,234', '1234'],
  ['1,234.50', '1234.5'],
  ['1.234.567', '1234567'],
  ['1.234,5', '1234.5'],
  ["1'234", '1234'],
  ['12.5', '12.5'],
  ['1,5', '1.5'],
  ['1.234', '1.234'],
  ['0', '0'],
  ['-12', '-12'],
  ['−12', '-12'],
  ['$1.2M', '1200000'],
  ['€ 1,5 Mrd', '1500000000'],
  ['12 million', '12000000'],
  ['10k', '10000'],
  ['500+', '500'],
  ['~500', '500'],
  ['over 500', '500'],
  ['1e6', '1000000'],
  ['USD 3bn', '3000000000'],
  ['100 EUR', '100'],
  ['11-50', undefined],
  ['1.2.3', undefined],
  ['12%', undefined],
  ['n/a', undefined],
  ['12 rue', undefined],
  ['99999999999999999999', undefined],
  ['', undefined],
])('the number %s is %s', (text, number) => {
  expect(normalizeNumber(text)).toBe(number)
})

test('numbers survive the ways they are written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (value) => {
      expect(normalizeNumber(String(value))).toBe(String(value))
      expect(normalizeNumber(value.toLocaleString('en-US'))).toBe(String(value))
      expect(normalizeNumber(value.toLocaleString('fr-FR'))).toBe(String(value))
      if (Math.abs(value) >= 1e6) expect(normalizeNumber(value.toLocaleString('de-DE'))).toBe(String(value))
    }),
  )
})

test.each([
  ['2024-03-01', '2024-03-01'],
  ['2024-03-01T12:00:00Z', '2024-03-01'],
  ['2024/3/1', '2024-03-01'],
  ['20240301', '2024-03-01'],
  ['2024-03', '2024-03'],
  ['2-2024', '2024-02'],
  ['2024', '2024'],
  ['01.03.2024', '2024-03-01'],
  ['31/03/2024', '2024-03-31'],
  ['03/31/2024', '2024-03-31'],
  ['03/03/2024', '2024-03-03'],
  ['1 March 2024', '2024-03-01'],
  ['March 1st, 2024', '2024-03-01'],
  ['Feb 2024', '2024-02'],
  ['1er août 2024', '2024-08-01'],
  ['1. März 2024', '2024-03-01'],
  ['enero 2024', '2024-01'],
  ['29.02.2024', '2024-02-29'],
  ['29.02.2023', undefined],
  ['03/04/2024', undefined],
  ['2024-13-01', undefined],
  ['yesterday', undefined],
  ['3000', undefined],
  ['', undefined],
])('the date %s is %s', (text, date) => {
  expect(normalizeDate(text)).toBe(date)
})

test.each([
  ['2015', '2015'],
  ['2015.0', '2015'],
  ['founded in 2015', '2015'],
  ['2015-03-01', '2015'],
  ['1899', '1899'],
  ['15', undefined],
  ['20150301', undefined],
  ['2015-2018', undefined],
  ['9999', undefined],
])('the year in %s is %s', (text, year) => {
  expect(normalizeYear(text)).toBe(year)
})

test.each([
  ['Python; Java', 'Python; Java'],
  ['Python, Java,  python', 'Python; Java'],
  ['Engineer, Example (2020-2021); CTO, Example', 'Engineer, Example (2020-2021); CTO, Example'],
  ['• Python\n• Java', 'Python; Java'],
  ['Python | Java', 'Python; Java'],
  ['a,b;a,b', 'a; b'],
  [' ; ', undefined],
])('the list %j is %j', (text, list) => {
  expect(normalizeList(text)).toBe(list)
})

test('a list is joined once each', () => {
  expect(joinList([' a', 'B', '', 'b', 'a'])).toBe('a; B')
  expect(joinList([])).toBe('')
})

const SAMPLES: { readonly [K in FieldKind]: readonly [text: string, value: string] } = {
  email: ['Ada@Example.com', 'ada@example.com'],
  phone: ['06 12 34 56 78', '+33612345678'],
  domain: ['https://www.example.com/', 'example.com'],
  linkedin_person: ['linkedin.com/in/ada', 'https://www.linkedin.com/in/ada'],
  linkedin_company: ['linkedin.com/company/example', 'https://www.linkedin.com/company/example'],
  url: ['example.com/a', 'https://example.com/a'],
  person_name: ['NOWAK, ADA', 'Ada Nowak'],
  given_name: ['ADA', 'Ada'],
  family_name: ['NOWAK', 'Nowak'],
  company_name: [' Example  GmbH', 'Example GmbH'],
  country: ['Frankreich', 'FR'],
  number: ['1,234', '1234'],
  year: ['since 2015', '2015'],
  date: ['1 March 2024', '2024-03-01'],
  list: ['a, b', 'a; b'],
  status: ['VALID', 'valid'],
  text: [' a  b ', 'a b'],
}
const KINDS = Object.keys(SAMPLES) as readonly FieldKind[]

test.each(KINDS)('a value of kind %s', (kind) => {
  const [text, value] = SAMPLES[kind]
  expect(normalizeValue(kind, text, { country: 'FR' })).toBe(value)
  expect(normalizeValue(kind, '')).toBeUndefined()
})

test('every field of the catalogue has a normaliser', () => {
  expect(FIELD_NAMES.filter((field) => !KINDS.includes(fieldInfo(field).kind))).toEqual([])
})

test('a range keeps its spelling', () => {
  expect(normalizeValue('status', '$1M-$10M')).toBe('$1M-$10M')
  expect(normalizeValue('status', '11-50')).toBe('11-50')
})

test('every kind says the same about its own answer, whatever the text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme-ascii' }),
    fc.constantFrom(...Object.values(SAMPLES).map(([sample]) => sample)),
    fc.stringMatching(/^[0-9 .,;/'+kM€-]{1,14}$/),
    fc.stringMatching(/^[a-z,;| ]{1,20}$/),
  )
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), text, (kind, value) => {
      const once = normalizeValue(kind, value, { country: 'FR' })
      expect(once && normalizeValue(kind, once, { country: 'FR' })).toBe(once)
    }),
    { numRuns: 3000 },
  )
})
