import fc from 'fast-check'
import { displayCell, localeOf } from '../../workbench/appsscript/number-format'
import { parseTyped, type TypingContext } from '../../workbench/appsscript/parse-typed'
import { NOON } from './people'

const context = (more: Partial<TypingContext> = {}): TypingContext => ({
  locale: 'en_US',
  now: NOON,
  textFormatKeepsFormulas: 'no',
  apostropheMakesText: 'no',
  ...more,
})

/** What a person sees after the text was entered. */
const shown = (text: string, more: Partial<TypingContext> = {}): unknown => {
  const typed = parseTyped(text, context(more))
  if (typed.formula !== undefined) return { formula: typed.formula }
  return displayCell(
    { value: typed.value ?? null, ...(typed.format ? { format: typed.format } : {}) },
    localeOf(more.locale ?? 'en_US'),
  )
}

describe('as if typed (platform.md section 4a)', () => {
  test.each<readonly [string, unknown]>([
    ['+14155552671', { value: 14155552671 }],
    ['01234', { value: 1234 }],
    ['22 34', { value: 2234 }],
    ['421 888 888 888', { value: 421888888888 }],
    ['1,234.5', { value: 1234.5 }],
    ['1e3', { value: 1000 }],
    ['.5', { value: 0.5 }],
    ['-7', { value: -7 }],
    ['(5)', { value: -5 }],
    ['12345678901234567890', { value: 12345678901234567000 }],
    ['10%', { value: 0.1, format: '0%' }],
    ['$2.99', { value: 2.99, format: '"$"#,##0.00' }],
    ['-$3', { value: -3, format: '"$"#,##0' }],
    ['TRUE', { value: true }],
    ['false', { value: false }],
    ['', { value: null }],
    ['1-10', { value: 46032, format: 'm-d' }],
    ['2026-03-25', { value: 46106, format: 'yyyy-mm-dd' }],
    ['3/25/2026', { value: 46106, format: 'm/d/yyyy' }],
    ['Mar 25, 2026', { value: 46106, format: 'mmm d, yyyy' }],
    ['12:30', { value: 0.5208333333333334, format: 'h:mm' }],
    ['2026-03-25 12:00', { value: 46106.5, format: 'yyyy-mm-dd h:mm' }],
    ['=SUM(A1:A2)', { formula: '=SUM(A1:A2)' }],
    ['=IMPORTXML("https://x.example","//a")', { formula: '=IMPORTXML("https://x.example","//a")' }],
    ['+421 888 888 888', { formula: '=+421 888 888 888' }],
    ['+Dri7', { formula: '=+Dri7' }],
    ['+1-415-555-2671', { formula: '=+1-415-555-2671', value: 1 - 415 - 555 - 2671 }],
    ['-x', { formula: '=-x' }],
    ['@x', { formula: '=@x' }],
  ])('%s', (text, expected) => {
    expect(parseTyped(text, context())).toEqual(expected)
  })

  test.each([
    'Ana',
    'ana@example.com',
    'https://www.example.com/in/ana-1',
    '(415) 555-2671',
    '415-555-2671',
    '1.2.3.4',
    '13/13/2026',
    '2026-02-30',
    '25:99',
    '12 Main Street',
    '1,23,4',
    '=',
    '+',
    '-',
    "'1-10",
    'a=b',
    ' = 1',
  ])('%s stays text', (text) => {
    expect(parseTyped(text, context())).toEqual({ value: text })
  })

  test.each<readonly [string, string, string]>([
    ['de_DE', '1.234,5', '1234,5'],
    ['de_DE', '25.3.2026', '25.03.2026'],
    ['de_DE', 'WAHR', 'WAHR'],
    ['fr_FR', '1 234,5', '1234,5'],
    ['en_GB', '25/3/2026', '25/03/2026'],
    ['en_US', '25/3/2026', '25/3/2026'],
  ])('%s reads %s as %s', (locale, text, expected) => {
    expect(shown(text, { locale })).toBe(expected)
  })
})

describe('plain text format', () => {
  test.each(['1-10', '01234', 'TRUE', '10%', '-x', '@x', '2026-03-25'])('keeps %s', (text) => {
    expect(parseTyped(text, context({ format: '@' }))).toEqual({ value: text })
  })

  test.each(['=1+1', '+14155552671', '+421 888'])('%s depends on the fact', (text) => {
    expect(parseTyped(text, context({ format: '@' }))).not.toEqual({ value: text })
    expect(parseTyped(text, context({ format: '@', textFormatKeepsFormulas: 'yes' }))).toEqual({ value: text })
  })
})

test('a leading apostrophe makes text only where the fact says so', () => {
  expect(parseTyped("'=1", context())).toEqual({ value: "'=1" })
  expect(parseTyped("'=1", context({ apostropheMakesText: 'yes' }))).toEqual({ value: '=1' })
})

test('every text becomes something, and words stay themselves', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const typed = parseTyped(text, context())
      expect(typed.value !== undefined || typed.formula !== undefined).toBe(true)
      if (/^[a-z]{10,}$/.test(text)) expect(typed).toEqual({ value: text })
    }),
  )
})

test('whole numbers come back whatever their grouping', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('en_US', 'de_DE', 'es_ES'), (value, locale) => {
      const { group } = localeOf(locale)
      const grouped = String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, group)
      expect(parseTyped(`${value < 0 ? '-' : ''}${grouped}`, context({ locale })).value === value).toBe(true)
    }),
  )
})
