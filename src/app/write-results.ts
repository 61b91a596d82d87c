import type { Field } from '../domain/field'
import { verifiableIn } from '../domain/field'
import type { Finding } from '../domain/finding'
import { hashText } from '../domain/hash'
import type { FieldResult, OpenLead } from '../domain/job'
import type { Provider } from '../domain/provider'
import type { Slot } from '../domain/slot'
import { besideOf, fieldOf } from '../domain/slot'
import type { CellState } from '../rules/decide'
import { cellState, decide } from '../rules/decide'
import { a1 } from '../sheet/a1'
import { cellsBetween } from '../sheet/blocks'
import { cellText } from '../sheet/cell-text'
import type { CellRead } from '../sheet/grid'
import { mergeNote, provenanceNote, withoutOurLine } from '../sheet/note'
import { judgeCell } from './cell-status'
import { insist, isException } from './insist'
import { checkLease } from './lease'
import { openNotes } from './note-lines'
import type { RunRow } from './planned-rows'
import type { Guards } from './guards'
import type { Restored, Struck } from './put-back'
import { areaAround, beforeStruck, mixedUp, putBackStruck, restoreCells, takenPlaces } from './put-back'
import type { LeftWhy } from './api-types'
import type { RunRecord } from './run-record'
import { targetsOf } from './run-record'
import { peekSettings } from './settings'
import { isKept, lastUnder, rejectedUnder, ruleIn, stillThere } from './replaced'
import type { LastWrite, Store } from './store'
import { makeNormalize } from './vendors'
import type { Locating, Standing } from './window'
import { readStanding } from './window'
import { untouched, writeBlocks, writeText } from './write-text'
import type { StruckPlace, WriteLog, Written, WrittenCell } from './written'
import { shortHash } from './written'

// Safety S7: beyond that many notes a sheet becomes slow; values are written all the same.
const MAX_NOTES = 20_000

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/** What became of each wanted field of a row. */
export type RowResult = { readonly [F in Field]?: 'written' | LeftWhy }

/** What became of some rows, by their place in the plan, and the list as it was read last. */
export interface WrittenRows {
  readonly results: ReadonlyMap<number, RowResult>
  readonly standing: Standing | undefined
}

/** What a run needs in order to write. */
export interface Writing extends Locating {
  readonly run: RunRecord
  readonly store: Store
  readonly writes: WriteLog
  readonly providers: readonly Provider[]
  /** Read once a slice (safety S8). */
  readonly guards: Guards
  /** Set when the findings are values that a person has accepted in Review. */
  readonly chosen?: true
}

/** What looking at cells that nobody read back needs. */
type Unread = Locating & Pick<Writing, 'run' | 'store' | 'writes'>

interface CellPlan {
  readonly planned: number
  readonly field: Slot
  readonly row: number
  readonly column: number
  readonly text: string
  readonly finding: Finding
  /** What it holds until then, unless it is empty. */
  readonly before: CellRead | undefined
}

/** A cell of a column of ours that is written along as it is; `planned` when it holds a value of this run. */
interface HeldCell {
  readonly row: number
  readonly column: number
  readonly text: string
  readonly planned?: number
  readonly field: Slot
}

/** What is written in one go. */
interface Portion {
  readonly cells: readonly CellPlan[]
  readonly held: readonly HeldCell[]
  /** Columns that are written in blocks. */
  readonly inBlocks: ReadonlySet<number>
  readonly formats: Formats
}

/** The number formats of the cells around those that are written, as they were before. */
type Formats = (row: number, column: number) => string

/**
 * Writes the findings of finished leads into their rows, found again by key (safety S6), and reads them back. A value
 * that landed in another row because somebody sorted in between is put back and written again (safety S9).
 */
