import type { Answer, QuestionId } from '../domain/answer'
import { overEarlier, placeOfQuestion } from '../domain/answer'
import type { Field } from '../domain/field'
import { hashText } from '../domain/hash'
import type { FieldRule } from '../domain/waterfall'
import type { Environment } from '../domain/environment'
import { isTaken } from '../engine/stop'
import type { OperationTally } from '../engine/tallies'
import { countAnswer } from '../engine/tallies'
import type { Host } from './host'
import type { JournalPlace } from './run-record'
import { makeSecret, seal } from './sealed'
import { keepCalls, lostCall } from './ledger'
import { firstCells, packCells, peekLine, readCell, sealedLines } from './store-rows'
import type { StoreLook } from './store-state'
import { lookAtStore, MARK, requireNoTrouble, restored } from './store-state'
import type { Call, Entry, Kept, Mark } from './stored'
import { entryReader, keptReader } from './stored'
import { peekRule } from './waterfalls'
import { newerProblem } from './versions'

// Safety S18: index row = hash mod 4,096.
const INDEX_ROWS = 4_096

// Rows of the index that are written, and in a large index read, in one call: some megabytes at 100,000 leads.
const BLOCK_ROWS = 512

/** In how many pages all that is kept can be searched. */
export const STORE_PAGES = INDEX_ROWS / BLOCK_ROWS

// Up to so many entries the whole index is read in one call: about 6 MB.
const WHOLE_INDEX = 20_000

// Reading single rows is a call each: beyond this many, blocks are read.
const SINGLE_ROWS = 16

// Folding reads and writes the whole index: in proportion to it, so that the work for each entry stays the same.
const FOLD_LEAST = 500
const FOLD_MOST = 5_000
const FOLD_SHARE = 10

// Set once a person has rejected a value in this file.
const REJECTS = 'rejects'

// Unreadable texts that are kept aside: the oldest go first.
const MOST_ASIDE = 1_000

/** The last value that we wrote to a cell: how a cell is known to be ours (safety S7). */
export type LastWrite = Extract<Entry, { k: 'write' }>

/** What a written value is kept under: tab, row key and field. */
export type WriteId = Pick<LastWrite, 'sheet' | 'row' | 'field'>

type Reservation = Extract<Entry, { k: 'reserve' }>

type AnswerEntry = Extract<Entry, { k: 'answer' }>

type TallyEntry = Extract<Entry, { k: 'tally' }>

/** The results store of this execution: the journal's tail in memory, the index on demand. */
export interface Store {
  /** The stored answers among these questions, fresh or not. */
  answers(questions: Iterable<QuestionId>): readonly Answer[]
  /** The last value written to a cell. */
  lastWrite(cell: WriteId): LastWrite | undefined
  /** What a person rejected for a cell, as `hashText` of the texts. */
  rejected(cell: WriteId): readonly string[]
  /** Reads what was rejected for many cells at once; in a file where nothing ever was, nothing is read. */
  readRejected(cells: readonly WriteId[]): void
  /** Reads the last values of many cells at once, so that asking for each of them costs nothing. */
  readWrites(cells: readonly WriteId[]): void
  /** Appends entries in one write; they are on record when it returns. */
  append(entries: readonly Entry[]): void
  /** From now on others append at the same time: what is appended, by whom ever, is known only after `hear`. */
  share(): void
  /** Reads what was appended since; returns it. */
  hear(): readonly Entry[]
  /** Nobody else appends any more. */
  unshare(): void
  /** How much of the journal stands. */
  place(): JournalPlace
  /** What the journal says about a batch; undefined when nothing of it can be read. */
  batch(id: string):
    | {
        readonly reserved: Reservation
        readonly answers: readonly AnswerEntry[]
        /** The questions whose answers are not on record, and will not be. */
        readonly lost: readonly QuestionId[]
      }
    | undefined
  /**
   * What became of all questions that vendors answered in an environment, by `provider/operation`. While others append
   * those of the last fold alone: lanes that learnt more than others would ask in another order.
   */
  tallies(environment: Environment): { readonly [place: string]: OperationTally }
  /**
   * All that is kept of which a test is true: the whole index is read, or one of its pages, to the first of which the
   * journal belongs. The test sees lines before they are checked.
   */
  find(is: (record: Kept) => boolean, page?: number): readonly Kept[]
  /**
   * Folds the journal and changes or, by undefined, forgets what is kept, all of it. Killed anywhere, done again it comes
   * to the same. Only who works alone in the file calls it.
   */
  revise(change: (record: Kept) => Kept | undefined): void
  /** The requests of the ledger that stand in the journal still. */
  calls(): readonly Call[]
  /** Whether the journal has grown so long that folding will move it into the index, or that is to be put in order. */
  isFoldDue(): boolean
  /**
   * Moves the journal into the index when it has grown long, and notes in the properties how much is on record. It forgets
   * reservations: what a run had in flight is settled first. Only the
   * holder of the lease calls it; `requireTurn` throws once it is held by another, whose entries would be written over.
   */
  fold(requireTurn?: () => void): void
  /** Lines that were unreadable and left out. */
  readonly damaged: number
}

