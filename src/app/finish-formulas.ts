import { a1 } from '../sheet/a1'
import { toBlocks } from '../sheet/blocks'
import { findHeaderRow } from '../sheet/mapping'
import { PENDING } from '../sheet/pending'
import { absorbClaims, countClaims } from './claims'
import type { FinishView } from './api-types'
import { asksAlways, callsOurs } from './formula-source'
import { loadHistory } from './history'
import type { Grid, Host, SheetInfo } from './host'
import { checkIdle } from './idle'
import { lookUp } from './look-up'
import { endOpenMerge } from './merge'
import { claim, finishBatches, keep, working } from './merge-batch'
import { requireSheet } from './merge-list'
import { logBatch } from './merge-log'
import type { Entered } from './reenter'
import { enteredGroups, leaveAsBefore, openIn, unmarked } from './reenter'
import { settleLast } from './recover'
import { groupsOf } from './sought'
import { alone } from './turn'
import { openStore } from './store'

// Google runs few formulas at a time: as many as end while the person watches.
const MOST_CELLS = 20

// How long vendors are asked at one press: a person watches.
const ASK_MS = 20_000

/** Takes what formulas asked into the store while no run works. Throws a Problem if one does. */
export function absorbAlone(host: Host): void {
  alone(host, (_, requireTurn) => {
    const store = openStore(host)
    settleLast(host, store)
    requireTurn()
    absorbClaims(host, store)
    store.fold(requireTurn)
  })
}

/**
 * Asks for all that formulas of the active tab, or of the one that this change began in, wait for, and makes some of them run
 * again; says which were begun and how many are left. What is entered again is on record first, and its text is the same in the end. Undone like a run.
 */
export function finishFormulas(host: Host, change: string): FinishView {
  // Nothing is asked for cells that could not be entered again then.
  checkIdle(host)
  endOpenMerge(host)
  if (countClaims(host) > 0) absorbAlone(host)
  const { id } = tabOf(host, change)
  const { why, waits } = askTogether(host, host.sheets.readAll(id))
  if (countClaims(host) > 0) absorbAlone(host)
  // Vendors took their time: somebody may have sorted, or put another formula there that waits too.
  const grid = host.sheets.readAll(id)
  const waiting = waitingIn(grid)
  const news = waiting.filter(({ source }) => !waits.has(source))
  // Those that wait on come last: they may for days, and others have their answer.
  const now = [...news, ...waiting.filter(({ source }) => waits.has(source))]
    .filter(openIn(host, id))
    .slice(0, MOST_CELLS)
  if (now.length > 0) enterAgain(host, { change, sheet: id, headerRow: findHeaderRow(grid) ?? 0 }, now)
  // A kill may have left some that were protected from whoever came after it.
  else leaveAsBefore(host, id, [])
  const blocks = toBlocks(
    now.map(({ row, column, source }) => ({ row, column, text: source })),
    { contiguous: 'runs' },
  )
  const cells = blocks.map(({ row, column, texts }) => a1({ row, column, rows: texts.length, columns: 1 }))
  return { begun: now.length, cells, left: waiting.length - now.length, ...(why && { why }) }
}

// Somebody may open another tab while it goes on.
function tabOf(host: Host, change: string): SheetInfo {
  const begun = loadHistory(host).find(({ id }) => id === change)
  return begun ? requireSheet(host, begun.sheet) : host.sheets.active()
}

function enterAgain(
  host: Host,
  { change, sheet, headerRow }: { readonly change: string; readonly sheet: number; readonly headerRow: number },
  cells: readonly Entered[],
): void {
  working(host, claim(host, change, { sheet, headerRow, what: 'finish' }), (held) => {
    logBatch(host, held, enteredGroups(cells))
    return finishBatches(host, keep(host, { ...held, batches: held.batches + 1 }))
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

/** Formulas of ours that wait. A row of a range that waits stands below its formula, which may show an answer itself. */
export function waitingIn(grid: Grid): readonly Entered[] {
  const above = new Map<number, Entered>()
  const waiting = new Set<Entered>()
  for (const [row, cells] of grid.entries()) {
    for (const [column, { text, formula, exact }] of cells.entries()) {
      if (formula) {
        above.delete(column)
        if (typeof exact === 'string' && callsOurs(exact)) above.set(column, { row, column, source: unmarked(exact) })
      }
      const head = above.get(column)
      if (head && text.startsWith(PENDING)) waiting.add(head)
    }
  }
  return [...waiting]
}
