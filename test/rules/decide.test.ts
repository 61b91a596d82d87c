import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { hashText } from '../../src/domain/hash'
import { cellState, decide, isWorthAsking, judge, whySentence } from '../../src/rules/decide'
import type { CellFacts, CellState, Decision, Held, Judgement, RuleKind } from '../../src/rules/decide'

// A name that is missing here, or one too many, does not compile: the unions are closed.
const STATE_WORDS: { readonly [S in CellState]: string } = {
  empty: 'empty',
  verified_by_person: 'verified by a person: accepted in Review, or changed after we filled it',
  found_here: 'found here: filled before us, nobody knows by whom',
  ours: 'ours: as we filled it',
  formula: 'a formula',
  protected: 'protected',
  error: 'an error such as #N/A',
  rejecting: 'empty, with a data validation that refuses the value',
  merged: 'merged with others',
}
const HELD_WORDS: { readonly [H in Held]: string } = {
  fine: 'nothing against it',
  old: 'older than the rule wants',
  invalid: 'proved invalid',
}
const JUDGEMENT_WORDS: { readonly [J in Judgement]: string } = {
  none: 'nothing',
  below_threshold: 'something not sure enough',
  invalid: 'something that does not work',
  good: 'a good value',
  better: 'a good value, surer than ours by the margin',
  same: 'the value that stands there',
  chosen: 'a value that a person accepted',
  rejected: 'a value that a person rejected',
}
const RULE_WORDS: { readonly [R in RuleKind]: string } = {
  fill_empty: 'Fill empty cells only',
  more_confident: 'Also replace ours when surer',
  refresh: 'Also refresh ours when old',
  replace_invalid: 'Also replace what was proved invalid',
  beside: 'Put better values beside',
  never: 'Never fill',
}
const names = <T extends string>(words: { readonly [N in T]: string }) =>
  Object.keys(words) as readonly string[] as readonly T[]
const [STATES, HELD, JUDGEMENTS, RULES] = [
  names(STATE_WORDS),
  names(HELD_WORDS),
  names(JUDGEMENT_WORDS),
  names(RULE_WORDS),
]

interface Combination {
  readonly state: CellState
  readonly held: Held
  readonly finding: Judgement
  readonly rule: RuleKind
}
const ALL: readonly Combination[] = STATES.flatMap((state) =>
  HELD.flatMap((held) =>
    JUDGEMENTS.flatMap((finding) => RULES.map((rule): Combination => ({ state, held, finding, rule }))),
  ),
)
const decided = ({ state, held, finding, rule }: Combination) => decide({ state, held }, finding, rule)

/** When a value goes beside, said a second time and in another way than the table says it. */
function mayWriteBeside(one: Combination): boolean {
  const { state, finding, rule } = one
  const isFilled = state === 'found_here' || state === 'ours'
  if (finding === 'chosen') return isFilled && rule === 'beside'
  const isBetter = finding === 'better' || (finding === 'good' && state === 'found_here')
  return isFilled && isBetter && rule !== 'never' && !mayReplace(one)
}

/** Whether a rule allows a value as good as this to take the place of one that stands there. */
function mayReplace({ state, held, finding, rule }: Combination): boolean {
  switch (rule) {
    case 'replace_invalid':
      return held === 'invalid'
    case 'refresh':
      return state === 'ours' && held === 'old'
    case 'more_confident':
      return state === 'ours' && finding === 'better'
    case 'fill_empty':
    case 'beside':
    case 'never':
      return false
  }
}

/** When a cell is written, said a second time and in another way than the table says it. */
function mayWrite(one: Combination): boolean {
  const { state, finding, rule } = one
  const isFilled = state === 'found_here' || state === 'ours'
  if (finding === 'chosen') return state === 'empty' || (isFilled && rule !== 'beside')
  const isGood = finding === 'good' || finding === 'better'
  if (!isGood || rule === 'never') return false
  return state === 'empty' || (isFilled && mayReplace(one))
}

