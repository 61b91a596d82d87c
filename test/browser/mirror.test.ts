import type { Browser, Page } from 'playwright-core'
import type { FWorkbook } from '@univerjs/sheets/facade'
import { launchBrowser } from '../../workbench/browser'
import { openDemo, settle, startDemo, type Demo } from '../../workbench/page/driver'

// People in two pages and a script change the same rows at the same time; all copies must end up equal.

const ROWS = 12
const STEPS = 30
/** Formulas are computed and mirrored within this time after the last edit, also on a busy machine. */
const QUIET_MS = 15_000
const LOOK_EVERY_MS = 500

let demo: Demo
let browser: Browser

beforeAll(async () => {
  demo = await startDemo({ bundle: 'test/browser/stand-in' })
  browser = (await launchBrowser()).browser
})

afterAll(async () => {
  await browser.close()
  await demo.stop()
})

/** Numbers 0..n-1, the same for the same seed (a linear congruential generator with the constants of POSIX rand). */
const createDice = (seed: number): ((sides: number) => number) => {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x7fffffff) * sides)
  }
}

const actInPage = (page: Page, kind: number, row: number, text: string): Promise<void> =>
  page.evaluate(
    ([how, at, value]) => {
      const workbook: FWorkbook | null = window.workbench.grid.api.getActiveWorkbook()
      const sheet = workbook?.getActiveSheet()
      if (!sheet) throw new Error('There is no sheet.')
      if (how === 0) sheet.getRange(at, 0).setValue(value)
      if (how === 1) sheet.getRange(at, 2).setFormula(`=A${String(at + 1)}&"?"`)
      if (how === 2) sheet.insertRowsBefore(at, 1)
      if (how === 3) sheet.deleteRows(at, 1)
      if (how === 4) sheet.getRange(at, 1).setValue('12%')
    },
    [kind, row, text] as const,
  )

const actOnServer = async (kind: number, row: number, text: string): Promise<void> => {
  const name = ['write', 'note', 'insert', 'delete'][kind % 4]
  const request = { function: 'act', args: [name, row + 1, text], via: 'rpc' }
  await fetch(`${demo.url}/api/run?user=1`, { method: 'POST', body: JSON.stringify(request) })
}

type Sheets = { readonly [id: string]: { readonly cellData: { readonly [row: string]: unknown } } }

/** Values and formulas of all cells. */
const contents = ({ sheets }: { readonly sheets: Sheets }): readonly string[] =>
  Object.values(sheets).flatMap(({ cellData }) =>
    Object.entries(cellData).flatMap(([row, cells]) =>
      Object.entries(
        (cells ?? {}) as { readonly [column: string]: { readonly v?: unknown; readonly f?: unknown } | null },
      ).flatMap(([column, cell]) => {
        const hasContent = cell && ((cell.v !== undefined && cell.v !== null && cell.v !== '') || cell.f)
        return hasContent ? [`${row},${column} ${JSON.stringify([cell.v, cell.f])}`] : []
      }),
    ),
  )

const serverContents = async (): Promise<readonly string[]> => {
  const response = await fetch(`${demo.url}/api/state?user=1`)
  const { workbook } = (await response.json()) as { readonly workbook: { readonly sheets: Sheets } }
  return contents(workbook)
}
const pageContents = async (page: Page): Promise<readonly string[]> => {
  const saved = await page.evaluate(() => window.workbench.grid.api.getActiveWorkbook()?.save())
  return contents(saved as unknown as { readonly sheets: Sheets })
}

/** Waits until a page shows what the server holds; resolves to the cells that still differ after a while. */
const agreesWithServer = async (page: Page): Promise<readonly string[]> => {
  const until = Date.now() + QUIET_MS
  for (;;) {
    const [shown, held] = [new Set(await pageContents(page)), new Set(await serverContents())]
    const differ = [...shown, ...held].filter((cell) => !shown.has(cell) || !held.has(cell))
    if (differ.length === 0 || Date.now() > until) return differ
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

test.each([1, 2])('all copies are equal after mixed edits, seed %i', async (seed) => {
  const dice = createDice(seed)
  const pages = await Promise.all([browser.newPage(), browser.newPage()])
  await openDemo(pages[0], demo, '1')
  await openDemo(pages[1], demo, '2')
  for (let step = 0; step < STEPS; step += 1) {
    const text = `s${String(seed)}.${String(step)}`
    const row = 1 + dice(ROWS)
    const who = dice(3)
    const page = pages[who]
    // Not awaited together on purpose: what one does crosses what the other does on its way.
    const acted = page ? actInPage(page, dice(5), row, text) : actOnServer(dice(4), row, text)
    if (dice(2) === 0) await acted
    else void acted
  }
  await Promise.all(pages.map(settle))
  for (const page of pages) expect(await agreesWithServer(page)).toEqual([])
  await Promise.all(pages.map((page) => page.close()))
})
