import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** What a folder may import: other folders of ours, folders of which it may know the types, and packages. */
interface Layer {
  readonly ours: readonly string[]
  readonly types?: readonly string[]
  readonly packages: readonly string[]
}

const PURE = { ours: ['src/domain', 'src/normalize'], packages: ['zod/mini'] }

// The table of docs/architecture.md. A folder may always import itself.
const LAYERS: { readonly [folder: string]: Layer } = {
  'src/domain': { ours: [], packages: ['@noble/hashes'] },
  'src/normalize': { ours: ['src/domain'], packages: ['disposable-email-domains-js', 'libphonenumber-js', 'tldts'] },
  'src/providers': PURE,
  'src/rules': PURE,
  'src/matching': PURE,
  'src/privacy': PURE,
  'src/sheet': PURE,
  'src/webhook': PURE,
  'src/engine': { ours: ['src/domain'], packages: [] },
  'src/app': {
    ours: [
      'src/domain',
      'src/normalize',
      'src/providers',
      'src/rules',
      'src/matching',
      'src/privacy',
      'src/sheet',
      'src/webhook',
      'src/engine',
    ],
    packages: ['zod/mini', '@noble/hashes'],
  },
  'src/appsscript': { ours: ['src/app'], types: ['src/domain', 'src/sheet'], packages: [] },
  sidebar: {
    ours: ['src/domain', 'src/normalize', 'src/matching'],
    types: ['src/app'],
    packages: ['preact', '@preact/signals'],
  },
}

interface Import {
  readonly file: string
  readonly to: string
  readonly typeOnly: boolean
}

const files = ['src', 'sidebar', 'workbench'].flatMap(filesBelow)
const imports = files.flatMap((file) => importsOf(file, readFileSync(file, 'utf8')))

describe('imports', () => {
  test('are found in every way in which one file can name another', () => {
    const source = `
      import { a } from './a'
      import type { b } from './b'
      import './c'
      import * as d from 'd'
      export { e } from './e'
      export type { f } from './f'
      export * from './g'
      import {
        h,
      } from './h'
      const i = require('./i') as typeof import('./j')
      type K = import('./k').K
      const text = 'taken from'
      // import { m } from './m'
    `
    const found = importsOf('src/domain/x.ts', source).map(({ to, typeOnly }) => `${to}${typeOnly ? ' type' : ''}`)
    expect(found.sort()).toEqual(
      [
        ...['a', 'b type', 'c', 'e', 'f type', 'g', 'h', 'i', 'j type', 'k type'].map((name) => `src/domain/${name}`),
        'd',
      ].sort(),
    )
  })

  test('keep to the table', () => {
    const wrong = imports.filter((edge) => !isAllowed(edge))
    expect(wrong.map(({ file, to }) => `${file} -> ${to}`)).toEqual([])
  })

  test.each([
    ['src/domain/a.ts', 'src/normalize/email', false, false],
    ['src/providers/hunter.ts', 'src/engine/plan', true, false],
    ['src/engine/plan.ts', 'src/providers/index', false, false],
    ['src/engine/plan.ts', 'zod/mini', false, false],
    ['src/app/run.ts', 'src/appsscript/main', true, false],
    ['src/app/run.ts', 'node:fs', false, false],
    ['src/rules/decide.ts', 'src/domain/field', false, true],
    ['src/providers/hunter.ts', 'zod', false, false],
    ['sidebar/state.ts', 'src/app/api-types', true, true],
    ['sidebar/state.ts', 'src/app/api-types', false, false],
    ['sidebar/state.ts', 'src/engine/plan', true, false],
    ['workbench/cli.ts', 'src/domain/field', true, false],
    ['workbench/cli.ts', 'workbench/appsscript/contract', false, true],
  ])('%s -> %s, type only: %s, allowed: %s', (file, to, typeOnly, allowed) => {
    expect(isAllowed({ file, to, typeOnly })).toBe(allowed)
  })

  test('have no cycle between files', () => {
    const edges = new Map(files.map((file) => [file, [] as string[]]))
    for (const { file, to } of imports) {
      const target = [to, `${to}.ts`, `${to}.tsx`, `${to}/index.ts`].find((name) => edges.has(name))
      if (target) edges.get(file)!.push(target)
    }
    expect(findCycle(edges)).toEqual([])
  })

  test('a cycle is found', () => {
    const edges = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
    ])
    expect(findCycle(edges)).toEqual(['b', 'd', 'b'])
  })

  test('every folder of src is in the table', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => `src/${name}`).filter((folder) => !LAYERS[folder])).toEqual([])
  })
})

function isAllowed({ file, to, typeOnly }: Import): boolean {
  const from = folderOf(file)
  const isOurs = /^(src|sidebar|workbench|test|bench)\//.test(to)
  if (from === 'workbench') return !isOurs || folderOf(to) === 'workbench'
  const layer = LAYERS[from]
  if (!layer) return false
  if (!isOurs) return layer.packages.some((name) => to === name || to.startsWith(`${name}/`))
  const target = folderOf(to)
  return target === from || layer.ours.includes(target) || (typeOnly && (layer.types ?? []).includes(target))
}

function folderOf(file: string): string {
  const [top = '', folder = ''] = file.split('/')
  return top === 'src' ? `src/${folder}` : top
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'dist' ? [] : filesBelow(name)
    return /\.([cm]?js|tsx?)$/.test(name) && !name.endsWith('.d.ts') ? [name] : []
  })
}

function importsOf(file: string, source: string): readonly Import[] {
  const statement = /^\s*(?:import|export)\s+(?:(type\s)?[\w\s,{}*$]*\bfrom\s+)?'([^'\n]+)'/gm
  const call = /\b(require|import)\('([^']+)'\)/g
  return [
    ...[...source.matchAll(statement)].map(([, type, to = '']) => ({ to, typeOnly: type !== undefined })),
    ...[...source.matchAll(call)].map(([, word, to = '']) => ({ to, typeOnly: word === 'import' })),
  ].map(({ to, typeOnly }) => ({
    file,
    to: to.startsWith('.') ? path.posix.join(path.posix.dirname(file), to) : to,
    typeOnly,
  }))
}

// Depth first; the path of files from the first that comes round again.
function findCycle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>()
  const visit = (file: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file]
    if (done.has(file)) return []
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next, [...trail, file])
      if (cycle.length > 0) return cycle
    }
    done.add(file)
    return []
  }
  for (const file of edges.keys()) {
    const cycle = visit(file, [])
    if (cycle.length > 0) return cycle
  }
  return []
}
