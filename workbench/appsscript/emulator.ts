import { writeA1, parseA1 } from './a1'
import { cacheServices, type Caches, type Item } from './cache-service'
import { createCells } from './cells'
import { startClock } from './clock'
import type { Emulator, EmulatorOptions, Ended, Execution, UiEvent, UpstreamCall, User } from './contract'
import { costOf } from './costs'
import { entryPoints } from './entry-points'
import { settleFacts } from './facts'
import { createFaults } from './faults'
import { createLocks } from './lock-service'
import { localText } from './messages'
import { parseTyped } from './parse-typed'
import { requirePermission } from './permissions'
import { startPool, type JobControl } from './pool'
import { propertiesServices, type PropertyStores } from './properties-service'
import { createQuotas } from './quota'
import { rangeServices } from './range-service'
import {
  flushWrites,
  GoogleError,
  spendTime,
  type AuthMode,
  type Call,
  type Google,
  type Run,
  type Services,
} from './run'
import { sessionServices } from './session-service'
import { selectionOf, sheetServices } from './sheet-service'
import type { Area } from './sheet-store'
import { createTriggers, type Trigger } from './trigger-service'
import { uiServices } from './ui-service'
import { createUrlFetch } from './url-fetch-service'
import { clientArguments, formulaResult, fromRealm, IllegalValue, realmArgument } from './values'

/** Google's figures in platform.md section 1. */
const LONG_LIMIT_MS = 6 * 60 * 1000
const SHORT_LIMIT_MS = 30 * 1000
const SIMULTANEOUS = 30
const HANG_MS = 30_000
/** How often the real clock looks for triggers that are due. */
const TRIGGER_CHECK_MS = 1000

interface Saved {
  readonly now: number
  readonly properties: readonly (readonly [string, readonly (readonly [string, string])[]])[]
  readonly caches: readonly (readonly [string, readonly (readonly [string, Item])[]])[]
  readonly triggers: readonly Trigger[]
  /** Whose triggers these are. */
  readonly users: readonly User[]
}

function authOf(execution: Execution): AuthMode {
  switch (execution.via) {
    case 'open':
      return execution.auth ?? 'LIMITED'
    case 'formula':
      return 'CUSTOM_FUNCTION'
    case 'install':
    case 'menu':
    case 'rpc':
    case 'trigger':
    case 'web':
      return 'FULL'
  }
}

// A kill may come while a call waits, which the compiler cannot see in the property itself.
const isOver = (run: Run): boolean => run.over
const isSimple = (execution: Execution): boolean => ['open', 'install', 'formula'].includes(execution.via)

function cellsOf(call: Call): number {
  const area = call.ref as Partial<Area> | null
  return call.method.startsWith('Range.') ? (area?.rows ?? 0) * (area?.columns ?? 0) : 0
}

