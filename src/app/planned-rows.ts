import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import type { CellState, Held } from '../rules/decide'
import type { PlannedRow } from '../sheet/row-key'
import type { SearchUsed } from './api-types'
import type { Host, Table } from './host'
import type { RunPlan } from './run-record'
import { loadRun, saveRun } from './run-record'
import { formatOf } from './stored'
import { overwriteSchema } from './waterfalls'
import { newerProblem, parseJson, readVersioned } from './versions'
import { rewriteRows } from './rewrite-rows'
import { knownSecret, makeSecret, seal, unseal } from './sealed'

/** How much is packed into a cell, which holds 50,000 characters (platform.md section 1): the rest is for the checksum. */
export const CELL_CHARS = 45_000

// Rows looked at in one call when the plans of old runs are dropped.
const PAGE = 50

/** A value that a run may replace, as it stood when the run was planned. */
export interface Replaced {
  /** Of its text, as `shortHash` makes it: as long as it stands there nobody has changed the cell. */
  readonly hash: string
  readonly state: Extract<CellState, 'found_here' | 'ours'>
  readonly held: Held
  /** How sure it was, where that is known. */
  readonly confidence?: number | undefined
}

/** The values of one row that a run may replace. */
export type ReplacedIn = { readonly [F in Field]?: Replaced }

/** The row, of the sheet or of a plan, whose details a repeat is asked about with, and for what. */
export interface Like {
  readonly row: number
  readonly fields: readonly Field[]
}

/** One planned row: how to find it again, and whether the run works on it or it only stands beside an equal one. */
export interface RunRow extends PlannedRow {
  readonly inRun: boolean
  /** Where its last writes are kept for runs that want other fields, unless that is its `base`. */
  readonly who?: string
  /** What its wanted cells hold that the run may replace: no part of what tells the row from others. */
  readonly replaces?: ReplacedIn
  /** Of a repeat: which planned row is asked about in its stead. */
  readonly like?: Like
}

/** A run's plan as it is kept: how to find its columns and, in sheet order, its rows again. */
export interface KeptPlan {
  readonly plan: RunPlan
  readonly rows: readonly RunRow[]
}

/** Keeps the plan of a new run, with how it searches; returns the row of the hidden tab where it begins. */
export function savePlan(
  host: Host,
  { plan, rows, searches }: KeptPlan & { readonly searches: readonly SearchUsed[] },
): number {
  const table = host.table('rows')
  const secret = makeSecret(host)
  const from = table.length()
  const chunks = packed(rows.map((row) => packedRow(row)))
  const cells = [JSON.stringify({ version: 1, ...plan, searches }), ...chunks]
  table.append(cells.map((json, at) => [plan.id, seal(secret, json), placeIn(at, cells)]))
  host.sheets.flush()
  return from
}

function packedRow({ base, inRun, planned, who, replaces, like }: RunRow): string {
  const more = who !== undefined || replaces || like ? [{ who, replaces, like }] : []
  return JSON.stringify([base, inRun ? 1 : 0, planned, ...more])
}

// By its place a row is meant, so a cell that is missing or stands elsewhere would make other rows of all that follow. The
// words are no number and no date to a tab that lost its text format.
function placeIn(at: number, cells: readonly unknown[]): string {
  return `${at} of ${cells.length}`
}

/** The cells of a plan in their order; none when somebody took one away, moved or changed one. Older ones have no places. */
function planCells(host: Host, id: string, from = 0): readonly string[] {
  const rows = host
    .table('rows')
    .rows(from)
    .filter(([of]) => of === id)
  const cells = cellsOf(host, rows, id)
  const isPlace = ([, , place = '']: readonly string[], at: number) => place === '' || place === placeIn(at, rows)
  return cells.length === rows.length && rows.every(isPlace) ? cells : []
}

/** The planned rows of a run whose plan begins at `planFrom`; none when somebody damaged it in the hidden tab. */
export function loadPlannedRows(
  host: Host,
  run: { readonly id: string; readonly planFrom: number },
): readonly RunRow[] {
  const [head, ...chunks] = planCells(host, run.id, run.planFrom)
  // It moved up where those of older runs were dropped since, for a merge or a start that failed.
  return readPlan(head) ? chunks.flatMap(readRows) : (loadPlan(host, run.id)?.rows ?? [])
}

/** The whole plan of one of the last runs; undefined when somebody deleted or changed a part of it. */
export function loadPlan(host: Host, run: string): KeptPlan | undefined {
  const [head, ...chunks] = planCells(host, run)
  const plan = readPlan(head)
  return plan && { plan, rows: chunks.flatMap(readRows) }
}

