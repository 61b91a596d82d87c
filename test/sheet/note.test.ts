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

describe('mergeNote', () => {
  it.each([
    ['', 'Enrich: new'],
    ['Enrich: old', 'Enrich: new'],
    ['Call in May', 'Call in May\nEnrich: new'],
    ['Call in May\nEnrich: old', 'Call in May\nEnrich: new'],
    ['Enrich: old\nCall in May', 'Enrich: new\nCall in May'],
  ])('%j becomes %j', (existing, note) => expect(mergeNote(existing, 'new')).toBe(note))

  it('keeps what a person wrote and holds one line of ours', () => {
    const note = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !text.includes('Enrich: '))
    fc.assert(
      fc.property(note, (own) => {
        const once = mergeNote(own, 'first')
        expect(once.startsWith(own)).toBe(true)
        expect(mergeNote(once, 'second')).toBe(`${own}\nEnrich: second`)
      }),
    )
  })
})

describe('withoutOurLine', () => {
  it.each([
    ['', ''],
    ['Call in May', 'Call in May'],
    ['Enrich: new', ''],
    ['Enrich: new\nCall in May', 'Call in May'],
    ['Call in May\nEnrich: old\nEnrich: new', 'Call in May\nEnrich: old'],
  ])('%j becomes %j', (note, rest) => expect(withoutOurLine(note)).toBe(rest))

  it('undoes a merge into what a person wrote', () => {
    const note = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !text.includes('Enrich: '))
    fc.assert(fc.property(note, (own) => expect(withoutOurLine(mergeNote(own, 'new'))).toBe(own)))
  })
})
