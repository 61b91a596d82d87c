import { FORMULA_HELP } from '../src/domain/formula-help'
import { parse, type Node } from 'acorn'
import { transformSync } from 'esbuild'
import { readFileSync, readdirSync } from 'node:fs'
import vm from 'node:vm'
import { buildCode, buildSidebar } from '../.build/bundle.mjs'
import { children, findFreeNames } from './free-names'

// The functions that Apps Script sees, and how each comes to be called. Nothing else may be public (safety S16).
const PUBLIC: { readonly [name: string]: string } = {
  onOpen: 'Google calls it when the file opens: it makes the menu',
  onInstall: 'Google calls it after the add-on was installed',
  showSidebar: 'menu: Open sidebar',
  enrichSelectedRows: 'menu: Enrich selected rows',
  explainCell: 'menu: Explain this cell',
  findDuplicates: 'menu: Find duplicates',
  formulasToValues: 'menu: Turn formulas into values',
  rpc: 'the sidebar calls it through google.script.run',
  onTick: 'the hourly trigger calls it: the run goes on while the sidebar is closed',
  ...Object.fromEntries(Object.keys(FORMULA_HELP).map((name) => [name, 'a person types it into a cell'])),
}

// Services that the script may name (platform.md sections 4-9), and the sidebar's own global. Everything else must be
// part of the language.
const SERVICES = [
  'CacheService',
  'HtmlService',
  'LockService',
  'Logger',
  'PropertiesService',
  'ScriptApp',
  'Session',
  'SpreadsheetApp',
  'UrlFetchApp',
  'Utilities',
  'console',
]

// Absent from Apps Script (platform.md section 3).
const MISSING = (
  'URL URLSearchParams TextEncoder TextDecoder setTimeout setInterval clearTimeout fetch atob btoa structuredClone ' +
  'crypto performance process Buffer require queueMicrotask window document self navigator global module exports ' +
  'Blob File AbortController'
).split(' ')

// Uses in library code that never run here; each shows a piece of the minified text, so that a second use is seen.
const TOLERATED: readonly { readonly name: string; readonly text: RegExp; readonly why: string }[] = [
  {
    name: 'TextEncoder',
    text: /Error\("string expected"\);return new Uint8Array\(new TextEncoder\(\)\.encode\(\w+\)\)/,
    why: '@noble/hashes turns text into bytes with it; hashText passes bytes',
  },
  {
    name: 'TextDecoder',
    text: /"u">typeof TextDecoder&&new TextDecoder/,
    why: 'fflate asks whether it is there; only its inflateSync is used, which gives bytes',
  },
]

const KB = 1024
// Before the vendors came it was 420 KB (three of them); with everything the script must not exceed 650 KB at the very end.
const BUDGET = 650 * KB

const code = readFileSync('dist/Code.js', 'utf8')
const sidebar = readFileSync('dist/Sidebar.html', 'utf8')
const program = parse(code, { ecmaVersion: 2021, sourceType: 'script' })
// A bare realm lacks what Apps Script lacks (platform.md section 3, RUN).
const language = new Set(vm.runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[])

let built: Awaited<ReturnType<typeof buildCode>>
let page: Awaited<ReturnType<typeof buildSidebar>>
beforeAll(async () => {
  built = await buildCode()
  page = await buildSidebar()
})

test('dist holds the three files, built from the sources as they are', () => {
  expect(readdirSync('dist')).toEqual(['Code.js', 'Sidebar.html', 'appsscript.json'])
  expect(code === built.text).toBe(true)
  expect(sidebar === page.text).toBe(true)
  expect(readFileSync('dist/appsscript.json', 'utf8')).toBe(readFileSync('appsscript.json', 'utf8'))
})

