import fc from 'fast-check'
import { build } from 'esbuild'
import { getCountries, parsePhoneNumberFromString, type MetadataJson } from 'libphonenumber-js/core'
import examples from 'libphonenumber-js/examples.mobile.json'
import metadata from 'libphonenumber-js/metadata.max.json'
import { readdirSync, readFileSync } from 'node:fs'
import vm from 'node:vm'
import { parse } from 'tldts'
import { hostIn } from '../src/normalize/host'
import {
  nameWhatIsTaken,
  slimDisposable,
  slimDomains,
  slimPhones,
  slimTables,
  takeWhatIsNamed,
  withoutFormats,
} from '../.build/libraries.mjs'

interface Slim {
  readonly metadata: unknown
  readonly parsePhoneNumberFromString: typeof parsePhoneNumberFromString
  readonly parse: typeof parse
  readonly disposable: readonly string[]
  readonly trie: { readonly [name: string]: Iterable<number | string> }
}

async function bundle(contents: string): Promise<unknown> {
  return vm.runInNewContext(`${await write(contents)}; slim`)
}

async function write(contents: string): Promise<string> {
  const result = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'slim',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    plugins: [takeWhatIsNamed, slimPhones, slimDomains, slimDisposable, slimTables],
  })
  return result.outputFiles[0]!.text
}

const trieFile = 'tldts/dist/es6/src/data/trie.js'
const disposableFile = 'disposable-email-domains-js/dist/dict/disposable_email_blocklist.json'
let slim: Slim
beforeAll(async () => {
  slim = (await bundle(`
    export { parsePhoneNumberFromString } from 'libphonenumber-js/core'
    export { default as metadata } from 'libphonenumber-js/max/metadata'
    export { parse } from 'tldts'
    export { default as disposable } from '${disposableFile}'
    export * as trie from './node_modules/${trieFile}'
  `)) as Slim
})

describe('phone numbers', () => {
  const full = metadata

  test('metadata survives its packing; only the formats are gone', () => {
    const packed = JSON.stringify(slim.metadata)
    expect(packed === JSON.stringify(withoutFormats(metadata as never))).toBe(true)
    expect(packed.length).toBeLessThan(JSON.stringify(metadata).length * 0.75)
  })

  test.each(getCountries(full))('of %s mean the same', (country) => {
    const known = (examples as { readonly [country: string]: string })[country] ?? '5550100'
    const code = String(full.countries[country]?.[0])
    for (const text of [known, `+${code}${known}`, `00${code}${known}`, `0${known}`, known.slice(1), `${known}99`]) {
      const tell = (number: ReturnType<typeof parsePhoneNumberFromString>) =>
        number && [number.number, number.country, number.isValid(), number.isPossible(), number.getType()].join()
      const expected = tell(parsePhoneNumberFromString(text, country, full))
      expect(tell(slim.parsePhoneNumberFromString(text, country, slim.metadata as MetadataJson))).toBe(expected)
    }
  })
})

describe('domains', () => {
  test('the list survives its packing', () => {
    const source = readFileSync(`node_modules/${trieFile}`, 'utf8')
    const script = source.replace(/export const /g, 'var ')
    const names = ['nodeFlags', 'edgeChild', 'edgeLength', 'edgeStart', 'labelText'] as const
    const plain = vm.runInNewContext(`${script}\n; var all = { ${names.join()} }; all`) as Slim['trie']
    for (const name of names) expect(Array.from(slim.trie[name]!, String)).toEqual(Array.from(plain[name]!, String))
  })

  const SUFFIXES = ['co.uk', 'github.io', 'kawasaki.jp', 'city.kawasaki.jp', 'myshopify.com', 'com', 'ck', 'www.ck']
  const ENDINGS = [
    ...SUFFIXES,
    'test',
    'kobe.jp',
    'xn--55qx5d.cn',
    'wordpress.com',
    'uk',
    'pdf',
    'compute.amazonaws.com',
  ]

  test.each([...ENDINGS, '192.0.2.1', 'a'])('%s, and what stands before it', (ending) => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/)
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), fc.boolean(), (labels, allowPrivateDomains) => {
        const host = [...labels, ending].join('.')
        const { domain, isIcann, isPrivate } = parse(host, { allowPrivateDomains })
        if (domain === null && isIcann === null) return
        expect(slim.parse(host, { allowPrivateDomains })).toMatchObject({ domain, isIcann, isPrivate })
      }),
    )
  })
})

test('what is given to the list of domains is a host already', () => {
  const pieces = fc.constantFrom(
    'a',
    'B',
    'é',
    '-',
    '_',
    '.',
    '..',
    '://',
    'https://',
    '/',
    '?',
    '@',
    ':80',
    '\u3002',
    ' ',
    '.com',
    '[::1]',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const host = hostIn(parts.join(''))
      if (host) expect(parse(host, { validateHostname: false }).hostname).toBe(host)
    }),
    { numRuns: 2_000 },
  )
})

test('throw-away mailboxes: those that both lists know', () => {
  const read = (file: string) => JSON.parse(readFileSync(`node_modules/${file}`, 'utf8')) as readonly string[]
  const older = new Set(read('disposable-email-domains/index.json'))
  const both = read(disposableFile).filter((domain) => older.has(domain))
  expect(both.length).toBeGreaterThan(2_000)
  expect([...slim.disposable].sort()).toEqual([...both].sort())
})

describe('tables of our own', () => {
  const folders = ['src/normalize', 'src/matching', 'src/sheet']
  const files = folders.flatMap((folder) =>
    readdirSync(folder).flatMap((file) => (file.endsWith('-table.ts') ? [`${folder}/${file}`] : [])),
  )

  test('there are some', () => expect(files).toContain('src/matching/nicknames-table.ts'))

  test.each(files)('%s survives its packing, and nothing in it ends a script or a text', async (file) => {
    const plain: unknown = await import(`../${file.replace('.ts', '')}`)
    const code = await write(`export * from './${file}'`)
    expect(JSON.stringify(vm.runInNewContext(`${code}; slim`))).toBe(JSON.stringify(sorted(plain)))
    const packed = code.match(/unpack\("[^"]*"\)/g) ?? []
    const asItIs = code.match(/JSON\.parse\((["'])(?:(?!\1)[^\\]|\\.)*\1\)/g) ?? []
    expect(packed.length + asItIs.length).toBe(1)
    expect(packed.join('')).not.toMatch(/[\\<`]|[^ -~]/)
    expect(asItIs.join('')).not.toMatch(/[<`]/)
  })
})

// As a module tells its names.
const sorted = (table: unknown) =>
  Object.fromEntries(Object.entries(table as object).sort(([one], [other]) => (one < other ? -1 : 1)))

describe('what a source takes from a package', () => {
  test.each([
    ["const { parse } = require('tldts')", "const { parse } = require('taken:tldts#parse')"],
    ["const z = require('zod/mini'); z.string()", "const z = require('taken:zod/mini#string'); z.string()"],
    ["const { a } = require('./own')", "const { a } = require('./own')"],
  ])('%s', async (source, expected) => {
    expect(await nameWhatIsTaken(source)).toBe(expected)
  })

  test('nothing by name is refused', async () => {
    await expect(nameWhatIsTaken("use(require('tldts'))")).rejects.toThrow('nothing by name')
  })
})
