import type { VendorRequest } from './contract'

/** A JSON object as it came. */
export type JsonObject = { readonly [name: string]: unknown }

/** The JSON object in a body that says it is JSON; undefined for any other body. */
export function jsonObject({ headers, body }: VendorRequest): JsonObject | undefined {
  if (!/^application\/json(;|$)/i.test(headers['content-type'] ?? '')) return undefined
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a value is an object and no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first name that is not allowed or stands there twice, or undefined. */
export function strangeParameter(query: URLSearchParams, allowed: readonly string[]): string | undefined {
  return [...new Set(query.keys())].find((name) => !allowed.includes(name) || query.getAll(name).length > 1)
}

/** The first name of an object that is not allowed, or undefined. */
export function strangeField(object: JsonObject, allowed: readonly string[]): string | undefined {
  return Object.keys(object).find((name) => !allowed.includes(name))
}

/** Remembers when each caller asked. */
export interface Arrivals {
  /** Notes a call, also one that will be refused, and gives the times of the caller's calls in the window that ends with it. */
  note(caller: string, at: number, windowMs: number): readonly number[]
  clear(): void
}

/** Starts without any call. */
export function createArrivals(): Arrivals {
  const seen = new Map<string, number[]>()
  return {
    note(caller, at, windowMs) {
      const times = (seen.get(caller) ?? []).filter((time) => time > at - windowMs)
      times.push(at)
      seen.set(caller, times)
      return times
    },
    clear: () => seen.clear(),
  }
}
