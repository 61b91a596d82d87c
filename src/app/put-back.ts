import { toBlocks } from '../sheet/blocks'
import { columnOrigins } from '../sheet/column-origins'
import type { Area, Block, CellRead, Grid } from '../sheet/grid'
import { findHeaderRow } from '../sheet/mapping'
import { followColumns, moveCell } from '../sheet/moved-cell'
import type { ExactBlock, Host } from './host'
import type { Standing } from './window'

/** A cell that is given back what it held; without a format it keeps the one that it has. */
export interface Restored {
  readonly row: number
  readonly column: number
  readonly cell: CellRead
  readonly format: string | undefined
}

/** A place that we wrote although, as it turned out, another row or column stood there. */
export interface Struck {
  readonly row: number
  readonly column: number
  /** What we wrote: as long as it stands there nobody has changed the cell since. */
  readonly text: string
}

/** What a place is recognised by: all cells of its row but those of the target columns, and the header of its column. */
export interface Lines extends Pick<Standing, 'grid' | 'headers'> {
  readonly targets: { readonly [name: string]: number }
}

/**
 * A list with formulas by their text, which stays while what they show changes. No row is recognised by them: a sort changes
 * what they refer to.
 */
export function linesOf(grid: Grid): Lines {
  const columns = new Set(grid.flatMap((cells) => cells.flatMap(({ formula }, column) => (formula ? [column] : []))))
  const asSource = (cell: CellRead) => (cell.formula ? { ...cell, text: String(cell.exact) } : cell)
  return {
    grid: columns.size === 0 ? grid : grid.map((cells) => cells.map(asSource)),
    headers: (grid[findHeaderRow(grid) ?? 0] ?? []).map(({ text }) => text),
    targets: Object.fromEntries([...columns].map((column) => [column, column])),
  }
}

const EMPTY: CellRead = { text: '', kind: 'empty', formula: false }

/**
 * What each struck place held before (safety S9). It belongs to whichever row and column is there now.
 */
export function beforeStruck(
  before: Lines,
  after: Lines,
  struck: readonly Struck[],
): readonly {
  readonly place: Struck
  readonly cell: CellRead
  readonly from?: { readonly row: number; readonly column: number }
}[] {
  if (struck.length === 0) return []
  const { origins, identityBefore, identityNow } = identities(before, after, struck)
  const [places, now] = [groupRows(before, identityBefore), groupRows(after, identityNow)]
  const isStruck = new Set(struck.map(({ row, column }) => `${row} ${column}`))
  const used = new Set<string>()
  const blank = identityNow(-1)
  const textIn = ({ grid }: Lines, row: number, column: number) => grid[row]?.[column]?.text ?? ''
  // Of equal rows the one whose text stands nowhere any more, rather one that held something.
  const oneOf = ({ row: at, column }: Struck, origin: number): number | undefined => {
    const name = identityNow(at)
    const [was, is] = [places.get(name) ?? [], now.get(name) ?? []]
    const isMore = is.length > was.length
    if (!isMore && was.every((row) => textIn(before, row, origin) === textIn(before, was[0]!, origin))) return was[0]
    const left = was.filter((row) => !used.has(`${row} ${origin}`))
    const drop = (isIt: (row: number) => boolean) => {
      const index = left.findIndex(isIt)
      if (index >= 0) left.splice(index, 1)
    }
    for (const row of is) {
      if (isStruck.has(`${row} ${column}`)) continue
      const text = textIn(after, row, column)
      // There are more by now: those that are where they were are not the new one.
      const isThere = isMore && left.includes(row)
      drop((one) => (isThere ? one === row : textIn(before, one, origin) === text))
    }
    const row = left.find((one) => textIn(before, one, origin) !== '') ?? left[0]
    if (row !== undefined) used.add(`${row} ${origin}`)
    return row
  }
  // Nothing was moved where the row that stood there is nowhere any more: somebody edited it.
  const edited = ({ row }: Struck): number | undefined => {
    const name = identityBefore(row)
    const isGone = (now.get(name)?.length ?? 0) < (places.get(name)?.length ?? 0)
    return isGone && identityNow(row) !== blank ? row : undefined
  }
  const columns = new Map([...origins].map(([now, was]) => [was, now]))
  return struck.flatMap((place) => {
    if (textIn(after, place.row, place.column) !== place.text) return []
    const column = origins.get(place.column)
    const row = column === undefined ? undefined : (oneOf(place, column) ?? edited(place))
    if (row === undefined || column === undefined) return [{ place, cell: EMPTY }]
    const cell = moveCell(before.grid[row]?.[column] ?? EMPTY, row, place.row)
    return [{ place, cell: followColumns(cell, columns), from: { row, column } }]
  })
}

