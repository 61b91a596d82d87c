import { build, type BuildOptions } from 'esbuild'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'

const SOURCES = ['workbench/page', 'workbench/page/client', 'workbench/vendors/contract.ts', 'package-lock.json']

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  logLevel: 'error',
}

const changedAt = (file: string): number => {
  const { mtimeMs } = statSync(file)
  if (!statSync(file).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(file).map((name) => statSync(path.join(file, name)).mtimeMs))
}

/** Builds the page unless the one built before is newer than its sources. Returns the folder; takes about 2 s. */
export const buildPage = async (root: string): Promise<string> => {
  const folder = path.join(root, 'workbench/dist/page')
  const built = path.join(folder, 'page.js')
  const newest = Math.max(...SOURCES.map((source) => changedAt(path.join(root, source))))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return folder
  // Moved into place when it is whole: another workbench may start at the same time.
  const fresh = `${folder}-${process.pid}`
  mkdirSync(folder, { recursive: true })
  const client = path.join(root, 'workbench/page/client')
  const shim = await build({ ...COMMON, entryPoints: [path.join(client, 'script-shim.ts')], write: false })
  // `</script` inside the text would end the script that carries it.
  const shimText = (shim.outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script')
  await build({
    ...COMMON,
    entryPoints: { page: path.join(client, 'main.tsx') },
    outdir: fresh,
    define: { 'process.env.NODE_ENV': '"production"', SCRIPT_SHIM: JSON.stringify(shimText) },
    loader: { '.woff': 'dataurl', '.woff2': 'dataurl', '.ttf': 'dataurl', '.svg': 'dataurl', '.png': 'dataurl' },
  })
  copyFileSync(path.join(client, 'index.html'), path.join(fresh, 'index.html'))
  for (const name of readdirSync(fresh).toSorted()) renameSync(path.join(fresh, name), path.join(folder, name))
  rmSync(fresh, { recursive: true })
  return folder
}
