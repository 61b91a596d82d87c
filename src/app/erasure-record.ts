import type * as Zod from 'zod/mini'
import { Problem } from '../domain/problem'
import type { ErasureProof } from './api-types'
import type { Host } from './host'
import { bytesOf } from './property-size'
import { formatOf } from './stored'
import { newerProblem, parseJson, readVersioned } from './versions'

const ERASURE = 'erasure'

// About 70 rows: all properties of a file stay below 400 KB (safety S18).
const MOST_BYTES = 4_500

// Enough for a person who is asked what was done lately.
const SHOWN_PROOFS = 20

/** Where something is to be erased: its tab, and its row by the beginning of its print; without columns the whole row. */
export interface ErasedPlace {
  readonly sheet: number
  readonly print: string
  readonly columns: readonly number[] | null
}

/** An erasure that was begun: hashes alone say whom it is about. It is deleted when it is done. */
export interface ErasureRecord extends ErasureProof {
  readonly id: string
  /** Steps that are done. */
  readonly step: number
  readonly marks: readonly string[]
  readonly places: readonly ErasedPlace[]
  readonly missed: number
}

/** The erasure that is not finished; undefined when none is. Throws a Problem for one of a newer version. */
export function loadErasure(host: Host): ErasureRecord | undefined {
  const text = host.document.get(ERASURE)
  if (text === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({
    ...proofShape(),
    step: z.number(),
    marks: z.string(),
    places: z.array(z.tuple([z.number(), z.string(), z.nullable(z.array(z.number()))])),
    missed: z.number(),
  })
  const read = readVersioned(
    formatOf(schema, ({ marks, places, ...record }): ErasureRecord => ({
      ...record,
      marks: marks.split(' '),
      places: places.map(([sheet, print, columns]) => ({ sheet, print, columns })),
    })),
    text,
  )
  if (read.kind === 'newer') throw newerProblem()
  return read.kind === 'read' ? read.value : undefined
}

/** Keeps how far an erasure is. Throws a Problem when it is about more than can be kept. */
export function saveErasure(host: Host, record: ErasureRecord): void {
  const places = record.places.map(({ sheet, print, columns }) => [sheet, print, columns])
  const text = JSON.stringify({ version: 1, ...record, marks: record.marks.join(' '), places })
  if (bytesOf(text) > MOST_BYTES)
    throw new Problem('That is too much to erase at once. Untick some of the rows and erase the person in two goes.')
  host.document.set(ERASURE, text)
}

/** Notes that an erasure is done, once, and forgets what it was about. */
export function proveErasure(host: Host, { id, at, by, what, rows, answers }: ErasureRecord): void {
  const table = host.table('erasures')
  if (!table.rows(0).some(([cell = '']) => cell.includes(id)))
    table.append([[JSON.stringify({ id, at, by, what, rows, answers })]])
  host.sheets.flush()
  host.document.set(ERASURE, undefined)
}

/** The last erasures that are done, newest first. */
export function loadProofs(host: Host): readonly ErasureProof[] {
  const z = require('zod/mini') as typeof Zod
  const schema = z.object(proofShape())
  const proofs = host
    .table('erasures')
    .rows(0)
    .flatMap(([cell = '']) => {
      const read = z.safeParse(schema, parseJson(cell))
      return read.success ? [read.data] : []
    })
  return proofs.reverse().slice(0, SHOWN_PROOFS)
}

/** What is said while an erasure is not finished. */
export const unfinished = (): string =>
  'The erasure of a person was cut short. Open Settings, Privacy, "A person asks": it goes on there. Nothing runs before.'

/** Throws a Problem while an erasure is not finished: what it removes would be used. */
export function checkNoErasure(host: Host): void {
  if (loadErasure(host)) throw new Problem(unfinished(), 'open_privacy')
}

function proofShape() {
  const z = require('zod/mini') as typeof Zod
  return {
    id: z.string(),
    at: z.number(),
    by: z.string(),
    what: z.enum(['cells', 'rows']),
    rows: z.number(),
    answers: z.number(),
  }
}
