import {
  ICommandService,
  LocaleType,
  LogLevel,
  mergeLocales,
  Univer,
  type ICommandInfo,
  type IRange,
  type IWorkbookData,
  type PluginCtor,
} from '@univerjs/core'
import { FUniver } from '@univerjs/core/facade'
import { serializeRange } from '@univerjs/engine-formula'
import { UniverSheetsCorePreset } from '@univerjs/preset-sheets-core'
import coreEnglish from '@univerjs/preset-sheets-core/locales/en-US'
import { UniverSheetsNotePreset } from '@univerjs/preset-sheets-note'
import noteEnglish from '@univerjs/preset-sheets-note/locales/en-US'
import { UniverSheetsSortPreset } from '@univerjs/preset-sheets-sort'
import sortEnglish from '@univerjs/preset-sheets-sort/locales/en-US'
import { IRPCChannelService } from '@univerjs/rpc'
import { SheetsSelectionsService } from '@univerjs/sheets'
import { NEVER } from 'rxjs'
import type { Mutation, PageState, Selection } from '../protocol'
import type { FunctionHelp } from '../function-help'
import { tabNumber } from '../tab-number'
import { offerFunctions } from './function-list'
import '@univerjs/preset-sheets-core/lib/index.css'
import '@univerjs/preset-sheets-note/lib/index.css'
import '@univerjs/preset-sheets-sort/lib/index.css'

/** What Univer calls a change of the model. */
const MUTATION = 2
const SELECTION_DELAY_MS = 60
const TRY_EVERY_MS = 20
const MOST_TRIES = 1500

/** The cell under the pointer. */
export interface HoveredCell {
  readonly sheetId: string
  readonly row: number
  readonly column: number
  readonly text: string
}

/** What the grid tells the page. */
export interface GridOptions {
  readonly container: HTMLElement
  readonly onMutation: (mutation: Mutation) => void
  readonly onSelection: (selection: Selection) => void
  /** The pointer is over a cell, at a place of the window. */
  readonly onHover: (cell: HoveredCell) => void
}

/** A cell as a person sees it, and the value behind it. */
export interface CellView {
  readonly text: string
  readonly value: unknown
  readonly note: string
}

/** The spreadsheet on the screen. */
export interface Grid {
  /** Univer's own interface: what a person would do with mouse and keyboard, for tests. */
  readonly api: FUniver
  /** Replaces what is shown; resolves when it can be scrolled and clicked. */
  load(state: Pick<PageState, 'workbook' | 'spilled'>): Promise<void>
  /** Lists and explains custom functions while a formula is typed; to be called once, after the first load. */
  offer(functions: readonly FunctionHelp[]): void
  /** Executes what somebody else did. */
  apply(mutation: Mutation): void
  activate(tab: number, ranges: readonly string[]): void
  selection(): Selection
  activeTab(): number
  /** Names of the tabs that a person sees. */
  tabNames(): readonly string[]
  /** A cell of the active tab, such as `B2`. */
  cell(a1: string): CellView
  /** The middle of a cell of the active tab, in pixels of the window. */
  place(a1: string): { readonly x: number; readonly y: number }
}

/** Formulas run on the server; the page's engine wants a line to somewhere, which stays silent. */
const silentLine = {
  requestChannel: () => ({ call: async () => undefined, event: () => NEVER }),
  registerChannel: () => undefined,
}

