import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { UniverStore } from '../../workbench/page/univer-store'

const OUTFILE = path.resolve('workbench/dist/univer-store.cjs')

const BUILD = {
  entryPoints: ['workbench/page/univer-store.ts'],
  outfile: OUTFILE,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'error',
}

/**
 * Univer cannot be loaded as it is on Node 20 (its packages are ES modules with a broken import), so the store is
 * bundled to one CommonJS file first; in a process of its own, because esbuild refuses to run inside jest's realm.
 */
export const loadUniverStore = (): (() => UniverStore) => {
  execFileSync(process.execPath, ['-e', `require('esbuild').buildSync(${JSON.stringify(BUILD)})`])
  const { createUniverStore } = createRequire(OUTFILE)(OUTFILE) as { readonly createUniverStore: () => UniverStore }
  return createUniverStore
}
