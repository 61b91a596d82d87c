import type { Block } from './grid'

/** One cell to write; zero-based. */
export type CellWrite = { readonly row: number; readonly column: number; readonly text: string }

/**
 * The blocks that cover exactly the cells to write and no other (safety S8). `runs`: vertical runs of one column;
 * `areas`: runs of adjacent columns that cover the same rows are one block. Of two writes to one cell the last counts.
 */
export function toBlocks(
  writes: readonly CellWrite[],
  options: { readonly contiguous: 'areas' | 'runs' },
): readonly Block[] {
  const columns = new Map<number, Map<number, string>>()
  for (const { row, column, text } of writes) {
    const cells = columns.get(column) ?? new Map<number, string>()
    columns.set(column, cells.set(row, text))
  }
  const open = new Map<string, { row: number; column: number; texts: string[][] }>()
  const blocks: { row: number; column: number; texts: string[][] }[] = []
  for (const [column, cells] of sorted(columns)) {
    for (const { row, texts } of runs(cells)) {
      const place = (last: number) => `${last}:${row}:${texts.length}`
      const left = options.contiguous === 'areas' ? open.get(place(column - 1)) : undefined
      const block = left ?? { row, column, texts: texts.map(() => []) }
      block.texts.forEach((line, index) => line.push(texts[index]!))
      if (!left) blocks.push(block)
      open.set(place(column), block)
    }
  }
  return blocks
}

function runs(cells: ReadonlyMap<number, string>): readonly { row: number; texts: string[] }[] {
  const found: { row: number; texts: string[] }[] = []
  for (const [row, text] of sorted(cells)) {
    const last = found[found.length - 1]
    // protects: 5
    if (!last || last.row + last.texts.length !== row) {
      found.push({ row, texts: [text] })
      continue
    }
    last.texts.push(text)
  }
  return found
}

function sorted<T>(map: ReadonlyMap<number, T>): readonly (readonly [number, T])[] {
  return [...map].sort(([a], [b]) => a - b)
}
