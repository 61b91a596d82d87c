import type { Lead } from '../domain/lead'
import { holdBack } from '../engine/job'
import type { Slice } from './slice'
import { suppressLeads, suppressionMark } from './suppressed'

/** Puts the people of these planned rows on the suppression list, and asks nothing more about them. */
export function suppressRows(slice: Slice, rows: readonly number[]): void {
  const leads = slice.job.leads.filter((lead) => rows.includes(lead.row)).map((lead) => lead.lead)
  suppressLeads(slice.host, leads)
  refreshSuppression(slice)
}

/** Asks nothing more about people who were put on the list meanwhile: the same person may stand in several rows. */
export function refreshSuppression(slice: Slice): void {
  const mark = suppressionMark(slice.host)
  if (mark === slice.suppressionMark) return
  slice.suppressionMark = mark
  // A repeat is asked about as another row: it counts as itself too.
  const own = (row: number) => slice.planned[row]?.like && slice.standing?.rowOf(row)?.lead
  const isOne = (lead: Lead | undefined) => lead && slice.isSuppressed(lead)
  const same = slice.job.leads.filter(({ lead, row }) => isOne(lead) || isOne(own(row))).map(({ row }) => row)
  slice.job = holdBack(slice.job, new Set(same), slice.run.wanted)
}
