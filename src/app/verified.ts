import { cellState } from '../rules/decide'
import { keptRuns } from './history'
import type { Host } from './host'
import { loadPlan } from './planned-rows'
import { lastUnder } from './replaced'
import { peekStore } from './store'
import { tryToStand } from './window'
import { keysOf } from './write-results'

/** The cells of a tab that a person changed after one of the last runs had filled them, as row and column. */
export function verifiedCells(host: Host, sheet: number): readonly (readonly [row: number, column: number])[] {
  const runs = keptRuns(host).filter((run) => run.sheet === sheet && !run.merged)
  if (runs.length === 0) return []
  const store = peekStore(host)
  return runs.flatMap(({ id }) => {
    const kept = loadPlan(host, id)
    const standing = kept && tryToStand(host, kept)
    if (!kept || !standing) return []
    const places = kept.rows.flatMap((planned, index) => {
      const row = standing.rowOf(index)?.row
      return row === undefined ? [] : kept.plan.wanted.map((field) => ({ row, field, keys: keysOf(planned) }))
    })
    store.readWrites(places.flatMap(({ field, keys }) => keys.map((row) => ({ sheet, row, field }))))
    return places.flatMap(({ row, field, keys }) => {
      const column = standing.targets[field]
      const cell = column === undefined ? undefined : standing.grid[row]?.[column]
      if (column === undefined || !cell) return []
      const state = cellState({ cell, ...UNGUARDED, last: lastUnder(store, keys, { sheet, field }) })
      return state === 'verified_by_person' ? [[row, column] as const] : []
    })
  })
}

const UNGUARDED = { protected: false, rejecting: false, merged: false }
