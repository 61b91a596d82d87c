// Runs a TypeScript entry of the workbench or of bench: Node 20 strips no types, and Univer cannot be loaded as plain
// ES modules there, so the entry is bundled to one CommonJS file first.
import { build } from 'esbuild'
import { renameSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const [entry, ...args] = process.argv.slice(2)
if (!entry) {
  console.error('Usage: node workbench/run.mjs ENTRY.ts [arguments]')
  process.exit(2) // Nothing was started yet, and a module cannot return.
}
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const outfile = path.join(root, 'workbench/dist', `${path.basename(entry, '.ts')}.cjs`)
// Renamed when it is whole: another process may start the same entry at the same time.
const fresh = `${outfile}.${process.pid}`
await build({
  entryPoints: [path.join(root, entry)],
  outfile: fresh,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['@sparticuz/chromium', 'playwright-core', 'esbuild', '@swc/core'],
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'error',
})
renameSync(fresh, outfile)
process.argv = [process.argv[0], path.join(root, entry), ...args]
process.chdir(root)
createRequire(import.meta.url)(outfile)
