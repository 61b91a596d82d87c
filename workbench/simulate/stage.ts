import type { Bundle, Emulator, EmulatorOptions, Ended, User } from '../appsscript/contract'
import { startEmulator } from '../appsscript/emulator'
import { createMemoryStore } from '../appsscript/memory-store'
import type { CellPatch, SheetStore } from '../appsscript/sheet-store'
import { LAWFUL } from '../lawful'
import type { Vendors } from '../vendors/contract'
import { HUNTER_KEYS } from '../vendors/simulated/hunter'
import { startVendors } from '../vendors/index'
import { RECIPES } from './recipes'
import type { RunSeen } from './wire'

/** The person who starts the runs. */
export const OWNER: User = { id: 'owner', email: 'owner@example.com', locale: 'en', account: 'workspace' }

/** Somebody else with the file open. */
export const COLLEAGUE: User = { id: 'colleague', email: 'colleague@example.com', locale: 'de', account: 'workspace' }

/**
 * The vendors that are paid: one at a time, in batches, one that answers later, one that checks addresses, and two that the
 * file describes itself.
 */
export const PAID = {
  hunter: 'api.hunter.io',
  people_data_labs: 'api.peopledatalabs.com',
  dropcontact: 'api.dropcontact.com',
  zero_bounce: 'bulkapi.zerobounce.net',
  findymail: 'app.findymail.com',
  lists: 'app.fullenrich.com',
} as const

/** A vendor that is paid. */
export type PaidVendor = keyof typeof PAID

/** The hourly trigger of the owner. */
export const TICK: Parameters<Emulator['execute']>[0] = {
  function: 'onTick',
  user: OWNER,
  via: 'trigger',
}

/** The tab that holds the list. */
export const LIST = 'Leads'

/** How a call of the sidebar ended. */
export type Said =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'problem'; readonly message: string }
  /** An error of a service reached the page: it shows a general text and offers to try again. */
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'killed' }

/** The built product with two people before it; every play begins with `reset`. */
export interface Stage {
  readonly emulator: Emulator
  readonly store: SheetStore
  readonly vendors: Vendors
  /** Puts a list into the file, formulas and else text, and everything else back to the beginning, with keys of these vendors. */
  reset(
    rows: readonly (readonly string[])[],
    paid: readonly PaidVendor[],
    allowances?: EmulatorOptions['allowances'],
  ): Promise<void>
  /** How everything stands now. */
  mark(): Mark
  /** Puts everything back to how it stood; nothing may be on its way at a vendor then. */
  back(mark: Mark): Promise<void>
  /** Credits that all vendors took since the reset. */
  charged(): number
  /** Those among them that were taken with the key of the team, which formulas alone have, by day (UTC). */
  chargedByFormulas(): ReadonlyMap<string, number>
  /** The most that runs had taken of one day (UTC) at any moment since the reset. */
  mostInADay(): number
  /** Describes a vendor where the file has to, saves its key, and has it used. */
  connect(vendor: PaidVendor): Promise<void>
  /** A call of the sidebar. */
  ask(name: string, args: readonly unknown[], user?: User): Promise<Said>
  /** Any execution, seen by `heard` as the calls of the sidebar are. */
  run(execution: Parameters<Emulator['execute']>[0]): Promise<Ended>
  /** What ended since the last reset. */
  heard(): readonly Ended[]
  /** What the product said about the runs, oldest first. */
  views(): readonly RunSeen[]
  /** The last that was said about each run. */
  runs(): readonly RunSeen[]
  /** The most that the vendor's books ever were beyond the cap of a run, 0 when never. */
  overCap(): number
  /** Goes on in a copy of the file, whose properties came along or not (platform.md section 11). */
  copy(properties: 'follow' | 'stay'): Promise<void>
  /** Empties every cache, as Google may at any time. */
  evict(): void
  stop(): Promise<void>
}

