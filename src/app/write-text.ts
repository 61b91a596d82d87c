import type { CellWrite } from '../sheet/blocks'
import { toBlocks } from '../sheet/blocks'
import { needsRichText } from '../sheet/cell-text'
import type { HeldBlock, Host, TextBlock } from './host'
import { areaAround, areasOf } from './put-back'

/** A cell of a block that is written whole, and what it holds until then: that is its text where it is kept. */
export interface HeldWrite extends CellWrite {
  readonly before: string
}

/** Writes texts into cells of the person's sheet as text (safety S10), touching no other cell (safety S8). */
export function writeText(host: Host, sheet: number, writes: readonly CellWrite[]): void {
  if (writes.length === 0) return
  const filled = writes.filter(({ text }) => text !== '')
  // All in one call: a row of which a part is cleared would not be found again.
  host.sheets.clear(sheet, areasOf(writes.filter(({ text }) => text === '')))
  // One risky value makes its whole column rich, so that runs of cells are not torn into many calls.
  const risky = new Set(filled.filter(({ text }) => needsRichText(text)).map(({ column }) => column))
  host.sheets.setFormat(sheet, areasOf(filled), TEXT_FORMAT)
  host.sheets.write(sheet, [
    ...blocksOf(
      'plain',
      filled.filter(({ column }) => !risky.has(column)),
    ),
    ...blocksOf(
      'rich',
      filled.filter(({ column }) => risky.has(column)),
    ),
  ])
  host.sheets.flush()
}

/**
 * Writes texts into columns of ours in whole blocks, with the cells between that are kept. A block in which somebody
 * changed a cell meanwhile is left alone.
 */
export function writeBlocks(host: Host, sheet: number, writes: readonly HeldWrite[]): void {
  if (writes.length === 0) return
  for (const block of heldBlocks(writes)) {
    host.sheets.writeHeld(sheet, block, areasOf(cellsOf(block).filter(({ text }) => text !== '')))
  }
  host.sheets.flush()
}

/** Those of some cells that still hold the text that was read there: putting them on record took a moment. */
export function untouched<T extends Pick<CellWrite, 'row' | 'column'>>(
  host: Host,
  sheet: number,
  { cells, textOf }: { readonly cells: readonly T[]; readonly textOf: (cell: T) => string },
): readonly T[] {
  if (cells.length === 0) return []
  const area = areaAround(cells)
  const now = host.sheets.read(sheet, area)
  return cells.filter((one) => {
    const cell = now[one.row - area.row]![one.column - area.column]!
    return !cell.formula && cell.text === textOf(one)
  })
}

/** Fills a new tab of ours from its first cell on: nobody else has cells there, so gaps may be written over. */
export function fillTab(host: Host, sheet: number, texts: readonly (readonly string[])[]): void {
  const writes = texts.flatMap((line, row) => line.map((text, column) => ({ row, column, text })))
  const risky = writes.filter(({ text }) => needsRichText(text))
  const plain = texts.map((line) => line.map((text) => (needsRichText(text) ? '' : text)))
  const columns = Math.max(...texts.map((line) => line.length))
  host.sheets.setFormat(sheet, [{ row: 0, column: 0, rows: texts.length, columns }], TEXT_FORMAT)
  host.sheets.write(sheet, [{ kind: 'plain', row: 0, column: 0, texts: plain }, ...blocksOf('rich', risky)])
  host.sheets.flush()
}

// What we give every cell that we write (safety S10).
const TEXT_FORMAT = '@'

function blocksOf(kind: TextBlock['kind'], cells: readonly CellWrite[]): readonly TextBlock[] {
  return toBlocks(cells, { contiguous: 'areas' }).map((block): TextBlock => ({ ...block, kind }))
}

// The texts of the blocks are positions in the list of cells until here.
function heldBlocks(held: readonly HeldWrite[]): readonly HeldBlock[] {
  const kind = held.some(({ text }) => needsRichText(text)) ? 'rich' : 'plain'
  const places = held.map(({ row, column }, index) => ({ row, column, text: `${index}` }))
  return toBlocks(places, { contiguous: 'areas' }).map((block) => {
    const cells = block.texts.map((line) => line.map((index) => held[Number(index)]!))
    return {
      kind,
      row: block.row,
      column: block.column,
      texts: cells.map((line) => line.map(({ text }) => text)),
      held: cells.map((line) => line.map(({ before }) => before)),
    }
  })
}

function cellsOf({ row, column, texts }: HeldBlock): readonly CellWrite[] {
  return texts.flatMap((line, y) => line.map((text, x) => ({ row: row + y, column: column + x, text })))
}
