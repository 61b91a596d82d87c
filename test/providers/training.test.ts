import fc from 'fast-check'
import { FIELDS, fieldInfo } from '../../src/domain/field'
import type { Field } from '../../src/domain/field'
import type { Value, VerificationStatus } from '../../src/domain/finding'
import type { LookupKey, LookupKind } from '../../src/domain/lookup-key'
import type { Outcome } from '../../src/domain/outcome'
import type { LocalOperation } from '../../src/domain/provider'
import { normalizeValue } from '../../src/normalize/value'
import { training } from '../../src/providers/training'

const FIRST = ['Ada', 'José', 'Zoë', 'Jörg', 'Maisie', 'Karin', 'Raúl', 'Linda', 'Giulia', 'Oskar']
const LAST = ['Nowak', "O'Neill", 'Großmann', 'Göransson', 'de la Cruz', 'Nyström', 'Kim', 'Hoekstra']
const DOMAINS = ['acme', 'old-bragate', 'fenfold', 'lumera', 'dorvia', 'pratek', 'junbex', 'quikevvia', 'nilbraera']
const PEOPLE = FIRST.flatMap((first_name) =>
  LAST.flatMap((last_name) => DOMAINS.map((name) => ({ first_name, last_name, domain: `${name}.example` }))),
)

function ask<K extends LookupKind>(id: string, _kind: K, keys: readonly LookupKey<K>[]): readonly Outcome[] {
  const operation = training.operations.find((one) => one.id === id) as unknown as LocalOperation<K>
  return operation.answer(keys as unknown as Parameters<typeof operation.answer>[0])
}

function valuesOf(outcome: Outcome | undefined): { readonly [F in Field]?: Value } {
  return outcome?.kind === 'found' ? outcome.values : {}
}

const people = ask('person_by_name_at_domain', 'name_at_domain', PEOPLE)
const companies = ask(
  'company_by_domain',
  'domain',
  Array.from({ length: 200 }, (_, index) => ({ domain: `firm-${index}.test` })),
)

test('about three quarters are known', () => {
  for (const outcomes of [people, companies]) {
    const share = outcomes.filter(({ kind }) => kind === 'found').length / outcomes.length
    expect(share).toBeGreaterThan(0.68)
    expect(share).toBeLessThan(0.82)
  }
})

test('every value is written as the product writes it; phones are valid', () => {
  for (const outcome of [...people, ...companies])
    for (const [field, value] of Object.entries(valuesOf(outcome)))
      expect([field, normalizeValue(FIELDS[field as Field].kind, value.value)]).toEqual([field, value.value])
})

test('every status is met, and values on both sides of the threshold', () => {
  const statuses = new Set(people.map((outcome) => valuesOf(outcome).email?.status))
  const all: readonly (VerificationStatus | undefined)[] = [
    'valid',
    'accept_all',
    'risky',
    'invalid',
    'unknown',
    undefined,
  ]
  expect(statuses).toEqual(new Set(all))
  for (const field of ['email', 'phone', 'mobile_phone', 'job_title', 'linkedin_url'] as const) {
    const confidences = people.flatMap((outcome) => valuesOf(outcome)[field]?.confidence ?? [])
    const { threshold } = fieldInfo(field)
    expect(confidences.some((confidence) => confidence >= threshold)).toBe(true)
    expect(confidences.some((confidence) => confidence < threshold)).toBe(true)
  }
})

test('every address is on the domain that was asked', () => {
  for (const [index, { domain }] of PEOPLE.entries()) {
    const email = valuesOf(people[index]).email?.value
    if (email) expect(email.endsWith(`@${domain}`)).toBe(true)
  }
})

test('a person is the same by name, in other letters, and by company', () => {
  const again = ask(
    'person_by_name_at_domain',
    'name_at_domain',
    PEOPLE.map(({ first_name, last_name, domain }) => ({
      first_name: first_name.normalize('NFD').toUpperCase(),
      last_name: last_name.toUpperCase(),
      domain,
    })),
  )
  expect(again.map((outcome) => valuesOf(outcome).email)).toEqual(people.map((outcome) => valuesOf(outcome).email))
  const acme = PEOPLE.filter(({ domain }) => domain === 'acme.example')
  const byCompany = ask(
    'person_by_name_at_company',
    'name_at_company',
    acme.map(({ first_name, last_name }) => ({ first_name, last_name, company_name: 'ACME Ltd.' })),
  )
  const byDomain = ask('person_by_name_at_domain', 'name_at_domain', acme)
  expect(byCompany.map((outcome) => valuesOf(outcome).email)).toEqual(
    byDomain.map((outcome) => valuesOf(outcome).email),
  )
})

test('the verifier agrees with the finder', () => {
  const found = people.flatMap((outcome) => valuesOf(outcome).email ?? [])
  expect(found.length).toBeGreaterThan(100)
  const verdicts = ask(
    'verify_email',
    'email',
    found.map(({ value }) => ({ email: value })),
  )
  expect(verdicts.map((outcome) => valuesOf(outcome).email_status?.value)).toEqual(found.map(({ status }) => status))
})

test('a name that is asked by its address or profile has a name', () => {
  const [byEmail] = ask('person_by_email', 'email', [{ email: 'ada.nowak@acme.example' }])
  const [byName] = ask('person_by_name_at_domain', 'name_at_domain', [
    { first_name: 'Ada', last_name: 'Nowak', domain: 'acme.example' },
  ])
  expect(byEmail?.kind).toBe(byName?.kind)
  expect(valuesOf(byEmail).job_title).toEqual(valuesOf(byName).job_title)
  const profiles = ask(
    'person_by_linkedin',
    'linkedin',
    FIRST.map((name) => ({ linkedin_url: `https://www.linkedin.com/in/${encodeURIComponent(name)}-nowak-4b2a91` })),
  )
  const named = profiles.flatMap((outcome) => valuesOf(outcome).last_name ?? [])
  expect(named.length).toBeGreaterThan(0)
  expect(named.every(({ value }) => value === 'Nowak')).toBe(true)
})

test('the one word of an address is no name', () => {
  const keys = DOMAINS.map((name) => ({ email: `anowak@${name}.example` }))
  const outcomes = ask('person_by_email', 'email', keys)
  expect(outcomes.some(({ kind }) => kind === 'found')).toBe(true)
  expect(outcomes.flatMap((outcome) => valuesOf(outcome).first_name ?? [])).toEqual([])
})

test('nothing is said about other domains', () => {
  fc.assert(
    fc.property(fc.domain(), (domain) => {
      fc.pre(!/(^|\.)(example|test)$|(^|\.)example\.(com|net|org)$/.test(domain.toLowerCase()))
      expect(ask('company_by_domain', 'domain', [{ domain }])).toEqual([{ kind: 'not_found' }])
      expect(ask('verify_email', 'email', [{ email: `ada@${domain}` }])).toEqual([{ kind: 'not_found' }])
    }),
  )
})