/** A moment to come back to. */
export interface Mark {
  readonly file: unknown
  readonly cells: unknown
  readonly books: ReturnType<Vendors['snapshot']>
  readonly passes: readonly (readonly [string, string])[]
  readonly ended: readonly Ended[]
  readonly views: readonly RunSeen[]
  readonly bases: readonly (readonly [string, number])[]
  readonly byFormulas: readonly (readonly [string, number])[]
  readonly byRuns: readonly (readonly [string, number])[]
  readonly most: number
}

/** A file whose people have the sidebar open, before anything else happens in it. */
interface Opening {
  readonly file: unknown
  readonly passes: readonly (readonly [string, string])[]
}

/** A vendor that the file describes, as the screen lists it. */
interface Described {
  readonly id: string
  readonly mark: string
  readonly host: string
}

const VERIFIED_RULE = {
  order: 'automatic',
  off: [],
  threshold: 0.7,
  accepts: ['valid', 'unverified'],
  agreement: 'counts',
  verify: 'before_writing',
  overwrite: { kind: 'fill_empty' },
}

const START = Date.UTC(2026, 0, 5, 9)

// Longer than a lease (safety S11: 60 s).
const LEASE_MS = 61_000

/** Plays on one emulator, until its quotas of a day would be felt. */
const PLAYS = 60

/**
 * Opens the built add-on on the emulated platform, on a virtual clock. A script that makes no service call for `hangMs` real
 * milliseconds is killed.
 */
