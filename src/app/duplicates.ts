import { Problem } from '../domain/problem'
import { exactClusters } from '../matching/exact'
import { columnLetter } from '../sheet/a1'
import type { CellWrite } from '../sheet/blocks'
import type { Host } from './host'
import { surveySheet } from './survey'
import { writeText } from './write-text'

const HEADER = 'Duplicate group'

// How our own marks look, so that only they are replaced: "Group 3: same email".
const OURS = /^Group \d+: /

/**
 * Marks the rows of the active tab that are the same contact or company in a column of its own, and changes nothing
 * else. Returns a sentence for the person.
 */
export function markDuplicates(host: Host): string {
  const survey = surveySheet(host, host.sheets.active(), {})
  const clusters = exactClusters(survey.rows.map((row) => row.lead))
  const marks = new Map<number, string>()
  for (const [index, cluster] of clusters.entries()) {
    for (const { row, reasons } of cluster.rows) {
      marks.set(survey.rows[row]!.row, `Group ${index + 1}: ${reasons.join(', ')}`)
    }
  }
  const existing = survey.headers.indexOf(HEADER)
  if (clusters.length === 0 && existing < 0)
    return 'No duplicates found: no two rows share an email, profile or name at a company.'
  const column = existing < 0 ? survey.usedColumns : existing
  if (existing < 0) {
    host.sheets.insertColumns(survey.sheet.id, { after: column - 1, headers: [HEADER], headerRow: survey.headerRow })
  }
  const writes: CellWrite[] = []
  let blocked = 0
  for (const { row } of survey.rows) {
    const text = survey.grid[row]?.[column]?.text ?? ''
    const mark = marks.get(row) ?? ''
    if (text === mark) continue
    if (text === '' || OURS.test(text)) writes.push({ row, column, text: mark })
    else if (mark !== '') blocked++
  }
  if (blocked > 0 && writes.length === 0) {
    throw new Problem(`The column "${HEADER}" holds something else. Rename it and look for duplicates again.`)
  }
  writeText(host, survey.sheet.id, writes)
  const rows = marks.size
  if (rows === 0) return 'No duplicates found any more; the old marks were removed.'
  const groups = clusters.length === 1 ? '1 group' : `${clusters.length} groups`
  return `${groups} with ${rows} rows: see column ${columnLetter(column)}, "${HEADER}". Nothing else was changed.`
}
