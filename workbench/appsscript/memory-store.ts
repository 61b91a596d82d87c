import { overlaps } from './a1'
import { carryFormula, parseFormulaCall, shiftFormula, type FormulaArgument, type FormulaCall } from './formula-call'
import { ERROR_TEXT, parseSimpleFormula, type SimpleFormula } from './simple-formula'
import { displayCell, isDateFormat, localeOf } from './number-format'
import type { Area, Cell, CellPatch, Filter, Protection, SheetStore, StoreChange, Tab, Validation } from './sheet-store'

/** A cell with the looks that only a page shows. */
interface StoredCell extends Cell {
  readonly background?: string
  readonly bold?: true
  /** The result of a formula that this cell is part of; the formula's own cell knows how far it reaches. */
  readonly spill?: { readonly id: number; readonly rows?: number; readonly columns?: number }
}

interface MemoryTab {
  id: number
  name: string
  hidden: boolean
  rows: number
  columns: number
  cells: (StoredCell | undefined)[][]
  merges: Area[]
  protections: Protection[]
  validations: Validation[]
  filter: Filter | undefined
  widths: { [column: number]: number }
  frozenRows: number
}

/** A workbook to begin with. */
export interface MemoryStoreOptions {
  /** As in File > Settings, for example `en_US` (the default). */
  readonly locale?: string
  /** Default: one empty tab `Sheet1` of Google's 1,000 x 26 cells. Values are stored as they are, not parsed. */
  readonly tabs?: readonly {
    readonly name: string
    readonly values?: readonly (readonly (string | number | boolean | null)[])[]
    readonly rows?: number
    readonly columns?: number
  }[]
}

const EMPTY: StoredCell = { value: null }
/** Width of a column in a new Google sheet, in pixels. */
const COLUMN_WIDTH = 100

function patchCell(cell: StoredCell, patch: CellPatch): StoredCell | undefined {
  const { value, formula, format, note, error, background, bold, spill } = cell
  const changesContent = patch.value !== undefined || patch.formula !== undefined
  const nextFormula = patch.formula === undefined ? (patch.value === undefined ? formula : undefined) : patch.formula
  const nextValue = patch.value === undefined ? (patch.formula === undefined ? value : null) : patch.value
  const nextError = changesContent ? undefined : error
  const nextFormat = patch.format === undefined ? format : patch.format
  const nextNote = patch.note === undefined ? note : patch.note
  const nextBackground = patch.background === undefined ? background : patch.background
  const nextBold = patch.bold ?? bold
  const next: StoredCell = {
    value: nextValue,
    ...(nextFormula ? { formula: nextFormula } : {}),
    ...(nextFormat ? { format: nextFormat } : {}),
    ...(nextNote ? { note: nextNote } : {}),
    ...(nextError ? { error: nextError } : {}),
    ...(nextBackground ? { background: nextBackground } : {}),
    ...(nextBold ? { bold: true } : {}),
    ...(spill && !changesContent ? { spill } : {}),
  }
  return Object.keys(next).length === 1 && next.value === null ? undefined : next
}

/** An area after rows or columns were inserted (`count` > 0) or deleted; undefined when nothing of it is left. */
function shiftArea(area: Area, axis: 'row' | 'column', at: number, count: number): Area | undefined {
  const length = axis === 'row' ? area.rows : area.columns
  const start = area[axis]
  const move = (edge: number): number => {
    if (count >= 0) return edge >= at ? edge + count : edge
    return edge >= at - count ? edge + count : Math.min(edge, at)
  }
  const from = move(start)
  const size = move(start + length - 1 + (count < 0 ? 1 : 0)) - from + (count < 0 ? 0 : 1)
  if (size <= 0) return undefined
  return axis === 'row' ? { ...area, row: from, rows: size } : { ...area, column: from, columns: size }
}

function rank(value: string | number | boolean | null): number {
  if (typeof value === 'number') return 0
  if (typeof value === 'string') return 1
  return 2
}

function compareValues(a: string | number | boolean, b: string | number | boolean): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'en', { sensitivity: 'base' })
  return Number(a) - Number(b)
}

