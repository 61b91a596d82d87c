import type { z } from 'zod'
import type { VendorRequest } from './contract'

/** What a body turned out to be: what the vendor takes, or why it does not take it. */
export type ReadBody<T> = { readonly value: T } | { readonly fault: string }

/** Reads a body that must say it is JSON, be JSON and have exactly the shape. */
export function readJson<T>({ headers, body }: VendorRequest, shape: z.ZodType<T>): ReadBody<T> {
  if (!/^application\/json\s*(;.*)?$/i.test(headers['content-type'] ?? ''))
    return { fault: 'The content type must be application/json' }
  const parsed = parse(body)
  if (parsed === undefined) return { fault: 'The body is not JSON' }
  const read = shape.safeParse(parsed)
  if (read.success) return { value: read.data }
  const [issue] = read.error.issues
  return { fault: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'wrong'}` }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
