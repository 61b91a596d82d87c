import type { VendorCall } from '../vendors/contract'
import type { Enriched } from './enrich-list'
import type { WireReceipt } from './wire'
import { count } from './progress'

/** The end of a run in tables: what became of each field, and what each vendor was asked. */
export function summarize({ receipt, run, books }: Enriched): string {
  const fields = run.fields.map(({ label, written, notFound, leftAlone }) => [
    label,
    count(written),
    count(notFound),
    leftAlone.map(({ why, count: rows }) => `${why.replace(/\.$/, '')} (${count(rows)})`).join(', '),
  ])
  const vendors = countQuestions(books).map(({ host, operation, calls, questions, credits }) => [
    `${host} ${operation}`,
    count(calls),
    count(questions),
    count(credits),
  ])
  const { spent, maybe } = run.credits
  return [
    formatTable([['Field', 'written', 'not found', 'left alone'], ...fields]),
    '',
    ...(vendors.length > 0 ? [formatTable([['Asked', 'calls', 'questions', 'credits'], ...vendors]), ''] : []),
    ...leftOut(receipt),
    `${count(run.cellsWritten)} cells written in ${count(run.rows.done)} of ${count(run.rows.total)} rows. Credits: ${count(spent)} spent, ${count(maybe)} perhaps.`,
  ].join('\n')
}

/** Rows of the list that were not worked on, by reason; no line when there are none. */
function leftOut({ rows, invalidReasons }: WireReceipt): readonly string[] {
  const why = invalidReasons.map(({ reason, rows: some }) => `${count(some)} ${reason}`).join(', ')
  const reasons = [
    [rows.filled, 'with nothing that can be filled'],
    [rows.invalid, `without enough to look them up${why && ` (${why})`}`],
    [rows.suppressed, 'on the never-look-up list'],
    [rows.hidden, 'hidden'],
    [rows.empty, 'empty'],
  ] as const
  const parts = reasons.flatMap(([some, words]) => (some > 0 ? [`${count(some)} ${words}`] : []))
  return parts.length > 0 ? [`Left out of ${count(rows.selected)} rows: ${parts.join(', ')}.`] : []
}

/** What one operation of a vendor was asked, by the vendor's own books. */
export interface Asked {
  readonly host: string
  readonly operation: string
  readonly calls: number
  /** Distinct questions. */
  readonly questions: number
  readonly credits: number
}

/** Counts calls, distinct questions and credits for each vendor operation. */
export function countQuestions(books: readonly VendorCall[]): readonly Asked[] {
  const groups = new Map<string, VendorCall[]>()
  for (const call of books) {
    const key = `${call.host} ${call.operation}`
    const group = groups.get(key)
    if (group) group.push(call)
    else groups.set(key, [call])
  }
  return [...groups.values()].map((calls) => ({
    host: calls[0]!.host,
    operation: calls[0]!.operation,
    calls: calls.length,
    questions: new Set(calls.flatMap(({ questions: asked }) => asked)).size,
    credits: calls.reduce((sum, { credits }) => sum + credits, 0),
  }))
}

/** Rows as a table: the first column to the left, figures to the right, the last as it comes. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => (/^[\d,]*$/.test(text) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}
