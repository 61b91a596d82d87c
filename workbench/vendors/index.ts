import { readdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { FETCH_MS } from '../appsscript/costs'
import type {
  CreateVendor,
  SimulatedVendor,
  VendorAnswer,
  VendorCall,
  VendorRequest,
  Vendors,
  VendorsOptions,
  Weather,
} from './contract'
import { createWorld, fingerprint } from './people'
import { createRegisters } from './registers'

type Script = Parameters<Vendors['script']>[1]

const FAIR: Weather = { latencyMs: 0, throttle: 0, outage: false, dead: false, mute: false, twice: false }

/** Longest request body that is read, in characters: Dropcontact takes 250 records of 15 kB each, and no vendor takes more. */
const MAX_BODY = 4_000_000

/** Starts every simulated vendor on one local port; the Host header says which of them is asked. */
export async function startVendors(options: VendorsOptions = {}): Promise<Vendors> {
  const { clock = Date.now, seed = 'world', slowMs = 4000 } = options
  const world = createWorld(seed)
  const registers = createRegisters(world)
  const vendors = (await readVendors()).map(({ create }) => create({ world, registers, slowMs }))
  const byHost = new Map(vendors.flatMap((vendor) => vendor.hosts.map((host) => [host, vendor] as const)))
  const playerOf = (host: string): SimulatedVendor | undefined =>
    byHost.get(host) ?? vendors.find((vendor) => vendor.plays?.(host))
  const weather = new Map<string, Weather>()
  const scripts = new Map<string, Script>()
  const counts = new Map<string, number>()
  const listeners = new Set<(call: VendorCall, request: VendorRequest) => void>()
  let books: VendorCall[] = []

  // What is said of a vendor's first host is true of every host it plays, unless something is said of that one.
  const setFor = <T>(kept: ReadonlyMap<string, T>, host: string): T | undefined =>
    kept.get(host) ?? (byHost.has(host) ? undefined : kept.get(playerOf(host)?.hosts[0] ?? host))

  const judge = (request: VendorRequest, target: string, vendor: SimulatedVendor): VendorAnswer => {
    const { outage, throttle } = setFor(weather, request.host) ?? FAIR
    const number = (counts.get(request.host) ?? 0) + 1
    counts.set(request.host, number)
    if (outage) return plainAnswer(503, 'Service unavailable')
    if (fingerprint(`${seed} ${request.host} ${number}`) / 2 ** 32 < throttle) return vendor.throttle(request)
    const scripted = setFor(scripts, request.host)?.(target)
    if (scripted) return { ...scripted, operation: 'scripted', questions: [], credits: 0 }
    return vendor.answer(request)
  }

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    const url = new URL(incoming.url ?? '/', 'http://simulated.example')
    const host = (incoming.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    const { latencyMs, dead, mute, twice } = setFor(weather, host) ?? FAIR
    const target = withoutKey(url)
    const method = incoming.method ?? ''
    const request = {
      at: clock(),
      host,
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: flat(incoming),
      body,
    }
    const vendor = playerOf(host)
    const reply = dead ? plainAnswer(0, '') : vendor ? judge(request, target, vendor) : plainAnswer(421, 'Unknown host')
    const { status, credits, operation, questions } = reply
    const call: VendorCall = { at: request.at, host, method, path: target, status, credits, operation, questions }
    books.push(call)
    for (const listener of listeners) listener(call, request)
    if (dead || mute) return void incoming.socket.destroy()
    const afterMs = reply.afterMs ?? 0
    const wait = latencyMs + afterMs
    // On a clock that is not the machine's it is enough to tell how long it took.
    const waited = options.clock ? afterMs : wait
    if (waited > 0) await sleep(waited)
    response
      .writeHead(status, {
        'content-type': 'application/json',
        'x-workbench-latency-ms': String(Math.max(FETCH_MS, wait)),
        ...reply.headers,
      })
      .end(twice ? saidTwice(reply.body) : reply.body)
  }

  const restore: Vendors['restore'] = (kept) => {
    books = [...kept.calls]
    for (const map of [weather, scripts, counts]) map.clear()
    for (const [host, one] of kept.weather) weather.set(host, one)
    for (const vendor of vendors) vendor.reset()
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy())
  })
  // A connection that is closed while the next question is on its way looks like a lost answer; stop() closes them all.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    hosts: [...byHost.keys()],
    keys: Object.fromEntries(vendors.flatMap(({ hosts, key }) => (key ? hosts.map((host) => [host, key]) : []))),
    resolve: (host) => (playerOf(host.toLowerCase()) ? port : undefined),
    calls: () => [...books],
    onCall(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    charged: (host) => books.reduce((sum, call) => sum + (call.host === host ? call.credits : 0), 0),
    weather(host, change) {
      weather.set(host, { ...(weather.get(host) ?? FAIR), ...change })
    },
    script(host, answer) {
      scripts.set(host, answer)
    },
    reset: () => restore({ calls: [], weather: [] }),
    snapshot: () => ({ calls: [...books], weather: [...weather] }),
    restore,
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

/** Every file of the folder is a vendor. The folder is read where it stands: a bundle holds the files, not their names. */
function readVendors(): Promise<readonly { readonly create: CreateVendor }[]> {
  const names = readdirSync('workbench/vendors/simulated').flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
  return Promise.all(names.map((name) => import(`./simulated/${name}.ts`) as Promise<{ create: CreateVendor }>))
}

function saidTwice(body: string): string {
  try {
    return JSON.stringify(doubled(JSON.parse(body)))
  } catch {
    return body
  }
}

// Texts in a list, such as the addresses of one person, are no records.
function doubled(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all = value.map(doubled)
    return all.every((one) => typeof one === 'object') ? [...all, ...all] : all
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, doubled(held)]))
}

function plainAnswer(status: number, body: string): VendorAnswer {
  return { status, body, headers: { 'content-type': 'text/plain' }, operation: 'none', questions: [], credits: 0 }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of incoming.setEncoding('utf8')) {
    body += chunk as string
    if (body.length > MAX_BODY) throw new RangeError('The request body is too long')
  }
  return body
}

function flat({ headers }: IncomingMessage): VendorRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))
}

/** The path with its query, fit for the books: a key in the query is hidden. */
function withoutKey(url: URL): string {
  return (url.pathname + url.search).replace(/([?&](?:api_key|key|token)=)[^&]*/g, '$1...')
}
