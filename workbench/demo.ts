import { readFileSync } from 'node:fs'
import path from 'node:path'
import { startEmulator } from './appsscript/emulator'
import { entryPoints } from './appsscript/entry-points'
import type { Facts, User } from './appsscript/contract'
import { loadBundle } from './appsscript/load-bundle'
import { buildPage } from './page/build-page'
import { readFunctionHelp } from './page/function-help'
import { startPageServer } from './page/page-server'
import { createQuestions } from './page/questions'
import { createUniverStore } from './page/univer-store'
import { fillStore, readWorkbookFile } from './page/workbook-files'
import { startVendors } from './vendors/index'

const USERS: { readonly [id: string]: User } = {
  '1': { id: '1', email: 'ana@example.com', locale: 'en', account: 'workspace' },
  '2': { id: '2', email: 'ben@example.com', locale: 'en', account: 'workspace' },
}
const OWNER = '1'
const DEFAULT_PORT = 8080
const SAMPLE = 'workbench/samples/leads-250.csv'

/** The value after `--name`, or undefined. */
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

/** Open questions about Google that are taken as answered with yes: `--yes NAME`. */
const facts = (): Facts => {
  const name = option('yes')
  return name === undefined ? {} : { [name]: 'yes' }
}

/** Starts the spreadsheet page with the built add-on in it, on `$PORT` or 8080; `--bundle FOLDER` takes another one. */
const demo = async (): Promise<void> => {
  const root = process.cwd()
  const owner = USERS[OWNER]
  if (!owner) throw new Error('The demo has no owner.')
  const bundle = loadBundle(path.resolve(root, option('bundle') ?? 'dist'))
  const functions = entryPoints(bundle.code).filter((name) => !name.endsWith('_'))
  const samplePath = path.resolve(root, option('sample') ?? SAMPLE)
  const [pageFolder, vendors] = await Promise.all([buildPage(root), startVendors()])
  const store = createUniverStore()
  fillStore(store, readWorkbookFile(path.basename(samplePath), readFileSync(samplePath)))
  const questions = createQuestions()
  const emulator = await startEmulator({
    bundle,
    store,
    clock: 'real',
    edition: 'addon',
    scriptProperties: { edition: 'addon' },
    owner,
    facts: facts(),
    resolve: (host) => vendors.resolve(host),
    answer: questions.ask,
  })
  // A cell keeps the message of a failed formula for its hover note; the emulator hands on the value alone.
  for (const name of functions) {
    store.defineFunction(name, async (args) => {
      const { state, value, error } = await emulator.formula({ name, args, user: owner })
      if (state !== 'returned') throw new Error(error?.message)
      return value
    })
  }
  const server = await startPageServer({
    emulator,
    store,
    vendors,
    questions,
    users: USERS,
    functions,
    help: readFunctionHelp(bundle.code),
    pageFolder,
    samplePath,
    fileName: path.basename(samplePath, path.extname(samplePath)),
    port: Number(process.env['PORT'] ?? DEFAULT_PORT),
  })
  console.log(`Enrich workbench: ${server.url}`)
  console.log('Google and all vendors are simulated on this machine. Stop with Ctrl+C.')
  const stop = async (): Promise<void> => {
    await Promise.all([server.stop(), emulator.stop(), vendors.stop()])
    process.exit(0) // Connections that a browser keeps open must not hold a stopped demo.
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
}

demo().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
