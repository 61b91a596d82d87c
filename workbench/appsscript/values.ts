/** An argument that the client side of google.script.run refuses. */
export class IllegalValue extends Error {
  override readonly name = 'Error'
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  // Objects of another realm (Jest's) have another Object.prototype; theirs has no prototype either.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * Arguments as `google.script.run` sends them (platform.md section 6); throws IllegalValue with the browser's texts
 * for dates, functions and circles. `undefined` becomes null.
 */
export function clientArguments(args: readonly unknown[]): readonly unknown[] {
  const send = (value: unknown, name: string, above: ReadonlySet<unknown>): unknown => {
    if (value === null || value === undefined) return null
    if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value !== 'object') throw new IllegalValue(`Failed due to illegal value in property: ${name}`)
    if (above.has(value)) throw new IllegalValue('Failed due to circular reference.')
    const inner = new Set(above).add(value)
    if (Array.isArray(value)) return value.map((one, at) => send(one, String(at), inner))
    if (!isPlain(value)) throw new IllegalValue(`Failed due to illegal value in property: ${name}`)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, send(one, key, inner)]))
  }
  return args.map((arg, at) => send(arg, String(at), new Set()))
}

/** Any argument for the realm: dates and undefined keep their kind. */
export function realmArgument(value: unknown): unknown {
  if (value === undefined) return { $: 'undefined' }
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'NaN' }
  if (typeof value !== 'object' || value === null) return value
  if (Object.prototype.toString.call(value) === '[object Date]') return { $: 'Date', t: (value as Date).getTime() }
  if (Array.isArray(value)) return value.map(realmArgument)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, realmArgument(one)]))
}

/** A value that came out of a realm. */
export function fromRealm(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(fromRealm)
  const { $: kind, t } = value as { readonly $?: string; readonly t?: number }
  if (kind === 'Date') return new Date(t ?? NaN)
  if (kind === 'NaN') return NaN
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fromRealm(one)]))
}

/** 50,000 characters a cell (platform.md section 1). */
const CELL_CHARACTERS = 50_000

function cellResult(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') {
    if (value.length > CELL_CHARACTERS)
      throw new Error(`Text result is longer than the limit of ${String(CELL_CHARACTERS)} characters.`)
    return value
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value
  const { $: kind, t } = value as { readonly $?: string; readonly t?: number }
  if (kind === 'NaN') return '#NUM!'
  if (kind === 'Date') return new Date(t ?? NaN)
  throw new Error('The result of a custom function must be a value or a two-dimensional array of values.')
}

/**
 * What a cell can show of a custom function's result: a scalar or a rectangular 2-D array. Throws for rows of unequal
 * length, one-dimensional or empty arrays and objects, which Google takes in ways that nobody should rely on.
 */
export function formulaResult(value: unknown): unknown {
  if (!Array.isArray(value)) return cellResult(value)
  const rows = value as readonly unknown[]
  const isGrid = rows.length > 0 && rows.every((row): row is readonly unknown[] => Array.isArray(row) && row.length > 0)
  if (!isGrid) throw new Error('The result of a custom function must be a value or a two-dimensional array of values.')
  const grid = rows
  if (grid.some((row) => row.length !== grid[0]!.length))
    throw new Error('The rows of the result have different lengths.')
  return grid.map((row) => row.map(cellResult))
}
