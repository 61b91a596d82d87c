import type { CellWrite } from '../sheet/blocks'
import { toBlocks } from '../sheet/blocks'
import { needsRichText } from '../sheet/cell-text'
import type { Host, TextBlock } from './host'

/** Writes texts into cells of the person's sheet as text (safety S10), touching no other cell (safety S8). */
export function writeText(host: Host, sheet: number, writes: readonly CellWrite[]): void {
  if (writes.length === 0) return
  const filled = writes.filter(({ text }) => text !== '')
  // One risky value makes its whole column rich, so that runs of cells are not torn into many calls.
  const risky = new Set(filled.filter(({ text }) => needsRichText(text)).map(({ column }) => column))
  const blocks = (kind: TextBlock['kind'], cells: readonly CellWrite[]) =>
    toBlocks(cells, { contiguous: 'areas' }).map((block): TextBlock => ({ ...block, kind }))
  host.sheets.write(sheet, [
    ...blocks(
      'clear',
      writes.filter(({ text }) => text === ''),
    ),
    ...blocks(
      'plain',
      filled.filter(({ column }) => !risky.has(column)),
    ),
    ...blocks(
      'rich',
      filled.filter(({ column }) => risky.has(column)),
    ),
  ])
  host.sheets.flush()
}

/** Fills a new tab of ours from its first cell on: nobody else has cells there, so gaps may be written over. */
export function fillTab(host: Host, sheet: number, texts: readonly (readonly string[])[]): void {
  const writes = texts.flatMap((line, row) => line.map((text, column) => ({ row, column, text })))
  const risky = writes.filter(({ text }) => needsRichText(text))
  const plain = texts.map((line) => line.map((text) => (needsRichText(text) ? '' : text)))
  host.sheets.write(sheet, [
    { kind: 'plain', row: 0, column: 0, texts: plain },
    ...toBlocks(risky, { contiguous: 'areas' }).map((block): TextBlock => ({ ...block, kind: 'rich' })),
  ])
  host.sheets.flush()
}
