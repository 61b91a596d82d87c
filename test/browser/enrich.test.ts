import type { Browser, Page } from 'playwright-core'
import { mkdirSync } from 'node:fs'
import { launchBrowser } from '../../workbench/browser'
import {
  cellNote,
  cellText,
  cellTexts,
  chooseMenuItem,
  openDemo,
  selectRange,
  settle,
  sidebarFrame,
  startDemo,
  storedValue,
  tabNames,
  type Demo,
  collectComplaints,
} from '../../workbench/page/driver'

// The main job as a person does it, on the built add-on: first in training, then with a vendor's key.

const SHOTS = 'test/screenshots'
const RUN_MS = 60_000
const KEY = 'simulated-hunter-key-large'

let demo: Demo
let browser: Browser
let page: Page
const complaints: string[] = []

const shoot = async (name: string): Promise<void> => {
  await page.screenshot({ path: `${SHOTS}/enrich-${name}.png` })
  await page.locator('.sidebar').screenshot({ path: `${SHOTS}/sidebar-${name}.png` })
}
const sidebar = () => sidebarFrame(page)
const button = (name: string | RegExp) => sidebar().getByRole('button', { name })

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

/** The column of a header in the active tab, as a letter. */
const columnOf = async (header: string | RegExp): Promise<string> => {
  for (let index = 0; index < 26; index++) {
    const letter = String.fromCharCode(65 + index)
    const text = await cellText(page, `${letter}1`)
    if (typeof header === 'string' ? text === header : header.test(text)) return letter
  }
  throw new Error(`No column ${String(header)}`)
}

const columnTexts = (letter: string, from: number, to: number): Promise<readonly string[]> =>
  cellTexts(
    page,
    Array.from({ length: to - from + 1 }, (_, at) => `${letter}${from + at}`),
  )

test('training: 20 selected rows are filled on a practice tab, and the list stays as it is', async () => {
  const emails = await columnOf('E-Mail')
  const before = await columnTexts(emails, 2, 21)
  await selectRange(page, 'A2:L21')
  await settle(page)
  await chooseMenuItem(page, 'Open sidebar')
  await sidebar().getByText('Selected rows 2-21 (20)').waitFor()
  await shoot('choose')

  await button('See what it will cost').click()
  await sidebar()
    .getByText(/20 rows/)
    .first()
    .waitFor()
  await shoot('receipt-training')
  await button(/^Enrich \d+ rows/).click()
  await sidebar()
    .getByRole('heading', { name: /done|Done|finished/ })
    .waitFor({ timeout: RUN_MS })
  await shoot('done-training')

  expect(await tabNames(page)).toEqual(['leads-250', 'Practice: leads-250'])
  const filled = await columnTexts(emails, 2, 21)
  const added = filled.filter((text, row) => before[row] === '' && text !== '')
  expect(added.length).toBeGreaterThan(3)
  for (const [row, text] of before.entries()) if (text !== '') expect(filled[row]).toBe(text)
  const first = filled.findIndex((text, row) => before[row] === '' && text !== '')
  expect(await cellNote(page, `${emails}${first + 2}`)).toMatch(/^Enrich: Training/)
})

