import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Emulator, EmulatorOptions } from '../../workbench/appsscript/contract'
import { ANY_SCRIPT, editor, outcomeOf, owner, startScript } from './people'

const seen: string[] = []
let server: Server
let port: number
let google: Emulator

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'http://x')
      seen.push(
        `${request.method ?? ''} ${request.headers.host ?? ''}${request.url ?? ''} ${Buffer.concat(parts).toString()}`,
      )
      const status = Number(/^\/status\/(\d+)/.exec(pathname)?.[1] ?? 200)
      if (pathname === '/dead') return void request.socket.destroy()
      if (pathname === '/away') return void response.writeHead(302, { Location: '/landed' }).end()
      if (pathname === '/packed')
        return void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('packed'))
      if (pathname === '/bytes') return void response.end(Buffer.from([255, 0, 128]))
      if (pathname === '/headers') {
        return void response
          .writeHead(200, { 'X-Rate-Limit': '7', 'Set-Cookie': ['a=1', 'b=2'] })
          .end(JSON.stringify(request.headers))
      }
      if (pathname === '/slow') return void response.writeHead(200, { 'x-workbench-latency-ms': '50000' }).end('slow')
      if (pathname === '/late') return void setTimeout(() => response.end('late'), 40)
      response.writeHead(status).end(pathname === '/long' || status >= 400 ? 'x'.repeat(300) : `body of ${pathname}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const start = async (options: Partial<EmulatorOptions> = {}): Promise<void> => {
  seen.length = 0
  google = await startScript(ANY_SCRIPT, {
    resolve: (host) => (host.endsWith('.example') ? port : undefined),
    ...options,
  })
}
beforeEach(() => start())
afterEach(() => google.stop())

const run = async (source: string, user = owner): Promise<unknown> =>
  outcomeOf(await google.execute({ function: 'go', args: [source], user, via: 'menu' }))

test('a request goes to the port of its host, with its own name', async () => {
  expect(
    await run(
      "const r = UrlFetchApp.fetch('https://api.example/a?b=1'); return [r.getResponseCode(), r.getContentText()]",
    ),
  ).toEqual([200, 'body of /a'])
  expect(seen).toEqual(['GET api.example/a?b=1 '])
  expect(google.upstream).toMatchObject([{ host: 'api.example', path: '/a', method: 'GET', status: 200 }])
})

test.each<readonly [string, string, string]>([
  [
    'JSON',
    "{ method: 'post', contentType: 'application/json', payload: JSON.stringify({ a: 1 }) }",
    'POST api.example/p {"a":1}',
  ],
  ['a form', "{ method: 'post', payload: { a: 'x y', b: '&' } }", 'POST api.example/p a=x+y&b=%26'],
  ['put', "{ method: 'PUT', payload: 'x' }", 'PUT api.example/p x'],
])('%s is sent', async (_, options, expected) => {
  await run(`UrlFetchApp.fetch('https://api.example/p', ${options})`)
  expect(seen).toEqual([expected])
})

test.each<readonly [string, string, unknown]>([
  [
    'redirects are followed',
    "return UrlFetchApp.fetch('https://api.example/away').getContentText()",
    'body of /landed',
  ],
  ['or not', "return UrlFetchApp.fetch('https://api.example/away', { followRedirects: false }).getResponseCode()", 302],
  ['gzip is unpacked', "return UrlFetchApp.fetch('https://api.example/packed').getContentText()", 'packed'],
  ['bytes are signed', "return UrlFetchApp.fetch('https://api.example/bytes').getContent()", [-1, 0, -128]],
  [
    'a muted error is an answer',
    "return UrlFetchApp.fetch('https://api.example/status/404', { muteHttpExceptions: true }).getResponseCode()",
    404,
  ],
  [
    'an unmuted error throws with the host alone and a cut body',
    "UrlFetchApp.fetch('https://api.example/status/404?key=secret')",
    `Exception: Request failed for https://api.example returned code 404. Truncated server response: ${'x'.repeat(100)}... (use muteHttpExceptions option to examine full response)`,
  ],
  ['an unknown host', "UrlFetchApp.fetch('https://nowhere.test/x')", 'Exception: DNS error: https://nowhere.test/x'],
  [
    'muting does not mute the network',
    "UrlFetchApp.fetch('https://api.example/dead', { muteHttpExceptions: true })",
    'Exception: Address unavailable: https://api.example/dead',
  ],
  ['localhost', "UrlFetchApp.fetch('http://localhost:80/')", 'Exception: DNS error: http://localhost:80/'],
  ['a private address', "UrlFetchApp.fetch('http://192.168.1.1/')", 'Exception: DNS error: http://192.168.1.1/'],
  ['no address', 'UrlFetchApp.fetch(undefined)', 'Exception: Attribute provided with no value: url'],
  ['a bad address', "UrlFetchApp.fetch('https://a b/')", 'Exception: Invalid argument: https://a b/'],
  [
    'a long address',
    "UrlFetchApp.fetch('https://api.example/' + 'x'.repeat(2048))",
    'Exception: Limit Exceeded: URLFetch URL Length.',
  ],
  [
    'a Host header',
    "UrlFetchApp.fetch('https://api.example/', { headers: { Host: 'x' } })",
    'Exception: Attribute provided with invalid value: Header:Host',
  ],
  [
    'an empty key',
    "UrlFetchApp.fetch('https://api.example/', { headers: { 'X-Key': null } })",
    'Exception: Attribute provided with invalid value: Header:X-Key',
  ],
  [
    '9 KB of headers',
    "UrlFetchApp.fetch('https://api.example/', { headers: { 'X-Key': 'x'.repeat(9000) } })",
    'Exception: Limit Exceeded: URLFetch Header Size.',
  ],
  [
    'HEAD',
    "UrlFetchApp.fetch('https://api.example/', { method: 'head' })",
    'Exception: Attribute provided with invalid value: method',
  ],
])('%s', async (_, source, expected) => {
  expect(await run(source)).toEqual(expected)
})

