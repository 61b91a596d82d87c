import fc from 'fast-check'
import { createHash } from 'node:crypto'
import type { Answer } from '../../src/domain/answer'
import { isFresh, MISS_FRESH_MS, overEarlier, questionId, recalled } from '../../src/domain/answer'
import { FIELD_NAMES, fieldInfo, isField } from '../../src/domain/field'
import { hashText } from '../../src/domain/hash'
import type { LookupKey, LookupKind } from '../../src/domain/lookup-key'
import { lookupKey, lookupKeyHash, LOOKUP_WORDS, LOOKUPS } from '../../src/domain/lookup-key'
import { found, NOT_FOUND } from '../../src/domain/outcome'

const KINDS = Object.keys(LOOKUPS) as readonly LookupKind[]

describe('hashText', () => {
  const expected = (text: string) =>
    createHash('sha256').update(new TextEncoder().encode(text)).digest('hex').slice(0, 32)

  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb924'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223'],
  ])('of %j is what FIPS 180-4 says', (text, hash) => expect(hashText(text)).toBe(hash))

  it.each(['é', 'ß', '漢字', '😀', 'a\u0000b', '\ud800', '\udc00', 'x\ud83dy', '\udc00\ud800', '\uffff', '\ufffd'])(
    'of %j reads the text as UTF-8 like everybody else',
    (text) => expect(hashText(text)).toBe(expected(text)),
  )

  it('agrees with another implementation on any text, halves of pairs included', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))
    fc.assert(fc.property(fc.oneof(units, fc.string({ unit: 'binary' })), (text) => hashText(text) === expected(text)))
  })
})

describe('lookupKey', () => {
  it.each(KINDS)('%s needs all of its parts', (kind) => {
    const parts = LOOKUPS[kind]
    const lead = Object.fromEntries(parts.map((part) => [part, `a ${part}`]))
    expect(lookupKey(kind, { ...lead, industry: 'not asked by' })).toEqual(lead)
    for (const part of parts) {
      expect(lookupKey(kind, { ...lead, [part]: '' })).toBeUndefined()
      expect(lookupKey(kind, { ...lead, [part]: 'half \ud83d' })).toBeUndefined()
      expect(lookupKey(kind, Object.fromEntries(Object.entries(lead).filter(([one]) => one !== part)))).toBeUndefined()
    }
  })

  it.each([
    ['a', 1_500, true],
    ['a', 1_501, false],
    ['漢', 166, true],
    ['漢', 167, false],
    ['a', 50_000, false],
  ])('has room in an address: %s x %d: %s', (letter, count, fits) =>
    expect(lookupKey('company_name', { company_name: letter.repeat(count) }) !== undefined).toBe(fits),
  )

  it('gives only what can be written into an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (email) => {
        const key = lookupKey('email', { email })
        return key === undefined || encodeURIComponent(key.email) !== ''
      }),
    )
  })

  it('is named in words of its own', () => expect(new Set(Object.values(LOOKUP_WORDS)).size).toBe(KINDS.length))
})

describe('lookupKeyHash', () => {
  const hash = (first_name: string, last_name = 'Doe', domain = 'doe.example') =>
    lookupKeyHash('name_at_domain', { first_name, last_name, domain })

  it.each([
    ['case', 'José', 'JOSÉ'],
    ['accents', 'José', 'Jose'],
    ['composed and decomposed letters', 'Jos\u00e9', 'Jose\u0301'],
    ['spaces around', 'José', ' José\u00a0'],
    ['spaces inside', 'Ana  María', 'Ana María'],
    ['full-width letters', 'Ａｎａ', 'Ana'],
    ['ligatures', 'Soﬁa', 'Sofia'],
    ['the sharp s', 'Strauß', 'STRAUSS'],
    ['the dotted capital i', 'İpek', 'ipek'],
    ['the final sigma', 'ΝΙΚΟΣ', 'νικος'],
    ['the iota below a letter', 'ᾠδή', 'ὨΙΔΉ'],
    ['raised letters', 'ª', 'a'],
  ])('does not mind %s', (_what, one, other) => expect(hash(one)).toBe(hash(other)))

  it.each([
    ['another name', hash('Ann'), hash('Anna')],
    ['where one part ends', hash('ab', 'c'), hash('a', 'bc')],
    ['the order of parts', hash('ann', 'lee'), hash('lee', 'ann')],
    ['a space within a name', hash('Anna Lee'), hash('Annalee')],
    ['another script', hash('Иван'), hash('Ivan')],
  ])('minds %s', (_what, one, other) => expect(one).not.toBe(other))

  it('differs by kind although the parts are the same', () => {
    const key = Object.fromEntries(FIELD_NAMES.map((field) => [field, 'x'])) as unknown as LookupKey
    expect(new Set(KINDS.map((kind) => lookupKeyHash(kind, key))).size).toBe(KINDS.length)
  })

  it('is the same for capitals and small letters of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        expect(hash(name.toUpperCase())).toBe(hash(name))
        expect(hash(`  ${name}\t`)).toBe(hash(name))
      }),
    )
  })

  it('is part of a question id that holds nothing else about the person', () => {
    const place = { environment: 'production', provider: 'acme', operation: 'find' } as const
    const id = questionId(place, 'email', { email: 'ann@doe.example' })
    expect(id).toMatch(/^production\/acme\/find\/[0-9a-f]{32}$/)
    const others = [
      questionId({ ...place, environment: 'training' }, 'email', { email: 'ann@doe.example' }),
      questionId({ ...place, provider: 'acme2' }, 'email', { email: 'ann@doe.example' }),
      questionId({ ...place, operation: 'check' }, 'email', { email: 'ann@doe.example' }),
      questionId(place, 'email', { email: 'bob@doe.example' }),
    ]
    expect(new Set([id, ...others]).size).toBe(5)
  })
})