describe('decide', () => {
  it('knows all 9 states x 3 x 8 findings x 6 rules, and says why in a sentence', () => {
    expect(ALL).toHaveLength(1296)
    for (const one of ALL) {
      const { action, why } = decided(one)
      expect(['write', 'keep', 'review', 'write_beside']).toContain(action)
      expect(whySentence(why)).toMatch(/^\p{Lu}[^_]+\.$/u)
    }
    const count = (action: Decision['action']) => ALL.filter((one) => decided(one).action === action).length
    expect(['write', 'review', 'keep', 'write_beside'].map((one) => count(one as Decision['action']))).toEqual([
      87, 21, 1144, 44,
    ])
  })

  it('writes exactly where a rule allows it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), (one) => {
        expect({ ...one, action: decided(one).action === 'write' }).toEqual({ ...one, action: mayWrite(one) })
      }),
      { numRuns: 5 * ALL.length },
    )
    expect(ALL.filter((one) => mayWrite(one) !== (decided(one).action === 'write'))).toEqual([])
    expect(ALL.filter((one) => mayWriteBeside(one) !== (decided(one).action === 'write_beside'))).toEqual([])
  })

  it('keeps what a person verified, whatever is found and whatever the rule', () => {
    const theirs = ALL.filter(({ state }) => state === 'verified_by_person')
    expect(new Set(theirs.map((one) => JSON.stringify(decided(one))))).toEqual(
      new Set([JSON.stringify({ action: 'keep', why: 'edited_by_person' })]),
    )
  })

  it('never writes what a person rejected, and never what does not work', () => {
    const bad = ALL.filter(({ finding }) =>
      ['rejected', 'invalid', 'none', 'below_threshold', 'same'].includes(finding),
    )
    expect(bad.filter((one) => decided(one).action === 'write')).toEqual([])
  })

  it('asks for a cell only if something would be written there, or beside it by the rule that asks for that', () => {
    const asks = (rule: RuleKind): readonly string[] => (rule === 'beside' ? ['write', 'write_beside'] : ['write'])
    for (const { state, held, rule } of ALL) {
      const some = JUDGEMENTS.filter((one) => one !== 'chosen').map((one) => decide({ state, held }, one, rule).action)
      expect(isWorthAsking({ state, held }, rule)).toBe(some.some((action) => asks(rule).includes(action)))
    }
  })

  it('puts a better value beside wherever no rule allows it to replace, unless the column is to be left alone', () => {
    const better = ALL.filter(
      ({ state, finding }) =>
        (state === 'ours' && finding === 'better') || (state === 'found_here' && finding === 'good'),
    )
    for (const one of better) {
      const expected = one.rule === 'never' ? 'keep' : mayReplace(one) ? 'write' : 'write_beside'
      expect({ ...one, action: decided(one).action }).toEqual({ ...one, action: expected })
    }
  })

  it('says every reason in a sentence of its own', () => {
    const reasons = [...new Set(ALL.map((one) => decided(one).why))]
    expect(new Set(reasons.map(whySentence)).size).toBe(reasons.length)
    expect(reasons).toHaveLength(23)
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
    ['empty', { last: { hash: hashText('Acme') } }],
    ['rejecting', { rejecting: true }],
    ['found_here', { cell: filled }],
    ['found_here', { cell: filled, rejecting: true }],
    ['ours', { cell: filled, last: { hash: hashText('Acme') } }],
    ['verified_by_person', { cell: filled, last: { hash: hashText('acme') } }],
    ['verified_by_person', { cell: filled, last: { hash: hashText('Acme'), chosen: true } }],
    ['found_here', { cell: filled, last: { hash: hashText('Acme'), found: true } }],
    ['verified_by_person', { cell: filled, last: { hash: hashText('acme'), found: true } }],
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

const ACTIONS: { readonly [A in Decision['action']]: string } = {
  write: 'write',
  keep: 'keep',
  review: 'review',
  write_beside: 'write beside',
}

/** Rules and what is known of the value, as far as they make a difference for a cell, each with its decisions. */
function linesOf(state: CellState): readonly string[] {
  const row = (rule: RuleKind, held: Held) => JUDGEMENTS.map((finding) => decide({ state, held }, finding, rule))
  const groups = new Map<string, { rules: RuleKind[]; held: Held[]; row: readonly Decision[] }>()
  for (const rule of RULES) {
    const byRow = new Map<string, Held[]>()
    for (const held of HELD) {
      const key = JSON.stringify(row(rule, held))
      byRow.set(key, [...(byRow.get(key) ?? []), held])
    }
    for (const [key, held] of byRow) {
      const id = `${held.join(' ')} ${key}`
      const group = groups.get(id) ?? { rules: [], held, row: row(rule, held[0]!) }
      group.rules.push(rule)
      groups.set(id, group)
    }
  }
  const listed = <T extends string>(some: readonly T[], all: readonly T[], words: { readonly [N in T]: string }) =>
    some.length === all.length ? 'any' : some.map((one) => words[one]).join('; ')
  return [...groups.values()].flatMap(({ rules, held, row: decisions }) => {
    const byDecision = new Map<string, Judgement[]>()
    decisions.forEach(({ action, why }, index) => {
      const key = `**${ACTIONS[action]}** | ${whySentence(why)}`
      byDecision.set(key, [...(byDecision.get(key) ?? []), JUDGEMENTS[index]!])
    })
    return [...byDecision].map(
      ([what, findings]) =>
        `| ${listed(rules, RULES, RULE_WORDS)} | ${listed(held, HELD, HELD_WORDS)} | ${listed(findings, JUDGEMENTS, JUDGEMENT_WORDS)} | ${what} |`,
    )
  })
}

const PAGE = join(__dirname, '../../docs/overwrite-rules.md')
const HEAD = [
  '| rule of the field | the value that stands there | what was found | decision | why |',
  '| --- | --- | --- | --- | --- |',
]
/** Without the spaces that align its columns. */
const plain = (text: string) => text.replace(/ *\| */g, '|').replace(/-{3,}/g, '---')

/** The page with the table as the code says it; what stands before the first heading is written by hand. */
function pageOf(page: string): string {
  const title = (state: CellState) => `## The cell is ${STATE_WORDS[state]}`
  const sections = STATES.map((state) => [title(state), '', ...HEAD, ...linesOf(state)].join('\n'))
  return `${page.slice(0, page.indexOf('\n## '))}\n${sections.join('\n\n')}\n`
}

test('docs/overwrite-rules.md is the table (UPDATE_DOCS=1 writes it)', () => {
  const page = readFileSync(PAGE, 'utf8')
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, pageOf(page))
  expect(plain(readFileSync(PAGE, 'utf8'))).toBe(plain(pageOf(page)))
})
