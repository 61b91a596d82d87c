import { parse } from 'acorn'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Scripts longer than this are worth remembering beyond the process: a whole add-on takes half a second to read. */
const LONG = 100_000

const known = new Map<string, readonly string[]>()

/**
 * Names of the top-level function declarations, the only ones that Google calls (platform.md section 3). Throws
 * SyntaxError for what Apps Script cannot parse: class fields, `#private` names, modules, top-level await.
 */
export function entryPoints(code: string): readonly string[] {
  const names = known.get(code) ?? (code.length < LONG ? readNames(code) : recall(code))
  known.set(code, names)
  return names
}

function readNames(code: string): readonly string[] {
  const program = parse(code, { ecmaVersion: 2021, sourceType: 'script' })
  return program.body.flatMap((node) => (node.type === 'FunctionDeclaration' ? [node.id.name] : []))
}

function recall(code: string): readonly string[] {
  const folder = path.join(process.cwd(), 'node_modules/.cache/entry-points')
  const file = path.join(folder, `${createHash('sha256').update(code).digest('hex')}.json`)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as readonly string[]
  const names = readNames(code)
  mkdirSync(folder, { recursive: true })
  // Renamed when it is whole: another process may read the same script.
  const aside = `${file}.${String(process.pid)}`
  writeFileSync(aside, JSON.stringify(names))
  renameSync(aside, file)
  return names
}