/** A store that can be taken over as it is (safety S19). */
export interface OpenStore extends Store {
  /**
   * Folds everything into the index and marks the store as that of this file; returns how many entries it holds. What was
   * sent and never answered may have been charged: no run of this file knows of it, and nobody asks it again (safety S1).
   * What a copy's original paid stands in the ledger of the original.
   */
  adopt(now: number): number
}

/** Opens the store: reads the journal's tail. Throws a Problem while somebody has to decide about it (safety S19). */
export function openStore(host: Host): Store {
  const look = lookAtStore(host)
  // protects: 11
  requireNoTrouble(look.trouble)
  const store = readStore(host, look)
  if (store.gaps > 0) requireNoTrouble(restored())
  return store
}

/** Reads the store whatever state it is in, for what costs nothing. */
export function peekStore(host: Host): Store & { readonly gaps: number } {
  return readStore(host, lookAtStore(host))
}

/** The store of this file; undefined while somebody has to decide about it, as in a copy. */
export function ownStore(host: Host): Store | undefined {
  const look = lookAtStore(host)
  const store = look.trouble ? undefined : readStore(host, look)
  return store?.gaps === 0 ? store : undefined
}

/**
 * Reads the store as it stands. Without a mark, because the file was copied without its properties, whatever can be read
 * is taken: the person decides about it.
 */
