import type { Answer, QuestionId } from '../domain/answer'
import { hashText } from '../domain/hash'
import type { Host } from './host'
import type { Entry } from './stored'
import { knownSecret, makeSecret, seal, unseal } from './sealed'
import { readEntry } from './stored'

// Safety S18: index row = hash mod 4,096; a lookup reads one index row and the journal's tail of at most 500 rows.
const INDEX_ROWS = 4_096
const FOLD_AT = 500

// A cell holds 50,000 characters (platform.md section 1); the rest is for the checksum and for growth by one entry.
const CELL_CHARS = 45_000

// Reading single rows is a call each: beyond this many the whole index is read in one.
const SINGLE_ROWS = 16

/** The last value that we wrote to a cell: how a cell is known to be ours (safety S7). */
export type LastWrite = Extract<Entry, { k: 'write' }>

/** What the store keeps for good. */
type Kept = Answer | LastWrite

/** The results store of this execution: the journal's tail in memory, the index on demand. */
export interface Store {
  /** The stored answers among these questions, fresh or not. */
  answers(questions: Iterable<QuestionId>): readonly Answer[]
  lastWrite(cell: { readonly sheet: number; readonly row: string; readonly field: string }): LastWrite | undefined
  /** Appends entries in one write; they are on record when it returns. */
  append(entries: readonly Entry[]): void
  /** What the journal says about a batch; undefined when it never got there. */
  batch(id: string):
    | {
        readonly reserved: Extract<Entry, { k: 'reserve' }>
        readonly answers: readonly Answer[]
        readonly released: boolean
      }
    | undefined
  /** Moves the journal into the index when it has grown long. Only the holder of the lease calls it. */
  fold(): void
  /** Rows that were unreadable and left out. */
  readonly damaged: number
}

/** Opens the store: reads the journal's tail, in one call. */
export function openStore(host: Host): Store {
  let secret = knownSecret(host)
  const journal = host.table('journal')
  const index = host.table('index')
  const kept = new Map<string, Kept>()
  const reserved = new Map<string, Extract<Entry, { k: 'reserve' }>>()
  const answered = new Map<string, Answer[]>()
  const released = new Set<string>()
  const readRows = new Set<number>()
  let damaged = 0
  let whole = false
  let length = 0

  const file = (entry: Entry): void => {
    switch (entry.k) {
      case 'reserve':
        reserved.set(entry.batch, entry)
        return
      case 'answer':
        kept.set(entry.answer.question, entry.answer)
        answered.set(entry.batch, [...(answered.get(entry.batch) ?? []), entry.answer])
        return
      case 'release':
        released.add(entry.batch)
        return
      case 'write':
        kept.set(writeId(entry), entry)
    }
  }

  for (const [cell] of journal.rows(0)) {
    length++
    const json = unseal(secret, cell ?? '')
    const entry = json === undefined ? undefined : readEntry(json)
    if (entry) file(entry)
    else damaged++
  }

  const takeIndexRow = (row: number, cells: readonly string[]): void => {
    readRows.add(row)
    for (const record of readIndexCells(secret, cells, () => damaged++)) {
      const id = idOf(record)
      if (!kept.has(id)) kept.set(id, record)
    }
  }

  const readIndex = (ids: readonly string[]): void => {
    if (whole || index.length() === 0) return
    const rows = [...new Set(ids.filter((id) => !kept.has(id)).map(indexRow))].filter((row) => !readRows.has(row))
    if (rows.length > SINGLE_ROWS) {
      for (const [row, cells] of index.block(0, INDEX_ROWS).entries()) if (!readRows.has(row)) takeIndexRow(row, cells)
      whole = true
      return
    }
    for (const row of rows) takeIndexRow(row, index.block(row, 1)[0] ?? [])
  }

  return {
    answers(questions) {
      const ids = [...questions]
      readIndex(ids)
      return ids.flatMap((id) => {
        const record = kept.get(id)
        return record && 'question' in record ? [record] : []
      })
    },
    lastWrite(cell) {
      const id = writeId(cell)
      readIndex([id])
      const record = kept.get(id)
      return record && 'k' in record ? record : undefined
    },
    append(entries) {
      if (entries.length === 0) return
      if (secret === '') secret = makeSecret(host)
      journal.append(entries.map((entry) => [seal(secret, JSON.stringify(entry))]))
      host.sheets.flush()
      length += entries.length
      for (const entry of entries) file(entry)
    },
    batch(id) {
      const reservation = reserved.get(id)
      if (!reservation) return undefined
      return { reserved: reservation, answers: answered.get(id) ?? [], released: released.has(id) }
    },
    fold() {
      if (length < FOLD_AT) return
      const block = index.length() === 0 ? [] : index.block(0, INDEX_ROWS)
      for (const [row, cells] of block.entries()) if (!readRows.has(row)) takeIndexRow(row, cells)
      const rows: Kept[][] = Array.from({ length: INDEX_ROWS }, () => [])
      for (const [id, record] of kept) if (isWorthKeeping(record)) rows[indexRow(id)]!.push(record)
      index.replace(
        0,
        rows.map((records) => indexCells(secret, records)),
      )
      host.sheets.flush()
      // The journal is emptied only after the index is on record: killed between, it is folded again to the same result.
      journal.dropFirst(length)
      host.sheets.flush()
      length = 0
    },
    get damaged() {
      return damaged
    },
  }
}

function isWorthKeeping(record: Kept): boolean {
  return 'k' in record || (record.outcome !== 'unavailable' && record.outcome !== 'refused')
}

function writeId({
  sheet,
  row,
  field,
}: {
  readonly sheet: number
  readonly row: string
  readonly field: string
}): string {
  return `write/${sheet}/${row}/${field}`
}

function idOf(record: Kept): string {
  return 'k' in record ? writeId(record) : record.question
}

function indexRow(id: string): number {
  // The last part of a question id is the hash of its key; a write id has none of its own.
  const hash = /[0-9a-f]{32}$/.exec(id)?.[0] ?? hashText(id)
  return parseInt(hash.slice(0, 8), 16) % INDEX_ROWS
}

function indexCells(secret: string, records: readonly Kept[]): readonly string[] {
  const cells: string[] = []
  let current: string[] = []
  let size = 0
  const close = () => {
    if (current.length > 0) cells.push(seal(secret, `[${current.join(',')}]`))
  }
  for (const record of records) {
    const json = JSON.stringify(record)
    if (size + json.length > CELL_CHARS) {
      close()
      current = []
      size = 0
    }
    current.push(json)
    size += json.length + 1
  }
  close()
  return cells
}

function readIndexCells(secret: string, cells: readonly string[], onDamage: () => void): readonly Kept[] {
  return cells.flatMap((cell) => {
    if (cell === '') return []
    const json = unseal(secret, cell)
    if (json === undefined) {
      onDamage()
      return []
    }
    // The checksum is keyed with a secret of ours, so what passes it was written by us.
    return JSON.parse(json) as readonly Kept[]
  })
}
