import { toBlocks } from '../sheet/blocks'
import { mergeNote, withoutOurLine } from '../sheet/note'
import type { Host } from './host'
import { areaAround, areasOf } from './put-back'

interface Place {
  readonly row: number
  readonly column: number
  readonly line: string
}

/** Puts a line of ours into the notes of cells, or takes it out where it is empty; what people wrote there stays. */
export function putLines(host: Host, sheet: number, places: readonly Place[]): void {
  if (places.length === 0) return
  const area = areaAround(places)
  const notes = host.sheets.notes(sheet, area)
  const changed = places.flatMap(({ row, column, line }) => {
    const before = notes[row - area.row]?.[column - area.column] ?? ''
    const text = line === '' ? withoutOurLine(before) : mergeNote(before, line)
    return text === before ? [] : [{ row, column, text }]
  })
  host.sheets.clearNotes(sheet, areasOf(changed.filter(({ text }) => text === '')))
  host.sheets.writeNotes(
    sheet,
    toBlocks(
      changed.filter(({ text }) => text !== ''),
      { contiguous: 'areas' },
    ),
  )
  host.sheets.flush()
}
