import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Mapping } from './mapping'

/** Where a wanted field is written; zero-based. `isNew` columns do not exist yet. */
export type Target = { readonly column: number; readonly isNew: boolean }

/** Where each wanted field goes, and the headers of the columns to insert after a zero-based column (-1: at the front). */
export type Placement = {
  readonly targets: { readonly [F in Field]?: Target }
  readonly newHeaders: { readonly after: number; readonly headers: readonly string[] } | undefined
}

/** What placing needs to know. `usedColumns` is the number of columns that hold content. */
export type Placing = {
  readonly headers: readonly string[]
  readonly mapping: Mapping
  readonly wanted: readonly Field[]
  readonly usedColumns: number
}

/**
 * A wanted field goes to its mapped column, else to an unmapped column that has its label as header, else to a new
 * column directly right of the data, never over anything.
 */
export function placeColumns({ headers, mapping, wanted, usedColumns }: Placing): Placement {
  const taken = new Set(Object.values(mapping))
  const end = Math.max(usedColumns, lastFilled(headers) + 1, ...[...taken].map((column) => column + 1))
  const targets: { [F in Field]?: Target } = {}
  const added: string[] = []
  for (const field of wanted) {
    if (targets[field]) continue
    const { label } = fieldInfo(field)
    const existing =
      mapping[field] ?? findIndex(headers, (header, column) => header.trim() === label && !taken.has(column))
    if (existing !== undefined) {
      targets[field] = { column: existing, isNew: false }
      continue
    }
    targets[field] = { column: end + added.length, isNew: true }
    added.push(label)
  }
  return { targets, newHeaders: added.length > 0 ? { after: end - 1, headers: added } : undefined }
}

function lastFilled(headers: readonly string[]): number {
  let last = -1
  headers.forEach((header, column) => {
    if (header.trim() !== '') last = column
  })
  return last
}

function findIndex(texts: readonly string[], test: (text: string, index: number) => boolean): number | undefined {
  const index = texts.findIndex(test)
  return index < 0 ? undefined : index
}
