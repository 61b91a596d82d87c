// A text that is packed into the script once the whole of it is known: sentences, and modules of screens.
import { resolve as resolvePath } from 'node:path'
import { packText } from './libraries.mjs'

/**
 * A module that the bundle imports by `name`, whose `lines` are given the place of the packed text as a literal; `fill` puts the
 * text there in the finished bundle. Inflating makes tables when it is loaded: not before the text is first needed.
 */
export function packedModule(name, lines) {
  // Stands in the bundle until the text is known; nobody would write it.
  const place = `@${name}@`
  return {
    plugin: {
      name,
      setup({ onResolve, onLoad }) {
        onResolve({ filter: new RegExp(`^${name}$`) }, ({ path }) => ({ path, namespace: name }))
        onLoad({ filter: /.*/, namespace: name }, () => ({
          contents: [
            `const unpack = (digits) => require(${JSON.stringify(resolvePath('.build/unpack.mjs'))}).unpack(digits)`,
            ...lines(`'${place}'`),
          ].join('\n'),
          resolveDir: process.cwd(),
        }))
      },
    },
    async fill(bundle, text) {
      const found = ['"', "'", '`'].map((quote) => quote + place + quote).find((one) => bundle.includes(one))
      const digits = await packText(text)
      // Whoever looks for the comments above functions, as Google does for its help, must find none in here.
      return bundle.replace(found, () => JSON.stringify(digits).replaceAll('/*', String.raw`/\*`))
    },
  }
}
