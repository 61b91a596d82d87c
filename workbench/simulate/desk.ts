import * as fc from 'fast-check'
import type { SheetStore } from '../appsscript/sheet-store'
import { type Expected, type ExpectedRow, showList, whoIsMeant } from './invariants'
import { FIELDS, HEADER_OF, INPUTS, REFERENCE, REMARK } from './list'

/** The columns that people type into. */
export const COLUMNS = [...INPUTS, ...FIELDS.map((field) => HEADER_OF[field]), REMARK]

/** What a person does to the list; rows and columns are counted round when there are fewer. */
export type Edit =
  | { readonly do: 'type'; readonly row: number; readonly column: number }
  | { readonly do: 'sort'; readonly column: number; readonly ascending: boolean }
  | { readonly do: 'insert row' | 'delete row'; readonly row: number }
  | { readonly do: 'insert column' | 'rename header'; readonly column: number }
  | { readonly do: 'rename tab' }

/** Random edits of a list of so many rows. */
export const editsOf = (rows: number): fc.Arbitrary<Edit> =>
  fc.oneof(
    fc.record({ do: fc.constant('type' as const), row: fc.nat(rows), column: fc.nat(COLUMNS.length - 1) }),
    fc.record({ do: fc.constant('sort' as const), column: fc.nat(8), ascending: fc.boolean() }),
    fc.record({ do: fc.constantFrom('insert row' as const, 'delete row' as const), row: fc.nat(rows) }),
    fc.record({ do: fc.constantFrom('insert column' as const, 'rename header' as const), column: fc.nat(8) }),
    fc.record({ do: fc.constant('rename tab' as const) }),
  )

/** The list and what people have in it: every edit changes both. */
export interface Desk {
  store: SheetStore
  /** So many rows are left, whatever is deleted. */
  readonly least: number
  rows: Map<string, DeskRow>
  renamed: Map<string, string>
  /** Rows that somebody deleted in the moment between the last read and a write. */
  readonly deletedInWindow: Set<string>
  /** Whether rows moved in such a moment. */
  movedInWindow: boolean
  typed: number
}

/** One row as people have it. */
export interface DeskRow {
  who: ExpectedRow['who']
  texts: Map<string, string>
  inWindow: Map<string, string>
}

/** A list before anybody touches it, of which at least so many rows are left. */
export function openDesk(
  store: SheetStore,
  { rows, least }: { readonly rows: Expected['rows']; readonly least: number },
): Desk {
  const own = [...rows].map(
    ([ref, { who, texts }]) => [ref, { who, texts: new Map(texts), inWindow: new Map<string, string>() }] as const,
  )
  const nothing = { renamed: new Map(), deletedInWindow: new Set<string>(), movedInWindow: false, typed: 0 }
  return { store, least, rows: new Map(own), ...nothing }
}

/** The rows as they are at this moment. */
export const copyRows = (rows: Desk['rows']): Desk['rows'] =>
  new Map(
    [...rows].map(([ref, { who, texts, inWindow }]) => [
      ref,
      { who, texts: new Map(texts), inWindow: new Map(inWindow) },
    ]),
  )

/** Does an edit, in the sheet and in what is known of it; one that makes no sense as it stands is left. */
export function edit(desk: Desk, act: Edit, when: 'in_window' | 'at_rest'): void {
  const { store, rows, renamed } = desk
  const tab = store.tabs()[0]!
  const shown = showList(store)
  const nameOf = (header: string) => renamed.get(header) ?? header
  const top = shown.findIndex((row) => row.includes(nameOf(REFERENCE)))
  const headers = shown[top]
  if (!headers) throw new Error('The list lost its headers')
  const refs = [...rows.keys()]
  const rowOf = (ref: string) => shown.findIndex((row) => row[headers.indexOf(nameOf(REFERENCE))] === ref)
  desk.movedInWindow ||= when === 'in_window' && (act.do === 'sort' || / row$/.test(act.do))
  switch (act.do) {
    case 'type': {
      const ref = refs[act.row % refs.length]
      const header = COLUMNS[act.column % COLUMNS.length]!
      const [row, column] = [ref === undefined ? -1 : rowOf(ref), headers.indexOf(nameOf(header))]
      if (ref === undefined || row < 0 || column < 0) return
      const mine = rows.get(ref)!
      const text = header === 'Website' ? `typed${String(desk.typed++)}.example` : `Typed${letters(desk.typed++)}`
      if (when === 'in_window') mine.inWindow.set(header, mine.texts.get(header) ?? '')
      mine.texts.set(header, text)
      mine.who = [...mine.who, ...whoIsMeant(mine.texts)]
      store.write(tab.id, { row, column, rows: 1, columns: 1 }, [[{ value: text, format: '@' }]])
      return
    }
    case 'sort': {
      const area = { row: top + 1, column: 0, rows: shown.length - top - 1, columns: headers.length }
      store.sort(tab.id, area, { column: act.column % headers.length, ascending: act.ascending })
      return
    }
    case 'insert row':
      store.insertRows(tab.id, act.row % shown.length, 1)
      return
    case 'delete row': {
      const ref = refs[act.row % refs.length]
      if (ref === undefined || rowOf(ref) < 0 || refs.length < desk.least) return
      store.deleteRows(tab.id, rowOf(ref), 1)
      rows.delete(ref)
      if (when === 'in_window') desk.deletedInWindow.add(ref)
      return
    }
    case 'insert column':
      store.insertColumns(tab.id, act.column % headers.length, 1)
      return
    case 'rename header': {
      const header = COLUMNS[act.column % COLUMNS.length]!
      const column = headers.indexOf(nameOf(header))
      if (column < 0) return
      const name = renamed.has(header) ? header : `${header} of ours`
      // Who gave a column another name, and got a new one of the old name since, leaves both.
      if (headers.includes(name)) return
      if (name === header) renamed.delete(header)
      else renamed.set(header, name)
      store.write(tab.id, { row: top, column, rows: 1, columns: 1 }, [[{ value: name }]])
      return
    }
    case 'rename tab':
      store.renameTab(tab.id, tab.name === 'Leads' ? 'Our leads' : 'Leads')
  }
}

function letters(number: number): string {
  return String.fromCharCode(97 + Math.floor(number / 26), 97 + (number % 26))
}
