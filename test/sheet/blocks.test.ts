import fc from 'fast-check'
import { cellsBetween, toBlocks } from '../../src/sheet/blocks'
import type { CellWrite } from '../../src/sheet/blocks'
import type { Block } from '../../src/sheet/grid'

const cellsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) =>
    block.texts.flatMap((line, row) =>
      line.map((text, column) => `${block.row + row}/${block.column + column}/${text}`),
    ),
  )

const writes = fc.uniqueArray(fc.record({ row: fc.nat(12), column: fc.nat(6), text: fc.string({ maxLength: 3 }) }), {
  selector: ({ row, column }) => `${row}/${column}`,
  maxLength: 60,
})

describe('toBlocks', () => {
  it.each(['areas', 'runs'] as const)('%s: the blocks are the writes exactly, each cell once', (contiguous) => {
    fc.assert(
      fc.property(writes, (cells) => {
        const expected = cells.map(({ row, column, text }) => `${row}/${column}/${text}`)
        expect(cellsOf(toBlocks(cells, { contiguous })).sort()).toEqual(expected.sort())
      }),
    )
  })

  it('does not depend on the order of writes', () => {
    fc.assert(
      fc.property(writes, (cells) => {
        expect(toBlocks([...cells].reverse(), { contiguous: 'areas' })).toEqual(
          toBlocks(cells, { contiguous: 'areas' }),
        )
      }),
    )
  })

  it('makes one block of a full rectangle, and one run a column', () => {
    const size = fc.record({ rows: fc.integer({ min: 1, max: 9 }), columns: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(size, fc.nat(50), ({ rows, columns }, from) => {
        const cells: CellWrite[] = []
        for (let row = 0; row < rows; row += 1)
          for (let column = 0; column < columns; column += 1) cells.push({ row: from + row, column, text: 'x' })
        expect(toBlocks(cells, { contiguous: 'areas' })).toHaveLength(1)
        expect(toBlocks(cells, { contiguous: 'runs' })).toHaveLength(columns)
      }),
    )
  })

  it('never joins runs of different rows', () => {
    const cells = [
      { row: 1, column: 0, text: 'a' },
      { row: 2, column: 0, text: 'b' },
      { row: 2, column: 1, text: 'c' },
      { row: 4, column: 0, text: 'd' },
    ]
    expect(toBlocks(cells, { contiguous: 'areas' })).toEqual([
      { row: 1, column: 0, texts: [['a'], ['b']] },
      { row: 4, column: 0, texts: [['d']] },
      { row: 2, column: 1, texts: [['c']] },
    ])
  })

  it('takes the last of two writes to one cell', () => {
    const cells = ['first', 'last'].map((text) => ({ row: 0, column: 0, text }))
    expect(toBlocks(cells, { contiguous: 'runs' })).toEqual([{ row: 0, column: 0, texts: [['last']] }])
  })

  it('writes 100,000 rows in one call', () => {
    const cells = Array.from({ length: 100_000 }, (_, row) => ({ row, column: 3, text: `${row}` }))
    expect(toBlocks(cells, { contiguous: 'runs' })).toHaveLength(1)
  })
})

describe('cellsBetween', () => {
  const place = ({ row, column }: { readonly row: number; readonly column: number }) => `${row}/${column}`
  const barred = fc.uniqueArray(fc.record({ row: fc.nat(12), column: fc.nat(6) }), { selector: place, maxLength: 20 })

  it('adds only cells that may be, in columns of writes, and each of its blocks holds a write', () => {
    fc.assert(
      fc.property(writes, barred, (cells, closed) => {
        const shut = new Set(closed.map(place))
        const between = cellsBetween(cells, (row, column) =>
          shut.has(place({ row, column })) ? undefined : 'as it is',
        )
        const targets = new Set(cells.map(place))
        expect(between.filter((cell) => targets.has(place(cell)) || shut.has(place(cell)))).toEqual([])
        expect(new Set(between.map(place)).size).toBe(between.length)
        for (const { row, column, texts } of toBlocks([...cells, ...between], { contiguous: 'runs' }))
          expect(texts.some((_, index) => targets.has(place({ row: row + index, column })))).toBe(true)
      }),
    )
  })

  it('makes one block of scattered writes in columns side by side', () => {
    const cells = [
      { row: 3, column: 1, text: 'a' },
      { row: 9, column: 2, text: 'b' },
      { row: 14, column: 1, text: 'c' },
    ]
    const [block, ...others] = toBlocks([...cells, ...cellsBetween(cells, () => '')], { contiguous: 'areas' })
    expect(others).toEqual([])
    expect(block).toMatchObject({ row: 3, column: 1, texts: { length: 12 } })
  })

  it('leaves what lies far between alone', () => {
    const cells = [0, 501, 1_003].map((row) => ({ row, column: 0, text: 'x' }))
    expect(cellsBetween(cells, () => '')).toEqual([])
    expect(cellsBetween(cells.slice(0, 2).concat({ row: 500, column: 0, text: 'x' }), () => '')).toHaveLength(499)
  })
})
