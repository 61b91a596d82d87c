import type { Environment } from './environment'
import type { Values } from './finding'
import type { LookupKey, LookupKind } from './lookup-key'
import { lookupKeyHash } from './lookup-key'

/** Names one question for good: environment, provider, operation and lookup key (safety S3). It is asked once. */
export type QuestionId = string

/** The id of a question; it holds no personal data beyond a hash. */
export function questionId(
  place: { readonly environment: Environment; readonly provider: string; readonly operation: string },
  kind: LookupKind,
  key: LookupKey,
): QuestionId {
  return [place.environment, place.provider, place.operation, lookupKeyHash(kind, key)].join('/')
}

/** Where a question is asked: `environment/provider/operation`. */
export function placeOfQuestion(question: QuestionId): string {
  return question.split('/').slice(0, 3).join('/')
}

/** What a vendor gave for a question that it works on: the answer is collected with it, and nothing is paid again. */
export interface Ticket {
  readonly id: string
  /** The run whose budget holds the price until the answer is collected. */
  readonly run: string
}

/** An answer to a question, as the results store keeps it; final unless it is `pending`. */
export interface Answer {
  readonly question: QuestionId
  /** When it arrived, milliseconds since 1970. */
  readonly at: number
  /**
   * `maybe_charged` stands for a request whose answer was lost: it may have been paid (safety S1); `pending` for one that
   * the vendor works on, with its ticket and the most that it will cost.
   */
  readonly outcome: 'found' | 'not_found' | 'objected' | 'refused' | 'unavailable' | 'maybe_charged' | 'pending'
  readonly credits: number
  /** Of a pending answer alone. */
  readonly ticket?: Ticket
  readonly values?: Values
  /** When its values arrived, of a `maybe_charged` answer alone: it keeps what an earlier one found. */
  readonly foundAt?: number
}

/** A miss is remembered for 30 days (safety S3). */
export const MISS_FRESH_MS = 30 * 24 * 3600 * 1000

/**
 * Whether an answer still counts, so that its question is not asked again. What was found counts until it is older than
 * `refreshMs`, where a person wants it newer (safety S3).
 */
export function isFresh(answer: Answer, now: number, refreshMs = Infinity): boolean {
  switch (answer.outcome) {
    case 'found':
      return now - answer.at < refreshMs
    case 'objected':
    case 'maybe_charged':
    case 'pending':
      return true
    case 'not_found':
      return now - answer.at < MISS_FRESH_MS
    case 'refused':
    case 'unavailable':
      return false
  }
}

/**
 * A stored answer as it counts for who began at `since`; undefined when it is stale. Of one that was lost before, what an
 * earlier answer found counts where nobody wants it newer.
 */
export function recalled(
  answer: Answer,
  { now, since, refreshMs = Infinity }: { readonly now: number; readonly since: number; readonly refreshMs?: number },
): Answer | undefined {
  if (!isFresh(answer, now, refreshMs)) return undefined
  const { foundAt, values, ...lost } = answer
  if (foundAt === undefined || !values) return answer
  return refreshMs === Infinity && answer.at < since ? { ...lost, values, outcome: 'found', at: foundAt } : lost
}

/** An answer on record over the one that stood there: a request that was lost takes nothing away that was found before. */
export function overEarlier(answer: Answer, stood: Answer | undefined): Answer {
  if (answer.outcome !== 'maybe_charged' || answer.values || !stood?.values) return answer
  return { ...answer, values: stood.values, foundAt: stood.foundAt ?? stood.at }
}