export function readStore(host: Host, look: StoreLook): OpenStore & { readonly gaps: number } {
  const { journal, index } = look
  const written = look.tail()
  const trusted = (look.mark !== undefined && look.secret !== undefined) || look.trouble === undefined
  const trustedSecret = trusted ? look.secret : undefined
  let secret = look.secret
  let mark = look.mark
  let generation = Math.max(1, mark?.generation ?? 0, look.heading?.generation ?? 0)

  const kept = new Map<string, Kept>()
  const tail = new Map<string, Kept>()
  const reserved = new Map<string, Reservation>()
  const answered = new Map<string, readonly AnswerEntry[]>()
  const released = new Set<string>()
  const calls = new Map<string, Call>()
  /** Of what was folded: these are the first rows of the journal, so one write replaces both. */
  let folded: ReadonlyMap<string, TallyEntry> = new Map()
  /** Answers that are in no tally yet, by batch and question. */
  const untold = new Map<string, Answer>()
  const readEntry = entryReader()
  const readKept = keptReader()
  const asideCells: string[] = []
  const rawRows = new Map<number, readonly string[]>()
  const takenRows = new Set<number>()
  const damagedRows = new Set<number>()
  /** What stands in rows of others, once somebody sorted the tab or took rows out of it. */
  let strayed: ReadonlyMap<string, Kept> | undefined
  let length = 0
  let shared = false
  let entryCount = 0
  let unreadable = 0
  let indexDamage = 0
  let gaps = 0

  const keep = (record: Kept): void => {
    const whole = over(record, kept.get(idOf(record)))
    kept.set(idOf(record), whole)
    tail.set(idOf(record), whole)
  }
  const file = (entry: Entry): void => {
    if (entry.k !== 'tally' && entry.k !== 'call') entryCount++
    switch (entry.k) {
      case 'tally':
        folded = new Map([...folded, [entry.place, entry]])
        return
      case 'reserve':
        reserved.set(entry.batch, entry)
        return
      case 'answer': {
        keep(entry.answer)
        // An append that Google refused after it took effect is made again.
        const others = (answered.get(entry.batch) ?? []).filter(
          ({ answer }) => answer.question !== entry.answer.question,
        )
        answered.set(entry.batch, [...others, entry])
        untold.set(`${entry.batch} ${entry.answer.question}`, entry.answer)
        return
      }
      case 'release':
        released.add(entry.batch)
        return
      case 'call':
        calls.set(entry.batch, entry)
        return
      case 'write':
      case 'reject':
        keep(entry)
    }
  }

  /** Reads rows of the journal that were not read yet; returns what stands in them. */
  const take = (rows: readonly (readonly string[])[]): readonly Entry[] =>
    rows.flatMap(([cell = '']) => {
      const at = length++
      const read = cell === '' ? undefined : requireKnown(readCell(trustedSecret, cell, readEntry))
      // An empty row, or a row numbered beyond its place: somebody took rows away.
      if (!read || (read.heading?.n ?? 0) > at) gaps++
      if (!read) return []
      if (read.damaged > 0) asideCells.push(cell)
      unreadable += read.damaged
      read.entries.forEach(file)
      return read.entries
    })
  take(written)

  const readIndexRow = (cells: readonly string[], onDamage: (cell: string, lines: number) => void): readonly Kept[] =>
    cells.flatMap((cell) => {
      if (cell === '') return []
      const { entries, damaged } = requireKnown(readCell(trustedSecret, cell, readKept))
      if (damaged > 0) onDamage(cell, damaged)
      return entries
    })

  const fetchRows = (rows: readonly number[]): void => {
    const missing = rows.filter((row) => !rawRows.has(row))
    const size = missing.length <= SINGLE_ROWS ? 1 : (mark?.indexed ?? 0) <= WHOLE_INDEX ? INDEX_ROWS : BLOCK_ROWS
    for (const start of new Set(missing.map((row) => row - (row % size)))) {
      const isKnown = size === 1 && start < (mark?.indexRows ?? 0)
      const block = isKnown ? [index.line(start)] : index.block(start, size)
      for (let row = start; row < start + size; row++) rawRows.set(row, block[row - start] ?? [])
    }
  }

  const readIndex = (ids: readonly string[]): void => {
    if ((mark?.indexRows ?? 0) === 0 && index.length() === 0) return
    const unknown = ids.filter((id) => !kept.has(id) || isLost(kept.get(id))).map(indexRow)
    const rows = [...new Set(unknown)].filter((row) => !takenRows.has(row))
    fetchRows(rows)
    // Where all of it is read anyway, its first row shows that it was sorted.
    if (rawRows.has(0) && !takenRows.has(0)) rows.push(0)
    let isMoved = false
    for (const row of rows) {
      takenRows.add(row)
      const records = readIndexRow(rawRows.get(row) ?? [], (_, lines) => {
        indexDamage += lines
        damagedRows.add(row)
      })
      for (const record of records) kept.set(idOf(record), over(kept.get(idOf(record)) ?? record, record))
      isMoved ||= records[0] !== undefined && isStray(records[0], row)
    }
    // Who finds some of what is asked for need not look how long the tab is.
    isMoved ||= mark !== undefined && !ids.some((id) => kept.has(id)) && index.length() > mark.indexRows
    if (isMoved) findStrays()
  }

  /** Reads from a place on what passes a test that sees lines before they are checked. */
  const scan = (is: (record: Kept, row: number) => boolean, from = 0, to = index.length()): readonly Kept[] => {
    const found: Kept[] = []
    for (let start = from; start < to; start += BLOCK_ROWS) {
      for (const [offset, cells] of index.block(start, BLOCK_ROWS).entries()) {
        const isMeant = (line: string) => {
          const record = peekLine(line)
          return typeof record === 'object' && record !== null && is(record as Kept, start + offset)
        }
        if (!cells.some((cell) => cell.split('\n').some(isMeant))) continue
        found.push(...readIndexRow(cells, () => undefined).filter((record) => is(record, start + offset)))
      }
    }
    return found
  }

  // What was paid is not asked again because it stands elsewhere.
  const findStrays = () => {
    if (strayed) return
    strayed = new Map(scan(isStray).map((record) => [idOf(record), record]))
    for (const [id, record] of strayed) kept.set(id, over(kept.get(id) ?? record, record))
  }

  const note = (next: Omit<Mark, 'version'>): void => {
    const text = JSON.stringify({ version: 1, ...next } satisfies Mark)
    if (text !== JSON.stringify(mark)) host.document.set(MARK, text)
    mark = { version: 1, ...next }
  }
  const present = () => ({
    file: look.file,
    generation,
    rows: length,
    indexed: mark?.indexed ?? 0,
    indexRows: mark?.indexRows ?? 0,
    unreadable: unreadable + indexDamage,
    movedAside: mark?.movedAside ?? 0,
  })
  // Marked before the first row stands: tabs without a mark come from another file.
  const begin = () => {
    if (!mark) note({ ...present(), rows: 0 })
  }
  const makeSecretOnce = () => (secret ??= makeSecret(host))

  const tally = (): ReadonlyMap<string, TallyEntry> => {
    const rules = rememberRules(host)
    const tallies = new Map(folded)
    for (const answer of untold.values()) {
      const place = placeOfQuestion(answer.question)
      // What is invented teaches nothing about vendors.
      if (place.startsWith('training/')) continue
      const counted = countAnswer(tallies.get(place), answer, (field, value) => isTaken(value, rules(field)))
      if (counted.asked > 0) tallies.set(place, { k: 'tally', place, ...counted })
    }
    return tallies
  }

  const putAside = (cells: readonly string[]): void => {
    if (cells.length === 0) return
    const aside = host.table('damaged')
    aside.append(cells.map((cell) => [cell]))
    host.sheets.flush()
    if (aside.length() > MOST_ASIDE) aside.dropFirst(aside.length() - MOST_ASIDE)
  }

  /**
   * Writes the tail into the index, all of it changed on the way where there is a change. Killed anywhere, it is done again
   * from the journal to the same result.
   */
  const foldInto = (change?: (record: Kept) => Kept | undefined, requireTurn?: () => void): void => {
    const which = trusted && !strayed?.size ? 'touched' : 'all'
    const key = makeSecretOnce()
    if (trusted) begin()
    const sealed = (record: Kept) => seal(key, JSON.stringify(record))
    const revised = (line: string): readonly string[] => {
      const record = peekLine(line) as Kept | undefined
      const changed = change && record ? change(record) : record
      if (changed === record) return [line]
      return changed ? [sealed(changed)] : []
    }
    const news = new Map<number, Kept[]>()
    for (const told of new Map([...(strayed ?? []), ...tail]).values()) {
      const record = change ? change(told) : told
      if (!record) continue
      const row = indexRow(idOf(record))
      news.set(row, [...(news.get(row) ?? []), record])
    }
    putAside(asideCells)
    let indexed = which === 'all' ? 0 : (mark?.indexed ?? 0)
    const size = (mark?.indexed ?? 0) + news.size <= WHOLE_INDEX ? INDEX_ROWS : BLOCK_ROWS
    let movedAside = (mark?.movedAside ?? 0) + unreadable
    for (let from = INDEX_ROWS - size; from >= 0; from -= size) {
      const rows = Array.from({ length: size }, (_, offset) => from + offset)
      if (which === 'touched' && !change && !rows.some((row) => news.has(row) || damagedRows.has(row))) continue
      const block = index.length() > from ? index.block(from, size) : []
      const damagedCells: string[] = []
      const onDamage = (cell: string, lines: number) => {
        damagedCells.push(cell)
        movedAside += lines
      }
      const next = rows.map((row, offset) => {
        const cells = (block[offset] ?? []).filter(isFilled)
        const added = news.get(row) ?? []
        const isKept = which === 'touched' && added.length === 0 && !damagedRows.has(row)
        if (isKept && !change) return cells
        const whole = which === 'touched' && !damagedRows.has(row) ? cells.map((cell) => sealedLines(key, cell)) : []
        const stood =
          whole.length === cells.length && whole.every((one) => one !== undefined)
            ? whole.flat()
            : readIndexRow(cells, onDamage)
                .filter((record) => !isStray(record, from + offset))
                .map(sealed)
        const left = change ? stood.flatMap(revised) : stood
        if (isKept && left.length === stood.length && left.every((line, index) => line === stood[index])) return cells
        const lines = new Map(left.map((line) => [idOf(peekLine(line) as Kept | undefined) ?? line, line]))
        indexed -= which === 'all' ? 0 : stood.length
        for (const record of added) {
          const id = idOf(record)
          // Where it belongs may stand a later one than somewhere else.
          if (!tail.has(id) && lines.has(id)) continue
          if (isFailure(record) && isSettled(lines.get(id))) continue
          if (isFailure(record) && record.credits === 0) lines.delete(id)
          else lines.set(id, sealed(over(record, peekLine(lines.get(id) ?? '') as Kept | undefined)))
        }
        indexed += lines.size
        return packCells(key, [...lines.values()])
      })
      putAside(damagedCells)
      const isSame = next.every(
        (cells, offset) => cells.join('\n') === (block[offset] ?? []).filter(isFilled).join('\n'),
      )
      if (isSame) continue
      requireTurn?.()
      index.replace(from, next)
    }
    if (strayed)
      index.replace(
        INDEX_ROWS,
        Array.from({ length: index.length() - INDEX_ROWS }, () => []),
      )
    keepCalls(host, { secret: key, generation, calls: [...calls.values()] })
    host.sheets.flush()
    // One write empties the journal and begins the next generation, after the index is on record.
    generation++
    const tallies = tally()
    const told = [...tallies.values()].map((entry) => seal(key, JSON.stringify(entry)))
    const cells = firstCells(key, { file: look.file, generation }, told)
    requireTurn?.()
    journal.reset(cells.map((cell) => [cell]))
    host.sheets.flush()
    folded = tallies
    strayed = undefined
    untold.clear()
    calls.clear()
    reserved.clear()
    length = cells.length
    entryCount = 0
    unreadable = indexDamage = 0
    note({ ...present(), indexed, indexRows: index.length(), movedAside })
  }

  // Reading the index for every cell would cost everybody what few need.
  let anyRejected: boolean | undefined
  const isAnyRejected = () => (anyRejected ??= host.document.get(REJECTS) !== undefined)
  const noteRejects = (entries: readonly Entry[]) => {
    if (!entries.some(({ k }) => k === 'reject') || isAnyRejected()) return
    host.document.set(REJECTS, 'yes')
    anyRejected = true
  }

  // A lane that is killed may leave a part of its answers behind: what it says of the whole request comes last.
  const lostOf = ({ batch, questions, worst }: Reservation): readonly QuestionId[] => {
    if (worst === 0 || released.has(batch) || calls.has(batch)) return []
    const heard = new Set(answered.get(batch)?.map(({ answer }) => answer.question))
    return questions.filter((question) => !heard.has(question))
  }

  const isFoldDue = () =>
    (strayed?.size ?? 0) > 0 ||
    entryCount >= Math.max(FOLD_LEAST, Math.min(FOLD_MOST, (mark?.indexed ?? 0) / FOLD_SHARE))

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
      return record && 'k' in record && record.k === 'write' ? record : undefined
    },
    rejected(cell) {
      if (!isAnyRejected()) return []
      const id = rejectId(cell)
      readIndex([id])
      const record = kept.get(id)
      return record && 'k' in record && record.k === 'reject' ? record.hashes : []
    },
    readRejected(cells) {
      if (isAnyRejected()) readIndex(cells.map(rejectId))
    },
    readWrites: (cells) => readIndex(cells.map(writeId)),
    append(entries) {
      if (entries.length === 0) return
      noteRejects(entries)
      const key = makeSecretOnce()
      begin()
      const heading = length === 0 ? firstCells(key, { file: look.file, generation }) : []
      // Among others the place is not known: no row stands before this one.
      const first = length + heading.length
      const cells = packCells(
        key,
        entries.map((entry) => seal(key, JSON.stringify(entry))),
        (cell) => ({ n: first + cell }),
      )
      if (shared) {
        for (const cell of cells) journal.add([cell])
        return host.sheets.flush()
      }
      journal.append([...heading, ...cells].map((cell) => [cell]))
      host.sheets.flush()
      length = first + cells.length
      entries.forEach(file)
    },
    share() {
      const key = makeSecretOnce()
      begin()
      if (length === 0) {
        journal.append(firstCells(key, { file: look.file, generation }).map((cell) => [cell]))
        host.sheets.flush()
        length = 1
      }
      shared = true
    },
    hear() {
      journal.refresh()
      return take(journal.rows(length))
    },
    unshare() {
      journal.refresh()
      take(journal.rows(length))
      shared = false
    },
    place: () => ({ generation, rows: length }),
    batch(id) {
      const reservation = reserved.get(id)
      if (!reservation) return undefined
      return { reserved: reservation, answers: answered.get(id) ?? [], lost: lostOf(reservation) }
    },
    tallies(environment) {
      const inEnvironment = [...(shared ? folded : tally()).values()].filter(({ place }) =>
        place.startsWith(`${environment}/`),
      )
      return Object.fromEntries(inEnvironment.map((one) => [one.place.slice(environment.length + 1), one]))
    },
    calls: () => [...calls.values()],
    find(is, page) {
      const lost = [...tail.keys()].filter((id) => isLost(kept.get(id)))
      if (lost.length > 0) readIndex(lost)
      const news = (page ?? 0) === 0 ? [...tail.keys()].map((id) => kept.get(id)!) : []
      const found = new Map(news.flatMap((record) => (is(record) ? [[idOf(record), record] as const] : [])))
      const from = (page ?? 0) * BLOCK_ROWS
      const to = page === undefined ? index.length() : Math.min(index.length(), from + BLOCK_ROWS)
      for (const record of scan(is, from, to)) if (!tail.has(idOf(record))) found.set(idOf(record), record)
      return [...found.values()]
    },
    revise(change) {
      if (!mark) return
      foldInto(change)
      for (const [id, record] of kept) {
        const changed = change(record)
        if (changed) kept.set(id, changed)
        else kept.delete(id)
      }
      tail.clear()
    },
    isFoldDue,
    fold(requireTurn) {
      if (isFoldDue()) return foldInto(undefined, requireTurn)
      if (mark) note(present())
    },
    adopt(now) {
      if (look.trouble?.state === 'copied') {
        calls.clear()
        host.table('ledger').reset([])
      }
      for (const reservation of reserved.values()) {
        const lost = lostOf(reservation)
        if (lost.length === 0) continue
        const { batch, questions, worst } = reservation
        // Whose it was is not known any more.
        calls.set(batch, lostCall(reservation, ''))
        const credits = worst / questions.length
        // What another batch heard about a question is worth more.
        for (const question of lost)
          if (!tail.has(question)) keep({ question, at: now, outcome: 'maybe_charged', credits })
      }
      if (index.length() !== mark?.indexRows) findStrays()
      foldInto()
      return mark?.indexed ?? 0
    },
    get damaged() {
      return unreadable + indexDamage
    },
    gaps,
  }
}

