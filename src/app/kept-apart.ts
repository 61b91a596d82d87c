import type { Host } from './host'

// Each row holds the decisions of one cluster; older ones are forgotten first.
const MOST_ROWS = 10_000

// A letter and hex digits: a hash that happens to look like a number must stay text in the tab.
const PAIR = /^p[0-9a-f]{16}$/

/** The pairs of rows of which somebody said that they are not the same, as hashes. */
export function loadKeptApart(host: Host): readonly string[] {
  return host
    .table('apart')
    .rows(0)
    .flatMap(([cell = '']) => cell.split(' ').filter((pair) => PAIR.test(pair)))
}

/** Remembers pairs that are not the same for later searches. */
export function keepApart(host: Host, pairs: readonly string[]): { readonly kept: number } {
  const known = pairs.filter((pair) => PAIR.test(pair))
  const table = host.table('apart')
  if (known.length > 0) table.add([known.join(' ')])
  host.sheets.flush()
  table.refresh()
  if (table.length() > MOST_ROWS) table.dropFirst(table.length() - MOST_ROWS)
  return { kept: known.length }
}
