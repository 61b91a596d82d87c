import type { ListRow, MergeGroup } from '../src/app/api-types'
import { GROUP_HEADER, OTHER_HEADERS, rowPrint } from '../src/domain/row-print'
import type { MergeRow, MergeRule, Survivor } from '../src/matching/merge'
import { mergeRows } from '../src/matching/merge'
import type { ColumnUse } from './duplicate-columns'
import { isOurs, mergedAs } from './duplicate-columns'

/** A list whose rows are merged, and how. */
export interface Merging {
  readonly headers: readonly string[]
  readonly uses: readonly ColumnUse[]
  /** Where a person chose another rule than the usual one, by column. */
  readonly rules: { readonly [column: number]: MergeRule }
  /** Cells that a person verified, as `row:column`. */
  readonly verified: ReadonlySet<string>
  /** Columns that tell of a value, by the column of that value: they come from the row that it comes from. */
  readonly companions: ReadonlyMap<number, number>
}

/** One value of the row that stays, with what it is not. */
export interface PlannedCell {
  readonly column: number
  readonly header: string
  readonly text: string
  /** Whether the row that stays held something else. */
  readonly isNew: boolean
  /** Other values, and the column that keeps them; without one they stand in the moved row alone. */
  readonly others: readonly string[]
  readonly keptIn: string | undefined
}

/** What becomes of a group of rows. */
export interface MergePlan {
  /** Zero-based row of the sheet. */
  readonly keep: number
  readonly cells: readonly PlannedCell[]
  readonly group: MergeGroup
}

/** Works out which row of a group stays and what stands in it. */
export function planMerge(merging: Merging, rows: readonly ListRow[]): MergePlan {
  const { headers, uses, rules, verified, companions } = merging
  const crm = uses.indexOf('crm_id')
  const columns = uses.map((use, column) => ({ kind: mergedAs(use), rule: rules[column] ?? ('best' as const) }))
  const best = mergeRows(
    columns,
    rows.map(([row, cells, formulas]): MergeRow => ({
      row,
      cells,
      standing: crm >= 0 && cells[crm] ? 'crm' : 'plain',
      verified: columns.flatMap((_, column) => (verified.has(`${row}:${column}`) ? [column] : [])),
      formulas,
    })),
  )
  const survivor = withCompanions(best, rows, companions)
  const keep = rows.find(([row]) => row === survivor.row)!
  const ordered = [keep, ...rows.filter((row) => row !== keep)]
  const group = headers.indexOf(GROUP_HEADER)
  const refOf = ([row, texts]: ListRow) => ({ row, print: rowPrint(texts, group) })
  const cells = headers.flatMap((header, column): readonly PlannedCell[] => {
    const chosen = survivor.cells[column]
    if (!chosen || isOurs(header)) return []
    const isNew = chosen.text !== (keep[1][column] ?? '')
    return [{ column, header, text: chosen.text, isNew, others: chosen.others, keptIn: keptIn(uses[column]) }]
  })
  return {
    keep: keep[0],
    cells,
    group: {
      keep: refOf(keep),
      gone: ordered.slice(1).map(refOf),
      cells: [
        ...cells
          .filter(({ isNew }) => isNew)
          .map(({ column, text }) => ({ column, header: '', text, from: sourceOf(survivor, ordered, column) })),
        ...OTHER_HEADERS.flatMap((header) => otherCell({ header, headers, ordered, cells })),
      ],
    },
  }
}

// Where the value stays, so does what tells of it; a formula stays anyway.
function withCompanions(best: Survivor, rows: readonly ListRow[], companions: Merging['companions']): Survivor {
  const formulas = rows.find(([row]) => row === best.row)![2]
  const cells = best.cells.map((cell, column) => {
    const holder = companions.get(column)
    if (holder === undefined || formulas.includes(column)) return cell
    const { from, text } = best.cells[holder]!
    const source = rows.find(([row, texts]) => row === from && texts[holder] === text)
    return { text: source?.[1][column] ?? '', from, others: [] }
  })
  return { ...best, cells }
}

function keptIn(use: ColumnUse | undefined): string | undefined {
  if (use === 'email') return OTHER_HEADERS[0]
  return use === 'phone' ? OTHER_HEADERS[1] : undefined
}

// The row of which a cell is taken as it is: a number stays a number, a date a date.
function sourceOf(survivor: Survivor, rows: readonly ListRow[], column: number): number | null {
  const { from, text } = survivor.cells[column]!
  const index = rows.findIndex(([row, texts]) => row === from && texts[column] === text)
  return index < 0 ? null : index
}

// What was kept there before stays, each value once.
function otherCell(given: {
  readonly header: (typeof OTHER_HEADERS)[number]
  readonly headers: readonly string[]
  readonly ordered: readonly ListRow[]
  readonly cells: readonly PlannedCell[]
}): MergeGroup['cells'] {
  const { header, headers, ordered, cells } = given
  const at = headers.indexOf(header)
  const own = cells.filter((cell) => cell.keptIn === header)
  const known = new Set(own.map(({ text }) => text))
  const before = at < 0 ? [] : ordered.map(([, texts]) => texts[at] ?? '')
  const values = [...before.flatMap((text) => text.split('; ')), ...own.flatMap(({ others }) => others)]
  const text = [...new Set(values)].filter((value) => value !== '' && !known.has(value)).join('; ')
  return text === '' || text === before[0] ? [] : [{ column: at < 0 ? null : at, header, text, from: null }]
}
