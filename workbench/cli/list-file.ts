import * as xlsx from '@e965/xlsx'
import { editCsv, formatCsv, parseCsv, type CellText } from './csv'

/** A list that was read from a file and can be written again with some cells added. */
export interface ListFile {
  /** The texts of all cells, row by row; rows may differ in length. */
  readonly rows: readonly (readonly string[])[]
  /** The bytes of the file with these cells filled; every other cell is as it was read. */
  withCells(cells: readonly CellText[]): { readonly bytes: Uint8Array; readonly remark: string | undefined }
}

/** Whether a file name is one of a workbook rather than of a text. */
export function isWorkbookName(name: string): boolean {
  return /\.(xlsx|xlsm)$/i.test(name)
}

/** Reads a CSV or XLSX file. Throws an error that names the file, the cause and the next step. */
export function readListFile(name: string, bytes: Uint8Array): ListFile {
  if (bytes.length === 0) throw new Error(`${name} is empty. Choose a file with column names and at least one row.`)
  const file = isWorkbookName(name) ? readWorkbook(name, bytes) : readText(name, bytes)
  if (file.rows.every((row) => row.every((text) => text.trim() === '')))
    throw new Error(`${name} holds no text. Choose a file with column names and at least one row.`)
  return file
}

function readText(name: string, bytes: Uint8Array): ListFile {
  const coded = decode(bytes)
  if (coded.text.includes('\0') || isZip(bytes))
    throw new Error(`${name} is not a text file. Choose a CSV file, or an XLSX file with that ending.`)
  const csv = tryToParse(name, coded.text)
  const before = csv.records[0]?.fields.length ?? 0
  const widest = csv.records.reduce((most, { fields }) => Math.max(most, fields.length), before)
  return {
    rows: csv.records.map(({ fields }) => fields.map(({ text }) => text)),
    withCells(cells) {
      const width = cells.reduce((most, { column }) => Math.max(most, column + 1), 0)
      const edited = formatCsv(editCsv(csv, cells, width > widest ? width : 0))
      const encoded = encode(edited, coded.encoding)
      if (encoded) return { bytes: encoded, remark: undefined }
      return {
        bytes: new TextEncoder().encode(`\uFEFF${edited}`),
        remark: `${name} is in the old encoding ${coded.encoding}, which lacks some of the letters found; the result is in UTF-8.`,
      }
    },
  }
}

function tryToParse(name: string, text: string): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(text)
  } catch (error) {
    throw new Error(`${name} cannot be read as CSV. ${(error as Error).message} Close it and try again.`, {
      cause: error,
    })
  }
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04
}

type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252'

// Excel saves "Unicode text" as UTF-16 and, on older systems, CSV in the code page of Western Europe.
function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), encoding }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

/** Undefined when the encoding has no place for one of the letters. */
function encode(text: string, encoding: Encoding): Uint8Array | undefined {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text)
    case 'utf-16le':
      return new Uint8Array(Buffer.from(text, 'utf16le'))
    case 'windows-1252': {
      const letters = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, code) => code))
      const codes = new Map([...letters].map((letter, code) => [letter, code]))
      const found = [...text].map((letter) => codes.get(letter))
      return found.every((code) => code !== undefined) ? Uint8Array.from(found) : undefined
    }
  }
}

function readWorkbook(name: string, bytes: Uint8Array): ListFile {
  if (!isZip(bytes)) throw new Error(`${name} is not an XLSX file. Save it as XLSX or CSV and try again.`)
  const book = tryToOpen(name, bytes)
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  if (!sheet?.['!ref']) throw new Error(`${name} holds no cells. Choose a file with column names and at least one row.`)
  const range = xlsx.utils.decode_range(sheet['!ref'])
  const textAt = (row: number, column: number): string => {
    const cell = sheet[xlsx.utils.encode_cell({ r: row, c: column })] as xlsx.CellObject | undefined
    return cell?.v === undefined ? '' : String(cell.w ?? cell.v)
  }
  return {
    rows: Array.from({ length: range.e.r + 1 }, (_, row) =>
      Array.from({ length: range.e.c + 1 }, (_, column) => textAt(row, column)),
    ),
    withCells(cells) {
      const end = { ...range.e }
      for (const { row, column, text } of cells) {
        sheet[xlsx.utils.encode_cell({ r: row, c: column })] = { t: 's', v: text, z: '@' } satisfies xlsx.CellObject
        end.r = Math.max(end.r, row)
        end.c = Math.max(end.c, column)
      }
      sheet['!ref'] = xlsx.utils.encode_range({ s: range.s, e: end })
      return {
        bytes: new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer),
        remark: 'Colours and other looks of the workbook are not in the result; texts, numbers and formulas are.',
      }
    },
  }
}

function tryToOpen(name: string, bytes: Uint8Array): xlsx.WorkBook {
  try {
    return xlsx.read(bytes, { type: 'array', cellNF: true, cellDates: false })
  } catch (error) {
    throw new Error(`${name} cannot be read: it is damaged or locked by a password. Save it again and try again.`, {
      cause: error,
    })
  }
}
