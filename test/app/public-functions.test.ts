import path from 'node:path'
import { FORMULA_HELP } from '../../src/domain/formula-help'
import type { Ended, User, Via } from '../../workbench/appsscript/contract'
import { entryPoints } from '../../workbench/appsscript/entry-points'
import { loadBundle } from '../../workbench/appsscript/load-bundle'
import type { Product } from './product'
import { COLLEAGUE, OWNER, startProduct, useHunter } from './product'
import { everyCell, HUNTER, REQUEST } from './story'

const NAMES = entryPoints(loadBundle(path.resolve('dist')).code)
const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const LEAD = ['Ada', 'Nowak', 'everyone.example', '']

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

const HOSTILE: readonly (readonly [name: string, args: readonly unknown[]])[] = [
  ['nothing', []],
  ['blanks', ['', '', '', '']],
  ['the call of a sidebar', ['settings', '[]', 'wrong-pass']],
  ['a call of somebody who guesses', ['settings', '[]', '']],
  ['a call with null', ['settings', '[]', null]],
  ['a call with a truth', ['settings', '[]', true]],
  ['an event without the mark of a trigger', [{ authMode: 'FULL', source: {} }]],
  ['the mark of a trigger in a range', [[['triggerUid', '7']]]],
  ['an object with a prototype', [JSON.parse('{"__proto__":{"isAdmin":true}}'), {}, {}]],
  ['a formula', ['=IMPORTXML("http://x.example")', '+1', '@x']],
  ['a long text', ['x'.repeat(50_000), 'y'.repeat(50_000)]],
  [
    'a range',
    [
      [
        ['Ada', 'Nowak'],
        ['', ''],
      ],
      [['x.example'], [1]],
    ],
  ],
  ['a huge range', [Array.from({ length: 20_000 }, () => Array.from({ length: 10 }, () => 'x'))]],
  ['a wide range', [[Array.from({ length: 18_000 }, () => 'x')]]],
  ['errors', [[['#N/A'], ['#REF!']]]],
  ['dates and numbers', [new Date(0), -1, NaN]],
  ['nested arrays', [[[[[['x']]]]]]],
]

let product: Product
let secrets: readonly string[]

const planted = async () => {
  product = await startProduct({ rows: [HEADERS, LEAD] })
  await useHunter(product)
  await product.call('saveKey', {
    vendor: 'hunter',
    environment: 'staging',
    place: 'shared',
    key: 'shared-key-of-the-file-7319',
  })
  await product.enrich({})
  const properties = { ...product.emulator.properties({ user: OWNER.id }), ...product.emulator.properties('document') }
  secrets = [
    product.vendors.keys[HUNTER]!,
    'shared-key-of-the-file-7319',
    properties['me']!,
    properties['store-secret']!,
  ]
  expect(secrets.every((secret) => secret.length > 8)).toBe(true)
}
const state = () =>
  JSON.stringify([
    everyCell(product.store),
    product.store.tabs(),
    product.emulator.properties('document'),
    product.emulator.properties({ user: OWNER.id }),
    product.emulator.properties({ user: COLLEAGUE.id }),
    product.emulator.properties('script'),
    product.emulator.triggers(),
    product.vendors.calls().length,
    product.emulator.upstream.length,
  ])
const run = (
  name: string,
  args: readonly unknown[],
  setting: { readonly user: User; readonly via: Via },
): Promise<Ended> => product.emulator.execute({ function: name, args, ...setting })
const told = (ended: Ended) => JSON.stringify([ended.value, ended.error, ended.logs])

afterAll(() => product.stop())

