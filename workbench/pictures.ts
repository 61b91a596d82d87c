import type { Page } from 'playwright-core'
import { mkdirSync, writeFileSync } from 'node:fs'
import { launchBrowser } from './browser'
import {
  cellPlace,
  chooseMenuItem,
  openDemo,
  selectRange,
  settle,
  sidebarFrame,
  startDemo,
  typeInCell,
  waitForCell,
} from './page/driver'
import { shrinkPicture } from './page/small-picture'

const FOLDER = 'docs/pictures'
const SCREEN = { width: 1280, height: 800 }
/** High enough to show the longest screen of the sidebar whole. */
const TALL = 2_400
/** A place where the pointer points at nothing. */
const ASIDE = [300, 785] as const
const RUN_MS = 120_000
const KEY = 'simulated-hunter-key-large'
const OTHER_KEY = 'simulated-prospeo-key-large'
/** Less than the run could cost at worst, more than it does. */
const CAP = 200
/** The run is slowed down so that it can be pictured while it goes on. */
const SLOW_MS = 1_500
/** The grid shows a note after a while. */
const NOTE_MS = 800

/** By the row in which each is typed. */
const FORMULAS: readonly (readonly [row: number, formula: string])[] = [
  [3, '=ENRICH_EMAIL(A3&" "&B3, D3)'],
  [4, '=ENRICH_EMAIL("  Kim@Example.COM ")'],
  [5, '=ENRICH_EMAIL("Ada Example, example.com")'],
  [6, '=ENRICH_EMAIL("Ada")'],
  [8, '=ENRICH_EMAIL(A8:B11, D8:D11)'],
]

/** What is pictured in one workbench, in order, and the open question about Google that it takes as answered with yes. */
interface Session {
  readonly yes?: string
  readonly take: (camera: Camera) => Promise<void>
}

const SESSIONS: { readonly [name: string]: Session } = {
  guide: {
    async take(camera) {
      await pictureTraining(camera)
      await pictureVendors(camera)
      await pictureWaterfall(camera)
      await pictureSettings(camera)
      await pictureRun(camera)
      await pictureUsage(camera)
      await pictureDuplicates(camera)
      await pictureFormula(camera)
    },
  },
  typing: { take: (camera) => pictureTyping(camera) },
  formulas: { yes: 'formula_may_set_properties', take: (camera) => picturePaidFormulas(camera) },
}

/** Takes every picture of the docs, or those of the sessions that are named; the built add-on in `dist` is what they show. */
const takePictures = async (): Promise<void> => {
  mkdirSync(FOLDER, { recursive: true })
  const named = process.argv.slice(2)
  const sessions = Object.entries(SESSIONS).filter(([name]) => named.length === 0 || named.includes(name))
  for (const [, session] of sessions) await takeSession(session)
}

const takeSession = async ({ yes, take }: Session): Promise<void> => {
  const demo = await startDemo(yes === undefined ? {} : { yes })
  const { browser } = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: SCREEN, reducedMotion: 'reduce', locale: 'en-GB' })
    // Beside other work a click waits longer than usual.
    page.setDefaultTimeout(RUN_MS)
    const keep = async (name: string, png: Buffer): Promise<void> => {
      const small = await shrinkPicture(browser, png)
      writeFileSync(`${FOLDER}/${name}.png`, small)
      console.log(`${FOLDER}/${name}.png ${(small.length / 1024).toFixed(0)} KB`)
    }
    const camera: Camera = {
      page,
      screen: async (name) => keep(name, await page.screenshot()),
      sidebar: async (name) => keep(name, await sidebarWhole(page)),
      sidebarPart: async (name) => keep(name, await page.locator('.sidebar').screenshot()),
      colleague: async () => {
        const other = await browser.newPage({ viewport: SCREEN })
        await openDemo(other, demo, '2')
        await chooseMenuItem(other, 'Open sidebar')
        await sidebarFrame(other)
          .getByRole('heading', { name: /Another person/ })
          .waitFor()
        await keep('colleague', await sidebarWhole(other))
        await other.close()
      },
    }
    await openDemo(page, demo)
    await take(camera)
  } finally {
    await browser.close()
    await demo.stop()
  }
}

interface Camera {
  readonly page: Page
  /** The whole page, 1280 by 800. */
  readonly screen: (name: string) => Promise<void>
  /** The sidebar alone, as high as its content. */
  readonly sidebar: (name: string) => Promise<void>
  /** The sidebar alone, as it stands. */
  readonly sidebarPart: (name: string) => Promise<void>
  /** What a second user sees in their sidebar meanwhile. */
  readonly colleague: () => Promise<void>
}

