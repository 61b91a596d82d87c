import { Problem } from '../domain/problem'
import type { MarkHeader } from '../domain/row-print'
import { rowPrint } from '../domain/row-print'
import { cellState } from '../rules/decide'
import { columnLetter } from '../sheet/a1'
import type { CellWrite } from '../sheet/blocks'
import type { Api, MarksView } from './api-types'
import type { Host } from './host'
import { requireColumns, requireSheet } from './merge-list'
import { addColumns, requireRoom } from './new-columns'
import type { Guards } from './guards'
import { readGuards } from './guards'
import { setTexts } from './set-cells'
import { alone } from './turn'
import type { Survey } from './survey'
import { surveySheet } from './survey'

type Ask = Parameters<Api['markRows']>[0]

// How our own marks look, so that only they are replaced: "Group 3: same email", "Already in Customers: row 7 (same email)".
const OURS: { readonly [H in MarkHeader]: RegExp } = {
  'Duplicate group': /^Group \d+: /,
  'Already in another tab': /^(Already|Maybe) in .+: row \d+ /s,
}

// Each round reads the list anew: rows that somebody sorts in the moment of writing are marked right in the next.
const MAX_ROUNDS = 4

/**
 * Marks rows that are the same contact or company, or that another tab holds already, in a column of its own, and changes
 * nothing else. Rows that were changed since they were compared get no mark.
 */
export function markRows(host: Host, ask: Ask): MarksView {
  return alone(host, () => mark(host, ask))
}

function mark(host: Host, ask: Ask): MarksView {
  const sheet = requireSheet(host, ask.sheet)
  const first = surveySheet(host, sheet, { mapping: {} })
  requireColumns(first.headers, ask.mark)
  const guards = readGuards(host, sheet.id)
  if (!first.headers.includes(ask.header)) {
    if (ask.rows.length === 0) return { column: '', marked: 0, blocked: 0 }
    requireRoom(host, first, first.usedColumns)
    addColumns(host, first, { after: first.usedColumns - 1, headers: [ask.header] })
  }
  for (let round = 0; ; round++) {
    const survey = surveySheet(host, sheet, { mapping: {} })
    const column = survey.headers.indexOf(ask.header)
    const { writes, marked, blocked } = planMarks(survey, ask, guards)
    if (blocked > 0 && marked === 0) {
      throw new Problem(
        `The column "${ask.header}" holds something else or is protected. Rename it and look for duplicates again.`,
      )
    }
    if (writes.length === 0 || round === MAX_ROUNDS) return { column: columnLetter(column), marked, blocked }
    setTexts(host, { sheet: sheet.id, grid: survey.grid, cells: writes })
  }
}

/** What is to be written into our column, how many rows have their mark then, and how many cannot take it. */
function planMarks(
  { grid, headers, headerRow }: Survey,
  ask: Ask,
  guards: Guards,
): { readonly writes: readonly CellWrite[]; readonly marked: number; readonly blocked: number } {
  const column = headers.indexOf(ask.header)
  const marks = new Map(ask.rows.map(({ print, text }) => [print, text]))
  const writes: CellWrite[] = []
  let marked = 0
  let blocked = 0
  for (let row = Math.max(ask.from, headerRow + 1); row < Math.min(ask.to, grid.length); row++) {
    const cell = grid[row]![column] ?? { text: '', kind: 'empty', formula: false }
    const texts = grid[row]!.map((one) => one.text)
    const text = marks.get(rowPrint(texts, column)) ?? ''
    const state = cellState({
      cell: { ...cell, ...(OURS[ask.header].test(cell.text) && EMPTY) },
      ...guards(row, column),
    })
    const isThere = cell.text === text && !cell.formula
    if (!isThere && state === 'empty') writes.push({ row, column, text })
    if (text === '') continue
    if (isThere || state === 'empty') marked++
    else blocked++
  }
  return { writes, marked, blocked }
}

// Our own mark may be replaced like an empty cell.
const EMPTY = { text: '', kind: 'empty' } as const
