import type * as Zod from 'zod/mini'
import type { Periods } from './api-types'
import type { Host } from './host'
import { formatOf } from './stored'
import { readVersioned } from './versions'

const RETENTION = 'retention'

// Our choice, until a person sets them: a year for what was paid, a quarter for what only Undo and questions need.
const FIRST: Periods = { answers: 365, runs: 90, requests: 90, fields: {} }

/** The periods that a person set. */
export interface KeptPeriods {
  readonly periods: Periods
  /** The day on which what was older was removed last; '' before. */
  readonly cleaned: string
}

/** How long things are kept in this file. */
export function loadPeriods(host: Host): Periods {
  return loadRetention(host)?.periods ?? FIRST
}

/** Keeps how long things are kept. */
export function keepPeriods(host: Host, kept: KeptPeriods): void {
  host.document.set(RETENTION, JSON.stringify({ version: 1, ...kept }))
}

/** What a person set; undefined before anybody did, or where it cannot be read. */
export function loadRetention(host: Host): KeptPeriods | undefined {
  const text = host.document.get(RETENTION)
  if (text === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({ periods: periodsSchema(), cleaned: z.string() })
  const read = readVersioned(
    formatOf(schema, (kept) => kept as KeptPeriods),
    text,
  )
  return read.kind === 'read' ? read.value : undefined
}

// A month is what a miss counts (safety S3): whatever was paid is never removed before.
const LEAST_DAYS = 30
const MOST_DAYS = 3_650

/** What periods look like. */
export function periodsSchema() {
  const z = require('zod/mini') as typeof Zod
  const days = z.number().check(z.minimum(LEAST_DAYS), z.maximum(MOST_DAYS))
  return z.object({ answers: days, runs: days, requests: days, fields: z.record(z.string(), days) })
}