/** Places among equal rows, told apart by what was to be kept in one of them, where that stands nowhere any more. */
export function mixedUp<T extends Struck>(before: Lines, after: Lines, cells: readonly T[]): readonly T[] {
  if (cells.length === 0) return []
  const { origins, identityBefore, identityNow } = identities(before, after, cells)
  const places = groupRows(before, identityBefore)
  // Few lists have equal rows: only they are looked at further, each group of them once for a column.
  let now: ReadonlyMap<string, readonly number[]> | undefined
  const isOurs = new Set(cells.map(({ row, column }) => `${row} ${column}`))
  const textsOf = ({ grid }: Lines, rows: readonly number[], column: number) =>
    new Set(rows.map((one) => grid[one]?.[column]?.text ?? '').filter((one) => one !== ''))
  const known = new Map<string, { readonly left: ReadonlySet<string>; readonly kept: ReadonlySet<string> }>()
  return cells.filter(({ row, column, text }) => {
    const name = identityNow(row)
    const equal = places.get(name) ?? []
    if (equal.length < 2 || origins.get(column) !== column || after.grid[row]?.[column]?.text !== text) return false
    now ??= groupRows(after, identityNow)
    const key = `${column} ${name}`
    const isFree = (one: number) => !isOurs.has(`${one} ${column}`)
    const { left, kept } = known.get(key) ?? {
      left: textsOf(after, now.get(name) ?? [], column),
      kept: textsOf(before, equal.filter(isFree), column),
    }
    known.set(key, { left, kept })
    // A text that is new and not ours: somebody edited one of the rows.
    return [...kept].some((one) => !left.has(one)) && [...left].every((one) => one === text || kept.has(one))
  })
}

function groupRows({ grid }: Lines, identity: (row: number) => string): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>()
  for (const row of grid.keys()) {
    const name = identity(row)
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return groups
}

/** Places that were to keep what they held, and where by now another row or column stands. */
export function takenPlaces<T extends Struck>(before: Lines, after: Lines, held: readonly T[]): readonly T[] {
  if (held.length === 0) return []
  const { origins, identityBefore, identityNow } = identities(before, after, held)
  let known: { readonly before: ReadonlySet<string>; readonly now: ReadonlySet<string> } | undefined
  const rows = new Map<number, boolean>()
  const isTaken = (row: number): boolean => {
    const [was, is] = [identityBefore(row), identityNow(row)]
    if (was === is) return false
    known ??= {
      before: new Set(before.grid.map((_, index) => identityBefore(index))),
      now: new Set(after.grid.map((_, index) => identityNow(index))),
    }
    // Where the one is nowhere any more and the other is new, nothing was moved: somebody edited the row.
    return known.now.has(was) || known.before.has(is)
  }
  return held.filter(({ row, column }) => {
    if (!rows.has(row)) rows.set(row, isTaken(row))
    return rows.get(row) || origins.get(column) !== column
  })
}

/** What giving struck places back needs: the list as it stood after they were written, and how it is done and read. */
interface PuttingBack<L extends Lines> {
  readonly after: L
  readonly struck: readonly Struck[]
  /** Gives these places of the list as it stands now what they held, and tells what it wrote. */
  readonly restore: (after: L, struck: readonly Struck[]) => readonly Restored[]
  readonly read: () => L
}

/**
 * Gives struck places back what they held, in its format: made before cells are written, for a written cell has another one.
 */
export function makeRestore(
  host: Host,
  sheet: number,
  { before, cells }: { readonly before: Lines; readonly cells: readonly Omit<Struck, 'text'>[] },
): (now: Lines, struck: readonly Struck[]) => readonly Restored[] {
  const area = areaToRead(cells, before)
  const formats = host.sheets.formats(sheet, area)
  return (now, struck) => {
    const restored = beforeStruck(before, now, struck).map(({ place, cell, from }): Restored => {
      const format = (from && formats[from.row - area.row]?.[from.column - area.column]) ?? 'General'
      // Under the text format a number would become a text.
      const isText = cell.formula || cell.kind === 'text' || cell.kind === 'empty'
      return { ...place, cell, format: format === '@' && !isText ? 'General' : format }
    })
    restoreCells(host, sheet, restored)
    return restored
  }
}

