import { Problem } from '../domain/problem'
import { exactClusters } from '../matching/exact'
import { columnLetter } from '../sheet/a1'
import type { CellWrite } from '../sheet/blocks'
import { cellState } from '../rules/decide'
import type { Host } from './host'
import { addColumns, requireRoom } from './new-columns'
import type { Guards } from './guards'
import { readGuards } from './guards'
import type { Survey } from './survey'
import { surveySheet } from './survey'
import { writeText } from './write-text'

const HEADER = 'Duplicate group'

// How our own marks look, so that only they are replaced: "Group 3: same email".
const OURS = /^Group \d+: /

// Each round reads the list anew: rows that somebody sorts in the moment of writing are marked right in the next.
const MAX_ROUNDS = 4

/**
 * Marks the rows of the active tab that are the same contact or company in a column of its own, and changes nothing
 * else. Returns a sentence for the person.
 */
export function markDuplicates(host: Host): string {
  const sheet = host.sheets.active()
  let survey = surveySheet(host, sheet, {})
  let marks = marksOf(survey)
  if (marks.groups === 0 && !survey.headers.includes(HEADER))
    return 'No duplicates found: no two rows share an email, profile or name at a company.'
  if (!survey.headers.includes(HEADER)) {
    requireRoom(host, survey, survey.usedColumns)
    addColumns(host, survey, { after: survey.usedColumns - 1, headers: [HEADER] })
  }
  const guards = readGuards(host, sheet.id)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    survey = surveySheet(host, sheet, {})
    marks = marksOf(survey)
    const { writes, blocked } = planMarks(survey, marks.byRow, guards)
    if (blocked > 0 && writes.length === 0) {
      throw new Problem(
        `The column "${HEADER}" holds something else or is protected. Rename it and look for duplicates again.`,
      )
    }
    if (writes.length === 0) break
    writeText(host, sheet.id, writes)
  }
  const rows = marks.byRow.size
  if (rows === 0) return 'No duplicates found any more; the old marks were removed.'
  const groups = marks.groups === 1 ? '1 group' : `${marks.groups} groups`
  const column = survey.headers.indexOf(HEADER)
  return `${groups} with ${rows} rows: see column ${columnLetter(column)}, "${HEADER}". Nothing else was changed.`
}

function marksOf(survey: Survey): { readonly groups: number; readonly byRow: ReadonlyMap<number, string> } {
  const clusters = exactClusters(survey.rows.map((row) => row.lead))
  const byRow = clusters.flatMap((cluster, index) =>
    cluster.rows.map(
      ({ row, reasons }) => [survey.rows[row]!.row, `Group ${index + 1}: ${reasons.join(', ')}`] as const,
    ),
  )
  return { groups: clusters.length, byRow: new Map(byRow) }
}

/** What is to be written into our column, and how many marks something of the person's stands in the way of. */
function planMarks(
  survey: Survey,
  marks: ReadonlyMap<number, string>,
  guards: Guards,
): { readonly writes: readonly CellWrite[]; readonly blocked: number } {
  const column = survey.headers.indexOf(HEADER)
  const writes: CellWrite[] = []
  let blocked = 0
  for (const { row } of survey.rows) {
    const cell = survey.grid[row]?.[column] ?? { text: '', kind: 'empty', formula: false }
    const mark = marks.get(row) ?? ''
    if (cell.text === mark && !cell.formula) continue
    const state = cellState({ cell: { ...cell, ...(OURS.test(cell.text) && EMPTY) }, ...guards(row, column) })
    if (state === 'empty') writes.push({ row, column, text: mark })
    else if (mark !== '') blocked++
  }
  return { writes, blocked }
}

// Our own mark may be replaced like an empty cell.
const EMPTY = { text: '', kind: 'empty' } as const
