import type { Grid } from '../sheet/grid'
import { hiddenRows } from '../sheet/hidden'
import type { Host } from './host'

// Safety S22: what cannot be worked out from the filter's criteria costs a call a row; beyond this many it is not told.
const MAX_HIDDEN_CALLS = 500

/**
 * The sheet rows that the filter of a tab hides among some; undefined when that cannot be told cheaply. `grid` begins at
 * the sheet row `from`.
 */
export function readHidden(
  host: Host,
  sheet: number,
  { grid, from, rows }: { readonly grid: Grid; readonly from: number; readonly rows: readonly number[] },
): readonly number[] | undefined {
  const filter = host.sheets.filter(sheet)
  if (!filter || filter.criteria.length === 0) return []
  const { area, criteria } = filter
  // Rows that were added under a filter are not filtered by it.
  const first = Math.max(from, area.row + 1)
  const hidden = hiddenRows(criteria, grid.slice(first - from, Math.max(0, area.row + area.rows - from)))
  if (hidden) return hidden.map((row) => row + first)
  return rows.length > MAX_HIDDEN_CALLS ? undefined : rows.filter((row) => host.sheets.isHiddenByFilter(sheet, row))
}
