import { build } from 'esbuild'
import { getCountries, parsePhoneNumberFromString, type MetadataJson } from 'libphonenumber-js/core'
import examples from 'libphonenumber-js/examples.mobile.json'
import metadata from 'libphonenumber-js/metadata.max.json'
import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { parse } from 'tldts'
import {
  nameWhatIsTaken,
  packLists,
  slimDisposable,
  slimDomains,
  slimPhones,
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
  const result = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'slim',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    plugins: [takeWhatIsNamed, slimPhones, slimDomains, slimDisposable],
  })
  return vm.runInNewContext(`${result.outputFiles[0]!.text}; slim`)
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

  test.each(['a.b.example.co.uk', 'me.github.io', 'x.kawasaki.jp', 'city.kawasaki.jp', 'shop.myshopify.com', 'a.test'])(
    '%s',
    (host) => {
      const options = { allowPrivateDomains: true }
      expect({ ...slim.parse(host, options) }).toEqual({ ...parse(host, options) })
    },
  )
})

test('throw-away mailboxes: those that both lists know', () => {
  const read = (file: string) => JSON.parse(readFileSync(`node_modules/${file}`, 'utf8')) as readonly string[]
  const older = new Set(read('disposable-email-domains/index.json'))
  const both = read(disposableFile).filter((domain) => older.has(domain))
  expect(both.length).toBeGreaterThan(2_000)
  expect([...slim.disposable].sort()).toEqual([...both].sort())
})

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

describe('lists of our own', () => {
  const LIST = Array.from({ length: 200 }, (_, index) => `wörd${index}é`).join(' ')
  const source = (use: string) => `const LIST =\n  // why\n  '${LIST.slice(0, 700)}' +\n  '${LIST.slice(700)}'\n\n${use}\n`
  const file = 'src/normalize/country.ts'

  test('are unpacked to the same words where they are read, and nowhere else', async () => {
    const packed = packLists(source('export const read = () => LIST'), file)
    expect(packed).not.toContain('wörd')
    const { read } = (await bundle(packed)) as { readonly read: () => string }
    expect(read()).toBe(LIST)
    expect(packLists(source('read(LIST)'), 'src/app/run.ts')).toContain('wörd')
  })

  test('that several places read are refused: each would unpack them again', () => {
    expect(() => packLists(source('read(LIST, LIST)'), file)).toThrow('LIST in src/normalize/country.ts is read in several')
  })
})
