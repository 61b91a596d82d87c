import type {
  Area,
  Block,
  CellRead,
  ExactBlock,
  FilterCriterion,
  Grid,
  HeldBlock,
  SheetInfo,
  Sheets,
  TextBlock,
} from '../app/host'
import { a1, Problem } from '../app/host'

/** A spreadsheet. */
export type Book = GoogleAppsScript.Spreadsheet.Spreadsheet
type Sheet = GoogleAppsScript.Spreadsheet.Sheet
type Range = GoogleAppsScript.Spreadsheet.Range

const HIDDEN_PREFIX = '_enrich_'

// What an error cell reads as; a text that a person typed like this is left alone too.
const ERROR = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|ERROR!)/

// Formulas and values are read by two calls: whoever sorts in between makes one row of two, and does so hardly twice more.
const MOST_READINGS = 3

/** A spreadsheet behind the port of the product. */
export function googleSheets(book: Book): Sheets {
  let days: Intl.DateTimeFormat | undefined
  let locale: string | undefined

  const known = new Map<number, Sheet>()
  const sheetOf = (id: number): Sheet => {
    const sheet = known.get(id) ?? book.getSheetById(id)
    if (!sheet)
      throw new Problem('A tab was deleted while we worked on it. Restore it (Edit > Undo), then go on.', 'try_again')
    known.set(id, sheet)
    return sheet
  }
  const rangeOf = (id: number, area: Area): Range =>
    sheetOf(id).getRange(area.row + 1, area.column + 1, area.rows, area.columns)
  const dayOf = (date: Date): string => {
    days ??= new Intl.DateTimeFormat('en-CA', { timeZone: book.getSpreadsheetTimeZone() })
    return days.format(date)
  }

  const gridOf = (range: Range): Grid => {
    let formulas = range.getFormulas()
    let values = range.getValues() as unknown[][]
    for (let tries = 1; tries < MOST_READINGS && formulas.some((row) => row.some((source) => source !== '')); tries++) {
      const again = range.getFormulas()
      if (JSON.stringify(again) === JSON.stringify(formulas)) break
      formulas = again
      values = range.getValues() as unknown[][]
    }
    return values.map((row, y) => row.map((value, x) => readCell(value, formulas[y]?.[x] ?? '', dayOf)))
  }

  const all = (): Sheet[] => book.getSheets().filter((sheet) => !isOurs(sheet))
  const visible = (): Sheet[] => all().filter((sheet) => !sheet.isSheetHidden())
  const active = (): Sheet => listBehind(book, book.getActiveSheet())

  return {
    active: () => infoOf(active()),
    visible: () => visible().map(infoOf),
    all: () => all().map(infoOf),
    find: (id) => {
      const sheet = book.getSheetById(id)
      return sheet ? infoOf(sheet) : undefined
    },
    named: (name) => {
      const sheet = book.getSheetByName(name)
      return sheet ? infoOf(sheet) : undefined
    },
    selection: () => (isOurs(book.getActiveSheet()) ? [] : (book.getActiveRangeList()?.getRanges() ?? []).map(areaOf)),
    used: (id) => {
      const sheet = sheetOf(id)
      return { rows: sheet.getLastRow(), columns: sheet.getLastColumn() }
    },
    read: (id, area) => gridOf(rangeOf(id, area)),
    readAll: (id) => gridOf(sheetOf(id).getDataRange()),
    write(id, blocks) {
      for (const block of blocks) writeBlock(sheetOf(id), block)
    },
    writeHeld(id, block, texts) {
      const sheet = sheetOf(id)
      const write = heldWriter(rangeOfBlock(sheet, block), block)
      if (!write) return
      for (const list of rangeLists(sheet, texts)) list.setNumberFormat('@')
      write()
    },
    notes: (id, area) => rangeOf(id, area).getNotes(),
    formats: (id, area) => rangeOf(id, area).getNumberFormats(),
    setFormat(id, areas, format) {
      for (const list of rangeLists(sheetOf(id), areas)) list.setNumberFormat(format)
    },
    clear(id, areas) {
      for (const list of rangeLists(sheetOf(id), areas)) list.clearContent()
    },
    writeExact(id, blocks) {
      const sheet = sheetOf(id)
      for (const block of blocks) writeExactBlock(rangeOfExact(sheet, block), block)
    },
    writeNotes(id, blocks) {
      const sheet = sheetOf(id)
      for (const block of blocks) rangeOfBlock(sheet, block).setNotes(copy(block))
    },
    clearNotes(id, areas) {
      for (const list of rangeLists(sheetOf(id), areas)) list.clearNote()
    },
    size: (id) => ({ rows: sheetOf(id).getMaxRows(), columns: sheetOf(id).getMaxColumns() }),
    growTo: (id, size) => grow(sheetOf(id), size),
    insertRows: (id, row, count) => void sheetOf(id).insertRowsBefore(row + 1, count),
    insertColumn: (id, column) => void sheetOf(id).insertColumnsBefore(column + 1, 1),
    deleteRows(id, runs) {
      const sheet = sheetOf(id)
      const [first, last] = [runs[0]!, runs[runs.length - 1]!]
      const now = rangeOf(id, {
        row: first.row,
        column: 0,
        rows: last.row + last.texts.length - first.row,
        columns: first.texts[0]!.length,
      }).getValues() as unknown[][]
      const isSame = ({ row, texts }: Block) =>
        texts.every((line, y) =>
          line.every((text, x) => readCell(now[row - first.row + y]![x], '', dayOf).text === text),
        )
      if (!runs.every(isSame)) return false
      // From the bottom up, so that the rows above stay where they are.
      for (const { row, texts } of [...runs].reverse()) sheet.deleteRows(row + 1, texts.length)
      return true
    },
    writeHeaders(id, { row, column, headers }) {
      const range = sheetOf(id).getRange(row + 1, column + 1, 1, headers.length)
      range.setValues([[...headers]])
      range.setNumberFormat('@').setFontWeight('bold')
    },
    protectedAreas(id) {
      const sheet = sheetOf(id)
      const ranges = sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE).filter((one) => !one.canEdit())
      const whole = sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET).some((one) => !one.canEdit())
      if (whole) return [{ row: 0, column: 0, rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() }]
      return ranges.map((one) => areaOf(one.getRange()))
    },
    validatedAreas(id) {
      const areas: Area[] = []
      const rules = sheetOf(id).getDataRange().getDataValidations()
      for (const [row, cells] of rules.entries()) {
        for (const [column, rule] of cells.entries()) {
          if (rule && !rule.getAllowInvalid()) areas.push({ row, column, rows: 1, columns: 1 })
        }
      }
      return areas
    },
    mergedAreas: (id) => sheetOf(id).getDataRange().getMergedRanges().map(areaOf),
    filter(id) {
      const filter = sheetOf(id).getFilter()
      if (!filter) return undefined
      const area = areaOf(filter.getRange())
      const columns = Array.from({ length: area.columns }, (_, index) => area.column + index)
      const criteria = columns.flatMap((column): readonly FilterCriterion[] => {
        const criterion = filter.getColumnFilterCriteria(column + 1)
        return criterion ? [readCriteria(criterion, column)] : []
      })
      return { area, criteria }
    },
    select: (id, areas) => void sheetOf(id).getRangeList(areas.map(a1)).activate(),
    isHiddenByFilter: (id, row) => sheetOf(id).isRowHiddenByFilter(row + 1),
    create(name, size) {
      const sheet = book.insertSheet(name)
      grow(sheet, size)
      sheet.setFrozenRows(1)
      book.setActiveSheet(sheet)
      return infoOf(sheet)
    },
    tidy(id, like, columns) {
      const sheet = sheetOf(id)
      sheet.getRange(1, 1, 1, columns).setFontWeight('bold')
      const model = sheetOf(like)
      for (let column = 1; column <= columns; column++) sheet.setColumnWidth(column, model.getColumnWidth(column))
    },
    remove: (id) => void book.deleteSheet(sheetOf(id)),
    locale: () => (locale ??= book.getSpreadsheetLocale()),
    flush: () => SpreadsheetApp.flush(),
  }
}

