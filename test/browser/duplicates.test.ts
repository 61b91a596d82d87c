import type { Browser, Page } from 'playwright-core'
import { mkdirSync } from 'node:fs'
import { launchBrowser } from '../../workbench/browser'
import {
  cellText,
  chooseMenuItem,
  openDemo,
  selectRange,
  settle,
  sidebarFrame,
  startDemo,
  tabNames,
  type Demo,
  collectComplaints,
} from '../../workbench/page/driver'

// Cleaning a list as a person does it, on the built add-on: search, review by keys, merge, and the way back.

const SHOTS = 'test/screenshots'
const WORK_MS = 60_000
const MERGED = 'Merged duplicates'

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

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  demo = await startDemo()
  browser = (await launchBrowser()).browser
  page = await browser.newPage({ viewport: { width: 1400, height: 860 } })
  collectComplaints(page, complaints)
  await openDemo(page, demo)
})

afterAll(async () => {
  await browser.close()
  expect(await demo.stop()).toBe(0)
})

afterEach(() => expect(complaints.splice(0)).toEqual([]))

/** The first columns of the list, row by row. */
const listTexts = async (): Promise<readonly string[]> => {
  const texts: string[] = []
  for (let row = 2; row <= 30; row++)
    texts.push(
      `${await cellText(page, `A${row}`)} ${await cellText(page, `B${row}`)} ${await cellText(page, `D${row}`)}`,
    )
  return texts
}

test('a list is searched, reviewed by keys, merged, and given back', async () => {
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
