import path from 'node:path'
import type { Emulator, Ended, User } from '../appsscript/contract'
import { startEmulator } from '../appsscript/emulator'
import { loadBundle } from '../appsscript/load-bundle'
import { createMemoryStore } from '../appsscript/memory-store'
import type { SheetStore } from '../appsscript/sheet-store'
import type { Vendors } from '../vendors/contract'
import { LAWFUL } from '../lawful'
import { startVendors } from '../vendors/index'
import type { WireCalls, WireProblem } from './wire'

/** The built add-on on the emulated platform, driven by calls instead of a sidebar. */
export interface OpenProduct {
  readonly emulator: Emulator
  readonly store: SheetStore
  readonly vendors: Vendors
  /** Id of the tab that holds the list. */
  readonly tab: number
  /** Calls the server as the sidebar does. Throws the problem's message, and an error when the execution died. */
  call<N extends keyof WireCalls>(name: N, ...args: Parameters<WireCalls[N]>): Promise<ReturnType<WireCalls[N]>>
  /** The same, with how the execution ended. */
  execute<N extends keyof WireCalls>(name: N, ...args: Parameters<WireCalls[N]>): Promise<Ended>
  stop(): Promise<void>
}

/** The texts of a list and how the add-on is to run over it. */
export interface ProductSetting {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  readonly clock: 'virtual' | 'real'
  /** Who answers: simulated vendors with their keys, by id, or the add-on's own training. */
  readonly vendors: readonly string[] | 'all' | 'training'
  /** As the emulator takes it: more where a large file is worked on for long without a call. */
  readonly hangMs?: number
}

const OWNER: User = { id: 'owner', email: 'owner@example.com', locale: 'en', account: 'workspace' }

/** Where a virtual clock begins; equal runs give equal dates. */
const START = Date.UTC(2026, 0, 5, 9)

/** Google's limit for one cell (platform.md section 1). */
const CELL_CHARS = 50_000

/** Rows and columns that the tab has beyond the list, as a new sheet of Google has. */
const SPARE_ROWS = 100
const SPARE_COLUMNS = 10

/** Puts a list into an empty spreadsheet as text, opens the add-on on it and gives it the keys of the vendors. */
export async function openProduct(setting: ProductSetting): Promise<OpenProduct> {
  const store = storeOf(setting)
  let now = (): number => START
  const vendors = await startVendors({ clock: () => now(), slowMs: 0 })
  const emulator = await startEmulator({
    bundle: loadBundle(path.resolve('dist')),
    store,
    clock: setting.clock,
    ...(setting.clock === 'virtual' ? { startAt: START } : {}),
    edition: 'addon',
    documentProperties: LAWFUL,
    owner: OWNER,
    ...(setting.hangMs === undefined ? {} : { hangMs: setting.hangMs }),
    resolve: (host) => vendors.resolve(host),
  })
  now = () => emulator.now()
  const pass = await openSidebar(emulator)
  const execute: OpenProduct['execute'] = (name, ...args) =>
    emulator.execute({ function: 'rpc', args: [name, JSON.stringify(args), pass], user: OWNER, via: 'rpc' })
  const product: OpenProduct = {
    emulator,
    store,
    vendors,
    tab: store.tabs()[0]!.id,
    execute,
    call: async (name, ...args) => readReply(name, await execute(name, ...args)) as never,
    async stop() {
      await emulator.stop()
      await vendors.stop()
    },
  }
  try {
    if (setting.vendors !== 'training') await saveKeys(product, setting.vendors)
    return product
  } catch (error) {
    // What goes on running would keep the command from ending.
    await product.stop()
    throw error
  }
}

/** The value of a reply. Throws the problem's message, and an error when the execution died. */
export function readReply(name: string, ended: Ended): unknown {
  if (ended.state !== 'returned')
    throw new Error(`The add-on broke off in ${name} (${ended.state}): ${ended.error?.message ?? 'no reason given'}`)
  const reply = JSON.parse(String(ended.value)) as { readonly value?: unknown; readonly problem?: WireProblem }
  if (reply.problem) throw new Error(reply.problem.message)
  return reply.value
}

// Format @ on every cell: the list stays the text that it is in the file.
function storeOf({ name, rows }: ProductSetting): SheetStore {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 1)
  const size = { rows: rows.length + SPARE_ROWS, columns: columns + SPARE_COLUMNS }
  const store = createMemoryStore({ tabs: [{ name, ...size }] })
  const patches = rows.map((row) =>
    Array.from({ length: columns }, (_, column) => {
      const text = row[column] ?? ''
      return text === '' ? undefined : { value: text.slice(0, CELL_CHARS), format: '@' }
    }),
  )
  store.write(store.tabs()[0]!.id, { row: 0, column: 0, rows: rows.length, columns }, patches)
  return store
}

async function openSidebar(emulator: Emulator): Promise<string> {
  let html = ''
  const off = emulator.onUi((event) => {
    if (event.kind === 'sidebar') html = event.html
  })
  const opened = await emulator.execute({ function: 'showSidebar', user: OWNER, via: 'menu' })
  off()
  const pass = /ENRICH_PASS="([^"]+)"/.exec(html)?.[1]
  if (pass === undefined)
    throw new Error(`The add-on did not open its sidebar: ${opened.error?.message ?? opened.state}`)
  return pass
}

async function saveKeys(product: OpenProduct, wanted: readonly string[] | 'all'): Promise<void> {
  const settings = await product.call('settings')
  const simulated = settings.vendors.flatMap(({ id, host }) => {
    const key = product.vendors.keys[host]
    return key === undefined ? [] : [{ id, key }]
  })
  const ids = simulated.map(({ id }) => id)
  const unknown = wanted === 'all' ? undefined : wanted.find((id) => !ids.includes(id))
  if (unknown !== undefined)
    throw new Error(`There is no simulated vendor "${unknown}". Name some of these: ${ids.join(', ')}.`)
  for (const { id, key } of simulated) {
    if (wanted === 'all' || wanted.includes(id))
      await product.call('saveKey', { vendor: id, environment: 'production', place: 'personal', key })
  }
}
