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
  const same = slice.job.leads.filter((lead) => slice.isSuppressed(lead.lead)).map((lead) => lead.row)
  slice.job = holdBack(slice.job, new Set(same), slice.run.wanted)
}
