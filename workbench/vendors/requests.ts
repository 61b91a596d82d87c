import type { z } from 'zod'
import type { VendorRequest } from './contract'

/** A JSON object as it came. */
export type JsonObject = { readonly [name: string]: unknown }

/** What a body turned out to be: what the vendor takes, or why it does not take it. */
export type ReadBody<T> = { readonly value: T } | { readonly fault: string }

/** Reads a body that must say it is JSON, be JSON and have exactly the shape. */
export function readJson<T>(request: VendorRequest, shape: z.ZodType<T>): ReadBody<T> {
  if (!saysJson(request)) return { fault: 'The content type must be application/json' }
  const parsed = parse(request.body)
  if (parsed === undefined) return { fault: 'The body is not JSON' }
  const read = shape.safeParse(parsed)
  if (read.success) return { value: read.data }
  const [issue] = read.error.issues
  return { fault: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'wrong'}` }
}

/** The JSON object in a body that says it is JSON; undefined for any other body. */
export function readJsonObject(request: VendorRequest): JsonObject | undefined {
  const parsed = saysJson(request) ? parse(request.body) : undefined
  return isObject(parsed) ? parsed : undefined
}

/** Whether the content type is that of JSON. */
export function saysJson({ headers }: VendorRequest): boolean {
  return /^application\/json\s*(;.*)?$/i.test(headers['content-type'] ?? '')
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
