// Packs what one screen of the sidebar alone calls: each formula cell loads the whole script, and none of them needs it.
import { minify } from '@swc/core'
import { parse } from 'acorn'
import { transform } from 'esbuild'
import { packedModule } from './packed.mjs'

// Nothing of a slice or of a formula stands in them. They are unpacked once in an execution, all together.
const COLD = [
  'companions',
  'correct',
  'duplicates',
  'erase-cells',
  'erasure',
  'explain',
  'find-person',
  'finish-formulas',
  'formula-builder',
  'formula-origins',
  'formula-values',
  'hidden-rows',
  'keep-store',
  'kept-apart',
  'last-run',
  'list-rows',
  'merge',
  'merge-batch',
  'merge-list',
  'merge-log',
  'merged-tab',
  'new-columns',
  'new-tab',
  'notices',
  'overview',
  'practice',
  'prepare',
  'reenter',
  'register',
  'retention',
  'review',
  'row-status',
  'rows-seen',
  'saved-runs',
  'set-cells',
  'start',
  'test-key',
  'try-recipe',
  'undo',
  'undo-merge',
  'usage',
  'view-person',
  'view-privacy',
  'view-vendors',
  'view-waterfalls',
]
  .map((name) => `app/${name}`)
  .concat('privacy/parse-suppression', 'sheet/hidden')
  .map((name) => `src/${name}.ts`)

// A name that no module gives to something else.
const CALL = '__cold'

/**
 * Collects the modules that are packed together. `take` is given one without its types and leaves its imports and a call in
 * the place of each function; `fill` puts them all into the finished bundle as one packed text, the one that
 * `write` gives. Throws where one exports anything but functions.
 */
export function collectCold(smaller) {
  const modules = new Map()
  const packed = packedModule('cold', (text) => [
    'let modules',
    `export const cold = (at) => (modules ??= new Function(unpack(${text}))())[at]`,
  ])
  const write = () => `"use strict";return[${COLD.map((file) => modules.get(file)).join()}]`
  return {
    isCold: (file) => COLD.includes(file),
    plugin: packed.plugin,
    async take(code, file) {
      const lazy = takeRequired(code)
      if (/\brequire\(/.test(lazy.code)) throw new Error(`${file} is packed: it may require a module by its name alone`)
      const { body } = parse(lazy.code, { ecmaVersion: 2022, sourceType: 'module' })
      const imports = body.filter(({ type }) => type === 'ImportDeclaration')
      const imported = imports.flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name))
      const given = [...imported, ...lazy.names].join()
      const exported = body.filter(({ type }) => type.startsWith('Export')).map(nameOf)
      const rest = body
        .filter((node) => !imports.includes(node))
        .map((node) => textOf(lazy.code, node.declaration ?? node))
      modules.set(file, await shorten(`(${given}) => { ${rest.join('\n')}\n return [${exported.join()}] }`, smaller))
      return [
        `import { cold as ${CALL} } from 'cold'`,
        ...imports.map((node) => textOf(lazy.code, node)),
        ...lazy.lines,
        'let made',
        ...exported.map(
          (name, at) =>
            `export function ${name}(...args) { return (made ??= ${CALL}(${COLD.indexOf(file)})(${given}))[${at}](...args) }`,
        ),
      ].join('\n')
    },
    fill: (bundle) => packed.fill(bundle, write()),
    write,
  }
}

const REQUIRED = /\brequire\(["'](.+?)["']\)/g

// The bundler must see what is required: it stays outside, and is loaded at its first use all the same.
function takeRequired(code) {
  const paths = [...new Set([...code.matchAll(REQUIRED)].map(([, path]) => path))]
  const names = paths.map((_, at) => `${CALL}Required${at}`)
  return {
    code: code.replace(REQUIRED, (_, path) => `${names[paths.indexOf(path)]}()`),
    names,
    lines: paths.map((path, at) => `const ${names[at]} = () => require('${path}')`),
  }
}

// As a statement that stays: what nobody takes is left out.
async function shorten(expression, smaller) {
  const { code: lowered } = await transform(`var module = ${expression}`, { target: 'es2020', charset: 'utf8' })
  const { code } = await minify(lowered, smaller)
  return code.replace(/^var module=|;\s*$/g, '')
}

const textOf = (code, { start, end }) => code.slice(start, end)

function nameOf({ declaration }) {
  if (declaration?.type !== 'FunctionDeclaration')
    throw new Error('A packed module exports functions alone, each where it is declared')
  return declaration.id.name
}