export function writeResults(writing: Writing, leads: readonly OpenLead[]): WrittenRows {
  const results = new Map<number, { [F in Field]?: 'written' | LeftWhy }>()
  const confirmed: CellPlan[] = []
  let open: readonly OpenLead[] = leads
  let last: Standing | undefined
  let misplaced: readonly CellPlan[] = []
  for (let round = 0; round < MAX_ROUNDS && open.length > 0; round++) {
    const before = readStanding(writing)
    last = before
    const cells = planCells(writing, before, { leads: open, results })
    misplaced = []
    if (cells.length === 0) break
    const formats = readFormats(writing, cells, before)
    // Whoever changed a block while it was on its way may do so again: then cells are written one run at a time.
    const inBlocks = round === 0 ? columnsOfOurs(writing.run, before) : new Set<number>()
    const held = heldCells(writing, before, { cells, inBlocks, formats })
    const portion = { cells, held, inBlocks, formats }
    const refusal = tryToWrite(writing, portion)
    // Rows that were put above the headers may have brought them to where we wrote, and others may be renamed.
    const seen = before
    const read = () => insist(writing.host, () => readStanding({ ...writing, lostTargets: 'leave_out', seen }))
    const written = read()
    const after = putBackStruck({
      after: written,
      struck: [
        ...new Set([...strayed(writing, { before, after: written }, cells), ...mixedUp(before, written, cells)]),
        ...takenPlaces(before, written, held),
      ],
      restore: (now, struck) => insist(writing.host, () => putBack(writing, { before, after: now, struck, formats })),
      read,
    })
    last = after
    misplaced = cells.filter((cell) => !stands(after, cell))
    confirmed.push(...cells.filter((cell) => stands(after, cell)))
    if (refusal) throw refusal
    const again = new Set(misplaced.map((cell) => cell.planned))
    open = open.filter((lead) => again.has(lead.row))
  }
  for (const { planned, field } of misplaced) results.get(planned)![fieldOf(field)] = 'row_gone'
  if (last) writeNotes(writing, confirmed, last)
  return { results, standing: last }
}

/** Writes, and gives back what Google objected: part may be written by then, and is to be read back all the same. */
function tryToWrite(writing: Writing, portion: Portion): Error | undefined {
  try {
    writeCells(writing, portion)
    return undefined
  } catch (error) {
    if (!isException(error)) throw error
    return error
  }
}

function planCells(
  { host, run, store, planned, guards, chosen }: Writing,
  standing: Standing,
  given: { readonly leads: readonly OpenLead[]; readonly results: Map<number, { [F in Field]?: 'written' | LeftWhy }> },
): readonly CellPlan[] {
  const cells: CellPlan[] = []
  const normalize = makeNormalize(host)
  const slots = Object.keys(standing.targets) as Slot[]
  const cellOf = (lead: number, slot: Slot) =>
    standing.grid[standing.rowOf(lead)?.row ?? -1]?.[standing.targets[slot] ?? -1] ?? NOTHING
  store.readRejected(
    given.leads.flatMap(({ row, results }) =>
      (Object.entries(results) as [Field, FieldResult][])
        .filter(([, known]) => isFound(known))
        .flatMap(([field]) => keysOf(planned[row]!).map((key) => ({ sheet: run.sheet, row: key, field }))),
    ),
  )
  store.readWrites(
    given.leads.flatMap(({ row }) =>
      slots.flatMap((field) =>
        cellOf(row, field).text === ''
          ? []
          : keysOf(planned[row]!).map((key) => ({ sheet: run.sheet, row: key, field })),
      ),
    ),
  )
  for (const lead of given.leads) {
    const result: { [F in Field]?: 'written' | LeftWhy } = given.results.get(lead.row) ?? {}
    given.results.set(lead.row, result)
    const row = standing.rowOf(lead.row)
    const plan = planned[lead.row]!
    const keys = keysOf(plan)
    const stateOf = (slot: Slot, column: number) => {
      const cell = cellOf(lead.row, slot)
      const wrote = cell.text === '' ? undefined : lastUnder(store, keys, { sheet: run.sheet, field: slot })
      // A cell that was filled at planning is none that this run wrote: that was an equal row's.
      const last = slot in plan.planned && wrote?.run === run.id ? undefined : wrote
      const state = cellState({ cell, ...guards(row!.row, column), last })
      return { cell, state, isDone: isWrittenBy(run, state, { cell, last }) }
    }
    for (const field of run.wanted) {
      const column = standing.targets[field]
      if (!row || column === undefined) {
        result[field] = 'row_gone'
        continue
      }
      const { cell, state, isDone } = stateOf(field, column)
      const columnBeside = standing.targets[besideOf(field)]
      const beside = columnBeside === undefined ? undefined : stateOf(besideOf(field), columnBeside)
      if (isDone || beside?.isDone) {
        result[field] = isDone ? 'written' : 'put_beside'
        continue
      }
      const known = lead.results[field]
      const place = { sheet: run.sheet, field }
      const rule = ruleIn(run, field)
      const verdict = judgeCell(
        {
          field,
          state,
          text: cell.text,
          rule,
          replaced: isKept(rule, guards(row.row, column)) ? undefined : stillThere(plan.replaces?.[field], cell.text),
          rejected: known && isFound(known) ? rejectedUnder(store, keys, place) : [],
          chosen,
          normalize,
        },
        known,
      )
      const push = (finding: Finding, at: Pick<CellPlan, 'field' | 'column' | 'before'>) =>
        cells.push({ planned: lead.row, row: row.row, text: cellText(finding.value), finding, ...at })
      if (verdict.status === 'write_beside') {
        // Beside, only an empty cell is filled: what stands there is a person's, or was found before.
        const isOpen = beside?.state === 'empty'
        result[field] = isOpen
          ? 'put_beside'
          : decide({ state: beside?.state ?? 'found_here', held: 'fine' }, 'none', 'never').why
        if (isOpen) push(verdict.finding, { field: besideOf(field), column: columnBeside!, before: undefined })
        continue
      }
      result[field] = verdict.status === 'write' ? 'written' : verdict.why
      // protects: 4
      if (verdict.status !== 'write') continue
      // A verdict is about the value that was found: it does not go beside another one.
      const of = verifiableIn(field)
      const became = of && of !== field ? result[of] : undefined
      if (became && became !== 'written' && lead.missing.includes(of!) && !lead.bars?.[of!]?.keeps) {
        result[field] = became
        continue
      }
      push(verdict.finding, { field, column, before: cell.text === '' ? undefined : cell })
    }
  }
  return cells
}

