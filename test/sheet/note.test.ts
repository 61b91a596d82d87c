import fc from 'fast-check'
import type { Finding } from '../../src/domain/finding'
import { mergeNote, provenanceNote, withoutOurLine } from '../../src/sheet/note'

const finding: Finding = {
  field: 'email',
  value: 'ada@acme.example',
  confidence: 0.97,
  status: 'valid',
  provenance: { provider: 'hunter', operation: 'email-finder', at: Date.UTC(2026, 10, 22), credits: 1 },
}
const free = { ...finding.provenance, credits: 0 }
const hunter = { name: 'Hunter', kind: 'vendor' } as const
const { status: _, ...unchecked } = finding

describe('provenanceNote', () => {
  it.each<[string, Finding, { name: string; kind: 'vendor' | 'training' | 'public' }]>([
    ['Hunter, 97 % sure, verified, 22 Nov 2026, 1 credit', finding, hunter],
    ['Hunter, 97 % sure, not verified, 22 Nov 2026, 1 credit', unchecked, hunter],
    ['Hunter, 97 % sure, 22 Nov 2026, 1 credit', { ...unchecked, field: 'job_title' }, hunter],
    [
      'Hunter, 70 % sure (our estimate), not verified (its mail server accepts every address), 22 Nov 2026, 0.5 credits',
      {
        ...finding,
        confidence: 0.7,
        estimated: true,
        status: 'accept_all',
        provenance: { ...finding.provenance, credits: 0.5 },
      },
      hunter,
    ],
    [
      'Training (invented), 97 % sure, verified, 22 Nov 2026, free',
      { ...finding, provenance: free },
      { name: 'Training', kind: 'training' },
    ],
  ])('%s', (line, given, vendor) => expect(provenanceNote(given, vendor)).toBe(line))

  it('is one line of at most 500 characters with its mark', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 900 }), (name) => {
        const note = mergeNote('', provenanceNote(finding, { name, kind: 'vendor' }))
        expect(note.length).toBeLessThanOrEqual(500)
        expect(note).not.toMatch(/[\n\r]/)
      }),
    )
  })
})

const OLD = 'Hunter, 71 % sure, not verified, 2 Mar 2026, 1 credit'
const NEW = 'Hunter, 97 % sure, verified, 22 Nov 2026, 1 credit'
const FORMULA = 'by the formula =ENRICH_EMAIL(A2)'

const ownNote = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !text.includes('Enrich: '))

describe('mergeNote', () => {
  it.each([
    ['', `Enrich: ${NEW}`],
    [`Enrich: ${OLD}`, `Enrich: ${NEW}`],
    [`Enrich: ${FORMULA}`, `Enrich: ${NEW}`],
    ['Call in May', `Call in May\nEnrich: ${NEW}`],
    [`Call in May\nEnrich: ${OLD}`, `Call in May\nEnrich: ${NEW}`],
    [`Enrich: ${OLD}\nCall in May`, `Enrich: ${NEW}\nCall in May`],
    ['Enrich: ask Bob for the key', `Enrich: ask Bob for the key\nEnrich: ${NEW}`],
  ])('%j becomes %j', (existing, note) => expect(mergeNote(existing, NEW)).toBe(note))

  it('keeps what a person wrote and holds one line of ours', () => {
    fc.assert(
      fc.property(ownNote, (own) => {
        const once = mergeNote(own, OLD)
        expect(once.startsWith(own)).toBe(true)
        expect(mergeNote(once, NEW)).toBe(`${own}\nEnrich: ${NEW}`)
      }),
    )
  })
})

describe('withoutOurLine', () => {
  it.each([
    ['', ''],
    ['Call in May', 'Call in May'],
    [`Enrich: ${NEW}`, ''],
    [`Enrich: ${NEW}\nCall in May`, 'Call in May'],
    [`Call in May\nEnrich: ${OLD}\nEnrich: ${NEW}`, `Call in May\nEnrich: ${OLD}`],
    ['Enrich: ask Bob for the key', 'Enrich: ask Bob for the key'],
  ])('%j becomes %j', (note, rest) => expect(withoutOurLine(note)).toBe(rest))

  it('undoes a merge into what a person wrote', () => {
    fc.assert(fc.property(ownNote, (own) => expect(withoutOurLine(mergeNote(own, NEW))).toBe(own)))
  })
})
