import * as xlsx from '@e965/xlsx'
import type { Cell, CellPatch, SheetStore } from '../appsscript/sheet-store'

/** One tab of a file that a person opens. */
interface FileTab {
  readonly name: string
  readonly rows: readonly (readonly CellPatch[])[]
}

const PLAIN_NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/
const HEADER_ROWS = 1
const SPARE_ROWS = 750
const LEAST_ROWS = 1000
const LEAST_COLUMNS = 26
const WIDEST_PIXELS = 260
const NARROWEST_PIXELS = 70
const PIXELS_PER_LETTER = 7.5
const WIDTH_SAMPLE_ROWS = 40

/** Only what is surely a number becomes one, so that phone numbers and postal codes arrive as they are in the file. */
const textPatch = (text: string): CellPatch =>
  PLAIN_NUMBER.test(text) ? { value: Number(text) } : text === '' ? {} : { value: text }

const xlsxPatch = (cell: xlsx.CellObject | undefined): CellPatch => {
  if (!cell) return {}
  const format = typeof cell.z === 'string' && cell.z !== 'General' ? { format: cell.z } : {}
  const note = cell.c?.map(({ t }) => t).join('\n')
  const noted = note ? { note } : {}
  if (cell.f) return { formula: `=${cell.f}`, ...format, ...noted }
  if (cell.t === 'z' || cell.v === undefined) return { ...format, ...noted }
  if (cell.t === 'e') return { value: cell.w ?? '#N/A', ...noted }
  return { value: cell.v instanceof Date ? (cell.w ?? '') : cell.v, ...format, ...noted }
}

const readTab = (name: string, sheet: xlsx.WorkSheet, isText: boolean): FileTab => {
  const range = xlsx.utils.decode_range(sheet['!ref'] ?? 'A1:A1')
  const cellAt = (r: number, c: number): xlsx.CellObject | undefined =>
    sheet[xlsx.utils.encode_cell({ r, c })] as xlsx.CellObject | undefined
  const rows = Array.from({ length: range.e.r + 1 }, (_, r) =>
    Array.from({ length: range.e.c + 1 }, (_, c) => {
      const cell = cellAt(r, c)
      return isText ? textPatch(cell?.v === undefined ? '' : String(cell.v)) : xlsxPatch(cell)
    }),
  )
  return { name, rows }
}

/** Text as UTF-8, or as the code page that old programs export when it is not. */
const decodeText = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The tabs of a CSV or XLSX file; throws an error that names the file when it cannot be read or is empty. */
export const readWorkbookFile = (fileName: string, bytes: Uint8Array): readonly FileTab[] => {
  const isText = !/\.(xlsx|xlsm|xls|ods)$/i.test(fileName)
  const looksZipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!isText && !looksZipped) throw new Error(`${fileName} is not a spreadsheet. Choose a CSV or XLSX file.`)
  if (isText && (looksZipped || bytes.includes(0)))
    throw new Error(`${fileName} is not a text file. Choose a CSV or XLSX file.`)
  const options: xlsx.ParsingOptions = { raw: true, cellNF: true, cellDates: false }
  const book = isText
    ? xlsx.read(decodeText(bytes), { ...options, type: 'string' })
    : xlsx.read(bytes, { ...options, type: 'array' })
  const stem = fileName.replace(/\.[^.]+$/, '')
  const tabs = book.SheetNames.map((name) => readTab(isText ? stem : name, book.Sheets[name] ?? {}, isText))
  if (tabs.every(({ rows }) => rows.every((row) => row.every((patch) => Object.keys(patch).length === 0)))) {
    throw new Error(`${fileName} holds no cells. Choose a file with at least one row.`)
  }
  return tabs
}

const widthOf = (rows: FileTab['rows'], column: number): number => {
  const lengths = rows.slice(0, WIDTH_SAMPLE_ROWS).map((row) => String(row[column]?.value ?? '').length)
  return Math.round(Math.min(WIDEST_PIXELS, Math.max(NARROWEST_PIXELS, Math.max(...lengths) * PIXELS_PER_LETTER + 16)))
}

/** Replaces everything in the store by the tabs of a file, with the first row bold and frozen. */
export const fillStore = (store: SheetStore, tabs: readonly FileTab[]): void => {
  const old = store.tabs()
  old.forEach((tab) => store.renameTab(tab.id, `old ${tab.id}`))
  for (const { name, rows } of tabs) {
    const columns = Math.max(1, ...rows.map((row) => row.length))
    const size = {
      rows: Math.max(LEAST_ROWS, rows.length + SPARE_ROWS),
      columns: Math.max(LEAST_COLUMNS, columns + 10),
    }
    const tab = store.addTab(name.slice(0, 100) || 'Sheet1', size)
    const patches = rows.map((row, index) =>
      row.map((patch) => (index < HEADER_ROWS ? { ...patch, bold: true } : patch)),
    )
    store.write(tab.id, { row: 0, column: 0, rows: rows.length, columns }, patches)
    store.frozenRows(tab.id, HEADER_ROWS)
    for (let column = 0; column < columns; column += 1) store.columnWidth(tab.id, column, widthOf(rows, column))
  }
  old.forEach((tab) => store.removeTab(tab.id))
}

const filledArea = (store: SheetStore, tab: number) => {
  const { rows, columns } = store.used(tab)
  return { row: 0, column: 0, rows: Math.max(1, rows), columns: Math.max(1, columns) }
}

/** What opens as a formula elsewhere is marked as text (safety S10); a phone number is not one. */
const harmless = (text: string): string => (/^(=|-(?![\d.])|@|\t|\+(?![\d ]+$))/.test(text) ? `'${text}` : text)

/** A tab as CSV with the texts that a person sees, in UTF-8 with a byte order mark. */
export const writeCsv = (store: SheetStore, tab: number): string => {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = store
    .display(tab, filledArea(store, tab))
    .map((row) => row.map((text) => quoted(harmless(text))).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

const xlsxCell = (cell: Cell): xlsx.CellObject => {
  const types = { string: 's', number: 'n', boolean: 'b' } as const
  const kind = cell.value === null ? 'z' : types[typeof cell.value as keyof typeof types]
  const object: xlsx.CellObject = { t: kind, ...(cell.value === null ? {} : { v: cell.value }) }
  if (cell.formula) object.f = cell.formula.slice(1)
  if (cell.format) object.z = cell.format
  if (cell.note) object.c = [{ a: 'Enrich', t: cell.note }]
  return object
}

/** The visible tabs as an XLSX file, with formulas, number formats and notes. */
export const writeXlsx = (store: SheetStore): Uint8Array => {
  const book = xlsx.utils.book_new()
  for (const tab of store.tabs().filter(({ hidden }) => !hidden)) {
    const area = filledArea(store, tab.id)
    const sheet: xlsx.WorkSheet = {
      '!ref': xlsx.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: area.rows - 1, c: area.columns - 1 } }),
    }
    store.read(tab.id, area).forEach((row, r) =>
      row.forEach((cell, c) => {
        if (cell.value !== null || cell.formula || cell.note) sheet[xlsx.utils.encode_cell({ r, c })] = xlsxCell(cell)
      }),
    )
    sheet['!cols'] = Array.from({ length: area.columns }, (_, c) => ({ wpx: store.columnWidth(tab.id, c) }))
    // Excel's own limit for the name of a tab, and the characters it refuses.
    xlsx.utils.book_append_sheet(book, sheet, tab.name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31), true)
  }
  return new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
}
