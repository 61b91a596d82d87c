import { parse } from 'acorn'

const known = new Map<string, readonly string[]>()

/**
 * Names of the top-level function declarations, the only ones that Google calls (platform.md section 3). Throws
 * SyntaxError for what Apps Script cannot parse: class fields, `#private` names, modules, top-level await.
 */
export function entryPoints(code: string): readonly string[] {
  const cached = known.get(code)
  if (cached) return cached
  const program = parse(code, { ecmaVersion: 2021, sourceType: 'script' })
  const names = program.body.flatMap((node) => (node.type === 'FunctionDeclaration' ? [node.id.name] : []))
  known.set(code, names)
  return names
}
