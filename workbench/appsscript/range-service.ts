import { overlaps } from './a1'
import { requireFits, type CellInput, type Cells } from './cells'
import { displayCell, localeOf } from './number-format'
import {
  flushWrites,
  GoogleError,
  intArg,
  localError,
  signatureError,
  textArg,
  type Call,
  asText,
  type Google,
  type Services,
} from './run'
import type { Area, Cell, CellPatch, Tab } from './sheet-store'

/** A range as the realm holds it: fixed coordinates, whatever other users do (platform.md section 4b). */
export interface RangeRef extends Area {
  readonly $: 'Range'
  readonly tab: number
}

/** A range object for the realm. */
export function rangeRef(tab: number, { row, column, rows, columns }: Area): RangeRef {
  return { $: 'Range', tab, row, column, rows, columns }
}

/** The tab of a call's object; throws when it was deleted meanwhile. */
export function tabOf(google: Google, call: Call): Tab {
  const { tab } = call.ref as { readonly tab: number }
  const found = google.store.tabs().find((one) => one.id === tab)
  if (!found) throw new GoogleError('Sheet not found')
  return found
}

/** An area of a tab in a range object; throws when it is not inside. */
export function checkedRange(call: Call, tab: Tab, area: Area): RangeRef {
  if (area.row < 0 || area.column < 0 || area.rows < 1 || area.columns < 1) {
    throw new GoogleError('The coordinates or dimensions of the range are invalid.')
  }
  if (area.row + area.rows > tab.rows || area.column + area.columns > tab.columns) throw localError(call.run, 'outside')
  return rangeRef(tab.id, area)
}

