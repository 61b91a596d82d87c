// Cuts the libraries down to what the bundle uses: every formula cell loads the whole script.
import { deflateAsync } from '@gfx/zopfli'
import { transform } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { resolve as resolvePath } from 'node:path'
import vm from 'node:vm'
import { writeTrie } from './trie.mjs'
import { DIGITS, NARROW, WIDE } from './unpack.mjs'

/**
 * A plain `require` of a package brings all of it: 350 KB for zod/mini, whose locales come along. A source file gets
 * what it names instead: in `const { name } = require(...)`, or as `z.name` after `const z = require(...)`.
 */
export async function nameWhatIsTaken(source, taken) {
  const names = taken ?? (await namesTaken([source]))
  let text = source
  for (const module of modulesOf(source)) {
    text = text.replaceAll(`require('${module}')`, `require('taken:${module}#${names.get(module).join()}')`)
  }
  return text
}

/** What source texts take of each package by name, all together: one copy of it serves them all. */
export async function namesTaken(sources) {
  const taken = new Map()
  for (const source of sources) {
    const destructured = [...source.matchAll(/\{([^{}]*)\} = require\(/g)].flatMap(
      ([, list]) => list.match(/\w+/g) ?? [],
    )
    const dotted = [...source.matchAll(/\bz(?:od\(\))?\.(\w+)/g)].map(([, name]) => name)
    const mentioned = new Set([...destructured, ...dotted])
    for (const module of modulesOf(source)) {
      const names = Object.keys(await import(module)).filter((name) => mentioned.has(name))
      if (names.length === 0) throw new Error(`A file takes from ${module} nothing by name`)
      taken.set(module, [...new Set([...(taken.get(module) ?? []), ...names])])
    }
  }
  return taken
}

const modulesOf = (source) => [
  ...new Set([...source.matchAll(/\brequire\('([^'.][^']*)'\)/g)].map(([, module]) => module)),
]

/** Serves the modules that nameWhatIsTaken asks for. */
export const takeWhatIsNamed = {
  name: 'take-what-is-named',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^taken:/ }, ({ path, resolveDir }) => ({
      path: path.slice('taken:'.length),
      namespace: 'taken',
      pluginData: resolveDir,
    }))
    onLoad({ filter: /.*/, namespace: 'taken' }, ({ path, pluginData: resolveDir }) => {
      const [module, names] = path.split('#')
      return { contents: `export { ${names} } from '${module}'`, resolveDir }
    })
  },
}

/**
 * Phone numbers: the edition for current engines (15 KB less), and metadata without the formats for people (50 KB less,
 * we write E.164 alone) packed until the first phone number comes.
 */
export const slimPhones = {
  name: 'slim-phones',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^\.\.\/es6\// }, ({ path, resolveDir, kind }) =>
      resolveDir.includes('libphonenumber-js')
        ? resolve(path.replace('/es6/', '/es6-modern/'), { resolveDir, kind })
        : undefined,
    )
    onLoad({ filter: /libphonenumber-js[\\/]metadata\.max\.json\.js$/ }, async ({ path }) => {
      const metadata = withoutFormats(JSON.parse(await readFile(path.replace(/\.js$/, ''), 'utf8')))
      const contents = `${takeUnpack}export default JSON.parse(${await pack(JSON.stringify(metadata))})`
      return { contents, loader: 'js' }
    })
    onLoad({ filter: /libphonenumber-js[\\/]es6-modern[\\/](?:metadata|PhoneNumber)\.js$/ }, async ({ path }) => ({
      contents: withoutWriting(await readFile(path, 'utf8')),
      loader: 'js',
    }))
  },
}

// Our metadata are of the last version, whole, and without formats: what asks for others, or writes numbers, is left out.
function withoutWriting(source) {
  return source
    .replace(/\n  format\(format, options\) \{[^]*?\n\}\n/, '\n}\n')
    .replace(/\b(?:setVersion\.call|validateMetadata)\([^()]*\);/g, '')
    .replace(/this\.(?:metadata\.)?v[123]\b(?! =)/g, 'false')
    .replace('.map(_ => new Format(_, this))', '')
}

const packed = new Map()

// A text with more than Latin-1 takes two bytes a character: all low bytes first, which deflate a fifth better.
// Zopfli looks longer for the same format than zlib does: a twelfth less.
async function pack(text) {
  return `unpack(${JSON.stringify(await packText(text))})`
}

/** A text as digits, which `unpack` reads. */
export async function packText(text) {
  const known = packed.get(text)
  if (known) return known
  const codes = Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  const low = Buffer.from(codes.map((code) => code & 0xff))
  const isNarrow = codes.every((code) => code <= 0xff)
  const bytes = isNarrow ? low : Buffer.concat([low, Buffer.from(codes.map((code) => code >> 8))])
  const digits = (isNarrow ? NARROW : WIDE) + writeDigits(await deflateAsync(bytes, { numiterations: 5 }))
  packed.set(text, digits)
  return digits
}

// 13 bits are two digits of 91: a twelfth shorter than base64.
function writeDigits(bytes) {
  const pair = (number) => DIGITS[number % 91] + DIGITS[Math.floor(number / 91)]
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = (bits << 8) | byte
    held += 8
    if (held < 13) continue
    held -= 13
    text += pair(bits >> held)
    bits &= (1 << held) - 1
  }
  return held === 0 ? text : text + pair(bits << (13 - held))
}

