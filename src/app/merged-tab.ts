import { Problem } from '../domain/problem'
import type { Host, SheetInfo } from './host'
import type { MergedGroup, MovedRow, SavedCell } from './merge-log'
import type { MergeRecord } from './merge-record'
import { savedText, takeRows } from './merge-list'
import { linesOf, makeRestore, putBackStruck, restoreCells, takenPlaces } from './put-back'
import { headerOf } from './survey'

const NAME = 'Merged duplicates'

// What stands before the cells of a moved row: our own mark, and where it comes from.
const ORIGIN = ['Merge', 'Merged into', 'From tab', 'From row'] as const

// As a new tab of Google has them.
const ROWS = 1_000

/** The tab of this name whose columns are those of the list; made, and given its headers, when there is none. */
export function openMergedTab(host: Host, { sheet: list, headerRow }: MergeRecord): SheetInfo {
  const { columns: width } = host.sheets.used(list)
  const [line] = host.sheets.read(list, { row: headerRow, column: 0, rows: 1, columns: width })
  const headers = [...ORIGIN, ...line!.map(({ text }) => headerOf(text))]
  for (let number = 1; ; number++) {
    const name = number === 1 ? NAME : `${NAME} ${number}`
    const known = host.sheets.named(name)
    const sheet = known ?? create(host, name, headers.length)
    const { columns } = host.sheets.used(sheet.id)
    const present = columns === 0 ? [] : host.sheets.read(sheet.id, { row: 0, column: 0, rows: 1, columns })[0]!
    if (present.some(({ text }, column) => headerOf(text) !== headers[column])) continue
    if (present.length < headers.length) {
      host.sheets.growTo(sheet.id, { rows: 0, columns: headers.length })
      host.sheets.writeHeaders(sheet.id, { row: 0, column: present.length, headers: headers.slice(present.length) })
      host.sheets.flush()
    }
    return sheet
  }
}

function create(host: Host, name: string, columns: number): SheetInfo {
  const front = host.sheets.active()
  const selected = host.sheets.selection()
  const sheet = host.sheets.create(name, { rows: ROWS, columns })
  if (selected.length > 0) host.sheets.select(front.id, selected)
  return sheet
}

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/**
 * Copies the rows that are moved away below those that are there; done again it comes to the same. Rows that somebody sorted
 * into the way get back what they held (safety S9).
 */
export function copyRows(
  host: Host,
  merge: MergeRecord & { readonly tab: number },
  groups: readonly MergedGroup[],
): void {
  for (let round = 0; round < MAX_ROUNDS; round++) if (copyOnce(host, merge, groups)) return
  // No row leaves the list without its copy.
  throw new Problem(`Somebody changed the tab "${NAME}" at the same moment. Try again to go on.`, 'try_again')
}

/** Whether each copy stands where it was written. */
function copyOnce(host: Host, merge: MergeRecord & { readonly tab: number }, groups: readonly MergedGroup[]): boolean {
  const tags = readTags(host, merge.tab)
  let next = tags.length
  const rows = groups.flatMap(({ keep, gone }, group) =>
    gone.map((moved, index) => {
      const tag = tagOf(merge, group, index)
      const at = tags.indexOf(tag)
      return { tag, at: at < 0 ? next++ : at, moved, into: nameOf(keep.texts) }
    }),
  )
  host.sheets.growTo(merge.tab, { rows: next, columns: 0 })
  // The marks come first: whoever goes on after a kill finds the rows by them.
  const origin = ({ tag, into, moved }: (typeof rows)[number]) => [tag, into, merge.sheetName, String(moved.row + 1)]
  restoreCells(
    host,
    merge.tab,
    rows
      .filter(({ at }) => at >= tags.length)
      .flatMap((one) => origin(one).map((text, column) => ({ row: one.at, column, cell: asText(text), format: '@' }))),
  )
  const read = () => linesOf(host.sheets.readAll(merge.tab))
  const before = read()
  if (rows.some(({ tag, at }) => before.grid[at]?.[0]?.text !== tag)) return false
  const cells = rows.flatMap(({ at, moved }) =>
    moved.cells.map((cell, column) => ({
      row: at,
      column: ORIGIN.length + column,
      text: cell.text,
      // A formula would look at other cells there: its result is what the row said.
      cell: cell.formula ? asText(cell.text) : cell,
      format: cell.formula ? '@' : cell.format,
    })),
  )
  const restore = makeRestore(host, merge.tab, { before, cells })
  restoreCells(host, merge.tab, cells)
  const after = read()
  const struck = takenPlaces(before, after, cells)
  putBackStruck({ after, struck, restore, read })
  if (struck.length > 0) return false
  host.sheets.writeNotes(
    merge.tab,
    rows.flatMap(({ at, moved }) =>
      moved.notes.flatMap((note, column) =>
        note === '' ? [] : [{ row: at, column: ORIGIN.length + column, texts: [[note]] }],
      ),
    ),
  )
  host.sheets.flush()
  return true
}

/**
 * Takes rows of a batch out of the tab again, but for those in which a person changed something, and the tab itself once
 * nothing but its headers is left.
 */
export function dropCopies(
  host: Host,
  { id, tab }: { readonly id: string; readonly tab: number | null },
  batch: number,
  moved: readonly MovedRow[],
): void {
  if (tab === null || !host.sheets.find(tab)) return
  const prefix = tagPrefix(id, batch)
  const grid = host.sheets.readAll(tab)
  const copied = moved.map(({ cells }) => savedText(cells, -1))
  const own = grid.flatMap((cells, row) => {
    const at = cells[0]?.text.startsWith(prefix) ? copied.indexOf(savedText(cells.slice(ORIGIN.length), -1)) : -1
    if (at < 0) return []
    copied.splice(at, 1)
    return [row]
  })
  if (own.length > 0) takeRows(host, tab, own, grid)
  if (host.sheets.used(tab).rows <= 1) host.sheets.remove(tab)
}

// The marks of the tab, row by row.
function readTags(host: Host, tab: number): readonly string[] {
  const { rows } = host.sheets.used(tab)
  return rows === 0 ? [] : host.sheets.read(tab, { row: 0, column: 0, rows, columns: 1 }).map(([cell]) => cell!.text)
}

function tagPrefix(merge: string, batch: number): string {
  return `${merge.slice(0, 8)}-${batch + 1}.`
}

function tagOf(merge: MergeRecord, group: number, index: number): string {
  return `${tagPrefix(merge.id, merge.done)}${group + 1}.${index + 1}`
}

// What a person knows a row by: the first of its cells.
function nameOf(texts: readonly string[]): string {
  return texts
    .filter((text) => text !== '')
    .slice(0, 3)
    .join(' · ')
    .slice(0, 200)
}

function asText(text: string): SavedCell {
  return { text, kind: text === '' ? 'empty' : 'text', formula: false, format: '@' }
}
