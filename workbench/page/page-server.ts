import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Emulator, Ended, User } from '../appsscript/contract'
import type { Vendors } from '../vendors/contract'
import type {
  DialogAnswer,
  DrawerCall,
  DrawerState,
  Mutation,
  MutationBatch,
  PageEvent,
  PageState,
  RunReply,
  RunRequest,
  Selection,
  WeatherRequest,
} from './protocol'
import type { FunctionHelp } from './function-help'
import type { Question, Questions } from './questions'
import type { UniverStore } from './univer-store'
import { fillStore, readWorkbookFile, writeCsv, writeXlsx } from './workbook-files'

/** What the page server plays with. */
export interface PageServerOptions {
  readonly emulator: Emulator
  readonly store: UniverStore
  readonly vendors: Vendors
  readonly questions: Questions
  readonly users: { readonly [id: string]: User }
  /** Names that `google.script.run` offers. */
  readonly functions: readonly string[]
  readonly help: readonly FunctionHelp[]
  /** Folder with `index.html`, `page.js` and `page.css`. */
  readonly pageFolder: string
  /** The file that File > Reset to sample opens. */
  readonly samplePath: string
  readonly fileName: string
  /** First port to try; the next free one is taken. */
  readonly port: number
}

/** A running page server. */
export interface PageServer {
  readonly url: string
  stop(): Promise<void>
}

interface Client {
  readonly page: string
  readonly user: User
  readonly response: ServerResponse
}

/** A change as the server made it; `origin` is the page that does not hear of it again. */
interface Made {
  readonly sequence: number
  readonly origin: string | undefined
  readonly structure: boolean
}

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Mutations that move cells: two copies that made them in another order differ. */
const STRUCTURE = /\.(insert-(row|col)|remove-(rows|col)|move-(range|rows|columns)|reorder-range)$/

const KEPT_CALLS = 500
/** Changes that are remembered; a page that lags further behind loads everything again. */
const KEPT = 2000
const DRAWER_EVERY_MS = 1000
const PORTS_TO_TRY = 20

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const listen = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen(port, '127.0.0.1', () => resolve(true))
  })

