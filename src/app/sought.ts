import { parseA1 } from '../sheet/a1'
import type { CellRead, Grid } from '../sheet/grid'
import type { Seek, Sought } from './find-formulas'
import { SEEKS, wantedOf } from './find-formulas'
import type { FormulaInput } from './formula'
import { callIn, splitOutside } from './formula-source'
import type { Host } from './host'
import { isException } from './insist'
import type { Wanted } from './look-up'

/** Formulas that seek the same of their leads: these can be looked up together. */
export interface SoughtTogether<T> {
  readonly wanted: Omit<Wanted, 'until'>
  readonly of: readonly { readonly head: T; readonly sought: Sought }[]
}

/** What formulas of ours seek, as far as their texts tell what they are given. */
export function groupsOf<T extends { readonly source: string }>(
  host: Host,
  grid: Grid,
  heads: readonly T[],
): readonly SoughtTogether<T>[] {
  const groups = new Map<string, { readonly head: T; readonly sought: Sought }[]>()
  for (const head of heads) {
    const sought = soughtBy(host, grid, head.source)
    if (!sought) continue
    const like = JSON.stringify(wantedOf(sought))
    groups.set(like, [...(groups.get(like) ?? []), { head, sought }])
  }
  return [...groups.values()].map((of) => ({ wanted: wantedOf(of[0]!.sought), of }))
}

function soughtBy(host: Host, grid: Grid, source: string): Sought | undefined {
  const call = callIn(source)
  const seek = (SEEKS as { readonly [name: string]: Seek })[call?.name ?? '']
  if (!call || !seek) return undefined
  const args = call.args.map((arg) => inputOf(grid, arg))
  if (args.includes(UNKNOWN)) return undefined
  try {
    return seek(host, args)
  } catch (error) {
    // What such a formula is given is not understood: it shows what stands around it, as in IFERROR.
    if (isException(error)) throw error
    return undefined
  }
}

// Only Sheets can tell what another formula within an argument gives.
const UNKNOWN = Symbol()

/** What an argument gives: a text, cells, or several of them put together with `&`. */
function inputOf(grid: Grid, arg: string): FormulaInput {
  const terms = splitOutside(arg, '&').map((term) => termOf(grid, term))
  if (terms.length === 1) return terms[0]
  return terms.every((term) => typeof term === 'string') ? terms.join('') : UNKNOWN
}

function termOf(grid: Grid, term: string): FormulaInput {
  if (term === '') return undefined
  if (/^"([^"]|"")*"$/.test(term)) return term.slice(1, -1).replace(/""/g, '"')
  // A whole column, or the rest of one, ends with the list.
  const closed = term.replace(/^(\$?[A-Z]+):/i, '$11:').replace(/(:\$?[A-Z]+)$/i, `$1${grid.length}`)
  const area = parseA1(closed)
  if (!area) return UNKNOWN
  const { row, column, columns } = area
  const rows = Array.from({ length: Math.min(area.rows, grid.length) }, (_, y) =>
    Array.from({ length: columns }, (__, x) => givenBy(grid[row + y]?.[column + x])),
  )
  return term.includes(':') ? rows : rows[0]![0]
}

// A formula is given texts and numbers as they read, and the rest as what it is: that is no text.
function givenBy(cell: CellRead | undefined): FormulaInput {
  if (!cell) return ''
  return cell.kind === 'boolean' || cell.kind === 'date' ? null : cell.text
}