/** Plays Google for one spreadsheet. Throws SyntaxError for a bundle that Apps Script would not take. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { bundle, store } = options
  const names = entryPoints(bundle.code)
  const clock = startClock(options.clock, options.startAt)
  const uiListeners = new Set<(event: UiEvent) => void>()
  const upstreamListeners = new Set<(call: UpstreamCall) => void>()
  const upstream: UpstreamCall[] = []
  const stores: PropertyStores = new Map([
    ['script', new Map(Object.entries(options.scriptProperties ?? {}))],
    ['document', new Map(Object.entries(options.documentProperties ?? {}))],
  ])
  const caches: Caches = new Map()
  const firstFile = options.fileId ?? 'workbench-spreadsheet'
  let filesBefore = 0
  const google: Google = {
    options,
    bundle,
    store,
    clock,
    quotas: createQuotas(clock.now, options.allowances),
    facts: settleFacts(options.facts),
    timeZone: bundle.manifest.timeZone ?? 'Etc/UTC',
    fileId: () => (filesBefore === 0 ? firstFile : `${firstFile}-${filesBefore}`),
    selections: new Map(),
    emitUi: (event) => uiListeners.forEach((listener) => listener(event)),
  }
  const cells = createCells(google)
  const locks = createLocks(google)
  const triggers = createTriggers(google)
  const faults = createFaults()
  const web = createUrlFetch(google, (call) => {
    upstream.push(call)
    upstreamListeners.forEach((listener) => listener(call))
  })
  const services: Services = {
    ...sheetServices(google, cells),
    ...rangeServices(google, cells),
    ...uiServices(google, locks.releaseAll),
    ...propertiesServices(google, stores),
    ...cacheServices(google, caches),
    ...sessionServices(google),
    ...locks.services,
    ...triggers.services,
    ...web.services,
  }
  const pool = startPool({ code: bundle.code, html: bundle.html, timeZone: google.timeZone, clock: clock.shared })
  const started = new Set<Execution>()
  const runs = new Set<Run>()
  const users = new Map<string, User>([[options.owner.id, options.owner]])
  let ids = 0
  const killAll = (): void => [...runs].forEach((run) => run.kill())

  /** Carries out one service call. Resolves to the answer for the realm; undefined when the run was killed. */
  const serve = async (run: Run, method: string, payload: string): Promise<string | undefined> => {
    run.calls.push(method)
    const [ref, args] = JSON.parse(payload) as readonly [unknown, readonly unknown[]]
    const call: Call = { run, method, ref, args }
    const blow = faults.strike(call, (fault) => fault.act(store))
    if (blow?.kind === 'kill' && blow.when === 'before') {
      run.kill()
      return undefined
    }
    let answer: string
    try {
      if (blow?.kind === 'fail') throw new GoogleError(blow.message)
      if (blow?.kind === 'hang') await spendTime(google, run, blow.ms)
      requirePermission(call, google)
      const service = services[method]
      if (!service) throw new GoogleError(`${method} is not emulated`)
      const result = service(call)
      const value = result instanceof Promise ? ((await result) as unknown) : result
      answer = `V${JSON.stringify(value ?? null)}`
    } catch (error) {
      if (!(error instanceof GoogleError)) console.error(error)
      answer = `E${JSON.stringify(error instanceof Error ? error.message : String(error))}`
    }
    if (isOver(run)) return undefined
    await spendTime(google, run, costOf(method, cellsOf(call)))
    if (isOver(run)) return undefined
    if (blow?.kind === 'kill' || clock.now() - run.startedAt > run.limitMs) {
      run.kill()
      return undefined
    }
    return answer
  }

  // An event of a trigger that is not installed names one that is gone.
  const installedFor = (execution: Execution): string =>
    triggers.list().find((one) => one.function === execution.function && one.user === execution.user.id)?.id ??
    '7000000'

  const eventFor = (execution: Execution, auth: AuthMode): readonly unknown[] => {
    const base = { authMode: { $: 'enum', group: 'AuthMode', name: auth }, user: { $: 'User' } }
    switch (execution.via) {
      case 'open':
      case 'install':
        return [auth === 'NONE' ? base : { ...base, source: { $: 'Spreadsheet' } }]
      case 'trigger':
        return [{ authMode: base.authMode, triggerUid: installedFor(execution), timezone: google.timeZone }]
      case 'formula':
      case 'menu':
      case 'rpc':
      case 'web':
        return []
    }
  }

  const argumentsFor = (execution: Execution, auth: AuthMode): readonly unknown[] => {
    if (execution.args === undefined) return eventFor(execution, auth)
    if (execution.via === 'rpc') return clientArguments(execution.args)
    return execution.args.map(realmArgument)
  }

  const refuse = (message: string, name = 'Exception'): Ended => ({
    state: 'threw',
    error: { name, message },
    calls: [],
    logs: [],
    tookMs: 0,
  })

  /** What forbids an execution before it starts. */
  const refusal = (execution: Execution): string | undefined => {
    const { user } = execution
    const missing = !names.includes(execution.function) || (execution.via === 'rpc' && execution.function.endsWith('_'))
    if (missing) return `Script function not found: ${execution.function}`
    // Google queues formulas by itself; hundreds of them at once are usual (section 2).
    const mine = [...started].filter((one) => one.user.id === user.id && one.via !== 'formula')
    if (execution.via !== 'formula' && mine.length >= SIMULTANEOUS) return localText(user.locale, 'tooManyScripts')
    if (execution.via === 'trigger' && !google.quotas.use(user, 'trigger runtime', 0)) {
      return localText(user.locale, 'computerTime')
    }
    return undefined
  }

  const execute = (asked: Execution): Promise<Ended> => {
    const execution = { ...asked }
    users.set(execution.user.id, execution.user)
    const refused = refusal(execution)
    if (refused !== undefined) return Promise.resolve(refuse(refused))
    const auth = authOf(execution)
    let args: string
    try {
      args = JSON.stringify(argumentsFor(execution, auth))
    } catch (error) {
      if (error instanceof IllegalValue) return Promise.resolve(refuse(error.message, error.name))
      throw error
    }
    started.add(execution)
    return new Promise((resolve) => {
      let control: JobControl | undefined
      let watchdog: NodeJS.Timeout | undefined
      let run: Run | undefined
      let inCall = false

      const finish = (ended: Pick<Ended, 'state' | 'value' | 'error'>): void => {
        if (!run || run.over) return
        run.over = true
        clearTimeout(watchdog)
        const tookMs = clock.now() - run.startedAt
        locks.releaseAll(run)
        runs.delete(run)
        started.delete(execution)
        // A call under way may be in a pause, which is not awake: then it leaves when the call is over.
        if (!inCall) clock.leave()
        run.wake?.()
        if (execution.via === 'trigger') google.quotas.use(execution.user, 'trigger runtime', tookMs)
        resolve({ ...ended, calls: run.calls, logs: run.logs, tookMs })
      }

      const watch = (): void => {
        clearTimeout(watchdog)
        const ms = clock.kind === 'real' ? run!.limitMs : (options.hangMs ?? HANG_MS)
        watchdog = setTimeout(() => run?.kill(), ms)
        watchdog.unref()
      }

      const settle = (ended: {
        readonly state: 'returned' | 'threw' | 'killed'
        readonly value?: unknown
        readonly unsent?: boolean
        readonly error?: { readonly name: string; readonly message: string; readonly line: number }
      }): void => {
        try {
          if (run) flushWrites(run)
        } catch (error) {
          // The writes that waited are refused only now, when nobody can catch it.
          return finish({ state: 'threw', error: { name: 'Exception', message: (error as Error).message } })
        }
        if (ended.error) {
          const { name, message, line } = ended.error
          const shown = execution.via === 'formula' ? `${message} (line ${String(line)}).` : message
          return finish({ state: 'threw', error: { name, message: shown } })
        }
        // A reply that could not be sent and calls no handler: it has no value at all, not even null.
        if (ended.unsent && google.facts.nested_date_replies_null === 'no') return finish({ state: 'returned' })
        if (execution.via !== 'formula') return finish({ state: 'returned', value: fromRealm(ended.value ?? null) })
        try {
          finish({ state: 'returned', value: formulaResult(ended.value) })
        } catch (error) {
          finish({ state: 'threw', error: { name: 'Error', message: (error as Error).message } })
        }
      }

      pool.run(
        { name: execution.function, args, via: execution.via },
        {
          begin(given) {
            control = given
            clock.enter()
            run = {
              id: ++ids,
              execution,
              user: execution.user,
              auth,
              startedAt: clock.now(),
              limitMs: isSimple(execution) ? SHORT_LIMIT_MS : LONG_LIMIT_MS,
              calls: [],
              logs: [],
              pending: [],
              over: false,
              wake: undefined,
              kill() {
                if (this.over) return
                if (google.facts.unflushed_writes_survive_kill === 'yes') flushWrites(this)
                this.pending = []
                control?.kill()
                const message = localText(execution.user.locale, 'timeLimit')
                const shown = execution.via === 'formula' ? `${message.replace(/\.$/, '')} (line 0).` : message
                finish({ state: 'killed', error: { name: 'Exception', message: shown } })
              },
            }
            runs.add(run)
          },
          start: watch,
          call(method, payload) {
            if (!run) return
            if (clock.kind === 'virtual') clearTimeout(watchdog)
            const caller = run
            inCall = true
            void serve(run, method, payload).then((answer) => {
              inCall = false
              if (caller.over) clock.leave()
              if (answer === undefined) return
              if (clock.kind === 'virtual') watch()
              control?.reply(answer)
            })
          },
          log: (text) => void run?.logs.push(text),
          end: (text) => settle(JSON.parse(text) as Parameters<typeof settle>[0]),
        },
      )
    })
  }

  const formula: Emulator['formula'] = async (call) => {
    const name = names.find((one) => one.toLowerCase() === call.name.toLowerCase())
    if (name === undefined || name.endsWith('_')) return refuse(`Unknown function: '${call.name}'.`)
    const blank = (value: unknown): unknown => (Array.isArray(value) ? value.map(blank) : value === '' ? null : value)
    const args = google.facts.blank_argument_is_empty_text === 'yes' ? call.args : call.args.map(blank)
    return execute({ function: name, args, user: call.user, via: 'formula' })
  }

  const fireDue = async (until: number): Promise<void> => {
    const trigger = triggers.dueBy(until)
    if (!trigger) return
    const isAhead = clock.kind === 'virtual' && trigger.dueAt > clock.now()
    if (isAhead) {
      clock.enter()
      await clock.pause(trigger.dueAt - clock.now()).done
    }
    triggers.fired(trigger, clock.now())
    const user = users.get(trigger.user) ?? options.owner
    const event = { authMode: 'FULL', triggerUid: trigger.id, timezone: google.timeZone }
    const ended = execute({ function: trigger.function, args: [event], user, via: 'trigger' })
    // It has begun: before that the clock would go on to what another execution waits for.
    if (isAhead) clock.leave()
    await ended
    await fireDue(until)
  }

  // The user at the keyboard pays for what formulas ask (platform.md section 2).
  let typist = options.owner
  for (const name of names.filter((one) => !one.endsWith('_'))) {
    store.defineFunction(name, async (args) => {
      const ended = await formula({ name, args, user: typist })
      return ended.state === 'returned' ? ended.value : '#ERROR!'
    })
  }

  const timer = clock.kind === 'real' ? setInterval(() => void fireDue(clock.now()), TRIGGER_CHECK_MS) : undefined
  timer?.unref()

  return {
    store,
    execute,
    formula,
    now: clock.now,
    async advance(ms) {
      const until = clock.now() + ms
      if (clock.kind === 'real') clock.set(until)
      await fireDue(until)
      if (clock.kind === 'real' || clock.now() >= until) return
      clock.enter()
      await clock.pause(until - clock.now()).done
      clock.leave()
    },
    select(user, tab, ranges) {
      const size = store.tabs().find((one) => one.id === tab)
      if (!size) throw new Error(`There is no tab ${String(tab)}`)
      const areas = ranges.map((text) => {
        const area = parseA1(text, size)
        if (!area) throw new Error(`${text} is no range`)
        return writeA1(area)
      })
      google.selections.set(user.id, { tab, ranges: areas.length === 0 ? ['A1'] : areas })
    },
    active: (user) => selectionOf(google, user.id),
    type(user, tab, cell, text) {
      typist = user
      const size = store.tabs().find((one) => one.id === tab)
      const area = size && parseA1(cell, size)
      if (!area) throw new Error(`There is no cell ${cell}`)
      const [[current] = []] = store.read(tab, area)
      const typed = parseTyped(text, {
        locale: store.locale,
        format: current?.format,
        now: clock.now(),
        textFormatKeepsFormulas: 'yes',
        apostropheMakesText: 'yes',
      })
      const format = typed.format !== undefined && current?.format === undefined ? { format: typed.format } : {}
      const value = typed.formula === undefined || typed.value !== undefined ? { value: typed.value ?? null } : {}
      store.write(tab, area, [[{ ...value, formula: typed.formula ?? null, ...format }]])
    },
    script: faults.script,
    onUi(listener) {
      uiListeners.add(listener)
      return () => void uiListeners.delete(listener)
    },
    upstream,
    onUpstream(listener) {
      upstreamListeners.add(listener)
      return () => void upstreamListeners.delete(listener)
    },
    quotas: (user) => google.quotas.used(user),
    triggers: () =>
      triggers.list().map((one) => ({
        function: one.function,
        user: one.user,
        dueAt: one.dueAt,
        ...(one.everyMs === undefined ? {} : { everyMs: one.everyMs }),
      })),
    properties(scope) {
      const key = typeof scope === 'string' ? scope : `user:${scope.user}`
      return Object.fromEntries(stores.get(key) ?? [])
    },
    evict: () => caches.clear(),
    killAll,
    openFile() {
      killAll()
      filesBefore += 1
      stores.delete('document')
      caches.clear()
      triggers.restore([])
      google.selections.clear()
    },
    snapshot: (): Saved => ({
      now: clock.now(),
      users: [...users.values()],
      properties: [...stores].map(([scope, values]) => [scope, [...values]] as const),
      caches: [...caches].map(([scope, items]) => [scope, [...items]] as const),
      triggers: triggers.list().map((one) => ({ ...one, dueAt: Number.isFinite(one.dueAt) ? one.dueAt : -1 })),
    }),
    restore(snapshot) {
      const saved = snapshot as Saved
      clock.set(saved.now)
      saved.users.forEach((user) => users.set(user.id, user))
      stores.clear()
      saved.properties.forEach(([scope, values]) => stores.set(scope, new Map(values)))
      caches.clear()
      saved.caches.forEach(([scope, items]) => caches.set(scope, new Map(items)))
      triggers.restore(saved.triggers.map((one) => ({ ...one, dueAt: one.dueAt < 0 ? Infinity : one.dueAt })))
    },
    async stop() {
      clearInterval(timer)
      killAll()
      web.close()
      await pool.stop()
    },
  }
}