test('with a key: the receipt bounds the price, cells fill, phones keep their plus and 1-10 stays 1-10', async () => {
  await page.getByText('leads-250', { exact: true }).last().click()
  await settle(page)
  await sidebar().getByRole('tab', { name: 'Vendors' }).click()
  await shoot('vendors-empty')
  await button('Enter a key for Hunter').click()
  await sidebar().getByLabel('Key', { exact: true }).fill(KEY)
  await sidebar()
    .getByLabel(/^The transfer of data to Hunter is covered/)
    .check()
  await shoot('vendors-key')
  await button('Save key').click()
  await sidebar()
    .getByText(`Key ending in ${KEY.slice(-4)}`)
    .waitFor()
  await button(/^Test/).click()
  await sidebar()
    .getByText(/left|available/)
    .first()
    .waitFor()
  expect(await sidebar().locator('body').innerText()).not.toContain(KEY)
  await shoot('vendors-tested')
  await sidebar().getByRole('tab', { name: 'Settings' }).click()
  await button('Open Privacy').click()
  await sidebar()
    .getByLabel(/^1\. What do you need the data for/)
    .fill('Invite them to a product demo')
  await sidebar()
    .getByLabel(/^3\. Why is that fair/)
    .fill('They buy such products for their companies and can say no.')
  await button('Save').click()
  await button('Go on to Enrich').waitFor()
  await shoot('privacy')

  const columns = { emails: await columnOf('E-Mail'), phones: await columnOf('Téléphone') }
  const sizes = await columnOf('Company size')
  const texts = async () => ({
    emails: await columnTexts(columns.emails, 2, 21),
    phones: await columnTexts(columns.phones, 2, 21),
    sizes: await columnTexts(sizes, 2, 21),
  })
  const before = await texts()
  expect(before.sizes).toContain('1-10')
  await selectRange(page, 'A2:L21')
  await settle(page)
  // The legal basis is known by now: the menu leads straight to the receipt.
  await chooseMenuItem(page, 'Enrich selected rows')
  await sidebar().getByText('for 20 rows of leads-250').waitFor()
  await shoot('receipt')
  const price = Number(/up to (\d+) credits/.exec((await button(/^Enrich \d+ rows/).textContent()) ?? '')?.[1])
  expect(price).toBeGreaterThan(0)
  await button(/^Enrich \d+ rows/).click()
  await sidebar().getByRole('progressbar').waitFor()
  await shoot('running')
  await sidebar()
    .getByRole('heading', { name: /done|Done|finished/ })
    .waitFor({ timeout: RUN_MS })
  await shoot('done')

  const after = await texts()
  expect(after.sizes).toEqual(before.sizes)
  for (const [row, size] of before.sizes.entries()) {
    if (size === '1-10') expect(await storedValue(page, `${sizes}${row + 2}`)).toBe('1-10')
  }
  const kinds = [
    { field: 'emails', least: 4, looks: /^[^@\s]+@[^@\s]+\.example$/ },
    { field: 'phones', least: 1, looks: /^\+\d{8,15}$/ },
  ] as const
  for (const { field, least, looks } of kinds) {
    const filled = after[field].flatMap((text, row) => (before[field][row] === '' && text !== '' ? [row] : []))
    expect({ field, filled: filled.length >= least }).toEqual({ field, filled: true })
    for (const [row, text] of before[field].entries()) if (text !== '') expect(after[field][row]).toBe(text)
    for (const row of filled) {
      const cell = `${columns[field]}${row + 2}`
      expect(await storedValue(page, cell)).toEqual(expect.stringMatching(looks))
      expect(await cellNote(page, cell)).toMatch(/^Enrich: Hunter, \d+ % sure/)
    }
  }
})

/** The sidebar as it opens on a file that the add-on has not seen. */
const opensAfresh = async (name: string): Promise<void> => {
  await page.locator('.sidebar').waitFor({ state: 'detached' })
  await chooseMenuItem(page, 'Open sidebar')
  await sidebar()
    .getByRole('heading', { name: `Enrich ${name}` })
    .waitFor()
  expect(await sidebar().locator('body').innerText()).not.toMatch(/restored|last run/)
}

test('another file begins anew, and so does the sample after Reset', async () => {
  const openFileMenu = () => page.getByRole('menuitem', { name: 'File', exact: true }).click()
  await openFileMenu()
  await page
    .getByLabel('File to open')
    .setInputFiles({ name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('Name,Email\nJo Example,\n') })
  await page.keyboard.press('Escape')
  await opensAfresh('other')

  await openFileMenu()
  await page.getByRole('menuitem', { name: 'Reset to sample' }).click()
  await opensAfresh('leads-250')
  await page.getByRole('button', { name: /Google and vendors/ }).click()
  await page.getByText('No vendor was called yet.').waitFor()
  expect(await page.locator('.vendors tbody td.number').allTextContents()).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/[1-9]/)]),
  )
  await shoot('reset')
  await page.getByRole('button', { name: /Google and vendors/ }).click()
})
