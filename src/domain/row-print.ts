import { hashText } from './hash'

/** The header of the column in which duplicates are marked. */
export const GROUP_HEADER = 'Duplicate group'

/** The header of the column that tells which rows another tab holds already. */
export const KNOWN_HEADER = 'Already in another tab'

/** The columns in which a search leaves its marks. */
export const MARK_HEADERS = [GROUP_HEADER, KNOWN_HEADER] as const

/** The header of a column of marks. */
export type MarkHeader = (typeof MARK_HEADERS)[number]

/** The columns that a merge adds for values that the surviving row had no place for. */
export const OTHER_HEADERS = ['Other emails', 'Other phones'] as const

/** Where a row stood when it was read, and what tells whether it is still the same. */
export interface RowRef {
  readonly row: number
  readonly print: string
}

/** Equal for rows of equal texts; `group` is the column of marks, which says nothing about a row. */
export function rowPrint(texts: readonly string[], group: number): string {
  return hashText(rowText(texts, group)).slice(0, 16)
}

/** What `rowPrint` is the hash of: cheaper where nothing is kept. */
export function rowText(texts: readonly string[], group: number): string {
  const own = texts.map((text, column) => (column === group ? '' : text))
  while (own.length > 0 && own[own.length - 1] === '') own.pop()
  return JSON.stringify(own)
}

/** Names the columns of a list: it changes when somebody renames, moves or removes one. */
export function headersPrint(headers: readonly string[]): string {
  const ours: readonly string[] = [...MARK_HEADERS, ...OTHER_HEADERS]
  return rowPrint(
    headers.filter((header) => !ours.includes(header)),
    -1,
  )
}

/** Names the columns of a list by their places, those with marks as nameless ones: it changes when another one moves. */
export function placesPrint(headers: readonly string[]): string {
  const marks: readonly string[] = MARK_HEADERS
  return rowPrint(
    headers.map((header) => (marks.includes(header) ? '' : header)),
    -1,
  )
}
