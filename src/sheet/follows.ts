import { columnIndex } from './a1'
import type { CellRead, Grid } from './grid'

// Texts and cells of other tabs stay; what is left refers to cells, ranges or whole columns of this one.
const REFERENCES =
  /"[^"]*"|(?:'[^']*'|[\w.]+)![$A-Z0-9:]+|(?<![\w.$])\$?([A-Z]{1,3})(?:\$?\d+(?::\$?([A-Z]{1,3})\$?\d*)?|:\$?([A-Z]{1,3}))(?![\w.(])/g

const NONE: ReadonlySet<number> = new Set()

/** Tells at which columns the formula of a cell looks, or the one that fills it, also by way of other formulas. */
export function columnsFollowed(grid: Grid): (cell: CellRead) => ReadonlySet<number> {
  // The formulas of a column differ in their numbers alone.
  const known = new Map<string, ReadonlySet<number>>()
  const directly = (source: string): ReadonlySet<number> => {
    const key = source.replace(/\d+/g, '0')
    const columns = known.get(key) ?? columnsIn(source)
    known.set(key, columns)
    return columns
  }
  let byColumn: ReadonlyMap<number, ReadonlySet<number>> | undefined
  const whole = new Map<ReadonlySet<number>, ReadonlySet<number>>()
  const follow = (first: ReadonlySet<number>): ReadonlySet<number> => {
    byColumn ??= columnsOf(grid, directly)
    const all = new Set(first)
    // What is added on the way is looked at too.
    for (const column of all) for (const next of byColumn.get(column) ?? NONE) all.add(next)
    return all
  }
  return (cell) => {
    const source = sourceOf(cell)
    if (source === undefined) return NONE
    const first = directly(source)
    const all = whole.get(first) ?? follow(first)
    whole.set(first, all)
    return all
  }
}

function sourceOf({ formula, exact, under }: CellRead): string | undefined {
  return formula ? String(exact) : under
}

function columnsOf(
  grid: Grid,
  directly: (source: string) => ReadonlySet<number>,
): ReadonlyMap<number, ReadonlySet<number>> {
  const columns = new Map<number, Set<number>>()
  for (const cells of grid)
    for (const [column, cell] of cells.entries()) {
      const source = sourceOf(cell)
      if (source === undefined) continue
      const own = columns.get(column) ?? new Set()
      columns.set(column, own)
      for (const one of directly(source)) own.add(one)
    }
  return columns
}

function columnsIn(source: string): ReadonlySet<number> {
  const columns = new Set<number>()
  for (const [, first, last, whole] of source.matchAll(REFERENCES)) {
    if (first === undefined) continue
    const [from, to] = [first, last ?? whole ?? first].map(columnIndex).sort((a, b) => a - b)
    for (let column = from!; column <= to!; column++) columns.add(column)
  }
  return columns
}
