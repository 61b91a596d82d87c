import { Problem } from '../domain/problem'
import type { Area } from '../sheet/grid'
import type { Host } from './host'
import type { Survey } from './survey'
import { headerOf } from './survey'

/** Throws a Problem when the tab is protected so that this person cannot add a column there. */
export function requireRoom(host: Host, { sheet, headerRow }: Survey, column: number): void {
  const isHere = (area: Area) =>
    headerRow >= area.row &&
    headerRow < area.row + area.rows &&
    column >= area.column &&
    column < area.column + area.columns
  if (!host.sheets.protectedAreas(sheet.id).some(isHere)) return
  throw new Problem(
    `The tab "${sheet.name}" is protected, and you cannot add columns to it. Ask its owner for access, or copy the list to a tab of your own.`,
  )
}

/**
 * Adds columns right of the data of a tab as it was surveyed, and returns all headers by then. Throws a Problem when
 * somebody changed the columns meanwhile: nothing of theirs is written over.
 */
export function addColumns(
  host: Host,
  survey: Survey,
  { after, headers }: { readonly after: number; readonly headers: readonly string[] },
): readonly string[] {
  const { sheet, headerRow } = survey
  const columns = after + 1 + headers.length
  host.sheets.growTo(sheet.id, { rows: 0, columns })
  const used = host.sheets.used(sheet.id)
  const area = { row: headerRow, column: 0, rows: 1, columns }
  const read = () => host.sheets.read(sheet.id, area)[0]!.map((cell) => headerOf(cell.text))
  const before = read()
  const expected = Array.from({ length: columns }, (_, column) => survey.headers[column] ?? '')
  if (used.columns > Math.max(survey.usedColumns, after + 1) || before.some((text, at) => text !== expected[at]))
    throw CHANGED()
  host.sheets.writeHeaders(sheet.id, { row: headerRow, column: after + 1, headers })
  const written = read()
  const lost = before.filter((text) => text !== '' && !written.includes(text))
  if (lost.length === 0) return written
  // Columns moved in the moment of writing: what stood there is put back (safety S9).
  const places = written.flatMap((text, at) => (at > after && headers.includes(text) ? [at] : []))
  places.slice(0, lost.length).forEach((column, index) => {
    host.sheets.writeHeaders(sheet.id, { row: headerRow, column, headers: [lost[index]!] })
  })
  throw CHANGED()
}

const CHANGED = () =>
  new Problem('Somebody changed the columns of this tab a moment ago. Look at it and start again.', 'new_receipt')
