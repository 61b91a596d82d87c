import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from '@swc/core'

/** A statement of the product that keeps a promise: it stands below a comment `// protects: 3`. */
export interface Guard {
  /** Relative to the project. */
  readonly file: string
  /** Of the statement, from 1. */
  readonly line: number
  /** Numbers of `docs/reliability.md`. */
  readonly promises: readonly number[]
  readonly statement: string
  /** Where the statement begins and ends in the file, in characters. */
  readonly from: number
  readonly to: number
}

const TAG = /^[ \t]*\/\/ protects: (\d+(?:, \d+)*)[ \t]*\n([ \t]*)/gm

/** Every tagged statement of `src`, by file and line. Throws for a tag with no statement below it. */
export function findGuards(): readonly Guard[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return files.sort().flatMap((name) => {
    const file = path.join('src', name)
    return guardsIn(file, readFileSync(file, 'utf8'))
  })
}

/** The tagged statements of one source. */
export function guardsIn(file: string, source: string): readonly Guard[] {
  const tags = [...source.matchAll(TAG)]
  if (tags.length === 0) return []
  const statements = statementsOf(source)
  return tags.map((tag) => {
    const from = tag.index + tag[0].length
    const line = source.slice(0, from).split('\n').length
    const to = statements.get(from)
    if (to === undefined) throw new Error(`${file}:${String(line)}: no statement below the tag`)
    return { file, line, promises: tag[1]!.split(', ').map(Number), statement: source.slice(from, to), from, to }
  })
}

/** A source without one of its guards. */
export function withoutGuard(source: string, { from, to }: Guard): string {
  return source.slice(0, from) + source.slice(to)
}

/** Where each statement ends, by where it begins; in characters. */
function statementsOf(source: string): ReadonlyMap<number, number> {
  // Spans are in bytes and count on over all that was parsed before; the semicolon in front shows from where.
  const program = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022' })
  const base = program.span.start + 1
  const bytes = Buffer.from(source)
  const place = (byte: number) => bytes.subarray(0, byte - base).toString().length
  const ends = new Map<number, number>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { type, span } = node as { readonly type?: unknown; readonly span?: { start: number; end: number } }
    if (typeof type === 'string' && /Statement$/.test(type) && span) {
      const from = place(span.start)
      ends.set(from, Math.max(ends.get(from) ?? 0, place(span.end)))
    }
    Object.values(node).forEach(visit)
  }
  visit(program)
  return ends
}