export async function openStage(bundle: Bundle, hangMs = 60_000): Promise<Stage> {
  let emulator: Emulator | undefined
  let store: SheetStore | undefined
  let plays = 0
  let copies = 0
  let fresh: unknown
  let blank: unknown
  /** The file after the keys of vendors were saved, by those: it is the same for each play. */
  let openings = new Map<string, Opening>()
  let passes = new Map<string, string>()
  let ended: Ended[] = []
  let views: RunSeen[] = []
  let over = 0
  /** What the vendor had taken when a run was first seen: that is not the run's. */
  let bases = new Map<string, number>()
  let byFormulas = new Map<string, number>()
  let byRuns = new Map<string, number>()
  let most = 0
  const vendors = await startVendors({ clock: () => emulator?.now() ?? START, slowMs: 0 })
  const charged = (): number => Object.values(PAID).reduce((sum, host) => sum + vendors.charged(host), 0)
  const chargedByRuns = (): number => charged() - [...byFormulas.values()].reduce((sum, credits) => sum + credits, 0)
  vendors.onCall(({ at, credits }, { headers, query }) => {
    const day = new Date(at).toISOString().slice(0, 10)
    const isOfFormula = [headers['x-api-key'], query.get('api_key')].includes(HUNTER_KEYS.team)
    const payer = isOfFormula ? byFormulas : byRuns
    payer.set(day, (payer.get(day) ?? 0) + credits)
    most = Math.max(most, byRuns.get(day) ?? 0)
    const run = views.at(-1)
    if (run) over = Math.max(over, chargedByRuns() - (bases.get(run.id) ?? 0) - run.credits.cap)
  })

  const play = (file: string, allowances?: EmulatorOptions['allowances']): Promise<Emulator> =>
    startEmulator({
      bundle,
      store: store!,
      fileId: file,
      clock: 'virtual',
      startAt: START,
      edition: 'addon',
      scriptProperties: { edition: 'addon' },
      documentProperties: LAWFUL,
      owner: OWNER,
      resolve: (host) => vendors.resolve(host),
      hangMs,
      // Where formulas cannot keep anything they ask nothing: there is nothing to go wrong.
      facts: { formula_may_set_properties: 'yes' },
      ...(allowances && { allowances }),
    })

  const start = async (allowances?: EmulatorOptions['allowances']): Promise<void> => {
    await emulator?.stop()
    store = createMemoryStore({ tabs: [{ name: LIST, rows: 100, columns: 12 }] })
    emulator = await play('original', allowances)
    fresh = emulator.snapshot()
    blank = store.snapshot()
    openings = new Map()
    plays = 0
  }

  // Undefined when the sidebar itself did not open: misfortune strikes there too.
  const passOf = async (user: User): Promise<string | undefined> => {
    const known = passes.get(user.id)
    if (known !== undefined) return known
    let html = ''
    const off = emulator!.onUi((event) => {
      if (event.kind === 'sidebar') html = event.html
    })
    await emulator!.execute({ function: 'showSidebar', user, via: 'menu' })
    off()
    const pass = /ENRICH_PASS="([^"]+)"/.exec(html)?.[1]
    if (pass !== undefined) passes.set(user.id, pass)
    return pass
  }

  const run: Stage['run'] = async (execution) => {
    const end = await emulator!.execute(execution)
    ended.push(end)
    return end
  }

  const ask: Stage['ask'] = async (name, args, user = OWNER) => {
    const pass = await passOf(user)
    if (pass === undefined) return { kind: 'killed' }
    const end = await run({ function: 'rpc', args: [name, JSON.stringify(args), pass], user, via: 'rpc' })
    if (end.state === 'killed') return { kind: 'killed' }
    if (end.state === 'threw') return { kind: 'threw', message: end.error?.message ?? '' }
    const reply = JSON.parse(String(end.value)) as {
      readonly value?: unknown
      readonly problem?: { readonly message: string; readonly action: string | null }
    }
    if (reply.problem) {
      // An old pass: the person opens the sidebar again.
      if (reply.problem.message.startsWith('This sidebar has been open')) passes.delete(user.id)
      return { kind: 'problem', message: reply.problem.message }
    }
    const seen = runIn(reply.value)
    if (seen) {
      if (!bases.has(seen.id)) bases.set(seen.id, chargedByRuns())
      views.push(seen)
    }
    return { kind: 'value', value: reply.value }
  }

  const mustAsk = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const said = await ask(name, args)
    if (said.kind !== 'value') throw new Error(`${name} did not work: ${JSON.stringify(said)}`)
    return said.value
  }

  const connect: Stage['connect'] = async (vendor) => {
    const entry = keyEntry(vendors, vendor)
    if (!isDescribed(vendor)) await mustAsk('saveKey', [entry])
    // Whoever has a verifier has addresses verified before they are written.
    if (vendor === 'zero_bounce') await mustAsk('saveWaterfall', [{ field: 'email', rule: VERIFIED_RULE }])
    if (!isDescribed(vendor)) return
    const { recipes } = (await mustAsk('saveRecipe', [{ id: null, text: RECIPES[vendor] }])) as {
      readonly recipes: readonly Described[]
    }
    const own = recipes.find(({ host }) => host === PAID[vendor])!
    await mustAsk('saveKey', [{ ...entry, vendor: own.id }])
    await mustAsk('approveRecipe', [{ recipe: own.id, mark: own.mark }])
  }

  // What still hangs belongs to the play before: it could hold the lock of this one.
  const quieten = (): void => {
    emulator!.script([])
    emulator!.killAll()
  }

  const open = async (paid: readonly PaidVendor[]): Promise<Opening> => {
    emulator!.restore(fresh)
    passes = new Map()
    await passOf(OWNER)
    await passOf(COLLEAGUE)
    for (const vendor of paid) await connect(vendor)
    const opening = { file: emulator!.snapshot(), passes: [...passes] }
    openings.set(paid.join(), opening)
    return opening
  }

  await start()
  return {
    get emulator() {
      return emulator!
    },
    get store() {
      return store!
    },
    vendors,
    charged,
    chargedByFormulas: () => byFormulas,
    mostInADay: () => most,
    async reset(rows, paid, allowances) {
      if (++plays > PLAYS || allowances) await start(allowances)
      quieten()
      store!.restore(blank)
      vendors.reset()
      views = []
      bases = new Map()
      byFormulas = new Map()
      byRuns = new Map()
      over = most = 0
      const columns = Math.max(...rows.map((row) => row.length))
      const patches = rows.map((row) => row.map(patchOf))
      const area = { row: 0, column: 0, rows: rows.length, columns }
      const { id, rows: room } = store!.tabs()[0]!
      if (rows.length > room) store!.insertRows(id, room, rows.length - room)
      store!.write(id, area, patches)
      // Quotas of the day that are used up are no good for the next play.
      if (allowances) plays = PLAYS
      const opening = openings.get(paid.join()) ?? (await open(paid))
      emulator!.restore(opening.file)
      passes = new Map(opening.passes)
      ended = []
    },
    mark: () => ({
      file: emulator!.snapshot(),
      cells: store!.snapshot(),
      books: vendors.snapshot(),
      passes: [...passes],
      ended: [...ended],
      views: [...views],
      bases: [...bases],
      byFormulas: [...byFormulas],
      byRuns: [...byRuns],
      most,
    }),
    async back(mark) {
      if (++plays > PLAYS) await start()
      quieten()
      store!.restore(mark.cells)
      vendors.restore(mark.books)
      emulator!.restore(mark.file)
      passes = new Map(mark.passes)
      ended = [...mark.ended]
      views = [...mark.views]
      bases = new Map(mark.bases)
      byFormulas = new Map(mark.byFormulas)
      byRuns = new Map(mark.byRuns)
      most = mark.most
      over = 0
    },
    connect,
    ask,
    run,
    heard: () => ended,
    views: () => views,
    runs: () => [...new Map(views.map((view) => [view.id, view])).values()],
    overCap: () => over,
    async copy(properties) {
      const saved = emulator!.snapshot() as { readonly properties: readonly (readonly [string, unknown])[] }
      const cells = store!.snapshot()
      // What the original asks from now on is nothing that the copy could know of: what works there ends. What it says once
      // nobody holds its run any more is its last word about it, which nothing disturbs.
      quieten()
      await emulator!.advance(LEASE_MS)
      const lastWord = () => ask('overview', [{ scope: 'all', mapping: {}, wanted: null }])
      // After hours the sidebar has to be opened anew first.
      const word = await lastWord()
      const said = word.kind === 'value' ? word : await lastWord()
      // A restored version is silent about its runs until its person has chosen.
      if (isInTrouble(said)) {
        await ask('keepStore', [])
        await lastWord()
      }
      store!.restore(cells)
      // Whoever gets a copy without its properties says again at once what its data is for.
      const kept = saved.properties.map(([scope, values]) =>
        properties === 'follow' || scope !== 'document' ? [scope, values] : [scope, Object.entries(LAWFUL)],
      )
      await emulator!.stop()
      emulator = await play(`copy ${String(++copies)}`)
      emulator.restore({ ...saved, properties: kept, caches: [], triggers: [] })
      passes = new Map()
      // The next play begins on an original again.
      plays = PLAYS
    },
    evict() {
      emulator!.evict()
      passes = new Map()
    },
    async stop() {
      await emulator?.stop()
      await vendors.stop()
    },
  }
}

// Everything but formulas is text.
function patchOf(value: string): CellPatch {
  if (value.startsWith('=')) return { formula: value }
  return value === '' ? { format: '@' } : { value, format: '@' }
}

/** The key of a vendor as the Settings screen sends it. */
export function keyEntry(vendors: Vendors, vendor: PaidVendor): { readonly [name: string]: string } {
  return { vendor, environment: 'production', place: 'personal', key: vendors.keys[PAID[vendor]] ?? '' }
}

/** Whether the file describes a vendor itself. */
export function isDescribed(vendor: PaidVendor): vendor is keyof typeof RECIPES {
  return vendor in RECIPES
}

function isInTrouble(said: Said): boolean {
  return said.kind === 'value' && Boolean((said.value as { readonly storeTrouble: object | null }).storeTrouble)
}

/** The run that a reply is about, or that an overview holds. */
function runIn(value: unknown): RunSeen | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('credits' in value && 'state' in value) return value as RunSeen
  return 'run' in value ? runIn(value.run) : undefined
}
