import { readFileSync } from 'node:fs'
import path from 'node:path'

const TYPES = path.resolve('node_modules/@types/google-apps-script')
const declared = [
  'spreadsheet',
  'base',
  'properties',
  'cache',
  'lock',
  'url-fetch',
  'script',
  'html',
  'utilities',
  'content',
]
  .map((name) => readFileSync(path.join(TYPES, `google-apps-script.${name}.d.ts`), 'utf8'))
  .join('\n')

/** Names that Google's types declare for an interface; undefined if there is no such interface. */
function membersOf(name: string): ReadonlySet<string> | undefined {
  const bodies = [
    ...declared.matchAll(new RegExp(`interface ${name}(?: extends \\w+)? \\{([\\s\\S]*?)\\n {8}\\}`, 'g')),
  ]
  if (bodies.length === 0) return undefined
  return new Set(
    bodies.flatMap(([, body = '']) => [...body.matchAll(/^\s+(\w+)\??[(:<]/gm)].map(([, member]) => member!)),
  )
}

const realm = readFileSync('workbench/appsscript/realm.js', 'utf8')
const lists = [...realm.matchAll(/(?:addRemote|returnSelf)\(\s*(?:classes\.)?(\w+),\s*['`]([^'`]+)['`]/g)]
const methods = lists.flatMap(([, owner = '', names = '']) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [owner, name] as const),
)

test('the lists were found', () => {
  expect(methods.length).toBeGreaterThan(150)
})

// Newer than the types (platform.md section 10): nothing yet.
test.each([...new Set(methods.map(([owner]) => owner))])('every emulated method of %s is one of Google’s', (owner) => {
  const members = membersOf(owner)
  expect(members).toBeDefined()
  expect(methods.filter(([one, name]) => one === owner && !members?.has(name)).map(([, name]) => name)).toEqual([])
})

test('every method that the realm sends out is answered', () => {
  const services = ['range', 'sheet', 'ui', 'url-fetch', 'properties', 'cache', 'lock', 'trigger', 'session']
    .map((name) => readFileSync(`workbench/appsscript/${name}-service.ts`, 'utf8'))
    .join('\n')
  const unanswered = methods.filter(([owner, name]) => !services.includes(`'${owner}.${name}'`))
  expect(unanswered.map((pair) => pair.join('.'))).toEqual([])
})
