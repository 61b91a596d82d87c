import type { CellRead } from '../sheet/grid'
import type { Host } from './host'
import { knownSecret, makeSecret, seal, unseal } from './sealed'

/** What a cell holds, with its format. */
export interface SavedCell extends CellRead {
  readonly format: string
}

/** A cell of the row that stays: what it held, and what it holds after the merge. */
export interface ChangedCell {
  readonly column: number
  readonly before: SavedCell
  readonly after: SavedCell
  /** What our line of its note says from then on, and what it said before; empty for none. */
  readonly line?: string | undefined
  readonly was?: string | undefined
}

/** A row that is moved away. */
export interface MovedRow {
  readonly row: number
  readonly cells: readonly SavedCell[]
  readonly notes: readonly string[]
  /** Rows of these very texts that are in the list once the batch is done, beside those that stay for a group. */
  readonly left: number
}

/** One group as it is merged: enough to end it, or to undo it, in another execution. */
export interface MergedGroup {
  readonly keep: {
    readonly row: number
    readonly texts: readonly string[]
    readonly cells: readonly ChangedCell[]
    /** Columns that say nothing about which row it is: what a formula spilled there may go. */
    readonly loose?: readonly number[]
    /** What the columns of the list were, as `placesPrint` names them; unknown for formulas, which move no rows. */
    readonly mark?: string
    /** Cells that a formula of the batch may have filled: what is empty once it is gone gets its text back. */
    readonly spilled?: readonly (SavedCell & Pick<ChangedCell, 'column' | 'line'>)[]
  }
  readonly gone: readonly MovedRow[]
}

// A cell of the hidden tab holds 50,000 characters (platform.md section 1); the rest is for the checksum and the batch.
const CELL_CHARS = 45_000

const VERSION = 1

/** A formula as it is put on record: what it shows is nothing to know it by. */
export function formulaCell(source: string): SavedCell {
  return { text: source, kind: 'text', formula: true, exact: source, format: 'General' }
}

/** Whether a group is short enough to be put on record. */
export function fitsLog(group: MergedGroup): boolean {
  return JSON.stringify(group).length <= CELL_CHARS
}

/** Puts a batch on record in the hidden tab of writes; `epoch` is that of the execution. */
export function logBatch(
  host: Host,
  merge: { readonly id: string; readonly batches: number; readonly epoch: number },
  groups: readonly MergedGroup[],
): void {
  const secret = makeSecret(host)
  const lines = groups.map((group) =>
    JSON.stringify({ version: VERSION, d: [], m: [merge.batches, merge.epoch], g: group }),
  )
  host.table('writes').append(lines.map((json) => [merge.id, seal(secret, json)]))
  host.sheets.flush()
}

/** The batches of a merge on record; undefined when somebody changed them. */
export function readBatches(host: Host, merge: string): ReadonlyMap<number, readonly MergedGroup[]> | undefined {
  const secret = knownSecret(host)
  const batches = new Map<number, { readonly epoch: number; readonly groups: MergedGroup[] }>()
  for (const [id, cell = ''] of host.table('writes').rows(0)) {
    if (id !== merge) continue
    const json = unseal(secret, cell)
    if (json === undefined) return undefined
    const { m, g } = JSON.parse(json) as Line
    const [batch, epoch] = m
    const known = batches.get(batch)
    // An execution that died before the batch was on record began it anew: the last one counts.
    if (!known || known.epoch < epoch) batches.set(batch, { epoch, groups: [g] })
    else known.groups.push(g)
  }
  return new Map([...batches].map(([batch, { groups }]) => [batch, groups]))
}

/** One row of the tab. The checksum is keyed with a secret of ours, so what passes it was written by us. */
interface Line {
  readonly m: readonly [batch: number, epoch: number]
  readonly g: MergedGroup
}