describe('isFresh', () => {
  const day = 24 * 3600 * 1000
  it.each<[Answer['outcome'], number, boolean]>([
    ['found', 0, true],
    ['found', 1000 * day, true],
    ['objected', 1000 * day, true],
    ['maybe_charged', 1000 * day, true],
    ['not_found', 0, true],
    ['not_found', MISS_FRESH_MS - 1, true],
    ['not_found', MISS_FRESH_MS, false],
    ['refused', 0, false],
    ['unavailable', 0, false],
  ])('%s after %d ms: %s', (outcome, age, fresh) => {
    const at = Date.UTC(2026, 0, 1)
    expect(isFresh({ question: 'q', at, outcome, credits: 0 }, at + age)).toBe(fresh)
  })

  it('remembers a miss for 30 days', () => expect(MISS_FRESH_MS).toBe(30 * day))
})

describe('a request that was lost after its question had been answered', () => {
  const day = 24 * 3600 * 1000
  const at = Date.UTC(2026, 0, 1)
  const values = { email: { value: 'ada@everyone.example', confidence: 0.97 } }
  const found: Answer = { question: 'q', at, outcome: 'found', credits: 1, values }
  const lost: Answer = { question: 'q', at: at + 9 * day, outcome: 'maybe_charged', credits: 2 }
  const both = overEarlier(lost, found)

  it('takes nothing away from what was found', () => {
    expect(both).toEqual({ ...lost, values, foundAt: at })
    expect(overEarlier({ ...lost, at: at + 20 * day }, both)).toEqual({ ...both, at: at + 20 * day })
    expect(overEarlier(found, both)).toBe(found)
    expect(overEarlier(both, { ...found, at: 0 })).toBe(both)
    expect(overEarlier(lost, { ...lost, at })).toBe(lost)
  })

  it.each([
    [
      'who begins later and does not want it newer has it',
      { since: at + 10 * day },
      { ...lost, outcome: 'found', at, values },
    ],
    ['the run that lost it does not', { since: at + 8 * day }, lost],
    ['who wants it newer does not, and does not ask again', { since: at + 10 * day, refreshMs: day }, lost],
  ])('%s', (_, asked, counts) => {
    expect(recalled(both, { now: at + 11 * day, ...asked })).toEqual(counts)
  })
})

describe('the catalogue', () => {
  it('has at least 55 data points, each with a label of its own and a threshold that can be reached', () => {
    expect(FIELD_NAMES.length).toBeGreaterThanOrEqual(55)
    expect(new Set(FIELD_NAMES.map((field) => fieldInfo(field).label.toLowerCase())).size).toBe(FIELD_NAMES.length)
    for (const field of FIELD_NAMES) {
      const { threshold, label, of, personal } = fieldInfo(field)
      expect(threshold).toBeGreaterThan(0)
      expect(threshold).toBeLessThan(1)
      expect(label).toMatch(/^\p{Lu}/u)
      expect(personal).toBe(of === 'contact')
    }
  })

  it('writes no address that is less than 70 percent sure', () => expect(fieldInfo('email').threshold).toBe(0.7))

  it('keeps title and company together', () =>
    expect(FIELD_NAMES.filter((field) => fieldInfo(field).together === 'position')).toEqual([
      'job_title',
      'seniority',
      'department',
      'job_started_on',
      'company_name',
    ]))

  it.each(['email', 'cms'])('knows %s', (name) => expect(isField(name)).toBe(true))
  it.each(['', 'Email', 'toString', '__proto__', 'constructor'])('does not know %j', (name) =>
    expect(isField(name)).toBe(false),
  )
})

describe('found', () => {
  it('is a miss without values', () => {
    expect(found({})).toBe(NOT_FOUND)
    expect(found({ cms: { value: 'x', confidence: 1 } })).toMatchObject({ kind: 'found' })
  })
})