function isFound(known: FieldResult): boolean {
  return known.kind !== 'none'
}

/** Whether a cell holds what this run wrote, by itself or because a person accepted it. */
export function isWrittenBy(
  run: Pick<RunRecord, 'id'>,
  state: CellState,
  { cell, last }: { readonly cell: Pick<CellRead, 'text'>; readonly last: LastWrite | undefined },
): boolean {
  if (last?.run !== run.id) return false
  return state === 'ours' || (state === 'verified_by_person' && hashText(cell.text) === last.hash)
}

// Reading so many formats takes under two seconds (platform.md section 1, 0.0085 ms a cell).
const MOST_FORMATS = 200_000

// The formats of whole columns, for a sort may put any row in the way; in a large list those around the cells.
function readFormats({ host, run }: Writing, cells: readonly CellPlan[], { grid }: Standing): Formats {
  const around = areaAround(cells)
  const rows = Math.max(grid.length, around.row + around.rows)
  const area = rows * around.columns <= MOST_FORMATS ? { ...around, row: 0, rows } : around
  const formats = host.sheets.formats(run.sheet, area)
  return (row, column) => formats[row - area.row]?.[column - area.column] ?? 'General'
}

/** Where the columns are that this run made (safety S8). */
function columnsOfOurs(run: RunRecord, standing: Standing): ReadonlySet<number> {
  const { added } = run
  return new Set(
    targetsOf(run).flatMap(({ field, header }) => (added.includes(header) ? [standing.targets[field]!] : [])),
  )
}

