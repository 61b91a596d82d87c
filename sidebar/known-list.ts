import type { ListRow } from '../src/app/api-types'
import type { Link } from '../src/matching/link'
import type { List } from '../src/matching/list'
import type { ColumnUse } from './duplicate-columns'
import { comparedAs } from './duplicate-columns'

/** A list with its columns as they are compared. */
export interface UsedList {
  readonly headers: readonly string[]
  readonly uses: readonly ColumnUse[]
  readonly rows: readonly ListRow[]
}

/** A row that another tab holds already. */
export interface KnownRow {
  readonly own: ListRow
  readonly pile: Link['pile']
  /** The row there that it is likest to. */
  readonly there: ListRow
  readonly why: string
}

/**
 * Two lists as one: the own rows first, then those of the other list, whose values stand in the columns of the same use.
 * Values that the own list has no column for come into columns behind it.
 */
export function joinLists(
  about: List['about'],
  { own, other }: { readonly own: UsedList; readonly other: UsedList },
): List {
  const width = own.uses.length
  const kinds = own.uses.map(comparedAs)
  const taken = new Set<number>()
  const places = other.uses.map((use, column) => {
    const kind = comparedAs(use)
    if (kind === 'other') return undefined
    // Other details say something about each other only where they are called the same.
    const isOne = (at: number) => kind !== 'text' || own.headers[at] === other.headers[column]
    const found = kinds.findIndex((one, at) => one === kind && !taken.has(at) && isOne(at))
    const place = found < 0 ? kinds.push(kind) - 1 : found
    taken.add(place)
    return place
  })
  const moved = other.rows.map(([, texts]) => {
    const row = kinds.map(() => '')
    for (const [column, place] of places.entries()) if (place !== undefined) row[place] = texts[column] ?? ''
    return row
  })
  return { about, kinds, rows: [...own.rows.map(([, texts]) => texts.slice(0, width)), ...moved] }
}

/** The rows that were found in the other list; `rows` are those of both, as they were joined. */
export function knownRows(links: readonly Link[], rows: readonly ListRow[]): readonly KnownRow[] {
  return links.map(({ row, like, pile, why }) => ({ own: rows[row]!, there: rows[like]!, pile, why }))
}

/** A line for the column of marks: "Already in Customers: row 7 (same email)". */
export function knownText(tab: string, { pile, there, why }: KnownRow): string {
  return `${pile === 'sure' ? 'Already' : 'Maybe'} in ${tab}: row ${there[0] + 1} (${why})`.slice(0, 300)
}