/** Services of Range. */
export function rangeServices(google: Google, cells: Cells): Services {
  const { store } = google

  /** The range's area, checked against the sheet as it is now. */
  const placeOf = (call: Call): RangeRef => checkedRange(call, tabOf(google, call), call.ref as Area)

  const readRange = (call: Call): readonly (readonly Cell[])[] => {
    const place = placeOf(call)
    return cells.read(call.run, place.tab, place)
  }

  const each =
    <T>(pick: (cell: Cell) => T) =>
    (call: Call): readonly (readonly T[])[] =>
      readRange(call).map((row) => row.map(pick))

  const first =
    <T>(pick: (cell: Cell) => T) =>
    (call: Call): T | undefined => {
      const place = placeOf(call)
      const [row] = cells.read(call.run, place.tab, { ...place, rows: 1, columns: 1 })
      return row?.[0] && pick(row[0])
    }

  const gridArg = (call: Call): readonly (readonly unknown[])[] => {
    const place = placeOf(call)
    const [grid] = call.args
    if (!Array.isArray(grid) || grid.length === 0 || !grid.every(Array.isArray)) throw signatureError(call)
    const rows = grid as readonly (readonly unknown[])[]
    if (rows.length !== place.rows) throw localError(call.run, 'rowsMismatch', rows.length, place.rows)
    const odd = rows.find((row) => row.length !== place.columns)
    if (odd) throw localError(call.run, 'columnsMismatch', odd.length, place.columns)
    return rows
  }

  const writeEach = (call: Call, patch: (current: Cell, row: number, column: number) => CellPatch): void => {
    const { tab, row, column, rows, columns } = placeOf(call)
    cells.write(call.run, tab, { row, column, rows, columns }, (current) =>
      current.map((line, r) => line.map((cell, c) => patch(cell, r, c))),
    )
  }

  const eachRange = (patchOf: (call: Call) => CellPatch) => (call: Call) => {
    const patch = patchOf(call)
    for (const ref of (call.ref as { readonly ranges: readonly RangeRef[] }).ranges) {
      writeEach({ ...call, ref }, () => patch)
    }
  }

  const writeGrid = (call: Call, patch: (input: unknown, current: Cell) => CellPatch): void => {
    const grid = gridArg(call)
    writeEach(call, (current, r, c) => patch(grid[r]?.[c], current))
  }

  const valueInput = (input: unknown, call: Call): CellInput => {
    if (typeof input === 'object' && input !== null && (input as { readonly $?: string }).$ !== 'Date') {
      throw signatureError(call)
    }
    requireFits(input as CellInput)
    return input as CellInput
  }

  const richInput = (input: unknown, call: Call): CellInput => {
    if ((input as { readonly $?: string } | null)?.$ !== 'RichTextValue') throw signatureError(call)
    requireFits(input as CellInput)
    return input as CellInput
  }

  const noteOf = (input: unknown): CellPatch => {
    if (input === null || input === undefined || input === '') return { note: null }
    // A number comes back like 25.0 (platform.md section 4b).
    return { note: typeof input === 'number' && Number.isInteger(input) ? `${String(input)}.0` : asText(input) }
  }

  const formatOf = (input: unknown): CellPatch => ({
    format: input === null || input === 'General' ? null : asText(input),
  })
  const colourOf = (input: unknown): CellPatch => ({ background: input === null ? null : asText(input) })
  const boldOf = (input: unknown): CellPatch => ({ bold: input === 'bold' })
  const formulaOf = (input: unknown): CellPatch => {
    if (input === null || input === '') return { value: null, formula: null }
    const text = asText(input)
    return { formula: text.startsWith('=') ? text : `=${text}` }
  }

  const gridOf = (rows: readonly (readonly Cell[])[]) => {
    const dates: number[] = []
    const values = rows.map((row, r) =>
      row.map((cell, c) => {
        const { value, isDate } = cells.valueOf(cell)
        if (isDate) dates.push(r, c)
        return value
      }),
    )
    return { $: 'grid', values, dates }
  }

  const backgroundOf = (cell: Cell): string => (cell as { readonly background?: string }).background ?? '#ffffff'
  const display = (cell: Cell): string => displayCell(cell, localeOf(store.locale))
  const richOf = (cell: Cell) => ({ $: 'RichTextValue', text: display(cell) })
  const looks = (call: Call): void => {
    const place = placeOf(call)
    cells.requireEditable(call.run, place.tab, place)
  }

  const sortRange = (call: Call): void => {
    const place = placeOf(call)
    cells.requireEditable(call.run, place.tab, place)
    flushWrites(call.run)
    const specs = (Array.isArray(call.args[0]) ? call.args[0] : [call.args[0]]) as readonly unknown[]
    const area: Area = { row: place.row, column: place.column, rows: place.rows, columns: place.columns }
    const notes = store.read(place.tab, area).map((row) => row.map((cell) => ({ note: cell.note ?? null })))
    for (const spec of [...specs].reverse()) {
      const { column, ascending = true } =
        typeof spec === 'number' ? { column: spec } : (spec as { column: number; ascending?: boolean })
      store.sort(place.tab, area, { column: column - 1 - area.column, ascending })
    }
    if (google.facts.notes_move_with_sort === 'no') store.write(place.tab, area, notes)
  }

  const validationAt = (tab: number, row: number, column: number) => {
    const rule = store.validations(tab).find((one) => overlaps(one.area, { row, column, rows: 1, columns: 1 }))
    if (!rule) return null
    const criteria = { number: 'NUMBER_BETWEEN', date: 'DATE_IS_VALID_DATE', email: 'TEXT_IS_VALID_EMAIL' } as const
    return {
      $: 'DataValidation',
      allowInvalid: rule.onInvalid === 'warn',
      criteria: 'list' in rule.accepts ? 'VALUE_IN_LIST' : criteria[rule.accepts.kind],
      values: 'list' in rule.accepts ? [[...rule.accepts.list], true] : [],
    }
  }

  const mergesIn = (call: Call): readonly Area[] => {
    const place = placeOf(call)
    return store.merges(place.tab).filter((one) => overlaps(one, place))
  }

  return {
    'Range.getValues': (call) => gridOf(readRange(call)),
    'Range.getValue': first((cell) => {
      const { value, isDate } = cells.valueOf(cell)
      return isDate ? { $: 'Date', t: value } : value
    }),
    'Range.getDisplayValues': each(display),
    'Range.getDisplayValue': first(display),
    'Range.getFormulas': each((cell) => cell.formula ?? ''),
    'Range.getFormula': first((cell) => cell.formula ?? ''),
    'Range.getNumberFormats': each((cell) => cell.format ?? 'General'),
    'Range.getNumberFormat': first((cell) => cell.format ?? 'General'),
    'Range.getNotes': each((cell) => cell.note ?? ''),
    'Range.getNote': first((cell) => cell.note ?? ''),
    'Range.getRichTextValues': each(richOf),
    'Range.getRichTextValue': first(richOf),
    'Range.getBackgrounds': each(backgroundOf),
    'Range.getBackground': first(backgroundOf),
    'Range.isBlank': (call) =>
      readRange(call).every((row) => row.every((cell) => cell.value === null && !cell.formula)),

    'Range.setValues'(call) {
      gridArg(call).forEach((row) => row.forEach((input) => valueInput(input, call)))
      writeGrid(call, (input, current) => cells.patchFor(input as CellInput, current))
    },
    'Range.setValue'(call) {
      const input = valueInput(call.args[0], call)
      writeEach(call, (current) => cells.patchFor(input, current))
    },
    'Range.setRichTextValues'(call) {
      gridArg(call).forEach((row) => row.forEach((input) => richInput(input, call)))
      writeGrid(call, (input, current) => cells.patchFor(input as CellInput, current))
    },
    'Range.setRichTextValue'(call) {
      const input = richInput(call.args[0], call)
      writeEach(call, (current) => cells.patchFor(input, current))
    },
    'Range.setFormula': (call) => writeEach(call, () => formulaOf(textArg(call, 0))),
    'Range.setFormulas': (call) => writeGrid(call, formulaOf),
    'Range.setNumberFormat': (call) => writeEach(call, () => formatOf(textArg(call, 0))),
    'Range.setNumberFormats': (call) => writeGrid(call, formatOf),
    'Range.setNote': (call) => writeEach(call, () => noteOf(call.args[0])),
    'Range.setNotes': (call) => writeGrid(call, noteOf),
    'Range.setBackground': (call) => writeEach(call, () => colourOf(call.args[0])),
    'Range.setBackgrounds': (call) => writeGrid(call, colourOf),
    'Range.setFontWeight': (call) => writeEach(call, () => boldOf(call.args[0])),
    'Range.setFontWeights': (call) => writeGrid(call, boldOf),
    'Range.setFontColor': looks,
    'Range.setFontColors': looks,
    'Range.setFontStyle': looks,
    'Range.setFontSize': looks,
    'Range.setWrap': looks,
    'Range.setWrapStrategy': looks,
    'Range.setHorizontalAlignment': looks,
    'Range.setVerticalAlignment': looks,
    'Range.clear': (call) =>
      writeEach(call, () => ({ value: null, formula: null, format: null, background: null, bold: false })),
    'Range.clearContent': (call) => writeEach(call, () => ({ value: null, formula: null })),
    'Range.clearFormat': (call) => writeEach(call, () => ({ format: null, background: null, bold: false })),
    'Range.clearNote': (call) => writeEach(call, () => ({ note: null })),

    'RangeList.clearContent': eachRange(() => ({ value: null, formula: null })),
    'RangeList.clearNote': eachRange(() => ({ note: null })),
    'RangeList.setNumberFormat': eachRange((call) => formatOf(textArg(call, 0))),

    'Range.offset'(call) {
      const from = call.ref as Area
      return checkedRange(call, tabOf(google, call), {
        row: from.row + intArg(call, 0),
        column: from.column + intArg(call, 1),
        rows: call.args.length > 2 ? intArg(call, 2) : from.rows,
        columns: call.args.length > 3 ? intArg(call, 3) : from.columns,
      })
    },
    'Range.getCell'(call) {
      const from = call.ref as Area
      const [row, column] = [intArg(call, 0), intArg(call, 1)]
      if (row < 1 || column < 1 || row > from.rows || column > from.columns)
        throw new GoogleError('Cell reference out of range')
      return rangeRef(tabOf(google, call).id, {
        row: from.row + row - 1,
        column: from.column + column - 1,
        rows: 1,
        columns: 1,
      })
    },
    'Range.getMergedRanges': (call) => mergesIn(call).map((area) => rangeRef(tabOf(google, call).id, area)),
    'Range.isPartOfMerge': (call) => mergesIn(call).length > 0,
    'Range.merge'(call) {
      const { tab, row, column, rows, columns } = placeOf(call)
      cells.requireEditable(call.run, tab, { row, column, rows, columns })
      flushWrites(call.run)
      store.merge(tab, { row, column, rows, columns })
    },
    'Range.getDataValidations'(call) {
      const { tab, row, column, rows, columns } = placeOf(call)
      return Array.from({ length: rows }, (_, r) =>
        Array.from({ length: columns }, (__, c) => validationAt(tab, row + r, column + c)),
      )
    },
    'Range.getDataValidation'(call) {
      const { tab, row, column } = placeOf(call)
      return validationAt(tab, row, column)
    },
    'Range.canEdit'(call) {
      const place = placeOf(call)
      return cells.canEdit(call.run, place.tab, place)
    },
    'Range.sort': sortRange,
  }
}
