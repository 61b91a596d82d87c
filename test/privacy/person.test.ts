import fc from 'fast-check'
import type { Lead } from '../../src/domain/lead'
import { lookupKey, lookupKeyHash } from '../../src/domain/lookup-key'
import { isRowOf, keysOf, likeness, mentionIn, questionHashes, seek } from '../../src/privacy/person'

const ADA: Lead = {
  first_name: 'Ada',
  last_name: 'Nowak',
  email: 'ada.nowak@kranich.example',
  linkedin_url: 'https://www.linkedin.com/in/ada-nowak',
  mobile_phone: '+33612345678',
  domain: 'kranich.example',
  company_name: 'Kranich',
}
const NOBODY = keysOf({})

test.each<[string, 'sure' | 'maybe' | undefined]>([
  ['write to Ada.Nowak+fair@Kranich.example, please', 'sure'],
  ['<ada.nowak@kranich.example>', 'sure'],
  ['see http://linkedin.com/in/ADA-NOWAK/?trk=x', 'sure'],
  ['tel. 06 12 34 56 78', 'maybe'],
  ['0033612345678', 'maybe'],
  ['met NOWAK, Ada in Lyon', 'maybe'],
  ['Ada · Nowak · kranich.example', 'maybe'],
  ['Adam Nowakowski', undefined],
  ['ada.nowak@other.example', 'maybe'],
  ['kranich.example', undefined],
  ['', undefined],
])('%j speaks of her: %s', (text, how) => {
  expect(mentionIn(text, seek([ADA]))).toBe(how)
})

test.each<[string, Lead, 'sure' | 'maybe' | undefined]>([
  ['her address elsewhere', { email: 'ADA.NOWAK@kranich.example' }, 'sure'],
  ['her name at her company', { first_name: 'ada', last_name: 'NOWAK', company_name: 'Kranich GmbH' }, 'sure'],
  ['a namesake with an address of her own', { ...ADA, email: 'a.n@kranich.example', linkedin_url: '' }, 'maybe'],
  ['the same name elsewhere', { first_name: 'Ada', last_name: 'Nowak', domain: 'other.example' }, undefined],
  ['a colleague', { first_name: 'Bob', last_name: 'Berg', domain: 'kranich.example' }, undefined],
  ['her phone, which nobody asked for', { phone: '+33612345678' }, undefined],
])('%s', (_, lead, how) => {
  expect(likeness(keysOf(lead), seek([ADA]), NOBODY)).toBe(how)
})

test('a mailbox or number that several people use tells nobody for sure', () => {
  const shared: Lead = { email: 'info@kranich.example', phone: '+33142685300' }
  expect(keysOf(shared)).toMatchObject({ sure: [], shared: ['+33142685300', 'info@kranich.example'] })
  expect(likeness(keysOf(shared), seek([shared]), keysOf(shared))).toBe('maybe')
})

test('a row that names her in cells apart is hers where it names her company too', () => {
  expect(isRowOf(JSON.stringify(['Ada', 'CTO', 'Nowak', 'kranich.example']), seek([ADA]))).toBe(true)
  expect(isRowOf(JSON.stringify(['Ada', 'CTO', 'Nowak', 'other.example']), seek([ADA]))).toBe(false)
})

test('every question about her that could have been asked is known by its hash, in any spelling', () => {
  const kinds = ['email', 'linkedin', 'name_at_domain', 'name_at_company', 'phone'] as const
  const hashes = questionHashes([ADA])
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.boolean(), (kind, isLoud) => {
      const spelt = isLoud ? { ...ADA, first_name: 'ADA', last_name: 'NOWAK' } : ADA
      const key = lookupKey(kind, { ...spelt, phone: ADA.mobile_phone! })!
      return hashes.has(lookupKeyHash(kind, key))
    }),
  )
  expect(hashes.has(lookupKeyHash('domain', { domain: 'kranich.example' }))).toBe(false)
})
