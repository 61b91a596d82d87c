// Packs the matcher: one formula in twenty needs it, and each of them loads the whole script.
import { minify } from '@swc/core'
import { build as bundle } from 'esbuild'
import { resolve as resolvePath } from 'node:path'
import vm from 'node:vm'
import { packText } from './libraries.mjs'

const UNPACK = resolvePath('.build/unpack.mjs')
const takeUnpack = `import { unpack } from ${JSON.stringify(UNPACK)}`

/**
 * Puts `src/matching/pair.ts`, with all that it imports, into the script as a packed text, which becomes functions when it
 * is first required. Apps Script has `new Function`, and its own guides evaluate code of templates (platform.md section 3).
 */
export function packMatcher(options) {
  return {
    name: 'pack-matcher',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]matching[\\/]pair\.ts$/ }, async ({ path }) => {
        const { names, code } = await bundleMatcher(path, options)
        const contents = [
          takeUnpack,
          `const matcher = new Function('unpack', unpack(${JSON.stringify(await packText(code))}))(unpack)`,
          ...names.map((name) => `export const ${name} = matcher.${name}`),
        ]
        return { contents: contents.join('\n'), loader: 'js', resolveDir: process.cwd() }
      })
    },
  }
}

async function bundleMatcher(path, { base, plugins, smaller }) {
  const result = await bundle({
    ...base,
    entryPoints: [path],
    globalName: 'matcher',
    minify: true,
    plugins: [takeOuterUnpack, ...plugins],
  })
  const { code } = await minify(result.outputFiles[0].text, smaller)
  return { names: Object.keys(vm.runInNewContext(`${code};matcher`)), code: `${code};return matcher` }
}

// The script has it already.
const takeOuterUnpack = {
  name: 'take-outer-unpack',
  setup({ onLoad }) {
    onLoad({ filter: /unpack\.mjs$/ }, () => ({ contents: 'const outer = unpack; export { outer as unpack }' }))
  },
}
