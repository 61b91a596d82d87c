import fc from 'fast-check'
import { countryCode } from '../../src/normalize/country'

const LANGUAGES = ['en', 'fr', 'de', 'es', 'pt', 'nl', 'it']
const COUNTRIES =
  'US GB DE FR ES IT NL BE CH AT PT IE SE NO DK FI IS PL CZ SK HU RO BG GR HR SI RS BA MK AL ME EE LV LT UA BY MD RU TR CY MT ' +
  'LU MC LI AD GE AM AZ KZ UZ CN JP KR KP IN ID MY SG TH VN PH TW BD PK LK NP KH AU NZ CA MX BR AR CL CO PE VE EC BO UY PY CR ' +
  'PA GT SV HN NI CU DO PR JM TT ZA NG NE KE GH EG MA DZ TN LY ET TZ UG SN CI CM CD AO MZ ZW ZM IL AE SA QA KW BH OM JO LB IQ ' +
  'IR SY YE AF MU MG'

describe('countryCode', () => {
  test.each(LANGUAGES)('knows the names of the larger countries in %s', (language) => {
    const names = new Intl.DisplayNames([language], { type: 'region' })
    const wrong = COUNTRIES.split(' ').filter((code) => countryCode(names.of(code)!) !== code)
    expect(wrong).toEqual([])
  })

  test.each([
    ['fr', 'FR'],
    ['FRA', 'FR'],
    ['deu', 'DE'],
    ['U.S.A.', 'US'],
    ['U.S.', 'US'],
    ['United States of America', 'US'],
    ['UK', 'GB'],
    ['Scotland', 'GB'],
    ['The Netherlands', 'NL'],
    ['Holland', 'NL'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['Czech Republic', 'CZ'],
    ['Republic of Korea', 'KR'],
    ['Republic of Ireland', 'IE'],
    ['Russian Federation', 'RU'],
    ['Россия', 'RU'],
    ['日本', 'JP'],
    ['Côte d’Ivoire', 'CI'],
    ['Niger', 'NE'],
    ['Nigeria', 'NG'],
    ['Nigéria', 'NG'],
    ['Dominica', 'DM'],
    ['Dominican Republic', 'DO'],
    ['Guinea-Bissau', 'GW'],
    ['Hong Kong', 'HK'],
    ['Austria', 'AT'],
    ['Australia', 'AU'],
    ['  España ', 'ES'],
  ])('%s is %s', (text, code) => {
    expect(countryCode(text)).toBe(code)
  })

  test.each(['', 'ZZ', 'XYZ', 'Paris', 'France Telecom', 'the', 'Republic', 'Ada', '42'])(
    'does not guess: %p',
    (text) => {
      expect(countryCode(text)).toBeUndefined()
    },
  )

  test('is idempotent and total', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const code = countryCode(text)
        expect(code && countryCode(code)).toBe(code)
      }),
    )
  })
})
