import { Problem } from '../domain/problem'

/** What came of reading something kept: `newer` was written by a later version of the product and is left untouched. */
export type Read<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'newer' } | { readonly kind: 'damaged' }

/** How something is kept as JSON. What carries no version is version 1. */
export interface Format<T> {
  /** The version that is written now. */
  readonly version: number
  /** From version 1 up: each one makes the next version. They are pure and never throw. */
  readonly migrations: readonly ((old: unknown) => unknown)[]
  /** The value of the present version; undefined when it is not one. */
  readonly check: (value: unknown) => T | undefined
}

/** Reads a kept value of any version up to the present one. */
export function readVersioned<T>(format: Format<T>, text: string): Read<T> {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return { kind: 'damaged' }
  const version = versionOf(value)
  if (version > format.version) return { kind: 'newer' }
  const checked = format.check(migrate(format.migrations, version, value))
  return checked === undefined ? { kind: 'damaged' } : { kind: 'read', value: checked }
}

/** Brings a value of an older version up to the present one. */
export function migrate<T>(migrations: readonly ((old: T) => T)[], version: number, value: T): T {
  return migrations.slice(version - 1).reduce((old, next) => next(old), value)
}

/** The value that was read. Throws a Problem for a newer or a damaged one; `what` begins its sentence. */
export function requireRead<T>(read: Read<T>, what: string): T {
  switch (read.kind) {
    case 'read':
      return read.value
    case 'newer':
      throw newerProblem()
    case 'damaged':
      throw new Problem(
        `${what} could not be read: somebody may have changed it. Nothing was spent or written.`,
        'reload',
      )
  }
}

/** The words for whatever a newer version of the product has written. */
export const NEWER_WORDS =
  'This file was used with a newer version of Enrich. Reload the page to get it; nothing was changed.'

/** The problem of a file that a newer version of the product has used. */
export function newerProblem(): Problem {
  return new Problem(NEWER_WORDS, 'reload')
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function versionOf(value: object): number {
  if (!('version' in value)) return 1
  return typeof value.version === 'number' && value.version >= 1 ? value.version : 1
}
