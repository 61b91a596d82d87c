import { hashText } from '../domain/hash'
import type { Slot } from '../domain/slot'
import type { CellRead } from '../sheet/grid'
import type { Host, Table } from './host'
import { CELL_CHARS, packed } from './planned-rows'
import { rewriteRows } from './rewrite-rows'
import { knownSecret, makeSecret, seal, unseal } from './sealed'
import { newerProblem } from './versions'

const VERSION = 1

// Enough to tell texts apart; half of a hash keeps the tab small.
const HASH_DIGITS = 16

/** What a cell held before it was replaced: what Undo puts back. */
export type Before = Pick<CellRead, 'text' | 'kind' | 'exact'>

/** A cell that a run wrote. It was empty before, unless a rule allowed to replace what it held (rules/decide.ts). */
export interface WrittenCell {
  /** Position in the run's planned rows. */
  readonly planned: number
  readonly field: Slot
  /** Of the text that was written, as `shortHash` makes it. */
  readonly hash: string
  /** Where it was written at the time. */
  readonly row: number
  readonly column: number
  /** Its number format before. */
  readonly format: string
  readonly before?: Before | undefined
}

/** The note that a cell had before ours was merged into it. */
export interface NoteBefore {
  readonly planned: number
  readonly field: Slot
  readonly note: string
}

/** A place that was written although somebody had moved another row there, and what it is about to get back. */
export interface StruckPlace {
  readonly row: number
  readonly column: number
  /** Of the text that was written, as `shortHash` makes it. */
  readonly hash: string
  readonly format: string | undefined
  readonly cell: CellRead
}

/** What is on record about the writes of one run. */
export interface Written {
  readonly cells: readonly WrittenCell[]
  readonly notes: readonly NoteBefore[]
  readonly struck: readonly StruckPlace[]
  /** Rows of the hidden tab that somebody changed. */
  readonly damaged: number
}

/** The hidden tab of the writes, as one execution holds it. */
export interface WriteLog {
  /** Puts cells on record, or that none are written yet; a flush must follow before they are written (safety S9). */
  append(run: string, entries: Partial<Omit<Written, 'damaged'>>): void
  /** What stands in the rows from a position on, by run. */
  read(from: number): ReadonlyMap<string, Written>
  length(): number
}

/** The hash by which a text of ours is known again. */
export function shortHash(text: string): string {
  return hashText(text).slice(0, HASH_DIGITS)
}

/** Opens the record of writes; nothing is read yet. */
export function openWriteLog(host: Host): WriteLog {
  const table: Table = host.table('writes')
  return {
    append(run, { cells = [], notes = [], struck = [] }) {
      const fields = [...new Set([...cells, ...notes].map(({ field }) => field))]
      const formats = [...new Set(cells.map(({ format }) => format))]
      const lines = cells.map(({ planned, field, hash, row, column, format, before }) =>
        JSON.stringify([
          planned,
          fields.indexOf(field),
          hash,
          row,
          column,
          formats.indexOf(format),
          ...(before ? [{ text: before.text, kind: before.kind, exact: before.exact }] : []),
        ]),
      )
      const noted = notes.map(({ planned, field, note }) => JSON.stringify([planned, fields.indexOf(field), note]))
      const hit = struck
        .map(({ row, column, hash, format, cell }) => JSON.stringify([row, column, hash, format ?? '', cell]))
        // One as long as a cell can hold is given back without a record: only who is killed right then has none.
        .filter((line) => line.length <= CELL_CHARS)
      const head = `{"version":${VERSION},"d":${JSON.stringify(fields)}`
      const secret = makeSecret(host)
      const rows = [
        ...packed(lines).map((json) => `${head},"f":${JSON.stringify(formats)},"c":${json}}`),
        ...packed(noted).map((json) => `${head},"n":${json}}`),
        ...packed(hit).map((json) => `${head},"s":${json}}`),
      ]
      table.append((rows.length === 0 ? [`${head}}`] : rows).map((json) => [run, seal(secret, json)]))
    },
    read(from) {
      const secret = knownSecret(host)
      const runs = new Map<
        string,
        { cells: WrittenCell[]; notes: NoteBefore[]; struck: StruckPlace[]; damaged: number }
      >()
      for (const [run = '', cell = ''] of table.rows(from)) {
        const written = runs.get(run) ?? { cells: [], notes: [], struck: [], damaged: 0 }
        runs.set(run, written)
        const json = unseal(secret, cell)
        if (json === undefined) {
          written.damaged++
          continue
        }
        const {
          version,
          d: fields,
          f: formats = [],
          c: cells = [],
          n: notes = [],
          s: struck = [],
        } = JSON.parse(json) as Line
        if (version > VERSION) throw newerProblem()
        for (const [planned, field, hash, row, column, format, before] of cells) {
          written.cells.push({ planned, field: fields[field]!, hash, row, column, format: formats[format]!, before })
        }
        for (const [planned, field, note] of notes) written.notes.push({ planned, field: fields[field]!, note })
        for (const [row, column, hash, format, cell] of struck)
          written.struck.push({ row, column, hash, format: format === '' ? undefined : format, cell })
      }
      return runs
    },
    length: () => table.length(),
  }
}