/** What is written along so that scattered results of our own columns become few blocks: empty cells and values of ours. */
function heldCells(
  writing: Writing,
  standing: Standing,
  { cells, inBlocks, formats }: Omit<Portion, 'held'>,
): readonly HeldCell[] {
  const targets = cells.filter(({ column }) => inBlocks.has(column))
  if (targets.length === 0) return []
  const { run, planned, store, guards } = writing
  const fields = slotsAt(standing)
  const owners = ownersOf(writing, standing)
  const cellAt = (row: number, column: number) => standing.grid[row]?.[column] ?? NOTHING
  const writeAt = (row: number, column: number) => {
    const owner = owners.get(row)
    const field = fields.get(column)!
    if (owner === undefined || field in planned[owner]!.planned) return undefined
    return { sheet: run.sheet, row: rowKey(planned[owner]!), field }
  }
  const places = cellsBetween(targets, (row, column) => cellAt(row, column).text)
  store.readWrites(places.flatMap(({ row, column, text }) => (text === '' ? [] : (writeAt(row, column) ?? []))))
  const isHeld = (row: number, column: number): boolean => {
    const cell = cellAt(row, column)
    const write = cell.text === '' ? undefined : writeAt(row, column)
    const last = write && store.lastWrite(write)
    switch (cellState({ cell, ...guards(row, column), last })) {
      case 'empty':
        return true
      case 'ours':
        return last?.run === run.id && cell.kind === 'text' && formats(row, column) === '@'
      default:
        return false
    }
  }
  const held = cellsBetween(targets, (row, column) => (isHeld(row, column) ? cellAt(row, column).text : undefined))
  return held.map(({ row, column, text }) => {
    const owner = text === '' ? undefined : owners.get(row)
    return { row, column, text, field: fields.get(column)!, ...(owner !== undefined && { planned: owner }) }
  })
}

const NOTHING: CellRead = { text: '', kind: 'empty', formula: false }

/** The slot that each column of the run is. */
function slotsAt({ targets }: Standing): ReadonlyMap<number, Slot> {
  return new Map((Object.entries(targets) as [Slot, number][]).map(([slot, column]) => [column, slot]))
}

/** The planned row that stands in each row of the sheet. */
function ownersOf({ planned }: Pick<Writing, 'planned'>, standing: Standing): ReadonlyMap<number | undefined, number> {
  return new Map(planned.map((_, index) => [standing.rowOf(index)?.row, index]))
}

function writeCells(writing: Writing, { cells, held, inBlocks, formats }: Portion): void {
  const { host, run, store, planned, writes, chosen } = writing
  checkLease(host, run)
  // What is written and what was there is on record before anything is written (safety S9): the store flushes both. Of a
  // block the empty cells are not: they lie between those that are, and stay empty.
  writes.append(run.id, {
    cells: [...cells, ...held.map((cell) => ({ ...cell, before: undefined }))].flatMap(
      ({ planned: owner, field, text, row, column, before }) =>
        owner === undefined
          ? []
          : [{ planned: owner, field, hash: shortHash(text), row, column, format: formats(row, column), before }],
    ),
  })
  store.append(
    cells.flatMap((cell) =>
      keysOf(planned[cell.planned]!).map((row) => ({
        k: 'write' as const,
        run: run.id,
        sheet: run.sheet,
        row,
        field: cell.field,
        hash: hashText(cell.text),
        at: host.now(),
        confidence: cell.finding.confidence,
        by: cell.finding.provenance.provider,
        status: cell.finding.status,
        ...(chosen && { chosen }),
      })),
    ),
  )
  checkLease(host, run)
  const targets = cells
    .filter(({ column }) => inBlocks.has(column))
    .map((cell) => ({ ...cell, before: cell.before?.text ?? '' }))
  writeBlocks(host, run.sheet, [...targets, ...held.map((cell) => ({ ...cell, before: cell.text }))])
  const single = cells.filter(({ column }) => !inBlocks.has(column))
  writeText(host, run.sheet, untouched(host, run.sheet, { cells: single, textOf: ({ before }) => before?.text ?? '' }))
}

/**
 * Cells that were written where by now nobody belongs who was to get that text: not by its own row, which may have got the same
 * text meant for another, and no row that held it before.
 */
function strayed(
  { planned }: Writing,
  { before, after }: { readonly before: Standing; readonly after: Standing },
  cells: readonly CellPlan[],
): readonly CellPlan[] {
  const owners = ownersOf({ planned }, after)
  const rightful = new Set(
    cells.map(({ planned, field, text }) => `${after.rowOf(planned)?.row} ${after.targets[field]} ${text}`),
  )
  const isAsBefore = ({ row, column, field, text }: CellPlan) =>
    after.targets[field] === column &&
    before.grid[before.rowOf(owners.get(row) ?? -1)?.row ?? -1]?.[before.targets[field] ?? -1]?.text === text
  return cells.filter((cell) => !rightful.has(`${cell.row} ${cell.column} ${cell.text}`) && !isAsBefore(cell))
}