describe('from a cell', () => {
  beforeAll(planted)

  test('the public functions are those of the menu, the sidebar and the table of formulas', () => {
    expect([...NAMES].sort()).toEqual(
      [
        ...Object.keys(FORMULA_HELP),
        'enrichSelectedRows',
        'explainCell',
        'findDuplicates',
        'onInstall',
        'onOpen',
        'onTick',
        'rpc',
        'showSidebar',
      ].sort(),
    )
  })

  describe.each(NAMES)('%s', (name) => {
    test.each(HOSTILE)('called with %s tells nothing, writes nothing and sends nothing', async (_, args) => {
      const before = state()
      for (const user of [OWNER, COLLEAGUE]) {
        const ended = await run(name, args, { user, via: 'formula' })
        expect(ended.state).not.toBe('killed')
        for (const secret of secrets) expect(told(ended)).not.toContain(secret)
        expect(ended.logs).toEqual([])
        if (!name.startsWith('ENRICH')) {
          expect(ended.state).toBe('threw')
          expect(ended.calls.filter((call) => /Properties|Range|UrlFetch/.test(call))).toEqual([])
        }
      }
      expect(state()).toBe(before)
    })
  })

  test("not even with a pass of one's own does a cell act with the owner's properties", async () => {
    const opened: string[] = []
    const off = product.emulator.onUi((event) => void (event.kind === 'sidebar' && opened.push(event.html)))
    await product.emulator.execute({ function: 'showSidebar', user: COLLEAGUE, via: 'menu' })
    off()
    const pass = /ENRICH_PASS="([^"]+)"/.exec(opened[0]!)![1]!
    const before = state()
    for (const [call, args] of [
      ['settings', []],
      ['testKey', [{ vendor: 'hunter', environment: 'production' }]],
      ['receipt', [REQUEST]],
    ] as const) {
      const ended = await run('rpc', [call, JSON.stringify(args), pass], { user: COLLEAGUE, via: 'formula' })
      expect(ended.state).toBe('threw')
      for (const secret of secrets) expect(told(ended)).not.toContain(secret.slice(-4))
    }
    expect(state()).toBe(before)
  })

  test('the formulas leave the properties of the owner alone', async () => {
    const ended = await run('ENRICH_EMAIL', ['Ada Nowak', 'everyone.example'], { user: COLLEAGUE, via: 'formula' })
    expect(ended.calls).not.toContain('PropertiesService.getUserProperties')
    expect(ended.calls.filter((call) => call.startsWith('UrlFetchApp'))).toEqual([])
  })
})

