import type { DuplicatesView, ListHead, ListPage, ListRow } from '../src/app/api-types'
import { Problem } from '../src/domain/problem'
import type { Progress } from '../src/matching/match'
import type { Call } from './call'

/** What the search is at: rows are read from the sheet first. */
export type SearchStep = 'rows' | Progress['stage']

/** Shows how far a step is; throws when the search was stopped. */
export type ShowStep = (step: SearchStep, done: number) => void

/** A list that was searched, as it was read then. */
export interface Searched {
  readonly sheet: ListHead['sheet']
  readonly headers: readonly string[]
  readonly mark: string
  readonly rows: readonly ListRow[]
  readonly hidden: number
  readonly remarks: readonly string[]
}

// How long the search works between two drawings: the page answers a press of Stop at once.
const WORK_MS = 40

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Reads the rows of some areas of a list page by page. Throws a Problem when its columns change meanwhile. */
export async function readRows(
  call: Call,
  { sheet, areas }: { readonly sheet: ListHead['sheet']; readonly areas: DuplicatesView['selection']['areas'] },
  show: (share: number) => void,
): Promise<Searched & { readonly blocked: ReadonlySet<number> }> {
  const { id, firstRow, rows: total } = sheet
  const last = Math.min(firstRow + total, Math.max(...areas.map(([row, rows]) => row + rows)))
  const isWanted = (row: number) => areas.some(([first, count]) => row >= first && row < first + count)
  const list: ListRow[] = []
  const blocked = new Set<number>()
  const remarks = new Set<string>()
  let hidden = 0
  let page: ListPage | undefined
  let from: number | null = Math.max(firstRow, Math.min(...areas.map(([row]) => row)))
  while (from !== null && from < last) {
    const next: ListPage = await call('listRows', { sheet: id, firstRow, from })
    if (page && page.mark !== next.mark)
      throw new Problem('Somebody changed the columns meanwhile. Start again.', 'reload')
    page = next
    for (const row of next.rows) if (isWanted(row[0])) list.push(row)
    for (const row of next.blocked) blocked.add(row)
    if (next.remark) remarks.add(next.remark)
    hidden += next.hidden
    from = next.next
    show(from === null ? 1 : (from - firstRow) / total)
  }
  const [headers, mark] = [page?.headers ?? [], page?.mark ?? '']
  return { sheet, rows: list, blocked, hidden, remarks: [...remarks], headers, mark }
}

/** Works through steps of some milliseconds, and lets the page draw in between. */
export async function work<T>(steps: Generator<Progress, T>, show: ShowStep): Promise<T> {
  let since = Date.now()
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
    if (Date.now() - since < WORK_MS) continue
    show(next.value.stage, next.value.done)
    await pause(0)
    since = Date.now()
  }
}
