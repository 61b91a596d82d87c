import type { RunRequest } from '../protocol'
import { server } from './server'
import { page, showToast } from './state'

/** Tells the server what is selected and changed before a script looks; the grid sets it. */
let beforeRun: () => Promise<void> = async () => undefined

/** Sets what must reach the server before a function runs. */
export const setBeforeRun = (act: () => Promise<void>): void => {
  beforeRun = act
}

/** Runs a function of the script. Resolves to what it returned; rejects with the message that a script would see. */
export const runFunction = async (request: RunRequest): Promise<unknown> => {
  await beforeRun()
  const { state, value, error } = await server.run(request)
  if (state === 'returned') return value
  throw new Error(error?.message ?? 'Exceeded maximum execution time')
}

/** Runs a menu item, showing what Google Sheets shows while it runs and when it fails. */
export const runMenuItem = async (name: string): Promise<void> => {
  page.running.value = name
  try {
    await runFunction({ function: name, args: [], via: 'menu' })
  } catch (error) {
    showToast('Error', error instanceof Error ? error.message : String(error))
  } finally {
    page.running.value = undefined
  }
}