/** A hidden tab of the product by name; undefined until something was written to it. */
export function hiddenTab(book: Book, name: string): Sheet | undefined {
  return book.getSheetByName(HIDDEN_PREFIX + name) ?? undefined
}

// Whoever made a hidden tab may have been killed while it was in front: the person's list is behind it.
function listBehind(book: Book, front: Sheet): Sheet {
  if (!isOurs(front)) return front
  return book.getSheets().find((sheet) => !isOurs(sheet) && !sheet.isSheetHidden()) ?? front
}

/** Makes a hidden tab with one column of text, and leaves the person where they were. Says how large it is. */
export function makeHiddenTab(book: Book, name: string): { readonly sheet: Sheet; readonly size: Size } {
  const front = book.getActiveSheet()
  const selected =
    book
      .getActiveRangeList()
      ?.getRanges()
      .map((range) => range.getA1Notation()) ?? []
  const sheet = book.insertSheet(HIDDEN_PREFIX + name, book.getSheets().length)
  try {
    const list = listBehind(book, front)
    book.setActiveSheet(list)
    if (selected.length > 0) list.getRangeList(selected).activate()
  } catch {
    // Where the person stood is a courtesy; the tab is needed.
  }
  return { sheet, size: finishHiddenTab(sheet) }
}

/**
 * Does what is left of making a hidden tab, and says how large it is. Hiding it comes last: an empty one that is still
 * seen was not finished.
 */
export function finishHiddenTab(sheet: Sheet): Size {
  const [rows, columns] = [sheet.getMaxRows(), sheet.getMaxColumns()]
  if (columns > 1) sheet.deleteColumns(2, columns - 1)
  sheet.getRange(1, 1, rows, 1).setNumberFormat('@')
  sheet.hideSheet()
  return { rows, columns: 1 }
}

