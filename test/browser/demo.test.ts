import type { Browser, Page } from 'playwright-core'
import { mkdirSync } from 'node:fs'
import { launchBrowser } from '../../workbench/browser'
import {
  cellNote,
  cellPlace,
  cellText,
  chooseMenuItem,
  openDemo,
  selectRange,
  settle,
  sidebarFrame,
  startDemo,
  storedValue,
  tabNames,
  typeInCell,
  waitForCell,
  type Demo,
  collectComplaints,
} from '../../workbench/page/driver'

/** Pictures for whoever wants to look; git ignores them. */
const SHOTS = 'test/screenshots'
const EMPTY_COLUMN = 'N'

let demo: Demo
let browser: Browser
let page: Page
const complaints: string[] = []

const shoot = (name: string): Promise<Buffer> => page.screenshot({ path: `${SHOTS}/workbench-${name}.tmp.png` })

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  demo = await startDemo({ bundle: 'test/browser/stand-in' })
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

const sidebarText = () => sidebarFrame(page).getByRole('status').textContent()
const openSidebar = async (): Promise<void> => {
  await chooseMenuItem(page, 'Open sidebar')
  await sidebarFrame(page).getByRole('heading', { name: 'Stand-in' }).waitFor()
}

test('shows the sample with its first row frozen', async () => {
  expect(await cellText(page, 'A1')).toBe('First name')
  expect(await cellText(page, 'B2')).not.toBe('')
  expect(await tabNames(page)).toEqual(['leads-250'])
  await shoot('sample')
})

test('builds the menu from what onOpen created', async () => {
  await page.getByRole('menuitem', { name: 'Extensions', exact: true }).click()
  await page.locator('.submenu > button').hover()
  const labels = await page.locator('.submenu .menu button').allTextContents()
  expect(labels).toEqual(['Open sidebar', 'Mark selected rows', 'Ask', 'Show dialog', 'Fail'])
  await shoot('menu')
  await page.keyboard.press('Escape')
})

test('opens a sidebar of exactly 300 pixels that calls the server and hears failures', async () => {
  await openSidebar()
  const box = await page.locator('.sidebar').boundingBox()
  expect(box?.width).toBe(300)
  await selectRange(page, 'B3:C7')
  await sidebarFrame(page).getByRole('button', { name: 'Echo' }).click()
  await sidebarFrame(page).getByText('hello').waitFor()
  expect(await sidebarText()).toBe('hello B3:C7 mine')
  await sidebarFrame(page).getByRole('button', { name: 'Fail' }).click()
  await sidebarFrame(page).getByText('failed').waitFor()
  expect(await sidebarText()).toBe('failed: It broke')
  await shoot('sidebar')
  await sidebarFrame(page).getByRole('button', { name: 'Close' }).click()
  await page.locator('.sidebar').waitFor({ state: 'detached' })
})

test('a menu item works on the selected rows: cells and notes appear, text stays text', async () => {
  await selectRange(page, 'A2:F4')
  await chooseMenuItem(page, 'Mark selected rows')
  await waitForCell(page, 'M2', '1-10')
  expect(await storedValue(page, 'M2')).toBe('1-10')
  expect(await cellText(page, 'M4')).toBe('1-12')
  expect(await cellText(page, 'M5')).toBe('')
  expect(await cellNote(page, 'M2')).toBe('Marked by the stand-in')
  await page.getByText('3 rows marked').waitFor()
  await shoot('toast')
})

test('what a person types reaches the server and the other user', async () => {
  const other = await browser.newPage()
  await openDemo(other, demo, '2')
  await typeInCell(page, `${EMPTY_COLUMN}3`, 'typed by a person')
  await waitForCell(other, `${EMPTY_COLUMN}3`, 'typed by a person')
  await typeInCell(other, `${EMPTY_COLUMN}4`, '12%')
  await waitForCell(page, `${EMPTY_COLUMN}4`, '12%')
  await other.close()
})

test('a custom function shows Loading..., then its value, and a hover note when it fails', async () => {
  // It loads for 1 s, which may be over before a slow page has told that everything is sent.
  await Promise.all([
    waitForCell(page, `${EMPTY_COLUMN}6`, 'Loading...'),
    typeInCell(page, `${EMPTY_COLUMN}6`, '=GREET(A2)'),
  ])
  await waitForCell(page, `${EMPTY_COLUMN}6`, `Hello ${await cellText(page, 'A2')}`)
  await typeInCell(page, `${EMPTY_COLUMN}7`, '=G', 'REET("")')
  await waitForCell(page, `${EMPTY_COLUMN}7`, '#ERROR!')
  const { x, y } = await cellPlace(page, `${EMPTY_COLUMN}7`)
  await page.mouse.move(x + 200, y)
  await page.mouse.move(x, y, { steps: 4 })
  await page
    .getByRole('tooltip')
    .getByText(/Give a name \(line \d+\)/)
    .waitFor()
  await shoot('formula')
  await page.mouse.move(x + 200, y + 100)
})