test('the case of header names is not stable; repeated headers are a list', async () => {
  const names = (await run(
    `return [1, 2, 3].map(() => Object.keys(UrlFetchApp.fetch('https://api.example/headers').getHeaders()).find(n => /rate/i.test(n)))`,
  )) as string[]
  expect(new Set(names)).toEqual(new Set(['X-Rate-Limit', 'x-rate-limit']))
  expect(
    await run(
      `const all = UrlFetchApp.fetch('https://api.example/headers').getAllHeaders(); return Object.entries(all).find(([n]) => /cookie/i.test(n))[1]`,
    ),
  ).toEqual(['a=1', 'b=2'])
})

describe('fetchAll', () => {
  const all = (paths: readonly string[], more = ''): string =>
    `return UrlFetchApp.fetchAll(${JSON.stringify(paths)}.map(p => ({ url: 'https://api.example' + p${more} }))).map(r => r.getContentText())`

  test('keeps the order, whoever answers first, and counts each element', async () => {
    expect(await run(all(['/late', '/a', '/b']))).toEqual(['late', 'body of /a', 'body of /b'])
    expect(google.quotas(owner).find((one) => one.name === 'urlfetch')).toEqual({
      name: 'urlfetch',
      used: 3,
      limit: 20_000,
    })
  })

  test('one network failure loses the answers that were sent for, and does not say whose it was', async () => {
    expect(await run(all(['/a', '/dead', '/b'], ', muteHttpExceptions: true'))).toBe('Exception: Address unavailable')
    expect(seen.filter((one) => /\/[ab] /.test(one))).toHaveLength(2)
  })

  test('one bad argument refuses the batch before anything is sent', async () => {
    expect(await run("UrlFetchApp.fetchAll(['https://api.example/a', 'https://b c/'])")).toBe(
      'Exception: Invalid argument',
    )
    expect(seen).toEqual([])
  })

  test('one unmuted 404 loses all', async () => {
    expect(await run(all(['/a', '/status/404']))).toMatch(
      /^Exception: Request failed for https:\/\/api\.example returned code 404/,
    )
  })

  test('about five run side by side', async () => {
    const ended = await google.execute({
      function: 'go',
      args: [all(Array.from({ length: 10 }, (_, n) => `/${String(n)}`))],
      user: owner,
      via: 'menu',
    })
    expect(ended.tookMs).toBeGreaterThanOrEqual(500)
    expect(ended.tookMs).toBeLessThan(2000)
  })
})

test('the day’s quota ends in the user’s language, and comes back a day later', async () => {
  const tooMany = 'try { UrlFetchApp.fetch("https://api.example/") } catch (e) { return e.message }'
  const thousands = `for (let n = 0; n < 5; n++) {
    try { UrlFetchApp.fetchAll(Array.from({ length: 1000 }, () => 'https://nowhere.test/x')) } catch (e) {} }`
  for (let n = 0; n < 4; n++) await run(thousands)
  expect(await run(tooMany)).toBe('Service invoked too many times for one day: urlfetch.')
  expect(await run(tooMany, { ...owner, locale: 'fr' })).toBe(
    'Service appelé trop souvent pour une seule journée : urlfetch.',
  )
  expect(await run(tooMany, editor)).toBeNull()
  await google.advance(24 * 3600 * 1000)
  expect(await run(tooMany)).toBeNull()
})

test('a wave that Google finds too wide is refused in the user’s language, and nothing is sent', async () => {
  const wave = (width: number) =>
    `try { return UrlFetchApp.fetchAll(Array(${width}).fill('https://api.example/')).length } catch (e) { return e.message }`
  google.script([{ kind: 'narrow', widest: 2 }])
  const before = google.upstream.length
  expect(await run(wave(3))).toBe(
    'Service invoked too many times in a short time: urlfetch. Try Utilities.sleep(1000) between calls.',
  )
  expect(await run(wave(3), { ...owner, locale: 'fr' })).toMatch(/^Service appelé trop souvent en peu de temps/)
  expect(google.upstream.length).toBe(before)
  expect(await run(wave(2))).toBe(2)
})

test.each([
  ['no', 'slow'],
  ['yes', 'Exception: Timeout: https://api.example/slow'],
] as const)('timeoutSeconds honoured: %s', async (answer, expected) => {
  await google.stop()
  await start({ facts: { timeout_seconds_honoured: answer } })
  expect(
    await run("return UrlFetchApp.fetch('https://api.example/slow', { timeoutSeconds: 20 }).getContentText()"),
  ).toBe(expected)
})