// Whoever moved rows once may do so again, while cells are given back; hardly a third time.
const MOST_TRIES = 3

/** Gives struck places back what they held until it stands where it belongs; returns the list as it was read last. */
export function putBackStruck<L extends Lines>(given: PuttingBack<L>): L {
  const { restore, read } = given
  let { after: now, struck } = given
  for (let tries = 0; tries < MOST_TRIES && struck.length > 0; tries++) {
    let restored: readonly Restored[] = []
    // protects: 3
    restored = restore(now, struck)
    const next = read()
    struck = stillStruck(now, next, { struck, restored })
    now = next
  }
  return now
}

// Where what was given back lies in another row by now, and where the row went that was to get it.
function stillStruck(
  before: Lines,
  after: Lines,
  given: { readonly struck: readonly Struck[]; readonly restored: readonly Restored[] },
): readonly Struck[] {
  const { struck, restored } = given
  const { origins, identityBefore, identityNow } = identities(before, after, struck)
  const rows = new Map(after.grid.map((_, row) => [identityNow(row), row]))
  const columns = new Map([...origins].map(([now, was]) => [was, now]))
  const missed = struck.flatMap(({ row: was, column: stood, text }): readonly Struck[] => {
    const row = rows.get(identityBefore(was))
    const column = columns.get(stood)
    if (row === undefined || column === undefined || (row === was && column === stood)) return []
    return (after.grid[row]?.[column]?.text ?? '') === text ? [{ row, column, text }] : []
  })
  const places = restored.map(({ row, column, cell }) => ({ row, column, text: cell.text }))
  return [...missed, ...takenPlaces(before, after, places)]
}

/** How a row is recognised: by all its cells but those of the wanted columns and those that were struck. */
function identities(
  before: Lines,
  after: Lines,
  struck: readonly Struck[],
): {
  readonly origins: ReadonlyMap<number, number>
  readonly identityBefore: (row: number) => string
  readonly identityNow: (row: number) => string
} {
  const origins = columnOrigins(before.headers, after.headers)
  const outputs = new Set(Object.values(before.targets))
  const columns = new Set(struck.map(({ column }) => column))
  // Of columns without a name that stand side by side nobody can say which one is new.
  const isDoubtful = (one: number) => [...origins.values()].filter((origin) => origin === one).length > 1
  const inputs = [...origins].filter(
    ([column, origin]) => !outputs.has(origin) && !columns.has(column) && !isDoubtful(origin),
  )
  const columnsBefore = inputs.map(([, origin]) => origin)
  const columnsNow = inputs.map(([column]) => column)
  const isShown = (cell: CellRead | undefined) => cell?.formula === true || cell?.under !== undefined
  const by = (hides: (cell: CellRead | undefined) => boolean) => {
    const identity = (cells: Grid[number] | undefined, of: readonly number[]) => {
      const typed = of.map((column) => (hides(cells?.[column]) ? '' : (cells?.[column]?.text ?? '')))
      // Where nothing is typed all that is shown tells the row.
      return JSON.stringify(typed.some((text) => text !== '') ? typed : of.map((column) => cells?.[column]?.text ?? ''))
    }
    return {
      identityBefore: (row: number) => identity(before.grid[row], columnsBefore),
      identityNow: (row: number) => identity(after.grid[row], columnsNow),
    }
  }
  const whole = by(() => false)
  if (!before.grid.some((cells) => columnsBefore.some((column) => isShown(cells[column])))) return { origins, ...whole }
  // Formulas may show something else by now: in another row, or beside a new value. A total is but one cell of its column.
  const part = by(isShown)
  const unknown = ({ identityBefore, identityNow }: typeof whole) => {
    const known = new Set(before.grid.map((_, row) => identityBefore(row)))
    return after.grid.filter((_, row) => !known.has(identityNow(row))).length
  }
  return { origins, ...(unknown(part) < unknown(whole) ? part : whole) }
}

