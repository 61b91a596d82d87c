import type * as Zod from 'zod/mini'
import type { MergeView } from './api-types'
import type { Host } from './host'
import { formatOf } from './stored'
import { newerProblem, readVersioned } from './versions'

const MERGE = 'merge'

/** Rows that are merged, cells with formulas that become values or get formulas, or formulas that are entered again. */
export const MERGED = ['rows', 'formulas', 'finish'] as const
export type MergeWhat = (typeof MERGED)[number]

/** How far the merging of duplicates is: what its next call goes on from. */
export interface MergeRecord {
  readonly id: string
  readonly sheet: number
  readonly sheetName: string
  /** Zero-based row of the headers. */
  readonly headerRow: number
  readonly what: MergeWhat
  /** The tab that takes the merged rows; null before there is one. */
  readonly tab: number | null
  /** Batches whose plan is on record, and how many of them are done. */
  readonly batches: number
  readonly done: number
  /** Whether an execution began to take the rows of the next batch out of the list: those that are gone count as taken then. */
  readonly taking: boolean
  /** Groups merged and rows moved; rows with formulas and their cells. */
  readonly groups: number
  readonly rows: number
  /** Groups left alone: changed since the search, or protected. */
  readonly changed: number
  readonly blocked: number
  /** Raised by each execution that takes the lease: who holds an older one stops. */
  readonly epoch: number
  readonly leaseUntil: number
}

/** The merge that was begun last. Throws a Problem for one of a newer version. */
export function loadMerge(host: Host): MergeRecord | undefined {
  const text = host.document.get(MERGE)
  if (text === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({
    id: z.string(),
    sheet: z.number(),
    sheetName: z.string(),
    headerRow: z.number(),
    what: z._default(z.enum(MERGED), 'rows'),
    tab: z.nullable(z.number()),
    batches: z.number(),
    done: z.number(),
    taking: z._default(z.boolean(), false),
    groups: z.number(),
    rows: z.number(),
    changed: z.number(),
    blocked: z.number(),
    epoch: z.number(),
    leaseUntil: z.number(),
  })
  const read = readVersioned(
    formatOf(schema, (merge): MergeRecord => merge),
    text,
  )
  if (read.kind === 'newer') throw newerProblem()
  return read.kind === 'read' ? read.value : undefined
}

/** Saves how far a merge is; the caller holds its lease or the lock. */
export function saveMerge(host: Host, merge: MergeRecord): void {
  host.document.set(MERGE, JSON.stringify({ version: 1, ...merge }))
}

/** What the screen shows of a merge. */
export function viewMerge(host: Host, merge: MergeRecord): MergeView {
  const { id, sheetName, tab, groups, rows, changed, blocked, done, batches } = merge
  const tabName = tab === null ? '' : (host.sheets.find(tab)?.name ?? '')
  return { id, sheetName, tab: tabName, groups, rows, changed, blocked, isWhole: done === batches }
}

/** A merge of which a batch was begun and not ended; null when there is none. */
export function viewPending(host: Host): MergeView | null {
  const merge = loadMerge(host)
  return merge?.what === 'rows' && isCutShort(host, merge) ? viewMerge(host, merge) : null
}

/** Whether a merge, or a change of formulas, has a batch to be ended; in a tab that is gone there is nothing left to do. */
export function isToBeEnded(host: Host, { done, batches, sheet }: MergeRecord): boolean {
  return done < batches && host.sheets.find(sheet) !== undefined
}

/** Whether a merge, or a change of formulas, has a batch that was begun and not ended, and nobody works on it. */
export function isCutShort(host: Host, merge: MergeRecord): boolean {
  return merge.done < merge.batches && merge.leaseUntil <= host.now()
}
