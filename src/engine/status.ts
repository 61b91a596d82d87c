import type { Outcome, Verdict } from '../domain/outcome'
import { refusal } from '../domain/outcome'
import type { HttpResponse, Provider, RemoteOperation } from '../domain/provider'

/** What a status code alone says; undefined means that the body must be read. The first correction that knows it counts. */
export function verdictOf(
  status: number,
  ...corrections: readonly Pick<Provider, 'statuses'>[]
): Exclude<Verdict, 'read'> | undefined {
  const corrected = corrections.map(({ statuses }) => statuses?.[status]).find((verdict) => verdict !== undefined)
  if (corrected) return corrected === 'read' ? undefined : corrected
  if (status >= 200 && status < 300) return undefined
  switch (status) {
    case 404:
    case 410:
      return 'not_found'
    case 401:
    case 403:
      return 'refused_credentials'
    case 402:
      return 'refused_credits'
    case 400:
    case 422:
      return 'refused_input'
    case 429:
      return 'throttled'
    case 451:
      return 'objected'
    default:
      return 'unavailable'
  }
}

/** A verdict as an outcome, in words that name the vendor and the next step. */
export function outcomeOf(verdict: Exclude<Verdict, 'read'>, response: HttpResponse, provider: Provider): Outcome {
  switch (verdict) {
    case 'not_found':
      return { kind: 'not_found' }
    case 'pending':
      return { kind: 'pending' }
    case 'objected':
      return { kind: 'objected' }
    case 'throttled': {
      const wait = retryAfterMs(response)
      return wait === undefined ? { kind: 'throttled' } : { kind: 'throttled', retryAfterMs: wait }
    }
    case 'unavailable':
      return { kind: 'unavailable', reason: response.status === 0 ? 'no answer' : `status ${response.status}` }
    case 'refused_credentials':
      return refusal(provider.name, 'credentials')
    case 'refused_credits':
      return refusal(provider.name, 'credits')
    case 'refused_input':
      return refusal(provider.name, 'input')
  }
}

const LONGEST_REST_MS = 3_600_000

/**
 * `Retry-After` in milliseconds, from seconds or from an HTTP date against the `Date` of the same reply; undefined when
 * it is absent or unreadable. Capped at one hour.
 */
export function retryAfterMs({ headers }: HttpResponse): number | undefined {
  const text = (headers['retry-after'] ?? '').trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_REST_MS)
  if (!/ GMT$/.test(text)) return undefined
  const wait = Date.parse(text) - Date.parse(headers['date'] ?? '')
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), LONGEST_REST_MS)
}

/** A vendor's body as its operation reads it: as JSON, which throws when it is none, or as text. */
export function parseBody(text: string, { reads }: Pick<RemoteOperation, 'reads'>): unknown {
  return reads === 'text' ? text : (JSON.parse(text) as unknown)
}
