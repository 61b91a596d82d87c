import { type IncomingHttpHeaders, request } from 'node:http'
import type { Vendors } from '../../../workbench/vendors/contract'

/** What is sent to a simulated vendor. */
export interface Sent {
  readonly method?: string
  readonly headers?: Record<string, string>
  /** Sent as it is when it is text, as JSON with its content type otherwise. */
  readonly body?: unknown
}

/** What comes back. */
export interface Reply {
  readonly status: number
  readonly text: string
  /** Undefined when the text is not JSON. */
  // eslint-disable-next-line typescript/no-explicit-any -- each vendor has other shapes, which the tests spell out.
  readonly json: any
  readonly headers: IncomingHttpHeaders
}

/** Asks a simulated vendor over HTTP. */
export function ask(vendors: Vendors, host: string, path: string, sent: Sent = {}): Promise<Reply> {
  const { method = sent.body === undefined ? 'GET' : 'POST', headers = {}, body } = sent
  const isText = typeof body === 'string' || body === undefined
  const payload = isText ? body : JSON.stringify(body)
  const type = isText ? {} : { 'content-type': 'application/json' }
  const length = payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) }
  return new Promise((resolve, reject) => {
    const port = vendors.resolve(host) as number
    const all = { host, ...type, ...length, ...headers }
    const going = request({ port, host: '127.0.0.1', path, method, headers: all }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
      response.on('end', () => {
        const json = /^[[{]/.test(text) ? JSON.parse(text) : undefined
        resolve({ status: response.statusCode ?? 0, text, json, headers: response.headers })
      })
    })
    going.on('error', reject).end(payload)
  })
}