function stands(standing: Standing, cell: CellPlan): boolean {
  const row = standing.rowOf(cell.planned)
  const column = standing.targets[cell.field]
  return row !== undefined && column !== undefined && standing.grid[row.row]?.[column]?.text === cell.text
}

function putBack(
  { host, run, writes }: Writing,
  given: {
    readonly before: Standing
    readonly after: Standing
    readonly struck: readonly Struck[]
    readonly formats: Formats
  },
): readonly Restored[] {
  const restored = beforeStruck(given.before, given.after, given.struck).flatMap(
    ({ place, cell, from }): readonly Restored[] => {
      // Where we left a cell empty its format is as it was.
      if (place.text === '')
        return cell.kind === 'empty' && !cell.formula ? [] : [{ ...place, cell, format: undefined }]
      const format = from ? given.formats(from.row, from.column) : 'General'
      // A number or date was not in a text cell: its row stood outside of what was read.
      const isText = cell.kind === 'text' || cell.kind === 'empty'
      return [{ ...place, cell, format: format === '@' && !isText ? 'General' : format }]
    },
  )
  // Whoever is killed here finds on record what these places held: nothing else knows it.
  const texts = new Map(given.struck.map(({ row, column, text }) => [`${row} ${column}`, text]))
  const hit = restored.flatMap(({ row, column, format, cell }) => {
    const text = texts.get(`${row} ${column}`)
    return text ? [{ row, column, hash: shortHash(text), format, cell }] : []
  })
  if (hit.length > 0) {
    writes.append(run.id, { struck: hit })
    host.sheets.flush()
  }
  restoreCells(host, run.sheet, restored)
  return restored
}

// More addresses than a person would look up.
const ADDRESSES = 20

/**
 * Looks at the cells that an execution wrote before it was killed and that nobody read back: a text of ours that lies in
 * a row it was not asked for is taken away. Returns what a person should look at, in words.
 */
export function settleWrites(writing: Unread): readonly string[] {
  const { host, run, planned, writes } = writing
  // Without its plan nobody can tell which row is whose.
  const unread =
    planned.length > 0 && writes.length() > run.confirmed ? writes.read(run.confirmed).get(run.id) : undefined
  if (!unread) return []
  const standing = readStanding({ ...writing, lostTargets: 'leave_out' })
  const strays = findStrays(writing, unread, standing)
  if (strays.length === 0) return []
  checkLease(host, run)
  restoreCells(
    host,
    run.sheet,
    strays.map(({ row, column, field, format, stood, struck }) => {
      if (struck) return { row, column, cell: struck.cell, format: struck.format ?? format }
      const isHeader = row === standing.headerRow && standing.targets[field] === undefined
      const held = isHeader ? headerCell(run, field) : { ...NOTHING, ...stood?.before }
      return { row, column, cell: { ...held, formula: false }, format: stood?.format ?? format }
    }),
  )
  const at = strays.slice(0, ADDRESSES).map(({ row, column }) => a1({ row, column, rows: 1, columns: 1 }))
  const more = strays.length > at.length ? ` and ${strays.length - at.length} more` : ''
  return [
    `Rows were moved in the moment of writing, just before Google stopped the work. Values that did not belong there were taken out of ${at.join(', ')}${more}. If something of yours stood there or between them, File > Version history has it.`,
  ]
}

// The header that stood where a text of ours came to lie.
function headerCell(run: RunRecord, slot: Slot): CellRead {
  const target = targetsOf(run).find(({ field }) => field === slot)
  return target ? { text: target.header, kind: 'text', formula: false } : NOTHING
}

/** A text of ours in a row it was not asked for. */
interface Stray extends WrittenCell {
  /** What is on record about the cell that stands there by now. */
  readonly stood: WrittenCell | undefined
  /** What is on record that it held, where it was about to get it back. */
  readonly struck: StruckPlace | undefined
}

