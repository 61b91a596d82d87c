import { Problem } from '../domain/problem'
import { headersPrint } from '../domain/row-print'
import { rowsLabel } from '../sheet/a1'
import { markSpills } from '../sheet/spills'
import type { Api, DuplicatesView, ListHead, ListPage, ListRow, RunRequest } from './api-types'
import { readHidden } from './hidden-rows'
import type { Host, SheetInfo } from './host'
import { loadKeptApart } from './kept-apart'
import { requireSheet } from './merge-list'
import { viewPending } from './merge-record'
import { headerOf, tryToSurvey } from './survey'

// Enough to find the headers under titles and to tell a column of emails from one of names.
const HEAD_ROWS = 150

// 3 MB of texts: what a call takes and brings in a few seconds (platform.md section 1, 0.0085 ms a cell).
const PAGE_CELLS = 200_000
const PAGE_ROWS = 10_000

/** What the screen Duplicates shows before anything is searched. */
export function viewDuplicates(host: Host, mapping: RunRequest['mapping']): DuplicatesView {
  const sheet = host.sheets.active()
  const head = headOfList(host, sheet, mapping)
  const areas = head.problem ? [] : host.sheets.selection()
  const others = host.sheets.visible().filter(({ id }) => id !== sheet.id)
  return {
    ...head,
    selection: {
      label: rowsLabel(areas).replace(/^Rows? /, ''),
      areas: areas.map(({ row, rows }) => [row, rows] as const),
    },
    others: others.map(({ id, name }) => ({ id, name })),
    apart: head.problem ? [] : loadKeptApart(host),
    pending: viewPending(host),
  }
}

/** What the screen Duplicates shows of a tab that the open one is compared with. */
export function viewOtherList(host: Host, sheet: number): ListHead {
  return headOfList(host, requireSheet(host, sheet), {})
}

function headOfList(host: Host, sheet: SheetInfo, mapping: RunRequest['mapping']): ListHead {
  const { id, name } = sheet
  const looked = tryToSurvey(host, sheet, { mapping, mostRows: HEAD_ROWS })
  if (looked instanceof Problem) {
    const problem = { message: looked.message, action: looked.action ?? null }
    return { sheet: { id, name, firstRow: 0, rows: 0 }, columns: [], problem }
  }
  const firstRow = looked.headerRow + 1
  const rows = host.sheets.used(id).rows - firstRow
  return { sheet: { id, name, firstRow, rows }, columns: looked.columns, problem: null }
}

/** One page of the rows of a tab, without those that are empty or hidden. */
export function listRows(host: Host, { sheet, from, firstRow }: Parameters<Api['listRows']>[0]): ListPage {
  const used = host.sheets.used(sheet)
  const columns = Math.max(1, used.columns)
  const read = (row: number, rows: number) => host.sheets.read(sheet, { row, column: 0, rows, columns })
  const headers = read(firstRow - 1, 1)[0]!.map(({ text }) => headerOf(text))
  const count = Math.min(used.rows - from, PAGE_ROWS, Math.max(1, Math.floor(PAGE_CELLS / columns)))
  const grid = count < 1 ? [] : markSpills(read(from, count))
  const filled = grid.flatMap((cells, row): readonly ListRow[] => {
    const texts = cells.map(({ text }) => text)
    const formulas = cells.flatMap(({ formula, spill }, column) => (formula || spill ? [column] : []))
    return texts.every((text) => text === '') ? [] : [[from + row, texts, formulas]]
  })
  const told = readHidden(host, sheet, { grid, from, rows: filled.map(([row]) => row) })
  const hidden = new Set(told)
  const rows = filled.filter(([row]) => !hidden.has(row))
  const areas = [...host.sheets.protectedAreas(sheet), ...host.sheets.mergedAreas(sheet)]
  const isBlocked = (row: number) => areas.some((area) => row >= area.row && row < area.row + area.rows)
  return {
    headers,
    mark: headersPrint(headers),
    rows,
    hidden: filled.length - rows.length,
    blocked: rows.flatMap(([row]) => (isBlocked(row) ? [row] : [])),
    next: from + count < used.rows ? from + count : null,
    remark: told ? null : 'A filter hides rows by a rule that cannot be read from here: hidden rows take part too.',
  }
}
