import { Agent, request as httpRequest } from 'node:http'
import { isIP } from 'node:net'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { UpstreamCall } from './contract'
import { FETCH_MS, FETCH_WIDTH } from './costs'
import {
  asText,
  GoogleError,
  localError,
  signatureError,
  spendTime,
  textArg,
  type Call,
  type Google,
  type Run,
  type Services,
} from './run'

/** Google's figures in platform.md sections 1 and 5. */
const URL_CHARACTERS = 2048
const HEADER_COUNT = 100
const HEADER_BYTES = 8 * 1024
const BODY_BYTES = 50 * 1024 * 1024
const DEFAULT_TIMEOUT_S = 360
/** Older sources: requests end after about 60 s whatever was asked (platform.md section 5). */
const HARD_TIMEOUT_S = 60
const METHODS = new Set(['get', 'delete', 'patch', 'post', 'put'])
const REDIRECTS = 20
/** Longest real wait for one local answer; a simulated vendor that keeps silent counts as timed out. */
const REAL_WAIT_MS = 20_000
/** A simulated vendor says how long it takes, on a virtual clock to the millisecond; scripts never see this header. */
const LATENCY_HEADER = 'x-workbench-latency-ms'

interface Request {
  readonly url: URL
  readonly text: string
  readonly method: string
  readonly headers: { readonly [name: string]: string }
  readonly body: Buffer | undefined
  readonly mute: boolean
  readonly follow: boolean
  readonly timeoutMs: number
}

interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [string, readonly string[]])[]
  readonly body: Buffer
  readonly tookMs: number
}

interface Failure {
  readonly failed: 'addressUnavailable' | 'dnsError' | 'timeout'
  readonly tookMs: number
}

type FetchOptions = { readonly [name: string]: unknown }

function isPrivate(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (name === 'localhost' || name.endsWith('.localhost') || name.endsWith('.local')) return true
  if (isIP(name) === 6) return name === '::1' || /^f[cd]|^fe[89ab]/.test(name)
  return isIP(name) === 4 && /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(name)
}

function encodeForm(payload: object): string {
  const part = (text: string): string => encodeURIComponent(text).replace(/%20/g, '+')
  return Object.entries(payload)
    .map(([name, value]) => `${part(name)}=${part(asText(value))}`)
    .join('&')
}

function bodyOf(payload: unknown): { readonly body: Buffer; readonly type: string } | undefined {
  if (payload === null || payload === undefined) return undefined
  const form = 'application/x-www-form-urlencoded'
  if (typeof payload === 'string') return { body: Buffer.from(payload, 'utf8'), type: form }
  if (Array.isArray(payload)) return { body: Buffer.from(payload as number[]), type: 'application/octet-stream' }
  if (typeof payload !== 'object') return { body: Buffer.from(asText(payload)), type: form }
  const blob = payload as {
    readonly $?: string
    readonly text?: string
    readonly bytes?: number[]
    readonly contentType?: string
  }
  if (blob.$ === 'Blob') {
    const body = blob.text === undefined ? Buffer.from(blob.bytes ?? []) : Buffer.from(blob.text, 'utf8')
    return { body, type: blob.contentType ?? 'application/octet-stream' }
  }
  if (Object.values(payload).some((value) => (value as { readonly $?: string } | null)?.$ === 'Blob')) {
    throw new GoogleError('Multipart payloads are not emulated')
  }
  return { body: Buffer.from(encodeForm(payload), 'utf8'), type: form }
}

