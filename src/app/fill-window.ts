import type { Answer } from '../domain/answer'
import type { OpenLead } from '../domain/job'
import type { Slot } from '../domain/slot'
import type { NewLead } from '../engine/job'
import { admit, holdBack, isFinished, recall, windowOf } from '../engine/job'
import { questionsAbout, takeUnlooked } from '../engine/questions'
import { cellState } from '../rules/decide'
import type { RowLead } from '../sheet/leads'
import { suppressRows } from './objections'
import { askedAs } from './repeats'
import { asAsked } from './replaced'
import type { Slice } from './slice'
import type { Standing } from './window'
import { readStanding } from './window'

/** More finished leads are written without waiting: what a slice holds in hand stays small. */
export const MOST_READY = 500

/**
 * Admits planned rows until the window is full, and gives them what the store knows already. The list is not read again
 * for it: a row that changed since costs a question at most, for it is found again before anything is written.
 */
export function fillWindow(slice: Slice): void {
  const { host, planned, world } = slice
  const open = slice.job.leads.filter((lead) => !isFinished(lead)).length
  const window = windowOf(world)
  if (open < window && slice.job.leads.length < window + MOST_READY && slice.next < planned.length) {
    const standing = (slice.standing ??= readStanding(slice))
    const fresh: NewLead[] = []
    while (open + fresh.length < window && slice.next < planned.length) {
      const row = slice.next++
      if (!planned[row]!.inRun) continue
      const lead = standing.rowOf(row)
      const asked = lead && askedOf(slice, standing, { row, lead })
      const held = [lead?.lead, planned[row]!.like && asked?.lead].some((one) => one && slice.isSuppressed(one))
      if (held) slice.held.add(row)
      fresh.push({ row, ...(asked && !held ? asked : { lead: lead?.lead ?? {}, missing: [] }) })
    }
    slice.job = holdBack(admit(slice.job, fresh, { world, now: host.now() }), slice.held, slice.run.wanted)
  }
  for (;;) {
    const questions = takeUnlooked(slice.job, world, slice.looked)
    if (questions.length === 0) return
    const known = slice.store.answers(questions)
    // protects: 2
    slice.job = recall(slice.job, known, { world, now: host.now() })
    suppressKnown(slice, known)
  }
}

// Who objected is on record before they are on the list: a slice that died in between, or a formula, which cannot write the
// list, left that to the next run.
function suppressKnown(slice: Slice, known: readonly Answer[]): void {
  const objected = new Set(known.flatMap(({ outcome, question }) => (outcome === 'objected' ? [question] : [])))
  if (objected.size === 0 || slice.run.lane) return
  const { world, job } = slice
  const isAbout = (lead: OpenLead): boolean =>
    questionsAbout(lead, { world, environment: job.environment }).some((question) => objected.has(question))
  const rows = job.leads.filter(isAbout).map(({ row }) => row)
  if (rows.length > 0) suppressRows(slice, rows)
}

// Only what could be written is worth asking.
function askedOf(
  slice: Slice,
  standing: Standing,
  { row, lead }: { readonly row: number; readonly lead: RowLead },
): Omit<NewLead, 'row'> {
  const { run, guards, planned, world } = slice
  const isOpen = (slot: Slot): boolean => {
    const column = standing.targets[slot]
    if (column === undefined) return false
    const cell = standing.grid[lead.row]?.[column] ?? { text: '', kind: 'empty', formula: false }
    return cellState({ cell, ...guards(lead.row, column) }) === 'empty'
  }
  const { like } = planned[row]!
  if (like) return askedAs(slice, standing, { like, isOpen })
  return asAsked({ run, normalize: world.normalize }, lead, { isOpen, replaces: planned[row]!.replaces ?? {} })
}
