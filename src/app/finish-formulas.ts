import { a1 } from '../sheet/a1'
import { toBlocks } from '../sheet/blocks'
import { moveFormula } from '../sheet/moved-cell'
import { PENDING } from '../sheet/pending'
import { absorbClaims, countClaims } from './claims'
import type { FinishView } from './api-types'
import { asksAlways, callsOurs } from './formula-source'
import { readGuards } from './guards'
import type { Grid, Host } from './host'
import { lookUp } from './look-up'
import type { Lines } from './put-back'
import { beforeStruck, linesOf, putBackStruck, restoreCells, takenPlaces } from './put-back'
import { groupsOf } from './sought'
import { alone } from './start'
import { openStore } from './store'

// Google runs few formulas at a time: as many as end while the person watches.
const MOST_CELLS = 20

// How long vendors are asked at one press: a person watches.
const ASK_MS = 20_000

/** Takes what formulas asked into the store while no run works. Throws a Problem if one does. */
export function absorbAlone(host: Host): void {
  alone(host, () => {
    const store = openStore(host)
    absorbClaims(host, store)
    store.fold()
  })
}

/**
 * Asks for all that formulas of the active tab wait for, and makes some of them run again; says which were begun and how many
 * are left. A formula is never taken away: it is written with a space in it and then as it was.
 */
export function finishFormulas(host: Host): FinishView {
  if (countClaims(host) > 0) absorbAlone(host)
  const { id } = host.sheets.active()
  const { why, waits } = askTogether(host, host.sheets.readAll(id))
  if (countClaims(host) > 0) absorbAlone(host)
  // Vendors took their time: somebody may have sorted, or put another formula there that waits too.
  const grid = host.sheets.readAll(id)
  const waiting = waitingIn(grid)
  const guards = readGuards(host, id)
  const isFree = ({ row, column }: Waiting) => !guards(row, column).protected && !guards(row, column).rejecting
  const news = waiting.filter(({ source }) => !waits.has(source))
  // Those that wait on come last: they may for days, and others have their answer.
  const now = [...news, ...waiting.filter(({ source }) => waits.has(source))].filter(isFree).slice(0, MOST_CELLS)
  const marked = now.map((one) => ({ ...one, source: `= ${one.source.slice(1)}` }))
  let lines = rewrite(host, id, { before: linesOf(grid), cells: marked })
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const open = markedIn(lines, marked)
    if (open.length > 0) lines = rewrite(host, id, { before: lines, cells: open })
  }
  const blocks = toBlocks(
    now.map(({ row, column, source }) => ({ row, column, text: source })),
    { contiguous: 'runs' },
  )
  const cells = blocks.map(({ row, column, texts }) => a1({ row, column, rows: texts.length, columns: 1 }))
  return { begun: now.length, cells, left: waiting.length - now.length, ...(why && { why }) }
}

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/** Formulas with our space in them, wherever their rows are by now, as they are without it. */
function markedIn({ grid }: Lines, marked: readonly Waiting[]): readonly Waiting[] {
  const nameOf = ({ row, column, source }: Waiting) => `${column} ${moveFormula(source, row, -1)}`
  const ours = new Set(marked.map(nameOf))
  return grid.flatMap((cells, row) =>
    cells.flatMap(({ formula, text }, column): readonly Waiting[] =>
      formula && ours.has(nameOf({ row, column, source: text })) ? [{ row, column, source: `=${text.slice(2)}` }] : [],
    ),
  )
}

function bareOf(source: string): string {
  return source.replace(/\s/g, '')
}

/**
 * Writes formulas into the cells that hold them, spaces aside, as they are looked at right before. Rows that somebody moved into
 * the way in the one call between get back what they held (safety S9). Gives the tab as it was read last.
 */
function rewrite(
  host: Host,
  id: number,
  { before, cells }: { readonly before: Lines; readonly cells: readonly Waiting[] },
): Lines {
  const read = () => linesOf(host.sheets.readAll(id))
  const writes = cells.flatMap(({ row, column, source }) => {
    // Looked at right before: only a cell that still holds this formula is written.
    const [[cell] = []] = host.sheets.read(id, { row, column, rows: 1, columns: 1 })
    if (!cell?.formula || bareOf(String(cell.exact)) !== bareOf(source)) return []
    host.sheets.writeExact(id, [{ row, column, kind: 'formulas', values: [[source]] }])
    return [{ row, column, text: source }]
  })
  if (writes.length === 0) return before
  host.sheets.flush()
  const after = read()
  return putBackStruck({
    after,
    struck: takenPlaces(before, after, writes),
    restore(list, struck) {
      const held = beforeStruck(before, list, struck)
      const restored = held.map(({ place, cell }) => ({ ...place, cell, format: undefined }))
      restoreCells(host, id, restored)
      return restored
    },
    read,
  })
}

/** What asking came to: a sentence about a vendor that is to blame, and the formulas that have no answer yet. */
interface AskedTogether {
  readonly why: string | undefined
  readonly waits: ReadonlySet<string>
}

// Packed as those of a run are, by what formulas may spend. What cannot be told from its text asks for itself.
function askTogether(host: Host, grid: Grid): AskedTogether {
  const waiting = waitingIn(grid).filter(({ source }) => asksAlways(source))
  const until = host.now() + ASK_MS
  const waits = new Set<string>()
  let why: string | undefined
  for (const { wanted, of } of groupsOf(host, grid, waiting)) {
    const leads = of.flatMap(({ head, sought }) => sought.leads.map((lead) => ({ lead, source: head.source })))
    if (host.now() >= until) break
    const looked = lookUp(
      host,
      leads.map(({ lead }) => lead),
      { ...wanted, until, waits: true },
    )
    for (const [at, fields] of looked.entries()) {
      const open = fields?.flatMap((one) => (one.kind === 'pending' ? [one] : [])) ?? []
      if (open.length > 0) waits.add(leads[at]!.source)
      why ??= open.find(({ because }) => because)?.because
    }
  }
  return { why, waits }
}

interface Waiting {
  readonly row: number
  readonly column: number
  readonly source: string
}

/** Formulas of ours that wait. A row of a range that waits stands below its formula, which may show an answer itself. */
export function waitingIn(grid: Grid): readonly Waiting[] {
  const above = new Map<number, Waiting>()
  const waiting = new Set<Waiting>()
  for (const [row, cells] of grid.entries()) {
    for (const [column, { text, formula, exact }] of cells.entries()) {
      if (formula) {
        above.delete(column)
        if (typeof exact === 'string' && callsOurs(exact)) above.set(column, { row, column, source: exact })
      }
      const head = above.get(column)
      if (head && text.startsWith(PENDING)) waiting.add(head)
    }
  }
  return [...waiting]
}
