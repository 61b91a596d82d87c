import { request } from 'node:http'
import type { Vendors } from '../../../workbench/vendors/contract'

/** What a test sends to a simulated vendor. */
export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A text as it is; anything else as JSON with its content type, unless `headers` name one. */
  readonly body?: unknown
}

/** JSON that can be looked into without checks: what is not there is undefined, and the test then fails. */
// oxlint-disable-next-line typescript/no-explicit-any -- every vendor has its own shape, which the test expects
export type Json = any

/** What came back; `json` is undefined when the body is not JSON. */
export interface Reply {
  readonly status: number
  readonly text: string
  readonly json: Json
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Asks a simulated vendor over real HTTP, as the emulator does: its port, with the real name in the Host header. */
export function ask(vendors: Vendors, host: string, path: string, sent: Sent = {}): Promise<Reply> {
  const isJson = sent.body !== undefined && typeof sent.body !== 'string'
  const body = isJson ? JSON.stringify(sent.body) : sent.body
  const method = sent.method ?? (body === undefined ? 'GET' : 'POST')
  const type = isJson ? { 'content-type': 'application/json' } : {}
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const headers = { host, ...type, ...length, ...sent.headers }
  return new Promise((resolve, reject) => {
    const port = vendors.resolve(host)
    if (port === undefined) return reject(new Error(`Nobody plays ${host}`))
    const outgoing = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, json: parsed(text), headers: response.headers }),
      )
    })
    outgoing.on('error', reject).end(body)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