/** Gives cells back what they held: a number stays a number, a date a date, a formula a formula, each in its format. */
export function restoreCells(host: Host, sheet: number, cells: readonly Restored[]): void {
  if (cells.length === 0) return
  const formats = new Map<string, Restored[]>()
  for (const one of cells) {
    if (one.format === undefined) continue
    const same = formats.get(one.format)
    if (same) same.push(one)
    else formats.set(one.format, [one])
  }
  // Formats first: under the text format a number would become a text.
  for (const [format, same] of formats) host.sheets.setFormat(sheet, areasOf(same), format)
  host.sheets.clear(sheet, areasOf(cells.filter(({ cell }) => isEmpty(cell))))
  host.sheets.writeExact(sheet, [
    ...exactBlocks(cells, (cell) => cell.formula).map((block) => ({
      ...place(block),
      kind: 'formulas' as const,
      values: map(block, cells, ({ exact }) => String(exact)),
    })),
    ...exactBlocks(cells, ({ formula, kind }) => !formula && kind === 'date').map((block) => ({
      ...place(block),
      kind: 'dates' as const,
      values: map(block, cells, ({ exact }) => Number(exact)),
    })),
    ...exactBlocks(cells, isFigure).map((block) => ({
      ...place(block),
      kind: 'values' as const,
      values: map(block, cells, ({ kind, text }) => (kind === 'number' ? Number(text) : text === 'TRUE')),
    })),
    ...exactBlocks(cells, ({ formula, kind }) => !formula && (kind === 'text' || kind === 'error')).map((block) => ({
      ...place(block),
      kind: 'texts' as const,
      values: map(block, cells, ({ text }) => text),
    })),
  ])
  host.sheets.flush()
}

/** The areas that cover exactly these cells. */
export function areasOf(cells: readonly { readonly row: number; readonly column: number }[]): readonly Area[] {
  const writes = cells.map(({ row, column }) => ({ row, column, text: '' }))
  return toBlocks(writes, { contiguous: 'areas' }).map(({ row, column, texts }) => ({
    row,
    column,
    rows: texts.length,
    columns: texts[0]!.length,
  }))
}

/** The smallest area that holds some cells. */
export function areaAround(cells: readonly { readonly row: number; readonly column: number }[]): Area {
  let [top, left, bottom, right] = [Infinity, Infinity, 0, 0]
  for (const { row, column } of cells) {
    top = Math.min(top, row)
    left = Math.min(left, column)
    bottom = Math.max(bottom, row)
    right = Math.max(right, column)
  }
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 }
}

/** All rows of some cells and of the columns beside them: what somebody moves may put any of those in the way. */
export function areaBeside(
  cells: readonly { readonly row: number; readonly column: number }[],
  { grid, headers }: Pick<Lines, 'grid' | 'headers'>,
): Area {
  const around = areaAround(cells)
  const last = around.column + around.columns
  const [from, to] = [Math.max(0, around.column - 1), Math.max(last, Math.min(last + 1, headers.length))]
  return { row: 0, column: from, rows: Math.max(grid.length, around.row + around.rows), columns: to - from }
}

/** So many formats or notes are read in under two seconds (platform.md section 1, 0.0085 ms a cell). */
export const MOST_CELLS = 200_000

/** The same, but in a large list those around the cells alone. */
export function areaToRead(...[cells, lines]: Parameters<typeof areaBeside>): Area {
  const beside = areaBeside(cells, lines)
  return beside.rows * beside.columns <= MOST_CELLS ? beside : areaAround(cells)
}

function isEmpty({ formula, kind }: CellRead): boolean {
  return !formula && kind === 'empty'
}

function isFigure({ formula, kind }: CellRead): boolean {
  return !formula && (kind === 'number' || kind === 'boolean')
}

// The texts of these blocks are positions in the list of cells.
function exactBlocks(cells: readonly Restored[], is: (cell: CellRead) => boolean): readonly Block[] {
  const writes = cells.flatMap(({ row, column, cell }, index) => (is(cell) ? [{ row, column, text: `${index}` }] : []))
  return toBlocks(writes, { contiguous: 'areas' })
}

function place({ row, column }: Block): Pick<ExactBlock, 'row' | 'column'> {
  return { row, column }
}

function map<T>(block: Block, cells: readonly Restored[], value: (cell: CellRead) => T): readonly (readonly T[])[] {
  return block.texts.map((line) => line.map((index) => value(cells[Number(index)]!.cell)))
}
