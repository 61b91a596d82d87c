import { computed, signal } from '@preact/signals'
import type { DuplicatesView, ListHead, ListRow, MarksView, MergeView, ProblemView } from '../src/app/api-types'
import type { MarkHeader } from '../src/domain/row-print'
import { GROUP_HEADER, KNOWN_HEADER, rowPrint } from '../src/domain/row-print'
import { Problem } from '../src/domain/problem'
import type { Skipped } from '../src/matching/block'
import { linkLists } from '../src/matching/link'
import type { List } from '../src/matching/list'
import type { Sensitivity } from '../src/matching/match'
import { searchList } from '../src/matching/match'
import type { MergeRule } from '../src/matching/merge'
import { newId } from './change-id'
import type { Call } from './call'
import { ConnectionLost, problemView } from './connection'
import type { ColumnUse } from './duplicate-columns'
import { companionsIn, comparedAs, guessUses, usesIn } from './duplicate-columns'
import type { DuplicateGroup } from './duplicate-groups'
import { makeGroups, markText, pairHash } from './duplicate-groups'
import type { KnownRow } from './known-list'
import { joinLists, knownRows, knownText } from './known-list'
import type { Searched, SearchStep, ShowStep } from './list-search'
import { readRows, work } from './list-search'
import type { MergePlan } from './merge-plan'
import { planMerge } from './merge-plan'

/** Where the screen stands. */
export type DuplicatesStage =
  | { readonly at: 'loading' }
  | { readonly at: 'setup' }
  | { readonly at: 'searching'; readonly step: SearchStep; readonly done: number }
  | { readonly at: 'result' }
  | { readonly at: 'known' }
  | { readonly at: 'review'; readonly pile: DuplicateGroup['pile']; readonly index: number }
  | { readonly at: 'merging'; readonly done: number; readonly total: number }
  | { readonly at: 'merged'; readonly merge: MergeView }

/** What a person decided about a group. */
export type Decision = 'merge' | 'apart'

/** What a search within one list found. */
export interface Found extends Searched {
  readonly uses: readonly ColumnUse[]
  readonly companions: ReadonlyMap<number, number>
  readonly verified: ReadonlySet<string>
  readonly groups: { readonly [S in Sensitivity]: readonly DuplicateGroup[] }
}

/** What a search in another list found. */
export interface Known extends Searched {
  readonly other: Pick<Searched, 'sheet' | 'rows' | 'hidden'>
  readonly known: { readonly [S in Sensitivity]: readonly KnownRow[] }
}

/** The other list that the open one is compared with. */
export interface OtherList {
  readonly head: ListHead
  readonly uses: readonly ColumnUse[]
}

/** The sensitivities, most careful first. */
export const SENSITIVITIES: readonly Sensitivity[] = ['strict', 'balanced', 'wide']

// Rows that one call moves, and marks that one call sets: well within an execution and the longest arguments.
const BATCH_ROWS = 100
const BATCH_CHARS = 300_000
const MARKS_A_CALL = 1_500

/** Pauses before a lost call is made again: 2 s and 4 s, then the person decides. */
const RETRY_MS = [2_000, 4_000]

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A row and what is written beside it. */
interface RowMark {
  readonly row: ListRow
  readonly text: string
}

/** The search was stopped, or another one was begun. */
class Stopped extends Error {}

/** The screen Duplicates: what is on it and what a person can do there. */
export type DuplicatesState = ReturnType<typeof makeDuplicates>

