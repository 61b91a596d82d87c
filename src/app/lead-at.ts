import type { Field } from '../domain/field'
import type { Lead } from '../domain/lead'
import type { Grid } from '../sheet/grid'
import { readLeads } from '../sheet/leads'
import type { Mapping } from '../sheet/mapping'
import type { Host } from './host'
import { countryOf } from './vendors'

/** What one row of a grid says about a lead, in the columns of a mapping alone. */
export function leadAt(
  host: Host,
  { grid, row, mapping }: { readonly grid: Grid; readonly row: number; readonly mapping: Mapping },
): Lead {
  return readLeads({ grid: [grid[row] ?? []], firstRow: row, mapping, country: countryOf(host) })[0]!.lead
}

/** A mapping without some fields. */
export function without(mapping: Mapping, fields: readonly Field[]): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([field]) => !fields.includes(field as Field)))
}
