import { FIELD_NAMES, fieldInfo } from '../domain/field'
import { Problem } from '../domain/problem'
import { besideOf } from '../domain/slot'
import { dayText } from '../engine/day'
import { questionOf } from '../engine/questions'
import type { Step } from '../domain/waterfall'
import type { RowLead } from '../sheet/leads'
import { keysOf } from '../privacy/person'
import type { Api, NoticesView } from './api-types'
import { loadBasis } from './basis'
import type { Host, SheetInfo } from './host'
import { printOf } from './find-person'
import { readList, requireSheet } from './merge-list'
import { addColumns, requireRoom } from './new-columns'
import { rowKeys } from './row-keys'
import { setCells } from './set-cells'
import { alone } from './turn'
import type { Store } from './store'
import { peekStore } from './store'
import type { Survey } from './survey'
import { surveySheet } from './survey'
import { readable } from './vendors'

/** The column that tells who was told where their data comes from; a person may fill it too. */
const INFORMED = 'Informed on'

// More than a person writes to at once; the others follow.
const MOST_ROWS = 200

const PERSONAL = FIELD_NAMES.filter((field) => fieldInfo(field).personal)

/** Who in the active tab got data from vendors and was not told yet, those first who wait longest. */
export function viewNotices(host: Host): NoticesView {
  return noticesIn(host, host.sheets.active())
}

function noticesIn(host: Host, sheet: SheetInfo): NoticesView {
  const survey = surveySheet(host, sheet, { mapping: {} })
  const store = peekStore(host)
  const told = survey.headers.indexOf(INFORMED)
  const since = obtainedAt(host, survey, store)
  const obtained = survey.rows.flatMap((row) => {
    const at = since(row)
    return at === undefined ? [] : [{ row, at }]
  })
  const isTold = ({ row }: RowLead) => told >= 0 && (survey.grid[row]?.[told]?.text ?? '') !== ''
  const open = obtained.filter(({ row }) => !isTold(row)).sort((a, b) => a.at - b.at)
  return {
    sheet: sheet.id,
    sheetName: sheet.name,
    rows: open.slice(0, MOST_ROWS).map(({ row, at }) => ({
      row: row.row + 1,
      print: printAt(survey, row.row),
      who: [
        row.lead.full_name ?? [row.lead.first_name, row.lead.last_name].join(' '),
        row.lead.company_name ?? row.lead.domain,
      ]
        .filter(Boolean)
        .join(', '),
      at,
      vendors: vendorsOf(host, store, row),
    })),
    more: Math.max(0, open.length - MOST_ROWS),
    informed: obtained.length - open.length,
    basis: loadBasis(host) ?? null,
  }
}

/** When the first personal value of ours was written into a row; undefined where none was, or where nobody is in it. */
function obtainedAt(host: Host, survey: Survey, store: Store): (row: RowLead) => number | undefined {
  const keys = rowKeys(host, survey)
  const { id: sheet } = survey.sheet
  const filled = PERSONAL.filter((field) => survey.mapping[field] !== undefined)
  const slots = filled.flatMap((field) => [field, besideOf(field)])
  const cellsOf = (row: RowLead) => keys(row).flatMap((key) => slots.map((field) => ({ sheet, row: key, field })))
  store.readWrites(survey.rows.flatMap(cellsOf))
  return (row) => {
    const { sure, named, shared } = keysOf(row.lead)
    if (sure.length + named.length + shared.length === 0) return undefined
    const times = cellsOf(row).flatMap((cell) => store.lastWrite(cell)?.at ?? [])
    return times.length === 0 ? undefined : Math.min(...times)
  }
}

// Who found something by what stands in the row.
function vendorsOf(host: Host, store: Store, { lead }: RowLead): readonly string[] {
  const steps = readable(host, 'production').flatMap((provider) =>
    provider.operations.flatMap((operation): readonly Step[] =>
      operation.kind === 'remote' ? [{ provider, operation }] : [],
    ),
  )
  const asked = new Map(
    steps.flatMap((step) => {
      const question = questionOf(step, lead, 'production')?.question
      return question === undefined ? [] : [[question, step.provider.name] as const]
    }),
  )
  const found = store.answers(asked.keys()).filter(({ values }) => PERSONAL.some((field) => values?.[field]))
  return [...new Set(found.map(({ question }) => asked.get(question)!))]
}

// Without the column of dates, which changes when they are told.
function printAt({ grid, headers }: Pick<Survey, 'grid' | 'headers'>, row: number): string {
  return printOf(grid[row] ?? [], headers.indexOf(INFORMED))
}

/** Notes today for rows that were told, found again by what they hold; a date that stands there stays. */
export function markInformed(host: Host, { sheet: id, prints }: Parameters<Api['markInformed']>[0]): NoticesView {
  const sheet = requireSheet(host, id)
  return alone(host, () => {
    const first = surveySheet(host, sheet, { mapping: {} })
    if (!first.headers.includes(INFORMED)) {
      requireRoom(host, first, first.usedColumns)
      addColumns(host, first, { after: first.usedColumns - 1, headers: [INFORMED] })
    }
    const { headerRow } = first
    const list = readList(host, { sheet: id, headerRow })
    const column = list.headers.indexOf(INFORMED)
    const told = new Set(prints)
    const cells = list.grid.flatMap((line, row) =>
      told.has(printAt(list, row)) && (line[column]?.text ?? '') === ''
        ? [{ row, column, text: dayText(host.now()) }]
        : [],
    )
    if (cells.length > 0) setCells(host, { sheet: id, list, cells })
    return noticesIn(host, sheet)
  })
}

/** Shows a tab with rows selected. */
export function selectRows(
  host: Host,
  { sheet, rows }: Parameters<Api['selectRows']>[0],
): { readonly selected: number } {
  requireSheet(host, sheet)
  if (rows.length === 0) throw new Problem('There is nobody to select.')
  const { columns } = host.sheets.used(sheet)
  host.sheets.select(
    sheet,
    rows.map((row) => ({ row: row - 1, column: 0, rows: 1, columns: Math.max(1, columns) })),
  )
  return { selected: rows.length }
}
