// Bundles the script and the sidebar into one text each.
import { parse, parseExpressionAt } from 'acorn'
import { minify } from '@swc/core'
import { build as bundle } from 'esbuild'
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import vm from 'node:vm'
import { collectCold } from './cold.mjs'
import {
  nameWhatIsTaken,
  namesTaken,
  slimDisposable,
  slimDomains,
  slimPhones,
  slimSchemas,
  slimTables,
  takeWhatIsNamed,
} from './libraries.mjs'
import { packMatcher } from './matcher.mjs'
import { collectSentences, readable } from './sentences.mjs'
import { dropMeanings } from './vocabularies.mjs'

const root = process.cwd()

// Target: Apps Script rejects `#private` and `static` fields, and class fields were refused too; es2020 lowers all
// three (platform.md section 3).
const server = {
  bundle: true,
  format: 'iife',
  globalName: 'enrich',
  target: 'es2020',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'error',
  absWorkingDir: root,
}

// After esbuild has left out what is unused, 20 KB less: it simplifies across statements, and looks again at what is left.
const smaller = {
  compress: { passes: 3, ecma: 2020, unsafe_arrows: true },
  mangle: true,
  ecma: 2020,
  module: false,
  format: { ecma: 2020 },
}

const entry = './src/appsscript/main.ts'

/** Bundles the script: one IIFE, then a stub for each public function. See bundle.d.mts. */
export async function buildCode(loading = 'lazy', change = (source) => source) {
  const faces = await readPublicFunctions()
  const sources = await readSources()
  const taken = await namesTaken(sources)
  const sentences = await collectSentences(sources)
  const cold = collectCold(smaller)
  const named = (source, file) => nameWhatIsTaken(change(source, path.relative(root, file)), taken)
  const slim = [takeWhatIsNamed, slimPhones, slimDomains, slimDisposable, slimSchemas, slimTables]
  const matcher = packMatcher({ base: server, plugins: [...slim, rewrite(named)], smaller })
  const result = await bundle({
    ...server,
    entryPoints: [entry],
    minify: true,
    plugins: [
      ...slim,
      ...(loading === 'eager' ? [] : [matcher]),
      sentences.plugin,
      cold.plugin,
      rewrite(async (source, file) => {
        const taken = dropMeanings(await readable(await named(source, file)))
        const short = sentences.take(loading === 'eager' ? importEagerly(taken) : taken)
        const name = path.relative(root, file).replaceAll(path.sep, '/')
        return loading !== 'eager' && cold.isCold(name) ? cold.take(short, name) : short
      }),
    ],
  })
  const { inputs } = Object.values(result.metafile.outputs)[0]
  const { code: bundled } = await minify(result.outputFiles[0].text, smaller)
  const whole = await sentences.fill(bundled)
  const script = loading === 'eager' ? whole : deferUnicodeClasses(await cold.fill(whole))
  const text = [await writeNotice(inputs), script, ...faces.map(writeStub), ''].join('\n')
  return { text, inputs: sizes(inputs), functions: faces.map((face) => face.name), cold: cold.write() }
}

/** Puts style and script into `sidebar/index.html`: one file, because HtmlService serves no second one. */
export async function buildSidebar() {
  const browser = { bundle: true, minify: true, write: false, metafile: true, charset: 'utf8', logLevel: 'error' }
  const [script, style, page] = await Promise.all([
    bundle({
      ...browser,
      entryPoints: ['sidebar/main.tsx'],
      plugins: [
        takeWhatIsNamed,
        slimPhones,
        slimDomains,
        slimDisposable,
        slimTables,
        rewrite((source) => nameWhatIsTaken(source)),
      ],
      absWorkingDir: root,
      format: 'iife',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      define: { 'process.env.NODE_ENV': '"production"' },
    }),
    bundle({ ...browser, entryPoints: ['sidebar/style.css'], absWorkingDir: root }),
    readFile(path.join(root, 'sidebar/index.html'), 'utf8'),
  ])
  const { inputs } = Object.values(script.metafile.outputs)[0]
  const parts = {
    '<!-- style -->': `<style>${style.outputFiles[0].text.trim()}</style>`,
    '<!-- script -->': `<script>\n${await writeNotice(inputs)}\n${inlineScript(script.outputFiles[0].text.trim())}\n</script>`,
  }
  const text = Object.entries(parts).reduce((html, [placeholder, part]) => {
    if (html.split(placeholder).length !== 2)
      throw new Error(`sidebar/index.html must hold ${placeholder} exactly once`)
    return html.replace(placeholder, () => part)
  }, page)
  return { text, inputs: sizes(inputs) }
}

// In an order that is always the same, for their sentences are numbered.
async function readSources() {
  const files = (await readdir(path.join(root, 'src'), { recursive: true })).filter((file) =>
    /(?<!\.d)\.ts$/.test(file),
  )
  return Promise.all(files.sort().map((file) => readFile(path.join(root, 'src', file), 'utf8')))
}

