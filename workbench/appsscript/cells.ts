import { overlaps, writeA1 } from './a1'
import { acceptsCell } from './memory-store'
import { displayCell, fromSerial, isDateFormat, localeOf, toSerial } from './number-format'
import { parseTyped } from './parse-typed'
import { flushWrites, GoogleError, isEditor, localError, type Google, type Run } from './run'
import type { Area, Cell, CellPatch } from './sheet-store'

/** 50,000 characters a cell (platform.md section 1). */
const CELL_CHARACTERS = 50_000

/** A value as a script hands it in. */
export type CellInput =
  | string
  | number
  | boolean
  | null
  | { readonly $: 'Date'; readonly t: number }
  | { readonly $: 'RichTextValue'; readonly text: string }

/** Reading and writing of areas with Google's rules: buffering, protection, validation, typed text. */
export interface Cells {
  /** Reads after applying the pending writes that the area depends on. */
  read(run: Run, tab: number, area: Area): readonly (readonly Cell[])[]
  /** Puts a write into the buffer; throws at once what Google would refuse. */
  write(run: Run, tab: number, area: Area, patches: (current: readonly (readonly Cell[])[]) => Patches): void
  /** What a value becomes in a cell that holds `current`. */
  patchFor(input: CellInput, current: Cell): CellPatch
  /** What a script gets for a cell: number, text, boolean, milliseconds of a date, or '' for an empty one. */
  valueOf(cell: Cell): { readonly value: string | number | boolean; readonly isDate: boolean }
  /** Throws if the user cannot edit a cell of the area. */
  requireEditable(run: Run, tab: number, area: Area): void
  canEdit(run: Run, tab: number, area: Area): boolean
}

type Patches = readonly (readonly (CellPatch | undefined)[])[]

/** Throws when a text is longer than a cell holds. */
export function requireFits(input: CellInput): void {
  const text =
    typeof input === 'string' ? input : typeof input === 'object' && input?.$ === 'RichTextValue' ? input.text : ''
  if (text.length > CELL_CHARACTERS) {
    throw new GoogleError('Your input contains more than the maximum of 50000 characters in a single cell.')
  }
}

/** The access to the cells of one spreadsheet. */
export function createCells(google: Google): Cells {
  const { store } = google

  const canEdit = (run: Run, tab: number, area: Area): boolean =>
    store
      .protections(tab)
      .every((one) => (one.area !== 'sheet' && !overlaps(one.area, area)) || isEditor(google, run.user, one.editors))

  const requireEditable = (run: Run, tab: number, area: Area): void => {
    if (!canEdit(run, tab, area)) throw localError(run, 'protected')
  }

  // One rejected cell refuses the whole write (platform.md section 4b).
  const requireValid = (
    run: Run,
    tab: number,
    area: Area,
    patches: Patches,
    current: readonly (readonly Cell[])[],
  ): void => {
    const rules = store.validations(tab).filter((one) => one.onInvalid === 'reject' && overlaps(one.area, area))
    for (const rule of rules) {
      for (let r = 0; r < area.rows; r++) {
        for (let c = 0; c < area.columns; c++) {
          const place = { row: area.row + r, column: area.column + c, rows: 1, columns: 1 }
          const patch = patches[r]?.[c]
          if (!patch || patch.value === undefined || patch.formula || !overlaps(rule.area, place)) continue
          const format = patch.format === undefined ? current[r]?.[c]?.format : (patch.format ?? undefined)
          const cell: Cell = { value: patch.value, ...(format === undefined ? {} : { format }) }
          if (!acceptsCell(rule, cell, store.locale)) throw localError(run, 'validation', writeA1(place))
        }
      }
    }
  }

  const requireInside = (run: Run, tab: number, area: Area): void => {
    const found = store.tabs().find((one) => one.id === tab)
    if (!found) throw new GoogleError('Sheet not found')
    if (area.row + area.rows > found.rows || area.column + area.columns > found.columns)
      throw localError(run, 'outside')
  }

  const patchFor = (input: CellInput, current: Cell): CellPatch => {
    if (input === null || input === '') return { value: null, formula: null }
    if (typeof input === 'boolean') return { value: input, formula: null }
    if (typeof input === 'number') return { value: current.format === '@' ? String(input) : input, formula: null }
    if (typeof input === 'object') {
      if (input.$ === 'RichTextValue') {
        return google.facts.rich_text_is_text === 'yes'
          ? { value: input.text, formula: null }
          : patchFor(input.text, current)
      }
      const style = localeOf(store.locale)
      const serial = toSerial(input.t, google.timeZone)
      const format = Number.isInteger(serial) ? style.dateFormat : `${style.dateFormat} h:mm:ss`
      if (current.format === '@') return { value: displayCell({ value: serial, format }, style), formula: null }
      return { value: serial, formula: null, ...(isDateFormat(current.format) ? {} : { format }) }
    }
    const typed = parseTyped(input, {
      locale: store.locale,
      format: current.format,
      now: google.clock.now(),
      textFormatKeepsFormulas: google.facts.text_format_keeps_formulas,
      apostropheMakesText: google.facts.apostrophe_makes_text,
    })
    // A format that came with the text does not replace one that the cell has already.
    const format = typed.format !== undefined && current.format === undefined ? { format: typed.format } : {}
    if (typed.formula !== undefined) {
      return { formula: typed.formula, ...(typed.value === undefined ? {} : { value: typed.value }), ...format }
    }
    return { value: typed.value ?? null, formula: null, ...format }
  }

  return {
    canEdit,
    requireEditable,
    read(run, tab, area) {
      if (run.pending.some((write) => write.tab === tab && overlaps(write.area, area))) flushWrites(run)
      const cells = store.read(tab, area)
      if (run.pending.length === 0 || !cells.some((row) => row.some((cell) => cell.formula !== undefined))) return cells
      flushWrites(run)
      return store.read(tab, area)
    },
    write(run, tab, area, patches) {
      requireEditable(run, tab, area)
      if (store.validations(tab).length > 0) {
        const current = store.read(tab, area)
        requireValid(run, tab, area, patches(current), current)
      }
      run.pending.push({
        tab,
        area,
        apply() {
          requireInside(run, tab, area)
          requireEditable(run, tab, area)
          const current = store.read(tab, area)
          const made = patches(current)
          requireValid(run, tab, area, made, current)
          store.write(tab, area, made)
        },
      })
    },
    patchFor,
    valueOf(cell) {
      if (cell.value === null) return { value: '', isDate: false }
      if (typeof cell.value === 'number' && isDateFormat(cell.format)) {
        return { value: fromSerial(cell.value, google.timeZone), isDate: true }
      }
      return { value: cell.value, isDate: false }
    },
  }
}
