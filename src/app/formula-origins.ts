import type { Field } from '../domain/field'
import type { Finding } from '../domain/finding'
import { hashText } from '../domain/hash'
import { Problem } from '../domain/problem'
import { parseA1 } from '../sheet/a1'
import type { CellRead, Grid } from '../sheet/grid'
import type { Seek, Sought } from './find-formulas'
import { SEEKS } from './find-formulas'
import type { FormulaInput } from './formula'
import { callIn, splitOutside } from './formula-source'
import type { Host } from './host'
import { isException } from './insist'
import { lookUp } from './look-up'
import { check } from './merge-batch'
import { requireSheet } from './merge-list'
import type { MergeRecord } from './merge-record'
import { noteOutputs, outputsOf } from './replaced'
import { ownKeys } from './row-keys'
import { openStore } from './store'
import { storeTrouble } from './store-state'
import type { Entry } from './stored'
import { tryToSurvey } from './survey'

/** Where a value that a formula shows comes from. */
export interface Origin {
  readonly row: number
  readonly column: number
  readonly text: string
  /** The formula. */
  readonly source: string
  readonly field: Field
  readonly finding: Finding
}

interface Head {
  readonly row: number
  readonly column: number
  readonly cell: CellRead
}

/**
 * Where the values that formulas show come from, by row and column, as far as the text of a formula tells what it is given:
 * looked up anew by the same keys, and nobody is asked.
 */
export function originsOf(host: Host, grid: Grid, heads: readonly Head[]): ReadonlyMap<string, Origin> {
  const groups = new Map<string, { readonly head: Head; readonly sought: Sought }[]>()
  for (const head of heads) {
    const sought = soughtBy(host, grid, String(head.cell.exact))
    if (!sought) continue
    const like = JSON.stringify([sought.fields, sought.options.minConfidence])
    groups.set(like, [...(groups.get(like) ?? []), { head, sought }])
  }
  const origins = new Map<string, Origin>()
  for (const group of groups.values()) {
    const { fields, options } = group[0]!.sought
    const { minConfidence } = options
    const leads = group.flatMap(({ sought }) => sought.leads)
    const looked = lookUp(host, leads, { fields, until: 0, ...(minConfidence !== undefined && { minConfidence }) })
    let from = 0
    for (const { head, sought } of group) {
      const width = sought.options.show === 'value' ? 1 : 2
      for (const [nth, known] of looked.slice(from, from + sought.leads.length).entries()) {
        for (const [at, one] of (known ?? []).entries()) {
          const row = head.row + sought.above.length + nth
          const column = head.column + at * width
          const text = grid[row]?.[column]?.text
          if (one.kind !== 'known' || !one.finding || one.value !== text) continue
          const source = String(head.cell.exact)
          origins.set(`${row} ${column}`, { row, column, text, source, field: fields[at]!, finding: one.finding })
        }
      }
      from += sought.leads.length
    }
  }
  return origins
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
  if (term.startsWith('"')) return term.slice(1, -1).replace(/""/g, '"')
  // A whole column, or the rest of one, ends with the list.
  const closed = term.replace(/^(\$?[A-Z]+):/i, '$11:').replace(/(:\$?[A-Z]+)$/i, `$1${grid.length}`)
  const area = parseA1(closed)
  if (!area) return UNKNOWN
  const { row, column, columns } = area
  const rows = Array.from({ length: Math.min(area.rows, grid.length) }, (_, y) =>
    Array.from({ length: columns }, (__, x) => grid[row + y]?.[column + x]?.text ?? ''),
  )
  return term.includes(':') ? rows : rows[0]![0]
}

/**
 * Remembers values as written by us, where they stand in the column of their field: from then on the rules for overwriting
 * hold for them as for those of a run, and Explain tells of them. The caller holds the lease of the change.
 */
export function rememberOrigins(host: Host, held: MergeRecord, origins: ReadonlyMap<string, Origin>): void {
  if (origins.size === 0) return
  const { id, sheet } = held
  const survey = tryToSurvey(host, requireSheet(host, sheet), { mapping: {} })
  if (survey instanceof Problem) return
  const own = [...origins.values()].filter(({ column, field }) => survey.mapping[field] === column)
  // In a copied or restored file nothing is kept before a person has chosen (safety S19); values can be had all the same.
  if (own.length === 0 || storeTrouble(host)) return
  check(host, held)
  noteOutputs(host, sheet, [...new Set(own.map(({ field }) => field))])
  const outputs = outputsOf(host, sheet)
  const entries = own.flatMap(({ row: at, field, text, finding }): readonly Entry[] => {
    const lead = survey.rows[at - survey.headerRow - 1]
    const { confidence, status, provenance } = finding
    const wrote = { k: 'write' as const, run: id, sheet, field, hash: hashText(text), confidence, status }
    const { at: since, provider: by } = provenance
    return lead ? ownKeys(lead, outputs).map((row) => ({ ...wrote, row, at: since, by })) : []
  })
  openStore(host).append(entries)
}
