import type { Grid } from '../sheet/grid'
import { PENDING } from '../sheet/pending'
import type { FormulaCell, FormulaInput, FormulaOutput, Reply } from './formula'
import type { FormulaOptions } from './formula-options'

// A whole column is passed as up to a million cells; what one call can answer well is far less.
const MAX_ROWS = 10_000

/** The keys that a person gave: the texts of each row, and whether they gave a range. */
export interface Keys {
  /** Those below the last that is filled are empty. */
  readonly rows: readonly (readonly string[])[]
  readonly isRange: boolean
  /** How many texts of each row the first argument gave. */
  readonly width: number
}

/** Puts arguments side by side: one value goes with every row of a range. Throws when there are too many or unequal rows. */
export function readKeys(inputs: readonly FormulaInput[]): Keys {
  const sides = inputs.map(rowsOf)
  const ranges = sides.filter((side) => side.length > 1)
  const rows = ranges[0]?.length ?? 1
  if (ranges.some((side) => side.length !== rows)) throw new Error('Both ranges must have the same number of rows.')
  // A whole column goes on below the list.
  const isFilled = (row: number) => ranges.some((side) => side[row]!.some((text) => text !== ''))
  let filled = rows
  while (filled > 1 && !isFilled(filled - 1)) filled--
  if (filled > MAX_ROWS) throw new Error(`Too many rows: give at most ${MAX_ROWS.toLocaleString('en')} at a time.`)
  const textsOf = (row: number) => sides.flatMap((side) => side[side.length === 1 ? 0 : row] ?? [])
  return {
    rows: Array.from({ length: rows }, (_, row) => (row < filled ? textsOf(row) : BLANK)),
    isRange: rows > 1 || Array.isArray(inputs[0]),
    width: sides[0]?.[0]?.length ?? 0,
  }
}

const BLANK: readonly string[] = []

function rowsOf(input: FormulaInput): readonly (readonly string[])[] {
  if (Array.isArray(input)) return input.map((row) => (Array.isArray(row) ? row.map(textOf) : [textOf(row)]))
  return input === undefined ? [] : [[textOf(input)]]
}

/** The text of a cell. Blanks come as '', error cells as text such as #N/A (platform.md section 2): both are nothing. */
export function textOf(cell: unknown): string {
  if (typeof cell !== 'string') return typeof cell === 'number' ? String(cell) : ''
  return cell.startsWith('#') ? '' : cell.trim()
}

/** The rows of a range as the sheet's own are read. */
export function gridOf(rows: Keys['rows']): Grid {
  return rows.map((row) => row.map((text) => ({ text, kind: text === '' ? 'empty' : 'text', formula: false })))
}

/**
 * The replies as Sheets takes them, so many columns wide. A single cell that has nothing throws its next step, so that
 * IFERROR works and the hover explains; in a range it stays empty. A fallback stands in both.
 */
export function putReplies(
  { isRange, above = [] }: Pick<Keys, 'isRange'> & { readonly above?: readonly Reply[] },
  replies: readonly Reply[],
  options: FormulaOptions<string>,
): FormulaOutput {
  if (isRange) {
    const rows = [...above, ...withProgress(replies)]
    const widthOf = (reply: Reply) => (reply.kind === 'values' ? reply.values.length : 1)
    const width = rows.reduce((most, reply) => Math.max(most, widthOf(reply)), 1)
    return rows.map((reply) => lineOf(reply, width, options))
  }
  const [only] = replies
  if (!only || only.kind === 'blank') return ''
  if (only.kind === 'pending')
    return only.because ? `${PENDING}: ${thenFinish(only.because)}` : `${PENDING}: press Finish in the sidebar`
  if (only.kind === 'missing') {
    if (options.fallback === undefined) throw new Error(only.problem)
    return options.fallback
  }
  return only.values.length === 1 ? only.values[0]! : [only.values]
}

// As it is found again (sheet/pending.ts).
function thenFinish(because: string): string {
  return `${because} Then press Finish in the sidebar`
}

// The first row that waits says how far the range is.
function withProgress(replies: readonly Reply[]): readonly Reply[] {
  const asked = replies.filter(({ kind }) => kind !== 'blank')
  const done = asked.filter(({ kind }) => kind !== 'pending').length
  const first = replies.findIndex(({ kind }) => kind === 'pending')
  const because = asked.flatMap((reply) => (reply.kind === 'pending' && reply.because) || [])[0]
  const so = because ? `. ${thenFinish(because)}` : ', press Finish in the sidebar'
  const words = `${PENDING}: ${done.toLocaleString('en')} of ${asked.length.toLocaleString('en')} done${so}`
  return replies.map((reply, row) => (row === first ? { kind: 'values', values: [words] } : reply))
}

/** The cells of one row of a range, so many columns wide. */
export function lineOf(reply: Reply, width: number, options: FormulaOptions<string>): readonly FormulaCell[] {
  const pad = (values: readonly FormulaCell[]) => Array.from({ length: width }, (_, column) => values[column] ?? '')
  switch (reply.kind) {
    case 'values':
      return pad(reply.values)
    case 'blank':
      return pad([])
    case 'pending':
      return pad([PENDING])
    case 'missing':
      return pad([options.fallback ?? (options.show === 'status' ? reply.word : '')])
  }
}