/** Makes the state of the screen Duplicates. Nothing is asked before `open`. */
export function makeDuplicates(call: Call) {
  const stage = signal<DuplicatesStage>({ at: 'loading' })
  const view = signal<DuplicatesView | null>(null)
  const scope = signal<'selected' | 'all'>('all')
  const uses = signal<readonly ColumnUse[]>([])
  const about = signal<List['about']>('contact')
  const sensitivity = signal<Sensitivity>('balanced')
  const rules = signal<{ readonly [column: number]: MergeRule }>({})
  /** The tab that is chosen to be compared with; null: the rows are compared among themselves. */
  const chosen = signal<number | null>(null)
  const other = signal<OtherList | null>(null)
  const found = signal<Found | null>(null)
  const known = signal<Known | null>(null)
  const decisions = signal<ReadonlyMap<string, Decision>>(new Map())
  /** Rows that a person took out of their group, by its key. */
  const out = signal<ReadonlyMap<string, ReadonlySet<number>>>(new Map())
  const problem = signal<ProblemView | null>(null)
  const busy = signal<'reading' | 'marking' | 'finishing' | null>(null)
  const marks = signal<MarksView | null>(null)
  /** True once a screen has followed another: from then on its heading takes the focus. */
  const moved = signal(false)
  const groups = computed(() => found.value?.groups[sensitivity.value] ?? [])
  const ready = computed(() => groups.value.filter(isReady))

  let turn = 0
  let again: () => unknown = open

  function go(next: DuplicatesStage): void {
    moved.value = stage.value.at !== 'loading' || moved.value
    stage.value = next
  }

  function fail(error: unknown, retry: () => unknown): void {
    problem.value = problemView(error)
    again = retry
  }

  /** Reads the columns of the tab that is open. */
  async function open(): Promise<void> {
    turn++
    stage.value = { at: 'loading' }
    await read()
    if (view.value) go({ at: 'setup' })
  }

  async function read(): Promise<void> {
    busy.value = 'reading'
    problem.value = null
    try {
      const before = view.value
      const next = await call('duplicates', {})
      view.value = next
      await compareWith(next.others.find(({ id }) => id === chosen.value)?.id ?? null)
      if (before?.sheet.id === next.sheet.id && before.columns.length === next.columns.length) return
      const guess = guessUses(next.columns)
      uses.value = guess.uses
      about.value = guess.about
      rules.value = {}
      const selected = next.selection.areas.reduce((sum, [, rows]) => sum + rows, 0)
      scope.value = selected > 1 ? 'selected' : 'all'
    } catch (error) {
      fail(error, open)
    } finally {
      busy.value = null
    }
  }

  /** The person came back from the grid: the selection may be another one. */
  async function returned(): Promise<void> {
    if (stage.value.at === 'setup' && busy.value === null) await read()
  }

  /** Chooses the tab to compare with, and reads its columns; null for none. */
  async function compareWith(tab: number | null): Promise<void> {
    const before = chosen.value === tab ? other.value : null
    chosen.value = tab
    other.value = null
    if (tab === null) return
    problem.value = null
    try {
      const head = await call('otherList', tab)
      if (chosen.value !== tab) return
      if (head.problem) throw new Problem(head.problem.message, head.problem.action ?? undefined)
      // What a person corrected stays as long as the columns do.
      const isSame = before !== null && sameHeaders(before.head, headersOf(head))
      other.value = { head, uses: isSame ? before.uses : usesIn(about.value, head.columns) }
    } catch (error) {
      if (chosen.value === tab) fail(error, () => compareWith(tab))
    }
  }

  function correct(column: number, use: ColumnUse): void {
    uses.value = uses.value.map((one, index) => (index === column ? use : one))
  }

  function correctOther(column: number, use: ColumnUse): void {
    if (!other.value) return
    other.value = { ...other.value, uses: other.value.uses.map((one, index) => (index === column ? use : one)) }
  }

  function chooseRule(column: number, rule: MergeRule): void {
    rules.value = { ...rules.value, [column]: rule }
  }

  /** Reads the rows page by page and compares them here, in the browser; nothing in the sheet changes. */
  async function search(): Promise<void> {
    const seen = view.value
    if (!seen) return
    const mine = ++turn
    problem.value = null
    marks.value = null
    const show = (step: SearchStep, done: number) => {
      if (mine !== turn) throw new Stopped()
      if (stage.value.at === 'searching') stage.value = { at: 'searching', step, done }
      else go({ at: 'searching', step, done })
    }
    try {
      show('rows', 0)
      if (other.value) await searchOther(seen, other.value, show)
      else await searchWithin(seen, show)
    } catch (error) {
      if (error instanceof Stopped) return
      fail(error, search)
      go({ at: 'setup' })
    }
  }

  async function searchWithin(seen: DuplicatesView, show: ShowStep): Promise<void> {
    const list = await readRows(call, { sheet: seen.sheet, areas: areasOf(seen) }, (share) => show('rows', share))
    if (list.rows.length < 2)
      throw new Problem('There are fewer than two rows to compare. Choose other rows.', 'select_rows')
    const verified = await call('verifiedCells', seen.sheet.id)
    const kinds = uses.value.map(comparedAs)
    const rows = list.rows.map(([, texts]) => texts)
    const searched = await work(searchList({ about: about.value, kinds, rows }), show)
    const compared = { rows: list.rows, uses: uses.value, blocked: list.blocked, apart: new Set(seen.apart) }
    const at = async (level: Sensitivity) => work(searched.matchesAt(level), show)
    const [strict, balanced, wide] = [await at('strict'), await at('balanced'), await at('wide')]
    found.value = {
      ...list,
      uses: uses.value,
      companions: companionsIn(seen.columns),
      remarks: [...list.remarks, ...remarkOn(balanced.skipped)],
      verified: new Set(verified.map(([row, column]) => `${row}:${column}`)),
      groups: {
        strict: makeGroups(compared, strict.clusters),
        balanced: makeGroups(compared, balanced.clusters),
        wide: makeGroups(compared, wide.clusters),
      },
    }
    decisions.value = new Map()
    out.value = new Map()
    go({ at: 'result' })
  }

  async function searchOther(
    seen: DuplicatesView,
    { head, uses: otherUses }: OtherList,
    show: ShowStep,
  ): Promise<void> {
    const own = await readRows(call, { sheet: seen.sheet, areas: areasOf(seen) }, (share) => show('rows', share / 2))
    const all = [[head.sheet.firstRow, head.sheet.rows] as const]
    const there = await readRows(call, { sheet: head.sheet, areas: all }, (share) => show('rows', (1 + share) / 2))
    if (!sameHeaders(head, there.headers))
      throw new Problem(`The columns of ${head.sheet.name} were changed meanwhile. Start again.`, 'reload')
    if (own.rows.length === 0 || there.rows.length === 0)
      throw new Problem('One of the two lists has no rows to compare. Choose other rows or another tab.', 'select_rows')
    const lists = { own: { ...own, uses: uses.value }, other: { ...there, uses: otherUses } }
    const { links, skipped } = await work(linkLists(joinLists(about.value, lists), own.rows.length), show)
    const at = (level: Sensitivity) =>
      knownRows(
        links.filter(({ shownFrom }) => SENSITIVITIES.indexOf(shownFrom) <= SENSITIVITIES.indexOf(level)),
        [...own.rows, ...there.rows],
      )
    known.value = {
      ...own,
      other: there,
      remarks: [...new Set([...own.remarks, ...there.remarks]), ...remarkOn(skipped)],
      known: { strict: at('strict'), balanced: at('balanced'), wide: at('wide') },
    }
    go({ at: 'known' })
  }

  function areasOf({ sheet, selection }: DuplicatesView): DuplicatesView['selection']['areas'] {
    return scope.value === 'selected' ? selection.areas : [[sheet.firstRow, sheet.rows]]
  }

  /** Leaves a search, or whatever is shown, for the choice of rows. */
  async function back(): Promise<void> {
    turn++
    problem.value = null
    go({ at: 'setup' })
    await read()
  }

  function isReady(group: DuplicateGroup): boolean {
    if (group.isBlocked || rowsOf(group).length < 2) return false
    const decided = decisions.value.get(group.key)
    return decided === undefined ? group.pile === 'sure' : decided === 'merge'
  }

  /** The rows of a group without those that a person took out. */
  function rowsOf({ key, rows }: DuplicateGroup): readonly ListRow[] {
    const left = out.value.get(key)
    return left ? rows.filter(([row]) => !left.has(row)) : rows
  }

  function toggleRow({ key }: DuplicateGroup, row: number): void {
    const rows = new Set(out.value.get(key))
    if (!rows.delete(row)) rows.add(row)
    out.value = new Map([...out.value, [key, rows]])
  }

  function planOf(group: DuplicateGroup): MergePlan | undefined {
    const rows = rowsOf(group)
    if (!found.value || rows.length < 2) return undefined
    return planMerge({ ...found.value, rules: rules.value }, rows)
  }

  /** The groups of a pile at the sensitivity that is chosen. */
  function pileOf(pile: DuplicateGroup['pile']): readonly DuplicateGroup[] {
    return groups.value.filter((group) => group.pile === pile)
  }

  function review(pile: DuplicateGroup['pile']): void {
    const open = pileOf(pile).findIndex(({ key }) => !decisions.value.has(key))
    go({ at: 'review', pile, index: Math.max(0, open) })
  }

  /** Shows another group of the pile; behind the last one comes the result. */
  function turnTo(index: number): void {
    const { value } = stage
    if (value.at !== 'review') return
    if (index >= pileOf(value.pile).length) return go({ at: 'result' })
    stage.value = { ...value, index: Math.max(0, index) }
  }

  function decide(decision: Decision | 'skip'): void {
    const { value } = stage
    if (value.at !== 'review') return
    const group = pileOf(value.pile)[value.index]
    if (group && decision !== 'skip') {
      if (decision === 'merge' && (group.isBlocked || rowsOf(group).length < 2)) return
      decisions.value = new Map([...decisions.value, [group.key, decision]])
      remember(group, decision)
    }
    turnTo(value.index + 1)
  }

  // Of a group that is merged in part, those that were taken out are not the same as those that stay.
  function remember(group: DuplicateGroup, decision: Decision): void {
    const used = found.value?.uses ?? []
    const inside = rowsOf(group)
    const pairs = group.rows.flatMap((a, index) =>
      group.rows.slice(index + 1).flatMap((b) => {
        const isOne = decision === 'merge' && inside.includes(a) === inside.includes(b)
        return isOne ? [] : [pairHash(used, a, b)]
      }),
    )
    if (pairs.length === 0) return
    call('keepApart', pairs.slice(0, 2_000)).catch((error: unknown) => fail(error, () => remember(group, decision)))
  }

  /** Marks the rows of all groups that nobody said are none, or takes the marks away. */
  async function markGroups(what: 'all' | 'none'): Promise<void> {
    const seen = found.value
    if (!seen) return
    const shown = what === 'none' ? [] : groups.value.filter(({ key }) => decisions.value.get(key) !== 'apart')
    const rows = shown.flatMap((group, number) =>
      rowsOf(group).map((row): RowMark => {
        const member = group.members.find((one) => one.row === row[0])!
        return { row, text: markText(number + 1, member) }
      }),
    )
    await setMarks(GROUP_HEADER, seen, rows)
  }

  /** Marks the rows that the other tab holds already, or takes the marks away. */
  async function markKnown(what: 'all' | 'none'): Promise<void> {
    const seen = known.value
    if (!seen) return
    const { name } = seen.other.sheet
    const shown = what === 'none' ? [] : seen.known[sensitivity.value]
    const rows = shown.map((one): RowMark => ({ row: one.own, text: knownText(name, one) }))
    await setMarks(KNOWN_HEADER, seen, rows)
  }

  async function setMarks(header: MarkHeader, seen: Searched, given: readonly RowMark[]): Promise<void> {
    busy.value = 'marking'
    problem.value = null
    try {
      const column = seen.headers.indexOf(header)
      const rows = given
        .map(({ row: [row, texts], text }) => ({ row, print: rowPrint(texts, column), text }))
        .sort((a, b) => a.row - b.row)
      let sum: MarksView = { column: '', marked: 0, blocked: 0 }
      let from = 0
      for (let at = 0; at === 0 || at < rows.length; at += MARKS_A_CALL) {
        const part = rows.slice(at, at + MARKS_A_CALL)
        const to = rows[at + MARKS_A_CALL]?.row ?? seen.sheet.firstRow + seen.sheet.rows
        const ask = { sheet: seen.sheet.id, header, mark: seen.mark, from, to }
        const next = await call('markRows', { ...ask, rows: part.map(({ print, text }) => ({ print, text })) })
        sum = { column: next.column, marked: sum.marked + next.marked, blocked: sum.blocked + next.blocked }
        from = to
      }
      marks.value = sum
    } catch (error) {
      fail(error, () => setMarks(header, seen, given))
    } finally {
      busy.value = null
    }
  }

  /** Merges the groups that are sure or decided, batch by batch. */
  async function merge(): Promise<void> {
    const plans = ready.value.flatMap((group) => planOf(group) ?? [])
    await mergeFrom({ id: newId(), batches: batchesOf(plans), next: 0 })
  }

  async function mergeFrom(given: {
    readonly id: string
    readonly batches: readonly (readonly MergePlan[])[]
    readonly next: number
  }): Promise<void> {
    const seen = found.value
    if (!seen) return
    const { id, batches } = given
    const mine = ++turn
    problem.value = null
    const total = batches.length
    go({ at: 'merging', done: given.next, total })
    let last: MergeView | undefined
    for (let batch = given.next; batch < total; batch++) {
      try {
        const ask = { merge: id, batch, sheet: seen.sheet.id, firstRow: seen.sheet.firstRow, mark: seen.mark }
        last = await insist(() => call('mergeGroups', { ...ask, groups: batches[batch]!.map(({ group }) => group) }))
      } catch (error) {
        fail(error, () => mergeFrom({ ...given, next: batch }))
        return
      }
      // Stop was pressed: what is merged is whole.
      if (mine !== turn) break
      stage.value = { at: 'merging', done: batch + 1, total }
    }
    if (last) go({ at: 'merged', merge: last })
  }

  /** Ends the batch of a merge that was interrupted. */
  async function finish(merge: MergeView): Promise<void> {
    busy.value = 'finishing'
    problem.value = null
    try {
      go({ at: 'merged', merge: await call('finishMerge', merge.id) })
    } catch (error) {
      fail(error, () => finish(merge))
    } finally {
      busy.value = null
    }
  }

  async function insist<T>(ask: () => Promise<T>): Promise<T> {
    for (let lost = 0; ; lost++) {
      try {
        return await ask()
      } catch (error) {
        const wait = error instanceof ConnectionLost ? RETRY_MS[lost] : undefined
        if (wait === undefined) throw error
        await pause(wait)
      }
    }
  }

  /** Lets the batch that is on its way end, and merges no more. */
  function stopMerge(): void {
    turn++
  }

  return {
    stage,
    view,
    scope,
    uses,
    about,
    sensitivity,
    rules,
    chosen,
    other,
    found,
    known,
    groups,
    ready,
    decisions,
    out,
    problem,
    busy,
    marks,
    moved,
    open,
    read,
    returned,
    correct,
    chooseRule,
    search,
    back,
    review,
    turnTo,
    decide,
    toggleRow,
    pileOf,
    planOf,
    rowsOf,
    showResult: () => go({ at: 'result' }),
    compareWith,
    correctOther,
    markGroups,
    markKnown,
    merge,
    stopMerge,
    finish,
    tryAgain: () => again(),
  }
}

function headersOf({ columns }: ListHead): readonly string[] {
  return columns.map(({ header }) => header)
}

function sameHeaders(head: ListHead, headers: readonly string[]): boolean {
  return JSON.stringify(headersOf(head)) === JSON.stringify(headers)
}

function remarkOn(skipped: readonly Skipped[]): readonly string[] {
  const values = skipped.reduce((sum, { blocks }) => sum + blocks, 0)
  if (values === 0) return []
  return [`${values} values that very many rows share were not used to find pairs; other columns were.`]
}

// Groups whose rows lie near each other go together.
function batchesOf(plans: readonly MergePlan[]): readonly (readonly MergePlan[])[] {
  const batches: MergePlan[][] = []
  let [rows, chars] = [BATCH_ROWS, 0]
  for (const plan of plans) {
    const size = JSON.stringify(plan.group).length
    if (rows + plan.group.gone.length > BATCH_ROWS || chars + size > BATCH_CHARS) {
      batches.push([])
      ;[rows, chars] = [0, 0]
    }
    batches[batches.length - 1]!.push(plan)
    rows += plan.group.gone.length
    chars += size
  }
  return batches
}
