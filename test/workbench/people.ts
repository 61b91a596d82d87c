import type { Bundle, EmulatorOptions, Emulator, Ended, Execution, User } from '../../workbench/appsscript/contract'
import { startEmulator } from '../../workbench/appsscript/emulator'
import { createMemoryStore } from '../../workbench/appsscript/memory-store'

/** The file's owner, an invented person. */
export const owner: User = { id: 'u1', email: 'olga@example.com', locale: 'en-US', account: 'consumer' }

/** An editor of the file who is not the owner. */
export const editor: User = { id: 'u2', email: 'edgar@example.org', locale: 'en-US', account: 'workspace' }

/** 2026-03-02 12:00 UTC, a Monday. */
export const NOON = Date.UTC(2026, 2, 2, 12)

/** A bundle of some source text. */
function bundleOf(code: string, more: Partial<Bundle> = {}): Bundle {
  return { code, html: {}, manifest: {}, ...more }
}

/** An emulator on a virtual clock with an empty memory store, and a short way to run things as the owner. */
export async function startScript(
  code: string,
  options: Partial<EmulatorOptions> = {},
): Promise<Emulator & { readonly run: (name: string, more?: Partial<Execution>) => ReturnType<Emulator['execute']> }> {
  const emulator = await startEmulator({
    bundle: bundleOf(code),
    store: createMemoryStore(),
    clock: 'virtual',
    startAt: NOON,
    edition: 'addon',
    owner,
    resolve: () => undefined,
    ...options,
  })
  return {
    ...emulator,
    run: (name, more = {}) => emulator.execute({ function: name, user: owner, via: 'menu', ...more }),
  }
}

/** A bundle whose one function runs the source text it is given, for tables of small scripts. */
export const ANY_SCRIPT = 'function go(source, ...args) { return new Function("args", source)(args) }'

/** What a script left behind, in one line: its value, or the error as a script would print it. */
export function outcomeOf(ended: Ended): unknown {
  return ended.state === 'returned' ? ended.value : `${ended.error?.name ?? ''}: ${ended.error?.message ?? ''}`
}
