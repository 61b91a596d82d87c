import { hashText } from '../../src/domain/hash'
import { cellState, decide, judge, whySentence } from '../../src/rules/decide'
import type { CellFacts, CellState, Decision, Judgement } from '../../src/rules/decide'

const JUDGEMENTS: readonly Judgement[] = ['none', 'below_threshold', 'invalid', 'good']
const keep = (why: Decision['why']): readonly Decision[] => JUDGEMENTS.map(() => ({ action: 'keep', why }))

// Every combination, written out: what a cell is x what was found for it, in the order of JUDGEMENTS.
const TABLE: { readonly [S in CellState]: readonly Decision[] } = {
  empty: [
    { action: 'keep', why: 'not_found' },
    { action: 'review', why: 'not_sure_enough' },
    { action: 'keep', why: 'does_not_work' },
    { action: 'write', why: 'filled' },
  ],
  verified_by_person: keep('edited_by_person'),
  found_here: keep('has_value'),
  ours: keep('filled_by_us'),
  formula: keep('has_formula'),
  protected: keep('is_protected'),
  error: keep('has_error'),
  rejecting: keep('would_reject'),
  merged: keep('is_merged'),
}
const STATES = Object.keys(TABLE) as readonly CellState[]
const ALL = STATES.flatMap((cell) => JUDGEMENTS.map((finding, index) => [cell, finding, TABLE[cell][index]!] as const))

describe('decide', () => {
  it.each(ALL)('%s x %s', (cell, finding, decision) => expect(decide(cell, finding, 'fill_empty')).toEqual(decision))

  it('covers 9 states x 4 judgements, and writes in exactly one of them', () => {
    const decisions = ALL.map(([cell, finding]) => decide(cell, finding, 'fill_empty'))
    expect(decisions).toHaveLength(36)
    expect(decisions.filter(({ action }) => action === 'write')).toHaveLength(1)
    expect(decisions.filter(({ action }) => action === 'review')).toHaveLength(1)
  })

  it('says every reason in a sentence of its own', () => {
    const sentences = [...new Set(ALL.map(([, , { why }]) => why))].map(whySentence)
    expect(sentences).toHaveLength(12)
    expect(new Set(sentences).size).toBe(12)
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}[^_]+\.$/u)
  })
})

describe('cellState', () => {
  const facts = (over: Partial<CellFacts>): CellFacts => ({
    cell: { text: '', kind: 'empty', formula: false },
    protected: false,
    rejecting: false,
    merged: false,
    ...over,
  })
  const filled = { text: 'Acme', kind: 'text', formula: false } as const
  const formula = { text: '', kind: 'empty', formula: true } as const
  const error = { text: '#N/A', kind: 'error', formula: false } as const

  it.each<[CellState, Partial<CellFacts>]>([
    ['empty', {}],
    ['empty', { lastWrittenHash: hashText('Acme') }],
    ['rejecting', { rejecting: true }],
    ['found_here', { cell: filled }],
    ['found_here', { cell: filled, rejecting: true }],
    ['ours', { cell: filled, lastWrittenHash: hashText('Acme') }],
    ['verified_by_person', { cell: filled, lastWrittenHash: hashText('acme') }],
    ['formula', { cell: formula }],
    ['formula', { cell: { ...error, formula: true } }],
    ['error', { cell: error }],
    ['merged', { merged: true, cell: formula }],
    ['protected', { protected: true, merged: true, cell: filled }],
  ])('%s: %j', (state, over) => expect(cellState(facts(over))).toBe(state))
})

describe('judge', () => {
  it.each<[Judgement, Parameters<typeof judge>[0]]>([
    ['none', undefined],
    ['good', { confidence: 0.7 }],
    ['good', { confidence: 1, status: 'accept_all' }],
    ['below_threshold', { confidence: 0.69, status: 'valid' }],
    ['below_threshold', { confidence: NaN }],
    ['invalid', { confidence: 1, status: 'invalid' }],
    ['invalid', { confidence: 0, status: 'invalid' }],
  ])('%s: %j at a threshold of 0.7', (judgement, finding) => expect(judge(finding, 0.7)).toBe(judgement))
})
