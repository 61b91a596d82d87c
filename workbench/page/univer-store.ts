import {
  generateRandomId,
  numfmt,
  ObjectMatrix,
  type ICellData,
  type IRange,
  type IWorkbookData,
  type Nullable,
} from '@univerjs/core'
import {
  FormulaDataModel,
  IFunctionService,
  SetFormulaCalculationNotificationMutation,
  SetFormulaCalculationStartMutation,
  type BaseFunction,
  type FormulaFunctionResultValueType,
  type ISetFormulaCalculationNotificationMutation,
} from '@univerjs/engine-formula'
import { IRegisterFunctionService } from '@univerjs/sheets-formula'
import { SheetsNoteModel, type ISheetNote } from '@univerjs/sheets-note'
import type { Area, Cell, CellPatch, Filter, SheetStore, StoreChange, Tab } from '../appsscript/sheet-store'
import { createAnswers } from './custom-functions'
import { NO_RULES, shiftRules, type Rules, type Shift } from './rules'
import type { Mutation } from './protocol'
import { tabNumber } from './tab-number'
import { createModel, WORKBOOK } from './univer-model'

/** Univer's cell types. */
const STRING = 1
const NUMBER = 2
const BOOLEAN = 3

/** Univer starts computing so long after the last change (its own constant). */
const COMPUTE_DELAY_MS = 100
/** A moment more, counted from then: where a process was held up, timers of different lengths fire at once. */
const COMPUTE_START_MS = 20

/** Opens a note in one window; of no interest to others. */
const NOTE_POPUP = 'sheet.mutation.toggle-note-popup'

const NOTE_SIZE = { width: 240, height: 100 }
/** A new tab as Google Sheets makes it: 1,000 x 26 cells of 100 x 21 pixels, Arial 10 at the bottom of the cell. */
const SHEET = {
  rowCount: 1000,
  columnCount: 26,
  defaultColumnWidth: 100,
  defaultRowHeight: 21,
  defaultStyle: { ff: 'Arial', fs: 10, vt: 3 },
}

/** A workbook of headless Univer, with what a page needs to mirror it. */
export interface UniverStore extends SheetStore {
  /** Executes what a page did, and tells everyone but that page. */
  apply(mutation: Mutation, origin: string): void
  /** Hears every change that another copy of the workbook must make too, and `undefined` after `restore`. */
  onMutation(listener: (mutation: Mutation | undefined, origin: string | undefined) => void): () => void
  /** The workbook as a page loads it, with the values that array formulas spilled. */
  workbook(): { readonly data: unknown; readonly spilled: Mutation }
  /** The number of a tab from Univer's id of it. */
  tabOf(sheetId: string): number
  /** Univer's id of a tab. */
  sheetOf(tab: number): string
  /** Why a cell shows `#ERROR!`, if a custom function threw. */
  problem(tab: number, row: number, column: number): string | undefined
}

const rangeOf = ({ row, column, rows, columns }: Area): IRange => ({
  startRow: row,
  startColumn: column,
  endRow: row + rows - 1,
  endColumn: column + columns - 1,
})

const areaOf = ({ startRow, startColumn, endRow, endColumn }: IRange): Area => ({
  row: startRow,
  column: startColumn,
  rows: endRow - startRow + 1,
  columns: endColumn - startColumn + 1,
})

const ERROR_TEXT = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|ERROR!|SPILL!|CALC!)$/

/** The plain value of a Univer cell; rich text counts as its text. */
const valueOf = (cell: Nullable<ICellData>): Cell['value'] => {
  const text = cell?.p?.body?.dataStream
  if (text !== undefined) return text.replace(/\r\n$/, '').replace(/\r/g, '\n')
  if (cell?.v === undefined || cell.v === null || cell.v === '') return null
  if (cell.t === BOOLEAN) return cell.v === 1 || cell.v === true || cell.v === 'TRUE'
  return cell.v
}

/** Cells by row and column. */
interface CellMatrix {
  readonly [row: number]: { readonly [column: number]: unknown }
}