/** Checks the arguments as Google does, before anything is sent. The texts do not name the element of a batch. */
function readRequest(input: string | null, options: FetchOptions, honoursTimeout: boolean): Request {
  if (input === null || input === '') throw new GoogleError('Attribute provided with no value: url')
  if (input.length > URL_CHARACTERS) throw new GoogleError('Limit Exceeded: URLFetch URL Length.')
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(input) ? input : `http://${input}`
  const wrong =
    /[\s"<>\\^`{|}]/.test(withScheme) || !/^https?:\/\/[^/?#]/i.test(withScheme) || !URL.canParse(withScheme)
  if (wrong) throw new GoogleError(`Invalid argument: ${input}`)

  const method = asText(options['method'] ?? 'get').toLowerCase()
  if (!METHODS.has(method)) throw new GoogleError('Attribute provided with invalid value: method')
  const given = Object.entries((options['headers'] ?? {}) as FetchOptions)
  for (const [name, value] of given) {
    const illegal = value === null || value === undefined || /^(?:host|content-length)$/i.test(name)
    if (illegal || /[\r\n]/.test(asText(value)) || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      throw new GoogleError(`Attribute provided with invalid value: Header:${name}`)
    }
  }
  const size = given.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(asText(value)), 0)
  if (given.length > HEADER_COUNT || size > HEADER_BYTES) throw new GoogleError('Limit Exceeded: URLFetch Header Size.')

  const content = bodyOf(options['payload'])
  if (content && content.body.length > BODY_BYTES) throw new GoogleError('Limit Exceeded: URLFetch POST Size.')
  const type = options['contentType'] ?? content?.type
  const seconds = options['timeoutSeconds'] ?? DEFAULT_TIMEOUT_S
  return {
    url: new URL(withScheme),
    text: input,
    method: content && method === 'get' ? 'POST' : method.toUpperCase(),
    headers: {
      'User-Agent': 'Mozilla/5.0 (compatible; Google-Apps-Script)',
      'Accept-Encoding': 'gzip',
      ...(type === undefined ? {} : { 'Content-Type': asText(type) }),
      ...Object.fromEntries(given.map(([name, value]) => [name, asText(value)])),
    },
    body: content?.body,
    mute: options['muteHttpExceptions'] === true,
    follow: options['followRedirects'] !== false,
    timeoutMs: Math.min(HARD_TIMEOUT_S, honoursTimeout ? Number(seconds) : HARD_TIMEOUT_S) * 1000,
  }
}

/** An element of a batch: the text of a refused address does not say whose it was. */
function readElement(options: FetchOptions, honoursTimeout: boolean): Request {
  try {
    return readRequest((options['url'] ?? null) as string | null, options, honoursTimeout)
  } catch (error) {
    if (error instanceof GoogleError && error.message.startsWith('Invalid argument:'))
      throw new GoogleError('Invalid argument')
    throw error
  }
}

function unpack(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body)
  if (encoding === 'deflate') return inflateSync(body)
  return encoding === 'br' ? brotliDecompressSync(body) : body
}

function groupHeaders(raw: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, { readonly name: string; readonly values: string[] }>()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]!
    const group = groups.get(name.toLowerCase()) ?? { name, values: [] }
    group.values.push(raw[at + 1]!)
    groups.set(name.toLowerCase(), group)
  }
  groups.delete(LATENCY_HEADER)
  return [...groups.values()].map(({ name, values }) => [name, values] as const)
}

const titleCase = (name: string): string => name.toLowerCase().replace(/(^|-)[a-z]/g, (part) => part.toUpperCase())
const CASES: readonly ((name: string) => string)[] = [titleCase, (name) => name.toLowerCase(), (name) => name]

