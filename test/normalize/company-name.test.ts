import fc from 'fast-check'
import { companyMatchKey, normalizeCompanyName } from '../../src/normalize/company-name'

test.each([
  ['  Example   GmbH ', 'Example GmbH'],
  ['"Example, Inc."', 'Example, Inc.'],
  ['„Example“', 'Example'],
  ['Example® Labs™', 'Example Labs'],
  ['Example\nHolding', 'Example Holding'],
  ['3M', '3M'],
  ['株式会社サンプル', '株式会社サンプル'],
  ['-', undefined],
  ['', undefined],
])('%s is written %s', (text, name) => {
  expect(normalizeCompanyName(text)).toBe(name)
})

// Cases of psolin/cleanco (MIT) and tilotech/go-company-legal-form (Apache-2.0) on which they and we agree.
describe('companyMatchKey without legal forms', () => {
  test.each([
    ['Example LLC', 'example'],
    ['Example Spółka z ograniczoną odpowiedzialnością', 'example'],
    ['Example GmbH & Co. KG', 'example'],
    ['Example KG', 'example'],
    ['Example e.V.', 'example'],
    ['Some Example S. A. de C. V., F. I. en I. D.', 'some example'],
    ['Example', 'example'],
    ['LLC Example', 'llc example'],
    ['Foo A Example', 'foo a example'],
    ['LLC', 'llc'],
    ['', ''],
    ['Hello World Oy', 'hello world'],
    ['Hello World, ltd.', 'hello world'],
    ['Hello    World ltd', 'hello world'],
    [' Hello World ltd. ', 'hello world'],
    ['Hello World sro', 'hello world'],
    ['Oy Hello World', 'hello world'],
    ['Oy Hello World Ab', 'hello world'],
    ['Hello, World, ltd.', 'hello world'],
    ['Hello. World, Oy', 'hello world'],
    ['Säätämö Oy', 'saatamo'],
    ['Äätämö', 'aatamo'],
    ['ОАО Новороссийский морской торговый порт', 'новороссиискии морскои торговыи порт'],
    ['Łoś spółka z o.o', 'los'],
    ['Łoś spolka z o.o', 'los'],
    ['Smith & Jones Corporation', 'smith and jones'],
    ['Smith-Jones Ltd', 'smith jones'],
    ["McDonald's Corporation", 'mcdonalds'],
    ['A.B.C. Corp', 'abc'],
    ['Yahoo! Inc', 'yahoo'],
    ['Company Name LlC', 'company name'],
    ['Example Company Pty Ltd', 'example'],
    ['Apple Inc.', 'apple'],
    ['Microsoft Corporation', 'microsoft'],
    ['Berkshire Hathaway Inc.', 'berkshire hathaway'],
    ['Procter & Gamble Co.', 'procter and gamble'],
    ['AT&T Inc.', 'att'],
    ['Company 123 Ltd', 'company 123'],
    ['123456 Inc', '123456'],
    ['ABC123 Corporation', 'abc123'],
    ['IBM CORPORATION', 'ibm'],
    ['U.S. Steel Corp.', 'us steel'],
    ['X Corporation', 'x'],
    ['Limited Edition Products Ltd', 'limited edition products'],
    ['Ελληνική Επιχείρηση', 'ελληνικη επιχειρηση'],
    ['北京公司 Ltd', '北京公司'],
    ['Москва Corporation', 'москва'],
    ['Société Française Ltd', 'societe francaise'],
    ['Compañía Española S.A.', 'compania espanola'],
    ['Empresa Ltda.', 'empresa'],
    ['Müller & Söhne GmbH', 'muller and sohne'],
    ['Schöne Bücher Ltd', 'schone bucher'],
    ['Ørsted A/S', 'orsted'],
    ['Åland Corporation', 'aland'],
    ['Český Krumlov s.r.o.', 'cesky krumlov'],
    ['Łódź Spółka', 'lodz spolka'],
    ['Alpha β Gamma Corp', 'alpha β gamma'],
    ['Naïve Café Inc.', 'naive cafe'],
    ['Café Ltd', 'cafe'],
    ['الشركة العربية Ltd', 'الشركة العربية'],
    ['החברה העברית Inc.', 'החברה העברית'],
  ])('%s', (text, key) => {
    expect(companyMatchKey(text)).toBe(key)
  })

  test.each([
    ['株式会社サンプル', 'サンプル'],
    ['サンプル㈱', 'サンプル'],
    ['삼성전자 주식회사', '삼성전자'],
    ['北京示例有限责任公司', '北京示例'],
    ['บริษัท ตัวอย่าง จำกัด', 'ตัวอย่าง'],
    ['חברה לדוגמה בע״מ', 'חברה לדוגמה'],
    ['PT Contoh Tbk', 'contoh'],
    ['Ejemplo S.A.P.I. de C.V.', 'ejemplo'],
    ['Esempio S.r.l.', 'esempio'],
    ['Exemple S.A.S.U.', 'exemple'],
    ['Beispiel UG (haftungsbeschränkt)', 'beispiel'],
    ['Beispiel GmbH und Co. KG', 'beispiel'],
    ['Voorbeeld B.V.', 'voorbeeld'],
    ['The Example Company', 'example'],
    ['Пример ООО', 'пример'],
    ['Örnek Sanayi ve Ticaret A.Ş.', 'ornek'],
  ])('%s', (text, key) => {
    expect(companyMatchKey(text)).toBe(key)
  })
})

test('joins what people write in different ways', () => {
  expect(
    new Set(['Smith & Jones', 'Smith and Jones Ltd', 'SMITH AND JONES, LTD.', 'Smith + Jones'].map(companyMatchKey))
      .size,
  ).toBe(1)
  expect(companyMatchKey('Alpha Holding')).not.toBe(companyMatchKey('Alpha'))
})

test('a key is its own key, empty only without letters and digits', () => {
  const part = fc.constantFrom(
    'Example',
    'GmbH',
    '&',
    'Co.',
    'KG',
    'The',
    'S.A.',
    's',
    'a',
    'Ltd',
    'Oy',
    "O'Brien",
    '株式会社',
    '㈱',
    '(x)',
    'a/s',
    '+',
    'und',
  )
  const text = fc.oneof(
    fc.array(part).map((parts) => parts.join(' ')),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(text, (name) => {
      const key = companyMatchKey(name)
      expect(companyMatchKey(key)).toBe(key)
      if (/[a-z0-9]/i.test(name)) expect(key).not.toBe('')
      const written = normalizeCompanyName(name)
      expect(written && normalizeCompanyName(written)).toBe(written)
    }),
    { numRuns: 1000 },
  )
})