const button = (page: Page, name: string | RegExp) => sidebarFrame(page).getByRole('button', { name })

const waitForDone = (page: Page) =>
  sidebarFrame(page).getByRole('heading', { name: 'Done', exact: true }).waitFor({ timeout: RUN_MS })

const sidebarWhole = async (page: Page): Promise<Buffer> => {
  await page.setViewportSize({ width: SCREEN.width, height: TALL })
  const content = sidebarFrame(page).locator('main')
  const height = await content.evaluate((main) => {
    const parts = [...main.querySelectorAll('#panel *')].filter((part) => part.checkVisibility())
    const last = parts.map((part) => part.getBoundingClientRect().bottom)
    return Math.ceil(Math.max(...last))
  })
  const box = await page.locator('.sidebar').boundingBox()
  const frame = await page.locator('.sidebar iframe').boundingBox()
  if (!box || !frame) throw new Error('No sidebar is open.')
  const png = await page.screenshot({
    clip: { x: box.x, y: box.y, width: box.width, height: Math.min(box.height, frame.y - box.y + height + 16) },
  })
  await page.setViewportSize(SCREEN)
  return png
}

const openTab = async (page: Page, name: string): Promise<void> => {
  await page.getByText(name, { exact: true }).last().click()
  await settle(page)
}

const pictureTraining = async ({ page, screen, sidebar }: Camera): Promise<void> => {
  await selectRange(page, 'A2:L21')
  await settle(page)
  await page.getByRole('menuitem', { name: 'Extensions', exact: true }).click()
  await page.locator('.submenu > button').first().hover()
  await page.getByRole('menuitem', { name: 'Enrich selected rows' }).hover()
  await screen('menu')
  await page.getByRole('menuitem', { name: 'Open sidebar' }).click()
  const frame = sidebarFrame(page)
  await frame.getByText('Selected rows 2-21 (20)').waitFor()
  await page.mouse.move(...ASIDE)
  await screen('choose')
  await frame.getByText(/^Columns found/).click()
  await sidebar('columns')
  await frame.getByText(/^Columns found/).click()
  await sidebar('fields')
  await button(page, 'See what it will cost').click()
  await button(page, /^Enrich \d+ rows/).waitFor()
  await sidebar('receipt-training')
  await button(page, /^Enrich \d+ rows/).click()
  await waitForDone(page)
  await screen('practice-tab')
}

const enterKey = async (page: Page, vendor: string, key: string): Promise<void> => {
  await button(page, `Enter a key for ${vendor}`).click()
  await sidebarFrame(page).getByLabel('Key', { exact: true }).fill(key)
  await sidebarFrame(page)
    .getByLabel(/^The transfer of data to/)
    .check()
}

const pictureVendors = async ({ page, sidebarPart }: Camera): Promise<void> => {
  const frame = sidebarFrame(page)
  await openTab(page, 'leads-250')
  await frame.getByRole('tab', { name: 'Vendors' }).click()
  await button(page, 'Enter a key for Hunter').waitFor()
  await enterKey(page, 'Hunter', KEY)
  await frame.getByText('It is sent to api.hunter.io and nowhere else.').scrollIntoViewIfNeeded()
  await sidebarPart('vendors-key')
  await button(page, 'Save key').click()
  await button(page, /^Test/).click()
  await frame.getByText(/^\d+ of \d+ credits left/).waitFor()
  await frame.getByRole('heading', { name: 'Vendors', exact: true }).scrollIntoViewIfNeeded()
  await sidebarPart('vendors')
  await frame.getByRole('article', { name: 'Hunter' }).getByText('Prices and limits').click()
  await frame.getByRole('article', { name: 'Hunter' }).getByText('Prices and limits').evaluate(toTop)
  await sidebarPart('vendors-prices')
}

/** Above the tabs of the sidebar nothing is in sight. */
const toTop = (element: HTMLElement): void => {
  element.scrollIntoView()
  window.scrollBy(0, -60)
}

const pictureWaterfall = async ({ page, sidebar }: Camera): Promise<void> => {
  const frame = sidebarFrame(page)
  await enterKey(page, 'Prospeo', OTHER_KEY)
  await button(page, 'Save key').click()
  await frame.getByRole('tab', { name: 'Waterfall' }).click()
  await button(page, /^Email (?!status)/).waitFor()
  await sidebar('waterfall')
  await button(page, /^Email (?!status)/).click()
  await frame.getByRole('radio', { name: /^My order/ }).check()
  await button(page, 'Move Prospeo up').click()
  await sidebar('waterfall-email')
  await button(page, 'Back without saving').click()
  await frame.getByRole('tab', { name: 'Vendors' }).click()
  await button(page, 'Remove key of Prospeo in Production').click()
  await button(page, 'Remove the key').click()
  await button(page, 'Enter a key for Prospeo').waitFor()
}

