import { overlaps, parseA1, writeA1 } from './a1'
import { requireFits, type CellInput, type Cells } from './cells'
import { checkedRange, rangeRef, tabOf, type RangeRef } from './range-service'
import {
  asText,
  flushWrites,
  GoogleError,
  intArg,
  isEditor,
  localError,
  signatureError,
  textArg,
  type Call,
  type Google,
  type Run,
  type Selection,
  type Services,
} from './run'
import type { Area, Tab } from './sheet-store'

/** 10,000,000 cells and 200 tabs a spreadsheet, 18,278 columns a tab (platform.md section 1). */
const SPREADSHEET_CELLS = 10_000_000
const TABS = 200
const COLUMNS = 18_278

/** The tab and ranges that a user has selected; the first visible tab and A1 until then. */
export function selectionOf(google: Google, user: string): Selection {
  const tabs = google.store.tabs()
  const chosen = google.selections.get(user)
  if (chosen && tabs.some((tab) => tab.id === chosen.tab)) return chosen
  return { tab: (tabs.find((tab) => !tab.hidden) ?? tabs[0])?.id ?? 0, ranges: ['A1'] }
}

/** Services of SpreadsheetApp, Spreadsheet, Sheet, RangeList, Filter and Protection. */
export function sheetServices(google: Google, cells: Cells): Services {
  const { store } = google

  const sheetRef = (tab: number) => ({ $: 'Sheet', tab })
  const tabById = (id: number): Tab | undefined => store.tabs().find((tab) => tab.id === id)
  const tabByName = (name: string): Tab | undefined => store.tabs().find((tab) => tab.name === name)

  const usedOf = (run: Run, tab: number): { readonly rows: number; readonly columns: number } => {
    if (run.pending.some((write) => write.tab === tab)) flushWrites(run)
    return store.used(tab)
  }

  const rangeByText = (call: Call, tab: Tab, text: string): RangeRef => {
    const area = parseA1(text, tab)
    if (!area) throw new GoogleError('Range not found')
    return checkedRange(call, tab, area)
  }

  const rangeByTextAnywhere = (call: Call, text: string, home: Tab): RangeRef => {
    const split = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/.exec(text)
    if (!split) return rangeByText(call, home, text)
    const tab = tabByName(split[1]?.replace(/''/g, "'") ?? split[2] ?? '')
    if (!tab) throw new GoogleError('Range not found')
    return rangeByText(call, tab, split[3]!)
  }

  const getRange = (call: Call, tab: Tab): RangeRef => {
    if (typeof call.args[0] === 'string') return rangeByTextAnywhere(call, call.args[0], tab)
    if (call.args.length < 2) throw signatureError(call)
    const [row, column] = [intArg(call, 0), intArg(call, 1)]
    const rows = call.args.length > 2 ? intArg(call, 2) : 1
    const columns = call.args.length > 3 ? intArg(call, 3) : 1
    return checkedRange(call, tab, { row: row - 1, column: column - 1, rows, columns })
  }

  const rangeList = (call: Call, tab: Tab) => {
    const texts = call.args[0]
    if (!Array.isArray(texts)) throw signatureError(call)
    return { $: 'RangeList', ranges: (texts as readonly string[]).map((text) => rangeByTextAnywhere(call, text, tab)) }
  }

  // ---- what is active --------------------------------------------------------------------------------------------
  const activeOf = (run: Run): Selection => {
    const unattended = run.execution.via === 'trigger' || run.execution.via === 'web'
    return selectionOf(google, unattended ? '' : run.user.id)
  }
  const activeTab = (run: Run): Tab => tabById(activeOf(run).tab)!
  const activeRanges = (call: Call): readonly RangeRef[] => {
    const selection = activeOf(call.run)
    const tab = activeTab(call.run)
    return selection.ranges.flatMap((text) => {
      const area = parseA1(text, tab)
      return area ? [rangeRef(tab.id, area)] : []
    })
  }
  const activate = (run: Run, tab: number, ranges: readonly Area[]): void => {
    const selection = ranges.length === 0 ? ['A1'] : ranges.map(writeA1)
    google.selections.set(run.user.id, { tab, ranges: selection })
    google.emitUi({ kind: 'activate', user: run.user.id, tab, selection })
  }
  const activateRange = (call: Call): RangeRef => {
    const range = (call.args[0] ?? call.ref) as RangeRef
    activate(call.run, range.tab, [range])
    return rangeRef(range.tab, range)
  }
  const lastActive = (call: Call): RangeRef | null => activeRanges(call).at(-1) ?? null
  const activeList = (call: Call) => ({ $: 'RangeList', ranges: activeRanges(call) })
  const activateList = (call: Call) => {
    const list = (call.args[0] ?? call.ref) as { readonly ranges: readonly RangeRef[] }
    activate(call.run, list.ranges[0]?.tab ?? activeOf(call.run).tab, list.ranges)
    return { $: 'RangeList', ranges: list.ranges }
  }
  const activateSheet = (call: Call) => {
    const { tab } = (call.args[0] ?? call.ref) as { readonly tab: number }
    activate(call.run, tab, [])
    return sheetRef(tab)
  }

  // ---- structure -------------------------------------------------------------------------------------------------
  const requireCells = (more: number): void => {
    const total = store.tabs().reduce((sum, tab) => sum + tab.rows * tab.columns, more)
    if (total <= SPREADSHEET_CELLS) return
    throw new GoogleError(
      'This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
    )
  }
  const requireFreeName = (name: string, except?: number): void => {
    const taken = store.tabs().some((tab) => tab.id !== except && tab.name.toLowerCase() === name.toLowerCase())
    if (taken) throw new GoogleError(`A sheet with the name "${name}" already exists. Please enter another name.`)
  }
  const freshName = (): string => {
    const names = new Set(store.tabs().map((tab) => tab.name.toLowerCase()))
    let at = store.tabs().length + 1
    while (names.has(`sheet${String(at)}`)) at++
    return `Sheet${String(at)}`
  }
  const insertSheet = (call: Call) => {
    const name = call.args.find((arg) => typeof arg === 'string') ?? freshName()
    const index = call.args.find((arg) => typeof arg === 'number')
    requireFreeName(name)
    requireCells(1000 * 26)
    if (store.tabs().length >= TABS) throw new GoogleError('You have exceeded the maximum number of sheets.')
    const tab = store.addTab(name, { rows: 1000, columns: 26, ...(index === undefined ? {} : { index }) })
    activate(call.run, tab.id, [])
    return sheetRef(tab.id)
  }
  const insert = (axis: 'row' | 'column', where: 'before' | 'after') => (call: Call) => {
    const tab = tabOf(google, call)
    const at = intArg(call, 0)
    const count = call.args.length > 1 ? intArg(call, 1) : 1
    const size = axis === 'row' ? tab.rows : tab.columns
    if (at < 1 || at > size || count < 1) throw localError(call.run, 'outside')
    if (axis === 'column' && tab.columns + count > COLUMNS)
      throw new GoogleError(`You cannot exceed ${String(COLUMNS)} columns.`)
    requireCells(count * (axis === 'row' ? tab.columns : tab.rows))
    flushWrites(call.run)
    const before = where === 'before' ? at - 1 : at
    if (axis === 'row') store.insertRows(tab.id, before, count)
    else store.insertColumns(tab.id, before, count)
  }
  const remove = (axis: 'row' | 'column') => (call: Call) => {
    const tab = tabOf(google, call)
    const from = intArg(call, 0) - 1
    const count = call.args.length > 1 ? intArg(call, 1) : 1
    const size = axis === 'row' ? tab.rows : tab.columns
    if (from < 0 || count < 1 || from + count > size) throw localError(call.run, 'outside')
    if (count === size) throw new GoogleError(`You can't delete all the ${axis}s on the sheet.`)
    const band =
      axis === 'row'
        ? { row: from, rows: count, column: 0, columns: tab.columns }
        : { row: 0, rows: tab.rows, column: from, columns: count }
    cells.requireEditable(call.run, tab.id, band)
    flushWrites(call.run)
    if (axis === 'row') store.deleteRows(tab.id, from, count)
    else store.deleteColumns(tab.id, from, count)
  }
  const clearSheet = (call: Call): void => {
    const tab = tabOf(google, call)
    const used = usedOf(call.run, tab.id)
    const area = { row: 0, column: 0, rows: Math.max(1, used.rows), columns: Math.max(1, used.columns) }
    cells.write(call.run, tab.id, area, (current) =>
      current.map((row) => row.map(() => ({ value: null, formula: null }))),
    )
  }
  const appendRow = (call: Call): void => {
    const tab = tabOf(google, call)
    const [values] = call.args
    if (!Array.isArray(values) || values.length === 0) throw signatureError(call)
    const inputs = values as readonly CellInput[]
    inputs.forEach(requireFits)
    const { rows } = usedOf(call.run, tab.id)
    if (rows >= tab.rows) {
      requireCells(tab.columns)
      store.insertRows(tab.id, tab.rows, 1)
    }
    if (inputs.length > tab.columns) {
      requireCells((inputs.length - tab.columns) * tab.rows)
      store.insertColumns(tab.id, tab.columns, inputs.length - tab.columns)
    }
    cells.write(call.run, tab.id, { row: rows, column: 0, rows: 1, columns: inputs.length }, (current) =>
      current.map((row) => row.map((cell, at) => cells.patchFor(inputs[at] ?? null, cell))),
    )
    // "This operation is atomic" (reference of Sheet.appendRow): no other execution takes the same row.
    flushWrites(call.run)
  }
  const copySheet = (call: Call) => {
    const tab = tabOf(google, call)
    flushWrites(call.run)
    requireCells(tab.rows * tab.columns)
    const copy = store.addTab(`Copy of ${tab.name}`, { rows: tab.rows, columns: tab.columns })
    const used = store.used(tab.id)
    if (used.rows > 0) {
      const area = { row: 0, column: 0, rows: used.rows, columns: used.columns }
      store.write(copy.id, area, store.read(tab.id, area))
    }
    return sheetRef(copy.id)
  }

  // ---- filter and protection -------------------------------------------------------------------------------------
  const isHiddenByFilter = (call: Call): boolean => {
    const tab = tabOf(google, call)
    const filter = store.filter(tab.id)
    const row = intArg(call, 0) - 1
    if (!filter || row <= filter.area.row || row >= filter.area.row + filter.area.rows) return false
    return Object.entries(filter.hiddenTexts).some(([column, hidden]) => {
      const [[text = ''] = []] = store.display(tab.id, { row, column: Number(column), rows: 1, columns: 1 })
      return hidden.includes(text)
    })
  }
  const protectionsOf = (tab: Tab, type: unknown) =>
    store.protections(tab.id).flatMap((one) => {
      if ((one.area === 'sheet') !== (type === 'SHEET')) return []
      const area = one.area === 'sheet' ? { row: 0, column: 0, rows: tab.rows, columns: tab.columns } : one.area
      return [{ $: 'Protection', type, range: rangeRef(tab.id, area), editors: one.editors }]
    })

  const getActiveSpreadsheet = ({ run }: Call) =>
    run.execution.via === 'web' && google.options.edition === 'addon' ? null : { $: 'Spreadsheet' }
  const refuseOtherFiles = (call: Call): never => {
    throw new GoogleError(
      `You do not have permission to call ${call.method}. Required permissions: https://www.googleapis.com/auth/spreadsheets`,
    )
  }
  const changeName = (call: Call): void => {
    const tab = tabOf(google, call)
    requireFreeName(textArg(call, 0), tab.id)
    store.renameTab(tab.id, textArg(call, 0))
  }
  const hideSheet = (call: Call): void => {
    const tab = tabOf(google, call)
    const others = store.tabs().some((one) => one.id !== tab.id && !one.hidden)
    if (!others) throw new GoogleError("You can't hide all the sheets in a document.")
    store.hideTab(tab.id)
  }
  const boundedColumn = (call: Call): Tab => {
    const tab = tabOf(google, call)
    const column = intArg(call, 0)
    if (column < 1 || column > tab.columns) throw localError(call.run, 'outside')
    return tab
  }

  return {
    'SpreadsheetApp.getActiveSpreadsheet': getActiveSpreadsheet,
    'SpreadsheetApp.getActive': getActiveSpreadsheet,
    'SpreadsheetApp.getActiveSheet': ({ run }) => sheetRef(activeOf(run).tab),
    'SpreadsheetApp.getActiveRange': lastActive,
    'SpreadsheetApp.getActiveRangeList': activeList,
    'SpreadsheetApp.getCurrentCell': (call) => {
      const range = lastActive(call)
      return range && { ...range, rows: 1, columns: 1 }
    },
    'SpreadsheetApp.setActiveSheet': activateSheet,
    'SpreadsheetApp.setActiveRange': activateRange,
    'SpreadsheetApp.setActiveRangeList': activateList,
    // Only the current file is in reach (platform.md section 7, T-CURRENT).
    'SpreadsheetApp.openById': refuseOtherFiles,
    'SpreadsheetApp.openByUrl': refuseOtherFiles,
    async 'SpreadsheetApp.flush'({ run }) {
      flushWrites(run)
      if (run.execution.via === 'formula') return
      // The executions behind formulas need the time to go on while this one waits for them.
      google.clock.leave()
      await store.settled()
      google.clock.enter()
    },

    'Spreadsheet.getId': () => google.fileId(),
    'Spreadsheet.getName': () => 'Workbench',
    'Spreadsheet.getUrl': () => 'https://docs.google.com/spreadsheets/d/workbench-spreadsheet/edit',
    'Spreadsheet.getSheets': () => store.tabs().map((tab) => sheetRef(tab.id)),
    'Spreadsheet.getNumSheets': () => store.tabs().length,
    'Spreadsheet.getSheetByName'(call) {
      const tab = tabByName(textArg(call, 0))
      return tab ? sheetRef(tab.id) : null
    },
    'Spreadsheet.getSheetById'(call) {
      const tab = tabById(intArg(call, 0))
      return tab ? sheetRef(tab.id) : null
    },
    'Spreadsheet.insertSheet': insertSheet,
    'Spreadsheet.deleteSheet'(call) {
      const { tab } = call.args[0] as { readonly tab: number }
      if (!tabById(tab)) throw new GoogleError('Sheet not found')
      if (store.tabs().length === 1) throw new GoogleError("You can't remove all the sheets in a document.")
      cells.requireEditable(call.run, tab, { row: 0, column: 0, rows: 1, columns: 1 })
      flushWrites(call.run)
      store.removeTab(tab)
    },
    'Spreadsheet.setActiveSheet': activateSheet,
    'Spreadsheet.setActiveRange': activateRange,
    'Spreadsheet.setActiveRangeList': activateList,
    'Spreadsheet.getActiveSheet': ({ run }) => sheetRef(activeOf(run).tab),
    'Spreadsheet.getActiveRange': lastActive,
    'Spreadsheet.getActiveRangeList': activeList,
    'Spreadsheet.getActiveCell': lastActive,
    'Spreadsheet.getSpreadsheetLocale': () => store.locale.replace('-', '_'),
    'Spreadsheet.getSpreadsheetTimeZone': () => google.timeZone,
    'Spreadsheet.toast'(call) {
      const [message, title] = call.args
      google.emitUi({
        kind: 'toast',
        user: call.run.user.id,
        title: asText(title),
        message: asText(message),
      })
    },
    'Spreadsheet.getOwner': () => null,
    'Spreadsheet.getRange': (call) => getRange(call, activeTab(call.run)),
    'Spreadsheet.getRangeList': (call) => rangeList(call, activeTab(call.run)),
    'Spreadsheet.getRangeByName': () => null,
    'Spreadsheet.getProtections': (call) => store.tabs().flatMap((tab) => protectionsOf(tab, call.args[0])),

    'Sheet.getName': (call) => tabOf(google, call).name,
    'Sheet.setName': changeName,
    'Sheet.getIndex': (call) => store.tabs().findIndex((tab) => tab.id === tabOf(google, call).id) + 1,
    'Sheet.getRange': (call) => getRange(call, tabOf(google, call)),
    'Sheet.getRangeList': (call) => rangeList(call, tabOf(google, call)),
    'Sheet.getDataRange'(call) {
      const tab = tabOf(google, call)
      const used = usedOf(call.run, tab.id)
      return rangeRef(tab.id, { row: 0, column: 0, rows: Math.max(1, used.rows), columns: Math.max(1, used.columns) })
    },
    'Sheet.getLastRow': (call) => usedOf(call.run, tabOf(google, call).id).rows,
    'Sheet.getLastColumn': (call) => usedOf(call.run, tabOf(google, call).id).columns,
    'Sheet.getMaxRows': (call) => tabOf(google, call).rows,
    'Sheet.getMaxColumns': (call) => tabOf(google, call).columns,
    'Sheet.insertRowsAfter': insert('row', 'after'),
    'Sheet.insertRowsBefore': insert('row', 'before'),
    'Sheet.insertRowAfter': insert('row', 'after'),
    'Sheet.insertRowBefore': insert('row', 'before'),
    'Sheet.insertRows': insert('row', 'before'),
    'Sheet.insertColumnsAfter': insert('column', 'after'),
    'Sheet.insertColumnsBefore': insert('column', 'before'),
    'Sheet.insertColumnAfter': insert('column', 'after'),
    'Sheet.insertColumnBefore': insert('column', 'before'),
    'Sheet.insertColumns': insert('column', 'before'),
    'Sheet.deleteRows': remove('row'),
    'Sheet.deleteRow': remove('row'),
    'Sheet.deleteColumns': remove('column'),
    'Sheet.deleteColumn': remove('column'),
    'Sheet.clear': clearSheet,
    'Sheet.clearContents': clearSheet,
    'Sheet.hideSheet': hideSheet,
    'Sheet.showSheet': (call) => store.showTab(tabOf(google, call).id),
    'Sheet.isSheetHidden': (call) => tabOf(google, call).hidden,
    'Sheet.activate': activateSheet,
    'Sheet.appendRow': appendRow,
    'Sheet.copyTo': copySheet,
    'Sheet.getActiveRange': lastActive,
    'Sheet.getActiveRangeList': activeList,
    'Sheet.getActiveCell': lastActive,
    'Sheet.setActiveRange': activateRange,
    'Sheet.setActiveSelection': (call) =>
      typeof call.args[0] === 'string'
        ? activateRange({ ...call, args: [rangeByText(call, tabOf(google, call), call.args[0])] })
        : activateRange(call),
    'Sheet.setActiveRangeList': activateList,
    'Sheet.getFilter'(call) {
      const tab = tabOf(google, call)
      const filter = store.filter(tab.id)
      return filter ? { $: 'Filter', tab: tab.id, range: rangeRef(tab.id, filter.area) } : null
    },
    'Sheet.isRowHiddenByFilter': isHiddenByFilter,
    'Sheet.isRowHiddenByUser': (call) => intArg(call, 0) > tabOf(google, call).rows,
    'Sheet.isColumnHiddenByUser': (call) => intArg(call, 0) > tabOf(google, call).columns,
    'Sheet.getProtections': (call) => protectionsOf(tabOf(google, call), call.args[0]),
    'Sheet.setFrozenRows': (call) => void store.frozenRows(tabOf(google, call).id, intArg(call, 0)),
    'Sheet.getFrozenRows': (call) => store.frozenRows(tabOf(google, call).id),
    'Sheet.setColumnWidth'(call) {
      const tab = boundedColumn(call)
      store.columnWidth(tab.id, intArg(call, 0) - 1, intArg(call, 1))
      return sheetRef(tab.id)
    },
    'Sheet.setColumnWidths'(call) {
      const tab = boundedColumn(call)
      for (let at = 0; at < intArg(call, 1); at++) store.columnWidth(tab.id, intArg(call, 0) - 1 + at, intArg(call, 2))
    },
    'Sheet.getColumnWidth': (call) => store.columnWidth(boundedColumn(call).id, intArg(call, 0) - 1),
    'Sheet.autoResizeColumns': (call) => void boundedColumn(call),
    'Sheet.autoResizeColumn': (call) => void boundedColumn(call),
    'Sheet.setTabColor': (call) => sheetRef(tabOf(google, call).id),

    'Range.activate': (call) => void activateRange({ ...call, args: [] }),
    'RangeList.activate': (call) => void activateList({ ...call, args: [] }),
    'Filter.getColumnFilterCriteria'(call) {
      const { tab } = call.ref as { readonly tab: number }
      const hidden = store.filter(tab)?.hiddenTexts[intArg(call, 0) - 1]
      return hidden && hidden.length > 0 ? { $: 'FilterCriteria', hidden } : null
    },
    'Protection.canEdit'(call) {
      const { editors, range } = call.ref as { readonly editors: readonly string[]; readonly range: RangeRef }
      const still = store.protections(range.tab).some((one) => one.area === 'sheet' || overlaps(one.area, range))
      return !still || isEditor(google, call.run.user, editors)
    },
  }
}
