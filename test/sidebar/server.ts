import type { Api, ProblemView } from '../../src/app/api-types'
import type { ScriptRun } from '../../sidebar/call'

/** What the fake server says to one call: a value, a problem, a failure in Google's words, or nothing ever. */
export type Said<T> =
  | { readonly value: T }
  | { readonly problem: ProblemView }
  | { readonly fails: string }
  | { readonly text: string | null }
  | 'silence'

/** For each function: what it says, call after call; the last is repeated. */
export type Script = { readonly [N in keyof Api]?: readonly Said<ReturnType<Api[N]>>[] }

/** One call as it arrived. */
export type Heard = { readonly name: string; readonly args: readonly unknown[]; readonly pass: string }

/**
 * Puts a `google.script.run` that follows a script on the window. It uses nothing from outside, so that a browser can be
 * handed its source. Every call is kept in `window.heard`.
 */
export function playServer(script: Script): void {
  const heard: Heard[] = []
  const turns: Record<string, number> = {}
  const make = (succeed: (reply: unknown) => void, fail: (error: unknown) => void): ScriptRun => ({
    withSuccessHandler: (handle) => make(handle, fail),
    withFailureHandler: (handle) => make(succeed, handle),
    rpc: (name, argsJson, pass) => {
      heard.push({ name, args: JSON.parse(argsJson), pass })
      const lines = (script as Record<string, readonly Said<unknown>[] | undefined>)[name] ?? []
      const turn = turns[name] ?? 0
      turns[name] = turn + 1
      const said = lines[Math.min(turn, lines.length - 1)]
      if (said === 'silence') return
      setTimeout(() => {
        if (said === undefined) fail(new Error(`The script has no words for ${name}`))
        else if ('fails' in said) fail(new Error(said.fails))
        else succeed('text' in said ? said.text : JSON.stringify(said))
      }, 1)
    },
  })
  const nothing = () => undefined
  Object.assign(window, { google: { script: { run: make(nothing, nothing) } }, heard, ENRICH_PASS: 'pass-1' })
}
