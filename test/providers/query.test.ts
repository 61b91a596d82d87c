import fc from 'fast-check'
import { formQuery, MAX_URL, pathStep } from '../../src/providers/query'

const text = fc.string({ unit: 'binary', maxLength: 60 })
const params = fc.dictionary(fc.stringMatching(/^[a-z_]{1,20}$/), text, { minKeys: 1, maxKeys: 4 })

test('a server reads what was written', () => {
  fc.assert(
    fc.property(params, (given) => {
      const url = formQuery('https://api.example.com/find', given)
      expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ ...given })
    }),
  )
})

test('never too long and never a broken character', () => {
  const long = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3000 }),
    fc.string({ maxLength: 3000 }),
    fc.constantFrom('😀'.repeat(900), '\ud800'.repeat(900), "'".repeat(3000)),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), long, { minKeys: 1 }), (given) => {
      const url = formQuery('https://api.example.com/find', given)
      expect(url.length).toBeLessThanOrEqual(MAX_URL)
      for (const [name, value] of new URL(url).searchParams) {
        expect((given[name] ?? '').replace(/\p{Cs}/gu, '\ufffd').startsWith(value)).toBe(true)
      }
    }),
  )
})

test.each([
  ["O'Neill", 'O%27Neill'],
  ['(a)*!', '%28a%29%2A%21'],
  ['\ud800', '%EF%BF%BD'],
  ['a b', 'a%20b'],
])('%j is sent as %s', (value, encoded) => {
  expect(formQuery('https://api.example.com', { q: value })).toBe(`https://api.example.com?q=${encoded}`)
})

test('a step of a path stays one', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.constantFrom('.', '..', '../..', 'a/b?c#d', 'x'.repeat(3000))), (step) => {
      const url = `https://api.example.com/v1/${pathStep(step)}`
      expect(url.length).toBeLessThanOrEqual(MAX_URL)
      expect(new URL(url).href).toMatch(/^https:\/\/api\.example\.com\/v1\/[^/?#]*$/)
    }),
  )
})
