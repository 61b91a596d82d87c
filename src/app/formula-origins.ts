import type { Field } from '../domain/field'
import type { Finding } from '../domain/finding'
import { hashText } from '../domain/hash'
import { Problem } from '../domain/problem'
import type { Grid } from '../sheet/grid'
import type { Host } from './host'
import { lookUp } from './look-up'
import { check } from './merge-batch'
import { requireSheet } from './merge-list'
import type { MergeRecord } from './merge-record'
import { noteOutputs, outputsOf } from './replaced'
import { ownKeys } from './row-keys'
import { groupsOf } from './sought'
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
  readonly source: string
}

/**
 * Where the values that formulas show come from, by row and column, as far as the text of a formula tells what it is given:
 * looked up anew by the same keys, and nobody is asked.
 */
export function originsOf(host: Host, grid: Grid, heads: readonly Head[]): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>()
  for (const { wanted, of } of groupsOf(host, grid, heads)) {
    const { fields } = wanted
    const looked = lookUp(
      host,
      of.flatMap(({ sought }) => sought.leads),
      { ...wanted, until: 0 },
    )
    let from = 0
    for (const { head, sought } of of) {
      const width = sought.options.show === 'value' ? 1 : 2
      for (const [nth, known] of looked.slice(from, from + sought.leads.length).entries()) {
        for (const [at, one] of (known ?? []).entries()) {
          const row = head.row + sought.above.length + nth
          const column = head.column + at * width
          const text = grid[row]?.[column]?.text
          if (one.kind !== 'known' || !one.finding || one.value !== text) continue
          const { source } = head
          origins.set(`${row} ${column}`, { row, column, text, source, field: fields[at]!, finding: one.finding })
        }
      }
      from += sought.leads.length
    }
  }
  return origins
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
