import type { Table } from './host'

/** Changes rows of a hidden tab in place, one write each. A change that comes to the same row writes nothing. */
export function rewriteRows(table: Table, change: (cells: readonly string[]) => readonly string[]): void {
  for (const [at, cells] of table.rows(0).entries()) {
    const next = change(cells)
    if (next !== cells) table.replace(at, [next])
  }
}
