import type { Field } from '../domain/field'
import { Problem } from '../domain/problem'
import { cellState } from '../rules/decide'
import { columnLetter } from '../sheet/a1'
import type { CellWrite } from '../sheet/blocks'
import type { Aspect, RowWord } from '../sheet/companions'
import { ASPECTS, companionHeader, isOurWord, STATUS_HEADER } from '../sheet/companions'
import type { Api, CompanionsView, RowStatus } from './api-types'
import { isFailure, isWritten } from './cell-status'
import type { Guards } from './guards'
import { readGuards } from './guards'
import type { Host } from './host'
import { addColumns, requireRoom } from './new-columns'
import type { StatusOfRows } from './row-status'
import { currentRun, statusesOf } from './row-status'
import type { RunRecord } from './run-record'
import { setTexts } from './set-cells'
import { alone } from './turn'
import type { LastWrite } from './store'
import { surveySheet } from './survey'
import { nameOfGone, vendorNames } from './vendors'

type Ask = Parameters<Api['addCompanions']>[0]

// Each round reads the list anew: rows that somebody sorts in the moment of writing are put right in the next.
const MAX_ROUNDS = 4

/** A companion column: its header, what it holds, and the text for a row. */
interface Companion {
  readonly header: string
  readonly of: Aspect | 'status'
  readonly textOf: (planned: number) => string
}

/**
 * Writes beside the list what became of each row of the last run, or where each of its values comes from, in columns that
 * people can filter by. A text that a person typed there stays. `nothing` empties what was written there.
 */
export function addCompanions(host: Host, ask: Ask): CompanionsView {
  return alone(host, () => put(host, ask))
}

function put(host: Host, { run: id, what }: Ask): CompanionsView {
  const run = currentRun(host, id)
  const guards = readGuards(host, run.sheet)
  const names = vendorNames(host)
  if (what !== 'nothing') makeColumns(host, run, headersOf(run, what))
  for (let round = 0; ; round++) {
    const statuses = run.wanted.map(statusesOf(host, run, () => true))
    const companions = what === 'nothing' ? emptied(run) : companionsOf(run, statuses, { what, names })
    const { writes, rows, kept } = plan(statuses[0]!, companions, { guards, names: new Set(names.values()) })
    if (writes.length === 0 || round === MAX_ROUNDS) return viewOf(statuses[0]!, companions, { rows, kept })
    setTexts(host, { sheet: run.sheet, grid: statuses[0]!.standing.grid, cells: writes })
  }
}

function headersOf(run: RunRecord, what: 'status' | 'sources'): readonly string[] {
  switch (what) {
    case 'status':
      return [STATUS_HEADER]
    case 'sources':
      return run.wanted.flatMap((field) => ASPECTS.map((aspect) => companionHeader(field, aspect)))
  }
}

function makeColumns(host: Host, run: RunRecord, headers: readonly string[]): void {
  const sheet = host.sheets.find(run.sheet)
  if (!sheet) throw new Problem(`The tab "${run.sheetName}" of this run was deleted.`, 'reload')
  const survey = surveySheet(host, sheet, { mapping: {} })
  const missing = headers.filter((header) => !survey.headers.includes(header))
  if (missing.length === 0) return
  requireRoom(host, survey, survey.usedColumns)
  addColumns(host, survey, { after: survey.usedColumns - 1, headers: missing })
}

function companionsOf(
  run: RunRecord,
  statuses: readonly StatusOfRows[],
  given: { readonly what: 'status' | 'sources'; readonly names: ReadonlyMap<string, string> },
): readonly Companion[] {
  switch (given.what) {
    case 'status':
      return [
        {
          header: STATUS_HEADER,
          of: 'status',
          textOf: (planned) => wordOf(statuses.map(({ rows }) => rows[planned]!.status)),
        },
      ]
    case 'sources':
      return run.wanted.flatMap((field, index) =>
        ASPECTS.map((aspect): Companion => {
          const textOf = (planned: number) => {
            const { last } = statuses[index]!.rows[planned]!
            return last ? told(last, aspect, given.names) : ''
          }
          return { header: companionHeader(field, aspect), of: aspect, textOf }
        }),
      )
  }
}

function emptied(run: RunRecord): readonly Companion[] {
  const textOf = () => ''
  const beside = (field: Field) =>
    ASPECTS.map((aspect): Companion => ({ header: companionHeader(field, aspect), of: aspect, textOf }))
  return [{ header: STATUS_HEADER, of: 'status', textOf }, ...run.wanted.flatMap(beside)]
}

/** What is to be written into the companion columns, how many rows have a word there then, and how many texts of a person stay. */
function plan(
  { rows, standing: { grid, headers } }: StatusOfRows,
  companions: readonly Companion[],
  given: { readonly guards: Guards; readonly names: ReadonlySet<string> },
): { readonly writes: readonly CellWrite[]; readonly rows: number; readonly kept: number } {
  const writes: CellWrite[] = []
  const told = new Set<number>()
  let kept = 0
  for (const { header, of, textOf } of companions) {
    const column = headers.indexOf(header)
    if (column < 0) continue
    for (const [planned, { row }] of rows.entries()) {
      if (row === undefined) continue
      const cell = grid[row]?.[column] ?? NOTHING
      const text = textOf(planned)
      const isOurs = !cell.formula && isOurWord(of, cell.text, given.names)
      const state = cellState({ cell: isOurs ? NOTHING : cell, ...given.guards(row, column) })
      const isThere = cell.text === text && !cell.formula
      if (!isThere && state !== 'empty') kept++
      else if (text !== '') told.add(row)
      if (!isThere && state === 'empty') writes.push({ row, column, text })
    }
  }
  return { writes, rows: told.size, kept }
}

const NOTHING = { text: '', kind: 'empty', formula: false } as const

function viewOf(
  { standing: { headers } }: StatusOfRows,
  companions: readonly Companion[],
  { rows, kept }: { readonly rows: number; readonly kept: number },
): CompanionsView {
  const columns = companions.map(({ header }) => headers.indexOf(header)).filter((column) => column >= 0)
  return { columns: columns.sort((a, b) => a - b).map(columnLetter), rows, kept }
}

function told(last: LastWrite, aspect: Aspect, names: ReadonlyMap<string, string>): string {
  const { by = '', confidence, status, at } = last
  switch (aspect) {
    case 'source':
      return names.get(by) ?? nameOfGone(by)
    case 'confidence':
      return confidence === undefined ? '' : `${Math.round(confidence * 100)} %`
    case 'check':
      return status ?? ''
    case 'date':
      return new Date(at).toISOString().slice(0, 10)
  }
}

function wordOf(statuses: readonly RowStatus[]): RowWord {
  if (statuses.some(isFailure)) return 'Failed'
  if (statuses.every(isWritten)) return 'Filled'
  if (statuses.includes('objected')) return 'Never look up'
  if (statuses.includes('not_sure_enough')) return 'To review'
  if (statuses.includes('not_asked')) return 'Not asked yet'
  if (statuses.some(isWritten)) return 'Partly filled'
  return statuses.includes('not_found') ? 'Not found' : 'Left as it was'
}