describe('from a page', () => {
  let pass: string
  beforeAll(async () => {
    await product.stop()
    await planted()
    const opened: string[] = []
    const off = product.emulator.onUi((event) => void (event.kind === 'sidebar' && opened.push(event.html)))
    await product.emulator.execute({ function: 'showSidebar', user: OWNER, via: 'menu' })
    off()
    pass = /ENRICH_PASS="([^"]+)"/.exec(opened[0]!)![1]!
  })
  const problem = (ended: Ended) =>
    (JSON.parse(String(ended.value)) as { readonly problem?: { readonly message: string; readonly action: string } })
      .problem

  test.each<readonly [string, readonly unknown[]]>([
    ['no arguments', []],
    ['no pass', ['settings', '[]']],
    ['an empty pass', ['settings', '[]', '']],
    ['a wrong pass', ['settings', '[]', '11111111-2222-3333-4444-555555555555']],
    ['a pass in a list', ['settings', '[]', ['x']]],
    ['a pass that is an object', ['settings', '[]', { toString: 'x' }]],
    ['a truth for a pass', ['settings', '[]', true]],
  ])('with %s a call is refused in words before anything is read', async (_, args) => {
    const before = state()
    const ended = await run('rpc', args, { user: OWNER, via: 'rpc' })
    expect(problem(ended)).toEqual({
      message: 'This sidebar has been open for too long. Close it and open it again from the Extensions menu.',
      action: 'reload',
    })
    expect(ended.calls.filter((call) => /Properties|Range|Sheet\./.test(call))).toEqual([])
    expect(state()).toBe(before)
  })

  test("somebody else's pass is worth nothing", async () => {
    const ended = await run('rpc', ['settings', '[]', pass], { user: COLLEAGUE, via: 'rpc' })
    expect(problem(ended)!.action).toBe('reload')
  })

  test('a pass ends after six hours without use', async () => {
    await product.emulator.advance(6 * 3600 * 1000 + 1000)
    expect(problem(await run('rpc', ['settings', '[]', pass], { user: OWNER, via: 'rpc' }))!.action).toBe('reload')
    await product.emulator.execute({ function: 'showSidebar', user: OWNER, via: 'menu' })
  })

  test.each<readonly [string, readonly unknown[]]>([
    ...[
      '__proto__',
      'constructor',
      'hasOwnProperty',
      'toString',
      'valueOf',
      'then',
      '',
      'Settings',
      'settings ',
      'nobody',
    ].map((name) => [`the name ${JSON.stringify(name)}`, [name, '[]']] as const),
    ['a name that is a number', [5, '[]']],
    ['a name that is a list', [['settings'], '[]']],
    ['arguments that are no JSON', ['overview', '{']],
    ['arguments that are no text', ['overview', [{}]]],
    ['arguments that are null', ['overview', 'null']],
    ['arguments that are an object', ['overview', '{"0":{"scope":"all"}}']],
    ['too few arguments', ['overview', '[]']],
    ['too many arguments', ['settings', '[1]']],
    ['a scope that does not exist', ['overview', '[{"scope":"everything","mapping":{},"wanted":null}]']],
    ['a field that does not exist', ['overview', '[{"scope":"all","mapping":{"0":"password"},"wanted":null}]']],
    [
      'a field named as a property of objects',
      ['overview', '[{"scope":"all","mapping":{"0":"constructor"},"wanted":["toString"]}]'],
    ],
    ['a mapping that is a list', ['overview', '[{"scope":"all","mapping":[],"wanted":"email"}]']],
    ['a cap that is a text', ['saveCap', '["5"]']],
    ['a cap that is too large for a number', ['saveCap', '[1e999]']],
    ['a negative cap', ['saveCap', '[-1]']],
    ['an environment that does not exist', ['setEnvironment', '["__proto__"]']],
    ['a vendor that does not exist', ['testKey', '[{"vendor":"constructor","environment":"production"}]']],
    [
      'a key for a vendor that needs none',
      ['saveKey', '[{"vendor":"dns","environment":"production","place":"shared","key":"xxxxxxxx"}]'],
    ],
    [
      'a place that does not exist',
      ['saveKey', '[{"vendor":"hunter","environment":"production","place":"script","key":"xxxxxxxx"}]'],
    ],
    ['a run id that is an object', ['continueRun', '[{"id":1}]']],
    ['a run id that is very long', ['continueRun', JSON.stringify(['x'.repeat(1000)])]],
    ['a run that does not exist', ['continueRun', '["nobody"]']],
    ['a run that does not exist, to stop', ['stopRun', '["nobody"]']],
    ['a receipt that does not exist', ['startRun', '["nobody"]']],
    ['a megabyte', ['addSuppressed', JSON.stringify(['x'.repeat(1_000_000)])]],
    ['JSON 1,000 deep', ['overview', deep(1000)]],
    ['JSON 200,000 deep', ['overview', deep(200_000)]],
    ['JSON 1,000 deep inside', ['overview', `[{"scope":${deep(1000)},"mapping":{},"wanted":null}]`]],
  ])('%s is refused in words, and nothing changes', async (_, args) => {
    const fresh = await currentPass()
    const before = state()
    const ended = await run('rpc', [...args, fresh], { user: OWNER, via: 'rpc' })
    expect(ended).toMatchObject({ state: 'returned' })
    expect(problem(ended)!.message).toMatch(/\.$/)
    expect(problem(ended)!.message).not.toMatch(/undefined|\[object|TypeError|zod|JSON/)
    for (const secret of secrets) expect(told(ended)).not.toContain(secret)
    expect(state()).toBe(before)
  })

  test('a prototype in the arguments changes no object', async () => {
    const args =
      '[{"scope":"all","mapping":{"__proto__":"email","constructor":"phone"},"wanted":null,"__proto__":{"x":1}}]'
    const ended = await run('rpc', ['overview', args, await currentPass()], { user: OWNER, via: 'rpc' })
    expect(ended.state).toBe('returned')
    expect(told(ended)).not.toContain('TypeError')
  })

  async function currentPass(): Promise<string> {
    const opened: string[] = []
    const off = product.emulator.onUi((event) => void (event.kind === 'sidebar' && opened.push(event.html)))
    await product.emulator.execute({ function: 'showSidebar', user: OWNER, via: 'menu' })
    off()
    return /ENRICH_PASS="([^"]+)"/.exec(opened[0]!)![1]!
  }
})

test.each(['NONE', 'LIMITED'] as const)(
  'opening the file without permission (%s) makes the menu and nothing else',
  async (auth) => {
    const ended = await product.emulator.execute({ function: 'onOpen', user: COLLEAGUE, via: 'open', auth })
    expect(ended.state).toBe('returned')
    expect(ended.calls.filter((call) => !/Ui|Menu/.test(call))).toEqual([])
  },
)