const takeUnpack = `import { unpack } from ${JSON.stringify(resolvePath('.build/unpack.mjs'))}\n`

// Where the formats stand in the list that describes a country, in version 4 of the metadata.
const FORMATS = 4

/** Metadata that still tells valid numbers, their country and their type, but not how people print them. */
export function withoutFormats(metadata) {
  if (metadata.version !== 4) throw new Error(`Unknown phone metadata version ${metadata.version}`)
  const strip = (regions) =>
    Object.fromEntries(
      Object.entries(regions).map(([code, facts]) => [code, facts.map((fact, at) => (at === FORMATS ? 0 : fact))]),
    )
  return { ...metadata, countries: strip(metadata.countries), nonGeographic: strip(metadata.nonGeographic) }
}

/**
 * Domains: the labels of the list in the order of letters, which packs 7 % better than that of their hashes; and of the
 * library what looks a host up in it, for we find hosts in texts and check them ourselves (8 KB less).
 */
export const slimDomains = {
  name: 'slim-domains',
  setup({ onLoad }) {
    onLoad({ filter: /tldts[\\/]dist[\\/]es6[\\/]index\.js$/ }, () => ({ contents: parseHost, loader: 'js' }))
    onLoad({ filter: /tldts[\\/]dist[\\/]es6[\\/]src[\\/]data[\\/]trie\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const names = [...source.matchAll(/export const (\w+)/g)].map(([, name]) => name)
      const trie = vm.runInNewContext(`${source.replaceAll('export const', 'var')}\n;({ ${names.join()} })`)
      const arrays = ['nodeFlags', 'edgeStart', 'edgeLength', 'edgeChild', 'labelText']
      if (arrays.some((name) => !names.includes(name))) throw new Error('The domain list has another shape by now')
      const roots = names.filter((name) => !arrays.includes(name)).map((name) => `export const ${name} = ${trie[name]}`)
      const contents = [
        `import { readTrie } from ${JSON.stringify(resolvePath('.build/trie.mjs'))}`,
        `${takeUnpack}export const { ${arrays.join()} } = readTrie(${await pack(writeTrie(trie))})`,
        ...roots,
      ]
      return { contents: contents.join('\n'), loader: 'js' }
    })
  },
}

const parseHost = `import lookUp from './src/suffix-trie'
export function parse(host, options) {
  const found = { isIcann: null, isPrivate: null, publicSuffix: null }
  lookUp(host, { allowIcannDomains: true, allowPrivateDomains: false, ...options }, found)
  const from = host.lastIndexOf('.', host.length - found.publicSuffix.length - 2) + 1
  return { ...found, domain: host === found.publicSuffix ? null : host.slice(from) }
}`

/**
 * Throw-away mailboxes: of the current list the domains that an older list knows as well. Those are the ones that last,
 * and two lists are seldom wrong together. Grouped by what follows the first dot they are 20 KB.
 */
export const slimDisposable = {
  name: 'slim-disposable',
  setup({ onLoad }) {
    onLoad({ filter: /disposable-email-domains-js[\\/].*blocklist\.json$/ }, async ({ path }) => {
      const older = new Set(await readJson(resolvePath('node_modules/disposable-email-domains/index.json')))
      const domains = (await readJson(path)).filter((domain) => older.has(domain))
      const contents = `${takeUnpack}export default ${ungroup}(${await pack(groupByEnd(domains))})`
      return { contents, loader: 'js' }
    })
  },
}

const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'))

function groupByEnd(domains) {
  const groups = new Map()
  for (const domain of domains) {
    const at = domain.indexOf('.')
    const end = domain.slice(at)
    groups.set(end, [...(groups.get(end) ?? []), domain.slice(0, at)])
  }
  return [...groups].map(([end, names]) => [end, ...names].join(' ')).join(';')
}

const ungroup = `((text) => text.split(';').flatMap((group) => {
  const [end, ...names] = group.split(' ')
  return names.map((name) => name + end)
}))`

// Read whenever a list is looked at: unpacking them each time, and the unpacker itself, took a tenth of such an execution.
const PLAIN = ['column-words', 'country', 'header', 'mailbox']

/** Our own tables, files named `*-table.ts` that export plain data: packed until one of them is first used, but for those. */
export const slimTables = {
  name: 'slim-tables',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:normalize|matching|sheet)[\\/][\w-]+-table\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const { code } = await transform(source, { loader: 'ts', format: 'iife', globalName: 'table' })
      const table = vm.runInNewContext(`${code}; table`)
      const isPlain = PLAIN.some((name) => path.endsWith(`${name}-table.ts`))
      const text = JSON.stringify(table)
      const exported = Object.keys(table).map((name) => `export const ${name} = TABLE.${name}`)
      const read = isPlain ? JSON.stringify(text) : await pack(text)
      const contents = [`const TABLE = JSON.parse(${read})`, ...exported].join('\n')
      return { contents: isPlain ? contents : takeUnpack + contents, loader: 'js' }
    })
  },
}

/** Schemas: reached as `core.util`, a whole module stays that uses `atob` and `File`; the file imports it as `util` too. */
export const slimSchemas = {
  name: 'slim-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]mini[\\/]schemas\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll('core.util.', 'util.'),
      loader: 'js',
    }))
  },
}