/** How one of the last runs searched for its fields, as its plan says, whose checksum none but us can write. */
export function searchesUsed(host: Host, run: string): readonly SearchUsed[] {
  const [head = ''] = cellsOf(host, host.table('rows').rows(0), run)
  return (parseJson(head) as { readonly searches?: readonly SearchUsed[] } | undefined)?.searches ?? []
}

/** The planned rows that some of their hashes tell of, by run and position. */
export function findPlanned(host: Host, is: (hash: string) => boolean): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>()
  const counts = new Map<string, number>()
  const secret = knownSecret(host)
  for (const [run = '', cell = ''] of host.table('rows').rows(0)) {
    for (const row of readRows(unseal(secret, cell) ?? '')) {
      const position = counts.get(run) ?? 0
      counts.set(run, position + 1)
      if (isTold(row, is)) found.set(run, (found.get(run) ?? new Set()).add(position))
    }
  }
  return found
}

/** Blanks planned rows where they stand: they are never found in the sheet again, and the others keep their places. */
export function blankPlanned(host: Host, is: (hash: string) => boolean): void {
  const secret = knownSecret(host)
  rewriteRows(host.table('rows'), (cells) => {
    const [run = '', cell = '', ...place] = cells
    const rows = readRows(unseal(secret, cell) ?? '')
    if (!rows.some((row) => isTold(row, is))) return cells
    const kept = rows.map((row) => packedRow(isTold(row, is) ? { base: '', inRun: row.inRun, planned: {} } : row))
    return [run, seal(secret, `[${kept.join(',')}]`), ...place]
  })
}

function isTold({ base, who }: RunRow, is: (hash: string) => boolean): boolean {
  return is(base) || (who !== undefined && is(who))
}

// Throws a Problem for a plan of a newer version: its rows may mean something else.
function readPlan(head: string | undefined): RunPlan | undefined {
  if (head === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const column = z.object({
    field: z.string(),
    header: z.string(),
    column: z.number(),
    twin: z.optional(z.string()),
  })
  const schema = z.object({
    id: z.string(),
    sheet: z.number(),
    sheetName: z.string(),
    wanted: z.array(z.string()),
    columns: z.array(column),
    targets: z.array(column),
    headerRow: z.number(),
    added: z.array(z.string()),
    overwrite: z.optional(z.record(z.string(), overwriteSchema())),
  })
  const read = readVersioned(
    formatOf(schema, (plan) => plan as RunPlan),
    head,
  )
  if (read.kind === 'newer') throw newerProblem()
  return read.kind === 'read' ? read.value : undefined
}

/** Drops the plans and the writes of all runs but those that are kept; the caller holds the lock, or no run works. */
export function dropOlder(host: Host, kept: ReadonlySet<string>): void {
  dropFrom(host.table('rows'), kept)
  const dropped = dropFrom(host.table('writes'), kept)
  const run = dropped > 0 ? loadRun(host) : undefined
  if (run) saveRun(host, { ...run, confirmed: Math.max(0, run.confirmed - dropped) })
}

// From the front of a hidden tab whose first cells are ids of runs; returns how many rows.
function dropFrom(table: Table, kept: ReadonlySet<string>): number {
  let count = 0
  for (;;) {
    const page = table.block(count, PAGE)
    const first = page.findIndex(([id]) => kept.has(id ?? ''))
    count += first < 0 ? page.length : first
    if (first >= 0 || page.length < PAGE) break
  }
  table.dropFirst(count)
  return count
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

/** The JSON of the rows of a hidden tab that begin with an id; what somebody changed is left out. */
export function cellsOf(host: Host, rows: readonly (readonly string[])[], id: string): readonly string[] {
  const secret = knownSecret(host)
  return rows.flatMap(([of, cell]) => {
    const json = of === id ? unseal(secret, cell ?? '') : undefined
    return json === undefined ? [] : [json]
  })
}

function readRows(json: string): readonly RunRow[] {
  const z = require('zod/mini') as typeof Zod
  const schema = z.array(
    z.tuple(
      [z.string(), z.number(), z.record(z.string(), z.unknown())],
      z.object({
        who: z.optional(z.string()),
        replaces: z.optional(z.record(z.string(), z.unknown())),
        like: z.optional(z.object({ row: z.number(), fields: z.array(z.string()) })),
      }),
    ),
  )
  const read = z.safeParse(schema, parseJson(json))
  if (!read.success) return []
  return read.data.map(([base, inRun, planned, more]): RunRow => ({
    base,
    inRun: inRun === 1,
    planned: planned as RunRow['planned'],
    ...(more as Pick<RunRow, 'who' | 'replaces' | 'like'> | undefined),
  }))
}
