// Cuts the libraries down to what the bundle uses: every formula cell loads the whole script.
import { readFile } from 'node:fs/promises'
import { resolve as resolvePath } from 'node:path'
import vm from 'node:vm'
import { deflateRawSync } from 'node:zlib'
import { DIGITS } from './unpack.mjs'

/**
 * A plain `require` of a package brings all of it: 350 KB for zod/mini, whose locales come along. A source file gets
 * what it names instead: in `const { name } = require(...)`, or as `z.name` after `const z = require(...)`.
 */
export async function nameWhatIsTaken(source) {
  const modules = [...source.matchAll(/\brequire\('([^'.][^']*)'\)/g)].map(([, module]) => module)
  const destructured = [...source.matchAll(/\{([^{}]*)\} = require\(/g)].flatMap(([, list]) => list.match(/\w+/g) ?? [])
  const dotted = [...source.matchAll(/\bz(?:od\(\))?\.(\w+)/g)].map(([, name]) => name)
  const mentioned = new Set([...destructured, ...dotted])
  let text = source
  for (const module of new Set(modules)) {
    const names = Object.keys(await import(module)).filter((name) => mentioned.has(name))
    if (names.length === 0) throw new Error(`A file takes from ${module} nothing by name`)
    text = text.replaceAll(`require('${module}')`, `require('taken:${module}#${names.join()}')`)
  }
  return text
}

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
      const contents = `${takeUnpack}export default JSON.parse(${pack(JSON.stringify(metadata))})`
      return { contents, loader: 'js' }
    })
  },
}

// Two bytes a character, for the texts hold what Latin-1 does not: all low bytes first, which deflate a fifth better.
function pack(text) {
  const codes = Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  const bytes = Buffer.concat([
    Buffer.from(codes.map((code) => code & 0xff)),
    Buffer.from(codes.map((code) => code >> 8)),
  ])
  const deflated = deflateRawSync(bytes, { level: 9 })
  return `unpack(${JSON.stringify(asDigits(deflated))})`
}

// 13 bits in two of 91 digits: an eleventh less text than the six bits of each digit of base64.
function asDigits(bytes) {
  let text = ''
  let bits = 0
  let held = 0
  const put = () => {
    const value = bits & 0x1fff
    text += DIGITS[value % DIGITS.length] + DIGITS[Math.floor(value / DIGITS.length)]
    bits >>= 13
    held -= 13
  }
  for (const byte of bytes) {
    bits |= byte << held
    held += 8
    if (held >= 13) put()
  }
  while (held > 0) put()
  return text
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

// A list that is shorter saves less than its frame costs.
const LEAST_LIST = 1_000

/** Our own sources with long lists of words, each of which is read in one place, once. */
const WITH_LISTS = /^src[\\/](?:sheet[\\/]header-words|normalize[\\/](?:company-name|country|free-mail))\.ts$/

/** Packs the lists of a source of ours into the place that reads them: they are unpacked when they are first needed. */
export function packLists(source, file) {
  if (!WITH_LISTS.test(file)) return source
  const text = /(?:'(?:[^'\\\n]|\\.)*'|\+|\/\/[^\n]*|\s)+/.source
  const lists = new RegExp(`^const ([A-Z_]+)(?:: [^=\\n]*)? =(${text}|\\s*\\{[^{}]*\\})\\n(?=\\n|$)`, 'gm')
  let packed = source
  for (const [whole, name, literal] of source.matchAll(lists)) {
    if (literal.length < LEAST_LIST) continue
    const rest = packed.replace(whole, '')
    const used = new RegExp(`\\b${name}\\b`, 'g')
    if (rest.match(used)?.length !== 1) throw new Error(`The list ${name} in ${file} is read in several places`)
    const value = vm.runInNewContext(`(${literal})`)
    const text = typeof value === 'string' ? pack(value) : `JSON.parse(${pack(JSON.stringify(value))})`
    packed = rest.replace(used, () => text)
  }
  return packed === source ? source : takeUnpack + packed
}

/** Domains: the list's labels and its arrays of numbers, a character a number, as one packed text. */
export const slimDomains = {
  name: 'slim-domains',
  setup({ onLoad }) {
    onLoad({ filter: /tldts[\\/]dist[\\/]es6[\\/]src[\\/]data[\\/]trie\.js$/ }, async ({ path }) => ({
      contents: packNumbers(await readFile(path, 'utf8')),
      loader: 'js',
    }))
  },
}

function packNumbers(source) {
  let text = ''
  const code = source.replace(/new (Uint\d+Array)\(\[([\d,\s]+)\]\)/g, (array, type, list) => {
    const numbers = list.split(',').map(Number)
    if (Math.max(...numbers) > 0xffff) return array
    const from = text.length
    for (const number of numbers) text += String.fromCharCode(number)
    return `${type}.from({ length: ${numbers.length} }, (_, at) => PACKED.charCodeAt(${from} + at))`
  })
  const labels = /labelText = "([^"\\]*)"/.exec(code)
  if (text === '' || !labels) throw new Error('The domain list has no arrays of numbers or no labels any more')
  const short = code.replace(labels[0], () => `labelText = PACKED.slice(${text.length})`)
  return `${takeUnpack}const PACKED = ${pack(text + labels[1])}\n${short}`
}

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
      const contents = `${takeUnpack}export default ${ungroup}(${pack(groupByEnd(domains))})`
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