// A cell is a stray when it holds our text, as text, where that was written, and neither its row was asked for it nor did
// it hold the same before.
function findStrays(
  { host, run, planned, store }: Unread,
  unread: Pick<Written, 'cells' | 'struck'>,
  standing: Standing,
): readonly Stray[] {
  const written = unread.cells
  const struckAt = new Map(unread.struck.map((one) => [`${one.row} ${one.column} ${one.hash}`, one]))
  const struckBy = ({ row, column, hash }: WrittenCell) => struckAt.get(`${row} ${column} ${hash}`)
  const textAt = ({ row, column }: WrittenCell) => standing.grid[row]?.[column]?.text ?? ''
  const owners = ownersOf({ planned }, standing)
  const fields = slotsAt(standing)
  // A column that somebody renamed since, or whose header we wrote over, is known by what was written there.
  const fieldAt = ({ column, field }: WrittenCell) =>
    fields.get(column) ?? (standing.targets[field] === undefined ? field : undefined)
  const belongs = (cell: WrittenCell): boolean => {
    const owner = owners.get(cell.row)
    const field = fieldAt(cell)
    if (owner === undefined || field === undefined) return false
    const before = planned[owner]!.planned[field as Field]
    if (before !== undefined && hashText(textAt(cell)).startsWith(before)) return true
    const last = store.lastWrite({ sheet: run.sheet, row: rowKey(planned[owner]!), field })
    return last?.hash === hashText(textAt(cell))
  }
  // Where each row that was to get a text has it, what says the same in other rows was there before.
  const markOf = ({ field, hash }: WrittenCell) => `${field} ${hash}`
  const missed = new Set(written.filter((cell) => !isHome(standing, cell)).map(markOf))
  const placesOf = (cell: WrittenCell) => columnsOf(cell, standing).map((column) => ({ ...cell, column, from: cell }))
  const isStray = (cell: WrittenCell) =>
    textAt(cell) !== '' && shortHash(textAt(cell)) === cell.hash && missed.has(markOf(cell)) && !belongs(cell)
  const byPlan = new Map(written.map((cell) => [`${cell.planned} ${cell.field}`, cell]))
  const lost = [...byPlan.values()].filter((cell) => !isHome(standing, cell) && !placesOf(cell).some(isStray))
  // Rows that were moved once more took along what had strayed. One such value alone may be one that a person moved, where
  // it is not on record that it struck something.
  const moved = placesElsewhere(lost.length > 1 ? lost : lost.filter(struckBy), { standing, belongs, struckBy })
  const suspects = [
    ...written.flatMap(placesOf).filter(isStray),
    ...(moved.length > 1 ? moved : moved.filter(({ from }) => struckBy(from))),
  ]
  if (suspects.length === 0) return []
  const area = areaAround(suspects)
  const formats = host.sheets.formats(run.sheet, area)
  return suspects
    .map((cell) => ({
      ...cell,
      stood: byPlan.get(`${owners.get(cell.row)} ${fieldAt(cell)}`),
      struck: struckBy(cell.from),
    }))
    .filter(({ row, column, struck }) => struck || formats[row - area.row]?.[column - area.column] === '@')
}

/** A cell that was written, where it stands by now. */
type Moved = WrittenCell & { readonly from: WrittenCell }

/** The column that a cell was written in, and the one that is its by now: somebody may have moved it since. */
function columnsOf({ column, field }: WrittenCell, { targets }: Standing): readonly number[] {
  return [...new Set([column, targets[field] ?? column])]
}

/** The same with those between and beside: columns may have been moved more than once. */
function columnsAround(cell: WrittenCell, standing: Standing): readonly number[] {
  const columns = columnsOf(cell, standing)
  const from = Math.max(0, Math.min(...columns) - 1)
  return Array.from({ length: Math.max(...columns) + 2 - from }, (_, offset) => from + offset)
}

/**
 * Where texts that were written stand now, wherever their rows are. Equal ones are told apart no more: they count where there
 * are as many as were written and all of them struck the same.
 */