// Each rule is parsed once.
function rememberRules(host: Host): (field: Field) => FieldRule {
  const rules = new Map<Field, FieldRule>()
  return (field) => {
    const rule = rules.get(field) ?? peekRule(host, field)
    rules.set(field, rule)
    return rule
  }
}

// A row of a newer version may hold anything: nothing is read, written or spent (safety S17).
function requireKnown<T>(cell: T | undefined): T {
  if (cell === undefined) throw newerProblem()
  return cell
}

function isFilled(cell: string): boolean {
  return cell !== ''
}

function isFailure(record: Kept): record is Answer {
  return 'question' in record && FAILURES.includes(record.outcome)
}

/** A request that was lost, of which nothing is known that was found before. */
function isLost(record: Kept | undefined): boolean {
  return record !== undefined && 'question' in record && record.outcome === 'maybe_charged' && !record.values
}

function over(record: Kept, stood: Kept | undefined): Kept {
  return 'question' in record && stood && 'question' in stood ? overEarlier(record, stood) : record
}

// A failure takes the place of an earlier one, and ends a ticket; what else is known stays.
function isSettled(line: string | undefined): boolean {
  const stood = line === undefined ? undefined : (peekLine(line) as Answer | undefined)
  return stood !== undefined && ![...FAILURES, 'pending'].includes(stood.outcome)
}

const FAILURES: readonly string[] = ['unavailable', 'refused'] satisfies readonly Answer['outcome'][]

function writeId({ sheet, row, field }: WriteId): string {
  return `write/${sheet}/${row}/${field}`
}

function rejectId({ sheet, row, field }: WriteId): string {
  return `reject/${sheet}/${row}/${field}`
}

function idOf(record: Kept): string
function idOf(record: Kept | undefined): string | undefined
function idOf(record: Kept | undefined): string | undefined {
  if (!record) return undefined
  if (!('k' in record)) return record.question
  return record.k === 'write' ? writeId(record) : rejectId(record)
}

// Of lines that were not checked yet, and of headings, nothing is known.
function isStray(record: Kept, row: number): boolean {
  const isKnown = 'question' in record ? typeof record.question === 'string' : /^(write|reject)$/.test(record.k)
  return isKnown && indexRow(idOf(record)) !== row
}

function indexRow(id: string): number {
  // The last part of a question id is the hash of its key; a write id has none of its own.
  const hash = /[0-9a-f]{32}$/.exec(id)?.[0] ?? hashText(id)
  return parseInt(hash.slice(0, 8), 16) % INDEX_ROWS
}
