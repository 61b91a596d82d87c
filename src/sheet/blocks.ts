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

// Results that lie further apart are written apart: nobody's blank cells are touched without need.
const MOST_BETWEEN = 500

/**
 * The cells to write along so that scattered writes become few blocks: all between the first and the last row of writes
 * that lie near each other, in each of their columns. `held` says what such a cell holds, and undefined for one that may
 * not be written: there the column is split (safety S7).
 */
export function cellsBetween(
  writes: readonly Pick<CellWrite, 'row' | 'column'>[],
  held: (row: number, column: number) => string | undefined,
): readonly CellWrite[] {
  return clusters(writes).flatMap((cluster) => {
    const first = cluster[0]!.row
    const last = cluster[cluster.length - 1]!.row
    const columns = groupByColumn(cluster)
    return [...columns].flatMap(([column, rows]) => {
      const between: CellWrite[] = []
      let piece: CellWrite[] = []
      let isWritten = false
      const close = () => {
        if (isWritten) between.push(...piece)
        piece = []
        isWritten = false
      }
      for (let row = first; row <= last; row++) {
        if (rows.has(row)) {
          isWritten = true
          continue
        }
        const text = held(row, column)
        if (text === undefined) close()
        else piece.push({ row, column, text })
      }
      close()
      return between
    })
  })
}

function clusters<T extends { readonly row: number }>(writes: readonly T[]): readonly (readonly T[])[] {
  const found: T[][] = []
  for (const write of [...writes].sort((a, b) => a.row - b.row)) {
    const last = found[found.length - 1]
    if (last && write.row - last[last.length - 1]!.row <= MOST_BETWEEN) last.push(write)
    else found.push([write])
  }
  return found
}

function groupByColumn(cells: readonly Pick<CellWrite, 'row' | 'column'>[]): ReadonlyMap<number, ReadonlySet<number>> {
  const columns = new Map<number, Set<number>>()
  for (const { row, column } of cells) columns.set(column, (columns.get(column) ?? new Set()).add(row))
  return columns
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