const matchesKind = {
  number: (cell: StoredCell): boolean => typeof cell.value === 'number',
  date: (cell: StoredCell): boolean => typeof cell.value === 'number' && isDateFormat(cell.format),
  email: (cell: StoredCell): boolean => typeof cell.value === 'string' && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(cell.value),
}

/** Whether a validation takes a cell; empty cells always pass, as in Google Sheets. */
export function acceptsCell(validation: Validation, cell: Cell, locale: string): boolean {
  if (cell.value === null) return true
  if ('list' in validation.accepts) return validation.accepts.list.includes(displayCell(cell, localeOf(locale)))
  return matchesKind[validation.accepts.kind](cell)
}

/**
 * A workbook in memory, for tests, the simulation and the command line. It has no formula engine: a formula computes
 * when it is a single call of a defined custom function with literal, cell or range arguments, or makes a text of other
 * cells; any other keeps the value that was written with it, or shows `#NAME?`. References follow inserted and deleted rows and columns.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): SheetStore {
  const locale = options.locale ?? 'en_US'
  const tabs: MemoryTab[] = []
  const functions = new Map<string, (args: readonly unknown[]) => Promise<unknown>>()
  const listeners = new Set<(change: StoreChange) => void>()
  const formulas = new Map<number, Map<string, string>>()
  const calls = new Map<string, FormulaCall | undefined>()
  const simples = new Map<string, SimpleFormula | undefined>()
  const usedCache = new Map<number, { readonly rows: number; readonly columns: number }>()
  let computing = 0
  let nextId = 0
  let spills = 0
  let whenSettled: (() => void)[] = []

  const emit = (change: StoreChange): void => listeners.forEach((listener) => listener(change))

  const tabOf = (id: number): MemoryTab => {
    const tab = tabs.find((one) => one.id === id)
    if (!tab) throw new Error(`There is no tab ${String(id)}`)
    return tab
  }

  const inside = (id: number, area: Area): MemoryTab => {
    const tab = tabOf(id)
    const fits =
      area.row >= 0 && area.column >= 0 && area.row + area.rows <= tab.rows && area.column + area.columns <= tab.columns
    if (!fits) throw new Error(`The area ${JSON.stringify(area)} is outside of tab ${String(id)}`)
    return tab
  }

  const cellAt = (tab: MemoryTab, row: number, column: number): StoredCell => tab.cells[row]?.[column] ?? EMPTY

  const newTab = (
    name: string,
    size: { readonly rows: number; readonly columns: number; readonly index?: number },
  ): MemoryTab => {
    if (tabs.some((tab) => tab.name.toLowerCase() === name.toLowerCase()))
      throw new Error(`A tab ${name} exists already`)
    const tab: MemoryTab = {
      id: nextId,
      name,
      hidden: false,
      rows: size.rows,
      columns: size.columns,
      cells: [],
      merges: [],
      protections: [],
      validations: [],
      filter: undefined,
      widths: {},
      frozenRows: 0,
    }
    nextId = nextId === 0 ? 1_000_001 : nextId + 1
    tabs.splice(size.index ?? tabs.length, 0, tab)
    return tab
  }

  const viewOf = (tab: MemoryTab): Tab => ({
    id: tab.id,
    name: tab.name,
    hidden: tab.hidden,
    rows: tab.rows,
    columns: tab.columns,
  })

  const changed = (tab: MemoryTab, area: Area): void => {
    usedCache.delete(tab.id)
    emit({ kind: 'cells', tab: tab.id, area })
  }

  const callOf = (formula: string, tab: MemoryTab): FormulaCall | undefined => {
    const key = `${String(tab.rows)} ${String(tab.columns)} ${formula}`
    if (!calls.has(key)) calls.set(key, parseFormulaCall(formula, tab))
    return calls.get(key)
  }

  const simpleOf = (formula: string, tab: MemoryTab): SimpleFormula | undefined => {
    const key = `${String(tab.rows)} ${String(tab.columns)} ${formula}`
    if (!simples.has(key)) simples.set(key, parseSimpleFormula(formula, tab))
    return simples.get(key)
  }

  const padRows = (tab: MemoryTab, rows: number): void => {
    while (tab.cells.length < rows) tab.cells.push([])
  }

  const put = (tab: MemoryTab, row: number, column: number, cell: StoredCell | undefined): void => {
    padRows(tab, row + 1)
    const cells = tab.cells[row]!
    const had = cells[column]
    cells[column] = cell
    if (had?.formula === undefined && cell?.formula === undefined) return
    const known = formulas.get(tab.id) ?? new Map<string, string>()
    formulas.set(tab.id, known)
    if (cell?.formula === undefined) known.delete(`${String(row)},${String(column)}`)
    else known.set(`${String(row)},${String(column)}`, cell.formula)
  }

  const indexFormulas = (tab: MemoryTab): void => {
    const known = new Map<string, string>()
    tab.cells.forEach((cells, row) =>
      cells.forEach((cell, column) => {
        if (cell?.formula !== undefined) known.set(`${String(row)},${String(column)}`, cell.formula)
      }),
    )
    formulas.set(tab.id, known)
    usedCache.delete(tab.id)
  }

  const targetTab = (home: MemoryTab, name: string | undefined): MemoryTab | undefined =>
    name === undefined ? home : tabs.find((tab) => tab.name.toLowerCase() === name.toLowerCase())

  const argumentOf = (home: MemoryTab, argument: FormulaArgument): unknown => {
    if (argument.kind === 'literal') return argument.value
    const tab = targetTab(home, argument.tab)
    if (!tab) return '#REF!'
    const { area } = argument
    const passed = (row: number, column: number): unknown => {
      const cell = cellAt(tab, row, column)
      return cell.value ?? ''
    }
    if (argument.single) return passed(area.row, area.column)
    return Array.from({ length: area.rows }, (_, row) =>
      Array.from({ length: area.columns }, (__, column) => passed(area.row + row, area.column + column)),
    )
  }

  const asCell = (value: unknown, cell: StoredCell): StoredCell => {
    const { error: _error, ...rest } = cell
    if (value === null || value === undefined || value === '') return { ...rest, value: null }
    if (typeof value === 'number' || typeof value === 'boolean') return { ...rest, value }
    const text = typeof value === 'string' ? value : '#VALUE!'
    return ERROR_TEXT.test(text) ? { ...rest, value: text, error: true } : { ...rest, value: text }
  }

  /** Takes back what the formula in a cell had spilled. */
  const unspill = (tab: MemoryTab, row: number, column: number): void => {
    const { spill } = cellAt(tab, row, column)
    for (let r = 0; r < (spill?.rows ?? 0); r++) {
      for (let c = 0; c < (spill?.columns ?? 0); c++) {
        const cell = cellAt(tab, row + r, column + c)
        if (cell.spill?.id === spill?.id && (r > 0 || c > 0))
          put(tab, row + r, column + c, patchCell(cell, { value: null }))
      }
    }
  }

  const show = (
    tab: MemoryTab,
    at: { readonly row: number; readonly column: number },
    grid: readonly (readonly unknown[])[],
  ): void => {
    unspill(tab, at.row, at.column)
    const area = { ...at, rows: grid.length, columns: Math.max(...grid.map((row) => row.length)) }
    const { spill: _, ...anchor } = cellAt(tab, at.row, at.column)
    const fits = at.row + area.rows <= tab.rows && at.column + area.columns <= tab.columns
    const blocked =
      !fits ||
      grid.some((row, r) =>
        row.some((__, c) => (r > 0 || c > 0) && cellAt(tab, at.row + r, at.column + c).value !== null),
      )
    const id = ++spills
    const isWide = area.rows > 1 || area.columns > 1
    for (let r = 0; r < (blocked ? 1 : area.rows); r++) {
      for (let c = 0; c < (blocked ? 1 : area.columns); c++) {
        const isAnchor = r === 0 && c === 0
        const cell = isAnchor ? anchor : cellAt(tab, at.row + r, at.column + c)
        const mark = isAnchor ? { id, rows: area.rows, columns: area.columns } : { id }
        const shown = asCell(blocked ? '#REF!' : grid[r]?.[c], cell)
        put(tab, at.row + r, at.column + c, isWide && !blocked ? { ...shown, spill: mark } : shown)
      }
    }
    changed(tab, blocked ? { ...at, rows: 1, columns: 1 } : area)
  }

  const compute = (tab: MemoryTab, row: number, column: number): void => {
    const cell = cellAt(tab, row, column)
    if (cell.formula === undefined) return
    const call = callOf(cell.formula, tab)
    const run = call && functions.get(call.name)
    const simple = run ? undefined : simpleOf(cell.formula, tab)
    if (simple) {
      show(tab, { row, column }, [[simple.show((area) => String(cellAt(tab, area.row, area.column).value ?? ''))]])
      return recompute(tab, { row, column, rows: 1, columns: 1 })
    }
    if (!call || !run) {
      if (cell.value === null) put(tab, row, column, { ...cell, value: '#NAME?', error: true })
      return
    }
    computing++
    const formula = cell.formula
    void run(call.args.map((argument) => argumentOf(tab, argument)))
      .catch(() => '#ERROR!')
      .then((result) => {
        computing--
        const now = tabs.includes(tab) ? cellAt(tab, row, column) : EMPTY
        if (now.formula === formula) {
          const grid: readonly (readonly unknown[])[] = Array.isArray(result)
            ? (result as readonly unknown[]).map((one) => (Array.isArray(one) ? (one as readonly unknown[]) : [one]))
            : [[result]]
          show(tab, { row, column }, grid.length === 0 ? [['']] : grid)
          recompute(tab, { row, column, rows: grid.length, columns: grid[0]?.length ?? 1 })
        }
        if (computing > 0) return
        whenSettled.forEach((resolve) => resolve())
        whenSettled = []
      })
  }

  const reads = (call: FormulaCall, home: MemoryTab, changedTab: MemoryTab, area: Area): boolean =>
    call.args.some(
      (argument) =>
        argument.kind === 'area' && targetTab(home, argument.tab) === changedTab && overlaps(argument.area, area),
    )

  /** Computes again the formulas that read a changed area, except those inside it. */
  const recompute = (changedTab: MemoryTab, area: Area): void => {
    for (const tab of tabs) {
      for (const [key, formula] of formulas.get(tab.id) ?? []) {
        const [row = 0, column = 0] = key.split(',').map(Number)
        if (tab === changedTab && overlaps({ row, column, rows: 1, columns: 1 }, area)) continue
        const call = callOf(formula, tab)
        const isTold = call && functions.has(call.name) && reads(call, tab, changedTab, area)
        if (isTold || (tab === changedTab && simpleOf(formula, tab)?.reads.some((one) => overlaps(one, area))))
          compute(tab, row, column)
      }
    }
  }

  const shiftTab = (tab: MemoryTab, axis: 'row' | 'column', at: number, count: number): void => {
    const keep = (area: Area): Area | undefined => shiftArea(area, axis, at, count)
    tab.merges = tab.merges.flatMap((area) => keep(area) ?? [])
    tab.validations = tab.validations.flatMap((one) => {
      const area = keep(one.area)
      return area ? [{ ...one, area }] : []
    })
    tab.protections = tab.protections.flatMap((one) => {
      const area = one.area === 'sheet' ? 'sheet' : keep(one.area)
      return area ? [{ ...one, area }] : []
    })
    if (tab.filter) {
      const area = keep(tab.filter.area)
      const texts = Object.entries(tab.filter.hiddenTexts).flatMap(([key, hidden]) => {
        if (axis === 'row') return [[key, hidden] as const]
        const moved = shiftArea({ row: 0, rows: 1, column: Number(key), columns: 1 }, 'column', at, count)
        return moved ? [[String(moved.column), hidden] as const] : []
      })
      tab.filter = area ? { area, hiddenTexts: Object.fromEntries(texts) } : undefined
    }
    for (const cells of tab.cells) {
      cells.forEach((cell, column) => {
        if (cell?.formula !== undefined)
          cells[column] = { ...cell, formula: shiftFormula(cell.formula, { axis, at, count }) }
      })
    }
    indexFormulas(tab)
    emit({ kind: 'structure', tab: tab.id })
  }

  for (const tab of options.tabs ?? [{ name: 'Sheet1' }]) {
    const values = 'values' in tab ? (tab.values ?? []) : []
    const created = newTab(tab.name, {
      rows: ('rows' in tab ? tab.rows : undefined) ?? Math.max(1000, values.length),
      columns: ('columns' in tab ? tab.columns : undefined) ?? Math.max(26, ...values.map((row) => row.length)),
    })
    created.cells = values.map((row) => row.map((value) => (value === null || value === '' ? undefined : { value })))
  }

  return {
    locale,
    tabs: () => tabs.map(viewOf),
    addTab(name, size = { rows: 1000, columns: 26 }) {
      const tab = newTab(name, size)
      emit({ kind: 'tabs' })
      return viewOf(tab)
    },
    removeTab(id) {
      tabs.splice(tabs.indexOf(tabOf(id)), 1)
      formulas.delete(id)
      usedCache.delete(id)
      emit({ kind: 'tabs' })
    },
    renameTab(id, name) {
      const tab = tabOf(id)
      if (tabs.some((one) => one !== tab && one.name.toLowerCase() === name.toLowerCase())) {
        throw new Error(`A tab ${name} exists already`)
      }
      tab.name = name
      emit({ kind: 'tabs' })
    },
    hideTab(id) {
      tabOf(id).hidden = true
      emit({ kind: 'tabs' })
    },
    showTab(id) {
      tabOf(id).hidden = false
      emit({ kind: 'tabs' })
    },
    read(id, area) {
      const tab = inside(id, area)
      return Array.from({ length: area.rows }, (_, row) => {
        const cells = tab.cells[area.row + row]
        return Array.from({ length: area.columns }, (__, column) => cells?.[area.column + column] ?? EMPTY)
      })
    },
    display(id, area) {
      const style = localeOf(locale)
      const tab = inside(id, area)
      return Array.from({ length: area.rows }, (_, row) =>
        Array.from({ length: area.columns }, (__, column) =>
          displayCell(cellAt(tab, area.row + row, area.column + column), style),
        ),
      )
    },
    write(id, area, patches) {
      const tab = inside(id, area)
      padRows(tab, area.row)
      const toCompute: (readonly [number, number])[] = []
      for (let r = 0; r < area.rows; r++) {
        for (let c = 0; c < area.columns; c++) {
          const patch = patches[r]?.[c]
          if (patch === undefined) continue
          const row = area.row + r
          const column = area.column + c
          if (patch.value !== undefined || patch.formula !== undefined) unspill(tab, row, column)
          put(tab, row, column, patchCell(cellAt(tab, row, column), patch))
          if (patch.formula) toCompute.push([row, column])
        }
      }
      toCompute.forEach(([row, column]) => compute(tab, row, column))
      changed(tab, area)
      recompute(tab, area)
    },
    used(id) {
      const tab = tabOf(id)
      const cached = usedCache.get(id)
      if (cached) return cached
      let rows = 0
      let columns = 0
      tab.cells.forEach((cells, row) => {
        let last = cells.length - 1
        while (last >= 0 && (cells[last]?.value ?? null) === null && cells[last]?.formula === undefined) last--
        if (last < 0) return
        rows = row + 1
        columns = Math.max(columns, last + 1)
      })
      const used = { rows, columns }
      usedCache.set(id, used)
      return used
    },
    insertRows(id, before, count) {
      const tab = tabOf(id)
      padRows(tab, before)
      tab.cells.splice(before, 0, ...Array.from({ length: count }, () => []))
      tab.rows += count
      shiftTab(tab, 'row', before, count)
    },
    deleteRows(id, from, count) {
      const tab = tabOf(id)
      tab.cells.splice(from, count)
      tab.rows -= count
      shiftTab(tab, 'row', from, -count)
    },
    insertColumns(id, before, count) {
      const tab = tabOf(id)
      const blank = Array.from({ length: count }, () => undefined)
      tab.cells.forEach((cells) => {
        if (cells.length > before) cells.splice(before, 0, ...blank)
      })
      tab.columns += count
      tab.widths = Object.fromEntries(
        Object.entries(tab.widths).map(([column, width]) => [
          Number(column) >= before ? Number(column) + count : column,
          width,
        ]),
      )
      shiftTab(tab, 'column', before, count)
    },
    deleteColumns(id, from, count) {
      const tab = tabOf(id)
      tab.cells.forEach((cells) => cells.splice(from, count))
      tab.columns -= count
      tab.widths = Object.fromEntries(
        Object.entries(tab.widths).flatMap(([key, width]) => {
          const column = Number(key)
          if (column >= from && column < from + count) return []
          return [[column >= from ? column - count : column, width]]
        }),
      )
      shiftTab(tab, 'column', from, -count)
    },
    sort(id, area, by) {
      const tab = inside(id, area)
      padRows(tab, area.row + area.rows)
      const rows = Array.from({ length: area.rows }, (_, row) =>
        Array.from({ length: area.columns }, (__, column) => tab.cells[area.row + row]?.[area.column + column]),
      )
      const keyed = rows.map((cells, from) => ({ cells, from, key: cells[by.column]?.value ?? null }))
      keyed.sort((a, b) => {
        if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null)
        return compareValues(a.key, b.key) * (by.ascending ? 1 : -1)
      })
      keyed.forEach(({ cells, from }, row) => {
        cells.forEach((cell, column) => {
          const formula = cell?.formula && carryFormula(cell.formula, row - from)
          tab.cells[area.row + row]![area.column + column] = formula ? { ...cell, formula } : cell
        })
      })
      indexFormulas(tab)
      changed(tab, area)
      recompute(tab, area)
    },
    merges: (id) => [...tabOf(id).merges],
    merge(id, area) {
      const tab = inside(id, area)
      for (let row = area.row; row < area.row + area.rows; row++) {
        for (let column = area.column; column < area.column + area.columns; column++) {
          if (row === area.row && column === area.column) continue
          const cell = cellAt(tab, row, column)
          if (cell !== EMPTY) put(tab, row, column, patchCell(cell, { value: null, note: null }))
        }
      }
      tab.merges = [...tab.merges.filter((one) => !overlaps(one, area)), area]
      changed(tab, area)
    },
    protections: (id) => [...tabOf(id).protections],
    protect: (id, protection) => void tabOf(id).protections.push(protection),
    validations: (id) => [...tabOf(id).validations],
    validate: (id, validation) => void tabOf(id).validations.push(validation),
    filter: (id) => tabOf(id).filter,
    setFilter(id, filter) {
      tabOf(id).filter = filter
      emit({ kind: 'structure', tab: id })
    },
    columnWidth(id, column, pixels) {
      const tab = tabOf(id)
      if (pixels !== undefined) {
        tab.widths[column] = pixels
        emit({ kind: 'structure', tab: id })
      }
      return tab.widths[column] ?? COLUMN_WIDTH
    },
    frozenRows(id, rows) {
      const tab = tabOf(id)
      if (rows !== undefined) {
        tab.frozenRows = rows
        emit({ kind: 'structure', tab: id })
      }
      return tab.frozenRows
    },
    defineFunction(name, run) {
      functions.set(name.toUpperCase(), run)
    },
    settled: () => (computing === 0 ? Promise.resolve() : new Promise((resolve) => whenSettled.push(resolve))),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot: () => JSON.parse(JSON.stringify({ nextId, spills, tabs })) as unknown,
    restore(snapshot) {
      calls.clear()
      simples.clear()
      const saved = JSON.parse(JSON.stringify(snapshot)) as {
        readonly nextId: number
        readonly spills: number
        readonly tabs: readonly MemoryTab[]
      }
      nextId = saved.nextId
      spills = saved.spills
      tabs.splice(
        0,
        tabs.length,
        ...saved.tabs.map((tab) => ({
          ...tab,
          filter: tab.filter,
          cells: tab.cells.map((cells) => cells.map((cell) => cell ?? undefined)),
        })),
      )
      formulas.clear()
      usedCache.clear()
      tabs.forEach(indexFormulas)
      emit({ kind: 'tabs' })
    },
  }
}
