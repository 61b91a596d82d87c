import { request } from 'node:http'
import type { Vendors } from '../../../workbench/vendors/contract'

/** A request as a test writes it; a body that is not a text goes out as JSON. */
export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** What came back; `json` is loose, because each vendor has its own shape and the tests compare it whole. */
export interface Reply {
  readonly status: number
  readonly text: string
  readonly json: Json
}

/** JSON that can be looked into without checks: what is not there is undefined, and the test then fails. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any

/** Asks a simulated vendor over HTTP under its real name. */
export function ask(vendors: Vendors, host: string, path: string, sent: Sent = {}): Promise<Reply> {
  const { method = sent.body === undefined ? 'GET' : 'POST', body } = sent
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const type = text === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const port = vendors.resolve(host) as number
    const headers = { host, ...type, ...sent.headers }
    const outgoing = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let received = ''
      response.setEncoding('utf8').on('data', (chunk) => (received += chunk))
      response.on('end', () => {
        const json: unknown = /^[{[]/.test(received) ? JSON.parse(received) : undefined
        resolve({ status: response.statusCode ?? 0, text: received, json })
      })
    })
    outgoing.on('error', reject).end(text)
  })
}
