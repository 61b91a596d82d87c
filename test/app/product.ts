import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Api, ProblemView, RunRequest, RunView } from '../../src/app/api-types'
import { loadBundle } from '../../workbench/appsscript/load-bundle'
import { startEmulator } from '../../workbench/appsscript/emulator'
import { createMemoryStore } from '../../workbench/appsscript/memory-store'
import type { Emulator, EmulatorOptions, Ended, User } from '../../workbench/appsscript/contract'
import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import { LAWFUL } from '../../workbench/lawful'
import { startVendors } from '../../workbench/vendors/index'
import type { Vendors } from '../../workbench/vendors/contract'

/** The built product on the emulated platform, with the vendors on local ports: what every story runs on. */
export interface Product {
  readonly emulator: Emulator
  readonly store: SheetStore
  readonly vendors: Vendors
  readonly user: User
  /** Calls the server as the sidebar does. Throws the problem's message. */
  call<N extends keyof Api>(name: N, ...args: Parameters<Api[N]>): Promise<ReturnType<Api[N]>>
  /** The same for another person. */
  callAs<N extends keyof Api>(user: User, name: N, ...args: Parameters<Api[N]>): Promise<ReturnType<Api[N]>>
  /** The execution itself, for stories about kills and failures. */
  execute<N extends keyof Api>(name: N, ...args: Parameters<Api[N]>): Promise<Ended>
  /** Receipt, start and slices until the run ends or pauses. */
  enrich(request: Partial<RunRequest>): Promise<RunView>
  /** Goes on with a run until it ends or pauses. */
  finish(run: RunView): Promise<RunView>
  stop(): Promise<void>
}

/** The person whose file it is. */
export const OWNER: User = { id: 'owner', email: 'owner@example.com', locale: 'en', account: 'consumer' }

/** Somebody else with the file open. */
export const COLLEAGUE: User = { id: 'colleague', email: 'colleague@example.com', locale: 'de', account: 'consumer' }

/** What a product is started with: rows as people typed them, first row headers. */
export interface Setting {
  readonly rows: readonly (readonly (string | number | boolean | null)[])[]
  readonly locale?: string
  readonly options?: Partial<EmulatorOptions>
  readonly store?: SheetStore
}

// Less than the six hours of a pass (safety S16).
const PASS_LASTS_MS = 5 * 3_600_000

/** Starts the product on a list. */
export async function startProduct(setting: Setting): Promise<Product> {
  const store =
    setting.store ??
    createMemoryStore({ locale: setting.locale ?? 'en_US', tabs: [{ name: 'Leads', values: setting.rows }] })
  const running: { emulator?: Emulator } = {}
  const vendors = await startVendors({ clock: () => running.emulator?.now() ?? 0, slowMs: 50 })
  const emulator = await startEmulator({
    bundle: loadBundle(path.resolve('dist')),
    store,
    clock: 'virtual',
    startAt: Date.UTC(2026, 10, 22, 9),
    edition: 'addon',
    scriptProperties: { edition: 'addon' },
    documentProperties: LAWFUL,
    owner: OWNER,
    resolve: (host) => vendors.resolve(host),
    ...setting.options,
  })
  running.emulator = emulator
  const passes = new Map<string, { readonly pass: string; readonly at: number }>()

  const passOf = async (user: User): Promise<string> => {
    const known = passes.get(user.id)
    // Whoever comes back later opens the sidebar again.
    if (known && emulator.now() - known.at < PASS_LASTS_MS) return known.pass
    let html = ''
    const off = emulator.onUi((event) => {
      if (event.kind === 'sidebar') html = event.html
    })
    const opened = await emulator.execute({ function: 'showSidebar', user, via: 'menu' })
    off()
    if (opened.state !== 'returned')
      throw new Error(`The sidebar did not open: ${opened.error?.message ?? opened.state}`)
    const pass = /ENRICH_PASS="([^"]+)"/.exec(html)?.[1]
    if (!pass) throw new Error('The sidebar has no pass')
    passes.set(user.id, { pass, at: emulator.now() })
    return pass
  }
  const execute = async (user: User, name: string, args: readonly unknown[]): Promise<Ended> =>
    emulator.execute({ function: 'rpc', args: [name, JSON.stringify(args), await passOf(user)], user, via: 'rpc' })
  const callAs: Product['callAs'] = async (user, name, ...args) => {
    const ended = await execute(user, name, args)
    if (ended.state !== 'returned') throw new Error(`${name} ${ended.state}: ${ended.error?.message ?? ''}`)
    const reply = JSON.parse(String(ended.value)) as { value?: never; problem?: ProblemView }
    if (reply.problem) throw new Error(reply.problem.message)
    return reply.value as never
  }
  const call: Product['call'] = (name, ...args) => callAs(OWNER, name, ...args)
  const finish = async (run: RunView): Promise<RunView> => {
    let current = run
    for (let slices = 0; current.state === 'running'; slices++) {
      if (slices > 500) throw new Error('The run does not end')
      current = await call('continueRun', current.id)
    }
    return current
  }
  return {
    emulator,
    store,
    vendors,
    user: OWNER,
    call,
    callAs,
    execute: (name, ...args) => execute(OWNER, name, args),
    finish,
    async enrich(request) {
      const receipt = await call('receipt', {
        scope: 'all',
        wanted: ['email'],
        mapping: {},
        purpose: 'Invite them to a product demo',
        cap: 1000,
        ...request,
      })
      return finish(await call('startRun', receipt.id))
    },
    async stop() {
      await emulator.stop()
      await vendors.stop()
    },
  }
}

/** Switches to the production environment with a key that the simulated Hunter accepts. */
export async function useHunter(product: Product): Promise<void> {
  const key = product.vendors.keys['api.hunter.io'] ?? ''
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'personal', key })
}

/** The texts of a tab as a person sees them, row by row. */
export function shown(store: SheetStore, tabName = 'Leads'): readonly (readonly string[])[] {
  const tab = store.tabs().find((one) => one.name === tabName)
  if (!tab)
    throw new Error(
      `No tab ${tabName}: ${store
        .tabs()
        .map((one) => one.name)
        .join(', ')}`,
    )
  const { rows, columns } = store.used(tab.id)
  return store.display(tab.id, { row: 0, column: 0, rows, columns })
}

/** The rows of a sample list. */
export function sampleRows(file: string): string[][] {
  const text = readFileSync(path.resolve('workbench/samples', file), 'utf8')
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!
    if (quoted && char === '"' && text[index + 1] === '"') ((cell += '"'), index++)
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === ',') (rows.at(-1)!.push(cell), (cell = ''))
    else if (!quoted && char === '\n') (rows.at(-1)!.push(cell), (cell = ''), rows.push([]))
    else if (char !== '\r' || quoted) cell += char
  }
  if (cell !== '' || rows.at(-1)!.length > 0) rows.at(-1)!.push(cell)
  return rows.filter((row) => row.length > 0)
}