/** The rows and columns of a tab. */
export interface Size {
  readonly rows: number
  readonly columns: number
}

function grow(sheet: Sheet, size: Size): void {
  const [rows, columns] = [size.rows - sheet.getMaxRows(), size.columns - sheet.getMaxColumns()]
  if (rows > 0) sheet.insertRowsAfter(sheet.getMaxRows(), rows)
  if (columns > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), columns)
}

function isOurs(sheet: Sheet): boolean {
  return sheet.getName().startsWith(HIDDEN_PREFIX)
}

function infoOf(sheet: Sheet): SheetInfo {
  return {
    id: sheet.getSheetId(),
    // Most only want to know that it is there.
    get name() {
      return sheet.getName()
    },
  }
}

function areaOf(range: Range): Area {
  return {
    row: range.getRow() - 1,
    column: range.getColumn() - 1,
    rows: range.getNumRows(),
    columns: range.getNumColumns(),
  }
}

function readCell(value: unknown, source: string, dayOf: (date: Date) => string): CellRead {
  const formula = source !== ''
  const exact = formula ? { exact: source } : {}
  if (value === '' || value === null || value === undefined) return { text: '', kind: 'empty', formula, ...exact }
  if (typeof value === 'number') return { text: String(value), kind: 'number', formula, ...exact }
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE', kind: 'boolean', formula, ...exact }
  if (value instanceof Date) return { text: dayOf(value), kind: 'date', formula, exact: value.getTime(), ...exact }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return { text, kind: ERROR.test(text) ? 'error' : 'text', formula, ...exact }
}

function rangeOfBlock(sheet: Sheet, block: Block): Range {
  return sheet.getRange(block.row + 1, block.column + 1, block.texts.length, block.texts[0]?.length ?? 1)
}

function copy(block: Block): string[][] {
  return block.texts.map((row) => [...row])
}

function writeBlock(sheet: Sheet, block: TextBlock): void {
  const range = rangeOfBlock(sheet, block)
  switch (block.kind) {
    case 'plain':
      range.setValues(copy(block))
      return
    case 'rich':
      range.setRichTextValues(block.texts.map((row) => row.map(richText)))
  }
}

// How to write a block whose cells hold what they should; undefined when one does not. Rich text cannot be empty
// (platform.md section 4a): empty cells are given back their own, and where Google has none nothing is written.
function heldWriter(range: Range, block: HeldBlock): (() => void) | undefined {
  const holds = (textOf: (row: number, column: number) => unknown) =>
    block.held.every((row, y) => row.every((text, x) => textOf(y, x) === text))
  switch (block.kind) {
    case 'plain': {
      const values = range.getValues() as unknown[][]
      return holds((y, x) => values[y]?.[x]) ? () => void range.setValues(copy(block)) : undefined
    }
    case 'rich': {
      const values = range.getRichTextValues()
      if (!holds((y, x) => values[y]?.[x]?.getText())) return undefined
      const texts = block.texts.map((row, y) => row.map((text, x) => (text === '' ? values[y]![x]! : richText(text))))
      return () => void range.setRichTextValues(texts)
    }
  }
}

// Few enough for one call, many enough for few calls.
const RANGES_A_CALL = 1_000

function rangeLists(sheet: Sheet, areas: readonly Area[]): readonly GoogleAppsScript.Spreadsheet.RangeList[] {
  const starts = areas.map((_, index) => index).filter((index) => index % RANGES_A_CALL === 0)
  return starts.map((from) => sheet.getRangeList(areas.slice(from, from + RANGES_A_CALL).map(a1)))
}

function rangeOfExact(sheet: Sheet, { row, column, values }: ExactBlock): Range {
  return sheet.getRange(row + 1, column + 1, values.length, values[0]?.length ?? 1)
}

function writeExactBlock(range: Range, block: ExactBlock): void {
  switch (block.kind) {
    case 'texts':
      range.setRichTextValues(block.values.map((row) => row.map(richText)))
      return
    case 'formulas':
      range.setFormulas(block.values.map((row) => [...row]))
      return
    case 'dates':
      range.setValues(block.values.map((row) => row.map((at) => new Date(at))))
      return
    case 'values':
      range.setValues(block.values.map((row) => [...row]))
  }
}

function richText(text: string): GoogleAppsScript.Spreadsheet.RichTextValue {
  return SpreadsheetApp.newRichTextValue().setText(text).build()
}

function readCriteria(criteria: GoogleAppsScript.Spreadsheet.FilterCriteria, column: number): FilterCriterion {
  const hiddenValues = criteria.getHiddenValues()
  const type = criteria.getCriteriaType()
  const values = criteria.getCriteriaValues() as unknown[]
  return {
    column,
    ...(hiddenValues.length > 0 && { hiddenValues }),
    ...(type && { condition: { type: String(type), values: values.map(String) } }),
    // A criterion without values or condition can only be one of colours.
    ...(hiddenValues.length === 0 && !type && { byColor: true as const }),
  }
}