/** What of the record of writes tells of somebody. */
export interface ToldOf {
  readonly isPlanned: (run: string, planned: number) => boolean
  /** By the hash of a text that was written, replaced or noted, or of a whole row of the tab, as a merge has one a group. */
  readonly isMarked: (hash: string) => boolean
}

/** Forgets what was written about somebody and what stood there before; the rows of the tab keep their places. */
export function forgetWritten(host: Host, { isPlanned, isMarked }: ToldOf): void {
  const secret = knownSecret(host)
  rewriteRows(host.table('writes'), (cells) => {
    const [run = '', cell = ''] = cells
    const json = unseal(secret, cell)
    // Nobody can tell whom it is about.
    if (json === undefined) return cell === '' ? cells : [run, '']
    if (isMarked(hashText(cell))) return ['', '']
    const { c: written, n: notes, s: struck, ...head } = JSON.parse(json) as Line
    const c = written?.filter(
      ([planned, , hash, , , , before]) =>
        !isPlanned(run, planned) && !isMarked(hash) && !(before && isMarked(hashText(before.text))),
    )
    const n = notes?.filter(([planned, , note]) => !isPlanned(run, planned) && !isMarked(hashText(note)))
    const s = struck?.filter(([, , hash, , { text }]) => !isMarked(hash) && !isMarked(hashText(text)))
    if (c?.length === written?.length && n?.length === notes?.length && s?.length === struck?.length) return cells
    return [run, seal(secret, JSON.stringify({ ...head, ...(c && { c }), ...(n && { n }), ...(s && { s }) }))]
  })
}

// As JSON has them: a letter that an address or a name behind it would begin with.
const BREAKS = /\\[nrt]/g

/** Every text that the tab keeps beside hashes, with what `forgetWritten` knows it by. */
export function writtenTexts(host: Host): readonly { readonly text: string; readonly mark: string }[] {
  const secret = knownSecret(host)
  return host
    .table('writes')
    .rows(0)
    .flatMap(([, cell = '']) => {
      const json = unseal(secret, cell)
      if (json === undefined) return []
      const { c = [], n = [], s = [], g } = JSON.parse(json) as Line & { readonly g?: unknown }
      const texts = [
        ...c.flatMap(([, , , , , , before]) => before?.text ?? []),
        ...n.map(([, , note]) => note),
        ...s.map(([, , , , { text }]) => text),
      ]
      return [
        ...texts.map((text) => ({ text, mark: hashText(text) })),
        ...(g === undefined ? [] : [{ text: JSON.stringify(g).replace(BREAKS, ' '), mark: hashText(cell) }]),
      ]
    })
}

/** One row of the tab. The checksum is keyed with a secret of ours, so what passes it was written by us. */
interface Line {
  readonly version: number
  /** Fields and formats are named by their place in these lists. */
  readonly d: readonly Slot[]
  readonly f?: readonly string[]
  readonly c?: readonly (readonly [number, number, string, number, number, number, Before?])[]
  readonly n?: readonly (readonly [number, number, string])[]
  readonly s?: readonly (readonly [row: number, column: number, hash: string, format: string, cell: CellRead])[]
}