/** UrlFetchApp over real local HTTP: `options.resolve` says where a host is served. */
export function createUrlFetch(
  google: Google,
  report: (call: UpstreamCall) => void,
): { readonly services: Services; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  let answered = 0

  const sendOnce = (request: Request, url: URL): Promise<Answer | Failure> =>
    new Promise((resolve) => {
      const at = google.clock.now()
      const began = Date.now()
      const finish = (result: Answer | Failure): void => {
        const status = 'failed' in result ? 0 : result.status
        report({ at, host: url.hostname, path: url.pathname, method: request.method, status, tookMs: result.tookMs })
        resolve(result)
      }
      const took = (told: unknown): number => {
        const real = Date.now() - began
        if (google.clock.kind === 'real') return real
        return typeof told === 'string' ? Number(told) : Math.max(FETCH_MS, real)
      }
      const fail = (failed: Failure['failed']): void => finish({ failed, tookMs: took(undefined) })
      const port = isPrivate(url.hostname) ? undefined : google.options.resolve(url.hostname)
      if (port === undefined) return fail('dnsError')
      const outgoing = httpRequest(
        {
          agent,
          host: '127.0.0.1',
          port,
          method: request.method,
          path: url.pathname + url.search,
          headers: {
            ...request.headers,
            Host: url.host,
            ...(request.body ? { 'Content-Length': request.body.length } : {}),
          },
          timeout: google.clock.kind === 'real' ? request.timeoutMs : REAL_WAIT_MS,
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', () => fail('addressUnavailable'))
          response.on('end', () => {
            try {
              const body = unpack(Buffer.concat(parts), response.headers['content-encoding'])
              const tookMs = took(response.headers[LATENCY_HEADER])
              if (tookMs > request.timeoutMs) return finish({ failed: 'timeout', tookMs: request.timeoutMs })
              finish({ status: response.statusCode ?? 0, headers: groupHeaders(response.rawHeaders), body, tookMs })
            } catch {
              fail('addressUnavailable')
            }
          })
        },
      )
      outgoing.on('timeout', () => {
        outgoing.removeAllListeners('error')
        outgoing.on('error', () => undefined)
        outgoing.destroy()
        finish({ failed: 'timeout', tookMs: request.timeoutMs })
      })
      outgoing.on('error', () => fail('addressUnavailable'))
      outgoing.end(request.body)
    })

  const send = async (request: Request): Promise<Answer | Failure> => {
    let result = await sendOnce(request, request.url)
    let { url } = request
    let tookMs = result.tookMs
    for (let hop = 0; hop < REDIRECTS && request.follow && !('failed' in result); hop++) {
      const target = result.headers.find(([name]) => name.toLowerCase() === 'location')?.[1][0]
      if (!/^30[12378]$/.test(String(result.status)) || target === undefined || !URL.canParse(target, url)) break
      url = new URL(target, url)
      const keeps = result.status === 307 || result.status === 308
      result = await sendOnce(keeps ? request : { ...request, method: 'GET', body: undefined }, url)
      tookMs += result.tookMs
    }
    return { ...result, tookMs }
  }

  const count = (run: Run, requests: number): void => {
    if (!google.quotas.use(run.user, 'urlfetch', requests)) throw localError(run, 'tooManyToday', 'urlfetch')
  }

  /** Header names come in no stable case (platform.md section 5): it changes with every response. */
  const responseRef = (answer: Answer) => {
    const style = CASES[answered++ % CASES.length]!
    const text = answer.body.toString('utf8')
    const isText = Buffer.byteLength(text, 'utf8') === answer.body.length && !text.includes('\uFFFD')
    return {
      $: 'HTTPResponse',
      status: answer.status,
      headers: answer.headers.map(([name, values]) => [style(name), values]),
      ...(isText ? { text } : { bytes: [...new Int8Array(answer.body)] }),
    }
  }

  const requireSuccess = (run: Run, request: Request, answer: Answer): void => {
    if (request.mute || answer.status < 400) return
    const cut = answer.body.toString('utf8').slice(0, 100)
    const shown = answer.body.length > 100 ? `${cut}...` : cut
    throw localError(run, 'requestFailed', `${request.url.protocol}//${request.url.host}`, answer.status, shown)
  }

  const honours = google.facts.timeout_seconds_honoured === 'yes'

  const fetchOne = async (call: Call) => {
    count(call.run, 1)
    const url = call.args[0] === null ? null : textArg(call, 0)
    const request = readRequest(url, (call.args[1] ?? {}) as FetchOptions, honours)
    const answer = await send(request)
    await spendTime(google, call.run, answer.tookMs)
    if ('failed' in answer) throw localError(call.run, answer.failed, `: ${request.text}`)
    requireSuccess(call.run, request, answer)
    return responseRef(answer)
  }

  const fetchAll = async (call: Call) => {
    const [elements] = call.args
    if (!Array.isArray(elements)) throw signatureError(call)
    count(call.run, google.facts.fetch_all_counts_each === 'yes' ? elements.length : 1)
    const requests = elements.map((element: unknown) => {
      const options = (typeof element === 'string' ? { url: element } : (element ?? {})) as FetchOptions
      return readElement(options, honours)
    })
    const answers = await Promise.all(requests.map(send))
    await spendTime(google, call.run, batchTime(answers.map((answer) => answer.tookMs)))
    // One failure loses the whole batch, and the text does not say whose it was (platform.md section 5).
    const failed = answers.find((answer) => 'failed' in answer)
    if (failed) throw localError(call.run, failed.failed, '')
    const all = answers as readonly Answer[]
    all.forEach((answer, at) => requireSuccess(call.run, requests[at]!, answer))
    return all.map(responseRef)
  }

  const services: Services = {
    'UrlFetchApp.fetch': fetchOne,
    'UrlFetchApp.fetchAll': fetchAll,
    'UrlFetchApp.getRequest'(call) {
      const options = (call.args[1] ?? {}) as FetchOptions
      const request = readRequest(call.args[0] as string | null, options, honours)
      return {
        url: request.text,
        method: request.method.toLowerCase(),
        payload: options['payload'] ?? '',
        contentType: request.headers['Content-Type'] ?? 'application/x-www-form-urlencoded',
        headers: { ...(options['headers'] as object | undefined) },
        followRedirects: request.follow,
        muteHttpExceptions: request.mute,
        useIntranet: false,
        validateHttpsCertificates: true,
      }
    },
  }
  return { services, close: () => agent.destroy() }
}

/** Virtual time of a batch: each request goes to the first free one of the parallel slots. */
function batchTime(times: readonly number[]): number {
  const slots = Array.from({ length: FETCH_WIDTH }, () => 0)
  for (const time of times) {
    const first = slots.indexOf(Math.min(...slots))
    slots[first] = slots[first]! + time
  }
  return Math.max(...slots)
}