/** The smallest area that holds all cells, or undefined when there is none. */
const changedArea = (cells: CellMatrix): Area | undefined => {
  let [top, left, bottom, right] = [Infinity, Infinity, -1, -1]
  for (const [row, line] of Object.entries(cells)) {
    for (const column of Object.keys(line as object)) {
      top = Math.min(top, Number(row))
      bottom = Math.max(bottom, Number(row))
      left = Math.min(left, Number(column))
      right = Math.max(right, Number(column))
    }
  }
  return bottom < 0 ? undefined : { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 }
}

/** A cell as the key of a map. */
const spot = (tab: number, row: number, column: number): string => `${tab}/${row}/${column}`

/** The note that a cell has, and the one that it is to have. */
interface NoteChange {
  readonly old: ISheetNote | undefined
  readonly note: string | null
}

/** How values of one sort compare in Google Sheets: numbers, then text, then booleans, empty cells last. */
const compareValues = (left: Cell['value'], right: Cell['value']): number => {
  const rank = (value: Cell['value']): number =>
    value === null || value === '' ? 3 : typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2
  if (rank(left) !== rank(right)) return rank(left) - rank(right)
  if (typeof left === 'string' && typeof right === 'string')
    return left.localeCompare(right, 'en', { sensitivity: 'base' })
  return Number(left) - Number(right)
}

const emptyWorkbook = (): Partial<IWorkbookData> => ({
  id: WORKBOOK,
  name: 'Untitled spreadsheet',
  sheetOrder: ['0'],
  sheets: { '0': { id: '0', name: 'Sheet1', ...SHEET } },
})

