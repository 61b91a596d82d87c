import { toBlocks } from '../sheet/blocks'
import { mergeNote, withoutOurLine } from '../sheet/note'
import type { Host } from './host'
import { areaAround, areasOf } from './put-back'

interface Place {
  readonly row: number
  readonly column: number
}

/** Puts a line of ours into the notes of cells; what people wrote there stays. */
export function addLines(host: Host, sheet: number, places: readonly (Place & { readonly line: string })[]): void {
  changeNotes(host, sheet, places, (note, { line }) => mergeNote(note, line))
}

/** Takes our lines out of the notes of cells. */
export function dropLines(host: Host, sheet: number, places: readonly Place[]): void {
  changeNotes(host, sheet, places, withoutOurLine)
}

function changeNotes<P extends Place>(
  host: Host,
  sheet: number,
  places: readonly P[],
  change: (note: string, place: P) => string,
): void {
  if (places.length === 0) return
  const area = areaAround(places)
  const notes = host.sheets.notes(sheet, area)
  const changed = places.flatMap((place) => {
    const { row, column } = place
    const before = notes[row - area.row]?.[column - area.column] ?? ''
    const text = change(before, place)
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
