import type { NoticeRow } from '../src/app/api-types'
import type { Basis, Ground } from '../src/domain/basis'
import { day, listed } from './words'

/** When somebody is to be told at the latest: a month after their data were obtained (GDPR Art. 14(3)(a)). */
export function dueAt({ at }: Pick<NoticeRow, 'at'>): number {
  const due = new Date(at)
  const month = due.getMonth()
  due.setMonth(month + 1)
  // 31 January and a month is the last day of February.
  if (due.getMonth() > (month + 1) % 12) due.setDate(0)
  return due.getTime()
}

/** How soon somebody is to be told. */
export type Due = 'late' | 'soon' | 'later'

const SOON_MS = 7 * 24 * 3600 * 1000

/** Whether the day is over, within a week, or later. */
export function dueOf(row: NoticeRow, now: number): Due {
  const left = dueAt(row) - now
  if (left < 0) return 'late'
  return left <= SOON_MS ? 'soon' : 'later'
}

/** What goes into the first message to the people of some rows, from the facts (GDPR Art. 14). */
export function noticeText(facts: {
  readonly controller: string
  readonly basis: Basis | null
  readonly rows: readonly NoticeRow[]
  readonly days: number
}): string {
  const { controller, basis, rows, days } = facts
  const vendors = [...new Set(rows.flatMap((row) => row.vendors))]
  const times = rows.map(({ at }) => day(at))
  const [first = '…'] = times
  const last = times[times.length - 1] ?? first
  return [
    `Where we have your data from: ${vendors.length > 0 ? listed(vendors) : '[your source]'} gave us your business contact details ${first === last ? `on ${first}` : `between ${first} and ${last}`}.`,
    `Who is responsible: ${controller.trim() || '[your company, address, email]'}.`,
    `What for and on which ground: ${basis ? basisWords(basis) : '[your purpose and ground: set them on the screen Privacy]'}.`,
    `How long: at most ${days} days in our records, unless we stay in touch.`,
    'Your rights: you may ask us for a copy, for correction or erasure, and you may object at any time; just answer this message. You may also complain to your data protection authority.',
  ].join('\n\n')
}

// GDPR Art. 6(1).
const ARTICLES: { readonly [G in Ground]: string } = {
  consent: 'your consent, Art. 6(1)(a) GDPR',
  contract: 'a contract with you or steps towards one, Art. 6(1)(b) GDPR',
  legal_obligation: 'a legal obligation of ours, Art. 6(1)(c) GDPR',
  legitimate_interest: 'our legitimate interest, Art. 6(1)(f) GDPR',
}

/** Purposes, ground and note of a file as one sentence without its end. */
export function basisWords({ purposes, ground, note }: Basis): string {
  return `${listed(purposes)}; ${ARTICLES[ground]}${note === '' ? '' : `: ${note.replace(/[.\s]+$/, '')}`}`
}