/** One file in headless Univer, empty but for `Sheet1`. */
export const createUniverStore = (): UniverStore => {
  const model = createModel()
  const { api } = model
  // Univer starts the plugins of a workbook, and their services exist, once there is one.
  api.createWorkbook(emptyWorkbook())
  const notes = model.services.get(SheetsNoteModel)
  const formulas = model.services.get(FormulaDataModel)
  const changeListeners = new Set<(change: StoreChange) => void>()
  const mutationListeners = new Set<(mutation: Mutation | undefined, origin: string | undefined) => void>()
  const problems = new Map<string, string>()
  const rules = new Map<number, Rules>()
  const running = new Set<Promise<void>>()
  let origin: string | undefined
  let computing = false
  let startTimer: NodeJS.Timeout | undefined

  const workbook = () => {
    const found = api.getWorkbook(WORKBOOK)
    if (!found) throw new Error('The workbook is gone.')
    return found
  }
  const sheetOf = (tab: number): string => {
    const found = workbook()
      .getSheets()
      .find((sheet) => tabNumber(sheet.getSheetId()) === tab)
    if (!found) throw new Error(`There is no tab ${tab}.`)
    return found.getSheetId()
  }
  const facade = (tab: number) => {
    const sheet = workbook().getSheetBySheetId(sheetOf(tab))
    if (!sheet) throw new Error(`There is no tab ${tab}.`)
    return sheet
  }
  const worksheet = (tab: number) => facade(tab).getSheet()
  const execute = (id: string, tab: number, params: object): void =>
    model.execute({ id, params: { unitId: WORKBOOK, subUnitId: sheetOf(tab), ...params } })
  const tell = (change: StoreChange): void => changeListeners.forEach((listener) => listener(change))
  const rulesOf = (tab: number): Rules => rules.get(tab) ?? NO_RULES

  const describe = (tab: number): Tab => {
    const sheet = worksheet(tab)
    return {
      id: tab,
      name: sheet.getName(),
      hidden: sheet.getConfig().hidden === 1,
      rows: sheet.getRowCount(),
      columns: sheet.getColumnCount(),
    }
  }

  const requireInside = (tab: number, area: Area): void => {
    const { name, rows, columns } = describe(tab)
    const isInside =
      area.row >= 0 && area.column >= 0 && area.row + area.rows <= rows && area.column + area.columns <= columns
    if (!isInside) throw new Error(`The area is outside of the tab ${name}.`)
  }

  const hasFormulas = (): boolean => {
    const sheets = Object.values(formulas.getFormulaData()[WORKBOOK] ?? {}) as readonly (CellMatrix | undefined)[]
    const isFormula = (row: object | null): boolean => Object.values(row ?? {}).some((item: unknown) => item !== null)
    return sheets.some((rows) => Object.values(rows ?? {}).some(isFormula))
  }

  const hiddenRows = (tab: number, { area, hiddenTexts }: Filter): readonly number[] => {
    const body = { ...area, row: area.row + 1, rows: area.rows - 1 }
    if (body.rows < 1) return []
    return store.display(tab, body).flatMap((texts, index) => {
      const hides = Object.entries(hiddenTexts).some(([column, hidden]) =>
        hidden.includes(texts[Number(column) - area.column] ?? ''),
      )
      return hides ? [body.row + index] : []
    })
  }
  const showRows = (tab: number, filter: Filter | undefined): void => {
    const all = {
      startRow: 0,
      endRow: worksheet(tab).getRowCount() - 1,
      startColumn: 0,
      endColumn: worksheet(tab).getColumnCount() - 1,
    }
    execute('sheet.mutation.set-row-visible', tab, { ranges: [all] })
    if (!filter) return
    const ranges = hiddenRows(tab, filter).map((row) => ({ ...all, startRow: row, endRow: row }))
    if (ranges.length > 0) execute('sheet.mutation.set-row-hidden', tab, { ranges })
  }

  const shift = (tab: number, by: Shift): void => {
    rules.set(tab, shiftRules(rulesOf(tab), by))
    tell({ kind: 'structure', tab })
  }
  const follow = ({ id, params }: Mutation): void => {
    const { subUnitId, range } = params as { readonly subUnitId?: string; readonly range?: IRange }
    const tab = subUnitId === undefined ? 0 : tabNumber(subUnitId)
    if (id === 'sheet.mutation.set-range-values') {
      const area = changedArea((params as { readonly cellValue?: CellMatrix }).cellValue ?? {})
      if (!area) return
      tell({ kind: 'cells', tab, area })
      return
    }
    if (range && id === 'sheet.mutation.insert-row')
      return shift(tab, { axis: 'row', at: range.startRow, count: areaOf(range).rows })
    if (range && id === 'sheet.mutation.remove-rows')
      return shift(tab, { axis: 'row', at: range.startRow, count: -areaOf(range).rows })
    if (range && id === 'sheet.mutation.insert-col')
      return shift(tab, { axis: 'column', at: range.startColumn, count: areaOf(range).columns })
    if (range && id === 'sheet.mutation.remove-col')
      return shift(tab, { axis: 'column', at: range.startColumn, count: -areaOf(range).columns })
    if (/-sheet$|worksheet-(name|hidden|order)$/.test(id)) return tell({ kind: 'tabs' })
    if (/-note$/.test(id)) {
      const { sheetId, row, col } = params as { readonly sheetId: string; readonly row?: number; readonly col?: number }
      tell({ kind: 'cells', tab: tabNumber(sheetId), area: { row: row ?? 0, column: col ?? 0, rows: 1, columns: 1 } })
      return
    }
    tell({ kind: 'structure', tab })
  }

  model.onMutation((mutation, options) => {
    if (mutation.id === SetFormulaCalculationStartMutation.id) computing = true
    if (mutation.id === SetFormulaCalculationNotificationMutation.id) {
      const { functionsExecutedState } = mutation.params as ISetFormulaCalculationNotificationMutation
      if (functionsExecutedState !== undefined) computing = false
    }
    const spilled = mutation.id === 'formula.mutation.set-array-formula-data'
    if (!spilled && (!mutation.id.startsWith('sheet.mutation.') || mutation.id === NOTE_POPUP)) return
    if (!spilled) {
      if (options?.['applyFormulaCalculationResult'] !== true && hasFormulas()) {
        clearTimeout(startTimer)
        startTimer = setTimeout(() => {
          startTimer = setTimeout(() => {
            startTimer = undefined
          }, COMPUTE_START_MS)
        }, COMPUTE_DELAY_MS)
      }
      follow(mutation)
    }
    mutationListeners.forEach((listener) => listener(mutation, origin))
  })

  const notesOf = (tab: number): ReadonlyMap<string, ISheetNote> => {
    const all = notes.getSheetNotes(WORKBOOK, sheetOf(tab))?.values() ?? []
    return new Map([...all].map((note) => [spot(tab, note.row, note.col), note]))
  }

  /** Reads the cells of a tab as they are now; what is the same for all of them is looked up once. */
  const createReader = (tab: number): ((row: number, column: number) => Cell) => {
    const sheetId = sheetOf(tab)
    const matrix = worksheet(tab).getCellMatrix()
    const styles = workbook().getWorkbook().getStyles()
    const spilled = formulas.getArrayFormulaCellData()[WORKBOOK]?.[sheetId]
    const sheetNotes = notesOf(tab)
    return (row, column) => {
      const own = matrix.getValue(row, column)
      const spill = valueOf(own) === null ? spilled?.[row]?.[column] : undefined
      const value = valueOf(spill ?? own)
      const note = sheetNotes.get(spot(tab, row, column))?.note
      const format = own?.s ? styles.getStyleByCell(own)?.n?.pattern : undefined
      const formula = (own?.f ?? own?.si) ? formulas.getFormulaStringByCell(row, column, sheetId, WORKBOOK) : undefined
      const failed = typeof value === 'string' && (formula || spill) && ERROR_TEXT.test(value)
      return {
        value,
        ...(formula ? { formula } : {}),
        ...(format && format !== 'General' ? { format } : {}),
        ...(note ? { note } : {}),
        ...(failed ? { error: true } : {}),
      }
    }
  }

  const displayCell = ({ value, format }: Cell): string => {
    if (value === null) return ''
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
    if (typeof value === 'string') return value
    return numfmt.format(format ?? 'General', value, { throws: false })
  }

  const cellData = (patch: CellPatch): ICellData => {
    const data: ICellData = {}
    if (patch.value !== undefined) {
      const { value } = patch
      data.v = value
      data.t = typeof value === 'number' ? NUMBER : typeof value === 'boolean' ? BOOLEAN : STRING
      if (typeof value === 'boolean') data.v = value ? 1 : 0
      data.f = null
      data.si = null
      data.p = null
    }
    if (patch.formula !== undefined) {
      data.f = patch.formula
      data.si = null
      data.p = null
      if (patch.formula !== null && patch.value === undefined) data.v = null
    }
    const style: { n?: { pattern: string } | null; bg?: { rgb: string } | null; bl?: 0 | 1 } = {}
    if (patch.format !== undefined) style.n = patch.format === null ? null : { pattern: patch.format }
    if (patch.background !== undefined) style.bg = patch.background === null ? null : { rgb: patch.background }
    if (patch.bold !== undefined) style.bl = patch.bold ? 1 : 0
    if (Object.keys(style).length > 0) data.s = style
    return data
  }

  const setNote = (tab: number, at: { readonly row: number; readonly col: number }, change: NoteChange): void => {
    const place = { unitId: WORKBOOK, sheetId: sheetOf(tab), ...at }
    if (change.note) {
      const id = change.old?.id ?? generateRandomId()
      const note = { ...NOTE_SIZE, show: false, id, ...at, note: change.note }
      model.execute({ id: 'sheet.mutation.update-note', params: { ...place, note } })
      return
    }
    if (change.old) model.execute({ id: 'sheet.mutation.remove-note', params: { ...place, noteId: change.old.id } })
  }
  const setNotes = (tab: number, area: Area, texts: readonly (readonly (string | null | undefined)[])[]): void => {
    if (texts.every((row) => row.every((text) => text === undefined))) return
    const old = notesOf(tab)
    texts.forEach((row, i) =>
      row.forEach((note, j) => {
        const at = { row: area.row + i, col: area.column + j }
        if (note !== undefined) setNote(tab, at, { old: old.get(spot(tab, at.row, at.col)), note })
      }),
    )
  }

  /** Cells whose formulas a script wrote: they run again, as Google runs them (the live check asks whether it does). */
  const rewritten = new Set<string>()

  /** Has the cells computed again whose formulas name a function, now that it has answered. */
  const recompute = (name: string): void => {
    const named = new RegExp(`\\b${name}\\s*\\(`, 'i')
    for (const { id: tab } of store.tabs()) {
      const cells = new ObjectMatrix<ICellData>()
      worksheet(tab)
        .getCellMatrix()
        .forValue((row, column, cell) => {
          if (!cell?.f && !cell?.si) return
          const formula = formulas.getFormulaStringByCell(row, column, sheetOf(tab), WORKBOOK)
          if (formula && named.test(formula)) cells.setValue(row, column, { f: formula, si: null })
        })
      if (cells.getSizeOf() > 0) execute('sheet.mutation.set-range-values', tab, { cellValue: cells.getMatrix() })
    }
  }

  const store: UniverStore = {
    locale: 'en-US',
    tabs: () =>
      workbook()
        .getSheets()
        .map((sheet) => describe(tabNumber(sheet.getSheetId()))),
    addTab: (name, size) => {
      if (store.tabs().some((tab) => tab.name === name)) throw new Error(`A tab named ${name} exists already.`)
      const id = store.tabs().reduce((highest, tab) => Math.max(highest, tab.id), 0) + 1
      model.execute({
        id: 'sheet.command.insert-sheet',
        params: {
          unitId: WORKBOOK,
          index: size?.index ?? store.tabs().length,
          sheet: {
            id: String(id),
            name,
            ...SHEET,
            rowCount: size?.rows ?? SHEET.rowCount,
            columnCount: size?.columns ?? SHEET.columnCount,
          },
        },
      })
      return describe(id)
    },
    removeTab: (tab) => {
      execute('sheet.command.remove-sheet', tab, {})
      rules.delete(tab)
    },
    renameTab: (tab, name) => execute('sheet.command.set-worksheet-name', tab, { name }),
    hideTab: (tab) => execute('sheet.mutation.set-worksheet-hidden', tab, { hidden: 1 }),
    showTab: (tab) => execute('sheet.mutation.set-worksheet-hidden', tab, { hidden: 0 }),
    read: (tab, area) => {
      requireInside(tab, area)
      const { row, column, rows, columns } = area
      const readCell = createReader(tab)
      return Array.from({ length: rows }, (_, i) =>
        Array.from({ length: columns }, (_, j) => readCell(row + i, column + j)),
      )
    },
    display: (tab, area) => store.read(tab, area).map((row) => row.map(displayCell)),
    write: (tab, area, patches) => {
      requireInside(tab, area)
      const cells = new ObjectMatrix<ICellData>()
      patches.forEach((row, i) =>
        row.forEach((patch, j) => {
          if (!patch) return
          const data = cellData(patch)
          if (Object.keys(data).length > 0) cells.setValue(area.row + i, area.column + j, data)
          if (patch.formula) rewritten.add(spot(tab, area.row + i, area.column + j))
        }),
      )
      if (cells.getSizeOf() > 0) execute('sheet.mutation.set-range-values', tab, { cellValue: cells.getMatrix() })
      setNotes(
        tab,
        area,
        patches.map((row) => row.map((patch) => patch?.note)),
      )
    },
    used: (tab) => {
      let rows = 0
      let columns = 0
      const include = (row: number, column: number, cell: Nullable<ICellData>): void => {
        if (valueOf(cell) === null && !cell?.f && !cell?.si) return
        rows = Math.max(rows, row + 1)
        columns = Math.max(columns, column + 1)
      }
      worksheet(tab).getCellMatrix().forValue(include)
      const spilled = formulas.getArrayFormulaCellData()[WORKBOOK]?.[sheetOf(tab)]
      if (spilled) new ObjectMatrix<Nullable<ICellData>>(spilled).forValue(include)
      return { rows, columns }
    },
    insertRows: (tab, before, count) => {
      const { rows } = describe(tab)
      if (before >= rows) {
        execute('sheet.mutation.set-worksheet-row-count', tab, { rowCount: rows + count })
        return
      }
      facade(tab).insertRowsBefore(before, count)
    },
    deleteRows: (tab, from, count) => void facade(tab).deleteRows(from, count),
    insertColumns: (tab, before, count) => {
      const { columns } = describe(tab)
      if (before >= columns) {
        execute('sheet.mutation.set-worksheet-column-count', tab, { columnCount: columns + count })
        return
      }
      facade(tab).insertColumnsBefore(before, count)
    },
    deleteColumns: (tab, from, count) => void facade(tab).deleteColumns(from, count),
    sort: (tab, area, { column, ascending }) => {
      const rows = store.read(tab, area)
      const key = (index: number): Cell['value'] => rows[index]?.[column]?.value ?? null
      const empty = (index: number): boolean => key(index) === null
      const order = rows
        .map((_, index) => index)
        .toSorted((left, right) => {
          const upwards = compareValues(key(left), key(right))
          return ascending || empty(left) || empty(right) ? upwards : -upwards
        })
      const cells = new ObjectMatrix<ICellData>()
      const matrix = worksheet(tab).getCellMatrix()
      order.forEach((source, target) => {
        for (let j = 0; j < area.columns; j += 1) {
          const old = matrix.getValue(area.row + source, area.column + j)
          const formula = rows[source]?.[j]?.formula
          const moved = formula && api.getFormula().moveFormulaRefOffset(formula, 0, target - source)
          cells.setValue(area.row + target, area.column + j, {
            v: old?.v ?? null,
            t: old?.t ?? null,
            f: moved ?? null,
            si: null,
            p: structuredClone(old?.p) ?? null,
            s: (old && structuredClone(workbook().getWorkbook().getStyles().getStyleByCell(old))) ?? null,
          })
        }
      })
      execute('sheet.mutation.set-range-values', tab, { cellValue: cells.getMatrix() })
      setNotes(
        tab,
        area,
        order.map((source) => (rows[source] ?? []).map((cell) => cell.note ?? null)),
      )
    },
    merges: (tab) => worksheet(tab).getMergeData().map(areaOf),
    merge: (tab, area) => {
      const emptied = (row: number, column: number): CellPatch | undefined =>
        row + column === 0 ? undefined : { value: null }
      store.write(
        tab,
        area,
        store.read(tab, area).map((line, row) => line.map((_, column) => emptied(row, column))),
      )
      execute('sheet.mutation.add-worksheet-merge', tab, { ranges: [rangeOf(area)] })
    },
    protections: (tab) => rulesOf(tab).protections,
    protect: (tab, protection) => {
      rules.set(tab, { ...rulesOf(tab), protections: [...rulesOf(tab).protections, protection] })
      tell({ kind: 'structure', tab })
    },
    validations: (tab) => rulesOf(tab).validations,
    validate: (tab, validation) => {
      rules.set(tab, { ...rulesOf(tab), validations: [...rulesOf(tab).validations, validation] })
      tell({ kind: 'structure', tab })
    },
    filter: (tab) => rulesOf(tab).filter,
    setFilter: (tab, filter) => {
      const { protections, validations } = rulesOf(tab)
      rules.set(tab, { protections, validations, ...(filter ? { filter } : {}) })
      showRows(tab, filter)
    },
    columnWidth: (tab, column, pixels) => {
      if (pixels !== undefined) {
        const ranges = [rangeOf({ row: 0, column, rows: describe(tab).rows, columns: 1 })]
        execute('sheet.mutation.set-worksheet-col-width', tab, { ranges, colWidth: pixels })
      }
      return worksheet(tab).getColumnWidth(column)
    },
    frozenRows: (tab, rows) => {
      if (rows !== undefined) {
        execute('sheet.mutation.set-frozen', tab, {
          startRow: rows > 0 ? rows : -1,
          startColumn: -1,
          ySplit: rows,
          xSplit: 0,
        })
      }
      return worksheet(tab).getFreeze().ySplit
    },
    defineFunction: (name, run) => {
      const answers = createAnswers({
        run,
        onRun: (run) => {
          const done = run.then(() => {
            running.delete(done)
            recompute(name)
          })
          running.add(done)
        },
      })
      // Univer keeps parsed formulas, with the function they call, for all workbooks of the process.
      model.services.get(IFunctionService).deleteFormulaAstCacheKey(name)
      model.services.get(IRegisterFunctionService).registerFunction({
        name,
        description: name,
        func: function (this: BaseFunction, ...args) {
          const given = args.map(plainArgument)
          const cell = spot(tabNumber(this.subUnitId ?? ''), this.row, this.column)
          if (rewritten.delete(cell)) answers.forget(given)
          const answer = answers.ask(given)
          const message = answers.problem(given)
          if (message === undefined) problems.delete(cell)
          if (message !== undefined) problems.set(cell, message)
          return engineResult(answer)
        },
      })
    },
    problem: (tab, row, column) => problems.get(spot(tab, row, column)),
    settled: async () => {
      const isBusy = (): boolean => computing || running.size > 0 || startTimer !== undefined
      while (isBusy()) {
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    onChange: (listener) => {
      changeListeners.add(listener)
      return () => void changeListeners.delete(listener)
    },
    snapshot: () => ({ workbook: structuredClone(workbook().save()), rules: [...rules] }),
    restore: (snapshot) => {
      const { workbook: data, rules: saved } = structuredClone(snapshot) as {
        readonly workbook: IWorkbookData
        readonly rules: readonly (readonly [number, Rules])[]
      }
      api.disposeUnit(WORKBOOK)
      api.createWorkbook(data)
      rules.clear()
      saved.forEach(([tab, kept]) => rules.set(tab, kept))
      tell({ kind: 'tabs' })
      mutationListeners.forEach((listener) => listener(undefined, undefined))
    },
    apply: (mutation, from) => {
      origin = from
      try {
        model.execute(mutation)
      } finally {
        origin = undefined
      }
    },
    onMutation: (listener) => {
      mutationListeners.add(listener)
      return () => void mutationListeners.delete(listener)
    },
    workbook: () => ({
      data: workbook().save(),
      spilled: {
        id: 'formula.mutation.set-array-formula-data',
        params: {
          arrayFormulaRange: formulas.getArrayFormulaRange(),
          arrayFormulaCellData: formulas.getArrayFormulaCellData(),
        },
      },
    }),
    tabOf: tabNumber,
    sheetOf,
  }
  // Univer lacks it; a formula engine with spilling arrays needs no more than this.
  model.services
    .get(IRegisterFunctionService)
    .registerFunction({ name: 'ARRAYFORMULA', description: 'ARRAYFORMULA', func: (values) => values as never })
  return store
}

/** An argument as plain values: a cell or a range of one cell alone is a scalar, as in Google Sheets. */
const plainArgument = (argument: unknown): unknown => {
  if (!Array.isArray(argument)) return argument ?? null
  const rows = argument as readonly (readonly unknown[])[]
  if (rows.length === 1 && rows[0]?.length === 1) return rows[0][0] ?? null
  return rows.map((row) => row.map((value) => value ?? null))
}

/** A result as Univer's engine takes it: a scalar, or a rectangle of scalars. */
const engineResult = (result: unknown): FormulaFunctionResultValueType => {
  if (result === undefined || result === null) return ''
  if (!Array.isArray(result)) return result as FormulaFunctionResultValueType
  const rows = result.map((row: unknown) => (Array.isArray(row) ? row : [row]) as readonly unknown[])
  const width = Math.max(1, ...rows.map((row) => row.length))
  return rows.map((row) =>
    Array.from({ length: width }, (_, column) => row[column] ?? ''),
  ) as FormulaFunctionResultValueType
}
