import type { Api, Reply } from '../src/app/api-types'
import { Problem } from '../src/domain/problem'
import { ConnectionLost, explain } from './connection'

/** What the menu item asked the sidebar to open with: `start` goes straight to the receipt, `explain` to the selected cell. */
export type Opening =
  'enrich' | 'duplicates' | 'formulas' | 'values' | 'waterfall' | 'vendors' | 'usage' | 'settings' | 'start' | 'explain'

/** The part of `google.script.run` that is used. */
export type ScriptRun = {
  withSuccessHandler(handle: (reply: unknown) => void): ScriptRun
  withFailureHandler(handle: (error: unknown) => void): ScriptRun
  rpc(name: string, argsJson: string, pass: string): void
}

declare global {
  interface Window {
    readonly google?: { readonly script: { readonly run: ScriptRun } }
    ENRICH_PASS?: string
    ENRICH_OPEN?: Opening
  }
}

/** Asks the server one question of `Api`; rejects with a `Problem` that has words for the person. */
export type Call = <N extends keyof Api>(name: N, ...args: Parameters<Api[N]>) => Promise<ReturnType<Api[N]>>

// An execution ends after 6 minutes (platform.md section 1); half a minute more for the way there and back.
const PATIENCE_MS = 390_000

/** The one way from the sidebar to the server. */
export const call: Call = async (name, ...args) => {
  await pageLoaded()
  return read(await send(name, JSON.stringify(args)))
}

function send(name: string, argsJson: string): Promise<unknown> {
  const run = window.google?.script.run
  if (!run) {
    throw new ConnectionLost(
      'This page is not connected to a sheet. Open it from the menu Extensions, Enrich.',
      'reload',
    )
  }
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(explain('timed out')), PATIENCE_MS)
    const answered = () => clearTimeout(giveUp)
    run
      .withSuccessHandler((reply) => {
        answered()
        resolve(reply)
      })
      .withFailureHandler((error) => {
        answered()
        reject(explain(error))
      })
      .rpc(name, argsJson, window.ENRICH_PASS ?? '')
  })
}

/** The pass is set by a script at the end of the page. */
function pageLoaded(): Promise<void> {
  if (window.ENRICH_PASS !== undefined || document.readyState === 'complete') return Promise.resolve()
  return new Promise((resolve) => window.addEventListener('load', () => resolve(), { once: true }))
}

function read<T>(text: unknown): T {
  const reply = parse<T>(text)
  if ('problem' in reply) throw new Problem(reply.problem.message, reply.problem.action ?? undefined)
  return reply.value
}

function parse<T>(text: unknown): Reply<T> {
  try {
    const reply: unknown = JSON.parse(String(text))
    if (typeof reply === 'object' && reply !== null && ('value' in reply || 'problem' in reply))
      return reply as Reply<T>
  } catch {
    // Not JSON: the same words as for JSON of the wrong shape.
  }
  throw new ConnectionLost(
    'The add-on answered in a way that this sidebar does not understand; it was probably updated. Close the sidebar and open it again.',
    'try_again',
  )
}
