import type { FrameLocator, Page } from 'playwright-core'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Grid } from './client/grid'

declare global {
  interface Window {
    /** What the page of the workbench shows to tests. */
    readonly workbench: { readonly grid: Grid; readonly settled: () => Promise<void> }
  }
}

/** A workbench in a process of its own. */
export interface Demo {
  readonly url: string
  /** What it printed so far. */
  readonly output: () => string
  /** Ends it as Ctrl+C does; resolves to the exit code. */
  stop(): Promise<number | null>
}

/** Which add-on the workbench shows, and which list. */
export interface DemoOptions {
  /** Folder of the built add-on; `dist` by default. */
  readonly bundle?: string
  /** CSV or XLSX file; the 250-row sample by default. */
  readonly sample?: string
  /** An open question about Google (workbench/appsscript/facts.json) that is taken as answered with yes. */
  readonly yes?: string
}

const START_MS = 30_000
const SETTLE_MS = 10_000
const TEST_PORT = 18_080

/** Longer than the 300 ms after a key at which Univer looks what it could offer (its `use-formula-search.ts`). */
const PAUSE_MS = 400

/** Starts the workbench on a free port. Rejects with what it printed when it does not come up within 30 s. */
export const startDemo = async ({ bundle, sample, yes }: DemoOptions = {}): Promise<Demo> => {
  const args = ['workbench/run.mjs', 'workbench/demo.ts']
  if (bundle) args.push('--bundle', bundle)
  if (sample) args.push('--sample', sample)
  if (yes) args.push('--yes', yes)
  // Each jest worker starts looking for a free port at another place.
  const port = TEST_PORT + 100 * Number(process.env['JEST_WORKER_ID'] ?? 0)
  const child = spawn(process.execPath, args, { env: { ...process.env, PORT: String(port) } })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const give = (): void => reject(new Error(`The workbench did not start:\n${output}`))
    const timer = setTimeout(give, START_MS)
    const hear = (chunk: Buffer): void => {
      output += chunk.toString()
      const found = /Enrich workbench: (\S+)/.exec(output)?.[1]
      if (!found) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', give)
  })
  return {
    url,
    output: () => output,
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode
      child.kill('SIGINT')
      const [code] = (await once(child, 'exit')) as [number | null]
      return code
    },
  }
}

/** Adds whatever the page complains of from now on: errors that nobody caught, and those in its console. */
export const collectComplaints = (page: Page, complaints: string[]): void => {
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
}

/** Opens the page as a user and waits until the sheet is there. */
export const openDemo = async (page: Page, demo: Demo, user: '1' | '2' = '1'): Promise<void> => {
  await page.goto(`${demo.url}/?user=${user}`)
  await page.waitForSelector('body[data-ready]')
}

/** Waits until everything that was done in the page has reached the server. */
export const settle = (page: Page): Promise<void> => page.evaluate(() => window.workbench.settled())

/** Selects ranges of the active tab, such as `A2:F21`; several at once are allowed. */
export const selectRange = (page: Page, ...ranges: readonly string[]): Promise<void> =>
  page.evaluate((chosen) => {
    const { grid } = window.workbench
    grid.activate(grid.activeTab(), chosen)
  }, ranges)

/** Waits while a hidden tab is in front: the product makes it there and then goes back to where the person was. */
const inFront = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const sheet = window.workbench.grid.api.getActiveWorkbook()?.getActiveSheet()
    return sheet !== undefined && !sheet.getSheetName().startsWith('_enrich_')
  })
}

/** Waits until a tab is in front. */
export const waitForTab = async (page: Page, name: string): Promise<void> => {
  await page.waitForFunction(
    (wanted) => window.workbench.grid.api.getActiveWorkbook()?.getActiveSheet().getSheetName() === wanted,
    name,
  )
}

/** What a cell of the active tab shows. */
export const cellText = async (page: Page, a1: string): Promise<string> => {
  await inFront(page)
  return page.evaluate((cell) => window.workbench.grid.cell(cell).text, a1)
}

/** What cells of the active tab show, in one look. */
export const cellTexts = async (page: Page, cells: readonly string[]): Promise<readonly string[]> => {
  await inFront(page)
  return page.evaluate((all) => all.map((cell) => window.workbench.grid.cell(cell).text), [...cells])
}

/** The note of a cell of the active tab, or an empty text. */
export const cellNote = (page: Page, a1: string): Promise<string> =>
  page.evaluate((cell) => window.workbench.grid.cell(cell).note, a1)

/** What a cell of the active tab holds: a phone number that became a number is not a text any more. */
export const storedValue = (page: Page, a1: string): Promise<unknown> =>
  page.evaluate((cell) => window.workbench.grid.cell(cell).value, a1)

/** Waits until a cell of the active tab shows a text. Rejects after 10 s. */
export const waitForCell = async (page: Page, a1: string, text: string | RegExp): Promise<void> => {
  const [source, flags] = typeof text === 'string' ? [undefined, ''] : [text.source, text.flags]
  await page.waitForFunction(
    ({ cell, exact, pattern, how }) => {
      const shown = window.workbench.grid.cell(cell).text
      return pattern === undefined ? shown === exact : new RegExp(pattern, how).test(shown)
    },
    { cell: a1, exact: String(text), pattern: source, how: flags },
    { timeout: SETTLE_MS },
  )
}

/** The middle of a cell of the active tab, in pixels of the window; the cell is scrolled into view. */
export const cellPlace = (page: Page, a1: string): Promise<{ readonly x: number; readonly y: number }> =>
  page.evaluate(async (cell) => {
    const { grid } = window.workbench
    grid.activate(grid.activeTab(), [cell])
    await new Promise((resolve) => setTimeout(resolve, 200))
    return grid.place(cell)
  }, a1)

/** Waits until a cell is being edited, or none is. Rejects after 10 s. */
const editing = async (page: Page, state: 'begun' | 'ended'): Promise<void> => {
  await page.waitForFunction(
    (wanted) => window.workbench.grid.api.getActiveWorkbook()?.isCellEditing() === wanted,
    state === 'begun',
    { timeout: SETTLE_MS },
  )
}

/**
 * Clicks a cell, types into it, pausing between the parts of a text, and presses Enter. Resolves when the text is in
 * the cell and has reached the server.
 */
export const typeInCell = async (page: Page, a1: string, ...parts: readonly string[]): Promise<void> => {
  const { x, y } = await cellPlace(page, a1)
  await page.mouse.click(x, y)
  for (const [index, part] of parts.entries()) {
    if (index > 0) await page.waitForTimeout(PAUSE_MS)
    await page.keyboard.type(part)
  }
  await editing(page, 'begun')
  await page.keyboard.press('Enter')
  await editing(page, 'ended')
  await settle(page)
}

/** Chooses an item of the add-on's menu under Extensions. */
export const chooseMenuItem = async (page: Page, label: string): Promise<void> => {
  await page.getByRole('menuitem', { name: 'Extensions', exact: true }).click()
  await page.locator('.submenu > button').first().hover()
  await page.getByRole('menuitem', { name: label, exact: true }).click()
}

/** Inside of the open sidebar. */
export const sidebarFrame = (page: Page): FrameLocator => page.frameLocator('.sidebar iframe')

/** Names of the tabs that a person sees. */
export const tabNames = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => window.workbench.grid.tabNames())