test('lists custom functions while one is typed, and explains the one that is taken', async () => {
  const { x, y } = await cellPlace(page, `${EMPTY_COLUMN}8`)
  const help = page.getByText('Whom to greet.')
  // Under load Univer takes a Tab that comes before its list is ready for one that leaves the cell: a person types again.
  for (let tries = 0; tries < 3 && (await help.count()) === 0; tries++) {
    await page.keyboard.press('Escape')
    await page.mouse.click(x, y)
    await page.keyboard.type('=GRE')
    await page.getByRole('list').getByText('Says hello').waitFor()
    await page.keyboard.press('Tab')
    await help.waitFor({ state: 'attached', timeout: 8_000 }).catch(() => undefined)
  }
  await help.waitFor({ state: 'attached' })
  await shoot('functions')
  await page.keyboard.type('A2)')
  await page.keyboard.press('Enter')
  await waitForCell(page, `${EMPTY_COLUMN}8`, `Hello ${await cellText(page, 'A2')}`)
  await settle(page)
})

test('asks a person and waits for the answer', async () => {
  await chooseMenuItem(page, 'Ask')
  await page.getByRole('alertdialog').waitFor()
  await shoot('question')
  await page.keyboard.type('Ada')
  await page.keyboard.press('Enter')
  await page.getByText('OK Ada').waitFor()
})

test('shows a dialog with its own line to the server', async () => {
  await chooseMenuItem(page, 'Show dialog')
  const frame = page.frameLocator('dialog iframe')
  await frame.getByRole('button', { name: 'Echo' }).click()
  await frame.getByText(/^hello/).waitFor()
  expect((await page.locator('dialog').boundingBox())?.width).toBe(360)
  await page.getByRole('button', { name: 'Close dialog' }).click()
})

test('says why a menu function failed', async () => {
  await chooseMenuItem(page, 'Fail')
  await page.getByText('It broke').waitFor()
})

test('keeps the state over a reload, and asks before one that could lose an edit', async () => {
  let letThrough = (): void => undefined
  const held = new Promise<void>((resolve) => (letThrough = resolve))
  await page.route('**/api/mutations?*', async (route) => {
    await held
    await route.continue()
  })
  const typed = typeInCell(page, `${EMPTY_COLUMN}9`, 'kept')
  await waitForCell(page, `${EMPTY_COLUMN}9`, 'kept')
  const asked = page.waitForEvent('dialog')
  await page.evaluate(() => setTimeout(() => location.reload()))
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()
  letThrough()
  await typed
  await page.unroute('**/api/mutations?*')
  await page.reload()
  await page.waitForSelector('body[data-ready]')
  expect(await cellText(page, `${EMPTY_COLUMN}9`)).toBe('kept')
  expect(await cellNote(page, 'M2')).toBe('Marked by the stand-in')
})

test('opens another file, downloads it, and goes back to the sample', async () => {
  const csv = {
    name: 'other.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Name;Phone\nZoë;+33 1 99 00 12 34\nJo;1-10\n'),
  }
  const openFileMenu = () => page.getByRole('menuitem', { name: 'File', exact: true }).click()
  await openFileMenu()
  await page.getByLabel('File to open').setInputFiles(csv)
  await waitForCell(page, 'A2', 'Zoë')
  expect(await storedValue(page, 'B3')).toBe('1-10')
  expect(await tabNames(page)).toEqual(['other'])
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Download CSV' }).click()
  expect((await download).suggestedFilename()).toBe('other.csv')
  await page.keyboard.press('Escape')
  await openFileMenu()
  await page.getByRole('menuitem', { name: 'Reset to sample' }).click()
  await waitForCell(page, 'A1', 'First name')
  expect(await cellText(page, `${EMPTY_COLUMN}9`)).toBe('')
  await settle(page)
})

test('refuses a file that is no spreadsheet and names it', async () => {
  const broken = { name: 'photo.xlsx', mimeType: 'image/png', buffer: Buffer.from('not a zip') }
  await page.getByRole('menuitem', { name: 'File', exact: true }).click()
  await page.getByLabel('File to open').setInputFiles(broken)
  await page.getByText('photo.xlsx is not a spreadsheet').waitFor()
  await page.keyboard.press('Escape')
  expect(complaints.splice(0)).toEqual([expect.stringContaining('500')])
})

test('shows what happens behind the sheet in the drawer', async () => {
  await page.getByRole('button', { name: /Google and vendors/ }).click()
  await page.getByText('api.hunter.io').first().waitFor()
  await page.getByText('Clock').waitFor()
  await shoot('drawer')
  await page.getByRole('button', { name: /Google and vendors/ }).click()
})
