import { seal, unseal } from './sealed'
import { migrate, parseJson } from './versions'

/**
 * The version of journal rows and index cells. Version 1: a journal row was one sealed entry, an index cell one sealed
 * list. Since version 2 both are sealed lines, the first of which is a heading.
 */
export const ROW_VERSION = 2

// A cell holds 50,000 characters (platform.md section 1); the rest is for the heading.
const CELL_CHARS = 45_000

// As `seal` puts in front.
const CHECKSUM_DIGITS = 8

/** The first line of a cell of the store. */
export interface Heading {
  readonly k: 'row'
  readonly v: number
  /** The lines below it. */
  readonly lines: number
  /** Journal: the number of this row, from 0. A gap shows that rows were deleted. */
  readonly n?: number
  /** First journal row: the file that the store belongs to, and how often it was folded (safety S19). */
  readonly file?: string
  readonly generation?: number
}

/** What a cell of the store holds. */
export interface CellEntries<T> {
  readonly entries: readonly T[]
  readonly heading: Heading | undefined
  /** Lines that are missing or could not be read. */
  readonly damaged: number
}

// From version 1 up, on the lines without their seals. Lists of version 1 become one line a record.
const MIGRATIONS: readonly ((lines: readonly string[]) => readonly string[])[] = [
  (lines) => lines.flatMap((line) => (line.startsWith('[') ? splitList(line) : [line])),
]

function splitList(line: string): readonly string[] {
  const list = parseJson(line)
  return Array.isArray(list) ? list.map((record) => JSON.stringify(record)) : [line]
}

/** Packs sealed lines into cells below the size that a cell can hold. */
export function packCells(
  secret: string,
  lines: readonly string[],
  heading: (cell: number) => Pick<Heading, 'n' | 'file' | 'generation'> = () => ({}),
): readonly string[] {
  const cells: string[] = []
  let current: string[] = []
  let size = 0
  const close = () => {
    if (current.length > 0) cells.push(sealCell(secret, { ...heading(cells.length), lines: current.length }, current))
    current = []
    size = 0
  }
  for (const line of lines) {
    if (size + line.length > CELL_CHARS) close()
    current.push(line)
    size += line.length + 1
  }
  close()
  return cells
}

/** The first rows of a journal: whose store it is, and what is told of the journals before it, as sealed lines. */
export function firstCells(
  secret: string,
  place: { readonly file: string; readonly generation: number },
  lines: readonly string[] = [],
): readonly string[] {
  if (lines.length === 0) return [sealCell(secret, { n: 0, lines: 0, ...place }, [])]
  return packCells(secret, lines, (cell) => ({ n: cell, ...(cell === 0 && place) }))
}

function sealCell(secret: string, heading: Omit<Heading, 'k' | 'v'>, sealed: readonly string[]): string {
  return [seal(secret, JSON.stringify({ k: 'row', v: ROW_VERSION, ...heading })), ...sealed].join('\n')
}

/**
 * Reads a cell of any version up to the present one; undefined for a newer one. Without a secret the seals are not
 * checked, only what is in them.
 */
export function readCell<T>(
  secret: string | undefined,
  cell: string,
  read: (json: string) => T | undefined,
): CellEntries<T> | undefined {
  const [first = '', ...rest] = cell.split('\n')
  const heading = readHeading(open(secret, first))
  const version = heading?.v ?? 1
  if (version > ROW_VERSION) return undefined
  const sealed = heading ? rest : [first, ...rest]
  const opened = sealed.flatMap((line) => open(secret, line) ?? [])
  const entries: T[] = []
  let damaged = Math.max(sealed.length, heading?.lines ?? 0) - opened.length
  for (const line of migrate(MIGRATIONS, version, opened)) {
    const entry = read(line)
    if (entry === undefined) damaged++
    else entries.push(entry)
  }
  return { entries, heading, damaged }
}

/** The sealed lines of a cell of the present version as they stand; undefined when lines are missing or it is another. */
export function sealedLines(secret: string, cell: string): readonly string[] | undefined {
  const [first = '', ...lines] = cell.split('\n')
  const heading = readHeading(open(secret, first))
  return heading?.v === ROW_VERSION && heading.lines === lines.length ? lines : undefined
}

/** What is in a sealed line, whoever sealed it. */
export function peekLine(line: string): unknown {
  return parseJson(line.slice(CHECKSUM_DIGITS))
}

/** The heading of a cell whoever sealed it: a copied file may have lost the secret (safety S19). */
export function peekHeading(cell: string): Heading | undefined {
  return readHeading(open(undefined, cell.split('\n')[0] ?? ''))
}

function readHeading(json: string | undefined): Heading | undefined {
  if (json === undefined || !json.startsWith('{"k":"row"')) return undefined
  const value = parseJson(json) as Heading | undefined
  return typeof value?.v === 'number' && typeof value.lines === 'number' ? value : undefined
}

function open(secret: string | undefined, line: string): string | undefined {
  return secret === undefined ? line.slice(CHECKSUM_DIGITS) : unseal(secret, line)
}