// One run of the readable bundle in an empty realm tells the exports of main.ts, their parameters and the formulas;
// it also fails at once if anything of ours calls a service while loading.
async function readPublicFunctions() {
  const contents = `export * as main from '${entry}'; export { FORMULA_HELP } from './src/domain/formula-help.ts'`
  const result = await bundle({ ...server, stdin: { contents, resolveDir: root } })
  const realm = vm.createContext(Object.create(null))
  vm.runInContext(result.outputFiles[0].text, realm, { filename: 'Code.js' })
  const { main, FORMULA_HELP } = vm.runInContext('enrich', realm)
  const functions = Object.keys(main)
    .filter((name) => name !== 'formula')
    .map((name) => ({ name, params: readParams(main[name]), formula: undefined }))
  const formulas = Object.entries(FORMULA_HELP).map(([name, formula]) => ({
    name,
    params: formula.params.map((param) => param.name),
    formula,
  }))
  if (formulas.length > 0 && !main.formula) throw new Error('main.ts exports no `formula`, but there are formulas')
  return [...functions, ...formulas]
}

function readParams(fn) {
  const { params } = parseExpressionAt(`(${fn})`, 0, { ecmaVersion: 2021 })
  return params.map((param) => {
    if (param.type === 'Identifier') return param.name
    throw new Error(`A public function takes plain parameters: ${fn.name}`)
  })
}

// Custom functions must be `function NAME(a, b) {}` with JSDoc right above (platform.md section 2); esbuild drops JSDoc.
function writeStub({ name, params, formula }) {
  const list = params.join(', ')
  if (!formula) return `function ${name}(${list}) { return enrich.${name}(${list}) }`
  const lines = [
    formula.about,
    `Example: ${formula.example}`,
    ...formula.params.map((param) => `@param {any} ${param.optional ? `[${param.name}]` : param.name} ${param.about}`),
    '@customfunction',
  ]
  const comment = lines.map((line) => ` * ${line.replace(/\s+/g, ' ').replaceAll('*/', '* /')}`).join('\n')
  return `/**\n${comment}\n */\nfunction ${name}(${list}) { return enrich.formula('${name}', [${list}]) }`
}

// V8 builds the character sets of each literal like /\p{L}/u while it compiles the script, used or not: 4 of 11 ms. A
// call costs 0.3 us more than a literal where it is used.
function deferUnicodeClasses(code) {
  const isCostly = ({ type, value }) => type.label === 'regexp' && value.pattern.includes('\\p{')
  return replaceTokens(code, isCostly, ({ value: { pattern, flags } }) => {
    return ` RegExp(${JSON.stringify(pattern)},${JSON.stringify(flags)})`
  })
}

function replaceTokens(code, isWanted, write) {
  const wanted = []
  parse(code, { ecmaVersion: 2022, onToken: (token) => isWanted(token) && wanted.push(token) })
  const pieces = []
  let from = 0
  for (const token of wanted) {
    pieces.push(code.slice(from, token.start), write(token))
    from = token.end
  }
  return [...pieces, code.slice(from)].join('')
}

// Licences ask that their notice travels with the code. Lists what the bundle really holds.
async function writeNotice(inputs) {
  const names = Object.keys(inputs).flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [])
  const packages = await Promise.all([...new Set(names)].sort().map(describePackage))
  const mit = packages.find(({ license }) => license === 'MIT')
  const permission = mit ? mit.text.slice(mit.text.indexOf('Permission is hereby granted')).trim() : ''
  const own = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
  const lines = [
    `${own.name} ${own.version}, ${own.license}. Includes:`,
    ...packages.map(({ name, version, license, holders }) => `${name} ${version}, ${license}. ${holders}`),
    ...(permission ? ['', 'MIT:', ...permission.split('\n').map((line) => line.trim())] : []),
  ]
  return `/*!\n${lines.join('\n').replaceAll('*/', '* /')}\n*/`
}

async function describePackage(name) {
  const folder = path.join(root, 'node_modules', name)
  const { version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
  const licence = (await readdir(folder)).find((file) => /^licen[cs]e(\.md|\.txt)?$/i.test(file))
  if (!licence) throw new Error(`${name} has no licence file to take the notice from`)
  const text = await readFile(path.join(folder, licence), 'utf8')
  const holders = text.split('\n').filter((line) => /^\s*copyright\b.*\d/i.test(line))
  return { name, version, license, text, holders: holders.map((line) => line.trim()).join('; ') }
}

// The comparison for bench/cold-start: the same source with each `require` of ours turned into a static import.
function importEagerly(source) {
  const wanted = []
  const body = source.replace(/\brequire\('([^']+)'\)/g, (_, module) => `eager${wanted.push(module)}`)
  const name = (module, index) => (module.endsWith('.json') ? `eager${index + 1}` : `* as eager${index + 1}`)
  return [body, ...wanted.map((module, index) => `import ${name(module, index)} from '${module}'`)].join('\n')
}

const rewrite = (edit) => ({
  name: 'rewrite',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => ({
      contents: await edit(await readFile(file, 'utf8'), file),
      loader: 'ts',
    }))
  },
})

// In HTML `</script` and `<!--` would end or change the script, and HtmlService may take `//` inside a template
// literal for a comment (platform.md section 6). The escapes mean the same to JavaScript.
function inlineScript(code) {
  const isTemplate = ({ type }) => type.label === 'template'
  return replaceTokens(code, isTemplate, ({ start, end }) => code.slice(start, end).replaceAll('//', '/\\/'))
    .replace(/<\/(?=script)/gi, '<\\/')
    .replaceAll('<!--', '<\\!--')
}

const sizes = (inputs) =>
  Object.fromEntries(Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]))
