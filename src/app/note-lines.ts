import type { CellWrite } from '../sheet/blocks'
import { toBlocks } from '../sheet/blocks'
import type { Area, Block, Grid } from '../sheet/grid'
import { mergeNote, withoutOurLine } from '../sheet/note'
import type { Host } from './host'
import type { Lines } from './put-back'
import { areaAround, areaToRead, beforeStruck, linesOf, takenPlaces } from './put-back'

/** The notes around some cells of a list as it was just read. */
export interface Notes {
  readonly noteAt: (place: Pick<CellWrite, 'row' | 'column'>) => string
  /** Writes notes, an empty one clears. Cells that somebody moved into the way get back the note that they had (safety S9). */
  readonly write: (notes: readonly CellWrite[]) => void
}

/** Reads the notes around some cells. */
export function openNotes(
  host: Host,
  sheet: number,
  { grid, cells }: { readonly grid: Grid; readonly cells: readonly Pick<CellWrite, 'row' | 'column'>[] },
): Notes {
  const before = linesOf(grid)
  const area = areaToRead(cells, before)
  const known = host.sheets.notes(sheet, area)
  const noteAt: Notes['noteAt'] = ({ row, column }) => known[row - area.row]?.[column - area.column] ?? ''
  const put = (notes: readonly CellWrite[]) => {
    const blocks = toBlocks(notes, { contiguous: 'areas' })
    const isEmpty = ({ texts }: Block) => texts.every((line) => line.every((text) => text === ''))
    host.sheets.clearNotes(sheet, blocks.filter(isEmpty).map(areaOf))
    // Empty ones between others are written along: few calls, however many cells were found.
    host.sheets.writeNotes(
      sheet,
      blocks.filter((block) => !isEmpty(block)),
    )
    host.sheets.flush()
  }
  return {
    noteAt,
    write(notes) {
      if (notes.length === 0) return
      const isStill = rowsStill(host, sheet, { before, cells: notes })
      // Moved before their notes were read: nobody knows whose those are.
      const placed = notes.filter(isStill())
      if (placed.length === 0) return
      put(placed)
      if (placed.every(isStill())) return
      const after = linesOf(host.sheets.readAll(sheet))
      const taken = takenPlaces(before, after, placed).map(({ row, column }) => {
        return { row, column, text: after.grid[row]?.[column]?.text ?? '' }
      })
      const struck = beforeStruck(before, after, taken)
      put(struck.map(({ place, from }) => ({ ...place, text: from ? noteAt(from) : '' })))
    },
  }
}

function areaOf({ row, column, texts }: Block): Area {
  return { row, column, rows: texts.length, columns: texts[0]!.length }
}

/** Reads the rows of some cells each time it is called, and tells which of them are as they were. */
function rowsStill(
  host: Host,
  sheet: number,
  { before, cells }: { readonly before: Lines; readonly cells: readonly CellWrite[] },
): () => (cell: CellWrite) => boolean {
  const area = { ...areaAround(cells), column: 0, columns: before.headers.length }
  const textOf = (line: Grid[number] | undefined) => JSON.stringify(line?.map(({ text }) => text))
  return () => {
    const { grid } = linesOf(host.sheets.read(sheet, area))
    return ({ row }) => textOf(grid[row - area.row]) === textOf(before.grid[row])
  }
}

interface Place {
  readonly row: number
  readonly column: number
  readonly line: string
}

/** Puts a line of ours into the notes of cells, or takes it out where it is empty; what people wrote there stays. */
export function putLines(
  host: Host,
  sheet: number,
  { grid, places }: { readonly grid: Grid; readonly places: readonly Place[] },
): void {
  if (places.length === 0) return
  const notes = openNotes(host, sheet, { grid, cells: places })
  notes.write(
    places.flatMap(({ row, column, line }) => {
      const before = notes.noteAt({ row, column })
      const text = line === '' ? withoutOurLine(before) : mergeNote(before, line)
      return text === before ? [] : [{ row, column, text }]
    }),
  )
}
