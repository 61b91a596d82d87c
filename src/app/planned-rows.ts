import type { Host, Table } from './host'
import type { RunRow } from './prepare'
import type { RunPlan } from './run-record'
import { knownSecret, makeSecret, seal, unseal } from './sealed'

// A cell holds 50,000 characters (platform.md section 1); the rest is for the checksum.
const CELL_CHARS = 45_000

// Rows looked at in one call when the plans of old runs are dropped.
const PAGE = 50

/** A run's plan as it is kept: how to find its columns and, in sheet order, its rows again. */
export interface KeptPlan {
  readonly plan: RunPlan
  readonly rows: readonly RunRow[]
}

/** Keeps the plan of a new run; returns the row of the hidden tab where it begins. */
export function savePlan(host: Host, { plan, rows }: KeptPlan): number {
  const table = host.table('rows')
  const secret = makeSecret(host)
  const from = table.length()
  const chunks = packed(rows.map((row) => JSON.stringify([row.base, row.inRun ? 1 : 0, row.planned])))
  table.append([JSON.stringify(plan), ...chunks].map((json) => [plan.id, seal(secret, json)]))
  host.sheets.flush()
  return from
}

/** The planned rows of a run whose plan begins at `from`; what somebody damaged in the hidden tab is missing. */
export function loadPlannedRows(
  host: Host,
  run: { readonly id: string; readonly planFrom: number },
): readonly RunRow[] {
  const [, ...chunks] = cellsOf(host, host.table('rows').rows(run.planFrom), run.id)
  return chunks.flatMap(readRows)
}

/** The whole plan of one of the last runs; undefined when somebody deleted or changed its beginning. */
export function loadPlan(host: Host, run: string): KeptPlan | undefined {
  const [head, ...chunks] = cellsOf(host, host.table('rows').rows(0), run)
  if (head === undefined) return undefined
  const plan = JSON.parse(head) as RunPlan | readonly unknown[]
  return 'targets' in plan ? { plan, rows: chunks.flatMap(readRows) } : undefined
}

/** Drops the rows of older runs from the front of a hidden tab whose first cells are ids of runs. */
export function dropOlder(table: Table, kept: ReadonlySet<string>): void {
  let count = 0
  for (;;) {
    const page = table.block(count, PAGE)
    const first = page.findIndex(([id]) => kept.has(id ?? ''))
    count += first < 0 ? page.length : first
    if (first >= 0 || page.length < PAGE) break
  }
  table.dropFirst(count)
}

/** JSON arrays of the items, in order, each short enough for a cell. */
export function packed(items: readonly string[]): readonly string[] {
  const cells: string[] = []
  let from = 0
  let size = 0
  items.forEach((item, index) => {
    if (size + item.length > CELL_CHARS) {
      cells.push(`[${items.slice(from, index).join(',')}]`)
      from = index
      size = 0
    }
    size += item.length + 1
  })
  if (from < items.length) cells.push(`[${items.slice(from).join(',')}]`)
  return cells
}

function cellsOf(host: Host, rows: readonly (readonly string[])[], run: string): readonly string[] {
  const secret = knownSecret(host)
  return rows.flatMap(([id, cell]) => {
    const json = id === run ? unseal(secret, cell ?? '') : undefined
    return json === undefined ? [] : [json]
  })
}

// The checksum is keyed with a secret of ours, so what passed it was written by us.
function readRows(json: string): readonly RunRow[] {
  const rows = JSON.parse(json) as readonly (readonly [string, 0 | 1, RunRow['planned']])[]
  return rows.map(([base, inRun, planned]) => ({ base, inRun: inRun === 1, planned }))
}
