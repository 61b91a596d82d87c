import type { Host } from './host'
import type { RunRow } from './prepare'

// Planned rows a cell: about 100 characters each, well under the 50,000 of a cell (platform.md section 1).
const PER_CELL = 200

/** Keeps the planned rows of a new run in place of those of the run before. */
export function savePlannedRows(host: Host, rows: readonly RunRow[]): void {
  const table = host.table('rows')
  const old = table.length()
  const cells: string[][] = []
  for (let from = 0; from < rows.length; from += PER_CELL) {
    const chunk = rows.slice(from, from + PER_CELL).map((row) => [row.base, row.inRun ? 1 : 0, row.planned])
    cells.push([JSON.stringify(chunk)])
  }
  table.append(cells)
  if (old > 0) table.dropFirst(old)
  host.sheets.flush()
}

/** The planned rows of the current run, in sheet order; what somebody damaged in the hidden tab is missing. */
export function loadPlannedRows(host: Host): readonly RunRow[] {
  return host
    .table('rows')
    .rows(0)
    .flatMap(([cell]) => readRows(cell ?? ''))
}

function readRows(cell: string): readonly RunRow[] {
  try {
    const rows = JSON.parse(cell) as readonly (readonly [string, 0 | 1, RunRow['planned']])[]
    return rows.map(([base, inRun, planned]) => ({ base, inRun: inRun === 1, planned }))
  } catch {
    return []
  }
}
