import type { Field } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import { STATUSES } from '../domain/finding'

/** The header of the column that says what became of each row. */
export const STATUS_HEADER = 'Enrich status'

/** What became of a row of a run, all its fields together: the only words of the status column. */
export const ROW_WORDS = [
  'Filled',
  'Partly filled',
  'Not found',
  'To review',
  'Left as it was',
  'Failed',
  'Never look up',
  'Not asked yet',
] as const

/** What became of a row, in a word of the status column. */
export type RowWord = (typeof ROW_WORDS)[number]

/** What stands beside a value that was found: who said it, how sure they are, what a check said, and the day. */
export const ASPECTS = ['source', 'confidence', 'check', 'date'] as const

/** A companion column of a field. */
export type Aspect = (typeof ASPECTS)[number]

/** The header of a companion column, as `Email (source)`; that of better values is `Email (found)`. */
export function companionHeader(field: Field, aspect: Aspect | 'found'): string {
  return `${fieldInfo(field).label} (${aspect})`
}

/** Whether a column stands beside the list to tell about it: nobody is looked up by it. */
export function isCompanion(header: string): boolean {
  return header === STATUS_HEADER || companions().has(header)
}

let known: ReadonlySet<string> | undefined

function companions(): ReadonlySet<string> {
  return (known ??= new Set(
    FIELD_NAMES.flatMap((field) => [...ASPECTS, 'found' as const].map((aspect) => companionHeader(field, aspect))),
  ))
}

/**
 * Whether a text is one that we write into such a column: it may be replaced like an empty cell, and a person's own word
 * may not. `sources` are the names of all vendors.
 */
export function isOurWord(of: Aspect | 'status', text: string, sources: ReadonlySet<string>): boolean {
  switch (of) {
    case 'status':
      return (ROW_WORDS as readonly string[]).includes(text)
    case 'source':
      return sources.has(text)
    case 'confidence':
      return /^\d{1,3} %$/.test(text)
    case 'check':
      return (STATUSES as readonly string[]).includes(text)
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text)
  }
}
