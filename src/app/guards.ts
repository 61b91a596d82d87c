import type { Area } from '../sheet/grid'
import type { Host } from './host'

/** What stands around a cell, by row and column. */
export type Guards = (
  row: number,
  column: number,
) => { readonly protected: boolean; readonly rejecting: boolean; readonly merged: boolean }

/** Reads the protections, validations and merges of a tab. */
export function readGuards(host: Host, sheet: number): Guards {
  const protectedAreas = host.sheets.protectedAreas(sheet)
  const rejecting = host.sheets.validatedAreas(sheet)
  const merged = host.sheets.mergedAreas(sheet)
  const inside = (areas: readonly Area[], row: number, column: number) =>
    areas.some((area) => isInside(area, row, column))
  return (row, column) => ({
    protected: inside(protectedAreas, row, column),
    rejecting: inside(rejecting, row, column),
    merged: inside(merged, row, column),
  })
}

function isInside(area: Area, row: number, column: number): boolean {
  return row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns
}
