import { signal } from '@preact/signals'
import type { Repeats, RunRequest } from '../src/app/api-types'
import { hashText } from '../src/domain/hash'
import type { Receipt } from '../src/domain/receipt'
import { GROUP_HEADER, rowPrint } from '../src/domain/row-print'
import { searchList } from '../src/matching/match'
import type { Call } from './call'
import { problemView } from './connection'
import { comparedAs, guessUses } from './duplicate-columns'
import type { DuplicateGroup } from './duplicate-groups'
import { makeGroups } from './duplicate-groups'
import type { Searched } from './list-search'
import { readRows, work } from './list-search'

/** What is known about rows of a receipt that are looked up one by one although they are the same contact or company. */
export type RepeatsFound =
  | { readonly at: 'none' }
  /** A long list is searched when somebody asks for it. */
  | { readonly at: 'offered'; readonly problem: string | null }
  | { readonly at: 'searching' }
  | { readonly at: 'nothing' }
  | {
      readonly at: 'found'
      readonly repeats: Repeats
      /** Groups beyond what a receipt takes: their rows are looked up one by one. */
      readonly left: number
      readonly groups: readonly DuplicateGroup[]
      /** What it costs to look up all, and one of each. */
      readonly all: Receipt
      readonly once: Receipt
      readonly chosen: 'all' | 'once'
    }

type Proposal = Extract<RepeatsFound, { readonly at: 'found' }>

/** Rows that are read and compared without being asked: one page, well under a second of the browser's time. */
const FEW_ROWS = 2_000

// As many as a receipt takes (app/arguments.ts).
const MOST_CHARS = 200_000

/** Makes the state of the proposal; nothing is asked before `offer`. */
export function makeRepeats(call: Call, requestOf: () => RunRequest) {
  const found = signal<RepeatsFound>({ at: 'none' })
  let turn = 0

  /** Proposes for a receipt: a short list is searched at once, a long one when somebody asks for it. */
  function offer(receipt: Receipt, rows: number): void {
    forget()
    const { training, rest, addresses, credits } = receipt
    if (training || rest > 0 || addresses || credits.worst === 0 || lookups(receipt) < 2) return
    found.value = { at: 'offered', problem: null }
    // Whoever asked for nothing is not told what went wrong: the button stays.
    if (rows <= FEW_ROWS) void search(receipt, () => null)
  }

  function forget(): void {
    turn++
    found.value = { at: 'none' }
  }

  /** Searches because a person asked for it. */
  function look(receipt: Receipt): Promise<void> {
    return search(receipt, (error) => problemView(error).message)
  }

  async function search(all: Receipt, wordsOf: (error: unknown) => string | null): Promise<void> {
    const mine = ++turn
    const request = requestOf()
    found.value = { at: 'searching' }
    const next = await lookFor(all, request).catch((error: unknown): RepeatsFound => {
      return { at: 'offered', problem: wordsOf(error) }
    })
    if (mine === turn) found.value = next
  }

  // Rows are compared here, in the browser; then the server says what it costs to look up one of each.
  async function lookFor(all: Receipt, request: RunRequest): Promise<RepeatsFound> {
    const view = await call('duplicates', request.mapping)
    const { sheet, selection, columns, apart } = view
    // A run can be about another tab than the one that is open.
    if (view.problem || sheet.name !== all.sheetName) return { at: 'none' }
    const whole = [[sheet.firstRow, sheet.rows] as const]
    const list = await readRows(
      call,
      { sheet, areas: request.scope === 'selected' ? selection.areas : whole },
      () => undefined,
    )
    const { uses, about } = guessUses(columns)
    const texts = list.rows.map(([, own]) => own)
    const searched = await work(searchList({ about, kinds: uses.map(comparedAs), rows: texts }), () => undefined)
    const { clusters } = await work(searched.matchesAt('balanced'), () => undefined)
    const compared = { rows: list.rows, uses, blocked: list.blocked, apart: new Set(apart) }
    const sure = makeGroups(compared, clusters).filter(({ pile }) => pile === 'sure')
    const groups = asManyAsFit(sure)
    if (groups.length === 0) return { at: 'nothing' }
    const repeats = asRepeats(groups, list)
    const once = await call('compareReceipt', { ...request, repeats })
    if (lookups(once) >= lookups(all)) return { at: 'nothing' }
    return { at: 'found', repeats, left: sure.length - groups.length, groups, all, once, chosen: 'all' }
  }

  /** What is proposed, if somebody chose to look up one and copy. */
  function takenUp(): Proposal | undefined {
    const { value } = found
    return value.at === 'found' && value.chosen === 'once' ? value : undefined
  }

  return { found, offer, forget, look, takenUp }
}

/** Rows about which somebody would be asked. */
export function lookups({ rows }: Receipt): number {
  return rows.chargeable + rows.free
}

function textOf(groups: readonly DuplicateGroup[]): string {
  return groups.map(({ rows }) => rows.map(([row]) => row).join(',')).join(';')
}

function asManyAsFit(groups: readonly DuplicateGroup[]): readonly DuplicateGroup[] {
  let chars = 0
  return groups.filter((group) => (chars += textOf([group]).length + 1) <= MOST_CHARS)
}

function asRepeats(groups: readonly DuplicateGroup[], { headers }: Pick<Searched, 'headers'>): Repeats {
  const marks = headers.indexOf(GROUP_HEADER)
  const prints = groups.flatMap(({ rows }) => rows.map(([, texts]) => rowPrint(texts, marks)))
  return { groups: textOf(groups), print: hashText(prints.join(' ')) }
}
