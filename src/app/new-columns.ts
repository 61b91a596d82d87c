import { Problem } from '../domain/problem'
import type { Area } from '../sheet/grid'
import type { Mapping } from '../sheet/mapping'
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
 * Adds columns right of the data of a tab as it was surveyed, or into empty ones of it, and returns all headers by then. Throws a Problem when
 * somebody changed the columns meanwhile: nothing of theirs is written over.
 */
export function addColumns(
  host: Host,
  survey: Survey,
  { after, headers }: { readonly after: number; readonly headers: readonly string[] },
): readonly string[] {
  const { sheet, headerRow } = survey
  const columns = Math.max(after + 1 + headers.length, survey.headers.length)
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
  const isThere = headers.every((text, index) => written[after + 1 + index] === text)
  const changed = before.flatMap((text, at) => (at <= after && text !== written[at] ? [written[at]!] : []))
  // Nobody inserts a column and names it in one moment: who gave one a new name moved none.
  if (isThere && changed.every((text) => text !== '' && !before.includes(text))) return written
  const lost = before.filter((text) => text !== '' && !written.includes(text))
  // Ours stand where they were written, and others moved: over a column without a name, it may be.
  if (lost.length === 0 && !(isThere && changed.length > 0)) return written
  // Columns moved in the moment of writing: what stood there is put back (safety S9).
  const places = written.flatMap((text, at) => (at > after && headers.includes(text) ? [at] : []))
  places.slice(0, lost.length || places.length).forEach((column, index) => {
    host.sheets.writeHeaders(sheet.id, { row: headerRow, column, headers: [lost[index] ?? ''] })
  })
  throw CHANGED()
}

/** A column of ours right of another one. */
export interface NewBeside {
  readonly header: string
  readonly after: number
  /** Set where an empty column without a name stands already: a start that died may have left it. */
  readonly isRoom: boolean
}

/** Inserts columns of ours, each right of another one, and returns all headers by then. Throws as `addColumns` does. */
export function insertBeside(host: Host, survey: Survey, news: readonly NewBeside[]): readonly string[] {
  let { headers } = survey
  // From the right to the left, so that the columns before stay where they are.
  for (const { header, after, isRoom } of [...news].sort((a, b) => b.after - a.after)) {
    if (!isRoom) host.sheets.insertColumn(survey.sheet.id, after + 1)
    const widened = isRoom ? headers : [...headers.slice(0, after + 1), '', ...headers.slice(after + 1)]
    headers = addColumns(
      host,
      { ...survey, headers: widened, usedColumns: widened.length },
      { after, headers: [header] },
    )
  }
  return headers
}

/** Where columns are after others were inserted. */
export function shifted(mapping: Mapping, news: readonly NewBeside[]): Mapping {
  const moved = (column: number) => column + news.filter(({ after, isRoom }) => !isRoom && after < column).length
  return Object.fromEntries(Object.entries(mapping).map(([field, column]) => [field, moved(column)]))
}

const CHANGED = () =>
  new Problem('Somebody changed the columns of this tab a moment ago. Look at it and start again.', 'new_receipt')
