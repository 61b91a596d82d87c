import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { normalizePhone } from '../../src/normalize/phone'

// 200 example numbers of google/libphonenumber (Apache-2.0) in six written forms, one line a number.
const SAMPLES = readFileSync(join(__dirname, 'phone-samples.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',') as [string, string, string, string])

const TYPES: { readonly [type: string]: string } = { MOBILE: 'mobile', FIXED_LINE: 'fixed', TOLL_FREE: 'toll_free' }

test.each(SAMPLES)('%s in %s', (input, region, type, e164) => {
  const phone = normalizePhone(input, region)
  expect(phone?.e164).toBe(e164)
  if (TYPES[type] && phone?.type !== 'fixed_or_mobile') expect(phone?.type).toBe(TYPES[type])
})

test.each([
  ['+33 (0)6 12 34 56 78', undefined, '+33612345678'],
  ['+33 (0) 6 12 34 56 78', 'DE', '+33612345678'],
  ['0033 6 12 34 56 78', undefined, '+33612345678'],
  ['0033 6 12 34 56 78', 'US', '+33612345678'],
  ['011 33 6 12 34 56 78', 'US', '+33612345678'],
  ['011 33 6 12 34 56 78', undefined, '+33612345678'],
  ['06 12 34 56 78', 'FR', '+33612345678'],
  ['06 12 34 56 78', 'France', '+33612345678'],
  ['06.12.34.56.78', 'fr', '+33612345678'],
  ['+33.6.12.34.56.78', undefined, '+33612345678'],
  ['+33-6-12‑34–56—78', undefined, '+33612345678'],
  ['tel:+33-6-12-34-56-78', undefined, '+33612345678'],
  ['Mobile: +33 6 12 34 56 78', undefined, '+33612345678'],
  ['Tél. : 06 12 34 56 78', 'FR', '+33612345678'],
  ['＋３３ ６ １２ ３４ ５６ ７８', undefined, '+33612345678'],
  ['+٣٣ ٦ ١٢ ٣٤ ٥٦ ٧٨', undefined, '+33612345678'],
  ['33612345678', undefined, '+33612345678'],
  ['33612345678', 'FR', '+33612345678'],
  ['33612345678.0', 'FR', '+33612345678'],
  ['612345678', 'FR', '+33612345678'],
  ["'+33612345678", undefined, '+33612345678'],
  ['++33612345678', undefined, '+33612345678'],
  ['+0033612345678', undefined, '+33612345678'],
  ['+0612345678', 'FR', '+33612345678'],
  ['14155552671', undefined, '+14155552671'],
  ['14155552671', 'US', '+14155552671'],
  ['(415) 555-2671', 'US', '+14155552671'],
  ['(415) 555-2671 ext. 12', 'US', '+14155552671'],
  ['(415) 555-2671 x12', 'US', '+14155552671'],
  ['+1 415 555 2671 #12', undefined, '+14155552671'],
  ['+33 1 40 00 00 00 poste 12', undefined, '+33140000000'],
  ['tel:+1-415-555-2671;ext=12', undefined, '+14155552671'],
  ['+33 6 12 34 56 78 / +33 1 40 00 00 00', undefined, '+33612345678'],
  ['n/a; +33 6 12 34 56 78', undefined, '+33612345678'],
  ['+39 06 698 12345', undefined, '+390669812345'],
  ['+39 (0)6 698 12345', undefined, '+390669812345'],
  ['030 123456', 'DE', '+4930123456'],
  ['+49 (0)30 123456', undefined, '+4930123456'],
  ['+800 1234 5678', undefined, '+80012345678'],
  // Without a country a national number could be anyone's; with one, another country's number without a plus as well.
  ['06 12 34 56 78', undefined, undefined],
  ['4155552671', undefined, undefined],
  ['33612345678', 'US', undefined],
  ['3.36123E+10', undefined, undefined],
  ['3,36123E+10', 'FR', undefined],
  ['+3.36123E+10', 'FR', undefined],
  ['12', 'FR', undefined],
  ['+33 6 12 34', undefined, undefined],
  ['+999 123 456 789', undefined, undefined],
  ['2024-03-01', 'FR', undefined],
  ['n/a', 'US', undefined],
  ['1-800-FLOWERS', 'US', undefined],
  ['', 'US', undefined],
])('%s in %s is %s', (text, country, e164) => {
  expect(normalizePhone(text, country)?.e164).toBe(e164)
})

test('says country and kind', () => {
  expect(normalizePhone('+33612345678')).toEqual({ e164: '+33612345678', country: 'FR', type: 'mobile' })
  expect(normalizePhone('030 123456', 'DE')).toEqual({ e164: '+4930123456', country: 'DE', type: 'fixed' })
  expect(normalizePhone('+14155552671')).toEqual({ e164: '+14155552671', country: 'US', type: 'fixed_or_mobile' })
  expect(normalizePhone('+80012345678')).toEqual({ e164: '+80012345678', type: 'toll_free' })
})

test('says the same about its own answer, whatever the country', () => {
  const country = fc.constantFrom(undefined, 'US', 'FR', 'IT', 'JP', 'nowhere')
  const text = fc.oneof(
    fc.constantFrom(...SAMPLES.map(([input]) => input)),
    fc.stringMatching(/^\+?[0-9 ().-]{6,18}$/),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(text, country, country, (written, home, other) => {
      const phone = normalizePhone(written, home)
      fc.pre(phone !== undefined)
      expect(normalizePhone(phone.e164, other)).toEqual(phone)
    }),
    { numRuns: 500 },
  )
})