/** Serves the spreadsheet page and mirrors the workbook between its copies. Throws when no port is free. */
export const startPageServer = async (options: PageServerOptions): Promise<PageServer> => {
  const { emulator, store, vendors, questions, users, functions, help, pageFolder } = options
  const clients = new Set<Client>()
  const calls: DrawerCall[] = []
  let fileName = options.fileName
  let sequence = 0
  const made: Made[] = []
  let batchMoves = false

  const send = (event: PageEvent, to: (client: Client) => boolean): void => {
    const line = `data: ${JSON.stringify(event)}\n\n`
    for (const client of clients) if (to(client)) client.response.write(line)
  }
  const everyone = (): boolean => true
  const drawerOf = (user: User): DrawerState => ({
    now: emulator.now(),
    quotas: emulator.quotas(user),
    vendors: vendors.hosts.map((host) => ({ host, key: vendors.keys[host] ?? '', charged: vendors.charged(host) })),
  })

  store.onMutation((mutation, origin) => {
    if (!mutation) return send({ kind: 'reload' }, everyone)
    sequence += 1
    // Values come back to the page that set them, so that all copies end with the order of the server; not from a batch
    // that also moves cells, because they would come back to other places.
    const echo = !batchMoves && mutation.id === 'sheet.mutation.set-range-values'
    made.push({ sequence, origin: echo ? undefined : origin, structure: STRUCTURE.test(mutation.id) })
    if (made.length > KEPT) made.shift()
    send({ kind: 'mutation', mutation, sequence }, (client) => echo || client.page !== origin)
  })
  emulator.onUi((event) => {
    if (event.kind === 'alert' || event.kind === 'prompt') return
    send({ kind: 'ui', event }, (client) => client.user.id === event.user)
  })
  const sendQuestion = ({ id, event }: Question): void =>
    send({ kind: 'ui', event, question: id }, (client) => client.user.id === event.user)
  questions.onAsk(sendQuestion)
  emulator.onUpstream((call) => {
    const credits = vendors
      .calls()
      .findLast((booked) => booked.host === call.host && call.path.startsWith(booked.path.split('?')[0] ?? ''))?.credits
    const shown: DrawerCall = {
      ...call,
      path: call.path.split('?')[0] ?? '',
      ...(credits === undefined ? {} : { credits }),
    }
    calls.push(shown)
    if (calls.length > KEPT_CALLS) calls.shift()
    send({ kind: 'call', call: shown }, everyone)
  })
  const drawerTimer = setInterval(() => {
    for (const client of clients) send({ kind: 'drawer', drawer: drawerOf(client.user) }, (other) => other === client)
  }, DRAWER_EVERY_MS)

  /** A page whose copy is out of date may ask for what is impossible here. */
  const tryApply = (mutation: Mutation, page: string): boolean => {
    try {
      store.apply(mutation, page)
      return true
    } catch {
      return false
    }
  }
  const applyBatch = ({ mutations, seen }: MutationBatch, page: string): void => {
    const missed = made.filter((change) => change.sequence > seen && change.origin !== page)
    const crosses = missed.some(({ structure }) => structure) || seen < sequence - KEPT
    batchMoves = mutations.some(({ id }) => STRUCTURE.test(id))
    const applied = mutations.map((mutation) => tryApply(mutation, page))
    const isOutdated = crosses || (batchMoves && missed.length > 0) || applied.includes(false)
    batchMoves = false
    if (isOutdated) send({ kind: 'reload' }, (client) => client.page === page)
  }
  const run = async (request: RunRequest, user: User): Promise<RunReply> => {
    const { state, value, error }: Ended = await emulator.execute({ ...request, user })
    return { state, ...(value === undefined ? {} : { value }), ...(error ? { error } : {}) }
  }
  const open = async (user: User): Promise<void> => {
    questions.waiting(user.id).forEach(sendQuestion)
    if (functions.includes('onOpen')) await emulator.execute({ function: 'onOpen', user, via: 'open' })
  }
  const openFile = (name: string, bytes: Uint8Array): void => {
    const tabs = readWorkbookFile(name, bytes)
    emulator.openFile()
    questions.closeAll()
    fillStore(store, tabs)
    fileName = name.replace(/\.[^.]+$/, '')
    for (const user of Object.values(users)) {
      const first = store.tabs().find(({ hidden }) => !hidden)
      if (first) emulator.select(user, first.id, ['A1'])
    }
    send({ kind: 'name', fileName }, everyone)
    send({ kind: 'opened' }, everyone)
  }
  const reset = (): void => {
    openFile(path.basename(options.samplePath), readFileSync(options.samplePath))
    vendors.reset()
    calls.length = 0
    send({ kind: 'restarted' }, everyone)
  }
  const stateFor = (user: User): PageState => {
    const { data, spilled } = store.workbook()
    return {
      fileName,
      email: user.email,
      workbook: data,
      spilled,
      sequence,
      functions,
      help,
      calls,
      drawer: drawerOf(user),
    }
  }
  const setWeather = ({ host, weather }: WeatherRequest): void => {
    const hosts = host === undefined ? vendors.hosts : [host]
    hosts.forEach((name) => vendors.weather(name, weather))
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const user = users[url.searchParams.get('user') ?? '1'] ?? users['1']
    const page = url.searchParams.get('page') ?? ''
    if (!user) throw new Error('There is no such user.')
    const json = (value: unknown): void => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(value ?? null))
    }
    const download = (name: string, type: string, bytes: string | Uint8Array): void => {
      response.setHeader('content-type', type)
      response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      response.end(bytes)
    }
    const body = async <T>(): Promise<T> => JSON.parse((await readBody(request)).toString() || 'null') as T
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /api/events': {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        response.write('\n')
        const client = { page, user, response }
        clients.add(client)
        request.on('close', () => clients.delete(client))
        return
      }
      case 'GET /api/state':
        return json(stateFor(user))
      case 'POST /api/open':
        return json(await open(user))
      case 'POST /api/mutations':
        return json(applyBatch(await body<MutationBatch>(), page))
      case 'POST /api/select': {
        const { sheetId, ranges } = await body<Selection>()
        const tab = store.tabOf(sheetId)
        // A page shows a tab that a script makes until it hears that the script went back, and says so late: nobody selects
        // anything in a hidden tab.
        const isHidden = store.tabs().some(({ id, hidden }) => id === tab && hidden)
        return json(isHidden ? undefined : emulator.select(user, tab, ranges))
      }
      case 'POST /api/run':
        return json(await run(await body<RunRequest>(), user))
      case 'POST /api/answer': {
        const answer = await body<DialogAnswer>()
        questions.answer(answer.question, answer)
        return json(true)
      }
      case 'POST /api/name':
        fileName = await body<string>()
        send({ kind: 'name', fileName }, everyone)
        return json(true)
      case 'POST /api/file':
        return json(openFile(url.searchParams.get('name') ?? 'file.csv', await readBody(request)))
      case 'POST /api/reset':
        return json(reset())
      case 'GET /api/file.csv':
        return download(
          `${fileName}.csv`,
          'text/csv; charset=utf-8',
          writeCsv(store, store.tabOf(url.searchParams.get('sheet') ?? '')),
        )
      case 'GET /api/file.xlsx':
        return download(
          `${fileName}.xlsx`,
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          writeXlsx(store),
        )
      case 'GET /api/problem': {
        const at = (name: string): number => Number(url.searchParams.get(name))
        return json(store.problem(store.tabOf(url.searchParams.get('sheet') ?? ''), at('row'), at('column')))
      }
      case 'POST /api/weather':
        return json(setWeather(await body<WeatherRequest>()))
      case 'POST /api/kill':
        return json(emulator.killAll())
      default: {
        const name = url.pathname === '/' ? 'index.html' : path.basename(url.pathname)
        const type = TYPES[path.extname(name)]
        if (!type || request.method !== 'GET') {
          response.statusCode = 404
          response.end()
          return
        }
        response.setHeader('content-type', type)
        response.end(readFileSync(path.join(pageFolder, name)))
      }
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.statusCode = 500
      response.end(error instanceof Error ? error.message : String(error))
    })
  })
  let port = options.port
  while (!(await listen(server, port))) {
    port += 1
    if (port >= options.port + PORTS_TO_TRY)
      throw new Error(`No free port from ${options.port} to ${port - 1}. Set PORT to a free one.`)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      clearInterval(drawerTimer)
      for (const client of clients) client.response.end()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
