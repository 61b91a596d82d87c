import type { Host } from '../../src/app/host'
import type { Book } from '../../src/appsscript/google-sheets'
import { googleTable } from '../../src/appsscript/google-table'

/** Thrown in place of a call: the execution ends there. */
export class Killed extends Error {}

interface FakeTab {
  hidden: boolean
  cells: string[][]
  rows: number
  columns: number
}

/** A spreadsheet with hidden tabs and properties only, so that every service call of the store can be counted or killed. */
export interface FakeBook {
  readonly host: Host
  readonly tabs: Map<string, FakeTab>
  readonly properties: Map<string, string>
  /** Service calls since the start; calls that only make an object are not among them (workbench/appsscript/costs.ts). */
  readonly calls: string[]
  /** Kills the execution in place of its n-th call from now on. */
  killAt(call: number): void
  /** What the file is called by now: a copy has another id. */
  file: string
}

/** A plan of a run that fills nothing. */
export const PLAN = {
  id: 'run-1',
  sheet: 0,
  sheetName: 'Leads',
  wanted: [],
  columns: [],
  targets: [],
  headerRow: 0,
  added: [],
}

const NOW = Date.UTC(2026, 10, 22)

/** Makes the book. */
export function fakeBook(): FakeBook {
  const tabs = new Map<string, FakeTab>()
  const properties = new Map<string, string>()
  const calls: string[] = []
  let left = Infinity
  let ids = 0
  const call = <T>(method: string, work: () => T): T => {
    if (--left < 0) throw new Killed(method)
    calls.push(method)
    return work()
  }
  const sheetOf = (tab: FakeTab) => ({
    getLastRow: () => call('Sheet.getLastRow', () => tab.cells.findLastIndex((row) => row.some(Boolean)) + 1),
    getLastColumn: () =>
      call('Sheet.getLastColumn', () => Math.max(0, ...tab.cells.map((row) => row.findLastIndex(Boolean) + 1))),
    getMaxRows: () => call('Sheet.getMaxRows', () => tab.rows),
    getMaxColumns: () => call('Sheet.getMaxColumns', () => tab.columns),
    insertRowsAfter: (_: number, count: number) => call('Sheet.insertRowsAfter', () => void (tab.rows += count)),
    insertColumnsAfter: (_: number, count: number) =>
      call('Sheet.insertColumnsAfter', () => void (tab.columns += count)),
    deleteColumns: (_: number, count: number) => call('Sheet.deleteColumns', () => void (tab.columns -= count)),
    deleteRows: (from: number, count: number) =>
      call('Sheet.deleteRows', () => {
        tab.cells.splice(from - 1, count)
        tab.rows -= count
      }),
    appendRow: (texts: string[]) =>
      call('Sheet.appendRow', () => {
        const last = tab.cells.findLastIndex((row) => row.some(Boolean))
        tab.cells.splice(last + 1, 1, [...texts])
      }),
    hideSheet: () => call('Sheet.hideSheet', () => void (tab.hidden = true)),
    isSheetHidden: () => call('Sheet.isSheetHidden', () => tab.hidden),
    getRange(...place: readonly [number, number, number, number] | readonly [string]) {
      const [row, column, rows, columns] =
        place.length === 4
          ? place
          : place[0] === 'A:A'
            ? [1, 1, tab.rows, 1]
            : [Number.parseInt(place[0], 10), 1, 1, tab.columns]
      const range = {
        setNumberFormat: () => call('Range.setNumberFormat', () => range),
        getValues: () =>
          call('Range.getValues', () =>
            Array.from({ length: rows }, (_, y) =>
              Array.from({ length: columns }, (__, x) => tab.cells[row - 1 + y]?.[column - 1 + x] ?? ''),
            ),
          ),
        setValues: (values: readonly (readonly string[])[]) =>
          call('Range.setValues', () => {
            if (row - 1 + rows > tab.rows || column - 1 + columns > tab.columns) throw new Error('outside of the tab')
            values.forEach((texts, y) => {
              for (const text of texts) if (text.length > 50_000) throw new Error('more than 50,000 characters')
              const cells = (tab.cells[row - 1 + y] ??= [])
              texts.forEach((text, x) => (cells[column - 1 + x] = text))
            })
            tab.cells = Array.from(tab.cells, (cells: string[] | undefined) => cells ?? [])
          }),
        clearContent: () => call('Range.clearContent', () => void (tab.cells = [])),
      }
      return range
    },
  })
  const book = {
    getSheetByName: (name: string) => {
      const tab = tabs.get(name)
      return tab ? sheetOf(tab) : null
    },
    getActiveSheet: () => ({}),
    getActiveRangeList: () => null,
    getSheets: () => [],
    setActiveSheet: () => undefined,
    insertSheet: (name: string) =>
      call('Spreadsheet.insertSheet', () => {
        const tab: FakeTab = { cells: [], rows: 1000, columns: 26, hidden: false }
        tabs.set(name, tab)
        return sheetOf(tab)
      }),
  }
  const made: FakeBook = {
    file: 'file-1',
    tabs,
    properties,
    calls,
    killAt: (nth) => void (left = nth - 1),
    host: {
      fileId: () => made.file,
      now: () => NOW,
      // What an execution claims until its end is free again when it is killed: nobody waits here.
      deadline: NOW,
      randomId: () => `random-${++ids}`,
      document: {
        get: (key: string) => call('Properties.getProperty', () => properties.get(key)),
        set: (key: string, value: string | undefined) =>
          call('Properties.setProperty', () => {
            if (value === undefined) properties.delete(key)
            else properties.set(key, value)
          }),
        peek: (key: string) => properties.get(key),
        peekKeys: () => [...properties.keys()],
        refresh: () => undefined,
      },
      user: { get: () => undefined, peek: () => undefined, set: () => undefined, peekKeys: () => [] },
      locked: (work: () => unknown) => work(),
      table: (name: string) => googleTable(book as Book, name),
      sheets: { flush: () => call('SpreadsheetApp.flush', () => undefined) },
    } as unknown as Host,
  }
  return made
}