function placesElsewhere(
  cells: readonly WrittenCell[],
  given: {
    readonly standing: Standing
    readonly belongs: (cell: WrittenCell) => boolean
    readonly struckBy: (cell: WrittenCell) => StruckPlace | undefined
  },
): readonly Moved[] {
  const { standing, belongs, struckBy } = given
  const rowsIn = new Map<number, ReadonlyMap<string, readonly number[]>>()
  const equal = new Map<string, WrittenCell[]>()
  for (const cell of cells) {
    const mark = `${cell.field} ${cell.column} ${cell.hash}`
    equal.set(mark, [...(equal.get(mark) ?? []), cell])
    for (const column of columnsAround(cell, standing))
      if (!rowsIn.has(column)) rowsIn.set(column, rowsByHash(standing, column))
  }
  return [...equal.values()].flatMap((group) => {
    const [first] = group as [WrittenCell]
    const found = columnsAround(first, standing).flatMap((column) =>
      (rowsIn.get(column)!.get(first.hash) ?? []).map((row) => ({ ...first, row, column })),
    )
    const places = found.filter((place) => !belongs(place))
    const struck = new Set(group.map((cell) => JSON.stringify(struckBy(cell)?.cell)))
    if (places.length !== group.length || struck.size > 1) return []
    return places.map((place, index) => ({ ...place, from: group[index]! }))
  })
}

function rowsByHash({ grid }: Standing, column: number): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>()
  for (const [row, line] of grid.entries()) {
    const text = line[column]?.text ?? ''
    const hash = text === '' ? '' : shortHash(text)
    if (hash !== '') rows.set(hash, [...(rows.get(hash) ?? []), row])
  }
  return rows
}

function isHome(standing: Standing, { planned, field, hash }: WrittenCell): boolean {
  const text = standing.grid[standing.rowOf(planned)?.row ?? -1]?.[standing.targets[field] ?? -1]?.text ?? ''
  return text !== '' && shortHash(text) === hash
}

function writeNotes(
  { host, run, planned, providers, writes }: Writing,
  cells: readonly CellPlan[],
  standing: Standing,
): void {
  if (cells.length === 0 || run.notes + cells.length > MAX_NOTES) return
  if (peekSettings(host).provenance === 'columns') return
  const placed = cells.flatMap((cell) => {
    const row = standing.rowOf(cell.planned)
    const column = standing.targets[cell.field]
    const text = row && column !== undefined ? standing.grid[row.row]?.[column]?.text : undefined
    return row && column !== undefined && text === cell.text ? [{ ...cell, row: row.row, column }] : []
  })
  if (placed.length === 0) return
  const { noteAt, write } = openNotes(host, run.sheet, { grid: standing.grid, cells: placed })
  const noted = placed.filter((cell) => noteAt(cell) !== '')
  if (noted.length > 0) {
    writes.append(run.id, {
      notes: noted.map((cell) => ({ planned: cell.planned, field: cell.field, note: noteAt(cell) })),
    })
  }
  const notes = placed.map((cell) => {
    const provider = providers.find((one) => one.id === cell.finding.provenance.provider)
    const line = provenanceNote(cell.finding, provider ?? { name: cell.finding.provenance.provider, kind: 'vendor' })
    return {
      row: cell.row,
      column: cell.column,
      text: mergeNote(noteAt(cell), planned[cell.planned]!.like ? `${line}, copied from a repeat of this row` : line),
    }
  })
  const inBlocks = columnsOfOurs(run, standing)
  // Of our own columns the notes between are written along, but none that a person has a part in.
  const between = cellsBetween(
    notes.filter(({ column }) => inBlocks.has(column)),
    (row, column) => {
      const note = noteAt({ row, column })
      return withoutOurLine(note) === '' ? note : undefined
    },
  )
  write([...notes, ...between])
}

/** The key under which a row's last written values are kept. */
export function rowKey(row: RunRow): string {
  return row.base === '' ? hashText(JSON.stringify(row.planned)) : row.base
}

/** The keys under which a row's last written values are kept: the second one for runs that want other fields. */
export function keysOf(row: RunRow): readonly string[] {
  return row.who === undefined ? [rowKey(row)] : [rowKey(row), row.who]
}
