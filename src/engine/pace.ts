import type { Pace } from '../domain/job'
import type { HttpResponse } from '../domain/provider'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

// A reset beyond this is a moment since 1970 in seconds, not a time from now.
const MOST_SECONDS = 366 * 24 * 3_600

// Headers that name their own window (providers.md B2 and B10: Apollo and Lusha).
const OF_WINDOW: readonly (readonly [header: string, window: number])[] = [
  ['x-minute-requests-left', MINUTE],
  ['x-hourly-requests-left', HOUR],
  ['x-24-hour-requests-left', DAY],
  ['x-daily-requests-left', DAY],
]

/**
 * What the headers of a reply say about calls left: `RateLimit` and its parts (IETF draft), `X-RateLimit-*`, and headers
 * that name their window. The tightest one counts; undefined when nothing readable is said.
 */
export function paceOf({ headers }: HttpResponse, at: number): Pace | undefined {
  const paces: Pace[] = []
  const add = (left: number | undefined, wait: number | undefined): void => {
    if (left !== undefined && wait !== undefined && wait > 0) paces.push({ left, at, until: at + wait })
  }
  for (const [header, window] of OF_WINDOW) add(count(headers[header]), window)
  const combined = headers['ratelimit'] ?? ''
  add(count(/\b(?:remaining|r)=(\d+)/.exec(combined)?.[1]), seconds(/\b(?:reset|t)=(\d+)/.exec(combined)?.[1], at))
  for (const name of ['ratelimit', 'x-ratelimit', 'x-rate-limit']) {
    const said = headers[`${name}-remaining`]
    add(count(said), seconds(headers[`${name}-reset`], at) ?? MINUTE)
    // A dictionary by window, with single quotes (providers.md B3).
    add(count(/minute['"]?\s*:\s*(\d+)/.exec(said ?? '')?.[1]), MINUTE)
    add(count(/day['"]?\s*:\s*(\d+)/.exec(said ?? '')?.[1]), DAY)
  }
  return paces.sort((a, b) => a.left - b.left || b.until - a.until)[0]
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) : undefined
}

function seconds(text: string | undefined, now: number): number | undefined {
  if (text === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined
  const value = Number(text)
  return value > MOST_SECONDS ? value * SECOND - now : value * SECOND
}