/** Puts Univer into an element. */
export const createGrid = ({ container, onMutation, onSelection, onHover }: GridOptions): Grid => {
  // Univer would list the fonts of the computer: that asks for a permission, and ends a headless browser.
  Reflect.deleteProperty(window, 'queryLocalFonts')
  const locales = { [LocaleType.EN_US]: mergeLocales(coreEnglish, sortEnglish, noteEnglish) }
  const univer = new Univer({ logLevel: LogLevel.ERROR, locale: LocaleType.EN_US, locales })
  const injector = univer.__getInjector()
  injector.add([IRPCChannelService, { useValue: silentLine as never }])
  const presets = [
    UniverSheetsCorePreset({
      container,
      ribbonType: 'simple',
      // Google marks no numbers that are stored as text.
      disableTextFormatAlert: true,
      disableTextFormatMark: true,
      footer: { statisticBar: true, menus: false, zoomSlider: true, sheetBar: true } as never,
    }),
    UniverSheetsSortPreset(),
    UniverSheetsNotePreset(),
  ]
  const registered = new Set<string>()
  for (const entry of presets.flatMap(({ plugins }) => plugins)) {
    const [plugin, config] = (Array.isArray(entry) ? entry : [entry]) as readonly [PluginCtor, object?]
    if (registered.has(plugin.pluginName)) continue
    registered.add(plugin.pluginName)
    const computesNothing = /FORMULA/i.test(plugin.pluginName) ? { notExecuteFormula: true } : {}
    univer.registerPlugin(plugin, { ...config, ...computesNothing })
  }
  const api = FUniver.newAPI(univer)
  const commands = injector.get(ICommandService)
  const execute = (id: string, params: object): unknown =>
    commands.syncExecuteCommand(id, params, { fromCollab: true, onlyLocal: true })

  const workbook = () => {
    const open = api.getActiveWorkbook()
    if (!open) throw new Error('The workbook is not loaded yet.')
    return open
  }
  const bounded = (range: IRange): string => {
    const sheet = workbook().getActiveSheet()
    const within = (value: number, fallback: number): number => (Number.isFinite(value) ? value : fallback)
    return serializeRange({
      startRow: within(range.startRow, 0),
      startColumn: within(range.startColumn, 0),
      endRow: within(range.endRow, sheet.getMaxRows() - 1),
      endColumn: within(range.endColumn, sheet.getMaxColumns() - 1),
    })
  }
  const selection = (): Selection => {
    const chosen = injector.get(SheetsSelectionsService).getCurrentSelections()
    const ranges = chosen.map(({ range }) => bounded(range))
    return { sheetId: workbook().getActiveSheet().getSheetId(), ranges: ranges.length > 0 ? ranges : ['A1'] }
  }

  const canvas = (): Element | null => container.querySelector('canvas[id^=univer-sheet-main-canvas]')
  const canScroll = (): boolean => {
    try {
      workbook().getActiveSheet().scrollToCell(0, 0)
      return canvas() !== null
    } catch {
      return false
    }
  }
  /** Univer makes the parts that draw a workbook some time after the workbook, and tells nobody. */
  const drawn = async (): Promise<void> => {
    for (let tries = 0; tries < MOST_TRIES && !canScroll(); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS))
    }
  }

  let selectionTimer = 0
  commands.onCommandExecuted((command: Readonly<ICommandInfo>, options) => {
    if (/sheet\.operation\.set-(selections|worksheet-active)/.test(command.id)) {
      clearTimeout(selectionTimer)
      selectionTimer = window.setTimeout(() => onSelection(selection()), SELECTION_DELAY_MS)
    }
    const isLocalView = command.id === 'sheet.mutation.toggle-note-popup'
    if (command.type !== MUTATION || options?.fromCollab || isLocalView || !command.id.startsWith('sheet.mutation.'))
      return
    onMutation({ id: command.id, params: command.params })
  })
  api.addEvent(api.Event.CellHover, ({ row, column }) =>
    onHover({
      sheetId: workbook().getActiveSheet().getSheetId(),
      row,
      column,
      text: workbook().getActiveSheet().getRange(row, column).getDisplayValue(),
    }),
  )

  /** Selects ranges and scrolls to them. */
  const activate = (tab: number, ranges: readonly string[]): void => {
    const sheet = workbook()
      .getSheets()
      .find((candidate) => tabNumber(candidate.getSheetId()) === tab)
    if (!sheet) return
    if (sheet.getSheetId() !== workbook().getActiveSheet().getSheetId()) workbook().setActiveSheet(sheet)
    const targets = ranges.map((range) => sheet.getRange(range))
    const first = targets[0]
    if (!first) return
    execute('sheet.operation.set-selections', {
      unitId: workbook().getId(),
      subUnitId: sheet.getSheetId(),
      selections: targets.map((target) => {
        const { startRow, startColumn } = target.getRange()
        const corner = { startRow, startColumn, endRow: startRow, endColumn: startColumn }
        const primary = {
          ...corner,
          actualRow: startRow,
          actualColumn: startColumn,
          isMerged: false,
          isMergedMainCell: false,
        }
        return { range: target.getRange(), primary, style: null }
      }),
    })
    sheet.scrollToCell(Math.max(0, first.getRow() - 3), Math.max(0, first.getColumn() - 1))
  }

  return {
    api,
    load: async ({ workbook: data, spilled }) => {
      const old = api.getActiveWorkbook()
      const kept = old && selection()
      if (old) api.disposeUnit(old.getId())
      api.createWorkbook(data as Partial<IWorkbookData>)
      execute(spilled.id, spilled.params as object)
      await drawn()
      if (kept && workbook().getSheetBySheetId(kept.sheetId)) activate(tabNumber(kept.sheetId), kept.ranges)
    },
    offer: (functions) => offerFunctions(injector, functions),
    apply: ({ id, params }) => void execute(id, params as object),
    activate,
    selection,
    activeTab: () => tabNumber(workbook().getActiveSheet().getSheetId()),
    tabNames: () =>
      workbook()
        .getSheets()
        .filter((sheet) => !sheet.isSheetHidden())
        .map((sheet) => sheet.getSheetName()),
    cell: (a1) => {
      const range = workbook().getActiveSheet().getRange(a1)
      return { text: range.getDisplayValue(), value: range.getValue(), note: range.getNote()?.note ?? '' }
    },
    place: (a1) => {
      const sheet = workbook().getActiveSheet()
      const range = sheet.getRange(a1)
      const { x, y, width, height } = range.getCellRect()
      const { sheetViewStartRow, sheetViewStartColumn, offsetX, offsetY } = sheet.getScrollState()
      const origin = sheet.getRange(0, 0).getCellRect()
      const corner = sheet.getRange(sheetViewStartRow, sheetViewStartColumn).getCellRect()
      const isFrozen = range.getRow() < sheet.getFrozenRows()
      const left = x - (corner.x - origin.x) - offsetX
      const top = isFrozen ? y : y - (corner.y - origin.y) - offsetY
      const frame = canvas()?.getBoundingClientRect()
      return { x: (frame?.x ?? 0) + left + width / 2, y: (frame?.y ?? 0) + top + height / 2 }
    },
  }
}