/** What the file is for, as the Privacy screen asks it first. */
const answerQuestions = async (page: Page): Promise<void> => {
  const frame = sidebarFrame(page)
  await frame.getByLabel(/^1\. What do you need the data for/).fill('Invite them to a product demo')
  await frame.getByLabel(/^3\. Why is that fair/).fill('They buy such products for their companies and can say no.')
  await button(page, 'Save').click()
}

const pictureSettings = async ({ page, sidebar }: Camera): Promise<void> => {
  const frame = sidebarFrame(page)
  await frame.getByRole('tab', { name: 'Settings' }).click()
  await button(page, 'Open Privacy').waitFor()
  await sidebar('settings')
  await button(page, 'Open Privacy').click()
  await answerQuestions(page)
  await frame.getByLabel('Never look up').fill('jo@example.com\nJo Bright, example.net\nnot an address')
  await button(page, 'Add to the list').click()
  await frame.getByText(/could not be read/).waitFor()
  await sidebar('privacy')
}

const pictureRun = async ({ page, screen, sidebar, colleague }: Camera): Promise<void> => {
  const frame = sidebarFrame(page)
  await selectRange(page, 'A2:L121')
  await settle(page)
  await frame.getByRole('tab', { name: 'Enrich' }).click()
  await button(page, 'Enrich more rows').click()
  await frame.getByText('Selected rows 2-121 (120)').waitFor()
  await frame.getByLabel('Spend at most (credits)').fill(String(CAP))
  await button(page, 'See what it will cost').click()
  await button(page, /^Enrich \d+ rows/).waitFor()
  await frame.getByText(/(repeat|repeats) of another row|^No repeats/).waitFor({ timeout: RUN_MS })
  await sidebar('receipt')
  await setLatency(page, SLOW_MS)
  await button(page, /^Enrich \d+ rows/).click()
  await frame.getByText(/^[1-9]\d* of \d+ rows$/).waitFor({ timeout: RUN_MS })
  await screen('running')
  await colleague()
  await button(page, 'Stop').click()
  await frame.getByRole('heading', { name: 'Stopped' }).waitFor({ timeout: RUN_MS })
  await sidebar('stopped')
  await setLatency(page, 0)
  await button(page, 'Go on').click()
  await waitForDone(page)
  await page.mouse.move(...ASIDE)
  await screen('done')
  await pointAt(page, 'E3')
  await screen('note')
  await page.mouse.move(...ASIDE)
}

const pictureUsage = async ({ page, sidebar }: Camera): Promise<void> => {
  const frame = sidebarFrame(page)
  await frame.getByRole('tab', { name: 'Usage' }).click()
  await frame.getByRole('heading', { name: /^The last/ }).waitFor()
  await sidebar('usage')
  await frame.getByRole('tab', { name: 'Enrich' }).click()
}

const pointAt = async (page: Page, a1: string): Promise<void> => {
  const { x, y } = await cellPlace(page, a1)
  await page.mouse.move(x + 40, y + 60)
  await page.mouse.move(x, y, { steps: 4 })
  await page.waitForTimeout(NOTE_MS)
}

const setLatency = (page: Page, latencyMs: number): Promise<void> =>
  page.evaluate(async (ms) => {
    await fetch('/api/weather?user=1', { method: 'POST', body: JSON.stringify({ weather: { latencyMs: ms } }) })
  }, latencyMs)

const pictureFormula = async ({ page, screen }: Camera): Promise<void> => {
  for (const [row, formula] of FORMULAS) {
    await typeInCell(page, `T${row}`, formula)
    await typeInCell(page, `V${row}`, `'${formula}`)
  }
  await waitForCell(page, 'T6', '#ERROR!')
  await pointAt(page, 'T6')
  await page.getByRole('tooltip').waitFor()
  await screen('formula')
}

/** Rows whose formulas are more than the limit of the day pays. */
const WAITING_ROWS = [2, 3, 4, 5, 6, 7] as const

/** What Univer shows to unfold what it says about a function. */
const UNFOLD = '[style*="rotateZ(90deg)"]'