describe('Code.js', () => {
  test('has no syntax that Apps Script rejects', () => {
    const refused = new Set([
      'PrivateIdentifier',
      'PropertyDefinition',
      'StaticBlock',
      'ImportExpression',
      'MetaProperty',
    ])
    const found = nodesOf(program).filter(({ type }) => refused.has(type))
    expect(found.map(({ type, start }) => `${type}: ${excerpt(start)}`)).toEqual([])
    expect(nodesOf(parseCold()).filter(({ type }) => refused.has(type))).toEqual([])
  })

  test.each(['class A { #a }', 'class A { a = 1 }', 'class A { static { } }', "import('x')"])(
    '%s is found',
    (source) => {
      const types = nodesOf(parse(source, { ecmaVersion: 2022 })).map(({ type }) => type)
      expect(types.some((type) => /PrivateIdentifier|PropertyDefinition|StaticBlock|ImportExpression/.test(type))).toBe(
        true,
      )
    },
  )

  test('names nothing that is neither language nor service', () => {
    const known = new Set([...language, ...SERVICES].filter((name) => !MISSING.includes(name)))
    const unknown = findFreeNames(program).filter(({ name }) => !known.has(name))
    const unexplained = unknown.filter(
      ({ name, start }) =>
        !TOLERATED.some((one) => one.name === name && one.text.test(code.slice(start - 60, start + 60))),
    )
    expect(unexplained.map(({ name, start }) => `${name}: ${excerpt(start)}`)).toEqual([])
    expect(TOLERATED.filter(({ name }) => unknown.filter((one) => one.name === name).length !== 1)).toEqual([])
    expect(findFreeNames(parseCold()).filter(({ name }) => !known.has(name))).toEqual([])
  })

  test('takes nothing missing from globalThis either', () => {
    const reached = nodesOf(program).filter(
      (node) =>
        node.type === 'MemberExpression' &&
        nameOf(node['object']) === 'globalThis' &&
        MISSING.includes(nameOf(node['property']) ?? ''),
    )
    expect(reached.map(({ start }) => excerpt(start))).toEqual([])
  })

  test('loads in a bare realm without calling a service', () => {
    const calls: string[] = []
    const realm = vm.createContext()
    for (const name of SERVICES) Object.assign(realm, { [name]: refuseAll(name, calls) })
    vm.runInContext(code, realm, { filename: 'Code.js' })
    expect(calls).toEqual([])
    // The proxies do refuse, or the line above would prove nothing.
    expect(() => vm.runInContext('SpreadsheetApp.getUi()', realm)).toThrow('SpreadsheetApp.getUi while loading')
  })

  test('shows exactly the functions that a person can reach', () => {
    const names = topLevel().flatMap((node) => (node.type === 'FunctionDeclaration' ? [nameOf(node['id'])] : []))
    expect(new Set(names)).toEqual(new Set(Object.keys(PUBLIC)))
    expect(built.functions).toEqual(names)
  })

  test('declares one more name, the bundle itself', () => {
    const others = topLevel().filter((node) => node.type !== 'FunctionDeclaration' && node['directive'] === undefined)
    expect(others.map(({ type, start, end }) => `${type} ${code.slice(start, end).slice(0, 11)}`)).toEqual([
      'VariableDeclaration var enrich=',
    ])
  })

  test('custom functions carry their JSDoc and their parameters', () => {
    for (const name of built.functions.filter((one) => one.startsWith('ENRICH'))) {
      const stub = new RegExp(`/\\*\\*\\n((?: \\* .*\\n)+) \\*/\\nfunction ${name}\\(([^)]*)\\)`).exec(code)
      expect(stub?.[1]).toContain('@customfunction')
      const params = stub?.[2]?.split(', ').filter(Boolean) ?? []
      const described = [...(stub?.[1] ?? '').matchAll(/@param \{any\} \[?(\w+)\]? \S/g)].map(([, param]) => param)
      expect(described).toEqual(params)
    }
  })

  test('stays within its budget', () => {
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(BUDGET)
  })

  test('holds sources and packages, nothing made for tests', () => {
    const strange = Object.keys(built.inputs).filter(
      (file) =>
        !/^(?:taken:.*|sentences:.*|cold:.*|src\/.*|node_modules\/.*|\.build\/(?:unpack|trie)\.mjs)$/.test(file),
    )
    expect(strange).toEqual([])
    expect(code).toContain('Permission is hereby granted')
  })

  test('uses none of the schemas that reject everything without URL or atob', () => {
    const names = ['URL', 'HttpURL', 'IPv6', 'CIDRv6', 'Base64', 'Base64URL', 'JWT', 'File']
    const inBundle = names.filter((name) => new RegExp(`["'\`]\\$?Zod(Mini)?${name}["'\`]`).test(code))
    expect(inBundle).toEqual([])
    const call = /\.(url|httpUrl|ipv6|cidrv6|base64|base64url|jwt|file)\(/
    const inSource = ownSources().filter((file) => /zod/.test(read(file)) && call.test(read(file)))
    expect(inSource).toEqual([])
  })

  test('has no asynchronous code of ours: Apps Script blocks on each call', () => {
    const isAsync = (node: Tree) => node['async'] === true || node.type === 'AwaitExpression'
    const found = ownSources().filter((file) => {
      const { code: plain } = transformSync(read(file), { loader: 'ts', target: 'es2020' })
      return nodesOf(parse(plain, { ecmaVersion: 2022, sourceType: 'module' })).some(isAsync)
    })
    expect(found).toEqual([])
  })
})

describe('Sidebar.html', () => {
  test('loads nothing from outside', () => {
    const markup = sidebar.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '<$1></$1>')
    expect(markup).not.toMatch(
      /\b(?:src|href|action|srcset|data)\s*=\s*["']?(?!_|#|data:)[^"'\s>]*\/\/|<link|<iframe|<img/i,
    )
    expect(sidebar).not.toMatch(/@import|url\(\s*["']?(?!data:|#)/)
  })

  test('is one page with one style and one script', () => {
    expect(sidebar.match(/<script\b/g)).toHaveLength(1)
    expect(sidebar.match(/<\/script>/g)).toHaveLength(1)
    expect(sidebar.match(/<style\b/g)).toHaveLength(1)
    expect(sidebar).not.toContain('<!-- s')
  })

  // Google may take `//` in a template literal for a comment (platform.md section 6).
  test('has no line that starts like a comment and no // inside a template literal', () => {
    expect(sidebar.split('\n').filter((line) => /^\s*\/\//.test(line))).toEqual([])
    const script = /<script>([\s\S]*)<\/script>/.exec(sidebar)?.[1] ?? ''
    const templates = nodesOf(parse(script, { ecmaVersion: 2022 })).filter(({ type }) => type === 'TemplateElement')
    expect(templates.filter(({ start, end }) => script.slice(start, end).includes('//'))).toEqual([])
    expect(script.length).toBeGreaterThan(1000)
  })

  test('holds no code of the server beyond what it may import', () => {
    const server = Object.keys(page.inputs).filter((file) => /^src\/(?!domain|normalize|matching)/.test(file))
    expect(server).toEqual([])
  })
})

type Tree = Node & { readonly [key: string]: unknown }

function nodesOf(node: Node): readonly Tree[] {
  const found: Tree[] = []
  const pending: Tree[] = [node as Tree]
  for (let next = pending.pop(); next; next = pending.pop()) {
    found.push(next)
    for (const child of children(next)) pending.push(child)
  }
  return found
}

// What stands packed in the script, with the names that it is given.
const parseCold = (): Tree =>
  parse(built.cold, { ecmaVersion: 2021, sourceType: 'script', allowReturnOutsideFunction: true }) as unknown as Tree

const topLevel = (): readonly Tree[] => program.body as unknown as readonly Tree[]

const nameOf = (node: unknown): string | undefined => (node as { readonly name?: string } | null)?.name

const excerpt = (start: number): string => code.slice(Math.max(0, start - 40), start + 40)

const ownSources = (): readonly string[] => Object.keys(built.inputs).filter((file) => file.startsWith('src/'))

const read = (file: string): string => readFileSync(file, 'utf8')

function refuseAll(name: string, calls: string[]): unknown {
  const refuse = (_: unknown, member: string | symbol) => {
    calls.push(`${name}.${String(member)}`)
    throw new Error(`${name}.${String(member)} while loading`)
  }
  return new Proxy({}, { get: refuse, set: refuse, has: refuse })
}
