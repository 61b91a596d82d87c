import fc from 'fast-check'
import { toBlocks } from '../../src/sheet/blocks'
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
