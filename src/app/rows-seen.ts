import type * as Zod from 'zod/mini'
import type { RowLead } from '../sheet/leads'
import { planRow } from '../sheet/row-key'
import type { Host } from './host'
import { cellsOf, packed } from './planned-rows'
import { outputsOf } from './replaced'
import type { SavedRun } from './saved-runs'
import { rewriteRows } from './rewrite-rows'
import { loadSaved, viewSaved } from './saved-runs'
import { knownSecret, makeSecret, seal, unseal } from './sealed'
import type { Survey } from './survey'
import { parseJson } from './versions'

// About 180,000 rows in 2.7 MB, read in one call; those of the oldest runs are forgotten first: our choice.
const MOST_CELLS = 60

// With 100,000 rows on record one added row in two billion would be taken for one of them.
const KEY_DIGITS = 12

/** The rows of a tab that were in no run of a saved run there; all of them for a saved run that is not there any more. */
export function addedRows(host: Host, survey: Survey, id: string | undefined): readonly RowLead[] {
  const saved = id === undefined ? undefined : loadSaved(host, id)
  if (id === undefined || !saved) return survey.rows
  const seen = loadSeen(host, placeOf(id, survey))
  if (seen.size === 0) return survey.rows
  const keysOf = keysIn(host, survey, saved)
  return survey.rows.filter((row) => !keysOf(row).some((key) => seen.has(key)))
}

/** Notes the rows that a run of a saved run had before it. Done twice it is noted once. */
export function noteSeen(
  host: Host,
  { survey, shown }: { readonly survey: Survey; readonly shown: readonly RowLead[] },
  id: string,
): void {
  const saved = loadSaved(host, id)
  if (!saved) return
  const place = placeOf(id, survey)
  const seen = loadSeen(host, place)
  const fresh = [...new Set(shown.flatMap(keysIn(host, survey, saved)))].filter((key) => !seen.has(key))
  if (fresh.length === 0) return
  const table = host.table('seen')
  const secret = makeSecret(host)
  table.append(packed(fresh.map((key) => JSON.stringify(key))).map((json) => [place, seal(secret, json)]))
  host.sheets.flush()
  if (table.length() > MOST_CELLS) table.dropFirst(table.length() - MOST_CELLS)
}

/** What a row of a tab is noted by, whatever saved run had it. */
export function seenKeys(host: Host, survey: Survey, row: RowLead): readonly string[] {
  return viewSaved(host).flatMap(({ id }) => {
    const saved = loadSaved(host, id)
    return saved ? keysIn(host, survey, saved)(row) : []
  })
}

/** Forgets rows that were noted. */
export function forgetSeen(host: Host, is: (key: string) => boolean): void {
  const secret = knownSecret(host)
  rewriteRows(host.table('seen'), (cells) => {
    const [place = '', cell = ''] = cells
    const keys = readKeys(unseal(secret, cell) ?? '')
    return keys.some(is) ? [place, seal(secret, JSON.stringify(keys.filter((key) => !is(key))))] : cells
  })
}

function placeOf(id: string, { sheet }: Survey): string {
  return `${id} ${sheet.id}`
}

/**
 * What a row is known by: its cells without those that the saved run fills, and without all that runs fill in this tab. One
 * of the two stays when a run fills more, or a person something that runs fill.
 */
function keysIn(host: Host, { sheet }: Survey, { wanted }: SavedRun): (row: RowLead) => readonly string[] {
  const outputs = [...new Set([...outputsOf(host, sheet.id), ...wanted])]
  return (row) =>
    [...new Set([planRow(row, wanted).base, planRow(row, outputs).base])]
      .filter((key) => key !== '')
      .map((key) => key.slice(0, KEY_DIGITS))
}

// What somebody changed in the hidden tab makes its rows count as added: they stand in the receipt before anything is paid.
function loadSeen(host: Host, place: string): ReadonlySet<string> {
  return new Set(cellsOf(host, host.table('seen').rows(0), place).flatMap(readKeys))
}

function readKeys(json: string): readonly string[] {
  const z = require('zod/mini') as typeof Zod
  const read = z.safeParse(z.array(z.string()), parseJson(json))
  return read.success ? read.data : []
}
