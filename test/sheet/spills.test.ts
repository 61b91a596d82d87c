import type { CellRead } from '../../src/sheet/grid'
import { markSpills } from '../../src/sheet/spills'

const empty: CellRead = { text: '', kind: 'empty', formula: false }
const text = (value: string): CellRead => ({ text: value, kind: 'text', formula: false })
const formula = (exact: string, kind: CellRead['kind'] = 'text'): CellRead => ({
  text: 'x',
  kind,
  formula: true,
  exact,
})

describe('an empty cell below', () => {
  it.each<[string, CellRead, boolean]>([
    ['a typed text', text('x'), false],
    ['a sum', formula('=SUM(A1:A9)'), false],
    ['a look-up of one value', formula('=IFERROR(VLOOKUP(A2,B:C,2,0),"")'), false],
    ['a formula of ours for one cell', formula('=ENRICH_EMAIL(A2)'), false],
    ['a formula of ours for a range', formula('=ENRICH_EMAIL(A2:B4, C2:C4)'), true],
    ['the same in small letters', formula('=enrich_email(A2:B4)'), true],
    ['an array formula', formula('=ARRAYFORMULA(A2:A&"x")'), true],
    ['a filter inside another function', formula('=IFERROR(FILTER(A2:A, B2:B="x"))'), true],
    ['an import', formula('=IMPORTRANGE("https://example.com", "A1:C9")'), true],
    ['an array in braces', formula('={A2:A9}'), true],
    ['a query', formula('= query(A:C, "select A")'), true],
    ['an array formula that could not be expanded', formula('=UNIQUE(A2:A)', 'error'), false],
    ['a function whose name contains one of these', formula('=MYSORTED(A2)'), false],
  ])('%s', (_, above, spilled) => {
    const [, below, further, beside] = markSpills([
      [above, empty],
      [empty, empty],
      [text('typed'), empty],
      [empty, empty],
    ]).map(([cell, right]) => [cell?.spill === true, right?.spill === true])
    expect([below, further, beside]).toEqual([
      [spilled, false],
      [false, false],
      [spilled, false],
    ])
  })

  it('another formula is that one alone', () => {
    const marked = markSpills([[formula('=UNIQUE(B:B)')], [empty], [formula('=A1&"x"')], [empty]])
    expect(marked.map(([cell]) => cell?.spill === true)).toEqual([false, true, false, false])
  })
})
