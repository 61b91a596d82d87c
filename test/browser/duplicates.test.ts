import type { Browser, Page } from 'playwright-core'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeContacts } from '../../bench/lists/contacts'
import { launchBrowser } from '../../workbench/browser'
import {
  cellText,
  cellTexts,
  chooseMenuItem,
  openDemo,
  selectRange,
  settle,
  sidebarFrame,
  startDemo,
  tabNames,
  waitForTab,
  type Demo,
  collectComplaints,
} from '../../workbench/page/driver'

// Cleaning a list as a person does it, on the built add-on: search, review by keys, merge, and the way back.

const SHOTS = 'test/screenshots'
const WORK_MS = 150_000
const MERGED = 'Merged duplicates'

/** Rows of the long list, and those of them that are somebody else's again. */
const ROWS = 10_000
const AGAIN = 12
/** A page that answers no press for so long is dead to its person. */
const DEAD_MS = 1_000

let demo: Demo
let browser: Browser
let page: Page
const complaints: string[] = []

const sidebar = () => sidebarFrame(page)
const button = (name: string | RegExp) => sidebar().getByRole('button', { name })
const heading = (name: string | RegExp) => sidebar().getByRole('heading', { name }).waitFor({ timeout: WORK_MS })
const shoot = async (name: string): Promise<void> => {
  await page.screenshot({ path: `${SHOTS}/duplicates-${name}.png` })
}

const open = async (sample?: string): Promise<void> => {
  demo = await startDemo(sample === undefined ? {} : { sample })
  page = await browser.newPage({ viewport: { width: 1400, height: 860 } })
  collectComplaints(page, complaints)
  await openDemo(page, demo)
}

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  browser = (await launchBrowser()).browser
})

afterAll(() => browser.close())

afterEach(async () => {
  await page.close()
  expect(await demo.stop()).toBe(0)
})

afterEach(() => expect(complaints.splice(0)).toEqual([]))

/** The first columns of the list, row by row. */
const listTexts = (): Promise<readonly string[]> =>
  cellTexts(page, Array.from({ length: 29 }, (_, at) => ['A', 'B', 'D'].map((column) => `${column}${at + 2}`)).flat())

test('a list is searched, reviewed by keys, merged, and given back', async () => {
  await open()
  const before = await listTexts()
  await selectRange(page, 'A2')
  await settle(page)
  await chooseMenuItem(page, 'Find duplicates')
  await heading(/^Find duplicates in/)
  await shoot('setup')
  await button('Look for duplicates').click()
  await heading(/rows? too many/)
  await shoot('found')
  expect(await tabNames(page)).toEqual(['leads-250'])
  expect(await listTexts()).toEqual(before)

  await button('Look through: Sure').click()
  await heading(/^Sure: group 1 of/)
  await sidebar().getByText('Rows side by side').waitFor()
  await shoot('review')
  await sidebar().locator('body').press('n')
  await heading(/^Sure: group 2 of/)
  await sidebar().locator('body').press('m')
  await sidebar().locator('body').press('Escape')
  await heading(/rows? too many/)

  const merge = button(/^Merge \d+ groups?/)
  const groups = Number(/\d+/.exec(await merge.innerText())![0])
  await merge.click()
  await shoot('merge-asked')
  await button(/^Merge \d+ groups?/).click()
  await heading('Merged')
  await shoot('merged')
  await sidebar().getByText(`${groups} groups merged`).waitFor()
  expect(await tabNames(page)).toEqual(['leads-250', MERGED])
  expect(await listTexts()).not.toEqual(before)

  await button('Undo this merge').click()
  await button('Undo this merge').click()
  await heading('Undone')
  await settle(page)
  await shoot('undone')
  expect(await tabNames(page)).toEqual(['leads-250'])
  expect(await listTexts()).toEqual(before)

  // What was said not to be the same is not shown again.
  await chooseMenuItem(page, 'Find duplicates')
  await heading(/^Find duplicates in/)
  await button('Look for duplicates').click()
  await heading(/rows? too many/)
  const left = await button(/^Merge \d+ groups?/).innerText()
  expect(Number(/\d+/.exec(left)![0])).toBe(groups)
  await button(/Add column/).click()
  await sidebar()
    .getByText(/rows marked in column/)
    .waitFor({ timeout: WORK_MS })
  await shoot('marked')
})

/** The first twelve rows stand there again at the end, without their phone and in capitals; nobody else does. */
const longList = (): string => {
  const { rows, entities } = makeContacts(ROWS * 1.5, 17)
  const own = rows.filter((_, row) => entities.indexOf(entities[row]!) === row && entities[row]!.startsWith('p'))
  const isFull = (row: readonly string[]) => row.slice(0, 6).every((cell) => cell !== '')
  const first = own.filter(isFull).slice(0, AGAIN)
  const others = own.filter((row) => !first.includes(row)).slice(0, ROWS - 2 * AGAIN)
  const again = first.map((row) => row.map((cell, column) => (column === 3 ? '' : cell.toUpperCase())))
  const headers = ['First name', 'Last name', 'Email', 'Phone', 'LinkedIn', 'Company', 'Website', 'Title']
  const quoted = [headers, ...first, ...others, ...again].map((row) => row.map((cell) => `"${cell}"`).join(','))
  return quoted.join('\n')
}

test('ten thousand rows are searched while the page answers, reviewed, merged, and given back', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'enrich-'))
  writeFileSync(path.join(folder, 'long.csv'), longList())
  await open(path.join(folder, 'long.csv'))
  rmSync(folder, { recursive: true })
  const [before, last] = [await listTexts(), await cellText(page, `A${ROWS + 1}`)]
  expect(last).not.toBe('')
  await chooseMenuItem(page, 'Find duplicates')
  await heading(/^Find duplicates in/)
  await sidebar()
    .locator('body')
    .evaluate(() => {
      const seen = window as unknown as { worst: number }
      let at = performance.now()
      seen.worst = 0
      setInterval(() => {
        seen.worst = Math.max(seen.worst, performance.now() - at)
        at = performance.now()
      }, 10)
    })
  await button('Look for duplicates').click()
  await heading(/rows? too many/)
  const worst = await sidebar()
    .locator('body')
    .evaluate(() => (window as unknown as { worst: number }).worst)
  expect(worst).toBeLessThan(DEAD_MS)
  await sidebar()
    .getByText(`${ROWS.toLocaleString('en')} rows of long compared`)
    .waitFor()
  await shoot('long-found')

  await button('Look through: Sure').click()
  await heading(/^Sure: group 1 of/)
  await sidebar().locator('body').press('n')
  await heading(/^Sure: group 2 of/)
  await shoot('long-review')
  await sidebar().locator('body').press('Escape')
  await heading(/rows? too many/)
  const merge = button(/^Merge \d+ groups?/)
  const groups = Number(/\d+/.exec(await merge.innerText())![0])
  expect(groups).toBeGreaterThanOrEqual(AGAIN - 1)
  await merge.click()
  await button(/^Merge \d+ groups?/).click()
  await heading('Merged')
  await sidebar().getByText(`${groups} groups merged`).waitFor()
  await shoot('long-merged')
  expect(await tabNames(page)).toEqual(['long', MERGED])
  // The tab of merged rows was in front while it was made.
  await waitForTab(page, 'long')
  expect(await cellText(page, `A${ROWS + 1}`)).toBe('')

  await button('Undo this merge').click()
  await button('Undo this merge').click()
  await heading('Undone')
  await settle(page)
  expect(await tabNames(page)).toEqual(['long'])
  expect([await listTexts(), await cellText(page, `A${ROWS + 1}`)]).toEqual([before, last])
})