/** The list of functions comes a moment after the last key. */
const pictureTyping = async ({ page, screen }: Camera): Promise<void> => {
  const { x, y } = await cellPlace(page, 'M3')
  await page.mouse.click(x, y)
  await page.keyboard.type('=ENRICH_')
  const listed = page.getByRole('list').getByText('Gives several fields of a person')
  await listed.waitFor()
  await screen('formula-list')
  await page.keyboard.type('PERSON(')
  await listed.waitFor({ state: 'detached' })
  await page.locator(UNFOLD).click()
  await page.getByText('Such as "job_title, seniority, city".').waitFor()
  await screen('formula-help')
}

const picturePaidFormulas = async ({ page, screen, sidebar }: Camera): Promise<void> => {
  const frame = sidebarFrame(page)
  const column = 'T'
  await chooseMenuItem(page, 'Open sidebar')
  await frame.getByRole('tab', { name: 'Vendors' }).click()
  await button(page, 'Enter a key for Hunter').waitFor()
  await enterKey(page, 'Hunter', KEY)
  await frame.getByRole('radio', { name: /^Shared/ }).check()
  await button(page, 'Save key').click()
  await frame.getByRole('tab', { name: 'Settings' }).click()
  await button(page, 'Open Privacy').click()
  await answerQuestions(page)
  await frame.getByLabel('Never look up').waitFor()
  await frame.getByRole('tab', { name: 'Enrich' }).click()
  await frame.getByRole('tab', { name: 'Settings' }).click()
  // What was on its way before is there by then.
  await page.waitForLoadState('networkidle')
  await frame.getByLabel('Credits a day by formulas').fill('2')
  await button(page, 'Turn on formula spending').click()
  await button(page, 'Stop formula spending').waitFor()
  for (const row of WAITING_ROWS)
    await typeInCell(page, `${column}${row}`, `=ENRICH_EMAIL(A${row}&" "&B${row}, D${row})`)
  await waitForCell(page, `${column}${WAITING_ROWS.at(-1)!}`, /^pending/)
  await frame.getByRole('heading', { name: 'Formulas', exact: true }).evaluate(toTop)
  await selectRange(page, `${column}1`)
  await page.mouse.move(...ASIDE)
  await screen('formula-pending')
  await frame.getByLabel('Credits a day by formulas').fill('50')
  await button(page, 'Save the limit').click()
  await frame.getByText(/up to 50 credits a day/).waitFor()
  await button(page, 'Finish pending formulas').click()
  await frame.getByText(/run again/).waitFor({ timeout: RUN_MS })
  await waitForCell(page, `${column}${WAITING_ROWS.at(-1)!}`, /^(?!pending|Loading)/)
  await settle(page)
  await frame.getByRole('heading', { name: 'Formulas', exact: true }).evaluate(toTop)
  await page.mouse.move(...ASIDE)
  await screen('formula-finished')
  await frame.getByRole('button', { name: 'Build a formula' }).click()
  await frame.getByText(/^At most/).waitFor()
  await sidebar('formula-builder')
  await selectRange(page, `${column}2:${column}7`)
  await settle(page)
  await chooseMenuItem(page, 'Turn formulas into values')
  await button(page, /^Turn \d formulas into values/).click()
  await frame.getByText(/hold values now/).waitFor({ timeout: RUN_MS })
  await pointAt(page, `${column}3`)
  await screen('formula-values')
}

const pictureDuplicates = async ({ page, screen, sidebar }: Camera): Promise<void> => {
  const frame = sidebarFrame(page)
  const heading = (name: RegExp | string) => frame.getByRole('heading', { name }).waitFor({ timeout: RUN_MS })
  await selectRange(page, 'A2')
  await chooseMenuItem(page, 'Find duplicates')
  await heading(/^Find duplicates in/)
  await sidebar('duplicates-setup')
  await button(page, 'Look for duplicates').click()
  await heading(/too many/)
  await sidebar('duplicates-found')
  await button(page, /^Review: To review/).click()
  await heading(/^To review: group 1/)
  // The group of three rows shows the most.
  while (!(await frame.getByText(/^Weakest link/).isVisible())) await frame.locator('body').press('s')
  await frame.getByText(/^After a merge/).click()
  await sidebar('duplicates-review')
  await button(page, /All groups/).click()
  await button(page, /^Merge \d/).click()
  await button(page, /^Merge \d/).click()
  await heading('Merged')
  await openTab(page, 'Merged duplicates')
  await page.mouse.move(...ASIDE)
  await screen('duplicates')
  await button(page, 'Undo this merge').click()
  await button(page, 'Undo this merge').click()
  await heading('Undone')
}

takePictures().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
