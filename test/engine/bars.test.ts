import fc from 'fast-check'
import type { Answer } from '../../src/domain/answer'
import { isFresh } from '../../src/domain/answer'
import type { Bar } from '../../src/domain/job'
import { DAY_MS } from '../../src/domain/overwrite'
import { admit } from '../../src/engine/job'
import { saysInvalid } from '../../src/engine/verify'
import { asks, jobOf, play, say, T0, vendor, worldOf } from './one-vendor'

const NAMED = { first_name: 'Ann', last_name: 'Lee', domain: 'acme.example' }
const OLD = 'old@acme.example'
const IDS = ['one', 'two', 'three'] as const
const world = worldOf(
  ['email'],
  IDS.map((id, index) =>
    vendor(id, [asks('find', 'name_at_domain', { finds: ['email'], price: { credits: index + 1, charge: 'hit' } })]),
  ),
)

/** What becomes of a search for an address that is to take the place of another one. */
function search(bar: Bar | undefined, said: readonly { readonly value: string; readonly confidence: number }[]) {
  const empty = jobOf(world, [])
  const lead = { row: 0, lead: NAMED, missing: ['email'] as const, ...(bar && { bars: { email: bar } }) }
  const run = play(world, admit(empty, [lead], { world, now: T0 }))
  for (const [index, id] of IDS.entries()) {
    if (run.send().length === 0) break
    run.answer({ [`${id}/find`]: say({ email: said[index]! }) })
  }
  return run.job().leads[0]!.results.email
}

const sayings = fc.array(
  fc.record({
    value: fc.constantFrom(OLD, 'a@acme.example', 'b@acme.example'),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 3, maxLength: 3 },
)
const bars: fc.Arbitrary<Bar> = fc.record(
  { atLeast: fc.double({ min: 0, max: 1, noNaN: true }), not: fc.constant(OLD) },
  { requiredKeys: [] },
)

describe('a value that takes the place of another one', () => {
  it('is never the one that was proved invalid, and as sure as its rule wants', () => {
    fc.assert(
      fc.property(bars, sayings, (bar, said) => {
        const result = search(bar, said)
        if (result?.kind !== 'accepted') return
        if (bar.not !== undefined) expect(result.finding.value).not.toBe(bar.not)
        expect(result.finding.confidence).toBeGreaterThanOrEqual(Math.max(0.7, bar.atLeast ?? 0))
      }),
    )
  })

  it('is searched for as any other where there is nothing to beat', () => {
    fc.assert(fc.property(sayings, (said) => expect(search({}, said)).toEqual(search(undefined, said))))
  })

  it('is asked for on and on until it is sure enough', () => {
    const said = [
      { value: OLD, confidence: 0.9 },
      { value: OLD, confidence: 0.95 },
      { value: 'a@acme.example', confidence: 0.8 },
    ]
    expect(search(undefined, said)).toMatchObject({ kind: 'accepted', finding: { provenance: { provider: 'one' } } })
    expect(search({ not: OLD }, said)).toMatchObject({ kind: 'accepted', finding: { value: 'a@acme.example' } })
    expect(search({ atLeast: 0.94 }, said)).toMatchObject({ kind: 'accepted', finding: { value: OLD } })
    expect(search({ atLeast: 0.99 }, said)).toMatchObject({ kind: 'weak' })
  })
})

const verdict = (value: string, confidence: number, at = T0, email?: string): Answer => ({
  question: 'production/check/verify/1',
  at,
  outcome: 'found',
  credits: 1,
  values: { email_status: { value, confidence }, ...(email && { email: { value: email, confidence: 1 } }) },
})

describe('an address is proved invalid', () => {
  it.each<[boolean, string, readonly Answer[]]>([
    [false, 'by nobody', []],
    [true, 'by a clear verdict', [verdict('invalid', 0.9)]],
    [false, 'not by an unclear one', [verdict('invalid', 0.49)]],
    [false, 'not by one about another address', [verdict('invalid', 0.9, T0, 'lee@acme.example')]],
    [false, 'not by an older one', [verdict('invalid', 0.9), verdict('valid', 0.9, T0 + 1)]],
    [true, 'by a newer one', [verdict('invalid', 0.9, T0 + 1), verdict('valid', 0.9)]],
    [false, 'not by a miss', [{ ...verdict('invalid', 0.9), outcome: 'not_found', values: {} }]],
    [false, 'not by a word that is none', [verdict('INVALID?', 1)]],
  ])('%s: %s', (is, _what, answers) => expect(saysInvalid(answers, { of: 'email', value: OLD }, world)).toBe(is))
})

const typed = (value: string, confidence: number, at = T0): Answer => ({
  ...verdict('valid', 1, at),
  values: { phone_type: { value, confidence } },
})

describe('a number is proved invalid', () => {
  it.each<[boolean, string, readonly Answer[]]>([
    [false, 'by nobody', []],
    [true, 'by a clear verdict', [typed('INVALID', 0.7)]],
    [false, 'not by an unclear one', [typed('invalid', 0.49)]],
    [false, 'not by an older one', [typed('invalid', 0.7), typed('mobile', 0.7, T0 + 1)]],
    [true, 'by a newer one', [typed('invalid', 0.7, T0 + 1), typed('mobile', 0.7)]],
    [false, 'not by what is said of an address', [verdict('invalid', 0.9)]],
  ])('%s: %s', (is, _what, answers) =>
    expect(saysInvalid(answers, { of: 'phone', value: '+12125550142' }, plain)).toBe(is),
  )
})

// As words of a closed list are read.
const plain = { ...world, normalize: (_field: string, value: string) => value.toLowerCase() }

test('what was found counts until it is older than a person wants, what was lost or objected for good', () => {
  const found = verdict('valid', 1)
  expect(isFresh(found, T0 + 999 * DAY_MS)).toBe(true)
  expect(isFresh(found, T0 + 30 * DAY_MS - 1, 30 * DAY_MS)).toBe(true)
  expect(isFresh(found, T0 + 30 * DAY_MS, 30 * DAY_MS)).toBe(false)
  for (const outcome of ['objected', 'maybe_charged', 'pending'] as const)
    expect(isFresh({ ...found, outcome }, T0 + 999 * DAY_MS, DAY_MS)).toBe(true)
})
